"""How wide text stands in a terminal, and how it is folded: East-Asian widths, and breaks where Japanese allows them.

Widths are counted in cells: 1 for `a`, 2 for `あ`, 0 for a combining mark. What Unicode calls ambiguous (`○`, `─`) takes 1 or 2,
as the terminal has it. The tables are those of the interpreter: loading rich for them would cost more than all the drawing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final
from unicodedata import category, east_asian_width

_EMOJI_STYLE: Final = "\ufe0f"
_SKIN: Final = range(0x1F3FB, 0x1F400)
_JOINING_JAMO: Final = range(0x1160, 0x1200)


def cells(text: str, ambiguous: int = 1) -> int:
    """Cells across that `text` takes."""
    if text.isascii():
        return len(text)
    total = before = 0
    for character in text:
        width = _cell(character, ambiguous)
        if character == _EMOJI_STYLE:
            width = 1 if before == 1 else 0
        elif before == 2 and ord(character) in _SKIN:
            width = 0
        total += width
        before = width or before
    return total


@cache
def _cell(character: str, ambiguous: int) -> int:
    if category(character) in ("Mn", "Me", "Cf") or ord(character) in _JOINING_JAMO:
        return 0
    width = east_asian_width(character)
    return 2 if width in "WF" else ambiguous if width == "A" else 1


def pad(text: str, width: int, *, right: bool = False, ambiguous: int = 1) -> str:
    """`text` filled with spaces to `width` cells; an amount stands to the right."""
    space = " " * (width - cells(text, ambiguous))
    return space + text if right else text + space


# --- folding -----------------------------------------------------------------------------------------------------------

_NOT_FIRST: Final = frozenset("、。，．,.・：；:;？！?!）」』】］｝〉》〕)]}ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々〜～％%…")
_NOT_LAST: Final = frozenset("（「『【［｛〈《〔([{")
_UNITS: Final = frozenset("円人名社者件個台か月年万億兆千百種類")


def fold(text: str, width: int, ambiguous: int = 1) -> list[str]:
    """Lines of at most `width` cells. Words and amounts stay whole while they fit; nothing is ever left out but spaces at a break."""
    if cells(text, ambiguous) <= width:
        return [text]
    indent = text[: len(text) - len(text.lstrip())]
    if cells(indent, ambiguous) > width // 2:
        indent = ""
    room = max(width - cells(indent, ambiguous), 2)
    return [indent + line for line in _filled(text.strip(), room, ambiguous)]


def _filled(text: str, room: int, ambiguous: int) -> Iterator[str]:
    line, used = "", 0
    for piece in _pieces(text, ambiguous):
        size = cells(piece, ambiguous)
        if used + size > room and line.strip():
            yield line.rstrip()
            line, used = "", 0
        if piece.isspace() and not line:
            continue
        while size > room:  # longer than a whole line: cut where it is full
            head = _head(piece, room, ambiguous)
            yield head
            piece = piece[len(head) :]
            size = cells(piece, ambiguous)
        line, used = line + piece, used + size
    if line.strip():
        yield line.rstrip()


def _head(text: str, room: int, ambiguous: int) -> str:
    """As much of the beginning as fits; at least one character."""
    end = 1
    while end < len(text) and cells(text[: end + 1], ambiguous) <= room:
        end += 1
    return text[:end]


def _pieces(text: str, ambiguous: int) -> Iterator[str]:
    """What a line is made of: words, spaces, single wide characters with the marks that belong to them."""
    piece = ""
    for character in text:
        if piece and not _together(piece, character, ambiguous):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _together(piece: str, character: str, ambiguous: int) -> bool:
    """Whether no line may end between `piece` and `character`."""
    last = piece[-1]
    if last.isspace() or character.isspace():
        return last.isspace() and character.isspace()
    if character in _NOT_FIRST or last in _NOT_LAST or _cell(character, ambiguous) == 0:
        return True
    if character in _UNITS and (last.isdecimal() or last in _UNITS):
        return any(each.isdecimal() for each in piece)
    if character.isdecimal() and last in _UNITS and any(each.isdecimal() for each in piece):
        return True
    return _narrow(last) and _narrow(character)


def _narrow(character: str) -> bool:
    """A letter of a word: what only breaks at spaces."""
    return character.isascii() or (_cell(character, 1) < 2 and not "\uff61" <= character <= "\uff9f")
