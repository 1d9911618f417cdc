"""Files of applicants, one kind a module: `pieces` cuts a file into records, `document` makes nodes of one record.

Cutting is cheap and happens in the process that keeps the order; making nodes happens where the record is checked.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.batch.discovery import InputFile
from hojo_cli.batch.intake import columns, csv, jsonl, yaml
from hojo_cli.batch.intake.piece import Piece, fault, faults
from hojo_cli.document import Document
from hojo_cli.rules.declared import Ruleset

_KINDS: Final = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv"}
_RULESET: Final = frozenset(("hojo", "program", "frames"))


def kind(path: str) -> str:
    """How a file is read, by the end of its name: `jsonl`, `csv`, or `yaml` for any other."""
    return _KINDS.get(os.path.splitext(path)[1].lower(), "yaml")


def pieces(source: InputFile, encoding: str, skipped: Counter[Text], ruleset: Ruleset) -> Iterator[Piece]:
    """The records of a file, at least one. Blank lines are counted in `skipped`. `ruleset` tells what a table's header means."""
    if source.fault is not None:
        yield fault(source.path, 0, source.fault)
        return
    match kind(source.path):
        case "jsonl":
            yield from jsonl.pieces(source.path, skipped)
        case "csv":
            yield from csv.pieces(source.path, encoding, skipped, ruleset)
        case _:
            yield from yaml.pieces(source.path)


def document(piece: Piece) -> Document:
    """The nodes of one record."""
    match piece.kind:
        case "fault":
            return Document(None, faults(piece))
        case "jsonl":
            return jsonl.document(piece)
        case "csv":
            return columns.document(piece)
        case _:
            return yaml.document(piece)


def settle(made: Document, piece: Piece, ruleset: Ruleset) -> Document:
    """The nodes with every name as the ruleset has it, once it is known which ruleset counts."""
    return columns.settle(piece, ruleset) if piece.kind == "csv" else made


def is_ruleset(made: Document, piece: Piece) -> bool:
    """Whether a whole file is no applicant but a ruleset. A stray `hojo:` alone must not hide an applicant."""
    return made.root is not None and piece.record == 0 and made.root.entries.keys() >= _RULESET
