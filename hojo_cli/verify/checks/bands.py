"""The bands of a frame follow each other without a gap, without an unintended overlap, and in order.

Bad:
    frames:
      aid:
        bands:
          - {id: low, label: {ja: 小, en: small}, floor: {use: 5万円}, below: {use: 50万円}, assume: amounts}
          - {id: high, label: {ja: 大, en: large}, floor: {use: 60万円}, cap: {use: 100万円}, assume: amounts}
Good:
    frames:
      aid:
        bands:
          - {id: low, label: {ja: 小, en: small}, floor: {use: 5万円}, below: {use: 60万円}, assume: amounts}
          - {id: high, label: {ja: 大, en: large}, floor: {use: 60万円}, cap: {use: 100万円}, assume: amounts}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Finding
from hojo_cli.base.texts import figure
from hojo_cli.messages import finding
from hojo_cli.rules.nodes import Band, Number
from hojo_cli.verify.examined import Examined

CODE: Final = "HJ510"


def find(examined: Examined) -> Iterator[Finding]:
    """Each frame with more than one band: its borders from the lowest floor up, then the order in the file."""
    for frame in examined.ruleset.frames.values():
        for lower, upper in pairwise(sorted(frame.bands, key=_floor)):
            end = lower.below if lower.below is not None else lower.cap
            if isinstance(end, Number) and upper.floor is not None:
                # the first amount above the lower band must be the floor of the upper one; a cap may be that floor itself
                first_above = end.value + (0 if lower.below is not None else frame.rounding.unit.value)
                words = {"top": figure(int(end.value)), "floor": figure(int(upper.floor.value))}
                if first_above < upper.floor.value:
                    yield finding(CODE, upper.floor.where, lower=lower.id, upper=upper.id, **words)
                elif end.value > upper.floor.value and _floor(lower) != _floor(upper):
                    yield finding("HJ511", upper.floor.where, lower=lower.id, upper=upper.id, **words)
        floors = list(map(_floor, frame.bands))
        falling = bool(floors) and floors[0] > floors[-1]
        for band, (before, after) in zip(frame.bands[1:], pairwise(floors), strict=False):
            if before != after and (after > before) == falling:
                yield finding("HJ512", band.where, band=band.id)
                break


def _floor(band: Band) -> Exact:
    return 0 if band.floor is None else band.floor.value
