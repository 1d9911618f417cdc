"""What most likely went wrong where YAML stopped making sense, in the user's words."""

import re
from collections.abc import Callable, Container
from typing import Any, Final, NamedTuple, TypeAlias

from hojo_cli.base.finding import Finding
from hojo_cli.document.decoding import name, place
from hojo_cli.document.nodes import Mapping, Scalar, placeholder
from hojo_cli.document.recognition import conflict_begins, conflict_ends
from hojo_cli.messages import finding

Diagnosis: TypeAlias = tuple[str, int, int, dict[str, object]]
"""Code, line and column from 1, words."""

_BREAK: Final = re.compile("\r\n|\r|\n")
_WORD: Final = "([^\\s:：#\"'{}\\[\\],&*!|>%@`-][^\\s:：#\"'{}\\[\\],]{0,39})"
_BULLETS: Final = r"\s*(?:- +)*"
_TAB: Final = re.compile(" *(\t)\\s*[^\\s#]")
_WIDE: Final = re.compile("[ \t]*([\u00a0\u2000-\u200a\u202f\u205f\u3000])")
_WIDE_COLON: Final = re.compile(f"{_BULLETS}{_WORD}(：)")
_TIGHT_COLON: Final = re.compile(f"{_BULLETS}{_WORD}(:)[^\\s:/]")
_WIDE_GAP: Final = re.compile(f"{_BULLETS}{_WORD}:([\u00a0\u2000-\u200a\u202f\u205f\u3000])")
_COLONLESS: Final = re.compile("( *(?:- +)*)([A-Za-z_][A-Za-z0-9_-]*)(?: +[^\\s:#][^:]*)?$")
_QUOTE: Final = re.compile(r"""(?:^|[:,\[{-])\s+(?P<open>["'])(?:(?!(?P=open)).)*$""")
_UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_KEY_IN_BRACES: Final = r"[{,]\s*([^\s:：,?{}\[\]\"']{1,40})"
_TIGHT_IN_BRACES: Final = re.compile(_KEY_IN_BRACES + "(:)[^\\s:/,}\\]]")
_WIDE_COMMA: Final = re.compile(_KEY_IN_BRACES + r":\s[^,{}\[\]]*?([、，])\s*[A-Za-z_][A-Za-z0-9_]*\s*[:：]")
_SECOND_COLON: Final = re.compile(_KEY_IN_BRACES + r":\s[^,{}\[\]]*?(:)\s")
_QUOTED: Final = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:''|[^'])*'")
_BRACKET: Final = re.compile(r"[\[\]{}]")
_CLOSING: Final = {"{": "}", "[": "]"}
_RESERVED: Final = "@`%"


class Trouble(NamedTuple):
    """Where the parser gave up: its rows, the place from 0, what it said, where it had begun."""

    rows: list[str]
    line: int
    column: int
    said: str
    began: tuple[int, int] | None

    def near(self, back: int) -> list[int]:
        """The line itself and up to `back` lines with content before it, nearest first."""
        found = [row for row in range(self.line, -1, -1)[:50] if self.rows[row].strip()]
        return found[: back + 1]


def diagnose(text: str, problem: Exception) -> Diagnosis:
    """The finding for an exception of the parser."""
    if hasattr(problem, "character") and (found := _UNPRINTABLE.search(text)):
        code = "HJ135" if found.group() == "\0" else "HJ136"
        return code, *place(text, found.start()), {"character": name(found.group())}
    trouble = _trouble(text, problem)
    for trap in _TRAPS:
        if diagnosis := trap(trouble):
            return diagnosis
    return "HJ120", trouble.line + 1, trouble.column + 1, {}


def colon_trap(text: str, line: int) -> Diagnosis | None:
    """A key whose colon is full-width or lacks its space, at or just after `line` (from 0)."""
    rows = _BREAK.split(text)
    last = min(line + 1, len(rows) - 1)
    return _colon(Trouble(rows, last, 0, "", None))


def misread(node: Scalar, known: Container[str]) -> Diagnosis | None:
    """Why a text stands where a mapping should: its colon is full-width, lacks its space or is missing after a `known` key."""
    if not node.plain:
        return None
    if found := _colon_in(node.text):
        code, column, words = found
        return code, node.line, node.column + column, words
    key, _, value = node.text.partition(" ")
    return ("HJ139", node.line, node.column, {"key": key}) if value and key in known else None


def misplaced(inside: Mapping, key: str) -> Diagnosis | None:
    """Why an unknown key came to be: its colon is full-width, or a comma inside braces cut a text in two."""
    value = inside.entries[key]
    line, column = inside.keys[key]
    if found := _colon_in(key):
        code, place, words = found
        return code, line, column + place, words
    if not isinstance(value, Scalar) or value.text or not value.plain:
        return None
    names = list(inside.entries)
    before = inside.entries[names[names.index(key) - 1]] if names.index(key) else None
    if isinstance(before, Scalar) and before.plain and before.line == line:
        gap = column - before.column - len(before.text)
        if before.text and 1 <= gap <= 3:  # a comma, and a space or two
            return "HJ175", line, column, {"whole": f"{before.text},{' ' * (gap - 1)}{key}", "key": key}
    return None


def retold(found: Finding, rows: list[str]) -> Finding:
    """A key that is no text is, between two braces, the place that a template should have filled."""
    where = found.where
    if found.code != "HJ115" or not rows[where.line - 1][: where.column].endswith("{{"):
        return found
    return finding("HJ174", where._replace(column=where.column - 1), text=rows[where.line - 1].strip())


def _trouble(text: str, problem: Exception) -> Trouble:
    rows = _BREAK.split(text)
    mark: Any = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    began: Any = getattr(problem, "context_mark", None)
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    # The end of the stream is a line that nobody sees: speak of the last one with content.
    while line >= len(rows) or (line and line == len(rows) - 1 and not rows[line].strip()):
        line, column = line - 1, len(rows[line - 1])
    said = f"{getattr(problem, 'context', '')} {getattr(problem, 'problem', '')}".lower()
    return Trouble(rows, line, column, said, began and (min(began.line, len(rows) - 1), began.column))


def _escape(trouble: Trouble) -> Diagnosis | None:
    if "escape" not in trouble.said:
        return None
    row = trouble.rows[trouble.line]
    column = row.rfind("\\", 0, trouble.column + 1)
    return "HJ128", trouble.line + 1, max(column, 0) + 1, {}


def _tab(trouble: Trouble) -> Diagnosis | None:
    for row in trouble.near(1):
        if found := _TAB.match(trouble.rows[row]):
            return "HJ121", row + 1, found.start(1) + 1, {}
    return None


def _wide_space(trouble: Trouble) -> Diagnosis | None:
    for row in trouble.near(1):
        if found := _WIDE.match(trouble.rows[row]):
            return "HJ129", row + 1, found.start(1) + 1, {"character": name(found[1])}
    return None


def _quote(trouble: Trouble) -> Diagnosis | None:
    if "quoted scalar" in trouble.said and trouble.began:
        line, column = trouble.began
        return "HJ123", line + 1, column + 1, {}
    for row in trouble.near(3):
        if found := _QUOTE.search(trouble.rows[row]):
            return "HJ123", row + 1, found.start("open") + 1, {}
    return None


def _colon(trouble: Trouble) -> Diagnosis | None:
    for row in trouble.near(2):
        if found := _colon_in(trouble.rows[row]):
            code, column, words = found
            return code, row + 1, column + 1, words
    return None


def _colon_in(row: str) -> tuple[str, int, dict[str, object]] | None:
    """What is wrong with the colon after the key that a row begins with; code, place from 0, words."""
    for code, pattern in (("HJ122", _WIDE_COLON), ("HJ125", _TIGHT_COLON), ("HJ138", _WIDE_GAP)):
        if found := pattern.match(row):
            words: dict[str, object] = {"key": found[1]}
            return code, found.start(2), words | ({"character": name(found[2])} if code == "HJ138" else {})
    return None


def _colonless(trouble: Trouble) -> Diagnosis | None:
    """A key without its colon: the parser complains at the next one, or at the end."""
    row = None
    if "expected ':'" in trouble.said and trouble.began:
        row = trouble.began[0]
    elif "mapping values" in trouble.said:
        row = _begins_a_block(trouble)
    found = None if row is None else _COLONLESS.match(trouble.rows[row])
    return None if row is None or found is None else ("HJ139", row + 1, found.start(2) + 1, {"key": found[2]})


def _begins_a_block(trouble: Trouble) -> int | None:
    """The row before, if it stands in the column of the key in question and cannot go on with a text begun above it."""
    key, *before = trouble.near(2)
    found = _COLONLESS.match(trouble.rows[before[0]]) if before else None
    if found is None or len(found[1]) != len(trouble.rows[key]) - len(trouble.rows[key].lstrip(" ")):
        return None
    above = trouble.rows[before[1]].partition(" #")[0].rstrip() if len(before) > 1 else ":"
    return before[0] if "-" in found[1] or above.endswith(":") else None


def _conflict(trouble: Trouble) -> Diagnosis | None:
    """A conflict that a merge left in the file."""
    starts = [number for number, row in enumerate(trouble.rows, 1) if conflict_begins(row)]
    return ("HJ173", starts[0], 1, {}) if starts and any(map(conflict_ends, trouble.rows)) else None


def _template(trouble: Trouble) -> Diagnosis | None:
    for row in trouble.near(1):
        text = trouble.rows[row]
        if placeholder(text):
            return "HJ174", row + 1, max(text.find("{{"), text.find("{%"), 0) + 1, {"text": text.strip()}
    return None


def _in_braces(trouble: Trouble) -> Diagnosis | None:
    """A mark that means something else inside braces, in the row where the parser gave up or the one before."""
    for row in trouble.near(1):
        text = _QUOTED.sub(lambda quoted: "_" * len(quoted.group()), trouble.rows[row])
        if not _BRACKET.search(text):
            continue
        for code, pattern in (("HJ125", _TIGHT_IN_BRACES), ("HJ177", _WIDE_COMMA), ("HJ127", _SECOND_COLON)):
            if found := pattern.search(text):
                return code, row + 1, found.start(2) + 1, {"key": found[1], "character": found[2]}
        if "?" in text:
            return "HJ176", row + 1, text.index("?") + 1, {}
    return None


def _bracket(trouble: Trouble) -> Diagnosis | None:
    if "flow" not in trouble.said:
        return None
    line, column = _still_open(trouble) or (0, 0)
    opened = trouble.rows[line][column : column + 1]
    if opened not in _CLOSING:
        return None
    words: dict[str, object] = {"bracket": opened, "close": _CLOSING[opened], "line": trouble.line + 1}
    return "HJ124", line + 1, column + 1, words


def _still_open(trouble: Trouble) -> tuple[int, int] | None:
    """The nearest bracket before the trouble that nothing closes (brackets in quotes count too)."""
    closed = 0
    for row in range(trouble.line, max(trouble.line - 100, -1), -1):
        text = trouble.rows[row][: trouble.column] if row == trouble.line else trouble.rows[row]
        for found in reversed([*_BRACKET.finditer(text)]):
            closed += 1 if found.group() in "]}" else -1
            if closed < 0:
                return row, found.start()
    return trouble.began


def _reserved(trouble: Trouble) -> Diagnosis | None:
    character = trouble.rows[trouble.line][trouble.column : trouble.column + 1]
    if "cannot start" not in trouble.said or character not in _RESERVED or not character:
        return None
    return "HJ126", trouble.line + 1, trouble.column + 1, {"character": character}


_SAID: Final[tuple[tuple[str, str, dict[str, object]], ...]] = (
    ("alias", "HJ116", {}),
    ("anchor", "HJ116", {}),
    ("tag", "HJ118", {"tag": "!"}),
    ("directive", "HJ119", {}),
    ("document start", "HJ112", {}),
    ("mapping values", "HJ127", {}),
)


def _said(trouble: Trouble) -> Diagnosis | None:
    for words, code, known in _SAID:
        if words in trouble.said:
            return code, trouble.line + 1, trouble.column + 1, dict(known)
    return None


_TRAPS: Final[tuple[Callable[[Trouble], Diagnosis | None], ...]] = (
    _conflict,
    _template,
    _escape,
    _tab,
    _wide_space,
    _reserved,
    _quote,
    _colon,
    _in_braces,
    _bracket,
    _colonless,
    _said,
)
"""Asked in turn; the first that recognises its own mistake has the word."""
