"""Who would notice a change of a ruleset: applicants whose result differs before and after it, searched at every border."""

from __future__ import annotations

from collections.abc import Iterator

from hojo_cli.analysis.applicants import Builder
from hojo_cli.analysis.atlas import atlas, grid
from hojo_cli.analysis.conditions import Scope, World
from hojo_cli.analysis.diagram import NONE
from hojo_cli.analysis.plot import Drawing
from hojo_cli.analysis.situations import FrameAnalysis, analyse_frame
from hojo_cli.compile import Compiled, compile_ruleset
from hojo_cli.evidence.walk import nodes
from hojo_cli.formula import Compare, Number, Ruleset
from hojo_cli.subject import Subject


def affected(before: Ruleset, after: Ruleset) -> list[str]:
    """The frames a change may reach: those it stands in, all of them where it stands in a definition."""
    if before.definitions != after.definitions:
        return list(before.frames)
    return [name for name, frame in before.frames.items() if after.frames[name] is not frame]


def noticed(before: Ruleset, after: Ruleset, number: Number) -> Iterator[tuple[str, Subject]]:
    """Frame and applicant for whom the change of this figure (or of the comparison with it) makes a difference."""
    names = affected(before, after)
    judges = _only(before, names), _only(after, names)
    tests = any(isinstance(node, Compare) and node.number.where == number.where for node in nodes(before))
    for name in names:
        for subject in (_between if tests else _along)(before, after, name):
            one, other = (judge.outcomes(subject)[name] for judge in judges)
            if one != other:
                yield name, subject


def witness(before: Ruleset, after: Ruleset, number: Number) -> tuple[str, Subject] | None:
    """The first who would notice, one who is paid something rather than one who is not; None where nobody would."""
    first, judges = None, [compile_ruleset(ruleset) for ruleset in (before, after)]
    for name, subject in noticed(before, after, number):
        first = first or (name, subject)
        if any(judge.outcomes(subject)[name][1] for judge in judges):
            return name, subject
    return first


def _only(ruleset: Ruleset, names: list[str]) -> Compiled:
    return compile_ruleset(ruleset._replace(frames={name: ruleset.frames[name] for name in names}))


def _along(before: Ruleset, after: Ruleset, name: str) -> Iterator[Subject]:
    """Everybody at the bends of both."""
    for ruleset in (before, after):
        yield from atlas(analyse_frame(World(ruleset), ruleset.frames[name]))


def _between(before: Ruleset, after: Ruleset, name: str) -> Iterator[Subject]:
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
                for costs in grid(one, drawings):
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
