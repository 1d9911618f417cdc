"""What is rounded up ends at a multiple of the unit, and never above a cap: so the cap is such a multiple, or is never paid in full.

Bad:
    rounding: {unit: 3円, mode: up, at: line, source: null, assume: amounts}
    assumptions: {amounts: {label: {ja: '例の数字は3円、50万円、2/3です。', en: The figures of the examples.}}}
    frames: {aid: {lines: [{id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], rate: 2/3, cap: 50万円, assume: amounts}], bands: null}}
Good:
    rounding: {unit: 3円, mode: down, at: line, source: null, assume: amounts}
    assumptions: {amounts: {label: {ja: '例の数字は3円、50万円、2/3です。', en: The figures of the examples.}}}
    frames: {aid: {lines: [{id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], rate: 2/3, cap: 50万円, assume: amounts}], bands: null}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hojo_cli.applicants.file_text import text
from hojo_cli.base.texts import figure
from hojo_cli.engine.amounts import cut
from hojo_cli.messages import finding
from hojo_cli.rules.nodes import Capped, Rounded, Share
from hojo_cli.rules.walk import nodes_within
from hojo_cli.verify.analysis import piecewise
from hojo_cli.verify.analysis.applicants import Builder
from hojo_cli.verify.analysis.payout import Payout
from hojo_cli.verify.analysis.situations import analysed
from hojo_cli.verify.examined import Complaint, Examined

CODE: Final = "HJ555"


def find(examined: Examined) -> Iterator[Complaint]:
    """Each line that is rounded after its cap, in the first situation that shows it."""
    analysis = analysed(examined.ruleset)
    for frame in () if analysis is None else analysis.frames.values():
        for line in frame.frame.lines:
            rounded = line.amount
            if not isinstance(rounded, Rounded) or not isinstance(rounded.of, Capped) or rounded.unit.value == 0:
                continue
            if any(isinstance(node, Share) for node in nodes_within(rounded.of.cap)):
                continue  # a share may be any fraction of a yen; what it is rounded to is less than a unit away
            for situation in frame.situations:
                payout = Payout(frame, situation)
                cap, curve = payout.figure(rounded.of.cap), payout.lines[line.id]
                if cut(piecewise.highest(curve), rounded) > cap:
                    cost = piecewise.reach(curve, piecewise.highest(curve))
                    applicant = Builder(frame).build(situation.guard, {line.id: int(cost or 0) + 1})
                    most = cut(cap, rounded._replace(mode="down"))
                    words = {"frame": frame.frame.id, "figure": figure(int(cap)), "most": figure(int(most))}
                    witness = "" if applicant is None else text(examined.ruleset, applicant)
                    yield Complaint(finding(CODE, line.where, **words), witness)
                    break
