"""No cost is counted twice in a frame: two lines of one frame never take the same item.

Bad:
    frames:
      aid:
        lines:
          - {id: goods, label: {ja: 機器, en: goods}, items: [{category: [goods, work]}], rate: 2/3, assume: amounts}
          - {id: work, label: {ja: 工事, en: works}, items: [{category: work}], rate: 2/3, assume: amounts}
Good:
    frames:
      aid:
        lines:
          - {id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], rate: 2/3, assume: amounts}
          - {id: work, label: {ja: 工事, en: works}, items: [{category: work}], rate: 2/3, assume: amounts}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Final

from hojo_cli.base.finding import Finding
from hojo_cli.messages import finding
from hojo_cli.rules import walk
from hojo_cli.rules.nodes import Costs, PerMember, Pick
from hojo_cli.verify.examined import Examined

CODE: Final = "HJ533"


def find(examined: Examined) -> Iterator[Finding]:
    """Each two lines of each frame. What is borrowed for members counts the members' items, the other lines the group's own.

    Tests of set fields can never exclude each other: an item may have members of both kinds. So categories decide alone.
    """
    for frame in examined.ruleset.frames.values():
        inside = {line.id: list(walk.nodes_within(line.amount)) for line in frame.lines}
        borrows = {name for name, nodes in inside.items() if any(isinstance(node, PerMember) for node in nodes)}
        for first, second in combinations(frame.lines, 2):
            if (first.id in borrows) == (second.id in borrows):
                for one, other in product(_picks(inside[first.id]), _picks(inside[second.id])):
                    if shared := one.categories & other.categories:
                        category = "・".join(sorted(shared))
                        yield finding(CODE, second.where, category=category, first=first.id, second=second.id)
                        break


def _picks(nodes: list[object]) -> list[Pick]:
    return [pick for node in nodes if isinstance(node, Costs) for pick in node.picks]
