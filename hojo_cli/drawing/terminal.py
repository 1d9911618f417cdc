"""A page drawn on a terminal by rich: panels, tables and trees of bounded width, colours only where they are wanted.

Text folds, amounts never do: a grid whose columns do not fit is written row by row as `label: value`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Final, assert_never

from rich.box import ASCII, ROUNDED, Box
from rich.console import Console, Group
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.tree import Tree

from hojo_cli.base.finding import Text
from hojo_cli.base.sanitize import visible
from hojo_cli.base.width import narrow, widen
from hojo_cli.drawing.folded import Folded
from hojo_cli.report import Answer, Block, Bullets, Column, Explained, Grid, Heading, Outline, Paragraph, Row

if TYPE_CHECKING:
    from rich.console import RenderableType

    from hojo_cli.formats import Screen

STYLES: Final = {
    "plain": "",
    "strong": "bold",
    "good": "bold green",
    "bad": "red",
    "warn": "yellow",
    "faint": "dim",
    "added": "green",
    "removed": "red",
    "changed": "yellow",
}
"""Tones in rich's words."""

WIDEST: Final = 100
"""Cells after which running text folds, however wide the screen is."""

NARROWEST: Final = 20
"""Cells a page takes, however narrow the screen is."""

_UNBOUNDED: Final = 100_000
"""Cells that no line reaches: rich cuts what is longer than the screen, and here nothing is cut."""

_RULES: Final = Box("    \n    \n────\n    \n────\n────\n    \n    \n")
_ASCII_RULES: Final = Box("    \n    \n----\n    \n----\n----\n    \n    \n", ascii=True)
_GUIDES: Final = ("   ", "│  ", "├─ ", "└─ ")
_ASCII_GUIDES: Final = ("   ", "|  ", "|- ", "`- ")
_GAP: Final = 2
_TRAILING: Final = re.compile(r"(?: |\x1b\[[0-9;]*m)+$", re.MULTILINE)


def draw(blocks: Iterable[Block], screen: Screen) -> str:
    """All blocks below each other, ending in a newline; nothing where there are none."""
    pen = Pen(screen)
    for block in blocks:
        pen.block(block)
    return pen.page()


