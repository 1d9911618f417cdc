"""What happens to the yen of a line, read off a derivation: the items it counts, the steps from their cost to its subsidy, and the yen
that do not arrive.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, assert_never

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.number import Kind
from hojo_cli.base.texts import EMPTY, figure, say
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.engine.derivation import Derivation, eligible_cost, exact, money_of
from hojo_cli.engine.judgement import Cut, Judgement, LineYield, Status, SubtotalYield
from hojo_cli.explanation.applicant import item_label, member_label
from hojo_cli.explanation.labels import (
    at_most,
    cited,
    label,
    lowest_floor,
    own_citation,
    rounding,
    tier,
    upper_limit,
    used_figure,
)
from hojo_cli.results.estimated import Counted, LineResult, Reduction, Step
from hojo_cli.rules import nodes
from hojo_cli.rules.nodes import Apportion, Capped, CategoryLimit, Line, Rounded, Subtotal, Tier, Tiered
from hojo_cli.rules.words import Words

Whose: TypeAlias = tuple[Text, ...]
"""Whose yen these are, from the outside in: a line, a member, a line of that member. Nothing for the line one looks at."""


def line_result(line: LineYield, judgement: Judgement, words: Words) -> LineResult:
    """Cost, subsidy, and the steps between them, which add up to it."""
    amount = line.derivation.parts[0]
    subsidy = None if judgement.status is Status.INCOMPLETE else line.paid or 0
    taken: list[Step] = []
    if amount.value is not None:
        taken += steps(amount, words)
        if subsidy is not None:
            taken += (cut_step(cut, judgement, words) for cut in line.cuts)
            left = exact(amount) - sum((cut.yen for cut in line.cuts), start=0)
            taken += unpaid_step(left - subsidy, judgement, words)
    cost = eligible_cost(amount)
    return LineResult(line.line.id, line.line.label, cost, subsidy, tuple(counted(amount, words)), tuple(taken))


# --- cost -------------------------------------------------------------------------------------------------------------


def own(derivation: Derivation) -> Iterator[tuple[Whose, Derivation]]:
    """The money of a line in reading order, each step with whose it is."""
    pending: list[tuple[Whose, Derivation]] = [((), derivation)]
    while pending:  # a group of a thousand has a million steps: no generator inside a generator here
        whose, step = pending.pop()
        yield whose, step
        pending += [((*whose, *_owner(part)), part) for part in reversed(money_of(step))]


def _owner(part: Derivation) -> Whose:
    """What a line or a member adds to whose it is."""
    if isinstance(part.node, Line):
        return (part.node.label,)
    return (member_label(part.node),) if isinstance(part.node, Applicant) else ()


def counted(derivation: Derivation, words: Words) -> Iterator[Counted]:
    """Each item as the line counts it, then what a limit for a category takes; together they are the eligible cost."""
    for whose, costs in own(derivation):
        for part in costs.parts if isinstance(costs.node, nodes.Costs) else ():
            node = part.node
            if isinstance(node, CategoryLimit) and part.lost:
                citation = words.citation(node.limit.provenance)
                yield Counted(at_most(node, words), 0, -part.lost, citation, whose)
            elif isinstance(node, Item) and part.value is not None and not part.lost:
                yield Counted(item_label(node, words), node.cost, exact(part), None, whose)
            elif isinstance(node, Item) and part.value is not None:
                months = figure(exact(part.parts[0]), Kind.MONTHS)
                text = say(Text("{0}のうち{1}分", "{0}, of which {1}"), item_label(node, words), months)
                yield Counted(text, node.cost, exact(part), cited(part.parts[0], words), whose)


# --- from cost to subsidy ---------------------------------------------------------------------------------------------


def steps(derivation: Derivation, words: Words, whose: Whose = ()) -> Iterator[Step]:
    """From costs to yen; the yen of all steps add up to the derivation's value."""
    node, parts = derivation.node, derivation.parts
    assert isinstance(node, nodes.Amount)
    match node:
        case nodes.Rounded():
            yield from steps(parts[0], words, whose)
            if derivation.lost:
                citation = words.citation(node.unit.provenance)
                yield Step(rounding(node), None, None, -derivation.lost, citation, whose)
        case nodes.Capped():
            yield from steps(parts[0], words, whose)
            if parts[1].value is not None:  # unknown: there is nothing to be capped
                cap = used_figure(parts[1], words)
                text = say(Text("上限 {0}", "cap {0}"), cap.text)
                yield Step(text, None, None, -derivation.lost, cap.citation, whose, cap.parts)
        case nodes.Rated():
            yield from apportioned_step(parts[0], words, whose)
            if derivation.rate is not None:
                rate = used_figure(parts[1], words)
                text = say(Text("補助率 {0}", "rate {0}"), rate.text)
                paid = exact(derivation)
                yield Step(text, derivation.cost, derivation.rate, paid, rate.citation, whose, rate.parts)
        case nodes.Tiered():
            yield from apportioned_step(parts[0], words, whose)
            below: Tier | None = None
            for part in parts:
                if isinstance(part.node, Tier):
                    text = tier(part.node, below)
                    if node.on_subsidy:
                        text = say(Text("補助額{0}", "subsidy: {0}"), text)
                    rate = used_figure(part.parts[0], words)
                    yield Step(text, part.cost, part.rate, exact(part), rate.citation, whose, rate.parts)
                    below = part.node
        case nodes.PerMember():
            for part in parts:
                yield from member_steps(part, words, (*whose, *_owner(part)))
        case nodes.Number() | nodes.Scaled() | nodes.Share() | nodes.Choose() | nodes.Sum() | nodes.Least():
            if derivation.value:
                amount, text = used_figure(derivation, words), label(derivation, words)
                yield Step(text, None, None, exact(derivation), amount.citation, whose, amount.parts)
        case nodes.Costs() | nodes.Apportion():
            if derivation.value:
                yield Step(label(derivation, words), None, None, exact(derivation), cited(derivation, words), whose)
        case _:
            assert_never(node)


