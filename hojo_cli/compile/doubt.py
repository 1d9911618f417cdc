"""Numbers that are not known, asked by the closures like any other: each answers for a range, or says where it has to be parted."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import Final, NoReturn

from hojo_cli.formula import Exact

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

    def __ge__(self, limit: Exact) -> bool:
        if self.low >= limit:
            return True
        if self.high < limit:
            return False
        raise Doubt(self.name, ceil(limit) if self.step == 1 else limit)

    def __gt__(self, limit: Exact) -> bool:
        if self.low > limit:
            return True
        if self.high <= limit:
            return False
        raise Doubt(self.name, floor(limit) + 1 if self.step == 1 else limit + self.step)

    def __lt__(self, limit: Exact) -> bool:
        return not self >= limit

    def __le__(self, limit: Exact) -> bool:
        return not self > limit

    def __eq__(self, limit: object) -> bool:
        assert isinstance(limit, (int, Fraction))
        return self >= limit and self <= limit

    __hash__ = None  # type: ignore[assignment]  # a range is no key

    def _value(self, _: object = None) -> NoReturn:
        raise Doubt(self.name, None)

    __mul__ = __rmul__ = _value
    numerator = denominator = property(_value)
