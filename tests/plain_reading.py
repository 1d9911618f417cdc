"""What a ruleset comes to for an applicant of whom everything is known, read off its nodes as plainly as can be.

Written from the docstrings of `rules/nodes.py` alone, without a look at `engine/`: what both say is said twice. Slow, and lost as
soon as a fact or field is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor, prod
from typing import assert_never

from hojo_cli.base.exact import Exact
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.rules import nodes
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import Amount, Condition, Op, Pick, Quantity
from hojo_cli.rules.totals import ceiling, ceiling_of_total


def outcome(ruleset: Ruleset, name: str, applicant: Applicant) -> tuple[str, int]:
    """The status of a frame and its yen."""
    frame, reading = ruleset.frames[name], Reading(ruleset, applicant)
    if not any(pays_for(line.amount, applicant) for line in frame.lines):
        return "no_cost", 0
    if not all(reading.condition(requirement.holds) for requirement in frame.requires):
        return "ineligible", 0
    total = reading.total(frame)
    if not frame.bands:
        return "payable", floor(total)
    open_bands = [band for band in frame.bands if all(reading.condition(each.holds) for each in band.requires)]
    reached = [band for band in open_bands if band.floor is None or total >= band.floor.value]
    if not reached:
        return ("below_floor" if open_bands else "ineligible"), 0
    grants = []
    for band in reached:
        most = [total]
        if band.cap is not None:
            most.append(reading.amount(band.cap))
        if band.below is not None:
            most.append(Fraction(band.below.value - frame.rounding.unit.value))
        grants.append(floor(min(most)))
    return "payable", max(grants)


def pays_for(node: Amount, applicant: Applicant) -> bool:
    """Whether an amount looks at an item that costs anything."""
    match node:
        case nodes.Costs(picks, _, _, led_by):
            led = not led_by or any(takes(led_by, item) for item in applicant.items)
            return led and any(takes(picks, item) and item.cost > 0 for item in applicant.items)
        case nodes.PerMember(lines):
            return any(pays_for(line.amount, member) for line in lines for member in applicant.members)
        case nodes.Apportion() | nodes.Rated() | nodes.Tiered() | nodes.Capped() | nodes.Rounded():
            return pays_for(node.of, applicant)
    return False


def takes(picks: tuple[Pick, ...], item: Item) -> bool:
    """Whether one of the alternatives takes an item."""
    return any(
        item.category in pick.categories
        and all(
            len(item.fields[test.field]) >= test.at_least and (not test.has or test.has & item.fields[test.field])
            for test in pick.tests
        )
        for pick in picks
    )


def compared(left: Exact, op: Op, right: Exact) -> bool:
    """以上, 以下, 超, 未満, equal."""
    return {
        Op.MIN: left >= right, Op.MAX: left <= right, Op.ABOVE: left > right, Op.BELOW: left < right, Op.EQ: left == right
    }[op]  # fmt: skip


class Reading:
    """One applicant or member under a ruleset."""

    def __init__(self, ruleset: Ruleset, applicant: Applicant) -> None:
        self.ruleset = ruleset
        self.applicant = applicant
        self.lines: dict[str, Fraction] = {}

    def members(self, only: Condition | None = None) -> Iterator[Reading]:
        """The members for whom `only` holds."""
        for member in self.applicant.members:
            reading = Reading(self.ruleset, member)
            if only is None or reading.condition(only):
                yield reading

    def number(self, fact: str) -> Exact:
        value = self.applicant.facts[fact]
        assert isinstance(value, (int, Fraction))
        return value

    def kinds(self, node: nodes.Distinct) -> frozenset[str]:
        held = [item.fields[node.field] for item in self.applicant.items if takes(node.picks, item)]
        return frozenset().union(*held)

    def condition(self, node: Condition) -> bool:
        facts = self.applicant.facts
        match node:
            case nodes.Every(parts):
                return all(self.condition(part) for part in parts)
            case nodes.Some(parts):
                return any(self.condition(part) for part in parts)
            case nodes.Not(part):
                return not self.condition(part)
            case nodes.Is(name):
                return self.condition(self.ruleset.definitions[name].condition)
            case nodes.Compare(quantity, op, number):
                return compared(self.quantity(quantity), op, number.value)
            case nodes.Against(left, op, right):
                return compared(self.quantity(left), op, self.quantity(right))
            case nodes.SameKinds(fact, kinds):
                return bool(self.kinds(kinds)) and facts[fact] == self.kinds(kinds)
            case nodes.Among(fact, choices):
                return facts[fact] in choices
            case nodes.Holds(fact, expected):
                return facts[fact] == expected
            case nodes.HasItem(picks):
                return any(takes(picks, item) for item in self.applicant.items)
            case nodes.EveryMember(part, only):
                return all(member.condition(part) for member in self.members(only))
            case nodes.Said(names, then, otherwise):
                return self.condition(then if set(names) & set(facts) else otherwise)
            case nodes.Table(_, rows):
                standing = [row for row in rows if self.condition(row.when)]
                return bool(standing) and self.condition(standing[0].test)
        assert_never(node)

    def quantity(self, node: Quantity) -> Exact:
        match node:
            case nodes.Fact(name):
                return self.number(name)
            case nodes.FactOr(name, otherwise):
                return self.number(name) if name in self.applicant.facts else self.quantity(otherwise)
            case nodes.Distinct():
                return len(self.kinds(node))
            case nodes.MemberCount(_, only):
                return len(list(self.members(only)))
        assert_never(node)

    def amount(self, node: Amount) -> Fraction:
        match node:
            case nodes.Number():
                return Fraction(node.value)
            case nodes.Costs():
                return self.costs(node)
            case nodes.Apportion(of, part, whole):
                cost = self.amount(of)
                return cost * self.number(part) / self.number(whole) if cost else cost
            case nodes.Choose(branches):
                chosen = next(branch for branch in branches if branch.when is None or self.condition(branch.when))
                return self.amount(chosen.use)
            case nodes.Rated(of, rate):
                return self.amount(of) * self.amount(rate)
            case nodes.Tiered():
                return self.tiered(node)
            case nodes.Capped(of, cap):
                return min(self.amount(of), self.amount(cap))
            case nodes.Rounded(of, unit, mode):
                return self.rounded(self.amount(of), Fraction(unit.value), mode, ceiling(of))
            case nodes.Scaled(number, by):
                return Fraction(number.value * self.quantity(by))
            case nodes.Share(_, rates, _, costs) if costs:
                cost = sum((self.amount(line.amount) for line in costs), Fraction(0))
                return cost * prod(Fraction(rate.value) for rate in rates)
            case nodes.Share(of, rates, itself):
                share = Fraction(1)
                for rate in rates:
                    share *= rate.value
                return sum((self.lines[name] for name in of), Fraction(0)) * (share / (1 - share) if itself else share)
            case nodes.Sum(parts):
                return sum(map(self.amount, parts), Fraction(0))
            case nodes.Least(parts):
                return min(map(self.amount, parts))
            case nodes.PerMember(lines, only):
                return sum((member.line(line) for member in self.members(only) for line in lines), Fraction(0))
        assert_never(node)

    def line(self, line: nodes.Line) -> Fraction:
        self.lines[line.id] = self.amount(line.amount)
        return self.lines[line.id]

    def costs(self, node: nodes.Costs) -> Fraction:
        items = self.applicant.items
        if node.led_by and not any(takes(node.led_by, item) for item in items):
            return Fraction(0)
        by_category: dict[str, Fraction] = {}
        for item in items:
            if takes(node.picks, item):
                cost = Fraction(item.cost)
                for limit in node.months:
                    at_once = limit.recurring and item.price is not None and item.price.per == 0
                    if limit.category == item.category and item.months is not None and not at_once:
                        cost = cost * min(item.months, limit.limit.value) / item.months
                        break
                by_category[item.category] = by_category.get(item.category, Fraction(0)) + cost
        limits = {limit.category: Fraction(limit.limit.value) for limit in node.limits}
        return sum((min(cost, limits.get(name, cost)) for name, cost in by_category.items()), Fraction(0))

    def tiered(self, node: nodes.Tiered) -> Fraction:
        """Yen by yen of cost: each tier takes what is left until its border is reached."""
        left, paid, reached = self.amount(node.of), Fraction(0), Fraction(0)
        for tier in node.tiers:
            if not left:
                break
            rate, used = self.amount(tier.rate), left
            if tier.up_to is not None:
                width = tier.up_to.value - reached
                reached = Fraction(tier.up_to.value)
                if not node.on_subsidy:
                    used = min(left, width)
                elif rate:
                    used = min(left, width / rate)
            left, paid = left - used, paid + used * rate
        return paid

    def rounded(self, yen: Fraction, unit: Fraction, mode: str, most: Amount) -> Fraction:
        """Never up beyond a cap."""
        down = floor(yen / unit) * unit
        up = yen > down if mode == "up" else mode == "half_up" and yen - down >= unit / 2
        if not up:
            return down
        return min(down + unit, floor(self.amount(most) / unit) * unit)

    def total(self, frame: nodes.Frame) -> Fraction:
        """Lines in order, a subtotal as soon as its last line is there; what is over a shared cap is taken from the last line first."""
        inside = {name for subtotal in frame.subtotals for name in subtotal.parts}
        total = Fraction(0)
        for line in frame.lines:
            paid = self.line(line)
            total += 0 if line.id in inside else paid
            for subtotal in frame.subtotals:
                if subtotal.lines[-1] == line.id:
                    asked = sum((self.lines[name] for name in subtotal.parts), Fraction(0))
                    self.lines[subtotal.id] = min(asked, self.amount(subtotal.cap))
                    over = asked - self.lines[subtotal.id]
                    for name in reversed(subtotal.lines):
                        taken = min(over, self.lines[name])
                        self.lines[name] -= taken
                        over -= taken
                    total += 0 if subtotal.id in inside else self.lines[subtotal.id]
        if frame.rounding.at == "line":
            return total
        unit = Fraction(frame.rounding.unit.value)
        return self.rounded(total, unit, frame.rounding.mode, ceiling_of_total(frame))