def apportioned_step(derivation: Derivation, words: Words, whose: Whose) -> Iterator[Step]:
    """A cost of which only a share counts: no yen of subsidy yet."""
    if isinstance(derivation.node, nodes.Apportion) and derivation.rate is not None:
        citation = words.citation(derivation.node.provenance)
        yield Step(label(derivation, words), derivation.cost, derivation.rate, None, citation, whose)


def member_steps(member: Derivation, words: Words, whose: Whose) -> Iterator[Step]:
    """The lines of a member that have a cost; or the test that keeps the member out."""
    for part in member.parts:
        if not isinstance(part.node, Line):
            text = say(Text("対象外：{0}", "left out: {0}"), label(part, words))
            yield Step(text, None, None, 0, cited(part, words), whose)
        elif eligible_cost(part) != 0:
            yield from steps(part.parts[0], words, (*whose, part.node.label))


# --- what is not paid of it -------------------------------------------------------------------------------------------


def cut_step(cut: Cut, judgement: Judgement, words: Words) -> Step:
    """What a shared cap, a rounding or a band takes of a line, and where that stands."""
    by = cut.by
    if isinstance(by, Rounded):
        return Step(rounding(by), None, None, -cut.yen, words.citation(by.unit.provenance))
    if isinstance(by, SubtotalYield):
        name, limit = by.subtotal.label, used_figure(by.derivation.parts[-1], words)
    else:
        name, limit = by.band.label, upper_limit(by, judgement.frame.rounding.unit.value, words)
    text = say(Text("「{0}」{1}に収めます", "kept within `{0}`: {1}"), name, limit.text)
    return Step(text, None, None, -cut.yen, limit.citation, (), limit.parts)


def unpaid_step(yen: Exact, judgement: Judgement, words: Words) -> Iterator[Step]:
    """What of a line would be left, where nothing is paid."""
    if not yen:
        return
    if judgement.status is Status.BELOW_FLOOR:
        text = Text("下限に届かないため支払われません", "not paid: under the lower limit")
        citation = words.citation(lowest_floor(judgement).provenance)
    else:
        text = Text("要件を満たさないため支払われません", "not paid: a requirement is not met")
        of_bands = (judged for band in judgement.bands for judged in band.requirements)
        asked = (*judgement.requirements, *of_bands)
        failed = next((judged.requirement for judged in asked if judged.derivation.value is False), None)
        citation = None if failed is None else words.citation(failed.provenance)
    yield Step(text, None, None, -yen, citation)


# --- yen that do not arrive ---------------------------------------------------------------------------------------------


def reductions(judgement: Judgement, applicant: Applicant, words: Words) -> Iterator[Reduction]:
    """First yen of cost, then yen of subsidy."""
    total = judgement.total
    steps = [] if total is None else list(own(total))
    counted = {id(step.node) for _, step in steps if isinstance(step.node, Item)}
    items: list[tuple[Whose, Item]] = [((), item) for item in applicant.items]
    for member in applicant.members:  # an item belongs to no line yet
        items += [((EMPTY, member_label(member)), item) for item in member.items]
    for whose, item in items:
        if item.tax:
            text = say(Text("{0}：消費税", "{0}: consumption tax"), item_label(item, words))
            citation = words.citation(words.ruleset.tax_included.provenance)
            yield Reduction("tax", text, item.tax, "cost", citation, whose)
    for whose, item in items:
        if id(item) not in counted and item.cost:
            text = say(Text("{0}：この枠の対象外", "{0}: not paid in this frame"), item_label(item, words))
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
        text = say(Text("{0}：{1}まで", "{0}: at most {1}"), item_label(node, words), months)
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
        text = say(untranslated("{0} {1}"), name, cap.text)
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
