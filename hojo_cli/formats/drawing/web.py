"""A page as one HTML file that needs nothing else: no network, no script, and a policy that allows neither.

Jinja2 escapes whatever comes into the template; what is foreign stays text. The template draws, here stands what it asks for.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, assert_never

from rich.cells import cell_len

from hojo_cli.base.finding import SEVERITIES, THE_CALL, HojoError, Severity, Text
from hojo_cli.base.record import Record
from hojo_cli.base.sanitize import for_terminal, shorten
from hojo_cli.base.version import __version__
from hojo_cli.formats.drawing.vector import Sheet, Vector
from hojo_cli.messages import finding
from hojo_cli.results.report import (
    Answer,
    Bar,
    Bars,
    Block,
    Bullets,
    Chart,
    Cited,
    Grid,
    GridRow,
    Heading,
    Outline,
    Paragraph,
    Remark,
)

if TYPE_CHECKING:
    from jinja2 import Environment

PHONE: Final = 54
"""Cells across a phone: a table that needs more is laid out row by row there."""

_TEXT: Final = 16
"""Cells that a column of text wants at least."""

_SHORT: Final = 8
"""Cells of an entry that is not folded where there is room for a table."""

_MARK: Final = 5
"""Cells of a mark with its brackets."""

_GAP: Final = 2

_LONGEST_BAR: Final = 270
"""Of 720 across, half of which is one side."""

_WORDS: Final = {
    "contents": Text("目次", "Contents"),
    "back": Text("本文の{0}か所目へ戻る", "Back to place {0} in the text"),
    "note": Text("出典{0}", "source {0}"),
    "made": Text("hojo {0} で作成しました。", "Made with hojo {0}."),
    "witness": Text("こうなる申請者の例", "An applicant who shows it"),
    "more": Text("{0} ほか{1}件", "{0} and {1} more"),
}


class Section(Record):
    """What stands below a heading or an answer; `anchor` names it within the page."""

    head: Heading | Answer
    level: int
    anchor: str
    blocks: tuple[Block, ...]


def page(blocks: Sequence[Block], lang: str) -> str:
    """The whole file. `HojoError` (HJ012) where Jinja2 is not installed."""
    environment = _environment()
    heads = [head for head in map(_head, blocks) if head is not None]
    titles = [head for head in heads if head.level == 1]
    several = heads[:1] != titles  # no block is the title of all others
    pen = _Pen(lang, blocks)
    called, more = "、".join(pen.said(_name(head)) for head in titles[:3]), len(titles) - 3
    if more > 0:
        called = pen.word("more", called, str(more))
    template = environment.get_template("page.html.jinja")
    assert environment.loader is not None
    style, *_ = environment.loader.get_source(environment, "page.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    found = template.render(
        lang=lang,
        title=shorten(called, 200) or "hojo",
        several=several,
        sections=list(_sections(blocks, several)),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        style=style,
        version=__version__,
        pen=pen,
        kind=kind,
        captions=pen.captions,
        name=_name,
    )
    return found.strip("\n") + "\n"


@cache
def _environment() -> Environment:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError:
        raise HojoError(finding("HJ012", THE_CALL, package="Jinja2", extra="hojo-cli[html]")) from None
    return Environment(
        autoescape=True,
        loader=PackageLoader("hojo_cli.formats"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _head(block: Block) -> Heading | Answer | None:
    return block if isinstance(block, Heading | Answer) else None


def _name(head: Heading | Answer) -> Text:
    return head.title if isinstance(head, Answer) else head.text


def _sections(blocks: Iterable[Block], several: bool) -> Iterable[Section]:
    """Headings go down one level at a time, below one title of the page."""
    head: Heading | Answer = Heading(Text("", ""), 0)
    below: list[Block] = []
    level = before = 1 if several else 0
    number = 0
    for block in (*blocks, None):
        opens = None if block is None else _head(block)
        if block is not None and opens is None:
            below.append(block)
            continue
        if head.level or below:
            yield Section(head, level, f"s{number}", tuple(below))
        if opens is not None:
            head, below = opens, []
            level = before = min(opens.level + several, before + 1)
            number += 1


def kind(block: Block) -> str:
    """The macro that draws a block."""
    match block:
        case Heading() | Answer():
            return "heading"
        case Paragraph():
            return "paragraph"
        case Grid():
            return "grid"
        case Bullets():
            return "notes" if block.mark == "[1]" else "bullets"
        case Remark():
            return "remark"
        case Outline():
            return "outline"
        case Chart():
            return "chart"
        case Bars():
            return "bars"
        case _:
            assert_never(block)


class _Pen:
    """What the template asks on its way down the page: words in one language, and the footnotes it has met.

    Each list of footnotes ends a run of marks, and numbers begin anew behind it; marks without a list stay text.
    """

    def __init__(self, lang: str, blocks: Iterable[Block]) -> None:
        self.lang = lang
        self._lists = sum(isinstance(block, Bullets) and block.mark == "[1]" for block in blocks)
        self._list = 0
        self._met: dict[int, int] = {}
        self._longest: dict[tuple[int, int], int] = {}

    def said(self, text: Text) -> str:
        """A text without its marks, safe to show."""
        words = text.into(self.lang)
        if isinstance(text, Cited):
            words = words.removesuffix(" ".join(f"[{number}]" for number in text.notes)).rstrip(" ")
        return for_terminal(words)

    def shown(self, foreign: str) -> str:
        """What is the same in both languages, safe to show."""
        return for_terminal(foreign)

    def word(self, name: str, *fields: str) -> str:
        """A word of the page's own."""
        return _WORDS[name].into(self.lang).format(*fields)

    def severity(self, severity: Severity) -> str:
        """What it is called."""
        return SEVERITIES[severity].into(self.lang)

    def marks(self, text: Text) -> list[tuple[int, str, str]]:
        """Each footnote of a text: its number, the anchor of this place and that of the note, both empty where there is no list."""
        marks = []
        for number in text.notes if isinstance(text, Cited) else ():
            self._met[number] = self._met.get(number, 0) + 1
            names = (f"r{self._list}-{number}-{self._met[number]}", f"n{self._list}-{number}")
            marks.append((number, *(names if self._list < self._lists else ("", ""))))
        return marks

    def note(self, number: int) -> tuple[str, list[str]]:
        """The anchor of a footnote, and those of the places that cite it."""
        places = [f"r{self._list}-{number}-{time}" for time in range(1, self._met.get(number, 0) + 1)]
        return f"n{self._list}-{number}", places

    def listed(self) -> str:
        """Called behind a list of footnotes: numbers begin anew."""
        self._list += 1
        self._met = {}
        return ""

    def captions(self, section: Section, block: Block) -> bool:
        """Whether the heading of a section is the caption of a table: the first thing below it."""
        first = block is section.blocks[0] and isinstance(section.head, Heading)
        return first and isinstance(block, Grid) and bool(self.columns(block))

    def sheet(self, chart: Chart) -> Vector:
        """A chart with room beside it for its labels."""
        beside, below = (
            max((cell_len(label.into(self.lang)) for _, label in ticks), default=0)
            for ticks in (chart.up_ticks, chart.across_ticks)
        )
        return Sheet(chart, beside, below).vector()

    def halves(self, bars: Bars) -> list[tuple[Bar, int, int]]:
        """Each bar with how long its halves are drawn: whoever is there is seen."""
        most = max((max(bar.left, bar.right) for bar in bars.bars), default=0) or 1
        return [(bar, -(-bar.left * _LONGEST_BAR // most), -(-bar.right * _LONGEST_BAR // most)) for bar in bars.bars]

    def columns(self, grid: Grid) -> list[int]:
        """The columns that hold anything."""
        rows = [row for group in grid.groups for row in group]
        return [place for place in range(len(grid.columns)) if any(row.cells[place].into(self.lang) for row in rows)]

    def naming(self, grid: Grid) -> int | None:
        """The column that says what a row is about: the first with a name of its own and words in it."""
        named = (place for place in self.columns(grid) if grid.columns[place].label.into(self.lang))
        return next((place for place in named if not grid.columns[place].amount), None)

    def longest(self, grid: Grid, place: int) -> int:
        """Cells of the longest entry of a column, its label among them."""
        key = id(grid), place
        if key not in self._longest:
            texts = [grid.columns[place].label, *(row.cells[place] for group in grid.groups for row in group)]
            self._longest[key] = max(cell_len(text.into(self.lang)) for text in texts)
        return self._longest[key]

    def wide(self, grid: Grid) -> bool:
        """Whether a table has no room on a phone. Words fold, amounts do not; marks stand below each other."""
        needed = 0
        for place in self.columns(grid):
            column, longest = grid.columns[place], self.longest(grid, place)
            most = longest if column.amount else _MARK if column.tone == "faint" else _TEXT
            needed += _GAP + min(longest, most)
        return needed > PHONE

    def classes(self, grid: Grid, place: int, row: GridRow | None = None) -> str:
        """Those of a cell, or of the head of a column."""
        column = grid.columns[place]
        longest = _SHORT + 1 if column.amount else self.longest(grid, place)
        depth = 0 if row is None else self.depth(row, place)
        names = {column.tone: column.tone != "plain", "amount": column.amount, f"in{depth}": depth}
        names |= {"words": longest >= _TEXT, "short": longest <= _SHORT}
        return " ".join(name for name, has in names.items() if has)

    def depth(self, row: GridRow, place: int) -> int:
        """How far a cell is set in."""
        words = row.cells[place].into(self.lang)
        return min((len(words) - len(words.lstrip(" "))) // 2, 6)
