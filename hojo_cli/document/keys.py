"""Keys nobody meant: a colon that is full-width or lacks its space, a comma inside braces that cuts a text in two."""

import re
from collections.abc import Container
from typing import Final

from hojo_cli.document.decoding import name
from hojo_cli.document.nodes import Mapping, Node, Problem, Scalar, is_null

# Patterns stay text: `re` compiles and keeps them on first use, which start-up does not pay for.
_KEY: Final = "\\s*(?:- +)*([^\\s:：#\"'{}\\[\\],&*!|>%@`-][^\\s:：#\"'{}\\[\\],]{0,39})"
_COLONS: Final = (
    ("HJ122", f"{_KEY}(：)"),
    ("HJ125", f"{_KEY}(:)[^\\s:/]"),
    ("HJ138", f"{_KEY}:([\u00a0\u2000-\u200a\u202f\u205f\u3000])"),
)


def wrong_colon(row: str, line: int, column: int) -> Problem | None:
    """What is wrong with the colon after the key that a row begins with, where the row stands at this line and column."""
    for code, pattern in _COLONS:
        if match := re.match(pattern, row):
            words: dict[str, object] = {"key": match[1]}
            character = {"character": name(match[2])} if code == "HJ138" else {}
            return Problem(code, (line, column + match.start(2)), words | character)
    return None


def misread(node: Scalar, known: Container[str] = ()) -> Problem | None:
    """Why a text stands where a mapping should: its colon is full-width, lacks its space or is missing after a `known` key."""
    if not node.plain:
        return None
    if problem := wrong_colon(node.text, node.line, node.column):
        return problem
    key, _, value = node.text.partition(" ")
    return Problem("HJ139", (node.line, node.column), {"key": key}) if value and key in known else None


def misplaced(inside: Mapping, key: str) -> Problem | None:
    """Why an unknown key came to be: its colon is full-width or lacks its space, or commas inside braces cut a text in pieces.

    All pieces of one text have the same problem.
    """
    if problem := wrong_colon(key, *inside.keys[key]):
        return problem
    names = list(inside.entries)
    first = names.index(key)
    while first and _is_bare(inside.entries[names[first]]):  # back to the value that the first comma followed
        first -= 1
    value = inside.entries[names[first]]
    if names[first] == key or not isinstance(value, Scalar) or not value.plain or not value.text:
        return None
    whole, end, pieces = value.text, value.column + len(value.text), list[str]()
    for piece in names[first + 1 :]:
        line, column = inside.keys[piece]
        if line != value.line or not 1 <= column - end <= 3 or not _is_bare(inside.entries[piece]):
            break  # a comma, and a space or two
        whole, end = f"{whole},{' ' * (column - end - 1)}{piece}", column + len(piece)
        pieces.append(piece)
    return Problem("HJ175", inside.keys[pieces[0]], {"whole": whole, "key": pieces[0]}) if key in pieces else None


def _is_bare(node: Node) -> bool:
    """Whether nothing stands behind a key."""
    return isinstance(node, Scalar) and node.plain and not node.text


def parted(inside: Mapping, key: str) -> tuple[str, Scalar] | None:
    """The key and the value that were meant by a key without a value, where its colon is full-width or lacks its space."""
    problem = misplaced(inside, key)
    if problem is None or problem.code == "HJ175" or not is_null(inside.entries[key]):
        return None
    line, column = problem.at
    rest = key[column - inside.keys[key][1] + 1 :]
    return str(problem.words["key"]), Scalar(rest.strip(), True, line, column + 1)
