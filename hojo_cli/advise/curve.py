"""What each frame pays along one number of an applicant file: exact pieces, and the clause that makes each border between them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from hojo_cli.applicants.reader import Given
from hojo_cli.applicants.scenario import Scenario, Variable
from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Text
from hojo_cli.base.record import Record
from hojo_cli.engine.judgement import Reckoned, Status
from hojo_cli.engine.moving import Moving
from hojo_cli.engine.pieces import MOST, Stretch, TooManyPieces, pieces
from hojo_cli.explanation import borders, explain, profile
from hojo_cli.results.advised import Cause
from hojo_cli.rules.declared import Ruleset

ROUND: Final = (1, 2, 3, 4, 5, 6, 8, 10)
"""What a round number begins with."""

LOOKED_AHEAD: Final = 100
"""So many pieces over all that a number may be are walked through to find its last border."""

STEPS: Final = (1, 2, 5, 10)
"""What a step from one mark of a scale to the next begins with."""


class CurvePiece(Record):
    """A piece, and what ends it: the clauses that make the border to the next. There are none at the end of the curve, and where the curve
    is no line and each number is a piece of its own.

    `jump` is how many yen more are paid at the next whole number than at the last of this piece, where that is more than a step of
    either piece comes to; None elsewhere.
    """

    piece: Stretch
    clauses: tuple[Cause, ...]
    jump: int | None


class Curve(Record):
    """A frame along a number. The pieces follow each other without a gap."""

    ruleset: Ruleset
    frame: str
    label: Text
    pieces: tuple[CurvePiece, ...]

    def at(self, x: int) -> Stretch | None:
        """The piece that holds x."""
        return next((each.piece for each in self.pieces if each.piece.first <= x <= each.piece.last), None)


class Along:
    """An applicant file along one of its numbers. `curved`: a rule divides by it, so that number by number was gone."""

    most: Final = MOST

    def __init__(self, scenario: Scenario, variable: Variable) -> None:
        self.scenario = scenario
        self.variable = variable
        self.curved = False
        self._sides: dict[tuple[str, int], borders.Neighbour | tuple[Cause, ...]] = {}

    def pieces(self, first: int, last: int, most: int) -> dict[str, list[Stretch]]:
        """Those of each frame; what is bought makes no border of its own. Raises `TooManyPieces`."""

        def yen(x: Exact) -> Reckoned | None:
            self.curved |= not isinstance(x, Moving)
            judged = self.scenario.along(self.variable, x)
            return None if judged is None else judged._replace(cost=0)

        return pieces(yen, first, last, tuple(self.scenario.ruleset.frames), most)

    def reach(self, first: int) -> int:
        """A round number beyond the last border, and at least twice today's value; no further than the number may go."""
        twice = 2 * max(self.variable.now or 0, 1)
        try:
            laid = self.pieces(first, self.variable.most, LOOKED_AHEAD)
        except TooManyPieces:
            return min(round_up(twice), self.variable.most)
        last = max(piece.last for frame in laid.values() for piece in (Stretch(0, 0, None, None), *frame[:-1]))
        return min(round_up(max(twice, last + last // 5)), self.variable.most)

    def curves(self, first: int, last: int, frames: Sequence[str]) -> list[Curve] | None:
        """One for each of the frames; where none is named, for those that have a cost anywhere. None where all frames together have more
        than `most` pieces.
        """
        try:
            laid = self.pieces(first, last, self.most)
        except TooManyPieces:
            return None
        bought = [name for name, those in laid.items() if any(piece.status is not Status.NO_COST for piece in those)]
        return [self.curve(name, laid[name]) for name in frames or bought or laid]

    def curve(self, name: str, laid: Sequence[Stretch]) -> Curve:
        """A frame whose pieces are known, with what makes each border."""
        ended = []
        for piece, after in pairwise(laid):
            clauses = self.between(name, piece.last, after.first)
            if not clauses and after.last > after.first:  # what begins to work may take no yen yet at its first number
                clauses = self.between(name, piece.last, after.first + 1)
            ended.append(CurvePiece(piece, clauses, jump(piece, after) if clauses else None))
        ended.append(CurvePiece(laid[-1], (), None))
        ruleset = self.scenario.ruleset
        return Curve(ruleset, name, ruleset.frames[name].label, tuple(ended))

    def between(self, frame: str, near: int, far: int) -> tuple[Cause, ...]:
        """What makes the difference between two numbers for a frame."""
        before, after = self._side(frame, near), self._side(frame, far)
        if isinstance(before, borders.Neighbour) and isinstance(after, borders.Neighbour):
            return borders.clauses(before, after)
        over = [] if isinstance(before, borders.Neighbour) else [clause._replace(begins=False) for clause in before]
        return (*over, *(() if isinstance(after, borders.Neighbour) else after))

    def _side(self, frame: str, x: int) -> borders.Neighbour | tuple[Cause, ...]:
        """A frame at x, explained; or why such a file is refused."""
        if (frame, x) in self._sides:
            return self._sides[frame, x]
        ruleset, path = self.scenario.ruleset, self.variable.path
        applicant = self.scenario.applicant({path: Given(x * self.variable.step)})
        side: borders.Neighbour | tuple[Cause, ...]
        if applicant is None:
            errors = self.scenario.errors(self.variable, x)
            side = tuple(Cause("refused", found.message, begins=True) for found in errors)
        else:
            told = [applicant.members[path[1]]] if path[0] == "members" and isinstance(path[1], int) else []
            estimate = explain.alone(ruleset, frame, applicant, told=told if applicant.members else None)
            side = borders.Neighbour(estimate, profile.traits(ruleset, applicant))
        self._sides[frame, x] = side
        return side


def jump(piece: Stretch, after: Stretch) -> int | None:
    """How many yen more the next whole number brings, where that is more than a step of either piece."""
    if piece.yen is None or after.yen is None:
        return None
    yen = (after.at(after.first) or 0) - (piece.at(piece.last) or 0)
    step = max(abs(Fraction(line.smooth.slope)) for line in (piece.yen, after.yen))
    return yen if abs(yen) > step + 1 else None


def round_up(number: int, beginnings: tuple[int, ...] = ROUND) -> int:
    """The next number that people call round: one of the beginnings, then zeros."""
    scale: int = 10 ** (len(str(number)) - 1)
    return next(beginning * scale for beginning in beginnings if beginning * scale >= number)
