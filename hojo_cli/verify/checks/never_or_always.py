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

from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from hojo_cli.base.finding import Finding, Location
from hojo_cli.base.record import Record
from hojo_cli.messages import finding
from hojo_cli.rules import nodes, walk
from hojo_cli.rules.nodes import NOWHERE, excluded
from hojo_cli.verify.analysis.diagram import NONE
from hojo_cli.verify.analysis.scope import FrameScope
from hojo_cli.verify.analysis.situations import analysed
from hojo_cli.verify.examined import Examined, cited

CODE: Final = "HJ540"


def find(examined: Examined) -> Iterator[Finding]:
    """The first at each place, for a table may be used as another."""
    found: dict[Location, Finding] = {}
    for each in everywhere(examined):
        found.setdefault(each.where, each)
    yield from found.values()


def everywhere(examined: Examined) -> Iterator[Finding]:
    """Definitions, requirements of frames and of bands, and the rows of tables."""
    analysis = analysed(examined.ruleset)
    if analysis is None:
        yield finding("HJ549", Location(examined.file))
        return
    scope = analysis.definitions
    for definition in examined.ruleset.definitions.values():
        yield from _Named(scope, definition.id, definition.where).whole(definition.condition, scope.possible)
    for frame in analysis.frames.values():
        for requirement in frame.frame.requires:
            beside = [other.holds for other in frame.frame.requires if other is not requirement]
            named = _Named(frame.scope, requirement.id, requirement.where)
            yield from named.whole(requirement.holds, frame.scope.possible, beside)
        for band in frame.frame.bands if frame.eligible != NONE else ():
            for requirement in band.requires:
                named = _Named(frame.scope, requirement.id, requirement.where)
                yield from named.whole(requirement.holds, frame.eligible, always="HJ542")


class _Named(Record):
    """What a condition of this name sees, and where the name stands."""

    scope: FrameScope
    name: str
    where: Location

    def whole(
        self, node: nodes.Condition, context: int, beside: Sequence[nodes.Condition] = (), always: str = "HJ541"
    ) -> Iterator[Finding]:
        """A condition on its own, then its parts. `always`: the code where it holds for everybody in its context."""
        diagrams, holds = self.scope.diagrams, self.scope.condition(node)
        others = diagrams.both(context, diagrams.every(self.scope.condition(part) for part in beside))
        if diagrams.both(context, holds) == NONE:
            yield self.at_first_figure("HJ540", node)
        elif diagrams.without(context, holds) == NONE:
            yield self.at_first_figure(always, node)
        elif beside and diagrams.without(others, holds) == NONE and others != NONE:
            yield self.at_first_figure("HJ542", node)
        else:
            yield from self.inside(node, context)

    def inside(self, node: nodes.Condition, context: int) -> Iterator[Finding]:
        """The parts of a condition that is neither always nor never true."""
        match node:
            case nodes.Every(parts) if len(parts) > 1:
                yield from self.parts(parts, context, every=True)
            case nodes.Some(parts) if len(parts) > 1:
                yield from self.parts(parts, context, every=False)
            case nodes.Every(parts) | nodes.Some(parts):
                for part in parts:
                    yield from self.inside(part, context)
            case nodes.Not(part):
                yield from self.inside(part, context)
            case nodes.Table():
                yield from self.rows(node, context)
            case (
                nodes.Is()
                | nodes.Compare()
                | nodes.Against()
                | nodes.SameKinds()
                | nodes.Among()
                | nodes.Holds()
                | nodes.HasItem()
                | nodes.EveryMember()
                | nodes.Said()
            ):
                pass
            case _:
                assert_never(node)

    def parts(self, parts: tuple[nodes.Condition, ...], context: int, *, every: bool) -> Iterator[Finding]:
        """Each part where the others leave the decision to it; the first superfluous one is reported."""
        diagrams = self.scope.diagrams
        sets = [self.scope.condition(part) for part in parts]
        for place, (part, holds) in enumerate(zip(parts, sets, strict=True)):
            others = [other if every else diagrams.outside(other) for i, other in enumerate(sets) if i != place]
            left = diagrams.both(context, diagrams.every(others))
            idle = diagrams.both(left, diagrams.outside(holds) if every else holds) == NONE
            if diagrams.both(context, holds) == NONE:
                yield self.at_first_figure("HJ540", part)
            elif idle and left != NONE:
                yield self.at_first_figure("HJ542", part)
                return
            else:
                yield from self.inside(part, left if left != NONE else context)

    def rows(self, table: nodes.Table, context: int) -> Iterator[Finding]:
        """Each row among those it stands for; what excludes them on purpose is no fault."""
        diagrams = self.scope.diagrams
        standing = self.scope.first_of(context, [row.when for row in table.rows])
        for row, stands in zip(table.rows, standing, strict=True):
            holds = self.scope.condition(row.test)
            if stands != NONE and not excluded(row):
                if diagrams.both(stands, holds) == NONE:
                    yield finding("HJ540", row.where, place=f"{self.name} {row.id}")
                elif diagrams.without(stands, holds) == NONE:
                    yield finding("HJ541", row.where, place=f"{self.name} {row.id}")

    def at_first_figure(self, code: str, node: nodes.Condition) -> Finding:
        """At the first figure of a condition; where its name stands, if it has none."""
        first = min(walk.numbers(node), key=lambda number: number.where, default=None)
        where, provenance = (self.where, NOWHERE) if first is None else (first.where, first.provenance)
        return finding(code, where, place=self.name, source=cited(provenance))
