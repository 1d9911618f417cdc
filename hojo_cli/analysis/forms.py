"""Amounts as functions, in a form in which functions that are equal look alike: what may be called the same is proved to be the same.

A `Form` is a rising piecewise linear function of one `Basis`: the cost of some items, a count, or other forms put together. Forms are
only ever joined in ways that keep that (added, the least of them, rounded, cut at a figure), and whatever the range of a basis puts
out of reach is cut off on the way, so that a cap above what can be reached and no cap at all come to the same form.
Two equal forms are equal functions; two different ones may still be equal, and nothing is claimed of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from fractions import Fraction
from math import ceil

from hojo_cli.analysis import bands
from hojo_cli.analysis.bands import Curve, Piece
from hojo_cli.base.finding import Location
from hojo_cli.base.number import Kind
from hojo_cli.base.record import Record
from hojo_cli.engine.derive import cut
from hojo_cli.rules.nodes import NOWHERE, Exact, Number, Rounded


class Basis(Record):
    """What a form is a function of: its sort, what tells it from others of the sort, and its least and greatest value (None: no end)."""

    sort: str
    what: Hashable
    low: Exact
    high: Exact | None


class Form(Record):
    """A function of a basis. The curve begins at the basis's least value: there its cost is 0."""

    basis: Basis
    curve: Curve

    @property
    def least(self) -> Exact:
        """The smallest value."""
        return self.curve[0].value

    @property
    def most(self) -> Exact | None:
        """The greatest value, None where there is no end."""
        if self.curve[-1].slope == 0:
            return self.curve[-1].value
        return None if self.basis.high is None else bands.at(self.curve, self.basis.high - self.basis.low)

    @property
    def constant(self) -> bool:
        """Whether it is the same everywhere."""
        return self.basis == _NOTHING


_NOTHING = Basis("", None, 0, 0)


def constant(value: Exact) -> Form:
    """The same everywhere."""
    return Form(_NOTHING, bands.flat(value))


def itself(basis: Basis) -> Form:
    """The value of a basis."""
    return made(basis, (Piece(0, basis.low, 1),))


def made(basis: Basis, curve: Curve) -> Form:
    """A form without what is out of reach, and without the figures that made it."""
    pieces: list[Piece] = []
    for piece in curve:
        reached = basis.high is None or piece.start < basis.high - basis.low or not pieces
        if reached and not (pieces and piece.slope == pieces[-1].slope):
            pieces.append(Piece(piece.start, piece.value, piece.slope))
    if len(pieces) == 1 and (pieces[0].slope == 0 or basis.low == basis.high):
        return constant(pieces[0].value)
    return Form(basis, tuple(pieces))


def scaled(form: Form, rate: Exact) -> Form:
    """× a rate."""
    return made(form.basis, bands.times(form.curve, rate, bands.NOBODY))


def through(scale: Curve, form: Form) -> Form:
    """What a rising curve from 0 makes of a form."""
    return made(form.basis, bands.through(scale, form.curve))


def added(forms: Iterable[Form]) -> Form:
    """All of them together; a sum of sums is one sum."""
    offset: Exact = 0
    found: dict[Basis, Form] = {}
    for form in forms:
        if form.basis.sort == "sum" and form.curve == (Piece(0, form.least, 1),):
            offset += form.least - form.basis.low
            for part in _parts(form.basis):
                _gather(part, found)
        else:
            _gather(form, found)
    rest = [form for form in found.values() if not form.constant]
    offset += sum((form.least for form in found.values() if form.constant), start=0)
    if not rest:
        return constant(offset)
    if len(rest) == 1:
        return _raised(rest[0], offset)
    least = sum((form.least for form in rest), start=0)
    return _raised(itself(Basis("sum", frozenset(rest), least, _sum(form.most for form in rest))), offset)


def _gather(form: Form, found: dict[Basis, Form]) -> None:
    before = found.get(form.basis)
    found[form.basis] = form if before is None else made(form.basis, bands.total((before.curve, form.curve)))


