"""CSV: one applicant a row under a header of fact ids or labels, `items.1.amount` and the like; also the blank to fill in.

A value left empty is left out, so a fact is unknown. Several choices in one cell are separated by `;`. Findings name the line
where the row begins and the number of the column. `record` is the row as a spreadsheet counts it, the header being row 1.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from hojo_cli.applicant import ITEM_KEYS
from hojo_cli.catalogue import finding
from hojo_cli.document import APPLICANT, Document, Mapping, Node, Scalar, Sequence
from hojo_cli.finding import Finding, HojoError, Location, Text
from hojo_cli.formula import Ruleset
from hojo_cli.intake import BLANK, Piece, fault
from hojo_cli.intake.lines import lines
from hojo_cli.nearest import nearest, suggestion

TOP: Final = ("name", "corporate_number", "fiscal_year", "frame", "note")
ENCODINGS: Final = ("utf-8", "cp932")
_WIDEST: Final = 5_000
_ITEMS: Final = 3

_Place: TypeAlias = "tuple[str, ...]"


def pieces(path: str, encoding: str, skipped: Counter[Text]) -> Iterator[Piece]:
    """One piece a row below the header; rows without any value are counted as blank."""
    rows = _rows(path, encoding)
    header: tuple[str, ...] = ()
    record, any_ = 0, False
    try:
        for record, line, row in rows:
            if not any(cell.strip() for cell in row):
                skipped[BLANK] += 1
            elif not header:
                header = tuple(cell.strip() for cell in row)
            else:
                any_ = True
                yield Piece(path, "csv", record, line, (header, row))
    except HojoError as problem:
        yield fault(path, record + 1 if any_ else 0, problem.findings[0])
        return
    if not any_:
        yield fault(path, 0, finding("HJ409", Location(path)))


def _rows(path: str, encoding: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Row, line it begins at, cells. `HojoError` where what follows cannot be read."""
    csv.field_size_limit(APPLICANT.scalar)
    reader = csv.reader(_text(path, encoding), strict=True)
    record = 0
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as problem:
            raise HojoError(finding("HJ405", Location(path, line), reason=problem)) from None
        if row is None:
            return
        record += 1
        if len(row) > _WIDEST:
            raise HojoError(finding("HJ405", Location(path, line), reason=f"> {_WIDEST}"))
        yield record, line, tuple(row)


def _text(path: str, encoding: str) -> Iterator[str]:
    for number, data in lines(path):
        try:
            yield data.decode(encoding)
        except UnicodeDecodeError:
            raise HojoError(finding("HJ406", Location(path, number), encoding=encoding)) from None


# --- one row to nodes -----------------------------------------------------------------------------------------------------


def document(piece: Piece) -> Document:
    """The row as far as it can be understood without a ruleset: its fiscal year."""
    header, row = _cells(piece)
    root = Mapping({}, {}, piece.line, 1)
    for column, (name, cell) in enumerate(zip(header, row, strict=False), 1):
        if name == "fiscal_year" and cell.strip():
            root.entries[name] = Scalar(cell.strip(), True, piece.line, column)
            root.keys[name] = (piece.line, column)
    return Document(root, ())


def settle(piece: Piece, ruleset: Ruleset) -> Document:
    """The nodes of the row, its columns named as the ruleset names them."""
    header, row = _cells(piece)
    places = _places(header, ruleset)
    root = Mapping({}, {}, piece.line, 1)
    findings = list(_wrong_columns(piece, header, places, ruleset))
    if any(cell.strip() for cell in row[len(header) :]):
        findings.append(finding("HJ411", Location(piece.file, piece.line, len(header) + 1)))
    for column, (place, cell) in enumerate(zip(places, row, strict=False), 1):
        if place and cell.strip():
            _put(root, place, Scalar(cell.strip(), True, piece.line, column), ruleset)
    _in_order(root)
    return Document(root, tuple(findings))


def _cells(piece: Piece) -> tuple[tuple[str, ...], tuple[str, ...]]:
    assert isinstance(piece.payload, tuple)
    assert not isinstance(piece.payload, Finding)
    return piece.payload


_seen: dict[tuple[tuple[str, ...], str], list[_Place]] = {}


