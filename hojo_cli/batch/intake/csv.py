"""CSV: one applicant a row under a header. The library's `csv` reads; a row that it cannot read costs only itself.

Findings name the line where the row begins and the number of the column. `record` is the row as a spreadsheet counts it, the header
being row 1.
"""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final, TypeAlias

from hojo_cli.base.finding import Finding, HojoError, Location, Text
from hojo_cli.batch.intake.columns import columns, filled, is_sample, wrong_header
from hojo_cli.batch.intake.encoding import CP932, recognised
from hojo_cli.batch.intake.lines import Line, lines
from hojo_cli.batch.intake.piece import BLANK, SAMPLE, UNREAD, Cells, Piece, fault
from hojo_cli.batch.intake.vocabulary import meaning
from hojo_cli.document import APPLICANT
from hojo_cli.messages import finding
from hojo_cli.rules.declared import Ruleset

_WIDEST: Final = 5_000
_LOOK_AHEAD: Final = 10
"""So many rows below the first are looked at for the header."""

_OPEN: Final = "unexpected end of data"
_TOO_MUCH: Final = Text(
    f"{APPLICANT.scalar:,}文字を超える値か、{_WIDEST:,}を超える列があります",
    f"a value of more than {APPLICANT.scalar:,} characters, or more than {_WIDEST:,} columns",
)
_REASONS: Final = {
    _OPEN: Text("引用符が閉じていません", "a quote is not closed"),
    "',' expected after '\"'": Text("閉じた引用符の後に文字があります", "text follows a closing quote"),
}
"""What the library says, in words of ours."""
_ADVICE: Final = {
    True: Text("UTF-8 としては読めるので、`--encoding` を外してください。", "It is UTF-8: leave out `--encoding`."),
    False: Text(
        "Shift_JIS で保存し直すか、UTF-8 で保存し直して `--encoding` を外してください。",
        "Save it as Shift_JIS, or save it as UTF-8 and leave out `--encoding`.",
    ),
}
"""By whether the line is UTF-8."""

NumberedRow: TypeAlias = "tuple[int, int, tuple[str, ...] | Finding]"
"""A row as a spreadsheet counts it, the line it begins at, and its cells or what keeps it from being read."""


def pieces(path: str, encoding: str, skipped: Counter[Text], ruleset: Ruleset) -> Iterator[Piece]:
    """One piece a row below the header; rows without any value are counted as blank.

    A header that is none, or has mistakes, is told once and for all; the rows below it are counted, not read. `encoding` is empty
    where it is to be recognised; whoever reads a guess is told so at the first record.
    """
    notes: tuple[Finding, ...] = ()
    if not encoding:
        try:
            encoding = recognised(path)
        except HojoError as problem:
            yield fault(path, 0, problem.findings[0])
            return
        if encoding == CP932:
            notes = (finding("HJ480", Location(path), encoding=encoding),)
    rows = _rows(path, encoding)
    for _, line, row in rows:  # noqa: B007  # the header begins there
        if isinstance(row, Finding):
            yield fault(path, 0, row)
            return
        if _filled(row):
            break
        skipped[BLANK] += 1
    else:
        yield fault(path, 0, finding("HJ409", Location(path)))
        return
    header, where = tuple(map(str.strip, row)), Location(path, line)
    below = list(islice(rows, _LOOK_AHEAD))
    data = ",".join(header).encode(encoding)
    if encoding != "utf-8" and not data.isascii() and _is_utf8(data):  # it only makes sense as UTF-8
        wrong = [finding("HJ413", where, encoding=encoding, advice=_ADVICE[True])]
    else:
        wrong = wrong_header(where, header, below, ruleset)
    if wrong:
        yield fault(path, 0, *notes, *wrong)
        skipped[UNREAD] += sum(_filled(row) for _, _, row in chain(below, rows))
        return
    places = columns(header, ruleset, meaning)
    empty = True
    for record, line, row in chain(below, rows):
        if isinstance(row, Finding):
            yield fault(path, record, row)
        elif is_sample(places, row):
            skipped[SAMPLE] += 1
            continue
        elif filled(places, row):
            yield Piece(path, "csv", record, line, Cells(header, row), notes)
            notes = ()
        else:
            skipped[BLANK] += 1
            continue
        empty = False
    if empty:
        yield fault(path, 0, finding("HJ409", Location(path)))


def _filled(row: tuple[str, ...] | Finding) -> bool:
    return isinstance(row, Finding) or any(map(str.strip, row))


def _rows(path: str, encoding: str) -> Iterator[NumberedRow]:
    """The rows of a file. What follows a broken row is read on.

    A row that is broken ends with the line it begins at: where a quote is not closed, what it swallowed is read again.
    """
    csv.field_size_limit(APPLICANT.size)
    source = _Lines(path, encoding)
    reader = csv.reader(source, strict=True)
    record = last = 0
    while True:
        source.begin_row()
        cells: list[str] = []
        endless = False
        problem: Finding | None = None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            where, told = Location(path, source.row[0][0]), str(error)
            reason = _REASONS.get(told, Text("書き方が違います", told))
            broken = finding("HJ414", where) if told.startswith("new-line") else finding("HJ405", where, reason=reason)
            problem = source.not_text or broken
            source.give_back()
            endless = True
        except HojoError as error:  # a line that cannot be read
            problem = error.findings[0]
            if not source.row:
                yield record + 1, 1, problem
                return
        if len(cells) > _WIDEST or any(len(cell) > APPLICANT.scalar for cell in cells):
            problem = finding("HJ405", Location(path, source.row[0][0]), reason=_TOO_MUCH)
        first = source.row[0][0]
        record += first - last  # more than one where the lines of a conflict were passed over
        last = first if endless else source.row[-1][0]
        yield record, first, source.not_text or problem or tuple(cells)


class _Lines:
    """The lines of a table as text, of which `csv` takes as many as a row needs; those after the first can be taken again."""

    def __init__(self, path: str, encoding: str) -> None:
        self.path = path
        self.encoding = encoding
        self.fresh = lines(path)
        self.again: deque[Line] = deque()
        self.begin_row()

    def begin_row(self) -> None:
        self.row: list[Line] = []
        self.size = 0
        self.not_text: Finding | None = None

    def give_back(self) -> None:
        """All but the first line of the row."""
        self.again.extendleft(reversed(self.row[1:]))

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        number, data = line = self.again.popleft() if self.again else next(self.fresh)
        self.row.append(line)
        if isinstance(data, Finding):
            if len(self.row) == 1:
                raise HojoError(data)
            raise csv.Error(_OPEN)
        self.size += len(data)
        if self.size > APPLICANT.size:
            raise csv.Error(_OPEN)
        try:
            return data.decode(self.encoding)
        except UnicodeDecodeError:  # carried along, so that the end of the row is found all the same
            where, words = Location(self.path, number), {"encoding": self.encoding}
            if self.encoding == "utf-8":
                not_text = finding("HJ406", where, **words)
            else:
                not_text = finding("HJ413", where, **words, advice=_ADVICE[_is_utf8(data)])
            self.not_text = self.not_text or not_text
            return data.decode(self.encoding, "surrogateescape")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
