"""HJ15x to HJ17x: amounts, counts, months and rates that cannot be read (part of HJ1xx)."""

from typing import Final

from hojo_cli.messages.entry import entries

ENTRIES: Final = entries("""
HJ178 error: 税の付いた金額 | an amount that speaks of tax
  `{text}` には税込・税抜の言葉が付いています。 | `{text}` says something about tax.
  {asked}だけを書き、税込の価格なら明細に `tax: included`（税込）と書いてください。
    | Write {asked} alone; for a price with tax give the item `tax: included`.
  税の有無は `tax` で示し、換算を内訳に示します。 | `tax` says it, and the breakdown shows the conversion.
HJ150 error: 数ではない | not a number
  `{text}` は{asked}として読めません。 | `{text}` cannot be read as {asked}.
  {example} のように書いてください。 | Write it like {example}.
  ここには数を書きます。 | A number is asked here.
HJ151 error: 小数 | a decimal number
  `{text}` のような小数は{asked}として読みません。 | The decimal `{text}` is not accepted as {asked}.
  as HJ150
  浮動小数点の数は誤差を持つため、金額の計算に使いません。
    | Floating-point numbers are inexact, so hojo never computes with them.
HJ152 error: 指数・無限大・非数 | an exponent, infinity or not-a-number
  `{text}` は{asked}として読みません。 | `{text}` is not accepted as {asked}.
  as HJ150
  as HJ151
HJ153 error: 下線による区切り | digits parted by underscores
  `{text}` の下線（`_`）は桁の区切りに使えません。 | The underscores of `{text}` cannot part digits.
  コンマで区切るか、そのまま続けて書いてください。 | Use commas, or write the digits alone.
  YAML 1.2 では数にならず、読み手によって意味が変わります。 | YAML 1.2 does not take this as a number; readers disagree.
HJ154 error: 負の数 | a negative number
  `{text}` は負の数（または △・▲ の付いた数）です。 | `{text}` is negative (△ and ▲ mean minus).
  0 以上の数を書いてください。 | Write a number of 0 or more.
  ここで尋ねる数は負になりません。 | No number asked here can be negative.
HJ155 error: 先頭の 0 | a leading zero
  `{text}` は 0 で始まっています。 | `{text}` begins with a zero.
  先頭の 0 を除いて書いてください。 | Leave the leading zero out.
  0 で始まる数は、読み手によっては八進数になります。 | Some readers take such a number as octal.
HJ156 error: 十進でない数 | not a decimal number
  `{text}` は十六進・八進・二進の数です。 | `{text}` is a hexadecimal, octal or binary number.
  as HJ150
  見積書の数は十進で書きます。 | Quotations are written in decimal digits.
HJ157 error: 真偽値 | a boolean
  `{text}` は{asked}ではなく、はい・いいえの値です。 | `{text}` is a yes or no, not {asked}.
  as HJ150
  ここには数を書きます。 | A number is asked here.
HJ158 error: 日付 | a date
  `{text}` は{asked}ではなく日付です。 | `{text}` is a date, not {asked}.
  as HJ150
  ここには数を書きます。 | A number is asked here.
HJ159 error: 大きすぎる数 | a number too large
  `{text}` は上限の 10^15 を超えています。 | `{text}` is above the limit of 10^15.
  桁と単位を確かめてください。 | Check the digits and the unit.
  1,000 兆を超える数は書き間違いです。 | Anything above a thousand trillion is a slip.
HJ160 error: コンマの位置 | misplaced commas
  `{text}` のコンマが三桁ごとになっていません。 | The commas of `{text}` do not part groups of three digits.
  `1,234,567` のように三桁ごとに区切ってください。 | Part the digits as in `1,234,567`.
  桁の抜けか余りがあると考えられます。 | A digit is probably missing or too many.
HJ161 error: 長すぎる数 | a number too long
  数としては長すぎます（`{text}`）。 | This is too long for a number (`{text}`).
  as HJ150
  40 文字を超える数は読みません。 | No number has more than 40 characters.
HJ162 error: 別の単位 | another unit
  `{text}` は{found}ですが、ここでは{asked}を書きます。 | `{text}` is {found}, but {asked} is asked here.
  as HJ150
  単位を書くときは、尋ねられた単位でなければなりません。 | A unit, where written, must be the one asked for.
HJ163 error: 割り切れない小数 | decimals below one
  `{text}` は単位を掛けても整数になりません。 | `{text}` times its unit is not a whole number.
  as HJ150
  金額は一円まで正確に扱います。 | Amounts are exact to the yen.
HJ164 error: 使えない数字 | digits that are not accepted
  `{text}` の数字は使えません。 | The digits of `{text}` are not accepted.
  0 から 9 までの数字（全角も可）で書いてください。 | Use the digits 0 to 9; full-width ones are fine.
  丸数字や漢数字などは、値を取り違えるおそれがあります。 | Circled, Chinese or other digits are easily misread.
HJ165 error: 分母が 0 | a zero denominator
  `{text}` の分母が 0 です。 | The denominator of `{text}` is zero.
  as HJ150
  0 で割ることはできません。 | Nothing can be divided by zero.
HJ166 error: 値がない | no value
  {asked}を書くところに値がありません。 | There is no value where {asked} is asked.
  as HJ150
  `0` と空は別のものです。 | Nothing is not the same as `0`.
HJ167 error: 割合の書き方 | a rate without a sign
  `{text}` が割合なのか百分率なのか決められません。 | `{text}` may be a rate or a percentage.
  as HJ150
  `30` は 30 倍とも 30% とも読めます。 | `30` can be read as 30 times or as 30 %.
HJ168 error: 単位の並び | units out of order
  `{text}` の億・万などの並びが正しくありません。 | The units 億, 万 … of `{text}` are out of order.
  `1億5,000万円` のように大きい単位から書いてください。 | Write the larger unit first, as in `1億5,000万円`.
  並びが崩れた金額は、書き間違いと考えられます。 | Such an amount is most likely a slip.
HJ169 error: 点による桁区切り | digits parted by points
  `{text}` の点（`.`）は桁の区切りに使えません。 | The points of `{text}` cannot part digits.
  `{plain}` のようにコンマで区切ってください。 | Use commas, as in `{plain}`.
  点は小数点と読まれます。 | A point is read as a decimal point.
HJ170 error: 数の中の空白 | a space inside a number
  `{text}` は途中に空白があるため{asked}として読めません。 | `{text}` holds a space and cannot be read as {asked}.
  空白を除いて `{plain}` と書いてください。 | Write `{plain}` without the space.
  空白の前後が一つの数とは限らないので、つなげて読むことはしません。
    | What stands on both sides of a space need not be one number, so hojo does not join it.
""")
