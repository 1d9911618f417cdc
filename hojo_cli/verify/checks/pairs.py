"""Whether two frames may be held together is said once for each pair.

Bad:
    combine: null
Bad:
    combine: [{together: [[aid, loan]], apart: [[loan, aid]], assume: amounts}]
Good:
    combine: [{together: [[aid, loan]], assume: amounts}]
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice
from typing import Final

from hojo_cli.base.finding import Finding
from hojo_cli.messages import finding
from hojo_cli.verify.examined import Examined

CODE: Final = "HJ525"
MOST: Final = 100
"""Pairs that are reported; a file of a thousand frames has half a million."""


def find(examined: Examined) -> Iterator[Finding]:
    """Each pair of frames."""
    seen: set[frozenset[str]] = set()
    for combination, where in zip(examined.ruleset.combinations, examined.entries("combine"), strict=True):
        for first, second in combinations(combination.frames, 2):
            if frozenset((first, second)) in seen:
                yield finding("HJ526", where, first=first, second=second)
            seen.add(frozenset((first, second)))
    where = examined.place("combine" if "combine" in examined.root.entries else "frames")
    missing = (pair for pair in combinations(examined.ruleset.frames, 2) if frozenset(pair) not in seen)
    for first, second in islice(missing, MOST):
        yield finding(CODE, where, first=first, second=second)
