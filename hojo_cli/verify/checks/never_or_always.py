"""Every condition decides something: it holds for some applicants and not for others, and is not implied by those beside it.

Decided by diagrams over all classes of facts and purchases, so what is reported is certain.

Bad:
    definitions:
      young:
        label: {ja: 小さな事業者, en: small}
        all:
          - {fact: staff, max: 20人, source: {id: guide, at: 第３条, printed: 従業員２０人以下}}
          - {fact: staff, above: 20人, source: {id: guide, at: 第３条, printed: 従業員２０人以下}}
        any: null
Bad:
    definitions:
      young:
        label: {ja: 小さな事業者, en: small}
        any:
          - {fact: staff, max: 20人, source: {id: guide, at: 第３条, printed: 従業員２０人以下}}
          - {fact: staff, above: 20人, source: {id: guide, at: 第３条, printed: 従業員２０人以下}}
          - {fact: capital, max: 100万円, source: {id: guide, at: 第３条 （対象）, printed: 資本金１００万円以下}}
Good:
    definitions:
      young:
        label: {ja: 小さな事業者, en: small}
        any:
          - {fact: staff, max: 20人, source: {id: guide, at: 第３条, printed: 従業員２０人以下}}
          - {fact: capital, max: 100万円, source: {id: guide, at: 第３条 （対象）, printed: 資本金１００万円以下}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hojo_cli.analysis import analysed
from hojo_cli.analysis.applicants import cited
from hojo_cli.analysis.conditions import Scope
from hojo_cli.analysis.diagram import NONE
from hojo_cli.analysis.situations import FrameAnalysis
from hojo_cli.base.finding import Finding, Location
from hojo_cli.messages import finding
from hojo_cli.rules import walk
from hojo_cli.rules.nodes import NOWHERE, Condition, Every, Not, Some, Table, excluded
from hojo_cli.verify.checks import Complaint, Examined

CODE: Final = "HJ540"


def find(examined: Examined) -> Iterator[Complaint]:
    """Definitions, requirements of frames and of bands, and the rows of tables."""
    analysis = analysed(examined.ruleset)
    if analysis is None:
        yield Complaint(finding("HJ549", Location(examined.file)))
        return
    definitions = tuple(examined.ruleset.definitions.values())
    scope = analysis.definitions
    told = set[Location]()
    for definition in definitions:
        judged = _Judged(scope, definition.id, definition.where)
        yield from _once(judged.whole(definition.condition, scope.possible), told)
    for frame in analysis.frames.values():
        yield from _once(_of_frame(frame), told)


def _once(found: Iterator[Finding], told: set[Location]) -> Iterator[Complaint]:
    """The first finding at each place; a table used as another is seen twice."""
    for each in found:
        if each.where not in told:
            told.add(each.where)
            yield Complaint(each)


def _of_frame(frame: FrameAnalysis) -> Iterator[Finding]:
    for place, requirement in enumerate(frame.frame.requires):
        judged = _Judged(frame.scope, requirement.id, requirement.where)
        beside = [other.holds for other in (*frame.frame.requires[:place], *frame.frame.requires[place + 1 :])]
        yield from judged.whole(requirement.holds, frame.scope.possible, beside)
    for band in frame.frame.bands if frame.eligible != NONE else ():
        for requirement in band.requires:
            judged = _Judged(frame.scope, requirement.id, requirement.where)
            yield from judged.whole(requirement.holds, frame.eligible, implied="HJ542")


class _Judged:
    """The conditions under one name."""

    def __init__(self, scope: Scope, name: str, where: Location) -> None:
        self.scope = scope
        self.name = name
        self.where = where

    def whole(
        self, node: Condition, context: int, beside: list[Condition] | None = None, implied: str = "HJ541"
    ) -> Iterator[Finding]:
        """A condition on its own, then its parts. `implied`: the code where it always holds in its context."""
        diagrams, holds = self.scope.diagrams, self.scope.condition(node)
        others = diagrams.both(context, diagrams.every(self.scope.condition(part) for part in beside or ()))
        if diagrams.both(context, holds) == NONE:
            yield self._found("HJ540", node)
        elif diagrams.both(context, diagrams.outside(holds)) == NONE:
            yield self._found(implied, node)
        elif beside and diagrams.both(others, diagrams.outside(holds)) == NONE and others != NONE:
            yield self._found("HJ542", node)
        else:
            yield from self._inside(node, context)

    def _inside(self, node: Condition, context: int) -> Iterator[Finding]:
        match node:
            case Every(parts) if len(parts) > 1:
                yield from self._parts(parts, context, every=True)
            case Some(parts) if len(parts) > 1:
                yield from self._parts(parts, context, every=False)
            case Every(parts) | Some(parts):
                for part in parts:
                    yield from self._inside(part, context)
            case Not(part):
                yield from self._inside(part, context)
            case Table():
                yield from self._rows(node, context)
            case _:
                return

    def _parts(self, parts: tuple[Condition, ...], context: int, *, every: bool) -> Iterator[Finding]:
        """Each part where the others leave the decision to it; the first superfluous one is reported."""
        diagrams = self.scope.diagrams
        sets = [self.scope.condition(part) for part in parts]
        for place, (part, holds) in enumerate(zip(parts, sets, strict=True)):
            others = [each if every else diagrams.outside(each) for i, each in enumerate(sets) if i != place]
            here = diagrams.both(context, diagrams.every(others))
            idle = diagrams.both(here, diagrams.outside(holds) if every else holds) == NONE
            if diagrams.both(context, holds) == NONE:
                yield self._found("HJ540", part)
            elif idle and here != NONE:
                yield self._found("HJ542", part)
                return
            else:
                yield from self._inside(part, here if here != NONE else context)

    def _rows(self, table: Table, context: int) -> Iterator[Finding]:
        diagrams = self.scope.diagrams
        for row in table.rows:
            stands = diagrams.both(context, self.scope.condition(row.when))
            context = diagrams.both(context, diagrams.outside(stands))
            holds = self.scope.condition(row.test)
            if excluded(row):
                continue
            if stands != NONE and diagrams.both(stands, holds) == NONE:
                yield finding("HJ540", row.where, place=f"{self.name} {row.id}")
            elif stands != NONE and diagrams.both(stands, diagrams.outside(holds)) == NONE:
                yield finding("HJ541", row.where, place=f"{self.name} {row.id}")

    def _found(self, code: str, node: Condition) -> Finding:
        """At the first figure of a condition; where its name stands, if it has none."""
        first = min(walk.numbers(node), key=lambda number: number.where, default=None)
        where, provenance = (self.where, NOWHERE) if first is None else (first.where, first.provenance)
        return finding(code, where, place=self.name, source=cited(provenance))
