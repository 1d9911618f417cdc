"""Ruleset × subject → one judgement for each frame: status, yen, and the derivations they rest on.

An unknown fact leaves a frame incomplete only if it can still change its status or its yen; `missing` then holds exactly
those facts (see `unknowns`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeAlias

from hojo_cli.base.record import Record
from hojo_cli.engine.applicant import Applicant, open_fields, picks_any
from hojo_cli.engine.derive import KNOWN, Derivation, Scope, amount, condition, line_amount, rounded
from hojo_cli.rules.nodes import (
    Amount,
    Apportion,
    Band,
    Capped,
    Costs,
    Exact,
    Frame,
    Line,
    PerMember,
    Pick,
    Rated,
    Requirement,
    Rounded,
    Ruleset,
    Subtotal,
    Tiered,
)
from hojo_cli.rules.totals import ceiling, ceiling_of_total, outermost


class Status(StrEnum):
    """What comes of a frame, in order of precedence."""

    NO_COST = "no_cost"
    INELIGIBLE = "ineligible"
    INCOMPLETE = "incomplete"
    BELOW_FLOOR = "below_floor"
    PAYABLE = "payable"


def same_for_all(outcomes: Iterable[tuple[Status, int | None]]) -> tuple[Status, int | None] | None:
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


def judge(ruleset: Ruleset, frame: Frame, subject: Applicant, seen: dict[str, Derivation] | None = None) -> Judgement:
    """One frame, in three-valued logic. `seen` carries the definitions of this very subject from frame to frame."""
    touched = touches(frame, subject)
    if touched is False:
        return Judgement(frame, Status.NO_COST, 0, KNOWN)
    scope, left = Scope(subject, ruleset.definitions, seen), _Left()
    requirements = _judged(frame.requires, scope)
    lines, subtotals = _lines(frame, scope, left)
    total = _total(frame, scope)
    bands = tuple(_band(band, total, frame, scope) for band in frame.bands)
    shown = requirements, lines, subtotals, total, bands
    unknown = _unknown(judged.derivation for judged in requirements)
    status, subsidy, doubt, band = _settle(total, bands)
    if any(judged.derivation.value is False for judged in requirements):  # whether or not there is anything to pay for
        return Judgement(frame, Status.INELIGIBLE, 0, KNOWN, *shown)
    if touched is None:
        unknown |= {name for line in frame.lines for name in _untouched(line.amount, subject)}
    if touched is None or (status is not Status.INELIGIBLE and (unknown or doubt)):
        return Judgement(frame, Status.INCOMPLETE, None, unknown | doubt, *shown)
    if subsidy is None or status is Status.INELIGIBLE:
        return Judgement(frame, status, subsidy, KNOWN, *shown)
    return _shared_out(Judgement(frame, status, subsidy, KNOWN, *shown, band), scope, left)


_OF_COSTS: Final = (Rounded, Capped, Rated, Tiered, Apportion)  # a union takes five times as long


def touches(frame: Frame, subject: Applicant) -> bool | None:
    """Whether a line of the frame picks an item that costs anything; None where only a field left out could say so."""
    found: bool | None = False
    for line in frame.lines:
        touched = _picks_any(line.amount, subject)
        if touched:
            return True
        if touched is None:
            found = None
    return found


def _picks_any(node: Amount, subject: Applicant) -> bool | None:
    while isinstance(node, _OF_COSTS):
        node = node.of
    match node:
        case Costs():
            priced = picks_any(subject, node.picks, priced=True)
            led = picks_any(subject, node.led_by) if node.led_by else True
            return False if False in (priced, led) else None if None in (priced, led) else True
        case PerMember(lines):
            inside = [_picks_any(line.amount, member) for line in lines for member in subject.members]
            return True if True in inside else None if None in inside else False
        case _:
            return False


def _untouched(node: Amount, subject: Applicant) -> Iterator[str]:
    """The fields left out that decide whether an amount pays for anything."""
    while isinstance(node, _OF_COSTS):
        node = node.of
    if isinstance(node, Costs):
        yield from open_fields(subject, (*node.led_by, *node.picks))
    elif isinstance(node, PerMember):
        for member in subject.members:
            for line in node.lines:
                yield from _untouched(line.amount, member)


def picks_of(node: Amount) -> tuple[Pick, ...]:
    """The picks of the costs a line looks at (of each member, where it looks inside members)."""
    match node:
        case Costs(picks):
            return picks
        case PerMember(lines):
            return tuple(pick for line in lines for pick in picks_of(line.amount))
        case Apportion(of) | Rated(of) | Tiered(of) | Capped(of) | Rounded(of):
            return picks_of(of)
        case _:
            return ()


def _judged(requirements: Iterable[Requirement], scope: Scope) -> tuple[Judged, ...]:
    return tuple(Judged(requirement, condition(requirement.holds, scope)) for requirement in requirements)


def _unknown(derivations: Iterable[Derivation]) -> frozenset[str]:
    return KNOWN.union(*[derivation.unknown for derivation in derivations if derivation.unknown])


# --- lines, subtotals, total ---------------------------------------------------------------------------------------


class _Left:
    """What is left of each line while caps are struck, and what each of them took."""

    def __init__(self) -> None:
        self.yen: dict[str, Exact] = {}
        self.cuts: dict[str, tuple[Cut, ...]] = {}

    def take(self, by: Cutter, lost: Exact, names: Iterable[str]) -> None:
        """From the last of these lines first."""
        for name in reversed(tuple(names)):
            self.cut(by, name, taken := min(lost, self.yen[name]))
            lost -= taken

    def cut(self, by: Cutter, name: str, yen: Exact) -> None:
        """So much of one line (negative: on top of it)."""
        if yen:
            self.yen[name] -= yen
            self.cuts[name] = (*self.cuts.get(name, ()), Cut(by, yen))


def _lines(frame: Frame, scope: Scope, left: _Left) -> tuple[tuple[LineYield, ...], tuple[SubtotalYield, ...]]:
    """Lines in order; a subtotal is struck as soon as its last line is there, so that later lines may refer to it."""
    lines: list[LineYield] = []
    subtotals: list[SubtotalYield] = []
    for line in frame.lines:
        derivation = line_amount(line, scope)
        lines.append(LineYield(line, derivation, None))
        if derivation.value is not None:
            left.yen[line.id] = exact(derivation)
        subtotals += [_subtotal(each, scope, left) for each in frame.subtotals if each.lines[-1] == line.id]
    return tuple(lines), tuple(subtotals)


def _subtotal(subtotal: Subtotal, scope: Scope, left: _Left) -> SubtotalYield:
    """The least of the sum of the parts and the shared cap; later shares count what is left of each line."""
    parts = tuple(scope.lines[name] for name in subtotal.parts)
    cap = amount(subtotal.cap, scope)
    unknown = _unknown((*parts, cap))
    if unknown:
        struck = SubtotalYield(subtotal, Derivation(subtotal, None, unknown, (*parts, cap)))
    else:
        asked = sum((exact(part) for part in parts), start=0)
        paid = min(asked, exact(cap))
        struck = SubtotalYield(subtotal, Derivation(subtotal, paid, KNOWN, (*parts, cap), asked, lost=asked - paid))
        left.take(struck, asked - paid, subtotal.lines)
    scope.lines[subtotal.id] = struck.derivation
    for name in subtotal.lines:
        scope.settle(name, None if unknown else left.yen[name], unknown)
    return struck


def exact(derivation: Derivation) -> Exact:
    """The number of a derivation known to be settled."""
    value = derivation.value
    assert isinstance(value, (int, Fraction))  # a union takes five times as long here
    return value


def _total(frame: Frame, scope: Scope) -> Derivation:
    """Lines outside subtotals and the subtotals, added; cut once here where the ruleset rounds totals."""
    parts = tuple(scope.lines[name] for name in outermost(frame))
    unknown = _unknown(parts)
    if unknown:
        return Derivation(frame, None, unknown, parts)
    asked = sum((exact(part) for part in parts), start=0)
    total = Derivation(frame, asked, KNOWN, parts, asked)
    if frame.rounding.at == "line":
        return total
    unit = frame.rounding.unit
    return rounded(Rounded(unit, unit, frame.rounding.mode), total, lambda: amount(ceiling_of_total(frame), scope))


# --- bands ---------------------------------------------------------------------------------------------------------


def _band(band: Band, total: Derivation, frame: Frame, scope: Scope) -> BandYield:
    """What the band would grant of the total."""
    judged = _judged(band.requires, scope)
    values = [requirement.derivation.value for requirement in judged]
    holds = False if False in values else None if None in values else True
    unknown = _unknown(requirement.derivation for requirement in judged) if holds is None else KNOWN
    cap = None if band.cap is None else amount(band.cap, scope)
    unknown |= KNOWN if cap is None else cap.unknown
    if total.value is None or (cap is not None and cap.value is None):
        return BandYield(band, judged, holds, reached=True, grant=0, unknown=unknown | total.unknown, cap=cap)
    grant = exact(total)
    reached = band.floor is None or grant >= band.floor.value
    if cap is not None:
        grant = min(grant, exact(cap))
    if band.below is not None:
        grant = min(grant, band.below.value - frame.rounding.unit.value)
    return BandYield(band, judged, holds, reached, grant, unknown, cap)


def _settle(
    total: Derivation, bands: tuple[BandYield, ...]
) -> tuple[Status, int | None, frozenset[str], BandYield | None]:
    """Status, yen and band from the total and the bands, or the facts that stand in the way."""
    if not bands:
        return Status.PAYABLE, None if total.value is None else int(exact(total)), total.unknown, None
    standing = [band for band in bands if band.holds is not False]
    if not standing:
        return Status.INELIGIBLE, 0, KNOWN, None
    if total.value is None:
        return Status.INCOMPLETE, None, _all(standing), None
    sure = [band for band in standing if band.holds and band.reached and not band.unknown]
    best = max(sure, key=lambda band: band.grant, default=None)
    open_ = [band for band in standing if band.unknown and band.reached and (best is None or _may_pay_more(band, best))]
    if open_ or not any(band.holds for band in standing):
        return Status.INCOMPLETE, None, _all(open_ or standing), None
    if best is None:
        return Status.BELOW_FLOOR, 0, KNOWN, None
    return Status.PAYABLE, int(best.grant), KNOWN, best


def _may_pay_more(band: BandYield, best: BandYield) -> bool:
    """A band that is still open may pay more, or (while its cap is unknown) anything."""
    return band.holds is True or band.grant > best.grant


def _all(bands: Iterable[BandYield]) -> frozenset[str]:
    return KNOWN.union(*[band.unknown for band in bands])


# --- what each line is paid in the end ---------------------------------------------------------------------------------


def _shared_out(judgement: Judgement, scope: Scope, left: _Left) -> Judgement:
    """What rounding and the band take as well, from the last lines first: then the lines add up to the subsidy."""
    total, names = judgement.total, tuple(left.yen)
    assert total is not None
    if isinstance(total.node, Rounded) and total.lost > 0:
        left.take(total.node, total.lost, names)
    elif isinstance(total.node, Rounded) and total.lost:
        _rounded_up(judgement, total.node, -total.lost, scope, left)
    granted = None
    if judgement.status is Status.PAYABLE:
        grant = exact(total) if judgement.band is None else judgement.band.grant
        if judgement.band is not None:
            left.take(judgement.band, exact(total) - grant, names)
        unit = judgement.frame.rounding.unit._replace(value=1)
        whole = Rounded(unit, unit, "down")
        granted = Derivation(whole, int(grant), lost=grant - int(grant))
        left.take(whole, granted.lost, names)
    lines = tuple(
        line._replace(paid=left.yen[line.line.id] if granted is not None else 0, cuts=left.cuts.get(line.line.id, ()))
        for line in judgement.lines
    )
    return judgement._replace(lines=lines, granted=granted)


def _rounded_up(judgement: Judgement, by: Rounded, more: Exact, scope: Scope, left: _Left) -> None:
    """What rounding up adds goes to the last lines that stay within every cap over them."""
    for line in reversed(judgement.frame.lines):
        rooms = [
            exact(struck.derivation.parts[-1]) - sum((left.yen[name] for name in struck.subtotal.lines), start=0)
            for struck in judgement.subtotals
            if line.id in struck.subtotal.lines
        ]
        added = min(more, exact(amount(ceiling(line.amount), scope)) - left.yen[line.id], *rooms)
        left.cut(by, line.id, -added)
        more -= added


def applicable(ruleset: Ruleset, subject: Applicant) -> Mapping[str, Derivation]:
    """The definitions the ruleset shows about an applicant first."""
    from hojo_cli.rules.nodes import Is

    scope = Scope(subject, ruleset.definitions)
    return {name: condition(Is(name), scope) for name in ruleset.profile}
