"""What the applicant, or a group with its members, is taken to be, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hojo_cli.base.finding import Text
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.derive import Derivation
from hojo_cli.engine.judgement import applicable, exact
from hojo_cli.explanation.words import Words, joined, say
from hojo_cli.report import Trait
from hojo_cli.rules.nodes import Compare, Is, Row, Ruleset


def traits(ruleset: Ruleset, subject: Applicant) -> tuple[Trait, ...]:
    """What the applicant is taken to be, and why; of a group also how many of its members are."""
    words = Words(ruleset)
    found = [_trait(words, name, derivation, subject) for name, derivation in applicable(ruleset, subject).items()]
    if not subject.members:
        return tuple(found)
    members = [(member, applicable(ruleset, member)) for member in subject.members]
    among = [
        _among(words, name, [(member, derived[name].value) for member, derived in members]) for name in ruleset.profile
    ]
    return (*(found if any(trait.holds is not None for trait in found) else ()), *among)


def _trait(words: Words, name: str, derivation: Derivation, subject: Applicant) -> Trait:
    value = derivation.value
    row = None if value is None else _row(derivation)
    citation = None if row is None else words.citation(row.provenance)
    label = words.ruleset.definitions[name].label
    return Trait(
        name, label, value if isinstance(value, bool) else None, _because(words, derivation, subject), citation
    )


def _among(words: Words, name: str, members: Sequence[tuple[Applicant, object]]) -> Trait:
    """Of how many members it holds; where of some only, of which not."""
    label = say(Text("{0}（構成員）", "{0} (members)"), words.ruleset.definitions[name].label)
    values = [value for _, value in members]
    told = [say(Text("{0}者のうち{1}者", "{1} of {0}"), str(len(values)), str(values.count(True)))]
    template = {
        False: Text("当たらない構成員：{0}", "not: {0}"),
        None: Text("分からない構成員：{0}", "unknown: {0}"),
    }
    for value, text in template.items():
        if 0 < values.count(value) < len(values):
            named = [words.member(member) for member, found in members if found is value]
            told.append(say(text, joined(named, "、", ", ")))
    holds = None if None in values else False not in values
    return Trait(f"members.{name}", label, holds, tuple(told), None, among=True)


def _row(derivation: Derivation) -> Row | None:
    """The row of a table that says so: of the definition itself before those it refers to."""
    deeper = list(derivation.parts)
    while deeper:
        found = [part for inner in deeper for part in _flat(inner)]
        standing = [part.node for part in found if isinstance(part.node, Row) and part.value == derivation.value]
        if standing:
            return standing[0]
        deeper = [part for each in found if isinstance(each.node, Is) for part in each.parts]
    return None


def _flat(derivation: Derivation) -> Iterator[Derivation]:
    """The derivation and all below it, as far as the next definition."""
    yield derivation
    if not isinstance(derivation.node, Is):
        for part in derivation.parts:
            yield from _flat(part)


def _because(words: Words, derivation: Derivation, subject: Applicant) -> tuple[Text, ...]:
    """The rows the applicant stands in with the tests that hold; or what stands against it; or what is not known."""
    if derivation.value is None:
        return tuple(words.fact(name) for name in sorted(derivation.unknown))
    if derivation.value is False:
        return words.needs(derivation, subject)
    return tuple(_standing(words, derivation))


def _standing(words: Words, derivation: Derivation) -> Iterator[Text]:
    for part in derivation.parts:
        if isinstance(part.node, Row) and part.value is True:
            tests = [_test(words, test) for test in _comparisons(part.parts[0])]
            yield say(Text("{0}：{1}", "{0}: {1}"), part.node.label, joined(tests, "、", ", "))
        elif part.value is True:
            yield from _standing(words, part)


def _comparisons(derivation: Derivation) -> Iterator[Derivation]:
    """The comparisons that hold, below what holds."""
    if derivation.value is True:
        if isinstance(derivation.node, Compare):
            yield derivation
        for part in derivation.parts:
            yield from _comparisons(part)


def _test(words: Words, derivation: Derivation) -> Text:
    """従業員 4人（5人以下）."""
    node = derivation.node
    assert isinstance(node, Compare)
    now = words.count(exact(derivation.parts[0]), node.number.kind, node.quantity)
    return say(
        Text("{0} {1}（{2}）", "{0} {1} ({2})"),
        words.quantity(node.quantity),
        now,
        words.bound(node.op, node.number, node.quantity),
    )
