"""Whether a frame pays everybody the same under two rulesets, and if that is not proved, whom to try.

Everybody is in one situation before and in one after. Where what is paid is the same function in every two situations that somebody
can be in together, nobody's result differs. Where it is not, concrete applicants are laid out around every bend of both.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from hojo_cli.analysis.applicants import Builder, costs_of
from hojo_cli.analysis.boundary_cases import at_limits, grid
from hojo_cli.analysis.conditions import Scope, World
from hojo_cli.analysis.diagram import ALL, NONE
from hojo_cli.analysis.overlay import Overlay
from hojo_cli.analysis.payout import INELIGIBLE, payout
from hojo_cli.analysis.plot import Drawing
from hojo_cli.analysis.purchases import TooManyError
from hojo_cli.analysis.situations import FrameAnalysis, Situation, analyse_frame
from hojo_cli.base.record import Record
from hojo_cli.engine.applicant import Applicant, Item, picked
from hojo_cli.rules.nodes import Apportion, Costs, Fact, FactOr, Frame, Line, PerMember, Pick, Scaled
from hojo_cli.rules.walk import alike, nodes


class Pair(Record):
    """Applicants (`guard`) who are in one situation before and in one after; None is to be ineligible, or no such frame."""

    guard: int
    before: Situation | None
    after: Situation | None


class Difference:
    """One frame under two rulesets. `proved`: nobody's status or yen differ."""

    def __init__(self, overlay: Overlay, name: str) -> None:
        self.overlay, self.name = overlay, name
        self.written = overlay.differs(name)
        self.analyses: list[FrameAnalysis | None] = [None, None]
        self.pairs: list[Pair] = []
        self.proved = not self.written
        if self.written:
            self._look()

    def _look(self) -> None:
        laid = self.overlay.frame(self.name)
        frames = laid.before, laid.after
        try:
            world = World(laid.ruleset)
            self.scope = Scope(world, [frame for frame in frames if frame is not None])
        except TooManyError:
            return
        self.analyses = [None if frame is None else analyse_frame(world, frame, self.scope) for frame in frames]
        taxed = self.overlay.before.tax_included.value != self.overlay.after.tax_included.value
        self.pairs = [pair for pair in self._together() if taxed or self._pays(0, pair) != self._pays(1, pair)]
        self.proved = not self.pairs and self._exact() and self._touched(laid.before) == self._touched(laid.after)

    # --- the proof ---

    def _together(self) -> Iterator[Pair]:
        """Every two situations that somebody can be in, one before and one after."""
        diagrams = self.scope.diagrams
        first, second = (self._situations(analysis) for analysis in self.analyses)
        buyers = self._buyers()
        for guard, before in first:
            for there, after in second:
                shared = diagrams.both(buyers, diagrams.both(guard, there))
                if shared != NONE and (before is not None or after is not None):
                    yield Pair(shared, before, after)

    def _situations(self, analysis: FrameAnalysis | None) -> list[tuple[int, Situation | None]]:
        if analysis is None:
            return [(self.scope.possible, None)]
        barred = self.scope.diagrams.both(self.scope.possible, self.scope.diagrams.outside(analysis.eligible))
        return [*((each.guard, each) for each in analysis.situations), (barred, None)]

    def _buyers(self) -> int:
        """Those who buy something that one of the frames looks at, as far as their own purchase says."""
        frames = [analysis.frame for analysis in self.analyses if analysis is not None]
        if any(isinstance(node, PerMember) for node in nodes(frames)):
            return ALL
        taken = frozenset[int]().union(*[_counted(self.scope, line) for frame in frames for line in frame.lines])
        return self.scope.diagrams.literal(self.scope.basket, taken)

    def _pays(self, side: int, pair: Pair) -> Hashable:
        analysis, situation = self.analyses[side], (pair.before, pair.after)[side]
        if analysis is None or situation is None:
            return INELIGIBLE
        return payout(self.scope, analysis.frame, situation, pair.guard)

    def _touched(self, frame: Frame | None) -> Hashable:
        """Which items (of the applicant, of members) are a cost of the frame."""
        if frame is None:
            return None
        own, inner = self.scope, self.scope.inner
        within = [line for node in nodes(frame) if isinstance(node, PerMember) for line in node.lines]
        mine = [line for line in frame.lines if isinstance(costs_of(line), Costs)]
        return tuple(
            frozenset[int]().union(*[_counted(scope, line) for line in lines])
            for scope, lines in ((own, mine), (inner, within))
            if scope is not None
        )

    def _exact(self) -> bool:
        """Whether the analysis loses nothing that these frames could tell apart."""
        before, after = self.overlay.before, self.overlay.after
        return (
            before.tax_included.value == after.tax_included.value
            and all(spec.kind == after.facts[name].kind for name, spec in before.facts.items() if name in after.facts)
            and not self._stand_ins
            and all(_lossless(scope) for scope in (self.scope, self.scope.inner) if scope is not None)
        )

    @cached_property
    def _stand_ins(self) -> frozenset[str]:
        """The facts for which something else stands in when they are left out, but not the same in both."""
        first, second = (_stand_ins(self.overlay, analysis) for analysis in self.analyses)
        return frozenset(
            name for name in {*first, *second} if not alike(first.get(name, frozenset()), second.get(name, frozenset()))
        )

    # --- whom to try ---

    def subjects(self) -> Iterator[Applicant]:
        """Applicants in the pairs of situations where the payout may differ."""
        drawn: dict[int, Drawing] = {}
        builders = [Builder(analysis) for analysis in self.analyses if analysis is not None]
        if len(builders) == 2 and _same_costs(builders[0], builders[1]):
            del builders[1]
        for pair in self.pairs:
            drawings = []
            for analysis, situation in zip(self.analyses, (pair.before, pair.after), strict=True):
                if analysis is not None and situation is not None:
                    drawings.append(drawn.setdefault(id(situation), Drawing(analysis, situation)))
            for builder in builders:
                for subject in _around(builder, pair.guard, drawings):
                    yield from self._varied(subject)

    def _varied(self, subject: Applicant) -> Iterator[Applicant]:
        """The applicant, then with other purchases, members and counts, and without what something stands in for."""
        yield subject
        for item in self._moved:
            for cost in (2, 1_000, 10_000_000):
                yield subject._replace(items=(*subject.items, item._replace(cost=cost)))
        for member in self._newcomers if subject.members else ():
            for members in ((member, *subject.members[1:]), (*subject.members, member)):
                placed = [each._replace(prefix=f"members.{place}.") for place, each in enumerate(members, 1)]
                yield subject._replace(members=tuple(placed))
        for name in self._factors:
            value, spec = subject.facts.get(name), self.scope.world.domains[name].spec
            whole = None if spec.at_most is None else subject.facts.get(spec.at_most)
            most = [bound for bound in (spec.maximum, whole) if isinstance(bound, (int, Fraction))]
            if isinstance(value, int) and all(value < bound for bound in most):
                yield subject._replace(facts={**subject.facts, name: value + 1})
        if self._stand_ins:
            facts = {name: value for name, value in subject.facts.items() if name not in self._stand_ins}
            yield subject._replace(facts=facts)

    @cached_property
    def _moved(self) -> list[Item]:
        """Items that some line counts as cost in one of the rulesets only."""
        lines = [
            {} if analysis is None else {line.id: _taken(line) for line in analysis.frame.lines}
            for analysis in self.analyses
        ]
        items = {id(item): item for basket in self.scope.baskets for item in basket.items}
        return [
            item
            for item in items.values()
            if any(
                picked(item, lines[0].get(name, ())) != picked(item, lines[1].get(name, ()))
                for name in {**lines[0], **lines[1]}
            )
        ]

    @cached_property
    def _newcomers(self) -> list[Applicant]:
        """Members whose borrowed lines count in one of the rulesets only."""
        inner = self.scope.inner
        paid = [_qualified(analysis) for analysis in self.analyses]
        if inner is None or paid[0] == paid[1]:
            return []
        diagrams = inner.diagrams
        guards = [diagrams.both(one, diagrams.outside(other)) for one, other in (paid, paid[::-1])]
        builders = [Builder(analysis) for analysis in self.analyses if analysis is not None]
        built = [builder.member(guard, 1_000_000) for guard in guards if guard != NONE for builder in builders]
        return [member for member in built if member is not None]

    @cached_property
    def _factors(self) -> tuple[str, ...]:
        """The facts that amounts are worked out with."""
        found: dict[str, None] = {}
        for analysis in self.analyses:
            for node in nodes(None if analysis is None else analysis.frame):
                if isinstance(node, Apportion):
                    found |= {node.part: None, node.whole: None}
                elif isinstance(node, Scaled) and isinstance(node.by, (Fact, FactOr)):
                    found[node.by.name] = None
        return tuple(found)


