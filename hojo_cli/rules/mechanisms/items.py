"""Which bought items are meant: by category and by what their set fields hold."""

from typing import Final

from hojo_cli.base.number import Kind
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Condition, FieldTest, HasItem, Pick

_OWN: Final = ("category", "source", "assume")
"""The keys of a pick that are no fields."""


def pick(block: Block) -> Pick:
    """`{category: [...], <field>: {has: [...]} or {at_least: n}}`."""
    categories = frozenset(block.at("category").names("categories"))
    tests = []
    for name, test in block.keyed():
        if name not in _OWN:
            test.declared("fields", name)
            if name in block.reading.fields:  # a misspelt one would take every item
                at_least = int(test.at("at_least").number(Kind.COUNT).value) if test.has("at_least") else 0
                tests.append(FieldTest(name, frozenset(test.at("has").names(f"choices of {name}")), at_least))
                block.reading.reads(categories, name)
    return Pick(categories, tuple(tests))


def has_item(block: Block) -> Condition:
    """`items: [pick, ...]`: at least one item is taken by one of them."""
    return HasItem(block.at("items").picks())
