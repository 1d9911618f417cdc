"""Amounts as functions, in a form in which functions that are equal look alike: what may be called the same is proved to be the same.

An `AmountForm` is a rising piecewise linear function of one `Basis`: the cost of some items, a count, or other forms put together.
Forms are only ever joined in ways that keep that (added, the least of them, rounded, cut at a figure), and whatever the range of a
basis puts out of reach is cut off on the way, so that a cap above what can be reached and no cap at all come to the same form.
Two equal forms are equal functions; two different ones may still be equal, and nothing is claimed of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from fractions import Fraction
from math import ceil
from typing import Final

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Location
from hojo_cli.base.number import Kind
from hojo_cli.base.record import Record
from hojo_cli.engine.amounts import cut
from hojo_cli.rules.nodes import NOWHERE, Number, Rounded
from hojo_cli.verify.analysis import piecewise
from hojo_cli.verify.analysis.piecewise import Curve, Segment


class Basis(Record):
    """What a form is a function of: its sort, what tells it from others of the sort, and its least and greatest value (None: no end)."""

    sort: str
    what: Hashable
    low: Exact
    high: Exact | None

    @property
    def parts(self) -> frozenset[AmountForm]:
        """The forms that a sum or a least is made of."""
        assert isinstance(self.what, frozenset)
        return self.what


class AmountForm(Record):
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
        return None if self.basis.high is None else piecewise.at(self.curve, self.basis.high - self.basis.low)

    @property
    def constant(self) -> bool:
        """Whether it is the same everywhere."""
        return self.basis == _NOTHING


_NOTHING: Final = Basis("", None, 0, 0)


def constant(value: Exact) -> AmountForm:
    """The same everywhere."""
    return AmountForm(_NOTHING, piecewise.flat(value))


def itself(basis: Basis) -> AmountForm:
    """The value of a basis."""
    return made(basis, (Segment(0, basis.low, 1),))


def made(basis: Basis, curve: Curve) -> AmountForm:
    """A form without what is out of reach, and without the figures that made it."""
    segments: list[Segment] = []
    for segment in curve:
        reached = basis.high is None or segment.start < basis.high - basis.low or not segments
        if reached and not (segments and segment.slope == segments[-1].slope):
            segments.append(Segment(segment.start, segment.value, segment.slope))
    if len(segments) == 1 and (segments[0].slope == 0 or basis.low == basis.high):
        return constant(segments[0].value)
    return AmountForm(basis, tuple(segments))


def scaled(form: AmountForm, rate: Exact) -> AmountForm:
    """× a rate."""
    return made(form.basis, piecewise.times(form.curve, rate, piecewise.NOBODY))


def through(scale: Curve, form: AmountForm) -> AmountForm:
    """What a rising curve from 0 makes of a form."""
    return made(form.basis, piecewise.through(scale, form.curve))


def added(forms: Iterable[AmountForm]) -> AmountForm:
    """All of them together; a sum of sums is one sum."""
    offset: Exact = 0
    summands: list[AmountForm] = []
    for form in forms:
        if form.basis.sort == "sum" and form.curve == (Segment(0, form.least, 1),):
            offset += form.least - form.basis.low
            summands += form.basis.parts
        else:
            summands.append(form)
    by_basis: dict[Basis, AmountForm] = {}
    for form in summands:
        before = by_basis.get(form.basis)
        by_basis[form.basis] = form if before is None else made(form.basis, piecewise.total((before.curve, form.curve)))
    varying = [form for form in by_basis.values() if not form.constant]
    offset += sum((form.least for form in by_basis.values() if form.constant), start=0)
    if not varying:
        return constant(offset)
    whole = varying[0]
    if len(varying) > 1:
        ends = [form.most for form in varying]
        end = None if None in ends else sum((end for end in ends if end is not None), start=0)
        whole = itself(Basis("sum", frozenset(varying), sum((form.least for form in varying), start=0), end))
    return made(whole.basis, _raised(whole.curve, offset))


def _raised(curve: Curve, offset: Exact) -> Curve:
    return tuple(segment._replace(value=segment.value + offset) for segment in curve)


def lowest(forms: Iterable[AmountForm]) -> AmountForm:
    """The least of them."""
    by_basis: dict[Basis, AmountForm] = {}
    for form in forms:
        before = by_basis.get(form.basis)
        by_basis[form.basis] = form if before is None else made(form.basis, piecewise.least(before.curve, form.curve))
    end = min((form.most for form in by_basis.values() if form.most is not None), default=None)
    rest = list(by_basis.values())
    if end is not None:
        rest = [form for form in (limited(form, end) for form in rest) if form.least < end]
        if not rest:
            return constant(end)
    alone = list(dict.fromkeys(rest))
    if len(alone) == 1:
        return alone[0]
    most = min((form.most for form in alone if form.most is not None), default=None)
    return itself(Basis("least", frozenset(alone), min(form.least for form in alone), most))


def limited(form: AmountForm, most: Exact) -> AmountForm:
    """No more than `most`; also inside, whatever could only lead to more is cut off."""
    if form.most is not None and form.most <= most:
        return form
    if form.least >= most:
        return constant(most)
    curve = piecewise.least(form.curve, piecewise.flat(most))
    end = piecewise.reach(form.curve, most)
    assert end is not None
    inner = narrowed(form.basis, form.basis.low + end)
    if inner is None:
        return made(form.basis, curve)
    return made(inner.basis, piecewise.through(curve, _raised(inner.curve, -form.basis.low)))


def narrowed(basis: Basis, most: Exact) -> AmountForm | None:
    """A form that is equal to the basis as long as that is at most `most`, and at least `most` beyond; None for what has no inside."""
    if basis.sort == "sum":
        return added(limited(part, most - basis.low + part.least) for part in basis.parts)
    if basis.sort == "least":
        return lowest(limited(part, most) for part in basis.parts)
    if basis.sort == "rounded":
        assert isinstance(basis.what, tuple)
        unit, mode, form = basis.what
        return rounded(limited(form, ceil(Fraction(most) / unit) * unit), unit, mode)
    return None


def rounded(form: AmountForm, unit: Exact, mode: str) -> AmountForm:
    """Cut to a multiple of `unit`."""
    if whole(form, unit):
        return form
    number = Number(unit, Kind.YEN, NOWHERE, "", Location(""))
    low, high = (None if end is None else cut(end, Rounded(number, number, mode)) for end in (form.least, form.most))
    assert low is not None
    if form.constant or low == high:
        return constant(low)
    if high is not None and mode != "up":  # from here on it comes to `high` anyway
        form = limited(form, high if mode == "down" else high - Fraction(unit) / 2)
    return itself(Basis("rounded", (unit, mode, form), low, high))


def whole(form: AmountForm, unit: Exact) -> bool:
    """Whether every value is sure to be a multiple of `unit`."""
    if form.constant:
        return form.least % unit == 0
    if any(part.slope.denominator != 1 or part.value % unit or part.start % unit for part in form.curve):
        return False
    if form.basis.sort == "rounded":
        assert isinstance(form.basis.what, tuple)
        return bool(form.basis.what[0] % unit == 0)
    if form.basis.sort in ("sum", "least"):
        return all(whole(part, unit) for part in form.basis.parts)
    return form.basis.sort == "count" and unit == 1
