"""From a set of applicants and the costs of lines to one concrete applicant, and to the text of its file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Final

from hojo_cli.analysis import bands
from hojo_cli.analysis.conditions import Scope, World
from hojo_cli.analysis.diagram import NONE
from hojo_cli.analysis.plot import Drawing
from hojo_cli.analysis.purchases import Basket, in_slot
from hojo_cli.analysis.situations import FrameAnalysis
from hojo_cli.base.finding import Text
from hojo_cli.base.number import LARGEST, Kind, show
from hojo_cli.engine.applicant import Applicant, FactValue, Item
from hojo_cli.engine.derive import COMPARISONS, kinds
from hojo_cli.rules.nodes import (
    Against,
    Costs,
    Exact,
    Fact,
    FactOr,
    Line,
    MemberCount,
    PerMember,
    Provenance,
    Ruleset,
    SameKinds,
)
from hojo_cli.rules.walk import nodes

NO_FACTS: Final[Mapping[str, FactValue]] = {}


class Builder:
    """Makes applicants of one frame."""

    def __init__(self, analysis: FrameAnalysis) -> None:
        self.analysis = analysis
        self.lines = [(line.id, costs_of(line)) for line in analysis.frame.lines]
        self.lent = [(line.id, costs_of(line)) for line in analysis.lent]
        self._rooms: dict[int, list[int]] = {}
        self._alike: dict[tuple[int, int], Applicant] = {}
        self._known: dict[tuple[int, frozenset[tuple[int, int]]], Mapping[int, int] | None] = {}

    def build(
        self, guard: int, costs: Mapping[str, int], facts: Mapping[str, FactValue] = NO_FACTS
    ) -> Applicant | None:
        """Somebody in `guard` with these costs line by line, these facts as given; None where nobody there can have such costs."""
        scope = self.analysis.scope
        own = {node: costs[name] for name, node in self.lines if isinstance(node, Costs) and costs.get(name)}
        assignment = self._assignment(scope, guard, own)
        if assignment is None:
            return None
        found = _subject(scope, assignment, own, facts)
        if not scope.groups[-1].last:
            return found
        yields = sum(costs.get(name, 0) for name, node in self.lines if isinstance(node, PerMember))
        bounded = (spec.id for spec in scope.world.ruleset.facts.values() if spec.within is not None)
        needed = max((int(count_of(found.facts[name])) for name in bounded), default=0)
        members = enumerate(self._members(assignment, yields, needed), 1)
        found = found._replace(members=tuple(member._replace(prefix=f"members.{place}.") for place, member in members))
        return found._replace(facts={**found.facts, **dict(_beside_counts(scope, assignment, len(found.members)))})

    def member(self, guard: int, cost: int) -> Applicant | None:
        """A member in `guard` (a set of the inner scope) with so much cost in each borrowed line."""
        inner = self.analysis.scope.inner
        costs = {node: cost for line in self.analysis.lent if isinstance(node := costs_of(line), Costs)}
        assignment = None if inner is None else self._assignment(inner, guard, costs)
        return None if inner is None or assignment is None else _subject(inner, assignment, costs, NO_FACTS)

    def _assignment(self, scope: Scope, guard: int, costs: Mapping[Costs, int]) -> Mapping[int, int] | None:
        """Values of the variables in `guard` that leave room for the costs."""
        key = guard, frozenset((id(node), min(cost, self._most(scope, node))) for node, cost in costs.items())
        if key not in self._known:
            fit = [
                place
                for place in range(len(scope.baskets))
                if all(self._room(scope, node)[place] >= cost for node, cost in costs.items())
            ]
            narrowed = scope.diagrams.both(guard, scope.diagrams.literal(scope.basket, fit))
            self._known[key] = None if narrowed == NONE else scope.diagrams.pick(narrowed)
        return self._known[key]

    def _most(self, scope: Scope, node: Costs) -> int:
        """Above this only baskets without an end have room."""
        return max((room for room in self._room(scope, node) if room < LARGEST), default=0) + 1

    def _room(self, scope: Scope, node: Costs) -> list[int]:
        """How much of these costs each basket can carry."""
        if id(node) not in self._rooms:
            self._rooms[id(node)] = [_room(scope, basket, node) for basket in scope.baskets]
        return self._rooms[id(node)]

    def _members(self, assignment: Mapping[int, int], yields: int, needed: int) -> Iterator[Applicant]:
        """As many members as the group (and a fact that counts some of them) needs, whose costs come to `yields` together."""
        group, inner = (
            self.analysis.scope.groups[assignment.get(self.analysis.scope.members, 0)],
            self.analysis.scope.inner,
        )
        if inner is None:
            count = min(max(group.first, needed), group.last) if group.first else 0
            yield from (Applicant("", {}, ()) for _ in range(count))
            return
        most = 0 if self.best is None else int(_most(self.best))
        count = max(group.first, -(-yields // most) if most else 0)
        count = max(count, needed) if count else 0
        for place in range(min(count, group.last)):
            guard = group.kinds[place] if place < len(group.kinds) else group.idle
            within = NONE if self.best is None else inner.diagrams.both(guard, self.best.situation.guard)
            here = min(yields, most) if within != NONE else 0
            yields -= here
            if (guard, here) not in self._alike:
                self._alike[guard, here] = self._member(inner, guard, within, here)
            yield self._alike[guard, here]

    def _member(self, inner: Scope, guard: int, within: int, yields: int) -> Applicant:
        """A member of the kind `guard` (the part of it that gets most is `within`) whose costs come to `yields`."""
        spent = {} if self.best is None else _spent(self.best, yields, self.lent)
        found = self._assignment(inner, guard if within == NONE else within, spent)
        return _subject(inner, found or inner.diagrams.pick(guard), spent if found else {}, NO_FACTS)

    @cached_property
    def best(self) -> Drawing | None:
        """The situation in which a member gets most."""
        shown = [Drawing(self.analysis, each) for each in self.analysis.situations[:1]]
        return max(shown[0].members, key=_most, default=None) if shown else None


def costs_of(line: Line) -> Costs | PerMember | None:
    """Where the cost of a line comes from."""
    return next((node for node in nodes(line.amount) if isinstance(node, (Costs, PerMember))), None)


def _room(scope: Scope, basket: Basket, costs: Costs) -> int:
    room = 0
    for (place, name), filled in zip(scope.slots, basket.slots, strict=True):
        if filled and scope.asked.costs[place] is costs:
            room += (
                LARGEST
                if not name
                else next(int(limit.limit.value) for limit in costs.limits if limit.category == name)
            )
    return room


def _subject(
    scope: Scope, assignment: Mapping[int, int], costs: Mapping[Costs, int], facts: Mapping[str, FactValue]
) -> Applicant:
    world = scope.world
    classes = {name: assignment.get(world.variables[name], 0) for name in world.domains}
    found = {name: domain.shown(classes[name]) for name, domain in world.domains.items()} | dict(facts)
    for name, whole in wholes(world.ruleset):
        room = found[whole] if whole in facts else world.domains[whole].last[classes[whole]]
        found[whole] = max(count_of(found[whole]), min(count_of(found[name]), count_of(room)))
    for name, whole in reversed(list(wholes(world.ruleset))):  # one is shown rather than none; of nothing there is none
        found[name] = min(count_of(found[name]), count_of(found[whole]))
    items = _items(scope.baskets[assignment.get(scope.basket, 0)], costs)
    for node, variable in world.related.items():
        _relate(world, node, assignment, holds=assignment.get(variable, 0) == 1, found=found, items=items)
    return Applicant("", {name: value for name, value in found.items() if _is_said(scope, name, assignment)}, items)


def _relate(
    world: World,
    node: Against | SameKinds,
    assignment: Mapping[int, int],
    *,
    holds: bool,
    found: dict[str, FactValue],
    items: tuple[Item, ...],
) -> None:
    """Facts as they are said to be related: the nearest values of their classes that are; the kinds bought, or none."""
    if isinstance(node, SameKinds):
        bought = kinds(Applicant("", {}, items), node.kinds.field, node.kinds.picks)
        found[node.fact] = bought if holds else frozenset()
        return
    names = [each.name for each in (node.left, node.right) if isinstance(each, (Fact, FactOr))]
    sides = []
    for name in names if len(names) > 1 else ():
        domain, place = world.domains[name], assignment.get(world.variables[name], 0)
        sides.append((count_of(domain.first[place]), count_of(domain.last[place])))
    ends = [value + step for side in sides for value in side for step in (0, 1)]
    for right in ends:
        for left in ends:
            inside = all(low <= value <= high for value, (low, high) in zip((left, right), sides, strict=True))
            if inside and COMPARISONS[node.op](left, right) is holds:
                found[names[0]], found[names[1]] = left, right
                return


def _beside_counts(scope: Scope, assignment: Mapping[int, int], members: int) -> Iterator[tuple[str, FactValue]]:
    """Facts that are compared with the number of members: as many as there are, or one off."""
    for node, variable in scope.world.related.items():
        if isinstance(node, Against) and isinstance(node.left, (Fact, FactOr)) and isinstance(node.right, MemberCount):
            holds = assignment.get(variable, 0) == 1
            near = (members, max(members - 1, 0), members + 1)
            yield node.left.name, next((each for each in near if COMPARISONS[node.op](each, members) is holds), members)


def _is_said(scope: Scope, name: str, assignment: Mapping[int, int]) -> bool:
    """Whether an applicant says a fact: not where others stand in for it or it for others, nor what is asked of members only."""
    world, spec = scope.world, scope.world.ruleset.facts[name]
    if spec.of_members and not scope.of_member:
        return False
    for facts, (variable, value) in world.said.items():
        asked = name in facts
        if (asked or facts == (spec.instead_of,)) and (assignment.get(variable, 0) == value) is not asked:
            return False
    return True


def wholes(ruleset: Ruleset) -> Iterator[tuple[str, str]]:
    """Each fact that is part of another one, with that one; a part of a part comes first."""
    pending = [(name, spec.at_most) for name, spec in ruleset.facts.items() if spec.at_most is not None]
    while pending:
        above = {whole for _, whole in pending}
        first = [pair for pair in pending if pair[0] not in above] or pending  # a ring has no first
        yield from first
        pending = [pair for pair in pending if pair not in first]


def count_of(value: FactValue) -> Exact:
    """The value of a fact that counts; 0 of any other."""
    return value if isinstance(value, (int, Fraction)) else 0


def _items(basket: Basket, costs: Mapping[Costs, int]) -> tuple[Item, ...]:
    """The basket's items with the costs put on those that count, the unlimited first."""
    items = list(basket.items)
    for node, cost in costs.items():
        left = cost
        for name in ("", *(limit.category for limit in node.limits)):
            for place, item in enumerate(items):
                if left and item.cost == 0 and in_slot(node, name, item):
                    room = next((int(limit.limit.value) for limit in node.limits if limit.category == name), left)
                    items[place] = item._replace(cost=min(room, left))
                    left -= min(room, left)
                    break
    return tuple(items)


