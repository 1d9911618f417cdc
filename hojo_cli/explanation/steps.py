"""What happens to the yen of a line: the items it counts, and the steps from their cost to its subsidy, read off a derivation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.engine.derive import Derivation
from hojo_cli.engine.judgement import exact
from hojo_cli.explanation.figures import cited, made_of, phrase
from hojo_cli.explanation.words import Words, figure, say
from hojo_cli.report import Counted, Step
from hojo_cli.rules.nodes import (
    Against,
    Among,
    Apportion,
    Capped,
    CategoryLimit,
    Compare,
    Costs,
    EachMember,
    Every,
    Exact,
    HasItem,
    Holds,
    Is,
    Line,
    Not,
    PerMember,
    Rated,
    Rounded,
    Said,
    SameKinds,
    Share,
    Some,
    Table,
    Tier,
    Tiered,
)

Whose: TypeAlias = tuple[Text, ...]
"""Whose yen these are, from the outside in: a line, a member, a line of that member. Nothing for the line one looks at."""

_NO_MONEY: Final = (
    *(Share, Every, Some, Not, Is, Compare, Against, SameKinds, Among, Holds, HasItem, EachMember, Said, Table),
)
"""Nodes under which no money of the line itself stands."""


def walk(derivation: Derivation) -> Iterator[Derivation]:
    """The derivation and all below it, in reading order."""
    yield derivation
    for part in derivation.parts:
        yield from walk(part)


def items(subject: Applicant) -> Iterator[Item]:
    """Every item, the members' included."""
    yield from subject.items
    for member in subject.members:
        yield from items(member)


def own(derivation: Derivation, words: Words) -> Iterator[tuple[Whose, Derivation]]:
    """The money of a line in reading order, each with whose it is; what a share is a share of is another line's."""
    pending: list[tuple[Whose, Derivation]] = [((), derivation)]
    while pending:  # a group of a thousand has a million steps: no generator inside a generator here
        whose, found = pending.pop()
        yield whose, found
        if not isinstance(found.node, _NO_MONEY):
            pending += [((*whose, *_owner(part, words)), part) for part in reversed(found.parts)]


def _owner(part: Derivation, words: Words) -> Whose:
    """What a line or a member adds to whose it is."""
    if isinstance(part.node, Line):
        return (part.node.label,)
    return (words.member(part.node),) if isinstance(part.node, Applicant) else ()


def eligible_cost(derivation: Derivation, words: Words) -> Exact | None:
    """The cost looked at, after month and category limits; None where fields left out decide it."""
    costs = [found for _, found in own(derivation, words) if isinstance(found.node, Costs)]
    return None if any(found.value is None for found in costs) else sum(map(exact, costs), start=0)


def counted(derivation: Derivation, words: Words) -> Iterator[Counted]:
    """Each item as the line counts it, then what a limit for a category takes; together they are the eligible cost."""
    for whose, found in own(derivation, words):
        if isinstance(found.node, Costs):
            for part in found.parts:
                if part.value is not None and (isinstance(part.node, Item) or part.lost):
                    yield _counted(part, whose, words)


def _counted(part: Derivation, whose: Whose, words: Words) -> Counted:
    if isinstance(part.node, CategoryLimit):
        citation = words.citation(part.node.limit.provenance)
        return Counted(words.at_most(part.node), 0, -part.lost, citation, whose)
    assert isinstance(part.node, Item)
    if not part.lost:
        return Counted(words.item(part.node), part.node.cost, exact(part), None, whose)
    limit = part.parts[0]
    label = say(Text("{0}のうち{1}分", "{0}, of which {1}"), words.item(part.node), figure(exact(limit), Kind.MONTHS))
    citation = cited(limit, words)
    return Counted(label, part.node.cost, exact(part), citation, whose)


# --- the steps of a line ----------------------------------------------------------------------------------------------


def steps(derivation: Derivation, words: Words, whose: Whose = ()) -> Iterator[Step]:
    """From costs to yen; the yen of all steps add up to the derivation's value."""
    node, parts = derivation.node, derivation.parts
    match node:
        case Rounded():
            yield from steps(parts[0], words, whose)
            if derivation.lost:
                citation = words.citation(node.unit.provenance)
                yield Step(words.rounding(node), None, None, -derivation.lost, citation, whose)
        case Capped():
            yield from steps(parts[0], words, whose)
            if parts[1].value is not None:  # unknown: there is nothing to be capped
                yield _limited(parts[1], -derivation.lost, words, whose)
        case Rated():
            yield from _shared(parts[0], words, whose)
            if derivation.rate is not None:
                label = say(Text("補助率 {0}", "rate {0}"), phrase(parts[1], words))
                yield _at_a_rate(label, derivation, parts[1], words, whose)
        case Tiered():
            yield from _shared(parts[0], words, whose)
            yield from _tiers(derivation, node, words, whose)
        case PerMember():
            for part in parts:
                yield from _member(part, words, (*whose, *_owner(part, words)))
        case _:
            if derivation.value:
                label, citation = words.node(derivation), cited(derivation, words)
                yield Step(label, None, None, exact(derivation), citation, whose, made_of(derivation, words))


def _limited(cap: Derivation, yen: Exact, words: Words, whose: Whose) -> Step:
    label = say(Text("上限 {0}", "cap {0}"), phrase(cap, words))
    return Step(label, None, None, yen, cited(cap, words), whose, made_of(cap, words))


def _at_a_rate(label: Text, step: Derivation, rate: Derivation, words: Words, whose: Whose) -> Step:
    return Step(label, step.cost, step.rate, exact(step), cited(rate, words), whose, made_of(rate, words))


def _shared(derivation: Derivation, words: Words, whose: Whose) -> Iterator[Step]:
    """A cost of which only a share counts: no yen of subsidy yet."""
    if isinstance(derivation.node, Apportion) and derivation.rate is not None:
        citation = words.citation(derivation.node.provenance)
        yield Step(words.node(derivation), derivation.cost, derivation.rate, None, citation, whose)


def _tiers(derivation: Derivation, node: Tiered, words: Words, whose: Whose) -> Iterator[Step]:
    below: Tier | None = None
    for part in derivation.parts:
        if isinstance(part.node, Tier):
            label = words.tier(part.node, below)
            if node.on_subsidy:
                label = say(Text("補助額{0}", "subsidy: {0}"), label)
            yield _at_a_rate(label, part, part.parts[0], words, whose)
            below = part.node


def _member(member: Derivation, words: Words, whose: Whose) -> Iterator[Step]:
    """The lines of a member that have a cost; or the test that keeps the member out."""
    for part in member.parts:
        if not isinstance(part.node, Line):
            label = say(Text("対象外：{0}", "left out: {0}"), words.node(part))
            yield Step(label, None, None, 0, cited(part, words), whose)
        elif eligible_cost(part, words) != 0:
            yield from steps(part.parts[0], words, (*whose, part.node.label))
