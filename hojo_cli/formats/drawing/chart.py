"""A chart on a terminal: lines of braille dots by plotille, as many cells wide as there are, and what belongs to them around."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from rich.cells import cell_len
from rich.text import Text as Styled

from hojo_cli.base.finding import Text
from hojo_cli.base.width import fold
from hojo_cli.results.report import Chart

COLOURS: Final = ("green", "magenta", "cyan", "yellow", "blue", "red")
"""Of one series after the other, and from the first again."""

HEIGHT: Final = 12
"""Lines of dots."""

LEAST: Final = 20
"""Cells of dots below which no chart is drawn."""

_BLANK: Final = 0x2800
"""The braille character without a dot; the lower bits of the others are their dots."""

Dot = tuple[int, int]


def drawn(chart: Chart, width: int, said: Callable[[Text], str]) -> Iterator[Styled]:
    """Line by line: amounts to the left, letters to the right where several series end, then the axis, today's value and a legend."""
    ticks = {_row(chart, y): said(label) for y, label in chart.up_ticks}
    left = max(map(cell_len, ticks.values()), default=0)
    letters: dict[int, str] = {}
    for number, series in enumerate(chart.series if len(chart.series) > 1 else ()):
        if series.strokes:
            row = _row(chart, series.strokes[-1][-1][1])
            letters[row] = letters.get(row, "") + _letter(number)
    right = max(map(len, letters.values()), default=0)
    across = width - left - right - 3
    if across < LEAST:
        return

    def dot(x: int, y: int) -> Dot:
        return _dot(x, chart.first, chart.last, 2 * across), _dot(y, 0, chart.top, 4 * HEIGHT)

    dots = [_cells([[dot(x, y) for x, y in stroke] for stroke in series.strokes], across) for series in chart.series]
    now = [] if chart.now is None else [(chart.now[0], said(chart.now[1]))]
    today = _cells([[(dot(x, 0)[0], y)] for x, _ in now for y in range(0, 4 * HEIGHT, 3)], across)
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
    yield Styled(" " * (left + 2) + _below(chart, across, [(x, said(label)) for x, label in chart.across_ticks]))
    if now:
        yield Styled(" " * (left + 2) + _below(chart, across, now), "dim")
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


def _cells(strokes: list[list[Dot]], across: int) -> list[list[int]]:
    """Strokes as the bits of each cell: two dots across and four up in each."""
    from plotille import Canvas  # type: ignore[import-untyped]  # ships no types

    canvas = Canvas(across, HEIGHT, xmin=0, xmax=2 * across, ymin=0, ymax=4 * HEIGHT)
    for stroke in strokes:
        for start, end in zip(stroke, stroke[1:] or stroke, strict=False):
            canvas.line(*start, *end)
    return [[ord(cell) - _BLANK for cell in line] for line in canvas.plot(linesep="\n").split("\n")]


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
