"""Conditions and quantities as SQL expressions: three-valued as SQL is, NULL where something is unknown."""

from __future__ import annotations

from itertools import combinations
from typing import Final, assert_never

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Text
from hojo_cli.base.number import LARGEST
from hojo_cli.base.record import Record
from hojo_cli.rules import nodes
from hojo_cli.rules.declared import Definition, Ruleset
from hojo_cli.rules.nodes import Condition, Op, Pick, Quantity
from hojo_cli.rules.walk import numbers
from hojo_cli.tables.sql.dialect import Dialect
from hojo_cli.tables.sql.items import Mark, Purchases
from hojo_cli.tables.sql.level import Chain, Totals
from hojo_cli.tables.sql.number import Arithmetic, Number, UnsaidError, atom, literal, saying

MANY: Final = 500
"""The most members of a group, as in an applicant file."""


class Counted(Record):
    """A quantity: its bounds, which are the same where it is known at all. A fact that is unknown has none."""

    low: Number
    high: Number

    @property
    def known(self) -> bool:
        """Whether it is one number or unknown."""
        return self.low == self.high


class Conditions:
    """Conditions of an applicant, or of a member of its group (who has no members)."""

    def __init__(
        self,
        ruleset: Ruleset,
        dialect: Dialect,
        purchases: Purchases,
        chain: Chain,
        members: Conditions | None,
    ) -> None:
        self.ruleset = ruleset
        self.dialect = dialect
        self.purchases = purchases
        self.chain = chain
        self.members = members
        self.lang = purchases.lang
        self.arithmetic = Arithmetic(dialect)
        self.bought = Totals("")
        self.together = Totals("")
        self.varied: dict[str, Number] = {}
        self.varies = False
        self._defined: dict[str, str] = {}
        self._picks: dict[tuple[Pick, ...], str] = {}

    # --- conditions ---

    def condition(self, node: Condition, name: str) -> str:
        """True, false or NULL. `name` is for columns on the way."""
        match node:
            case nodes.Every(parts):
                return self._joined(parts, "AND", "TRUE", name)
            case nodes.Some(parts):
                return self._joined(parts, "OR", "FALSE", name)
            case nodes.Not(part):
                return f"NOT ({self.condition(part, name)})"
            case nodes.Is():
                return self.defined(self.ruleset.definitions[node.name])
            case nodes.Compare():
                return self.compared(
                    self.quantity(node.quantity, name), node.op, Counted(*[self.stated(node.number)] * 2)
                )
            case nodes.Against():
                return self.compared(self.quantity(node.left, name), node.op, self.quantity(node.right, name))
            case nodes.Among(fact, choices):
                return f"{self.dialect.named(fact)} IN ({self.dialect.listed(sorted(choices))})"
            case nodes.Holds(fact, expected):
                return self.dialect.named(fact) if expected else f"NOT {self.dialect.named(fact)}"
            case nodes.HasItem(picks):
                return self.has_item(picks, name)
            case nodes.EveryMember():
                return self.every_member(node, name)
            case nodes.Said():
                silent = " AND ".join(f"{self._given(fact)} IS NULL" for fact in node.facts)
                then, otherwise = self.condition(node.then, name), self.condition(node.otherwise, name)
                return f"(CASE WHEN {silent} THEN {otherwise} ELSE {then} END)"
            case nodes.Table():
                return self.table(node, name)
            case nodes.SameKinds():
                return self.same_kinds(node, name)
        assert_never(node)

    def stated(self, number: nodes.Number) -> Number:
        """A figure of the ruleset: itself, or the column where it is another in each variant."""
        varied = self.varied.get(number.path)
        self.varies = self.varies or varied is not None
        return varied or literal(number.value)

    def _given(self, fact: str) -> str:
        """The column of a fact, of a set the one that holds it as bits."""
        return f"kinds_of_{fact}" if self.ruleset.facts[fact].kind == "set" else self.dialect.named(fact)

    def _joined(self, parts: tuple[Condition, ...], word: str, none: str, name: str) -> str:
        tests = list(dict.fromkeys(self.condition(part, name) for part in parts))
        return f"({f' {word} '.join(tests)})" if len(tests) > 1 else tests[0] if tests else none

    def defined(self, definition: Definition) -> str:
        """The column of a definition, which is a step of its own."""
        if definition.id not in self._defined:
            with saying(definition.condition):
                sql = self.condition(definition.condition, definition.id)
            remark = f"{definition.label.into(self.lang)}{cited(definition.condition)}"
            name = f"is_{definition.id}"
            (self._defined[definition.id],) = self.chain.step(name, remark, [(name, sql, "")])
        return self._defined[definition.id]

    def table(self, node: nodes.Table, name: str) -> str:
        """The test of the row that stands; where a choice is unknown, what the tests of all rows that may stand agree on.

        A table inside a row gets a column of its own: written out in place, tables would grow with every level.
        """
        choices, rows = [], []
        for row in node.rows:
            when = row.when.parts if isinstance(row.when, nodes.Every) else (row.when,)
            choices.append({part.fact: part.choices for part in when if isinstance(part, nodes.Among)})
            test = self.condition(row.test, f"{name}_{row.id}")
            if any(isinstance(part, nodes.Table) for part in _own_parts(row.test)):
                test = self.chain.column(f"{name}_as_if", test)
            rows.append((self.condition(row.when, name), test))
        for one, other in combinations(choices, 2):  # rows apart: then it makes no difference which is read first
            if not any(fact in other and held.isdisjoint(other[fact]) for fact, held in one.items()):
                raise UnsaidError(Text(f"行の重なる表 `{node.name}`", f"the table `{node.name}`, whose rows overlap"))
        known = "\n      ".join(f"WHEN {when} THEN {test}" for when, test in rows)
        some = " OR ".join(f"({when} AND {test})" for when, test in rows)
        none_else = " AND ".join(f"(NOT ({when}) OR {test})" for when, test in rows)
        return f"(CASE\n      {known}\n      WHEN NOT ({some}) THEN FALSE\n      WHEN {none_else} THEN TRUE\n    END)"

    def compared(self, one: Counted, op: Op, other: Counted) -> str:
        """A comparison, decided as soon as the bounds of both sides decide it."""
        holds = self.arithmetic.compared
        if one.known and other.known:
            return holds(one.low, op, other.low)
        match op:
            case Op.MIN:
                yes, no = holds(one.low, Op.MIN, other.high), holds(one.high, Op.BELOW, other.low)
            case Op.ABOVE:
                yes, no = holds(one.low, Op.ABOVE, other.high), holds(one.high, Op.MAX, other.low)
            case Op.MAX | Op.BELOW:
                return f"NOT {self.compared(one, Op.ABOVE if op is Op.MAX else Op.MIN, other)}"
            case Op.EQ:
                return f"({self.compared(one, Op.MIN, other)} AND {self.compared(one, Op.MAX, other)})"
        return f"(CASE WHEN {yes} THEN TRUE WHEN {no} THEN FALSE END)"

    def same_kinds(self, node: nodes.SameKinds, name: str) -> str:
        if list(self.ruleset.facts[node.fact].choices) != list(self.ruleset.fields[node.kinds.field].choices):
            raise UnsaidError(
                Text(f"`{node.fact}` と種類の異なる比較", f"a comparison of `{node.fact}` with other kinds")
            )
        held, open_ = self._kinds(node.kinds, name)
        fact = self._given(node.fact)
        return (
            f"(CASE WHEN NOT {open_} AND {held} = 0 THEN FALSE WHEN {fact} IS NULL THEN NULL"
            f" WHEN NOT {open_} THEN {fact} = {held}"
            f" WHEN {fact} = 0 OR ({held} & {fact}) <> {held} THEN FALSE END)"
        )

    def every_member(self, node: nodes.EveryMember, name: str) -> str:
        """True for somebody without members."""
        if self.members is None:
            return "TRUE"
        test = self.members.condition(node.part, name)
        if node.only is not None:
            test = f"(NOT ({self.members.condition(node.only, name)}) OR {test})"
        return self.of_members("min", self.members.chain.column(f"every_{name}", test), f"every_{name}", "2")

    def of_members(self, function: str, test: str, name: str, empty: str = "0") -> str:
        """The worst (`min`) or the best (`max`) that a test comes to of members: 2 is true, 1 unknown, 0 false; `empty` of no members."""
        ranked = f"{function}(CASE WHEN {test} THEN 2 WHEN {test} IS NULL THEN 1 ELSE 0 END)"
        return f"(CASE {self.together.column(name, ranked, empty)} WHEN 2 THEN TRUE WHEN 0 THEN FALSE END)"

    # --- items ---

    def has_item(self, picks: tuple[Pick, ...], name: str, *, priced: bool = False) -> str:
        """Whether one of the alternatives takes anything (with `priced`, anything that costs something)."""
        mark = self.purchases.mark(self._called(picks, name), picks, priced=priced)
        sql = self._marked(mark, mark.yes)
        if mark.maybe:
            sql = f"CASE WHEN {sql} THEN TRUE WHEN NOT ({self._marked(mark, mark.maybe)}) THEN FALSE END"
        return self.bought.column(f"{'paid' if priced else 'any'}_{mark.name}", sql)

    def unsure(self, picks: tuple[Pick, ...], name: str) -> str:
        """Whether it hangs on a field left out that an item is taken (empty: never)."""
        mark = self.purchases.mark(self._called(picks, name), picks)
        return self.bought.column(f"open_{mark.name}", self._marked(mark, mark.maybe)) if mark.maybe else ""

    def _marked(self, mark: Mark, bits: int) -> str:
        """Whether an item has one of those bits."""
        return f"(coalesce(bought.marks_{mark.word}, 0) & {bits}) > 0"

    def _called(self, picks: tuple[Pick, ...], name: str) -> str:
        """What a set of picks is called: by what asked for it first."""
        return self._picks.setdefault(picks, name)

    def _kinds(self, node: nodes.Distinct, name: str) -> tuple[str, str]:
        """Columns: the kinds of the picked items as bits; whether there may be more of them."""
        mark = self.purchases.mark(self._called(node.picks, name), node.picks, field=node.field)
        held = self.dialect.divided(f"coalesce(bought.marks_{mark.word}, 0)", str(mark.yes))
        return (
            self.bought.column(f"kinds_{node.measure}", f"{atom(held)} % {mark.maybe // mark.yes}"),
            self.bought.column(f"more_{node.measure}", self._marked(mark, mark.maybe)),
        )

    # --- quantities ---

    def quantity(self, node: Quantity, name: str) -> Counted:
        """How many, how much."""
        match node:
            case nodes.Fact():
                number = self.fact(node.name)
                return Counted(number, number)
            case nodes.FactOr():
                declared, otherwise = self.fact(node.name), self.quantity(node.otherwise, name)
                if declared.per:
                    raise UnsaidError(Text("割合の代わりの数", "a number that stands in for a rate"))
                low, high = (
                    Number(f"coalesce({declared.sql}, {bound.sql})", max(declared.bound, bound.bound))
                    for bound in (otherwise.low, otherwise.high)
                )
                return Counted(low, high)
            case nodes.Distinct():
                held, open_ = self._kinds(node, name)
                ones = self.dialect.ones(held, len(self.ruleset.fields[node.field].choices))
                most = self.dialect.limits.count
                low = Number(self.chain.column(f"number_of_{node.measure}", ones), most)
                return Counted(low, Number(f"(CASE WHEN {open_} THEN {most} ELSE {low.sql} END)", most))
            case nodes.MemberCount():
                return self.member_count(node, name)
        assert_never(node)

    def member_count(self, node: nodes.MemberCount, name: str) -> Counted:
        """Of none, as of somebody without members, 0."""
        if self.members is None:
            return figure(0)
        if node.only is None:
            listed = Number(self.together.column("members_listed", "count(*)"), MANY)
            return Counted(listed, listed)
        test = self.members.chain.column(f"counts_{node.measure}", self.members.condition(node.only, name))
        least = self.together.column(f"least_{node.measure}", f"count(CASE WHEN {test} THEN 1 END)")
        most = self.together.column(f"most_{node.measure}", f"count(CASE WHEN {test} IS FALSE THEN NULL ELSE 1 END)")
        return Counted(Number(least, MANY), Number(most, MANY))

    def fact(self, name: str) -> Number:
        """A fact that is a number, within its bounds."""
        spec = self.ruleset.facts[name]
        bounds = self.dialect.limits
        if spec.kind == "rate":
            return Number(self.dialect.named(name), bounds.rate, 1, self.dialect.named(f"{name}_per"), bounds.rate)
        return Number(self.dialect.named(name), LARGEST if spec.kind == "yen" else bounds.count)

    def value(self, counted: Counted, name: str) -> Number:
        """The number itself; NULL where only bounds are known."""
        if counted.known:
            return counted.low
        sql = f"CASE WHEN {counted.low.sql} = {counted.high.sql} THEN {counted.low.sql} END"
        return self.chain.number(name, Number(sql, counted.low.bound))


def figure(value: Exact) -> Counted:
    """A number that is the same for everybody."""
    return Counted(literal(value), literal(value))


def _own_parts(node: Condition) -> list[Condition]:
    """A condition and what it is joined from."""
    parts = node.parts if isinstance(node, nodes.Every | nodes.Some) else ()
    return [node, *(inner for part in parts for inner in _own_parts(part))]


def cited(node: object) -> str:
    """Where the figures of a condition stand, the first of them."""
    found = next((number.provenance for number in numbers(node)), None)
    return f"（{found.source} {found.at}）" if found is not None and found.at else ""
