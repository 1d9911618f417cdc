"""Exact numbers in SQL: a whole number over a denominator that is known when the query is written, with a bound on it.

A bound says how large the numerator can get. Beyond 64 bits it is reckoned in the wide type; what could be beyond that is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from math import lcm

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Location, Text
from hojo_cli.base.record import Record
from hojo_cli.rules.nodes import Op
from hojo_cli.rules.walk import numbers
from hojo_cli.tables.sql.dialect import BIG, Dialect


class UnsaidError(Exception):
    """Something of the ruleset that a dialect cannot say; `what` names it, `where` is the figure that it hangs on, as far as one is known."""

    def __init__(self, what: Text, where: Location | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where


@contextmanager
def saying(node: object, label: Text | None = None) -> Iterator[None]:
    """What cannot be said within, at its place: the first figure of the node itself, where none is known yet; what it is taken of has
    been said already. `label` names the frame.
    """
    try:
        yield
    except UnsaidError as unsaid:
        inner = {number.where for number in numbers(getattr(node, "of", ()))}
        own = [number.where for number in numbers(node)]
        where = unsaid.where or next((each for each in own if each not in inner), next(iter(own), None))
        what = unsaid.what
        if label is not None:
            what = Text(f"「{label.ja}」の{what.ja}", f"{what.en}, in `{label.en}`")
        raise UnsaidError(what, where) from unsaid


class Number(Record):
    """`sql` / (`under` × `per`): an expression from 0 to `bound`, a denominator, and one that is a column, from 1 to `per_bound`.

    `value` where it is the same for everybody.
    """

    sql: str
    bound: int
    under: int = 1
    per: str = ""
    per_bound: int = 1
    value: Exact | None = None


def literal(value: Exact) -> Number:
    """A figure."""
    return Number(str(value.numerator), value.numerator, value.denominator, value=value)


class Arithmetic:
    """Sums, products and comparisons of exact numbers in one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def within(self, bound: int) -> int:
        """The bound, if there is a type for it."""
        if bound > self.dialect.widest:
            raise UnsaidError(
                Text(f"{len(str(bound))}桁になりうる数", f"a number that may have {len(str(bound))} digits")
            )
        return bound

    def widened(self, sql: str, bound: int) -> str:
        """An expression in a type that holds what comes of it, up to `bound`."""
        return f"CAST({sql} AS {self.dialect.wide})" if self.within(bound) > BIG else sql

    def multiplied(self, one: str, bound: int, other: str, other_bound: int) -> tuple[str, int]:
        """A product and its bound."""
        product = self.within(bound * other_bound)
        if one == "1" or other == "1":
            return (other if one == "1" else one), product
        if one.isdigit() and other.isdigit():
            return str(int(one) * int(other)), product
        if one.isdigit():
            one, other = other, one
        return f"{self.widened(one, product)} * {other}", product

    def over(self, number: Number, under: int) -> tuple[str, int]:
        """The numerator over another denominator, a multiple of its own."""
        return self.multiplied(number.sql, number.bound, str(under // number.under), under // number.under)

    def aligned(self, numbers: list[Number]) -> tuple[list[tuple[str, int]], int, str, int]:
        """Numerators over one denominator."""
        under = lcm(*[number.under for number in numbers])
        columns = {number.per: number.per_bound for number in numbers if number.per}
        if len(columns) > 1:
            raise UnsaidError(Text("按分した額どうしの計算", "arithmetic with costs that are apportioned differently"))
        per, per_bound = next(iter(columns.items()), ("", 1))
        rows = []
        for number in numbers:
            sql, bound = self.over(number, under)
            if per and not number.per:
                sql, bound = self.multiplied(atom(sql), bound, per, per_bound)
            rows.append((sql, bound))
        return rows, under, per, per_bound

    def product(self, one: Number, other: Number) -> Number:
        """`one` × `other`."""
        if one.per and other.per:
            raise UnsaidError(Text("按分した額どうしの積", "a product of two costs that are apportioned"))
        if one.value is not None and other.value is not None:
            return literal(Fraction(one.value * other.value))
        share = Fraction(1, one.under * other.under)
        if other.value is not None:  # what the figure and the denominator have in common goes
            share *= other.value.numerator
            sql, bound = self.multiplied(one.sql, one.bound, str(share.numerator), share.numerator)
        elif one.value is not None:
            return self.product(other, one)
        else:
            sql, bound = self.multiplied(one.sql, one.bound, other.sql, other.bound)
        return Number(sql, bound, share.denominator, one.per or other.per, max(one.per_bound, other.per_bound))

    def added(self, numbers: list[Number]) -> Number:
        """The sum of all."""
        rows, under, per, _ = self.aligned(numbers)
        bound = self.within(sum(bound for _, bound in rows))
        if per:
            raise UnsaidError(Text("按分した額の端数を残した合計", "a sum of apportioned costs that are not rounded"))
        terms = [self.widened(sql, bound) if place == 0 else sql for place, (sql, _) in enumerate(rows)]
        return Number(" + ".join(terms), bound, under)

    def compared(self, one: Number, op: Op, other: Number) -> str:
        """Whether the comparison holds; unknown where a number is."""
        if one.per and other.per and one.per != other.per:
            left, right = self._crosswise(one, other), self._crosswise(other, one)
        else:
            ((left, _), (right, _)), *_ = self.aligned([one, other])
        sign = {Op.MIN: ">=", Op.MAX: "<=", Op.ABOVE: ">", Op.BELOW: "<", Op.EQ: "="}[op]
        return f"{left} {sign} {right}"

    def _crosswise(self, one: Number, other: Number) -> str:
        """The numerator of `one` over both denominators."""
        sql, bound = self.multiplied(one.sql, one.bound, other.per, other.per_bound)
        return self.multiplied(atom(sql), bound, str(other.under), other.under)[0]

    def cut(self, number: Number, unit: int, mode: str) -> tuple[str, int]:
        """A whole multiple of the unit, in the declared direction."""
        under, scale = (str(number.under * unit), number.under * unit) if not number.per else ("", 0)
        if number.per:
            under, scale = self.multiplied(number.per, number.per_bound, str(number.under * unit), number.under * unit)
        sql, bound = number.sql, number.bound
        if mode == "up":
            bound = self.within(bound + scale)
            sql = f"{self.widened(sql, bound)} + {atom(under)} - 1"
        elif mode == "half_up":
            sql, bound = self.multiplied(sql, bound, "2", 2)
            bound, twice = self.within(bound + scale), self.multiplied(atom(under), scale, "2", 2)
            sql = f"{self.widened(atom(sql), bound)} + {atom(under)}"
            under = twice[0]
        most = (number.bound // number.under // unit + 1) * unit
        if under == "1":
            return sql, most
        wide = max(bound, scale * 2) > BIG
        divided = (self.dialect.divided_wide if wide else self.dialect.divided)(atom(sql), atom(under))
        if wide and most <= BIG:
            divided = f"CAST({divided} AS {self.dialect.columns['yen']})"
        return (divided if unit == 1 else self.multiplied(atom(divided), most // unit, str(unit), unit)[0]), most


def atom(sql: str) -> str:
    """An expression that may stand in any other."""
    return sql if sql.replace("_", "").isalnum() else f"({sql})"