def _places(header: tuple[str, ...], ruleset: Ruleset) -> list[_Place]:
    """Where each column belongs: `("facts", "capital")`, `("items", "1", "amount")`; empty where nowhere."""
    key = (header, ruleset.sha256)
    if key not in _seen:
        _seen.clear()  # one header at a time: the rows of a file come together
        facts = {name: name for name in ruleset.facts}
        for name, spec in ruleset.facts.items():
            facts |= {spec.label.ja: name, spec.label.en: name, f"facts.{name}": name}
        fields = {name: name for name in (*ITEM_KEYS, *ruleset.fields)}
        for name, field in ruleset.fields.items():
            fields |= {field.label.ja: name, field.label.en: name}
        found: list[_Place] = []
        for name in header:
            place = _place(name, facts, fields)
            found.append(() if place in found else place)
        _seen[key] = found
    return _seen[key]


def _place(name: str, facts: dict[str, str], fields: dict[str, str]) -> _Place:
    if name in TOP:
        return (name,)
    if name in facts:
        return ("facts", facts[name])
    head, _, rest = name.partition(".")
    if head == "expect" and rest:
        return (head, rest)
    number, _, field = rest.partition(".")
    if head == "items" and number.isascii() and number.isdecimal() and len(number) < 5 and field in fields:
        return (head, number, fields[field])
    return ()


def _wrong_columns(piece: Piece, header: tuple[str, ...], places: list[_Place], ruleset: Ruleset) -> Iterator[Finding]:
    """Columns that mean nothing, told on the rows that have a value there."""
    if () not in places:
        return
    _, row = _cells(piece)
    known = (*TOP, *ruleset.facts, *(spec.label.ja for spec in ruleset.facts.values()))
    for column, (name, place, cell) in enumerate(zip(header, places, row, strict=False), 1):
        where = Location(piece.file, piece.line, column)
        if place or not cell.strip():
            continue
        if name in header[: column - 1]:
            yield finding("HJ410", where, name=name, first=header.index(name) + 1)
        elif name.partition(".")[0] == "members":
            yield finding("HJ408", where, name=name)
        else:
            yield finding("HJ407", where, name=name, near=suggestion(nearest(name, known)))


def _put(root: Mapping, place: _Place, value: Scalar, ruleset: Ruleset) -> None:
    text, line, column = value.text, value.line, value.column
    at: Mapping = root
    for key in place[:-1]:
        below = at.entries.setdefault(key, Mapping({}, {}, line, column))
        at.keys.setdefault(key, (line, column))
        assert isinstance(below, Mapping)
        at = below
    node: Node = value
    if place[-1] in ruleset.fields:
        parts = [part.strip() for part in text.replace("；", ";").split(";")]
        node = Sequence([Scalar(part, True, line, column) for part in parts if part], line, column)
    at.entries[place[-1]] = node
    at.keys[place[-1]] = (line, column)


def _in_order(root: Mapping) -> None:
    """`items.1`, `items.2` … become a list, by number."""
    items = root.entries.get("items")
    if isinstance(items, Mapping):
        numbered = [items.entries[number] for number in sorted(items.entries, key=int)]
        root.entries["items"] = Sequence(numbered, items.line, items.column)


# --- the blank ---------------------------------------------------------------------------------------------------------------


def template(ruleset: Ruleset, lang: str) -> str:
    """A header with every fact and room for a few items, and below it nothing: to fill in with a spreadsheet.

    Facts are named by their label in Japanese, by id in English; both are read. Starts with a BOM, which a spreadsheet needs.
    """
    facts = [
        spec.label.ja if lang == "ja" and _unique(spec.label.ja, ruleset) else name
        for name, spec in ruleset.facts.items()
    ]
    return "\ufeff" + _line([*TOP, *facts, *_items(ruleset), *(f"expect.{frame}" for frame in ruleset.frames)])


def _unique(label: str, ruleset: Ruleset) -> bool:
    return sum(spec.label.ja == label for spec in ruleset.facts.values()) == 1 and "." not in label and label not in TOP


def _items(ruleset: Ruleset) -> Iterator[str]:
    for number in range(1, _ITEMS + 1):
        for field in (*ITEM_KEYS, *ruleset.fields):
            yield f"items.{number}.{field}"


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(list(cells))
    return written.getvalue()
