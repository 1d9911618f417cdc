"""Assumptions weighed: what each frame comes to where one of them is read otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from hojo_cli.base.finding import Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.evaluator import Evaluator, evaluator
from hojo_cli.engine.judgement import Outcome, Status
from hojo_cli.rules import readings
from hojo_cli.rules.declared import Ruleset


class Reread(NamedTuple):
    """One frame under an assumption (`label`) and under its other `reading`."""

    assumption: str
    label: Text
    reading: Text
    frame: str
    before: Outcome
    after: Outcome

    @property
    def moves(self) -> bool:
        """Whether it makes a difference to this applicant."""
        return self.before != self.after


def weighed(ruleset: Ruleset, name: str, applicant: Applicant, frames: Sequence[str]) -> Iterator[Reread]:
    """Every assumption that has another reading, for each frame that has something to pay for. `name` is the ruleset's year or path."""
    before = evaluator(ruleset, traced=False).outcomes(applicant, frames)
    costly = [frame for frame in frames if before[frame][0] is not Status.NO_COST]
    told = readings.of(ruleset) if costly else {}
    others = {assumption: readings.other(name, assumption) for assumption in told}
    after = _outcomes(others.values(), costly, applicant)
    for assumption, reading in told.items():
        other, label = others[assumption], ruleset.assumptions[assumption].label
        for frame in costly:
            if frame in other.frames:
                yield Reread(
                    assumption, label, reading, frame, before[frame], after[_basis(other), id(other.frames[frame])]
                )


def _outcomes(
    rulesets: Iterable[Ruleset], names: Sequence[str], applicant: Applicant
) -> dict[tuple[_Basis, int], Outcome]:
    """What frames come to, by what they rest on and which they are: in the wheel, all that two readings have in common is one object.

    Rulesets on one basis are judged as one that has the frames of all of them: what they share is made ready and worked out once.
    """
    merged: dict[_Basis, Ruleset] = {}
    for ruleset in rulesets:
        frames = {str(id(frame)): frame for name in names if (frame := ruleset.frames.get(name)) is not None}
        known = merged.setdefault(_basis(ruleset), ruleset._replace(frames={}))
        merged[_basis(ruleset)] = ruleset._replace(frames={**known.frames, **frames})
    return {
        (basis, int(frame)): outcome
        for basis, ruleset in merged.items()
        for frame, outcome in Evaluator(ruleset).outcomes(applicant).items()
    }


_Basis: TypeAlias = "tuple[int, int, int]"


def _basis(ruleset: Ruleset) -> _Basis:
    """What frames are judged by, beside what stands in them."""
    return id(ruleset.definitions), id(ruleset.facts), id(ruleset.fields)
