"""A group: a condition every member meets, and another frame's lines worked out inside each member."""

from collections.abc import Mapping

from hojo_cli.formula import Condition, EachMember, Line, PerMember
from hojo_cli.reading import Block


def every_member(block: Block) -> Condition:
    """`every_member: {...}`."""
    return EachMember(block.at("every_member").condition())


def each_member(block: Block, lines: Mapping[str, Line]) -> PerMember:
    """`each_member: {frame, lines, only}`: the borrowed lines for each member who qualifies; `lines` are those of the frame."""
    names = block.at("lines").names(f"lines of {block.at('frame').word()}")
    only = block.at("only")
    return PerMember(tuple(lines[name] for name in names if name in lines), None if only.absent else only.condition())
