"""Every node of a ruleset, whatever contains it: nodes are records, so one walk serves them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hojo_cli.finding import Location, Text
from hojo_cli.formula import (
    Against,
    Among,
    Compare,
    Condition,
    EachMember,
    Every,
    HasItem,
    Holds,
    Is,
    Not,
    Number,
    Ruleset,
    Said,
    SameKinds,
    Some,
    Table,
)

CONDITIONS = (Every, Some, Not, Is, Compare, Against, SameKinds, Among, Holds, HasItem, EachMember, Said, Table)
"""The classes a condition may be."""


def below(node: object) -> Iterator[object]:
    """The nodes directly inside a record, a mapping or a tuple."""
    if isinstance(node, Mapping):
        yield from node.values()
    elif isinstance(node, tuple) and not isinstance(node, (Text, Location)):
        yield from node


def nodes(node: object) -> Iterator[object]:
    """The node and every node inside it, each object once, parents first, in the order of the file."""
    pending, seen = [node], set[int]()
    while pending:
        here = pending.pop()
        if isinstance(here, (tuple, Mapping)) and id(here) not in seen:
            seen.add(id(here))
            yield here
            pending += reversed(list(below(here)))


def numbers(node: object) -> Iterator[Number]:
    """Every figure inside a ruleset (or a part of it), once for each place in the file."""
    places = set[Location]()
    for here in nodes(node):
        if isinstance(here, Number) and here.where not in places:
            places.add(here.where)
            yield here


def conditions(node: object) -> Iterator[Condition]:
    """Every condition inside a ruleset or a part of it."""
    for here in nodes(node):
        if isinstance(here, CONDITIONS):
            yield here


def expanded(condition: Condition, ruleset: Ruleset) -> Iterator[Condition]:
    """A condition with everything inside it, named definitions followed."""
    pending, seen = [condition], set[str]()
    while pending:
        for here in conditions(pending.pop()):
            yield here
            if isinstance(here, Is) and here.name in ruleset.definitions and here.name not in seen:
                seen.add(here.name)
                pending.append(ruleset.definitions[here.name].condition)
