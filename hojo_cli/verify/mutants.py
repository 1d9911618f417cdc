"""Small changes to a ruleset, made in its nodes: each figure by one unit, each comparison to its neighbour (以上 for 超, 以下 for 未満).

A ruleset and its mutant share every part that is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind, show
from hojo_cli.base.record import Record
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import Compare, Exact, Number, Op, Rounded, Rounding
from hojo_cli.rules.walk import nodes_within, numbers, rebuilt

_NEIGHBOURS: Final[Mapping[Op, tuple[Op, Text]]] = {
    Op.MIN: (Op.ABOVE, Text("超", "above")),
    Op.ABOVE: (Op.MIN, Text("以上", "at least")),
    Op.MAX: (Op.BELOW, Text("未満", "below")),
    Op.BELOW: (Op.MAX, Text("以下", "at most")),
}
_JUDGED: Final = ("facts", "tax_included", "measures", "definitions", "frames")
"""What yen are made of; the rest of a ruleset tells about it."""


class Mutant(Record):
    """A figure, what becomes of it, and the ruleset after that.

    `taxed`: the figure turns prices with tax into ones without, when a file is read, before anything is judged.
    """

    number: Number
    label: Text
    ruleset: Ruleset
    taxed: bool


def mutants(ruleset: Ruleset) -> Iterator[Mutant]:
    """Every small change, in the order of the file: a yen, a person, a month; a hundredth of a rate, a thousandth of a small one."""
    comparisons = {node.number.where: node for node in nodes_within(ruleset) if isinstance(node, Compare)}
    units = {node.unit.where for node in nodes_within(ruleset) if isinstance(node, (Rounded, Rounding))}
    for number in sorted(numbers(ruleset), key=lambda number: number.where):
        taxed = number.where == ruleset.tax_included.where
        unit: Exact = 1
        if number.kind is Kind.RATE:
            unit = Fraction(1, 1000) if number.value <= Fraction(1, 10) else Fraction(1, 100)
        for value in (number.value + unit, number.value - unit):
            if value >= (1 if number.where in units else 0):
                label = Text(show(value, number.kind), show(value, number.kind, "en"))
                yield Mutant(number, label, with_value(ruleset, number, value), taxed)
        comparison = comparisons.get(number.where)
        if comparison is not None and comparison.op in _NEIGHBOURS:
            op, label = _NEIGHBOURS[comparison.op]
            yield Mutant(number, label, _with(ruleset, Compare, number, op=op), taxed)


def with_value(ruleset: Ruleset, number: Number, value: Exact) -> Ruleset:
    """The ruleset with another figure at this place of the file."""
    return _with(ruleset, Number, number, value=value)


def _with(ruleset: Ruleset, kind: type[Number | Compare], number: Number, **change: object) -> Ruleset:
    """The ruleset with a change to the figure at this place, or to the comparisons with it, wherever they are judged."""

    def swap(node: Any) -> object:  # Any: whatever a node may hold
        if not isinstance(node, kind):
            return node
        figure = node.number if isinstance(node, Compare) else node
        return node._replace(**change) if figure.where == number.where else node

    return ruleset._replace(**rebuilt({name: getattr(ruleset, name) for name in _JUDGED}, swap))
