"""Excel: one applicant a row under a header, and on a sheet of its own the items, each with the number or the name of its client.

Findings name the cell. `record` is the row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from hojo_cli.base.finding import Finding, HojoError, Location, Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.suggest import candidates, plain, suggestion
from hojo_cli.batch.intake.columns import (
    BEYOND,
    columns,
    filled,
    is_sample,
    key_of,
    wrong_columns,
    wrong_header,
)
from hojo_cli.batch.intake.piece import SAMPLE, UNREAD, Cells, Client, Piece, fault
from hojo_cli.batch.intake.vocabulary import KEY, TITLES, item_place, meaning
from hojo_cli.batch.intake.workbook import Book, SheetRow
from hojo_cli.files.reference import refer
from hojo_cli.messages import finding
from hojo_cli.rules.declared import Ruleset

_LOOK_AHEAD: Final = 10
"""So many rows below the first are looked at for the header."""


class _Items(NamedTuple):
    """The sheet of items: its name, its header, and the rows of each client by what they name it with (`key` or `client`) and that name."""

    title: str
    header: tuple[str, ...]
    rows: dict[tuple[str, str], list[SheetRow]]


def parted(path: str, part: str) -> tuple[str, str]:
    """The sheet and the number of a record that stand behind the `#` of a path, each empty where it does not: `Sheet#12`.

    Digits alone are a number, unless a sheet is called so.
    """
    if not part:
        return "", ""
    try:
        with Book(path) as book:
            sheet = book.title(part)
    except HojoError:
        sheet = ""
    if sheet:
        return sheet, ""
    before, separator, number = part.rpartition("#")
    if number.isdecimal():
        return before, number
    return (before, number) if separator else (part, "")


def pieces(path: str, sheet: str, skipped: Counter[Text], ruleset: Ruleset) -> Iterator[Piece]:
    """One piece a row of a sheet (the first that is none of items, where none is named), with the rows of items that are its own.

    A header that has mistakes is told once and for all, on either sheet. `HojoError` where openpyxl is not installed.
    """
    name = f"{path}#{sheet}" if sheet else path
    try:
        with Book(path) as book:
            titles = [title for title in book.titles if title not in (book.title(TITLES.ja), book.title(TITLES.en))]
            title = book.title(sheet) if sheet else next(iter(titles or book.titles), "")
            if not title:
                near = suggestion(*candidates(sheet, book.titles))
                listed = "、".join(book.titles)
                yield fault(name, 0, finding("HJ487", Location(path), sheet=sheet, near=near, listed=listed))
                return
            yield from _clients(book, name, title, skipped, ruleset)
    except HojoError as problem:
        if problem.findings[0].code == "HJ012":
            raise
        yield fault(name, 0, *problem.findings)


def _clients(book: Book, name: str, title: str, skipped: Counter[Text], ruleset: Ruleset) -> Iterator[Piece]:
    rows = book.rows(title)
    first = next(rows, None)
    if first is None:
        yield fault(name, 0, finding("HJ409", Location(book.path, 1, 1, title)))
        return
    header = tuple(map(str.strip, first.cells))
    below = list(islice(rows, _LOOK_AHEAD))
    where = Location(book.path, first.number, 1, title)
    wrong = wrong_header(where, header, [(row.number, row.number, row.cells) for row in below], ruleset)
    items: _Items | list[Finding] = _Items("", (), {})
    beside = next((found for found in map(book.title, TITLES) if found and found != title), "")
    if not wrong and beside:
        items = _items(book, beside, ruleset)
    if wrong or isinstance(items, list):
        yield fault(name, 0, *wrong, *(items if isinstance(items, list) else ()))
        skipped[UNREAD] += sum(1 for _ in chain(below, rows))
        return
    places = columns(header, ruleset, meaning)
    seen: dict[tuple[str, str], int] = {}
    empty = True
    for row in chain(below, rows):
        if is_sample(places, row.cells):
            skipped[SAMPLE] += 1
        elif filled(places, row.cells) or row.wrong:
            empty = False
            yield _client(name, where._replace(line=row.number), row, header, places, items, seen)
    if empty:
        yield fault(name, 0, finding("HJ409", where))
    for (key, client), left in items.rows.items():
        if (key, client) not in seen:
            column = columns(items.header, ruleset, item_place).index((key,)) + 1
            at = Location(book.path, left[0].number, column, items.title)
            yield fault(name, 0, finding("HJ485", at, name=client, sheet=title))


def _client(
    name: str,
    where: Location,
    row: SheetRow,
    header: tuple[str, ...],
    places: list[tuple[str, ...]],
    items: _Items,
    seen: dict[tuple[str, str], int],
) -> Piece:
    """A row and its items; what is wrong with any of them takes its place. Clients with items that were `seen` by number or by name
    at some row: who shares it with another is refused, for nobody can tell whose the items are."""
    own: list[SheetRow] = []
    for key, called in ((KEY, key_of(places, row.cells)), ("client", key_of(places, row.cells, "name"))):
        if called and (key, called) in items.rows:
            if first := seen.get((key, called)):
                refused = finding("HJ486", where, name=called, row=first, sheet=items.title)
                return fault(name, row.number, refused)
            seen[key, called] = row.number
            own += items.rows[key, called]
    own.sort()
    wrong = (*row.wrong, *(found for item in own for found in item.wrong))
    if wrong:
        return fault(name, row.number, *wrong)._replace(line=row.number)
    listed = tuple((item.number, item.cells) for item in own)
    client = Client(Cells(header, row.cells), items.header, listed, (where.sheet, items.title))
    return Piece(name, "excel", row.number, row.number, client)


def _items(book: Book, title: str, ruleset: Ruleset) -> _Items | list[Finding]:
    """The sheet of items, its rows by client; what is wrong with its header, or with rows that name no client."""
    rows = book.rows(title)
    first = next(rows, None)
    if first is None:
        return _Items(title, (), {})
    header = tuple(map(str.strip, first.cells))
    where = Location(book.path, first.number, 1, title)
    places = columns(header, ruleset, item_place)
    if wrong := wrong_columns(where, header, ruleset, item_place):
        return wrong
    if (KEY,) not in places and ("client",) not in places:
        return [finding("HJ488", where, sheet=title)]
    grouped: dict[tuple[str, str], list[SheetRow]] = {}
    homeless = []
    for row in rows:
        if is_sample(places, row.cells):
            continue
        number, client = key_of(places, row.cells), key_of(places, row.cells, "client")
        if number or client:
            grouped.setdefault((KEY, number) if number else ("client", plain(client)), []).append(row)
        elif filled(places, row.cells):
            homeless.append(finding("HJ489", Location(book.path, row.number, 1, title)))
    return homeless or _Items(title, header, grouped)


def located(findings: tuple[Finding, ...], piece: Piece) -> tuple[Finding, ...]:
    """The findings about a client, each at the cell of the sheet it is about."""
    if not isinstance(piece.payload, Client):
        return findings
    sheets = piece.payload.sheets
    path = refer(piece.file).path
    moved = []
    for found in findings:
        where = found.where
        if where.file == piece.file and not where.sheet:
            beyond, row = divmod(where.line, BEYOND)
            found = found._replace(where=Location(path, row, where.column, sheets[beyond]))  # noqa: PLW2901
        moved.append(found)
    return tuple(moved)
