"""What is granted is whole yen: nothing that comes after the rounding brings fractions back.

Nothing can be divided by zero: a ruleset whose unit of rounding is 0, whose whole of a sharing out may be 0, or whose share of a
total that includes itself is 1 or more, is not read at all.

Bad:
    frames:
      aid:
        lines:
          - {id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], rate: 2/3, assume: amounts}
          - {id: work, label: {ja: 工事, en: works}, items: [{category: work}], rate: 1/2, assume: amounts}
        subtotals:
          - {id: works, label: {ja: 工事計, en: works}, lines: [work], cap: {share: {of: [goods], rates: [1/2]}, assume: amounts}}
        bands: null
Good:
    frames:
      aid:
        lines:
          - {id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], rate: 2/3, assume: amounts}
          - {id: work, label: {ja: 工事, en: works}, items: [{category: work}], rate: 1/2, assume: amounts}
        subtotals:
          - {id: both, label: {ja: 合計, en: both}, lines: [goods, work], cap: {use: 100万円, assume: amounts}}
        bands: null
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hojo_cli.base.finding import Finding
from hojo_cli.messages import finding
from hojo_cli.rules.nodes import Band, Share, Subtotal
from hojo_cli.rules.walk import nodes_within
from hojo_cli.verify.examined import Examined

CODE: Final = "HJ557"


def find(examined: Examined) -> Iterator[Finding]:
    """Caps that are compared with yen that are whole already."""
    for frame in examined.ruleset.frames.values():
        parts: list[Subtotal | Band] = list(frame.bands)
        if frame.rounding.at == "line":
            parts = [*frame.subtotals, *parts]
        for part in parts:
            if any(isinstance(node, Share) for node in nodes_within(part.cap)):
                yield finding(CODE, part.where, frame=frame.id, place=part.id)
