"""Two rulesets compared by what they mean: keyed by ids, blind to order, comments and spelling of numbers.

Both trees are brought into one form first (`normal`). What is found has three sorts: changes of rules, labels put in other
words, and places that cite another source. A change knows where it stands in both trees, so that it can be switched alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import Final, TypeAlias

from hojo_cli.document import Mapping, Node, Scalar
from hojo_cli.document import Sequence as List
from hojo_cli.formula import Op
from hojo_cli.number import Kind, NumberProblem, read
from hojo_cli.record import Record

Place: TypeAlias = "tuple[str | int, ...]"
"""Keys and places (from 0) that lead from the top of a tree to a node."""
Pair: TypeAlias = "tuple[int | None, int | None]"

BRANCHES: Final = ("rate", "cap")
"""Keys of an amount that may be one block or a list read from the top."""
WORDS: Final = ("in", "has", "category", "of", "rates", "frames", "lines", "profile")
"""Keys of a list of words that may be a single one."""
LABELS: Final = ("label", "ja", "en", "ask", "where", "why", "title")
CITED: Final = ("source", "assume")
APART: Final = ("hojo", "program", "fiscal_year", "title", "valid", "as_of", "outcomes")
"""What says which ruleset it is, and what came of it: no rules."""
WHOLE: Final = ("sources", "assumptions")
"""Entries of these are the same or not; nothing is looked for inside."""
CONDITIONS: Final = ("all", "any", "not", "is", "fact", "measure", "items", "every_member", "table")


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


# --- one form for what means the same -----------------------------------------------------------------------------------


def normal(node: Node, key: str = "") -> Node:
    """A copy in which an amount is always a list of branches, and a list of words always a list."""
    copied: Node
    match node:
        case Mapping():
            entries = {name: normal(below, name) for name, below in node.entries.items()}
            copied = Mapping(entries, dict(node.keys), node.line, node.column)
        case List():
            copied = List([normal(below) for below in node.items], node.line, node.column)
        case Scalar():
            copied = Scalar(node.text, node.plain, node.line, node.column)
    single = (key in BRANCHES and isinstance(node, Mapping)) or (key in WORDS and isinstance(node, Scalar))
    return List([copied], node.line, node.column) if single else copied


@cache
def number(text: str) -> object:
    """What a scalar says: its number, however it is spelt, or its text."""
    for kind in Kind:
        try:
            value = read(text, kind)
        except NumberProblem:
            continue
        return value.numerator, value.denominator
    return text


def meaning(node: Node | None, key: str = "") -> object:
    """Equal for nodes that mean the same; labels and sources do not count."""
    match node:
        case Scalar():
            return number(node.text)
        case Mapping():
            kept = ((name, below) for name, below in node.entries.items() if name not in LABELS and name not in CITED)
            return frozenset((name, meaning(below, name)) for name, below in kept)
        case List():
            parts = [meaning(below) for below in node.items]
            return tuple(parts if key in BRANCHES or key == "steps" else sorted(parts, key=_order))
        case None:
            return None


def _order(part: object) -> str:
    if isinstance(part, frozenset):
        return str(sorted((name, _order(below)) for name, below in part))
    return str(part)


def head(node: Node | None) -> tuple[str, ...]:
    """What a condition asks about and how, without its figure; empty for anything else."""
    if not isinstance(node, Mapping):
        return ()
    for key in CONDITIONS:
        if key in node.entries:
            named = node.entries[key]
            ways = tuple(way for way in (*Op, "in") if way in node.entries)
            return (key, named.text, *ways) if isinstance(named, Scalar) else (key,)
    return ()


def identifier(node: Node) -> str:
    """The `id` of an entry; empty where it has none."""
    name = node.entries.get("id") if isinstance(node, Mapping) else None
    return name.text if isinstance(name, Scalar) else ""


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
                if one is None or other is None or _text(one) != _text(other):
                    self.change(below, (*old_at, key), (*new_at, key), one, other)
            else:
                self.at(below, (*old_at, key), (*new_at, key), one, other)

    def labels(self, path: str, old: Node | None, new: Node | None) -> None:
        if old is not None and new is not None and _text(old) != _text(new):
            self.reworded.append(Reworded(path, old, new))

    def lists(self, path: str, old_at: Place, new_at: Place, old: List, new: List) -> None:
        pairs = _pairs(old, new, str(old_at[-1]))
        if pairs is None:
            if meaning(old) != meaning(new):
                self.change(path, old_at, new_at, old, new)
            return
        alone = len(old.items) == len(new.items) == 1 and old_at[-1] in BRANCHES
        for one, other in pairs:
            before, after = _taken(old, one), _taken(new, other)
            name = identifier(before or after or old) or f"[{(one if one is not None else other or 0) + 1}]"
            below = path if alone else f"{path}{name}" if name.startswith("[") else f"{path}.{name}"
            here = one if one is not None else _before(pairs, other)
            there = other if other is not None else len(new.items)
            self.at(below, (*old_at, here), (*new_at, there), before, after)


def _both(old: Mapping, new: Mapping) -> Iterator[str]:
    yield from old.entries
    yield from (key for key in new.entries if key not in old.entries)


def _text(node: Node | None) -> object:
    """Everything a node says, to the letter; order of keys aside."""
    match node:
        case Mapping():
            return frozenset((key, _text(below)) for key, below in node.entries.items())
        case List():
            return tuple(_text(below) for below in node.items)
        case _:
            return None if node is None else node.text


def _taken(items: List, place: int | None) -> Node | None:
    return None if place is None else items.items[place]


def _before(pairs: Sequence[Pair], other: int | None) -> int:
    """Where an entry of the new list would stand in the old one: behind what stands before it in both."""
    above = [one for one, there in pairs if one is not None and there is not None and other is not None and there < other]
    return max(above, default=-1) + 1


# --- which entries of two lists belong together ---------------------------------------------------------------------------


def _pairs(old: List, new: List, key: str) -> list[Pair] | None:
    """Places of entries that belong together; None for lists that are the same or not as a whole."""
    nodes = (*old.items, *new.items)
    if not all(isinstance(node, Mapping) for node in nodes):
        same = len(old.items) == len(new.items) and key == "rates"
        return [(place, place) for place in range(len(old.items))] if same else None
    if key in BRANCHES:
        return _in_order(old.items, new.items)
    if key == "steps":
        return [
            (place if place < len(old.items) else None, place if place < len(new.items) else None)
            for place in range(max(len(old.items), len(new.items)))
        ]
    return _unordered(old.items, new.items, key)


def _key(node: Node, key: str) -> object:
    if key == "combine" and isinstance(node, Mapping):
        return meaning(node.entries.get("frames"))
    if key == "items" and isinstance(node, Mapping):
        return meaning(node.entries.get("category"))
    return identifier(node) or head(node) or meaning(node)


def _unordered(old: Sequence[Node], new: Sequence[Node], key: str) -> list[Pair]:
    """By id, by what means the same, by what is asked about; one that is left over on each side belongs together."""
    pairs: list[Pair] = []
    left, right = list(range(len(old))), list(range(len(new)))
    named = bool(identifier(old[0] if old else new[0])) if (old or new) else False
    for same in (meaning, lambda node: _key(node, key)) if not named else (identifier,):
        for one in list(left):
            for other in right:
                if same(old[one]) == same(new[other]):
                    pairs.append((one, other))
                    left.remove(one)
                    right.remove(other)
                    break
    if len(left) == len(right) == 1 and not named and key != "combine":
        pairs.append((left.pop(), right.pop()))
    pairs.sort()
    return [*pairs, *((one, None) for one in left), *((None, other) for other in right)]


def _in_order(old: Sequence[Node], new: Sequence[Node]) -> list[Pair]:
    """Branches: the last belongs to the last; of the others those that ask about most of the same, in order."""
    if not old or not new:
        return [*((one, None) for one in range(len(old))), *((None, other) for other in range(len(new)))]
    ends = len(old) - 1, len(new) - 1
    fewer = min(ends)
    ways = (
        list(zip(lefts, rights, strict=True))
        for lefts in combinations(range(ends[0]), fewer)
        for rights in combinations(range(ends[1]), fewer)
    )
    best = max(ways, key=lambda way: sum(_likeness(old[one], new[other]) for one, other in way))
    taken, met = {one for one, _ in best}, {other for _, other in best}
    pairs: list[Pair] = [*best, *((one, None) for one in range(ends[0]) if one not in taken)]
    pairs.sort(key=lambda pair: pair[0] or 0)
    return [*pairs, *((None, other) for other in range(ends[1]) if other not in met), ends]


def _likeness(old: Node, new: Node) -> int:
    """How much two branches have in common: their whole condition, else the names they ask about."""
    when, then = _when(old), _when(new)
    if meaning(when) == meaning(then):
        return 1000
    return len(_asked(when) & _asked(then))


def _when(node: Node) -> Node | None:
    return node.entries.get("when") if isinstance(node, Mapping) else None


def _asked(node: Node | None) -> set[str]:
    match node:
        case Mapping():
            named = {below.text for below in node.entries.values() if isinstance(below, Scalar)}
            return named.union(*[_asked(below) for below in node.entries.values()])
        case List():
            return set[str]().union(*[_asked(below) for below in node.items])
        case _:
            return set()
