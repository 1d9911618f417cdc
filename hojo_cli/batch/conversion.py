"""Applicants written in another kind of file: one YAML a client, or all of them as CSV, JSON Lines or an Excel workbook.

What is written is what stands in the file, under the names that the ruleset gives it: amounts keep the words they were written in.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from hojo_cli.applicants import applicant
from hojo_cli.base.finding import Finding, Location, Severity, Text
from hojo_cli.base.suggest import plain as in_ordinary_width
from hojo_cli.batch import discovery, intake
from hojo_cli.batch.intake import blank_table
from hojo_cli.batch.intake.blank_book import CLIENTS, NUMBER
from hojo_cli.batch.intake.vocabulary import TITLES, TOP
from hojo_cli.document import plain
from hojo_cli.document.writing import write
from hojo_cli.formats.drawing.workbook import Workbook
from hojo_cli.messages import finding
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.declared import Ruleset

_ORDER: Final = (*applicant.KEYS,)
_FORMULA: Final = re.compile(r"[=+\-@＝＋－＠\t\r]")
_LONGEST_NAME: Final = 40

Values = Mapping[str, object]


class Converted(NamedTuple):
    """The applicants that could be read, as plain values with what each came from; and what is wrong with the others."""

    records: list[tuple[str, dict[str, object]]]
    findings: tuple[Finding, ...]
    ruleset: Ruleset


def read(paths: Sequence[str], encoding: str, rules: str) -> Converted:
    """Every applicant of some files, folders, globs and tables. `HojoError` where a named file or the ruleset cannot be used."""
    years = library.years()
    newest = ruleset.load(rules or years[0])
    records: list[tuple[str, dict[str, object]]] = []
    told: list[Finding] = []
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
                values = plain(loaded.root)
                assert isinstance(values, dict)
                name = f"{piece.file}#{piece.record}" if piece.record else piece.file
                records.append((name, {key: values[key] for key in _ORDER if values.get(key) is not None}))
            told += (found for found in intake.located(findings, piece) if found.severity is Severity.ERROR)
    return Converted(records, tuple(told), newest)


def members(converted: Converted) -> tuple[Finding, ...]:
    """What keeps applicants out of a table: members do not fit into a row."""
    return tuple(
        finding("HJ083", Location(name), path=name) for name, record in converted.records if record.get("members")
    )


# --- one YAML a client ----------------------------------------------------------------------------------------------------


def yaml_files(converted: Converted) -> dict[str, bytes]:
    """A file for each applicant: `003-NAME.yaml`."""
    digits = max(3, len(str(len(converted.records))))
    files = {}
    for number, (_, record) in enumerate(converted.records, 1):
        name = re.sub(r"[^\w]+", "_", in_ordinary_width(str(record.get("name") or "")))[:_LONGEST_NAME].strip("_")
        files[f"{number:0{digits}d}{'-' if name else ''}{name}.yaml"] = write(record).encode()
    return files


def json_lines(converted: Converted) -> bytes:
    """A line for each applicant."""
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for _, record in converted.records)
    return "".join(lines).encode(errors="backslashreplace")


# --- tables -----------------------------------------------------------------------------------------------------------------


def table(converted: Converted, lang: str) -> bytes:
    """CSV with a column for whatever any of the applicants states."""
    rows = [_row(record) for _, record in converted.records]
    for row, (_, record) in zip(rows, converted.records, strict=True):
        for number, item in enumerate(_items(record), 1):
            row |= {("items", str(number), key): value for key, value in item.items()}
    used = {key for row in rows for key in row}
    names = _names(converted, lang)
    most = max((int(key[1]) for key in used if key[0] == "items"), default=0)
    fields = blank_table.item_names(converted.ruleset, lang)
    for number in range(1, most + 1):
        for key, label in fields.items():
            names["items", str(number), key] = f"{'明細' if lang == 'ja' else 'items.'}{number}.{label}"
    order = [key for key in names if key in used] + sorted(used - names.keys())
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([names.get(key, key[-1]) for key in order])
    for row in rows:
        writer.writerow([_protected(_cell(row.get(key), lang)) for key in order])
    return f"\ufeff{written.getvalue()}".encode(errors="backslashreplace")


def workbook(converted: Converted, lang: str) -> bytes:
    """Two sheets: clients, and items with the number of their client. `HojoError` where XlsxWriter is not installed."""
    book = Workbook()
    clients, items = book.sheet(CLIENTS.into(lang)), book.sheet(TITLES.into(lang))
    rows = [_row(record) for _, record in converted.records]
    used = {key for row in rows for key in row}
    names = _names(converted, lang)
    order = [key for key in names if key in used] + sorted(used - names.keys())
    clients.write([NUMBER.into(lang), *(names.get(key, key[-1]) for key in order)], "head")
    fields = blank_table.item_names(converted.ruleset, lang)
    items.write([NUMBER.into(lang), *fields.values()], "head")
    for number, (row, (_, record)) in enumerate(zip(rows, converted.records, strict=True), 1):
        clients.write([number, *(_cell(row.get(key), lang) for key in order)], "plain")
        for item in _items(record):
            items.write([number, *(_cell(item.get(key), lang) for key in fields)], "plain")
    clients.table(len(order) + 1, held=2)
    items.table(len(fields) + 1)
    return book.finish()


def _names(converted: Converted, lang: str) -> dict[tuple[str, ...], str]:
    """What each column is called, in their order."""
    used = converted.ruleset
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


def _protected(cell: str | int | None) -> str | int | None:
    """Text that a spreadsheet would take for a formula stands behind a `'`."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell
