"""Exact arithmetic that stays with whole numbers where it can: they are many times as fast as fractions."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

Exact: TypeAlias = int | Fraction


def whole_where_it_can_be(over: int, under: int) -> Exact:
    """`over` / `under`."""
    whole, rest = divmod(over, under)
    return Fraction(over, under) if rest else whole


def product(first: Exact, second: Exact) -> Exact:
    """`first` × `second`."""
    return whole_where_it_can_be(first.numerator * second.numerator, first.denominator * second.denominator)


def quotient(first: Exact, second: Exact) -> Exact:
    """`first` / `second`."""
    return whole_where_it_can_be(first.numerator * second.denominator, first.denominator * second.numerator)


def whole(number: Exact) -> int:
    """Without what is less than one."""
    return number // 1
