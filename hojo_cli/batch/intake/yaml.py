"""An applicant file: one document, one applicant. It is read where it is checked."""

from __future__ import annotations

from collections.abc import Iterator

from hojo_cli.base.finding import HojoError
from hojo_cli.batch.intake.piece import Piece, fault
from hojo_cli.document import Document, parse, read_file


def pieces(path: str) -> Iterator[Piece]:
    """The file itself; standard input is read here, where it is at hand."""
    try:
        yield Piece(path, "yaml", 0, 1, read_file(path) if path == "-" else None)
    except HojoError as problem:
        yield fault(path, 0, problem.findings[0])


def document(piece: Piece) -> Document:
    """The file's nodes; what keeps it from being read is a finding."""
    try:
        data = piece.payload if isinstance(piece.payload, bytes) else read_file(piece.file)
    except HojoError as problem:
        return Document(None, problem.findings)
    return parse(data, piece.file)
