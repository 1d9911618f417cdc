"""Two rulesets compared by what they mean: keyed by ids, blind to order, comments and spelling of numbers.

Both trees are in one form (`likeness.normal`). What is found has three sorts: changes of rules, labels put in other
words, and places that cite another source. A change knows where it stands in both trees, so that it can be switched alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias, assert_never

from hojo_cli.base.record import Record
from hojo_cli.diff.likeness import BRANCHES, CITED, LABELS, head, identifier, meaning, pairs
from hojo_cli.document import Mapping, Node, Scalar
from hojo_cli.document import Sequence as List

Place: TypeAlias = "tuple[str | int, ...]"
"""Keys and places (from 0) that lead from the top of a tree to a node."""
APART: Final = ("hojo", "program", "fiscal_year", "title", "valid", "as_of")
"""What says which ruleset it is: no rules."""
WHOLE: Final = ("sources", "assumptions")
"""Entries of these are the same or not; nothing is looked for inside."""


class Change(Record):
    """One rule that was `added`, `removed` or `changed`. `path` names it by ids.

    `old_at` and `new_at` are its places in the two trees; of what stands in one tree only, the other is the place it would have.
    """

    kind: str
    path: str
    old: Node | None
    new: Node | None
    old_at: Place
    new_at: Place


class Reworded(Record):
    """A label or question in other words; the rule is the same."""

    path: str
    old: Node
    new: Node


class Recited(Record):
    """The same rule, now resting on another source or assumption."""

    path: str
    old: Node | None
    new: Node | None


class Comparison(Record):
    """Everything that differs between two trees."""

    changes: tuple[Change, ...]
    reworded: tuple[Reworded, ...]
    recited: tuple[Recited, ...]

    @property
    def empty(self) -> bool:
        """Nothing differs at all."""
        return not (self.changes or self.reworded or self.recited)


def compare(old: Mapping, new: Mapping) -> Comparison:
    """What differs between two normal trees, in the order of the old one."""
    walk = _Walk()
    walk.top(old, new)
    return Comparison(tuple(walk.changes), tuple(walk.reworded), tuple(walk.recited))


# --- the walk -------------------------------------------------------------------------------------------------------------


class _Walk:
    """Both trees at once, from the top down."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.reworded: list[Reworded] = []
        self.recited: list[Recited] = []

    def top(self, old: Mapping, new: Mapping) -> None:
        for key in _both(old, new):
            if key not in APART:
                self.at(key, (key,), (key,), old.entries.get(key), new.entries.get(key))
        if meaning(old.entries.get("valid")) != meaning(new.entries.get("valid")):
            self.change("valid", ("valid",), ("valid",), old.entries.get("valid"), new.entries.get("valid"))

    def at(self, path: str, old_at: Place, new_at: Place, old: Node | None, new: Node | None) -> None:
        """Two nodes at the same place, either of which may be missing."""
        if old is None or new is None:
            self.change(path, old_at, new_at, old, new)
        elif isinstance(old, Mapping) and isinstance(new, Mapping) and head(old) == head(new):
            self.mappings(path, old_at, new_at, old, new)
        elif isinstance(old, List) and isinstance(new, List):
            self.lists(path, old_at, new_at, old, new)
        elif meaning(old) != meaning(new):
            self.change(path, old_at, new_at, old, new)

    def change(self, path: str, old_at: Place, new_at: Place, old: Node | None, new: Node | None) -> None:
        kind = "added" if old is None else "removed" if new is None else "changed"
        self.changes.append(Change(kind, path, old, new, old_at, new_at))

    def mappings(self, path: str, old_at: Place, new_at: Place, old: Mapping, new: Mapping) -> None:
        for key in _both(old, new):
            one, other = old.entries.get(key), new.entries.get(key)
            below = f"{path}.{key}"
            if key in LABELS:
                self.labels(below, one, other)
            elif key in CITED:
                if _text(one) != _text(other):
                    self.recited.append(Recited(below, one, other))
            elif path in WHOLE:
                if one is None or other is None or _same_words(one) != _same_words(other):
                    self.change(below, (*old_at, key), (*new_at, key), one, other)
            else:
                self.at(below, (*old_at, key), (*new_at, key), one, other)

    def labels(self, path: str, old: Node | None, new: Node | None) -> None:
        if isinstance(old or new, List):  # other words for a choice: none is a list too
            old, new = _words(old), _words(new)
        if old is not None and new is not None and _text(old) != _text(new):
            self.reworded.append(Reworded(path, old, new))

    def lists(self, path: str, old_at: Place, new_at: Place, old: List, new: List) -> None:
        paired = pairs(old, new, str(old_at[-1]))
        if paired is None:
            if meaning(old) != meaning(new):
                self.change(path, old_at, new_at, old, new)
            return
        alone = len(old.items) == len(new.items) == 1 and old_at[-1] in BRANCHES
        for one, other in paired:
            before = None if one is None else old.items[one]
            after = None if other is None else new.items[other]
            name = identifier(before or after or old) or f"[{(one if one is not None else other or 0) + 1}]"
            below = path if alone else f"{path}{name}" if name.startswith("[") else f"{path}.{name}"
            here, there = one, len(new.items) if other is None else other
            if here is None:  # it would stand behind what stands before it in both
                here = 1 + max(
                    (left for left, right in paired if left is not None and right is not None and right < there),
                    default=-1,
                )
            self.at(below, (*old_at, here), (*new_at, there), before, after)


def _both(old: Mapping, new: Mapping) -> Iterator[str]:
    yield from old.entries
    yield from (key for key in new.entries if key not in old.entries)


def _same_words(node: Node) -> object:
    """What is written of a source or assumption, and where an assumption is shown, blind to the order of lists."""
    if isinstance(node, Mapping):
        shown = {key: meaning(below, key) for key, below in node.entries.items() if key in ("frames", "when")}
        rest = Mapping({key: below for key, below in node.entries.items() if key not in shown}, {}, 1, 1)
        return _text(rest), shown
    return _text(node)


def _words(node: Node | None) -> Scalar:
    """A list of words as one text."""
    words = [word.text for word in node.items if isinstance(word, Scalar)] if isinstance(node, List) else []
    return Scalar("・".join(words) or "—", True, *((node.line, node.column) if node else (1, 1)))


def _text(node: Node | None) -> object:
    """Everything a node says, to the letter; order of keys aside."""
    match node:
        case Mapping():
            return frozenset((key, _text(below)) for key, below in node.entries.items())
        case List():
            return tuple(_text(below) for below in node.items)
        case Scalar():
            return node.text
        case None:
            return None
    assert_never(node)
