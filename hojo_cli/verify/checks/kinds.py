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
from hojo_cli.rules.nodes import Apportion, Fact, FactOr, Line, Ruleset, Scaled
from hojo_cli.verify.checks import Complaint, Examined
from hojo_cli.verify.sources import places

CODE: Final = "HJ530"


def find(examined: Examined) -> Iterator[Complaint]:
    """Facts against facts, then quantities inside amounts."""
    yield from map(Complaint, _facts(examined))
    for frame in examined.ruleset.frames.values():
        for line in frame.lines:
            yield from map(Complaint, _line(line, examined))
    for node in examined.nodes:
        if isinstance(node, Scaled):
            yield from map(Complaint, _scaled(node, examined.ruleset))


def _facts(examined: Examined) -> Iterator[Finding]:
    """`at_most` names a fact of the same kind; a measure, which is a count, may stand in for a count only."""
    facts = examined.ruleset.facts
    for spec in facts.values():
        if spec.at_most is not None and facts[spec.at_most].kind != spec.kind:
            where = places.key(examined.root, examined.file, "facts", spec.id, "at_most")
            yield _differ(where, spec.id, spec.kind, spec.at_most, facts[spec.at_most].kind)
        if spec.within is not None and spec.kind != Kind.COUNT:
            where = places.key(examined.root, examined.file, "facts", spec.id, "at_most")
            yield _differ(where, spec.id, spec.kind, spec.within.measure, Kind.COUNT)
        if spec.unset is not None and spec.kind != Kind.COUNT:
            where = places.key(examined.root, examined.file, "facts", spec.id, "unset")
            yield _differ(where, spec.id, spec.kind, "unset", Kind.COUNT)


def _line(line: Line, examined: Examined) -> Iterator[Finding]:
    """A share of accounts, members or months: both of one kind, and the part never above the whole."""
    facts = examined.ruleset.facts
    for node in walk.nodes(line.amount):
        if isinstance(node, Apportion):
            part, whole = facts[node.part], facts[node.whole]
            if part.kind != whole.kind or part.kind not in tuple(Kind):
                yield _differ(line.where, part.id, part.kind, whole.id, whole.kind)
            elif part.at_most != whole.id:
                yield finding(
                    "HJ532", places.key(examined.root, examined.file, "facts", part.id), part=part.id, whole=whole.id
                )


def _scaled(node: Scaled, ruleset: Ruleset) -> Iterator[Finding]:
    """So many yen for each: of things that are counted, or of months."""
    if isinstance(node.by, (Fact, FactOr)):
        spec = ruleset.facts[node.by.name]
        if spec.kind not in (Kind.COUNT, Kind.MONTHS):
            yield _differ(node.number.where, spec.id, spec.kind, "times", Kind.COUNT)


def _differ(where: Location, first: str, one: str, second: str, other: str) -> Finding:
    return finding(CODE, where, first=first, one=_name(one), second=second, other=_name(other))


def _name(kind: str) -> Text:
    other = {"choice": Text("選択肢", "a choice"), "boolean": Text("はい・いいえ", "yes or no")}
    return other[kind] if kind in other else NAMES[Kind(kind)]
