"""A row of a table as nodes, and its header held against a ruleset (what a column may be called: `vocabulary`).

A value left empty is left out, so a fact is unknown. Several choices in one cell are separated by `;`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from hojo_cli.base.finding import Finding, Location, Text
from hojo_cli.base.suggest import meant, plain, suggestion
from hojo_cli.batch.intake.piece import Cells, Client, Piece
from hojo_cli.batch.intake.vocabulary import (
    IGNORED,
    KEY,
    TOP_NAMES,
    Place,
    item_place,
    meaning,
    named,
    near,
    place,
    vocabulary,
)
from hojo_cli.document import Document, Mapping as MappingNode, Node, Scalar, Sequence
from hojo_cli.document.recognition import RENAME_JSON, TABLE, Sort, by_text, yaml
from hojo_cli.messages import finding
from hojo_cli.rules.declared import FieldSpec, Ruleset

BEYOND: Final = 1 << 20
"""What stands on the second sheet of a spreadsheet stands this many lines further down: no sheet has more rows."""

_SEPARATOR_LINE: Final = re.compile("sep=.?$", re.IGNORECASE)
"""What a spreadsheet puts above a table to say what parts its columns."""
_NOTHING: Final = frozenset(("", "-", "－", "−", "‐", "–", "—", "―", "ー", "ｰ"))
"""A cell with a lone dash is an empty one: so accountants write nothing."""
_NONE: Final = frozenset(("[]", "なし", "無し", "none"))
"""Of several choices none, where that is no choice itself."""
_SAMPLES: Final = frozenset(("見本", "例", "記入例", "サンプル", "sample", "example"))
"""In the column of the client's number: a row that shows how to fill in the others."""
_SEPARATORS: Final = {"\t": Text("タブ", "tabs"), ";": Text("セミコロン", "semicolons")}

Meaning: TypeAlias = Callable[[str, Ruleset], Place]
"""Where a column of a header belongs."""


# --- one row to nodes -----------------------------------------------------------------------------------------------------


def document(piece: Piece) -> Document:
    """The row as far as it can be understood without a ruleset: its fiscal year."""
    root = MappingNode({}, {}, piece.line, 1)
    cells = _cells(piece)
    for column, (name, cell) in enumerate(zip(cells.header, cells.row, strict=False), 1):
        if cell.strip() and named(name, TOP_NAMES) == "fiscal_year":
            _put(root, ("fiscal_year",), Scalar(cell.strip(), True, piece.line, column))
    return Document(root, ())


def _cells(piece: Piece) -> Cells:
    assert isinstance(piece.payload, Cells | Client)
    return piece.payload.cells if isinstance(piece.payload, Client) else piece.payload


def settle(piece: Piece, ruleset: Ruleset) -> Document:
    """The nodes of the row, its columns named as the ruleset names them; of a spreadsheet its rows of items, too."""
    cells = _cells(piece)
    places = columns(cells.header, ruleset, meaning)
    root = MappingNode({}, {}, piece.line, 1)
    strays = _fill(root, places, cells.row, ruleset)
    findings = [finding("HJ411", Location(piece.file, piece.line, column)) for column in strays[:1]]
    items = root.entries.get("items")
    listed: list[Node] = []
    if isinstance(items, MappingNode):  # `items.1`, `items.2` … become a list, by number
        listed = [items.entries[number] for number in sorted(items.entries, key=int)]
        root.entries["items"] = Sequence(listed, items.line, items.column)
    if isinstance(piece.payload, Client) and piece.payload.items:
        places = columns(piece.payload.header, ruleset, item_place)
        rows = [MappingNode({}, {}, BEYOND + number, 1) for number, _ in piece.payload.items]
        for row, (_, held) in zip(rows, piece.payload.items, strict=True):
            _fill(row, places, held, ruleset)
        root.entries["items"] = Sequence([*listed, *rows], rows[0].line, 1)
        root.keys.setdefault("items", (rows[0].line, 1))
    return Document(root, (*piece.notes, *findings))


def _fill(row: MappingNode, places: list[Place], cells: tuple[str, ...], ruleset: Ruleset) -> list[int]:
    """The values of a row, each at its place, with the columns of those that have none."""
    strays = []
    for column, cell in enumerate(cells, 1):
        where = places[column - 1] if column <= len(places) else ()
        text = cell.strip()
        if text in _NOTHING or where in (IGNORED, (KEY,), ("client",)):
            continue
        if not where:
            strays.append(column)
            continue
        spec = ruleset.facts.get(where[-1]) if where[0] == "facts" else ruleset.fields.get(where[-1])
        node: Scalar | Sequence = Scalar(text, True, row.line, column)
        if isinstance(spec, FieldSpec) or (spec is not None and spec.kind == "set"):  # the choices that the cell names
            parts = [part.strip() for part in re.split("[;；\n]", text)]
            finer = [part.strip() for part in re.split("[;；,，、\n]", text)]
            if all(meant(part, spec.spellings) for part in finer):  # other commas count where only choices are left
                parts = finer
            none = plain(text).casefold() in _NONE and not meant(text, spec.spellings)
            chosen = [Scalar(part, True, row.line, column) for part in parts if part and not none]
            node = Sequence([*chosen], row.line, column)
        _put(row, where, node)
    return strays


