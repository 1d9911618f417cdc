"""A chart on a terminal: lines of braille dots by plotille, as many cells wide as there are, and what belongs to them around."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from rich.cells import cell_len
from rich.text import Text as Styled

from hojo_cli.base.finding import Text
from hojo_cli.base.width import fold
from hojo_cli.results.report import Chart, Series

COLOURS: Final = ("green", "magenta", "cyan", "yellow", "blue", "red")
"""Of one series after the other, and from the first again."""

HEIGHT: Final = 12
"""Lines of dots."""

LEAST: Final = 20
"""Cells of dots below which no chart is drawn."""

_BLANK: Final = 0x2800
"""The braille character without a dot; the lower bits of the others are their dots."""


def drawn(chart: Chart, width: int, said: Callable[[Text], str]) -> Iterator[Styled]:
    """Line by line: amounts to the left, letters to the right where several series end, then the axis, today's value and a legend."""
    ticks = {_row(chart, y): said(label) for y, label in chart.up_ticks}
    left = max(map(cell_len, ticks.values()), default=0)
    letters = _letters(chart) if len(chart.series) > 1 else {}
    right = max(map(len, letters.values()), default=0)
    across = width - left - right - 3
    if across < LEAST:
        return
    dots = [_dots(series, chart, across) for series in chart.series]
    today = _today(chart, across)
    for row in range(HEIGHT):
        tick = ticks.get(row, "")
        line = Styled(" " * (left - cell_len(tick)) + tick + (" ┤" if tick else " │"))
        for column in range(across):
            here = [(layer, cells[row][column]) for layer, cells in enumerate(dots) if cells[row][column]]
            bits = today[row][column]
            for _, more in here:
                bits |= more
            style = COLOURS[here[0][0] % len(COLOURS)] if here else "dim"
            line.append(chr(_BLANK | bits) if bits else " ", style)
        line.append(f" {letters[row]}" if row in letters else "")
        yield line
    yield Styled(" " * left + " └" + "─" * across)
    yield from _axis(chart, left + 2, across, said)
    for number, series in enumerate(chart.series):
        lead = " " * (left + 2) + (f"{_letter(number)} " if letters else "")
        for part in fold(said(series.label), width - len(lead)):
            yield Styled(lead + part, COLOURS[number % len(COLOURS)])
            lead = " " * len(lead)


def _letter(number: int) -> str:
    return chr(ord("A") + number % 26)


def _row(chart: Chart, y: int) -> int:
    """The line of a height, from the top."""
    return HEIGHT - 1 - _dot(y, 0, chart.top, 4 * HEIGHT) // 4


def _dot(number: int, first: int, last: int, dots: int) -> int:
    """Of so many dots from first to last the one that stands for a number."""
    return (number - first) * (dots - 1) // max(last - first, 1)


def _letters(chart: Chart) -> dict[int, str]:
    """At the line where each series ends, its letter."""
    found: dict[int, str] = {}
    for number, series in enumerate(chart.series):
        if series.strokes:
            row = _row(chart, series.strokes[-1][-1][1])
            found[row] = found.get(row, "") + _letter(number)
    return found


def _dots(series: Series, chart: Chart, across: int) -> list[list[int]]:
    """The dots of a series, cell by cell: two across and four up in each."""
    canvas = _canvas(across)
    for stroke in series.strokes:
        dots = [(_dot(x, chart.first, chart.last, 2 * across), _dot(y, 0, chart.top, 4 * HEIGHT)) for x, y in stroke]
        for start, end in zip(dots, dots[1:] or dots, strict=False):
            canvas.line(*start, *end)
    return _cells(canvas)


def _today(chart: Chart, across: int) -> list[list[int]]:
    """A dotted line where the number is today."""
    canvas = _canvas(across)
    if chart.now is not None:
        x = _dot(chart.now[0], chart.first, chart.last, 2 * across)
        for y in range(0, 4 * HEIGHT, 3):
            canvas.point(x, y)
    return _cells(canvas)


def _canvas(across: int) -> Any:
    """So many cells of dots, each addressed by its place. (Any: plotille ships no types.)"""
    from plotille import Canvas  # type: ignore[import-untyped]  # ships no types

    return Canvas(across, HEIGHT, xmin=0, xmax=2 * across, ymin=0, ymax=4 * HEIGHT)


def _cells(canvas: Any) -> list[list[int]]:
    """The bits of each cell. (Any: plotille ships no types.)"""
    return [[ord(cell) - _BLANK for cell in line] for line in canvas.plot(linesep="\n").split("\n")]


def _axis(chart: Chart, indent: int, across: int, said: Callable[[Text], str]) -> Iterator[Styled]:
    """Numbers below the dots that stand for them, as many as find room; then today's value."""
    labels = [(x, said(label)) for x, label in chart.across_ticks]
    yield Styled(" " * indent + _below(chart, across, labels))
    if chart.now is not None:
        yield Styled(" " * indent + _below(chart, across, [(chart.now[0], said(chart.now[1]))]), "dim")


def _below(chart: Chart, across: int, labels: list[tuple[int, str]]) -> str:
    """Each label under its number, the last before the others where there is no room for all."""
    places: dict[int, str] = {}
    free = across + 2
    for x, label in (*labels[-1:], *reversed(labels[:-1])):
        size = cell_len(label)
        place = max(0, min(_dot(x, chart.first, chart.last, across) - size // 2, across - size))
        if place + size + 1 < free:
            places[place], free = label, place
    line = ""
    for place, label in sorted(places.items()):
        line += " " * (place - cell_len(line)) + label
    return line
