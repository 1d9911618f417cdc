"""A subject as compiled closures see it, and what the closures are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from hojo_cli.rules.nodes import Exact

Pair: TypeAlias = "tuple[int, int]"
"""A numerator and a denominator, never reduced."""

Test: TypeAlias = "Callable[[Case], bool]"
Count: TypeAlias = "Callable[[Case], Exact]"
Yield: TypeAlias = "Callable[[Case], Pair]"
Pool: TypeAlias = "tuple[tuple[bool, ...], tuple[int, ...], tuple[Exact, ...]]"
"""What all members come to: whether each condition holds for every one of them, how many count for each count, each sum of amounts."""
Fields: TypeAlias = "Mapping[str, frozenset[str]]"


class Case:
    """A subject as the closures see it: in `mask` a bit for each pick that takes an item, in `sums` and `kinds` a slot a question."""

    __slots__ = ("facts", "kinds", "lines", "mask", "members", "pool", "seen", "sums")

    def __init__(
        self,
        facts: Mapping[str, Any],
        mask: int,
        sums: Sequence[Exact],
        kinds: Sequence[frozenset[str]],
        members: list[Case],
    ) -> None:
        self.facts = facts  # Any: the loader has seen to it that each fact has the type the ruleset declares
        self.mask = mask
        self.sums = sums
        self.kinds = kinds
        self.members = members
        self.pool: Pool = ((), (), ())
        self.seen: dict[str, bool] = {}
        self.lines: dict[str, Pair] = {}
