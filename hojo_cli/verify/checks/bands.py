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

from hojo_cli.base.finding import Finding
from hojo_cli.explanation.words import figure
from hojo_cli.messages import finding
from hojo_cli.rules.nodes import Band, Exact, Frame, Number
from hojo_cli.verify.examined import Examined

CODE: Final = "HJ510"


def find(examined: Examined) -> Iterator[Finding]:
    """Each frame with more than one band."""
    for frame in examined.ruleset.frames.values():
        yield from _borders(frame)
        yield from _order(frame)


def _borders(frame: Frame) -> Iterator[Finding]:
    """A band and the next one up: the first amount above the lower one must be the floor of the upper one."""
    unit = frame.rounding.unit.value
    for lower, upper in pairwise(sorted(frame.bands, key=_floor)):
        if lower.below is not None:
            end, first_above = lower.below, lower.below.value
        elif isinstance(lower.cap, Number):
            end, first_above = lower.cap, lower.cap.value + unit
        else:
            continue
        if upper.floor is None:
            continue
        words = {
            "lower": lower.id,
            "upper": upper.id,
            "top": figure(int(end.value)),
            "floor": figure(int(upper.floor.value)),
        }
        allowed = upper.floor.value + (unit if lower.below is None else 0)  # a cap may be the floor of the next band
        if first_above < upper.floor.value:
            yield finding(CODE, upper.floor.where, **words)
        elif first_above > allowed and _floor(lower) != _floor(upper):
            yield finding("HJ511", upper.floor.where, **words)


def _order(frame: Frame) -> Iterator[Finding]:
    """The first band that breaks the order of the floors, up or down."""
    floors = [_floor(band) for band in frame.bands]
    if floors in (sorted(floors), sorted(floors, reverse=True)):
        return
    falling = floors[0] > floors[-1]
    for (before, after), band in zip(pairwise(floors), frame.bands[1:], strict=False):
        if (after > before) == falling and after != before:
            yield finding("HJ512", band.where, band=band.id)
            return


def _floor(band: Band) -> Exact:
    return 0 if band.floor is None else band.floor.value
