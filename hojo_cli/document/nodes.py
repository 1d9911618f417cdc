"""What a document is made of: text, mappings and sequences, each with its place."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from hojo_cli.base.finding import Finding
from hojo_cli.base.record import NamedTuple


class Scalar:
    """A text as written; `plain` where it stands without quotes. Line and column from 1.

    The three node types are not frozen, because they are made by the thousand and that takes three times as long. Nobody changes
    them after `parse`. They are written out because to make a dataclass takes longer than to read an applicant file.
    """

    __slots__ = ("column", "line", "plain", "text")

    def __init__(self, text: str, plain: bool, line: int, column: int) -> None:
        self.text = text
        self.plain = plain
        self.line = line
        self.column = column


class Mapping:
    """Entries in the order written; `keys` holds the (line, column) of each key."""

    __slots__ = ("column", "entries", "keys", "line")

    def __init__(self, entries: dict[str, Node], keys: dict[str, tuple[int, int]], line: int, column: int) -> None:
        self.entries = entries
        self.keys = keys
        self.line = line
        self.column = column


class Sequence:
    """Items in the order written."""

    __slots__ = ("column", "items", "line")

    def __init__(self, items: list[Node], line: int, column: int) -> None:
        self.items = items
        self.line = line
        self.column = column


Node: TypeAlias = Scalar | Mapping | Sequence


class Problem(NamedTuple):
    """What is wrong with a file: the code of its sentence, line and column from 1, and the words the sentence needs."""

    code: str
    at: tuple[int, int]
    words: dict[str, object]


class Document(NamedTuple):
    """A parsed file: its top mapping (None where there is none to use) and every finding."""

    root: Mapping | None
    findings: tuple[Finding, ...]


class Limits(NamedTuple):
    """The most that is read of one file, each bound inclusive.

    Bytes, levels of nesting, parser events (a value is one, a list or mapping two), characters
    of a key and of a value, findings.
    """

    size: int
    depth: int
    nodes: int
    key: int
    scalar: int
    findings: int


APPLICANT: Final = Limits(1 << 20, depth=32, nodes=60_000, key=200, scalar=10_000, findings=100)
RULESET: Final = Limits(4 << 20, depth=32, nodes=100_000, key=200, scalar=10_000, findings=100)

_NULLS: Final = frozenset(("", "~", "null", "Null", "NULL"))
TRUTHS: Final = dict.fromkeys(("true", "True", "TRUE"), True) | dict.fromkeys(("false", "False", "FALSE"), False)
"""The booleans of YAML 1.2, as they may be written."""
_INTEGER: Final = "0|-?[1-9][0-9]{0,39}"


def is_null(node: Node) -> bool:
    """True where a value is left out, or is a bare `null` or `~`."""
    return isinstance(node, Scalar) and node.plain and node.text in _NULLS


def entries_of(node: Node | None) -> dict[str, Node]:
    """What a mapping holds; nothing where the node is none."""
    return node.entries if isinstance(node, Mapping) else {}


def items_of(node: Node | None) -> list[Node]:
    """What a sequence holds; nothing where the node is none."""
    return node.items if isinstance(node, Sequence) else []


def word_of(node: Node | None) -> str:
    """The text of a scalar; empty where the node is none."""
    return node.text if isinstance(node, Scalar) else ""


def plain(node: Node) -> object:
    """The node as dict, list, str, int, bool or None; never a float.

    Recursive: `parse` bounds the depth.
    """
    match node:
        case Mapping():
            return {key: plain(value) for key, value in node.entries.items()}
        case Sequence():
            return [plain(item) for item in node.items]
        case Scalar(text=text, plain=False):
            return text
        case Scalar(text=text) if text in _NULLS:
            return None
        case Scalar(text=text):
            return int(text) if re.fullmatch(_INTEGER, text) else TRUTHS.get(text, text)


def paths(root: Node, *, of_keys: bool = False) -> dict[tuple[int, int], str]:
    """Where each value stands → the keys that lead to it: `facts.capital`, `items[0].amount`. Recursive: `parse` bounds the depth.

    `of_keys`: where each key stands, too; the place of the first one in a mapping is the mapping's own.
    """
    leading: dict[tuple[int, int], str] = {}

    def walk(node: Node, path: str) -> None:
        leading[node.line, node.column] = path
        match node:
            case Mapping():
                for key, below in node.entries.items():
                    inside = f"{path}.{key}" if path else key
                    walk(below, inside)
                    if of_keys and key in node.keys:
                        leading.setdefault(node.keys[key], inside)
            case Sequence():
                for index, below in enumerate(node.items):
                    walk(below, f"{path}[{index}]")

    walk(root, "")
    return leading


def with_paths(findings: tuple[Finding, ...], root: Mapping) -> tuple[Finding, ...]:
    """The findings about a file, each with the keys that lead to its place."""
    leading = paths(root, of_keys=True) if findings else {}
    return tuple(found._replace(path=leading.get(found.where[1:3], "")) for found in findings)


def placeholder(text: str) -> bool:
    """Whether a text still holds a place that a template should have filled."""
    return ("{{" in text and "}}" in text) or ("{%" in text and "%}" in text)
