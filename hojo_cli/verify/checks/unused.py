"""What is declared is used: facts, measures, definitions, categories, fields, sources and assumptions.

An assumption is used where a result can show it: behind a figure, a requirement or a combination, or in the frames it names. A category that no line counts is reported even
where a condition looks at it, because what applicants write there is paid nowhere.

Bad:
    facts: {size: {label: {ja: 広さ, en: floor space}, type: count, ask: {ja: 広さは。, en: 'How large?'}}}
Bad:
    definitions: {idle: {label: {ja: 休業, en: idle}, fact: staff, max: 20人, assume: amounts}}
Bad:
    items: {categories: {paper: {ja: 用紙, en: paper}}}
Bad:
    assumptions: {as_read: {label: {ja: 4月の本文によります。, en: Based on the text of April.}, why: {ja: 改正は未確認です。, en: Later changes are not known.}}}
Good:
    assumptions: {as_read: {label: {ja: 4月の本文によります。, en: Based on the text of April.}, why: {ja: 改正は未確認です。, en: Later changes are not known.}, frames: [aid], when: {fact: staff, min: 20, assume: amounts}}}
Good:
    facts: {size: {label: {ja: 広さ, en: floor space}, type: count, ask: {ja: 広さは。, en: 'How large?'}}}
    frames: {aid: {requires: [{id: roomy, label: {ja: 広い, en: roomy}, holds: {all: [{is: young}, {fact: size, min: 20}]}, assume: amounts}]}}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hojo_cli.base.finding import Finding, Location
from hojo_cli.messages import finding
from hojo_cli.rules import walk
from hojo_cli.rules.nodes import Costs
from hojo_cli.verify.examined import Examined

CODE: Final = "HJ513"

_CODES: Final = {
    "facts": CODE,
    "measures": "HJ514",
    "definitions": "HJ515",
    "categories": "HJ516",
    "fields": "HJ517",
    "sources": "HJ518",
    "assumptions": "HJ519",
}
"""What is declared, by the part of the ruleset that declares it."""
_APART: Final = ("sources", "assumptions", "reminders")
"""Parts that no amount is worked out from."""


def find(examined: Examined) -> Iterator[Finding]:
    """Each sort of declaration against its uses."""
    used = names_used(examined)
    for part, code in _CODES.items():
        declared: Mapping[str, object] = getattr(examined.ruleset, part)
        for name in declared:
            if name not in used[part]:
                yield finding(code, _place(examined, part, name), name=name)
    costs = [node for node in examined.nodes if isinstance(node, Costs)]
    counted = {name for node in costs for pick in node.picks for name in pick.categories}
    for name in examined.ruleset.categories:
        if name in used["categories"] and name not in counted:
            yield finding("HJ534", _place(examined, "categories", name), category=name)


def _place(examined: Examined, part: str, name: str) -> Location:
    return examined.place(*(("items",) if part in ("categories", "fields") else ()), part, name)


def names_used(examined: Examined) -> dict[str, set[str]]:
    """Every name that something in the ruleset reads. What only its own declaration mentions is not used."""
    ruleset, facts = examined.ruleset, examined.ruleset.facts
    used: dict[str, set[str]] = {part: set() for part in _CODES}

    def read(part: object, sorts: Iterable[str] = _CODES, but: str = "") -> None:
        for node in walk.nodes_within(part):
            for sort, names in walk.reads(node):
                used[sort] |= set(names) - {but} if sort in sorts else set()

    read(ruleset._replace(measures={}, facts={}, assumptions={}))
    read(ruleset.assumptions, ("definitions", "measures"))  # what is asked only to show an assumption decides nothing
    for spec in facts.values():
        read((spec.asked_if, spec.only_if, spec.unset, spec.within), but=spec.id)
    for name in tuple(used["measures"]):
        read(ruleset.measures.get(name))
    used["definitions"] |= set(ruleset.profile)
    used["sources"] |= {passage.at("id").word() for passage in examined.cited_passages()}
    for block in examined.blocks:
        part = block.path.partition(".")[0]
        if part not in _APART and (part != "facts" or block.path.endswith(".unset")):
            used["assumptions"].add(block.at("assume").word())
    used["assumptions"] |= {name for name, assumption in ruleset.assumptions.items() if assumption.frames}
    used["facts"] |= {spec.at_most for spec in facts.values() if spec.at_most is not None}  # bounds another one
    return used
