"""Concrete applicants on both sides of everything that decides: for each situation of a frame, around each bend of each curve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil, floor
from typing import Final

from hojo_cli.base.exact import Exact
from hojo_cli.base.number import LARGEST
from hojo_cli.engine.applicant import Applicant, Item, Price
from hojo_cli.rules.declared import FieldSpec
from hojo_cli.rules.nodes import Costs, Line, Pick
from hojo_cli.verify.analysis import piecewise
from hojo_cli.verify.analysis.applicants import Builder, costs_of
from hojo_cli.verify.analysis.payout import Payout
from hojo_cli.verify.analysis.situations import FrameAnalysis

PARTS: Final = (8, 2, 1)
"""What of its full cost the other lines have, beside nothing."""
_FARTHEST: Final = LARGEST // 10**6
"""No cost is laid out beyond this."""


def boundary_applicants(analysis: FrameAnalysis) -> Iterator[Applicant]:
    """Applicants of one frame that show each situation at each bend, each limit of months and of category cost."""
    builder = Builder(analysis)
    for situation in analysis.situations:
        yield from around(builder, situation.guard, [Payout(analysis, situation)])


def around(builder: Builder, guard: int, payouts: Sequence[Payout]) -> Iterator[Applicant]:
    """Applicants in `guard` at every bend of the payouts, and at every limit of a category."""
    for costs in cost_grid(payouts):
        if (applicant := builder.build(guard, costs)) is not None:
            yield applicant
    for line in builder.analysis.frame.lines:
        costs_node = costs_of(line)
        if isinstance(costs_node, Costs):
            for beside in range(3):  # so that a rate cannot hide a yen in its rounding
                base = builder.build(guard, {line.id: beside})
                if base is not None:
                    yield from at_limits(builder.analysis.scope.world.ruleset.fields, base, costs_node)


def cost_grid(payouts: Sequence[Payout]) -> list[dict[str, int]]:
    """Costs line by line: at each bend of one line and where it takes the total over a border, the others at no, some, full cost."""
    lines = {line.id: line for payout in payouts for line in payout.analysis.frame.lines}
    mine = {name: [payout for payout in payouts if name in payout.lines] for name in lines}
    points = {
        name: sorted({cost for payout in mine[name] for cost in bends(payout, line)}) for name, line in lines.items()
    }
    full = {name: max([cost for cost in costs if cost < _FARTHEST], default=0) for name, costs in points.items()}
    others = [dict.fromkeys(full, 0)]
    if len(lines) > 1:
        others += [{name: most // part for name, most in full.items()} for part in PARTS]
    grid = [rest | {name: cost} for rest in others for name, costs in points.items() for cost in costs]
    for rest in others[1:]:
        for name in lines:
            grid += [rest | {name: cost} for payout in mine[name] for cost in over_borders(payout, name, rest)]
    return list({tuple(costs.values()): costs for costs in grid}.values())


def over_borders(payout: Payout, name: str, rest: Mapping[str, int]) -> set[int]:
    """Where a line takes a total that others share over its border."""
    bends: set[Exact] = set()
    for border, names in _total_borders(payout):
        if name in names:
            shared = [other for other in names if other in payout.lines and other != name]
            left = border - sum(piecewise.at(payout.lines[other], rest[other]) for other in shared)
            bends |= _reached(payout, name, left)
    return _beside(bends)


def _total_borders(payout: Payout) -> Iterator[tuple[Exact, Sequence[str]]]:
    """The totals that a shared cap or a band begins or ends at, each with the lines that are added."""
    for subtotal in payout.analysis.frame.subtotals:
        yield payout.figure(subtotal.cap), subtotal.lines
    for band in payout.analysis.frame.bands:
        for number in (band.floor, band.below):
            if number is not None:
                yield number.value, list(payout.lines)
        if band.cap is not None:
            yield payout.figure(band.cap), list(payout.lines)


def bends(payout: Payout, line: Line) -> set[int]:
    """The whole costs at and beside each bend of a line, and where it takes the total over a border of a band or a shared cap."""
    curve = payout.lines[line.id]
    exact = {segment.start for segment in curve}.union(
        *(_reached(payout, line.id, border) for border, _ in _total_borders(payout))
    )
    top = piecewise.reach(curve, piecewise.highest(curve))
    exact.add((LARGEST // 10**8 if top is None or top > LARGEST // 10**8 else 2 * top) + 999)
    return _beside(exact)


def _reached(payout: Payout, name: str, yen: Exact) -> set[Exact]:
    """The costs of a line that lead to so many yen, and to one less."""
    costs = (piecewise.reach(payout.lines[name], near) for near in (yen, yen - 1))
    return {cost for cost in costs if cost is not None}


def _beside(costs: Iterable[Exact]) -> set[int]:
    whole = {cost + step for bend in costs for cost in (floor(bend), ceil(bend)) for step in (-1, 0, 1)}
    return {cost for cost in whole if 0 <= cost <= _FARTHEST}


def at_limits(fields: Mapping[str, FieldSpec], base: Applicant, costs: Costs) -> Iterator[Applicant]:
    """One more item of each category that has a limit, just under, at and above it."""
    more: list[Item] = []
    for limit in costs.months:
        for item in _sold(costs.picks, limit.category, fields):
            months = int(limit.limit.value)
            more += [
                item._replace(cost=monthly * there, price=Price(monthly, 1, 1), months=there)
                for monthly in (10_000, 30_000)
                for there in (months - 1, months, months + 1)
            ]
            paid = 10_000 * (months + 1)  # at once, for more than counts
            more.append(item._replace(cost=paid, price=Price(paid, 0, 1), months=months + 1))
    for limit in costs.limits:
        near = [int(limit.limit.value) + step for step in (-2, -1, 0, 1, 2)]
        for item in _sold(costs.picks, limit.category, fields):
            more += [item._replace(cost=cost) for cost in near if cost >= 0]
    for item in more:
        yield base._replace(items=(*base.items, item))


def _sold(picks: Iterable[Pick], category: str, fields: Mapping[str, FieldSpec]) -> Iterator[Item]:
    """An item of a category that is picked, with no more in its fields than is asked for."""
    for pick in picks:
        if category in pick.categories:
            chosen: dict[str, frozenset[str]] = dict.fromkeys(fields, frozenset())
            for test in pick.tests:
                known = [choice for choice in fields[test.field].choices if not test.has or choice in test.has]
                chosen[test.field] = frozenset(known[: max(1, test.at_least)])
            yield Item("", category, 0, None, None, chosen, 0)
            return
