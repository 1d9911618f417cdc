"""HJ2xx: what an applicant file says does not fit the ruleset."""

from typing import Final

from hojo_cli.messages.entry import entries

ENTRIES: Final = entries("""
HJ201 error: 知らない項目 | an unknown key
  項目 `{name}` は申請者ファイルにありません。 | There is no key `{name}` in an applicant file.
  {near}
  書き間違えた項目を黙って読み飛ばすと、別の申請者の結果になってしまいます。
    | A misspelt entry that is silently dropped would give somebody else's result.
HJ202 error: 形が違う | the wrong shape
  ここには{wanted}を書きます。 | Here belongs {wanted}.
  `hojo new` の見本と見比べてください。 | Compare with the sample `hojo new` writes.
  値の形が違うと、何を言っているのか決められません。 | In another shape it cannot be told what is meant.
HJ203 error: 知らない事実 | an unknown fact
  事実 `{name}` は{year}年度のルールセットにありません。 | There is no fact `{name}` in the ruleset of {year}.
  {near}
  as HJ201
HJ204 note: この年度にない事実 | a fact of another year
  事実 `{name}` は{year}年度では使わないので、読み飛ばしました。
    | The fact `{name}` plays no part in {year} and was passed over.
  -
  `--rules` で別の年度を選んだときは、その年度にない事実は誤りとしません。
    | With `--rules`, facts another year knows are no error.
HJ205 error: 知らない選択肢 | an unknown choice
  `{text}` は選択肢にありません。 | `{text}` is not one of the choices.
  {near}選べるもの: {listed} | {near} Choose from: {listed}
  選択肢は id でも日本語の名前でも書けます。 | A choice may be written by its id or its Japanese label.
HJ206 error: はい・いいえではない | neither true nor false
  `{text}` は、はい・いいえとして読めません。 | `{text}` is neither true nor false.
  true か false（はい・いいえ）と書いてください。 | Write true or false.
  yes・no・on・off は YAML の版によって意味が変わります。 | yes, no, on and off change meaning with the version of YAML.
HJ207 error: 価格の書き方 | how a price is written
  明細の価格は、`amount`（期間があれば `months` も）、`monthly` と `months`、`yearly` と `years`、`discount` のどれか1つの形で書きます。
    | An item has one price: `amount` (with `months` if it pays for a time), `monthly` with `months`, `yearly` with `years`, or `discount`.
  どれか1つの形にしてください。 | Use one of these forms.
  2つあると、どちらが正しいか決められません。 | With two it is undecided which one is right.
HJ208 error: 月額（年額）と月数（年数）の片方がない | a running fee without its time
  `{one}` と `{other}` は両方必要です。 | `{one}` and `{other}` go together.
  足りないほうを書いてください。 | Add the one that is missing.
  続けて払う費用は、月額 × 月数、又は年額 × 年数で数えます。
    | A running fee counts as the fee of a month or year × how many of them.
HJ209 error: 経費の区分がない | an item without a category
  明細に `category` がありません。 | This item has no `category`.
  `category: software` のように区分を書いてください。 | Write one, such as `category: software`.
  区分によって、払われる枠も率も変わります。 | The category decides which frames pay, and at what rate.
HJ210 error: 法人番号の桁数 | length of a corporate number
  法人番号 `{number}` は13桁の数字ではありません。 | The corporate number `{number}` is not 13 digits.
  13桁を半角数字で続けて書いてください（登録番号の T は付けません）。
    | Write 13 digits on end, without the T of an invoice number.
  法人番号は13桁です。 | Corporate numbers have 13 digits.
HJ211 error: 法人番号の検査数字 | check digit of a corporate number
  法人番号 `{number}` の検査数字（先頭の1桁）が合いません。
    | The check digit (the first) of the corporate number `{number}` is wrong.
  12桁の基礎番号が正しければ、先頭は {right} です。 | If the other 12 digits are right, the first is {right}.
  1桁の書き間違いは、この検査でほとんど見つかります。 | Almost every single wrong digit is found this way.
HJ212 error: 税の書き方 | how tax is written
  `tax: {text}` は読めません。 | `tax: {text}` cannot be read.
  税込の価格なら `tax: included` と書き、税抜なら書かないでください。
    | Write `tax: included` for a price with tax; leave it out otherwise.
  経費は税抜で数えます。 | Costs are counted without tax.
HJ213 error: 内数が総数を超える | a part above its whole
  「{label}」が「{whole}」を超えています。 | `{label}` is more than `{whole}`.
  2つの数を確かめてください。 | Check the two numbers.
  内数は総数を超えられません。 | A part cannot exceed the whole.
HJ214 error: 小さすぎる数 | a number too small
  「{label}」は{least}以上でなければなりません。 | `{label}` must be at least {least}.
  数を確かめるか、分からなければ項目を消してください。 | Check the number, or leave the fact out if it is unknown.
  ルールセットが下限を定めています。 | The ruleset declares this lower bound.
HJ217 error: 大きすぎる数 | a number too large for the fact
  「{label}」は{most}以下でなければなりません。 | `{label}` must be at most {most}.
  as HJ214
  ルールセットが上限を定めています。 | The ruleset declares this upper bound.
HJ218 error: 構成員が多すぎる | too many members
  構成員は{most}者までしか書けません。 | At most {most} members may be listed.
  ファイルを分けてください。 | Split the file.
  知らない相手から届くファイルも、決まった時間とメモリで読み終えるためです。
    | A file may come from a stranger; it must be read in bounded time and memory.
HJ219 warning: 数えられない場所に書いた項目 | a field where nothing reads it
  「{category}」の明細に書いた「{field}」は、どの枠でも数えません。
    | `{field}` of an item of `{category}` counts in no frame.
  数えるのは次の区分の明細です: {readers} | It counts for items of: {readers}
  プロセスや機能は、それを持つソフトウェアの明細に書いて初めて数えられます。
    | Such a code counts only on the item of the software that has it.
HJ215 error: 知らない枠 | an unknown frame
  枠 `{name}` はこのルールセットにありません。 | There is no frame `{name}` in this ruleset.
  as HJ205
  申請する枠（`frame`）は id でも日本語の名前でも書けます。
    | The frame applied for (`frame`) may be written by its id or its Japanese label.
HJ240 error: 一つに書かれた複数の選択肢 | several choices in one
  `{text}` は複数の選択肢を一つにつないでいます。 | `{text}` joins several choices into one.
  `[{parts}]` のように分けて書いてください。 | Write them apart: `[{parts}]`.
  選択肢は一つずつ読みます。 | Choices are read one by one.
HJ216 error: 知らない年度 | an unknown fiscal year
  `fiscal_year: {text}` のルールセットはありません。 | There is no ruleset for `fiscal_year: {text}`.
  手元にある年度: {known}。ほかのルールセットは `--rules` で選べます。
    | Years at hand: {known}. Choose any other ruleset with `--rules`.
  申請者ファイルが選べるのは年度だけで、ファイルの場所は書けません。 | An applicant file names a year, never a path.
HJ220 warning: 同じ構成員の写し | copies of one member
  構成員{members}は同じ名前（{name}）で、事実か買うものも同じです。
    | The members {members} have one name ({name}), and the same facts or purchases.
  写し間違いでないか確かめてください。別の事業者なら `corporate_number` を書けば区別します。
    | Check that they were not copied by mistake; with a `corporate_number` different businesses are told apart.
  構成員の数は、1つの事業者を1者として数えます。 | Each business counts as one member, however often it is listed.
HJ221 error: 0円より安い値段 | a price below zero
  値段 `{text}` が負の数です。 | The price `{text}` is negative.
  値引きは、値段の代わりに `discount: 5万円` のように正の数で書きます（`of: 明細の名前` で下げる明細を名指しできます）。
    | Write a discount as a positive number in place of a price: `discount: 50000` (`of: NAME` says which item it lowers).
  値引きは、どの明細を下げるかで補助額が変わります。
    | What a discount does to the subsidy depends on the items it lowers.
HJ222 note: 一括払いの期間 | the time of a sum paid at once
  「{category}」の一括払いに月数がないので、数える月数の上限以内とみなしました。
    | This {category} is paid at once without its months: it was taken to lie within the months that count.
  `months: 36か月` のように書けば、上限を超える分を月割りで除きます。
    | With `months: 36`, what is beyond the limit is left out in proportion.
  何年分かによって、対象になる経費が変わります。 | How much of the sum counts depends on how long it pays for.
HJ223 warning: 月数で数えない区分の月額 | a running fee where no months count
  「{category}」はどの枠でも月数で数えないため、月数分の全額（{cost}）を経費とします。
    | No frame counts months of {category}: the fee for all of them ({cost}) is taken as the cost.
  買うのなら `amount` に値段を書いてください。借りるのなら、対象の経費かどうかを確かめてください。
    | If it is bought, write its price as `amount`; if it is rented, check whether it is eligible at all.
  月数の上限がない区分では、月数を増やすほど経費が増えます。
    | Without a limit of months, every further month adds to the cost.
HJ224 warning: ここでは使わない項目 | a key that says nothing here
  `{name}` はここでは使いません。 | `{name}` says nothing here.
  {why}。 | {why}.
  as HJ201
HJ225 error: 値引きする明細が決まらない | it is open which item a discount lowers
  `of: {name}` という名前の明細は、この一覧に{count}件あります（1件でなければなりません）。
    | This list has {count} items called `{name}`; a discount names exactly one.
  {near}すべての明細から引くなら `of:` を消してください。 | {near} Leave out `of:` to lower all items.
  どの明細を下げるかで補助額が変わります。 | The subsidy depends on which item is lowered.
HJ226 error: 値段より大きい値引き | a discount of more than the price
  値引き {discount} が、引かれる明細の値段 {cost} を超えています。
    | The discount of {discount} is more than the {cost} it is taken off.
  金額と `of:` を確かめてください。 | Check the amount, and `of:`.
  経費は0円より安くなりません。 | No cost is below zero.
HJ227 note: 明細を名指ししない値引き | a discount that names no item
  値引き {discount} を、{count}件の明細から値段の割合で引きました。
    | The discount of {discount} was taken off {count} items in proportion to their cost.
  `of: 明細の名前` を書けば、その明細だけから引きます。 | With `of: NAME` it lowers that item alone.
  どの明細を下げるかで補助額が変わります。 | The subsidy depends on which items are lowered.
HJ228 warning: 同じ法人番号の構成員 | members with one corporate number
  構成員{members}は同じ法人番号 {number} です。 | The members {members} have one corporate number, {number}.
  写し間違いでないか確かめてください。 | Check that it was not copied by mistake.
  as HJ220
HJ229 note: 申請者と同じ法人番号の構成員 | a member with the applicant's corporate number
  構成員{member}の法人番号 {number} は、申請者のものと同じです。
    | Member {member} has the applicant's corporate number, {number}.
  申請者自身を構成員に挙げたのなら、このままでかまいません。
    | If the applicant itself is listed as a member, that is as it should be.
  as HJ220
HJ230 warning: 答えどうしの食い違い | answers that disagree
  「{label}」は「{said}」と書かれていますが、{instead}からは「{found}」になります。書かれた答えで計算します。
    | `{label}` is given as {said}, but from {instead} it is {found}. The answer given is used.
  どちらかを直すか、消してください。 | Correct or remove one of the two.
  どちらが正しいかで、対象になるかどうかが変わります。 | Whether one is eligible depends on which is right.
HJ231 error: ありえない答え | an impossible answer
  「{label}」は、{needs}の申請者でなければ{none}です。 | `{label}` must be {none} unless {needs}.
  どちらの答えが正しいかを確かめてください。 | Check which of the two answers is right.
  両立しない事実からは、正しい額を出せません。 | From facts that exclude each other no true amount follows.
HJ232 note: 当てはまらない事実 | a fact that cannot apply
  「{label}」は{whom}だけの項目なので、計算に使いません。 | `{label}` is for others only ({whom}) and is not used.
  -
  書いたのに使われない項目があることを知らせます。 | So that nobody thinks an entry counted that did not.
""")
