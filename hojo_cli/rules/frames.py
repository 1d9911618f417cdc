"""The frames of a ruleset: cost lines, shared caps, bands and requirements, lowered to nodes."""

from __future__ import annotations

from collections.abc import Mapping

from hojo_cli.base.number import Kind
from hojo_cli.base.record import Record
from hojo_cli.rules.block import Block, Reading, Shares
from hojo_cli.rules.mechanisms import costs, members, tiers
from hojo_cli.rules.nodes import (
    Amount,
    Band,
    Capped,
    Frame,
    Line,
    Number,
    Rated,
    Requirement,
    Rounded,
    Rounding,
    Subtotal,
)


def lower(block: Block, rounding: Rounding) -> dict[str, Frame]:
    """All frames by id. A frame may borrow lines from any other, wherever that stands in the file."""
    frames = dict(block.keyed())
    lines: dict[str, dict[str, Line]] = {}
    rounded = {name: _rounding(frame, rounding) for name, frame in frames.items()}
    for name in sorted(frames, key=lambda name: _borrows(frames[name])):  # lenders before borrowers
        lines[name] = _lines(frames[name], rounded[name], lines)
    return {name: _frame(name, frame, rounded[name], lines[name]) for name, frame in frames.items()}


def rounding(block: Block) -> Rounding:
    """`{unit, mode, at}`."""
    told = len(block.reading.findings)
    unit = block.at("unit").number(Kind.YEN)
    if unit.value < 1:
        if block.has("unit") and told == len(block.reading.findings):  # else something else is wrong with it
            block.at("unit").fault("HJ347")
        unit = unit._replace(value=1)
    return Rounding(unit, block.at("mode").word(), block.at("at").word())


def _rounding(frame: Block, common: Rounding) -> Rounding:
    return rounding(frame.at("rounding")) if frame.has("rounding") else common


def _borrows(frame: Block) -> bool:
    return any(line.has("per_member") for line in frame.at("lines").elements())


def _frame(name: str, frame: Block, rounded: Rounding, lines: Mapping[str, Line]) -> Frame:
    groups = _Groups(frame)
    groups.complain()
    requires = requirements(frame)
    subtotals = tuple(_subtotal(frame.reading, groups, group) for group in groups.struck)
    frame.reading.shares = groups.at_the_end()
    bands = tuple(_band(entry) for entry in frame.at("bands").identified())
    label = frame.at("label").text()
    return Frame(name, label, requires, tuple(lines.values()), subtotals, bands, rounded, frame.where)


def requirements(block: Block) -> tuple[Requirement, ...]:
    """`requires: [{id, label, holds}, ...]`; label and condition may be those of the common requirement of this id."""
    for entry in block.at("requires").elements():
        for key in ("label", "holds"):
            if not entry.has(key):
                entry.fault("HJ302", key=key)
    return tuple(
        Requirement(
            entry.at("id").word(),
            entry.at("label").text(),
            entry.at("holds").condition(),
            entry.provenance,
            entry.where,
        )
        for entry in block.at("requires").identified()
    )


def _lines(frame: Block, rounded: Rounding, frames: Mapping[str, Mapping[str, Line]]) -> dict[str, Line]:
    """The lines in order."""
    groups = _Groups(frame)
    found: dict[str, Line] = {}
    for entry in frame.at("lines").identified():
        name = entry.at("id").word()
        frame.reading.shares = groups.above((name,))
        found[name] = Line(name, entry.at("label").text(), _amount(entry, rounded, frames), entry.where)
    return found


def _amount(entry: Block, rounded: Rounding, frames: Mapping[str, Mapping[str, Line]]) -> Amount:
    """Always in this order: costs → rate or tiers → cap → round. What members come to is capped and rounded as well."""
    of: Amount
    if entry.has("per_member"):
        of = members.per_member(entry.at("per_member"), _lent(entry, frames))
    elif entry.has("tiers"):
        of = tiers.lower(entry.at("tiers"), costs.lower(entry))
    else:
        of = Rated(costs.lower(entry), entry.at("rate").amount(Kind.RATE))
    of = _capped(entry, of)
    return Rounded(of, rounded.unit, rounded.mode) if rounded.at == "line" else of


