"""Every node of a ruleset, whatever contains it: nodes are records, so one walk serves them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar, assert_never

from hojo_cli.base.finding import Location, Text
from hojo_cli.rules.declared import Definition
from hojo_cli.rules.nodes import (
    Against,
    Among,
    Amount,
    Apportion,
    Capped,
    Choose,
    Compare,
    Condition,
    Costs,
    Distinct,
    Every,
    EveryMember,
    Fact,
    FactOr,
    FieldTest,
    HasItem,
    Holds,
    Is,
    Least,
    MemberCount,
    Not,
    Number,
    PerMember,
    Pick,
    Provenance,
    Quantity,
    Rated,
    Rounded,
    Said,
    SameKinds,
    Scaled,
    Share,
    Some,
    Sum,
    Table,
    Tiered,
)

_Part = TypeVar("_Part")

CONDITIONS = (Every, Some, Not, Is, Compare, Against, SameKinds, Among, Holds, HasItem, EveryMember, Said, Table)
"""The classes a condition may be."""
QUANTITIES = (Fact, Distinct, MemberCount, FactOr)
"""The classes a quantity may be."""
AMOUNTS = (*(Number, Costs, Apportion, Choose, Rated, Tiered, Capped, Rounded, Scaled, Share, Sum, Least, PerMember),)
"""The classes an amount may be. A test compares all three with `rules.nodes`."""


def nodes_within(node: object, closed: Callable[[object], bool] | None = None) -> Iterator[object]:
    """The node and every node inside it, each object once, parents first, in the order of the file; not what is inside `closed` ones."""
    pending, seen = [node], set[int]()
    while pending:
        here = pending.pop()
        if isinstance(here, (tuple, list, dict)) and id(here) not in seen:
            seen.add(id(here))
            yield here
            if closed is None or not closed(here):
                inside = tuple(here.values()) if isinstance(here, dict) else here
                pending += [part for part in inside[::-1] if isinstance(part, (tuple, list, dict))]


def numbers(node: object) -> Iterator[Number]:
    """Every figure inside a ruleset (or a part of it), once for each place in the file."""
    places = set[Location]()
    for here in nodes_within(node):
        if isinstance(here, Number) and here.where not in places:
            places.add(here.where)
            yield here


def conditions(node: object) -> Iterator[Condition]:
    """Every condition inside a ruleset or a part of it."""
    for here in nodes_within(node):
        if isinstance(here, CONDITIONS):
            yield here


def reads(node: object) -> Iterator[tuple[str, tuple[str, ...] | frozenset[str]]]:
    """What a node itself reads by name: the part of the ruleset that declares it, and the ids."""
    if isinstance(node, (*CONDITIONS, *QUANTITIES, *AMOUNTS, Pick, FieldTest)):
        yield from _reads(node)


def _reads(
    node: Condition | Quantity | Amount | Pick | FieldTest,
) -> Iterator[tuple[str, tuple[str, ...] | frozenset[str]]]:
    match node:
        case Fact():
            yield "facts", (node.name,)
        case FactOr():
            yield "facts", (node.name,)
            yield "assumptions", (node.assume,)
        case Among() | Holds() | SameKinds():
            yield "facts", (node.fact,)
        case Said():
            yield "facts", node.facts
            yield "assumptions", (node.assume,)
        case Apportion():
            yield "facts", (node.part, node.whole)
        case Is():
            yield "definitions", (node.name,)
        case Distinct():
            yield "measures", (node.measure,)
            yield "fields", (node.field,)
        case MemberCount():
            yield "measures", (node.measure,)
        case Pick():
            yield "categories", node.categories
        case FieldTest():
            yield "fields", (node.field,)
        case Every() | Some() | Not() | Compare() | Against() | HasItem() | EveryMember() | Table():
            pass
        case Number() | Costs() | Choose() | Rated() | Tiered() | Capped() | Rounded() | Scaled() | Share():
            pass
        case Sum() | Least() | PerMember():
            pass
        case _:
            assert_never(node)


def followed(
    parts: Iterable[object], definitions: Mapping[str, Definition], closed: Callable[[object], bool] | None = None
) -> Iterator[object]:
    """Every node of some parts and of the definitions they name, each object once; not what is inside `closed` ones."""
    pending, seen, named = list(parts), set[int](), set[str]()
    for part in pending:
        for node in nodes_within(part, closed):
            if id(node) not in seen:
                seen.add(id(node))
                yield node
                if isinstance(node, Is) and node.name not in named:
                    named.add(node.name)
                    pending.append(definitions[node.name].condition)


def alike(one: object, other: object) -> bool:
    """Whether two parts say the same, wherever they stand, whatever they are called and rest on."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (Text, Location, Provenance)) or one is other:
        return True
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == other


def rebuilt(part: _Part, swap: Callable[[Any], object]) -> _Part:  # Any: a node of any class
    """A part with `swap` applied to every node of it; what it leaves alone is shared."""
    known: dict[int, object] = {}

    def visit(node: object) -> object:
        if not isinstance(node, (tuple, dict)) or isinstance(node, (Text, Location)):
            return node
        if id(node) not in known:
            swapped = swap(node)
            known[id(node)] = swapped if swapped is not node else _inside(node, visit)
        return known[id(node)]

    found = visit(part)
    assert isinstance(found, type(part))
    return found


def _inside(node: Any, visit: Callable[[object], object]) -> object:  # Any: a record, a tuple or a mapping
    if isinstance(node, dict):
        mapped = {key: visit(value) for key, value in node.items()}
        return node if _same(node.values(), mapped.values()) else mapped
    parts = [visit(part) for part in node]
    if _same(node, parts):
        return node
    return type(node)(*parts) if hasattr(node, "_fields") else tuple(parts)


def _same(before: Iterable[object], after: Iterable[object]) -> bool:
    return all(one is other for one, other in zip(before, after, strict=True))


def picks_of(node: Amount) -> tuple[Pick, ...]:
    """The picks of the costs a line looks at (of each member, where it looks inside members)."""
    match node:
        case Costs(picks):
            return picks
        case PerMember(lines):
            return tuple(pick for line in lines for pick in picks_of(line.amount))
        case Apportion(of) | Rated(of) | Tiered(of) | Capped(of) | Rounded(of):
            return picks_of(of)
        case Number() | Choose() | Scaled() | Share() | Sum() | Least():
            return ()
    assert_never(node)
