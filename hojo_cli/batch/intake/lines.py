"""Lines of a file read one by one, however large the file; a line larger than an applicant file may be is passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from hojo_cli.base.finding import Finding, HojoError, Location, Text
from hojo_cli.document import APPLICANT
from hojo_cli.document.opening import open_file
from hojo_cli.document.recognition import binary
from hojo_cli.files.os_errors import why
from hojo_cli.messages import finding

_TEXT: Final = Text("行ごとに1件を書いたテキスト", "text with one applicant a line")
_BOM: Final = b"\xef\xbb\xbf"


Line: TypeAlias = "tuple[int, bytes | None]"
"""Number (from 1) and bytes of a line with its end; None where it is longer than any applicant may be."""


def lines(path: str) -> Iterator[Line]:
    """The lines of a file; a BOM at the start is taken off. `HojoError` where the file cannot be read (any further)."""
    with open(open_file(path), "rb") as opened:
        number = 0
        while line := _line(opened.readline, path):
            number += 1
            if number == 1 and (sort := binary(line)):
                raise HojoError(finding("HJ171", Location(path), **sort.words(path, _TEXT)))
            if len(line) > APPLICANT.size:
                _pass_over(line, opened.readline, path)
                yield number, None
            else:
                yield number, line.removeprefix(_BOM) if number == 1 else line


def too_long(path: str, number: int) -> Finding:
    """What is said about a line that is None."""
    return finding("HJ404", Location(path, number), most=APPLICANT.size)


def _pass_over(line: bytes, readline: Callable[[int], bytes], path: str) -> None:
    """To the end of the line, piece by piece."""
    while line and not line.endswith(b"\n"):
        line = _line(readline, path)


def _line(readline: Callable[[int], bytes], path: str) -> bytes:
    try:
        return readline(APPLICANT.size + 1)
    except OSError as problem:
        raise HojoError(finding("HJ104", Location(path), path=path, reason=why(problem))) from None
