"""HJ13x and HJ14x: encodings, characters, and the bounds of what is read (part of HJ1xx)."""

from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.messages.entry import error, note, warning

ENTRIES: Final = {
    # --- encodings and characters ---
    "HJ130": error(
        Text("途中の BOM", "a BOM inside"),
        Text(
            "ファイルの途中に BOM（U+FEFF）があります。",
            "There is a byte order mark (U+FEFF) inside the file.",
        ),
        Text("この見えない文字を消してください。", "Delete this invisible character."),
        Text(
            "BOM 付きのファイルをつなぎ合わせると残り、キーの一部になってしまいます。",
            "Joining files leaves it behind, and it becomes part of a key.",
        ),
    ),
    "HJ131": note(
        Text("UTF-16 のファイル", "a UTF-16 file"),
        Text("UTF-16 のファイルとして読みました。", "The file was read as UTF-16."),
        Text("UTF-8 で保存し直すことを勧めます。", "Better save it as UTF-8."),
        Text(
            "ほかの多くの道具は UTF-8 しか読みません。",
            "Many other tools read UTF-8 only.",
        ),
    ),
    "HJ132": error(
        Text("UTF-8 でない日本語", "Japanese text that is not UTF-8"),
        Text(
            "文字コードが UTF-8 ではなく {encoding} のようです。",
            "The text seems to be encoded as {encoding}, not as UTF-8.",
        ),
        Text(
            "エディターの［名前を付けて保存］で、文字コードに UTF-8 を選んで保存してください。",
            "Choose UTF-8 as the encoding in the editor's “Save as”.",
        ),
        Text(
            "文字コードを推し量って読むと、文字化けに気づけません。",
            "Reading by guess would garble text without anyone noticing.",
        ),
    ),
    "HJ134": error(
        Text("UTF-8 でない", "not UTF-8"),
        Text("ここに UTF-8 として読めないバイトがあります。", "These bytes are not UTF-8."),
        Text("ファイルを UTF-8 で保存し直してください。", "Save the file as UTF-8."),
        Text("申請ファイルは UTF-8 で書きます。", "Files are written in UTF-8."),
    ),
    "HJ135": error(
        Text("テキストではない", "not a text file"),
        Text(
            "テキストではないデータ（NUL）が含まれています。",
            "The file is not text: it holds NUL bytes.",
        ),
        Text(
            "Excel や PDF ではなく、UTF-8 の YAML ファイルを指定してください。",
            "Give a YAML file in UTF-8, not a spreadsheet or a PDF.",
        ),
        Text("NUL は文章に現れません。", "NUL never occurs in text."),
    ),
    "HJ136": error(
        Text("制御文字", "a control character"),
        Text(
            "見えない制御文字（{character}）があります。",
            "There is an invisible control character ({character}).",
        ),
        Text("その文字を消してください。", "Delete the character."),
        Text(
            "制御文字は画面の表示を変えることができ、YAML でも認められていません。",
            "Control characters can alter a terminal, and YAML does not allow them.",
        ),
    ),
    "HJ137": warning(
        Text("値の中の見えない文字", "an invisible character in a value"),
        Text(
            "文字列に見えない文字（{character}）が含まれています。",
            "The text holds an invisible character ({character}).",
        ),
        Text("意図したものでなければ消してください。", "Delete it unless it is meant."),
        Text(
            "制御文字や書字方向の文字は、表示と実際の値を食い違わせます。",
            "Control and direction characters make text look like something it is not.",
        ),
    ),
    # --- the bounds of what is read ---
    "HJ140": error(
        Text("入れ子が深すぎる", "nested too deeply"),
        Text("入れ子が上限の {most} 段を超えています。", "The nesting is deeper than {most} levels."),
        Text("入れ子を浅くしてください。", "Use fewer levels."),
        Text(
            "深い入れ子は、読むプログラムを止めるためのものです。",
            "Deep nesting only serves to bring readers down.",
        ),
    ),
    "HJ141": error(
        Text("項目が多すぎる", "too many values"),
        Text("キーと値の数が上限の {most:,} を超えています。", "There are more than {most:,} keys and values."),
        Text("ファイルを分けてください。", "Split it into several files."),
        Text(
            "一件の申請に要る数をはるかに超えています。",
            "This is far beyond what one application needs.",
        ),
    ),
    "HJ142": error(
        Text("キーが長すぎる", "key too long"),
        Text("キーが上限の {most} 文字を超えています。", "The key has more than {most} characters."),
        Text("引用符や改行の抜けを確かめてください。", "Look for a missing quotation mark or line break."),
        Text("長いキーは、たいてい記号の抜けから生まれます。", "Long keys mostly come from missing punctuation."),
    ),
    "HJ143": error(
        Text("値が長すぎる", "value too long"),
        Text("値が上限の {most:,} 文字を超えています。", "The value has more than {most:,} characters."),
        Text("短くするか、引用符の抜けを確かめてください。", "Shorten it, or look for a missing quotation mark."),
        Text("長い値は、たいてい記号の抜けから生まれます。", "Long values mostly come from missing punctuation."),
    ),
    "HJ144": error(
        Text("コンマで分かれた金額", "an amount split by its commas"),
        Text(
            "`{whole}` は括弧の中のコンマで分かれてしまい、`{key}` という余分な項目ができています。",
            "Inside brackets the commas split `{whole}`, which leaves an entry `{key}` behind.",
        ),
        Text(
            '`{plain}` のようにコンマなしで書くか、`"{whole}"` と引用符で囲んでください。',
            'Write `{plain}` without commas, or `"{whole}"` in quotation marks.',
        ),
        Text(
            "`{…}` と `[…]` の中では、コンマが項目の区切りになります。",
            "Inside `{…}` and `[…]` a comma parts one entry from the next.",
        ),
    ),
    "HJ145": error(
        Text("指摘が多すぎる", "too many findings"),
        Text(
            "指摘が {most} 件に達したため、ここで読むのをやめました。", "After {most} findings, reading stopped here."
        ),
        Text("ここまでの指摘を直してから、もう一度実行してください。", "Mend those first, then run again."),
        Text("同じ誤りの繰り返しを延々と並べません。", "Endless repetition of one mistake helps nobody."),
    ),
}
