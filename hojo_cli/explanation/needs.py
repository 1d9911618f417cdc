"""What would have to be different for a condition to hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from hojo_cli.base.finding import Text
from hojo_cli.base.texts import NO, UNKNOWN, YES, joined, say
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.derivation import Derivation
from hojo_cli.engine.evaluator import case_of_facts, evaluator
from hojo_cli.explanation.applicant import member_label
from hojo_cli.rules import nodes
from hojo_cli.rules.nodes import Quantity, excluded
from hojo_cli.rules.words import Words


def needs(derivation: Derivation, applicant: Applicant, words: Words) -> tuple[Text, ...]:
    """The least changes after which a condition that is false (or still unknown) would hold."""
    if derivation.value is True:
        return ()
    node, parts = derivation.node, derivation.parts
    assert isinstance(node, nodes.Condition | nodes.Row)
    match node:
        case nodes.Row() if excluded(node):
            return (node.label,)
        case nodes.Every() | nodes.Is() | nodes.Table() | nodes.Row() | nodes.Said():
            return tuple(need for part in parts for need in needs(part, applicant, words))
        case nodes.EveryMember():
            return tuple(
                say(Text("{0}：{1}", "{0}: {1}"), member_label(member), need)
                for part, member in zip(parts, applicant.members, strict=True)
                for need in needs(part, member, words)
            )
        case nodes.Some():
            within_reach = [part for part in parts if not out_of_reach(part, applicant, words)]
            alternatives = []
            for part in within_reach or parts:
                together = needs(part, applicant, words)
                needed = joined(together, " かつ ", " and ")
                if together:
                    alternatives.append(needed if len(together) == 1 else say(Text("（{0}）", "({0})"), needed))
            return (joined(alternatives, " 又は ", " or "),)
        case nodes.Holds(fact, expected):
            now = _declared(fact, derivation, applicant, words)
            template = Text("{0}：{1}（現在：{2}）", "{0}: {1} (now: {2})")
            return (say(template, words.fact(fact), YES if expected else NO, now),)
        case nodes.Among(fact):
            now = _declared(fact, derivation, applicant, words)
        case nodes.Compare(quantity):
            now = _counted(parts[0], quantity, words)
        case nodes.Against(left, _, right):
            now = joined([_counted(parts[0], left, words), _counted(parts[1], right, words)], "、", ", ")
        case nodes.HasItem() | nodes.Not() | nodes.SameKinds():
            return (words.condition(node),)
        case _:
            assert_never(node)
    return (say(Text("{0}（現在：{1}）", "{0} (now: {1})"), words.condition(node), now),)


def _declared(fact: str, derivation: Derivation, applicant: Applicant, words: Words) -> Text:
    """The declared value a test looked at."""
    return words.value(fact, None if derivation.unknown else applicant.facts.get(fact))


def _counted(derivation: Derivation, quantity: Quantity, words: Words) -> Text:
    """The number a comparison looked at."""
    value = derivation.value
    if value is None or isinstance(value, str | bool | frozenset):
        return UNKNOWN
    return words.count(value, words.kind(quantity), quantity)


def out_of_reach(derivation: Derivation, applicant: Applicant, words: Words) -> bool:
    """Whether a way to meet a condition asks something of this applicant that is asked of others only."""
    reader, case = evaluator(words.ruleset), case_of_facts(applicant.facts)
    conditions = (words.ruleset.facts[name].asked_if for name in _facts(derivation))
    return any(asked_if is not None and reader.holds(asked_if, case) is False for asked_if in conditions)


def _facts(derivation: Derivation) -> Iterator[str]:
    """The facts a condition looked at."""
    node = derivation.node
    if isinstance(node, nodes.Fact | nodes.FactOr):
        yield node.name
    elif isinstance(node, nodes.Among | nodes.Holds):
        yield node.fact
    for part in derivation.parts:
        yield from _facts(part)
