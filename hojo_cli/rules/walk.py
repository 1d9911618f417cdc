"""Every node of a ruleset, whatever contains it: nodes are records, so one walk serves them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar, assert_never

from hojo_cli.base.finding import Location, Text
from hojo_cli.rules import nodes
from hojo_cli.rules.declared import Definition

_Part = TypeVar("_Part")


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


def numbers(node: object) -> Iterator[nodes.Number]:
    """Every figure inside a ruleset (or a part of it), once for each place in the file."""
    places = set[Location]()
    for here in nodes_within(node):
        if isinstance(here, nodes.Number) and here.where not in places:
            places.add(here.where)
            yield here


def conditions(node: object) -> Iterator[nodes.Condition]:
    """Every condition inside a ruleset or a part of it."""
    for here in nodes_within(node):
        if isinstance(here, nodes.Condition):
            yield here


def reads(node: object) -> Iterator[tuple[str, tuple[str, ...] | frozenset[str]]]:
    """What a node itself reads by name: the part of the ruleset that declares it, and the ids."""
    if not isinstance(node, (nodes.Condition, nodes.Quantity, nodes.Amount, nodes.Pick, nodes.FieldTest)):
        return
    match node:
        case nodes.Fact():
            yield "facts", (node.name,)
        case nodes.FactOr():
            yield "facts", (node.name,)
            yield "assumptions", (node.assume,)
        case nodes.Among() | nodes.Holds() | nodes.SameKinds():
            yield "facts", (node.fact,)
        case nodes.Said():
            yield "facts", node.facts
            yield "assumptions", (node.assume,)
        case nodes.Apportion():
            yield "facts", (node.part, node.whole)
        case nodes.Is():
            yield "definitions", (node.name,)
        case nodes.Distinct():
            yield "measures", (node.measure,)
            yield "fields", (node.field,)
        case nodes.MemberCount():
            yield "measures", (node.measure,)
        case nodes.Pick():
            yield "categories", node.categories
        case nodes.FieldTest():
            yield "fields", (node.field,)
        case nodes.Every() | nodes.Some() | nodes.Not() | nodes.Compare() | nodes.Against() | nodes.HasItem():
            pass
        case nodes.EveryMember() | nodes.Table() | nodes.PerMember() | nodes.Number() | nodes.Costs() | nodes.Choose():
            pass
        case nodes.Rated() | nodes.Tiered() | nodes.Capped() | nodes.Rounded() | nodes.Scaled() | nodes.Share():
            pass
        case nodes.Sum() | nodes.Least():
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
                if isinstance(node, nodes.Is) and node.name in definitions and node.name not in named:
                    named.add(node.name)
                    pending.append(definitions[node.name].condition)


def definitions_read(part: object, definitions: Mapping[str, Definition]) -> Iterator[str]:
    """The names of the definitions a part uses, also inside the definitions it uses."""
    return (node.name for node in followed([part], definitions) if isinstance(node, nodes.Is))


def alike(one: object, other: object) -> bool:
    """Whether two parts say the same, wherever they stand, whatever they are called and rest on."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (Text, Location, nodes.Provenance)) or one is other:
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
            if swapped is node:
                before: list[object] = [*(node.values() if isinstance(node, dict) else node)]
                parts = tuple(visit(one) for one in before)
                if any(one is not other for one, other in zip(before, parts, strict=True)):
                    made = dict(zip(node, parts, strict=True)) if isinstance(node, dict) else parts
                    record: Any = type(node)  # Any: the class of a node, where it has fields
                    swapped = record(*parts) if hasattr(node, "_fields") else made
            known[id(node)] = swapped
        return known[id(node)]

    found = visit(part)
    assert isinstance(found, type(part))
    return found


def cost_of(node: nodes.Amount) -> nodes.Amount:
    """What a line looks at before any rate or cap: its costs (of each member, where it looks inside members)."""
    match node:
        case nodes.Costs() | nodes.Apportion():
            return node
        case nodes.PerMember(lines, only):
            return nodes.PerMember(tuple(line._replace(amount=cost_of(line.amount)) for line in lines), only)
        case nodes.Rated(of) | nodes.Tiered(of) | nodes.Capped(of) | nodes.Rounded(of):
            return cost_of(of)
        case nodes.Number() | nodes.Choose() | nodes.Scaled() | nodes.Share() | nodes.Sum() | nodes.Least():
            return nodes.Sum(())
    assert_never(node)


def picks_of_lines(lines: Iterable[nodes.Line]) -> tuple[nodes.Pick, ...]:
    """Those of each line, one after the other."""
    return tuple(pick for line in lines for pick in picks_of(line.amount))


def picks_of(node: nodes.Amount) -> tuple[nodes.Pick, ...]:
    """The picks of the costs a line looks at (of each member, where it looks inside members)."""
    match node:
        case nodes.Costs(picks):
            return picks
        case nodes.PerMember(lines):
            return picks_of_lines(lines)
        case nodes.Apportion(of) | nodes.Rated(of) | nodes.Tiered(of) | nodes.Capped(of) | nodes.Rounded(of):
            return picks_of(of)
        case nodes.Number() | nodes.Choose() | nodes.Scaled() | nodes.Share() | nodes.Sum() | nodes.Least():
            return ()
    assert_never(node)
