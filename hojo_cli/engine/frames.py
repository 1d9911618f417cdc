"""Frames → closures: a case → its judgement. Without a trace no more is worked out than status and yen need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Final, TypeAlias, assert_never

from hojo_cli.base.exact import Exact, whole
from hojo_cli.base.record import NamedTuple
from hojo_cli.engine.amounts import Amounts
from hojo_cli.engine.case import Case
from hojo_cli.engine.derivation import KNOWN, Derivation, added, derive, exact, unknown_in
from hojo_cli.engine.judgement import (
    BandYield,
    Cut,
    Cutter,
    Judged,
    Judgement,
    LineYield,
    Status,
    SubtotalYield,
)
from hojo_cli.engine.three_valued import Closure
from hojo_cli.rules import nodes
from hojo_cli.rules.nodes import Amount, Frame, Subtotal
from hojo_cli.rules.totals import ceiling, ceiling_of_total, outermost

Judge: TypeAlias = "Callable[[Case], Judgement]"


class _Step(NamedTuple):
    """A line and what it pays, the most it may be rounded up to, and the subtotals that are struck after it, each with its cap."""

    line: nodes.Line
    paid: Closure
    most: Closure | None
    subtotals: tuple[tuple[Subtotal, Closure], ...]


class Frames(Amounts):
    """Lowers frames as well: the evaluator of a whole ruleset."""

    def frame(self, frame: Frame) -> Judge:
        pays_for = self.combined(None, [self._pays_for(line.amount) for line in frame.lines], decisive=True)
        requires = self._requirements(frame, frame.requires)
        steps = [
            _Step(
                line,
                self.line(line),
                self.most(frame.rounding.mode, ceiling(line.amount)) if frame.rounding.at == "total" else None,
                tuple([(each, self.amount(each.cap)) for each in frame.subtotals if each.lines[-1] == line.id]),
            )
            for line in frame.lines
        ]
        summed, banded = self._total(frame), [self._band(band, frame.rounding) for band in frame.bands]
        no_cost, ineligible = (Judgement(frame, status, 0, KNOWN) for status in (Status.NO_COST, Status.INELIGIBLE))
        traced = self.traced

        def judge(case: Case) -> Judgement:
            touched = pays_for(case)
            if touched.value is False:
                return no_cost
            required = requires(case)
            if required.value is False and not traced:
                return ineligible
            left = _Left()
            paid, subtotals = _paid(steps, case, left)
            total = summed(case)
            bands = tuple([band(case, total) for band in banded])
            requirements = tuple(map(Judged, frame.requires, required.parts)) if traced else ()
            lines = tuple(map(LineYield, frame.lines, paid, repeat(None))) if traced else ()
            shown = requirements, lines, subtotals, total, bands
            if required.value is False:  # whether or not there is anything to pay for
                return Judgement(frame, Status.INELIGIBLE, 0, KNOWN, *shown)
            status, subsidy, doubt, best = _settled(total, bands)
            unknown = required.unknown | doubt | touched.unknown
            if touched.value is None or (status is not Status.INELIGIBLE and unknown):
                return Judgement(frame, Status.INCOMPLETE, None, unknown, *shown)
            judgement = Judgement(frame, status, subsidy, KNOWN, *shown, best)
            if not traced or subsidy is None or status is Status.INELIGIBLE:
                return judgement
            return _shared_out(judgement, steps, case, left)

        return judge

    def _pays_for(self, node: Amount) -> Closure:
        """Whether a line pays for an item that costs anything; unknown where only a field left out could say so."""
        match node:
            case nodes.Costs(picks, _, _, led_by):
                priced = self.has_item(None, picks, priced=True)
                return self.combined(None, [priced, self.has_item(None, led_by)], decisive=False) if led_by else priced
            case nodes.PerMember(lines):
                of_member = self.combined(None, [self._pays_for(line.amount) for line in lines], decisive=True)
                return self.any_member(of_member)
            case nodes.Apportion(of) | nodes.Rated(of) | nodes.Tiered(of) | nodes.Capped(of) | nodes.Rounded(of):
                return self._pays_for(of)
            case nodes.Number() | nodes.Choose() | nodes.Scaled() | nodes.Share() | nodes.Sum() | nodes.Least():
                return lambda _: _NOTHING
        assert_never(node)

    def _requirements(self, node: object, requirements: Sequence[nodes.Requirement]) -> Closure:
        return self.combined(node, [self.condition(requirement.holds) for requirement in requirements], decisive=False)

    def _total(self, frame: Frame) -> Closure:
        """Lines outside subtotals and the subtotals, added; cut once here where the ruleset rounds totals."""
        names, unit, mode = outermost(frame), frame.rounding.unit, frame.rounding.mode

        def total(case: Case) -> Derivation:
            parts = tuple([case.lines[name] for name in names])
            total = added(frame, parts)
            return total if total.value is None else derive(frame, total.value, KNOWN, parts, exact(total))

        if frame.rounding.at == "line":
            return total
        return self.rounded(nodes.Rounded(unit, unit, mode), total, self.most(mode, ceiling_of_total(frame)))

    def _band(self, band: nodes.Band, rounding: nodes.Rounding) -> Callable[[Case, Derivation], BandYield]:
        """What the band would grant of the total."""
        requires, limit = self._requirements(band, band.requires), None if band.cap is None else self.amount(band.cap)

        def banded(case: Case, total: Derivation) -> BandYield:
            required, cap = requires(case), None if limit is None else limit(case)
            judged = tuple(map(Judged, band.requires, required.parts))
            holds = None if required.value is None else required.value is True
            unknown = required.unknown if cap is None else required.unknown | cap.unknown
            if total.value is None or (cap is not None and cap.value is None):
                return BandYield(band, judged, holds, reached=True, grant=0, unknown=unknown | total.unknown, cap=cap)
            grant = exact(total)
            reached = band.floor is None or grant >= band.floor.value
            if cap is not None:
                grant = min(grant, exact(cap))
            if band.below is not None:
                grant = min(grant, band.below.value - rounding.unit.value)
            return BandYield(band, judged, holds, reached, grant, unknown, cap)

        return banded


_NOTHING: Final = derive(None, False)


# --- lines and subtotals -------------------------------------------------------------------------------------------------


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


def _paid(steps: Iterable[_Step], case: Case, left: _Left) -> tuple[list[Derivation], tuple[SubtotalYield, ...]]:
    """Lines in order; a subtotal is struck as soon as its last line is there, so that later lines may refer to it.

    It is the least of the sum of its parts and the shared cap; later shares count what is left of each line.
    """
    lines: list[Derivation] = []
    subtotals: list[SubtotalYield] = []
    case.lines = {}
    for line, paid, _, capped in steps:
        derivation = paid(case)
        lines.append(derivation)
        if derivation.value is not None:
            left.yen[line.id] = exact(derivation)
        for subtotal, cap in capped:
            parts = (*[case.lines[name] for name in subtotal.parts], cap(case))
            unknown = unknown_in(parts)
            if unknown:
                struck = SubtotalYield(subtotal, derive(subtotal, None, unknown, parts))
            else:
                asked = sum(map(exact, parts[:-1]), start=0)
                granted = min(asked, exact(parts[-1]))
                struck = SubtotalYield(subtotal, derive(subtotal, granted, KNOWN, parts, asked, lost=asked - granted))
                left.take(struck, struck.derivation.lost, subtotal.lines)
            subtotals.append(struck)
            case.lines[subtotal.id] = struck.derivation
            for name in subtotal.lines:
                case.lines[name] = case.lines[name]._replace(value=None if unknown else left.yen[name], unknown=unknown)
    return lines, tuple(subtotals)


# --- bands ---------------------------------------------------------------------------------------------------------------


def _settled(
    total: Derivation, bands: tuple[BandYield, ...]
) -> tuple[Status, int | None, frozenset[str], BandYield | None]:
    """Status, yen and band from the total and the bands, or the facts that stand in the way."""
    if not bands:
        return Status.PAYABLE, None if total.value is None else whole(exact(total)), total.unknown, None
    standing = [band for band in bands if band.holds is not False]
    if not standing:
        return Status.INELIGIBLE, 0, KNOWN, None
    if total.value is None:
        return Status.INCOMPLETE, None, _all(standing), None
    sure = [band for band in standing if band.holds and band.reached and not band.unknown]
    best = max(sure, key=lambda band: band.grant, default=None)
    open_ = [  # may pay more, or while their caps are unknown anything
        band
        for band in standing
        if band.unknown and band.reached and (best is None or band.holds is True or band.grant > best.grant)
    ]
    if open_ or not any(band.holds for band in standing):
        return Status.INCOMPLETE, None, _all(open_ or standing), None
    if best is None:
        return Status.BELOW_FLOOR, 0, KNOWN, None
    return Status.PAYABLE, whole(best.grant), KNOWN, best


def _all(bands: Iterable[BandYield]) -> frozenset[str]:
    return KNOWN.union(*[band.unknown for band in bands])


# --- what each line is paid in the end ---------------------------------------------------------------------------------


def _shared_out(judgement: Judgement, steps: Sequence[_Step], case: Case, left: _Left) -> Judgement:
    """What rounding and the band take as well, from the last lines first: then the lines add up to the subsidy."""
    total, names = judgement.total, tuple(left.yen)
    assert total is not None
    if isinstance(total.node, nodes.Rounded) and total.lost > 0:
        left.take(total.node, total.lost, names)
    elif isinstance(total.node, nodes.Rounded) and total.lost:
        more = -total.lost  # rounding up adds to the last lines that stay within every cap over them
        for line, _, most, _ in reversed(steps):
            assert most is not None  # totals are rounded up
            rooms = [
                exact(struck.derivation.parts[-1]) - sum((left.yen[name] for name in struck.subtotal.lines), start=0)
                for struck in judgement.subtotals
                if line.id in struck.subtotal.lines
            ]
            on_top = min(more, exact(most(case)) - left.yen[line.id], *rooms)
            left.cut(total.node, line.id, -on_top)
            more -= on_top
    granted = None
    if judgement.status is Status.PAYABLE:
        grant = exact(total) if judgement.band is None else judgement.band.grant
        if judgement.band is not None:
            left.take(judgement.band, exact(total) - grant, names)
        unit = judgement.frame.rounding.unit._replace(value=1)
        yen = nodes.Rounded(unit, unit, "down")
        granted = derive(yen, whole(grant), lost=grant - whole(grant))
        left.take(yen, granted.lost, names)
    lines = tuple(
        line._replace(paid=left.yen[line.line.id] if granted is not None else 0, cuts=left.cuts.get(line.line.id, ()))
        for line in judgement.lines
    )
    return judgement._replace(lines=lines, granted=granted)
