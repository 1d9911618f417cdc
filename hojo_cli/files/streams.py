"""The ends that touch the world: files, standard output that is not lost in silence, findings on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from hojo_cli.base.finding import SEVERITIES, THE_CALL, Finding, HojoError
from hojo_cli.base.sanitize import for_ci_log, for_terminal
from hojo_cli.files.atomic_file import replace_file
from hojo_cli.messages import finding
from hojo_cli.messages.os_errors import CLOSED, why

if TYPE_CHECKING:
    from typing import Any, TextIO  # None is no stream to the type checker, but to Python it may be


def prepare() -> None:
    """Characters a terminal cannot show become `?`; nothing crashes because of an old code page."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


PAGES: Final = ("table", "tree", "markdown")
"""Formats for people, in the code page of standard output. Programs read any other, and they expect UTF-8 whatever it is."""


def write(drawing: str | bytes, path: str, format: str) -> None:
    """To the file, whole or not at all; to standard output for `-` and where no file is named."""
    if path and path != "-":
        replace_file(path, drawing.encode("utf-8") if isinstance(drawing, str) else drawing)
    else:
        print_out(drawing, format)


def print_out(drawing: str | bytes, format: str) -> None:
    """To standard output. A reader who went away is no error; a full disk or a closed stream is."""
    if sys.stdout is None:
        raise HojoError(finding("HJ011", THE_CALL, reason=CLOSED))
    try:
        put(drawing, format)
    except BrokenPipeError:
        abandon_output()
    except (OSError, ValueError) as problem:
        abandon_output()
        raise HojoError(finding("HJ011", THE_CALL, reason=why(problem))) from None


def put(drawing: str | bytes, format: str) -> None:
    """A piece of a format on its way out at once: the one place where text for standard output becomes bytes."""
    raw = None if format in PAGES else getattr(sys.stdout, "buffer", None)
    if raw is None:
        assert isinstance(drawing, str)  # pages are
        sys.stdout.write(drawing)
        sys.stdout.flush()
        return
    if isinstance(drawing, str):  # UTF-8 for programs
        import codecs

        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        if not drawing.isascii() and codecs.lookup(encoding).name != "utf-8":
            # a terminal with another code page is served too where the format can say all in ASCII: `\uXXXX`, `&#NNNN;`
            if format in _JSON:
                import json
                import re

                drawing = re.sub("[^\x00-\x7f]+", lambda match: json.dumps(match.group())[1:-1], drawing)
            elif format in _XML:
                drawing = drawing.encode("ascii", "xmlcharrefreplace").decode()
        drawing = drawing.encode(errors="backslashreplace")
    sys.stdout.flush()
    raw.write(drawing)
    sys.stdout.flush()


_JSON: Final = ("json", "jsonl", "gitlab", "sarif")
_XML: Final = ("junit", "svg", "html")


def abandon_output() -> None:
    """Let the interpreter's own last flush of standard output go nowhere."""
    sys.stdout = _abandoned(sys.stdout)


def _abandoned(stream: TextIO) -> TextIO | Any:
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError, AttributeError):
        return None
    return stream


def last_words(findings: Sequence[Finding], lang: str) -> None:
    """`complain`, when hojo was asked to stop: a reader who does not read cannot hold it up for more than a second."""
    import signal

    def late(_number: int, _frame: object) -> None:
        raise TimeoutError

    abandon_output()
    try:
        for heard in (signal.SIGINT, signal.SIGTERM):
            signal.signal(heard, signal.SIG_IGN)
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, late)
            signal.setitimer(signal.ITIMER_REAL, 1)
    except ValueError:  # not in the main thread
        pass
    complain(findings, lang)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)


def complain(findings: Sequence[Finding], lang: str) -> None:
    """Findings on standard error: place, severity, code, sentence, and the hint below it. Folded where a person reads them."""
    if not findings:
        return
    from hojo_cli.base.width import hanging

    width = columns(sys.stderr) if sys.stderr is not None and sys.stderr.isatty() else None
    for found in findings:
        place = "hojo" if found.where == THE_CALL else for_terminal(str(found.where))
        head = f"{place}: {SEVERITIES[found.severity].into(lang)} {found.code} {found.message.into(lang)}"
        hint = found.hint.into(lang).strip()
        lines = hanging(head, "", width) + (hanging(hint, "    ", width) if hint else [])
        say("\n".join(lines))


def columns(stream: TextIO | None) -> int | None:
    """Cells across a stream. `COLUMNS` wins; None where nothing says it: no terminal, no stream at all.

    `shutil.get_terminal_size` knows this too, but loads three compressors.
    """
    said = os.environ.get("COLUMNS", "")
    if said.isascii() and said.isdecimal() and int(said):
        return int(said)
    try:
        return None if stream is None else os.get_terminal_size(stream.fileno()).columns or None
    except (AttributeError, OSError, ValueError):
        return None


def say(text: str) -> None:
    """Lines on standard error, if there is one; none of them is a command to a CI runner."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write("\n".join(map(for_ci_log, text.split("\n"))) + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.stderr = _abandoned(sys.stderr)
