"""What most likely went wrong where YAML stopped making sense, in the user's words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from hojo_cli.base.record import NamedTuple
from hojo_cli.document.decoding import name, place
from hojo_cli.document.keys import wrong_colon
from hojo_cli.document.nodes import Problem, placeholder
from hojo_cli.document.recognition import conflict_begins, conflict_ends

# Patterns stay text: `re` compiles and keeps them on first use, which start-up does not pay for.
_BREAK: Final = "\r\n|\r|\n"
_INDENTS: Final = (("HJ121", " *(\t)\\s*[^\\s#]"), ("HJ129", "[ \t]*([\u00a0\u2000-\u200a\u202f\u205f\u3000])"))
_COLONLESS: Final = "( *(?:- +)*)([A-Za-z_][A-Za-z0-9_-]*)(?: +[^\\s:#][^:]*)?$"
_QUOTE: Final = r"""(?:^|[:,\[{-])\s+(?P<open>["'])(?:(?!(?P=open)).)*$"""
_UNPRINTABLE: Final = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
_KEY_IN_BRACES: Final = r"[{,]\s*([^\s:：,?{}\[\]\"']{1,40})"
_IN_BRACES: Final = (
    ("HJ125", _KEY_IN_BRACES + "(:)[^\\s:/,}\\]]"),
    ("HJ177", _KEY_IN_BRACES + r":\s[^,{}\[\]]*?([、，])\s*[A-Za-z_][A-Za-z0-9_]*\s*[:：]"),
    ("HJ127", _KEY_IN_BRACES + r":\s[^,{}\[\]]*?(:)\s"),
)
_QUOTED: Final = r"\"(?:\\.|[^\"\\])*\"|'(?:''|[^'])*'"
_BRACKET: Final = r"[\[\]{}]"
_CLOSING: Final = {"{": "}", "[": "]"}


class Trouble(NamedTuple):
    """Where the parser gave up: its rows, the place from 0, what it said, where it had begun."""

    rows: list[str]
    line: int
    column: int
    said: str
    began: tuple[int, int] | None

    def near(self, back: int) -> list[int]:
        """The line itself and up to `back` lines with content before it, nearest first."""
        return [row for row in range(self.line, -1, -1)[:50] if self.rows[row].strip()][: back + 1]

    def problem(self, code: str, line: int, column: int, /, **words: object) -> Problem:
        """A problem at a place that is counted from 0."""
        return Problem(code, (line + 1, column + 1), words)


def diagnose(text: str, error: Exception) -> Problem:
    """The problem behind an exception of the parser."""
    if hasattr(error, "character") and (unprintable := re.search(_UNPRINTABLE, text)):
        code = "HJ135" if unprintable.group() == "\0" else "HJ136"
        return Problem(code, place(text, unprintable.start()), {"character": name(unprintable.group())})
    rows = re.split(_BREAK, text)
    began: Any = getattr(error, "context_mark", None)
    mark: Any = getattr(error, "problem_mark", None) or began
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    # The end of the stream is a line that nobody sees: speak of the last one with content.
    while line >= len(rows) or (line and line == len(rows) - 1 and not rows[line].strip()):
        line, column = line - 1, len(rows[line - 1])
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}".lower()
    trouble = Trouble(rows, line, column, said, began and (min(began.line, len(rows) - 1), began.column))
    for trap in TRAPS:
        if problem := trap(trouble):
            return problem
    return trouble.problem("HJ120", line, column)


def colon_trap(text: str, line: int) -> Problem | None:
    """A key whose colon is full-width or lacks its space, at or just after `line` (from 0)."""
    rows = re.split(_BREAK, text)
    return colon(Trouble(rows, min(line + 1, len(rows) - 1), 0, "", None))


# --- traps: each recognises its own mistake ---


def conflict(trouble: Trouble) -> Problem | None:
    """A conflict that a merge left in the file."""
    starts = [number for number, row in enumerate(trouble.rows) if conflict_begins(row)]
    return trouble.problem("HJ173", starts[0], 0) if starts and any(map(conflict_ends, trouble.rows)) else None


def template(trouble: Trouble) -> Problem | None:
    """A place that a template should have filled."""
    for line in trouble.near(1):
        row = trouble.rows[line]
        if placeholder(row):
            return trouble.problem("HJ174", line, max(row.find("{{"), row.find("{%"), 0), text=row.strip())
    return None


def escape(trouble: Trouble) -> Problem | None:
    """An escape that YAML does not know."""
    if "escape" not in trouble.said:
        return None
    return trouble.problem("HJ128", trouble.line, max(trouble.rows[trouble.line].rfind("\\", 0, trouble.column + 1), 0))


def indent(trouble: Trouble) -> Problem | None:
    """A tab that indents, or else a full-width space."""
    for code, pattern in _INDENTS:
        for line in trouble.near(1):
            if match := re.match(pattern, trouble.rows[line]):
                return trouble.problem(code, line, match.start(1), character=name(match[1]))
    return None


def reserved(trouble: Trouble) -> Problem | None:
    """A character that no bare text may begin with."""
    character = trouble.rows[trouble.line][trouble.column : trouble.column + 1]
    if "cannot start" not in trouble.said or not character or character not in "@`%":
        return None
    return trouble.problem("HJ126", trouble.line, trouble.column, character=character)


def quote(trouble: Trouble) -> Problem | None:
    """A quote that nothing closes."""
    if "quoted scalar" in trouble.said and trouble.began:
        return trouble.problem("HJ123", *trouble.began)
    for line in trouble.near(3):
        if match := re.search(_QUOTE, trouble.rows[line]):
            return trouble.problem("HJ123", line, match.start("open"))
    return None


def colon(trouble: Trouble) -> Problem | None:
    """A colon that is full-width or lacks its space."""
    for line in trouble.near(2):
        if problem := wrong_colon(trouble.rows[line], line + 1, 1):
            return problem
    return None


def in_braces(trouble: Trouble) -> Problem | None:
    """A mark that means something else inside braces, in the row where the parser gave up or the one before."""
    for line in trouble.near(1):
        row = re.sub(_QUOTED, lambda quoted: "_" * len(quoted.group()), trouble.rows[line])
        if not re.search(_BRACKET, row):
            continue
        for code, pattern in _IN_BRACES:
            if match := re.search(pattern, row):
                return trouble.problem(code, line, match.start(2), key=match[1], character=match[2])
        if "?" in row:
            return trouble.problem("HJ176", line, row.index("?"))
    return None


def bracket(trouble: Trouble) -> Problem | None:
    """The nearest bracket before the trouble that nothing closes (brackets in quotes count too)."""
    if "flow" not in trouble.said:
        return None
    line, column = trouble.began or (0, 0)
    closed = 0
    before = [
        (row, match)
        for row in range(trouble.line, max(trouble.line - 100, -1), -1)
        for match in reversed(
            [*re.finditer(_BRACKET, trouble.rows[row][: trouble.column if row == trouble.line else None])]
        )
    ]
    for row, match in before:
        closed += 1 if match.group() in "]}" else -1
        if closed < 0:
            line, column = row, match.start()
            break
    opened = trouble.rows[line][column : column + 1]
    if opened not in _CLOSING:
        return None
    return trouble.problem("HJ124", line, column, bracket=opened, close=_CLOSING[opened], line=trouble.line + 1)


def colonless(trouble: Trouble) -> Problem | None:
    """A key without its colon: the parser complains at the next one, or at the end."""
    line = None
    if "expected ':'" in trouble.said and trouble.began:
        line = trouble.began[0]
    elif "mapping values" in trouble.said:
        # The row before, if it stands in the column of the key in question and cannot go on with a text begun above it.
        key, *before = trouble.near(2)
        match = re.match(_COLONLESS, trouble.rows[before[0]]) if before else None
        indent = len(trouble.rows[key]) - len(trouble.rows[key].lstrip(" "))
        above = trouble.rows[before[1]].partition(" #")[0].rstrip() if len(before) > 1 else ":"
        if match and len(match[1]) == indent and ("-" in match[1] or above.endswith(":")):
            line = before[0]
    match = None if line is None else re.match(_COLONLESS, trouble.rows[line])
    return None if line is None or match is None else trouble.problem("HJ139", line, match.start(2), key=match[2])


def said(trouble: Trouble) -> Problem | None:
    """What the parser itself says."""
    for words, code in (
        ("alias", "HJ116"),
        ("anchor", "HJ116"),
        ("tag", "HJ118"),
        ("directive", "HJ119"),
        ("document start", "HJ112"),
        ("mapping values", "HJ127"),
    ):
        if words in trouble.said:
            tag: dict[str, object] = {"tag": "!"} if words == "tag" else {}
            return trouble.problem(code, trouble.line, trouble.column, **tag)
    return None


TRAPS: Final[tuple[Callable[[Trouble], Problem | None], ...]] = (
    conflict,
    template,
    escape,
    indent,
    reserved,
    quote,
    colon,
    in_braces,
    bracket,
    colonless,
    said,
)
"""Asked in turn; the first that recognises its own mistake has the word."""
