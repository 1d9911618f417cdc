"""CSV: one applicant a row under a header of fact ids or labels, `items.1.amount` and the like; also the blank to fill in.

A value left empty is left out, so a fact is unknown. Several choices in one cell are separated by `;`. Findings name the line
where the row begins and the number of the column. `record` is the row as a spreadsheet counts it, the header being row 1.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple, TypeAlias

from hojo_cli.applicants.items import ITEM_KEYS
from hojo_cli.applicants.naming import likely_keys
from hojo_cli.base.finding import Finding, HojoError, Location, Text
from hojo_cli.base.suggest import meant, spellings, suggestion
from hojo_cli.batch.intake import BLANK, UNREAD, Cells, Piece, fault
from hojo_cli.batch.intake.lines import Line, lines, too_long
from hojo_cli.document import APPLICANT, Document, Node, Scalar, Sequence
from hojo_cli.document import Mapping as MappingNode
from hojo_cli.document.recognition import (
    RENAME_JSON,
    TABLE,
    Sort,
    by_text,
    conflict_begins,
    conflict_ends,
    yaml,
)
from hojo_cli.messages import finding
from hojo_cli.rules.nodes import FieldSpec, Ruleset
from hojo_cli.rules.ruleset import shipped

TOP: Final = ("name", "corporate_number", "fiscal_year", "frame", "note")
ENCODINGS: Final = ("utf-8", "cp932")
_WIDEST: Final = 5_000
_ITEMS: Final = 3
_LOOK_AHEAD: Final = 10
"""So many rows below the first are looked at for the header."""
_ITEM: Final = re.compile(r"(items\.([0-9]{1,4})\.)")
_SEPARATOR_LINE: Final = re.compile("sep=.?$", re.IGNORECASE)
"""What a spreadsheet puts above a table to say what parts its columns."""
_NOTHING: Final = frozenset(("", "-", "－", "−", "‐", "–", "—", "―", "ー", "ｰ"))
"""A cell with a lone dash is an empty one: so accountants write nothing."""

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
_Numbered: TypeAlias = "tuple[int, int, tuple[str, ...] | Finding]"
"""A row as a spreadsheet counts it, the line it begins at, and its cells or what keeps it from being read."""


def pieces(path: str, encoding: str, skipped: Counter[Text], ruleset: Ruleset) -> Iterator[Piece]:
    """One piece a row below the header; rows without any value are counted as blank.

    A header that is none, or has mistakes, is told once and for all; the rows below it are counted, not read.
    """
    rows = _Ahead(_settled(_rows(path, encoding), path))
    header: tuple[str, ...] = ()
    any_ = False
    for record, line, row in rows:
        if isinstance(row, Finding):
            yield fault(path, record if header else 0, row)
            any_ = True
            if not header:
                return
        elif not any(cell.strip() for cell in row):
            skipped[BLANK] += 1
        elif not header:
            header = tuple(cell.strip() for cell in row)
            where = Location(path, line)
            wrong = _garbled(where, header, encoding) or _wrong_header(where, header, rows.ahead(_LOOK_AHEAD), ruleset)
            if wrong:
                yield fault(path, 0, *wrong)
                skipped[UNREAD] += sum(1 for _, _, row in rows if isinstance(row, Finding) or any(map(str.strip, row)))
                return
        else:
            any_ = True
            yield Piece(path, "csv", record, line, Cells(header, row))
    if not any_:
        yield fault(path, 0, finding("HJ409", Location(path)))


class _Ahead:
    """Rows, of which the next few can be looked at before it is their turn."""

    def __init__(self, rows: Iterator[_Numbered]) -> None:
        self.rows = rows
        self.seen: deque[_Numbered] = deque()

    def __iter__(self) -> Iterator[_Numbered]:
        return self

    def __next__(self) -> _Numbered:
        return self.seen.popleft() if self.seen else next(self.rows)

    def ahead(self, most: int) -> list[_Numbered]:
        """The next rows, at most so many."""
        self.seen.extend(islice(self.rows, most - len(self.seen)))
        return list(self.seen)


def _settled(rows: Iterator[_Numbered], path: str) -> Iterator[_Numbered]:
    """The rows, a conflict that a merge left behind as one of them, which cannot be read."""
    for record, line, row in rows:
        if isinstance(row, Finding) or not conflict_begins(row[0] if row else ""):
            yield record, line, row
            continue
        yield record, line, finding("HJ173", Location(path, line))
        for _, _, inside in rows:
            if not isinstance(inside, Finding) and inside and conflict_ends(inside[0]):
                break


def _rows(path: str, encoding: str) -> Iterator[_Numbered]:
    """The rows of a file. What follows a broken row is read on.

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
    root = MappingNode({}, {}, piece.line, 1)
    for column, (name, cell) in enumerate(zip(header, row, strict=False), 1):
        if name == "fiscal_year" and cell.strip():
            root.entries[name] = Scalar(cell.strip(), True, piece.line, column)
            root.keys[name] = (piece.line, column)
    return Document(root, ())


