"""An applicant file: one document, one applicant. It is read where it is checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hojo_cli.base.finding import HojoError, Text
from hojo_cli.batch.intake import Piece, fault
from hojo_cli.document import Document, parse, read_file
from hojo_cli.rules.nodes import Ruleset


def pieces(path: str, _encoding: str, _skipped: Counter[Text], _ruleset: Ruleset) -> Iterator[Piece]:
    """The file itself; standard input is read here, where it is at hand."""
    if path != "-":
        yield Piece(path, "yaml", 0, 1, None)
        return
    try:
        yield Piece(path, "yaml", 0, 1, read_file(path))
    except HojoError as problem:
        yield fault(path, 0, problem.findings[0])


def document(piece: Piece) -> Document:
    """The file's nodes; what keeps it from being read is a finding."""
    try:
        data = piece.payload if isinstance(piece.payload, bytes) else read_file(piece.file)
    except HojoError as problem:
        return Document(None, problem.findings)
    return parse(data, piece.file)
