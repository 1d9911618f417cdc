"""What the bands of a frame make of the total of its lines, and what a frame pays for given costs, before any rounding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hojo_cli.analysis import bands
from hojo_cli.analysis.plot import Drawing
from hojo_cli.base.record import Record
from hojo_cli.rules.nodes import Band, Exact
from hojo_cli.rules.totals import outermost


class Standing(Record):
    """A band whose requirements hold: granted from `floor` (以上) to `top` (以下; None: no end)."""

    band: Band
    floor: Exact
    top: Exact | None


def standing(drawing: Drawing) -> list[Standing]:
    """The bands of a situation, in the order of the file."""
    frame = drawing.analysis.frame
    return [
        Standing(band, 0 if band.floor is None else band.floor.value, top(drawing, band))
        for band, stands in zip(frame.bands, drawing.situation.bands, strict=True)
        if stands
    ]


def top(drawing: Drawing, band: Band) -> Exact | None:
    """The most a band grants."""
    unit = drawing.analysis.frame.rounding.unit.value
    tops = [] if band.below is None else [band.below.value - unit]
    tops += [] if band.cap is None else [drawing.figure(band.cap)]
    return min(tops, default=None)


def chosen(bands: list[Standing], total: Exact) -> tuple[Standing, Exact] | None:
    """The band that grants most of a total, and what it grants; None where no floor is reached."""
    reached = [(band, total if band.top is None else min(total, band.top)) for band in bands if total >= band.floor]
    return max(reached, key=lambda pair: pair[1], default=None)


def granted(drawing: Drawing, total: Exact) -> Exact:
    """What of a total is paid."""
    if not drawing.situation.bands:
        return total
    found = chosen(standing(drawing), total)
    return 0 if found is None else found[1]


def paid(drawing: Drawing, costs: Mapping[str, Exact]) -> Exact:
    """What a frame pays for costs, line by line (a share of other lines taken at its most)."""
    frame = drawing.analysis.frame
    lines = {name: bands.at(curve, costs.get(name, 0)) for name, curve in drawing.lines.items()}
    for subtotal in frame.subtotals:
        lines[subtotal.id] = min(sum((lines[name] for name in subtotal.parts), start=0), drawing.figure(subtotal.cap))
    return granted(drawing, sum((lines[name] for name in outermost(frame)), start=0))


def borders(bands: list[Standing]) -> Iterator[Exact]:
    """The totals at which a band begins or ends."""
    for band in bands:
        yield band.floor
        if band.top is not None:
            yield band.top
