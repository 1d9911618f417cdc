"""Assumptions weighed: what each frame comes to where one of them is read otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hojo_cli.base.finding import Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.evaluator import evaluator
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
    before = evaluator(ruleset, traced=False).outcomes(applicant)
    costly = [frame for frame in frames if before[frame][0] is not Status.NO_COST]
    for assumption, reading in readings.of(ruleset).items() if costly else ():
        other, label = readings.other(name, assumption), ruleset.assumptions[assumption].label
        for frame in costly:
            if frame in other.frames:
                same = _asks_the_same(frame, ruleset, other)
                after = before[frame] if same else evaluator(other, traced=False).outcome(frame, applicant)
                yield Reread(assumption, label, reading, frame, before[frame], after)


def _asks_the_same(frame: str, ruleset: Ruleset, other: Ruleset) -> bool:
    """Whether the other reading leaves alone all that a frame's outcome comes of: in the wheel, what readings have in common is one object."""
    shared = ruleset.facts is other.facts and ruleset.fields is other.fields
    return shared and ruleset.definitions is other.definitions and ruleset.frames[frame] is other.frames[frame]
