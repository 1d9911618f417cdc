"""Yen as a piecewise linear function of one cost, exact, continuous; each piece names the figures that make it what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Final, TypeAlias

from hojo_cli.base.finding import Location
from hojo_cli.base.number import LARGEST
from hojo_cli.base.record import Record
from hojo_cli.rules.nodes import Exact

Makers: TypeAlias = "frozenset[Location]"
NOBODY: Final[Makers] = frozenset()


class Piece(Record):
    """From `start` yen of cost on: `value` there, and `slope` yen more for each yen. `by` are the places of the figures at work."""

    start: Exact
    value: Exact
    slope: Exact
    by: Makers = NOBODY


Curve: TypeAlias = "tuple[Piece, ...]"
"""Pieces from 0 on, ascending; the last has no end."""


def flat(value: Exact, by: Makers = NOBODY) -> Curve:
    """The same whatever the cost."""
    return (Piece(0, value, 0, by),)


def straight(top: Exact | None = None) -> Curve:
    """The cost itself, which cannot be more than `top`."""
    if top is None:
        return (Piece(0, 0, 1),)
    return (Piece(0, 0, 1), Piece(top, top, 0)) if top > 0 else flat(0)


def scale(steps: Sequence[tuple[Exact | None, Exact, Makers]], end: Makers, *, on_subsidy: bool) -> Curve:
    """Tiers as (up to, rate, figures at work); `end` are the figures that stop it behind the last one."""
    start: Exact = 0
    value: Exact = 0
    border: Exact = 0
    pieces = []
    for up_to, rate, by in steps:
        pieces.append(Piece(start, value, rate, by))
        if up_to is None or (rate == 0 and on_subsidy):  # what yields nothing uses up all that is left
            return tuple(pieces)
        used = Fraction(up_to - border) / rate if on_subsidy else up_to - border
        start, value, border = start + used, value + used * rate, up_to
    return (*pieces, Piece(start, value, 0, end))


def at(curve: Curve, cost: Exact) -> Exact:
    """The value at a cost."""
    piece = [piece for piece in curve if piece.start <= cost][-1]
    return piece.value + (cost - piece.start) * piece.slope


def highest(curve: Curve) -> Exact:
    """The most it comes to (for a cost no larger than any that hojo reads)."""
    return max(*(piece.value for piece in curve), at(curve, LARGEST))


def reach(curve: Curve, value: Exact) -> Exact | None:
    """The smallest cost at which a rising curve comes to `value`."""
    for piece, after in pairwise((*curve, None)):
        assert piece is not None
        if piece.value >= value:
            return piece.start
        if piece.slope > 0:
            cost = piece.start + Fraction(value - piece.value) / piece.slope
            if after is None or cost <= after.start:
                return cost
    return None


def through(outer: Curve, inner: Curve) -> Curve:
    """What `outer` makes of the values of `inner`, which rises."""
    starts = {piece.start for piece in inner} | {
        cost for piece in outer if piece.start > 0 and (cost := reach(inner, piece.start)) is not None
    }
    return _joined(_through(outer, inner, start) for start in sorted(starts))


def _through(outer: Curve, inner: Curve, start: Exact) -> Piece:
    below = _piece(inner, start)
    value = below.value + (start - below.start) * below.slope
    above = _piece(outer, value)
    slope = above.slope * below.slope
    return Piece(start, above.value + (value - above.start) * above.slope, slope, above.by | below.by)


def _piece(curve: Curve, cost: Exact) -> Piece:
    return [piece for piece in curve if piece.start <= cost][-1]


def times(curve: Curve, rate: Exact, by: Makers) -> Curve:
    """Every value × a rate."""
    return tuple(Piece(piece.start, piece.value * rate, piece.slope * rate, piece.by | by) for piece in curve)


def total(curves: Iterable[Curve]) -> Curve:
    """All of them added, at the same cost."""
    return reduce(_added, curves, flat(0))


def _added(one: Curve, other: Curve) -> Curve:
    return _joined(
        Piece(start, at(one, start) + at(other, start), left.slope + right.slope, left.by | right.by)
        for start in _starts(one, other)
        for left, right in [(_piece(one, start), _piece(other, start))]
    )


def least(curves: Iterable[Curve]) -> Curve:
    """The smallest of them; where two agree over a stretch both are at work."""
    return reduce(_smaller, curves)


def _smaller(one: Curve, other: Curve) -> Curve:
    crossings = set(_crossings(one, other))
    return _joined(_smaller_from(one, other, start) for start in sorted({*_starts(one, other), *crossings}))


def _smaller_from(one: Curve, other: Curve, start: Exact) -> Piece:
    left, right = _piece(one, start), _piece(other, start)
    left = Piece(start, at(one, start), left.slope, left.by)
    right = Piece(start, at(other, start), right.slope, right.by)
    if (left.value, left.slope) == (right.value, right.slope):
        return left._replace(by=left.by | right.by)
    return left if (left.value, left.slope) < (right.value, right.slope) else right


def _crossings(one: Curve, other: Curve) -> Iterator[Exact]:
    for start, end in pairwise((*_starts(one, other), None)):
        assert start is not None
        apart, closing = at(one, start) - at(other, start), _piece(other, start).slope - _piece(one, start).slope
        if closing != 0 and (cost := start + Fraction(apart) / closing) > start and (end is None or cost < end):
            yield cost


def _starts(one: Curve, other: Curve) -> list[Exact]:
    return sorted({piece.start for piece in (*one, *other)})


def _joined(pieces: Iterable[Piece]) -> Curve:
    """Neighbours on one line, made by the same figures, become one piece."""
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].slope == piece.slope and found[-1].by == piece.by:
            continue
        found.append(piece)
    return tuple(found)
