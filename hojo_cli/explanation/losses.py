"""Yen that do not arrive, and why: read off the derivations of a frame."""

from __future__ import annotations

from collections.abc import Iterator

from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.engine.derivation import Derivation, exact
from hojo_cli.engine.judgement import Judgement, Status
from hojo_cli.explanation.figures import lowest_floor, own_citation, upper_limit, used_figure
from hojo_cli.explanation.labels import at_most, label, rounding
from hojo_cli.explanation.steps import Whose, own
from hojo_cli.explanation.words import EMPTY, Words, figure, say
from hojo_cli.results import Reduction
from hojo_cli.rules.nodes import Apportion, Capped, CategoryLimit, Exact, Rounded, Subtotal, Tiered


def reductions(judgement: Judgement, applicant: Applicant, words: Words) -> Iterator[Reduction]:
    """First yen of cost, then yen of subsidy."""
    total = judgement.total
    steps = [] if total is None else list(own(total, words))
    counted = {id(step.node) for _, step in steps if isinstance(step.node, Item)}
    items: list[tuple[Whose, Item]] = [((), item) for item in applicant.items]
    for member in applicant.members:  # an item belongs to no line yet
        items += [((EMPTY, words.member(member)), item) for item in member.items]
    for whose, item in items:
        if item.tax:
            text = say(Text("{0}：消費税", "{0}: consumption tax"), words.item(item))
            citation = words.citation(words.ruleset.tax_included.provenance)
            yield Reduction("tax", text, item.tax, "cost", citation, whose)
    for whose, item in items:
        if id(item) not in counted and item.cost:
            text = say(Text("{0}：この枠の対象外", "{0}: not paid in this frame"), words.item(item))
            yield Reduction("not_eligible", text, item.cost, "cost", None, whose)
    for whose, step in steps:
        if step.lost:
            yield from cost_lost(step, words, whose)
    if total is not None and total.value is not None and judgement.status is not Status.INELIGIBLE:
        for whose, step in steps:
            yield from subsidy_lost(step, words, whose)
        yield from lost_at_the_end(judgement, exact(total), words)


def cost_lost(step: Derivation, words: Words, whose: Whose) -> Iterator[Reduction]:
    """What a limit or a share takes of a cost."""
    node = step.node
    if isinstance(node, Item):
        limit = step.parts[0]
        months = figure(exact(limit), Kind.MONTHS)
        text = say(Text("{0}：{1}まで", "{0}: at most {1}"), words.item(node), months)
        yield Reduction("months", text, step.lost, "cost", own_citation(limit, words), whose)
    elif isinstance(node, CategoryLimit):
        citation = words.citation(node.limit.provenance)
        yield Reduction("category", at_most(node, words), step.lost, "cost", citation, whose)
    elif isinstance(node, Apportion):
        yield Reduction("apportion", label(step, words), step.lost, "cost", words.citation(node.provenance), whose)


def subsidy_lost(step: Derivation, words: Words, whose: Whose) -> Iterator[Reduction]:
    """What a cap or a rounding takes of a subsidy."""
    node, lost = step.node, step.lost
    if lost <= 0:  # rounding up adds
        return
    if isinstance(node, Capped | Subtotal):
        name = node.label if isinstance(node, Subtotal) else Text("上限", "cap")
        cap = used_figure(step.parts[-1], words)
        text = say(Text("{0} {1}", "{0} {1}"), name, cap.text)
        yield Reduction("cap", text, lost, "subsidy", cap.citation, whose, cap.parts)
    elif isinstance(node, Tiered) and (top := node.tiers[-1].up_to) is not None:
        text = say(Text("段階の上限 {0}", "top of the tiers {0}"), figure(top.value))
        yield Reduction("cap", text, lost, "subsidy", words.citation(top.provenance), whose)
    elif isinstance(node, Rounded):
        yield Reduction("rounding", rounding(node), lost, "subsidy", own_citation(step, words), whose)


def lost_at_the_end(judgement: Judgement, total: Exact, words: Words) -> Iterator[Reduction]:
    """What a band, the lower limit or the last fraction of a yen takes of the total."""
    band = judgement.band
    if judgement.status is Status.BELOW_FLOOR:
        floor = lowest_floor(judgement)
        text = say(Text("下限 {0} に届かない", "under the lower limit {0}"), figure(floor.value))
        yield Reduction("floor", text, total, "subsidy", words.citation(floor.provenance))
    if band is not None and total > band.grant:
        upper = upper_limit(band, judgement.frame.rounding.unit.value, words)
        text = say(Text("「{0}」の上限 {1}", "upper limit of `{0}`: {1}"), band.band.label, upper.text)
        yield Reduction("band", text, total - band.grant, "subsidy", upper.citation, (), upper.parts)
    if judgement.granted is not None:
        yield from subsidy_lost(judgement.granted, words, ())
