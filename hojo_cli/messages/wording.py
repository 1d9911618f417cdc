"""HJ574 to HJ589: whether the words of a ruleset say what its rules do (part of HJ5xx)."""

from typing import Final

from hojo_cli.messages.entry import entries

ENTRIES: Final = entries("""
HJ574 error: 暦にない日付 | a date that does not exist
  日付「{date}」は暦にありません。 | There is no such date as `{date}`.
  月と日を資料で確かめてください。 | Look the month and the day up in the source.
  期間の初めや終わりが決まりません。 | A period would have no beginning or no end.
HJ575 warning: 規則と違う数字を言う文 | words with another figure than the rule
  文「{text}」は {figure} と言いますが、対応する規則の数字は {rule} です。
    | The words `{text}` say {figure}, but the rule they speak of has {rule}.
  資料を見て、文か数字のどちらかを直してください。 | Look at the source, then correct the words or the figure.
  申請者が読むのは文です。計算と違う文は、正しい金額でも人を誤らせます。
    | Applicants read the words. Words that part from the rules mislead even where the yen are right.
HJ576 warning: 以上・以下・超・未満が規則と違う文 | words that bound from another side than the rule
  文「{text}」の {figure} は{shown}ですが、規則では{used}です。
    | In the words `{text}`, {figure} is {shown}; the rule uses it as {used}.
  資料を見て、文か条件を直してください。 | Look at the source, then correct the words or the condition.
  境目ちょうどの申請者に、違うことを伝えます。 | Whoever stands exactly on the bound is told wrong.
HJ577 warning: 日本語と英語で違う数字 | another figure in the other language
  日本語は {ja}、英語は {en} と言っています。 | Japanese says {ja}, English says {en}.
  資料の数字に揃えてください。 | Let both quote the figure of the source.
  as HJ575
HJ578 note: 規則にも抜き書きにもない数字を言う文 | words with a figure that no rule and no fragment has
  文の中の {figure} は、規則にも出典の抜き書きにもなく、照合していません。
    | {figure} in these words is in no rule and in no fragment; it is unchecked.
  資料の数字と見比べてください。 | Compare it with the source.
  照合していないものを、照合済みと区別するためです。 | What was not checked must not pass for checked.
HJ579 error: 文と違う端数処理 | rounding that parts from its words
  端数処理は `{mode}`（{used}）ですが、「{text}」は{said}と言っています。
    | Rounding is `{mode}` ({used}), but `{text}` says {said}.
  切捨ては `down`、切上げは `up`、四捨五入は `half_up` です。 | 切捨て is `down`, 切上げ `up`, 四捨五入 `half_up`.
  どの結果も1円ずれることがあります。 | Every result may be a yen off.
HJ580 warning: 選択肢と合わない名前 | a name that does not fit its choices
  「{text}」は「{named}」と言いますが、条件の選択肢は {choices} です。
    | `{text}` names `{named}`, but the condition stands for {choices}.
  行の名前と `for`（`in`）の選択肢を、資料の同じ行に揃えてください。
    | Take the name and the choices of `for` (or `in`) from one row of the source.
  as HJ575
HJ581 warning: 「又は」と「かつ」の取り違え | `or` for `and`
  条件は{used}ですが、「{text}」は{said}と言っています。 | The condition asks for {used}, but `{text}` says {said}.
  「又は」は `any`、「かつ」は `all` です。入れ子の条件なら、文を分けてください。
    | 又は (or) is `any`, かつ (and) is `all`.
  当てはまる人の範囲が変わります。 | It changes who meets the condition.
HJ582 error: 同じ補助金・年度のルールセットが2つ | two rulesets of one programme and year
  `{first}` と `{second}` は同じ補助金・年度（{program} {year}）なので、境目のファイルを同じフォルダに書くことになります。
    | `{first}` and `{second}` are of one programme and year ({program} {year}); their boundary files would share a folder.
  `--boundaries` は1つずつ、別のフォルダに書いてください。
    | Run `--boundaries` for one of them at a time, into folders of their own.
  どの規則の境目か分からないファイルは、点検に使えません。
    | Files that do not tell whose figures they are about prove nothing.
""")