def _raised(form: Form, offset: Exact) -> Form:
    return made(form.basis, tuple(piece._replace(value=piece.value + offset) for piece in form.curve))


def _parts(basis: Basis) -> frozenset[Form]:
    assert isinstance(basis.what, frozenset)
    return basis.what


def _sum(values: Iterable[Exact | None]) -> Exact | None:
    total: Exact = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def lowest(forms: Iterable[Form]) -> Form:
    """The least of them."""
    by_basis: dict[Basis, Form] = {}
    for form in forms:
        before = by_basis.get(form.basis)
        by_basis[form.basis] = form if before is None else made(form.basis, bands.least((before.curve, form.curve)))
    ends = [form.most for form in by_basis.values() if form.most is not None]
    if not ends:
        return _least_of(list(by_basis.values()))
    end = min(ends)
    rest = [limited(form, end) for form in by_basis.values()]
    lower = [form for form in rest if form.least < end]
    return _least_of(lower) if lower else constant(end)


def _least_of(forms: list[Form]) -> Form:
    alone = list(dict.fromkeys(forms))
    if len(alone) == 1:
        return alone[0]
    ends = [form.most for form in alone if form.most is not None]
    low = min(form.least for form in alone)
    return itself(Basis("least", frozenset(alone), low, min(ends, default=None)))


def limited(form: Form, most: Exact) -> Form:
    """No more than `most`; also inside, whatever could only lead to more is cut off."""
    if form.most is not None and form.most <= most:
        return form
    if form.least >= most:
        return constant(most)
    curve = bands.least((form.curve, bands.flat(most)))
    end = bands.reach(form.curve, most)
    assert end is not None
    inner = _narrowed(form.basis, form.basis.low + end)
    if inner is None:
        return made(form.basis, curve)
    moved = tuple(piece._replace(value=piece.value - form.basis.low) for piece in inner.curve)
    return made(inner.basis, bands.through(curve, moved))


def _narrowed(basis: Basis, most: Exact) -> Form | None:
    """A form that is equal to the basis as long as that is at most `most`, and at least `most` beyond; None for what has no inside."""
    match basis.sort:
        case "sum":
            parts = _parts(basis)
            return added(limited(part, most - basis.low + part.least) for part in parts)
        case "least":
            return lowest(limited(part, most) for part in _parts(basis))
        case "rounded":
            assert isinstance(basis.what, tuple)
            unit, mode, form = basis.what
            return rounded(limited(form, ceil(Fraction(most) / unit) * unit), unit, mode)
        case _:
            return None


def rounded(form: Form, unit: Exact, mode: str) -> Form:
    """Cut to a multiple of `unit`."""
    if whole(form, unit):
        return form
    low = _cut(form.least, unit, mode)
    high = None if form.most is None else _cut(form.most, unit, mode)
    if form.constant or low == high:
        return constant(low)
    if high is not None and mode != "up":  # from here on it comes to `high` anyway
        form = limited(form, high if mode == "down" else high - Fraction(unit) / 2)
    return itself(Basis("rounded", (unit, mode, form), low, high))


def _cut(value: Exact, unit: Exact, mode: str) -> Exact:
    number = Number(unit, Kind.YEN, NOWHERE, "", Location(""))
    return cut(value, Rounded(number, number, mode))


def whole(form: Form, unit: Exact) -> bool:
    """Whether every value is sure to be a multiple of `unit`."""
    if form.constant:
        return form.least % unit == 0
    if any(piece.slope.denominator != 1 or piece.value % unit or piece.start % unit for piece in form.curve):
        return False
    match form.basis.sort:
        case "rounded":
            assert isinstance(form.basis.what, tuple)
            return bool(form.basis.what[0] % unit == 0)
        case "sum" | "least":
            return all(whole(part, unit) for part in _parts(form.basis))
        case "count":
            return unit == 1
        case _:
            return False
