"""What a frame pays in one situation: what each line yields for each yen of its cost, what the bands make of the total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, reduce
from typing import assert_never

from hojo_cli.base.exact import Exact
from hojo_cli.base.number import LARGEST
from hojo_cli.base.record import Record
from hojo_cli.rules import nodes
from hojo_cli.rules.totals import outermost
from hojo_cli.verify.analysis import piecewise
from hojo_cli.verify.analysis.piecewise import Curve, Makers
from hojo_cli.verify.analysis.situations import FrameAnalysis, Situation
from hojo_cli.verify.analysis.world import number_of


class Corner(StrEnum):
    """Where what varies beside the cost (counts, other lines) stands: at its highest, its lowest, or as an applicant is shown."""

    HIGH = "high"
    LOW = "low"
    SHOWN = "shown"


class HeldBand(Record):
    """A band whose requirements hold: it grants from `floor` (以上) to `top` (以下; None: no end)."""

    band: nodes.Band
    floor: Exact
    top: Exact | None


class Payout:
    """What is paid in one situation and one corner, before any rounding; `counts` says, by id, how many there are of something.

    `lines` are the curves; `yields` the most of each line and subtotal after shared caps, `asked` the most of a subtotal before its own.
    """

    def __init__(
        self,
        analysis: FrameAnalysis,
        situation: Situation,
        corner: Corner = Corner.SHOWN,
        *,
        of_member: bool = False,
        counts: Mapping[str, Exact] | None = None,
    ) -> None:
        self.analysis = analysis
        self.situation = situation
        self.corner = corner
        self.counts = counts or {}
        self.scope = analysis.scope.inner if of_member and analysis.scope.inner is not None else analysis.scope
        self.lines: dict[str, Curve] = {}
        self.yields: dict[str, Exact] = {}
        self.asked: dict[str, Exact] = {}
        for line in analysis.lent if of_member else analysis.frame.lines:
            self.lines[line.id] = self.curve(line.amount)
            self.yields[line.id] = 0 if corner is Corner.LOW else piecewise.highest(self.lines[line.id])
            for subtotal in () if of_member else analysis.frame.subtotals:
                if subtotal.lines[-1] == line.id:  # of its lines each keeps what those before it leave
                    self.asked[subtotal.id] = sum((self.yields[name] for name in subtotal.parts), start=0)
                    self.yields[subtotal.id] = left = min(self.asked[subtotal.id], self.figure(subtotal.cap))
                    for name in subtotal.lines:
                        self.yields[name] = min(self.yields[name], left)
                        left -= self.yields[name]

    @property
    def total(self) -> Exact:
        """The most that all lines come to together."""
        return sum((self.yields[name] for name in outermost(self.analysis.frame)), start=0)

    def figure(self, node: nodes.Amount) -> Exact:
        """The value of an amount that does not rest on the line's own cost."""
        return self.curve(node)[0].value

    def curve(self, node: nodes.Amount) -> Curve:
        """Yen for each cost of the line."""
        match node:
            case nodes.Number(value):
                return piecewise.flat(value, frozenset((node.where,)))
            case nodes.Costs():
                return piecewise.straight(self.situation.tops[id(node)])
            case nodes.Apportion(of) | nodes.Rounded(of):
                return self.curve(of)
            case nodes.Choose(branches):
                branch = branches[self.situation.branches[id(node)]]
                return piecewise.times(self.curve(branch.use), 1, frozenset((branch.where,)))
            case nodes.Rated(of, rate):
                constant = self.curve(rate)[0]
                return piecewise.times(self.curve(of), constant.value, constant.by)
            case nodes.Tiered(of, tiers):
                steps = []
                reached: Makers = piecewise.NOBODY
                for tier in tiers:
                    constant = self.curve(tier.rate)[0]
                    by = frozenset((tier.where, *constant.by, *reached))
                    steps.append((None if tier.up_to is None else tier.up_to.value, constant.value, by))
                    reached = piecewise.NOBODY if tier.up_to is None else frozenset((tier.up_to.where,))
                return piecewise.through(piecewise.scale(steps, reached, on_subsidy=node.on_subsidy), self.curve(of))
            case nodes.Capped(of, cap):
                return piecewise.least(self.curve(of), self.curve(cap))
            case nodes.Scaled(number, by):
                name = by.name if isinstance(by, (nodes.Fact, nodes.FactOr)) else by.measure
                count = self.counts.get(name)
                if count is None:
                    within = self.scope.count(self.situation.guard, by)
                    ends = {Corner.LOW: within.low, Corner.HIGH: within.high, Corner.SHOWN: within.shown}
                    count = number_of(ends[self.corner])
                return piecewise.flat(number.value * count, frozenset((number.where,)))
            case nodes.Share(of, rates, _, costs):
                yields = LARGEST * len(costs) if costs else sum((self.yields[name] for name in of), start=0)
                return piecewise.flat(share_rate(node) * yields, frozenset(number.where for number in rates))
            case nodes.Sum(parts):
                return piecewise.total(map(self.curve, parts))
            case nodes.Least(parts):
                return reduce(piecewise.least, map(self.curve, parts))
            case nodes.PerMember():
                groups = self.scope.groups_in(self.situation.guard)
                members = max(group.first if self.corner is Corner.SHOWN else group.last for group in groups)
                return piecewise.straight(members * max((payout.of_all_lines for payout in self.members), default=0))
        assert_never(node)

    # --- members ---

    @property
    def of_all_lines(self) -> Exact:
        """The most all lines yield, each by itself."""
        return sum(map(piecewise.highest, self.lines.values()), start=0)

    @cached_property
    def members(self) -> list[Payout]:
        """The curves of a member, in each of its situations."""
        corner = Corner.SHOWN if self.corner is Corner.SHOWN else Corner.HIGH
        return [Payout(self.analysis, situation, corner, of_member=True) for situation in self.analysis.members]

    # --- bands ---

    @cached_property
    def bands(self) -> list[HeldBand]:
        """The bands that stand, in the order of the file."""
        frame = self.analysis.frame
        held = []
        for band, stands in zip(frame.bands, self.situation.bands, strict=True):
            if stands:
                tops = [] if band.below is None else [band.below.value - frame.rounding.unit.value]
                tops += [] if band.cap is None else [self.figure(band.cap)]
                held.append(HeldBand(band, 0 if band.floor is None else band.floor.value, min(tops, default=None)))
        return held

    def band_borders(self) -> Iterator[Exact]:
        """The totals at which a band begins or ends."""
        for held in self.bands:
            yield held.floor
            if held.top is not None:
                yield held.top

    def granting(self, total: Exact) -> tuple[nodes.Band, Exact] | None:
        """The band that grants most of a total, and what it grants; None where no floor is reached."""
        reached = [
            (held.band, total if held.top is None else min(total, held.top))
            for held in self.bands
            if total >= held.floor
        ]
        return max(reached, key=lambda pair: pair[1], default=None)

    def granted(self, total: Exact) -> Exact:
        """What of a total is paid."""
        if not self.situation.bands:
            return total
        granting = self.granting(total)
        return 0 if granting is None else granting[1]

    def paid(self, costs: Mapping[str, Exact]) -> Exact:
        """What is paid for costs, line by line (a share of other lines taken at its most)."""
        frame = self.analysis.frame
        yields = {name: piecewise.at(curve, costs.get(name, 0)) for name, curve in self.lines.items()}
        for subtotal in frame.subtotals:
            asked = sum((yields[name] for name in subtotal.parts), start=0)
            yields[subtotal.id] = min(asked, self.figure(subtotal.cap))
        return self.granted(sum((yields[name] for name in outermost(frame)), start=0))


def share_rate(node: nodes.Share) -> Fraction:
    """What a share is of the other lines: its rates multiplied; where the total includes the line itself, of the rest."""
    rate = Fraction(1)
    for number in node.rates:
        rate *= number.value
    return rate / (1 - rate) if node.itself else rate
