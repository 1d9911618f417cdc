"""Facts, values and conditions of a ruleset in words, in both languages. Labels come from the ruleset, sentences from here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, assert_never

from hojo_cli.base.citation import Citation
from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.number import Kind
from hojo_cli.base.texts import EMPTY, NO, NONE, UNKNOWN, YES, figure, joined, listed, say
from hojo_cli.rules import nodes
from hojo_cli.rules.asked import asked
from hojo_cli.rules.declared import FactValue, Ruleset
from hojo_cli.rules.nodes import NOWHERE, Condition, Op, Provenance, Quantity

BOUNDS: Final[Mapping[Op, Text]] = {
    Op.MIN: Text("{0}以上", "at least {0}"),
    Op.MAX: Text("{0}以下", "at most {0}"),
    Op.ABOVE: Text("{0}超", "more than {0}"),
    Op.BELOW: Text("{0}未満", "less than {0}"),
    Op.EQ: untranslated("{0}"),
}

CHANGES: Final[Mapping[str, Text]] = {"plan": Text("計画", "a plan"), "purchase": Text("購入", "a purchase")}
"""What it takes to have a fact or field otherwise (`change` of a ruleset)."""


class Words:
    """The words of one ruleset."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self._conditions: dict[int, tuple[Condition, Text]] = {}  # by identity, which holds while the node is kept

    # --- facts and provenance ---

    def fact(self, name: str) -> Text:
        """The label of a fact or an item's field; of a member's (`members.3.employees`) with the member's place."""
        member, item, fact = asked(name)
        label = self.name(fact)
        if item is not None:
            label = say(Text("明細{0}の{1}", "item {0}: {1}"), str(item + 1), label)
        return say(Text("構成員{0}の{1}", "member {0}: {1}"), str(member), label) if member else label

    def name(self, fact: str) -> Text:
        """The label of a fact or field by its id alone."""
        return self.ruleset.facts[fact].label if fact in self.ruleset.facts else self.ruleset.fields[fact].label

    def ask(self, name: str) -> Text:
        """The question about a fact or an item's field."""
        _, item, fact = asked(name)
        return self.ruleset.facts[fact].ask if item is None else self.ruleset.fields[fact].ask

    def value(self, name: str, value: FactValue | None) -> Text:
        """A declared value as people say it."""
        spec = self.ruleset.facts[name]
        match value:
            case None:
                return UNKNOWN
            case bool():
                return YES if value else NO
            case str():
                return spec.choices[value]
            case frozenset():
                return listed(spec.choices, value) if value else NONE
        return self.count(value, Kind(spec.kind), nodes.Fact(name))

    def count(self, value: Exact, kind: Kind, quantity: Quantity) -> Text:
        """A number of what `quantity` counts; people are counted as 人 where the ruleset asks how many people there are."""
        number = figure(value, kind)
        if isinstance(quantity, nodes.Fact | nodes.FactOr) and kind is Kind.COUNT:
            people = "何人" in self.ruleset.facts[quantity.name].ask.ja
            return Text(f"{number.ja}人", number.en) if people else number
        return number

    def kind(self, quantity: Quantity) -> Kind:
        """The unit a quantity is counted in."""
        if isinstance(quantity, nodes.Fact | nodes.FactOr):
            return Kind(self.ruleset.facts[quantity.name].kind)
        return Kind.COUNT

    def citation(self, provenance: Provenance) -> Citation | None:
        """A provenance with the title of its source and the words of its assumption."""
        if provenance == NOWHERE:
            return None
        source = self.ruleset.sources.get(provenance.source or "")
        assumption = self.ruleset.assumptions.get(provenance.assume or "")
        return Citation(
            provenance.source or "",
            "" if source is None else source.title,
            provenance.at,
            " / ".join(provenance.printed),
            EMPTY if assumption is None else assumption.label,
        )

    # --- conditions ---

    def condition(self, node: Condition) -> Text:
        """What a condition asks; said once, however many members are asked it."""
        if id(node) in self._conditions:
            return self._conditions[id(node)][1]
        match node:
            case nodes.Compare(quantity, op, number):
                text = say(Text("{0}が{1}", "{0} {1}"), self.quantity(quantity), self.bound(op, number, quantity))
            case nodes.Among(fact, choices):
                labels = listed(self.ruleset.facts[fact].choices, choices)
                text = say(Text("{0}が{1}", "{0} is {1}"), self.fact(fact), labels)
            case nodes.Holds(fact, expected):
                text = say(Text("{0}が「{1}」", "{0}: {1}"), self.fact(fact), YES if expected else NO)
            case nodes.Is(name):
                text = self.ruleset.definitions[name].label
            case nodes.Not(part):
                text = say(Text("「{0}」でない", "not ({0})"), self.condition(part))
            case nodes.Every(parts):
                text = joined(map(self.condition, parts), "、かつ", " and ")
            case nodes.Some(parts):
                text = joined(map(self.condition, parts), "、又は", " or ") if parts else Text("対象外", "not eligible")
            case nodes.HasItem(picks):
                text = say(Text("{0}の明細がある", "an item of {0}"), self.picks(picks))
            case nodes.EveryMember(part, only) if only is not None:
                template = Text("「{1}」の構成員がいずれも「{0}」", "every member with {1}: {0}")
                text = say(template, self.condition(part), self.condition(only))
            case nodes.EveryMember(part):
                text = say(Text("構成員がいずれも「{0}」", "every member: {0}"), self.condition(part))
            case nodes.Table(_, rows):
                text = joined((row.label for row in rows), "・", ", ")
            case nodes.Said(_, then):
                text = self.condition(then)
            case nodes.Against(left, op, right):
                text = say(Text("{0}が{1}", "{0} {1}"), self.quantity(left), say(BOUNDS[op], self.quantity(right)))
            case nodes.SameKinds(fact, kinds):
                said = say(Text("明細の{0}", "the {0} of the items"), self.ruleset.fields[kinds.field].label)
                text = say(Text("{0}が{1}と同じ", "{0}: the same as {1}"), self.fact(fact), said)
            case _:
                assert_never(node)
        self._conditions[id(node)] = node, text
        return text

    def those(self, node: Condition) -> Text:
        """The applicants a condition holds for."""
        return say(Text("「{0}」の申請者", "applicants with {0}"), self.condition(node))

    def bound(self, op: Op, number: nodes.Number, quantity: Quantity) -> Text:
        """5人以下, at most 5."""
        return say(BOUNDS[op], self.count(number.value, number.kind, quantity))

    def quantity(self, node: Quantity) -> Text:
        """What is counted."""
        match node:
            case nodes.Fact(name) | nodes.FactOr(name):
                return self.fact(name)
            case nodes.Distinct(name) | nodes.MemberCount(name):
                return self.ruleset.measures[name].label if name in self.ruleset.measures else EMPTY
        assert_never(node)

    def picks(self, picks: tuple[nodes.Pick, ...]) -> Text:
        """The categories that are meant, with what their fields must hold."""
        labels = []
        for pick in picks:
            label = listed(self.ruleset.categories, pick.categories)
            for test in pick.tests:
                field = self.ruleset.fields[test.field]
                held = say(Text("：{0}", ": {0}"), listed(field.choices, test.has)) if test.has else EMPTY
                label = say(Text("{0}（{1}{2}）", "{0} ({1}{2})"), label, field.label, held)
            labels.append(label)
        return joined(labels, "、", "; ")
