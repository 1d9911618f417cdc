"""HJ46x: tables of applicants."""

from typing import Final

from hojo_cli.messages.entry import entries

ENTRIES: Final = entries("""
HJ460 error: 申請者の表がない | no table of applicants
  `{path}` に申請者の表がありません。 | There is no table of applicants at `{path}`.
  `applicants.parquet`（`.csv`、`.jsonl` でも）のあるフォルダか、そのファイルを指定してください。明細は `items`、構成員は `members` という名前です。
    | Name a folder that holds `applicants.parquet` (or `.csv`, `.jsonl`), or that file. Items stand in `items`, members in `members`.
  どの表かは名前で見分けます。 | A table is told by its name.
HJ461 error: 読めない表 | a table that cannot be read
  表を読めません（{path}: {reason}）。 | The table cannot be read ({path}: {reason}).
  ファイルを作り直してください。何も計算していません。 | Make the file anew. Nothing was computed from it.
  読めない行が誰のものか分からないまま計算すると、足りない額が静かに出てしまいます。
    | Nobody knows whose the rows are that cannot be read; to go on would make wrong amounts in silence.
HJ462 error: 表に必要な列がない | a column that a table needs
  表 {table} に必要な列 `{column}` がありません。 | The table {table} has no column `{column}`, which it needs.
  {near}`hojo sql --tables` が、すべての列を示します。 | {near} `hojo sql --tables` shows every column.
  この列がないと、行が誰の何なのか分かりません。 | Without it nobody knows whose a row is, or what it is.
HJ463 error: 値にならない型の列 | a column of a type that holds no such value
  列 `{column}` の型 {kind} は、{wanted} の値になりません。 | The column `{column}` of the type {kind} cannot hold {wanted}.
  `hojo sql --tables` が、列の型を示します。 | `hojo sql --tables` shows the types of the columns.
  型を推測して直すと、違う額になるおそれがあります。 | To guess what was meant might come to another amount.
HJ464 warning: 書き誤りらしい列 | a column that seems misspelt
  列 `{column}` は読まれません。 | The column `{column}` is read by nothing.
  {near}ほかの用途の列なら、そのままで構いません。 | {near} A column with another purpose may stay.
  ない列の事実は、全員について「不明」になります。 | A fact without a column is unknown of everybody.
HJ465 error: 二度ある行 | a row that is there twice
  `{key}` の行がいくつもあります。 | There are several rows of `{key}`.
  1つだけを残してください。 | Leave one of them.
  どれが正しいか、hojo には分かりません。 | hojo cannot know which of them is right.
HJ466 error: 誰のものでもない行 | a row that is nobody's
  {what} | {what}
  `applicant` と `member` の値を確かめてください。 | Check `applicant` and `member`.
  誰のものか分からない行は、計算に入れられません。 | A row that is nobody's cannot be counted.
HJ467 error: メモリの不足 | too little memory
  メモリが足りません。 | There is not enough memory.
  `--memory 8GB` のように増やすか、`--jobs 1` で並列を減らしてください。同じコマンドは続きから始まります。
    | Allow more with `--memory 8GB`, or less at a time with `--jobs 1`. The same command goes on where it was.
  決めた量より多くは使いません。 | No more is used than is allowed.
""")
