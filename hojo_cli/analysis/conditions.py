"""Each condition of a ruleset as the set of applicants for whom it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import assert_never

from hojo_cli.analysis.baskets import Asked, Basket, asked, baskets
from hojo_cli.analysis.diagram import ALL, NONE, Diagrams
from hojo_cli.analysis.domains import Domain, domains
from hojo_cli.derive import COMPARISONS
from hojo_cli.evidence.walk import below
from hojo_cli.formula import (
    Among,
    Compare,
    Condition,
    Distinct,
    EachMember,
    Every,
    Exact,
    Fact,
    FactOr,
    Frame,
    HasItem,
    Holds,
    Is,
    MemberCount,
    Not,
    Op,
    PerMember,
    Ruleset,
    Some,
    Table,
)
from hojo_cli.number import LARGEST
from hojo_cli.record import Record


class Group(Record):
    """A state of the members: how many (first and last of a class), and which `EachMember` hold; `kinds` of member that lead to it."""

    first: int
    last: int
    each: tuple[bool, ...]
    kinds: tuple[int, ...]


class World:
    """The facts of a ruleset as variables, and what no applicant can declare left out (`possible`).

    With a ruleset `beside` it, which has the same facts, the classes are so fine that both can be told apart.
    """

    def __init__(self, ruleset: Ruleset, beside: Ruleset | None = None) -> None:
        self.ruleset = ruleset
        self.diagrams = Diagrams()
        self.domains = domains(ruleset, beside)
        self.variables = {name: self.diagrams.variable(len(domain.first)) for name, domain in self.domains.items()}
        self.possible = self.diagrams.every(self._within(domain) for domain in self.domains.values())

    def _within(self, domain: Domain) -> int:
        """A count that is part of another is no larger."""
        if domain.spec.at_most is None:
            return ALL
        part, whole = self.variables[domain.spec.id], self.variables[domain.spec.at_most]
        tops = self.domains[domain.spec.at_most].last
        return self.diagrams.some(
            self.diagrams.both(
                self.diagrams.literal(part, [place]),
                self.diagrams.literal(whole, [i for i, top in enumerate(tops) if _number(top) >= _number(first)]),
            )
            for place, first in enumerate(domain.first)
        )


def _number(value: object) -> Exact:
    return value if isinstance(value, int) else LARGEST


class Scope:
    """What one frame can see of an applicant: facts, what is bought, members (seen through their own scope, `inner`)."""

    def __init__(self, world: World, parts: Sequence[object], *, of_member: bool = False) -> None:
        self.world = world
        self.definitions = world.ruleset.definitions
        self.diagrams = world.diagrams
        conditions = list(_everything(world.ruleset, parts))
        own = [node for node in conditions if not isinstance(node, (EachMember, PerMember))]
        self.asked: Asked = asked(own)
        self.slots = self.asked.slots()
        self.baskets: tuple[Basket, ...] = baskets(self.asked, world.ruleset.fields)
        self.basket = self.diagrams.variable(len(self.baskets))
        self.each = (
            () if of_member else tuple({id(node): node for node in conditions if isinstance(node, EachMember)}.values())
        )
        lent = [node for node in conditions if isinstance(node, PerMember)]
        within: list[object] = [*[node.part for node in self.each], *lent]
        self.inner = None if of_member or not within else Scope(world, _inside(within), of_member=True)
        self.groups: tuple[Group, ...] = tuple(self._groups(conditions))
        self.members = self.diagrams.variable(len(self.groups))
        self._known: dict[int, tuple[Condition, int]] = {}
        self._named: dict[str, int] = {}
        self.possible = world.possible
        self.kind_steps: list[tuple[str, int, int]] | None = None  # worked out when first asked for

    def _groups(self, conditions: list[object]) -> Iterator[Group]:
        """Nobody; then in each class of counts every mixture of kinds of member."""
        cuts = {
            int(node.number.value) + (node.op in (Op.MAX, Op.ABOVE))
            for node in conditions
            if isinstance(node, Compare) and isinstance(node.quantity, MemberCount)
        }
        starts = sorted({0, 1, *(cut for cut in cuts if cut > 0)} if self.inner or cuts else {0})
        for first, after in zip(starts, [*starts[1:], None], strict=True):
            last = LARGEST if after is None else after - 1
            if self.inner is None or first == 0:
                yield Group(first, last, (True,) * len(self.each), (ALL,))
            else:
                for each, kinds in self._mixtures():
                    if len(kinds) <= last:
                        yield Group(max(first, len(kinds)), last, each, kinds)

    def _mixtures(self) -> Iterator[tuple[tuple[bool, ...], tuple[int, ...]]]:
        assert self.inner is not None
        types: list[tuple[tuple[bool, ...], int]] = [((), self.inner.possible)]
        for node in self.each:
            holds = self.inner.condition(node.part)
            types = [
                ((*truths, truth), narrowed)
                for truths, members in types
                for truth, part in ((True, holds), (False, self.diagrams.outside(holds)))
                if (narrowed := self.diagrams.both(members, part)) != NONE
            ]
        found: dict[tuple[bool, ...], tuple[int, ...]] = {truths: (members,) for truths, members in types}
        pending = list(found)
        for truths in pending:
            for more, members in types:
                together = tuple(one and other for one, other in zip(truths, more, strict=True))
                if together not in found:
                    found[together] = (*found[truths], members)
                    pending.append(together)
        yield from found.items()

    def twin(self, ruleset: Ruleset) -> Scope:
        """The same applicants as another ruleset sees them, which asks the same questions of items and members."""
        other = copy(self)
        other.definitions = ruleset.definitions
        other._known, other._named = {}, {}  # noqa: SLF001  # of its own class
        return other

    # --- conditions ---

    def condition(self, node: Condition) -> int:
        """The applicants for whom the condition holds, every fact known."""
        if id(node) not in self._known:
            self._known[id(node)] = node, self._condition(node)
        return self._known[id(node)][1]

    def _condition(self, node: Condition) -> int:
        diagrams, variables = self.diagrams, self.world.variables
        match node:
            case Every(parts):
                return diagrams.every(self.condition(part) for part in parts)
            case Some(parts):
                return diagrams.some(self.condition(part) for part in parts)
            case Not(part):
                return diagrams.outside(self.condition(part))
            case Is(name):
                if name not in self._named:
                    self._named[name] = self.condition(self.definitions[name].condition)
                return self._named[name]
            case Among(fact, choices):
                domain = self.world.domains[fact]
                return diagrams.literal(
                    variables[fact], domain.values_where(value in choices for value in domain.first)
                )
            case Holds(fact, expected):
                return diagrams.literal(variables[fact], [int(expected)])
            case Compare():
                return self._compare(node)
            case HasItem(picks):
                place = self.asked.has.index(picks)
                return diagrams.literal(self.basket, [i for i, each in enumerate(self.baskets) if each.has[place]])
            case EachMember():
                place = next((i for i, each in enumerate(self.each) if each is node), 0)
                return diagrams.literal(self.members, [i for i, group in enumerate(self.groups) if group.each[place]])
            case Table(_, rows):
                found, left = NONE, ALL
                for row in rows:
                    stands = diagrams.both(left, self.condition(row.when))
                    found = diagrams.either(found, diagrams.both(stands, self.condition(row.test)))
                    left = diagrams.both(left, diagrams.outside(stands))
                return found
        assert_never(node)

    def _compare(self, node: Compare) -> int:
        holds, figure = COMPARISONS[node.op], node.number.value
        match node.quantity:
            case Fact(name) | FactOr(name):
                domain = self.world.domains[name]
                tests = [not isinstance(value, str) and holds(value, figure) for value in domain.first]
                return self.diagrams.literal(self.world.variables[name], domain.values_where(tests))
            case Distinct():
                place = self.asked.counts.index(node.quantity)
                wanted = [i for i, each in enumerate(self.baskets) if holds(each.counts[place], figure)]
                return self.diagrams.literal(self.basket, wanted)
            case MemberCount():
                wanted = [i for i, group in enumerate(self.groups) if holds(group.first, figure)]
                return self.diagrams.literal(self.members, wanted)


def of_frame(world: World, frame: Frame) -> Scope:
    """The scope of a frame: its requirements, lines, caps and bands."""
    return Scope(world, [frame])


def _everything(ruleset: Ruleset, parts: Sequence[object]) -> Iterator[object]:
    """Every node of these parts, definitions followed, but not what is inside members."""
    pending, seen, named = list(parts), set[int](), set[str]()
    while pending:
        for node in _outside_members(pending.pop(0)):
            if id(node) in seen:
                continue
            seen.add(id(node))
            yield node
            if isinstance(node, Is) and node.name not in named:
                named.add(node.name)
                pending.append(ruleset.definitions[node.name].condition)


def _outside_members(part: object) -> Iterator[object]:
    """The nodes of a part; of those that look into members only themselves."""
    pending = [part]
    while pending:
        here = pending.pop()
        if isinstance(here, (tuple, Mapping)):
            yield here
            if not isinstance(here, (EachMember, PerMember)):
                pending += reversed(list(below(here)))


def _inside(within: list[object]) -> list[object]:
    return [part for node in within for part in ((node.lines, node.only) if isinstance(node, PerMember) else (node,))]
