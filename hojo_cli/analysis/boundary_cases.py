"""Concrete applicants on both sides of everything that decides: for each situation of a frame, around each bend of each curve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil, floor
from typing import Final

from hojo_cli.analysis import bands
from hojo_cli.analysis.applicants import Builder, costs_of
from hojo_cli.analysis.conditions import Scope
from hojo_cli.analysis.diagram import NONE
from hojo_cli.analysis.plot import Drawing
from hojo_cli.analysis.situations import FrameAnalysis
from hojo_cli.base.number import LARGEST
from hojo_cli.engine.applicant import Applicant, Item, Price
from hojo_cli.rules.nodes import Costs, Exact, FieldSpec, Line, Pick

PARTS: Final = (8, 2, 1)
"""What of its full cost the other lines have, beside nothing."""


def atlas(analysis: FrameAnalysis) -> Iterator[Applicant]:
    """Applicants of one frame that show each situation at each bend, each limit of months and of category cost."""
    builder = Builder(analysis)
    for situation in analysis.situations:
        for costs in grid([Drawing(analysis, situation)]):
            found = builder.build(situation.guard, costs)
            if found is not None:
                yield found
        for line in analysis.frame.lines:
            yield from at_limits(builder, situation.guard, line)


def grid(drawings: Sequence[Drawing]) -> list[dict[str, int]]:
    """Costs line by line: at each bend of one line and where it takes the total over a border, the others at no, some, full cost."""
    lines = {line.id: line for drawing in drawings for line in drawing.analysis.frame.lines}
    mine = {name: [drawing for drawing in drawings if name in drawing.lines] for name in lines}
    points = {
        name: sorted({cost for drawing in mine[name] for cost in bends(drawing, line)}) for name, line in lines.items()
    }
    full = {name: max([cost for cost in found if cost < LARGEST // 10**6], default=0) for name, found in points.items()}
    others = [dict.fromkeys(full, 0)]
    if len(lines) > 1:
        others += [{name: most // part for name, most in full.items()} for part in PARTS]
    grown = [rest | {name: cost} for rest in others for name, found in points.items() for cost in found]
    for rest in others[1:]:
        for name in lines:
            grown += [rest | {name: cost} for drawing in mine[name] for cost in _over(drawing, name, rest)]
    return list({tuple(costs.values()): costs for costs in grown}.values())


def _over(drawing: Drawing, name: str, rest: Mapping[str, int]) -> set[int]:
    """Where a line takes a total that others share over its border."""
    found: set[Exact] = set()
    for border, names in _borders(drawing):
        if name in names:
            left = border - sum(
                bands.at(drawing.lines[other], rest[other])
                for other in names
                if other in drawing.lines and other != name
            )
            found |= {cost for near in (left, left - 1) if (cost := bands.reach(drawing.lines[name], near)) is not None}
    return _beside(found)


def _borders(drawing: Drawing) -> Iterator[tuple[Exact, Sequence[str]]]:
    """The totals that a shared cap or a band begins or ends at, each with the lines that are added."""
    frame = drawing.analysis.frame
    for subtotal in frame.subtotals:
        yield drawing.figure(subtotal.cap), subtotal.lines
    for band in frame.bands:
        for number in (band.floor, band.below):
            if number is not None:
                yield number.value, list(drawing.lines)
        if band.cap is not None:
            yield drawing.figure(band.cap), list(drawing.lines)


def bends(drawing: Drawing, line: Line) -> set[int]:
    """The whole costs at and beside each bend of a line, and where it takes the total over a border of a band or a shared cap."""
    curve = drawing.lines[line.id]
    exact = {piece.start for piece in curve}
    for border, _ in _borders(drawing):
        exact |= {cost for near in (border, border - 1) if (cost := bands.reach(curve, near)) is not None}
    top = bands.reach(curve, bands.highest(curve))
    exact.add((LARGEST // 10**8 if top is None or top > LARGEST // 10**8 else 2 * top) + 999)
    return _beside(exact)


def _beside(costs: Iterable[Exact]) -> set[int]:
    whole = {cost + step for bend in costs for cost in (floor(bend), ceil(bend)) for step in (-1, 0, 1)}
    return {cost for cost in whole if 0 <= cost <= LARGEST // 10**6}


def at_limits(builder: Builder, guard: int, line: Line) -> Iterator[Applicant]:
    """One more item of each category that has a limit, just under, at and above it."""
    costs = costs_of(line)
    if isinstance(costs, Costs):
        for beside in range(3):  # so that a rate cannot hide a yen in its rounding
            base = builder.build(guard, {line.id: beside})
            if base is not None:
                yield from _limited(builder.analysis.scope.world.ruleset.fields, base, costs)


def _limited(fields: Mapping[str, FieldSpec], base: Applicant, costs: Costs) -> Iterator[Applicant]:
    for limit in costs.months:
        for item in sold(costs.picks, limit.category, fields):
            months = int(limit.limit.value)
            for monthly in (10_000, 30_000):
                for there in (months - 1, months, months + 1):
                    fee = item._replace(cost=monthly * there, price=Price(monthly, 1, 1), months=there)
                    yield base._replace(items=(*base.items, fee))
            paid = 10_000 * (months + 1)  # at once, for more than counts
            yield base._replace(
                items=(*base.items, item._replace(cost=paid, price=Price(paid, 0, 1), months=months + 1))
            )
    for limit in costs.limits:
        for item in sold(costs.picks, limit.category, fields):
            for cost in (int(limit.limit.value) + step for step in (-2, -1, 0, 1, 2)):
                if cost >= 0:
                    yield base._replace(items=(*base.items, item._replace(cost=cost)))


def sold(picks: Iterable[Pick], category: str, fields: Mapping[str, FieldSpec]) -> Iterator[Item]:
    """An item of a category that is picked, with no more in its fields than is asked for."""
    for pick in picks:
        if category in pick.categories:
            chosen: dict[str, frozenset[str]] = dict.fromkeys(fields, frozenset())
            for test in pick.tests:
                known = [choice for choice in fields[test.field].choices if not test.has or choice in test.has]
                chosen[test.field] = frozenset(known[: max(1, test.at_least)])
            yield Item("", category, 0, None, None, chosen, 0)
            return


# --- neighbours: one more of something that is counted -----------------------------------------------------------------------


def neighbours(scope: Scope, one: int, other: int) -> Iterator[tuple[str, int, int, int]]:
    """Where one more of something leads from set `one` into set `other`: what, the set before the step, and the classes on both sides."""
    diagrams, world = scope.diagrams, scope.world
    for name, domain in world.domains.items():
        size = len(domain.first)
        if domain.spec.kind in ("choice", "boolean", "set") or size == 1:
            continue
        variable = world.variables[name]
        moved = diagrams.both(one, diagrams.moved(other, variable, [*range(1, size), None]))
        for value in diagrams.values(moved, variable) if moved != NONE else ():
            yield name, diagrams.at(moved, variable, value), value, value + 1


def more_kinds(scope: Scope, one: int, other: int) -> Iterator[tuple[str, int, int, int]]:
    """The same for kinds counted in the basket: the measure, the set before the step (basket apart), and the baskets."""
    diagrams = scope.diagrams
    starts, ends = (frozenset(diagrams.values(each, scope.basket)) for each in (one, other))
    for measure, before, after in kind_steps(scope):
        if before in starts and after in ends:
            shared = diagrams.both(diagrams.at(one, scope.basket, before), diagrams.at(other, scope.basket, after))
            if shared != NONE:
                yield measure, shared, before, after


def kind_steps(scope: Scope) -> list[tuple[str, int, int]]:
    """Each two baskets of which the second has one more kind."""
    if scope.kind_steps is None:
        places = range(len(scope.baskets))
        pairs = ((_one_more(scope, before, after), before, after) for before in places for after in places)
        scope.kind_steps = [found for found in pairs if found[0]]
    return scope.kind_steps


def _one_more(scope: Scope, before: int, after: int) -> str:
    """The one measure that counts one more, all else the same or more."""
    one, other = scope.baskets[before], scope.baskets[after]
    if one.slots != other.slots or any(has and not there for has, there in zip(one.has, other.has, strict=True)):
        return ""
    if one.has != other.has and all(few for few, more in zip(one.counts, other.counts, strict=True) if few != more):
        return ""  # something else is bought too; only the first of its kind may come with its item
    grown = [
        count for count, few, more in zip(scope.asked.counts, one.counts, other.counts, strict=True) if more != few
    ]
    steps = [more - few for few, more in zip(one.counts, other.counts, strict=True)]
    return grown[0].measure if len(grown) == 1 and sum(steps) == 1 else ""


def more_members(scope: Scope, one: int, other: int) -> Iterator[tuple[str, int, int, int]]:
    """The same for the number of members (""), or of those that count (the measure)."""
    diagrams = scope.diagrams
    for before in diagrams.values(one, scope.members):
        for after in diagrams.values(other, scope.members):
            counted = _one_more_member(scope, before, after)
            if counted is not None:
                shared = diagrams.both(
                    diagrams.at(one, scope.members, before), diagrams.at(other, scope.members, after)
                )
                if shared != NONE:
                    yield counted, shared, before, after


def _one_more_member(scope: Scope, before: int, after: int) -> str | None:
    few, many = scope.groups[before], scope.groups[after]
    if few.each != many.each:
        return None
    grown = [
        (node.measure, more - less)
        for node, less, more in zip(scope.counted, few.counts, many.counts, strict=True)
        if more != less
    ]
    if not grown:
        return "" if few.last + 1 == many.first else None
    alike = max(few.first, many.first) <= min(few.last, many.last)
    return grown[0][0] if alike and len(grown) == 1 and grown[0][1] == 1 else None
