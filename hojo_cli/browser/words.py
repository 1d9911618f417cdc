"""What the page says of itself, in Japanese and English; what a ruleset says comes with it."""

from typing import Final

from hojo_cli.messages.entry import sentences

WORDS: Final = sentences("""
heading: {0}の試算 | Estimate: {0}
basis: 公表資料（{0}まで）による試算です。交付の可否と額は、審査で決まります。書いたことは、この画面の外へ送られません。
  | An estimate from published documents (up to {0}); the office decides. Nothing you write leaves this page.
language: 言語 | Language
name: 申請者の名前（なくてもかまいません） | Name of the applicant (may be left out)
bought: 買うもの | What is bought
boughtHelp: 見積書の1行ごとに書きます。質問は、結果に関わるものだけが下に出ます。
  | One entry for each line of the quotation. Only questions that matter for the result appear below.
item: 明細{0} | Item {0}
itemName: 名前 | Name
category: 区分 | Category
choose: 選んでください | choose
form: 値段の書き方 | How the price is written
amount: 一括 | paid at once
monthly: 月額 | by the month
yearly: 年額 | by the year
discount: 値引き | a discount
yenAmount: 金額 | Amount
yenMonthly: 1か月の金額 | Amount a month
yenYearly: 1年の金額 | Amount a year
yenDiscount: 値引きの金額 | Amount taken off
months: 月数 | Months
monthsAtOnce: 何か月分か（分かれば） | Months it pays for (if known)
years: 年数 | Years
quantity: 数量（1なら空のまま） | Quantity (empty for one)
tax: 税込の値段です | The price includes tax
of: 値引きする明細 | Taken off
ofAll: すべての明細（値段の割合で） | all items, in proportion
noneOf: どれもない | none of these
waiting: 区分と金額を書くと、計算に入ります。 | It counts once category and amount are there.
waitingTime: 月数か年数を書くと、計算に入ります。 | It counts once months or years are there.
addItem: 明細を加える | Add an item
removeItem: 明細{0}を消す | Remove item {0}
questions: 質問 | Questions
noQuestions: いま答える質問はありません。 | There is nothing to answer now.
first: 買うものを書くと、質問が出ます。 | Questions appear once something is bought.
left: 結果が決まるまで、あと{0}問です。 | {0} questions left until the result is settled.
leftOne: 結果が決まるまで、あと1問です。 | One question left until the result is settled.
next: 次の質問へ | To the next question
yes: はい | Yes
no: いいえ | No
unknown: 分からない | I do not know
lookUp: 調べる場所：{0} | Look it up in: {0}
idle: 今のほかの答えでは、結果に影響しません。 | With the other answers as they are, this makes no difference.
instead: 分からないときは、代わりに次の質問で決まります | If you do not know, these questions decide it instead
optional: 答えなくてもよい質問（答えると結果が変わることがあります） | Questions that may be left out (an answer may change the result)
members: グループで申請する場合：構成員 | Applying as a group: its members
membersHelp: 構成員を1者ずつ書きます。1者だけで申請するなら、要りません。 | One entry for each member; leave this alone if you apply by yourself.
member: 構成員{0} | Member {0}
memberName: 構成員の名前 | Name of the member
addMember: 構成員を加える | Add a member
removeMember: 構成員{0}を消す | Remove member {0}
result: 結果 | Result
nothing: 買うものを書くと、ここに補助額が出ます。 | The subsidy appears here once something is bought.
pays: 「{0}」で{1}の補助が見込めます。自己負担は{2}（税抜）です。 | `{0}` would pay {1}; your own cost is {2} (without tax).
paysNothing: 今の答えでは、補助を受けられる枠がありません。 | With these answers no frame pays anything.
awaits: 「{0}」は、あと{1}問に答えると決まります{2}。 | `{0}` is settled once {1} more questions are answered{2}.
awaitsOne: 「{0}」は、あと1問に答えると決まります{2}。 | `{0}` is settled once one more question is answered{2}.
exactly: （補助額はどう答えても{0}） |  ({0} either way)
range: （補助額は{0}～{1}） |  (between {0} and {1})
alsoOpen: まだ決まらない枠があるので、質問に答えると変わることがあります。 | Some frames are still open: answering the questions may change this.
compared: 枠の比較（円） | The frames compared (yen)
frame: 枠 | Frame
subsidy: 補助額 | Subsidy
own: 自己負担 | Own cost
eligible: 対象経費 | Eligible cost
show: 内訳を見る | Break down
payable: 申請可 | payable
ineligible: 対象外 | not eligible
below_floor: 下限未満 | under the floor
no_cost: 経費なし | no cost
incomplete: 要回答（あと{0}問） | {0} answers needed
incompleteOne: 要回答（あと1問） | 1 answer needed
best: 最も多い | most
broken: 「{0}」の内訳（円） | `{0}` broken down (yen)
what: 項目 | What
cost: 経費 | Cost
notReached: 届かず | not reached
total: 合計 | Total
leftOut: この枠では数えない明細 | Items this frame does not count
requirements: 要件 | Requirements
met: 満たす | met
unmet: 満たさない | not met
open: まだ分からない | not known yet
missing: この枠に必要な答え | Answers this frame waits for
together: 「{0}」は「{1}」と併せて申請できます（同じ経費は一度だけ数えます）。 | `{0}` may be held together with `{1}`; each cost counts once.
apart: 「{0}」は「{1}」とは併願できません。 | `{0}` may not be held together with `{1}`.
notes: 出典 | Sources
assumed: 仮定：{0} | assumed: {0}
duties: 申請の前後に確かめること | What to check before and after applying
assumptions: 資料が述べていないところに置いた仮定 | What is assumed where the documents are silent
file: 申請者ファイル | Applicant file
fileHelp: ここまでの答えを、hojo estimate が読めるファイル（YAML）に保存します。 | Saves what is written so far as a file (YAML) that hojo estimate reads.
save: ファイルを保存 | Save the file
openFile: 保存したファイルを開く | Open a saved file
opened: {0} を開きました。 | Opened {0}.
openNone: {0} は、このページで保存したファイルではありません。 | {0} was not saved from this page.
openChanged: {0} を開きました。保存した後に手で書き足したところや、このページにない答えは読んでいません。
  | Opened {0}, without what was changed in it by hand since, or what this page does not know.
print: 印刷 | Print
clear: すべて消す | Clear everything
clearSure: 書いたことをすべて消します。よろしいですか。 | Everything you wrote will be cleared. Go on?
contents: ファイルの中身 | What the file says
fileHead: {0}の計算ページで作った申請者ファイルです。 | An applicant file made on the page that computes: {0}.
fileUse: 試算: hojo estimate このファイル | Estimate: hojo estimate THIS_FILE
fileOwnRules: 試算: hojo estimate --rules ルールセット このファイル | Estimate: hojo estimate --rules RULESET THIS_FILE
fileWaiting: まだ計算に入らない明細: {0} | Items that do not count yet: {0}
read: {0}と読みます | read as {0}
jump: 結果へ | To the result
""")
"""By key; JavaScript fills in what stands in braces."""

HINTS: Final = sentences("""
HJ178: 金額だけを書き、税込なら「税込の値段です」に印を付けてください。 | Write the amount alone, and tick `The price includes tax` if it does.
HJ221: 値引きなら、「値段の書き方」で「値引き」を選び、0以上の数で書いてください。
  | For a discount choose `a discount` as the way the price is written, and write a number of 0 or more.
HJ225: 名前を書き分けるか、「すべての明細」を選んでください。 | Give the items different names, or choose all items.
""")
"""What to do about findings on a form, where the catalogue speaks of a file."""
