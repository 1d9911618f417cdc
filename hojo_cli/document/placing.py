"""A tree of nodes with something else at one place: the tree itself stays as it is."""

from __future__ import annotations

from typing import TypeAlias

from hojo_cli.document.nodes import Mapping, Node, Sequence, is_null

Path: TypeAlias = tuple[str | int, ...]
"""The keys and indices (from 0) that lead to a value."""


class BeyondError(Exception):
    """A list is not as long as an index asks; `count` entries are there."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


def placed(
    node: Node | None, path: Path, value: Node | None, at: tuple[int, int] = (1, 1), *, insert: bool = False
) -> Node | None:
    """`node` with the value at the end of the path, and with what leads there; None takes away what is there. `node` stays as it is.

    `at` is the place of what is made on the way. In a list the value takes the place of an entry, or with `insert` goes before it.
    What has another shape than the path asks is left: whoever reads it says so. Raises `BeyondError`.
    """
    if not path:
        return value
    step, rest = path[0], path[1:]
    line, column = at
    if node is None or is_null(node):
        node = Mapping({}, {}, line, column) if isinstance(step, str) else Sequence([], line, column)
    below = line, column + 1
    match node, step:
        case Mapping(), str():
            entries, keys = {**node.entries}, {**node.keys}
            made = placed(entries.get(step), rest, value, below, insert=insert)
            if made is None:
                entries.pop(step, None)
            else:
                entries[step] = made
                keys[step] = keys.get(step, at) if rest else at
            return Mapping(entries, keys, node.line, node.column)
        case Sequence(), int():
            items = [*node.items]
            if step > len(items) or (value is None and step == len(items)):
                raise BeyondError(len(items))
            made = placed(items[step] if step < len(items) else None, rest, value, below, insert=insert)
            items[step : step + (rest != () or not insert)] = [] if made is None else [made]
            return Sequence(items, node.line, node.column)
    return node
