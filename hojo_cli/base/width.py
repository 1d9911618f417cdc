"""How wide text stands in a terminal, and how it is folded: East-Asian widths, and breaks where Japanese allows them.

Widths are counted in cells: 1 for `a`, 2 for `あ`, 0 for a combining mark. What Unicode calls ambiguous (`○`, `─`) takes 1 or 2,
as the terminal has it. The tables are those of the interpreter: loading rich for them would cost more than all the drawing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from unicodedata import category, east_asian_width

_EMOJI_STYLE: Final = "\ufe0f"
_SKIN: Final = range(0x1F3FB, 0x1F400)
_JOINING_JAMO: Final = range(0x1160, 0x1200)


class _Widths(dict[str, int]):
    """Cells of single characters, worked out when one is first seen."""

    def __init__(self, ambiguous: int) -> None:
        super().__init__({_EMOJI_STYLE: 1})  # what it may add to the character before it
        self.ambiguous = ambiguous

    def __missing__(self, character: str) -> int:
        if category(character) in ("Mn", "Me", "Mc", "Cf") or ord(character) in _JOINING_JAMO:
            width = 0
        else:
            width = {"W": 2, "F": 2, "A": self.ambiguous}.get(east_asian_width(character), 1)
        self[character] = width
        return width


_WIDTHS: Final = {1: _Widths(1), 2: _Widths(2)}


def cells(text: str, ambiguous: int = 1) -> int:
    """Cells across that `text` takes."""
    if text.isascii():
        return len(text)
    if _EMOJI_STYLE in text or ord(max(text)) >= _SKIN.start:
        return _emoji_cells(text, ambiguous)
    return sum(map(_WIDTHS[ambiguous].__getitem__, text))


def _emoji_cells(text: str, ambiguous: int) -> int:
    """With marks that change the character before them."""
    total = before = 0
    for character in text:
        width = _WIDTHS[ambiguous][character]
        if character == _EMOJI_STYLE:
            width = 1 if before == 1 else 0
        elif before == 2 and ord(character) in _SKIN:
            width = 0
        total += width
        before = width or before
    return total


def pad(text: str, width: int, *, right: bool = False, ambiguous: int = 1) -> str:
    """`text` filled with spaces to `width` cells; an amount stands to the right."""
    space = " " * (width - cells(text, ambiguous))
    return space + text if right else text + space


# --- folding -----------------------------------------------------------------------------------------------------------

_NOT_FIRST: Final = frozenset(
    "、。，．,.・：；:;？！?!）」』】］｝〉》〕)]}ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々〜～％%…"
)
_NOT_LAST: Final = frozenset("（「『【［｛〈《〔([{")
_UNITS: Final = "円人名社者件個台か月年万億兆千百種類"


def fold(text: str, width: int, ambiguous: int = 1) -> list[str]:
    """Lines of at most `width` cells. Words and amounts stay whole while they fit; nothing is left out but spaces at a break."""
    if cells(text, ambiguous) <= width:
        return [text]
    indent = text[: len(text) - len(text.lstrip())]
    if cells(indent, ambiguous) > width // 2:
        indent = ""
    room = max(width - cells(indent, ambiguous), 2)
    return [indent + line for line in _filled(text.strip(), room, ambiguous)]


_NARROWEST: Final = 20


def hanging(text: str, indent: str, width: int | None, ambiguous: int = 1) -> list[str]:
    """The text behind an indent; where there is a width, in lines of so many cells, those after the first four further in."""
    if width is None or cells(indent + text, ambiguous) <= width:
        return [indent + text]
    first, *rest = fold(text, max(width - len(indent) - 4, _NARROWEST), ambiguous)
    return [indent + first, *(f"{indent}    {line}" for line in rest)]


def _filled(text: str, room: int, ambiguous: int) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = cut = _reach(text, start, room, ambiguous)
        while start < cut < len(text) and _joined(text, cut, ambiguous):
            cut -= 1
        cut = end if cut == start else cut  # a word longer than a whole line is cut where that is full
        yield text[start:cut].rstrip()
        start = cut + len(text[cut:]) - len(text[cut:].lstrip())


def _reach(text: str, start: int, room: int, ambiguous: int) -> int:
    """Where a line that begins at `start` is full; at least one character on."""
    widths = _WIDTHS[ambiguous]
    for place in range(start, len(text)):
        room -= widths[text[place]]
        if room < 0 and place > start:
            return place
    return len(text)


def _joined(text: str, place: int, ambiguous: int) -> bool:
    """Whether no line may end just before the character at `place`."""
    last, character = text[place - 1], text[place]
    if last.isspace() or character.isspace():
        return False
    if character in _NOT_FIRST or last in _NOT_LAST or character == _EMOJI_STYLE or not _WIDTHS[ambiguous][character]:
        return True
    if character in _UNITS or (last in _UNITS and character.isdecimal()):
        return text[:place].rstrip(_UNITS)[-1:].isdecimal()
    return _narrow(last) and _narrow(character)


def _narrow(character: str) -> bool:
    """A letter of a word: what only breaks at spaces."""
    return character.isascii() or (_WIDTHS[1][character] < 2 and not "\uff61" <= character <= "\uff9f")
