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

from hojo_cli.applicants.file_text import text
from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Location, Text
from hojo_cli.base.number import Kind
from hojo_cli.base.texts import figure
from hojo_cli.messages import finding
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import NOWHERE, Op, Provenance
from hojo_cli.verify.analysis import piecewise
from hojo_cli.verify.analysis.applicants import Builder
from hojo_cli.verify.analysis.payout import Payout
from hojo_cli.verify.analysis.situations import Analysis, analysed
from hojo_cli.verify.analysis.steps import CountStep, comparison_at, comparisons, steps
from hojo_cli.verify.examined import Complaint, Examined, cited

CODE: Final = "HJ550"

_MOST: Final = Text("最大で", "at most")
_EXAMPLE: Final = Text("例えば", "for example")
_MEMBERS: Final = Text("構成員の数", "members")


def find(examined: Examined) -> Iterator[Complaint]:
    """Cost first, situation by situation; then everything that is counted, the largest change of each border."""
    analysis = analysed(examined.ruleset)
    if analysis is None:
        return
    for frame in analysis.frames.values():
        first: dict[tuple[str, Exact], tuple[Payout, Exact]] = {}  # each border once
        for payout in (Payout(frame, situation) for situation in frame.situations):
            for code, start, end in changes_in(payout):
                first.setdefault((code, end), (payout, start))
        for (code, end), (payout, start) in first.items():
            yield between_totals(examined.ruleset, payout, code, start, end)
    yield from in_counts(examined.ruleset, analysis)


# --- one more yen ------------------------------------------------------------------------------------------------------


def changes_in(payout: Payout) -> Iterator[tuple[str, Exact, Exact]]:
    """Two totals next to each other where a line or a band pays less for more, or a band pays more than a yen more."""
    for curve in payout.lines.values():
        for piece, after in pairwise(curve):
            if piece.slope < 0 or after.value < piece.value:
                yield "HJ550", piece.value, after.value
    near = {end + step for end in payout.band_borders() for step in (0, 1)}
    for total in sorted(total for total in near if 1 <= total <= payout.total):
        less, more = payout.granted(total - 1), payout.granted(total)
        if more < less:
            yield "HJ550", total - 1, total
        elif more > less + 1:
            yield "HJ552" if less == 0 else "HJ554", total - 1, total


def between_totals(ruleset: Ruleset, payout: Payout, code: str, start: Exact, end: Exact) -> Complaint:
    """The finding for two totals, with somebody whose lines come to the second."""
    frame = payout.analysis.frame
    costs, left = dict[str, int](), end
    for name, curve in payout.lines.items():
        share = min(left, piecewise.highest(curve))
        costs[name] = ceil(piecewise.reach(curve, share) or 0)
        left -= share
    applicant = Builder(payout.analysis).build(payout.situation.guard, costs)
    total = sum(costs.values())
    floor = next((band.floor for band in frame.bands if band.floor and band.floor.value == end), None)
    where, provenance = (frame.where, NOWHERE) if floor is None else (floor.where, floor.provenance)
    yen = {"start": total - 1, "end": total, "before": payout.granted(start), "after": payout.granted(end)}
    amounts = {name: figure(int(value)) for name, value in yen.items()}
    found = finding(code, where, frame=frame.id, source=cited(provenance), **amounts)
    return Complaint(found, "" if applicant is None else text(ruleset, applicant))


# --- one more of something ---------------------------------------------------------------------------------------------


def in_counts(ruleset: Ruleset, analysis: Analysis) -> Iterator[Complaint]:
    """The largest change at each border. A fall as more is bought is suspicious, unless just so many are asked for."""
    largest: dict[tuple[str, Location], tuple[CountStep, Provenance]] = {}
    known_comparisons = comparisons(analysis)
    for step in steps(analysis):
        comparison = comparison_at(known_comparisons, step)
        where, provenance = ruleset.frames[step.frame].where, NOWHERE
        if comparison is not None:
            where, provenance = comparison.number.where, comparison.number.provenance
        exactly = comparison is not None and comparison.op is Op.EQ
        code = "HJ551" if step.bought and step.after < step.before and not exactly else "HJ553"
        known = largest.get((code, where))
        if known is None or abs(step.after - step.before) > abs(known[0].after - known[0].before):
            largest[code, where] = step, provenance
    for (code, where), (step, provenance) in largest.items():
        kind = Kind.COUNT if step.bought else Kind(ruleset.facts[step.counted].kind)
        labels = {name: spec.label for name, spec in (ruleset.measures if step.bought else ruleset.facts).items()}
        found = finding(
            code,
            where,
            frame=step.frame,
            counted=labels.get(step.counted, _MEMBERS),
            start=figure(step.start, kind),
            end=figure(step.end, kind),
            before=figure(step.before),
            after=figure(step.after),
            how=_MOST if step.proved else _EXAMPLE,
            source=cited(provenance),
        )
        yield Complaint(found, text(ruleset, step.applicant))