def _qualified(analysis: FrameAnalysis | None) -> int:
    """The members of whom some borrowed line counts."""
    inner = None if analysis is None else analysis.scope.inner
    if analysis is None or inner is None:
        return NONE
    return inner.diagrams.some(
        inner.possible if node.only is None else inner.diagrams.both(inner.possible, inner.condition(node.only))
        for node in nodes(analysis.frame)
        if isinstance(node, PerMember)
    )


def _taken(line: Line) -> tuple[Pick, ...]:
    costs = costs_of(line)
    return costs.picks if isinstance(costs, Costs) else ()


def _counted(scope: Scope, line: Line) -> frozenset[int]:
    """The baskets with something that a line counts as cost."""
    costs = costs_of(line)
    if not isinstance(costs, Costs):
        return frozenset()
    place = scope.asked.has.index(costs.led_by or costs.picks)
    return frozenset(number for number, basket in enumerate(scope.baskets) if basket.has[place])


def _around(builder: Builder, guard: int, drawings: list[Drawing]) -> Iterator[Applicant]:
    for costs in grid(drawings):
        if (found := builder.build(guard, costs)) is not None:
            yield found
    for line in builder.analysis.frame.lines:
        yield from at_limits(builder, guard, line)


def _same_costs(one: Builder, other: Builder) -> bool:
    """Whether both know the same lines, each of the same items."""
    return [name for name, _ in one.lines] == [name for name, _ in other.lines] and all(
        alike(node, there) for (_, node), (_, there) in zip(one.lines, other.lines, strict=True)
    )


def _stand_ins(overlay: Overlay, analysis: FrameAnalysis | None) -> Mapping[str, object]:
    if analysis is None:
        return {}
    read = [analysis.frame, *overlay.definitions.values()]
    return {node.name: frozenset((node.otherwise,)) for node in nodes(read) if isinstance(node, FactOr)}


def _lossless(scope: Scope) -> bool:
    """Purchases are looked at by how many kinds they have. Three counts of one field, or items that must have several kinds, may need
    to know which."""
    fields = [count.field for count in scope.asked.counts]
    picks = [pick for picks in (*scope.asked.has, *(count.picks for count in scope.asked.counts)) for pick in picks]
    return all(fields.count(field) < 3 for field in fields) and not any(
        test.field in fields and test.at_least > 1 for pick in picks for test in pick.tests
    )
