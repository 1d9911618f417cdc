"""A ruleset file says once what holds in several places; here each of those places is given it, so that nobody else has to look around.

What is written out: the document and heading that the `source`s of a block leave to its `cites`, the `for` that the rows of a table
share, the label and condition of a requirement that several frames have in common, the label of a reminder that refers to another
one, and each set of frames under `together` and `apart`. Every node keeps the place it has in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from hojo_cli.base.record import Record
from hojo_cli.document import Mapping, Node, Scalar, Sequence

COMMON: Final = "requirements"
"""The key of the requirements that frames refer to by id."""
_FROM_COMMON: Final[tuple[str, ...]] = ("label", "holds", "assume")
"""What a requirement of a frame may leave to the common one."""
_HELD: Final = {"together": "true", "apart": "false"}
"""Whether the frames of a list may be held together."""


class Cites(Record):
    """The document and heading that the sources of a block leave out; either may be missing."""

    id: Scalar | None = None
    at: Scalar | None = None

    def below(self, node: Node | None) -> Cites:
        """What is cited where `node` is a `source` or a `cites`: one that names no document stands under the heading around it."""
        if not isinstance(node, Mapping):
            return self
        document, heading = (_scalar(node.entries.get(key)) for key in ("id", "at"))
        if document is not None:
            return Cites(document, heading)
        if self.at is None or heading is None:
            return Cites(self.id, heading or self.at)
        return Cites(self.id, Scalar(f"{self.at.text} > {heading.text}", True, heading.line, heading.column))


def written_out(root: Mapping) -> Mapping:
    """The whole file, with nothing left to be looked up elsewhere in it."""
    whole = _replaced(root, _cited(root, Cites()).entries)
    common = whole.entries.get(COMMON)
    parts = {
        "frames": _frames(whole.entries.get("frames"), common if isinstance(common, Mapping) else None),
        "combine": _combinations(whole.entries.get("combine")),
        "reminders": _reminders(whole.entries.get("reminders")),
    }
    return _replaced(whole, {key: parts.get(key) or node for key, node in whole.entries.items() if key != COMMON})


def idle(root: Mapping) -> Iterator[tuple[str, tuple[int, int]]]:
    """The common requirements of a file that no frame refers to, each with its place."""
    common, frames = root.entries.get(COMMON), root.entries.get("frames")
    if isinstance(common, Mapping):
        used = {_id(entry) for entry in _requirements(frames)}
        yield from ((name, common.keys[name]) for name in common.entries if name not in used)


# --- sources and tables -----------------------------------------------------------------------------------------------


def _cited(node: Mapping, cites: Cites) -> Mapping:
    """A block with its sources complete and the rows of its tables told for whom they stand."""
    inside = cites.below(node.entries.get("cites"))
    entries: dict[str, Node] = {}
    for key, below in node.entries.items():
        if key == "source" and isinstance(below, Mapping):
            entries[key] = _complete(below, inside.below(below))
        elif key == "table" and isinstance(below, Mapping):
            entries[key] = _cited(_table(below), inside)
        elif key != "cites":
            entries[key] = _below(below, inside)
    return _replaced(node, entries)


def _below(node: Node, cites: Cites) -> Node:
    match node:
        case Mapping():
            return _cited(node, cites)
        case Sequence():
            return Sequence([_below(item, cites) for item in node.items], node.line, node.column)
        case Scalar():
            return node


def _complete(source: Mapping, cited: Cites) -> Mapping:
    found = {key: node for key, node in (("id", cited.id), ("at", cited.at)) if node is not None}
    return _replaced(source, {**found, **{key: node for key, node in source.entries.items() if key not in found}})


def _table(table: Mapping) -> Mapping:
    """Each row stands for what the table's `for` says, unless it says otherwise for the same fact."""
    common, rows = table.entries.get("for"), table.entries.get("rows")
    if not isinstance(common, Mapping) or not isinstance(rows, Sequence):
        return table
    told = [_row(row, common) if isinstance(row, Mapping) else row for row in rows.items]
    entries = {**table.entries, "rows": Sequence(told, rows.line, rows.column)}
    return _replaced(table, {key: node for key, node in entries.items() if key != "for"})


