"""The clause that makes the difference between two judgements of one frame, as they lie on both sides of a border."""

from __future__ import annotations

from typing import TypeAlias

from hojo_cli.base.finding import Text
from hojo_cli.base.record import Record
from hojo_cli.results import Citation, Estimate, Met

Said: TypeAlias = dict[tuple[Text, Citation | None], None]
"""Labels with their sources, each once, in the order they come."""


class Clause(Record):
    """A requirement, limit, rate or step, with its source."""

    label: Text
    citation: Citation | None


def clause(before: Estimate, after: Estimate) -> Clause | None:
    """The first that says another thing after than before: a requirement, then a limit, a rate, a line that pays; None where nothing does."""
    old, new = _requirements(before), _requirements(after)
    for key, met in old.items():
        if key in new and new[key].holds is not met.holds:
            return Clause(met.label, met.citation)
    for part in (_limits, _rates) if before.lines and after.lines else ():
        were, are = part(before), part(after)
        for label, citation in (
            *(said for said in are if said not in were),
            *(said for said in were if said not in are),
        ):
            return Clause(label, citation)
    paid = {line.id: line.subsidy for line in before.lines}
    for line in after.lines:
        if (line.subsidy or 0) != (paid.get(line.id) or 0):
            return Clause(line.label, next((step.citation for step in line.steps if step.citation), None))
    return None


def _requirements(estimate: Estimate) -> dict[tuple[str, Text], Met]:
    """Those of the frame, of its band, and of the band above that are not met."""
    above = () if estimate.next_band is None else estimate.next_band.unmet
    return {(met.id, met.band): met for met in (*estimate.requirements, *above)}


def _limits(estimate: Estimate) -> Said:
    """What takes something away by a figure, besides rounding."""
    cuts = (lost for lost in estimate.reductions if lost.reason != "rounding" and lost.citation)
    return {(lost.label, lost.citation): None for lost in cuts}


def _rates(estimate: Estimate) -> Said:
    return {
        (step.label, step.citation): None for line in estimate.lines for step in line.steps if step.rate is not None
    }
