"""Applicants written in another kind of file: one YAML a client, or all of them as CSV, JSON Lines or an Excel workbook.

What is written is what stands in the file, under the names that the ruleset gives it: amounts keep the words they were written in.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping as Lookup, Sequence
from typing import Final

from hojo_cli.applicants import applicant
from hojo_cli.applicants.applicant import ApplicantFile
from hojo_cli.base.finding import Finding, Location, Severity, Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.suggest import plain as in_ordinary_width
from hojo_cli.batch import discovery, intake
from hojo_cli.batch.intake import blank_table
from hojo_cli.batch.intake.blank_book import CLIENTS, NUMBER
from hojo_cli.batch.intake.vocabulary import TITLES, TOP
from hojo_cli.document import Mapping, plain
from hojo_cli.document.writing import write
from hojo_cli.formats.drawing.workbook import Workbook
from hojo_cli.messages import finding
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.declared import Ruleset

_ORDER: Final = (*applicant.KEYS,)
_FORMULA: Final = re.compile(r"[=+\-@＝＋－＠\t\r]")
_LONGEST_NAME: Final = 40

Values = Lookup[str, object]
PASSED_OVER: Final = "HJ204"
"""What is said of a fact that plays no part in the year."""


class Client(NamedTuple):
    """An applicant that could be read: what it came from, its plain values, and what the ruleset it names makes of it."""

    name: str
    values: dict[str, object]
    file: ApplicantFile
    ruleset: Ruleset


class UnconvertedError(Exception):
    """What stands in the way of a conversion: some applicants cannot be read, or do not fit into what shall be written."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        super().__init__()
        self.findings = tuple(findings)


def read(paths: Sequence[str], encoding: str, rules: str) -> Iterator[Client | Finding]:
    """Every applicant of some files, folders, globs and tables, or what is wrong with it, and facts that play no part in its year.

    `HojoError` where a named file or the ruleset cannot be used.
    """
    years = library.years()
    newest = ruleset.load(rules or years[0])
    skipped: Counter[Text] = Counter()
    for source in discovery.discover(paths, "", skipped):
        if source.is_folder:
            continue
        for piece in intake.pieces(source, encoding, skipped, newest):
            made = intake.document(piece)
            if made.root is not None and intake.is_ruleset(made, piece):
                continue
            used = newest
            if made.root is not None:
                if not rules:
                    used = ruleset.load(applicant.fiscal_year(made.root, piece.file, years)[0])
                made = intake.settle(made, piece, used)
            findings = made.findings
            if made.root is not None:
                loaded = applicant.load(made.root, used, piece.file, overruled=bool(rules))
                findings = (*findings, *loaded.findings)
                if loaded.file is not None:
                    name = f"{piece.file}#{piece.record}" if piece.record else piece.file
                    yield Client(name, values(loaded.root), loaded.file, used)
            for found in intake.located(findings, piece):
                if found.severity is Severity.ERROR or found.code == PASSED_OVER:
                    yield found


def values(root: Mapping) -> dict[str, object]:
    """What an applicant file states, as plain values."""
    stated = plain(root)
    assert isinstance(stated, dict)
    return {key: stated[key] for key in _ORDER if stated.get(key) is not None}


# --- one YAML a client ----------------------------------------------------------------------------------------------------


def yaml_files(clients: Sequence[Client]) -> Iterator[tuple[str, bytes]]:
    """A file for each applicant: `003-NAME.yaml`."""
    digits = max(3, len(str(len(clients))))
    for number, record in enumerate((client.values for client in clients), 1):
        name = re.sub(r"[^\w]+", "_", in_ordinary_width(str(record.get("name") or "")))[:_LONGEST_NAME].strip("_")
        yield f"{number:0{digits}d}{'-' if name else ''}{name}.yaml", write(record).encode()


def json_line(client: Client) -> bytes:
    """The line of an applicant."""
    return f"{json.dumps(client.values, ensure_ascii=False)}\n".encode(errors="backslashreplace")


