"""Rulesets whose words and figures part: what is edited in which file, and the code that must tell it at which line.

An edit is a list of `(what stands there, what is written instead)`. The line is the first that holds `line` after the edit. Where the
code is empty nothing is told, and `why` says why; `docs/verification.en.md` lists those reasons.
"""

from typing import NamedTuple


class Apart(NamedTuple):
    """One ruleset, edited."""

    name: str
    rules: str
    edits: tuple[tuple[str, str], ...]
    code: str
    line: str = ""
    why: str = ""


TEN = "グループ構成員が10者以上"
TEN_EN = "The group has ten or more members"
WAGE = "賃金引上げ計画（年3%以上・最低賃金+30円以上"

TOLD = (
    # --- labels of requirements ---
    Apart("twelve members for ten", "2026", ((TEN, "グループ構成員が12者以上"),), "HJ575", "12者以上"),
    Apart("in full width", "2026", ((TEN, "グループ構成員が１２者以上"),), "HJ575", "１２者以上"),
    Apart("in kanji", "2026", ((TEN, "グループ構成員が十二者以上"),), "HJ575", "十二者以上"),
    Apart(
        "eight in both languages",
        "2025",
        ((TEN, "グループ構成員が8者以上"), ("ten or more", "eight or more")),
        "HJ575",
        "8者以上",
    ),
    Apart("twelve in English alone", "2026", ((TEN_EN, "The group has twelve or more members"),), "HJ575", "twelve"),
    Apart("a dozen more in digits", "2024", (("ten or more members", "22 or more members"),), "HJ575", "22 or more"),
    Apart("above for at least", "2026", ((TEN, "グループ構成員が10者超"),), "HJ576", "10者超"),
    Apart("more than ten", "2026", ((TEN_EN, "The group has more than ten members"),), "HJ576", "more than ten"),
    Apart("at most ten", "2025", ((TEN, "グループ構成員が10者以下"),), "HJ576", "10者以下"),
    Apart(
        "another growth of wages", "2026", ((WAGE, "賃金引上げ計画（年4%以上・最低賃金+30円以上"),), "HJ575", "年4%以上"
    ),
    Apart("another margin", "2026", ((WAGE, "賃金引上げ計画（年3%以上・最低賃金+40円以上"),), "HJ575", "+40円"),
    Apart("a rate in words", "2026", ((WAGE, "賃金引上げ計画（年三割以上・最低賃金+30円以上"),), "HJ575", "年三割"),
    Apart(
        "another percentage in English",
        "2026",
        (("plan to raise pay per head by 3.5% a year'", "plan to raise pay per head by 4.5% a year'"),),
        "HJ577",
        "4.5% a year'",
    ),
    # --- labels of bands ---
    Apart(
        "a band that ends later",
        "2026",
        (("150万円以上450万円以下", "150万円以上550万円以下"),),
        "HJ575",
        "550万円以下",
    ),
    Apart(
        "the same band in English",
        "2026",
        (("1.5 to 4.5 million yen", "1.5 to 5.5 million yen"),),
        "HJ575",
        "5.5 million",
    ),
    Apart(
        "millions in full",
        "2025",
        (("en: 1.5 to 4.5 million yen", "en: '1,500,000 to 4,000,000 yen'"),),
        "HJ575",
        "4,000,000",
    ),
    Apart(
        "at most for under",
        "2026",
        (("5万円以上150万円未満", "5万円以上150万円以下"),),
        "HJ576",
        "5万円以上150万円以下, en: '50,000 to under",
    ),
    Apart(
        "the same in English words",
        "2026",
        (("'50,000 to under 1.5 million yen'", "'50,000 to 1.5 million yen inclusive'"),),
        "HJ576",
        "inclusive",
    ),
    Apart("億 for 万", "2026", (("150万円以上450万円以下", "150万円以上4.5億円以下"),), "HJ575", "4.5億円"),
    Apart(
        "a floor of another programme",
        "workshop",
        (("100万円以上, en: 1 million yen", "200万円以上, en: 1 million yen"),),
        "HJ575",
        "200万円以上",
    ),
    Apart(
        "its English",
        "workshop",
        (("en: 1 million yen or more", "en: two million yen or more"),),
        "HJ575",
        "two million",
    ),
    Apart(
        "its side",
        "workshop",
        (("en: 1 million yen or more", "en: more than 1 million yen"),),
        "HJ576",
        "more than 1 million",
    ),
    # --- labels of lines, caps, frames ---
    Apart(
        "a cap in a label",
        "2026",
        (("label: {ja: PC・タブレット等, en: 'PCs", "label: {ja: PC・タブレット等（上限15万円）, en: 'PCs"),),
        "HJ575",
        "上限15万円",
    ),
    Apart(
        "a cap in English",
        "market",
        (
            (
                "label: {ja: ウェブサイト関連費, en: web}\n        items",
                "label: {ja: ウェブサイト関連費, en: web up to 600000 yen}\n        items",
            ),
        ),
        "HJ575",
        "up to 600000 yen",
    ),
    Apart(
        "a cap on a subtotal",
        "2026",
        (("(a)+(b) の上限, en: Cap on (a)+(b)", "(a)+(b) の上限4000万円, en: Cap on (a)+(b)"),),
        "HJ575",
        "4000万円",
    ),
    Apart(
        "a frame of another size",
        "market",
        (("label: {ja: 通常枠,", "label: {ja: 通常枠（最大80万円）,"),),
        "HJ575",
        "最大80万円",
    ),
    # --- questions ---
    Apart(
        "a question with another bound",
        "2026",
        (("だった月は何か月ですか", "だった月は4か月以上ですか。何か月ですか"),),
        "HJ575",
        "4か月以上",
    ),
    Apart(
        "a question of another programme",
        "workshop",
        (("従業員は何人ですか。", "従業員は60人以下ですか。何人ですか。"),),
        "HJ575",
        "60人以下",
    ),
    Apart(
        "its English question",
        "workshop",
        (("'How many employees?'", "'How many employees (up to 60)?'"),),
        "HJ575",
        "up to 60",
    ),
    Apart(
        "where to look",
        "workshop",
        (
            (
                "ask: {ja: 従業員は何人ですか。, en: 'How many employees?'}",
                "ask: {ja: 従業員は何人ですか。, en: 'How many employees?'}\n    where: {ja: 60人以上なら名簿, en: roll}",
            ),
        ),
        "HJ575",
        "60人以上",
    ),
    # --- assumptions ---
    Apart("a limit assumed", "2026", (("役務は合計200万円まで", "役務は合計300万円まで"),), "HJ575", "合計300万円"),
    Apart(
        "the same in English yen",
        "2026",
        (("Services count as cost up to 2 million yen", "Services count as cost up to 3 million yen"),),
        "HJ575",
        "up to 3 million",
    ),
    Apart(
        "months assumed", "2026", (("オプションは12か月分まで", "オプションは18か月分まで"),), "HJ575", "18か月分まで"
    ),
    Apart("the side of a limit", "2026", (("役務は合計200万円まで", "役務は合計200万円以上"),), "HJ576", "200万円以上"),
    Apart(
        "why, in one language",
        "2026",
        (("3,000万円の10%の2/3が", "4,000万円の10%の2/3が"),),
        "HJ577",
        "2/3 of 10% of 30 million",
    ),
    Apart(
        "why, in both",
        "2026",
        (
            ("3,000万円の10%の2/3が", "4,000万円の10%の2/3が"),
            ("10% of 30 million yen is", "10% of 40 million yen is"),
        ),
        "HJ578",
        "4,000万円の10%",
    ),
    Apart(
        "a conflict, in one language",
        "2026",
        (("- {ja: 補助額150万円以上の申請に必要で", "- {ja: 補助額160万円以上の申請に必要で"),),
        "HJ577",
        "Needed from 1.5 million",
    ),
    Apart(
        "a conflict, in both",
        "2026",
        (
            ("- {ja: 補助額150万円以上の申請に必要で", "- {ja: 補助額160万円以上の申請に必要で"),
            ("Needed from 1.5 million", "Needed from 1.6 million"),
        ),
        "HJ578",
        "160万円以上の申請",
    ),
    # --- reminders ---
    Apart("years to keep papers", "2026", (("終了後5年間保存します", "終了後7年間保存します"),), "HJ575", "7年間保存"),
    Apart(
        "the same in English",
        "2026",
        (("accounts for five years after", "accounts for seven years after"),),
        "HJ575",
        "seven years",
    ),
    Apart(
        "a price of assets", "2026", (("単価50万円以上の取得財産", "単価60万円以上の取得財産"),), "HJ575", "単価60万円"
    ),
    Apart(
        "a goal of productivity",
        "2026",
        (("労働生産性を2年間で年平均5%以上", "労働生産性を2年間で年平均8%以上"),),
        "HJ575",
        "年平均8%以上",
    ),
    Apart(
        "months since",
        "2026",
        (
            (
                "同じ種類の枠で交付決定を受けたときは、決定日から12か月が過ぎて",
                "同じ種類の枠で交付決定を受けたときは、決定日から18か月が過ぎて",
            ),
        ),
        "HJ575",
        "18か月が過ぎて",
    ),
    # --- rounding ---
    Apart("rounded up", "2026", (("mode: down", "mode: up"),), "HJ579", "mode: up"),
    Apart("half up", "2025", (("mode: down", "mode: half_up"),), "HJ579", "mode: half_up"),
    Apart("rounded up in another year", "2024", (("mode: down", "mode: up"),), "HJ579", "mode: up"),
    Apart(
        "a fragment that rounds up",
        "market",
        (("at: 端数, printed: 1円}", "at: 端数, printed: 1円未満は切り上げ}"),),
        "HJ579",
        "切り上げ",
    ),
    Apart(
        "a fragment that rounds half up",
        "workshop",
        (("printed: '1,000円'}", "printed: '1,000円未満四捨五入'}"),),
        "HJ579",
        "四捨五入",
    ),
    Apart(
        "another assumption that rounds up",
        "2026",
        (("補助率と上限の後で1円未満を切り捨てます", "補助率と上限の後で1円未満を切り上げます"),),
        "HJ579",
        "切り上げます",
    ),
    # --- rows and choices ---
    Apart(
        "labels of two rows swapped",
        "2026",
        (
            ("{ja: ②卸売業, en: (2) wholesale}", "{ja: ②小売業, en: (2) retail}"),
            ("{ja: ④小売業, en: (4) retail}", "{ja: ④卸売業, en: (4) wholesale}"),
        ),
        "HJ580",
        "②小売業",
    ),
    Apart(
        "choices of two rows swapped",
        "2025",
        (
            ("industry: [wholesale]}", "industry: [RETAIL]}"),
            ("industry: [retail]}", "industry: [wholesale]}"),
            ("industry: [RETAIL]}", "industry: [retail]}"),
        ),
        "HJ580",
        "②卸売業",
    ),
    Apart(
        "labels swapped in English alone", "2024", (("en: (2) wholesale}", "en: (2) retail}"),), "HJ580", "(2) retail"
    ),
    Apart(
        "rows of the small-business table",
        "2026",
        (("{ja: 商業・サービス業, en: commerce and services}", "{ja: 宿泊業・娯楽業, en: lodging}"),),
        "HJ580",
        "宿泊業・娯楽業, en: lodging}",
    ),
    Apart("corporations swapped", "2026", (("{ja: ⑩学校法人,", "{ja: ⑩医療法人,"),), "HJ580", "⑩医療法人"),
    # --- any and all ---
    Apart("all for any", "2026", (("match: any", "match: all"),), "HJ581", "match: all"),
    Apart("all for any in another year", "2025", (("match: any", "match: all"),), "HJ581", "match: all"),
    Apart("all for any in the oldest", "2024", (("match: any", "match: all"),), "HJ581", "match: all"),
    Apart(
        "a label that says either",
        "market",
        (
            (
                "subtotals:",
                "requires: [{id: one, label: {ja: 特例のいずれかを使うこと, en: one special}, holds: {all: [{fact: wage_rise, eq: true}, {fact: invoice, eq: true}]}, source: {id: described, at: 特例}}]\n    subtotals:",
            ),
        ),
        "HJ581",
        "特例のいずれか",
    ),
    Apart(
        "a label that says both",
        "market",
        (
            (
                "subtotals:",
                "requires: [{id: one, label: {ja: 特例, en: both specials are used}, holds: {any: [{fact: wage_rise, eq: true}, {fact: invoice, eq: true}]}, source: {id: described, at: 特例}}]\n    subtotals:",
            ),
        ),
        "HJ581",
        "both specials",
    ),
    # --- dates ---
    Apart("a day that is not", "2026", (("from: '2026-03-30'", "from: '2026-02-30'"),), "HJ574", "2026-02-30"),
    Apart("a leap day of another year", "market", (("to: '2026-03-31'", "to: '2026-02-29'"),), "HJ574", "2026-02-29"),
    Apart("a source of no day", "2026", (("date: '2026-01-16'", "date: '2026-04-31'"),), "HJ574", "2026-04-31"),
    Apart("read at no day", "2026", (("as_of: '2026-04' ", "as_of: '2026-06-31' "),), "HJ574", "2026-06-31"),
    Apart(
        "a day in words",
        "2026",
        (("ja: 交付規程は2026年1月16日、", "ja: 交付規程は2026年2月30日、"),),
        "HJ574",
        "2026年2月30日",
    ),
    Apart(
        "a day in English words",
        "2026",
        (("Based on the rules of 16 January 2026", "Based on the rules of 31 June 2026"),),
        "HJ574",
        "31 June 2026",
    ),
    Apart(
        "a day of an era",
        "2025",
        (("{ja: 公募要領は2025年3月24日（", "{ja: 公募要領は令和7年4月31日（"),),
        "HJ574",
        "令和7年4月31日",
    ),
    Apart(
        "a period the wrong way round",
        "workshop",
        (("from: '2025-04-01', to: '2026-03-31'", "from: '2026-04-01', to: '2025-03-31'"),),
        "HJ529",
        "to: '2025-03-31'",
    ),
)

