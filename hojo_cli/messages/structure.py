"""HJ51x to HJ53x: how the parts of a ruleset fit together (part of HJ5xx)."""

from typing import Final

from hojo_cli.messages.entry import entries

ENTRIES: Final = entries("""
HJ510 error: 範囲の間のすきま | a gap between bands
  範囲 `{lower}` の上限と `{upper}` の下限の間にすきまがあります（{top} と {floor}）。
    | There is a gap between the bands `{lower}` and `{upper}` ({top} and {floor}).
  下の範囲の `below` と上の範囲の `floor` を同じ額にしてください。
    | Let `below` of the lower band equal `floor` of the upper one.
  すきまの補助額は、だれにも認められません。 | No amount in the gap could ever be granted.
HJ511 warning: 重なる範囲 | overlapping bands
  範囲 `{lower}` と `{upper}` が重なっています（{floor} から {top} まで）。
    | The bands `{lower}` and `{upper}` overlap (from {floor} to {top}).
  意図した重なりでなければ、`below` と `floor` を同じ額にしてください。
    | Unless this is meant, let `below` equal the next `floor`.
  同じ額に二つの要件が当たります。 | Two sets of requirements would fit the same amount.
HJ512 warning: 順に並ばない範囲 | bands out of order
  範囲 `{band}` の下限が順に並んでいません。 | The floor of the band `{band}` is out of order.
  範囲を大きい順か小さい順に並べてください。 | List bands from the largest or from the smallest floor.
  並びの乱れは、額の書き間違いのことがあります。 | A break in the order is often a mistyped amount.
HJ513 warning: 使われない事実 | a fact that is not used
  事実 `{name}` は宣言されていますが、どこにも使われていません。 | `{name}` (a fact) is declared but used nowhere.
  使うところへ書くか、宣言を消してください。 | Use it where it was meant, or remove it.
  使われない宣言は、書き忘れた規則かもしれません。 | An unused declaration may be a rule that was forgotten.
HJ514 warning: 使われない数えた量 | a measure that is not used
  数えた量 `{name}` は宣言されていますが、どこにも使われていません。
    | `{name}` (a measure) is declared but used nowhere.
  as HJ513
  as HJ513
HJ515 warning: 使われない定義 | a definition that is not used
  定義 `{name}` は宣言されていますが、どこにも使われていません。 | `{name}` (a definition) is declared but used nowhere.
  as HJ513
  as HJ513
HJ516 warning: 使われない経費の区分 | a category that is not used
  経費の区分 `{name}` は宣言されていますが、どこにも使われていません。
    | `{name}` (a category) is declared but used nowhere.
  as HJ513
  as HJ513
HJ517 warning: 使われない明細の項目 | an item field that is not used
  明細の項目 `{name}` は宣言されていますが、どこにも使われていません。
    | `{name}` (an item field) is declared but used nowhere.
  as HJ513
  as HJ513
HJ518 warning: 使われない出典 | a source that is not used
  出典 `{name}` は宣言されていますが、どこにも使われていません。 | `{name}` (a source) is declared but used nowhere.
  as HJ513
  as HJ513
HJ519 warning: 使われない仮定 | an assumption that is not used
  仮定 `{name}` はどの数字や要件にも結び付いていないため、結果に表示されません。
    | The assumption `{name}` backs no figure or requirement, so no result ever shows it.
  結び付く数字や要件に `assume: {name}` と書くか、この仮定に `frames`（表示する枠）を書いてください。
    | Write `assume: {name}` at the figure or requirement it backs, or give it `frames` that show it.
  as HJ513
HJ521 warning: 英語の中の仮名 | kana in an English text
  英語の文に仮名があります: {text} | The English text holds kana: {text}
  英語に直してください。 | Write it in English.
  英語で読む人に通じません。 | A reader of English cannot read it.
HJ522 error: 空の文 | an empty text
  `{key}` の文が空です。 | The text of `{key}` is empty.
  日本語と英語の両方を書いてください。 | Write it in Japanese and in English.
  結果や質問に、何も表示されない箇所ができます。 | A result or a question would show nothing there.
HJ523 warning: 日本語と英語が同じ文 | the same text in both languages
  日本語と英語が同じ文です: {text} | Both languages have the same text: {text}
  訳し忘れていないか確かめてください。 | Check whether it still has to be translated.
  片方の言語で読む人に通じません。 | Readers of one language cannot read it.
HJ524 warning: 同じ名前の選択肢 | two choices with the same label
  選択肢 `{first}` と `{second}` の名前が同じです（{label}）。
    | The choices `{first}` and `{second}` have the same label ({label}).
  見分けられる名前にしてください。 | Give them labels that can be told apart.
  申請者は日本語の名前でも答えるため、どちらか決まりません。
    | Applicants may answer with the label; it must name one choice.
HJ525 warning: 組合せの定めがない枠 | a pair of frames without a rule
  枠 `{first}` と `{second}` を併せて受けられるかが定められていません。
    | Nothing says whether `{first}` and `{second}` may be held together.
  `combine` に `frames: [{first}, {second}]` を足してください。 | Add `frames: [{first}, {second}]` to `combine`.
  定めがない組合せは、結果に何も示せません。 | For a pair without a rule the result can say nothing.
HJ526 error: 二度定められた組合せ | a pair of frames ruled twice
  枠 `{first}` と `{second}` の組合せが二度書かれています。 | The pair `{first}` and `{second}` is ruled on twice.
  片方を消してください。 | Remove one of them.
  食い違うと、どちらが正しいか決まりません。 | If they differ, nobody can tell which holds.
HJ527 error: 0以下か1を超える補助率 | a rate of nothing or of more than all
  補助率 `{figure}` は0より大きく1以下でなければなりません。 | The rate `{figure}` must be above 0 and at most 1.
  分子と分母を取り違えていないか確かめてください。 | Check whether numerator and denominator were swapped.
  経費を超える補助や、何も出ない補助になります。 | It would pay more than the cost, or nothing at all.
HJ528 error: 0の上限 | a limit of zero
  上限や段の境目が0です。 | A limit or the border of a tier is zero.
  額か月数を確かめてください。 | Check the amount or the number of months.
  この行からは何も出ません。 | Nothing could ever come of this line.
HJ529 error: 合わない日付 | dates that do not fit
  {what}
  年度と `valid` の日付を見直してください。 | Check the fiscal year and the dates under `valid`.
  どの年の申請に当てるかが決まりません。 | It decides for which year the rules hold.
HJ530 error: 合わない単位 | kinds that do not agree
  `{first}`（{one}）と `{second}`（{other}）の単位が合いません。
    | `{first}` ({one}) and `{second}` ({other}) are not of the same kind.
  同じ種類の量を使ってください。 | Use quantities of the same kind.
  円・月・人・率は互いに比べられません。 | Yen, months, people and rates cannot be compared.
HJ531 error: 選ばれない区分への上限 | a limit for a category that is not picked
  この経費は区分 `{category}` を選んでいないため、この上限は効きません。
    | This line picks no `{category}`, so the limit never applies.
  区分の名前を見直すか、`items` に加えてください。 | Check the name of the category, or add it to `items`.
  効かない上限は、書いた人の意図と違います。 | A limit that never applies is not what was meant.
HJ532 error: 部分が全体を超えうる按分 | a part that may exceed its whole
  `{part}` が `{whole}` を超えない、という宣言がありません。 | Nothing declares that `{part}` does not exceed `{whole}`.
  事実 `{part}` に `at_most: {whole}` を書いてください。 | Declare the fact `{part}` with `at_most: {whole}`.
  超えると、経費より多い額に補助率が掛かります。 | The rate would apply to more than the cost.
HJ533 warning: 二つの行に入る明細 | items that two lines count
  区分 `{category}` の明細は、経費の行 `{first}` と `{second}` の両方に入ります。
    | Items of `{category}` are counted by both lines `{first}` and `{second}`.
  どちらかの `items` を狭めてください。 | Narrow the `items` of one of them.
  同じ経費に二度補助することになります。 | The same cost would be paid for twice.
HJ534 warning: 借りる行の数え忘れ | a category that no line of any frame counts
  区分 `{category}` は、どの枠の経費の行にも入りません。 | No line of any frame counts items of `{category}`.
  入るべき行の `items` に加えてください。 | Add it to the `items` of the line it belongs to.
  申請者が書いた明細が、どの枠でも数えられません。 | What applicants write there would count nowhere.
HJ535 warning: 途中の行の欠けた列 | a column that some rows leave out
  行 `{row}` に列 `{column}` がありません（`{choice}` には書かれています）。
    | The row `{row}` has no `{column}`, though others for `{choice}` do.
  書き忘れていないか確かめてください。 | Check whether it was forgotten.
  欠けた列は試されません。 | A column left out is not tested.
HJ536 warning: 同じ条件の繰り返し | the same condition twice
  同じ条件が同じ並びに二度書かれています。 | The same condition stands twice in one list.
  片方を消すか、意図した条件に直してください。 | Remove one, or write the condition that was meant.
  写して直し忘れた行のことがあります。 | It is often a copy that was not edited.
HJ537 warning: 同じ値の枝 | branches with the same value
  この枝は次の枝と同じ値（`{figure}`）です。 | This branch has the same value (`{figure}`) as the next.
  値を見直すか、枝を一つにしてください。 | Check the values, or join the branches.
  条件が何も変えません。 | The condition makes no difference.
HJ538 warning: 同じ資料が二度 | the same document twice
  出典 `{first}` と `{second}` は同じ資料です。 | The sources `{first}` and `{second}` are the same document.
  一つにまとめてください。 | Keep one of them.
  写して直し忘れたもののことがあります。 | It is often a copy that was not edited.
HJ539 warning: 根拠のない定め | a rule without provenance
  {what} `{name}` に根拠がありません。 | {what} `{name}` has no provenance.
  `source` か `assume` を書いてください。 | Add a `source` or an `assume`.
  結果に出る定めは、すべて出典までたどれるようにします。 | Whatever a result shows must be traceable.
""")
