"""The pictures of the page, as charts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hojo_cli.base.finding import Text
from simulations.national_year import published, words
from simulations.national_year.assumptions import ASSUMPTIONS
from simulations.national_year.charts import Bar, Chart, Row, stacked
from simulations.national_year.figures import Figures
from simulations.national_year.published import YEARS
from simulations.national_year.words import called, frame, percent, yen

FRAMES: Final = ("invoice", "general", "security", "group")
PRINTED: Final = {"printed_industry": "industry", "headcount": "employees"}

GAINS: Final = Text("増える額", "gains"), Text("減る額", "losses")


def in_order(rows: Mapping[str, list[int]], by: str) -> list[tuple[str, list[int]]]:
    """As printed, frames by size."""
    order = list(published.printed(PRINTED[by])) if by in PRINTED else list(FRAMES)
    return [(label, rows[label]) for label in order if label in rows]


def all_of(found: Figures, lang: str) -> dict[str, Chart]:
    """Every picture by its name."""
    return {
        "total": total(found, lang),
        "industry": movers(
            found, "printed_industry", Text("業種ごとに増える額と減る額", "gains and losses by industry"), lang
        ),
        "headcount": movers(
            found, "headcount", Text("従業員数ごとに増える額と減る額", "gains and losses by headcount"), lang
        ),
        "clauses": clauses(found, lang),
        "sensitivity": sensitivity(found, lang),
    }


def marked(text: Text, lang: str) -> str:
    """Every title says what it is."""
    return Text(f"シミュレーション：{text.ja}", f"Simulation: {text.en}").into(lang)


def total(found: Figures, lang: str) -> Chart:
    """What is paid by year and frame, to all and to those granted."""
    rows = []
    for place, who in ((3, Text("採択分", "granted")), (1, Text("全申請", "all applications"))):
        for year in YEARS:
            tally = found["years"][year]
            parts = [(tally[name][place], name) for name in FRAMES]
            label = Text(f"{who.ja}・{year}年度のルール", f"{who.en}, rules of {year}").into(lang)
            rows.append(Row(label, stacked(parts), yen(sum(size for size, _ in parts), lang)))
    title = Text(
        "同じ申請者への補助額（年度のルールと枠ごと）", "what the same applicants are paid, by rules and frame"
    )
    legend = tuple((name, frame(name, lang)) for name in FRAMES)
    return Chart(marked(title, lang), spoken(rows, lang), tuple(rows), legend)


def movers(found: Figures, by: str, title: Text, lang: str) -> Chart:
    """From 2025 to 2026, of all applications: yen won to the right, lost to the left; how many in words."""
    rows = []
    for label, row in in_order(found["steps"]["2025-2026"]["by"][by], by):
        gain, lose = percent(row[1], row[0]), percent(row[3], row[0])
        said = Text(
            f"増 {gain}・減 {lose}・{yen(row[2] + row[4], lang, signed=True)}",
            f"{gain} gain, {lose} lose, {yen(row[2] + row[4], lang, signed=True)}",
        )
        rows.append(Row(called(label, lang), stacked([(row[2], "gain"), (row[4], "lose")]), said.into(lang)))
    whole = Text(f"{title.ja}（2025→2026年度、全申請）", f"{title.en}, 2025 to 2026, all applications")
    legend = ("gain", GAINS[0].into(lang)), ("lose", GAINS[1].into(lang))
    return Chart(marked(whole, lang), spoken(rows, lang), tuple(rows), legend)


def clauses(found: Figures, lang: str) -> Chart:
    """What each clause does alone to the yen of those granted, in both steps."""
    rows = []
    for between, step in found["steps"].items():
        for clause in sorted(step["clauses"], key=lambda clause: clause["moves"][6]):
            change = clause["moves"][6]
            if change:
                label = f"{between.replace('-', '→')} {words.clause(clause, lang)}"
                bars = stacked([(change, "gain" if change > 0 else "lose")])
                rows.append(Row(label, bars, yen(change, lang, signed=True)))
    title = Text(
        "変わった箇所ごとの補助額（採択分、それだけを変えたとき）", "yen moved by each change alone, of those granted"
    )
    legend = ("gain", Text("増える", "more").into(lang)), ("lose", Text("減る", "less").into(lang))
    return Chart(marked(title, lang), spoken(rows, lang), tuple(rows), legend)


def sensitivity(found: Figures, lang: str) -> Chart:
    """How far each assumption moves the difference of 2026 to 2025, the widest first."""
    base = sum(row[3] for row in found["years"]["2026"].values()) - sum(
        row[3] for row in found["years"]["2025"].values()
    )
    rows = []
    for each in ASSUMPTIONS:
        ends = [run["2026"][1] - run["2025"][1] if run else base for run in found["sensitivity"][each.id]]
        unit = "%" if each.share else ""
        label = Text(
            f"{each.label.ja}：{each.low}〜{each.high}{unit}", f"{each.label.en}: {each.low}–{each.high}{unit}"
        ).into(lang)
        low, high = sorted(ends)
        rows.append(
            (
                high - low,
                Row(
                    label,
                    (Bar(low, high, "range"),),
                    f"{yen(ends[0], lang, signed=True)} / {yen(ends[1], lang, signed=True)}",
                ),
            )
        )
    rows.sort(key=lambda row: -row[0])
    title = Text(f"仮定を1つずつ動かしたときの、2026年度と2025年度の差（採択分。赤い線は {yen(base, lang, signed=True)}）",
                 f"2026 less 2025 of those granted, one assumption moved at a time (the red line: {yen(base, lang, signed=True)})")  # fmt: skip
    drawn = tuple(row for _, row in rows)
    return Chart(marked(title, lang), spoken(drawn, lang), drawn, base=base)


def width(found: Figures, assumption: str) -> int:
    """How far it moves the difference of 2026 to 2025."""
    base = [sum(row[3] for row in found["years"][year].values()) for year in ("2025", "2026")]
    runs = found["sensitivity"][assumption]
    ends: list[int] = [run["2026"][1] - run["2025"][1] if run else base[1] - base[0] for run in runs]
    return max(ends) - min(ends)


def spoken(rows: list[Row] | tuple[Row, ...], lang: str) -> str:
    """The picture in words, for who does not see it."""
    return Text(
        "。".join(f"{row.label}：{row.says}" for row in rows) + "。",
        "; ".join(f"{row.label}: {row.says}" for row in rows) + ".",
    ).into(lang)
