"""The frames of a ruleset: cost lines, shared caps, bands and requirements, lowered to nodes."""

from __future__ import annotations

from collections.abc import Mapping

from hojo_cli.formula import (
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
from hojo_cli.number import Kind
from hojo_cli.rulesets.mechanisms import costs, members, tiers
from hojo_cli.rulesets.reading import Block


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
    return any(line.has("each_member") for line in frame.at("lines").elements())


def _frame(name: str, frame: Block, rounded: Rounding, lines: Mapping[str, Line]) -> Frame:
    declared = frame.reading.declared
    declared["lines above"] = tuple(lines)  # those of this frame, whichever was read last
    subtotals = tuple(_subtotal(entry) for entry in frame.at("subtotals").identified())
    declared["lines above"] = (*lines, *(subtotal.id for subtotal in subtotals))
    return Frame(
        name,
        frame.at("label").text(),
        requirements(frame),
        tuple(lines.values()),
        subtotals,
        tuple(_band(entry) for entry in frame.at("bands").identified()),
        rounded,
        frame.where,
    )


def requirements(block: Block) -> tuple[Requirement, ...]:
    """`requires: [{id, label, holds}, ...]`."""
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
    """The lines in order; a share may refer to lines above it and to subtotals whose lines all stand above it."""
    reading = frame.reading
    found: dict[str, Line] = {}
    above: list[str] = []
    for entry in frame.at("lines").identified():
        reading.declared["lines above"] = tuple(above)
        name = entry.at("id").word()
        found[name] = Line(name, entry.at("label").text(), _amount(entry, rounded, frames), entry.where)
        above.append(name)
        above += [
            total.at("id").word()
            for total in frame.at("subtotals").elements()
            if [name] == [line.word() for line in total.at("lines").words()][-1:]
        ]
    reading.declared["lines above"] = tuple(above)
    return found


def _amount(entry: Block, rounded: Rounding, frames: Mapping[str, Mapping[str, Line]]) -> Amount:
    """Always in this order: costs → rate or tiers → cap → round."""
    if entry.has("each_member"):
        return _capped(entry, members.each_member(entry.at("each_member"), _lent(entry, frames)))
    of: Amount = costs.lower(entry)
    of = tiers.lower(entry.at("tiers"), of) if entry.has("tiers") else Rated(of, entry.at("rate").amount(Kind.RATE))
    of = _capped(entry, of)
    return Rounded(of, rounded.unit, rounded.mode) if rounded.at == "line" else of


def _lent(entry: Block, frames: Mapping[str, Mapping[str, Line]]) -> Mapping[str, Line]:
    lender = entry.at("each_member").at("frame").name("frames")
    lines = frames.get(lender, {})
    entry.reading.declared[f"lines of {lender}"] = tuple(lines)
    return lines


def _capped(entry: Block, of: Amount) -> Amount:
    return Capped(of, entry.at("cap").amount(Kind.YEN)) if entry.has("cap") else of


def _subtotal(entry: Block) -> Subtotal:
    return Subtotal(
        entry.at("id").word(),
        entry.at("label").text(),
        entry.at("lines").names("lines above"),
        entry.at("cap").amount(Kind.YEN),
        entry.where,
    )


def _band(entry: Block) -> Band:
    floor, below = _use(entry.at("floor")), _use(entry.at("below"))
    cap = entry.at("cap").amount(Kind.YEN) if entry.has("cap") else None
    top = cap if isinstance(cap, Number) else below
    if floor is not None and top is not None and floor.value > top.value:
        entry.fault("HJ344")
    return Band(entry.at("id").word(), entry.at("label").text(), requirements(entry), floor, cap, below, entry.where)


def _use(block: Block) -> Number | None:
    return None if block.absent else block.at("use").number(Kind.YEN)
