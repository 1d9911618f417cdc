"""What comes of a node for one applicant: the value, with everything it was made from, or the facts that stand in its way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Final

from hojo_cli.base.exact import Exact
from hojo_cli.base.record import Record
from hojo_cli.engine.interval import Interval
from hojo_cli.rules import nodes
from hojo_cli.rules.declared import FactValue

KNOWN: frozenset[str] = frozenset()


class Derivation(Record):
    """`value` of `node` (None: unknown, because of the facts in `unknown`) and the derivations it rests on.

    For steps on money: `cost` is what went in, `rate` what it was multiplied by, `lost` what a limit took away (all exact yen).
    `between`: the bounds of a number that is not known.
    """

    node: object
    value: FactValue | None
    unknown: frozenset[str] = KNOWN
    parts: tuple[Derivation, ...] = ()
    cost: Exact | None = None
    rate: Exact | None = None
    lost: Exact = 0
    between: Interval | None = None


def derive(
    node: object,
    value: FactValue | None,
    unknown: frozenset[str] = KNOWN,
    parts: tuple[Derivation, ...] = (),
    cost: Exact | None = None,
    rate: Exact | None = None,
    lost: Exact = 0,
    between: Interval | None = None,
) -> Derivation:
    """A `Derivation`, made in a third of the time that calling the class takes: an applicant needs hundreds."""
    return _new(Derivation, (node, value, unknown, parts, cost, rate, lost, between))


_new: Final[Callable[..., Derivation]] = tuple.__new__


def exact(derivation: Derivation) -> Exact:
    """The number of a derivation whose value is known to be one."""
    value = derivation.value
    assert isinstance(value, (int, Fraction))  # a union takes five times as long here
    return value


def joined(first: frozenset[str], second: frozenset[str]) -> frozenset[str]:
    """The facts of both; one of the two where it holds the other, for most sets of facts come up again and again."""
    if second <= first:
        return first
    return first | second if first else second


def unknown_in(derivations: Iterable[Derivation]) -> frozenset[str]:
    """The facts that stand in the way of any of these."""
    unknown = KNOWN
    for derivation in derivations:
        if derivation.unknown:
            unknown = joined(unknown, derivation.unknown)
    return unknown


def added(node: object, parts: tuple[Derivation, ...]) -> Derivation:
    """The sum of all parts."""
    unknown = unknown_in(parts)
    if unknown:
        return derive(node, None, unknown, parts)
    return derive(node, sum(map(exact, parts), start=0), KNOWN, parts)


# --- money ----------------------------------------------------------------------------------------------------------------

_NO_MONEY: Final = (nodes.Share, nodes.Condition)
"""Nodes under which no money of the line itself stands: what a share is a share of is another line's."""


def money_of(step: Derivation) -> tuple[Derivation, ...]:
    """What a step on money was made from, as far as that is money of the same line."""
    return () if isinstance(step.node, _NO_MONEY) else step.parts


def eligible_cost(derivation: Derivation) -> Exact | None:
    """The cost looked at, after month and category limits; None where fields left out decide it."""
    total: Exact = 0
    pending = [derivation]
    while pending:  # a group of a thousand has a million steps: no recursion here
        step = pending.pop()
        pending += money_of(step)
        if isinstance(step.node, nodes.Costs):
            if step.value is None:
                return None
            total += exact(step)
    return total
