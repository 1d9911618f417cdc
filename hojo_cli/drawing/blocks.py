"""A page drawn for a terminal: plain lines of bounded width, with colours only where they are wanted.

Every text passes `visible` and nothing in it is markup. Text folds, amounts never do: a grid whose columns do not fit is written
row by row as `label: value`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, assert_never

from hojo_cli.base.finding import Text
from hojo_cli.base.sanitize import visible
from hojo_cli.base.width import cells, fold, pad
from hojo_cli.report import Block, Bullets, Explained, Grid, Heading, Outline, Paragraph

STYLES: Final = {"strong": "1", "good": "1;32", "bad": "31", "warn": "33", "faint": "2", "head": "1;4", "title": "1"}
"""Tones as SGR codes; `plain` has none."""

WIDEST: Final = 100
"""Cells after which running text folds, however wide the screen is."""

NARROWEST: Final = 20
GAP: Final = 2
LEAST_TEXT: Final = 12
"""Cells below which a column of text is no longer pleasant to read."""


class Guides(NamedTuple):
    """What lines and trees are drawn with."""

    rule: str
    tee: str
    corner: str
    bar: str
    blank: str


LINES: Final = Guides("─", "├─ ", "└─ ", "│  ", "   ")
ASCII: Final = Guides("-", "|- ", "`- ", "|  ", "   ")
"""Where box lines would stand two cells wide, or cannot be shown."""


class Pen:
    """How wide, in which language, with or without colours. `ambiguous` is the cells of an ambiguous character."""

    def __init__(self, width: int, color: bool, lang: str, ambiguous: int = 1) -> None:
        self.width = max(width, NARROWEST)
        self.color = color
        self.lang = lang
        self.ambiguous = ambiguous
        self.guides = LINES if ambiguous == 1 else ASCII

    def text(self, text: Text) -> str:
        """Safe to print."""
        return visible(text.into(self.lang))

    def cells(self, text: str) -> int:
        return cells(text, self.ambiguous)

    def fold(self, text: str, width: int) -> list[str]:
        return fold(text, width, self.ambiguous)

    def pad(self, text: str, width: int, *, right: bool = False) -> str:
        return pad(text, width, right=right, ambiguous=self.ambiguous)

    def style(self, line: str, tone: str) -> str:
        """The line in its tone, without colours as it is."""
        line = line.rstrip()
        return f"\x1b[{STYLES[tone]}m{line}\x1b[0m" if self.color and line and tone in STYLES else line


def draw(blocks: Iterable[Block], pen: Pen) -> str:
    """All blocks below each other, ending in a newline."""
    lines: list[str] = []
    for block in blocks:
        lines += _block(block, pen, first=not lines)
    return "\n".join(lines) + "\n"


def _block(block: Block, pen: Pen, *, first: bool) -> Iterator[str]:
    match block:
        case Heading():
            yield from _heading(block, pen, first=first)
        case Paragraph(text, tone):
            for line in pen.fold(pen.text(text), min(pen.width, WIDEST)):
                yield pen.style(line, tone)
        case Grid():
            yield from _grid(block, pen)
        case Bullets():
            yield from _bullets(block, pen)
        case Outline(root):
            yield from outline(root, pen)
        case _:
            assert_never(block)


def _heading(heading: Heading, pen: Pen, *, first: bool) -> Iterator[str]:
    """The page's title stands alone; a section's is set into a rule; a smaller one is plain."""
    text = pen.text(heading.text)
    if not first:
        yield ""
    if heading.level == 1:
        yield from (pen.style(line, "title") for line in pen.fold(text, pen.width))
        yield pen.style(pen.guides.rule * (min(pen.width, WIDEST) // pen.cells(pen.guides.rule)), "faint")
        return
    lead = pen.guides.rule * 2 + " " if heading.level == 2 else ""
    room = pen.width - pen.cells(lead)
    for line in pen.fold(text, room):
        yield pen.style(lead + line, "title")
        lead = " " * pen.cells(lead)


def _bullets(bullets: Bullets, pen: Pen) -> Iterator[str]:
    """A list with a hanging indent; `[1]` numbers the entries as footnotes are."""
    for place, item in enumerate(bullets.items, 1):
        mark = f"[{place}] " if bullets.mark == "[1]" else f"{bullets.mark} "
        yield from _hanging(mark, pen.text(item), pen, bullets.tone)


def _hanging(mark: str, text: str, pen: Pen, tone: str = "plain") -> Iterator[str]:
    indent = pen.cells(mark)
    for line in pen.fold(text, min(pen.width, WIDEST) - indent):
        yield pen.style(mark + line, tone)
        mark = " " * indent


# --- grids -------------------------------------------------------------------------------------------------------------


class _Column(NamedTuple):
    """A column in one language: its cells from the top, and how wide they are."""

    label: str
    amount: bool
    values: tuple[str, ...]
    natural: int

    @property
    def least(self) -> int:
        """The width it cannot do without."""
        return self.natural if self.amount else min(self.natural, LEAST_TEXT)


def _columns(grid: Grid, pen: Pen) -> list[_Column]:
    """Columns that hold anything."""
    found = []
    for place, column in enumerate(grid.columns):
        label = pen.text(column.label)
        values = tuple(pen.text(row[place]) for row in grid.rows)
        if any(values):
            found.append(_Column(label, column.amount, values, max(map(pen.cells, (label, *values)))))
    return found


def _grid(grid: Grid, pen: Pen) -> Iterator[str]:
    columns = _columns(grid, pen)
    if not columns:
        return
    tones = grid.tones or ("plain",) * len(grid.rows)
    room = pen.width - GAP * (len(columns) - 1)
    if sum(column.least for column in columns) > room:
        yield from _records(columns, tones, pen)
        return
    widths = _widths(columns, room)
    rule = pen.cells(pen.guides.rule)
    if any(column.label for column in columns):
        yield from _row([column.label for column in columns], columns, widths, pen, "strong")
        yield pen.style(
            (" " * GAP).join(pen.pad(pen.guides.rule * (width // rule), width) for width in widths), "faint"
        )
    for place, tone in enumerate(tones):
        yield from _row([column.values[place] for column in columns], columns, widths, pen, tone)


def _widths(columns: Sequence[_Column], room: int) -> list[int]:
    """What each column gets: amounts all they need; text shares the rest, the narrow ones first."""
    room -= sum(column.natural for column in columns if column.amount)
    widths = [column.natural for column in columns]
    pending = sorted(
        (place for place, column in enumerate(columns) if not column.amount), key=lambda place: widths[place]
    )
    while pending:
        share = room // len(pending)
        place = pending.pop(0)
        widths[place] = min(widths[place], max(share, columns[place].least))
        room -= widths[place]
    return widths


def _row(texts: Sequence[str], columns: Sequence[_Column], widths: Sequence[int], pen: Pen, tone: str) -> Iterator[str]:
    folded = [pen.fold(text, width) for text, width in zip(texts, widths, strict=True)]
    for place in range(max(map(len, folded))):
        parts = [
            pen.pad(lines[place] if place < len(lines) else "", width, right=column.amount)
            for lines, width, column in zip(folded, widths, columns, strict=True)
        ]
        yield pen.style((" " * GAP).join(parts), tone)


def _records(columns: Sequence[_Column], tones: Sequence[str], pen: Pen) -> Iterator[str]:
    """Each row as lines of `label: value`, the first of them as the row's name."""
    names, others = (columns[:1], columns[1:]) if columns[0].label or len(columns) == 1 else (columns[:2], columns[2:])
    for place, tone in enumerate(tones):
        name = " ".join(filter(None, (column.values[place] for column in names))) or "-"
        indent = " " * (len(name) - len(name.lstrip()) + 2)
        yield from (pen.style(line, tone if tone != "plain" else "strong") for line in pen.fold(name, pen.width))
        for column in others:
            if column.values[place]:
                label = f"{indent}{column.label}: " if column.label else indent
                yield from _entry(label, column.values[place], pen, tone)


