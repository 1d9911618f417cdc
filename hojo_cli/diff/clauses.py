"""One changed clause at a time: the old ruleset with a single change of the new one, and what each change reaches.

What the new ruleset only declares (facts, definitions, measures, categories) is laid under the old one first (`joined`): by itself
it does nothing, and every clause that reads it can then be switched alone.
"""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from typing import Final

from hojo_cli.base.record import Record
from hojo_cli.diff.compare import Change, Comparison, Place
from hojo_cli.diff.likeness import normal
from hojo_cli.document import Mapping, Node
from hojo_cli.document.placing import placed
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.block import Reading
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.walk import followed, reads
from hojo_cli.verify.analysis.overlay import Overlay, united

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
UNPAID: Final = (
    ("items", "at_once", "assume"),
    ("items", "at_once", "source"),
    ("items", "discount"),
    ("items", "fields", "*", "change"),
    ("items", "categories", "*", "instead"),
)
"""What only says what a result rests on, or what an applicant may do about it."""
ASKED: Final = ("asked_if", "asked_of", "only_if", "min", "max", "at_most", "type", "change")
"""What a fact says about how it is asked or changed, not about what follows."""
EVERYWHERE: Final = ("tax", "rounding")
"""Parts that every frame reads."""
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
    """Two rulesets side by side: what differs, clause by clause. `base` is the old one with everything the new one declares.

    `both` has the facts and items of either, as an applicant may state them who is judged by both; `later` reads a file for the new
    ruleset (None: as for the old one).
    """

    old: Side
    new: Side
    comparison: Comparison
    base: Ruleset
    both: Ruleset
    later: Ruleset | None
    clauses: tuple[Clause, ...]


def side(name: str) -> Side:
    """A ruleset by year or path; `HojoError` where it is missing or invalid."""
    data, file = library.content(name)
    known = ruleset.read(data, file)
    tree = normal(ruleset.tree(data, file))
    assert isinstance(tree, Mapping)
    rules, reading = ruleset.lower(tree, known.sha256, file)
    return Side(name, tree, rules, reading)


def prepare(old: Side, new: Side) -> Comparable:
    """Compare two rulesets and make every change ready to be switched."""
    comparison = Comparison(old.root, new.root)
    under = joined(old.root, new.root)
    base = lowered(under, old) or old.ruleset
    used: dict[str, set[str]] = {}  # what each frame reads of what is declared, `facts.employees`, under either ruleset
    for rules in (new.ruleset, old.ruleset):
        for name, frame in rules.frames.items():
            read = [entry for node in followed([frame], rules.definitions) for entry in reads(node)]
            used.setdefault(name, set()).update(f"{sort}.{id_}" for sort, ids in read for id_ in ids)
    clauses = []
    for change in comparison.changes:
        silent = is_silent(change)
        switched = None if silent else lowered(under, old, change)
        if switched is None:
            frames = users(change, used)
        else:
            overlay = Overlay(base, switched)
            frames = [name for name in {**switched.frames, **base.frames} if overlay.differs(name)]
        clauses.append(Clause(change, tuple(frames), switched, silent))
    both = united(old.ruleset, new.ruleset)
    later = united(new.ruleset, old.ruleset) if read_otherwise(old.ruleset, new.ruleset) else None
    return Comparable(old, new, comparison, base, both, later, tuple(clauses))


def read_otherwise(old: Ruleset, new: Ruleset) -> bool:
    """Whether prices with tax, or a fact, mean something else in a file under the new ruleset than under the old one."""
    kinds = ((spec.kind, new.facts[name].kind) for name, spec in old.facts.items() if name in new.facts)
    return old.tax_included.value != new.tax_included.value or any(before != after for before, after in kinds)


def undone(clause: Clause, compared: Comparable) -> Ruleset | None:
    """The new ruleset without this one change; None where that makes no sense."""
    change = clause.change
    back = Change(change.path, change.new, change.old, change.new_at, change.old_at)
    return lowered(joined(compared.new.root, compared.old.root), compared.new, back)


def is_silent(change: Change) -> bool:
    """Whether it only declares, asks or reminds, or says what a result rests on."""
    at = change.old_at

    def within(pattern: Place) -> bool:
        return len(at) >= len(pattern) and all(want in ("*", key) for key, want in zip(at, pattern, strict=False))

    return (
        at[0] in SILENT
        or any(map(within, UNPAID))
        or (change.kind != "changed" and any(len(at) - 1 == len(place) and within(place) for place in DECLARED))
        or (at[0] == "facts" and len(at) > 2 and at[2] in ASKED)
    )


def lowered(root: Mapping, old: Side, change: Change | None = None) -> Ruleset | None:
    """The ruleset of a tree with this change made, without the parts that may name a frame that is gone; None where it makes no sense."""
    tree: Node | None = root
    if change is not None:
        tree = placed(root, change.old_at, change.new, insert=change.kind == "added")
    assert isinstance(tree, Mapping)
    parts = _without(tree, "reminders", "combine")
    if isinstance(assumptions := parts.entries.get("assumptions"), Mapping):
        shown_nowhere = {
            name: _without(node, "frames", "when") if isinstance(node, Mapping) else node
            for name, node in assumptions.entries.items()
        }
        parts.entries["assumptions"] = Mapping(shown_nowhere, assumptions.keys, assumptions.line, assumptions.column)
    rules, reading = ruleset.lower(parts, old.ruleset.sha256, old.ruleset.file)
    return None if any(problem.code not in HARMLESS for problem in reading.findings) else rules


def _without(node: Mapping, *keys: str) -> Mapping:
    entries = {key: below for key, below in node.entries.items() if key not in keys}
    return Mapping(entries, node.keys, node.line, node.column)


# --- trees ------------------------------------------------------------------------------------------------------------------


def joined(old: Mapping, new: Mapping) -> Mapping:
    """The old tree with every name that only the new one declares."""
    tree: Node | None = old
    for pattern in DECLARED:
        places = [pattern]
        if "*" in pattern:
            star = pattern.index("*")
            places = [(*pattern[:star], name, *pattern[star + 1 :]) for name in _entries(new, pattern[:star])]
        for place in places:
            for key, node in _entries(new, place).items():
                if key not in _entries(tree, place):
                    tree = placed(tree, (*place, key), node)
    assert isinstance(tree, Mapping)
    return tree


def _entries(root: Node | None, at: Place) -> Lookup[str, Node]:
    """What a mapping at a place holds; nothing where there is none."""
    node = root
    for key in at:
        node = node.entries.get(str(key)) if isinstance(node, Mapping) else None
    return node.entries if isinstance(node, Mapping) else {}


def users(change: Change, used: Lookup[str, set[str]]) -> list[str]:
    """The frames that read what a change is about under either ruleset."""
    part, *names = map(str, change.old_at)
    sort, *named = names if part == "items" else (part, *names)
    if part == "frames":
        return [frame for frame in used if frame in named]
    return [frame for frame, read in used.items() if sort in EVERYWHERE or f"{sort}.{''.join(named[:1])}" in read]