# --- tables -----------------------------------------------------------------------------------------------------------------


def require_alone(clients: Iterable[Client]) -> None:
    """`UnconvertedError` where there are groups: members do not fit into a row."""
    groups = [client.name for client in clients if client.values.get("members")]
    if groups:
        raise UnconvertedError(finding("HJ083", Location(name), path=name) for name in groups)


def table(clients: Sequence[Client], used: Ruleset, lang: str) -> bytes:
    """CSV with a column for whatever any of the applicants states; `used` says what columns are called."""
    rows = [_row(client.values) for client in clients]
    for row, client in zip(rows, clients, strict=True):
        for number, item in enumerate(_items(client.values), 1):
            row |= {("items", str(number), key): value for key, value in item.items()}
    filled = {key for row in rows for key in row}
    names = _names(used, lang)
    most = max((int(key[1]) for key in filled if key[0] == "items"), default=0)
    fields = blank_table.item_names(used, lang)
    for number in range(1, most + 1):
        for key, label in fields.items():
            names["items", str(number), key] = f"{'明細' if lang == 'ja' else 'items.'}{number}.{label}"
    order = [key for key in names if key in filled] + sorted(filled - names.keys())
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([names.get(key, key[-1]) for key in order])
    for row in rows:
        cells = [_cell(row.get(key), lang) for key in order]
        # text that a spreadsheet would take for a formula stands behind a `'`
        writer.writerow([f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell for cell in cells])
    return f"\ufeff{written.getvalue()}".encode(errors="backslashreplace")


def workbook(clients: Sequence[Client], used: Ruleset, lang: str) -> bytes:
    """Two sheets: clients, and items with the number of their client. `HojoError` where XlsxWriter is not installed."""
    book = Workbook()
    sheet, items = book.sheet(CLIENTS.into(lang)), book.sheet(TITLES.into(lang))
    rows = [_row(client.values) for client in clients]
    filled = {key for row in rows for key in row}
    names = _names(used, lang)
    order = [key for key in names if key in filled] + sorted(filled - names.keys())
    sheet.write([NUMBER.into(lang), *(names.get(key, key[-1]) for key in order)], "head")
    fields = blank_table.item_names(used, lang)
    items.write([NUMBER.into(lang), *fields.values()], "head")
    for number, (row, client) in enumerate(zip(rows, clients, strict=True), 1):
        sheet.write([number, *(_cell(row.get(key), lang) for key in order)], "plain")
        for item in _items(client.values):
            items.write([number, *(_cell(item.get(key), lang) for key in fields)], "plain")
    sheet.table(len(order) + 1, held=2)
    items.table(len(fields) + 1)
    return book.finish()


def _names(used: Ruleset, lang: str) -> dict[tuple[str, ...], str]:
    """What each column is called, in their order."""
    names: dict[tuple[str, ...], str] = {(key,): label for key, label in blank_table.top_names(lang).items()}
    names |= {("facts", name): label for name, label in blank_table.fact_names(used, lang).items()}
    return names | {("expect", name): label for name, label in blank_table.expect_names(used, lang).items()}


def _row(record: Values) -> dict[tuple[str, ...], object]:
    """The values of an applicant by column, without its items."""
    row: dict[tuple[str, ...], object] = {(key,): record[key] for key in TOP if key in record}
    for part in ("facts", "expect"):
        held = record.get(part)
        if isinstance(held, dict):
            row |= {(part, name): value for name, value in held.items() if value is not None}
    return row


def _items(record: Values) -> Iterable[dict[str, object]]:
    items = record.get("items")
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _cell(value: object, lang: str) -> str | int | None:
    match value:
        case bool():
            return ("はい" if value else "いいえ") if lang == "ja" else str(value).lower()
        case int() | None:
            return value
        case list():
            return ";".join(map(str, value)) or ("なし" if lang == "ja" else "none")
    return str(value)
