"""From a set of applicants and the costs of lines to one concrete applicant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product
from math import ceil

from hojo_cli.engine.applicant import Applicant, Item, picked
from hojo_cli.engine.interval import COMPARISONS
from hojo_cli.rules.declared import FactValue, Ruleset
from hojo_cli.rules.nodes import Against, Costs, Fact, FactOr, Line, MemberCount, PerMember, SameKinds
from hojo_cli.rules.walk import nodes_within
from hojo_cli.verify.analysis import piecewise
from hojo_cli.verify.analysis.diagram import NONE
from hojo_cli.verify.analysis.payout import Payout
from hojo_cli.verify.analysis.purchases import in_slot, limit_of
from hojo_cli.verify.analysis.scope import FrameScope
from hojo_cli.verify.analysis.situations import FrameAnalysis
from hojo_cli.verify.analysis.world import World, number_of


class Builder:
    """Makes applicants of one frame."""

    def __init__(self, analysis: FrameAnalysis) -> None:
        self.analysis = analysis
        self.lines = [(line.id, costs_of(line)) for line in analysis.frame.lines]
        self.lent = [(line.id, costs_of(line)) for line in analysis.lent]
        self._alike: dict[tuple[int, int], Applicant] = {}

    def build(
        self, guard: int, costs: Mapping[str, int], facts: Mapping[str, FactValue] | None = None
    ) -> Applicant | None:
        """Somebody in `guard` with these costs line by line, these facts as given; None where nobody there can have such costs."""
        scope = self.analysis.scope
        own = {node: costs[name] for name, node in self.lines if isinstance(node, Costs) and costs.get(name)}
        assignment = self._assignment(scope, guard, own)
        if assignment is None:
            return None
        applicant = _applicant(scope, assignment, own, facts or {})
        if not scope.groups[-1].last:
            return applicant
        yields = sum(costs.get(name, 0) for name, node in self.lines if isinstance(node, PerMember))
        bounded = (spec.id for spec in scope.world.ruleset.facts.values() if spec.within is not None)
        needed = max((int(number_of(applicant.facts[name])) for name in bounded), default=0)
        members = listed(self._members(assignment, yields, needed))
        counted, number = dict(applicant.facts), len(members)
        for node, variable in scope.world.related.items():  # facts that are compared with the number of members
            if (
                isinstance(node, Against)
                and isinstance(node.left, Fact | FactOr)
                and isinstance(node.right, MemberCount)
            ):
                holds, compare = assignment.get(variable, 0) == 1, COMPARISONS[node.op]
                near = (number, max(number - 1, 0), number + 1)
                counted[node.left.name] = next((value for value in near if compare(value, number) is holds), number)
        return applicant._replace(members=members, facts=counted)

    def member(self, guard: int, cost: int) -> Applicant | None:
        """A member in `guard` (a set of the inner scope) with so much cost in each borrowed line."""
        inner = self.analysis.scope.inner
        costs = {node: cost for _, node in self.lent if isinstance(node, Costs)}
        assignment = None if inner is None else self._assignment(inner, guard, costs)
        return None if inner is None or assignment is None else _applicant(inner, assignment, costs, {})

    def _assignment(self, scope: FrameScope, guard: int, costs: Mapping[Costs, int]) -> Mapping[int, int] | None:
        """Values of the variables in `guard` that leave room for the costs."""
        fit = set(range(len(scope.purchases)))
        for node, cost in costs.items():
            fit &= {place for place, room in enumerate(scope.rooms[id(node)]) if room >= cost}
        narrowed = scope.diagrams.both(guard, scope.diagrams.literal(scope.purchase, fit))
        return None if narrowed == NONE else scope.diagrams.pick(narrowed)

    # --- members ---

    def _members(self, assignment: Mapping[int, int], yields: int, needed: int) -> Iterator[Applicant]:
        """As many members as the group (and a fact that counts some of them) needs, whose costs come to `yields` together."""
        scope, inner = self.analysis.scope, self.analysis.scope.inner
        group = scope.groups[assignment.get(scope.members, 0)]
        if inner is None:
            count = min(max(group.first, needed), group.last) if group.first else 0
            yield from [Applicant("", {}, ())] * count
            return
        most = 0 if self.best is None else int(self.best.of_all_lines)
        count = max(group.first, -(-yields // most) if most else 0)
        count = max(count, needed) if count else 0
        for place in range(min(count, group.last)):
            guard = group.kinds[place] if place < len(group.kinds) else group.idle
            best = NONE if self.best is None else inner.diagrams.both(guard, self.best.situation.guard)
            share = min(yields, most) if best != NONE else 0
            yields -= share
            if (guard, share) not in self._alike:
                spent, left = dict[Costs, int](), share
                for name, node in self.lent if self.best is not None else ():
                    assert self.best is not None
                    part = min(left, int(piecewise.highest(self.best.lines[name])))
                    cost = piecewise.reach(self.best.lines[name], part)
                    if part and cost is not None and isinstance(node, Costs):
                        spent[node] = ceil(cost)
                        left -= part
                assigned = self._assignment(inner, guard if best == NONE else best, spent)
                picked, costs = (inner.diagrams.pick(guard), {}) if assigned is None else (assigned, spent)
                self._alike[guard, share] = _applicant(inner, picked, costs, {})
            yield self._alike[guard, share]

    @cached_property
    def best(self) -> Payout | None:
        """The situation in which a member gets most."""
        members = [
            member for situation in self.analysis.situations[:1] for member in Payout(self.analysis, situation).members
        ]
        return max(members, key=lambda member: member.of_all_lines, default=None)


def with_item(applicant: Applicant, place: int, item: Item) -> Applicant:
    """The applicant with another item at a place."""
    return applicant._replace(items=(*applicant.items[:place], item, *applicant.items[place + 1 :]))


def with_member(applicant: Applicant, place: int, member: Applicant) -> Applicant:
    """The applicant with another member at a place."""
    return applicant._replace(members=(*applicant.members[:place], member, *applicant.members[place + 1 :]))


def listed(members: Iterable[Applicant]) -> tuple[Applicant, ...]:
    """Members under the names of their places in the list."""
    return tuple(member._replace(prefix=f"members.{place}.") for place, member in enumerate(members, 1))


def costs_of(line: Line) -> Costs | PerMember | None:
    """Where the cost of a line comes from."""
    return next((node for node in nodes_within(line.amount) if isinstance(node, (Costs, PerMember))), None)


def wholes(ruleset: Ruleset) -> Iterator[tuple[str, str]]:
    """Each fact that is part of another one, with that one; a part of a part comes first."""
    pending = [(name, spec.at_most) for name, spec in ruleset.facts.items() if spec.at_most is not None]
    while pending:
        above = {whole for _, whole in pending}
        first = [pair for pair in pending if pair[0] not in above] or pending  # a ring has no first
        yield from first
        pending = [pair for pair in pending if pair not in first]


def _applicant(
    scope: FrameScope, assignment: Mapping[int, int], costs: Mapping[Costs, int], given: Mapping[str, FactValue]
) -> Applicant:
    world = scope.world
    classes = {name: assignment.get(world.variables[name], 0) for name in world.domains}
    facts = {name: domain.shown(classes[name]) for name, domain in world.domains.items()} | dict(given)
    for name, whole in wholes(world.ruleset):
        room = facts[whole] if whole in given else world.domains[whole].last[classes[whole]]
        facts[whole] = max(number_of(facts[whole]), min(number_of(facts[name]), number_of(room)))
    for name, whole in reversed(list(wholes(world.ruleset))):  # one is shown rather than none; of nothing there is none
        facts[name] = min(number_of(facts[name]), number_of(facts[whole]))
    items = list(scope.purchases[assignment.get(scope.purchase, 0)].items)
    for node, cost in costs.items():  # put on the items that count, the unlimited first
        left = cost
        for name in ("", *(limit.category for limit in node.limits)):
            place = next((i for i, item in enumerate(items) if item.cost == 0 and in_slot(node, name, item)), None)
            if left and place is not None:
                part = min(left, int(limit_of(node, name, left)))
                items[place] = items[place]._replace(cost=part)
                left -= part
    for related, variable in world.related.items():
        facts |= facts_related(world, related, classes, tuple(items), holds=assignment.get(variable, 0) == 1)
    said = {name: value for name, value in facts.items() if is_said(scope, name, assignment)}
    return Applicant("", said, tuple(items))


def facts_related(
    world: World, node: Against | SameKinds, classes: Mapping[str, int], items: tuple[Item, ...], *, holds: bool
) -> dict[str, FactValue]:
    """Facts as they are said to be related: the nearest values of their classes that are; the kinds bought, or none."""
    if isinstance(node, SameKinds):
        bought = frozenset[str]().union(
            *(item.fields.get(node.kinds.field, ()) for item in items if picked(item, node.kinds.picks))
        )
        return {node.fact: bought if holds else frozenset()}
    names = [side.name for side in (node.left, node.right) if isinstance(side, (Fact, FactOr))]
    if len(names) < 2:
        return {}
    sides = [world.domains[name].ends(classes[name]) for name in names]
    near = [value + step for side in sides for value in side for step in (0, 1)]
    for right, left in product(near, near):
        inside = all(low <= value <= high for value, (low, high) in zip((left, right), sides, strict=True))
        if inside and COMPARISONS[node.op](left, right) is holds:
            return dict(zip(names, (left, right), strict=True))
    return {}


def is_said(scope: FrameScope, name: str, assignment: Mapping[int, int]) -> bool:
    """Whether an applicant says a fact: not where others stand in for it or it for others, nor what is asked of members only."""
    world, spec = scope.world, scope.world.ruleset.facts[name]
    if spec.of_members and not scope.of_member:
        return False
    for facts, (variable, value) in world.said.items():
        asked = name in facts
        if (asked or facts == (spec.instead_of,)) and (assignment.get(variable, 0) == value) is not asked:
            return False
    return True
