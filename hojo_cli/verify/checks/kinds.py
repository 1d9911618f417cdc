"""Quantities that are compared, divided or multiplied are of kinds that fit: a part and its whole, a stand-in and its fact.

Bad:
    facts: {staff: {at_most: capital}}
Bad:
    frames: {aid: {lines: [{id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], rate: 2/3, cap: {use: 50万円, times: {fact: capital}}, assume: amounts}]}}
Good:
    frames: {aid: {lines: [{id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], rate: 2/3, cap: {use: 50万円, times: {fact: staff}}, assume: amounts}]}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hojo_cli.base.finding import Finding, Location, Text
from hojo_cli.base.number import NAMES, Kind
from hojo_cli.messages import finding
from hojo_cli.rules import walk
from hojo_cli.rules.nodes import Apportion, Fact, FactOr, Scaled
from hojo_cli.verify.examined import Examined

CODE: Final = "HJ530"

_NO_NUMBERS: Final = {"choice": Text("選択肢", "a choice"), "boolean": Text("はい・いいえ", "yes or no")}


def find(examined: Examined) -> Iterator[Finding]:
    """Facts against facts, then quantities inside amounts."""
    facts = examined.ruleset.facts
    for spec in facts.values():
        bound = examined.place("facts", spec.id, "at_most")
        if spec.at_most is not None and facts[spec.at_most].kind != spec.kind:
            yield _differ(bound, spec.id, spec.kind, spec.at_most, facts[spec.at_most].kind)
        if spec.within is not None and spec.kind != Kind.COUNT:
            yield _differ(bound, spec.id, spec.kind, spec.within.measure, Kind.COUNT)
        if spec.unset is not None and spec.kind != Kind.COUNT:  # a measure is a count and stands in for counts only
            yield _differ(examined.place("facts", spec.id, "unset"), spec.id, spec.kind, "unset", Kind.COUNT)
    for line in (line for frame in examined.ruleset.frames.values() for line in frame.lines):
        for node in walk.nodes_within(line.amount):
            if isinstance(node, Apportion):
                part, whole = facts[node.part], facts[node.whole]
                if part.kind != whole.kind or part.kind not in tuple(Kind):
                    yield _differ(line.where, part.id, part.kind, whole.id, whole.kind)
                elif part.at_most != whole.id:
                    yield finding("HJ532", examined.place("facts", part.id), part=part.id, whole=whole.id)
    for node in examined.nodes:
        if isinstance(node, Scaled) and isinstance(node.by, (Fact, FactOr)):
            spec = facts[node.by.name]
            if spec.kind not in (Kind.COUNT, Kind.MONTHS):
                yield _differ(node.number.where, spec.id, spec.kind, "times", Kind.COUNT)


def _differ(where: Location, first: str, first_kind: str, second: str, second_kind: str) -> Finding:
    one, other = (_NO_NUMBERS.get(kind) or NAMES[Kind(kind)] for kind in (first_kind, second_kind))
    return finding(CODE, where, first=first, one=one, second=second, other=other)
