"""One more of something that is counted: where it changes what a frame pays, by how much at most, and for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from hojo_cli.analysis import Analysis, curves
from hojo_cli.analysis.applicants import Builder
from hojo_cli.analysis.atlas import bends, grid, more_kinds, more_members, neighbours
from hojo_cli.analysis.conditions import Scope
from hojo_cli.analysis.diagram import NONE
from hojo_cli.analysis.grants import paid
from hojo_cli.analysis.plot import Drawing
from hojo_cli.analysis.situations import FrameAnalysis
from hojo_cli.evidence.walk import nodes
from hojo_cli.formula import Compare, Distinct, Exact, MemberCount, Op
from hojo_cli.record import Record
from hojo_cli.subject import FactValue, Subject


class Step(Record):
    """From `start` to `end` of `counted` (a fact's id, a measure's, or "" for members) a frame's yen go from `before` to `after`.

    `bought`: the count comes from items or members, not from a fact. `subject` is an applicant before the step, `stepped` after it.
    """

    frame: str
    counted: str
    bought: bool
    start: Exact
    end: Exact
    before: int
    after: int
    subject: Subject
    stepped: Subject


def steps(analysis: Analysis) -> Iterator[Step]:
    """For each frame and border the largest fall and the largest rise, where there is one."""
    from hojo_cli.compile import compile_ruleset

    for name, frame in analysis.frames.items():
        judge = compile_ruleset(analysis.ruleset._replace(frames={name: frame.frame}))
        builder = Builder(frame)
        for where, costs in _largest(frame):
            pair = _applicants(builder, where, costs)
            if pair is not None:
                before, after = (judge.outcomes(each)[name][1] or 0 for each in pair)
                start, end = _ends(frame.scope, where)
                if before != after:
                    yield Step(name, where.counted, where.sort != "fact", start, end, before, after, *pair)


def _largest(frame: FrameAnalysis) -> list[tuple[_Where, dict[str, int]]]:
    """Where, and at which costs, each border moves the yen most, down and up."""
    found: dict[tuple[str, str, Exact, bool], tuple[Exact, _Where, dict[str, int]]] = {}
    for before, after, places in _pairs(frame):
        for costs in _extremes(frame, before, after) if places else ():
            change = _paid(after, costs) - _paid(before, costs)
            for where in places:
                key = where.sort, where.counted, _ends(frame.scope, where)[1], change < 0
                size = max(change, -change)
                if change and (key not in found or size > found[key][0]):
                    found[key] = size, where, costs
    return [(where, costs) for _, where, costs in found.values()]


def _pairs(frame: FrameAnalysis) -> Iterator[tuple[Drawing | None, Drawing | None, list[_Where]]]:
    """Pairs of situations (None: not eligible) with the places where they are one step apart."""
    scope, diagrams = frame.scope, frame.scope.diagrams
    drawn: list[tuple[int, Drawing | None]] = [(each.guard, Drawing(frame, each)) for each in frame.situations]
    barred = diagrams.both(scope.possible, diagrams.outside(frame.eligible))
    for one, before in [*drawn, (barred, None)]:
        for other, after in [*drawn, (barred, None)]:
            if before is not after and NONE not in (one, other):
                yield before, after, [_Where(*found) for found in _between(scope, one, other)]


class _Where(Record):
    """What is one more, in which sort of count, the set before the step and the classes on both sides."""

    sort: str
    counted: str
    shared: int
    start: int
    end: int


def _between(scope: Scope, one: int, other: int) -> Iterator[tuple[str, str, int, int, int]]:
    yield from (("fact", *found) for found in neighbours(scope, one, other))
    yield from (("kinds", *found) for found in more_kinds(scope, one, other))
    yield from (("members", *found) for found in more_members(scope, one, other))


def _extremes(frame: FrameAnalysis, before: Drawing | None, after: Drawing | None) -> list[dict[str, int]]:
    drawings = [drawing for drawing in (before, after) if drawing is not None]
    if len(frame.frame.lines) == 1 or frame.frame.bands or frame.frame.subtotals:
        points = grid(drawings)
        change = {place: _paid(after, costs) - _paid(before, costs) for place, costs in enumerate(points)}
        if not change:
            return []
        return [
            points[place]
            for place in sorted({min(change, key=change.__getitem__), max(change, key=change.__getitem__)})
        ]
    lost, won = {}, {}
    for line in frame.frame.lines:  # lines that only add up can be looked at one by one
        costs = sorted({cost for drawing in drawings for cost in bends(drawing, line)})
        here = {cost: _line(after, line.id, cost) - _line(before, line.id, cost) for cost in costs}
        lost[line.id], won[line.id] = min(costs, key=here.__getitem__), max(costs, key=here.__getitem__)
    return [lost, won]


def _paid(drawing: Drawing | None, costs: Mapping[str, int]) -> Exact:
    return 0 if drawing is None else paid(drawing, costs)


def _line(drawing: Drawing | None, name: str, cost: int) -> Exact:
    return 0 if drawing is None else curves.at(drawing.lines[name], cost)


def _applicants(builder: Builder, where: _Where, costs: Mapping[str, int]) -> tuple[Subject, Subject] | None:
    scope = builder.analysis.scope
    diagrams = scope.diagrams
    if where.sort == "fact":
        domain, variable = scope.world.domains[where.counted], scope.world.variables[where.counted]
        sides = [(variable, where.start, domain.last[where.start]), (variable, where.end, domain.first[where.end])]
        facts: list[Mapping[str, FactValue]] = [{where.counted: value} for _, _, value in sides]
    else:
        variable = scope.basket if where.sort == "kinds" else scope.members
        sides, facts = [(variable, where.start, 0), (variable, where.end, 0)], [{}, {}]
    built = [
        builder.build(diagrams.both(where.shared, diagrams.literal(variable, [value])), costs, given)
        for (variable, value, _), given in zip(sides, facts, strict=True)
    ]
    return (built[0], built[1]) if built[0] is not None and built[1] is not None else None


def _ends(scope: Scope, where: _Where) -> tuple[Exact, Exact]:
    """The values on both sides of the border."""
    if where.sort == "fact":
        domain = scope.world.domains[where.counted]
        start, end = domain.last[where.start], domain.first[where.end]
        assert isinstance(start, (int, Fraction))
        assert isinstance(end, (int, Fraction))
        return start, end
    if where.sort == "members" and where.counted:
        place = next(i for i, node in enumerate(scope.counted) if node.measure == where.counted)
        return scope.groups[where.start].counts[place], scope.groups[where.end].counts[place]
    if where.sort == "members":
        return scope.groups[where.start].last, scope.groups[where.end].first
    place = next(i for i, count in enumerate(scope.asked.counts) if count.measure == where.counted)
    return scope.baskets[where.start].counts[place], scope.baskets[where.end].counts[place]


def borders(analysis: Analysis) -> list[tuple[str, Compare]]:
    """Every comparison with the frame it stands in ("": a definition), in the order of the file."""
    parts: dict[str, object] = {"": tuple(analysis.ruleset.definitions.values()), **analysis.ruleset.frames}
    found = [(name, node) for name, part in parts.items() for node in nodes(part) if isinstance(node, Compare)]
    return sorted(found, key=lambda pair: pair[1].number.where)


def border(found: list[tuple[str, Compare]], step: Step) -> Compare | None:
    """The comparison that makes the border of a step, the first in the file."""
    for name, node in found:
        if name in ("", step.frame) and _counts(node, step) and step.end in _ends_at(node, step):
            return node
    return None


def _counts(node: Compare, step: Step) -> bool:
    quantity = node.quantity
    if isinstance(quantity, Distinct):
        return step.bought and quantity.measure == step.counted
    if isinstance(quantity, MemberCount):
        return step.bought and step.counted == ("" if quantity.only is None else quantity.measure)
    return not step.bought and quantity.name == step.counted


def _ends_at(node: Compare, step: Step) -> tuple[Exact, ...]:
    value = node.number.value
    after = value + (step.end - step.start)
    return {Op.MIN: (value,), Op.BELOW: (value,), Op.EQ: (value, after)}.get(node.op, (after,))
