"""What nobody has published and this simulation has to assume: each by name, with the range in which it is varied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from hojo_cli.base.finding import Text
from hojo_cli.base.record import Record

Values: TypeAlias = "Mapping[str, int]"


class Assumption(Record):
    """A number that is assumed; `low` and `high` are what it is varied to. `share` where it is a percentage of applicants."""

    id: str
    value: int
    low: int
    high: int
    label: Text
    share: bool = True


ASSUMPTIONS: Final = (
    Assumption(
        "past_grant", 30, 10, 50,
        Text("2022〜2025年に交付決定を受けたことがある申請者", "applicants granted in 2022-2025 before"),
    ),
    Assumption(
        "promise_35", 50, 0, 100,
        Text("1人当たり年3.5%以上の賃上げ計画を表明する申請者（求められれば約束する人を含む）",
             "applicants who announce a plan of 3.5% a year per head (those who promise it once it is asked included)"),
    ),
    Assumption(
        "promise_3", 20, 0, 50,
        Text("年3%以上3.5%未満の計画を表明する申請者", "applicants who announce 3% to under 3.5%"),
    ),
    Assumption(
        "near_12", 20, 10, 40,
        Text("2024年10月〜2025年9月に最低賃金近傍の月が3か月以上ある申請者", "applicants near the minimum wage in three months of October 2024 to September 2025"),
    ),
    Assumption(
        "near_50", 10, 5, 20,
        Text("地域別最低賃金+50円以内の月が3か月以上ある申請者（前の行に含まれる）", "applicants within 50 yen of the minimum wage in three months (among the former)"),
    ),
    Assumption(
        "early_rounds", 75, 50, 90,
        Text("1〜6次締切に申請した申請者", "applicants of rounds 1 to 6"),
    ),
    Assumption(
        "general_large", 100, 50, 200,
        Text("150万円以上が通常枠に現れやすい度合い（100＝公表された周辺度数のほかに何も仮定しない）",
             "how likely 1.5 million yen and more is in the general frame (100: nothing beyond the printed margins)"),
        share=False,
    ),
    Assumption(
        "size_and_amount", 0, 0, 50,
        Text("従業員数と補助額の結び付き（0＝独立、100＝完全に並ぶ）", "tie between headcount and amount (0: none, 100: in one order)"),
        share=False,
    ),
    Assumption(
        "small_heads", 1, 0, 2,
        Text("階級の中の従業員数の偏り（n人の重み＝1/nのべき乗）", "lean to few people within a headcount class (weight of n people: 1/n to this power)"),
        share=False,
    ),
    Assumption(
        "proprietors", 30, 10, 50,
        Text("5名未満の申請者のうち個人事業主", "sole proprietors among applicants of under 5 people"),
    ),
    Assumption(
        "hardware", 30, 10, 50,
        Text("インボイス枠で PC かレジも買う申請者", "invoice applicants who also buy a PC or a register"),
    ),
)  # fmt: skip


NAMED: Final = {each.id: each for each in ASSUMPTIONS}
"""Each by its id."""


def values(**varied: int) -> dict[str, int]:
    """Every assumption as it is, but for those that are varied."""
    return {each.id: each.value for each in ASSUMPTIONS} | varied


STRUCTURE: Final = (
    Text("申請の都道府県・業種・従業員数・補助額の分布は、公表された採択の分布と同じとします（申請の内訳は枠別のほかに公表されていません）。",
         "Applications are spread over prefectures, industries, headcounts and amounts as grants are (of applications only the frames are printed)."),
    Text("都道府県、業種、従業員数は互いに、また枠と補助額からも独立とします。", "Prefecture, industry and headcount are independent of each other, of the frame and of the amount."),
    Text("枠と補助額の組合せは、両方の周辺度数を満たす最も偏りのない分布（比例反復法）によります。セキュリティ対策推進枠は150万円未満、インボイス対応類型は450万円未満とします。",
         "Frame and amount are joined as evenly as both margins allow (proportional fitting); the security frame stays below 1.5 million yen, the invoice frame below 4.5 million."),
    Text("補助額は階級の中で1万円刻みに一様とし、2025年のルールでその額になる経費を、上限を超えずに買うものとします。",
         "Amounts are even within their class, in steps of 10,000 yen; applicants buy what comes to that amount under the rules of 2025, and nothing beyond."),
    Text("2025年の申請者は全員、2025年の要件を満たすとします。採択されなかった理由は審査で、枠ごとの採択件数に合わせて無作為に選びます。",
         "Everybody met the requirements of 2025. Who was not granted was turned down in the review, drawn at random to the printed number of each frame."),
    Text("誰も、ルールが変わったからといって買うものや賃上げ計画を変えません。どの年にも同じ人が採択されます。額は各人の最も有利な枠で数え、どの年のルールでも、それは申請した枠です（確かめています）。",
         "Nobody changes purchases or wage plans because rules changed; the same applicants are granted in each year. The best frame of each counts; under the rules of each year that is the one applied for (checked)."),
    Text("通常枠のソフトウェアにインボイスの機能はなく、150万円以上はプロセス4種類、150万円未満は1〜3種類とします。以前と同じプロセスを買う人はいません。",
         "General-frame software has no invoice function, four kinds of process from 1.5 million yen, one to three below. Nobody buys exactly the processes granted before."),
    Text("「医療、福祉」は賃上げ要件の適用外業種とし、30%を医療法人、20%を社会福祉法人とします。飲食サービス業は中小企業基本法に合わせて小売業とします。",
         "Health and welfare is exempt from the wage duties; 30% are medical, 20% social welfare corporations. Eating places count as retail, as in the SME Act."),
    Text("複数社連携IT導入枠は10者のグループとし、公表のない額は、構成員ごとに100万円前後とします。", "A group has ten members; its amount, which is not printed, is about a million yen a member."),
)  # fmt: skip
"""What is assumed of how things hang together: no number to vary, but to be known."""
