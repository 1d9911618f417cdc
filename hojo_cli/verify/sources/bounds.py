"""On which side of a figure the rules stand: 以上, 以下, 超 or 未満."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from hojo_cli.base.finding import Location, Text
from hojo_cli.base.number import Kind
from hojo_cli.base.record import Record
from hojo_cli.rules import walk
from hojo_cli.rules.nodes import Band, Capped, CategoryLimit, Compare, Exact, Not, Number, Op, Subtotal, Tier


class Bound(Record):
    """On which sides a figure may be printed; `stated` where the file could as well have said another side."""

    sides: tuple[Op, ...]
    stated: bool


OPPOSITE: Final = {Op.MIN: Op.BELOW, Op.MAX: Op.ABOVE, Op.ABOVE: Op.MAX, Op.BELOW: Op.MIN}
_NEXT: Final = {Op.MIN: (Op.ABOVE, -1), Op.ABOVE: (Op.MIN, 1), Op.MAX: (Op.BELOW, 1), Op.BELOW: (Op.MAX, -1)}

NAMES: Final = {
    Op.MIN: Text("「以上」", "以上 (at least)"),
    Op.MAX: Text("「以下」", "以下 (at most)"),
    Op.ABOVE: Text("「超」", "超 (more than)"),
    Op.BELOW: Text("「未満」", "未満 (less than)"),
}


def bounds(nodes: Iterable[object]) -> dict[Location, Bound]:
    """How each figure bounds what it bounds; under a `not` the opposite may be printed as well."""
    nodes, found = tuple(nodes), dict[Location, Bound]()
    for node in nodes:
        for number, op in _stated(node):
            found[number.where] = Bound((op,), True)
        for number in _capping(node):
            found[number.where] = Bound((Op.MAX,), isinstance(node, Band))
    for node in nodes:
        if isinstance(node, Not):
            for here in walk.conditions(node.part):
                if isinstance(here, Compare) and here.op is not Op.EQ:
                    found[here.number.where] = Bound((here.op, OPPOSITE[here.op]), True)
    return found


def same(value: Exact, op: Op, kind: Kind) -> tuple[Exact, Op] | None:
    """The other way to say a bound of what is counted in whole units: 20人以下 is 21人未満."""
    if kind is Kind.RATE:
        return None
    other, step = _NEXT[op]
    return value + step, other


def _stated(node: object) -> Iterator[tuple[Number, Op]]:
    """Figures whose side the file states: comparisons, and the lower and exclusive upper bounds of bands."""
    if isinstance(node, Compare) and node.op is not Op.EQ:
        yield node.number, node.op
    elif isinstance(node, Band):
        yield from ((number, op) for number, op in ((node.floor, Op.MIN), (node.below, Op.BELOW)) if number is not None)


def _capping(node: object) -> Iterator[Number]:
    """Figures that are included in what they allow: caps, tiers, limits."""
    match node:
        case Band() | Capped() | Subtotal():
            amount: object = node.cap
        case Tier():
            amount = node.up_to
        case CategoryLimit():
            amount = node.limit
        case _:
            return
    yield from (
        here for here in walk.nodes(amount) if isinstance(here, Number) and here.kind in (Kind.YEN, Kind.MONTHS)
    )