def settle(piece: Piece, ruleset: Ruleset) -> Document:
    """The nodes of the row, its columns named as the ruleset names them."""
    header, row = _cells(piece)
    columns = _columns(header, ruleset)
    root = MappingNode({}, {}, piece.line, 1)
    findings: list[Finding] = []
    for column, cell in enumerate(row, 1):
        place = columns[column - 1] if column <= len(columns) else ()
        text = cell.strip()
        if text in _NOTHING:
            continue
        if place:
            _put(root, place, Scalar(text, True, piece.line, column), ruleset)
        elif not findings:
            findings.append(finding("HJ411", Location(piece.file, piece.line, column)))
    _in_order(root)
    return Document(root, tuple(findings))


def _cells(piece: Piece) -> Cells:
    assert isinstance(piece.payload, Cells)
    return piece.payload


# --- the header -------------------------------------------------------------------------------------------------------------


def _wrong_header(
    where: Location, header: tuple[str, ...], below: Iterable[_Numbered], ruleset: Ruleset
) -> list[Finding]:
    """What is wrong with a header: it is none, or some of its columns mean nothing or appear twice."""
    if _SEPARATOR_LINE.match(header[0]) or not _known(header, ruleset):
        rows = [(line, tuple(cell.strip() for cell in row)) for _, line, row in below if not isinstance(row, Finding)]
        line, likely = max(rows, key=lambda row: _known(row[1], ruleset), default=(0, ()))
        if _known(likely, ruleset):
            return [finding("HJ470", where, line=line, beside=where.line)]
    if separator := _other_separator(header):
        return [finding("HJ415", where, separator=separator)]
    if sort := _another_sort(header):
        return [finding("HJ171", where, **sort.words(where.file, TABLE))]
    if not _known(header, ruleset) and not any(_near(name, ruleset) for name in header):
        return [finding("HJ471", where)]
    return list(_wrong_columns(where, header, ruleset))


def _garbled(where: Location, header: tuple[str, ...], encoding: str) -> list[Finding]:
    """A header that only makes sense as UTF-8, though another encoding was given."""
    data = ",".join(header).encode(encoding)
    if encoding == "utf-8" or data.isascii() or not _is_utf8(data):
        return []
    return [finding("HJ413", where, encoding=encoding, advice=_ADVICE[True])]


def _another_sort(header: tuple[str, ...]) -> Sort | None:
    """What the file seems to be where its first line is none of a table."""
    text = ",".join(header)
    if text.startswith("{"):
        return by_text(f"{text}\n{text}", "") if text.endswith("}") else Sort(Text("JSON", "JSON"), RENAME_JSON)
    return yaml(text) if len(header) == 1 else None


def _other_separator(header: tuple[str, ...]) -> Text | None:
    """What parts the columns instead of a comma, where a header of one column says so."""
    return next((name for mark, name in _SEPARATORS.items() if mark in header[0]), None) if len(header) == 1 else None


def _known(names: Iterable[str], ruleset: Ruleset) -> int:
    """How many of the names are columns."""
    vocabulary = _vocabulary(ruleset)
    return sum(1 for name in names if _place(name, vocabulary))


def _wrong_columns(where: Location, header: tuple[str, ...], ruleset: Ruleset) -> Iterator[Finding]:
    places = [_meaning(name, ruleset) for name in header]
    for column, (name, place) in enumerate(zip(header, places, strict=True), 1):
        at = where._replace(column=column)
        if place and places.index(place) < column - 1:
            yield finding("HJ410", at, name=name, first=places.index(place) + 1)
        elif name.partition(".")[0] == "members":
            yield finding("HJ408", at, name=name)
        elif name and not place:
            yield finding("HJ407", at, name=name, near=suggestion(*_near(name, ruleset)))


