"""Whether a frame pays everybody the same under two rulesets, and if that is not proved, whom to try.

Everybody is in one situation before and in one after. Where what is paid is the same function in every two situations that somebody
can be in together, nobody's result differs. Where it is not, concrete applicants are laid out around every bend of both.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from hojo_cli.engine.applicant import Applicant, Item, picked
from hojo_cli.rules.nodes import Apportion, Costs, Fact, FactOr, Line, PerMember, Quantity, Scaled
from hojo_cli.rules.walk import alike, followed, nodes_within
from hojo_cli.verify.analysis.applicants import Builder, costs_of, listed
from hojo_cli.verify.analysis.boundary_cases import around
from hojo_cli.verify.analysis.diagram import ALL, NONE
from hojo_cli.verify.analysis.overlay import Overlay
from hojo_cli.verify.analysis.payout import Payout
from hojo_cli.verify.analysis.payout_forms import payout_form
from hojo_cli.verify.analysis.purchases import TooManyError
from hojo_cli.verify.analysis.scope import FrameScope
from hojo_cli.verify.analysis.situations import FrameAnalysis, Situation, analyse_frame
from hojo_cli.verify.analysis.world import World

Pair: TypeAlias = "tuple[int, Situation | None, Situation | None]"
"""Applicants who are in one situation before and in one after; None is to be ineligible, or no such frame."""


class Difference:
    """One frame under two rulesets. `proved`: nobody's status or yen differ.

    `sides` is the frame before and after; None where a ruleset has no such frame.
    """

    def __init__(self, overlay: Overlay, name: str) -> None:
        self.overlay = overlay
        self.sides: tuple[FrameAnalysis | None, FrameAnalysis | None] = (None, None)
        self.pairs: list[Pair] = []
        self.proved = not overlay.differs(name)
        if self.proved:
            return
        ruleset, *frames = overlay.frame(name)
        try:
            world = World(ruleset)
            self.scope = FrameScope(world, [frame for frame in frames if frame is not None])
        except TooManyError:
            return
        before, after = (None if frame is None else analyse_frame(world, frame, self.scope) for frame in frames)
        self.sides = before, after
        self.frames = tuple(side.frame for side in self.sides if side is not None)
        self.pairs = [
            (guard, one, other)
            for guard, one, other in self.situation_pairs()
            if overlay.taxed or payout_form(before, one, guard) != payout_form(after, other, guard)
        ]
        in_cost: list[Hashable] = []  # which purchases (of the applicant, of members) are a cost of each frame
        for frame in frames:
            lent = [line for node in nodes_within(frame) if isinstance(node, PerMember) for line in node.lines]
            inner = None if self.scope.inner is None else _purchases_in_cost(self.scope.inner, lent)
            in_cost.append(None if frame is None else (_purchases_in_cost(self.scope, frame.lines), inner))
        self.proved = not self.pairs and not overlay.taxed and self.is_exact() and in_cost[0] == in_cost[1]

    # --- the proof ---

    def situation_pairs(self) -> Iterator[Pair]:
        """Every two situations that somebody who buys something can be in, one before and one after."""
        diagrams = self.scope.diagrams
        before_all, after_all = (
            [(self.scope.possible, None)] if side is None else side.everybody for side in self.sides
        )
        buyers = ALL  # as far as their own purchase says
        if not any(isinstance(node, PerMember) for node in nodes_within(self.frames)):
            lines = [line for frame in self.frames for line in frame.lines]
            buyers = diagrams.literal(self.scope.purchase, _purchases_in_cost(self.scope, lines))
        unmoved = {guard: [(guard, after)] for guard, after in after_all}  # situations share nobody
        for guard, before in before_all:
            for guard_after, after in unmoved.get(guard, after_all):
                shared = diagrams.both(buyers, diagrams.both(guard, guard_after))
                if shared != NONE and (before is not None or after is not None):
                    yield shared, before, after

    def is_exact(self) -> bool:
        """Whether the analysis loses nothing that these frames could tell apart.

        Purchases are looked at by how many kinds they have. Three counts of one field, or items that must have several kinds, may need
        to know which.
        """
        before, after = self.overlay.before.facts, self.overlay.after.facts
        if self.stand_ins or any(spec.kind != after[name].kind for name, spec in before.items() if name in after):
            return False
        for scope in (self.scope, self.scope.inner):
            if scope is not None:
                fields = [count.field for count in scope.questions.counts]
                tests = [test for pick in scope.questions.picks for test in pick.tests]
                if any(test.field in fields and test.at_least > 1 for test in tests):
                    return False
                if any(fields.count(field) > 2 for field in fields):
                    return False
        return True

    @cached_property
    def stand_ins(self) -> frozenset[str]:
        """The facts for which something else stands in when they are left out, but not the same in both."""
        found: list[dict[str, tuple[Quantity, ...]]] = [{}, {}]
        for side, known in zip(self.sides, found, strict=True):
            for node in followed([None if side is None else side.frame], self.overlay.definitions):
                if isinstance(node, FactOr) and node.otherwise not in known.get(node.name, ()):
                    known[node.name] = (*known.get(node.name, ()), node.otherwise)
        before, after = found
        return frozenset(name for name in before | after if not alike(before.get(name), after.get(name)))

    # --- whom to try ---

    def applicants(self) -> Iterator[Applicant]:
        """Applicants in the pairs of situations where the payout may differ."""
        builders = [Builder(side) for side in self.sides if side is not None]
        if len(builders) == 2 and alike(tuple(builders[0].lines), tuple(builders[1].lines)):
            del builders[1]  # both know the same lines, each of the same items
        for guard, *situations in self.pairs:
            paid = [
                Payout(side, situation)
                for side, situation in zip(self.sides, situations, strict=True)
                if side is not None and situation is not None
            ]
            for builder in builders:
                for applicant in around(builder, guard, paid):
                    yield from self.varied(applicant)

    def varied(self, applicant: Applicant) -> Iterator[Applicant]:
        """The applicant, then with other purchases, members and counts, and without what something stands in for."""
        yield applicant
        for item in self.items_of_one_side:
            for cost in (2, 1_000, 10_000_000):
                yield applicant._replace(items=(*applicant.items, item._replace(cost=cost)))
        for member in self.members_of_one_side if applicant.members else ():
            for members in ((member, *applicant.members[1:]), (*applicant.members, member)):
                yield applicant._replace(members=listed(members))
        for name in self.factors:
            value, spec = applicant.facts.get(name), self.scope.world.domains[name].spec
            whole = None if spec.at_most is None else applicant.facts.get(spec.at_most)
            most = [bound for bound in (spec.maximum, whole) if isinstance(bound, (int, Fraction))]
            if isinstance(value, int) and all(value < bound for bound in most):
                yield applicant._replace(facts={**applicant.facts, name: value + 1})
        if self.stand_ins:
            facts = {name: value for name, value in applicant.facts.items() if name not in self.stand_ins}
            yield applicant._replace(facts=facts)

    @cached_property
    def items_of_one_side(self) -> list[Item]:
        """Items that some line counts as cost in one of the rulesets only."""
        before, after = (
            {}
            if side is None
            else {line.id: node.picks for line in side.frame.lines if isinstance(node := costs_of(line), Costs)}
            for side in self.sides
        )
        items = {id(item): item for purchase in self.scope.purchases for item in purchase.items}
        return [
            item
            for item in items.values()
            if any(picked(item, before.get(name, ())) != picked(item, after.get(name, ())) for name in before | after)
        ]

    @cached_property
    def members_of_one_side(self) -> list[Applicant]:
        """Members whose borrowed lines count in one of the rulesets only."""
        inner = self.scope.inner
        if inner is None:
            return []
        diagrams = inner.diagrams
        before, after = (
            diagrams.some(
                inner.possible if node.only is None else diagrams.both(inner.possible, inner.condition(node.only))
                for node in nodes_within(None if side is None else side.frame)
                if isinstance(node, PerMember)
            )
            for side in self.sides
        )
        guards = diagrams.without(before, after), diagrams.without(after, before)
        builders = [Builder(side) for side in self.sides if side is not None]
        built = [builder.member(guard, 1_000_000) for guard in guards if guard != NONE for builder in builders]
        return [member for member in built if member is not None]

    @cached_property
    def factors(self) -> tuple[str, ...]:
        """The facts that amounts are worked out with."""
        names: dict[str, None] = {}
        for node in nodes_within(self.frames):
            if isinstance(node, Apportion):
                names |= {node.part: None, node.whole: None}
            elif isinstance(node, Scaled) and isinstance(node.by, (Fact, FactOr)):
                names[node.by.name] = None
        return tuple(names)


def _purchases_in_cost(scope: FrameScope, lines: Iterable[Line]) -> frozenset[int]:
    """The purchases with something that one of the lines counts as cost."""
    costs = [node for line in lines if isinstance(node := costs_of(line), Costs)]
    places = [scope.questions.has.index(node.led_by or node.picks) for node in costs]
    return frozenset(
        number for number, purchase in enumerate(scope.purchases) if any(purchase.has[place] for place in places)
    )