class Pen:
    """Draws blocks as wide, in the language and in the colours of a screen.

    Where an ambiguous character takes two cells box lines would too: lines are drawn in ASCII there.
    """

    def __init__(self, screen: Screen) -> None:
        self.width = max(screen.width, NARROWEST)
        self.lang = screen.lang
        self.wide = screen.ambiguous != 1
        self._console = Console(
            file=StringIO(),
            width=_UNBOUNDED,
            height=1,
            color_system="standard" if screen.color else None,
            force_terminal=screen.color,
            force_jupyter=False,
            legacy_windows=False,
            no_color=False,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def page(self) -> str:
        """What is drawn so far, without spaces at the ends of lines."""
        assert isinstance(self._console.file, StringIO)
        drawn = _TRAILING.sub(lambda match: match[0].replace(" ", ""), self._console.file.getvalue())
        return narrow(drawn) if self.wide else drawn

    def text(self, text: Text) -> str:
        """Safe to print, and as wide as the terminal will show it."""
        shown = visible(text.into(self.lang))
        return widen(shown) if self.wide else shown

    def put(self, drawn: RenderableType, width: int) -> None:
        """Below what is there, at most so many cells wide."""
        self._console.print(drawn, width=width, crop=False)

    def block(self, block: Block) -> None:
        """Below what is there."""
        running = min(self.width, WIDEST)
        match block:
            case Answer():
                self.put(self._answer(block), running)
            case Heading(text, level):
                self._heading(self.text(text), level)
            case Paragraph(text, tone):
                self.put(Folded(self.text(text), STYLES[tone]), running)
            case Grid():
                self._grid(block)
            case Bullets(items, mark, tone):
                for number, item in enumerate(items, 1):
                    lead = f"[{number}] " if mark == "[1]" else f"{mark} "
                    self.put(Folded(self.text(item), STYLES[tone], lead), running)
            case Outline(root):
                self.put(self._tree(root, 0), _UNBOUNDED)
            case _:
                assert_never(block)

    def _answer(self, answer: Answer) -> Panel:
        sentences = [Folded(self.text(sentence.text), STYLES[sentence.tone]) for sentence in answer.sentences]
        tone = answer.sentences[0].tone if answer.sentences else "plain"
        return Panel(
            Group(Folded(self.text(answer.title), "bold"), *sentences),
            box=ASCII if self.wide else ROUNDED,
            border_style=STYLES[tone],
        )

    def _heading(self, text: str, level: int) -> None:
        """Apart from what stands above; the title of a section begins with a piece of a rule."""
        if self._console.file.tell():
            self._console.print()
        lead = "" if level != 2 else "-- " if self.wide else "── "
        self.put(Folded(text, "bold", lead), self.width)
        if level == 1:
            self.put(Rule(characters="-" if self.wide else "─", style="dim"), min(self.width, WIDEST))

    # --- grids ---------------------------------------------------------------------------------------------------------

    def _grid(self, grid: Grid) -> None:
        """Columns that hold anything, as a table or, where they do not fit, as records."""
        rows = [row for group in grid.groups for row in group]
        kept = [number for number in range(len(grid.columns)) if any(self.text(row.cells[number]) for row in rows)]
        columns = [grid.columns[number] for number in kept]
        heads = [Folded(self.text(column.label), "bold") for column in columns]
        groups = [
            [
                (
                    [Folded(self.text(row.cells[number]), amount=grid.columns[number].amount) for number in kept],
                    row.tone,
                )
                for row in group
            ]
            for group in grid.groups
        ]
        cells = [heads, *(cells for group in groups for cells, _ in group)]
        least = sum(max(cell.least for cell in column) + _GAP for column in zip(*cells, strict=True)) - _GAP
        if not columns:
            return
        if least > self.width:
            for row in rows:
                self._record([(columns[i], self.text(row.cells[number])) for i, number in enumerate(kept)], row)
            return
        table = Table(
            box=_ASCII_RULES if self.wide else _RULES,
            show_edge=False,
            show_header=any(head.text for head in heads),
            padding=(0, _GAP - 1, 0, 0),
            pad_edge=False,
            border_style="dim",
        )
        for column, head in zip(columns, heads, strict=True):
            table.add_column(
                head,
                justify="right" if column.amount else "left",
                no_wrap=column.amount,
                style=STYLES[column.tone],
            )
        for group in groups:
            for cells_of_row, tone in group:
                table.add_row(*cells_of_row, style=STYLES[tone])
            table.add_section()
        self.put(table, self.width)

    def _record(self, cells: Sequence[tuple[Column, str]], row: Row) -> None:
        """A row as lines of `label: value`, the first of them as the row's name."""
        names = 1 if cells[0][0].label.ja or len(cells) == 1 else 2
        name = " ".join(value for _, value in cells[:names] if value) or "-"
        indent = " " * (len(name) - len(name.lstrip()) + 2)
        self.put(Folded(name, STYLES["strong" if row.tone == "plain" else row.tone]), self.width)
        for column, value in cells[names:]:
            if value:
                label = self.text(column.label)
                for line in self._entry(f"{indent}{label}: " if label else indent, value, STYLES[row.tone]):
                    self.put(line, self.width)

    def _entry(self, label: str, value: str, style: str) -> Iterator[Folded]:
        """Beside its label where there is room, else below it."""
        entry = Folded(value, style, label)
        if entry.width <= self.width or entry.width - len(value) <= self.width // 2:
            yield entry
        else:
            yield Folded(label.rstrip(), style)
            yield Folded(value, style, "    ")

    # --- trees ---------------------------------------------------------------------------------------------------------

    def _tree(self, node: Explained, depth: int) -> Tree:
        """A derivation, each node below the one it explains; however deep it is, some room is left for words."""
        label, value = self.text(node.label), self.text(node.value)
        most = max(self.width - len(_GUIDES[0]) * depth, NARROWEST // 2)
        tree = Tree(Folded(f"{label}: {value}" if value else label, most=most), guide_style="dim")
        tree.TREE_GUIDES = [_ASCII_GUIDES if self.wide else _GUIDES]
        tree.children = [self._tree(part, depth + 1) for part in node.parts]
        return tree
