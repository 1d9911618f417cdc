"""Amounts → closures: exact yen (or a rate) for a case, or unknown. Nothing is rounded but where a ruleset declares it."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from hojo_cli.base.exact import Exact, product, quotient
from hojo_cli.engine.case import Case
from hojo_cli.engine.conditions import Conditions
from hojo_cli.engine.derivation import KNOWN, Derivation, added, derive, exact, unknown_in
from hojo_cli.engine.item_index import Cost
from hojo_cli.engine.three_valued import Closure, first_standing
from hojo_cli.rules import nodes
from hojo_cli.rules.nodes import Amount
from hojo_cli.rules.totals import ceiling


class Amounts(Conditions):
    """Lowers amounts as well."""

    def amount(self, node: Amount) -> Closure:
        match node:
            case nodes.Number():
                figure = derive(node, node.value)
                return lambda _: figure
            case nodes.Costs():
                return self.costs(node)
            case nodes.Apportion():
                return self.apportion(node)
            case nodes.Choose():
                return self.choose(node)
            case nodes.Rated():
                return self.rated(node)
            case nodes.Tiered():
                return self.tiered(node)
            case nodes.Capped():
                return self.capped(node)
            case nodes.Rounded():
                return self.rounded(node, self.amount(node.of), self.most(node.mode, ceiling(node.of)))
            case nodes.Scaled():
                return self.scaled(node)
            case nodes.Share():
                return self.share(node)
            case nodes.Sum(parts):
                summed = [self.amount(part) for part in parts]
                return lambda case: added(node, tuple([part(case) for part in summed]))
            case nodes.Least():
                return self.least(node)
            case nodes.PerMember():
                return self.per_member(node)
        assert_never(node)

    def most(self, mode: str, limit: Amount) -> Closure | None:
        """The most that may be rounded up to; what is rounded down needs no limit."""
        return None if mode == "down" else self.amount(limit)

    def line(self, line: nodes.Line) -> Closure:
        """A cost line, remembered for shares that refer to it."""
        amount, traced = self.amount(line.amount), self.traced

        def paid(case: Case) -> Derivation:
            inner = amount(case)
            derivation = derive(line, inner.value, inner.unknown, (inner,)) if traced else inner
            case.lines[line.id] = derivation
            return derivation

        return paid

    def rounded(self, node: nodes.Rounded, of: Closure, most: Closure | None) -> Closure:
        """Cut as declared; what would be rounded up beyond `most` is cut down."""
        traced = self.traced

        def rounded(case: Case) -> Derivation:
            inner = of(case)
            if inner.value is None:
                return derive(node, None, inner.unknown, (inner,))
            asked = exact(inner)
            paid = cut(asked, node)
            if most is not None:
                end = most(case)
                if end.value is not None:
                    paid = min(paid, cut(exact(end), node._replace(mode="down")))
                elif paid > asked:
                    return derive(node, None, end.unknown, (inner,))
            return derive(node, paid, KNOWN, (inner,), lost=asked - paid if traced and asked != paid else 0)

        return rounded

    def costs(self, node: nodes.Costs) -> Closure:
        """What is not limited as it is, and of each limited category no more than its limit."""
        limited = frozenset(limit.category for limit in node.limits)
        base = self.index.cost(Cost(node.picks, node.months, None, limited))
        limits = [
            (limit, self.index.cost(Cost(node.picks, node.months, limit.category, KNOWN))) for limit in node.limits
        ]
        slots = [base, *(slot for _, slot in limits)]
        listed = self.index.itemised(node.picks, node.months) if self.traced else None
        led = self.has_item(None, node.led_by) if node.led_by else None

        def costs(case: Case) -> Derivation:
            if led is not None and (leader := led(case)).value is not True:
                return derive(node, None if leader.unknown else 0, leader.unknown)
            items = () if listed is None else tuple(case.itemised[listed])
            if case.undecided.sums:
                unknown = KNOWN.union(*[case.undecided.sums.get(slot, KNOWN) for slot in slots])
                if unknown:
                    return derive(node, None, unknown, items)
            sums = case.bought.sums
            total, reached = sums[base], []
            for limit, slot in limits:
                if cost := sums[slot]:
                    lost = max(cost - limit.limit.value, 0)
                    total += cost - lost
                    reached.append(derive(limit, limit.limit.value, KNOWN, (), cost, None, lost))
            return derive(node, total, KNOWN, (*items, *reached))

        return costs

    def apportion(self, node: nodes.Apportion) -> Closure:
        of, part, whole = (
            self.amount(node.of),
            self.quantity(nodes.Fact(node.part)),
            self.quantity(nodes.Fact(node.whole)),
        )

        def apportion(case: Case) -> Derivation:
            parts = counted, numerator, denominator = of(case), part(case), whole(case)
            if counted.value == 0:
                return derive(node, 0, KNOWN, (counted,), 0)
            if unknown := unknown_in(parts):
                return derive(node, None, unknown, parts)
            share = quotient(exact(numerator), exact(denominator))
            cost = exact(counted)
            paid = product(cost, share)
            return derive(node, paid, KNOWN, parts, cost, share, cost - paid)

        return apportion

    def choose(self, node: nodes.Choose) -> Closure:
        branches = [
            (branch, None if branch.when is None else self.condition(branch.when), self.amount(branch.use))
            for branch in node.branches
        ]
        hurried = not self.traced
        return lambda case: first_standing(node, branches, case, hurried=hurried)

    def rated(self, node: nodes.Rated) -> Closure:
        of, rate = self.amount(node.of), self.amount(node.rate)

        def rated(case: Case) -> Derivation:
            parts = cost, share = of(case), rate(case)
            if cost.value == 0:
                return derive(node, 0, KNOWN, parts, 0)
            if cost.value is None or share.value is None:
                return derive(node, None, unknown_in(parts), parts)
            return derive(node, product(exact(cost), exact(share)), KNOWN, parts, exact(cost), exact(share))

        return rated

    def tiered(self, node: nodes.Tiered) -> Closure:
        """Each tier in turn yields what its width and the cost that is left allow; cost beyond the last tier yields nothing."""
        of, tiers = self.amount(node.of), [(tier, self.amount(tier.rate)) for tier in node.tiers]

        def tiered(case: Case) -> Derivation:
            cost = of(case)
            if cost.value is None:
                return derive(node, None, cost.unknown, (cost,))
            left: Exact = exact(cost)
            below: Exact = 0
            total: Exact = 0
            rate: Exact = 0
            steps = [cost]
            for tier, rated in tiers:
                if left == 0:
                    break
                chosen = rated(case)
                if chosen.value is None:
                    return derive(node, None, chosen.unknown, (*steps, chosen))
                rate = exact(chosen)
                used, paid = left, product(left, rate)
                if tier.up_to is not None:
                    width = tier.up_to.value - below
                    if node.on_subsidy and paid > width:
                        used, paid = quotient(width, rate), width
                    elif not node.on_subsidy and left > width:
                        used, paid = width, product(width, rate)
                    below = tier.up_to.value
                steps.append(derive(tier, paid, KNOWN, (chosen,), used, rate))
                total += paid
                left -= used
            return derive(node, total, KNOWN, tuple(steps), exact(cost), lost=product(left, rate) if left else 0)

        return tiered

    def capped(self, node: nodes.Capped) -> Closure:
        of, cap = self.amount(node.of), self.amount(node.cap)

        def capped(case: Case) -> Derivation:
            parts = asked, most = of(case), cap(case)
            if asked.value is None or most.value is None:
                if asked.value == 0 or most.value == 0:
                    return derive(node, 0, KNOWN, parts)
                return derive(node, None, unknown_in(parts), parts)
            if exact(asked) <= exact(most):
                return derive(node, asked.value, KNOWN, parts)
            return derive(node, most.value, KNOWN, parts, lost=exact(asked) - exact(most))

        return capped

    def scaled(self, node: nodes.Scaled) -> Closure:
        by, figure = self.quantity(node.by), node.number.value

        def scaled(case: Case) -> Derivation:
            count = by(case)
            if count.value is None:
                return derive(node, None, count.unknown, (count,))
            return derive(node, figure * exact(count), KNOWN, (count,), figure, exact(count))

        return scaled

    def share(self, node: nodes.Share) -> Closure:
        """× each rate; a share of a total that includes the line itself is r / (1 − r) of the rest."""
        costs = [(line, self.amount(line.amount)) for line in node.costs]
        rate = Fraction(1)
        for number in node.rates:
            rate *= number.value
        rate = rate / (1 - rate) if node.itself else rate

        def share(case: Case) -> Derivation:
            parts = [case.lines[name] for name in node.of]
            if costs:
                looked_at = [(line, cost(case)) for line, cost in costs]
                parts = [derive(line, cost.value, cost.unknown, (cost,)) for line, cost in looked_at]
            base = added(node, tuple(parts))
            if base.value is None:
                return base
            return derive(node, product(exact(base), rate), KNOWN, base.parts, exact(base), rate)

        return share

    def least(self, node: nodes.Least) -> Closure:
        compared = [self.amount(part) for part in node.parts]

        def least(case: Case) -> Derivation:
            parts = tuple([part(case) for part in compared])
            if any(part.value == 0 for part in parts):
                return derive(node, 0, KNOWN, parts)
            if unknown := unknown_in(parts):
                return derive(node, None, unknown, parts)
            return derive(node, min(map(exact, parts)), KNOWN, parts)

        return least

    def per_member(self, node: nodes.PerMember) -> Closure:
        of_member = self.amount_of_member(node)

        def brought(member: Case) -> Derivation:
            if (known := member.brought.get(id(node))) is None:
                known = member.brought[id(node)] = of_member(member)
            return known

        return lambda case: added(node, tuple(map(brought, case.members)))

    def amount_of_member(self, node: nodes.PerMember) -> Closure:
        """What the borrowed lines come to for one member; nothing where the member does not qualify."""
        lines = [self.line(line) for line in node.lines]
        only = None if node.only is None else self.condition(node.only)

        def of_member(member: Case) -> Derivation:
            total = added(member.applicant, tuple([line(member) for line in lines]))
            if only is None or total.value == 0:
                return total
            qualifies = only(member)
            if qualifies.value is True:
                return total
            if qualifies.value is False:
                return derive(member.applicant, 0, KNOWN, (qualifies,))
            return derive(member.applicant, None, qualifies.unknown | total.unknown, (qualifies,))

        return of_member


def cut(exact: Exact, rounding: nodes.Rounded) -> int:
    """`exact` as a whole multiple of the unit, in the declared direction."""
    unit = int(rounding.unit.value)
    over, under = exact.numerator, exact.denominator * unit
    if rounding.mode == "up":
        return -(-over // under) * unit
    if rounding.mode == "half_up":
        return (2 * over + under) // (2 * under) * unit
    return over // under * unit
