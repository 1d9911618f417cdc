"""Yen that do not arrive, and why: read off the derivations of a frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.engine.derive import Derivation
from hojo_cli.engine.judgement import Judgement, Status, exact
from hojo_cli.explanation.figures import cited, limit, made_of, phrase
from hojo_cli.explanation.steps import Whose, items, own
from hojo_cli.explanation.words import EMPTY, Words, figure, say
from hojo_cli.report import Reduction
from hojo_cli.rules.nodes import Apportion, Capped, CategoryLimit, Exact, Number, Rounded, Subtotal, Tiered


def reductions(judgement: Judgement, subject: Applicant, words: Words) -> Iterator[Reduction]:
    """First yen of cost, then yen of subsidy."""
    total = judgement.total
    found = [] if total is None else list(own(total, words))
    yield from _taxes(subject, words)
    yield from _left_out((derivation for _, derivation in found), subject, words)
    for whose, derivation in found:
        yield from _cost_lost(derivation, words, whose)
    if total is not None and total.value is not None and judgement.status is not Status.INELIGIBLE:
        for whose, derivation in found:
            yield from _subsidy_lost(derivation, words, whose)
        yield from _at_the_end(judgement, exact(total), words)


def owned(subject: Applicant, words: Words) -> Iterator[tuple[Whose, Item]]:
    """Every item with the member that buys it; it belongs to no line yet."""
    yield from (((), item) for item in subject.items)
    for member in subject.members:
        yield from (((EMPTY, words.member(member)), item) for item in items(member))


def _taxes(subject: Applicant, words: Words) -> Iterator[Reduction]:
    for whose, item in owned(subject, words):
        if item.tax:
            label = say(Text("{0}：消費税", "{0}: consumption tax"), words.item(item))
            citation = words.citation(words.ruleset.tax_included.provenance)
            yield Reduction("tax", label, item.tax, "cost", citation, whose)


def _left_out(found: Iterable[Derivation], subject: Applicant, words: Words) -> Iterator[Reduction]:
    """Items no line of this frame counts."""
    seen = {id(derivation.node) for derivation in found if isinstance(derivation.node, Item)}
    for whose, item in owned(subject, words):
        if id(item) not in seen and item.cost:
            label = say(Text("{0}：この枠の対象外", "{0}: not paid in this frame"), words.item(item))
            yield Reduction("not_eligible", label, item.cost, "cost", None, whose)


def _cost_lost(derivation: Derivation, words: Words, whose: Whose) -> Iterator[Reduction]:
    node = derivation.node
    if not derivation.lost:
        return
    if isinstance(node, Item):
        limit = derivation.parts[0]
        label = say(Text("{0}：{1}まで", "{0}: at most {1}"), words.item(node), figure(exact(limit), Kind.MONTHS))
        citation = words.cited(limit)
        yield Reduction("months", label, derivation.lost, "cost", citation, whose)
    elif isinstance(node, CategoryLimit):
        citation = words.citation(node.limit.provenance)
        yield Reduction("category", words.at_most(node), derivation.lost, "cost", citation, whose)
    elif isinstance(node, Apportion):
        citation = words.citation(node.provenance)
        yield Reduction("apportion", words.node(derivation), derivation.lost, "cost", citation, whose)


def _subsidy_lost(derivation: Derivation, words: Words, whose: Whose) -> Iterator[Reduction]:
    node, lost = derivation.node, derivation.lost
    if lost <= 0:  # rounding up adds
        return
    if isinstance(node, Capped):
        limit = derivation.parts[1]
        label = say(Text("上限 {0}", "cap {0}"), phrase(limit, words))
        yield Reduction("cap", label, lost, "subsidy", cited(limit, words), whose, made_of(limit, words))
    elif isinstance(node, Tiered) and isinstance(top := node.tiers[-1].up_to, Number):
        label = say(Text("段階の上限 {0}", "top of the tiers {0}"), figure(top.value))
        yield Reduction("cap", label, lost, "subsidy", words.citation(top.provenance), whose)
    elif isinstance(node, Subtotal):
        limit = derivation.parts[-1]
        label = say(Text("{0} {1}", "{0} {1}"), node.label, phrase(limit, words))
        yield Reduction("cap", label, lost, "subsidy", cited(limit, words), whose, made_of(limit, words))
    elif isinstance(node, Rounded):
        yield Reduction("rounding", words.rounding(node), lost, "subsidy", words.cited(derivation), whose)


def _at_the_end(judgement: Judgement, total: Exact, words: Words) -> Iterator[Reduction]:
    """What a band, the lower limit or the last fraction of a yen takes of the total."""
    if judgement.status is Status.BELOW_FLOOR:
        floor = lowest_floor(judgement)
        label = say(Text("下限 {0} に届かない", "under the lower limit {0}"), figure(floor.value))
        yield Reduction("floor", label, total, "subsidy", words.citation(floor.provenance))
    if judgement.band is not None and total > judgement.band.grant:
        upper, citation, parts = limit(judgement.band, judgement.frame.rounding.unit.value, words)
        label = say(Text("「{0}」の上限 {1}", "upper limit of `{0}`: {1}"), judgement.band.band.label, upper)
        yield Reduction("band", label, total - judgement.band.grant, "subsidy", citation, (), parts)
    if judgement.granted is not None:
        yield from _subsidy_lost(judgement.granted, words, ())


def lowest_floor(judgement: Judgement) -> Number:
    """The lower limit that was not reached, of the bands that are open to the applicant."""
    floors = [band.band.floor for band in judgement.bands if band.band.floor is not None and band.holds is not False]
    return min(floors, key=lambda number: number.value)
