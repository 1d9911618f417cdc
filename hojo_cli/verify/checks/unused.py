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

from collections.abc import Iterator, Mapping
from typing import Final

from hojo_cli.base.finding import Finding, Location
from hojo_cli.messages import finding
from hojo_cli.rules import walk
from hojo_cli.rules.nodes import Costs, Ruleset
from hojo_cli.verify.checks import Complaint, Examined
from hojo_cli.verify.sources import places

CODE: Final = "HJ513"

_SORTS: Final = (
    ("facts", CODE),
    ("measures", "HJ514"),
    ("definitions", "HJ515"),
    ("categories", "HJ516"),
    ("fields", "HJ517"),
    ("sources", "HJ518"),
    ("assumptions", "HJ519"),
)


_APART: Final = ("sources", "assumptions", "reminders", "outcomes")
"""Parts that no amount is worked out from."""


def find(examined: Examined) -> Iterator[Complaint]:
    """Each sort of declaration against its uses."""
    used = _used(examined)
    for sort, code in _SORTS:
        declared: Mapping[str, object] = getattr(examined.ruleset, sort)
        for name in declared:
            if name not in used[sort]:
                yield Complaint(finding(code, _place(examined, sort, name), name=name))
    yield from map(Complaint, _uncounted(examined, used["categories"]))


def _uncounted(examined: Examined, used: set[str]) -> Iterator[Finding]:
    counted = {
        name for node in examined.nodes if isinstance(node, Costs) for pick in node.picks for name in pick.categories
    }
    for name in examined.ruleset.categories:
        if name in used and name not in counted:
            yield finding("HJ534", _place(examined, "categories", name), category=name)


def _place(examined: Examined, sort: str, name: str) -> Location:
    path = ("items", sort, name) if sort in ("categories", "fields") else (sort, name)
    return places.key(examined.root, examined.file, *path)


def _used(examined: Examined) -> dict[str, set[str]]:
    """Every name that something in the ruleset reads. What only its own declaration mentions is not used."""
    found: dict[str, set[str]] = {sort: set() for sort, _ in _SORTS}
    ruleset = examined.ruleset
    for node in walk.nodes(ruleset._replace(measures={}, facts={}, assumptions={})):
        for sort, names in walk.reads(node):
            found[sort] |= set(names)
    for node in walk.nodes(
        ruleset.assumptions
    ):  # what is asked only to show an assumption makes no difference to anybody
        for sort, names in walk.reads(node):
            found[sort] |= set(names) if sort in ("definitions", "measures") else set()
    for spec in ruleset.facts.values():
        for node in walk.nodes((spec.asked_if, spec.only_if, spec.unset, spec.within)):
            for sort, names in walk.reads(node):
                found[sort] |= set(names) - ({spec.id} if sort == "facts" else set())
    for name in found["measures"]:
        for node in walk.nodes(ruleset.measures.get(name)):
            for sort, names in walk.reads(node):
                found[sort] |= set(names)
    found["definitions"] |= set(ruleset.profile)
    found["sources"] |= {citation.id for citation in places.citations(examined.blocks)}
    found["assumptions"] |= places.assumed(block for block in examined.blocks if _resting(block.path))
    found["assumptions"] |= {name for name, assumption in ruleset.assumptions.items() if assumption.frames}
    found["facts"] |= _table_facts(ruleset)
    return found


def _resting(path: str) -> bool:
    """Whether results rest on what stands at this place; of a fact only on what stands in for it."""
    part = path.partition(".")[0]
    return part not in _APART and (part != "facts" or path.endswith(".unset"))


def _table_facts(ruleset: Ruleset) -> set[str]:
    """A fact that only bounds another one (`at_most`) is used as well."""
    return {spec.at_most for spec in ruleset.facts.values() if spec.at_most is not None}
