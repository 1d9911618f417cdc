"""Numbers that are not known, asked by the closures like any other: each answers for a range, or says where it has to be parted."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import Final, NoReturn

from hojo_cli.rules.nodes import Exact

FINEST: Final = Fraction(1, 10**9)
"""The step of a rate; every other number goes in steps of one."""


class Doubt(KeyError):
    """What is asked depends on more than is known of the fact `name`: on which side of `cut` it lies, or (None) on its very value."""

    def __init__(self, name: str, cut: Exact | None) -> None:
        super().__init__(name)
        self.cut = cut


class Range:
    """Any number from `low` to `high`, both included."""

    __slots__ = ("high", "low", "name", "step")

    def __init__(self, name: str, low: Exact, high: Exact, step: Exact) -> None:
        self.name, self.low, self.high, self.step = name, low, high, step

    def __ge__(self, limit: Exact | Range) -> bool:
        low, high = _ends(limit)
        if self.low >= high:
            return True
        if self.high < low:
            return False
        raise self._parted(limit, ceil(low) if self.step == 1 else low)

    def __gt__(self, limit: Exact | Range) -> bool:
        low, high = _ends(limit)
        if self.low > high:
            return True
        if self.high <= low:
            return False
        raise self._parted(limit, floor(low) + 1 if self.step == 1 else low + self.step)

    def __lt__(self, limit: Exact | Range) -> bool:
        return not self >= limit

    def __le__(self, limit: Exact | Range) -> bool:
        return not self > limit

    def __eq__(self, limit: object) -> bool:
        assert isinstance(limit, (int, Fraction, Range))
        return self >= limit and self <= limit

    def _parted(self, limit: Exact | Range, cut: Exact) -> Doubt:
        """Against a number there are two sides; against another range its ends, one by one, show all that can come of it."""
        return Doubt(self.name, None if isinstance(limit, Range) else cut)

    __hash__ = None  # type: ignore[assignment]  # a range is no key

    def _value(self, _: object = None) -> NoReturn:
        raise Doubt(self.name, None)

    __mul__ = __rmul__ = _value
    numerator = denominator = property(_value)


def _ends(limit: Exact | Range) -> tuple[Exact, Exact]:
    return (limit.low, limit.high) if isinstance(limit, Range) else (limit, limit)