def _put(root: MappingNode, where: Place, node: Scalar | Sequence) -> None:
    """A node at its place, mappings on the way made where they are not there yet."""
    at = root
    for key in where[:-1]:
        below = at.entries.setdefault(key, MappingNode({}, {}, node.line, node.column))
        at.keys.setdefault(key, (node.line, node.column))
        assert isinstance(below, MappingNode)
        at = below
    at.entries[where[-1]] = node
    at.keys[where[-1]] = (node.line, node.column)


# --- the header -------------------------------------------------------------------------------------------------------------


def wrong_header(
    where: Location,
    header: tuple[str, ...],
    below: Iterable[tuple[int, int, tuple[str, ...] | Finding]],
    ruleset: Ruleset,
) -> list[Finding]:
    """What is wrong with a header: it is none, or some of its columns mean nothing or appear twice."""
    known = _known(header, ruleset)
    if _SEPARATOR_LINE.match(header[0]) or not known:
        rows = [(line, tuple(cell.strip() for cell in row)) for _, line, row in below if not isinstance(row, Finding)]
        line, likely = max(rows, key=lambda row: _known(row[1], ruleset), default=(0, ()))
        if _known(likely, ruleset):
            return [finding("HJ470", where, line=line, beside=where.line)]
    if len(header) == 1 and (
        separator := next((name for mark, name in _SEPARATORS.items() if mark in header[0]), None)
    ):
        return [finding("HJ415", where, separator=separator)]
    sort, text = None, ",".join(header)
    if text.startswith("{"):
        sort = by_text(f"{text}\n{text}", "") if text.endswith("}") else Sort(Text("JSON", "JSON"), RENAME_JSON)
    elif len(header) == 1:
        sort = yaml(text)
    if sort:
        return [finding("HJ171", where, **sort.words(where.file, TABLE))]
    if not known and not any(near(name, ruleset) for name in header):
        return [finding("HJ471", where)]
    return wrong_columns(where, header, ruleset, meaning)


def wrong_columns(where: Location, header: tuple[str, ...], ruleset: Ruleset, of: Meaning) -> list[Finding]:
    """Columns that mean nothing, or what another means already."""
    found = []
    places = [of(name, ruleset) for name in header]
    for column, (name, at) in enumerate(zip(header, places, strict=True), 1):
        cell = where._replace(column=column)
        if at and at != IGNORED and places.index(at) < column - 1:
            found.append(finding("HJ410", cell, name=name, first=places.index(at) + 1))
        elif name.partition(".")[0] == "members":
            found.append(finding("HJ408", cell, name=name))
        elif name and not at:
            found.append(finding("HJ407", cell, name=name, near=suggestion(*near(name, ruleset))))
    return found


def _known(names: Iterable[str], ruleset: Ruleset) -> int:
    """How many of the names are columns."""
    words = vocabulary(ruleset)
    return sum(1 for name in names if place(name, words) not in ((), IGNORED))


_places: Final[dict[tuple[tuple[str, ...], str, Meaning], list[Place]]] = {}


def columns(header: tuple[str, ...], ruleset: Ruleset, of: Meaning) -> list[Place]:
    """Where each column belongs: `("facts", "capital")`, `("items", "1", "amount")`; empty where nowhere."""
    key = (header, ruleset.sha256, of)
    if key not in _places:
        if len(_places) > 3:  # a header or two at a time: the rows of a file come together
            _places.clear()
        _places[key] = [of(name, ruleset) for name in header]
    return _places[key]


def filled(places: list[Place], row: tuple[str, ...]) -> bool:
    """Whether a row says anything of an applicant: a number alone does not."""
    return any(
        cell.strip() and (column >= len(places) or places[column] not in (IGNORED, (KEY,)))
        for column, cell in enumerate(row)
    )


def key_of(places: list[Place], row: tuple[str, ...], key: str = KEY) -> str:
    """The client's number of a row; empty where it has none."""
    column = places.index((key,)) if (key,) in places else len(row)
    return plain(row[column]) if column < len(row) else ""


def is_sample(places: list[Place], row: tuple[str, ...]) -> bool:
    """Whether a row is no applicant but shows how to fill in the others."""
    return key_of(places, row).casefold() in _SAMPLES
