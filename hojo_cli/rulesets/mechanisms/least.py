"""Several amounts at once: the smallest of them, or all added up."""

from hojo_cli.formula import Amount, Least, Sum
from hojo_cli.number import Kind
from hojo_cli.rulesets.reading import Block


def least(block: Block, kind: Kind) -> Amount:
    """`least: [amount, ...]`."""
    return Least(tuple(part.amount(kind) for part in block.at("least").elements()))


def total(block: Block, kind: Kind) -> Amount:
    """`sum: [amount, ...]`."""
    return Sum(tuple(part.amount(kind) for part in block.at("sum").elements()))
