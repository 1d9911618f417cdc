"""The ends that touch the world: files, standard output that is not lost in silence, findings on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from hojo_cli.catalogue import finding
from hojo_cli.finding import Finding, HojoError, Location
from hojo_cli.refusal import CLOSED, why
from hojo_cli.visible import visible
from hojo_cli.whole import replace_file

if TYPE_CHECKING:
    from typing import Any, TextIO  # None is no stream to the type checker, but to Python it may be


def prepare() -> None:
    """Characters a terminal cannot show become `?`; nothing crashes because of an old code page."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def write(text: str, path: str) -> None:
    """To the file, whole or not at all; to standard output where no file is named."""
    if path:
        replace_file(path, text.encode("utf-8"))
    else:
        print_out(text)


def print_out(text: str) -> None:
    """To standard output. A reader who went away is no error; a full disk or a closed stream is."""
    if sys.stdout is None:
        raise HojoError(finding("HJ011", Location("-"), reason=CLOSED))
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        abandon_output()
    except (OSError, ValueError) as problem:
        abandon_output()
        raise HojoError(finding("HJ011", Location("-"), reason=why(problem))) from None


def spelt(text: str) -> str:
    r"""JSON that standard output can hold: where its code page lacks a character, all beyond ASCII become `\uXXXX`."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (LookupError, UnicodeError):
        import json
        import re

        return re.sub("[^\x00-\x7f]+", lambda match: json.dumps(match.group())[1:-1], text)
    return text


def abandon_output() -> None:
    """Let the interpreter's own last flush of standard output go nowhere."""
    sys.stdout = _abandoned(sys.stdout)


def _abandoned(stream: TextIO) -> TextIO | Any:
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError, AttributeError):
        return None
    return stream


def last_words(findings: Iterable[Finding], lang: str) -> None:
    """`complain`, when hojo was asked to stop: a reader who does not read cannot hold it up for more than a second."""
    import signal

    abandon_output()
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is heard already
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, _late)
            signal.setitimer(signal.ITIMER_REAL, 1)
    except ValueError:  # not in the main thread
        pass
    complain(findings, lang)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)


def _late(_number: int, _frame: object) -> None:
    raise TimeoutError


def complain(findings: Iterable[Finding], lang: str) -> None:
    """Findings on standard error: place, severity, code, sentence, and the hint below it."""
    for found in findings:
        where = found.where
        head = f"{visible(where.file)}:{where.line}:{where.column}: {found.severity} {found.code} {found.message.into(lang)}"
        hint = found.hint.into(lang).strip()
        say(f"{head}\n    {hint}" if hint else head)


def say(line: str) -> None:
    """One line on standard error, if there is one."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.stderr = _abandoned(sys.stderr)
