"""A plain figure, or a figure for each of something."""

from hojo_cli.base.number import Kind
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Amount, Fact, MemberCount, Quantity, Scaled


def lower(block: Block, kind: Kind) -> Amount:
    """`{use: figure}`, or with `times: {fact|measure: id}` so much for each."""
    number = block.at("use").number(kind)
    return Scaled(number, _factor(block.at("times"))) if block.has("times") else number


def _factor(block: Block) -> Quantity:
    """What is counted; a fact that may be left out stands for its measure then."""
    if block.has("measure"):
        found = block.reading.measures.get(block.at("measure").name("measures"))
        return MemberCount("") if found is None else found.quantity
    name = block.at("fact").name("facts")
    spec = block.reading.facts.get(name)
    if spec is not None and spec.kind not in tuple(Kind):
        block.at("fact").fault("HJ375", fact=name)
    return spec.unset if spec is not None and spec.unset is not None else Fact(name)
