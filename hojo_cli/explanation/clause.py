"""The clause that makes the difference between two judgements of one frame, as they lie on both sides of a border."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from hojo_cli.base.finding import Text
from hojo_cli.base.record import Record
from hojo_cli.results import Citation, Estimate

_Said: TypeAlias = tuple[object, Text, Citation | None]


class Clause(Record):
    """A requirement, limit, rate or step, with its source."""

    label: Text
    citation: Citation | None


def clause(before: Estimate, after: Estimate) -> Clause | None:
    """The first that says another thing after than before: a requirement, then a loss, then a step; None where nothing does."""
    for part in (_requirements, _losses, _steps):
        old, new = list(part(before)), list(part(after))
        for _, label, citation in (*_apart(new, old), *_apart(old, new)):
            return Clause(label, citation)
    return None


def _apart(some: Iterable[_Said], others: Iterable[_Said]) -> Iterator[_Said]:
    known = list(others)
    return (said for said in some if said not in known)


def _requirements(estimate: Estimate) -> Iterator[_Said]:
    for met in estimate.requirements:
        yield (met.id, met.band, met.holds), met.label, met.citation


def _losses(estimate: Estimate) -> Iterator[_Said]:
    for lost in estimate.reductions:
        yield (lost.reason, lost.whose), lost.label, lost.citation


def _steps(estimate: Estimate) -> Iterator[_Said]:
    for line in estimate.lines:
        for step in line.steps:
            yield (line.id, step.whose, step.rate), step.label, step.citation
