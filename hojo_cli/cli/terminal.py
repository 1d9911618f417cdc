"""The terminal hojo speaks to: its language, its width, its colours, and how wide it draws what Unicode calls ambiguous."""

import os
import sys
from collections.abc import Sequence
from typing import Literal, TextIO, TypeAlias

from hojo_cli.files import streams
from hojo_cli.formats.drawing.screen import Screen

Language: TypeAlias = Literal["ja", "en"]
AmbiguousWidth: TypeAlias = Literal["narrow", "wide"]

_DEFAULT_WIDTH = 80


def language(arguments: Sequence[str] = ()) -> Language:
    """`--lang` among the arguments, else the language of the locale, else Japanese.

    A mistake in the command line is told in it, so it is needed before typer has read anything.
    """
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments):
            return _spoken(arguments[position + 1])
        if argument.startswith("--lang="):
            return _spoken(argument.partition("=")[2])
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return _spoken(locale[:2])


def _spoken(name: str) -> Language:
    return "en" if name == "en" else "ja"


def screen(path: str, lang: str, color: bool | None, ambiguous: AmbiguousWidth | None) -> Screen:
    """Where a drawing for `path` (empty or `-`: standard output) will be seen.

    Colours are used where a person looks, unless `color` or the environment says otherwise.
    """
    path = "" if path == "-" else path
    terminal = not path and sys.stdout is not None and sys.stdout.isatty()
    wanted = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    if os.environ.get("FORCE_COLOR") and not os.environ.get("NO_COLOR") and not path:
        wanted = True
    cells = 2 if ambiguous_width(ambiguous) == "wide" or not (path or draws_lines(sys.stdout)) else 1
    return Screen(
        streams.columns(sys.__stdout__) or _DEFAULT_WIDTH, wanted if color is None else color, lang, cells, terminal
    )


def ambiguous_width(said: AmbiguousWidth | None = None) -> AmbiguousWidth:
    """What the command line said, else the environment; most terminals are narrow."""
    return said or ("wide" if os.environ.get("HOJO_AMBIGUOUS_WIDTH") == "2" else "narrow")


def draws_lines(stream: TextIO | None) -> bool:
    """Whether the stream can show the lines of boxes at all."""
    try:
        "─└".encode(getattr(stream, "encoding", None) or "utf-8")
    except (LookupError, UnicodeError):
        return False
    return True
