"""HJ3xx: what a ruleset says does not fit the schema, or means nothing definite."""

from typing import Final

from hojo_cli.messages.entry import entries

ENTRIES: Final = entries("""
# --- its shape ---
HJ301 error: 知らないキー | unknown key
  キー `{key}` はここには書けません。 | The key `{key}` is not known here.
  {near}
  書き間違えたキーを見逃すと、その規則が効かないまま計算されます。 | A misspelt key would silently switch a rule off.
HJ302 error: 足りないキー | missing key
  キー `{key}` がありません。 | The key `{key}` is missing.
  `{key}: …` を書き足してください。 | Add `{key}: …`.
  このキーがないと規則が定まりません。 | Without this key the rule says nothing definite.
HJ303 error: 値の種類 | wrong type of value
  `{value}` は{found}ですが、ここには{asked}を書きます。 | `{value}` is {found}, but {asked} is asked here.
  {asked}に書き直してください。 | Write {asked} instead.
  値の種類は書く場所ごとに決まっています。 | Each place takes one type of value.
HJ304 error: 選べない値 | not one of the choices
  `{value}` はここでは選べません。 | `{value}` is not one of the choices here.
  {near}
  書ける値は決まっています。 | Only certain values are known here.
HJ305 error: 値の書き方 | wrong spelling of a value
  `{value}` の書き方が正しくありません。 | `{value}` is not written as it must be.
  {near}
  この場所の値は、決まった書き方に従います。 | Values of this place follow one pattern.
HJ306 error: 数が足りない | too few
  {found} 個ありますが、{least} 個以上が要ります。 | There are {found}; at least {least} are needed.
  足りない分を書き足してください。 | Add what is missing.
  空のままでは意味が定まりません。 | Left empty it would mean nothing definite.
HJ307 error: 数が多すぎる | too many
  {found} 個ありますが、{most} 個までです。 | There are {found}; at most {most} are allowed.
  余分なものを消してください。 | Remove what is too much.
  一度に書ける数が決まっています。 | Only so many can be meant at once.
HJ308 error: 範囲の外の数 | number out of range
  `{value}` は範囲の外です（{bound}）。 | `{value}` is out of range ({bound}).
  範囲の中の数を書いてください。 | Write a number within the range.
  この値には限りがあります。 | This value has a bound.
HJ309 error: 同じ値の繰り返し | the same value twice
  並びの中に同じ値が二度あります。 | The list holds the same value twice.
  片方を消してください。 | Remove one of them.
  繰り返しは、書き間違いと考えられます。 | A repetition is most likely a slip.
HJ310 error: キーの書き方 | wrong spelling of a key
  キー `{key}` の書き方が正しくありません。 | The key `{key}` is not written as it must be.
  英小文字・数字・下線（`_`）で書いてください。 | Use lower-case letters, digits and underscores.
  名前は、ほかの場所から参照できる形で書きます。 | A name must be one that other places can refer to.
HJ311 error: キーの組み合わせ | combination of keys
  ここに書かれた項目の組み合わせは認められません。 | This combination of entries is not allowed.
  どれか一つの書き方に揃えてください。 | Keep to one of the possible forms.
  同時に成り立たない書き方が混ざっています。 | Forms that exclude each other are mixed.
HJ312 error: 形が違う | not of the form asked
  `{value}` はここで求められる形ではありません。 | `{value}` does not have the form asked here.
  `hojo schema ruleset` の説明を確かめてください。 | See the description in `hojo schema ruleset`.
  スキーマのその他の条件に合いません。 | It fails some other condition of the schema.
# --- what it means ---
HJ330 error: 言語の版 | language version
  `hojo: {found}` は、この hojo が読める版ではありません。 | `hojo: {found}` is not a version this hojo reads.
  先頭に `hojo: 1` と書いてください。 | Write `hojo: 1` at the top.
  版が違うと、同じ書き方でも意味が変わりえます。 | In another version the same words may mean something else.
HJ331 error: 宣言のない名前 | a name that is not declared
  `{name}` はこのルールセットで宣言されていません。 | `{name}` is not declared in this ruleset.
  {near}
  名前の書き間違いを見逃すと、規則が効かないまま計算されます。 | A misspelt name would silently switch a rule off.
HJ332 error: 根拠のない数字 | a figure without provenance
  数字 `{figure}` に根拠がありません。 | The figure `{figure}` has no provenance.
  この数字かその外側に `source` か `assume` を書いてください。 | Write `source` or `assume` beside it or around it.
  すべての円を出典までたどれるようにするためです。 | Every yen must be traceable to a source.
HJ333 error: 事実の型に合わない条件 | a test that does not fit the fact
  `{fact}` の型に合わない条件です。 | This test does not fit the type of `{fact}`.
  選択肢には `in: [...]`、はい・いいえには `eq: true` か `eq: false` を使ってください。
    | Use `in: [...]` for a choice, `eq: true` or `eq: false` for a boolean.
  型の違う比較は、いつも偽になってしまいます。 | A comparison of the wrong kind would always be false.
HJ334 error: 比較の数 | number of comparisons
  比較は `min` `max` `above` `below` `eq` のうちちょうど1つが必要です。
    | Exactly one of `min` `max` `above` `below` `eq` is needed.
  範囲は `all` で2つの条件に分けてください。 | Write a range as two conditions under `all`.
  以上・以下・超・未満を取り違えないためです。 | So that inclusive and exclusive bounds are never confused.
HJ335 error: 最後の選択肢に条件がある | the last branch has a condition
  一覧の最後の行に `when` があるため、どれにも当たらない場合の値が決まりません。
    | The last entry has a `when`, so no value is left for everybody else.
  `when` のない行を最後に置いてください。 | End the list with an entry without `when`.
  上から読んで最初に当てはまる行を使うためです。 | The list is read from the top; the last entry is the default.
HJ336 error: 途中の選択肢に条件がない | a branch before the last has no condition
  途中の行に `when` がないため、その下の行は使われません。
    | This entry has no `when`, so the ones below it are never used.
  条件を書くか、一覧の最後へ移してください。 | Give it a condition or move it to the end.
  上から読んで最初に当てはまる行を使うためです。 | The list is read from the top.
HJ337 error: 自分を含む割合が1以上 | a share of itself of one or more
  自分自身を含む合計に対する割合が1以上になっています。
    | A share of a total that includes the line itself must stay under one.
  割合を見直すか、`itself` を外してください。 | Lower the rate or drop `itself`.
  r ÷ (1 − r) が定まりません。 | r / (1 - r) has no value there.
HJ338 error: 段の境目が上がらない | tiers do not rise
  段の `up_to` が前の段より大きくありません。 | The `up_to` of this tier is not above the one before.
  小さい順に並べてください。上限のない段は最後だけです。 | List tiers from the smallest; only the last may be open.
  届かない段は使われません。 | A tier nobody reaches is never used.
HJ339 error: 0になりうる分母 | a denominator that may be zero
  分母 `{fact}` が0になりえます。 | The denominator `{fact}` may be zero.
  事実の宣言に `min: 1` を書いてください。 | Declare the fact with `min: 1`.
  0で割ることはできません。 | Nothing can be divided by zero.
HJ340 error: 読み替え先の行がない | no row to read instead
  `as_if` の `{choice}` に当たる行がありません。 | No row stands for `{choice}` of this `as_if`.
  読み替え先の選択肢と、その行の列を確かめてください。 | Check the choice and that its rows have this column.
  どの数字を使うか決まりません。 | It is undecided which figure to use.
HJ341 error: 表に行がない | a choice no row covers
  表のどの行にも当たらない選択肢があります: {choice}。 | No row of the table covers: {choice}.
  行を足すか、`for` に加えてください。 | Add a row or add it to a `for`.
  どの選択肢もちょうど1行に当たる必要があります。 | Each choice must stand in exactly one row.
HJ342 error: 表の行が重なる | a choice two rows cover
  表の2つ以上の行に当たる選択肢があります: {choice}。 | Two or more rows of the table cover: {choice}.
  どちらかの `for` から外してください。 | Take it out of one of the `for` lists.
  as HJ341
HJ343 error: 同じ id | the same id twice
  id `{name}` が同じ一覧の中で2回使われています。 | The id `{name}` is used twice in the same list.
  別の id にしてください。 | Give one of them another id.
  id は差分や結果で行を指す名前です。 | Ids name the entries in results and diffs.
HJ344 error: 下限が上限を超える | a floor above its cap
  下限が上限より大きくなっています。 | The floor is above the cap.
  2つの額を確かめてください。 | Check the two amounts.
  だれも届かない範囲になります。 | Nobody could ever be in this range.
HJ345 error: 堂々巡りの定義 | a definition in terms of itself
  定義 `{name}` が自分自身に戻っています。 | The definition `{name}` leads back to itself.
  `is` のつながりを断ってください。 | Break the chain of `is`.
  値が決まりません。 | It would have no value.
HJ346 error: ルールセットがない | no such ruleset
  ルールセット `{name}` が見つかりません。 | There is no ruleset `{name}`.
  年度（{known}）か YAML ファイルの場所を指定してください。 | Name a year ({known}) or the path of a YAML file.
  `hojo rules` で手元のルールセットを一覧できます。 | `hojo rules` lists the rulesets at hand.
HJ347 error: 端数の単位が1円未満 | a rounding unit under one
  端数処理の単位は1円以上でなければなりません。 | The unit of rounding must be at least one yen.
  `unit: 1円` のように書いてください。 | Write something like `unit: 1円`.
  0円の倍数に切り捨てることはできません。 | Nothing can be cut to a multiple of zero.
HJ348 error: 按分に使えない事実 | a fact that cannot apportion
  按分に使う `{fact}` は数の事実ではありません。 | `{fact}` is not a fact that counts something.
  型が `count` か `yen` の事実を使ってください。 | Use a fact of type `count` or `yen`.
  按分は2つの数の比です。 | A share is the ratio of two numbers.
HJ349 error: 借りられない経費 | a line that cannot be borrowed
  経費 `{name}` はほかの経費に対する割合を使うため、構成員ごとの計算に借りられません。
    | The line `{name}` takes a share of other lines and cannot be worked out member by member.
  割合を使わない経費だけを `lines` に並べてください。 | Name only lines without a `share`.
  割合の元になる経費が構成員の中にありません。 | The lines it refers to are not there inside a member.
HJ350 error: 上限にできない量 | a measure that cannot bound a fact
  `{name}` は構成員の数ではないため、`at_most` に使えません。
    | `{name}` does not count the members and cannot stand under `at_most`.
  数の事実か、`count: members` の量を書いてください。 | Name a fact, or a measure with `count: members`.
  明細から数える量は、買うものを足すたびに変わります。 | What is counted from the items changes with every purchase.
HJ360 error: 月数で数えない区分の一括払い | paid at once, but never counted by months
  区分 `{category}` の月数を数える行がないため、`at_once` は効きません。
    | No line counts months of `{category}`, so `at_once` never applies to it.
  区分の名前を見直すか、その区分の `months` を行に書いてください。
    | Check the name of the category, or give a line its `months`.
  期間の上限がなければ、上限以内とみなすこともありません。
    | Where no time is limited, nothing can be taken to lie within the limit.
HJ363 error: 比べられない事実 | facts that cannot be compared
  `{other}` とは比べられません（比べられるのは、同じ種類の数どうしです）。
    | This cannot be compared with `{other}`: only numbers of the same kind can.
  `{{fact: a, min: {{fact: b}}}}` のように書いてください。 | Write it like `{{fact: a, min: {{fact: b}}}}`.
  円と人数の大小には意味がありません。 | Whether yen exceed a headcount means nothing.
HJ364 error: 事実だけでは決まらない `only_if` | an `only_if` on more than facts
  `only_if` には事実の条件だけを書きます。 | Under `only_if` there can be conditions on facts only.
  `fact` と `all` `any` `not` で書いてください。 | Use `fact` with `all`, `any` and `not`.
  申請者ファイルを読むときに確かめるため、明細や定義はまだ使えません。
    | It is checked while the applicant file is read, before items and definitions are.
HJ365 error: 定義で代えられない事実 | a fact no definition can stand in for
  `{fact}` は定義で代えられません（はい・いいえの事実で、`instead_of: {fact}` と書いた事実が要ります）。
    | No definition can stand in for `{fact}`: it must be a boolean, with facts that are `instead_of: {fact}`.
  代わりに尋ねる事実に `instead_of: {fact}` を書いてください。
    | Write `instead_of: {fact}` at the facts that are asked in its place.
  何を答えれば代わりになるかを、利用者に伝えます。 | Users are told what they can answer in its place.
HJ366 error: 代わりになる先のない事実 | a fact in place of nothing
  `{fact}` には、代わりに使う定義（`unset: {{is: …}}`）がありません。
    | `{fact}` has no definition to stand in for it (`unset: {{is: …}}`).
  `{fact}` に `unset: {{is: 定義}}` を書いてください。 | Give `{fact}` an `unset: {{is: definition}}`.
  尋ねても、どこにも使われない答えになります。 | The answer would be used nowhere.
# --- amounts without a definite value ---
HJ370 error: 小計が一部だけ重なる | subtotals that overlap in part
  小計 `{name}` は{line}行目の小計 `{other}` と {common} だけ重なり、どちらの上限を先に当てるか決まりません。
    | The subtotal `{name}` shares only {common} with the subtotal `{other}` (line {line}): which cap comes first is undecided.
  一方の行をすべて他方に含めるか、重なりをなくしてください。
    | Let one hold all lines of the other, or let them have no line in common.
  小計は内側から順に上限を当てます。一部だけ重なると、同じ円が2つの上限に別々に当たります。
    | Subtotals are struck from the inside out; where they overlap in part, the same yen would fall under two caps apart.
HJ371 error: あとで減る額に対する割合 | a share of what is cut later
  `{name}` の補助額はあとで小計 `{subtotal}` の上限で減ることがあり、その割合が定まりません。
    | What `{name}` yields may be cut later by the subtotal `{subtotal}`, so that a share of it is undecided.
  この行を小計 `{subtotal}` に含めるか、小計の行をすべてこの行より上に置いてください。
    | Put this line under `{subtotal}` as well, or all lines of that subtotal above this one.
  もとの額が減ったあとも、割合の上限は守られなければなりません。
    | A share must hold for what is paid in the end, not for what is cut again.
HJ372 error: 割合で2度数える行 | a line counted twice in a share
  行 `{line}` が `{other}` と `{name}` で2度数えられています。
    | The line `{line}` is counted twice, in `{other}` and in `{name}`.
  どちらか一方だけを `of` に書いてください。 | Name only one of them under `of`.
  同じ円を2度数えると、割合の上限が大きくなりすぎます。 | A yen counted twice makes the share too large.
HJ374 error: 行と同じ id の小計 | a subtotal named like a line
  小計の id `{name}` は行の id でもあります。 | The id `{name}` of this subtotal is also that of a line.
  別の id にしてください。 | Give one of them another id.
  割合が行と小計のどちらを指すか決まりません。 | A share could mean either of them.
HJ375 error: 掛けられない事実 | a fact that cannot multiply
  `{fact}` は数の事実ではないため、`times` に使えません。 | `{fact}` is no number and cannot stand under `times`.
  数の事実か、数えた量（`measure`）を書いてください。 | Name a fact that is a number, or a `measure`.
  額に掛けられるのは数だけです。 | Only a number can be multiplied.
HJ376 error: 補助率にした割合 | a share as a rate
  `share` は額なので、補助率には使えません。 | A `share` is an amount of yen and cannot be a rate.
  `cap` に書いてください。 | Write it under `cap`.
  円に円を掛けることになります。 | Yen would be multiplied by yen.
HJ378 error: どの枠も使わない共通の要件 | a common requirement that no frame has
  `requirements` の `{name}` は、どの枠の要件でもありません。 | No frame has the requirement `{name}` of `requirements`.
  枠の `requires` に `{{id: {name}, …}}` を書くか、ここから消してください。
    | Write `{{id: {name}, …}}` under `requires` of a frame, or remove it here.
  書いただけの要件は、だれにも求められません。 | A requirement that is only written down is asked of nobody.
""")
