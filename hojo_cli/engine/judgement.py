"""What comes of a frame: its status, its yen, and the derivations they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeAlias

from hojo_cli.base.exact import Exact
from hojo_cli.base.record import Record
from hojo_cli.engine.derivation import Derivation
from hojo_cli.rules.nodes import Band, Frame, Line, Requirement, Rounded, Subtotal


class Status(StrEnum):
    """What comes of a frame, in order of precedence."""

    NO_COST = "no_cost"
    INELIGIBLE = "ineligible"
    INCOMPLETE = "incomplete"
    BELOW_FLOOR = "below_floor"
    PAYABLE = "payable"


Outcome: TypeAlias = "tuple[Status, int | None]"
"""The status of a frame and its whole yen; None while facts are missing."""


class Reckoned(Record):
    """What each frame comes to, and what is bought costs in all."""

    outcomes: Mapping[str, Outcome]
    cost: Exact


def same_for_all(outcomes: Iterable[Outcome]) -> Outcome | None:
    """What several outcomes come to, if they are one (None too where facts contradict each other and nothing can come of them).

    An applicant who is ineligible, if anything is bought at all, is ineligible.
    """
    found = set(outcomes)
    if len(found) > 1:
        found.discard((Status.NO_COST, 0))
        if found != {(Status.INELIGIBLE, 0)}:
            return None
    return found.pop() if found else None


class Judged(Record):
    """A requirement and whether it holds."""

    requirement: Requirement
    derivation: Derivation


class Cut(Record):
    """Yen that a line came to and that do not arrive (negative: yen on top), and what takes them."""

    by: Cutter
    yen: Exact


class LineYield(Record):
    """A line: its own derivation, what of it is paid in the end (None: unknown), and the cuts in between, in their order.

    Where nothing is paid at all, the rest is what the cuts leave.
    """

    line: Line
    derivation: Derivation
    paid: Exact | None
    cuts: tuple[Cut, ...] = ()


class SubtotalYield(Record):
    """Lines under a shared cap: their sum, the cap, what is left."""

    subtotal: Subtotal
    derivation: Derivation


class BandYield(Record):
    """A band: whether its requirements hold, whether its floor is reached, what it would grant, and its cap if it has one."""

    band: Band
    requirements: tuple[Judged, ...]
    holds: bool | None
    reached: bool
    grant: Exact
    unknown: frozenset[str]
    cap: Derivation | None


Cutter: TypeAlias = "SubtotalYield | Rounded | BandYield"


class Judgement(Record):
    """The outcome of one frame. `subsidy` is whole yen where the status is settled, None where it is not.

    `unknown` holds the facts that three-valued logic could not do without: a superset of those that matter. `granted` is what is paid
    of the total, cut to whole yen.
    """

    frame: Frame
    status: Status
    subsidy: int | None
    unknown: frozenset[str]
    requirements: tuple[Judged, ...] = ()
    lines: tuple[LineYield, ...] = ()
    subtotals: tuple[SubtotalYield, ...] = ()
    total: Derivation | None = None
    bands: tuple[BandYield, ...] = ()
    band: BandYield | None = None
    granted: Derivation | None = None
