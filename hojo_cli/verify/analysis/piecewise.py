"""Yen as a piecewise linear function of one cost, exact, continuous, rising; each piece names the figures that make it what it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final, TypeAlias

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Location
from hojo_cli.base.number import LARGEST
from hojo_cli.base.record import Record

Makers: TypeAlias = "frozenset[Location]"
NOBODY: Final[Makers] = frozenset()


class Segment(Record):
    """From `start` yen of cost on: `value` there, and `slope` yen more for each yen. `by` are the places of the figures at work."""

    start: Exact
    value: Exact
    slope: Exact
    by: Makers = NOBODY


Curve: TypeAlias = "tuple[Segment, ...]"
"""Segments from 0 on, ascending; the last has no end."""


def flat(value: Exact, by: Makers = NOBODY) -> Curve:
    """The same whatever the cost."""
    return (Segment(0, value, 0, by),)


def straight(top: Exact | None = None) -> Curve:
    """The cost itself, which cannot be more than `top`."""
    if top is None:
        return (Segment(0, 0, 1),)
    return (Segment(0, 0, 1), Segment(top, top, 0)) if top > 0 else flat(0)


def scale(steps: Sequence[tuple[Exact | None, Exact, Makers]], end: Makers, *, on_subsidy: bool) -> Curve:
    """Tiers as (up to, rate, figures at work); `end` are the figures that stop it behind the last one."""
    start: Exact = 0
    value: Exact = 0
    border: Exact = 0
    segments = []
    for up_to, rate, by in steps:
        segments.append(Segment(start, value, rate, by))
        if up_to is None or (rate == 0 and on_subsidy):  # what yields nothing uses up all that is left
            return tuple(segments)
        used = Fraction(up_to - border) / rate if on_subsidy else up_to - border
        start, value, border = start + used, value + used * rate, up_to
    return (*segments, Segment(start, value, 0, end))


def begun_at(curve: Curve, cost: Exact) -> Segment:
    """The segment at a cost, as if it began there."""
    segment = [segment for segment in curve if segment.start <= cost][-1]
    return Segment(cost, segment.value + (cost - segment.start) * segment.slope, segment.slope, segment.by)


def at(curve: Curve, cost: Exact) -> Exact:
    """The value at a cost."""
    return begun_at(curve, cost).value


def highest(curve: Curve) -> Exact:
    """The most it comes to (for a cost no larger than any that hojo reads)."""
    return max(*(segment.value for segment in curve), at(curve, LARGEST))


def reach(curve: Curve, value: Exact) -> Exact | None:
    """The smallest cost at which the curve comes to `value`."""
    for segment, after in pairwise((*curve, None)):
        assert segment is not None
        if segment.value >= value:
            return segment.start
        if segment.slope > 0:
            cost = segment.start + Fraction(value - segment.value) / segment.slope
            if after is None or cost <= after.start:
                return cost
    return None


def through(outer: Curve, inner: Curve) -> Curve:
    """What `outer` makes of the values of `inner`."""
    bends = [reach(inner, segment.start) for segment in outer if segment.start > 0]
    segments = []
    for start in sorted({*(segment.start for segment in inner), *(cost for cost in bends if cost is not None)}):
        below = begun_at(inner, start)
        above = begun_at(outer, below.value)
        segments.append(Segment(start, above.value, above.slope * below.slope, above.by | below.by))
    return _joined(segments)


def times(curve: Curve, rate: Exact, by: Makers) -> Curve:
    """Every value × a rate."""
    return tuple(
        Segment(segment.start, segment.value * rate, segment.slope * rate, segment.by | by) for segment in curve
    )


def total(curves: Iterable[Curve]) -> Curve:
    """All of them added, at the same cost."""
    known = list(curves)
    segments = []
    for start in sorted({0, *(segment.start for curve in known for segment in curve)}):
        parts = [begun_at(curve, start) for curve in known]
        value, slope = sum((part.value for part in parts), start=0), sum((part.slope for part in parts), start=0)
        segments.append(Segment(start, value, slope, NOBODY.union(*(part.by for part in parts))))
    return _joined(segments)


def least(one: Curve, other: Curve) -> Curve:
    """The smaller of two; where they agree over a stretch both are at work."""
    starts = sorted({segment.start for segment in (*one, *other)})
    crossings = []
    for start, end in pairwise((*starts, None)):
        assert start is not None
        left, right = begun_at(one, start), begun_at(other, start)
        if left.slope != right.slope:
            cost = start + Fraction(left.value - right.value) / (right.slope - left.slope)
            if cost > start and (end is None or cost < end):
                crossings.append(cost)
    segments = []
    for start in sorted({*starts, *crossings}):
        left, right = begun_at(one, start), begun_at(other, start)
        if (left.value, left.slope) == (right.value, right.slope):
            segments.append(left._replace(by=left.by | right.by))
        else:
            segments.append(min(left, right, key=lambda segment: (segment.value, segment.slope)))
    return _joined(segments)


def _joined(segments: Iterable[Segment]) -> Curve:
    """Neighbours on one line, made by the same figures, become one segment."""
    found: list[Segment] = []
    for segment in segments:
        if not (found and found[-1].slope == segment.slope and found[-1].by == segment.by):
            found.append(segment)
    return tuple(found)
