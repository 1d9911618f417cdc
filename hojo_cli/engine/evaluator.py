"""A ruleset made ready to judge applicants: each node lowered once to a closure, with or without a trace.

With a trace a judgement carries the derivations it rests on, for whoever explains it; without, status and yen alone, several
times as fast. The closures are the same: a trace only keeps what they hand on, and lets nothing be skipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.case import NO_ITEMS, Case, Facts
from hojo_cli.engine.derivation import Derivation
from hojo_cli.engine.diagram import TooMany
from hojo_cli.engine.frames import Frames, Judge
from hojo_cli.engine.item_index import ItemIndex
from hojo_cli.engine.judgement import Judgement, Outcome, Status
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import Condition, Frame
from hojo_cli.rules.walk import conditions

if TYPE_CHECKING:
    from hojo_cli.engine.completions import Completions


class Evaluator(Frames):
    """Judges applicants by one ruleset."""

    def __init__(self, ruleset: Ruleset, *, traced: bool = False) -> None:
        super().__init__(ruleset.definitions, ItemIndex(), traced=traced)
        self.ruleset = ruleset
        self._completions: dict[str, Completions] = {}
        self._by_itself: dict[str, tuple[Judge, ItemIndex]] = {}
        self._latest: Case | None = None

    @cached_property
    def judges(self) -> Mapping[str, Judge]:
        """For each frame what judges it. All that explains and may look at items is lowered as well, before they are sorted."""
        if self.traced:
            for part in (*self.definitions.values(), *self.ruleset.assumptions.values()):
                for condition in conditions(part):
                    self.condition(condition)
        return {name: self.frame(frame) for name, frame in self.ruleset.frames.items()}

    def case(self, applicant: Applicant) -> Case:
        """The applicant with items sorted. The latest is kept: all frames and the profile are judged on one case.

        What was worked out for a member stands as long as it is the same one, whoever is judged with it.
        """
        if self._latest is None or self._latest.applicant is not applicant:
            assert self.judges is not None
            self._latest = self.index.case(applicant, self._latest.members if self._latest else ())
        return self._latest

    def judge(self, frame: Frame, applicant: Applicant) -> Judgement:
        """One frame of the ruleset, in three-valued logic."""
        assert self.ruleset.frames[frame.id] is frame
        return self.judges[frame.id](self.case(applicant))

    def holds(self, node: Condition, case: Case) -> bool | None:
        """Whether a condition of the ruleset holds; None where that is unknown."""
        value = self.condition(node)(case).value
        return value if isinstance(value, bool) else None

    def profile(self, case: Case) -> Mapping[str, Derivation]:
        """The definitions the ruleset shows about an applicant first."""
        return {name: self.defined(name, case) for name in self.ruleset.profile}

    def defined(self, name: str, case: Case) -> Derivation:
        """What a definition comes to."""
        return self.definition(name)(case)

    def completions(self, frame: str) -> Completions:
        """What looks at all completions of unknown facts; made for those who need it."""
        if frame not in self._completions:
            from hojo_cli.engine.completions import Completions  # most applicants leave nothing open

            self._completions[frame] = Completions(self.ruleset, self.ruleset.frames[frame])
        return self._completions[frame]

    def by_itself(self, frame: Frame) -> tuple[Judge, ItemIndex]:
        """What judges one frame, and the questions about items that it asks: items that differ in nothing else are alike to it."""
        if frame.id not in self._by_itself:
            index = ItemIndex()
            self._by_itself[frame.id] = Frames(self.definitions, index, traced=self.traced).frame(frame), index
        return self._by_itself[frame.id]

    def outcomes(self, applicant: Applicant, frames: Iterable[str] | None = None) -> dict[str, Outcome]:
        """Status and yen by frame, of all or of these; incomplete (None) only where what is unknown decides."""
        case, names = self.case(applicant), self.judges if frames is None else frames
        return {name: self._outcome(name, self.judges[name](case), applicant) for name in names}

    def outcome(self, frame: str, applicant: Applicant) -> Outcome:
        """The same of one frame, where no other is of interest."""
        judge, index = self.by_itself(self.ruleset.frames[frame])
        return self._outcome(frame, judge(index.case(applicant)), applicant)

    def _outcome(self, frame: str, judgement: Judgement, applicant: Applicant) -> Outcome:
        outcome = judgement.status, judgement.subsidy
        if judgement.status is Status.INCOMPLETE:
            with suppress(TooMany):  # the three-valued answer stands
                return self.completions(frame).settled(applicant) or outcome
        return outcome


def case_of_facts(facts: Facts) -> Case:
    """An applicant of whom no more than facts is known, to ask conditions on facts alone."""
    return Case(facts, NO_ITEMS)


def evaluator(ruleset: Ruleset, *, traced: bool = True) -> Evaluator:
    """The evaluator of a ruleset; those of the latest few are kept."""
    for known in _LATEST:
        if known.ruleset is ruleset and known.traced is traced:
            return known
    _LATEST.append(Evaluator(ruleset, traced=traced))
    del _LATEST[:-_MANY]
    return _LATEST[-1]


_MANY: Final = 8
_LATEST: Final[list[Evaluator]] = []


def judge(ruleset: Ruleset, frame: Frame, applicant: Applicant) -> Judgement:
    """One frame with all that its judgement rests on, in three-valued logic."""
    return evaluator(ruleset).judge(frame, applicant)
