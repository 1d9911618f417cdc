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
from itertools import combinations
from typing import Final

from hojo_cli.base.finding import Finding
from hojo_cli.messages import finding
from hojo_cli.rules import walk
from hojo_cli.rules.nodes import Costs, Line, PerMember, Pick
from hojo_cli.verify.checks import Complaint, Examined

CODE: Final = "HJ533"


def find(examined: Examined) -> Iterator[Complaint]:
    """Each two lines of each frame. What is borrowed for members counts the members' items, the other lines the group's own."""
    for frame in examined.ruleset.frames.values():
        for first, second in combinations(frame.lines, 2):
            if _borrows(first) == _borrows(second):
                yield from map(Complaint, _both(first, second))


def _borrows(line: Line) -> bool:
    return any(isinstance(node, PerMember) for node in walk.nodes(line.amount))


def _both(first: Line, second: Line) -> Iterator[Finding]:
    for one in _picks(first):
        for other in _picks(second):
            if one.categories & other.categories and not _apart(one, other):
                category = "・".join(sorted(one.categories & other.categories))
                yield finding(CODE, second.where, category=category, first=first.id, second=second.id)
                return


def _picks(line: Line) -> list[Pick]:
    return [pick for node in walk.nodes(line.amount) if isinstance(node, Costs) for pick in node.picks]


def _apart(one: Pick, other: Pick) -> bool:
    """Tests of set fields can never exclude each other: an item may have members of both kinds."""
    return not one.categories & other.categories
