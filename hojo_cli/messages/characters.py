"""HJ13x and HJ14x: encodings, characters, and the bounds of what is read (part of HJ1xx)."""

from typing import Final

from hojo_cli.messages.entry import error, note, warning

ENTRIES: Final = {
    # --- encodings and characters ---
    "HJ130": error(
        ("途中の BOM", "a BOM inside"),
        ("ファイルの途中に BOM（U+FEFF）があります。", "There is a byte order mark (U+FEFF) inside the file."),
        ("この見えない文字を消してください。", "Delete this invisible character."),
        (
            "BOM 付きのファイルをつなぎ合わせると残り、キーの一部になってしまいます。",
            "Joining files leaves it behind, and it becomes part of a key.",
        ),
    ),
    "HJ131": note(
        ("UTF-16 のファイル", "a UTF-16 file"),
        ("UTF-16 のファイルとして読みました。", "The file was read as UTF-16."),
        ("UTF-8 で保存し直すことを勧めます。", "Better save it as UTF-8."),
        ("ほかの多くの道具は UTF-8 しか読みません。", "Many other tools read UTF-8 only."),
    ),
    "HJ132": error(
        ("UTF-8 でない日本語", "Japanese text that is not UTF-8"),
        (
            "文字コードが UTF-8 ではなく {encoding} のようです。",
            "The text seems to be encoded as {encoding}, not as UTF-8.",
        ),
        (
            "エディターの［名前を付けて保存］で、文字コードに UTF-8 を選んで保存してください。",
            "Choose UTF-8 as the encoding in the editor's “Save as”.",
        ),
        (
            "文字コードを推し量って読むと、文字化けに気づけません。",
            "Reading by guess would garble text without anyone noticing.",
        ),
    ),
    "HJ134": error(
        ("UTF-8 でない", "not UTF-8"),
        ("ここに UTF-8 として読めないバイトがあります。", "These bytes are not UTF-8."),
        ("ファイルを UTF-8 で保存し直してください。", "Save the file as UTF-8."),
        ("申請ファイルは UTF-8 で書きます。", "Files are written in UTF-8."),
    ),
    "HJ135": error(
        ("テキストではない", "not a text file"),
        ("テキストではないデータ（NUL）が含まれています。", "The file is not text: it holds NUL bytes."),
        (
            "Excel や PDF ではなく、UTF-8 の YAML ファイルを指定してください。",
            "Give a YAML file in UTF-8, not a spreadsheet or a PDF.",
        ),
        ("NUL は文章に現れません。", "NUL never occurs in text."),
    ),
    "HJ136": error(
        ("制御文字", "a control character"),
        ("見えない制御文字（{character}）があります。", "There is an invisible control character ({character})."),
        ("その文字を消してください。", "Delete the character."),
        (
            "制御文字は画面の表示を変えることができ、YAML でも認められていません。",
            "Control characters can alter a terminal, and YAML does not allow them.",
        ),
    ),
    "HJ137": warning(
        ("値の中の見えない文字", "an invisible character in a value"),
        (
            "文字列に見えない文字（{character}）が含まれています。",
            "The text holds an invisible character ({character}).",
        ),
        ("意図したものでなければ消してください。", "Delete it unless it is meant."),
        (
            "制御文字や書字方向の文字は、表示と実際の値を食い違わせます。",
            "Control and direction characters make text look like something it is not.",
        ),
    ),
    # --- the bounds of what is read ---
    "HJ140": error(
        ("入れ子が深すぎる", "nested too deeply"),
        ("入れ子が上限の {most} 段を超えています。", "The nesting is deeper than {most} levels."),
        ("入れ子を浅くしてください。", "Use fewer levels."),
        ("深い入れ子は、読むプログラムを止めるためのものです。", "Deep nesting only serves to bring readers down."),
    ),
    "HJ141": error(
        ("項目が多すぎる", "too many values"),
        ("キーと値の数が上限の {most:,} を超えています。", "There are more than {most:,} keys and values."),
        ("ファイルを分けてください。", "Split it into several files."),
        ("一件の申請に要る数をはるかに超えています。", "This is far beyond what one application needs."),
    ),
    "HJ142": error(
        ("キーが長すぎる", "key too long"),
        ("キーが上限の {most} 文字を超えています。", "The key has more than {most} characters."),
        ("引用符や改行の抜けを確かめてください。", "Look for a missing quotation mark or line break."),
        ("長いキーは、たいてい記号の抜けから生まれます。", "Long keys mostly come from missing punctuation."),
    ),
    "HJ143": error(
        ("値が長すぎる", "value too long"),
        ("値が上限の {most:,} 文字を超えています。", "The value has more than {most:,} characters."),
        ("短くするか、引用符の抜けを確かめてください。", "Shorten it, or look for a missing quotation mark."),
        ("長い値は、たいてい記号の抜けから生まれます。", "Long values mostly come from missing punctuation."),
    ),
    "HJ144": error(
        ("コンマで分かれた金額", "an amount split by its commas"),
        (
            "`{whole}` は括弧の中のコンマで分かれてしまい、`{key}` という余分な項目ができています。",
            "Inside brackets the commas split `{whole}`, which leaves an entry `{key}` behind.",
        ),
        (
            '`{plain}` のようにコンマなしで書くか、`"{whole}"` と引用符で囲んでください。',
            'Write `{plain}` without commas, or `"{whole}"` in quotation marks.',
        ),
        (
            "`{…}` と `[…]` の中では、コンマが項目の区切りになります。",
            "Inside `{…}` and `[…]` a comma parts one entry from the next.",
        ),
    ),
    "HJ145": error(
        ("指摘が多すぎる", "too many findings"),
        ("指摘が {most} 件に達したため、ここで読むのをやめました。", "After {most} findings, reading stopped here."),
        ("ここまでの指摘を直してから、もう一度実行してください。", "Mend those first, then run again."),
        ("同じ誤りの繰り返しを延々と並べません。", "Endless repetition of one mistake helps nobody."),
    ),
}
