"""CSV: one applicant a row under a header of fact ids or labels, `items.1.amount` and the like; also the blank to fill in.

A value left empty is left out, so a fact is unknown. Several choices in one cell are separated by `;`. Findings name the line
where the row begins and the number of the column. `record` is the row as a spreadsheet counts it, the header being row 1.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, TypeAlias

from hojo_cli.applicants.applicant import ITEM_KEYS
from hojo_cli.batch.intake import BLANK, Piece, fault
from hojo_cli.batch.intake.lines import Line, lines, too_long
from hojo_cli.catalogue import finding
from hojo_cli.document import APPLICANT, Document, Mapping, Node, Scalar, Sequence
from hojo_cli.finding import Finding, HojoError, Location, Text
from hojo_cli.formula import Ruleset
from hojo_cli.nearest import nearest, suggestion

TOP: Final = ("name", "corporate_number", "fiscal_year", "frame", "note")
ENCODINGS: Final = ("utf-8", "cp932")
_WIDEST: Final = 5_000
_ITEMS: Final = 3

_OPEN: Final = "unexpected end of data"
_TOO_MUCH: Final = Text(
    f"{APPLICANT.scalar:,}文字を超える値か、{_WIDEST:,}を超える列があります",
    f"a value of more than {APPLICANT.scalar:,} characters, or more than {_WIDEST:,} columns",
)
_REASONS: Final = {
    _OPEN: Text("引用符が閉じていません", "a quote is not closed"),
    "',' expected after '\"'": Text("閉じた引用符の後に文字があります", "text follows a closing quote"),
}
"""What the parser says, in words of ours."""
_SEPARATORS: Final = {"\t": Text("タブ", "tabs"), ";": Text("セミコロン", "semicolons")}
_ADVICE: Final = {
    True: Text("UTF-8 としては読めるので、`--encoding` を外してください。", "It is UTF-8: leave out `--encoding`."),
    False: Text(
        "Shift_JIS で保存し直すか、UTF-8 で保存し直して `--encoding` を外してください。",
        "Save it as Shift_JIS, or save it as UTF-8 and leave out `--encoding`.",
    ),
}
"""By whether the line is UTF-8."""

_Place: TypeAlias = "tuple[str, ...]"


def pieces(path: str, encoding: str, skipped: Counter[Text]) -> Iterator[Piece]:
    """One piece a row below the header; rows without any value are counted as blank."""
    header: tuple[str, ...] = ()
    any_ = False
    for record, line, row in _rows(path, encoding):
        if isinstance(row, Finding):
            yield fault(path, record if header else 0, row)
            any_ = True
            if not header:
                return
        elif not any(cell.strip() for cell in row):
            skipped[BLANK] += 1
        elif not header:
            header = tuple(cell.strip() for cell in row)
            if separator := _other_separator(header):
                yield fault(path, 0, finding("HJ415", Location(path, line), separator=separator))
                return
        else:
            any_ = True
            yield Piece(path, "csv", record, line, (header, row))
    if not any_:
        yield fault(path, 0, finding("HJ409", Location(path)))


def _other_separator(header: tuple[str, ...]) -> Text | None:
    """What parts the columns instead of a comma, where a header of one column says so."""
    return next((name for mark, name in _SEPARATORS.items() if mark in header[0]), None) if len(header) == 1 else None


def _rows(path: str, encoding: str) -> Iterator[tuple[int, int, tuple[str, ...] | Finding]]:
    """Row, line it begins at, and its cells or what keeps it from being read. What follows a broken row is read on.

    A row that is broken ends with the line it begins at: where a quote is not closed, what it swallowed is read again.
    """
    csv.field_size_limit(APPLICANT.size)
    source = _Again(lines(path))
    record = 0
    try:
        while True:
            row = _Row(path, encoding, source)
            cells = row.read()
            if not row.lines:
                return
            record += 1
            yield record, row.lines[0][0], cells
            if row.endless:
                source.give_back(row.lines[1:])
    except HojoError as problem:
        yield record + 1, 1, problem.findings[0]


class _Again:
    """Lines, some of which may be given back to be read once more."""

    def __init__(self, fresh: Iterator[Line]) -> None:
        self.fresh = fresh
        self.held: deque[Line] = deque()

    def take(self) -> Line | None:
        return self.held.popleft() if self.held else next(self.fresh, None)

    def give_back(self, some: list[Line]) -> None:
        self.held.extendleft(reversed(some))


class _Row:
    """One row on its way from lines to cells; `lines` are those it has taken."""

    def __init__(self, path: str, encoding: str, source: _Again) -> None:
        self.path = path
        self.encoding = encoding
        self.source = source
        self.lines: list[Line] = []
        self.size = 0
        self.undecoded: Finding | None = None
        self.endless = False

    def read(self) -> tuple[str, ...] | Finding:
        """The cells; nothing where there are no more lines."""
        try:
            cells = next(csv.reader(self.text(), strict=True), [])
        except csv.Error as problem:
            self.endless = True
            return self.undecoded or self.broken(str(problem))
        except HojoError as problem:
            if not self.lines:
                raise
            return problem.findings[0]
        if self.undecoded is not None:
            return self.undecoded
        if len(cells) > _WIDEST or any(len(cell) > APPLICANT.scalar for cell in cells):
            return finding("HJ405", self.where(), reason=_TOO_MUCH)
        return tuple(cells)

    def text(self) -> Iterator[str]:
        """Each line as text. Bytes that are none are carried along, so that the end of the row is found all the same."""
        while (line := self.source.take()) is not None:
            self.lines.append(line)
            number, data = line
            if data is None and len(self.lines) == 1:
                raise HojoError(too_long(self.path, number))
            self.size += APPLICANT.size if data is None else len(data)
            if data is None or self.size > APPLICANT.size:
                raise csv.Error(_OPEN)
            try:
                yield data.decode(self.encoding)
            except UnicodeDecodeError as problem:
                self.undecoded = self.undecoded or self.not_text(number, problem.object)
                yield data.decode(self.encoding, "surrogateescape")

    def broken(self, problem: str) -> Finding:
        if problem.startswith("new-line"):
            return finding("HJ414", self.where())
        return finding("HJ405", self.where(), reason=_REASONS.get(problem, Text("書き方が違います", problem)))

    def not_text(self, number: int, data: bytes) -> Finding:
        """Why a line is no text, with what would help."""
        if self.encoding == "utf-8":
            return finding("HJ406", Location(self.path, number), encoding=self.encoding)
        return finding("HJ413", Location(self.path, number), encoding=self.encoding, advice=_ADVICE[_is_utf8(data)])

    def where(self) -> Location:
        return Location(self.path, self.lines[0][0])


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


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
    columns = _columns(header, ruleset)
    root = Mapping({}, {}, piece.line, 1)
    findings = list(_wrong_columns(piece, header, columns, ruleset))
    if any(cell.strip() for cell in row[len(header) :]):
        findings.append(finding("HJ411", Location(piece.file, piece.line, len(header) + 1)))
    for column, (place, cell) in enumerate(zip(columns.places, row, strict=False), 1):
        if place and cell.strip():
            _put(root, place, Scalar(cell.strip(), True, piece.line, column), ruleset)
    _in_order(root)
    return Document(root, tuple(findings))


def _cells(piece: Piece) -> tuple[tuple[str, ...], tuple[str, ...]]:
    assert isinstance(piece.payload, tuple)
    assert not isinstance(piece.payload, Finding)
    return piece.payload


class _Columns(NamedTuple):
    """Where each column belongs: `("facts", "capital")`, `("items", "1", "amount")`; empty where nowhere.

    `first` tells which column (from 1) says already what a column says; 0 for none. A fact has more than one name.
    """

    places: list[_Place]
    first: list[int]


_seen: dict[tuple[tuple[str, ...], str], _Columns] = {}


def _columns(header: tuple[str, ...], ruleset: Ruleset) -> _Columns:
    key = (header, ruleset.sha256)
    if key not in _seen:
        _seen.clear()  # one header at a time: the rows of a file come together
        facts = {name: name for name in ruleset.facts}
        for name, spec in ruleset.facts.items():
            facts |= {spec.label.ja: name, spec.label.en: name, f"facts.{name}": name}
        fields = {name: name for name in (*ITEM_KEYS, *ruleset.fields)}
        for name, field in ruleset.fields.items():
            fields |= {field.label.ja: name, field.label.en: name}
        meant = [_place(name, facts, fields) or ("", name) for name in header]
        first = [0 if meant.index(place) == at else meant.index(place) + 1 for at, place in enumerate(meant)]
        _seen[key] = _Columns(
            [() if not place[0] or again else place for place, again in zip(meant, first, strict=True)], first
        )
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


def _wrong_columns(piece: Piece, header: tuple[str, ...], columns: _Columns, ruleset: Ruleset) -> Iterator[Finding]:
    """Columns that mean nothing, told on the rows that have a value there."""
    if () not in columns.places:
        return
    _, row = _cells(piece)
    known = (*TOP, *ruleset.facts, *(spec.label.ja for spec in ruleset.facts.values()))
    for column, (name, place, first, cell) in enumerate(zip(header, *columns, row, strict=False), 1):
        where = Location(piece.file, piece.line, column)
        if place or not cell.strip():
            continue
        if first and name:
            yield finding("HJ410", where, name=name, first=first)
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
    if place[-1] in ruleset.fields or (place[0] == "facts" and ruleset.facts[place[-1]].kind == "set"):
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
        if not spec.of_members
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