def _lent(entry: Block, frames: Mapping[str, Mapping[str, Line]]) -> Mapping[str, Line]:
    lender = entry.at("per_member").at("frame").name("frames")
    lines = frames.get(lender, {})
    entry.reading.declared[f"lines of {lender}"] = tuple(lines)
    return lines


def _capped(entry: Block, of: Amount) -> Amount:
    return Capped(of, entry.at("cap").amount(Kind.YEN)) if entry.has("cap") else of


def _subtotal(reading: Reading, groups: _Groups, group: _Group) -> Subtotal:
    reading.shares = groups.above(group.lines)
    block = group.block
    return Subtotal(
        group.id, block.at("label").text(), group.lines, group.parts, block.at("cap").amount(Kind.YEN), block.where
    )


def _band(entry: Block) -> Band:
    floor, below = (entry.at(key).figure(Kind.YEN) if entry.has(key) else None for key in ("floor", "below"))
    cap = entry.at("cap").amount(Kind.YEN) if entry.has("cap") else None
    top = cap if isinstance(cap, Number) else below
    if floor is not None and top is not None and floor.value > top.value:
        entry.fault("HJ344")
    return Band(entry.at("id").word(), entry.at("label").text(), requirements(entry), floor, cap, below, entry.where)


# --- subtotals, one inside the other ----------------------------------------------------------------------------------


class _Group(Record):
    """A subtotal as written: its block, the lines under it and what it adds up, both in the order of the frame."""

    id: str
    block: Block
    lines: tuple[str, ...]
    parts: tuple[str, ...]


class _Groups:
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
        self.struck: list[_Group] = []
        for block, lines in written:
            self.struck.append(_Group(block.at("id").word(), block, lines, self._parts(lines)))

    def _parts(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """The largest subtotals inside, and the lines in none of them."""
        parts, left = {}, set(lines)
        for group in reversed(self.struck):
            if left.issuperset(group.lines):
                parts[group.id] = group.lines[0]
                left.difference_update(group.lines)
        parts |= {name: name for name in left}
        return tuple(sorted(parts, key=lambda name: self.order.index(parts[name])))

    def complain(self) -> None:
        """Of names that are unknown or stand for two things, and of subtotals that share some lines but not all of one."""
        self.frame.reading.declared["lines of the frame"] = tuple(self.order)
        for block in self.frame.at("subtotals").identified():
            block.at("lines").names("lines of the frame")
            if block.at("id").word() in self.order:
                block.at("id").fault("HJ374", name=block.at("id").word())
        for place, group in enumerate(self.struck):
            for inner in self.struck[:place]:
                common = set(inner.lines).intersection(group.lines)
                if common and len(common) < len(inner.lines):
                    first, second = sorted((inner, group), key=lambda each: each.block.where)
                    words = {"name": second.id, "other": first.id, "line": first.block.where.line}
                    second.block.fault("HJ370", **words, common="、".join(sorted(common, key=self.order.index)))

    def above(self, owner: tuple[str, ...]) -> Shares:
        """What stands above the first of these lines; of that, what a subtotal cuts later which does not hold them as well."""
        top = self.order.index(owner[0])
        lines: dict[str, tuple[str, ...]] = {name: (name,) for name in self.order[:top]}
        lines |= {group.id: group.lines for group in self.struck if self.order.index(group.lines[-1]) < top}
        later = [group for group in self.struck if self.order.index(group.lines[-1]) >= top]
        cut = {
            name: group.id
            for group in later
            if not set(owner).issubset(group.lines)
            for name, under in lines.items()
            if set(under).issubset(group.lines)
        }
        below = (*self.order, *(group.id for group in self.struck))
        return Shares(lines, cut, tuple(name for name in below if name not in lines))

    def at_the_end(self) -> Shares:
        """Everything."""
        lines: dict[str, tuple[str, ...]] = {name: (name,) for name in self.order}
        lines |= {group.id: group.lines for group in self.struck}
        return Shares(lines, {}, ())
