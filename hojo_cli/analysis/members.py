"""The members of a group as far as a frame looks: what is asked of one, and what several come to together."""

from __future__ import annotations

from hojo_cli.base.record import Record
from hojo_cli.rules.nodes import Condition, EveryMember, MemberCount, Not, PerMember, Some


class Group(Record):
    """A state of the members: how many (first and last of a class), which conditions hold `for_all` of them, how many count for each count (at
    least so many, where that is all that its conditions tell apart).

    `kinds` of member lead to it, one after the other; more of the kind `idle` change nothing.
    """

    first: int
    last: int
    for_all: tuple[bool, ...]
    counts: tuple[int, ...]
    kinds: tuple[int, ...]
    idle: int


def looks_inside(node: object) -> bool:
    """Whether a node looks into members."""
    return isinstance(node, (EveryMember, PerMember)) or (isinstance(node, MemberCount) and node.only is not None)


def of_one(node: EveryMember) -> Condition:
    """What is asked of one member."""
    return node.part if node.only is None else Some((Not(node.only), node.part))
