"""A frame in each combination of its choices that somebody can be in, with the curve of every line there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hojo_cli.analysis.conditions import Scope, World
from hojo_cli.analysis.diagram import ALL, NONE
from hojo_cli.base.record import Record
from hojo_cli.rules.nodes import (
    Choose,
    Condition,
    EachMember,
    Every,
    Exact,
    Frame,
    Line,
    Not,
    PerMember,
    Some,
)
from hojo_cli.rules.walk import below


class Situation(Record):
    """Who is in it (`guard`), the branch each choice takes (by identity), the bands that stand, the most each cost comes to."""

    guard: int
    branches: Mapping[int, int]
    bands: tuple[bool, ...]
    tops: Mapping[int, Exact | None]


class FrameAnalysis(Record):
    """All situations of a frame for those who meet its requirements, and those of the lines borrowed for each member."""

    frame: Frame
    scope: Scope
    eligible: int
    situations: tuple[Situation, ...]
    members: tuple[Situation, ...]
    lent: tuple[Line, ...]


def analyse_frame(world: World, frame: Frame, scope: Scope | None = None) -> FrameAnalysis:
    """Every situation of one frame."""
    scope = Scope(world, [frame]) if scope is None else scope
    diagrams = scope.diagrams
    eligible = diagrams.both(
        scope.possible, diagrams.every(scope.condition(requirement.holds) for requirement in frame.requires)
    )
    split = branched(scope, [(eligible, {})] if eligible != NONE else [], chooses(frame))
    situations = []
    for guard, branches in split:
        for narrowed, bands in _banded(scope, guard, frame):
            situations.append(Situation(narrowed, branches, bands, tops(scope, narrowed)))
    lent = tuple(
        {id(line): line for node in _amounts(frame) if isinstance(node, PerMember) for line in node.lines}.values()
    )
    return FrameAnalysis(frame, scope, eligible, tuple(situations), tuple(_of_members(scope, frame, lent)), lent)


def _of_members(scope: Scope, frame: Frame, lent: Sequence[Line]) -> Iterator[Situation]:
    """Situations of a member that takes part, each of whose requirements the frame asks for."""
    inner = scope.inner
    if inner is None or not lent:
        return
    asked = [
        node.part if node.only is None else Some((Not(node.only), node.part))
        for requirement in frame.requires
        for node in _directly(requirement.holds)
        if isinstance(node, EachMember)
    ]
    only = [node.only for node in _amounts(frame) if isinstance(node, PerMember) and node.only is not None]
    guard = inner.diagrams.both(inner.possible, inner.diagrams.every(inner.condition(part) for part in (*asked, *only)))
    for narrowed, branches in branched(inner, [(guard, {})] if guard != NONE else [], chooses(tuple(lent))):
        yield Situation(narrowed, branches, (), tops(inner, narrowed))


def _directly(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, Every):
        for part in condition.parts:
            yield from _directly(part)
    else:
        yield condition


def branched(
    scope: Scope, split: list[tuple[int, dict[int, int]]], chooses: list[Choose]
) -> list[tuple[int, dict[int, int]]]:
    """Each guard divided by the branch every choice takes."""
    for choose in chooses:
        split = [
            (narrowed, {**branches, id(choose): place})
            for guard, branches in split
            for place, narrowed in _branches(scope, guard, choose)
        ]
    return split


def _branches(scope: Scope, guard: int, choose: Choose) -> Iterator[tuple[int, int]]:
    for place, branch in enumerate(choose.branches):
        holds = ALL if branch.when is None else scope.condition(branch.when)
        if (narrowed := scope.diagrams.both(guard, holds)) != NONE:
            yield place, narrowed
        guard = scope.diagrams.both(guard, scope.diagrams.outside(holds))


def _banded(scope: Scope, guard: int, frame: Frame) -> list[tuple[int, tuple[bool, ...]]]:
    found: list[tuple[int, tuple[bool, ...]]] = [(guard, ())]
    for band in frame.bands:
        holds = scope.diagrams.every(scope.condition(requirement.holds) for requirement in band.requires)
        found = [
            (narrowed, (*bands, stands))
            for within, bands in found
            for stands, part in ((True, holds), (False, scope.diagrams.outside(holds)))
            if (narrowed := scope.diagrams.both(within, part)) != NONE
        ]
    return found


def tops(scope: Scope, guard: int) -> dict[int, Exact | None]:
    """For each cost of the scope: the most that counts, None where there is no end."""
    slots = scope.slots
    most: dict[int, Exact | None] = {id(cost): 0 for cost in scope.asked.costs}
    for value in scope.diagrams.values(guard, scope.basket):
        here: dict[int, Exact | None] = {id(cost): 0 for cost in scope.asked.costs}
        for (place, name), filled in zip(slots, scope.baskets[value].slots, strict=True):
            cost = scope.asked.costs[place]
            before = here[id(cost)]
            if filled and before is not None:
                limits = [limit.limit.value for limit in cost.limits if limit.category == name]
                here[id(cost)] = before + limits[0] if limits else None
        for key, top in here.items():
            before = most[key]
            most[key] = None if before is None or top is None else max(before, top)
    return most


def chooses(part: object) -> list[Choose]:
    """The choices among the nodes of a part, each once."""
    return list({id(node): node for node in _amounts(part) if isinstance(node, Choose)}.values())


def _amounts(part: object) -> Iterator[object]:
    """The nodes of a part, not those inside members' lines or conditions on members."""
    pending = [part]
    while pending:
        here = pending.pop()
        if isinstance(here, (tuple, Mapping)):
            yield here
            if not isinstance(here, (PerMember, EachMember)):
                pending += reversed(list(below(here)))
