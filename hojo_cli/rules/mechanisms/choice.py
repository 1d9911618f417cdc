"""A list read from the top: the first entry whose `when` holds, the last one without `when`."""

from hojo_cli.base.number import Kind
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Amount, Branch, Choose


def lower(block: Block, kind: Kind) -> Amount:
    """`[{when: {...}, use: …}, {use: …}]`."""
    entries = block.elements()
    for place, entry in enumerate(entries, 1):
        if entry.has("when") == (place == len(entries)):
            entry.fault("HJ335" if place == len(entries) else "HJ336")
    return Choose(tuple(Branch(entry.condition_at("when"), entry.amount(kind), entry.where) for entry in entries))
