"""A page drawn on a terminal by rich: panels, tables and trees of bounded width, colours only where they are wanted.

Text folds, amounts never do: a grid whose columns do not fit is written row by row as `label: value`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Final, assert_never

from rich.box import ASCII, SQUARE, Box
from rich.cells import cell_len
from rich.console import Console, Group
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.tree import Tree

from hojo_cli.base.finding import SEVERITIES, Severity, Text, untranslated
from hojo_cli.base.sanitize import for_terminal
from hojo_cli.base.width import narrow, widen
from hojo_cli.formats.drawing import chart
from hojo_cli.formats.drawing.folded import Folded
from hojo_cli.results.estimated import Explained
from hojo_cli.results.report import Answer, Bars, Block, Bullets, Chart, Grid, Heading, Outline, Paragraph, Remark

if TYPE_CHECKING:
    from rich.console import JustifyMethod, RenderableType

    from hojo_cli.formats.drawing.screen import Screen

STYLES: Final = {
    "plain": "",
    "strong": "bold",
    "good": "bold green",
    "bad": "red",
    "warn": "yellow",
    "faint": "dim",
    "added": "green",
    "removed": "red",
    "changed": "cyan",
}
"""Tones in rich's words."""

_SEVERITY_TONES: Final = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.NOTE: "faint"}

WIDEST: Final = 100
"""Cells after which running text folds, however wide the screen is."""

NARROWEST: Final = 20
"""Cells a page takes, however narrow the screen is."""

UNBOUNDED: Final = 100_000
"""Cells that no line reaches: rich cuts what is longer than the screen, and here nothing is cut."""

_RULES: Final = Box("    \n    \n────\n    \n────\n────\n    \n    \n")
_ASCII_RULES: Final = Box("    \n    \n----\n    \n----\n----\n    \n    \n", ascii=True)
_GUIDES: Final = ("   ", "│  ", "├─ ", "└─ ")
_ASCII_GUIDES: Final = ("   ", "|  ", "|- ", "`- ")
_GAP: Final = 2
_COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")


def draw(blocks: Iterable[Block], screen: Screen) -> str:
    """All blocks below each other, ending in a newline; nothing where there are none."""
    pen = Pen(screen)
    for block in blocks:
        pen.block(block)
    return pen.page()


def _without_trailing_spaces(line: str) -> str:
    """Also where colours end after them."""
    codes = ""
    while (line := line.rstrip(" ")).endswith("m"):
        start = max(line.rfind("\x1b"), 0)
        if not _COLOUR.fullmatch(line, start):
            break
        line, codes = line[:start], line[start:] + codes
    return line + codes


