"""The page and its pictures, from the figures of a run and the words of `words.<lang>.md`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from string import Template
from typing import Final

from hojo_cli.base.finding import Text
from simulations.national_year import pictures, words
from simulations.national_year.assumptions import ASSUMPTIONS, NAMED, STRUCTURE
from simulations.national_year.charts import svg
from simulations.national_year.figures import BORDERS, SEED, TWO, Figures, compared
from simulations.national_year.published import YEARS, printed
from simulations.national_year.words import LANGUAGES, called, count, frame, percent, yen

RESULTS: Final = "simulations/national_year/results.json"
ENDINGS: Final = {"ja": "", "en": ".en"}
SEE_BELOW: Final = Text("。数字は下の表にあります", "; the figures stand in the table below")
HERE: Final = Path(__file__).parent


def files(found: Figures) -> dict[str, str]:
    """Everything that is written, by its place in the project."""
    made = {}
    for lang in LANGUAGES:
        charts = pictures.all_of(found, lang)
        for name, chart in charts.items():
            made[f"docs/images/national-year-{name}{ENDINGS[lang]}.svg"] = svg(chart)
        template = Template((HERE / f"page.{lang}.md").read_text(encoding="utf-8"))
        images = {
            f"picture_{name}": f"![{chart.title}{SEE_BELOW.into(lang)}](images/national-year-{name}.svg)"
            for name, chart in charts.items()
        }
        made[f"docs/national-year{ENDINGS[lang]}.md"] = template.substitute(facts(found, lang), **images)
    return made


def facts(found: Figures, lang: str) -> dict[str, str]:
    """What stands for each name in the words."""
    step = found["steps"]["2025-2026"]["all"]
    earlier = found["steps"]["2024-2025"]["all"]
    sums = {year: [sum(row[place] for row in found["years"][year].values()) for place in range(4)] for year in YEARS}
    ends = [
        (found["sensitivity"][each.id][side] or {year: [sums[year][1], sums[year][3]] for year in YEARS}, each)
        for each in ASSUMPTIONS
        for side in (0, 1)
    ]
    changes = [(run["2026"][1] - run["2025"][1]) for run, _ in ends]
    grants = [run["2025"][1] for run, _ in ends]
    largest = max(found["steps"]["2025-2026"]["clauses"], key=lambda clause: abs(clause["moves"][6]))
    return {
        "seed": str(SEED),
        "applicants": f"{step[0]:,}",
        "grants": f"{sum(row[1] for row in found['frames'].values()):,}",
        **{f"asked_{year}": yen(sums[year][1], lang) for year in YEARS},
        **{f"granted_{year}": yen(sums[year][3], lang) for year in YEARS},
        "change": yen(sums["2026"][3] - sums["2025"][3], lang, signed=True),
        "earlier_change": yen(sums["2025"][3] - sums["2024"][3], lang, signed=True),
        "earlier_gain": f"{earlier[1]:,}",
        "earlier_lose": f"{earlier[3]:,}",
        "gain": f"{step[1]:,}",
        "gain_share": percent(step[1], step[0]),
        "lose": f"{step[3]:,}",
        "lose_share": percent(step[3], step[0]),
        "stop": f"{step[5]:,}",
        "clause": words.clause(largest, lang),
        "clause_yen": yen(largest["moves"][6], lang, signed=True),
        "least": yen(min(changes), lang, signed=True),
        "most": yen(max(changes), lang, signed=True),
        "granted_least": yen(min(grants), lang),
        "granted_most": yen(max(grants), lang),
        "years": years(found, lang),
        "industries": movers(found, "printed_industry", lang),
        "headcounts": movers(found, "headcount", lang),
        "by_frame": movers(found, "frame", lang),
        "clauses_2025": clauses(found, "2024-2025", lang),
        "clauses_2026": clauses(found, "2025-2026", lang),
        "sensitivity": sensitivity(found, lang),
        "corners": corners(found, lang),
        **carried(found, lang),
        **bounds(lang),
        "structure": "\n".join(f"- {each.into(lang)}" for each in STRUCTURE),
        "margins": margins(found, lang),
    }


def table(head: Sequence[Text], rows: Iterable[Sequence[str]], lang: str) -> str:
    """A Markdown table: words on the left, numbers on the right."""
    rule = ["---", *["--:"] * (len(head) - 1)]
    lines = [[each.into(lang) for each in head], rule, *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def years(found: Figures, lang: str) -> str:
    """By year and frame: who is paid, and what it costs."""
    head = [Text("年度のルール・枠", "rules of, frame"), Text("全申請：支給", "all: paid"), Text("全申請：補助額", "all: subsidy"),
            Text("採択分：支給", "granted: paid"), Text("採択分：補助額", "granted: subsidy")]  # fmt: skip
    rows = []
    for year in YEARS:
        tally = found["years"][year]
        total = [sum(row[place] for row in tally.values()) for place in range(4)]
        for name, row in {**tally, "": total}.items():
            label = f"{year}{'年度' if lang == 'ja' else ''} {frame(name, lang) if name else Text('合計', 'total').into(lang)}"
            cells = [label, count(row[0], lang), yen(row[1], lang), count(row[2], lang), yen(row[3], lang)]
            rows.append(cells if name else [f"**{cell}**" for cell in cells])
    return table(head, rows, lang)


def movers(found: Figures, by: str, lang: str) -> str:
    """Who gains and loses from 2025 to 2026."""
    head = [{"frame": Text("枠", "frame"), "headcount": Text("従業員数", "headcount")}.get(by, Text("業種", "industry")),
            Text("申請", "applicants"), Text("増える", "gain"), Text("増える額", "gains"), Text("減る", "lose"),
            Text("うち0円になる", "of them to nothing"), Text("減る額", "losses"), Text("差引き", "balance")]  # fmt: skip
    rows = []
    for label, row in pictures.in_order(found["steps"]["2025-2026"]["by"][by], by):
        gain, lose = (f"{row[place]:,} ({percent(row[place], row[0])})" for place in (1, 3))
        money = [yen(amount, lang, signed=True) for amount in (row[2], row[4], row[2] + row[4])]
        rows.append([called(label, lang), f"{row[0]:,}", gain, money[0], lose, f"{row[5]:,}", money[1], money[2]])
    return table(head, rows, lang)


def clauses(found: Figures, between: str, lang: str) -> str:
    """What each change does alone, and what changes do together beyond that."""
    step = found["steps"][between]
    head = [
        Text("変わった箇所", "what changed"),
        Text("増える", "gain"),
        Text("減る", "lose"),
        Text("全申請", "all"),
        Text("採択分", "granted"),
    ]
    rows, left = [], [step["all"][2] + step["all"][4], step["all"][6]]
    for clause in sorted(step["clauses"], key=lambda clause: clause["moves"][6]):
        moves = clause["moves"]
        alone = [moves[2] + moves[4], moves[6]]
        left = [rest - part for rest, part in zip(left, alone, strict=True)]
        label = words.clause(clause, lang)
        rows.append(
            [
                label.replace("|", "\\|"),
                f"{moves[1]:,}",
                f"{moves[3]:,}",
                *(yen(part, lang, signed=True) for part in alone),
            ]
        )
    together = Text("変更どうしの重なり", "changes together, beyond each alone").into(lang)
    rows.append([together, "", "", *(yen(rest, lang, signed=True) for rest in left)])
    return table(head, rows, lang)


def sensitivity(found: Figures, lang: str) -> str:
    """Each assumption, its range, and the yen of those granted at either end."""
    head = [Text("仮定（公表されていません）", "assumption (not published)"), Text("値", "value"), Text("範囲", "range"),
            Text("2026年度と2025年度の差", "2026 less 2025"), Text("2025年度の補助額", "subsidy of 2025")]  # fmt: skip
    rows = []
    for each in ASSUMPTIONS:
        unit = "%" if each.share else ""
        runs = [run for run in found["sensitivity"][each.id] if run]
        changes = [yen(run["2026"][1] - run["2025"][1], lang, signed=True) for run in runs]
        money = [yen(run["2025"][1], lang) for run in runs]
        cells = [each.label.into(lang), f"{each.value}{unit}", f"{each.low}–{each.high}{unit}"]
        rows.append([*cells, " / ".join(changes), " / ".join(money)])
    return table(head, rows, lang)


def corners(found: Figures, lang: str) -> str:
    """The two assumptions that move most, both moved."""
    first, second = (NAMED[name] for name in TWO)
    head = [Text(f"{first.label.ja} ↓ ／ {second.label.ja} →", f"{first.label.en} (down) / {second.label.en} (across)")]
    head += [Text(f"{share}%", f"{share}%") for share in (second.low, second.value, second.high)]
    rows = [
        [f"{share}%", *(yen(run["2026"][1] - run["2025"][1], lang, signed=True) for run in runs)]
        for share, runs in zip((first.low, first.value, first.high), found["corners"], strict=True)
    ]
    return table(head, rows, lang)


def carried(found: Figures, lang: str) -> dict[str, str]:
    """The two assumptions that move the difference most, and both of them moved to the ends."""
    changes = [run["2026"][1] - run["2025"][1] for row in found["corners"] for run in row]
    widest = sorted(ASSUMPTIONS, key=lambda each: -pictures.width(found, each.id))[: len(TWO)]
    return {
        "carry_1": widest[0].label.into(lang),
        "carry_2": widest[1].label.into(lang),
        "both_least": yen(min(changes), lang, signed=True),
        "both_most": yen(max(changes), lang, signed=True),
    }


def bounds(lang: str) -> dict[str, str]:
    """What the printed classes of amounts alone say of the total: everybody at the lower end of the class, or at the upper."""
    numbers = list(printed("amount").values())
    least = sum(number * border for number, border in zip(numbers, (0, *BORDERS), strict=True))
    most = sum(number * border for number, border in zip(numbers, (*BORDERS, BORDERS[-1]), strict=True))
    return {"bounds_least": yen(least, lang), "bounds_most": yen(most, lang)}


def margins(found: Figures, lang: str) -> str:
    """The printed tables beside the simulation, but for prefectures, which are many: whether they agree."""
    head = [Text("公表された表", "printed table"), Text("公表", "printed"), Text("シミュレーション", "simulated")]
    names = {"applied": Text("申請", "applied"), "granted": Text("採択", "granted"), "industry": Text("業種", "industry"),
             "employees": Text("従業員数", "headcount"), "amount": Text("補助額", "amount"), "prefecture": Text("都道府県", "prefecture")}  # fmt: skip
    rows = []
    for kind, listed in compared(found).items():
        shown = [(called(label, lang), wanted, got) for label, wanted, got in listed if kind != "prefecture"]
        if kind == "prefecture":
            label = Text(f"{len(listed)}のうち一致する数", f"of {len(listed)}, in agreement").into(lang)
            shown = [(label, len(listed), sum(wanted == got for _, wanted, got in listed))]
        between = "：" if lang == "ja" else ": "
        rows += [
            [f"{names[kind].into(lang)}{between}{label}", f"{wanted:,}", f"{got:,}"] for label, wanted, got in shown
        ]
    return table(head, rows, lang)
