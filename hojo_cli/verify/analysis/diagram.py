"""Sets of assignments over variables with finite domains, as ordered decision diagrams with every node made once.

A set is an integer: 0 is empty, 1 is everything; equal sets are equal integers. Variables are numbered; smaller stand higher.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Final

NONE: Final = 0
ALL: Final = 1


class Diagrams:
    """All sets over the variables of one ruleset."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self._nodes: list[tuple[int, tuple[int, ...]]] = [(-1, ()), (-1, ())]
        self._places: dict[tuple[int, tuple[int, ...]], int] = {}
        self._both: dict[tuple[int, int], int] = {}
        self._at: dict[tuple[int, int, int], int] = {}
        self._not: dict[int, int] = {NONE: ALL, ALL: NONE}

    def variable(self, size: int) -> int:
        """A new variable with values 0 … size − 1, below all there are."""
        self.sizes.append(size)
        return len(self.sizes) - 1

    def literal(self, variable: int, values: Iterable[int]) -> int:
        """All assignments that give the variable one of these values."""
        wanted = frozenset(values)
        return self._make(variable, tuple(ALL if value in wanted else NONE for value in range(self.sizes[variable])))

    def _make(self, variable: int, children: tuple[int, ...]) -> int:
        if children.count(children[0]) == len(children):
            return children[0]
        key = (variable, children)
        if key not in self._places:
            self._places[key] = len(self._nodes)
            self._nodes.append(key)
        return self._places[key]

    def both(self, one: int, other: int) -> int:
        """What is in both sets."""
        if one > other:
            one, other = other, one
        if one == NONE:
            return NONE
        if one in (ALL, other):
            return other
        found = self._both.get((one, other))
        if found is None:
            variable = min(self._nodes[one][0], self._nodes[other][0])
            pairs = zip(self._below(one, variable), self._below(other, variable), strict=True)
            found = self._make(variable, tuple([self.both(left, right) for left, right in pairs]))
            self._both[one, other] = found
        return found

    def outside(self, one: int) -> int:
        """What is not in the set."""
        if one not in self._not:
            variable, children = self._nodes[one]
            self._not[one] = self._make(variable, tuple(self.outside(child) for child in children))
        return self._not[one]

    def either(self, one: int, other: int) -> int:
        """What is in at least one set."""
        return self.outside(self.both(self.outside(one), self.outside(other)))

    def without(self, one: int, other: int) -> int:
        """What is in the first set and not in the second."""
        return self.both(one, self.outside(other))

    def split(self, within: int, sets: Iterable[int]) -> list[tuple[int, tuple[bool, ...]]]:
        """A set divided by which of some others its members are in, without what is empty."""
        parts: list[tuple[int, tuple[bool, ...]]] = [(within, ())]
        for one in sets:
            halves = [
                (half, (*truths, truth))
                for part, truths in parts
                for truth, half in ((True, self.both(part, one)), (False, self.without(part, one)))
            ]
            parts = [(half, truths) for half, truths in halves if half != NONE]
        return parts

    def every(self, sets: Iterable[int]) -> int:
        """What is in all of them."""
        return reduce(self.both, sets, ALL)

    def some(self, sets: Iterable[int]) -> int:
        """What is in any of them."""
        return reduce(self.either, sets, NONE)

    def at(self, one: int, variable: int, value: int) -> int:
        """The set seen where the variable has this value, whatever the variable is."""
        key = one, variable, value
        if one in (NONE, ALL) or self._nodes[one][0] > variable:
            return one
        if key not in self._at:
            here, children = self._nodes[one]
            self._at[key] = (
                children[value]
                if here == variable
                else self._make(here, tuple(self.at(child, variable, value) for child in children))
            )
        return self._at[key]

    def _below(self, one: int, variable: int) -> tuple[int, ...]:
        here, children = self._nodes[one]
        return children if here == variable else (one,) * self.sizes[variable]

    def values(self, one: int, variable: int) -> list[int]:
        """The values the variable takes somewhere in the set."""
        found, seen, pending = set[int](), {NONE}, [one]
        while pending:
            if (here := pending.pop()) in seen:
                continue
            seen.add(here)
            below, children = self._nodes[here]
            if here == ALL or below > variable:
                return list(range(self.sizes[variable]))
            if below == variable:
                found |= {value for value, child in enumerate(children) if child != NONE}
            else:
                pending += children
        return sorted(found)

    def pick(self, one: int) -> Mapping[int, int]:
        """An assignment in the set (the smallest values, variables that do not matter left out). The set is not empty."""
        found: dict[int, int] = {}
        while one != ALL:
            variable, children = self._nodes[one]
            value = next(place for place, child in enumerate(children) if child != NONE)
            found[variable], one = value, children[value]
        return found