class Pen:
    """Draws blocks as wide, in the language and in the colours of a screen.

    Where an ambiguous character takes two cells box lines would too: lines are drawn in ASCII there.
    """

    def __init__(self, screen: Screen) -> None:
        self.width = max(screen.width, NARROWEST)
        self.lang = screen.lang
        self.wide = screen.ambiguous != 1
        self._terminal = screen.terminal
        self._above: type[Block] | None = None
        self._console = Console(
            file=StringIO(),
            width=UNBOUNDED,
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
        drawn = "\n".join(map(_without_trailing_spaces, self._console.file.getvalue().split("\n")))
        return narrow(drawn) if self.wide else drawn

    def text(self, text: Text) -> str:
        """Safe to print, and as wide as the terminal will show it."""
        shown = for_terminal(text.into(self.lang))
        return widen(shown) if self.wide else shown

    def put(self, drawn: RenderableType, width: int) -> None:
        """Below what is there, at most so many cells wide."""
        self._console.print(drawn, width=width, crop=False)

    def block(self, block: Block) -> None:
        """Below what is there. Kinds of blocks stand apart, but a title keeps to what it names, and a tree to its sources."""
        running = min(self.width, WIDEST)
        together = self._above in (Heading, type(block)) or (self._above, type(block)) == (Outline, Bullets)
        if self._above is not None and (isinstance(block, Heading) or not together):
            self._console.print()
        self._above = type(block)
        match block:
            case Answer():
                self.put(self.answer(block), running)
            case Heading(text, level):
                self.heading(self.text(text), level)
            case Paragraph(text, tone):
                self.put(Folded(self.text(text), STYLES[tone]), running)
            case Grid():
                self.grid(block)
            case Bullets(items, mark, tone):
                for number, item in enumerate(items, 1):
                    lead = f"[{number}] " if mark == "[1]" else f"{mark} "
                    self.put(Folded(self.text(item), STYLES[tone], lead), running)
            case Remark():
                self.remark(block)
            case Outline(root):
                self.put(self.tree(root, 0), UNBOUNDED)
            case Bars():
                pass  # what it shows stands in the grid above
            case Chart():
                for line in () if self.wide else chart.drawn(block, running, self.text):
                    self.put(line, UNBOUNDED)
            case _:
                assert_never(block)

    def answer(self, answer: Answer) -> Panel:
        sentences = [Folded(self.text(sentence.text), STYLES[sentence.tone]) for sentence in answer.sentences]
        tone = answer.sentences[0].tone if answer.sentences else "plain"
        return Panel(
            Group(Folded(self.text(answer.title), "bold"), *sentences),
            box=ASCII if self.wide else SQUARE,
            border_style=STYLES[tone],
        )

    def heading(self, text: str, level: int) -> None:
        """The page's title stands above a rule; that of a section begins with a piece of one."""
        lead = "" if level != 2 else "-- " if self.wide else "── "
        self.put(Folded(text, "bold", lead), self.width)
        if level == 1:
            self.put(Rule(characters="-" if self.wide else "─", style="dim"), min(self.width, WIDEST))

    def remark(self, remark: Remark) -> None:
        """A finding, its hint (a note's is left out) and its witness below it; elsewhere than on a terminal each on its line."""
        finding, width = remark.finding, self.width if self._terminal else UNBOUNDED
        head = f"{remark.place}  {SEVERITIES[finding.severity].into(self.lang)} {finding.code}"
        head, message = self.text(untranslated(head)), self.text(finding.message).strip()
        tone = STYLES[_SEVERITY_TONES[finding.severity]]
        self.put(Folded(f"{head}  {message}", "", "    ", " " * 8, head=head, head_style=tone), width)
        if finding.severity is Severity.NOTE:
            return
        hint, arrow = self.text(finding.hint).strip(), self.text(Text("→", "→"))
        if hint:
            self.put(Folded(hint, "dim", f"        {arrow} "), width)
        if remark.witness:
            example = Text("こうなる申請者の例:", "An applicant who shows it:")
            self.put(Folded(self.text(example), "dim", " " * 8), width)
            for line in remark.witness.splitlines():
                self.put(Folded(self.text(untranslated(line)), "dim", " " * 10), width)

    # --- grids ---------------------------------------------------------------------------------------------------------

    def grid(self, grid: Grid) -> None:
        """Columns that hold anything, as a table or, where they do not fit, as records."""
        rows = [[self.text(cell) for cell in row.cells] for group in grid.groups for row in group]
        columns, cells = [], []
        for number, column in enumerate(grid.columns):
            if any(row[number] for row in rows):
                columns.append(column)
                head = Folded(self.text(column.label), "bold")
                cells.append([head, *(Folded(row[number], amount=column.amount) for row in rows)])
        if not columns:
            return
        heads, *lines = zip(*cells, strict=True)
        tones = [[row.tone for row in group] for group in grid.groups]
        if sum(max(cell.least for cell in column) + _GAP for column in cells) - _GAP > self.width:
            self.records(heads, iter(lines), tones)
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
            justify: JustifyMethod = "right" if column.amount else "left"
            table.add_column(head, justify=justify, no_wrap=column.amount, style=STYLES[column.tone])
        remaining = iter(lines)
        for group in tones:
            for tone, line in zip(group, remaining, strict=False):
                table.add_row(*line, style=STYLES[tone])
            table.add_section()
        self.put(table, self.width)

    def records(self, heads: Sequence[Folded], lines: Iterator[Sequence[Folded]], tones: list[list[str]]) -> None:
        """Each row as lines of `label: value`, the first of them as the row's name; groups apart."""
        names = 1 if heads[0].text or len(heads) == 1 else 2
        for number, group in enumerate(tones):
            if number and group:
                self._console.print()
            for tone, line in zip(group, lines, strict=False):
                name = " ".join(cell.text for cell in line[:names] if cell.text) or "-"
                title = "strong" if tone == "plain" and not name.startswith(" ") else tone
                self.put(Folded(name, STYLES[title]), self.width)
                indent = " " * (len(name) - len(name.lstrip()) + 2)
                for head, cell in zip(heads[names:], line[names:], strict=True):
                    if cell.text:
                        self.entry(f"{indent}{head.text}: " if head.text else indent, cell.text, STYLES[tone])

    def entry(self, label: str, value: str, style: str) -> None:
        """Beside its label where there is room, else below it."""
        entry = Folded(value, style, label)
        if entry.width > self.width and entry.width - cell_len(value) > self.width // 2:
            self.put(Folded(label.rstrip(), style), self.width)
            entry = Folded(value, style, "    ")
        self.put(entry, self.width)

    # --- trees ---------------------------------------------------------------------------------------------------------

    def tree(self, node: Explained, depth: int) -> Tree:
        """A derivation, each node below the one it explains; however deep it is, some room is left for words."""
        label, value = self.text(node.label), self.text(node.value)
        most = max(self.width - len(_GUIDES[0]) * depth, NARROWEST // 2)
        tree = Tree(Folded(f"{label}: {value}" if value else label, most=most), guide_style="dim")
        tree.TREE_GUIDES = [_ASCII_GUIDES if self.wide else _GUIDES]
        tree.children = [self.tree(part, depth + 1) for part in node.parts]
        return tree
