"""Several amounts at once: the smallest of them, or all added up."""

from hojo_cli.base.number import Kind
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Amount, Least, Sum


def least(block: Block, kind: Kind) -> Amount:
    """`least: [amount, ...]`."""
    return Least(tuple(part.amount(kind) for part in block.at("least").elements()))


def total(block: Block, kind: Kind) -> Amount:
    """`sum: [amount, ...]`."""
    return Sum(tuple(part.amount(kind) for part in block.at("sum").elements()))
