"""TOML files: what tomllib reads of them, and where a key stands, which it does not say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import TypeAlias

from hojo_cli.base.finding import HojoError, Location
from hojo_cli.base.record import NamedTuple
from hojo_cli.messages import finding

Table: TypeAlias = Mapping[str, object]


class Toml(NamedTuple):
    """A file that could be read: its tables, and its text."""

    file: str
    text: str
    table: Table

    def where(self, *keys: str, value: str = "") -> Location:
        """The place of a key, or of a text in its value.

        tomllib itself is asked: a key stands in the line that has its name, and with which it comes to be known.
        """
        lines = self.text.split("\n")
        key = _word(keys[-1] if keys else "")
        first = 0
        for number in (number for number, line in enumerate(lines) if key.search(line)):
            below = (_knows(lines[: end + 1], keys) for end in range(number, len(lines)))  # its value may go on there
            if _knows(lines[:number], keys) is False and next((known for known in below if known is not None), False):
                first = number
                break
        found = key.search(lines[first])
        column = found.start() if found else 0
        if value:
            for number in range(first, len(lines)):
                found = _word(value).search(lines[number], column + 1 if number == first else 0)
                if found:
                    return Location(self.file, number + 1, found.start() + 1)
        return Location(self.file, first + 1, column + 1)


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")


def load(data: bytes, file: str) -> Toml:
    """`HojoError` (HJ085) where it is not TOML."""
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode().replace("\r\n", "\n")
        return Toml(file, text, _loads(text))
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise HojoError(finding("HJ085", Location(file, line), reason="UTF-8")) from None
    except (ValueError, RecursionError) as problem:
        place = re.search(r" \(at line (\d+), column (\d+)\)$", str(problem))
        line, column = (int(place[1]), int(place[2])) if place else (1, 1)
        if not place and "end of document" in str(problem):
            line = text.rstrip().count("\n") + 1
        reason = str(problem).partition(" (at ")[0] or type(problem).__name__
        raise HojoError(finding("HJ085", Location(file, line, column), reason=reason)) from None


def _loads(text: str) -> Table:
    return tomllib.loads(text, parse_float=str.encode)  # no float is made: bytes are a type that no key takes


def _knows(lines: list[str], keys: tuple[str, ...]) -> bool | None:
    """Whether lines hold a key; None where they end within a value, or are no TOML."""
    try:
        table: object = _loads("\n".join(lines))
    except (ValueError, RecursionError):
        return None
    for key in keys:
        if not isinstance(table, Mapping) or key not in table:
            return False
        table = table[key]
    return True
