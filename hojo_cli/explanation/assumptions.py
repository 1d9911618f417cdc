"""The assumptions a judgement rests on: those behind its requirements and behind each figure that was used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.engine.derivation import Derivation
from hojo_cli.engine.evaluator import evaluator
from hojo_cli.engine.judgement import BandYield, Judged, Judgement, Status
from hojo_cli.explanation.labels import provenances
from hojo_cli.rules import nodes
from hojo_cli.rules.declared import Ruleset


def used(judgement: Judgement, applicant: Applicant, ruleset: Ruleset) -> Iterator[str | None]:
    """Their ids, some of them again and again."""
    if judgement.status is Status.NO_COST:
        return
    for judged in decisive_requirements(judgement):
        yield judged.requirement.provenance.assume
        yield from behind(judged.derivation, ruleset)
    for root in (judgement.total, judgement.granted):
        if root is not None:
            yield from behind(root, ruleset)
    if judgement.status is not Status.INELIGIBLE:
        for band in open_bands(judgement):
            if band.holds is False:
                continue
            for number in (band.band.floor, band.band.below if band.reached else None):
                yield None if number is None else number.provenance.assume
            if band.cap is not None and band.reached:
                yield from behind(band.cap, ruleset)
    reader = evaluator(ruleset)
    for (
        name,
        assumption,
    ) in ruleset.assumptions.items():  # those that name the frame, unless they are about other applicants
        if judgement.frame.id in assumption.frames:
            when = assumption.when
            if when is None or reader.holds(when, reader.case(applicant)) is not False:
                yield name


def open_bands(judgement: Judgement) -> tuple[BandYield, ...]:
    """The band that is granted; where none is, all of them."""
    return judgement.bands if judgement.band is None else (judgement.band,)


def decisive_requirements(judgement: Judgement) -> Iterator[Judged]:
    """The requirements of the frame and of the band that is granted; and those that keep from a band, or from more than is granted."""
    granted = judgement.band
    yield from judgement.requirements
    yield from () if granted is None else granted.requirements
    for band in judgement.bands:
        within_reach = band.reached or judgement.status is Status.INELIGIBLE
        if band.holds is not True and within_reach and (granted is None or band.grant > granted.grant):
            yield from band.requirements


_DECIDED_BY: Final[Mapping[type, bool]] = {nodes.Some: True, nodes.Every: False, nodes.EveryMember: False}
"""What one part decides alone."""
_STEPS: Final = (nodes.Apportion, nodes.Rated, nodes.Tiered, nodes.Capped, nodes.Rounded)
"""Steps on the amount in their first part."""


def behind(root: Derivation, ruleset: Ruleset) -> Iterator[str | None]:
    """Below one derivation: of what a part decides alone below that part only, and nowhere where there is no cost."""
    pending, seen = [root], set[int]()
    while pending:  # a group of a thousand has a million steps: no generator inside a generator here
        derivation = pending.pop()
        node, parts = derivation.node, derivation.parts
        if of_nothing(derivation):
            continue
        if isinstance(node, nodes.Is):  # one derivation of a definition serves wherever it is named
            if id(parts[0]) in seen:
                continue
            seen.add(id(parts[0]))
        if isinstance(node, nodes.Rounded):  # one yen that is lost is enough for it to be told
            yield node.unit.provenance.assume if derivation.lost else None
        elif id(node) not in seen:
            seen.add(id(node))
            for provenance in provenances(derivation):
                yield provenance.assume
        if (isinstance(node, nodes.FactOr) and parts) or (
            isinstance(node, nodes.Said) and parts[0].node is node.otherwise
        ):
            yield node.assume
        elif isinstance(node, nodes.Costs):
            yield from behind_prices(node, parts, ruleset)
        decided = _DECIDED_BY.get(type(node))
        carried = decided is not None and derivation.value is decided
        pending += [part for part in parts if part.value is decided] if carried else parts


def of_nothing(derivation: Derivation) -> bool:
    """A step on an amount that is nothing: whatever figures it has, none was used."""
    if isinstance(derivation.node, nodes.Subtotal):
        return derivation.cost == 0
    return isinstance(derivation.node, _STEPS) and bool(derivation.parts) and derivation.parts[0].value == 0


def behind_prices(costs: nodes.Costs, parts: Iterable[Derivation], ruleset: Ruleset) -> Iterator[str | None]:
    """Behind the prices of items: tax taken out, months that are not said, a discount that names no item."""
    for item in [part.node for part in parts if isinstance(part.node, Item) and part.value]:
        if item.tax:
            yield ruleset.tax_included.provenance.assume
        limited = any(limit.category == item.category for limit in costs.months)
        if limited and item.months is None and item.category in ruleset.at_once.categories:
            yield ruleset.at_once.provenance.assume
        if item.price is not None and any(discount.shared for discount in item.price.discounts):
            yield ruleset.discount.assume
