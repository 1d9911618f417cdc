"""Lines of a file read one by one, however large the file; no line larger than an applicant file may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from hojo_cli.catalogue import finding
from hojo_cli.document import APPLICANT
from hojo_cli.document.opening import open_file
from hojo_cli.finding import HojoError, Location
from hojo_cli.refusal import why

_BOM: Final = b"\xef\xbb\xbf"


def lines(path: str) -> Iterator[tuple[int, bytes]]:
    """Number (from 1) and bytes of each line, with its end; a BOM at the start is taken off.

    `HojoError` where the file cannot be read, or at a line that is too long: nothing after it can be read either.
    """
    with open(open_file(path), "rb") as opened:
        number = 0
        while line := _line(opened.readline, path):
            number += 1
            if len(line) > APPLICANT.size:
                raise HojoError(finding("HJ404", Location(path, number), most=APPLICANT.size))
            yield number, line.removeprefix(_BOM) if number == 1 else line


def _line(readline: Callable[[int], bytes], path: str) -> bytes:
    try:
        return readline(APPLICANT.size + 1)
    except OSError as problem:
        raise HojoError(finding("HJ104", Location(path), path=path, reason=why(problem))) from None