NOT_TOLD = (
    Apart(
        "months without their word",
        "2026",
        (("paid monthly for at most 24.", "paid monthly for at most 36."),),
        "",
        why="A number whose unit is left out",
    ),
    Apart(
        "another figure of the rules",
        "2026",
        (
            ("ja: 2/3の補助率で申請する", "ja: 3/4の補助率で申請する"),
            ("applying at the 2/3 rate", "applying at the 3/4 rate"),
        ),
        "",
        why="A figure replaced by another figure of the ruleset, in both languages",
    ),
    Apart("at the total beside line by line", "2026", (("at: line", "at: total"),), "", why="Where yen are cut"),
    Apart(
        "any for all in a nested condition",
        "2026",
        (
            (
                "  wage_plan:\n    label: {ja: 賃金引上げ計画, en: Wage-raise plan}\n    all:",
                "  wage_plan:\n    label: {ja: 賃金引上げ計画, en: Wage-raise plan}\n    any:",
            ),
        ),
        "",
        why="`any` and `all` where no word",
    ),
    Apart(
        "a row by another name",
        "2026",
        (("{ja: ⑧その他の業種,", "{ja: ⑧上記以外の事業,"),),
        "",
        why="A row whose name is none of the choices",
    ),
    Apart(
        "a goal in words",
        "workshop",
        (("ja: 小規模企業者ですか。", "ja: 従業員がごく少ない小規模企業者ですか。"),),
        "",
        why="What is said without a figure",
    ),
    Apart(
        "a bound in a question about a choice",
        "workshop",
        (("ja: 小規模企業者ですか。", "ja: 従業員20人以下の小規模企業者ですか。"),),
        "",
        why="A question about a yes or no",
    ),
)
"""What stays unnoticed, and why."""
