"""HJ54x to HJ57x: what a ruleset means for applicants, and whether its cases would notice a change (part of HJ5xx)."""

from typing import Final

from hojo_cli.messages.entry import entries

ENTRIES: Final = entries("""
HJ540 error: 成り立たない条件 | a condition that never holds
  `{place}` の条件は、どの申請者でも成り立ちません。 | The condition of `{place}` holds for no applicant.
  条件の組み合わせと数字の向き（以上・以下）を確かめてください。
    | Check how the conditions combine and which way the figures point.
  だれにも当たらない規則は、書き間違いの印です。 | A rule that fits nobody is the mark of a mistake.
HJ541 warning: いつも成り立つ条件 | a condition that always holds
  `{place}` の条件は、どの申請者でも成り立ちます。 | The condition of `{place}` holds for every applicant.
  as HJ540
  いつも成り立つ条件は、だれも選び分けません。 | A condition that always holds tells nobody apart.
HJ542 note: ほかの条件に含まれる条件 | a condition implied by others
  `{place}` の条件は、一緒に書かれたほかの条件から決まり、何も変えません。
    | The condition of `{place}` follows from those beside it and changes nothing.
  要領に書かれていれば、そのままで構いません{source}。 | Leave it as it is if the guideline says so{source}.
  余分な条件は、数字の書き間違いのことがあります。 | A condition too many may hide a mistyped figure.
HJ543 error: だれも使えない枠 | a frame nobody can use
  枠 `{frame}` の要件を満たし、補助を受けられる申請者はいません。
    | No applicant can meet the requirements of the frame `{frame}` and be paid.
  要件どうしが食い違っていないか、補助率と上限が0でないかを確かめてください。
    | Check that its requirements do not contradict each other, and that rates and caps are not 0.
  as HJ540
HJ544 error: だれも通らない分岐 | a branch nobody takes
  枠 `{frame}` のこの分岐に当たる申請者はいません。 | No applicant of the frame `{frame}` takes this branch.
  先に書かれた `when` や枠の要件に隠れていないかを確かめてください。
    | See whether an earlier `when` or a requirement of the frame hides it.
  as HJ540
HJ545 error: だれも当たらない行 | a row that fits nobody
  表のこの行 `{row}` に当たる申請者はいません。 | No applicant stands in this row `{row}` of the table.
  上の条件と数字を確かめ、要らなければ消してください。 | Check the conditions and figures above it, or remove it.
  as HJ540
HJ546 error: だれも届かない段 | a tier nobody reaches
  枠 `{frame}` のこの段に届く経費はありません。 | No cost reaches this tier of the frame `{frame}`.
  段の境と上限を見比べてください。 | Compare the borders of the tiers with the cap.
  as HJ540
HJ547 error: だれも届かない範囲 | a band nobody reaches
  枠 `{frame}` の範囲 `{band}` で認められる補助額はありません。
    | No amount is ever granted in the band `{band}` of the frame `{frame}`.
  範囲の下限と要件を、経費区分の上限と見比べてください。
    | Compare the floor and the requirements of the band with the caps of the lines.
  as HJ540
HJ548 warning: 効かない上限 | a cap that never binds
  枠 `{frame}` のこの上限（{figure}）に届く補助額はありません（最大 {most}）。
    | No amount of the frame `{frame}` comes up to this cap of {figure} (at most {most}).
  上限の桁と、先にかかる上限や段を確かめてください。 | Check the digits of the cap, and the caps and tiers before it.
  効かない上限は、桁の書き間違いのことがあります。 | A cap that never binds is often a mistyped amount.
HJ549 note: 調べきれないルール | rules with too many combinations
  買う物の組み合わせが多すぎて、だれにも当たらない規則や段差を調べていません。
    | What can be bought has too many combinations; dead rules and borders were not looked for.
  明細の項目の選択肢を減らしてください。 | Use fewer choices in the fields of items.
  調べていないことは、調べたことと分けて伝えます。 | What was not looked at is told apart from what was.
HJ550 error: 経費が増えると減る補助額 | a subsidy that falls as cost rises
  枠 `{frame}` では、経費が {start} から1円増えると補助額が {before} から {after} に減ります。
    | In the frame `{frame}` one more yen of cost than {start} takes the subsidy from {before} to {after}.
  範囲と段の数字を確かめてください。 | Check the figures of bands and tiers.
  経費を増やして損をする規則は、ほぼ書き間違いです。
    | Rules under which spending more pays less are almost surely a mistake.
HJ551 warning: 多く買うと減る補助額 | a subsidy that falls as more is bought
  枠 `{frame}` では、{counted}が {start} から {end} に増えると補助額が{how} {before} から {after} に減ります。
    | In the frame `{frame}`, as `{counted}` goes from {start} to {end}, the subsidy falls, {how} from {before} to {after}.
  条件の向きと、分岐の順を確かめてください。 | Check which way the condition points, and the order of the branches.
  買う物や構成員が増えて損をする規則は、まれです。 | It is rare that buying more, or more members, should pay less.
HJ552 note: 経費の段差 | a step in cost
  枠 `{frame}` では、経費が {start} から {end} になると補助額が {before} から {after} になります。
    | In the frame `{frame}` the subsidy goes from {before} to {after} as cost goes from {start} to {end}.
  要領のとおりの段差なら、そのままで構いません{source}。 | Leave it as it is if the guideline has this border{source}.
  下限額のすぐ下では、1円の差で補助が受けられなくなります。
    | Just under a floor a single yen decides whether anything is paid.
HJ553 note: 人数や金額の段差 | a step in a fact
  {counted}が {start} から {end} になると、枠 `{frame}` の補助額が{how} {before} から {after} になります。
    | As `{counted}` goes from {start} to {end}, the subsidy of the frame `{frame}` goes, {how}, from {before} to {after}.
  as HJ552
  規模や賃上げの区切りには段差があります。申請者に知らせる価値があります。
    | Classes of size and of wages have borders; applicants may want to know them.
HJ554 warning: 範囲の間の飛び | a jump between bands
  枠 `{frame}` では、経費が {start} から {end} になると補助額が {before} から {after} に飛び、間の額はどの範囲でも認められません。
    | In the frame `{frame}` the subsidy jumps from {before} to {after} as cost goes from {start} to {end}; no band grants what lies between.
  下の範囲の上限と上の範囲の下限を見比べてください{source}。
    | Compare the cap of the lower band with the floor of the upper one{source}.
  すきまは、数字の書き間違いの印です。 | A gap is the mark of a mistyped figure.
HJ555 warning: 端数の単位に合わない上限 | a cap beside the unit of rounding
  枠 `{frame}` の上限 {figure} は端数の単位の倍数でないため、切り上げても {most} までしか支払われません。
    | In the frame `{frame}` the cap of {figure} is no multiple of the unit: rounded up, no more than {most} is paid.
  端数を切り捨てるか、上限を端数の単位の倍数にしてください。 | Round down, or let the cap be a multiple of the unit.
  上限を超える切上げはしないので、上限の額そのものは支払われません。
    | Nothing is rounded up beyond a cap, so that the cap itself is never paid.
HJ557 error: 整数にならない補助額 | a subsidy that is not whole
  枠 `{frame}` の `{place}` では、端数の処理の後に1円未満の額が出ます。
    | In the frame `{frame}`, `{place}` brings back fractions of a yen after rounding.
  合計で端数を処理するか、割り切れる額の上限にしてください。 | Round the total, or use a cap of whole yen.
  交付される額は整数の円です。 | What is granted is whole yen.
HJ558 error: 別の読み方の場所がない | a reading of no place
  仮定 `{name}` の別の読み方にある `{path}` という場所は、ルールセットにありません。
    | The other reading of `{name}` speaks of `{path}`, which is no place of this ruleset.
  キーと id を `.` でつないで書きます（例 `frames.general.bands.lower.below`）。
    | Join keys and ids by dots, as in `frames.general.bands.lower.below`.
  読み方を変えたときの額は、変えた場所がなければ計算できません。
    | What comes of another reading can only be worked out where there is something to read.
HJ559 error: 何も変えない別の読み方 | a reading that changes nothing
  仮定 `{name}` の別の読み方は、支払われる額のもとを何も変えません。 | The other reading of `{name}` changes nothing of what is paid.
  `set` の場所と書くものを確かめてください。 | Look again at the places of `set` and what stands there.
  変わらない読み方は、比べても同じ額になるだけです。 | Compared with it, every amount stays the same.
HJ570 warning: 事例が気づかない変更 | a change no case notices
  ここを {change} に変えても、気づく事例がありません。 | No case would notice if this became {change}.
  この境目の両側に当たる事例を足してください。 | Add cases on both sides of this border.
  事例が気づかない数字は、書き間違えてもそのまま残ります。 | A figure no case looks at may be wrong for good.
HJ571 note: だれも気づけない変更 | a change nobody could notice
  ここを {change} に変えても、結果が変わる申請者は見つかりません。
    | No applicant is found whose result would change if this became {change}.
  事例は要りません。 | No case is needed.
  ほかの規則が同じことを決めている数字です。 | Other rules decide the same here.
HJ572 note: 事例が片側しか通らない | a place cases see from one side only
  ここは{seen}事例だけです。 | Cases only {seen} here.
  反対側の事例も足してください。 | Add a case for the other side too.
  境目は両側から確かめます。 | A border is tested from both sides.
HJ573 error: 合わない事例 | a case that does not fit
  事例 `{file}` の枠 `{frame}` は {wanted} のはずが {found} です。
    | The case `{file}` expects {wanted} in the frame `{frame}`, but it comes to {found}.
  ルールか事例のどちらかを直してください。 | Correct the rules or the case.
  事例が合わないうちは、変更に気づけるかどうかを測れません。
    | While a case fails it cannot tell whether a change is noticed.
""")
