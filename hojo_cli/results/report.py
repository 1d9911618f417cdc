"""What a command hands to the outside: a page made of a few kinds of blocks for people, and data for machines.

Nothing here knows how it is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TypeAlias

from hojo_cli.base.finding import Finding, Text
from hojo_cli.base.record import Record
from hojo_cli.results.checked import Checked
from hojo_cli.results.estimated import Explained


class Cited(Text):
    """A text that ends in the marks of footnotes (`[3] [4]`), whose numbers are `notes`: where there are links they become some."""

    notes: tuple[int, ...] = ()


class Heading(Record):
    """A title; level 1 is the page's own."""

    text: Text
    level: int = 2


class Paragraph(Record):
    """A sentence or two. `tone`: `plain`, `strong`, `good`, `bad`, `warn` or `faint`."""

    text: Text
    tone: str = "plain"


class Answer(Record):
    """What a page comes to, at its top: a title with the sentences below it, the first of which sets the tone."""

    title: Text
    sentences: tuple[Paragraph, ...]
    level: int = 1


class Column(Record):
    """A column of a grid; amounts stand to the right and are never broken. `tone` as of a paragraph."""

    label: Text
    amount: bool = False
    tone: str = "plain"


class GridRow(Record):
    """One text for each column of a grid. `tone` as of a paragraph, or what `hojo diff` found: `added`, `removed`, `changed`."""

    cells: tuple[Text, ...]
    tone: str = "plain"


class Grid(Record):
    """Groups of rows under columns; where the screen is too narrow a format writes each row as a record instead."""

    columns: tuple[Column, ...]
    groups: tuple[tuple[GridRow, ...], ...]


class Bullets(Record):
    """A list; `mark` is `-`, `?` for questions, `[ ]` for a checklist, or `[1]` where entries are numbered as footnotes."""

    items: tuple[Text, ...]
    mark: str = "-"
    tone: str = "plain"


class Remark(Record):
    """A finding with its place as the page names it. `witness`: the applicant file that shows it, if there is one."""

    finding: Finding
    place: str
    witness: str = ""


class Outline(Record):
    """A tree of derivations."""

    root: Explained


class Series(Record):
    """A function in a chart: strokes from point to point, with a gap between two where it jumps or is not known. `now`: its value there."""

    label: Text
    strokes: tuple[tuple[tuple[int, int], ...], ...]
    now: int | None


class Note(Record):
    """What is said of a point of a chart, where there is room for it."""

    x: int
    y: int
    text: Text


class Chart(Record):
    """Functions of one whole number from `first` to `last`, over 0 up to `top`. Ticks are numbers with what stands beside them.

    `now` is where the number is today, None where that is not within.
    """

    title: Text
    across: Text
    up: Text
    first: int
    last: int
    top: int
    across_ticks: tuple[tuple[int, Text], ...]
    up_ticks: tuple[tuple[int, Text], ...]
    series: tuple[Series, ...]
    now: tuple[int, Text] | None
    notes: tuple[Note, ...]


class Bar(Record):
    """How many go one way and how many the other, of those who have something in common."""

    label: Text
    left: int
    right: int


class Bars(Record):
    """Bars to both sides of a line, where there is room to draw them; the figures stand beside it in a grid."""

    title: Text
    left: Text
    right: Text
    bars: tuple[Bar, ...]


Block: TypeAlias = "Heading | Paragraph | Answer | Grid | Bullets | Remark | Outline | Chart | Bars"


Row: TypeAlias = "tuple[str | int | None, ...]"
"""Cells of a spreadsheet."""


class Report:
    """The outcome of a command: `data` is JSON-ready, `page` is for people, `rows` (a head, then the rest) is for a spreadsheet.

    Each is made when a format asks for it.

    `exit_code` is as in the contract. `entries` are for formats that draw a batch, and `verb` is whose they are.
    """

    def __init__(
        self,
        data: Callable[[], object] = lambda: None,
        page: Callable[[], Iterable[Block]] = tuple,
        findings: tuple[Finding, ...] = (),
        exit_code: int = 0,
        entries: Sequence[Checked] = (),
        verb: str = "",
        rows: Callable[[], Iterable[Row]] = tuple,
    ) -> None:
        self._data = data
        self._page = page
        self.rows = rows
        self.findings = findings
        self.exit_code = exit_code
        self.entries = entries
        self.verb = verb

    @cached_property
    def data(self) -> object:
        """What programs read."""
        return self._data()

    @cached_property
    def page(self) -> tuple[Block, ...]:
        """What people read."""
        return tuple(self._page())
