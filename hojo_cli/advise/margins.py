"""How near an applicant stands to where something changes: the next border of every number it states, to both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from hojo_cli.advise.curve import Along
from hojo_cli.advise.leaving import leaving_members
from hojo_cli.applicants.scenario import Scenario, Variable
from hojo_cli.base.exact import Exact, quotient, whole
from hojo_cli.base.number import Kind
from hojo_cli.base.record import NamedTuple
from hojo_cli.engine.judgement import Reckoned, Status
from hojo_cli.engine.moving import Moving, NotStraight
from hojo_cli.engine.pieces import Stretch, TooManyPieces, joined, walk
from hojo_cli.explanation.borders import sentence
from hojo_cli.results.advised import Border

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


def margins(scenario: Scenario, frames: Sequence[str], *, near: bool = False) -> list[Margin]:
    """Every border within reach, or that is `near`, the nearest first; of frames that pay for something and wait for no answer."""
    now = scenario.judged({}, frames)
    assert now is not None  # the file was read without an error
    settled = [name for name, (status, yen) in now.outcomes.items() if yen is not None and status is not Status.NO_COST]
    found = [
        margin
        for variable in scenario.variables.values()
        if variable.now is not None
        for way in (1, -1)
        for margin in _borders(scenario, variable, variable.now, way, settled, near=near)
        if margin.near or not near
    ]
    return sorted(found, key=lambda margin: (margin.share, -abs((margin.yen_after or 0) - (margin.yen_now or 0))))


def _borders(
    scenario: Scenario, variable: Variable, now: int, way: int, frames: Sequence[str], *, near: bool
) -> Iterator[Margin]:
    """The first border of each frame on the way up (1) or down (-1)."""
    room = variable.most - now if way > 0 else now - variable.least
    far = max(1, whole(NEAR * abs(now) / (1 - NEAR))) if near else max(REACH[variable.kind], abs(now))
    reach = min(room, far)

    def answer(steps: Exact) -> Reckoned | None:
        if not isinstance(steps, Moving):
            raise NotStraight  # no border, but a curve: every step is one
        return scenario.along(variable, now + way * steps, waiting)

    here: dict[str, Stretch] = {}
    waiting = [*frames]
    try:
        for step in walk(answer, 0, reach) if waiting else ():
            for name in [*waiting]:
                after = step.get(name) or step[""]
                before = here.setdefault(name, after)
                if longer := after if before is after else joined(before, after):
                    here[name] = longer
                    continue
                waiting.remove(name)
                border, yen_after = now + way * after.first, after.at(after.first)
                if before.yen is not None and after.status is not None and border != variable.least:
                    goes_on = after.yen is None or before.yen.at(after.first - before.first) == yen_after
                    jump = before.status is not after.status or not goes_on
                    yield Margin(
                        variable, name, now, border, before.status, after.status, before.at(0), yen_after, jump
                    )
            if not waiting:
                return
    except (NotStraight, TooManyPieces):
        return


def told(scenario: Scenario, margin: Margin) -> Border:
    """The border with the clauses that make it."""
    variable, way = margin.variable, 1 if margin.border > margin.now else -1
    along, inside = Along(scenario, variable), margin.border - way
    clauses = along.between(margin.frame, inside, margin.border) or along.between(
        margin.frame, inside, margin.border + way
    )  # a limit that is just reached takes nothing yet
    return Border(
        variable.written,
        variable.label,
        variable.value(margin.now),
        variable.value(margin.border),
        variable.value(margin.distance),
        (variable.figure(margin.now), variable.figure(margin.border)),
        margin.frame,
        scenario.ruleset.frames[margin.frame].label,
        margin.after,
        margin.yen_now,
        margin.yen_after,
        margin.jump,
        margin.near,
        sentence(clauses),
        tuple([clause.citation for clause in clauses if clause.citation is not None]),
        (variable.setting(margin.border),),
    )


def near(scenario: Scenario, paid: Mapping[str, int | None], frames: Sequence[str]) -> tuple[Border, ...]:
    """The borders that are near and matter: of these frames, or where another would pay more than any does now (`paid`).

    First a member that leaves, then where another amount is paid at once, then the nearest.
    """
    most = max((yen or 0 for yen in paid.values()), default=0)
    found = [
        margin
        for margin in margins(scenario, tuple(paid), near=True)
        if margin.frame in frames or (margin.yen_after or 0) > most
    ]
    jumping = sorted(found, key=lambda margin: not margin.jump)
    leaving = [border for border in leaving_members(scenario, frames) if border.near]
    return (*leaving, *(told(scenario, margin) for margin in jumping))


def all_borders(scenario: Scenario, frames: Sequence[str]) -> tuple[Border, ...]:
    """Every border within reach, the nearest first; of a group also how many members may leave it."""
    found = [(margin.share, told(scenario, margin)) for margin in margins(scenario, frames)]
    found += [(quotient(int(border.distance), int(border.now)), border) for border in leaving_members(scenario, frames)]
    return tuple([border for _, border in sorted(found, key=lambda each: each[0])])
