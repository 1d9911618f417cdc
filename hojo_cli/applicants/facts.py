"""The facts of an applicant or a member: read, kept within their bounds, and held against each other."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from hojo_cli.applicants.naming import likely_names
from hojo_cli.applicants.reader import Reader
from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind, show
from hojo_cli.base.suggest import plain, spellings, suggestion
from hojo_cli.base.texts import joined, say
from hojo_cli.document import Mapping as MappingNode, Node, entries_of, is_null
from hojo_cli.document.keys import misplaced
from hojo_cli.engine.case import Case
from hojo_cli.engine.evaluator import case_of_facts, evaluator
from hojo_cli.rules.declared import FactSpec, FactValue
from hojo_cli.rules.ruleset import shipped

TRUTHS: Final = dict.fromkeys(
    ("true", "True", "TRUE", "はい", "有", "有り", "あり", "該当", "該当する", "○", "〇", "◯"), True
) | dict.fromkeys(("false", "False", "FALSE", "いいえ", "無", "無し", "なし", "非該当", "該当しない", "×", "✕"), False)
"""How people write true and false. Not `yes` and `no`, which change meaning with the version of YAML."""
_MEMBERS: Final = Text("グループの構成員", "members of a group")


def read_facts(node: Node | None, reader: Reader, *, of_member: bool) -> dict[str, FactValue]:
    """The facts that can be read; what is left out is absent."""
    specs = reader.ruleset.facts
    mapping = None if node is None or is_null(node) else reader.mapping(node, specs)
    if mapping is None:
        return {}
    facts: dict[str, FactValue] = {}
    for name, value in mapping.entries.items():
        spec = specs.get(name)
        if spec is None:
            tell_unknown_fact(name, mapping, reader)
        elif not is_null(value) and (fact := read_fact(spec, value, reader)) is not None:
            facts[name] = fact
    for name in facts:
        keep_within_bounds(specs[name], facts, mapping.entries[name], reader)
    case = case_of_facts(facts)
    for name in facts:
        hold_together(specs[name], facts, mapping, case, reader, of_member=of_member)
    return facts


def keep_within_members(facts: Mapping[str, FactValue], members: int, node: Node | None, reader: Reader) -> None:
    """Counts of members stay within the number of members, once members are listed."""
    for name, value in facts.items() if members else ():
        spec = reader.ruleset.facts[name]
        if spec.within is not None and isinstance(value, (int, Fraction)) and value > members:
            whole = reader.ruleset.measures[spec.within.measure].label
            reader.fault("HJ213", entries_of(node)[name], label=spec.label, whole=whole)


def tell_unknown_fact(name: str, mapping: MappingNode, reader: Reader) -> None:
    """An error, unless the ruleset was chosen by hand and a shipped year knows the fact."""
    if problem := misplaced(mapping, name):
        reader.fault(problem.code, problem.at, **problem.words)
        return
    of_another_year = reader.overruled and any(name in other.facts for other in shipped())
    known = spellings({fact: spec.label for fact, spec in reader.ruleset.facts.items()})
    code, near = "HJ204" if of_another_year else "HJ203", suggestion(*likely_names(name, known))
    reader.fault(code, mapping.keys[name], name=name, year=reader.ruleset.fiscal_year, near=near)


def read_fact(spec: FactSpec, node: Node, reader: Reader) -> FactValue | None:
    """A fact of its kind; None where it cannot be read."""
    if spec.kind == "choice":
        return reader.choice(spec.choices, spec.spellings, node)
    if spec.kind == "set":
        return reader.chosen(spec, node)
    if spec.kind != "boolean":
        return reader.number(node, Kind(spec.kind))
    text = reader.scalar(node)
    if text is None:
        return None
    truth = TRUTHS.get(plain(text))
    if truth is None:
        reader.fault("HJ206", node, text=text)
    return truth


def keep_within_bounds(spec: FactSpec, facts: Mapping[str, FactValue], node: Node, reader: Reader) -> None:
    """Declared lower and upper bounds, and a count that is part of another count."""
    value = facts[spec.id]
    if isinstance(value, (bool, str, frozenset)):
        return
    if value < spec.minimum:
        reader.fault("HJ214", node, label=spec.label, least=spec.minimum)
    if spec.maximum is not None and value > spec.maximum:
        kind = Kind(spec.kind)
        most = Text(show(spec.maximum, kind, "ja"), show(spec.maximum, kind, "en"))
        reader.fault("HJ217", node, label=spec.label, most=most)
    whole = None if spec.at_most is None else facts.get(spec.at_most)
    if spec.at_most is not None and isinstance(whole, (int, Fraction)) and value > whole:
        reader.fault("HJ213", node, label=spec.label, whole=reader.ruleset.facts[spec.at_most].label)


def hold_together(
    spec: FactSpec,
    facts: Mapping[str, FactValue],
    mapping: MappingNode,
    case: Case,
    reader: Reader,
    *,
    of_member: bool,
) -> None:
    """What a fact and the others say of each other: what cannot be, what this applicant cannot have, two answers to one question."""
    value, key, node = facts[spec.id], mapping.keys[spec.id], mapping.entries[spec.id]
    words = reader.words
    ruled = evaluator(reader.ruleset, traced=False)
    if spec.asked_if is not None and ruled.holds(spec.asked_if, case) is False:
        reader.fault("HJ232", key, label=spec.label, whom=words.those(spec.asked_if))
    elif spec.of_members and not of_member:
        reader.fault("HJ232", key, label=spec.label, whom=_MEMBERS)
    if spec.only_if is not None and value and ruled.holds(spec.only_if, case) is False:
        none = words.value(spec.id, frozenset() if spec.kind == "set" else False if value is True else 0)
        reader.fault("HJ231", node, label=spec.label, needs=words.condition(spec.only_if), none=none)
    defined = None if spec.fallback is None else ruled.defined(spec.fallback, case).value
    if isinstance(defined, bool) and defined is not value:  # a yes or no beside answers that come to the opposite
        specs = reader.ruleset.facts.values()
        instead = [other.label for other in specs if other.instead_of == spec.id and other.id in facts]
        listed = joined((say(Text("「{0}」", "`{0}`"), label) for label in instead), "", " and ")
        said, derived = words.value(spec.id, value is True), words.value(spec.id, value is not True)
        reader.fault("HJ230", node, label=spec.label, said=said, found=derived, instead=listed)
