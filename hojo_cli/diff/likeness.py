"""What of two rulesets means the same: one form for every spelling, and which entries of two lists belong together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations, product, zip_longest
from typing import Final, TypeAlias, assert_never

from hojo_cli.base.number import Kind, NumberProblem, read
from hojo_cli.document import Mapping, Node, Scalar, Sequence as List
from hojo_cli.rules.nodes import Op

Pair: TypeAlias = "tuple[int | None, int | None]"
"""Places in the old and in the new list; one may be missing."""

BRANCHES: Final = ("rate", "cap")
"""Keys of an amount that may be one block or a list read from the top."""
WORDS: Final = ("in", "has", "category", "of", "rates", "frames", "lines", "profile", "instead")
"""Keys of a list of words that may be a single one."""
LABELS: Final = ("label", "ja", "en", "aliases", "ask", "where", "why", "title")
CITED: Final = ("source", "assume")
CONDITIONS: Final = ("all", "any", "not", "is", "fact", "measure", "items", "every_member", "table")


# --- one form for what means the same -----------------------------------------------------------------------------------


def normal(node: Node, key: str = "") -> Node:
    """A copy in which an amount is always a list of branches, and a list of words always a list."""
    copied: Node
    match node:
        case Mapping():
            entries = {name: normal(below, name) for name, below in node.entries.items()}
            copied, single = Mapping(entries, dict(node.keys), node.line, node.column), key in BRANCHES
        case List():
            copied, single = List([normal(below) for below in node.items], node.line, node.column), False
        case Scalar():
            copied, single = node, key in WORDS
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
            rules = ((name, below) for name, below in node.entries.items() if name not in LABELS and name not in CITED)
            return frozenset((name, meaning(below, name)) for name, below in rules)
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


# --- which entries of two lists belong together ---------------------------------------------------------------------------


def pairs(old: List, new: List, key: str) -> list[Pair] | None:
    """Places of entries that belong together; None for lists that are the same or not as a whole."""
    nodes = (*old.items, *new.items)
    if not all(isinstance(node, Mapping) for node in nodes):
        same = len(old.items) == len(new.items) and key == "rates"
        return [(place, place) for place in range(len(old.items))] if same else None
    if key in BRANCHES:
        return pairs_in_order(old.items, new.items)
    if key == "steps":
        return list(zip_longest(range(len(old.items)), range(len(new.items))))
    return pairs_unordered(old.items, new.items, key)


def pairs_unordered(old: Sequence[Node], new: Sequence[Node], key: str) -> list[Pair]:
    """By id, by what means the same, by what is asked about; one that is left over on each side belongs together."""

    def asked(node: Node) -> object:
        if key in ("combine", "items") and isinstance(node, Mapping):
            return meaning(node.entries.get("frames" if key == "combine" else "category"))
        return identifier(node) or head(node) or meaning(node)

    matched: list[Pair] = []
    left, right = list(range(len(old))), list(range(len(new)))
    named = bool(old or new) and bool(identifier((*old, *new)[0]))
    for same in (identifier,) if named else (meaning, asked):
        for one in list(left):
            other = next((other for other in right if same(old[one]) == same(new[other])), None)
            if other is not None:
                matched.append((one, other))
                left.remove(one)
                right.remove(other)
    if len(left) == len(right) == 1 and not named and key != "combine":
        matched.append((left.pop(), right.pop()))
    return [*sorted(matched), *((one, None) for one in left), *((None, other) for other in right)]


def pairs_in_order(old: Sequence[Node], new: Sequence[Node]) -> list[Pair]:
    """Branches: the last belongs to the last; of the others those that ask about most of the same, in order."""
    if not old or not new:
        return [*((one, None) for one in range(len(old))), *((None, other) for other in range(len(new)))]
    ends = len(old) - 1, len(new) - 1
    lefts, rights = (combinations(range(end), min(ends)) for end in ends)
    ways = (list(zip(left, right, strict=True)) for left, right in product(lefts, rights))
    best = max(ways, key=lambda way: sum(likeness(old[one], new[other]) for one, other in way))
    taken, met = {one for one, _ in best}, {other for _, other in best}
    olds: list[Pair] = [*best, *((one, None) for one in range(ends[0]) if one not in taken)]
    olds.sort(key=lambda pair: pair[0] or 0)
    return [*olds, *((None, other) for other in range(ends[1]) if other not in met), ends]


def likeness(old: Node, new: Node) -> int:
    """How much two branches have in common: their whole condition, else the names they ask about."""
    when, then = (node.entries.get("when") if isinstance(node, Mapping) else None for node in (old, new))
    return 1000 if meaning(when) == meaning(then) else len(_asked(when) & _asked(then))


def _asked(node: Node | None) -> set[str]:
    match node:
        case Mapping():
            named = {below.text for below in node.entries.values() if isinstance(below, Scalar)}
            return named.union(*[_asked(below) for below in node.entries.values()])
        case List():
            return set[str]().union(*[_asked(below) for below in node.items])
        case Scalar() | None:
            return set()
    assert_never(node)
