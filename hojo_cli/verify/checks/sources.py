"""No document is declared twice, and whatever a result shows can be traced to a source or an assumption.

Bad:
    sources: {copy: {title: 小さな補助金の要領, issuer: 県, date: '2026-04-01', file: guide.txt}}
Bad:
    frames: {aid: {requires: [{id: small, label: {ja: 小規模, en: small}, holds: {is: young}}]}}
Good:
    frames: {aid: {requires: [{id: small, label: {ja: 小規模, en: small}, holds: {is: young}, assume: amounts}]}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hojo_cli.base.finding import Finding, Location, Text
from hojo_cli.document import Sequence
from hojo_cli.messages import finding
from hojo_cli.rules.nodes import NOWHERE, Provenance, Requirement, Row
from hojo_cli.verify.checks import Complaint, Examined
from hojo_cli.verify.sources import places

CODE: Final = "HJ538"


def find(examined: Examined) -> Iterator[Complaint]:
    """The sources, and every rule that is shown."""
    yield from map(Complaint, _twice(examined))
    yield from map(Complaint, _untraced(examined))


def _twice(examined: Examined) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for source in examined.ruleset.sources.values():
        same = [seen[name] for name in (source.sha256, source.file) if name in seen]
        if same:
            where = places.key(examined.root, examined.file, "sources", source.id)
            yield finding(CODE, where, first=same[0], second=source.id)
        seen |= {name: source.id for name in (source.sha256, source.file) if name}


def _untraced(examined: Examined) -> Iterator[Finding]:
    for node in examined.nodes:
        if isinstance(node, (Requirement, Row)) and node.provenance == NOWHERE:
            what = Text("要件", "The requirement") if isinstance(node, Requirement) else Text("行", "The row")
            yield finding("HJ539", node.where, what=what, name=node.id)
    combined = [("+".join(entry.frames), entry.provenance) for entry in examined.ruleset.combinations]
    yield from _listed(examined, "combine", Text("組合せ", "The combination"), combined)
    reminded = [(entry.id, entry.provenance) for entry in examined.ruleset.reminders]
    yield from _listed(examined, "reminders", Text("確認事項", "The reminder"), reminded)


def _listed(examined: Examined, part: str, what: Text, entries: list[tuple[str, Provenance]]) -> Iterator[Finding]:
    node = examined.root.entries.get(part)
    for (name, provenance), place in zip(entries, node.items if isinstance(node, Sequence) else (), strict=True):
        if provenance == NOWHERE:
            yield finding("HJ539", Location(examined.file, place.line, place.column), what=what, name=name)
