"""A ruleset file says once what holds in several places; here each of those places is given it, so that nobody else has to look around.

What is written out: the document and heading that the `source`s of a block leave to its `cites`, the `for` that the rows of a table
share, the label and condition of a requirement that several frames have in common, the label of a reminder that refers to another
one, and each set of frames under `together` and `apart`. Every node keeps the place it has in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hojo_cli.base.record import Record
from hojo_cli.document import Mapping, Node, Scalar, Sequence, entries_of, items_of, word_of

COMMON: Final = "requirements"
"""The key of the requirements that frames refer to by id."""
_FROM_COMMON: Final = ("label", "holds", "assume")
"""What a requirement of a frame may leave to the common one."""
_HELD: Final = {"together": "true", "apart": "false"}
"""Whether the frames of a list may be held together."""


class Cites(Record):
    """The document and heading that the sources of a block leave out; either may be missing."""

    id: Node | None = None
    at: Node | None = None

    def below(self, node: Node | None) -> Cites:
        """What is cited where `node` is a `source` or a `cites`: one that names no document stands under the heading around it."""
        document, heading = (
            part if isinstance(part := entries_of(node).get(key), Scalar) else None for key in ("id", "at")
        )
        if document is not None:
            return Cites(document, heading)
        if self.at is None or heading is None:
            return Cites(self.id, heading or self.at)
        under = f"{word_of(self.at)} > {heading.text}"
        return Cites(self.id, Scalar(under, True, heading.line, heading.column))


def written_out(root: Mapping) -> Mapping:
    """The whole file, with nothing left to be looked up elsewhere in it."""
    common = entries_of(_block(root, Cites(), {}).entries.get(COMMON))
    whole = _block(_with(root, {key: node for key, node in root.entries.items() if key != COMMON}), Cites(), common)
    for key, rewrite in (("combine", _combinations), ("reminders", _reminders)):
        if key in whole.entries:
            whole.entries[key] = rewrite(whole.entries[key])
    return whole


def idle(root: Mapping) -> Iterator[tuple[str, tuple[int, int]]]:
    """The common requirements of a file that no frame refers to, each with its place."""
    common, frames = root.entries.get(COMMON), entries_of(root.entries.get("frames")).values()
    blocks = [block for frame in frames for block in (frame, *items_of(entries_of(frame).get("bands")))]
    used = {_id(entry) for block in blocks for entry in items_of(entries_of(block).get("requires"))}
    if isinstance(common, Mapping):
        yield from ((name, common.keys[name]) for name in common.entries if name not in used)


def _below(node: Node, cites: Cites, common: dict[str, Node]) -> Node:
    match node:
        case Mapping():
            return _block(node, cites, common)
        case Sequence():
            return Sequence([_below(item, cites, common) for item in node.items], node.line, node.column)
        case Scalar():
            return node


def _block(node: Mapping, cites: Cites, common: dict[str, Node]) -> Mapping:
    """A block with its sources complete, the rows of its tables told for whom they stand, and requirements what they leave to a common one."""
    inside = cites.below(node.entries.get("cites"))
    entries: dict[str, Node] = {}
    for key, below in node.entries.items():
        if key == "source" and isinstance(below, Mapping):
            cited = inside.below(below)
            complete = {part: word for part, word in (("id", cited.id), ("at", cited.at)) if word is not None}
            entries[key] = _with(
                below, complete | {part: word for part, word in below.entries.items() if part not in complete}
            )
        elif key == "table" and isinstance(below, Mapping):
            entries[key] = _block(_table(below), inside, common)
        elif key == "requires" and isinstance(below, Sequence):
            required = [_below(entry, inside, common) for entry in below.items]
            for place, entry in enumerate(required):
                shared = entries_of(common.get(_id(entry)))
                if isinstance(entry, Mapping):
                    left = {part: shared[part] for part in _FROM_COMMON if part in shared and part not in entry.entries}
                    required[place] = _with(entry, entry.entries | left)
            entries[key] = Sequence(required, below.line, below.column)
        elif key != "cites":
            entries[key] = _below(below, inside, common)
    return _with(node, entries)


def _table(table: Mapping) -> Mapping:
    """Each row stands for what the table's `for` says, unless it says otherwise for the same fact."""
    common, rows = table.entries.get("for"), table.entries.get("rows")
    if not isinstance(common, Mapping) or not isinstance(rows, Sequence):
        return table
    told = list(rows.items)
    for place, row in enumerate(rows.items):
        own = entries_of(row).get("for", common)
        if isinstance(row, Mapping) and isinstance(own, Mapping):
            told[place] = _with(row, {**row.entries, "for": _with(own, common.entries | own.entries)})
    entries = {**table.entries, "rows": Sequence(told, rows.line, rows.column)}
    return _with(table, {key: node for key, node in entries.items() if key != "for"})


def _combinations(combine: Node) -> Node:
    """One entry for each set of frames: `{frames, allowed}` and what it rests on."""
    entries: list[Node] = []
    for block in items_of(combine):
        rests = {key: node for key, node in entries_of(block).items() if key in ("source", "assume")}
        for key, sets in entries_of(block).items():
            if key in _HELD and isinstance(block, Mapping):
                allowed = Scalar(_HELD[key], True, *block.keys[key])
                entries += [
                    _with(Mapping({}, {}, frames.line, frames.column), {"frames": frames, "allowed": allowed, **rests})
                    for frames in items_of(sets)
                ]
    return Sequence(entries, combine.line, combine.column) if isinstance(combine, Sequence) else combine


def _reminders(reminders: Node) -> Node:
    """A list of what is written by id; one whose label is an id has the label of that reminder."""
    if not isinstance(reminders, Mapping):
        return reminders
    entries: list[Node] = []
    for name, reminder in reminders.entries.items():
        if isinstance(reminder, Mapping):
            line, column = reminders.keys[name]
            other = reminders.entries.get(word_of(reminder.entries.get("label")))
            label = entries_of(other).get("label")
            known = {"label": label} if isinstance(label, Mapping) else {}
            told = {"id": Scalar(name, True, line, column), **reminder.entries, **known}
            entries.append(_with(Mapping({}, {}, line, column), told))
    return Sequence(entries, reminders.line, reminders.column)


def _with(node: Mapping, entries: dict[str, Node]) -> Mapping:
    """The mapping with these entries; a key it did not have stands where its value stands."""
    keys = {key: node.keys.get(key, (below.line, below.column)) for key, below in entries.items()}
    return Mapping(entries, keys, node.line, node.column)


def _id(node: Node) -> str:
    return word_of(entries_of(node).get("id"))
