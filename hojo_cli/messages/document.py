"""HJ10x to HJ14x and HJ171 to HJ174: files, characters and the shape of a document (part of HJ1xx)."""

from typing import Final

from hojo_cli.messages.entry import entries

ENTRIES: Final = entries("""
# --- files ---
HJ101 error: ファイルがない | no such file
  ファイル `{path}` が見つかりません。 | There is no file `{path}`.
  パスとファイル名を確かめてください。 | Check the folder and the file name.
  指定されたパスには何もありません。 | Nothing exists at the path that was given.
HJ102 error: フォルダが指定された | a folder instead of a file
  `{path}` はファイルではなくフォルダです。 | `{path}` is a folder, not a file.
  中の YAML ファイルを指定するか、`hojo check` にフォルダを渡してください。
    | Name a YAML file in it, or give the folder to `hojo check`.
  このコマンドは一つのファイルを読みます。 | This command reads one file at a time.
HJ103 error: 通常のファイルではない | not a regular file
  `{path}` は通常のファイルではないため読みません。 | `{path}` is not a regular file and is not read.
  パイプの内容を渡すときは、ファイル名に `-` を指定して標準入力から渡してください。
    | To pass the output of a program, give `-` and use standard input.
  名前付きパイプや装置は、読み終わらないことがあります。 | Reading a named pipe or a device may never end.
HJ104 error: ファイルを読めない | unreadable file
  `{path}` を読めません（{reason}）。 | `{path}` cannot be read ({reason}).
  ファイルの権限と名前を確かめてください。 | Check the file's permissions and its name.
  ファイルを開く操作を OS が拒みました。 | The operating system refused to open the file.
HJ105 error: ファイルが大きすぎる | file too large
  ファイルが上限の {most:,} バイトを超えています。 | The file has more than {most:,} bytes.
  ファイルを分けてください。 | Split it into several files.
  一件の申請に要る大きさをはるかに超える入力は、誤りか攻撃とみなします。
    | Input far beyond what one application needs is a mistake or an attack.
# --- files of another sort ---
HJ171 error: 別の種類のファイル | a file of another sort
  このファイルは{wanted}ではなく、{found}のようです。 | This seems to be {found}, not {wanted}.
  {advice}
  種類の違うファイルを直そうとしても、時間の無駄になります。
    | Mending a file of the wrong sort would be a waste of time.
HJ173 error: マージの跡 | an unsettled merge
  ここに、解決されていないマージの競合（`<<<<<<<` から `>>>>>>>` まで）が残っています。
    | An unsettled merge conflict (`<<<<<<<` to `>>>>>>>`) begins here.
  どちらかの内容を選び、印の行を消してください。 | Keep one side and delete the lines of the markers.
  どちらの内容が正しいかは、人にしか決められません。 | Which side is right only people can decide.
HJ174 error: 埋められていないひな形 | a template that was not filled in
  ひな形の印（`{{{{ … }}}}` など）が埋められないまま残っています: {text}。
    | A place of a template was not filled in: {text}
  ひな形を埋めた後のファイルを渡すか、値をここに書いてください。
    | Give the file that the template makes, or write the value here.
  hojo はひな形を実行しません。 | hojo runs no templates.
# --- the shape of a document ---
HJ110 error: 空のファイル | empty file
  ファイルに内容がありません。 | The file holds nothing.
  {start}から始めてください。 | Start from {start}.
  空白とコメントだけのファイルも空として扱います。 | A file of blanks and comments counts as empty.
HJ111 error: 最上位がキーと値ではない | the top level has no keys
  最上位は `キー: 値` の並びで書きますが、{found}になっています。
    | The top level must be `key: value` lines, but it is {found}.
  `{first}` のような行から始めてください。 | Begin with a line such as `{first}`.
  一つのファイルは、名前の付いた項目の集まりです。 | A file is a collection of named entries.
HJ112 error: 複数の文書 | several documents
  一つのファイルに複数の YAML 文書があります。 | The file holds more than one YAML document.
  二つめの `---` から後を別のファイルに移してください。 | Move what follows the second `---` into a file of its own.
  どちらの文書を読むべきか決められません。 | Which of the documents is meant cannot be known.
HJ113 error: キーの重複 | duplicate key
  キー `{key}` は {first} 行目にすでにあります。 | The key `{key}` already stands in line {first}.
  どちらか一方を消してください。 | Remove one of the two.
  多くの YAML ライブラリは黙って後の値だけを残します。 | Many YAML libraries silently keep only the last value.
HJ114 error: 全角・半角だけが違うキー | keys that differ by width only
  キー `{key}` は {first} 行目の `{other}` と全角・半角などの違いしかありません。
    | The key `{key}` differs from `{other}` in line {first} only in character width.
  as HJ113
  見分けのつかない二つのキーは、書き間違いと考えられます。 | Two keys that look alike are almost always a slip.
HJ115 error: 文字列でないキー | a key that is not text
  キー {found} は文字列ではありません。 | The key {found} is not text.
  キーを `"…"` で囲むか、名前に変えてください。 | Put the key in `"…"`, or give it a name.
  数・真偽値・空・リストのキーは、読み手によって意味が変わります。
    | Numbers, booleans, nothing or lists as keys mean different things to different readers.
HJ116 error: アンカーと別名 | anchors and aliases
  アンカー（`&`）と別名（`*`）は使えません。 | Anchors (`&`) and aliases (`*`) are not allowed.
  値をその場に書いてください（`&` や `*` で始まる文字は `"…"` で囲みます）。
    | Write the value out; quote text that begins with `&` or `*`.
  別名を重ねた小さなファイルで、読むプログラムを止めることができます。
    | A tiny file of nested aliases can bring its readers to a halt.
HJ117 error: マージキー | merge key
  マージキー（`<<`）は使えません。 | The merge key `<<` is not allowed.
  項目をその場に書いてください。 | Write the entries out.
  マージキーは YAML 1.2 になく、どの値が勝つかも読み手によって違います。
    | Merge keys are not part of YAML 1.2, and readers disagree on which value wins.
HJ118 error: タグ | tag
  タグ `{tag}` は使えません。 | The tag `{tag}` is not allowed.
  タグを消してください（`!` で始まる文字は `"…"` で囲みます）。 | Remove it; quote text that begins with `!`.
  値の型は hojo が決めるので、タグは要りません。 | hojo knows the type of each value; a tag could only contradict it.
HJ119 error: ディレクティブ | directive
  `%` で始まる行（YAML のディレクティブ）は使えません。 | A line that begins with `%` (a YAML directive) is not allowed.
  その行を消してください。 | Remove the line.
  `%YAML 1.1` などは、同じ文字の意味を変えてしまいます。 | `%YAML 1.1` and the like change what the same text means.
# --- encodings and characters ---
HJ130 error: 途中の BOM | a BOM inside
  ファイルの途中に BOM（U+FEFF）があります。 | There is a byte order mark (U+FEFF) inside the file.
  この見えない文字を消してください。 | Delete this invisible character.
  BOM 付きのファイルをつなぎ合わせると残り、キーの一部になってしまいます。
    | Joining files leaves it behind, and it becomes part of a key.
HJ131 note: UTF-16 のファイル | a UTF-16 file
  UTF-16 のファイルとして読みました。 | The file was read as UTF-16.
  UTF-8 で保存し直すことを勧めます。 | Better save it as UTF-8.
  ほかの多くの道具は UTF-8 しか読みません。 | Many other tools read UTF-8 only.
HJ132 error: UTF-8 でない日本語 | Japanese text that is not UTF-8
  文字コードが UTF-8 ではなく {encoding} のようです。 | The text seems to be encoded as {encoding}, not as UTF-8.
  エディターの［名前を付けて保存］で、文字コードに UTF-8 を選んで保存してください。
    | Choose UTF-8 as the encoding in the editor's “Save as”.
  文字コードを推し量って読むと、文字化けに気づけません。 | Reading by guess would garble text without anyone noticing.
HJ134 error: UTF-8 でない | not UTF-8
  ここに UTF-8 として読めないバイトがあります。 | These bytes are not UTF-8.
  ファイルを UTF-8 で保存し直してください。 | Save the file as UTF-8.
  申請ファイルは UTF-8 で書きます。 | Files are written in UTF-8.
HJ135 error: テキストではない | not a text file
  テキストではないデータ（NUL）が含まれています。 | The file is not text: it holds NUL bytes.
  Excel や PDF ではなく、UTF-8 の YAML ファイルを指定してください。
    | Give a YAML file in UTF-8, not a spreadsheet or a PDF.
  NUL は文章に現れません。 | NUL never occurs in text.
HJ136 error: 制御文字 | a control character
  見えない制御文字（{character}）があります。 | There is an invisible control character ({character}).
  その文字を消してください。 | Delete the character.
  制御文字は画面の表示を変えることができ、YAML でも認められていません。
    | Control characters can alter a terminal, and YAML does not allow them.
HJ137 warning: 値の中の見えない文字 | an invisible character in a value
  文字列に見えない文字（{character}）が含まれています。 | The text holds an invisible character ({character}).
  意図したものでなければ消してください。 | Delete it unless it is meant.
  制御文字や書字方向の文字は、表示と実際の値を食い違わせます。
    | Control and direction characters make text look like something it is not.
# --- the bounds of what is read ---
HJ140 error: 入れ子が深すぎる | nested too deeply
  入れ子が上限の {most} 段を超えています。 | The nesting is deeper than {most} levels.
  入れ子を浅くしてください。 | Use fewer levels.
  深い入れ子は、読むプログラムを止めるためのものです。 | Deep nesting only serves to bring readers down.
HJ141 error: 項目が多すぎる | too many values
  キーと値の数が上限の {most:,} を超えています。 | There are more than {most:,} keys and values.
  ファイルを分けてください。 | Split it into several files.
  一件の申請に要る数をはるかに超えています。 | This is far beyond what one application needs.
HJ142 error: キーが長すぎる | key too long
  キーが上限の {most} 文字を超えています。 | The key has more than {most} characters.
  引用符や改行の抜けを確かめてください。 | Look for a missing quotation mark or line break.
  長いキーは、たいてい記号の抜けから生まれます。 | Long keys mostly come from missing punctuation.
HJ143 error: 値が長すぎる | value too long
  値が上限の {most:,} 文字を超えています。 | The value has more than {most:,} characters.
  短くするか、引用符の抜けを確かめてください。 | Shorten it, or look for a missing quotation mark.
  長い値は、たいてい記号の抜けから生まれます。 | Long values mostly come from missing punctuation.
HJ144 error: コンマで分かれた金額 | an amount split by its commas
  `{whole}` は括弧の中のコンマで分かれてしまい、`{key}` という余分な項目ができています。
    | Inside brackets the commas split `{whole}`, which leaves an entry `{key}` behind.
  `{plain}` のようにコンマなしで書くか、`"{whole}"` と引用符で囲んでください。
    | Write `{plain}` without commas, or `"{whole}"` in quotation marks.
  `{…}` と `[…]` の中では、コンマが項目の区切りになります。
    | Inside `{…}` and `[…]` a comma parts one entry from the next.
HJ145 error: 指摘が多すぎる | too many findings
  指摘が {most} 件に達したため、ここで読むのをやめました。 | After {most} findings, reading stopped here.
  ここまでの指摘を直してから、もう一度実行してください。 | Mend those first, then run again.
  同じ誤りの繰り返しを延々と並べません。 | Endless repetition of one mistake helps nobody.
""")
