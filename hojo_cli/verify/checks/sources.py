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

from hojo_cli.base.finding import Finding, Text
from hojo_cli.messages import finding
from hojo_cli.rules.nodes import NOWHERE, Requirement, Row
from hojo_cli.verify.examined import Examined

CODE: Final = "HJ538"

_REQUIREMENT: Final = Text("要件", "The requirement")
_ROW: Final = Text("行", "The row")
_COMBINATION: Final = Text("組合せ", "The combination")
_REMINDER: Final = Text("確認事項", "The reminder")


def find(examined: Examined) -> Iterator[Finding]:
    """The sources, and every rule that is shown."""
    ruleset = examined.ruleset
    seen: dict[str, str] = {}
    for source in ruleset.sources.values():
        same = [seen[name] for name in (source.sha256, source.file) if name in seen]
        if same:
            yield finding(CODE, examined.place("sources", source.id), first=same[0], second=source.id)
        seen |= {name: source.id for name in (source.sha256, source.file) if name}
    for node in examined.nodes:
        if isinstance(node, (Requirement, Row)) and node.provenance == NOWHERE:
            what = _REQUIREMENT if isinstance(node, Requirement) else _ROW
            yield finding("HJ539", node.where, what=what, name=node.id)
    for combination, where in zip(ruleset.combinations, examined.entries("combine"), strict=True):
        if combination.provenance == NOWHERE:
            yield finding("HJ539", where, what=_COMBINATION, name="+".join(combination.frames))
    for reminder, where in zip(ruleset.reminders, examined.entries("reminders"), strict=True):
        if reminder.provenance == NOWHERE:
            yield finding("HJ539", where, what=_REMINDER, name=reminder.id)
