"""Small changes to a ruleset, made in its nodes: each figure by one unit, each comparison to its neighbour (以上 for 超, 以下 for 未満).

A ruleset and its change share every part that is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind, show
from hojo_cli.base.record import Record
from hojo_cli.rules.nodes import Compare, Exact, Number, Op, Rounded, Rounding, Ruleset
from hojo_cli.rules.walk import nodes, numbers, rebuilt

FLIPPED: Final[Mapping[Op, Op]] = {Op.MIN: Op.ABOVE, Op.ABOVE: Op.MIN, Op.MAX: Op.BELOW, Op.BELOW: Op.MAX}
_WORDS: Final[Mapping[Op, Text]] = {
    Op.MIN: Text("以上", "at least"),
    Op.MAX: Text("以下", "at most"),
    Op.ABOVE: Text("超", "above"),
    Op.BELOW: Text("未満", "below"),
}


class Change(Record):
    """A figure, what becomes of it, and the ruleset after that."""

    number: Number
    label: Text
    ruleset: Ruleset


def changes(ruleset: Ruleset) -> Iterator[Change]:
    """Every small change, in the order of the file."""
    comparisons = {node.number.where: node for node in nodes(ruleset) if isinstance(node, Compare)}
    units = {node.unit.where for node in nodes(ruleset) if isinstance(node, (Rounded, Rounding))}
    for number in sorted(numbers(ruleset), key=lambda number: number.where):
        for value in _near(number, lowest=1 if number.where in units else 0):
            label = Text(show(value, number.kind), show(value, number.kind, "en"))
            yield Change(number, label, with_value(ruleset, number, value))
        comparison = comparisons.get(number.where)
        if comparison is not None and comparison.op in FLIPPED:
            yield Change(number, _WORDS[FLIPPED[comparison.op]], _flipped(ruleset, number))


def _near(number: Number, lowest: int) -> list[Exact]:
    """One unit more and one less: a yen, a person, a month; a hundredth of a rate, a thousandth of a small one."""
    unit: Exact = 1
    if number.kind is Kind.RATE:
        unit = Fraction(1, 1000) if number.value <= Fraction(1, 10) else Fraction(1, 100)
    return [value for value in (number.value + unit, number.value - unit) if value >= lowest]


def with_value(ruleset: Ruleset, number: Number, value: Exact) -> Ruleset:
    """The ruleset with another figure at this place of the file."""
    return _judged(ruleset, lambda node: node._replace(value=value) if _is(node, number) else node)


def _is(node: Any, number: Number) -> bool:  # Any: whatever a node may hold
    return isinstance(node, Number) and node.where == number.where


def _flipped(ruleset: Ruleset, number: Number) -> Ruleset:
    def swap(node: Any) -> object:  # Any: whatever a node may hold
        if isinstance(node, Compare) and node.number.where == number.where:
            return node._replace(op=FLIPPED[node.op])
        return node

    return _judged(ruleset, swap)


_JUDGED: Final = ("facts", "tax_included", "measures", "definitions", "frames")
"""What yen are made of; the rest of a ruleset tells about it."""


def _judged(ruleset: Ruleset, swap: Callable[[Any], object]) -> Ruleset:  # Any: a node of any class
    """The ruleset with `swap` applied to every node that is judged."""
    judged = rebuilt({name: getattr(ruleset, name) for name in _JUDGED}, swap)
    return ruleset._replace(**judged)
