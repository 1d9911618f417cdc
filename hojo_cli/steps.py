"""What happened to the yen: the steps of a line, and everything that was taken away, read off a derivation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hojo_cli.derive import Derivation
from hojo_cli.evaluate import Judgement, Status, exact
from hojo_cli.finding import Text
from hojo_cli.formula import (
    Apportion,
    Branch,
    Capped,
    CategoryLimit,
    Choose,
    Costs,
    Exact,
    Least,
    Number,
    PerMember,
    Rated,
    Rounded,
    Share,
    Subtotal,
    Tier,
    Tiered,
)
from hojo_cli.number import Kind
from hojo_cli.report import Citation, Counted, Reduction, Step
from hojo_cli.subject import Item, Subject
from hojo_cli.words import Words, figure, say


def walk(derivation: Derivation) -> Iterator[Derivation]:
    """The derivation and all below it, in reading order."""
    yield derivation
    for part in derivation.parts:
        yield from walk(part)


def items(subject: Subject) -> Iterator[Item]:
    """Every item, the members' included."""
    yield from subject.items
    for member in subject.members:
        yield from items(member)


def own(derivation: Derivation) -> Iterator[Derivation]:
    """The same, but for what a share is a share of: that is another line's, and told there."""
    yield derivation
    if not isinstance(derivation.node, Share):
        for part in derivation.parts:
            yield from own(part)


def costs(derivation: Derivation) -> Iterator[Derivation]:
    """The cost derivations below, the members' included."""
    return (found for found in own(derivation) if isinstance(found.node, Costs))


def eligible_cost(derivation: Derivation) -> Exact:
    """The cost looked at, after month and category limits."""
    return sum((exact(found) for found in costs(derivation)), start=0)


def counted(derivation: Derivation, words: Words) -> Iterator[Counted]:
    """Each item as the line counts it."""
    for found in costs(derivation):
        for part in found.parts:
            if isinstance(part.node, Item):
                limit = part.parts[0].node if part.parts and part.lost else None
                citation = None if limit is None else words.citation(words.provenance(limit))
                yield Counted(words.item(part.node), part.node.cost, exact(part), citation)


# --- the steps of a line ----------------------------------------------------------------------------------------------


def steps(derivation: Derivation, words: Words) -> Iterator[Step]:
    """From costs to yen; the yen of all steps add up to the derivation's value."""
    node, parts = derivation.node, derivation.parts
    match node:
        case Rounded():
            yield from steps(parts[0], words)
            if derivation.lost:
                yield Step(_rounding(node), None, None, -derivation.lost, words.citation(node.unit.provenance))
        case Capped():
            yield from steps(parts[0], words)
            label = say(Text("上限 {0}", "cap {0}"), figure(exact(parts[1])))
            yield Step(label, None, None, -derivation.lost, cited(parts[1], words))
        case Rated():
            if derivation.rate is not None:
                label = say(Text("補助率 {0}", "rate {0}"), figure(derivation.rate, Kind.RATE))
                yield Step(label, derivation.cost, derivation.rate, exact(derivation), cited(parts[1], words))
        case Tiered():
            for part in parts:
                if isinstance(part.node, Tier):
                    label = (
                        say(Text("補助額{0}", "subsidy: {0}"), words.tier(part.node))
                        if node.on_subsidy
                        else words.tier(part.node)
                    )
                    yield Step(label, part.cost, part.rate, exact(part), cited(part.parts[0], words))
        case PerMember():
            for part in parts:
                yield Step(words.node(part), eligible_cost(part), None, exact(part), None)
        case _:
            if derivation.value:
                yield Step(words.node(derivation), None, None, exact(derivation), cited(derivation, words))


def _rounding(node: Rounded) -> Text:
    unit = figure(node.unit.value, node.unit.kind)
    match node.mode:
        case "up":
            return say(Text("{0}未満切上げ", "rounded up to {0}"), unit)
        case "half_up":
            return say(Text("{0}未満四捨五入", "rounded to {0}"), unit)
        case _:
            return say(Text("{0}未満切捨て", "rounded down to {0}"), unit)


def cited(derivation: Derivation, words: Words) -> Citation | None:
    """The citation of the figure that was used in the end: through choices to the branch taken, through minima to the least."""
    return words.citation(words.provenance(figure_used(derivation).node))


def figure_used(derivation: Derivation) -> Derivation:
    """The derivation of the figure itself."""
    match derivation.node:
        case Choose() | Branch():
            return figure_used(derivation.parts[0]) if derivation.parts else derivation
        case Least():
            return figure_used(min(derivation.parts, key=exact))
        case _:
            return derivation


# --- yen that do not arrive ----------------------------------------------------------------------------------------------


