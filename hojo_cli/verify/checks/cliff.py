"""Where one more yen, one more person or one more process lowers the subsidy or moves it by a jump, and how that is judged.

- More cost pays less: an error. No guideline has that.
- More of what is bought, or more members, pays less: a warning.
- A jump as cost passes the floor of a band, from nothing: a note, with the yen on both sides.
- A jump from one band into the next, over amounts that no band grants: a warning.
- A jump, up or down, as a fact (staff, capital, months, growth) or a count of what is bought passes a figure: a note.
  Classes of size are in every guideline, and an applicant near a border wants to know.

Each is worked out from the curves of all situations, not by trying, and comes with an applicant who stands at the border. A jump is
called the largest only where that is proved; where costs or counts have no end it is an example.

Bad:
    items:
      fields: {uses: {label: {ja: 用途, en: uses}, choices: {sales: {ja: 販売, en: sales}, stock: {ja: 在庫, en: stock}}}}
    measures: {kinds: {label: {ja: 用途の数, en: kinds of use}, distinct: uses, items: [{category: [goods, work]}]}}
    frames:
      aid:
        lines:
          - id: goods
            label: {ja: 機器と工事, en: goods and works}
            items: [{category: [goods, work]}]
            rate:
              - {when: {measure: kinds, min: 2種類}, use: 1/2, assume: amounts}
              - {use: 2/3, assume: amounts}
Good:
    items:
      fields: {uses: {label: {ja: 用途, en: uses}, choices: {sales: {ja: 販売, en: sales}, stock: {ja: 在庫, en: stock}}}}
    measures: {kinds: {label: {ja: 用途の数, en: kinds of use}, distinct: uses, items: [{category: [goods, work]}]}}
    frames:
      aid:
        lines:
          - id: goods
            label: {ja: 機器と工事, en: goods and works}
            items: [{category: [goods, work]}]
            rate:
              - {when: {measure: kinds, min: 2種類}, use: 2/3, assume: amounts}
              - {use: 1/2, assume: amounts}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import ceil
from typing import Final

from hojo_cli.analysis import analysed, bands, grants
from hojo_cli.analysis.applicants import Builder, cited, text
from hojo_cli.analysis.plot import Drawing
from hojo_cli.analysis.situations import FrameAnalysis
from hojo_cli.analysis.steps import Step, border, borders, steps
from hojo_cli.base.finding import Location, Text
from hojo_cli.base.number import Kind, show
from hojo_cli.engine.applicant import Applicant
from hojo_cli.messages import finding
from hojo_cli.rules.nodes import NOWHERE, Compare, Exact, Op, Provenance, Ruleset
from hojo_cli.verify.checks import Complaint, Examined

CODE: Final = "HJ550"

_MOST: Final = Text("最大で", "at most")
_EXAMPLE: Final = Text("例えば", "for example")


def find(examined: Examined) -> Iterator[Complaint]:
    """Cost first, situation by situation; then everything that is counted, the largest change of each border."""
    analysis = analysed(examined.ruleset)
    if analysis is None:
        return
    for frame in analysis.frames.values():
        yield from _in_cost(examined.ruleset, frame)
    largest: dict[tuple[str, Location], tuple[Step, Provenance]] = {}
    known = borders(analysis)
    for step in steps(analysis):
        made = border(known, step)
        number = None if made is None else made.number
        where = examined.ruleset.frames[step.frame].where if number is None else number.where
        key = _code(step, made), where
        if key not in largest or abs(step.after - step.before) > abs(largest[key][0].after - largest[key][0].before):
            largest[key] = step, NOWHERE if number is None else number.provenance
    for (code, where), (step, provenance) in largest.items():
        found = finding(code, where, source=cited(provenance), **_words(examined.ruleset, step))
        yield Complaint(found, _text(examined.ruleset, step.subject))


# --- one more yen ------------------------------------------------------------------------------------------------------


def _in_cost(ruleset: Ruleset, frame: FrameAnalysis) -> Iterator[Complaint]:
    """Falls anywhere, jumps at floors: each border of each band once."""
    told = set[tuple[str, Exact]]()
    for situation in frame.situations:
        drawing = Drawing(frame, situation)
        for code, start, end in (*_falls(drawing), *_jumps(drawing)):
            if (code, end) not in told:
                told.add((code, end))
                yield _paid(ruleset, drawing, code, start, end)


def _falls(drawing: Drawing) -> Iterator[tuple[str, Exact, Exact]]:
    """Totals at which a band or a line pays less for more."""
    for curve in drawing.lines.values():
        for piece, after in pairwise(curve):
            if piece.slope < 0 or after.value < piece.value:
                yield "HJ550", piece.value, after.value
    for total in _borders(drawing):
        if grants.granted(drawing, total) < grants.granted(drawing, total - 1):
            yield "HJ550", total - 1, total


def _jumps(drawing: Drawing) -> Iterator[tuple[str, Exact, Exact]]:
    """Totals at which a band begins that pays more than a yen more than what is below it."""
    for total in _borders(drawing):
        if grants.granted(drawing, total) > grants.granted(drawing, total - 1) + 1:
            yield "HJ552" if grants.granted(drawing, total - 1) == 0 else "HJ554", total - 1, total


def _borders(drawing: Drawing) -> list[Exact]:
    found = {near for total in grants.borders(grants.standing(drawing)) for near in (total, total + 1)}
    return sorted(total for total in found if 1 <= total <= drawing.total)


def _paid(ruleset: Ruleset, drawing: Drawing, code: str, start: Exact, end: Exact) -> Complaint:
    """The finding for two totals, with somebody whose lines come to the second."""
    frame = drawing.analysis
    costs, yields = {}, end
    for line in frame.frame.lines:
        share = min(yields, bands.highest(drawing.lines[line.id]))
        costs[line.id] = ceil(bands.reach(drawing.lines[line.id], share) or 0)
        yields -= share
    shown = Builder(frame).build(drawing.situation.guard, costs)
    total = sum(costs.values())
    floor = next((band.floor for band in frame.frame.bands if band.floor and band.floor.value == end), None)
    words = {
        "frame": frame.frame.id,
        "start": _yen(total - 1),
        "end": _yen(total),
        "before": _yen(grants.granted(drawing, start)),
        "after": _yen(grants.granted(drawing, end)),
        "source": cited(NOWHERE if floor is None else floor.provenance),
    }
    where = frame.frame.where if floor is None else floor.where
    return Complaint(finding(code, where, **words), _text(ruleset, shown))


# --- one more of something ---------------------------------------------------------------------------------------------


def _code(step: Step, made: Compare | None) -> str:
    """A fall as more is bought is suspicious, unless just so many are asked for; anything else is a border to know of."""
    meant = made is not None and made.op is Op.EQ
    return "HJ551" if step.bought and step.after < step.before and not meant else "HJ553"


def _words(ruleset: Ruleset, step: Step) -> dict[str, object]:
    kind = Kind.COUNT if step.bought else Kind(ruleset.facts[step.counted].kind)
    return {
        "frame": step.frame,
        "counted": _label(ruleset, step),
        "start": _figure(step.start, kind),
        "end": _figure(step.end, kind),
        "before": _yen(step.before),
        "after": _yen(step.after),
        "how": _MOST if step.proved else _EXAMPLE,
    }


def _label(ruleset: Ruleset, step: Step) -> Text:
    if step.counted in ruleset.facts and not step.bought:
        return ruleset.facts[step.counted].label
    if step.counted in ruleset.measures:
        return ruleset.measures[step.counted].label
    return Text("構成員の数", "members")


def _figure(value: Exact, kind: Kind) -> Text:
    return Text(f"{value:,}", f"{value:,}") if kind is Kind.COUNT else Text(show(value, kind), show(value, kind, "en"))


def _yen(value: Exact) -> Text:
    return _figure(int(value), Kind.YEN)


def _text(ruleset: Ruleset, subject: Applicant | None) -> str:
    return "" if subject is None else text(ruleset, subject)
