"""How near an applicant stands to where something changes: the next border of every number it states, to both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from hojo_cli.advise.curve import Along
from hojo_cli.applicants.scenario import Scenario, Variable
from hojo_cli.base.exact import quotient
from hojo_cli.base.number import Kind
from hojo_cli.engine.judgement import Status
from hojo_cli.engine.moving import Moving, NotStraight
from hojo_cli.engine.pieces import Reckoned, Stretch, TooManyPieces, joined, walk
from hojo_cli.results.estimated import Cause
from hojo_cli.rules.nodes import Exact

REACH: Final = {Kind.YEN: 0, Kind.COUNT: 10, Kind.MONTHS: 12, Kind.YEARS: 5, Kind.RATE: 500}
"""So many steps are looked at to both sides, or as far again as the number is great."""
NEAR: Final = Fraction(1, 10)
"""A border is near if no more than this part of the number lies between, or one step."""


class Margin(NamedTuple):
    """The next `border` of a number for one frame, in steps of the variable: there the frame comes to `after`, with `yen_after`, and no
    longer goes on as it does where the number is now. `jump`: it pays another amount at once.
    """

    variable: Variable
    frame: str
    now: int
    border: int
    before: Status | None
    after: Status | None
    yen_now: int | None
    yen_after: int | None
    jump: bool

    @property
    def distance(self) -> int:
        """Steps to go."""
        return abs(self.border - self.now)

    @property
    def share(self) -> Exact:
        """The distance as a part of the number."""
        return quotient(self.distance, max(abs(self.now), abs(self.border)))

    @property
    def near(self) -> bool:
        """Whether it is worth a look."""
        return self.share <= NEAR or self.distance == 1


def margins(scenario: Scenario, frames: Sequence[str]) -> list[Margin]:
    """Every border within reach, the nearest first."""
    found = [
        margin
        for variable in scenario.variables.values()
        if variable.now is not None
        for way in (1, -1)
        for margin in _borders(scenario, variable, variable.now, way, frames)
    ]
    return sorted(found, key=lambda margin: (margin.share, -abs((margin.yen_after or 0) - (margin.yen_now or 0))))


def _borders(scenario: Scenario, variable: Variable, now: int, way: int, frames: Sequence[str]) -> Iterator[Margin]:
    """The first border of each frame on the way up (1) or down (-1)."""
    room = variable.most - now if way > 0 else now - variable.least
    reach = min(room, max(REACH[variable.kind], abs(now)))

    def answer(steps: Exact) -> Reckoned | None:
        if not isinstance(steps, Moving):
            raise NotStraight  # no border, but a curve: every step is one
        return scenario.along(variable, now + way * steps)

    here: dict[str, Stretch] = {}
    done = set[str]()
    try:
        for step in walk(answer, 0, reach):
            for name in frames:
                piece = step.get(name) or step[""]
                if name in done:
                    continue
                if name not in here:
                    here[name] = piece
                elif longer := joined(here[name], piece):
                    here[name] = longer
                else:
                    done.add(name)
                    if told(here[name], piece) and now + way * piece.first != variable.least:
                        yield _margin(variable, name, now, way, here[name], piece)
            if len(done) == len(frames):
                return
    except (NotStraight, TooManyPieces):
        return


def because(scenario: Scenario, margin: Margin) -> tuple[Cause, ...]:
    """The clauses that make the border."""
    way = 1 if margin.border > margin.now else -1
    along, inside = Along(scenario, margin.variable), margin.border - way
    clauses = along.between(margin.frame, inside, margin.border)
    return clauses or along.between(
        margin.frame, inside, margin.border + way
    )  # a limit that is just reached takes nothing yet


def told(before: Stretch, after: Stretch) -> bool:
    """Whether a border says anything: of a frame that is settled and for which something is bought, in a file that could be."""
    return before.yen is not None and before.status is not Status.NO_COST and after.status is not None


def _margin(variable: Variable, frame: str, now: int, way: int, before: Stretch, after: Stretch) -> Margin:
    yen_now, yen_after = before.at(0), after.at(after.first)
    going_on = None if before.yen is None else before.yen.at(after.first - before.first)
    jump = before.status is not after.status or (after.yen is not None and going_on != yen_after)
    border = now + way * after.first
    return Margin(variable, frame, now, border, before.status, after.status, yen_now, yen_after, jump)
