"""Who would notice a change of a ruleset: applicants whose result differs before and after it, searched at every border."""

from __future__ import annotations

from collections.abc import Iterator

from hojo_cli.analysis import analyse
from hojo_cli.analysis.applicants import Builder
from hojo_cli.analysis.boundary_cases import atlas, grid
from hojo_cli.analysis.conditions import Scope, World
from hojo_cli.analysis.diagram import NONE
from hojo_cli.analysis.plot import Drawing
from hojo_cli.analysis.situations import FrameAnalysis, analyse_frame
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.compile import Compiled, compile_ruleset
from hojo_cli.rules.nodes import Compare, Number, Ruleset
from hojo_cli.rules.walk import nodes


def affected(before: Ruleset, after: Ruleset) -> list[str]:
    """The frames a change may reach: those it stands in, all of them where it stands in a definition."""
    if before.definitions != after.definitions:
        return list(before.frames)
    return [name for name, frame in before.frames.items() if after.frames[name] is not frame]


class Observers:
    """Who would notice changes of one ruleset. What is worked out about the ruleset itself serves all of them."""

    def __init__(self, before: Ruleset) -> None:
        self.before = before
        self.tested = {node.number.where for node in nodes(before) if isinstance(node, Compare)}
        self._known: dict[str, list[Applicant]] = {}
        self._judges: dict[tuple[str, ...], Compiled] = {}

    def noticed(self, after: Ruleset, number: Number) -> Iterator[tuple[str, Applicant, bool]]:
        """Frame and applicant for whom the change of this figure (or of the comparison with it) makes a difference; whether it pays."""
        names = affected(self.before, after)
        judges = self._judge(names), _only(after, names)
        for name in names:
            tried = _between(self.before, after, name) if number.where in self.tested else self._along(after, name)
            for subject in tried:
                one, other = (judge.outcomes(subject)[name] for judge in judges)
                if one != other:
                    yield name, subject, bool(one[1] or other[1])

    def witness(self, after: Ruleset, number: Number) -> tuple[str, Applicant] | None:
        """The first who would notice, one who is paid something rather than one who is not; None where nobody would."""
        first = None
        for name, subject, paid in self.noticed(after, number):
            first = first or (name, subject)
            if paid:
                return name, subject
        return first

    def _judge(self, names: list[str]) -> Compiled:
        key = tuple(names)
        if key not in self._judges:
            self._judges[key] = _only(self.before, names)
        return self._judges[key]

    def _along(self, after: Ruleset, name: str) -> Iterator[Applicant]:
        """Everybody at the bends of both."""
        if name not in self._known:
            self._known[name] = list(atlas(analyse(self.before).frames[name]))
        yield from self._known[name]
        yield from atlas(analyse_frame(World(after), after.frames[name]))


def _only(ruleset: Ruleset, names: list[str]) -> Compiled:
    return compile_ruleset(ruleset._replace(frames={name: ruleset.frames[name] for name in names}))


def _between(before: Ruleset, after: Ruleset, name: str) -> Iterator[Applicant]:
    """Those who are in one situation before the change and in another after it."""
    world = World(before, after)
    scope = Scope(world, [before.frames[name], after.frames[name]])
    one = analyse_frame(world, before.frames[name], scope)
    other = analyse_frame(world, after.frames[name], scope.twin(after))
    builder = Builder(one)
    for guard, drawing, mode in _all(one):
        for there, drawn, after_mode in _all(other):
            shared = scope.diagrams.both(guard, there)
            if shared != NONE and mode != after_mode:
                drawings = [each for each in (drawing, drawn) if each is not None]
                for costs in grid(drawings):
                    if (subject := builder.build(shared, costs)) is not None:
                        yield subject


def _all(analysis: FrameAnalysis) -> list[tuple[int, Drawing | None, object]]:
    """Each situation with what tells it from others; those who are not eligible last."""
    diagrams = analysis.scope.diagrams
    found: list[tuple[int, Drawing | None, object]] = [
        (each.guard, Drawing(analysis, each), (tuple(each.branches.values()), each.bands))
        for each in analysis.situations
    ]
    barred = diagrams.both(analysis.scope.possible, diagrams.outside(analysis.eligible))
    return [*found, (barred, None, None)]
