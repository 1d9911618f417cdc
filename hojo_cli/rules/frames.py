"""The frames of a ruleset: cost lines, shared caps, bands and requirements, lowered to nodes."""

from __future__ import annotations

from typing import TypeAlias

from hojo_cli.base.number import Kind
from hojo_cli.rules import nodes
from hojo_cli.rules.block import Block
from hojo_cli.rules.mechanisms import costs, members, tiers
from hojo_cli.rules.subtotals import Subtotals

Lines: TypeAlias = "dict[str, nodes.Line]"
"""The lines of a frame by id, in order."""


def lower(block: Block, common: nodes.Rounding) -> dict[str, nodes.Frame]:
    """All frames by id. A frame may borrow lines from any other, wherever that stands in the file."""
    frames = dict(block.keyed())
    roundings = {
        name: rounding(frame.at("rounding")) if frame.has("rounding") else common for name, frame in frames.items()
    }
    subtotals = {name: Subtotals(frame) for name, frame in frames.items()}
    borrowing = {
        name: any(line.has("per_member") for line in frame.at("lines").elements()) for name, frame in frames.items()
    }
    lines: dict[str, Lines] = {}
    for name in sorted(frames, key=borrowing.__getitem__):  # lenders before borrowers
        own: Lines = {}
        for entry in frames[name].at("lines").identified():
            line = entry.at("id").word()
            block.reading.shares = subtotals[name].above((line,), own)
            amount: nodes.Amount  # always in this order: costs → rate or tiers → cap → round
            if entry.has("per_member"):  # what members come to is capped and rounded as well
                lender = entry.at("per_member").at("frame").name("frames")
                lent = lines.get(lender, {})
                entry.reading.declared[f"lines of {lender}"] = tuple(lent)
                amount = members.per_member(entry.at("per_member"), lent)
            elif entry.has("tiers"):
                amount = tiers.lower(entry.at("tiers"), costs.lower(entry))
            else:
                amount = nodes.Rated(costs.lower(entry), entry.at("rate").amount(Kind.RATE))
            if entry.has("cap"):
                amount = nodes.Capped(amount, entry.at("cap").amount(Kind.YEN))
            if roundings[name].at == "line":
                amount = nodes.Rounded(amount, roundings[name].unit, roundings[name].mode)
            own[line] = nodes.Line(line, entry.at("label").text(), amount, entry.where)
        lines[name] = own
    return {name: _frame(name, frame, roundings[name], lines[name], subtotals[name]) for name, frame in frames.items()}


def rounding(block: Block) -> nodes.Rounding:
    """`{unit, mode, at}`."""
    known = len(block.reading.findings)
    unit = block.at("unit").number(Kind.YEN)
    if unit.value < 1:
        if block.has("unit") and known == len(block.reading.findings):  # else something else is wrong with it
            block.at("unit").fault("HJ347")
        unit = unit._replace(value=1)
    return nodes.Rounding(unit, block.at("mode").word(), block.at("at").word())


def requirements(block: Block) -> tuple[nodes.Requirement, ...]:
    """`requires: [{id, label, holds}, ...]`; label and condition may be those of the common requirement of this id."""
    required = []
    for entry in block.at("requires").identified():
        for key in ("label", "holds"):
            if not entry.has(key):
                entry.fault("HJ302", key=key)
        name, label = entry.at("id").word(), entry.at("label").text()
        required.append(nodes.Requirement(name, label, entry.at("holds").condition(), entry.provenance, entry.where))
    return tuple(required)


def _frame(name: str, frame: Block, rounded: nodes.Rounding, lines: Lines, written: Subtotals) -> nodes.Frame:
    written.complain()
    requires = requirements(frame)
    subtotals = []
    for each in written.inside_out:
        frame.reading.shares = written.above(each.lines, lines)
        label, most = each.block.at("label").text(), each.block.at("cap").amount(Kind.YEN)
        subtotals.append(nodes.Subtotal(each.id, label, each.lines, each.parts, most, each.block.where))
    frame.reading.shares = written.above((), lines)  # of a band
    bands = []
    for entry in frame.at("bands").identified():
        floor, below = (entry.at(key).figure(Kind.YEN) if entry.has(key) else None for key in ("floor", "below"))
        cap = entry.at("cap").amount(Kind.YEN) if entry.has("cap") else None
        top = cap if isinstance(cap, nodes.Number) else below
        if floor is not None and top is not None and floor.value > top.value:
            entry.fault("HJ344")
        band, label, required = entry.at("id").word(), entry.at("label").text(), requirements(entry)
        bands.append(nodes.Band(band, label, required, floor, cap, below, entry.where))
    label = frame.at("label").text()
    return nodes.Frame(
        name, label, requires, tuple(lines.values()), tuple(subtotals), tuple(bands), rounded, frame.where
    )
