"""A group: a condition every member meets, and another frame's lines worked out inside each member."""

from collections.abc import Mapping

from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Condition, EveryMember, Line, PerMember
from hojo_cli.rules.totals import shared


def every_member(block: Block) -> Condition:
    """`every_member: {...}`; with `only: {...}` beside it, every member for whom that holds."""
    return EveryMember(block.at("every_member").condition(), block.condition_at("only"))


def per_member(block: Block, lines: Mapping[str, Line]) -> PerMember:
    """`per_member: {frame, lines, only}`: the borrowed lines for each member who qualifies; `lines` are those of the frame."""
    borrowed = []
    for entry in block.at("lines").words():
        name = entry.name(f"lines of {block.at('frame').word()}")
        if name in lines and shared(lines[name].amount):
            entry.fault("HJ349", name=name)
        elif name in lines:
            borrowed.append(lines[name])
    return PerMember(tuple(borrowed), block.condition_at("only"))
