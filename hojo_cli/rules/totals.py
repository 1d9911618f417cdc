"""How the lines and subtotals of a frame add up, and how far an amount may be rounded up."""

from __future__ import annotations

from typing import Final, assert_never

from hojo_cli.base.finding import Location
from hojo_cli.base.number import Kind
from hojo_cli.rules import nodes
from hojo_cli.rules.walk import nodes_within

ENDLESS: Final = nodes.Number(10**60, Kind.RATE, nodes.NOWHERE, "", Location(""))
"""What is paid at all and has no cap may be rounded up however coarse the unit is."""


def outermost(frame: nodes.Frame) -> tuple[str, ...]:
    """What the total of a frame adds up: subtotals that lie in no other, and lines that lie in none, in the order they are struck."""
    inside = {name for subtotal in frame.subtotals for name in subtotal.parts}
    struck = (
        name
        for line in frame.lines
        for name in (line.id, *(subtotal.id for subtotal in frame.subtotals if subtotal.lines[-1] == line.id))
    )
    return tuple(name for name in struck if name not in inside)


def shared(amount: nodes.Amount) -> tuple[str, ...]:
    """The lines and subtotals that an amount takes a share of."""
    return tuple(name for node in nodes_within(amount) if isinstance(node, nodes.Share) for name in node.of)


def ceiling(node: nodes.Amount) -> nodes.Amount:
    """The most an amount may be rounded up to: its caps, and nothing where it comes to nothing."""
    match node:
        case nodes.Capped(of, cap):
            return nodes.Capped(ceiling(of), cap)
        case nodes.Rounded(of):
            return ceiling(of)
        case nodes.Tiered(_, tiers, on_subsidy=True) if (top := tiers[-1].up_to) is not None:
            return nodes.Capped(nodes.Rated(node, ENDLESS), top)
        case nodes.PerMember(lines, only):
            return nodes.PerMember(tuple(line._replace(amount=ceiling(line.amount)) for line in lines), only)
        case nodes.Number() | nodes.Costs() | nodes.Apportion() | nodes.Choose() | nodes.Rated() | nodes.Tiered():
            return nodes.Rated(node, ENDLESS)
        case nodes.Scaled() | nodes.Share() | nodes.Sum() | nodes.Least():
            return nodes.Rated(node, ENDLESS)
        case _:
            assert_never(node)


def ceiling_of_total(frame: nodes.Frame) -> nodes.Amount:
    """The most the total of a frame may be rounded up to, by the caps of its lines and subtotals."""
    most = {line.id: ceiling(line.amount) for line in frame.lines}
    for subtotal in frame.subtotals:
        most[subtotal.id] = nodes.Capped(nodes.Sum(tuple(most[name] for name in subtotal.parts)), subtotal.cap)
    return nodes.Sum(tuple(most[name] for name in outermost(frame)))
