"""Who tells a mutant from its ruleset: applicants whose result differs before and after it, searched at every border."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hojo_cli.analysis.analyse import analyse
from hojo_cli.analysis.applicants import Builder
from hojo_cli.analysis.boundary_cases import boundary_applicants, cost_grid
from hojo_cli.analysis.diagram import NONE
from hojo_cli.analysis.payout import Payout
from hojo_cli.analysis.scope import FrameScope
from hojo_cli.analysis.situations import FrameAnalysis, analyse_frame
from hojo_cli.analysis.world import World
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.evaluator import Evaluator
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import Compare, Number
from hojo_cli.rules.walk import nodes_within


def affected(before: Ruleset, after: Ruleset) -> list[str]:
    """The frames a change may reach: those it stands in, all of them where it stands in a definition."""
    if before.definitions != after.definitions:
        return list(before.frames)
    return [name for name, frame in before.frames.items() if after.frames[name] is not frame]


def judge_of(ruleset: Ruleset, names: Iterable[str]) -> Evaluator:
    """What judges applicants in these frames only."""
    return Evaluator(ruleset._replace(frames={name: ruleset.frames[name] for name in names}))


class Distinguisher:
    """Who tells changes of one ruleset from it. What is worked out about the ruleset itself serves all of them."""

    def __init__(self, before: Ruleset) -> None:
        self.before = before
        self.tested = {node.number.where for node in nodes_within(before) if isinstance(node, Compare)}
        self._at_bends: dict[str, list[Applicant]] = {}
        self._judges: dict[tuple[str, ...], Evaluator] = {}

    def witness(self, after: Ruleset, number: Number) -> tuple[str, Applicant] | None:
        """Frame and applicant for whom the change of this figure (or of the comparison with it) makes a difference.

        One who is paid something rather than one who is not; None where there is nobody.
        """
        names = tuple(affected(self.before, after))
        if names not in self._judges:
            self._judges[names] = judge_of(self.before, names)
        judge, judge_after = self._judges[names], judge_of(after, names)
        first = None
        for name in names:
            for applicant in self.candidates(after, name, moved=number.where in self.tested):
                outcome, outcome_after = (judging.outcomes(applicant)[name] for judging in (judge, judge_after))
                if outcome != outcome_after:
                    if outcome[1] or outcome_after[1]:
                        return name, applicant
                    first = first or (name, applicant)
        return first

    def candidates(self, after: Ruleset, name: str, *, moved: bool) -> Iterator[Applicant]:
        """Everybody at the bends of both; where a comparison is `moved`, those whom it puts into another situation."""
        if moved:
            yield from between(self.before, after, name)
            return
        if name not in self._at_bends:
            self._at_bends[name] = list(boundary_applicants(analyse(self.before).frames[name]))
        yield from self._at_bends[name]
        yield from boundary_applicants(analyse_frame(World(after), after.frames[name]))


def between(before: Ruleset, after: Ruleset, name: str) -> Iterator[Applicant]:
    """Those who are in one situation before a change and in another after it."""
    world = World(before, after)
    scope = FrameScope(world, [before.frames[name], after.frames[name]])
    analysis = analyse_frame(world, before.frames[name], scope)
    analysis_after = analyse_frame(world, after.frames[name], scope.as_read_by(after))
    builder = Builder(analysis)
    situations_after = list(_situations(analysis_after))
    for guard, payout, mode in _situations(analysis):
        for guard_after, payout_after, mode_after in situations_after:
            shared = scope.diagrams.both(guard, guard_after)
            if shared != NONE and mode != mode_after:
                for costs in cost_grid([drawn for drawn in (payout, payout_after) if drawn is not None]):
                    if (applicant := builder.build(shared, costs)) is not None:
                        yield applicant


def _situations(analysis: FrameAnalysis) -> Iterator[tuple[int, Payout | None, object]]:
    """Each situation with what tells it from others; those who are not eligible last."""
    for guard, situation in analysis.everybody:
        if situation is None:
            yield guard, None, None
        else:
            yield guard, Payout(analysis, situation), (tuple(situation.branches.values()), situation.bands)
