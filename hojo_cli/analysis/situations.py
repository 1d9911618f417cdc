"""A frame in each combination of its choices that somebody can be in, with the most that each cost comes to there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hojo_cli.analysis.diagram import ALL, NONE
from hojo_cli.analysis.members import of_one
from hojo_cli.analysis.scope import FrameScope
from hojo_cli.analysis.world import World
from hojo_cli.base.record import Record
from hojo_cli.rules.nodes import Choose, Condition, Every, EveryMember, Exact, Frame, Line, PerMember
from hojo_cli.rules.walk import nodes_within


class Situation(Record):
    """Who is in it (`guard`), the branch each choice takes (by identity), the bands that stand, the most each cost comes to."""

    guard: int
    branches: Mapping[int, int]
    bands: tuple[bool, ...]
    tops: Mapping[int, Exact | None]


class FrameAnalysis(Record):
    """All situations of a frame for those who meet its requirements, and those of the lines borrowed for each member."""

    frame: Frame
    scope: FrameScope
    eligible: int
    situations: tuple[Situation, ...]
    members: tuple[Situation, ...]
    lent: tuple[Line, ...]

    @property
    def everybody(self) -> list[tuple[int, Situation | None]]:
        """All who can be, situation by situation; those who are not eligible last, in none."""
        barred = self.scope.diagrams.both(self.scope.possible, self.scope.diagrams.outside(self.eligible))
        return [*((situation.guard, situation) for situation in self.situations), (barred, None)]


def analyse_frame(world: World, frame: Frame, scope: FrameScope | None = None) -> FrameAnalysis:
    """Every situation of one frame."""
    scope = FrameScope(world, [frame]) if scope is None else scope
    diagrams = scope.diagrams
    requirements = (scope.condition(requirement.holds) for requirement in frame.requires)
    eligible = diagrams.both(scope.possible, diagrams.every(requirements))
    situations = []
    for guard, branches in branched(scope, eligible, choices_in(frame)):
        standing: list[tuple[int, tuple[bool, ...]]] = [(guard, ())]
        for band in frame.bands:
            holds = diagrams.every(scope.condition(requirement.holds) for requirement in band.requires)
            standing = [
                (narrowed, (*bands, stands))
                for within, bands in standing
                for stands, part in ((True, holds), (False, diagrams.outside(holds)))
                if (narrowed := diagrams.both(within, part)) != NONE
            ]
        situations += [Situation(narrowed, branches, bands, tops(scope, narrowed)) for narrowed, bands in standing]
    borrowed = [node for node in _outside_members(frame) if isinstance(node, PerMember)]
    lent = tuple({id(line): line for node in borrowed for line in node.lines}.values())
    only = [node.only for node in borrowed if node.only is not None]
    members = tuple(member_situations(scope.inner, frame, lent, only)) if scope.inner is not None and lent else ()
    return FrameAnalysis(frame, scope, eligible, tuple(situations), members, lent)


def member_situations(
    inner: FrameScope, frame: Frame, lent: tuple[Line, ...], only: Iterable[Condition]
) -> Iterator[Situation]:
    """Situations of a member that takes part, each of whose requirements the frame asks for."""
    asked: list[Condition] = []
    pending = [requirement.holds for requirement in reversed(frame.requires)]
    while pending:
        condition = pending.pop()
        if isinstance(condition, Every):
            pending += reversed(condition.parts)
        elif isinstance(condition, EveryMember):
            asked.append(of_one(condition))
    holds = inner.diagrams.every(inner.condition(part) for part in (*asked, *only))
    for guard, branches in branched(inner, inner.diagrams.both(inner.possible, holds), choices_in(lent)):
        yield Situation(guard, branches, (), tops(inner, guard))


def branched(scope: FrameScope, guard: int, choices: Iterable[Choose]) -> list[tuple[int, dict[int, int]]]:
    """Those in `guard`, divided by the branch that every choice takes."""
    diagrams = scope.diagrams
    split: list[tuple[int, dict[int, int]]] = [(guard, {})] if guard != NONE else []
    for choice in choices:
        narrower = []
        for within, branches in split:
            left = within
            for place, branch in enumerate(choice.branches):
                holds = ALL if branch.when is None else scope.condition(branch.when)
                if (narrowed := diagrams.both(left, holds)) != NONE:
                    narrower.append((narrowed, {**branches, id(choice): place}))
                left = diagrams.both(left, diagrams.outside(holds))
        split = narrower
    return split


def tops(scope: FrameScope, guard: int) -> dict[int, Exact | None]:
    """For each cost of the scope: the most that counts, None where there is no end."""
    costs = scope.questions.costs
    most: dict[int, Exact | None] = {id(cost): 0 for cost in costs}
    for value in scope.diagrams.values(guard, scope.purchase):
        here: dict[int, Exact | None] = {id(cost): 0 for cost in costs}
        for (place, name), filled in zip(scope.questions.slots, scope.purchases[value].slots, strict=True):
            cost = costs[place]
            before = here[id(cost)]
            if filled and before is not None:
                limits = [limit.limit.value for limit in cost.limits if limit.category == name]
                here[id(cost)] = before + limits[0] if limits else None
        for key, top in here.items():
            before = most[key]
            most[key] = None if before is None or top is None else max(before, top)
    return most


def choices_in(part: object) -> list[Choose]:
    """The choices among the nodes of a part, each once."""
    return [node for node in _outside_members(part) if isinstance(node, Choose)]


def _outside_members(part: object) -> Iterator[object]:
    """The nodes of a part, not those inside members' lines or conditions on members."""
    return nodes_within(part, closed=lambda node: isinstance(node, (PerMember, EveryMember)))