def _row(row: Mapping, common: Mapping) -> Mapping:
    own = row.entries.get("for")
    if own is None:
        return _replaced(row, {**row.entries, "for": common})
    if not isinstance(own, Mapping):
        return row
    return _replaced(row, {**row.entries, "for": _replaced(own, {**common.entries, **own.entries})})


# --- frames -----------------------------------------------------------------------------------------------------------


def _frames(frames: Node | None, common: Mapping | None) -> Node | None:
    """Each requirement of a frame or a band with what it leaves to the common one of the same id."""
    if not isinstance(frames, Mapping) or common is None:
        return frames
    return _replaced(frames, {name: _with_common(frame, common) for name, frame in frames.entries.items()})


def _with_common(block: Node, common: Mapping) -> Node:
    if not isinstance(block, Mapping):
        return block
    entries = dict(block.entries)
    requires, bands = entries.get("requires"), entries.get("bands")
    if isinstance(requires, Sequence):
        entries["requires"] = Sequence(
            [_requirement(entry, common) for entry in requires.items], requires.line, requires.column
        )
    if isinstance(bands, Sequence):
        entries["bands"] = Sequence([_with_common(band, common) for band in bands.items], bands.line, bands.column)
    return _replaced(block, entries)


def _requirement(entry: Node, common: Mapping) -> Node:
    shared = common.entries.get(_id(entry))
    if not isinstance(entry, Mapping) or not isinstance(shared, Mapping):
        return entry
    left = {key: shared.entries[key] for key in _FROM_COMMON if key in shared.entries and key not in entry.entries}
    return _replaced(entry, {**entry.entries, **left})


def _requirements(frames: Node | None) -> Iterator[Node]:
    """The requirements of all frames and their bands."""
    blocks = list(frames.entries.values()) if isinstance(frames, Mapping) else []
    for block in blocks:
        blocks += _items(block, "bands")
        yield from _items(block, "requires")


# --- what goes together, and reminders ----------------------------------------------------------------------------------


def _combinations(combine: Node | None) -> Node | None:
    """One entry for each set of frames: `{frames, allowed}` and what it rests on."""
    if not isinstance(combine, Sequence):
        return combine
    entries: list[Node] = []
    for block in combine.items:
        if isinstance(block, Mapping):
            rests = {key: node for key, node in block.entries.items() if key in ("source", "assume")}
            for key in (key for key in block.entries if key in _HELD):
                line, column = block.keys[key]
                allowed = Scalar(_HELD[key], True, line, column)
                entries += [
                    _mapping({"frames": frames, "allowed": allowed, **rests}, frames.line, frames.column)
                    for frames in _items(block, key)
                ]
    return Sequence(entries, combine.line, combine.column)


def _reminders(reminders: Node | None) -> Node | None:
    """A list of what is written by id; one whose label is an id has the label of that reminder."""
    if not isinstance(reminders, Mapping):
        return reminders
    entries: list[Node] = []
    for name, reminder in reminders.entries.items():
        line, column = reminders.keys[name]
        if isinstance(reminder, Mapping):
            label = reminder.entries.get("label")
            other = reminders.entries.get(label.text) if isinstance(label, Scalar) else None
            known = other.entries.get("label") if isinstance(other, Mapping) else None
            told = {"label": known} if isinstance(known, Mapping) else {}
            entries.append(_mapping({"id": Scalar(name, True, line, column), **reminder.entries, **told}, line, column))
    return Sequence(entries, reminders.line, reminders.column)


# --- trees ------------------------------------------------------------------------------------------------------------


def _replaced(node: Mapping, entries: dict[str, Node]) -> Mapping:
    """The mapping with these entries; a key it did not have stands where its value stands."""
    keys = {key: node.keys.get(key, (below.line, below.column)) for key, below in entries.items()}
    return Mapping(entries, keys, node.line, node.column)


def _mapping(entries: dict[str, Node], line: int, column: int) -> Mapping:
    return _replaced(Mapping({}, {}, line, column), entries)


def _items(node: Node, key: str) -> Iterable[Node]:
    found = node.entries.get(key) if isinstance(node, Mapping) else None
    return found.items if isinstance(found, Sequence) else ()


def _scalar(node: Node | None) -> Scalar | None:
    return node if isinstance(node, Scalar) else None


def _id(node: Node) -> str:
    name = node.entries.get("id") if isinstance(node, Mapping) else None
    return name.text if isinstance(name, Scalar) else ""