def _near(name: str, ruleset: Ruleset) -> tuple[str, ...]:
    """The columns that a name may have been meant for."""
    vocabulary = _vocabulary(ruleset)
    item = _ITEM.match(name)
    if item is None:
        return likely_keys(name, (*TOP, *vocabulary.facts))
    return tuple(f"{item[1]}{field}" for field in likely_keys(name[item.end() :], vocabulary.fields))


class _Vocabulary(NamedTuple):
    """What a column may be called → the fact, the field of an item or the frame it is about."""

    facts: dict[str, str]
    fields: dict[str, str]
    frames: Mapping[str, str]


_vocabularies: Final[dict[str, _Vocabulary]] = {}
_places: Final[dict[tuple[tuple[str, ...], str], list[_Place]]] = {}


def _vocabulary(ruleset: Ruleset) -> _Vocabulary:
    if ruleset.sha256 not in _vocabularies:
        facts = {name: (*spec.label, f"facts.{name}") for name, spec in ruleset.facts.items()}
        fields = dict.fromkeys(ITEM_KEYS, ()) | {name: tuple(spec.label) for name, spec in ruleset.fields.items()}
        _vocabularies[ruleset.sha256] = _Vocabulary(spellings(facts), spellings(fields), ruleset.frame_spellings)
    return _vocabularies[ruleset.sha256]


def _columns(header: tuple[str, ...], ruleset: Ruleset) -> list[_Place]:
    """Where each column belongs: `("facts", "capital")`, `("items", "1", "amount")`; empty where nowhere."""
    key = (header, ruleset.sha256)
    if key not in _places:
        _places.clear()  # one header at a time: the rows of a file come together
        _places[key] = [_meaning(name, ruleset) for name in header]
    return _places[key]


def _meaning(name: str, ruleset: Ruleset) -> _Place:
    """Where a column belongs; of a fact only other years know, where it would belong, for the reader of applicants to judge."""
    return _place(name, _vocabulary(ruleset)) or next(
        filter(None, (_place(name, _vocabulary(other)) for other in shipped() if name)), ()
    )


def _place(name: str, vocabulary: _Vocabulary) -> _Place:
    if name in TOP:
        return (name,)
    if fact := meant(name, vocabulary.facts):
        return ("facts", fact)
    head, _, rest = name.partition(".")
    if head == "expect" and (frame := meant(rest, vocabulary.frames)):
        return (head, frame)
    item = _ITEM.match(name)
    field = item and meant(name[item.end() :], vocabulary.fields)
    return ("items", item[2], field) if item and field else ()


# --- a row to nodes ---------------------------------------------------------------------------------------------------------


def _put(root: MappingNode, place: _Place, value: Scalar, ruleset: Ruleset) -> None:
    text, line, column = value.text, value.line, value.column
    at: MappingNode = root
    for key in place[:-1]:
        below = at.entries.setdefault(key, MappingNode({}, {}, line, column))
        at.keys.setdefault(key, (line, column))
        assert isinstance(below, MappingNode)
        at = below
    node: Node = value
    spec = ruleset.facts.get(place[-1]) if place[0] == "facts" else ruleset.fields.get(place[-1])
    if isinstance(spec, FieldSpec) or (spec is not None and spec.kind == "set"):
        parts = _parts(text, spec.spellings)
        node = Sequence([Scalar(part, True, line, column) for part in parts if part], line, column)
    at.entries[place[-1]] = node
    at.keys[place[-1]] = (line, column)


def _parts(text: str, known: Mapping[str, str]) -> list[str]:
    """The choices in a cell, separated by `;`; by other commas too where that leaves nothing but choices."""
    parts = [part.strip() for part in re.split("[;；]", text)]
    finer = [part.strip() for part in re.split("[;；,，、]", text)]
    return finer if all(meant(part, known) for part in finer) else parts


def _in_order(root: MappingNode) -> None:
    """`items.1`, `items.2` … become a list, by number."""
    items = root.entries.get("items")
    if isinstance(items, MappingNode):
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