def _most(drawing: Drawing) -> Exact:
    return sum(map(bands.highest, drawing.lines.values()), start=0)


def _spent(drawing: Drawing, wanted: int, lent: list[tuple[str, Costs | PerMember | None]]) -> dict[Costs, int]:
    """Costs of a member's lines that yield `wanted` yen."""
    found: dict[Costs, int] = {}
    for name, node in lent:
        curve = drawing.lines[name]
        share = min(wanted, int(bands.highest(curve)))
        cost = bands.reach(curve, share)
        if share and cost is not None and isinstance(node, Costs):
            found[node] = ceil(cost)
            wanted -= share
    return found


def cited(provenance: Provenance) -> Text:
    """Where a figure is printed, or what assumes it, in a few words to close a sentence with."""
    if provenance.source is not None:
        found = f"{provenance.source} {provenance.at}".strip()
        return Text(f"（{found}）", f" ({found})")
    return (
        Text(f"（仮定 {provenance.assume}）", f" (assumption {provenance.assume})")
        if provenance.assume
        else Text("", "")
    )


# --- as a file -----------------------------------------------------------------------------------------------------------


def text(ruleset: Ruleset, subject: Applicant, expect: Mapping[str, int] | None = None, note: str = "") -> str:
    """The applicant file of a subject."""
    lines = [f"fiscal_year: {ruleset.fiscal_year}", *_body(ruleset, subject, "")]
    if subject.members:
        lines.append("members:")
        for member in subject.members:
            first, *rest = _body(ruleset, member, "    ")
            lines += [f"  - {first.strip()}", *rest]
    if note:
        lines.append(f"note: {json.dumps(note, ensure_ascii=False)}")
    if expect:
        lines += ["expect:", *(f"  {frame}: {yen}" for frame, yen in expect.items())]
    return "\n".join(lines) + "\n"


