"""What a frame pays in one situation, as a form: equal forms pay the same for every purchase."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from math import ceil
from typing import assert_never

from hojo_cli.analysis import bands, forms
from hojo_cli.analysis.conditions import Scope, of_one
from hojo_cli.analysis.diagram import NONE
from hojo_cli.analysis.forms import Basis, Form
from hojo_cli.analysis.situations import Situation, branched, chooses, tops
from hojo_cli.rules.nodes import (
    Amount,
    Apportion,
    Band,
    Capped,
    Choose,
    Costs,
    Distinct,
    Exact,
    Fact,
    FactOr,
    Frame,
    Least,
    MemberCount,
    Number,
    PerMember,
    Quantity,
    Rated,
    Rounded,
    Scaled,
    Share,
    Subtotal,
    Sum,
    Tiered,
)
from hojo_cli.rules.totals import ceiling, ceiling_of_total, outermost

INELIGIBLE = "ineligible"


def payout(scope: Scope, frame: Frame, situation: Situation, guard: int) -> Hashable:
    """What a frame pays those of a situation who are in `guard`."""
    if frame.bands and not any(situation.bands):
        return INELIGIBLE
    reader = _Reader(scope, guard, situation.branches, tops(scope, guard))
    total = reader.total(frame)
    return _granted(reader, frame, situation, total) if frame.bands else total


class _Reader:
    """The amounts of one situation."""

    def __init__(self, scope: Scope, guard: int, branches: Mapping[int, int], most: Mapping[int, Exact | None]) -> None:
        self.scope, self.guard, self.branches, self.most = scope, guard, branches, most
        self.lines: dict[str, Form] = {}

    def total(self, frame: Frame) -> Form:
        """Lines and subtotals in order, added, and rounded where the ruleset rounds totals."""
        for line in frame.lines:
            self.lines[line.id] = self.form(line.amount)
            for subtotal in frame.subtotals:
                if subtotal.lines[-1] == line.id:
                    self._strike(subtotal)
        total = forms.added(self.lines[name] for name in outermost(frame))
        if frame.rounding.at == "line":
            return total
        unit = frame.rounding.unit
        return self._rounded(Rounded(unit, unit, frame.rounding.mode), total, ceiling_of_total(frame))

    def _strike(self, subtotal: Subtotal) -> None:
        """At most its cap; later shares count what is left of each line, the first of them kept longest."""
        cap = self.form(subtotal.cap)
        asked = tuple(self.lines[name] for name in subtotal.lines)
        self.lines[subtotal.id] = forms.lowest((forms.added(self.lines[name] for name in subtotal.parts), cap))
        for place, (name, form) in enumerate(zip(subtotal.lines, asked, strict=True)):
            left = Basis("left", (asked[: place + 1], cap), 0, form.most)
            self.lines[name] = forms.itself(left) if place else forms.lowest((form, cap))

    def _rounded(self, node: Rounded, of: Form, most: Amount) -> Form:
        """Never up beyond a cap."""
        cut = forms.rounded(of, node.unit.value, node.mode)
        if node.mode == "down":
            return cut
        return forms.lowest((cut, forms.rounded(self.form(most), node.unit.value, "down")))

    def form(self, node: Amount) -> Form:
        """An amount as a form."""
        match node:
            case Number(value):
                return forms.constant(value)
            case Costs():
                return self._costs(node)
            case Apportion(of, part, whole):
                cost = self.form(of)
                if cost.constant and cost.least == 0:
                    return cost
                within = self.scope.world.domains[part].spec.at_most == whole
                return forms.itself(Basis("apportioned", (cost, part, whole), 0, cost.most if within else None))
            case Choose(branches):
                return self.form(branches[self.branches[id(node)]].use)
            case Rated(of, rate):
                return self._rated(self.form(of), self.form(rate))
            case Tiered():
                return self._tiered(node)
            case Capped(of, cap):
                return forms.lowest((self.form(of), self.form(cap)))
            case Rounded(of):
                return self._rounded(node, self.form(of), ceiling(of))
            case Scaled(number, by):
                return forms.scaled(self._count(by), number.value)
            case Share():
                return self._share(node)
            case Sum(parts):
                return forms.added(map(self.form, parts))
            case Least(parts):
                return forms.lowest(map(self.form, parts))
            case PerMember():
                return self._of_members(node)
        assert_never(node)

    def _costs(self, node: Costs) -> Form:
        """Told from other costs by which items count, and how much of them."""
        place = self.scope.asked.has.index(node.picks)
        taken = tuple(basket.has[place] for basket in self.scope.baskets)
        led = [basket.has[self.scope.asked.has.index(node.led_by)] for basket in self.scope.baskets if node.led_by]
        categories = {name for pick in node.picks for name in pick.categories}
        cut = [
            frozenset(
                (limit.category, limit.limit.value, limit.recurring) for limit in limits if limit.category in categories
            )
            for limits in (node.months, node.limits)
        ]
        return forms.itself(Basis("cost", (taken, tuple(led), *cut), 0, self.most[id(node)]))

    def _rated(self, of: Form, rate: Form) -> Form:
        if rate.constant:
            return forms.scaled(of, rate.least)
        most = None if of.most is None or rate.most is None else of.most * rate.most
        return forms.itself(Basis("rated", (of, rate), of.least * rate.least, most))

    def _tiered(self, node: Tiered) -> Form:
        of, rates = self.form(node.of), [self.form(tier.rate) for tier in node.tiers]
        borders = [None if tier.up_to is None else tier.up_to.value for tier in node.tiers]
        if all(rate.constant for rate in rates):
            steps = [(up_to, rate.least, bands.NOBODY) for up_to, rate in zip(borders, rates, strict=True)]
            return forms.through(bands.scale(steps, bands.NOBODY, on_subsidy=node.on_subsidy), of)
        return forms.itself(Basis("tiered", (of, tuple(borders), tuple(rates), node.on_subsidy), 0, None))

    def _share(self, node: Share) -> Form:
        """Of lines and subtotals above, before anything is cut from them."""
        rate = Fraction(1)
        for number in node.rates:
            rate *= number.value
        rate = rate / (1 - rate) if node.itself else rate
        return forms.scaled(forms.added(self.lines[name] for name in node.of), rate)

    # --- counts ---

    def _count(self, node: Quantity) -> Form:
        scope, guard = self.scope, self.guard
        match node:
            case Fact(name) | FactOr(name):
                domain = scope.world.domains[name]
                values = scope.diagrams.values(guard, scope.world.variables[name])
                low, high = domain.first[values[0]], domain.last[values[-1]]
                assert isinstance(low, (int, Fraction))
                assert isinstance(high, (int, Fraction))
                return forms.itself(Basis("count", ("facts", name), low, high))
            case Distinct():
                kinds = scope.asked.counts.index(node)
                counts = [scope.baskets[value].counts[kinds] for value in scope.diagrams.values(guard, scope.basket)]
                return forms.itself(Basis("count", ("kinds", kinds), min(counts), max(counts)))
            case MemberCount(_, only):
                groups = [scope.groups[value] for value in scope.diagrams.values(guard, scope.members)]
                place = None if only is None else scope.counted.index(node)
                first = min(group.first if place is None else group.counts[place] for group in groups)
                return forms.itself(Basis("count", ("members", place), first, max(group.last for group in groups)))
        assert_never(node)

    # --- members ---

    def _of_members(self, node: PerMember) -> Form:
        """Told from others by what it pays each sort of member; those who do not qualify are paid nothing."""
        inner = self.scope.inner
        assert inner is not None
        groups = [self.scope.groups[value] for value in self.scope.diagrams.values(self.guard, self.scope.members)]
        everybody = inner.diagrams.both(
            inner.possible,
            inner.diagrams.every(
                inner.condition(of_one(each))
                for place, each in enumerate(self.scope.each)
                if all(group.each[place] for group in groups)
            ),
        )
        paid = everybody if node.only is None else inner.diagrams.both(everybody, inner.condition(node.only))
        found: dict[Form, int] = {}
        most = tops(inner, everybody)
        for guard, branches in branched(inner, [(paid, {})] if paid != NONE else [], chooses(node.lines)):
            reader = _Reader(inner, everybody, branches, most)
            _joined(found, forms.added(reader.form(line.amount) for line in node.lines), guard, inner)
        unpaid = inner.diagrams.both(everybody, inner.diagrams.outside(paid))
        if unpaid != NONE:
            _joined(found, forms.constant(0), unpaid, inner)
        if set(found) <= {forms.constant(0)}:
            return forms.constant(0)
        ends = [form.most for form in found]
        last = max((group.last for group in groups), default=0)
        end = None if None in ends else last * max(end for end in ends if end is not None)
        return forms.itself(Basis("members", frozenset(found.items()), 0, end))


def _joined(found: dict[Form, int], form: Form, guard: int, scope: Scope) -> None:
    found[form] = scope.diagrams.either(found.get(form, NONE), guard)


# --- bands -------------------------------------------------------------------------------------------------------------------


def _granted(reader: _Reader, frame: Frame, situation: Situation, total: Form) -> Hashable:
    """What the bands that stand make of the total."""
    unit = frame.rounding.unit.value
    standing = [band for band, stands in zip(frame.bands, situation.bands, strict=True) if stands]
    bands = [(0 if band.floor is None else band.floor.value, _top(reader, band, unit)) for band in standing]
    if any(top is not None and not top.constant for _, top in bands):
        return total, frozenset(bands)
    steps = [(floor, None if top is None else top.least) for floor, top in bands]
    stairs = _stairs(steps, total, unit)
    if stairs and stairs[-1][1] is not None:
        total = forms.limited(total, stairs[-1][1])
    return total, stairs


def _top(reader: _Reader, band: Band, unit: Exact) -> Form | None:
    tops_ = [] if band.cap is None else [reader.form(band.cap)]
    tops_ += [] if band.below is None else [forms.constant(band.below.value - unit)]
    return forms.lowest(tops_) if tops_ else None


def _stairs(
    bands: Iterable[tuple[Exact, Exact | None]], total: Form, unit: Exact
) -> tuple[tuple[Exact, Exact | None], ...]:
    """Bands as (floor, top) from the lowest up, without those that never grant more than others, or are never reached."""
    step = unit if forms.whole(total, unit) else 0
    if step:  # nothing lies between two multiples
        bands = [
            (ceil(Fraction(floor) / unit) * unit, None if top is None else top // unit * unit) for floor, top in bands
        ]
    found: list[tuple[Exact, Exact | None]] = []
    for floor, top in sorted(bands, key=lambda band: band[0]):
        start = max(floor, total.least)
        if total.most is not None and start > total.most:
            break
        end = None if top is not None and total.most is not None and top >= total.most else top
        if not found:
            found.append((start, end))
            continue
        first, before = found[-1]
        if before is None or (end is not None and end <= before):
            continue
        if start <= before + step:  # it goes on where the one below ends
            found[-1] = first, end
        else:
            found.append((start, end))
    return tuple(found)
