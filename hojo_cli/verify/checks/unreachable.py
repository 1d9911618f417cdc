"""Every frame, row, branch, tier, band and cap is reached by somebody.

A cap that the amount comes up to but never passes is no fault: it agrees with the tiers or shares before it.

Bad:
    frames: {aid: {requires: [{id: small, label: {ja: 小さな事業者であること, en: small}, holds: {is: young}, assume: amounts}, {id: many, label: {ja: 従業員が20人を超え資本金が100万円を超えること, en: large}, holds: {all: [{fact: staff, above: 20人}, {fact: capital, above: 100万円}]}, assume: amounts}]}}
Bad:
    frames:
      aid:
        lines:
          - id: goods
            label: {ja: 機器と工事, en: goods and works}
            items: [{category: [goods, work]}]
            rate:
              - {when: {fact: trade, in: [shop, maker]}, use: 2/3, source: {id: guide, at: 第１条, printed: 三分の二以内}}
              - {use: 1/2, source: {id: guide, at: 第１条, printed: １／２以内}}
Bad:
    frames:
      aid:
        lines:
          - id: goods
            label: {ja: 機器と工事, en: goods and works}
            items: [{category: [goods, work]}]
            tiers:
              basis: subsidy
              steps:
                - {up_to: 60万円, rate: 2/3, assume: amounts}
                - {up_to: 100万円, rate: 1/2, assume: amounts}
            cap: {use: 50万円, assume: amounts}
        bands: null
Bad:
    frames: {aid: {lines: [{id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], rate: 2/3, cap: 50万円, assume: amounts}]}}
Good:
    frames: {aid: {lines: [{id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], rate: 2/3, cap: 100万円, assume: amounts}]}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hojo_cli.analysis import analysed, bands
from hojo_cli.analysis.conditions import Scope
from hojo_cli.analysis.diagram import NONE
from hojo_cli.analysis.grants import borders, chosen, standing
from hojo_cli.analysis.plot import Corner, Drawing
from hojo_cli.analysis.situations import FrameAnalysis
from hojo_cli.base.finding import Finding, Location, Text
from hojo_cli.base.number import Kind, show
from hojo_cli.messages import finding
from hojo_cli.rules import walk
from hojo_cli.rules.nodes import (
    Amount,
    Capped,
    Choose,
    Condition,
    Exact,
    Frame,
    Number,
    PerMember,
    Table,
    Tier,
)
from hojo_cli.verify.checks import Complaint, Examined

CODE: Final = "HJ543"


def find(examined: Examined) -> Iterator[Complaint]:
    """Rows of all tables, then frame by frame from the outside in."""
    analysis = analysed(examined.ruleset)
    if analysis is None:
        return
    conditions = [definition.condition for definition in examined.ruleset.definitions.values()]
    yield from map(Complaint, _rows(analysis.definitions, conditions))
    for frame in analysis.frames.values():
        yield from map(Complaint, _in_frame(frame))


def _rows(scope: Scope, conditions: list[Condition]) -> Iterator[Finding]:
    diagrams = scope.diagrams
    for table in walk.nodes(tuple(conditions)):
        if isinstance(table, Table):
            left = scope.possible
            for row in table.rows:
                stands = scope.condition(row.when)
                if diagrams.both(left, stands) == NONE:
                    yield finding("HJ545", row.where, row=row.id)
                left = diagrams.both(left, diagrams.outside(stands))


def _in_frame(frame: FrameAnalysis) -> Iterator[Finding]:
    drawings = [Drawing(frame, situation, corner) for situation in frame.situations for corner in Corner]
    granted = {band for drawing in drawings for band in _granted(drawing)}
    if not any(drawing.total > 0 and (granted or not frame.frame.bands) for drawing in drawings):
        yield finding("HJ543", frame.frame.where, frame=frame.frame.id)
        return
    yield from _branches(frame)
    curved = [curve for drawing in drawings for curve in drawing.lines.values()]
    at_work = {where for curve in curved for piece in curve for where in piece.by}
    for node in _own(frame.frame):
        if isinstance(node, Tier) and node.where not in at_work:
            yield finding("HJ546", node.where, frame=frame.frame.id)
    yield from _caps(frame, drawings, at_work)
    for band in frame.frame.bands:
        if band.id not in granted:
            yield finding("HJ547", band.where, frame=frame.frame.id, band=band.id)


def _own(part: Frame | Amount) -> Iterator[object]:
    """The nodes of a frame or an amount, not those of lines it borrows."""
    borrowed = {id(node) for lent in walk.nodes(part) if isinstance(lent, PerMember) for node in walk.nodes(lent.lines)}
    yield from (node for node in walk.nodes(part) if id(node) not in borrowed)


def _branches(frame: FrameAnalysis) -> Iterator[Finding]:
    for node in _own(frame.frame):
        if isinstance(node, Choose):
            taken = {situation.branches[id(node)] for situation in frame.situations if id(node) in situation.branches}
            for place, branch in enumerate(node.branches):
                if place not in taken:
                    yield finding("HJ544", branch.where, frame=frame.frame.id)


# --- caps ------------------------------------------------------------------------------------------------------------


def _caps(frame: FrameAnalysis, drawings: list[Drawing], at_work: set[Location]) -> Iterator[Finding]:
    """Figures of caps, and the end of the last tier, that no amount comes up to."""
    taken = {id(branch) for drawing in drawings for branch in _taken(drawing)}
    for line in frame.frame.lines:
        most = max(bands.highest(drawing.lines[line.id]) for drawing in drawings)
        for number in _figures(line.amount, taken):
            if number.where not in at_work:
                yield _idle(frame, number, most)
    for subtotal in frame.frame.subtotals:
        most = max(drawing.asked[subtotal.id] for drawing in drawings)
        for number in _yen(subtotal.cap, taken):
            if number.value > most:
                yield _idle(frame, number, most)
    for band in frame.frame.bands:
        most = max((drawing.total for drawing in drawings if _stands(drawing, band.id)), default=0)
        for number in () if band.cap is None else _yen(band.cap, taken):
            if number.value > most >= (band.floor.value if band.floor else 0):
                yield _idle(frame, number, most)


def _idle(frame: FrameAnalysis, number: Number, most: Exact) -> Finding:
    return finding("HJ548", number.where, frame=frame.frame.id, figure=_shown(number.value), most=_shown(most))


def _figures(amount: Amount, taken: set[int]) -> Iterator[Number]:
    """Yen that a line's amount is held under: its caps and the ends of its tiers."""
    for node in _own(amount):
        if isinstance(node, Capped):
            yield from _yen(node.cap, taken)
        elif isinstance(node, Tier) and node.up_to is not None:
            yield node.up_to


