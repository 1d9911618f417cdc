"""HJ10x, HJ11x and HJ17x: files and the shape of a document (part of HJ1xx)."""

from typing import Final

from hojo_cli.messages.entry import error

ENTRIES: Final = {
    # --- files ---
    "HJ101": error(
        ("ファイルがない", "no such file"),
        ("ファイル `{path}` が見つかりません。", "There is no file `{path}`."),
        ("パスとファイル名を確かめてください。", "Check the folder and the file name."),
        ("指定されたパスには何もありません。", "Nothing exists at the path that was given."),
    ),
    "HJ102": error(
        ("フォルダが指定された", "a folder instead of a file"),
        ("`{path}` はファイルではなくフォルダです。", "`{path}` is a folder, not a file."),
        (
            "中の YAML ファイルを指定するか、`hojo check` にフォルダを渡してください。",
            "Name a YAML file in it, or give the folder to `hojo check`.",
        ),
        ("このコマンドは一つのファイルを読みます。", "This command reads one file at a time."),
    ),
    "HJ103": error(
        ("通常のファイルではない", "not a regular file"),
        ("`{path}` は通常のファイルではないため読みません。", "`{path}` is not a regular file and is not read."),
        (
            "パイプの内容を渡すときは、ファイル名に `-` を指定して標準入力から渡してください。",
            "To pass the output of a program, give `-` and use standard input.",
        ),
        ("名前付きパイプや装置は、読み終わらないことがあります。", "Reading a named pipe or a device may never end."),
    ),
    "HJ104": error(
        ("ファイルを読めない", "unreadable file"),
        ("`{path}` を読めません（{reason}）。", "`{path}` cannot be read ({reason})."),
        ("ファイルの権限と名前を確かめてください。", "Check the file's permissions and its name."),
        ("ファイルを開く操作を OS が拒みました。", "The operating system refused to open the file."),
    ),
    "HJ105": error(
        ("ファイルが大きすぎる", "file too large"),
        ("ファイルが上限の {most:,} バイトを超えています。", "The file has more than {most:,} bytes."),
        ("ファイルを分けてください。", "Split it into several files."),
        (
            "一件の申請に要る大きさをはるかに超える入力は、誤りか攻撃とみなします。",
            "Input far beyond what one application needs is a mistake or an attack.",
        ),
    ),
    # --- files of another sort ---
    "HJ171": error(
        ("別の種類のファイル", "a file of another sort"),
        ("このファイルは{wanted}ではなく、{found}のようです。", "This seems to be {found}, not {wanted}."),
        ("{advice}", "{advice}"),
        (
            "種類の違うファイルを直そうとしても、時間の無駄になります。",
            "Mending a file of the wrong sort would be a waste of time.",
        ),
    ),
    "HJ173": error(
        ("マージの跡", "an unsettled merge"),
        (
            "ここに、解決されていないマージの競合（`<<<<<<<` から `>>>>>>>` まで）が残っています。",
            "An unsettled merge conflict (`<<<<<<<` to `>>>>>>>`) begins here.",
        ),
        ("どちらかの内容を選び、印の行を消してください。", "Keep one side and delete the lines of the markers."),
        ("どちらの内容が正しいかは、人にしか決められません。", "Which side is right only people can decide."),
    ),
    "HJ174": error(
        ("埋められていないひな形", "a template that was not filled in"),
        (
            "ひな形の印（`{{{{ … }}}}` など）が埋められないまま残っています: {text}。",
            "A place of a template was not filled in: {text}",
        ),
        (
            "ひな形を埋めた後のファイルを渡すか、値をここに書いてください。",
            "Give the file that the template makes, or write the value here.",
        ),
        ("hojo はひな形を実行しません。", "hojo runs no templates."),
    ),
    # --- the shape of a document ---
    "HJ110": error(
        ("空のファイル", "empty file"),
        ("ファイルに内容がありません。", "The file holds nothing."),
        ("{start}から始めてください。", "Start from {start}."),
        ("空白とコメントだけのファイルも空として扱います。", "A file of blanks and comments counts as empty."),
    ),
    "HJ111": error(
        ("最上位がキーと値ではない", "the top level has no keys"),
        (
            "最上位は `キー: 値` の並びで書きますが、{found}になっています。",
            "The top level must be `key: value` lines, but it is {found}.",
        ),
        ("`{first}` のような行から始めてください。", "Begin with a line such as `{first}`."),
        ("一つのファイルは、名前の付いた項目の集まりです。", "A file is a collection of named entries."),
    ),
    "HJ112": error(
        ("複数の文書", "several documents"),
        ("一つのファイルに複数の YAML 文書があります。", "The file holds more than one YAML document."),
        (
            "二つめの `---` から後を別のファイルに移してください。",
            "Move what follows the second `---` into a file of its own.",
        ),
        ("どちらの文書を読むべきか決められません。", "Which of the documents is meant cannot be known."),
    ),
    "HJ113": error(
        ("キーの重複", "duplicate key"),
        ("キー `{key}` は {first} 行目にすでにあります。", "The key `{key}` already stands in line {first}."),
        ("どちらか一方を消してください。", "Remove one of the two."),
        (
            "多くの YAML ライブラリは黙って後の値だけを残します。",
            "Many YAML libraries silently keep only the last value.",
        ),
    ),
    "HJ114": error(
        ("全角・半角だけが違うキー", "keys that differ by width only"),
        (
            "キー `{key}` は {first} 行目の `{other}` と全角・半角などの違いしかありません。",
            "The key `{key}` differs from `{other}` in line {first} only in character width.",
        ),
        ("どちらか一方を消してください。", "Remove one of the two."),
        (
            "見分けのつかない二つのキーは、書き間違いと考えられます。",
            "Two keys that look alike are almost always a slip.",
        ),
    ),
    "HJ115": error(
        ("文字列でないキー", "a key that is not text"),
        ("キー {found} は文字列ではありません。", "The key {found} is not text."),
        ('キーを `"…"` で囲むか、名前に変えてください。', 'Put the key in `"…"`, or give it a name.'),
        (
            "数・真偽値・空・リストのキーは、読み手によって意味が変わります。",
            "Numbers, booleans, nothing or lists as keys mean different things to different readers.",
        ),
    ),
    "HJ116": error(
        ("アンカーと別名", "anchors and aliases"),
        ("アンカー（`&`）と別名（`*`）は使えません。", "Anchors (`&`) and aliases (`*`) are not allowed."),
        (
            '値をその場に書いてください（`&` や `*` で始まる文字は `"…"` で囲みます）。',
            "Write the value out; quote text that begins with `&` or `*`.",
        ),
        (
            "別名を重ねた小さなファイルで、読むプログラムを止めることができます。",
            "A tiny file of nested aliases can bring its readers to a halt.",
        ),
    ),
    "HJ117": error(
        ("マージキー", "merge key"),
        ("マージキー（`<<`）は使えません。", "The merge key `<<` is not allowed."),
        ("項目をその場に書いてください。", "Write the entries out."),
        (
            "マージキーは YAML 1.2 になく、どの値が勝つかも読み手によって違います。",
            "Merge keys are not part of YAML 1.2, and readers disagree on which value wins.",
        ),
    ),
    "HJ118": error(
        ("タグ", "tag"),
        ("タグ `{tag}` は使えません。", "The tag `{tag}` is not allowed."),
        (
            'タグを消してください（`!` で始まる文字は `"…"` で囲みます）。',
            "Remove it; quote text that begins with `!`.",
        ),
        (
            "値の型は hojo が決めるので、タグは要りません。",
            "hojo knows the type of each value; a tag could only contradict it.",
        ),
    ),
    "HJ119": error(
        ("ディレクティブ", "directive"),
        (
            "`%` で始まる行（YAML のディレクティブ）は使えません。",
            "A line that begins with `%` (a YAML directive) is not allowed.",
        ),
        ("その行を消してください。", "Remove the line."),
        (
            "`%YAML 1.1` などは、同じ文字の意味を変えてしまいます。",
            "`%YAML 1.1` and the like change what the same text means.",
        ),
    ),
}
