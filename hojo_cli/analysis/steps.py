"""One more of something that is counted: where it changes what a frame pays, by how much, and for whom.

The change that is told is the largest found. That nothing changes more is proved where it can be: by the most a situation pays at
all, by what its bands make of one and the same total, or bend by bend where lines do not touch each other. Elsewhere (a line without an
end, a cap for each of many) the step is an example.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final, TypeAlias

from hojo_cli.analysis import Analysis, bands, grants
from hojo_cli.analysis.applicants import Builder
from hojo_cli.analysis.boundary_cases import bends, grid, more_kinds, more_members, neighbours
from hojo_cli.analysis.conditions import Scope
from hojo_cli.analysis.diagram import NONE
from hojo_cli.analysis.plot import NO_COUNTS, Corner, Counts, Drawing
from hojo_cli.analysis.situations import FrameAnalysis, Situation
from hojo_cli.base.number import LARGEST
from hojo_cli.base.record import Record
from hojo_cli.engine.applicant import Applicant, FactValue
from hojo_cli.rules.nodes import (
    Compare,
    Distinct,
    Exact,
    Fact,
    FactOr,
    MemberCount,
    Op,
    PerMember,
    Scaled,
    Share,
)
from hojo_cli.rules.walk import nodes


class Step(Record):
    """From `start` to `end` of `counted` (a fact's id, a measure's, or "" for members) a frame's yen go from `before` to `after`.

    `bought`: the count comes from items or members, not from a fact. `subject` is an applicant before the step, `stepped` after it.
    `proved`: nobody's yen change by more at this step, in this direction.
    """

    frame: str
    counted: str
    bought: bool
    start: Exact
    end: Exact
    before: int
    after: int
    subject: Applicant
    stepped: Applicant
    proved: bool


def steps(analysis: Analysis) -> Iterator[Step]:
    """For each frame and border the largest fall and the largest rise, where there is one."""
    from hojo_cli.engine.compile import compile_ruleset

    for name, frame in analysis.frames.items():
        judge = compile_ruleset(analysis.ruleset._replace(frames={name: frame.frame}))
        builder = Builder(frame)
        for change in _largest(frame):
            pair = _applicants(builder, change)
            if pair is not None:
                before, after = (judge.outcomes(each)[name][1] or 0 for each in pair)
                where, (start, end) = change.where, _ends(frame.scope, change.where)
                proved = abs(after - before) > change.bound - frame.frame.rounding.unit.value
                if before != after:
                    yield Step(name, where.counted, where.sort != "fact", start, end, before, after, *pair, proved)


class _Where(Record):
    """What is one more, in which sort of count, the set before the step and the classes on both sides."""

    sort: str
    counted: str
    shared: int
    start: int
    end: int


class _Change(Record):
    """The largest change found at a border in one direction: where, at which costs; and a bound that no change is above."""

    size: Exact
    where: _Where
    costs: Mapping[str, int]
    bound: Exact


def _largest(frame: FrameAnalysis) -> list[_Change]:
    """The largest change at each border, down and up."""
    found: dict[tuple[str, str, Exact, bool], _Change] = {}
    scaled, drawn = frozenset(_scaling(frame)), _Drawn(frame)
    for before, after, places in _pairs(frame):
        for where in places:
            ends = _ends(frame.scope, where)
            given = [{where.counted: end} if where.counted in scaled else NO_COUNTS for end in ends]
            between = drawn.between(drawn.of(before, given[0]), drawn.of(after, given[1]), scaled - {where.counted})
            for falls, (size, costs, bound) in between.items():
                key = where.sort, where.counted, ends[1], falls
                known = found.get(key, _Change(0, where, {}, 0))
                change = known if size <= known.size else _Change(size, where, costs, known.bound)
                found[key] = change._replace(bound=max(known.bound, bound))
    return [change for change in found.values() if change.size]


_OF_MEMBERS: Final = "·"  # no fact and no measure has this name


def _scaling(frame: FrameAnalysis) -> Iterator[str]:
    """What yen are multiplied by: facts by name, other counts by their measure, and the members whose lines are added up."""
    for node in nodes(frame.frame):
        if isinstance(node, Scaled):
            yield node.by.name if isinstance(node.by, (Fact, FactOr)) else node.by.measure
        elif isinstance(node, PerMember):
            yield _OF_MEMBERS


_Extreme: TypeAlias = "tuple[Exact, dict[str, int], Exact]"
"""How much is lost or won at most as far as is found, at which costs, and what nothing is above."""


class _Drawn:
    """The curves of each situation, drawn once for each count that is given, and what lies between two of them."""

    def __init__(self, frame: FrameAnalysis) -> None:
        self.frame = frame
        self.known: dict[tuple[int, tuple[tuple[str, Exact], ...]], Drawing] = {}
        self.pairs: dict[tuple[int, int], dict[bool, _Extreme]] = {}
        self.most: dict[int, Exact] = {id(None): 0}

    def of(self, situation: Situation | None, counts: Counts) -> Drawing | None:
        """None for those who are not eligible."""
        if situation is None:
            return None
        key = id(situation), tuple(counts.items())
        if key not in self.known:
            self.known[key] = Drawing(self.frame, situation, counts=counts)
        return self.known[key]

    def between(self, before: Drawing | None, after: Drawing | None, open_: frozenset[str]) -> dict[bool, _Extreme]:
        """The largest fall (True) and the largest rise (False). `open_` are the counts that are not given."""
        key = id(before), id(after)
        if key not in self.pairs:
            changes = {
                falls: (_change(before, after, costs), costs) for falls, costs in _extremes(self.frame, before, after)
            }
            exact = _are_all(self.frame, before, after) and not open_
            bounds = self.bounds(before, after, open_)
            self.pairs[key] = {
                falls: (size, costs, size if exact else bounds[falls])
                for falls, (change, costs) in changes.items()
                for size in [max(0, -change if falls else change)]
            }
        return self.pairs[key]

    def bounds(self, before: Drawing | None, after: Drawing | None, open_: frozenset[str]) -> dict[bool, Exact]:
        """What no fall (True) and no rise (False) is above."""
        if before is not None and after is not None and not open_ and _come_to_the_same(before, after):
            return _of_totals(before, after)
        return {True: self.highest(before), False: self.highest(after)}

    def highest(self, drawing: Drawing | None) -> Exact:
        """What a situation pays at most, whatever is counted."""
        if drawing is not None and id(drawing) not in self.most:
            high = Drawing(drawing.analysis, drawing.situation, Corner.HIGH, counts=drawing.counts)
            self.most[id(drawing)] = grants.granted(high, high.total)
        return self.most[id(drawing)]


def _pairs(frame: FrameAnalysis) -> Iterator[tuple[Situation | None, Situation | None, list[_Where]]]:
    """Pairs of situations (None: not eligible) with the places where they are one step apart."""
    scope, diagrams = frame.scope, frame.scope.diagrams
    barred = diagrams.both(scope.possible, diagrams.outside(frame.eligible))
    everybody: list[tuple[int, Situation | None]] = [(each.guard, each) for each in frame.situations]
    everybody.append((barred, None))
    for one, before in everybody:
        for other, after in everybody:
            if before is not after and NONE not in (one, other):
                yield before, after, [_Where(*found) for found in _between(scope, one, other)]


def _between(scope: Scope, one: int, other: int) -> Iterator[tuple[str, str, int, int, int]]:
    yield from (("fact", *found) for found in neighbours(scope, one, other))
    yield from (("kinds", *found) for found in more_kinds(scope, one, other))
    yield from (("members", *found) for found in more_members(scope, one, other))


def _extremes(
    frame: FrameAnalysis, before: Drawing | None, after: Drawing | None
) -> Iterator[tuple[bool, dict[str, int]]]:
    """The costs at which most is lost (True), and those at which most is won."""
    drawings = [drawing for drawing in (before, after) if drawing is not None]
    if not _only_add_up(frame):
        points = grid(drawings)
        changes = [_change(before, after, costs) for costs in points]
        if changes:
            yield True, points[changes.index(min(changes))]
            yield False, points[changes.index(max(changes))]
        return
    lost, won = {}, {}
    for line in frame.frame.lines:  # each can be looked at by itself
        costs = sorted({cost for drawing in drawings for cost in bends(drawing, line)})
        here = {cost: _line(after, line.id, cost) - _line(before, line.id, cost) for cost in costs}
        lost[line.id], won[line.id] = min(costs, key=here.__getitem__), max(costs, key=here.__getitem__)
    yield True, lost
    yield False, won


def _only_add_up(frame: FrameAnalysis) -> bool:
    """Whether there are several lines that have nothing to do with each other."""
    return len(frame.frame.lines) > 1 and not frame.frame.bands and not frame.frame.subtotals


def _change(before: Drawing | None, after: Drawing | None, costs: Mapping[str, int]) -> Exact:
    return _paid(after, costs) - _paid(before, costs)


def _paid(drawing: Drawing | None, costs: Mapping[str, int]) -> Exact:
    return 0 if drawing is None else grants.paid(drawing, costs)


def _line(drawing: Drawing | None, name: str, cost: int) -> Exact:
    return 0 if drawing is None else bands.at(drawing.lines[name], cost)


# --- what nothing is above --------------------------------------------------------------------------------------------


def _are_all(frame: FrameAnalysis, before: Drawing | None, after: Drawing | None) -> bool:
    """Whether the bends that were looked at are all there are: lines by themselves, and after the last bend nothing changes."""
    lines = frame.frame.lines
    alone = _only_add_up(frame) or len(lines) == 1
    if not alone or before is None or after is None or any(isinstance(node, Share) for node in nodes(frame.frame)):
        return False
    last = {line.id: max(bends(before, line) | bends(after, line)) for line in lines}
    if len(lines) == 1:
        return _change(before, after, last) == _change(before, after, dict.fromkeys(last, LARGEST))
    return all(
        _line(after, name, cost) - _line(before, name, cost)
        == _line(after, name, LARGEST) - _line(before, name, LARGEST)
        for name, cost in last.items()
    )


def _come_to_the_same(before: Drawing, after: Drawing) -> bool:
    """Whether the same costs lead to the same total, so that only bands make a difference."""
    return _shapes(before) == _shapes(after) and before.yields == after.yields


def _shapes(drawing: Drawing) -> dict[str, list[tuple[Exact, Exact, Exact]]]:
    """The curves without what makes them so."""
    return {name: [(piece.start, piece.value, piece.slope) for piece in curve] for name, curve in drawing.lines.items()}


def _of_totals(before: Drawing, after: Drawing) -> dict[bool, Exact]:
    """What bands make of one total, at each of their ends."""
    ends = {end for drawing in (before, after) for end in grants.borders(grants.standing(drawing))}
    near = [total for end in ends for total in (end - 1, end)]
    totals = [total for total in (*near, before.total) if 0 <= total <= before.total]
    changes = [grants.granted(after, total) - grants.granted(before, total) for total in totals]
    return {True: max(0, -min(changes)), False: max(0, *changes)}


# --- as applicants ----------------------------------------------------------------------------------------------------


def _applicants(builder: Builder, change: _Change) -> tuple[Applicant, Applicant] | None:
    scope, where = builder.analysis.scope, change.where
    diagrams = scope.diagrams
    if where.sort == "fact":
        domain, variable = scope.world.domains[where.counted], scope.world.variables[where.counted]
        sides = [(variable, where.start, domain.last[where.start]), (variable, where.end, domain.first[where.end])]
        facts: list[Mapping[str, FactValue]] = [{where.counted: value} for _, _, value in sides]
    else:
        variable = scope.basket if where.sort == "kinds" else scope.members
        sides, facts = [(variable, where.start, 0), (variable, where.end, 0)], [{}, {}]
    built = [
        builder.build(diagrams.both(where.shared, diagrams.literal(variable, [value])), change.costs, given)
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
