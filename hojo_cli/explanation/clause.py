"""The clause that makes the difference between two judgements of one frame, as they lie on both sides of a border."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TypeAlias

from hojo_cli.base.finding import Text
from hojo_cli.base.record import Record
from hojo_cli.results import Citation, Estimate, Met
from hojo_cli.rules.nodes import Exact

Said: TypeAlias = dict[tuple[Text, Citation | None], None]
"""Labels with their sources, each once, in the order they come."""


class Clause(Record):
    """A requirement, limit, rate or step, with its source."""

    label: Text
    citation: Citation | None


def clause(before: Estimate, after: Estimate) -> Clause | None:
    """The first that says another thing after than before: a requirement, then of the line that changes most a limit, a rate, or the line
    itself; None where nothing does.
    """
    old, new = _requirements(before), _requirements(after)
    for key, met in old.items():
        if key in new and new[key].holds is not met.holds:
            return Clause(met.label, met.citation)
    lines = sorted(_moved(before, after), key=lambda moved: -moved[1])
    most = lines[0][0] if lines else ""
    for part in (_limits, _rates) if before.lines and after.lines else ():
        were, are = part(before, most), part(after, most)
        for label, citation in (
            *(said for said in are if said not in were),
            *(said for said in were if said not in are),
        ):
            return Clause(label, citation)
    for line in after.lines:
        if line.id == most:
            return Clause(line.label, next((step.citation for step in line.steps if step.citation), None))
    return None


def _moved(before: Estimate, after: Estimate) -> Iterator[tuple[str, Exact]]:
    """The lines that pay something else, and by how many yen."""
    paid = {line.id: line.subsidy or 0 for line in before.lines}
    changed = ((line.id, abs(Fraction((line.subsidy or 0) - paid.get(line.id, 0)))) for line in after.lines)
    return (moved for moved in changed if moved[1])


def _requirements(estimate: Estimate) -> dict[tuple[str, Text], Met]:
    """Those of the frame, of its band, and of the band above that are not met."""
    above = () if estimate.next_band is None else estimate.next_band.unmet
    return {(met.id, met.band): met for met in (*estimate.requirements, *above)}


def _limits(estimate: Estimate, line: str) -> Said:
    """What takes something away by a figure, besides rounding: of a line, or of the frame."""
    label = next((each.label for each in estimate.lines if each.id == line), None)
    cuts = (lost for lost in estimate.reductions if lost.reason != "rounding" and lost.citation)
    return {(lost.label, lost.citation): None for lost in cuts if label is None or lost.whose[:1] in ((), (label,))}


def _rates(estimate: Estimate, line: str) -> Said:
    """The rates of a line, or where no line stands out, of all."""
    steps = (step for each in estimate.lines if line in ("", each.id) for step in each.steps if step.rate is not None)
    return {(step.label, step.citation): None for step in steps}
