"""Whether two frames may be held together is said once for each pair.

Bad:
    combine: null
Bad:
    combine: [{frames: [aid, loan], allowed: true, assume: amounts}, {frames: [loan, aid], allowed: false, assume: amounts}]
Good:
    combine: [{frames: [aid, loan], allowed: true, assume: amounts}]
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice
from typing import Final

from hojo_cli.base.finding import Finding, Location
from hojo_cli.document import Sequence
from hojo_cli.messages import finding
from hojo_cli.verify.checks import Complaint, Examined
from hojo_cli.verify.sources import places

CODE: Final = "HJ525"
MOST: Final = 100
"""Pairs that are reported; a file of a thousand frames has half a million."""


def find(examined: Examined) -> Iterator[Complaint]:
    """Each pair of frames."""
    yield from map(Complaint, _pairs(examined))


def _pairs(examined: Examined) -> Iterator[Finding]:
    listed = examined.root.entries.get("combine")
    entries = listed.items if isinstance(listed, Sequence) else []
    seen: set[frozenset[str]] = set()
    for entry, node in zip(examined.ruleset.combinations, entries, strict=True):
        for first, second in combinations(entry.frames, 2):
            if frozenset((first, second)) in seen:
                yield finding("HJ526", Location(examined.file, node.line, node.column), first=first, second=second)
            seen.add(frozenset((first, second)))
    where = places.key(examined.root, examined.file, "combine" if listed is not None else "frames")
    missing = (pair for pair in combinations(examined.ruleset.frames, 2) if frozenset(pair) not in seen)
    for first, second in islice(missing, MOST):
        yield finding(CODE, where, first=first, second=second)