def _body(ruleset: Ruleset, subject: Applicant, indent: str) -> list[str]:
    facts = [f"{indent}  {name}: {_value(ruleset, name, value)}" for name, value in subject.facts.items()]
    items = [f"{indent}  - {{{', '.join(_item(ruleset, item))}}}" for item in subject.items]
    return [f"{indent}facts:", *facts] + ([f"{indent}items:", *items] if items else [])


def _value(ruleset: Ruleset, name: str, value: FactValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, frozenset):
        return f"[{', '.join(choice for choice in ruleset.facts[name].choices if choice in value)}]"
    return show(value, Kind.RATE) if ruleset.facts[name].kind == "rate" else str(value)


def _item(ruleset: Ruleset, item: Item) -> Iterator[str]:
    yield f"category: {item.category}"
    if item.tax and item.price is None:
        yield f"amount: {item.cost + item.tax}"
        yield "tax: included"
    elif item.price is None:
        yield f"amount: {item.cost}"
    else:
        yield f"monthly: {item.price.unit}"
        yield f"months: {item.months}"
    for name, spec in ruleset.fields.items():
        chosen = [choice for choice in spec.choices if choice in item.fields.get(name, ())]
        if chosen or (name in item.fields and name in ruleset.read_of.get(item.category, ())):
            yield f"{name}: [{', '.join(chosen)}]"
