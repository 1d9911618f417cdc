"""How wide text stands in a terminal, and how it is folded: breaks where Japanese allows them (禁則), amounts and words whole.

Widths are counted in cells as rich counts them, which lays pages out: 1 for `a`, 2 for `あ`, 0 for a combining mark.
What Unicode calls ambiguous (`○`, `─`) takes one cell. For a terminal where it takes two, `widen` puts a filler behind each
such character before anything is measured, and `narrow` takes the fillers out of the finished page.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import east_asian_width

from rich.cells import cell_len, get_character_cell_size

_FILLER: Final = "\uffff"
"""One cell to rich, and no character of any text: `for_terminal` spells it out."""

_EMOJI_STYLE: Final = "\ufe0f"


def widen(text: str) -> str:
    """The text with two cells for each ambiguous character."""

    def widened(match: re.Match[str]) -> str:
        character = match[0]
        ambiguous = east_asian_width(character) == "A" and get_character_cell_size(character) == 1
        return character + _FILLER if ambiguous else character

    return text if text.isascii() else re.sub(f"[^\x00-\x7f](?!{_EMOJI_STYLE})", widened, text)


def narrow(page: str) -> str:
    """The page as it is written to a terminal that makes wide by itself what was widened."""
    return page.replace(_FILLER, "")


# --- folding -----------------------------------------------------------------------------------------------------------

_NOT_FIRST: Final = frozenset(
    "、。，．,.・：；:;？！?!）」』】］｝〉》〕)]}ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々〜～％%…"
    + _EMOJI_STYLE
    + _FILLER
)
_NOT_LAST: Final = frozenset("（「『【［｛〈《〔([{")
_UNITS: Final = "円人名社者件個台か月年万億兆千百種類"
_LONGEST_UNIT: Final = 8
"""Characters of a number's unit, with its last digit: 1億5,000万円."""

_LEAST_ROOM: Final = 20
"""Cells of text on a line that `hanging` keeps, however narrow the terminal is."""


def fold(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells. Words and amounts stay whole while they fit; nothing is left out but spaces at a break."""
    if cell_len(text) <= width:
        return [text]
    indent = text[: len(text) - len(text.lstrip())]
    if cell_len(indent) > width // 2:
        indent = ""
    room = max(width - cell_len(indent), 2)
    text = text.strip()
    lines, start = [], 0
    while start < len(text):
        left = room
        for end in range(start, len(text)):
            left -= 1 if text[end] == _EMOJI_STYLE else get_character_cell_size(text[end])
            if left < 0 and end > start:
                break
        else:
            end = len(text)
        cut = end
        while start < cut < len(text) and _joined(text, cut):
            cut -= 1
        cut = end if cut == start else cut  # a word longer than a whole line is cut where that is full
        lines.append(indent + text[start:cut].rstrip())
        start = cut
        while start < len(text) and text[start].isspace():
            start += 1
    return lines


def hanging(text: str, indent: str, width: int | None) -> list[str]:
    """The text behind an indent; where there is a width, in lines of so many cells, those after the first four further in."""
    if width is None or cell_len(indent + text) <= width:
        return [indent + text]
    first, *rest = fold(text, max(width - len(indent) - 4, _LEAST_ROOM))
    return [indent + first, *(f"{indent}    {line}" for line in rest)]


def _joined(text: str, end: int) -> bool:
    """Whether no line may end just before the character at `end`."""
    last, character = text[end - 1], text[end]
    if last.isspace() or character.isspace():
        return False
    if character in _NOT_FIRST or last in _NOT_LAST or not get_character_cell_size(character):
        return True
    if character in _UNITS or (last in _UNITS and character.isdecimal()):
        return text[max(end - _LONGEST_UNIT, 0) : end].rstrip(_UNITS)[-1:].isdecimal()
    return _breaks_at_spaces(last) and _breaks_at_spaces(character)


def _breaks_at_spaces(character: str) -> bool:
    """A letter of a word; not a character of Japanese, where a line may end at any."""
    return get_character_cell_size(character) < 2 and not "\uff61" <= character <= "\uff9f"
