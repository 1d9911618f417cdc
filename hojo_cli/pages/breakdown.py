"""Where the yen of a frame come from, line by line, and which were lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from hojo_cli.base.citation import Citation
from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.number import Kind, mixed
from hojo_cli.base.texts import EMPTY, UNKNOWN, figure, joined, say
from hojo_cli.pages.sources import COLUMN, Sources
from hojo_cli.results.estimated import Counted, Estimate, Explained, LineResult, Reduction, Step
from hojo_cli.results.report import Block, Column, Grid, GridRow, Heading

_INDENT: Final = "  "


def amount(value: Exact | None) -> Text:
    """Yen without their unit, which the heading names; what is not whole as a mixed number."""
    return UNKNOWN if value is None else untranslated(mixed(value))


def breakdown(shown: Estimate, sources: Sources) -> Iterator[Block]:
    """A group of rows for each cost line that has anything, and the total."""
    columns = (
        Column(Text("項目", "item")),
        Column(Text("経費", "cost"), amount=True),
        Column(Text("率", "rate"), amount=True),
        Column(Text("補助額", "subsidy"), amount=True),
        COLUMN,
    )
    rows = _Rows(sources)
    groups = [tuple(rows.line(line)) for line in shown.lines if line.cost != 0 or line.counted or line.subsidy]
    if groups:
        yield Heading(say(Text("{0}の内訳（円）", "{0}: breakdown (yen)"), shown.label))
        total = Text("合計", "total"), amount(shown.eligible_cost), EMPTY, amount(shown.subsidy), EMPTY
        yield Grid(columns, (*groups, (GridRow(total, "good" if shown.subsidy else "strong"),)))


class _Rows:
    """The rows of one breakdown. What a limit of several parts is made of is told once."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._limits: set[tuple[Explained, ...]] = set()

    def line(self, line: LineResult) -> Iterator[GridRow]:
        """The line with all that stands under it."""
        yield GridRow((line.label, amount(line.cost), EMPTY, amount(line.subsidy), EMPTY), "strong")
        yield from self._under(line.counted, line.steps, 0)

    def _under(self, counted: Sequence[Counted], steps: Sequence[Step], depth: int) -> Iterator[GridRow]:
        """Items, then what belongs to members (and within them to their lines), each under its name, then steps."""
        indent = _INDENT * (depth + 1)
        for entry, times in Counter(entry for entry in counted if len(entry.whose) == depth).items():
            label = _indented(indent, _several(entry.label, times))
            cells = label, amount(entry.counted * times), EMPTY, EMPTY, self._sources.mark(entry.citation)
            yield GridRow(cells, "bad" if entry.counted < 0 else "plain")
        owners = [entry.whose for entry in counted] + [step.whose for step in steps]
        for owner in dict.fromkeys(whose[depth] for whose in owners if len(whose) > depth):
            theirs = [entry for entry in counted if entry.whose[depth : depth + 1] == (owner,)]
            taken = [step for step in steps if step.whose[depth : depth + 1] == (owner,)]
            cost = amount(sum((entry.counted for entry in theirs), start=0))
            subsidy = amount(sum((step.yen or 0 for step in taken), start=0)) if steps else UNKNOWN
            yield GridRow((_indented(indent, owner), cost, EMPTY, subsidy, EMPTY))
            yield from self._under(theirs, taken, depth + 1)
        for step in steps:
            label, tone = step.label, "bad" if step.yen is not None and step.yen < 0 else "plain"
            if step.yen == 0 and step.cost is None:  # a limit that takes nothing away
                label, tone = say(Text("{0}（届いていません）", "{0} (not reached)"), label), "faint"
            if len(step.whose) != depth or (depth and tone == "faint"):  # of members' limits, those that cut
                continue
            cost = EMPTY if step.cost is None else amount(step.cost)
            rate = EMPTY if step.rate is None else figure(step.rate, Kind.RATE)
            subsidy = EMPTY if step.yen is None else amount(step.yen)
            repeated = step.parts in self._limits  # then the sources of all its parts instead of them
            self._limits.add(step.parts)
            marks = self._sources.marks((step.citation, *(_citations(step.parts) if repeated else ())))
            yield GridRow((_indented(indent, label), cost, rate, subsidy, marks), tone)
            if not repeated:
                yield from self._parts(step.parts, indent + _INDENT)

    def _parts(self, parts: Iterable[Explained], indent: str) -> Iterator[GridRow]:
        for part in parts:
            yield GridRow((_indented(indent, part.label), EMPTY, EMPTY, EMPTY, self._sources.mark(part.citation)))
            yield from self._parts(part.parts, indent + _INDENT)


def _citations(parts: Iterable[Explained]) -> Iterator[Citation | None]:
    for part in parts:
        yield part.citation
        yield from _citations(part.parts)


def _indented(indent: str, text: Text) -> Text:
    return Text(indent + text.ja, indent + text.en)


def _several(label: Text, times: int) -> Text:
    """Equal entries (of the members of a group) are shown once, added up."""
    return label if times == 1 else say(Text("{0}：{1}件", "{0}: {1} of them"), label, str(times))


def losses(shown: Estimate, sources: Sources) -> Iterator[Block]:
    """Yen that do not arrive, and why; the same loss in the same line of several members is told once."""
    alike: dict[tuple[object, ...], list[Reduction]] = {}
    for loss in shown.reductions:
        line, _, part = (*loss.whose, EMPTY, EMPTY, EMPTY)[:3]
        alike.setdefault((loss.reason, loss.label, loss.of, loss.citation, line, part), []).append(loss)
    if alike:
        yield Heading(Text("減った額とその理由（円）", "What was lost, and why (yen)"))
        columns = (
            Column(Text("理由", "reason")),
            Column(Text("経費から", "of cost"), amount=True, tone="bad"),
            Column(Text("補助額から", "of subsidy"), amount=True, tone="bad"),
            COLUMN,
        )
        rows = []
        for equal in alike.values():  # one row: whose they are, why, and how many yen together
            loss = equal[0]
            line, member, part = (*loss.whose, EMPTY, EMPTY, EMPTY)[:3]
            owner = (member, part) if member != EMPTY else (line,) if loss.of == "subsidy" else ()
            if len(equal) > 1:
                owner = owner[1:] or owner
            label = _several(joined(filter(any, (*owner, loss.label)), "：", ": "), len(equal))
            yen = amount(sum((each.yen for each in equal), start=0))
            marks = sources.marks((loss.citation, *_citations(loss.parts)))
            rows.append(GridRow((label, *((yen, EMPTY) if loss.of == "cost" else (EMPTY, yen)), marks)))
        yield Grid(columns, (tuple(rows),))
