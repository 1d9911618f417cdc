"""Chance that is the same on every machine: a number from a seed, a purpose and a key, whatever was drawn before it.

A variant of one assumption draws the same numbers for all others, so that what differs is what it does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import TypeVar

_Name = TypeVar("_Name")


class Draws:
    """All numbers drawn from one seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def below(self, bound: int, purpose: str, key: str) -> int:
        """A whole number from 0 to below `bound`, each as likely as the others."""
        drawn = blake2b(f"{self.seed}/{purpose}/{key}".encode(), digest_size=8).digest()
        return int.from_bytes(drawn) * bound >> 64

    def chance(self, percent: int, purpose: str, key: str) -> bool:
        """True for so many of a hundred."""
        return self.below(100, purpose, key) < percent

    def one_of(self, weights: Mapping[_Name, int], purpose: str, key: str) -> _Name:
        """One of the names, as likely as its weight."""
        drawn = self.below(sum(weights.values()), purpose, key)
        for name, weight in weights.items():
            if drawn < weight:
                return name
            drawn -= weight
        raise ValueError(purpose)

    def dealt(self, counts: Mapping[_Name, int], keys: Sequence[str], purpose: str) -> dict[str, _Name]:
        """Each key with one of the names, so that each name comes exactly as often as counted."""
        names = [name for name, count in counts.items() for _ in range(count)]
        shuffled = sorted(keys, key=lambda key: self.below(2**64, purpose, key))
        return dict(zip(shuffled, names, strict=True))
