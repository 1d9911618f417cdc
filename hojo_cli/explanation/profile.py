"""What the applicant, or a group with its members, is taken to be, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hojo_cli.base.finding import Text
from hojo_cli.base.texts import joined, say
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.derivation import Derivation, exact
from hojo_cli.engine.evaluator import evaluator
from hojo_cli.explanation.applicant import member_label
from hojo_cli.explanation.needs import needs
from hojo_cli.results.estimated import Trait
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import Compare, Is, Row
from hojo_cli.rules.words import Words


def traits(ruleset: Ruleset, applicant: Applicant) -> tuple[Trait, ...]:
    """What the applicant is taken to be, and why; of a group also how many of its members are."""
    words, reader = Words(ruleset), evaluator(ruleset)
    case = reader.case(applicant)
    own = tuple(trait(name, derivation, applicant, words) for name, derivation in reader.profile(case).items())
    if not applicant.members:
        return own
    members = [(member, reader.profile(inside)) for member, inside in zip(applicant.members, case.members, strict=True)]
    among = [
        trait_among_members(name, [(member, derivations[name].value) for member, derivations in members], words)
        for name in ruleset.profile
    ]
    return (*(own if any(trait.holds is not None for trait in own) else ()), *among)


def trait(name: str, derivation: Derivation, applicant: Applicant, words: Words) -> Trait:
    """The rows the applicant stands in with the tests that hold; or what stands against it; or what is not known."""
    value = derivation.value
    row = None if value is None else deciding_row(derivation)
    if value is None:
        because = tuple(words.fact(name) for name in sorted(derivation.unknown))
    elif value is False:
        because = needs(derivation, applicant, words)
    else:
        because = tuple(_rows_that_hold(derivation, words))
    citation = None if row is None else words.citation(row.provenance)
    holds = value if isinstance(value, bool) else None
    return Trait(name, words.ruleset.definitions[name].label, holds, because, citation)


def trait_among_members(name: str, members: Sequence[tuple[Applicant, object]], words: Words) -> Trait:
    """Of how many members it holds; where of some only, of which not."""
    label = say(Text("{0}（構成員）", "{0} (members)"), words.ruleset.definitions[name].label)
    values = [value for _, value in members]
    because = [say(Text("{0}者のうち{1}者", "{1} of {0}"), str(len(values)), str(values.count(True)))]
    template = {
        False: Text("当たらない構成員：{0}", "not: {0}"),
        None: Text("分からない構成員：{0}", "unknown: {0}"),
    }
    for value, text in template.items():
        if 0 < values.count(value) < len(values):
            labels = [member_label(member) for member, its_value in members if its_value is value]
            because.append(say(text, joined(labels, "、", ", ")))
    holds = None if None in values else False not in values
    return Trait(f"members.{name}", label, holds, tuple(because), None, among=True)


def deciding_row(derivation: Derivation) -> Row | None:
    """The row of a table that says so: of the definition itself before those it refers to."""
    level = list(derivation.parts)
    while level:
        parts = [part for inner in level for part in as_far_as_definitions(inner)]
        for part in parts:
            if isinstance(part.node, Row) and part.value == derivation.value:
                return part.node
        level = [inner for part in parts if isinstance(part.node, Is) for inner in part.parts]
    return None


def as_far_as_definitions(derivation: Derivation) -> Iterator[Derivation]:
    """The derivation and all below it, as far as the next definition."""
    yield derivation
    if not isinstance(derivation.node, Is):
        for part in derivation.parts:
            yield from as_far_as_definitions(part)


def _rows_that_hold(derivation: Derivation, words: Words) -> Iterator[Text]:
    """小売業：従業員 4人（5人以下）."""
    for part in derivation.parts:
        if isinstance(part.node, Row) and part.value is True:
            tests = joined(_tests_that_hold(part.parts[0], words), "、", ", ")
            yield say(Text("{0}：{1}", "{0}: {1}"), part.node.label, tests)
        elif part.value is True:
            yield from _rows_that_hold(part, words)


def _tests_that_hold(derivation: Derivation, words: Words) -> Iterator[Text]:
    """従業員 4人（5人以下）, for each comparison that holds below what holds."""
    node = derivation.node
    if derivation.value is True:
        if isinstance(node, Compare):
            quantity, number = node.quantity, node.number
            now = words.count(exact(derivation.parts[0]), number.kind, quantity)
            bound = words.bound(node.op, number, quantity)
            yield say(Text("{0} {1}（{2}）", "{0} {1} ({2})"), words.quantity(quantity), now, bound)
        for part in derivation.parts:
            yield from _tests_that_hold(part, words)
