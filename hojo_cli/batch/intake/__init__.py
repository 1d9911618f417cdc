"""Files of applicants, one kind a module: `pieces` cuts a file into records, `document` makes nodes of one record.

Cutting is cheap and happens in the process that keeps the order; making nodes happens where the record is checked.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Final, NamedTuple

from hojo_cli.base.finding import Finding, Text
from hojo_cli.batch.discovery import Source
from hojo_cli.document import Document
from hojo_cli.rules.nodes import Ruleset

KINDS: Final[Mapping[str, str]] = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv"}
"""The end of a file's name → the module of this folder that reads it; any other file is YAML."""

_RULESET: Final = frozenset(("hojo", "program", "frames"))

BLANK: Final = Text("空の行", "blank lines")
UNREAD: Final = Text("見出しに誤りのある表の行", "rows below a wrong header")


class Cells(NamedTuple):
    """A row of a table under its header."""

    header: tuple[str, ...]
    row: tuple[str, ...]


class Piece(NamedTuple):
    """One applicant to read: a whole file (`record` 0, nothing in `payload`), or one record of it.

    `payload` is what the kind's `document` needs; for the kind `fault` the findings that take the record's place. `line` is where
    it begins.
    """

    file: str
    kind: str
    record: int
    line: int
    payload: bytes | Cells | tuple[Finding, ...] | None

    def alone(self) -> bool:
        """Whether it is a YAML file of its own, which can be rewritten."""
        return self.kind == "yaml" and self.file != "-"

    def heft(self) -> int:
        """Bytes to hand over, about."""
        return len(self.payload) if isinstance(self.payload, bytes) else 1000


def kind(path: str) -> str:
    """The module that reads a file of this name."""
    return KINDS.get(os.path.splitext(path)[1].lower(), "yaml")


def pieces(source: Source, encoding: str, skipped: Counter[Text], ruleset: Ruleset) -> Iterator[Piece]:
    """The records of a file, at least one. Blank lines are counted in `skipped`. `ruleset` tells what a table's header means."""
    if source.fault is not None:
        yield fault(source.path, 0, source.fault)
        return
    found: Iterator[Piece] = import_module(f"hojo_cli.batch.intake.{kind(source.path)}").pieces(
        source.path, encoding, skipped, ruleset
    )
    yield from found


def document(piece: Piece) -> Document:
    """The nodes of one record."""
    if piece.kind == "fault":
        return Document(None, faults(piece))
    made: Document = import_module(f"hojo_cli.batch.intake.{piece.kind}").document(piece)
    return made


def settle(made: Document, piece: Piece, ruleset: Ruleset) -> Document:
    """The nodes with every name as the ruleset has it, once it is known which ruleset counts."""
    if piece.kind != "csv":
        return made
    from hojo_cli.batch.intake import csv

    return csv.settle(piece, ruleset)


def is_ruleset(made: Document, piece: Piece) -> bool:
    """Whether a whole file is no applicant but a ruleset. A stray `hojo:` alone must not hide an applicant."""
    return made.root is not None and piece.record == 0 and made.root.entries.keys() >= _RULESET


def fault(file: str, record: int, *found: Finding) -> Piece:
    """What stands for a record that could not be read."""
    return Piece(file, "fault", record, found[0].where.line, found)


def faults(piece: Piece) -> tuple[Finding, ...]:
    """Why the record of a piece of the kind `fault` could not be read."""
    return tuple(found for found in piece.payload or () if isinstance(found, Finding))
