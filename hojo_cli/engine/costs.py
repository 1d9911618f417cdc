"""The money in a derivation, and the cost that a line looks at."""

from __future__ import annotations

from typing import Final

from hojo_cli.base.exact import Exact
from hojo_cli.engine.derivation import Derivation, exact
from hojo_cli.rules import nodes

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
