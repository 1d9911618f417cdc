"""Bars as SVG: exact numbers become whole points, words stay words, light and dark as the reader's screen is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from hojo_cli.base.record import Record

WIDTH: Final = 760
LINE: Final = 20
"""Points from one line of words to the next, and of half a Japanese letter across."""

CELL: Final = 7
MARGIN: Final = 16
BAR: Final = 16

STYLE: Final = """<style>
svg { font: 14px 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic', Meiryo, sans-serif; }
.sheet { fill: #fff } text { fill: #1f2328 } .faint { fill: #59636e } .axis { stroke: #59636e; stroke-width: 1 }
.general { fill: #3f51b5 } .invoice { fill: #b26a00 } .security { fill: #00796b } .group { fill: #8e24aa }
.gain { fill: #1b7837 } .lose { fill: #b2182b } .range { fill: #90a4ae } .base { stroke: #b2182b; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
.sheet { fill: #1e2129 } text { fill: #e6e8eb } .faint { fill: #a6adb5 } .axis { stroke: #a6adb5 }
.general { fill: #8c9eff } .invoice { fill: #ffb74d } .security { fill: #4db6ac } .group { fill: #ce93d8 }
.gain { fill: #7fbf7b } .lose { fill: #ef8a80 } .range { fill: #78909c } .base { stroke: #ef8a80 }
}
</style>"""


class Bar(Record):
    """From one number to another; `kind` is what it shows, as the style knows it."""

    start: int
    end: int
    kind: str


class Row(Record):
    """A line of words, the bars below it, and what they come to in words."""

    label: str
    bars: tuple[Bar, ...]
    says: str


class Chart(Record):
    """`about` says in words what the picture shows; `legend` names kinds of bars; `base` is a number with a line of its own."""

    title: str
    about: str
    rows: tuple[Row, ...]
    legend: tuple[tuple[str, str], ...] = ()
    base: int = 0


def stacked(parts: Iterable[tuple[int, str]]) -> tuple[Bar, ...]:
    """Bars end to end: what is above zero to the right, what is below to the left."""
    bars = []
    ends = {True: 0, False: 0}
    for size, kind in parts:
        side = size > 0
        bars.append(Bar(ends[side], ends[side] + size, kind))
        ends[side] += size
    return tuple(bars)


def svg(chart: Chart) -> str:
    """The picture."""
    folded = [list(fold(row.label)) for row in chart.rows]
    title = list(fold(chart.title))
    names = list(legend(chart, MARGIN + LINE * len(title) + 10))
    top = MARGIN + LINE * len(title) + LINE * len({y for y, _ in names}) + (6 if names else 0)
    height = top + sum(LINE * len(lines) + BAR + 14 for lines in folded) + MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" aria-labelledby="title about">',
        f'<title id="title">{escape(chart.title)}</title>',
        f'<desc id="about">{escape(chart.about)}</desc>',
        STYLE,
        f'<rect class="sheet" width="{WIDTH}" height="{height}" rx="6"/>',
        *(
            f'<text x="{MARGIN}" y="{MARGIN + LINE * place + 8}" font-weight="bold">{escape(words)}</text>'
            for place, words in enumerate(title)
        ),
        *(drawing for _, drawing in names),
        *drawn(chart, folded, top, height),
    ]
    return "\n".join([*lines, "</svg>", ""])


def legend(chart: Chart, y: int) -> Iterator[tuple[int, str]]:
    """The kinds of bars by name, each with the height of its line."""
    x = MARGIN
    for kind, name in chart.legend:
        if x + 18 + across(name) > WIDTH - MARGIN:
            x, y = MARGIN, y + LINE
        drawing = f'<rect class="{kind}" x="{x}" y="{y - 6}" width="12" height="12"/><text x="{x + 18}" y="{y + 5}">{escape(name)}</text>'
        yield y, drawing
        x += 18 + across(name) + 20


def drawn(chart: Chart, folded: Sequence[Sequence[str]], top: int, height: int) -> Iterator[str]:
    """The rows, one below the other, on one scale."""
    numbers = [0, chart.base, *(number for row in chart.rows for bar in row.bars for number in (bar.start, bar.end))]
    least, most = min(numbers), max(numbers)
    says = max(across(row.says) for row in chart.rows) + 10
    room = WIDTH - 2 * MARGIN - says

    def x(number: int) -> int:
        return MARGIN + (number - least) * room // max(most - least, 1)

    y = top
    for row, lines in zip(chart.rows, folded, strict=True):
        for words in lines:
            y += LINE
            yield f'<text x="{MARGIN}" y="{y - 4}">{escape(words)}</text>'
        for bar in row.bars:
            left, right = sorted((x(bar.start), x(bar.end)))
            yield f'<rect class="{bar.kind}" x="{left}" y="{y + 2}" width="{max(right - left, 1 if bar.start != bar.end else 0)}" height="{BAR}"/>'
        yield f'<text class="faint" x="{WIDTH - MARGIN}" y="{y + BAR - 1}" text-anchor="end">{escape(row.says)}</text>'
        yield f'<path class="axis" d="M{x(0)} {y} v{BAR + 4}"/>'
        if chart.base:
            yield f'<path class="base" d="M{x(chart.base)} {y} v{BAR + 4}"/>'
        y += BAR + 14
    assert y + MARGIN == height


def across(words: str) -> int:
    """Points a text is wide: a Japanese letter has two cells."""
    return CELL * sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in words)


def fold(words: str) -> Iterator[str]:
    """Lines that fit the sheet: between Japanese letters, but before no mark that ends something, and never within a number or word."""
    line = ""
    for part in re.findall(r"[!-~]+[、。）」・：]*|.[、。）」・：]*", words):
        if across(line + part) > WIDTH - 2 * MARGIN:
            yield line.rstrip()
            line = ""
        line += part
    yield line
