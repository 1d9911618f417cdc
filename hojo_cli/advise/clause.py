"""The clause that another answer rests on: the requirement that is met, or the figure that counts, only after a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hojo_cli.base.finding import Text
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.judgement import Judged, Judgement
from hojo_cli.engine.missing import settle
from hojo_cli.explanation.explain import estimate
from hojo_cli.explanation.words import Words
from hojo_cli.results import Citation, Estimate


class Clause(NamedTuple):
    """What a clause says, and where it stands."""

    label: Text
    citation: Citation | None


class Seen(NamedTuple):
    """A frame of an applicant with all that its answer rests on."""

    judgement: Judgement
    estimate: Estimate


def seen(frame: str, applicant: Applicant, words: Words) -> Seen:
    """The frame judged with a trace, and in words."""
    settled = settle(words.ruleset, words.ruleset.frames[frame], applicant)
    return Seen(settled.judgement, estimate(settled, applicant, set(), words, explained=False))


def clause(before: Seen, after: Seen, words: Words) -> Clause:
    """The first that makes the difference: a requirement, a limit or rate, a line that pays more."""
    required = _required(before.judgement)
    for requirement, judged in _required(after.judgement).items():
        was = required.get(requirement)
        if was is not None and was.derivation.value is not True and judged.derivation.value is True:
            return Clause(judged.requirement.label, words.citation(judged.requirement.provenance))
    return next(_figures(before.estimate, after.estimate), Clause(after.estimate.label, None))


def _required(judgement: Judgement) -> Mapping[tuple[str, str], Judged]:
    """The requirements of the frame and of its bands, that of the granted band first."""
    bands = sorted(judgement.bands, key=lambda band: band is not judgement.band)
    of_bands = {(band.band.id, each.requirement.id): each for band in bands for each in band.requirements}
    return {("", each.requirement.id): each for each in judgement.requirements} | of_bands


def _figures(old: Estimate, new: Estimate) -> Iterator[Clause]:
    """Figures that are used only now, limits that cut no longer, and lines that pay something else."""
    used = {(line.id, step.whose, step.label) for line in old.lines for step in line.steps}
    for line in new.lines:
        for step in line.steps:
            if step.citation and (line.id, step.whose, step.label) not in used:
                yield Clause(step.label, step.citation)
    cut = {(each.of, each.whose, each.label) for each in new.reductions}
    for each in old.reductions:
        if each.citation and (each.of, each.whose, each.label) not in cut:
            yield Clause(each.label, each.citation)
    for line, was in zip(new.lines, old.lines or new.lines, strict=True):
        if line.subsidy and (not old.lines or line.subsidy != was.subsidy):
            yield Clause(line.label, next((step.citation for step in line.steps if step.citation), None))
