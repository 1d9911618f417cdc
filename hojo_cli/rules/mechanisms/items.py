"""Which bought items are meant: by category and by what their set fields hold."""

from typing import Final

from hojo_cli.base.number import Kind
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Condition, FieldTest, HasItem, Pick

_OWN: Final = ("category", "source", "assume")
"""The keys of a pick that are no fields."""


def pick(block: Block) -> Pick:
    """`{category: [...], <field>: {has: [...]} or {at_least: n}}`."""
    tests = [_field(name, test) for name, test in block.keyed() if name not in _OWN and _declared(name, test)]
    categories = frozenset(block.at("category").names("categories"))
    for test in tests:
        block.reading.reads(categories, test.field)
    return Pick(categories, tuple(tests))


def has_item(block: Block) -> Condition:
    """`items: [pick, ...]`: at least one item is taken by one of them."""
    return HasItem(block.at("items").picks())


def _declared(name: str, test: Block) -> bool:
    """Whether a key of a pick is a declared field: a misspelt one would take every item."""
    test.declared("fields", name)
    return name in test.reading.fields


def _field(name: str, test: Block) -> FieldTest:
    at_least = test.at("at_least")
    count = 0 if at_least.absent else int(at_least.number(Kind.COUNT).value)
    return FieldTest(name, frozenset(test.at("has").names(f"choices of {name}")), count)
