"""The subtotals of a frame, one inside the other, and what a share may refer to from where it stands."""

from __future__ import annotations

from collections.abc import Mapping

from hojo_cli.base.record import Record
from hojo_cli.rules.block import Block, Shares
from hojo_cli.rules.nodes import Line


class Written(Record):
    """A subtotal as written: its block, the lines under it and what it adds up, both in the order of the frame."""

    id: str
    block: Block
    lines: tuple[str, ...]
    parts: tuple[str, ...]


class Subtotals:
    """The subtotals of a frame, from the inside out, and what a share may refer to from where it stands."""

    def __init__(self, frame: Block) -> None:
        self.frame = frame
        self.order = [entry.at("id").word() for entry in frame.at("lines").elements()]
        written = []
        for block in frame.at("subtotals").elements():
            named = {word.word() for word in block.at("lines").words()}
            lines = tuple(name for name in dict.fromkeys(self.order) if name in named)
            if lines:  # else the schema or a name complains
                written.append((block, lines))
        written.sort(key=lambda pair: (self.order.index(pair[1][-1]), len(pair[1])))
        self.inside_out: list[Written] = []
        for block, lines in written:
            left, parts = set(lines), dict[str, str]()  # the largest subtotals inside, and the lines in none of them
            for subtotal in reversed(self.inside_out):
                if left.issuperset(subtotal.lines):
                    parts[subtotal.id] = subtotal.lines[0]
                    left.difference_update(subtotal.lines)
            parts |= {name: name for name in left}
            in_order = tuple(sorted(parts, key=lambda name: self.order.index(parts[name])))
            self.inside_out.append(Written(block.at("id").word(), block, lines, in_order))

    def complain(self) -> None:
        """Of names that are unknown or stand for two things, and of subtotals that share some lines but not all of one."""
        self.frame.reading.declared["lines of the frame"] = tuple(self.order)
        for block in self.frame.at("subtotals").identified():
            block.at("lines").names("lines of the frame")
            if block.at("id").word() in self.order:
                block.at("id").fault("HJ374", name=block.at("id").word())
        for place, subtotal in enumerate(self.inside_out):
            for inner in self.inside_out[:place]:
                common = set(inner.lines).intersection(subtotal.lines)
                if common and len(common) < len(inner.lines):
                    first, second = sorted((inner, subtotal), key=lambda subtotal: subtotal.block.where)
                    words = {"name": second.id, "other": first.id, "line": first.block.where.line}
                    second.block.fault("HJ370", **words, common="、".join(sorted(common, key=self.order.index)))

    def above(self, owner: tuple[str, ...], known: Mapping[str, Line]) -> Shares:
        """What stands above the first of these lines (all there is, of none); of that, what a subtotal cuts later which does not hold them too.

        `known`: the lines that are lowered so far.
        """
        top = self.order.index(owner[0]) if owner else len(self.order)
        lines: dict[str, tuple[str, ...]] = {name: (name,) for name in self.order[:top]}
        lines |= {
            subtotal.id: subtotal.lines for subtotal in self.inside_out if self.order.index(subtotal.lines[-1]) < top
        }
        later = [subtotal for subtotal in self.inside_out if self.order.index(subtotal.lines[-1]) >= top]
        cut = {
            name: subtotal.id
            for subtotal in later
            if not set(owner).issubset(subtotal.lines)
            for name, under in lines.items()
            if set(under).issubset(subtotal.lines)
        }
        below = (*self.order, *(subtotal.id for subtotal in self.inside_out))
        return Shares(lines, cut, tuple(name for name in below if name not in lines), known)
