"""One changed clause at a time: the old ruleset with a single change of the new one, and what each change reaches.

What the new ruleset only declares (facts, definitions, measures, categories) is laid under the old one first (`joined`): by itself
it does nothing, and every clause that reads it can then be switched alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hojo_cli.comparison.compare import Change, Comparison, Place, compare
from hojo_cli.comparison.likeness import normal
from hojo_cli.document import RULESET, Mapping, Node, Scalar, parse
from hojo_cli.document import Sequence as List
from hojo_cli.evidence.walk import nodes
from hojo_cli.formula import (
    Among,
    Apportion,
    Distinct,
    Fact,
    FactOr,
    Frame,
    Holds,
    Is,
    MemberCount,
    Ruleset,
    Said,
    SameKinds,
)
from hojo_cli.record import Record
from hojo_cli.rulesets import library, ruleset
from hojo_cli.rulesets.reading import Reading

DECLARED: Final[tuple[Place, ...]] = (
    ("sources",),
    ("assumptions",),
    ("facts",),
    ("facts", "*", "choices"),
    ("items", "categories"),
    ("items", "fields"),
    ("items", "fields", "*", "choices"),
    ("measures",),
    ("definitions",),
)
"""Where names are declared; `*` stands for any name."""
SILENT: Final = ("sources", "assumptions", "reminders", "combine", "profile", "valid")
"""Parts that no yen depends on."""
UNPAID: Final = (("items", "at_once", "assume"), ("items", "at_once", "source"), ("items", "discount"))
"""What only says what a result rests on."""
ASKED: Final = ("asked_if", "asked_of", "only_if", "min", "max", "at_most", "type")
"""What a fact says about how it is asked, not about what follows."""
HARMLESS: Final = frozenset(("HJ332", "HJ341"))
"""Findings that a ruleset put together from two may have: a figure without source, a new choice without its row."""


class Side(Record):
    """One of the two rulesets: as given on the command line, its tree in normal form, and its nodes."""

    name: str
    root: Mapping
    ruleset: Ruleset
    reading: Reading


class Clause(Record):
    """A change, the frames it reaches, and the old ruleset with this change alone.

    `switched` is None where the change moves no yen by itself: it only declares, asks or reminds (`silent`), or cannot stand alone.
    """

    change: Change
    frames: tuple[str, ...]
    switched: Ruleset | None
    silent: bool


class Comparable(Record):
    """Two rulesets side by side: what differs, clause by clause. `base` is the old one with everything the new one declares."""

    old: Side
    new: Side
    comparison: Comparison
    base: Ruleset
    clauses: tuple[Clause, ...]


def side(name: str) -> Side:
    """A ruleset by year or path; `HojoError` where it is missing or invalid."""
    data, file = library.content(name)
    known = ruleset.read(data, file)
    root = parse(data, file, RULESET).root
    assert root is not None
    tree = normal(root)
    assert isinstance(tree, Mapping)
    found, reading = ruleset.lower(tree, known.sha256, file)
    return Side(name, tree, found, reading)


def prepare(old: Side, new: Side) -> Comparable:
    """Compare two rulesets and make every change ready to be switched."""
    comparison = compare(old.root, new.root)
    under = joined(old.root, new.root)
    base = _lowered(under, old) or old.ruleset
    clauses = tuple(_clause(change, under, base, old, new) for change in comparison.changes)
    return Comparable(old, new, comparison, base, clauses)


def _clause(change: Change, under: Mapping, base: Ruleset, old: Side, new: Side) -> Clause:
    frames = tuple(reach(change, base, old.root)) or tuple(reach(change, new.ruleset, new.root))
    silent = _silent(change)
    return Clause(change, frames, None if silent else _lowered(switch(under, change), old), silent)


def _silent(change: Change) -> bool:
    at = change.old_at
    declared = change.kind != "changed" and any(_matches(at[:-1], place) for place in DECLARED)
    asked = at[0] == "facts" and len(at) > 2 and at[2] in ASKED
    unpaid = any(at[: len(place)] == place for place in UNPAID)
    return at[0] in SILENT or unpaid or declared or asked


def _matches(at: Place, pattern: Place) -> bool:
    return len(at) == len(pattern) and all(want in ("*", key) for key, want in zip(at, pattern, strict=True))


def _lowered(root: Mapping, old: Side) -> Ruleset | None:
    """The ruleset of an edited tree, without the parts that may name a frame that is gone; None where it makes no sense."""
    moving = {key: node for key, node in root.entries.items() if key not in ("reminders", "combine", "outcomes")}
    if isinstance(known := moving.get("assumptions"), Mapping):
        moving["assumptions"] = Mapping(
            {name: _unplaced(node) for name, node in known.entries.items()}, known.keys, known.line, known.column
        )
    tree = Mapping(moving, root.keys, root.line, root.column)
    found, reading = ruleset.lower(tree, old.ruleset.sha256, old.ruleset.file)
    return None if any(problem.code not in HARMLESS for problem in reading.findings) else found


def _unplaced(assumption: Node) -> Node:
    """An assumption without the frames that show it."""
    if not isinstance(assumption, Mapping):
        return assumption
    kept = {key: node for key, node in assumption.entries.items() if key not in ("frames", "when")}
    return Mapping(kept, assumption.keys, assumption.line, assumption.column)


# --- trees ------------------------------------------------------------------------------------------------------------------


def joined(old: Mapping, new: Mapping) -> Mapping:
    """The old tree with every name that only the new one declares."""
    found: Node = old
    for pattern in DECLARED:
        for place in _places(new, pattern):
            for key, node in _entries(new, place):
                if _at(found, (*place, key)) is None:
                    found = replaced(found, (*place, key), node)
    assert isinstance(found, Mapping)
    return found


def switch(root: Mapping, change: Change) -> Mapping:
    """The tree with one change made."""
    if change.new is None:
        found = replaced(root, change.old_at, None)
    else:
        found = replaced(root, change.old_at, change.new, insert=change.old is None)
    assert isinstance(found, Mapping)
    return found


def replaced(node: Node | None, at: Place, value: Node | None, *, insert: bool = False) -> Node:
    """A copy with `value` at a place (None: taken out); in a list it takes the place of an entry, or with `insert` goes before it."""
    if not at:
        assert value is not None
        return value
    key, rest = at[0], at[1:]
    if isinstance(node, List) and isinstance(key, int):
        below = list(node.items)
        if rest:
            below[key] = replaced(below[key], rest, value, insert=insert)
        else:
            below[key : key if insert else key + 1] = [] if value is None else [value]
        return List(below, node.line, node.column)
    inside = node if isinstance(node, Mapping) else Mapping({}, {}, 1, 1)
    entries = dict(inside.entries)
    if rest or value is not None:
        entries[str(key)] = replaced(entries.get(str(key)), rest, value, insert=insert)
    else:
        entries.pop(str(key), None)
    keys = {name: inside.keys.get(name, (1, 1)) for name in entries}
    return Mapping(entries, keys, inside.line, inside.column)


def _at(node: Node | None, at: Place) -> Node | None:
    for key in at:
        if isinstance(node, Mapping) and isinstance(key, str):
            node = node.entries.get(key)
        else:
            return None
    return node


def _entries(root: Mapping, at: Place) -> Iterator[tuple[str, Node]]:
    node = _at(root, at)
    if isinstance(node, Mapping):
        yield from node.entries.items()


def _places(root: Mapping, pattern: Place) -> Iterator[Place]:
    """The places a pattern stands for."""
    if "*" not in pattern:
        yield pattern
        return
    star = pattern.index("*")
    for name, _ in _entries(root, pattern[:star]):
        yield (*pattern[:star], name, *pattern[star + 1 :])


# --- what a change reaches ------------------------------------------------------------------------------------------------


def reach(change: Change, rules: Ruleset, root: Mapping) -> Iterator[str]:
    """The frames whose outcome a change can touch, in the order of the ruleset."""
    part, name = change.old_at[0], str(change.old_at[1]) if len(change.old_at) > 1 else ""
    for id_, frame in rules.frames.items():
        if part == "frames":
            touched = name == id_ or (change.old_at[2:3] == ("lines",) and name in _lenders(root, id_))
        elif part in ("facts", "definitions", "measures"):
            touched = f"{part}.{name}" in uses(frame, rules)
        else:
            touched = part in ("items", "rounding")
        if touched:
            yield id_


def _lenders(root: Mapping, frame: str) -> Iterator[str]:
    """The frames whose lines a frame borrows."""
    lines = _at(root, ("frames", frame, "lines"))
    for line in lines.items if isinstance(lines, List) else ():
        lender = _at(line, ("each_member", "frame"))
        if isinstance(lender, Scalar):
            yield lender.text


def uses(frame: Frame, rules: Ruleset) -> frozenset[str]:
    """The declared names a frame reads, also inside the definitions it uses: `facts.employees`, `definitions.sme`."""
    found: set[str] = set()
    pending: list[object] = [frame]
    while pending:
        for node in nodes(pending.pop()):
            for name in _names(node):
                if name not in found:
                    found.add(name)
                    part, _, id_ = name.partition(".")
                    if part == "definitions" and id_ in rules.definitions:
                        pending.append(rules.definitions[id_].condition)
    return frozenset(found)


def _names(node: object) -> Iterator[str]:
    match node:
        case Is(name):
            yield f"definitions.{name}"
        case Fact(name) | FactOr(name) | Among(name) | Holds(name):
            yield f"facts.{name}"
        case Apportion(_, part, whole):
            yield f"facts.{part}"
            yield f"facts.{whole}"
        case SameKinds(fact):
            yield f"facts.{fact}"
        case Said(facts):
            yield from (f"facts.{name}" for name in facts)
        case Distinct(measure) | MemberCount(measure):
            yield f"measures.{measure}"
        case _:
            return
