"""HJ4xx: checking many applicants at once: how they are found and read, what they promise, what they share."""

from typing import Final

from hojo_cli.messages.entry import entries

ENTRIES: Final = entries("""
# --- finding and reading inputs ---
HJ401 error: 点検を中断させるファイル | a file that stops the check
  このファイルの点検中に処理が2回落ちたため、点検できませんでした。
    | The process ended twice while checking this file, so it was not checked.
  メモリ不足でないかを確かめ、このファイルだけを `hojo estimate` で試してください。
    | Look for a lack of memory, and try this file alone with `hojo estimate`.
  入力は1件も失われず、必ず結果に1回だけ現れます。 | No input is lost: each appears in the result exactly once.
HJ402 error: 循環するリンク | links in a circle
  リンク `{path}` は上のフォルダに戻るため、たどりません。
    | The link `{path}` leads back to a folder above it and is not followed.
  リンクを消すか、点検するフォルダの外に移してください。 | Remove the link or move it out of the folder.
  たどると終わりません。 | Following it would never end.
HJ403 error: JSON の誤り | not JSON
  JSON として読めません（{reason}）。 | This is not JSON ({reason}).
  1行に1件、`{{` から `}}` までを1行に書いてください。 | Write one applicant a line, from `{{` to `}}`.
  JSON Lines は1行が1件です。 | In JSON Lines each line is one record.
HJ404 error: 長すぎる行 | a line that is too long
  この行は {most} バイトを超えています。 | This line is longer than {most} bytes.
  1件を1行に分けてください。 | Write one record a line.
  終わらない行がメモリを使い切らないようにするためです。 | An endless line must not use up the memory.
HJ405 error: CSV の誤り | not CSV
  CSV として読めません（{reason}）。 | This is not CSV ({reason}).
  引用符の閉じ忘れや、値に混じった引用符がないか確かめてください（`"` は `""` と書きます）。
    | Look for a quote that is not closed, or one inside a value (written twice there).
  誤りのある行はその行だけを誤りとし、次の行からまた読みます。
    | A broken row costs that row alone: reading goes on with the next line.
HJ406 error: 文字コード | character encoding
  この行は {encoding} として読めません。 | This line is not {encoding}.
  UTF-8 で保存し直すか、すべての行が Shift_JIS なら `--encoding cp932` を付けてください。
    | Save it as UTF-8; where every line is Shift_JIS add `--encoding cp932`.
  文字コードを推測すると、名前が静かに化けます。 | A guessed encoding garbles names in silence.
HJ407 error: 知らない列 | an unknown column
  列 `{name}` は申請者の項目ではありません。 | The column `{name}` is nothing an applicant has.
  {near}`hojo new list.csv` か `hojo new list.xlsx` が見出しの見本を書きます。読まない列は、名前の先頭に `#` を付けてください。
    | {near} `hojo new list.csv` or `hojo new list.xlsx` writes a sample of the header. Let the name of a column that is not to be read begin with `#`.
  書き間違えた列を黙って読み飛ばすと、別の結果になってしまいます。
    | A misspelt column that is dropped in silence would change the result.
HJ408 error: 表の構成員 | members in a table
  列 `{name}`：CSV と Excel の表には構成員（members）を書けません。 | Column `{name}`: tables (CSV, Excel) cannot hold members.
  複数者連携の申請は YAML か JSON Lines で書いてください。 | Write group applications in YAML or JSON Lines.
  構成員ごとの事実と明細は、1行の表に収まりません。 | Facts and items of each member do not fit into one row.
HJ409 error: 1件もない | no records
  申請者が1件もありません。 | There is no applicant in this file.
  1行に1件を書いてください（CSV は見出し行の下に）。 | Write one applicant a line (in CSV below the header).
  as HJ401
HJ410 error: 重複した列 | a column that appears twice
  列 `{name}` は{first}列目にもあります。 | The column `{name}` is also column {first}.
  どちらかを消してください。 | Remove one of the two.
  どちらの値を使うべきか決められません。 | It is undecided which value counts.
HJ411 error: 見出しのない値 | a value without a column
  この行には見出しより多い値があります。 | This row has more values than the header has columns.
  値にカンマがあれば `"…"` で囲んでください。 | Put a value that holds a comma in `"…"`.
  1つずれた値は、別の項目として読まれてしまいます。 | Shifted values would be read as something else.
HJ412 error: UTF-8 でない JSON Lines | JSON Lines that are not UTF-8
  この行は UTF-8 として読めません。 | This line is not UTF-8.
  UTF-8 で保存し直してください（`--encoding` は CSV だけに効きます）。
    | Save the file as UTF-8; `--encoding` is for CSV only.
  JSON はいつも UTF-8 です。 | JSON is always UTF-8.
HJ413 error: 指定した文字コードでない | not in the encoding that was given
  as HJ406
  {advice}
  as HJ406
HJ414 error: CR だけの行末 | lines that end in CR alone
  行末が CR だけです。 | The lines end in CR alone.
  行末を CRLF か LF にして保存し直してください。 | Save the file with CRLF or LF at the end of its lines.
  CR だけを行末とする読み手は、もうほとんどありません。 | Hardly any reader takes CR alone for the end of a line.
HJ415 error: カンマ区切りでない CSV | CSV that is not separated by commas
  列がカンマでなく{separator}で区切られています。 | The columns are separated by {separator}, not by commas.
  カンマ区切りで保存し直してください。 | Save the file with commas between the columns.
  区切りを推測すると、値の中の記号で列がずれます。 | With a guessed separator, a mark inside a value shifts the columns.
HJ470 error: 見出しでない1行目 | a first line that is no header
  {beside}行目は見出しではありません。見出しは{line}行目のようです。
    | Line {beside} is no header; the header seems to be line {line}.
  {line}行目より上の行（表題や `sep=` など）を消してください。
    | Delete what stands above line {line}, such as a title or `sep=`.
  見出しが違うと、すべての行の値が何の値か分かりません。 | Without its header no value of a table has a meaning.
HJ471 error: 知っている列のない見出し | a header without any known column
  見出しに、申請者の項目の列が1つもありません。 | No column of this header is anything an applicant has.
  `hojo new list.csv` か `hojo new list.xlsx` が見出しの見本を書きます。 | `hojo new list.csv` or `hojo new list.xlsx` writes a sample of the header.
  as HJ470
HJ480 note: 見分けた文字コード | a recognised encoding
  文字コードを Shift_JIS（{encoding}）と見分けて読みました。 | Read as Shift_JIS ({encoding}), recognised by its bytes.
  名前が化けていたら `--encoding utf-8` を付けるか、UTF-8 で保存し直してください。
    | If names look garbled add `--encoding utf-8`, or save the file as UTF-8.
  表計算ソフトが保存した CSV は、多くが Shift_JIS です。見分けたことは必ず示します。
    | Spreadsheets save CSV in Shift_JIS; a guess is always told.
HJ481 error: 読めない Excel のファイル | an Excel file that cannot be read
  `{path}` は Excel のブックとして読めません（{reason}）。 | `{path}` cannot be read as an Excel workbook ({reason}).
  Excel で開き、パスワードを外して「Excel ブック（.xlsx）」で保存し直してください。
    | Open it in Excel, remove its password and save it as an Excel workbook (.xlsx).
  読めるのは .xlsx と .xlsm です。マクロと外部へのリンクは使いません。
    | .xlsx and .xlsm are read; macros and links to other files are not used.
HJ482 error: 大きすぎる Excel のファイル | an Excel file that is too large
  `{path}` は大きすぎます（{most}）。 | `{path}` is too large (at most {most}).
  使っていない行・列・シートを消すか、CSV で保存してください。 | Delete rows, columns and sheets nobody uses, or save it as CSV.
  小さく圧縮された巨大なファイルが、メモリを使い切らないようにするためです。
    | A huge file packed into a small one must not use up the memory.
HJ483 error: 計算されていない式 | a formula without a value
  このセルには式がありますが、計算した値が保存されていません。 | This cell holds a formula without a stored value.
  Excel で開いて保存し直すか、値を書いてください。 | Open it in Excel and save it again, or write the value.
  式は計算せず、表計算ソフトが保存した値を読みます。 | Formulas are not computed: the value that the spreadsheet stored is read.
HJ484 error: エラーのセル | a cell with an error
  このセルはエラー（{shown}）です。 | This cell is an error ({shown}).
  式か参照を直してください。 | Mend the formula or what it refers to.
  エラーを空欄とみなすと、結果が静かに変わります。 | An error taken for an empty cell would change the result in silence.
HJ485 error: 持ち主のない明細 | items of nobody
  明細の「{name}」に当たる申請者が、シート「{sheet}」にいません。
    | No client on the sheet `{sheet}` is called `{name}`.
  番号（なければ名前）を、両方のシートで同じに書いてください。
    | Write the same number (or name, where there is none) on both sheets.
  明細を黙って捨てると、補助額が小さくなります。 | Items that are dropped in silence would lower the subsidy.
HJ486 error: 明細の持ち主が2者 | items of two clients
  「{name}」は{row}行目にもいるので、シート「{sheet}」の明細がどちらのものか分かりません。
    | `{name}` is also in row {row}: nobody can tell whose the items on the sheet `{sheet}` are.
  番号を書き分けてください。 | Give each client a number of its own.
  as HJ485
HJ487 error: ないシート | a sheet that is not there
  シート「{sheet}」がありません。 | There is no sheet `{sheet}`.
  {near}あるシート: {listed} | {near} The sheets: {listed}
  `ファイル.xlsx#シート名` で、読むシートを選びます。 | `FILE.xlsx#SHEET` chooses the sheet to read.
HJ488 error: 誰の明細か分からないシート | a sheet of items without a client
  シート「{sheet}」に、申請者を示す列がありません。 | The sheet `{sheet}` has no column that names the client.
  `番号` か `申請者` の列を加えてください。 | Add a column `No` (the client's number) or `client`.
  as HJ485
HJ489 error: 誰の明細か分からない行 | an item without a client
  この明細には、申請者の番号も名前もありません。 | This item has neither the number nor the name of a client.
  行ごとに番号を書いてください（結合したセルは、先頭の行にしか値がありません）。
    | Write it in each row; merged cells hold a value in their first row only.
  as HJ485
# --- promises ---
HJ420 error: 申告した枠が対象にならない | the declared frame is not payable
  申告した枠「{frame}」は申請できません。 | The declared frame `{frame}` is not payable.
  -
  申告した枠や期待額は、ファイルが守るべき約束として点検します。
    | The declared frame and the expected yen are promises that the file must keep.
HJ421 error: 申告した枠が決まらない | the declared frame is undecided
  申告した枠「{frame}」は、事実が足りず決まりません。 | The declared frame `{frame}` is undecided: facts are missing.
  -
  as HJ420
HJ422 note: 申請できる枠がない | no payable frame
  申請できる枠がありません。 | No frame is payable.
  -
  対象にならないことも結果であり、ファイルの誤りではありません。
    | To be ineligible is a result, not a mistake in the file.
HJ423 warning: 結果が決まらない | undecided
  事実が足りず、申請できる枠が決まりません。 | Facts are missing: no frame is known to be payable.
  -
  書かれていない事実は、ゼロでも「いいえ」でもなく不明です。
    | A fact that is left out is unknown, neither zero nor false.
HJ424 note: 決まらない枠 | an undecided frame
  枠「{frame}」は、事実が足りず決まりません。 | The frame `{frame}` is undecided: facts are missing.
  -
  ほかの枠は申請できますが、この枠のほうがよいかもしれません。 | Another frame is payable, but this one might be better.
HJ425 error: 期待額と違う | not as expected
  枠「{frame}」の補助額は{found}です（`expect` は{expected}）。
    | The subsidy of `{frame}` is {found} (`expect` says {expected}).
  変更が正しければ `hojo check --update-expect` で書き換えられます。
    | If the change is right, `hojo check --update-expect` rewrites it.
  as HJ420
HJ426 error: 期待額と比べられない | cannot be compared with `expect`
  枠「{frame}」の補助額は、事実が足りず決まりません（`expect` は{expected}）。
    | The subsidy of `{frame}` is undecided (`expect` says {expected}).
  -
  as HJ420
HJ427 warning: 併願できない枠 | frames that exclude each other
  「{frame}」と「{other}」は併願できませんが、`frame` と `expect` は両方を見込んでいます。
    | `{frame}` and `{other}` exclude each other, yet `frame` and `expect` count on both.
  申請する枠だけを `expect` に残してください。 | Keep the frame applied for in `expect`.
  枠の組合せはルールセットの `combine` が定めます。同じ経費は一度だけ数えます。
    | Which frames go together is set by `combine` of the ruleset; a cost counts once.
HJ428 warning: 二重に数えた明細 | an item counted twice
  明細「{item}」は「{frame}」と「{other}」の両方で数えています。
    | The item `{item}` counts in both `{frame}` and `{other}`.
  同じ経費は1つの枠だけで申請できます。 | A cost can be claimed in one frame only.
  as HJ427
# --- between files ---
HJ430 warning: 同じ年度に同じ法人番号 | the same corporate number in one year
  法人番号 {number} は `{path}` にもあります。 | The corporate number {number} is also in `{path}`.
  同じ事業者なら、どちらか一方にしてください。 | If it is the same business, keep one of the two.
  同じ事業者を2回申請すると、どちらも無効になるおそれがあります。
    | Applying twice for the same business may void both applications.
HJ431 warning: 同じ年度に同じ名前と事実 | the same name and facts in one year
  名前と事実がすべて `{path}` と同じです。 | The name and every fact are the same as in `{path}`.
  写し間違いでないか確かめてください。 | Make sure that it is no copy left behind.
  as HJ430
# --- rewriting ---
HJ440 note: 期待額を書き換えた | `expect` was rewritten
  `expect` を計算した補助額に書き換えました（{written}）。 | `expect` was set to the computed yen ({written}).
  -
  `--update-expect` は `expect` の数字だけを書き換えます。 | `--update-expect` changes nothing but the yen in `expect`.
HJ441 error: 期待額を書き換えられない | `expect` could not be rewritten
  `expect` を書き換えられませんでした（{reason}）。 | `expect` could not be rewritten ({reason}).
  `expect: {{枠: 円}}` の形に直すか、手で書き換えてください。
    | Write it as `expect: {{frame: yen}}`, or change it by hand.
  ほかの部分を1文字も変えずに書き換えられるときだけ書き換えます。
    | It is only rewritten where not one other character changes.
HJ442 error: 期待額を書き換えない入力 | an input whose `expect` is not rewritten
  `--update-expect` が書き換えるのは YAML ファイルだけです。 | `--update-expect` rewrites YAML files only.
  JSON Lines・CSV・標準入力の `expect` は手で直してください。
    | Change `expect` of JSON Lines, CSV and standard input by hand.
  書き換えたつもりの入力が、黙って元のままにならないようにするためです。 | So that no input stays as it was in silence.
HJ443 note: 書き換え済みのファイル | files rewritten already
  {count} 件の `expect` は書き換え済みです。 | `expect` of {count} files was rewritten already.
  もう一度実行すると、残りを書き換えます。 | Run it again to rewrite the rest.
  途中で止まっても、どのファイルも書き換え前か後のどちらかです。
    | Where a run stops, each file is as before or rewritten, nothing between.
# --- the run ---
HJ450 error: 点検するものがない | nothing to check
  点検する申請者ファイルがありません（{where}）。 | There is no applicant file to check ({where}).
  パスを確かめてください。空でもよければ `--allow-empty` を付けます。
    | Check the paths; if nothing is fine, add `--allow-empty`.
  何も点検しない CI が成功し続けないようにするためです。 | A CI job that checks nothing must not stay green.
HJ451 error: 中断 | stopped
  {signal} を受けて、{done} 件で止まりました。 | Stopped by {signal} after {done} inputs.
  {files}
  as HJ401
HJ452 error: 読み手がいない | nobody reads
  出力先が閉じられたので、{done} 件で止まりました。 | The reader of the output went away; stopped after {done} inputs.
  {files}`--quiet --output FILE` なら、すべてを点検します。
    | {files} With `--quiet --output FILE` everything is checked.
  as HJ401
HJ453 error: 同じ出力先 | the same target
  `{path}` に2つの形を書こうとしています。 | Two formats would be written to `{path}`.
  別のファイル名にしてください。 | Use different file names.
  後から書いたものが前のものを消してしまいます。 | The later one would replace the earlier one.
HJ454 error: 標準入力の取り合い | standard input asked for twice
  標準入力は `-` と `--files-from -` のどちらか一方に使えます。 | Standard input serves either `-` or `--files-from -`.
  一覧か申請者のどちらかをファイルにしてください。 | Put the list or the applicant into a file.
  標準入力は一度しか読めません。 | Standard input can be read only once.
HJ455 error: 知らない文字コード | an unknown encoding
  文字コード `{name}` は使えません。 | The encoding `{name}` is unknown.
  使える値: utf-8、cp932 | Choose from: utf-8, cp932
  CSV の文字コードを明示するためのオプションです。 | The option says how a CSV file is encoded.
HJ456 warning: 何も見つからない引数 | an argument that finds nothing
  `{path}` には点検する申請者ファイルがありません。 | `{path}` holds no applicant file to check.
  パスを確かめるか、外してください。空でもよければ `--allow-empty` を付けます。
    | Check the path or leave it out; if nothing is fine, add `--allow-empty`.
  書き間違えたパスに気づかないまま、CI が成功し続けないようにするためです。
    | A CI job must not stay green because a mistyped path is checked by nobody.
HJ457 error: 入力への出力 | a target that is an input
  出力先 `{path}` は入力でもあります。 | The target `{path}` is an input, too.
  別のファイルに書いてください。 | Write to another file.
  結果が入力を消してしまいます。 | The result would replace the input.
# --- the pipeline ---
HJ495 error: git がない | no git
  `--changed` には git が必要ですが、実行できませんでした（{reason}）。 | `--changed` needs git, which could not be run ({reason}).
  git を入れるか、`--changed` を外してすべてを点検してください。 | Install git, or leave out `--changed` and check everything.
  どのファイルが変わったかは git だけが知っています。 | Git alone knows which files changed.
HJ496 error: git が答えない | git does not answer
  git は `{revision}` と比べられませんでした（{reason}）。 | Git could not compare with `{revision}` ({reason}).
  リビジョンの名前と、リポジトリの中にいることを確かめてください。CI では履歴も取得します（`fetch-depth: 0` など）。
    | Check the revision, and that you are inside the repository. In CI fetch its history, too (such as `fetch-depth: 0`).
  as HJ495
HJ497 error: 読めないベースライン | a baseline that cannot be read
  ベースライン `{path}` を読めません（{reason}）。 | The baseline `{path}` cannot be read ({reason}).
  `--update-baseline` を付けて実行すると、いまの指摘で書き直します。 | A run with `--update-baseline` writes it anew from what is found.
  ベースラインなしで続けると、知っている指摘まで新しいものに見えてしまいます。
    | Without it what is known already would look new.
HJ498 note: ベースラインにある誤り | known errors
  この入力の誤り{count}件はベースラインにあります。判定はしていません。
    | The baseline holds the {count} errors of this input; it was not judged.
  -
  知っている誤りは CI を止めませんが、誤りが消えたわけではありません。
    | A known error does not stop a CI job, yet it is still there.
HJ499 note: もう出ない指摘 | findings that are gone
  ベースライン `{path}` の{count}件は、もう出ません。 | {count} findings of the baseline `{path}` are gone.
  `--update-baseline` で消せます。 | `--update-baseline` drops them.
  直した誤りがベースラインに残ると、また出たときに気付けません。
    | While it stays in the baseline, a mistake that comes back is not noticed.
""")
