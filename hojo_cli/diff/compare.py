"""Two rulesets compared by what they mean: keyed by ids, blind to order, comments and spelling of numbers.

Both trees are in one form (`likeness.normal`). What is found has three sorts: changes of rules, labels put in other
words, and places that cite another source. A change knows where it stands in both trees, so that it can be switched alone.
"""

from __future__ import annotations

from typing import Final, TypeAlias, assert_never

from hojo_cli.base.record import Record
from hojo_cli.diff.likeness import BRANCHES, CITED, LABELS, Pair, head, identifier, meaning, pairs
from hojo_cli.document import Mapping, Node, Scalar, Sequence as List

Place: TypeAlias = "tuple[str | int, ...]"
"""Keys and places (from 0) that lead from the top of a tree to a node."""
APART: Final = ("hojo", "program", "fiscal_year", "title", "valid", "as_of")
"""What says which ruleset it is: no rules."""
WHOLE: Final = ("sources", "assumptions")
"""Entries of these are the same or not; nothing is looked for inside."""


class Change(Record):
    """What stands at one place of the two trees; either may be missing. `path` names it by ids.

    `old_at` and `new_at` are its places in the two trees; of what stands in one tree only, the other is the place it would have.
    """

    path: str
    old: Node | None
    new: Node | None
    old_at: Place
    new_at: Place

    @property
    def kind(self) -> str:
        """Whether it was `added`, `removed` or `changed`."""
        return "added" if self.old is None else "removed" if self.new is None else "changed"


class Comparison:
    """Everything that differs between two normal trees, in the order of the old one.

    `changes` of rules; what is the same rule, `reworded` in a label or question or `recited` (it rests on another source or assumption).
    """

    def __init__(self, old: Mapping, new: Mapping) -> None:
        self.changes: list[Change] = []
        self.reworded: list[Change] = []
        self.recited: list[Change] = []
        top = {key: (old.entries.get(key), new.entries.get(key)) for key in {**old.entries, **new.entries}}
        for key, (before, after) in top.items():
            if key not in APART:
                self._look(Change(key, before, after, (key,), (key,)))
        before, after = top.get("valid", (None, None))
        if meaning(before) != meaning(after):
            self.changes.append(Change("valid", before, after, ("valid",), ("valid",)))

    @property
    def empty(self) -> bool:
        """Nothing differs at all."""
        return not (self.changes or self.reworded or self.recited)

    def _look(self, at: Change) -> None:
        """At two nodes, and what is inside them."""
        old, new = at.old, at.new
        if isinstance(old, Mapping) and isinstance(new, Mapping) and head(old) == head(new):
            self._mappings(at, old, new)
        elif (
            isinstance(old, List)
            and isinstance(new, List)
            and (paired := pairs(old, new, str(at.old_at[-1]))) is not None
        ):
            self._lists(at, old, new, paired)
        elif meaning(old) != meaning(new):
            self.changes.append(at)

    def _mappings(self, at: Change, old: Mapping, new: Mapping) -> None:
        for key in {**old.entries, **new.entries}:
            one, other = old.entries.get(key), new.entries.get(key)
            below = Change(f"{at.path}.{key}", one, other, (*at.old_at, key), (*at.new_at, key))
            if key in LABELS:
                if isinstance(one or other, List):  # other words for a choice: none is a list too
                    one, other = _words(one), _words(other)
                if one is not None and other is not None and _text(one) != _text(other):
                    self.reworded.append(below._replace(old=one, new=other))
            elif key in CITED:
                if _text(one) != _text(other):
                    self.recited.append(below)
            elif at.path in WHOLE:
                if one is None or other is None or _same_words(one) != _same_words(other):
                    self.changes.append(below)
            else:
                self._look(below)

    def _lists(self, at: Change, old: List, new: List, paired: list[Pair]) -> None:
        alone = len(old.items) == len(new.items) == 1 and at.old_at[-1] in BRANCHES
        for one, other in paired:
            before = None if one is None else old.items[one]
            after = None if other is None else new.items[other]
            name = identifier(before or after or old) or f"[{(one if one is not None else other or 0) + 1}]"
            path = at.path if alone else f"{at.path}{name}" if name.startswith("[") else f"{at.path}.{name}"
            here, there = one, len(new.items) if other is None else other
            if here is None:  # it would stand behind what stands before it in both
                here = 1 + max(
                    (left for left, right in paired if left is not None and right is not None and right < there),
                    default=-1,
                )
            self._look(Change(path, before, after, (*at.old_at, here), (*at.new_at, there)))


def _same_words(node: Node, key: str = "") -> object:
    """What is written of a source or assumption; where it is shown, and the rules of its other reading, blind to the order of lists."""
    if key in ("frames", "when", "set"):
        return meaning(node, key)
    if isinstance(node, Mapping):
        return {name: _same_words(below, name) for name, below in node.entries.items()}
    return _text(node)


def _words(node: Node | None) -> Scalar:
    """A list of words as one text."""
    words = [word.text for word in node.items if isinstance(word, Scalar)] if isinstance(node, List) else []
    return Scalar("・".join(words) or "—", True, 1, 1)


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
