"""A chart laid out for a vector picture: exact numbers become whole points of a sheet, words stay words."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.base.record import Record
from hojo_cli.results.report import Chart, Note, Series

WIDTH: Final = 640
HEIGHT: Final = 380
TOP: Final = 48
BOTTOM: Final = 64
LEAST: Final = 48
"""Points around the plot, for what is written there; at its sides at least so many."""

CELL: Final = 12
"""Points across half a Japanese letter where letters are large, as on a phone."""

NOTES: Final = 14
"""So many points are explained beside the picture."""

Point = tuple[int, int]


class Line(Record):
    """A series: what to draw of it. `dots` are strokes of one point; `gaps` lead over a jump; `now` is its place today."""

    label: Text
    strokes: tuple[str, ...]
    dots: tuple[Point, ...]
    gaps: tuple[tuple[Point, Point], ...]
    now: Point | None


class Vector(Record):
    """The sheet. Ticks are points along the axes with what stands beside them."""

    across_ticks: tuple[tuple[int, Text], ...]
    up_ticks: tuple[tuple[int, Text], ...]
    lines: tuple[Line, ...]
    now: tuple[int, Text] | None
    notes: tuple[tuple[Point, Note], ...]
    left: int
    right: int
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


class Sheet:
    """Where numbers of a chart come to stand. `beside` and `below` are cells of the longest labels of either axis."""

    def __init__(self, chart: Chart, beside: int, below: int) -> None:
        self.chart = chart
        self.left = max(LEAST, CELL * (beside + 1))
        self.right = WIDTH - max(LEAST, CELL * below // 2)

    def across(self, x: int) -> int:
        """From the left edge of the sheet."""
        first, last = self.chart.first, self.chart.last
        return self.left + (x - first) * (self.right - self.left) // max(last - first, 1)

    def up(self, y: int) -> int:
        """From its upper edge."""
        return HEIGHT - BOTTOM - y * (HEIGHT - TOP - BOTTOM) // max(self.chart.top, 1)

    def point(self, x: int, y: int) -> Point:
        """Where a number and its value meet."""
        return self.across(x), self.up(y)

    def vector(self) -> Vector:
        """Every number at its point."""
        chart = self.chart
        return Vector(
            tuple((self.across(x), label) for x, label in chart.across_ticks),
            tuple((self.up(y), label) for y, label in chart.up_ticks),
            tuple(map(self.line, chart.series)),
            None if chart.now is None else (self.across(chart.now[0]), chart.now[1]),
            tuple((self.point(note.x, note.y), note) for note in chart.notes[:NOTES]),
            self.left,
            self.right,
        )

    def line(self, series: Series) -> Line:
        """A series, with a gap drawn where the next whole number is on another height."""
        today = self.chart.now
        strokes = [tuple(self.point(x, y) for x, y in stroke) for stroke in series.strokes]
        jumps = [(end[-1], start[0]) for end, start in pairwise(series.strokes) if start[0][0] == end[-1][0] + 1]
        return Line(
            series.label,
            tuple(" ".join(f"{x},{y}" for x, y in stroke) for stroke in strokes if len(set(stroke)) > 1),
            tuple(stroke[0] for stroke in strokes if len(set(stroke)) == 1),
            tuple((self.point(*end), self.point(*start)) for end, start in jumps),
            None if today is None or series.now is None else self.point(today[0], series.now),
        )
