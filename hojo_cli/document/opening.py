"""The bytes of a file named by the user, read once, bounded, and without ever blocking."""

import os
import stat
import sys
from typing import Final

from hojo_cli.base.finding import HojoError, Location, Text
from hojo_cli.document.nodes import APPLICANT
from hojo_cli.messages import finding
from hojo_cli.messages.os_errors import why

_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    # A named pipe without a writer would block open() for ever.
    | getattr(os, "O_NONBLOCK", 0)
)


def read_file(path: str, most: int = APPLICANT.size) -> bytes:
    """The content of a regular file, or of standard input for `-`; at most `most` bytes.

    `HojoError` with one finding (HJ101-HJ105) where it is missing, unreadable, too large, or
    a folder, pipe or device.
    """
    if path == "-":
        try:
            data = sys.stdin.buffer.read(most + 1)
        except (AttributeError, OSError, ValueError):  # closed, or no standard input at all
            raise _error("HJ104", "-", reason=Text("標準入力がありません", "no standard input")) from None
    else:
        try:
            with open(open_file(path), "rb", buffering=0) as opened:
                data = opened.read(most + 1)
                while len(data) <= most and (more := opened.read(most + 1 - len(data))):
                    data += more
        except OSError as problem:
            raise _refusal(path, problem) from None
    if len(data) > most:  # a file may grow while it is read
        raise _error("HJ105", path, most=most)
    return data


def open_file(path: str) -> int:
    """The descriptor of a regular file, open for reading; `HojoError` as in `read_file`."""
    try:
        opened = os.open(path, _FLAGS)
    except (OSError, ValueError) as problem:
        raise _refusal(path, problem) from None
    try:
        mode = os.fstat(opened).st_mode
        if not stat.S_ISREG(mode):
            raise _error("HJ102" if stat.S_ISDIR(mode) else "HJ103", path)
    except BaseException:
        os.close(opened)
        raise
    return opened


def _refusal(path: str, problem: OSError | ValueError) -> HojoError:
    if isinstance(problem, (FileNotFoundError, NotADirectoryError)):
        return _error("HJ101", path)
    if os.path.isdir(path):  # Windows refuses to open a folder at all
        return _error("HJ102", path)
    return _error("HJ104", path, reason=why(problem))


def _error(code: str, path: str, **words: object) -> HojoError:
    return HojoError(finding(code, Location(path), path=path, **words))
