"""Amounts as SQL: exact yen over a denominator that is known when the query is written, NULL where something is unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import assert_never

from hojo_cli.base.exact import quotient
from hojo_cli.base.finding import Text
from hojo_cli.rules import nodes
from hojo_cli.rules.nodes import Amount, Op
from hojo_cli.rules.totals import ENDLESS, ceiling
from hojo_cli.tables.sql.conditions import MANY, Conditions, cited
from hojo_cli.tables.sql.number import Number, UnsaidError, atom, literal, saying


class Amounts(Conditions):
    """Amounts of an applicant, or of a member of its group. Each step that others build on is a column.

    `lines` is what cost lines and subtotals come to so far, `eligible` the costs that the line at hand has looked at.
    """

    members: Amounts | None

    def begin(self) -> None:
        """A frame begins: no line is there yet."""
        self.lines: dict[str, Number] = {}
        self.eligible: list[Number] = []

    def amount(self, node: Amount, name: str) -> Number:
        """Exact yen (or a rate). `UnsaidError` has the place of the figure that cannot be said."""
        with saying(node):
            match node:
                case nodes.Number():
                    return self.stated(node)
                case nodes.Costs():
                    return self.costs(node, name)
                case nodes.Apportion():
                    return self.apportion(node, name)
                case nodes.Choose():
                    return self.choose(node, name)
                case nodes.Rated():
                    return self.rated(node, name)
                case nodes.Tiered():
                    return self.tiered(node, name)
                case nodes.Capped():
                    both = [self.amount(node.of, name), self.amount(node.cap, f"{name}_cap")]
                    return self.least_of(both, f"{name}_capped", cited(node.cap))
                case nodes.Rounded():
                    of = self.amount(node.of, name)
                    return self.rounded(node, of, name, lambda: self.amount(ceiling(node.of), name))
                case nodes.Scaled():
                    by = self.value(self.quantity(node.by, name), f"{name}_times")
                    return self.kept(f"{name}_scaled", self.arithmetic.product(by, self.stated(node.number)))
                case nodes.Share():
                    return self.share(node, name)
                case nodes.Sum(parts):
                    return self.kept(f"{name}_sum", self.arithmetic.added([self.amount(part, name) for part in parts]))
                case nodes.Least(parts):
                    return self.least_of([self.amount(part, name) for part in parts], f"{name}_least")
                case nodes.PerMember():
                    return self.per_member(node, name)
            assert_never(node)

    def kept(self, name: str, number: Number, remark: str = "") -> Number:
        """A number as a column, if it is more than a column already."""
        if number.value is not None or (number.sql == atom(number.sql) and not number.sql.startswith("(")):
            return number
        return self.chain.number(name, number, remark)

    def costs(self, node: nodes.Costs, name: str) -> Number:
        """What is not limited as it is, and of each limited category no more than its limit."""
        cost, under = self.purchases.counted(node.picks, node.months)
        bound = self.dialect.limits.yen * under
        limits = {limit.category: limit for limit in reversed(node.limits)}
        picked = [each for each in self.ruleset.categories if any(each in pick.categories for pick in node.picks)]
        groups = [[each for each in picked if each not in limits], *([each] for each in picked if each in limits)]
        parts = []
        for categories in filter(None, groups):
            column = self.purchases.summed(f"cost_{name}", node.picks, categories, cost, bound)
            part = Number(self.bought.column(column, f"coalesce(bought.{column}, 0)"), bound, under)
            if categories[0] in limits:
                limit = self.stated(limits[categories[0]].limit)
                ((left, _), (right, most)), together, *_ = self.arithmetic.aligned([part, limit])
                least = f"CASE WHEN {left} <= {right} THEN {left} ELSE {right} END"
                part = Number(least, min(most, part.bound), together)
            parts.append(part)
        total, unsure = self.arithmetic.added(parts), self.unsure(node.picks, name)
        sql = f"CASE WHEN NOT {unsure} THEN {total.sql} END" if unsure else total.sql
        if node.led_by:
            led = self.has_item(node.led_by, f"{name}_leader")
            sql = f"CASE WHEN NOT {led} THEN 0 WHEN {f'{led} AND NOT {unsure}' if unsure else led} THEN {total.sql} END"
        found = self.kept(
            f"{name}_cost", Number(sql, min(total.bound, bound), under), f"1/{under} 円" if under > 1 else ""
        )
        self.eligible.append(found)
        return found

    def apportion(self, node: nodes.Apportion, name: str) -> Number:
        """× part / whole, over a denominator that is a column; nothing of nothing, whoever shares it."""
        of, part, whole = self.amount(node.of, name), self.fact(node.part), self.fact(node.whole)
        if of.per or part.per or whole.per:
            raise UnsaidError(Text("按分した額の按分", "a cost that is apportioned twice"))
        paid = self.arithmetic.product(of, part)
        sql = f"CASE WHEN {of.sql} = 0 THEN 0 WHEN {whole.sql} IS NOT NULL THEN {paid.sql} END"
        per = self.chain.column(f"{name}_whole", f"coalesce(nullif({whole.sql}, 0), 1)")
        return self.kept(f"{name}_apportioned", Number(sql, paid.bound, paid.under, per, whole.bound))

    def choose(self, node: nodes.Choose, name: str) -> Number:
        """The first branch that stands; where that is unknown, what all branches that may still stand agree on."""
        *whens, last = node.branches
        use = self.amount(last.use, name)
        for branch in reversed(whens):
            assert branch.when is not None
            use = self._either(self.condition(branch.when, name), self.amount(branch.use, name), use, name)
        return use

    def _either(self, when: str, one: Number, other: Number, name: str) -> Number:
        """`one` where `when` holds, else `other`."""
        if one.value is not None and one.value == other.value:
            return one
        ((left, bound), (right, other_bound)), under, per, per_bound = self.arithmetic.aligned([one, other])
        same = "" if one.value is not None and other.value is not None else f" WHEN {left} = {right} THEN {left}"
        sql = f"CASE WHEN {when} THEN {left} WHEN NOT ({when}) THEN {right}{same} END"
        if not same:  # figures alone would be of the smallest type that holds them
            sql = f"CAST({sql} AS {self.dialect.columns['yen']})"
        return self.kept(f"{name}_choice", Number(sql, max(bound, other_bound), under, per, per_bound))

    def rated(self, node: nodes.Rated, name: str) -> Number:
        """Nothing of nothing, whatever the rate."""
        of = self.amount(node.of, name)
        if node.rate is ENDLESS:  # without a limit: larger than whatever may be rounded up to it
            endless = self.arithmetic.within(self.arithmetic.dialect.widest // 10**6)
            return self.kept(
                f"{name}_endless",
                Number(f"CASE WHEN {of.sql} = 0 THEN 0 WHEN {of.sql} > 0 THEN {endless} END", endless),
            )
        rate = self.amount(node.rate, f"{name}_rate")
        paid = self.arithmetic.product(of, rate)
        if rate.value is None:
            paid = paid._replace(sql=f"CASE WHEN {of.sql} = 0 THEN 0 ELSE {paid.sql} END")
        return self.kept(f"{name}_rated", paid, cited(node.rate))

    def tiered(self, node: nodes.Tiered, name: str) -> Number:
        """Each tier in turn yields what its width and the cost that is left allow; cost beyond the last tier yields nothing."""
        left, below = self.amount(node.of, name), literal(0)
        if left.per:
            raise UnsaidError(Text("按分した額の段階", "tiers of a cost that is apportioned"))
        yields = []
        for place, tier in enumerate(node.tiers, 1):
            rate = self.amount(tier.rate, f"{name}_rate_{place}")
            paid = self.arithmetic.product(left, rate)
            paid = paid._replace(sql=f"CASE WHEN {left.sql} = 0 THEN 0 ELSE {paid.sql} END")
            if tier.up_to is None:
                yields.append(self.kept(f"{name}_tier_{place}", paid, cited(tier.rate)))
                break
            width = border = self.stated(tier.up_to)
            if below.value is not None and border.value is not None:
                width = literal(border.value - below.value)
            elif below.value != 0:
                width = self.kept(f"{name}_width_{place}", self._rest(border, below))
            below = border
            paid = self.kept(f"{name}_all_{place}", paid, cited(tier.rate))
            if node.on_subsidy:
                full, most = self.arithmetic.compared(paid, Op.ABOVE, width), width
                used = self.used_up(tier.rate, width, f"{name}_used_{place}")
            else:
                full, used = self.arithmetic.compared(left, Op.ABOVE, width), width
                most = self.kept(f"{name}_full_{place}", self.arithmetic.product(rate, width))
            not_full = f"NOT ({full})"
            yields.append(self._one_of(full, most, not_full, paid, f"{name}_tier_{place}"))
            left = self._one_of(full, self._rest(left, used), not_full, literal(0), f"{name}_left_{place}")
        return self.kept(f"{name}_tiers", self.arithmetic.added(yields))

    def used_up(self, rate: Amount, width: Number, name: str) -> Number:
        """The cost that a tier uses up when it is full, for each rate it may have."""
        match rate:
            case nodes.Number():
                return self.arithmetic.product(width, literal(quotient(1, rate.value) if rate.value else 0))
            case nodes.Choose(branches) if all(isinstance(branch.use, nodes.Number) for branch in branches):
                *whens, last = branches
                used = self.used_up(last.use, width, name)
                for branch in reversed(whens):
                    assert branch.when is not None
                    when, other = self.condition(branch.when, name), self.used_up(branch.use, width, name)
                    used = self._either(when, other, used, name)
                return used
        with saying(rate):
            raise UnsaidError(
                Text("補助額で区切った段階の、計算して決まる率", "a rate that is reckoned, of a tier of subsidy")
            )

    def _rest(self, left: Number, used: Number) -> Number:
        """What is left of a cost, which is more than is used."""
        ((one, bound), (other, _)), under, *_ = self.arithmetic.aligned([left, used])
        return Number(f"{one} - {atom(other)}", bound, under)

    def _one_of(self, when: str, one: Number, unless: str, other: Number, name: str) -> Number:
        """`one` or `other`; NULL where that is unknown."""
        ((left, bound), (right, other_bound)), under, per, per_bound = self.arithmetic.aligned([one, other])
        sql = f"CASE WHEN {when} THEN {left} WHEN {unless} THEN {right} END"
        return self.kept(name, Number(sql, max(bound, other_bound), under, per, per_bound))

    def least_of(self, numbers: Sequence[Number], name: str, remark: str = "") -> Number:
        """The smallest; nothing as soon as one of them is nothing, whatever the others are."""
        least, *others = numbers
        for other in others:
            if least.value is not None and other.value is not None:
                least = literal(min(least.value, other.value))
                continue
            none = " OR ".join(f"{each.sql} = 0" for each in (least, other) if each.value is None or each.value == 0)
            least = self.kept(name, self.smaller(least, other, f"WHEN {none} THEN 0 "), remark)
        return least

    def smaller(self, one: Number, other: Number, first: str = "") -> Number:
        """The smaller of two; NULL where one is unknown, unless what comes `first` says more."""
        ((left, bound), (right, other_bound)), under, per, per_bound = self.arithmetic.aligned([one, other])
        sql = f"CASE {first}WHEN {left} <= {right} THEN {left} WHEN {left} > {right} THEN {right} END"
        return Number(sql, min(bound, other_bound), under, per, per_bound)

    def rounded(
        self, node: nodes.Rounded, of: Number, name: str, most: Callable[[], Number], remark: str = ""
    ) -> Number:
        """Cut as declared; what would be rounded up beyond the most is cut down."""
        unit = int(node.unit.value)
        sql, bound = self.arithmetic.cut(of, unit, node.mode)
        paid = self.kept(f"{name}_rounded", Number(sql, bound), remark)
        if node.mode == "down":
            return paid
        end = most()
        if end.value is not None:
            end = literal(end.value // unit * unit)
        else:
            end_sql, end_bound = self.arithmetic.cut(end, unit, "down")
            end = self.kept(f"{name}_most", Number(end_sql, end_bound))
        not_more = self.arithmetic.compared(paid, Op.MAX, of)
        sql = (
            f"CASE WHEN {end.sql} IS NULL THEN CASE WHEN {not_more} THEN {paid.sql} END"
            f" WHEN {paid.sql} <= {end.sql} THEN {paid.sql} ELSE {end.sql} END"
        )
        return self.kept(f"{name}_kept", Number(sql, bound))

    def share(self, node: nodes.Share, name: str) -> Number:
        """× each rate; a share of a total that includes the line itself is r / (1 − r) of the rest."""
        rate = Fraction(1)
        for number in node.rates:
            rate *= number.value
        rate = rate / (1 - rate) if node.itself else rate
        seen = list(self.eligible)  # what the other lines cost is no cost of this one
        costs = [self.amount(line.amount, f"{name}_{line.id}") for line in node.costs]
        self.eligible = seen
        base = self.kept(f"{name}_base", self.arithmetic.added(costs or [self.lines[line] for line in node.of]))
        return self.kept(f"{name}_share", self.arithmetic.product(base, literal(rate)))

    def per_member(self, node: nodes.PerMember, name: str) -> Number:
        """What the borrowed lines come to for each member for whom `only` holds, added up; nothing for somebody without members."""
        inside = self.members
        if inside is None:
            return literal(0)
        inside.begin()
        paid = []
        for line in node.lines:
            inside.lines[line.id] = inside.amount(line.amount, f"{name}_{line.id}")
            paid.append(inside.lines[line.id])
        total = inside.kept(f"{name}_total", inside.arithmetic.added(paid))
        only = "TRUE" if node.only is None else inside.condition(node.only, name)
        brought = inside.chain.column(
            f"{name}_brought",
            f"CASE WHEN {total.sql} = 0 THEN 0 WHEN {only} THEN {total.sql} WHEN NOT ({only}) THEN 0 END",
        )
        if inside.eligible:
            costs = inside.kept(f"{name}_costs", inside.arithmetic.added(inside.eligible))
            shown = f"CASE WHEN {total.sql} = 0 OR {only} THEN {costs.sql} ELSE 0 END"
            self.eligible.append(self._of_all(f"{name}_eligible", costs._replace(sql=shown), inside))
        return self._of_all(f"{name}_members", total._replace(sql=brought), inside)

    def _of_all(self, name: str, number: Number, inside: Amounts) -> Number:
        """The sum over members. What is unknown of one is unknown of all: −1 until it is told from the nothing of no members."""
        column = inside.chain.column(name, number.sql)
        bound = self.arithmetic.within(number.bound * MANY)
        added = f"sum({inside.arithmetic.widened(column, bound)})"
        summed = self.together.column(name, f"CASE WHEN count(*) = count({column}) THEN {added} ELSE -1 END")
        known = self.chain.column(f"{name}_known", f"CASE WHEN {summed} >= 0 THEN {summed} END")
        return Number(known, bound, number.under)
