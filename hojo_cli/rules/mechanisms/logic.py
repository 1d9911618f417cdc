"""かつ・又は・でない, and the use of a named definition."""

from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Condition, Every, Is, Not, Some


def every(block: Block) -> Condition:
    """`all: [...]`."""
    return Every(tuple(part.condition() for part in block.at("all").elements()))


def some(block: Block) -> Condition:
    """`any: [...]`."""
    return Some(tuple(part.condition() for part in block.at("any").elements()))


def negation(block: Block) -> Condition:
    """`not: {...}`."""
    return Not(block.at("not").condition())


def definition(block: Block) -> Condition:
    """`is: name`."""
    return Is(block.at("is").name("definitions"))
