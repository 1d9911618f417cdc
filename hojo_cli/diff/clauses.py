"""One changed clause at a time: the old ruleset with a single change of the new one, and what each change reaches.

What the new ruleset only declares (facts, definitions, measures, categories) is laid under the old one first (`joined`): by itself
it does nothing, and every clause that reads it can then be switched alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from hojo_cli.analysis.overlay import Overlay, united
from hojo_cli.base.record import Record
from hojo_cli.diff.compare import Change, Comparison, Place, compare
from hojo_cli.diff.likeness import normal
from hojo_cli.document import RULESET, Mapping, Node, parse
from hojo_cli.document import Sequence as List
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.block import Reading
from hojo_cli.rules.nodes import Frame, Ruleset
from hojo_cli.rules.walk import nodes, reads

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
EVERYWHERE: Final = ("tax", "rounding")
"""Parts that every frame reads."""
HARMLESS: Final = frozenset(("HJ332", "HJ341"))
"""Findings that a ruleset put together from two may have: a figure without source, a new choice without its row."""


Readings: TypeAlias = "dict[str, frozenset[str]]"
"""What each frame reads of what is declared (`uses`), under either of two rulesets, in the order of the new one."""


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
    """Two rulesets side by side: what differs, clause by clause. `base` is the old one with everything the new one declares.

    `both` has the facts and items of either, as an applicant may state them who is judged by both.
    """

    old: Side
    new: Side
    comparison: Comparison
    base: Ruleset
    both: Ruleset
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
    used: Readings = {}
    for rules in (new.ruleset, old.ruleset):
        for name, frame in rules.frames.items():
            used[name] = used.get(name, frozenset()) | uses(frame, rules)
    clauses = tuple(_clause(change, under, base, old, used) for change in comparison.changes)
    return Comparable(old, new, comparison, base, united(old.ruleset, new.ruleset), clauses)


def _clause(change: Change, under: Mapping, base: Ruleset, old: Side, used: Readings) -> Clause:
    silent = _silent(change)
    switched = None if silent else _lowered(switch(under, change), old)
    if switched is None:
        return Clause(change, tuple(users(change, used)), None, silent)
    overlay = Overlay(base, switched)
    frames = tuple(name for name in {**switched.frames, **base.frames} if overlay.differs(name))
    return Clause(change, frames, switched, silent)


def undone(clause: Clause, compared: Comparable) -> Ruleset | None:
    """The new ruleset without this one change; None where that makes no sense."""
    change = clause.change
    kinds = {"added": "removed", "removed": "added", "changed": "changed"}
    back = Change(kinds[change.kind], change.path, change.new, change.old, change.new_at, change.old_at)
    under = joined(compared.new.root, compared.old.root)
    return _lowered(switch(under, back), compared.new)


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


def users(change: Change, used: Readings) -> Iterator[str]:
    """The frames that read what a change is about under either ruleset."""
    part, *names = map(str, change.old_at)
    sort, *named = names if part == "items" else (part, *names)
    for frame, read in used.items():
        if frame in named if part == "frames" else sort in EVERYWHERE or f"{sort}.{''.join(named[:1])}" in read:
            yield frame


def uses(frame: Frame, rules: Ruleset) -> frozenset[str]:
    """The declared names a frame reads, also inside the definitions it uses: `facts.employees`, `categories.cloud`."""
    read: set[str] = set()
    pending: list[object] = [frame]
    while pending:
        for node in nodes(pending.pop()):
            for sort, ids in reads(node):
                for id_ in ids:
                    if sort == "definitions" and f"definitions.{id_}" not in read:
                        pending.append(rules.definitions[id_].condition)
                    read.add(f"{sort}.{id_}")
    return frozenset(read)