def _entry(label: str, value: str, pen: Pen, tone: str) -> Iterator[str]:
    """Beside its label where there is room, else below it."""
    room = pen.width - pen.cells(label)
    if pen.cells(value) <= room or room >= pen.width // 2:
        yield from (pen.style(line, tone) for line in _beside(label, pen.fold(value, room), pen))
    else:
        yield from (pen.style(line, tone) for line in pen.fold(label.rstrip(), pen.width))
        yield from (pen.style(f"    {line}", tone) for line in pen.fold(value, pen.width - 4))


def _beside(label: str, lines: Iterable[str], pen: Pen) -> Iterator[str]:
    for line in lines:
        yield label + line
        label = " " * pen.cells(label)


# --- trees -------------------------------------------------------------------------------------------------------------


def outline(root: Explained, pen: Pen) -> Iterator[str]:
    """A derivation, each node below the one it explains."""
    yield from _node(root, "", "", pen)


def _node(node: Explained, lead: str, below: str, pen: Pen) -> Iterator[str]:
    label, value = pen.text(node.label), pen.text(node.value)
    room = max(pen.width - pen.cells(lead), NARROWEST // 2)
    for place, line in enumerate(pen.fold(f"{label}: {value}" if value else label, room)):
        yield (below if place else lead) + line
    for place, part in enumerate(node.parts, 1):
        last = place == len(node.parts)
        yield from _node(
            part,
            below + (pen.guides.corner if last else pen.guides.tee),
            below + (pen.guides.blank if last else pen.guides.bar),
            pen,
        )
