"""HJ46x, HJ47x: tables of applicants."""

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
HJ468 error: 行にできない値引き | a discount that has no rows
  `{path}` の値引きは、明細に分けると1円未満になるので、Parquet の表に書けません。
    | The discount of `{path}` shared out comes to parts of a yen, which the tables do not hold.
  `of:` で値引く明細を示すか、明細ごとの値引きに分けてください。
    | Name the item it lowers with `of:`, or write a discount for each item.
  表の列は1円単位の整数です。端数を捨てると結果が変わることがあります。
    | Columns hold whole yen; dropping a part may change a result.
HJ469 error: 別の年度の申請者 | an applicant of another year
  `{path}` は{year}年度の申請者です。表は1つのルールセットのもので、はじめの申請者は{first}年度です。
    | `{path}` is of {year}. A table is of one ruleset, and its first applicant is of {first}.
  年度ごとに書くか、`--rules {first}` ですべてを1つの年度で読んでください。
    | Write each year to a table of its own, or read all of them with `--rules {first}`.
  列は、ルールセットが尋ねる事実ごとに1つです。 | There is a column for each fact that the ruleset asks for.
HJ472 error: 申請者の表 | a table of applicants
  `{path}` は申請者の表です。このコマンドは表を読みません。 | `{path}` is a table of applicants, which this command does not read.
  `hojo table {path}` で計算するか、`hojo convert {path} -o clients.jsonl` で書き直してください。
    | Run it with `hojo table {path}`, or write it anew with `hojo convert {path} -o clients.jsonl`.
  表の行は、申請者のファイルとは別のものです。 | Rows of tables are no applicant files.
HJ476 note: 書き直さない列 | columns that are left out
  表 `{table}` の列 {names} は、申請者のファイルにない項目なので書き直していません。
    | The columns {names} of `{table}` are nothing an applicant file holds, and were left out.
  -
  表は、申請者のファイルより多くの列を持てます。 | A table may have more columns than an applicant file has keys.
HJ477 error: 値のない列 | a column without values
  申請者の表に、列 `{name}` の値がありません。 | The table of applicants has no value in a column `{name}`.
  {near}`--by` には、申請者の表の列を指定します。 | {near} `--by` names columns of the table of applicants.
  値がなければ、申請者を分けられません。 | Applicants cannot be told apart without values.
HJ478 error: 値の多すぎる列 | a column of too many values
  列 `{name}` には {count} 種類の値があります。分けられるのは {most} 種類までです。
    | The column `{name}` has {count} values; applicants are grouped by up to {most}.
  業種や都道府県のように、値の種類の少ない列を指定してください。 | Name a column of few values, such as an industry or a prefecture.
  ほとんど1件ずつになる表は、読む人の役に立ちません。 | Groups of about one applicant each tell nobody anything.
HJ479 error: 1つの表では比べられない | what one table cannot compare
  2つのルールセットで `{name}` の数え方が違うので、1つの表では比べられません。
    | The two rulesets count `{name}` differently, which one table cannot hold.
  `hojo convert tables/ -o clients.jsonl` で書き直し、`--impact clients.jsonl` で比べてください。
    | Write it anew with `hojo convert tables/ -o clients.jsonl` and compare with `--impact clients.jsonl`.
  表の列は、1つの数え方だけを持ちます。 | A column of a table holds one kind of number.
""")
