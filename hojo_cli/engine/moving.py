"""A number that moves with x: what it is where x stands, and what it is anywhere else.

The evaluator reckons with it as with any exact number. Each comparison that is made with one is remembered by its `Track`: up to
the last x where all of them come out the same, the applicant is judged in the same way, and what a frame pays is one line in x.
So a walk from one such x to the next lays out the whole function, exactly, however far it goes.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil
from operator import eq, ge, gt, le, lt
from typing import TYPE_CHECKING, Self

from hojo_cli.base.exact import Exact, quotient, whole
from hojo_cli.base.record import NamedTuple


class NotStraight(Exception):
    """Something is done with a moving number that leaves no line, such as dividing by it."""


class Course(NamedTuple):
    """`start` + `slope` × steps from where x stood, and so many times each line of `rounded`, cut down to a whole number."""

    start: Exact
    slope: Exact
    rounded: tuple[tuple[Course, Exact], ...] = ()

    def at(self, steps: int) -> Exact:
        """What it comes to so many steps further."""
        value = self.start + self.slope * steps
        for line, times in self.rounded:
            value += times * whole(line.at(steps))
        return value

    def plus(self, other: Course) -> Course:
        """The sum; what is rounded in both, and in one of them taken off, is gone."""
        times = dict(self.rounded)
        for line, more in other.rounded:
            times[line] = times.get(line, 0) + more
        rounded = tuple([(line, many) for line, many in times.items() if many])
        return Course(self.start + other.start, self.slope + other.slope, rounded)

    def multiplied(self, by: Exact) -> Course:
        """So many times as much."""
        rounded = tuple([(line, times * by) for line, times in self.rounded]) if by else ()
        return Course(self.start * by, self.slope * by, rounded)

    def cut_down(self) -> Course:
        """Cut down to a whole number: parts that are whole anyway stand beside what is rounded."""
        parts = [part for part in self.rounded if part[1].denominator != 1]
        whole_parts = {line: times for line, times in self.rounded if times.denominator == 1}
        start = whole(self.start)
        if not parts and self.slope.denominator == 1:
            return Course(start, self.slope, tuple(whole_parts.items()))
        inner = Course(self.start - start, self.slope, tuple(parts))
        whole_parts[inner] = whole_parts.get(inner, 0) + 1
        return Course(start, 0, tuple(whole_parts.items()))

    def moved(self, steps: int) -> Course:
        """The same line, told from so many steps further."""
        line = Course(self.start + self.slope * steps, self.slope)
        for inner, times in self.rounded:
            line = line.plus(inner.moved(steps).cut_down().multiplied(times))
        return line

    def backwards(self) -> Course:
        """The same line, told in steps the other way."""
        return Course(self.start, -self.slope, tuple([(line.backwards(), times) for line, times in self.rounded]))

    def first(self, at_least: Exact, last: int) -> int | None:
        """The first of the steps from 0 to `last` (inclusive) with so much or more, if any."""
        start, slope, off, rises, falls = self.smooth
        if not (rises or slope > 0):
            steps = range(1) if falls else range(last + 1)
            return next((step for step in steps if self.at(step) >= at_least), None)
        low, high = 0, last
        if not rises:  # nowhere before the straight line is so near, everywhere once it is far enough above
            low = min(last, max(0, ceil(quotient(at_least - off - start, slope))))
            high = min(last, max(0, ceil(quotient(at_least + off - start, slope))))
            return next((step for step in range(low, high + 1) if self.at(step) >= at_least), None)
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.at(middle) >= at_least else (middle + 1, high)
        return low if self.at(low) >= at_least else None

    @property
    def smooth(self) -> Smooth:
        """The line without rounding, and how far this one may lie from it."""
        start, slope, off, rises, falls = self.start, self.slope, Fraction(0), self.slope >= 0, self.slope <= 0
        for line, times in self.rounded:
            inner = line.smooth
            start, slope, off = (
                start + times * inner.start,
                slope + times * inner.slope,
                off + abs(Fraction(times)) * (inner.off + 1),
            )
            rises &= inner.rises if times > 0 else inner.falls
            falls &= inner.falls if times > 0 else inner.rises
        return Smooth(start, slope, off, rises, falls)


class Smooth(NamedTuple):
    """A straight line within `off` of a line; whether that never falls (`rises`), never rises (`falls`), or goes to and fro."""

    start: Exact
    slope: Exact
    off: Exact
    rises: bool
    falls: bool


class Track:
    """Where x stands (a whole number), and the last x up to which everything compared so far compares alike."""

    __slots__ = ("at", "until")

    def __init__(self, at: int, until: int) -> None:
        self.at = at
        self.until = until

    def keep(self, gap: Course, same: Callable[[Exact], bool]) -> None:
        """Go no further than where the gap lies as it does here; where roundings go to and fro, step by step."""
        start, slope, off, rises, falls = gap.smooth
        far, steep, end = abs(Fraction(start)), abs(Fraction(slope)), self.until - self.at
        if not slope and not off:
            return
        if not (rises or falls):
            if far <= off:
                self.until = self.at
            elif start * slope < 0:
                self.until = self.at + min(end, max(0, ceil((far - off) / steep) - 1))
            return
        high = min(end, ceil((far + off) / steep) + 1) if slope else end  # 0 is passed by then, if ever
        if same(gap.at(high)):
            return
        low = max(0, ceil((far - off) / steep) - 1) if start * slope < 0 else 0  # and not yet here
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if same(gap.at(middle)) else (low, middle)
        self.until = self.at + low


class Moving(Fraction):
    """A line along a track. As a fraction it is its value where x stands.

    Whatever a fraction can do that is not written here raises `NotStraight`.
    """

    __slots__ = ("line", "track", "value")

    line: Course
    track: Track
    value: Exact

    def __new__(cls, track: Track, line: Course) -> Self:
        value = line.at(0)
        made = super().__new__(cls, value)
        made.track, made.line, made.value = track, line, value
        return made

    def __bool__(self) -> bool:
        return not self._compared(eq, 0)

    def _with(self, other: Exact, sign: int) -> Moving:
        line = other.line if isinstance(other, Moving) else Course(other, 0)
        return Moving(self.track, self.line.plus(line.multiplied(sign)))

    def _times(self, by: Exact) -> Moving:
        if isinstance(by, Moving):
            raise NotStraight
        return Moving(self.track, self.line.multiplied(by))

    def _compared(self, holds: Callable[[Exact, Exact], bool], other: Exact) -> bool:
        """Whether it holds where x stands; how long it stays so is noted."""
        gap = self._with(other, -1)
        held = holds(gap.value, 0)
        side = (
            (gt if gap.value > 0 else lt) if holds is eq and not held else holds
        )  # what is not 0 stays on its side of it
        alike = side(gap.value, 0)
        self.track.keep(gap.line, lambda value: side(value, 0) is alike)
        return held

    if (
        not TYPE_CHECKING
    ):  # the same signatures as a fraction's, whose overloads a type checker wants repeated one by one

        def __hash__(self):
            return hash(self.value)

        def __format__(self, spec):
            return format(self.value, spec)

        def __add__(self, other):
            return self._with(other, 1)

        def __sub__(self, other):
            return self._with(other, -1)

        def __rsub__(self, other):
            return self._times(-1)._with(other, 1)

        def __neg__(self):
            return self._times(-1)

        def __abs__(self):
            return self if self >= 0 else -self

        def __mul__(self, other):
            return self._times(other)

        def __truediv__(self, other):
            if isinstance(other, Moving):
                raise NotStraight
            return self._times(quotient(1, other))

        def __floordiv__(self, other):
            return Moving(self.track, (self / other).line.cut_down())

        def __divmod__(self, other):
            """Exactly divided, with no rest: who asks wants whole numbers where there are some."""
            return self / other, 0

        @property
        def numerator(self):
            return self

        @property
        def denominator(self):
            return 1

        def __lt__(self, other):
            return self._compared(lt, other)

        def __le__(self, other):
            return self._compared(le, other)

        def __gt__(self, other):
            return self._compared(gt, other)

        def __ge__(self, other):
            return self._compared(ge, other)

        def __eq__(self, other):
            return isinstance(other, (int, Fraction)) and self._compared(eq, other)

        def _refused(self, *_):
            raise NotStraight

        __radd__, __rmul__ = __add__, __mul__
        __ceil__ = __floor__ = __int__ = __mod__ = __pow__ = __rdivmod__ = __rfloordiv__ = _refused
        __rmod__ = __round__ = __rpow__ = __rtruediv__ = __trunc__ = _refused
