"""All of a ruleset: each frame in each combination of its choices that somebody can be in, with the most that each cost comes to there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hojo_cli.base.number import LARGEST
from hojo_cli.base.record import Record
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import Choose, Condition, Every, EveryMember, Frame, Line, PerMember
from hojo_cli.rules.walk import nodes_within
from hojo_cli.verify.analysis.diagram import NONE
from hojo_cli.verify.analysis.purchases import TooManyError
from hojo_cli.verify.analysis.scope import FrameScope, of_one
from hojo_cli.verify.analysis.world import World


class Situation(Record):
    """Who is in it (`guard`), the branch each choice takes (by identity), the bands that stand, the most each cost comes to (None: no end)."""

    guard: int
    branches: Mapping[int, int]
    bands: tuple[bool, ...]
    tops: Mapping[int, int | None]


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
        barred = self.scope.diagrams.without(self.scope.possible, self.eligible)
        return [*((situation.guard, situation) for situation in self.situations), (barred, None)]


class Analysis(Record):
    """A ruleset with all its situations, frame by frame; `definitions` sees what its named conditions look at."""

    ruleset: Ruleset
    world: World
    definitions: FrameScope
    frames: Mapping[str, FrameAnalysis]


def analyse(ruleset: Ruleset) -> Analysis:
    """The analysis of a ruleset; the latest one is kept, since several checks in a row ask for the same."""
    if not _LATEST or _LATEST[0].ruleset is not ruleset:
        world = World(ruleset)
        frames = {name: analyse_frame(world, frame) for name, frame in ruleset.frames.items()}
        definitions = FrameScope(world, [definition.condition for definition in ruleset.definitions.values()])
        _LATEST[:] = [Analysis(ruleset, world, definitions, frames)]
    return _LATEST[0]


def analysed(ruleset: Ruleset) -> Analysis | None:
    """The analysis, or None where the ruleset tells too many purchases apart."""
    try:
        return analyse(ruleset)
    except TooManyError:
        return None


_LATEST: Final[list[Analysis]] = []


def analyse_frame(world: World, frame: Frame, scope: FrameScope | None = None) -> FrameAnalysis:
    """Every situation of one frame."""
    scope = FrameScope(world, [frame]) if scope is None else scope
    diagrams = scope.diagrams
    requirements = (scope.condition(requirement.holds) for requirement in frame.requires)
    eligible = diagrams.both(scope.possible, diagrams.every(requirements))
    stand = [diagrams.every(scope.condition(asked.holds) for asked in band.requires) for band in frame.bands]
    situations = [
        Situation(narrowed, branches, bands, tops(scope, narrowed))
        for guard, branches in branched(scope, eligible, choices_in(frame))
        for narrowed, bands in diagrams.split(guard, stand)
    ]
    borrowed = [node for node in _outside_members(frame) if isinstance(node, PerMember)]
    lent = tuple({id(line): line for node in borrowed for line in node.lines}.values())
    members: list[Situation] = []
    if scope.inner is not None and lent:  # of a member that takes part, each of whose requirements the frame asks for
        inner, asked_of_all = scope.inner, tuple(requirement.holds for requirement in frame.requires)
        parts = nodes_within(
            asked_of_all, closed=lambda node: isinstance(node, Condition) and not isinstance(node, Every)
        )
        asked = [of_one(part) for part in parts if isinstance(part, EveryMember)]
        asked += [node.only for node in borrowed if node.only is not None]
        taking_part = inner.diagrams.every((inner.possible, *map(inner.condition, asked)))
        members = [
            Situation(guard, branches, (), tops(inner, guard))
            for guard, branches in branched(inner, taking_part, choices_in(lent))
        ]
    return FrameAnalysis(frame, scope, eligible, tuple(situations), tuple(members), lent)


def branched(scope: FrameScope, guard: int, choices: Iterable[Choose]) -> list[tuple[int, dict[int, int]]]:
    """Those in `guard`, divided by the branch that every choice takes."""
    split: list[tuple[int, dict[int, int]]] = [(guard, {})] if guard != NONE else []
    for choice in choices:
        split = [
            (narrowed, {**branches, id(choice): place})
            for within, branches in split
            for place, narrowed in enumerate(scope.first_of(within, [branch.when for branch in choice.branches]))
            if narrowed != NONE
        ]
    return split


def tops(scope: FrameScope, guard: int) -> dict[int, int | None]:
    """For each cost of the scope: the most that counts, None where there is no end."""
    bought = scope.diagrams.values(guard, scope.purchase)
    most = {cost: max([rooms[value] for value in bought], default=0) for cost, rooms in scope.rooms.items()}
    return {key: None if top >= LARGEST else top for key, top in most.items()}


def choices_in(part: object) -> list[Choose]:
    """The choices among the nodes of a part, each once."""
    return [node for node in _outside_members(part) if isinstance(node, Choose)]


def _outside_members(part: object) -> Iterator[object]:
    """The nodes of a part, not those inside members' lines or conditions on members."""
    return nodes_within(part, closed=lambda node: isinstance(node, (PerMember, EveryMember)))
