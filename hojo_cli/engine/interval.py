"""Numbers of which only the bounds are known: how they compare, and where a comparison parts them."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from math import ceil, floor
from typing import Any, Final

from hojo_cli.base.exact import Exact
from hojo_cli.base.number import LARGEST
from hojo_cli.base.record import NamedTuple
from hojo_cli.rules.declared import FactSpec
from hojo_cli.rules.nodes import Op

COMPARISONS: Final[Mapping[Op, Callable[[Exact, Exact], bool]]] = {
    Op.MIN: operator.ge,
    Op.MAX: operator.le,
    Op.ABOVE: operator.gt,
    Op.BELOW: operator.lt,
    Op.EQ: operator.eq,
}
MIRRORED: Final[Mapping[Op, Op]] = {
    Op.MIN: Op.MAX,
    Op.MAX: Op.MIN,
    Op.ABOVE: Op.BELOW,
    Op.BELOW: Op.ABOVE,
    Op.EQ: Op.EQ,
}
"""What the right side of a comparison is to the left."""


class Interval(NamedTuple):
    """Any number from `low` to `high`, both included, in steps of `step`."""

    low: Exact
    high: Exact
    step: Exact = 1

    def compared(self, op: Op, other: Interval) -> bool | None:
        """Whether the comparison holds wherever in them both numbers lie; None where that makes a difference."""
        match op:
            case Op.MIN:
                return True if self.low >= other.high else False if self.high < other.low else None
            case Op.ABOVE:
                return True if self.low > other.high else False if self.high <= other.low else None
            case Op.BELOW | Op.MAX:
                opposite = self.compared(Op.MIN if op is Op.BELOW else Op.ABOVE, other)
                return None if opposite is None else not opposite
            case Op.EQ:
                both = self.compared(Op.MIN, other), self.compared(Op.MAX, other)
                return False if False in both else None if None in both else True

    def cut(self, op: Op, limit: Exact) -> Exact:
        """The least number of the upper part, where an undecided comparison with `limit` parts the interval."""
        if op in (Op.MIN, Op.BELOW) or (op is Op.EQ and self.low < limit):
            return ceil(limit) if self.step == 1 else limit
        return floor(limit) + 1 if self.step == 1 else limit + self.step


def range_of(
    spec: FactSpec, specs: Mapping[str, FactSpec], facts: Mapping[str, Any], members: int
) -> tuple[Exact, Exact]:
    """The least and the greatest a number may be: as declared, as far as it is known, beside what it is a part of and its parts."""
    most = LARGEST if spec.maximum is None else spec.maximum
    if spec.within is not None and members:
        most = min(most, members)
    low, high = _ends(facts.get(spec.id), spec.minimum, most)
    if spec.at_most is not None:
        high = min(high, _ends(facts.get(spec.at_most), 0, LARGEST)[1])
    for part in specs.values():
        if part.at_most == spec.id:
            low = max(low, _ends(facts.get(part.id), part.minimum, LARGEST)[0])
    return low, high


def _ends(value: Any, low: Exact, high: Exact) -> tuple[Exact, Exact]:
    if value is None:
        return low, high
    return (value.low, value.high) if isinstance(value, Interval) else (value, value)


def exactly(number: Exact) -> Interval:
    """The interval that holds this number alone."""
    return Interval(number, number)
