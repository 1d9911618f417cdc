"""One applicant: a file of its own, or a record of a file of many, `list.csv#3`."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from hojo_cli.base.finding import HojoError, Location, Severity
from hojo_cli.document import read_file
from hojo_cli.files.reference import kind, refer
from hojo_cli.messages import finding

if TYPE_CHECKING:
    from hojo_cli.batch.intake.piece import Piece


def one(file: str) -> bytes | Piece:
    """The bytes of an applicant file, or the record that is named; of a file that holds one applicant that one.

    `HojoError` where the file cannot be read, has no such record (HJ081), or has several and none is named (HJ080).
    """
    path = refer(file).path
    if kind(path) == "yaml":  # the usual case loads nothing of what reads tables
        return read_file(file)
    if not os.path.lexists(path):
        raise HojoError(finding("HJ101", Location(path), path=path))
    from hojo_cli.batch import intake
    from hojo_cli.batch.discovery import InputFile
    from hojo_cli.rules import library, ruleset

    pieces = list(intake.pieces(InputFile(file), "", Counter(), ruleset.load(library.years()[0])))
    whole = [piece for piece in pieces if not piece.record]
    records = [piece for piece in pieces if piece.record]
    if whole and not records:
        raise HojoError(*(found for piece in whole for found in intake.document(piece).findings))
    if len(records) > 1:
        first = records[0].record
        raise HojoError(finding("HJ080", Location(path), path=file, count=len(records), first=first))
    beside = (found._replace(severity=Severity.WARNING) for piece in whole for found in intake.document(piece).findings)
    return records[0]._replace(notes=(*records[0].notes, *beside))
