"""HJ0xx: how hojo was called, and what the system did not allow."""

from typing import Final

from hojo_cli.messages.entry import entries

ENTRIES: Final = entries("""
HJ001 error: 使い方の誤り | usage
  使い方が違います: {reason} | {reason}
  `{command} --help` で使い方を見られます。 | `{command} --help` shows how it is used.
  呼び出し方の誤りは終了コード2です。 | A mistake in the call ends with exit code 2.
HJ002 error: 知らないオプション | an unknown option
  オプション `{name}` はありません。 | There is no option `{name}`.
  {near}`{command} --help` で使えるオプションを見られます。 | {near} `{command} --help` lists the options.
  as HJ001
HJ003 error: 引数が足りない | a missing argument
  引数 `{name}` が必要です。 | The argument `{name}` is missing.
  as HJ001
  as HJ001
HJ004 error: 知らない値 | an unknown value
  `{name}` には `{value}` を指定できません。 | `{name}` does not take `{value}`.
  使える値: {known} | Choose from: {known}
  as HJ001
HJ005 error: 知らないコマンド | an unknown command
  コマンド `{name}` はありません。 | There is no command `{name}`.
  {near}`hojo --help` でコマンドを一覧できます。 | {near} `hojo --help` lists the commands.
  as HJ001
HJ006 error: 知らない枠 | an unknown frame
  枠 `{name}` はこのルールセットにありません。 | There is no frame `{name}` in this ruleset.
  {near}選べるもの: {listed} | {near} Choose from: {listed}
  as HJ001
HJ007 error: 知らないコード | an unknown code
  コード `{name}` はありません。 | There is no code `{name}`.
  {near}コードは `HJ` と3桁の数字で、`docs/checks.md` に一覧があります。
    | {near} A code is `HJ` and three digits; `docs/checks.md` lists them.
  as HJ001
HJ010 error: 書き出せない | cannot be written
  `{path}` に書き出せませんでした（{reason}）。 | `{path}` could not be written ({reason}).
  書き込みの権限と空き容量を確かめてください。元のファイルはそのままです。
    | Check permissions and free space; an older file was left as it was.
  出力は全部書けたときだけ置き換えます。 | An output is written whole or not at all.
HJ011 error: 標準出力に書けない | standard output cannot be written
  標準出力に書けませんでした（{reason}）。 | Standard output could not be written ({reason}).
  空き容量を確かめるか、`--output` でファイルに書いてください。 | Check free space, or write to a file with `--output`.
  結果が失われたので、成功とは言えません。 | The result was lost, so this is no success.
HJ012 error: 追加の部品が必要 | an extra is needed
  この機能には `{package}` が必要です。 | This needs `{package}`.
  `pip install '{extra}'` で入れられます。 | Install it with `pip install '{extra}'`.
  めったに使わない部品は別に入れます。 | Rarely used parts are installed apart.
HJ013 error: 端末ではない | not a terminal
  `--interactive` は端末で使います。 | `--interactive` needs a terminal.
  `--interactive` を外すと、書き込むためのひな形を作ります。 | Without it a blank to fill in is written.
  質問に答える人がいないと止まってしまうためです。 | Without somebody to answer it would wait for ever.
HJ014 error: すでにあるファイル | a file that exists
  `{path}` はすでにあります。 | `{path}` exists already.
  別の名前にするか、`--force` を付けてください。 | Use another name or add `--force`.
  書き込み済みのファイルを失わないためです。 | So that no work is lost.
HJ015 error: 公表された結果がない | no published results
  {year}年度の申請結果は、このルールセットにありません。 | This ruleset holds no published results of {year}.
  結果のある年度: {known} | Years with results: {known}
  結果は年度が終わってから公表されます。 | Results are published once a year is over.
HJ016 error: フォルダーがない | a folder that is not there
  `{name}` のフォルダー `{path}` がありません。 | There is no folder `{path}` (given with `{name}`).
  フォルダーの名前を確かめてください。 | Check the name of the folder.
  as HJ001
HJ017 error: 中断 | stopped
  {signal} を受けて止まりました。 | Stopped by {signal}.
  -
  途中の結果は書いていません。 | No half of a result was written.
HJ018 error: 書き込む先のリンク | a link where files would go
  `{path}` はシンボリックリンクなので、その先には書き込みません。
    | `{path}` is a symbolic link; nothing is written through it.
  リンク先のフォルダーを直接指定するか、リンクを消してください。 | Name the folder it leads to, or remove the link.
  リンクを置いた人が、書き込む先を選べてしまうためです。 | Whoever left the link would choose where the files go.
HJ019 error: 変更の書き方 | how a change is written
  `{text}` は PATH=VALUE の形ではありません。 | `{text}` is not of the form PATH=VALUE.
  `facts.employees=6`、`items[0].amount=120万円` のように書きます。
    | Write it like `facts.employees=6` or `items[0].amount=1200000`.
  as HJ001
HJ020 error: 変更する場所がない | a change of nothing
  申請者ファイルに `{path}` という場所はありません。 | There is no place `{path}` in an applicant file.
  {near} | {near}
  as HJ001
HJ021 error: 一覧より先の番号 | an index beyond a list
  `{path}` の番号は一覧より先です（{count}件あります）。 | `{path}` is beyond the list, which has {count} entries.
  番号は0から数えます。1件加えるなら [{count}] と書きます。 | Indices count from 0; [{count}] adds an entry.
  as HJ001
HJ022 error: 動かせない場所 | a path of no number
  `{path}` は、このファイルに書かれた数ではありません。 | `{path}` is no number that stands in this file.
  {near}動かせる数: {listed}。書かれていない数は `--set {path}=値` で書き足せます。
    | {near} Numbers that can be varied: {listed}. One that is not there yet can be added with `--set {path}=VALUE`.
  as HJ001
HJ023 error: 区切りの多すぎる曲線 | a curve of too many pieces
  `{path}` の曲線は{most}より多くに分かれます。 | The curve along `{path}` has more than {most} pieces.
  `--from` と `--to` で範囲を狭めてください。 | Narrow the range with `--from` and `--to`.
  数で何かを割る決まりでは、1つごとに別の額になります。 | Where a rule divides by the number, each value has an amount of its own.
HJ070 error: 形の分からない拡張子 | an ending that names no format
  `{path}` の拡張子 `.{ending}` に当たる出力の形はありません。 | No output here has the format of `{path}` (`.{ending}`).
  使える拡張子: {known}。ほかの名前で書くときは `--format` で形を指定してください。
    | Endings that have one: {known}. For any other name say which with `--format`.
  違う形の中身が、その名前で残らないようにするためです。 | So that no file holds something else than its name says.
HJ071 error: PDF を作る部品がない | nothing that makes PDF
  PDF を作る部品が見つかりません。 | Nothing on this machine makes PDF.
  `pip install 'hojo-cli[pdf]'` で WeasyPrint を入れるか、Chromium か Chrome を入れてください。HTML（`-o x.html`）をブラウザから印刷しても同じ紙面になります。
    | Install WeasyPrint with `pip install 'hojo-cli[pdf]'`, or Chromium or Chrome. The HTML page (`-o x.html`) prints the same from a browser.
  as HJ012
HJ072 error: PDF を作れない | PDF that could not be made
  PDF を作れませんでした（{reason}）。 | The PDF could not be made ({reason}).
  HTML（`-o x.html`）で書き出し、ブラウザから印刷してください。 | Write HTML (`-o x.html`) and print it from a browser.
  PDF は別のプログラムが作るためです。 | Another program makes it.
HJ075 error: 計算ページではない名前 | a name that is none of a page
  計算ページは HTML です。`{path}` という名前では書きません。 | The calculator is HTML; it is not written under the name `{path}`.
  `-o calculator.html` のように、.html で終わる名前にしてください。 | Give it a name that ends in .html, as in `-o calculator.html`.
  ブラウザは、ファイルの名前から開き方を決めます。 | A browser goes by the name of a file to know how to open it.
HJ076 error: 端末に出る計算ページ | a page on a terminal
  計算ページは、端末ではなくブラウザで開くものです。 | The calculator is opened in a browser, not on a terminal.
  `-o calculator.html` を付けてください。標準出力に書くなら `-o -` です。 | Add `-o calculator.html`, or `-o -` for standard output.
  数千行の HTML で画面が流れてしまうためです。 | Thousands of lines of HTML would run over the screen.
HJ080 error: 何人もいるファイル | a file of many
  `{path}` には申請者が{count}件あります。 | `{path}` holds {count} applicants.
  `{path}#{first}` のように番号で1件を選ぶか、`hojo check {path}` で全員を見てください。
    | Choose one by its number, such as `{path}#{first}`, or see all of them with `hojo check {path}`.
  1件を詳しく示すコマンドです。番号は `hojo check` が示すものと同じです。
    | The command shows one of them; numbers are those that `hojo check` prints.
HJ081 error: ない番号 | a number that is none
  `{path}` に `{part}` 番の申請者はいません。 | `{path}` has no applicant of the number `{part}`.
  あるのは {listed} です。番号は `hojo check {path}` が示します。
    | There are {listed}; `hojo check {path}` prints the numbers.
  番号は、CSV と Excel では行、JSON Lines では行の番号です。 | Numbers are rows of CSV and Excel, and lines of JSON Lines.
HJ085 error: TOML として読めない設定 | a configuration that is not TOML
  設定ファイルを TOML として読めません（{reason}）。 | The configuration is not TOML ({reason}).
  この行と、その前の行の引用符や括弧の閉じ忘れを確かめてください。UTF-8 で保存します。
    | Look for a quote or bracket that is not closed, here or just above. The file must be UTF-8.
  読めない設定を飛ばすと、黙って別の点検になってしまいます。
    | A configuration that is passed over would make a different check of it in silence.
HJ086 error: 設定の知らないキー | an unknown key of the configuration
  設定にキー `{key}` はありません。 | The configuration has no key `{key}`.
  {near}使えるキー: {known} | {near} Known keys: {known}
  書き間違えた設定が効かないまま、CI が成功し続けないようにするためです。
    | A CI job must not stay green because a misspelt key does nothing.
HJ087 error: 設定の値の形 | the type of a value in the configuration
  設定のキー `{key}` には{wanted}を書きます。 | The key `{key}` takes {wanted}.
  `docs/ci.md` に見本があります。 | `docs/ci.md` shows an example.
  as HJ086
HJ088 error: 知らない指摘のコード | an unknown code of findings
  指摘のコード `{name}` はありません。 | There is no finding `{name}`.
  {near}`docs/checks.md` に一覧があります。 | {near} `docs/checks.md` lists them.
  as HJ086
HJ089 error: 軽くできない指摘 | a finding that cannot be taken lightly
  {code}（{title}）は無視することも、警告や注記にすることもできません。
    | {code} ({title}) cannot be ignored, nor made a warning or a note.
  入力を直すか、いまある指摘だけを `--baseline` で受け入れてください。
    | Correct the input, or accept what is there today with `--baseline`.
  この誤りのある入力は判定できないので、無視すると何も点検しなかったことになります。
    | An input with this error is not judged: to ignore it would be to check nothing.
HJ090 error: 続けられないファイル | a file that cannot be gone on with
  `{path}` の続きからは尋ねられません。 | The questions cannot go on with `{path}`.
  次の誤りを直すか、別の名前にしてください。新しく始めるなら `--force` を付けます。
    | Correct what follows, or use another name; `--force` begins anew.
  誤りのある答えの上に、続きの質問は立てられません。 | What to ask next depends on answers that can be read.
HJ082 error: 書き直さなかった | not converted
  誤りがあるので、`{path}` には何も書いていません。 | Nothing was written to `{path}`: there are errors.
  上の誤りを直してから、もう一度実行してください。 | Mend what is told above and run it again.
  一部だけを書き直すと、残りが静かに失われます。 | With a part of them converted the rest would be lost in silence.
HJ083 error: 表に入らない構成員 | members that fit into no table
  `{path}` の構成員（members）は、表には書けません。 | The members of `{path}` fit into no table.
  フォルダ（YAML）か .jsonl に書くか、`--format parquet` を付けてください。
    | Write to a folder (YAML) or to .jsonl, or add `--format parquet`.
  構成員ごとの事実と明細は、1行に収まりません。 | Facts and items of each member do not fit into one row.
HJ084 error: 書けない形 | a target of no known kind
  `{path}` には書けません。 | Nothing can be written to `{path}`.
  フォルダの名前か、.csv、.jsonl、.xlsx で終わる名前にしてください。Parquet の表は `--format parquet -o フォルダ` です。
    | Name a folder, or a file that ends in .csv, .jsonl or .xlsx. Tables as Parquet are written by `--format parquet -o FOLDER`.
  名前の終わりが、書く形を決めます。 | The end of the name decides what is written.
HJ060 error: SQL で言えない | what a dialect cannot say
  `{dialect}` の SQL では、{what}を計算できません。 | SQL of `{dialect}` cannot reckon {what}.
  `hojo check` は、どのルールも計算できます。 | `hojo check` reckons any ruleset.
  1円でも違うおそれのある式は書きません。 | No query is written that might be a yen off.
HJ061 error: ルールセットにない数字 | a figure that is not there
  ルールセットに `{path}` という数字はありません。 | The ruleset has no figure `{path}`.
  {near} | {near}
  `--vary` は、ルールセットの数字を場所で指します。 | `--vary` names a figure of the ruleset by its place.
HJ062 error: 変えられない数字 | a figure that cannot vary
  `{path}` は `--vary` で変えられません（{why}）。 | `{path}` cannot vary ({why}).
  ルールセットを書き直して、別の SQL にしてください。 | Edit a copy of the ruleset and write its own query.
  1つの SQL で言えるのは、申請者ごとの計算に現れる数字です。 | One query can vary what is reckoned for each applicant.
HJ063 error: 数字の変え方の書き方 | how a figure that varies is written
  `{text}` は PATH=値,値 の形ではありません。 | `{text}` is not of the form PATH=VALUE,VALUE.
  桁区切りのコンマは入れずに書きます（例: `--vary frames.….cap=400万円,450万円`）。
    | Write no commas inside a number, as in `--vary frames.….cap=4000000,4500000`.
  コンマは値を分けます。 | Commas separate values.
HJ064 error: 多すぎる組み合わせ | too many variants
  `--vary` の組み合わせが{count}通りになります（多くて{most}通り）。 | `--vary` makes {count} variants (at most {most}).
  値を減らすか、何回かに分けてください。 | Give fewer values, or run several times.
  組み合わせは1つずつ SQL に書き込まれます。 | Each variant is written into the query.
HJ099 error: hojo の不具合 | a bug in hojo
  hojo の不具合です（{reason}）。 | This is a bug in hojo ({reason}).
  `HOJO_DEBUG=1` を付けて実行した出力を添えて知らせてください。
    | Please report it with the output of a run under `HOJO_DEBUG=1`.
  どんな入力でもここへは来ないはずです。 | No input should ever lead here.
""")
