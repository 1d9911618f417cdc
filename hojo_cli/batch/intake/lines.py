"""Lines of a file read one by one, however large the file; one larger than an applicant file may be is passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from hojo_cli.base.finding import Finding, HojoError, Location, Text
from hojo_cli.document import APPLICANT
from hojo_cli.document.opening import open_file
from hojo_cli.document.recognition import binary, conflict_begins, conflict_ends
from hojo_cli.messages import finding
from hojo_cli.messages.os_errors import why

_TEXT: Final = Text("行ごとに1件を書いたテキスト", "text with one applicant a line")
_BOM: Final = b"\xef\xbb\xbf"
_MARK: Final = 8
"""Bytes that tell a conflict which a merge left behind."""

Line: TypeAlias = "tuple[int, bytes | Finding]"
"""Number (from 1) and bytes of a line with its end; a finding where it is longer than any applicant may be, or a whole conflict."""


def lines(path: str) -> Iterator[Line]:
    """The lines of a file; a BOM at the start is taken off. `HojoError` where the file cannot be read (any further)."""
    inside_conflict = False
    with open(open_file(path), "rb") as opened:
        number = 0
        while line := _line(opened.readline, path):
            number += 1
            line = line.removeprefix(_BOM) if number == 1 else line
            if number == 1 and (sort := binary(line)):
                raise HojoError(finding("HJ171", Location(path), **sort.words(path, _TEXT)))
            mark = line[:_MARK].decode(errors="replace")
            too_long = len(line) > APPLICANT.size
            while too_long and line and not line.endswith(b"\n"):
                line = _line(opened.readline, path)
            if inside_conflict:
                inside_conflict = not conflict_ends(mark)
            elif conflict_begins(mark):
                inside_conflict = True
                yield number, finding("HJ173", Location(path, number))
            elif too_long:
                yield number, finding("HJ404", Location(path, number), most=APPLICANT.size)
            else:
                yield number, line


def _line(readline: Callable[[int], bytes], path: str) -> bytes:
    try:
        return readline(APPLICANT.size + 1)
    except OSError as problem:
        raise HojoError(finding("HJ104", Location(path), path=path, reason=why(problem))) from None