def reductions(judgement: Judgement, subject: Subject, words: Words) -> Iterator[Reduction]:
    """First yen of cost, then yen of subsidy."""
    total = judgement.total
    found = [] if total is None else list(own(total))
    yield from _taxes(subject, words)
    yield from _left_out(found, subject, words)
    for derivation in found:
        yield from _cost_lost(derivation, words)
    if total is not None and total.value is not None and judgement.status is not Status.INELIGIBLE:
        for derivation in found:
            yield from _subsidy_lost(derivation, words)
        yield from _at_the_end(judgement, exact(total), words)


def _taxes(subject: Subject, words: Words) -> Iterator[Reduction]:
    for item in items(subject):
        if item.tax:
            label = say(Text("{0}：消費税", "{0}: consumption tax"), words.item(item))
            yield Reduction("tax", label, item.tax, "cost", words.citation(words.ruleset.tax_included.provenance))


def _left_out(found: Iterable[Derivation], subject: Subject, words: Words) -> Iterator[Reduction]:
    """Items no line of this frame counts."""
    seen = {id(derivation.node) for derivation in found if isinstance(derivation.node, Item)}
    for item in items(subject):
        if id(item) not in seen and item.cost:
            yield Reduction(
                "not_eligible",
                say(Text("{0}：この枠の対象外", "{0}: not paid in this frame"), words.item(item)),
                item.cost,
                "cost",
                None,
            )


def _cost_lost(derivation: Derivation, words: Words) -> Iterator[Reduction]:
    node = derivation.node
    if not derivation.lost:
        return
    if isinstance(node, Item):
        limit = derivation.parts[0]
        label = say(Text("{0}：{1}まで", "{0}: at most {1}"), words.item(node), figure(exact(limit), Kind.MONTHS))
        yield Reduction("months", label, derivation.lost, "cost", words.citation(words.provenance(limit.node)))
    elif isinstance(node, CategoryLimit):
        label = say(
            Text("{0}：{1}まで", "{0}: at most {1}"), words.ruleset.categories[node.category], figure(exact(derivation))
        )
        yield Reduction("category", label, derivation.lost, "cost", words.citation(node.limit.provenance))
    elif isinstance(node, Apportion):
        yield Reduction("apportion", words.node(derivation), derivation.lost, "cost", words.citation(node.provenance))


def _subsidy_lost(derivation: Derivation, words: Words) -> Iterator[Reduction]:
    node = derivation.node
    if not derivation.lost:
        return
    if isinstance(node, Capped):
        cap = derivation.parts[1]
        yield Reduction(
            "cap", say(Text("上限 {0}", "cap {0}"), figure(exact(cap))), derivation.lost, "subsidy", cited(cap, words)
        )
    elif isinstance(node, Tiered) and isinstance(top := node.tiers[-1].up_to, Number):
        label = say(Text("段階の上限 {0}", "top of the tiers {0}"), figure(top.value))
        yield Reduction("cap", label, derivation.lost, "subsidy", words.citation(top.provenance))
    elif isinstance(node, Subtotal):
        cap = derivation.parts[-1]
        label = say(Text("{0} {1}", "{0} {1}"), node.label, figure(exact(cap)))
        yield Reduction("cap", label, derivation.lost, "subsidy", cited(cap, words))
    elif isinstance(node, Rounded):
        yield Reduction("rounding", _rounding(node), derivation.lost, "subsidy", words.citation(node.unit.provenance))


def _at_the_end(judgement: Judgement, total: Exact, words: Words) -> Iterator[Reduction]:
    """What rounding the total, a band or the lower limit takes."""
    frame = judgement.frame
    if judgement.total is not None and judgement.total.lost:
        node = Rounded(frame.rounding.unit, frame.rounding.unit, frame.rounding.mode)
        yield Reduction(
            "rounding", _rounding(node), judgement.total.lost, "subsidy", words.citation(frame.rounding.unit.provenance)
        )
    if judgement.status is Status.BELOW_FLOOR:
        floors = [band.band.floor for band in judgement.bands if band.band.floor is not None]
        floor = min(floors, key=lambda number: number.value)
        label = say(Text("下限 {0} に届かない", "under the lower limit {0}"), figure(floor.value))
        yield Reduction("floor", label, total, "subsidy", words.citation(floor.provenance))
    if judgement.band is not None and total > judgement.band.grant:
        band = judgement.band.band
        provenance = band.below.provenance if band.below is not None else words.provenance(band.cap)
        label = say(Text("「{0}」の上限", "upper limit of `{0}`"), band.label)
        yield Reduction("band", label, total - judgement.band.grant, "subsidy", words.citation(provenance))
