"""What may be asked of an applicant: the facts of a ruleset, and what they say of each other."""

from __future__ import annotations

from collections.abc import Mapping

from hojo_cli.base.number import Kind
from hojo_cli.rules.block import Block
from hojo_cli.rules.declarations import labels, spelt
from hojo_cli.rules.declared import FactSpec, Measure
from hojo_cli.rules.nodes import Against, Among, Compare, Every, Fact, FactOr, Holds, MemberCount, Not, Some
from hojo_cli.rules.walk import conditions


def lower(block: Block) -> dict[str, FactSpec]:
    """Facts by id. The conditions of `asked_if` and `only_if` may name any fact, so they are read when all facts are known."""
    facts = {name: _fact(name, entry) for name, entry in block.keyed()}
    block.reading.facts.update(facts)
    for name, entry in block.keyed():
        asked_if, only_if = entry.condition_at("asked_if"), entry.condition_at("only_if")
        if not all(
            isinstance(part, (Every, Some, Not, Among, Holds))
            or (isinstance(part, Compare) and isinstance(part.quantity, Fact))
            or (isinstance(part, Against) and isinstance(part.left, Fact) and isinstance(part.right, Fact))
            for part in (() if only_if is None else conditions(only_if))
        ):  # it is asked while nothing but facts is read of the applicant
            entry.at("only_if").fault("HJ364")
            only_if = None
        facts[name] = spec = facts[name]._replace(asked_if=asked_if, only_if=only_if)
        instead = any(other.instead_of == name for other in facts.values())
        if spec.fallback is not None and (spec.kind != "boolean" or not instead):
            entry.at("unset").fault("HJ365", fact=name)
        if spec.instead_of in facts and facts[spec.instead_of].fallback is None:
            entry.at("instead_of").fault("HJ366", fact=spec.instead_of)
    block.reading.facts.update(facts)
    return facts


def _fact(name: str, entry: Block) -> FactSpec:
    kind, minimum, at_most = (entry.at(key).word() for key in ("type", "min", "at_most"))
    choices = labels(entry.at("choices"))
    spellings = spelt(entry.at("choices"), choices)
    if entry.has("choices_of"):
        field = entry.reading.fields.get(entry.at("choices_of").name("fields"))
        choices, spellings = ({}, {}) if field is None else (dict(field.choices), dict(field.spellings))
    return FactSpec(
        id=name,
        label=entry.at("label").text(),
        kind=kind,
        choices=choices,
        spellings=spellings,
        ask=entry.at("ask").text(),
        look_up=entry.at("where").text(),
        asked_if=None,
        minimum=int(minimum) if minimum.isdecimal() else 0,
        maximum=entry.at("max").figure(Kind(kind)).value if entry.has("max") and kind in tuple(Kind) else None,
        at_most=at_most if at_most in entry.reading.declared["facts"] else None,
        within=None,
        unset=None,
        where=entry.where,
        fallback=entry.at("unset").at("is").name("definitions") or None,
        instead_of=entry.at("instead_of").name("facts") or None,
        of_members=entry.at("asked_of").word() == "members",
        change=entry.at("change").word(),
        aliases=tuple(alias.word() for alias in entry.at("aliases").elements()),
    )


def measured(block: Block, facts: dict[str, FactSpec], measures: Mapping[str, Measure]) -> None:
    """What a measure says of a fact: it stands in where the fact is left out (`unset`), or the fact cannot exceed it (`at_most`)."""
    for name, entry in block.keyed():
        whole, stand_in = entry.at("at_most"), entry.at("unset")
        if not whole.absent and facts[name].at_most is None:
            # the number of members; no other measure is known before the items are judged
            whole.declared("facts", whole.word(), (*block.reading.declared["facts"], *measures))
            measure = measures.get(whole.word())
            if measure is not None and isinstance(measure.quantity, MemberCount) and measure.quantity.only is None:
                facts[name] = facts[name]._replace(within=measure.quantity)
            elif measure is not None:
                whole.fault("HJ350", name=whole.word())
        if stand_in.has("measure"):
            measure = measures.get(stand_in.at("measure").name("measures"))
            assume = stand_in.at("assume").name("assumptions")
            if measure is not None:
                facts[name] = facts[name]._replace(unset=FactOr(name, measure.quantity, assume))
    block.reading.facts.update(facts)
