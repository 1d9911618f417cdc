"""`hojo estimate` for people: the answer first, then all frames, the chosen one broken down, and what to mind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hojo_cli.finding import Text
from hojo_cli.formula import Exact
from hojo_cli.number import Kind
from hojo_cli.report import (
    Block,
    Bullets,
    Column,
    Estimate,
    Grid,
    Heading,
    Outline,
    Paragraph,
    Reduction,
    Result,
    RulesetHead,
)
from hojo_cli.views import conditions
from hojo_cli.views.sources import COLUMN, Sources
from hojo_cli.views.verdict import verdict
from hojo_cli.words import EMPTY, UNKNOWN, figure, say

STATUSES: Final = {
    "payable": (Text("申請可", "payable"), "good"),
    "ineligible": (Text("対象外", "ineligible"), "bad"),
    "below_floor": (Text("下限未満", "below floor"), "bad"),
    "no_cost": (Text("経費なし", "no cost"), "faint"),
    "incomplete": (Text("要回答", "incomplete"), "warn"),
}
ARROW: Final = Text("→", "→")

_DISCLAIMER: Final = Text(
    "公表資料による試算です。交付の可否と額は事務局の審査で決まります。",
    "An estimate from published texts. The office decides whether and how much is granted.",
)


def page(
    heads: Mapping[int, RulesetHead], results: Iterable[Result], *, frame: str = "", explain: bool = False
) -> Iterator[Block]:
    """One applicant after the other, each under the ruleset of its year.

    `frame` is the one to break down; where it is empty, the one applied for, else the most promising.
    """
    for result in results:
        yield from _applicant(
            heads[result.fiscal_year], result, frame or result.frame or _worth_showing(result), explain
        )
    yield Paragraph(EMPTY)
    yield Paragraph(_DISCLAIMER, "faint")


def _applicant(head: RulesetHead, result: Result, frame: str, explain: bool) -> Iterator[Block]:
    shown = next((found for found in result.estimates if found.frame == frame), None)
    sources = Sources()
    name = result.name or result.file
    yield Heading(Text(name, name), 1)
    yield verdict(result, shown)
    year = say(Text("{0}（資料は{1}まで）", "{0} (texts up to {1})"), head.title, head.as_of)
    yield Paragraph(year, "faint")
    if shown is not None:
        yield from _questions(shown)
    yield from _comparison(result, shown)
    if shown is not None:
        if shown.status == "ineligible":
            yield from conditions.requirements(shown, sources)
        yield from _breakdown(shown, sources)
        yield from _lost(shown, sources)
        if shown.status != "ineligible":
            yield from conditions.requirements(shown, sources)
        yield from conditions.next_band(shown)
    yield from conditions.who(result, sources)
    if shown is not None:
        yield from conditions.to_mind(shown, result)
    yield from conditions.context(result, sources)
    if shown is not None and shown.tree is not None and explain:
        yield Heading(Text("計算の根拠", "Derivation"))
        yield Outline(sources.outline(shown.tree))
    yield from sources.listed()


def _worth_showing(result: Result) -> str:
    """The best frame; where none is payable, the one that got furthest."""
    order = ("incomplete", "below_floor", "ineligible")
    ranked = sorted(
        (found for found in result.estimates if found.status in order), key=lambda found: order.index(found.status)
    )
    return result.best or (ranked[0].frame if ranked else "")


# --- the answer in one table -------------------------------------------------------------------------------------------


def _questions(shown: Estimate) -> Iterator[Block]:
    if shown.missing:
        yield Heading(
            Text(
                "答えると決まること（申請者ファイルの facts に書きます）",
                "Answers that decide (under `facts` in the file)",
            )
        )
        yield Bullets(
            tuple(say(Text("{0} → {1}", "{0} → {1}"), gap.ask, gap.fact) for gap in shown.missing), "?", "warn"
        )


def _comparison(result: Result, shown: Estimate | None) -> Iterator[Block]:
    yield Heading(Text("枠の比較（円）", "Frames compared (yen)"))
    columns = (
        Column(EMPTY),
        Column(Text("枠", "frame")),
        Column(Text("結果", "result")),
        Column(Text("補助額", "subsidy"), amount=True),
        Column(Text("自己負担", "own cost"), amount=True),
        Column(Text("対象経費", "eligible"), amount=True),
    )
    rows = tuple(_compared(found, shown) for found in result.estimates)
    yield Grid(columns, rows, tuple(STATUSES[found.status][1] for found in result.estimates))
    if result.best and result.together:
        yield Bullets(result.together)


def _compared(found: Estimate, shown: Estimate | None) -> tuple[Text, ...]:
    mark = ARROW if shown is not None and found.frame == shown.frame else EMPTY
    if found.status == "no_cost":
        return (mark, found.label, STATUSES[found.status][0], EMPTY, EMPTY, EMPTY)
    own = UNKNOWN if found.own_cost is None else yen(found.own_cost)
    return (mark, found.label, STATUSES[found.status][0], _subsidy(found), own, yen(found.eligible_cost))


def _subsidy(estimate: Estimate) -> Text:
    if estimate.subsidy is not None:
        return yen(estimate.subsidy)
    if estimate.possible is None:
        return UNKNOWN
    low, high = estimate.possible
    return yen(low) if low == high else say(Text("{0}～{1}", "{0} to {1}"), yen(low), yen(high))


def yen(value: Exact) -> Text:
    """An amount without its unit, which the heading names; what is not whole as a mixed number."""
    whole, rest = divmod(abs(value.numerator), value.denominator)
    parts = [f"{whole:,}"] if whole or not rest else []
    shown = ("-" if value < 0 else "") + " ".join([*parts, f"{rest:,}/{value.denominator:,}"] if rest else parts)
    return Text(shown, shown)


# --- where the yen come from ---------------------------------------------------------------------------------------------


def _breakdown(shown: Estimate, sources: Sources) -> Iterator[Block]:
    columns = (
        Column(Text("項目", "item")),
        Column(Text("経費", "cost"), amount=True),
        Column(Text("率", "rate"), amount=True),
        Column(Text("補助額", "subsidy"), amount=True),
        COLUMN,
    )
    rows: list[tuple[Text, ...]] = []
    tones: list[str] = []
    for line in shown.lines:
        if not line.cost and not line.counted and not line.subsidy:
            continue
        rows.append((line.label, yen(line.cost), EMPTY, UNKNOWN if line.subsidy is None else yen(line.subsidy), EMPTY))
        for entry, times in Counter(line.counted).items():
            label = _indented(_several(entry.label, times))
            rows.append((label, yen(entry.counted * times), EMPTY, EMPTY, sources.mark(entry.citation)))
        for step in line.steps:
            cost = EMPTY if step.cost is None else yen(step.cost)
            rate = EMPTY if step.rate is None else figure(step.rate, Kind.RATE)
            label = (
                say(Text("{0}（届いていません）", "{0} (not reached)"), step.label)
                if not step.yen and step.cost is None
                else step.label
            )
            rows.append((_indented(label), cost, rate, yen(step.yen), sources.mark(step.citation)))
        tones += ["strong"] + ["plain"] * (len(rows) - len(tones) - 1)
    if rows:
        yield Heading(say(Text("{0}の内訳（円）", "{0}: breakdown (yen)"), shown.label))
        total = UNKNOWN if shown.subsidy is None else yen(shown.subsidy)
        rows.append((Text("合計", "total"), yen(shown.eligible_cost), EMPTY, total, EMPTY))
        yield Grid(columns, tuple(rows), (*tones, "good" if shown.subsidy else "strong"))


def _indented(text: Text) -> Text:
    return say(Text("  {0}", "  {0}"), text)


def _lost(shown: Estimate, sources: Sources) -> Iterator[Block]:
    if shown.reductions:
        yield Heading(Text("減った額とその理由（円）", "What was lost, and why (yen)"))
        columns = (
            Column(Text("理由", "reason")),
            Column(Text("経費から", "of cost"), amount=True),
            Column(Text("補助額から", "of subsidy"), amount=True),
            COLUMN,
        )
        rows = tuple(_loss(lost, times, sources) for lost, times in Counter(shown.reductions).items())
        yield Grid(columns, rows)


def _loss(lost: Reduction, times: int, sources: Sources) -> tuple[Text, ...]:
    amount = yen(lost.yen * times)
    of_cost = lost.of == "cost"
    label = _several(lost.label, times)
    return (label, amount if of_cost else EMPTY, EMPTY if of_cost else amount, sources.mark(lost.citation))


def _several(label: Text, times: int) -> Text:
    """Equal entries (of the members of a group) are shown once, added up."""
    return label if times == 1 else say(Text("{0}：{1}件", "{0}: {1} of them"), label, str(times))
