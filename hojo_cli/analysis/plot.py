"""The curves of one situation: what each line yields for each yen of its cost."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Final, TypeAlias, assert_never

from hojo_cli.analysis import bands
from hojo_cli.analysis.bands import Curve
from hojo_cli.analysis.situations import FrameAnalysis, Situation
from hojo_cli.engine.applicant import FactValue
from hojo_cli.rules.nodes import (
    Amount,
    Apportion,
    Capped,
    Choose,
    Costs,
    Distinct,
    Exact,
    Fact,
    FactOr,
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
from hojo_cli.rules.totals import outermost


class Corner(StrEnum):
    """Where what varies beside the cost (counts, other lines) stands: at its highest, its lowest, or as an applicant is shown."""

    HIGH = "high"
    LOW = "low"
    SHOWN = "shown"


Counts: TypeAlias = "Mapping[str, Exact]"
"""How many there are of what is counted, by the name of a fact or a measure."""
NO_COUNTS: Final[Counts] = {}


class Drawing:
    """The curves of one situation in one corner; of what is in `counts` there are as many as it says."""

    def __init__(
        self,
        analysis: FrameAnalysis,
        situation: Situation,
        corner: Corner = Corner.SHOWN,
        *,
        of_member: bool = False,
        counts: Counts = NO_COUNTS,
    ) -> None:
        self.analysis = analysis
        self.situation = situation
        self.corner = corner
        self.counts = counts
        self.scope = analysis.scope.inner if of_member and analysis.scope.inner is not None else analysis.scope
        self.yields: dict[str, Exact] = {}
        self.asked: dict[str, Exact] = {}
        self.lines: dict[str, Curve] = {}
        frame = analysis.frame
        for line in analysis.lent if of_member else frame.lines:
            self.lines[line.id] = self.curve(line.amount)
            self.yields[line.id] = 0 if corner is Corner.LOW else bands.highest(self.lines[line.id])
            for subtotal in () if of_member else frame.subtotals:
                if subtotal.lines[-1] == line.id:
                    self._strike(subtotal)

    @property
    def total(self) -> Exact:
        """The most that all lines come to together."""
        return sum((self.yields[name] for name in outermost(self.analysis.frame)), start=0)

    def _strike(self, subtotal: Subtotal) -> None:
        """At most its cap; of its lines each keeps what those before it leave."""
        self.asked[subtotal.id] = sum((self.yields[name] for name in subtotal.parts), start=0)
        self.yields[subtotal.id] = left = min(self.asked[subtotal.id], self.figure(subtotal.cap))
        for name in subtotal.lines:
            self.yields[name] = min(self.yields[name], left)
            left -= self.yields[name]

    def figure(self, node: Amount) -> Exact:
        """The value of an amount that does not rest on the line's own cost."""
        return self.curve(node)[0].value

    def curve(self, node: Amount) -> Curve:
        """Yen for each cost of the line."""
        match node:
            case Number(value):
                return bands.flat(value, frozenset((node.where,)))
            case Costs():
                return bands.straight(self.situation.tops[id(node)])
            case Apportion(of):
                return self.curve(of)
            case Choose(branches):
                branch = branches[self.situation.branches[id(node)]]
                return bands.times(self.curve(branch.use), 1, frozenset((branch.where,)))
            case Rated(of, rate):
                drawn = self.curve(rate)[0]
                return bands.times(self.curve(of), drawn.value, drawn.by)
            case Tiered():
                return bands.through(self._scale(node), self.curve(node.of))
            case Capped(of, cap):
                return bands.least((self.curve(of), self.curve(cap)))
            case Rounded(of):
                return self.curve(of)
            case Scaled(number, by):
                return bands.flat(number.value * self._count(by), frozenset((number.where,)))
            case Share():
                return bands.flat(self._share(node), frozenset(rate.where for rate in node.rates))
            case Sum(parts):
                return bands.total(self.curve(part) for part in parts)
            case Least(parts):
                return bands.least([self.curve(part) for part in parts])
            case PerMember():
                return bands.straight(self._of_members())
        assert_never(node)

    def _scale(self, node: Tiered) -> Curve:
        """Yield for each yen of cost, tier by tier."""
        steps = []
        reached: bands.Makers = bands.NOBODY
        for tier in node.tiers:
            rate = self.curve(tier.rate)[0]
            up_to = None if tier.up_to is None else tier.up_to.value
            steps.append((up_to, rate.value, frozenset((tier.where, *rate.by, *reached))))
            reached = bands.NOBODY if tier.up_to is None else frozenset((tier.up_to.where,))
        return bands.scale(steps, reached, on_subsidy=node.on_subsidy)

    def _share(self, node: Share) -> Exact:
        rate = Fraction(1)
        for number in node.rates:
            rate *= number.value
        rate = rate / (1 - rate) if node.itself else rate
        return rate * sum((self.yields[name] for name in node.of), start=0)

    def _count(self, node: Quantity) -> Exact:
        """How many there are in this corner of the situation."""
        scope, guard = self.scope, self.situation.guard
        name = node.name if isinstance(node, (Fact, FactOr)) else node.measure
        if name in self.counts:
            return self.counts[name]
        match node:
            case Fact(name) | FactOr(name):
                domain = scope.world.domains[name]
                values = scope.diagrams.values(guard, scope.world.variables[name])
                return self._chosen(domain.first[values[0]], domain.last[values[-1]], domain.shown(values[0]))
            case Distinct():
                place = scope.asked.counts.index(node)
                counts = [scope.baskets[value].counts[place] for value in scope.diagrams.values(guard, scope.basket)]
                return self._chosen(min(counts), max(counts), counts[0])
            case MemberCount(_, only) if only is not None:
                place = scope.counted.index(node)
                groups = [scope.groups[value] for value in scope.diagrams.values(guard, scope.members)]
                counts = [group.counts[place] for group in groups]
                open_ = [group.last for group in groups if group.counts[place] == scope.enough[place]]
                return self._chosen(min(counts), max((*counts, *open_)), counts[0])
            case MemberCount():
                groups = [scope.groups[value] for value in scope.diagrams.values(guard, scope.members)]
                first, last = min(group.first for group in groups), max(group.last for group in groups)
                return self._chosen(first, last, groups[0].first)
        assert_never(node)

    def _chosen(self, low: FactValue, high: FactValue, shown: FactValue) -> Exact:
        chosen = {Corner.LOW: low, Corner.HIGH: high, Corner.SHOWN: shown}[self.corner]
        assert isinstance(chosen, (int, Fraction))
        return chosen

    def _of_members(self) -> Exact:
        """The most all members together yield."""
        groups = [
            self.scope.groups[value] for value in self.scope.diagrams.values(self.situation.guard, self.scope.members)
        ]
        most = max(group.first if self.corner is Corner.SHOWN else group.last for group in groups)
        return most * self.of_one_member()

    def of_one_member(self) -> Exact:
        """The most one member yields."""
        return max((sum(map(bands.highest, each.lines.values()), start=0) for each in self.members), default=0)

    @cached_property
    def members(self) -> list[Drawing]:
        """The curves of a member, in each of its situations."""
        corner = Corner.SHOWN if self.corner is Corner.SHOWN else Corner.HIGH
        return [Drawing(self.analysis, situation, corner, of_member=True) for situation in self.analysis.members]
