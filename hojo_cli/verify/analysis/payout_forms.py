"""What a frame pays in one situation, as a form: equal forms pay the same for every purchase."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from math import ceil
from typing import Final, assert_never

from hojo_cli.base.exact import Exact
from hojo_cli.rules import nodes
from hojo_cli.rules.totals import ceiling, ceiling_of_total, outermost
from hojo_cli.verify.analysis import forms, piecewise
from hojo_cli.verify.analysis.diagram import NONE
from hojo_cli.verify.analysis.forms import AmountForm, Basis
from hojo_cli.verify.analysis.payout import share_rate
from hojo_cli.verify.analysis.scope import FrameScope, of_one
from hojo_cli.verify.analysis.situations import FrameAnalysis, Situation, branched, choices_in, tops
from hojo_cli.verify.analysis.world import number_of

INELIGIBLE: Final = "ineligible"


def payout_form(side: FrameAnalysis | None, situation: Situation | None, guard: int) -> Hashable:
    """What a frame pays those of a situation who are in `guard`: the total of its lines, and what the bands make of it."""
    if side is None or situation is None or (side.frame.bands and not any(situation.bands)):
        return INELIGIBLE
    frame, reader = side.frame, _FormReader(side.scope, guard, situation.branches, tops(side.scope, guard))
    total = reader.total(frame)
    if not frame.bands:
        return total
    unit = frame.rounding.unit.value
    bands: list[tuple[Exact, AmountForm | None]] = []
    for band, stands in zip(frame.bands, situation.bands, strict=True):
        if stands:
            ends = [] if band.cap is None else [reader.form(band.cap)]
            ends += [] if band.below is None else [forms.constant(band.below.value - unit)]
            bands.append((0 if band.floor is None else band.floor.value, forms.lowest(ends) if ends else None))
    if any(top is not None and not top.constant for _, top in bands):
        return total, frozenset(bands)
    steps = steps_reached([(floor, None if top is None else top.least) for floor, top in bands], total, unit)
    if steps and steps[-1][1] is not None:
        total = forms.limited(total, steps[-1][1])
    return total, steps


def steps_reached(
    bands: list[tuple[Exact, Exact | None]], total: AmountForm, unit: Exact
) -> tuple[tuple[Exact, Exact | None], ...]:
    """Bands as (floor, top) from the lowest up, without those that never grant more than others, or are never reached."""
    step = unit if forms.whole(total, unit) else 0
    if step:  # nothing lies between two multiples
        bands = [
            (ceil(Fraction(floor) / unit) * unit, None if top is None else top // unit * unit) for floor, top in bands
        ]
    steps: list[tuple[Exact, Exact | None]] = []
    for floor, top in sorted(bands, key=lambda band: band[0]):
        start = max(floor, total.least)
        if total.most is not None and start > total.most:
            break
        end = None if top is not None and total.most is not None and top >= total.most else top
        if not steps:
            steps.append((start, end))
            continue
        first, before = steps[-1]
        if before is None or (end is not None and end <= before):
            continue
        if start <= before + step:  # it goes on where the one below ends
            steps[-1] = first, end
        else:
            steps.append((start, end))
    return tuple(steps)


class _FormReader:
    """Reads the amounts of one situation as forms."""

    def __init__(
        self, scope: FrameScope, guard: int, branches: Mapping[int, int], most: Mapping[int, Exact | None]
    ) -> None:
        self.scope, self.guard, self.branches, self.most = scope, guard, branches, most
        self.lines: dict[str, AmountForm] = {}

    def total(self, frame: nodes.Frame) -> AmountForm:
        """Lines and subtotals in order, added, and rounded where the ruleset rounds totals."""
        for line in frame.lines:
            self.lines[line.id] = self.form(line.amount)
            for subtotal in frame.subtotals:
                if (
                    subtotal.lines[-1] == line.id
                ):  # later shares count what is left of each line, the first kept longest
                    cap, asked = self.form(subtotal.cap), tuple(self.lines[name] for name in subtotal.lines)
                    together = forms.added(self.lines[name] for name in subtotal.parts)
                    self.lines[subtotal.id] = forms.lowest((together, cap))
                    self.lines[subtotal.lines[0]] = forms.lowest((asked[0], cap))
                    for place, name in enumerate(subtotal.lines[1:], 1):
                        left = Basis("left", (asked[: place + 1], cap), 0, asked[place].most)
                        self.lines[name] = forms.itself(left)
        total = forms.added(self.lines[name] for name in outermost(frame))
        if frame.rounding.at == "line":
            return total
        unit = frame.rounding.unit
        return self.rounded(nodes.Rounded(unit, unit, frame.rounding.mode), total, ceiling_of_total(frame))

    def rounded(self, node: nodes.Rounded, of: AmountForm, most: nodes.Amount) -> AmountForm:
        """Never up beyond a cap."""
        cut = forms.rounded(of, node.unit.value, node.mode)
        if node.mode == "down":
            return cut
        return forms.lowest((cut, forms.rounded(self.form(most), node.unit.value, "down")))

    def form(self, node: nodes.Amount) -> AmountForm:
        """An amount as a form."""
        match node:
            case nodes.Number(value):
                return forms.constant(value)
            case nodes.Costs():
                return self.costs(node)
            case nodes.Apportion(of, part, whole):
                cost = self.form(of)
                if cost.constant and cost.least == 0:
                    return cost
                within = self.scope.world.domains[part].spec.at_most == whole
                return forms.itself(Basis("apportioned", (cost, part, whole), 0, cost.most if within else None))
            case nodes.Choose(branches):
                return self.form(branches[self.branches[id(node)]].use)
            case nodes.Rated(of, rate):
                cost, share = self.form(of), self.form(rate)
                if share.constant:
                    return forms.scaled(cost, share.least)
                most = None if cost.most is None or share.most is None else cost.most * share.most
                return forms.itself(Basis("rated", (cost, share), cost.least * share.least, most))
            case nodes.Tiered(of, tiers, on_subsidy):
                cost, rates = self.form(of), [self.form(tier.rate) for tier in tiers]
                ends = [None if tier.up_to is None else tier.up_to.value for tier in tiers]
                if not all(rate.constant for rate in rates):
                    return forms.itself(Basis("tiered", (cost, tuple(ends), tuple(rates), on_subsidy), 0, None))
                nobody = piecewise.NOBODY
                steps = [(end, rate.least, nobody) for end, rate in zip(ends, rates, strict=True)]
                return forms.through(piecewise.scale(steps, nobody, on_subsidy=on_subsidy), cost)
            case nodes.Capped(of, cap):
                return forms.lowest((self.form(of), self.form(cap)))
            case nodes.Rounded(of):
                return self.rounded(node, self.form(of), ceiling(of))
            case nodes.Scaled(number, by):
                return forms.scaled(self.count(by), number.value)
            case nodes.Share(of, _, _, costs):  # of lines and subtotals above, before anything is cut from them
                parts = [self.form(line.amount) for line in costs] or [self.lines[name] for name in of]
                return forms.scaled(forms.added(parts), share_rate(node))
            case nodes.Sum(parts):
                return forms.added(map(self.form, parts))
            case nodes.Least(parts):
                return forms.lowest(map(self.form, parts))
            case nodes.PerMember():
                return self.of_members(node)
        assert_never(node)

    def costs(self, node: nodes.Costs) -> AmountForm:
        """Told from other costs by which items count, and how much of them."""
        scope = self.scope
        picks, leaders = scope.questions.has.index(node.picks), None
        if node.led_by:
            leaders = scope.questions.has.index(node.led_by)
        taken = tuple(purchase.has[picks] for purchase in scope.purchases)
        led = () if leaders is None else tuple(purchase.has[leaders] for purchase in scope.purchases)
        categories = {name for pick in node.picks for name in pick.categories}
        months, limits = (
            frozenset(
                (limit.category, limit.limit.value, limit.recurring) for limit in limits if limit.category in categories
            )
            for limits in (node.months, node.limits)
        )
        return forms.itself(Basis("cost", (taken, led, months, limits), 0, self.most[id(node)]))

    def count(self, quantity: nodes.Quantity) -> AmountForm:
        """How many there are, told from other counts by what is counted."""
        what: Hashable
        match quantity:
            case nodes.Fact(name) | nodes.FactOr(name):
                what = "facts", name
            case nodes.Distinct():
                what = "kinds", self.scope.questions.counts.index(quantity)
            case nodes.MemberCount(_, only):
                what = "members", None if only is None else self.scope.counted.index(quantity)
            case _:
                assert_never(quantity)
        count = self.scope.count(self.guard, quantity)
        return forms.itself(Basis("count", what, number_of(count.low), number_of(count.high)))

    def of_members(self, node: nodes.PerMember) -> AmountForm:
        """Told from others by what it pays each sort of member; those who do not qualify are paid nothing."""
        inner = self.scope.inner
        assert inner is not None
        diagrams, groups = inner.diagrams, self.scope.groups_in(self.guard)
        shared = [
            node for place, node in enumerate(self.scope.for_all) if all(group.for_all[place] for group in groups)
        ]
        asked = diagrams.every(inner.condition(of_one(condition)) for condition in shared)
        everybody = diagrams.both(inner.possible, asked)
        paid = everybody if node.only is None else diagrams.both(everybody, inner.condition(node.only))
        most = tops(inner, everybody)
        found: dict[AmountForm, int] = {}
        for guard, branches in branched(inner, paid, choices_in(node.lines)):
            reader = _FormReader(inner, everybody, branches, most)
            form = forms.added(reader.form(line.amount) for line in node.lines)
            found[form] = diagrams.either(found.get(form, NONE), guard)
        nothing, unpaid = forms.constant(0), diagrams.without(everybody, paid)
        if unpaid != NONE:
            found[nothing] = diagrams.either(found.get(nothing, NONE), unpaid)
        if set(found) <= {nothing}:
            return nothing
        ends = [form.most for form in found]
        last = max((group.last for group in groups), default=0)
        end = None if None in ends else last * max(end for end in ends if end is not None)
        return forms.itself(Basis("members", frozenset(found.items()), 0, end))
