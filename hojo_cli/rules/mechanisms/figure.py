"""A plain figure, or a figure for each of something."""

from hojo_cli.base.number import Kind
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Amount, Scaled


def lower(block: Block, kind: Kind) -> Amount:
    """`{use: figure}`, or with `times: {fact|measure: id}` so much for each."""
    number, times = block.at("use").number(kind), block.at("times")
    if times.absent:
        return number
    factor, counted = times.quantity()
    if counted is not None and counted not in tuple(Kind):
        times.at("fact").fault("HJ375", fact=times.at("fact").word())
    return Scaled(number, factor)
