"""A ruleset as data for the page in a browser: all that it asks, judges and says."""

from __future__ import annotations

from typing import Final

from hojo_cli import messages
from hojo_cli.base.number import EXAMPLES, NAMES, exact
from hojo_cli.browser.nodes_as_data import (
    Data,
    condition,
    condition_or_none,
    frame,
    number,
    provenance,
    sorted_texts,
    text,
)
from hojo_cli.browser.words import HINTS
from hojo_cli.rules import nodes
from hojo_cli.rules.declared import FactSpec, FieldSpec, Ruleset
from hojo_cli.rules.walk import nodes_within
from hojo_cli.rules.words import Words

TOLD: Final = (*(f"HJ{code}" for code in (*range(150, 171), 178, 213, 214, 217, 221, 225, 226, 231)),)
"""The findings that the page may have to tell."""


def ruleset(used: Ruleset, *, shipped: bool = False) -> dict[str, Data]:
    """All that the page asks, judges and says of a ruleset. `shipped`: hojo finds it by its year."""
    words = Words(used)
    optional = set[str]()  # what something stands in for where it is left out: said, it may still change what comes
    for node in nodes_within(used):
        match node:
            case nodes.Said(facts):
                optional.update(facts)
            case nodes.FactOr(name):
                optional.add(name)
    return {
        "shipped": shipped,
        "program": used.program,
        "fiscal_year": used.fiscal_year,
        "title": text(used.title),
        "as_of": used.as_of,
        "sha256": used.sha256,
        "sources": {
            name: {"title": source.title, "issuer": source.issuer, "date": source.date, "url": source.url}
            for name, source in used.sources.items()
        },
        "assumptions": {name: text(each.label) for name, each in used.assumptions.items()},
        "facts": {name: fact(spec, words) for name, spec in used.facts.items()},
        "optional": sorted_texts(optional),
        "fields": {name: field(spec) for name, spec in used.fields.items()},
        "categories": {name: text(label) for name, label in used.categories.items()},
        "read_of": {name: sorted_texts(fields) for name, fields in used.read_of.items()},
        "timed": sorted_texts(used.timed),
        "tax_included": number(used.tax_included),
        "definitions": {
            name: {"label": text(each.label), "condition": condition(each.condition)}
            for name, each in used.definitions.items()
        },
        "measures": {name: text(measure.label) for name, measure in used.measures.items()},
        "frames": {name: frame(each, used) for name, each in used.frames.items()},
        "groups": any(isinstance(node, (nodes.PerMember, nodes.EveryMember)) for node in nodes_within(used.frames)),
        "combinations": [
            {"frames": list(rule.frames), "allowed": rule.allowed, "from": provenance(rule.provenance)}
            for rule in used.combinations
        ],
        "reminders": [
            {"label": text(each.label), "frames": list(each.frames), "from": provenance(each.provenance)}
            for each in used.reminders
        ],
        "kinds": {kind.value: {"name": text(name), "example": text(EXAMPLES[kind])} for kind, name in NAMES.items()},
        "messages": {code: told(code) for code in TOLD},
    }


def told(code: str) -> Data:
    """The message and the hint of a finding."""
    found = messages.entry(code)
    return [text(found.message), text(HINTS.get(code, found.hint))]


# --- what is asked ----------------------------------------------------------------------------------------------------


def fact(spec: FactSpec, words: Words) -> Data:
    """`needs` and `none`: how it is said that anything but none is impossible."""
    nothing: frozenset[str] | bool | int = frozenset() if spec.kind == "set" else False if spec.kind == "boolean" else 0
    return {
        "id": spec.id,
        "label": text(spec.label),
        "kind": spec.kind,
        "choices": {name: text(label) for name, label in spec.choices.items()},
        "ask": text(spec.ask),
        "look_up": text(spec.look_up),
        "asked_if": condition_or_none(spec.asked_if),
        "only_if": condition_or_none(spec.only_if),
        "needs": None if spec.only_if is None else text(words.condition(spec.only_if)),
        "none": None if spec.only_if is None else text(words.value(spec.id, nothing)),
        "minimum": str(spec.minimum),
        "maximum": None if spec.maximum is None else exact(spec.maximum),
        "at_most": spec.at_most,
        "within": spec.within is not None,
        "instead_of": spec.instead_of,
        "of_members": spec.of_members,
    }


def field(spec: FieldSpec) -> Data:
    choices: dict[str, Data] = {name: text(label) for name, label in spec.choices.items()}
    return {"label": text(spec.label), "choices": choices, "ask": text(spec.ask)}
