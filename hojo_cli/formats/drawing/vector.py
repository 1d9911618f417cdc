"""A chart laid out for a vector picture: exact numbers become whole points of a sheet, words stay words."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.base.record import Record
from hojo_cli.results.report import Chart, Note, Series

WIDTH: Final = 640
HEIGHT: Final = 380
LEFT, RIGHT, TOP, BOTTOM = 96, 48, 48, 64
"""Points around the plot, for what is written there."""

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
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def vector(chart: Chart) -> Vector:
    """Every number of a chart at its point."""
    return Vector(
        tuple((across(chart, x), label) for x, label in chart.across_ticks),
        tuple((up(chart, y), label) for y, label in chart.up_ticks),
        tuple(line(chart, series) for series in chart.series),
        None if chart.now is None else (across(chart, chart.now[0]), chart.now[1]),
        tuple((point(chart, note.x, note.y), note) for note in chart.notes[:NOTES]),
    )


def across(chart: Chart, x: int) -> int:
    """From the left edge of the sheet."""
    return LEFT + (x - chart.first) * (WIDTH - LEFT - RIGHT) // max(chart.last - chart.first, 1)


def up(chart: Chart, y: int) -> int:
    """From its upper edge."""
    return HEIGHT - BOTTOM - y * (HEIGHT - TOP - BOTTOM) // max(chart.top, 1)


def point(chart: Chart, x: int, y: int) -> Point:
    """Where a number and its value meet."""
    return across(chart, x), up(chart, y)


def line(chart: Chart, series: Series) -> Line:
    """A series, with a gap drawn where the next whole number is on another height."""
    strokes = [tuple(point(chart, x, y) for x, y in stroke) for stroke in series.strokes]
    jumps = [(end[-1], start[0]) for end, start in pairwise(series.strokes) if start[0][0] == end[-1][0] + 1]
    now = None if chart.now is None or series.now is None else point(chart, chart.now[0], series.now)
    return Line(
        series.label,
        tuple(" ".join(f"{x},{y}" for x, y in stroke) for stroke in strokes if len(set(stroke)) > 1),
        tuple(stroke[0] for stroke in strokes if len(set(stroke)) == 1),
        tuple((point(chart, *end), point(chart, *start)) for end, start in jumps),
        now,
    )
