"""One applicant of a batch on the way to be read, and the reasons why lines of a file are passed over."""

from __future__ import annotations

from typing import Final

from hojo_cli.base.finding import Finding, Text
from hojo_cli.base.record import NamedTuple

BLANK: Final = Text("空の行", "blank lines")
UNREAD: Final = Text("見出しに誤りのある表の行", "rows below a wrong header")
SAMPLE: Final = Text("見本の行", "rows of a sample")


class Cells(NamedTuple):
    """A row of a table under its header."""

    header: tuple[str, ...]
    row: tuple[str, ...]


class Client(NamedTuple):
    """A row of a spreadsheet, and its rows on the sheet of items, each with its number. `sheets` are the names of both."""

    cells: Cells
    header: tuple[str, ...]
    items: tuple[tuple[int, tuple[str, ...]], ...]
    sheets: tuple[str, str]


class Piece(NamedTuple):
    """One applicant to read: a whole file (`record` 0, nothing in `payload`), or one record of it.

    `payload` is what the kind's `document` needs; for the kind `fault` the findings that take the record's place. `line` is where
    it begins. `notes` are what there is to say of the file, before its first record.
    """

    file: str
    kind: str
    record: int
    line: int
    payload: bytes | Cells | Client | tuple[Finding, ...] | None
    notes: tuple[Finding, ...] = ()

    def alone(self) -> bool:
        """Whether it is a YAML file of its own, which can be rewritten."""
        return self.kind == "yaml" and self.file != "-"

    def heft(self) -> int:
        """Bytes to hand over, about."""
        return len(self.payload) if isinstance(self.payload, bytes) else 1000


def fault(file: str, record: int, *findings: Finding) -> Piece:
    """What stands for a record that could not be read."""
    return Piece(file, "fault", record, findings[0].where.line, findings)


def faults(piece: Piece) -> tuple[Finding, ...]:
    """Why the record of a piece of the kind `fault` could not be read."""
    return tuple(found for found in piece.payload or () if isinstance(found, Finding))
