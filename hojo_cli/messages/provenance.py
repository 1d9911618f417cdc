"""HJ50x: whether figures stand in the sources they cite (part of HJ5xx)."""

from typing import Final

from hojo_cli.messages.entry import entries

ENTRIES: Final = entries("""
HJ500 error: 印刷と違う数字 | a figure that differs from its fragment
  `{figure}` は、出典の抜き書き「{printed}」から読み取れません。
    | `{figure}` cannot be read from the printed fragment `{printed}`.
  資料を見直し、数字か `printed` を直してください。 | Look at the source, then correct the figure or `printed`.
  数字の書き間違いは、正しく見える誤った結果になります。 | A mistyped figure gives wrong results that look right.
HJ501 error: 以上・以下・超・未満の取り違え | the wrong side of a bound
  `{figure}` は{used}として使われていますが、抜き書き「{printed}」では{shown}です。
    | `{figure}` is used as {used}, but the fragment `{printed}` prints {shown}.
  以上は `min`・`floor`、以下は `max`・`cap`、超は `above`、未満は `below` です。
    | 以上 is `min` or `floor`, 以下 `max` or `cap`, 超 `above`, 未満 `below`.
  境目ちょうどの申請者の結果が変わります。 | It decides the case of whoever is exactly on the bound.
HJ502 error: 読み取る先のない数字 | a figure with nothing to read it from
  `{figure}` を読み取れる抜き書きがありません。 | There is no fragment that `{figure}` could be read from.
  `source` に `printed` を書くか、仮定 `{assume}` の文にこの数字を書いてください。
    | Add `printed` to its `source`, or name the figure in the text of the assumption `{assume}`.
  出典の見出しだけでは、数字が正しいか確かめられません。 | A heading alone does not tell whether the figure is right.
HJ503 note: 仮定による数字 | a figure that rests on an assumption
  `{figure}` は印刷された数字ではなく、仮定 `{assume}` によります。
    | `{figure}` is not a printed figure; it rests on the assumption `{assume}`.
  仮定が今も成り立つかを確かめてください。 | Check that the assumption still holds.
  仮定による数字は、資料と突き合わせられません。 | What is assumed cannot be compared with a source.
HJ504 note: 資料が手元にない | an archived text that is not at hand
  出典 `{source}` の本文が手元になく、抜き書き {count} 個と数字 {figures} 個（行: {lines}）を照合していません。
    | The text of the source `{source}` is not at hand: {count} fragments and {figures} figures (lines {lines}) are unchecked.
  `--sources DIR` に `{file}` を置いてください。 | Put `{file}` into the folder given with `--sources`.
  照合していないものを、照合済みと区別するためです。 | What was not checked must not pass for checked.
HJ505 error: 資料の中身が違う | an archived text that has changed
  `{file}` の sha256 が宣言と違います（実際は {found}）。
    | The sha256 of `{file}` is not the declared one (it is {found}).
  同じ版の資料を置くか、読み直して `sha256` を改めてください。
    | Put the same edition there, or read it again and correct `sha256`.
  別の版では、数字が変わっているかもしれません。 | Another edition may hold other figures.
HJ506 error: 見出しがない | a heading that is not there
  出典 `{source}` に見出し「{heading}」がありません。 | The source `{source}` has no heading `{heading}`.
  `at` を印刷のとおりに書いてください（階層は ` > ` でつなぎます）。 | Write `at` as printed; join levels with ` > `.
  見出しは、読む人が数字を探す手がかりです。 | The heading is how a reader finds the figure.
HJ507 error: 見出しの下にない抜き書き | a fragment that does not stand under its heading
  「{printed}」は、出典 `{source}` の「{heading}」の下にありません。
    | `{printed}` does not stand under `{heading}` of the source `{source}`.
  見出しか抜き書きを、印刷のとおりに直してください。 | Correct the heading or the fragment to what is printed.
  別の箇所の数字を引いていると、規則が違うかもしれません。
    | A figure taken from another section may belong to another rule.
HJ508 note: 以上・以下が抜き書きにない | a fragment that does not show the side of the bound
  `{figure}` は{used}として使われていますが、抜き書き「{printed}」からは以上・以下・超・未満が分かりません。
    | `{figure}` is used as {used}; the fragment `{printed}` does not show whether it is inclusive.
  `printed` を、以上・以下・超・未満の語まで延ばしてください。
    | Let `printed` run on to the word 以上, 以下, 超 or 未満.
  取り違えを見つけられるのは、語が書かれているときだけです。 | A mistaken bound is only noticed where the word is there.
HJ509 error: 読めない資料 | an archived text that cannot be read
  出典 `{source}` の `{file}` を読めません（{reason}）。 | `{file}` of the source `{source}` cannot be read ({reason}).
  `file` にはフォルダーを含まないファイル名を書き、UTF-8 のテキストを置いてください。
    | Let `file` be a plain file name, and the file UTF-8 text.
  ルールセットの中の名前が、ほかのフォルダーを開くことはありません。 | A name in a ruleset never opens another folder.
HJ520 error: 公表と違う件数 | a published number that differs
  件数 `{figure}` は、出典 `{source}` の「{heading}」の下に見当たりません。
    | `{figure}` does not stand under `{heading}` of the source `{source}`.
  表のとおりの件数を書いてください。 | Write the number of the printed table.
  公表された結果も、印刷のとおりに示します。 | Published results are shown as printed.
""")
