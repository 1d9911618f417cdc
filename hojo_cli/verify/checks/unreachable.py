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

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Finding, Location
from hojo_cli.base.number import Kind
from hojo_cli.base.texts import figure
from hojo_cli.messages import finding
from hojo_cli.rules import walk
from hojo_cli.rules.nodes import Amount, Capped, Choose, Number, PerMember, Table, Tier
from hojo_cli.verify.analysis import piecewise
from hojo_cli.verify.analysis.diagram import NONE
from hojo_cli.verify.analysis.payout import Corner, Payout
from hojo_cli.verify.analysis.situations import FrameAnalysis, analysed
from hojo_cli.verify.examined import Examined

CODE: Final = "HJ543"


def find(examined: Examined) -> Iterator[Finding]:
    """Rows of all tables, then frame by frame from the outside in."""
    analysis = analysed(examined.ruleset)
    if analysis is None:
        return
    scope = analysis.definitions
    for table in walk.nodes_within(tuple(definition.condition for definition in examined.ruleset.definitions.values())):
        if isinstance(table, Table):
            standing = scope.first_of(scope.possible, [row.when for row in table.rows])
            for row, stands in zip(table.rows, standing, strict=True):
                if stands == NONE:
                    yield finding("HJ545", row.where, row=row.id)
    for frame in analysis.frames.values():
        yield from in_frame(frame)


def in_frame(frame: FrameAnalysis) -> Iterator[Finding]:
    """The frame itself, its branches, tiers, caps and bands."""
    name, bands = frame.frame.id, frame.frame.bands
    payouts = [Payout(frame, situation, corner) for situation in frame.situations for corner in Corner]
    near = [(payout, border + step) for payout in payouts for border in payout.band_borders() for step in (0, 1)]
    granting = [payout.granting(total) for payout, total in near if total <= payout.total]
    granted = {found[0].id for found in granting if found is not None}
    if not any(payout.total > 0 and (granted or not bands) for payout in payouts):
        yield finding("HJ543", frame.frame.where, frame=name)
        return
    own = list(_own(frame.frame))
    for node in own:
        if isinstance(node, Choose):
            taken = {situation.branches.get(id(node)) for situation in frame.situations}
            for place, branch in enumerate(node.branches):
                if place not in taken:
                    yield finding("HJ544", branch.where, frame=name)
    pieces = [piece for payout in payouts for curve in payout.lines.values() for piece in curve]
    at_work = {where for piece in pieces for where in piece.by}
    for node in own:
        if isinstance(node, Tier) and node.where not in at_work:
            yield finding("HJ546", node.where, frame=name)
    for number, most in idle_caps(frame, payouts, at_work):
        yield finding("HJ548", number.where, frame=name, figure=figure(int(number.value)), most=figure(int(most)))
    for band in bands:
        if band.id not in granted:
            yield finding("HJ547", band.where, frame=name, band=band.id)


def _own(part: object) -> Iterator[object]:
    """The nodes of a frame or an amount, not those of lines it borrows."""
    return walk.nodes_within(part, closed=lambda node: isinstance(node, PerMember))


# --- caps ------------------------------------------------------------------------------------------------------------


def idle_caps(frame: FrameAnalysis, payouts: list[Payout], at_work: set[Location]) -> Iterator[tuple[Number, Exact]]:
    """Figures of caps, and the end of the last tier, that no amount comes up to, each with the most it comes to."""
    choices = [node for node in walk.nodes_within(frame.frame) if isinstance(node, Choose)]
    taken = {
        id(choice.branches[situation.branches[id(choice)]])
        for situation in frame.situations
        for choice in choices
        if id(choice) in situation.branches
    }
    for line in frame.frame.lines:
        most = max(piecewise.highest(payout.lines[line.id]) for payout in payouts)
        for node in _own(line.amount):
            ends = list(_yen(node.cap, taken)) if isinstance(node, Capped) else []
            if isinstance(node, Tier) and node.up_to is not None:
                ends = [node.up_to]
            yield from ((number, most) for number in ends if number.where not in at_work)
    for subtotal in frame.frame.subtotals:
        most = max(payout.asked[subtotal.id] for payout in payouts)
        yield from ((number, most) for number in _yen(subtotal.cap, taken) if number.value > most)
    for place, band in enumerate(frame.frame.bands):
        most = max((payout.total for payout in payouts if payout.situation.bands[place]), default=0)
        for number in () if band.cap is None else _yen(band.cap, taken):
            if number.value > most >= (band.floor.value if band.floor else 0):
                yield number, most


def _yen(amount: Amount, taken: set[int]) -> Iterator[Number]:
    """The yen of a cap, without the figures of conditions and of branches that nobody takes (those are reported as such)."""
    if isinstance(amount, Choose):
        for branch in amount.branches:
            if id(branch) in taken:
                yield from _yen(branch.use, taken)
    elif isinstance(amount, Number):
        yield amount
    else:
        yield from (number for number in walk.numbers(amount) if number.kind is Kind.YEN)