def _yen(amount: Amount, taken: set[int]) -> Iterator[Number]:
    """The yen of a cap, without the figures of conditions and of branches that nobody takes (those are reported as such)."""
    if isinstance(amount, Choose):
        for branch in amount.branches:
            if id(branch) in taken:
                yield from _yen(branch.use, taken)
    elif isinstance(amount, Number):
        yield amount
    else:
        inside = (part for part in walk.below(amount) if isinstance(part, tuple))
        for part in inside:
            yield from (number for number in walk.numbers(part) if number.kind is Kind.YEN)


def _taken(drawing: Drawing) -> Iterator[object]:
    for node in walk.nodes(drawing.analysis.frame):
        if isinstance(node, Choose) and id(node) in drawing.situation.branches:
            yield node.branches[drawing.situation.branches[id(node)]]


# --- bands -----------------------------------------------------------------------------------------------------------


def _stands(drawing: Drawing, band: str) -> bool:
    return any(each.band.id == band for each in standing(drawing))


def _granted(drawing: Drawing) -> Iterator[str]:
    """The bands in which some total of this situation is granted."""
    bands = standing(drawing)
    for border in borders(bands):
        for total in (border, border + 1):
            found = chosen(bands, total) if total <= drawing.total else None
            if found is not None:
                yield found[0].band.id


def _shown(value: Exact) -> Text:
    return Text(show(int(value), Kind.YEN), show(int(value), Kind.YEN, "en"))
