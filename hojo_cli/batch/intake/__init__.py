"""Files of applicants, one kind a module: `pieces` cuts a file into records, `document` makes nodes of one record.

Cutting is cheap and happens in the process that keeps the order; making nodes happens where the record is checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from hojo_cli.base.finding import Finding, Location, Text
from hojo_cli.batch.discovery import InputFile
from hojo_cli.batch.intake import columns, csv, jsonl, yaml
from hojo_cli.batch.intake.piece import Client, Piece, fault, faults
from hojo_cli.document import Document
from hojo_cli.files.reference import kind, refer
from hojo_cli.messages import finding
from hojo_cli.rules.declared import Ruleset

_RULESET: Final = frozenset(("hojo", "program", "frames"))


def pieces(source: InputFile, encoding: str, skipped: Counter[Text], ruleset: Ruleset) -> Iterator[Piece]:
    """The records of a file, at least one; of `list.csv#3` that one. Blank lines are counted in `skipped`. `ruleset` tells what a
    table's header means; `encoding` (of CSV) is empty where it is to be recognised.
    """
    if source.fault is not None:
        yield fault(source.path, 0, source.fault)
        return
    path, part = refer(source.path)
    if path.lower().endswith(".parquet"):
        yield fault(path, 0, finding("HJ472", Location(path), path=path))
        return
    match kind(path):
        case "jsonl":
            yield from _those(jsonl.pieces(path, skipped), path, part)
        case "csv":
            yield from _those(csv.pieces(path, encoding, skipped, ruleset), path, part)
        case "excel":
            from hojo_cli.batch.intake import excel

            sheet, number = excel.parted(path, part)
            name = f"{path}#{sheet}" if sheet else path
            yield from _those(excel.pieces(path, sheet, skipped, ruleset), name, number)
        case _:
            yield from yaml.pieces(path)


def _those(records: Iterator[Piece], path: str, number: str) -> Iterator[Piece]:
    """All records, or the one of a number and what is wrong with the whole file."""
    if not number:
        yield from records
        return
    numbers = []
    for piece in records:
        if piece.record:
            numbers.append(piece.record)
        if not piece.record or str(piece.record) == number:
            yield piece
    if numbers and number not in map(str, numbers):
        listed = f"{numbers[0]}～{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
        listed_en = listed.replace("～", "-")
        yield fault(path, 0, finding("HJ081", Location(path), path=path, part=number, listed=Text(listed, listed_en)))


def document(piece: Piece) -> Document:
    """The nodes of one record."""
    match piece.kind:
        case "fault":
            return Document(None, faults(piece))
        case "jsonl":
            return jsonl.document(piece)
        case "csv" | "excel":
            return columns.document(piece)
        case _:
            return yaml.document(piece)


def settle(made: Document, piece: Piece, ruleset: Ruleset) -> Document:
    """The nodes with every name as the ruleset has it, once it is known which ruleset counts."""
    return columns.settle(piece, ruleset) if piece.kind in ("csv", "excel") else made


def located(findings: tuple[Finding, ...], piece: Piece) -> tuple[Finding, ...]:
    """The findings about a record; of a spreadsheet each at its cell."""
    if not isinstance(piece.payload, Client):
        return findings
    from hojo_cli.batch.intake import excel

    return excel.located(findings, piece)


def is_ruleset(made: Document, piece: Piece) -> bool:
    """Whether a whole file is no applicant but a ruleset. A stray `hojo:` alone must not hide an applicant."""
    return made.root is not None and piece.record == 0 and made.root.entries.keys() >= _RULESET
