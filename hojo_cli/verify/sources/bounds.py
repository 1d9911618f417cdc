"""On which side of a figure the rules stand: 以上, 以下, 超 or 未満."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from hojo_cli.base.finding import Location, Text
from hojo_cli.base.number import Kind
from hojo_cli.base.record import Record
from hojo_cli.rules import walk
from hojo_cli.rules.nodes import Amount, Band, Capped, CategoryLimit, Compare, Exact, Not, Op, Subtotal, Tier


class Bound(Record):
    """On which sides a figure may be printed; `stated` where the file could as well have said another side."""

    sides: tuple[Op, ...]
    stated: bool


OPPOSITE: Final = {Op.MIN: Op.BELOW, Op.MAX: Op.ABOVE, Op.ABOVE: Op.MAX, Op.BELOW: Op.MIN}
NEIGHBOUR: Final = {Op.MIN: Op.ABOVE, Op.ABOVE: Op.MIN, Op.MAX: Op.BELOW, Op.BELOW: Op.MAX}
"""The same side, with the figure itself left out or taken in."""
NAMES: Final = {
    Op.MIN: Text("「以上」", "以上 (at least)"),
    Op.MAX: Text("「以下」", "以下 (at most)"),
    Op.ABOVE: Text("「超」", "超 (more than)"),
    Op.BELOW: Text("「未満」", "未満 (less than)"),
}


def bounds(nodes: Iterable[object]) -> dict[Location, Bound]:
    """How each figure bounds what it bounds; under a `not` the opposite may be printed as well."""
    known: dict[Location, Bound] = {}
    negated: dict[Location, Bound] = {}
    for node in nodes:
        if isinstance(node, Compare) and node.op is not Op.EQ:
            known[node.number.where] = Bound((node.op,), True)
        elif isinstance(node, Band):
            for number, op in ((node.floor, Op.MIN), (node.below, Op.BELOW)):
                if number is not None:
                    known[number.where] = Bound((op,), True)
        elif isinstance(node, Not):
            for part in walk.conditions(node.part):
                if isinstance(part, Compare) and part.op is not Op.EQ:
                    negated[part.number.where] = Bound((part.op, OPPOSITE[part.op]), True)
        for number in walk.numbers(most_allowed(node)):
            if number.kind in (Kind.YEN, Kind.MONTHS):
                known[number.where] = Bound((Op.MAX,), isinstance(node, Band))
    return known | negated


def most_allowed(node: object) -> Amount | None:
    """What a cap, a tier or a limit holds an amount under, itself included."""
    if isinstance(node, Band | Capped | Subtotal):
        return node.cap
    if isinstance(node, Tier):
        return node.up_to
    return node.limit if isinstance(node, CategoryLimit) else None


def same(value: Exact, op: Op, kind: Kind) -> Exact | None:
    """The figure in the other way to say a bound of what is counted in whole units: 20人以下 is 21人未満."""
    if kind is Kind.RATE:
        return None
    return value + (1 if op in (Op.MAX, Op.ABOVE) else -1)
