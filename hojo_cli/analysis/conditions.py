"""Each condition of a ruleset as the set of applicants for whom it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from fractions import Fraction
from typing import TypeAlias, assert_never

from hojo_cli.analysis.diagram import ALL, NONE, Diagrams
from hojo_cli.analysis.domains import domains
from hojo_cli.analysis.purchases import MOST, Asked, Basket, TooManyError, asked, baskets
from hojo_cli.base.number import LARGEST
from hojo_cli.base.record import Record
from hojo_cli.engine.derive import COMPARISONS
from hojo_cli.rules.nodes import (
    Against,
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
    Said,
    SameKinds,
    Some,
    Table,
)
from hojo_cli.rules.walk import below, nodes


class Group(Record):
    """A state of the members: how many (first and last of a class), which `EachMember` hold, how many count for each count (at
    least so many, where that is all that its conditions tell apart).

    `kinds` of member lead to it, one after the other; more of the kind `idle` change nothing.
    """

    first: int
    last: int
    each: tuple[bool, ...]
    counts: tuple[int, ...]
    kinds: tuple[int, ...]
    idle: int


class World:
    """The facts of a ruleset as variables, and what no applicant can declare left out (`possible`).

    With a ruleset `beside` it, which has the same facts, the classes are so fine that both can be told apart.
    `said`: whether any of some facts is said at all (a variable, and its value where it is); `related`: whether two facts, or a fact and the items, are as a condition has it.
    """

    def __init__(self, ruleset: Ruleset, beside: Ruleset | None = None) -> None:
        self.ruleset = ruleset
        self.diagrams = Diagrams()
        self.domains = domains(ruleset, beside)
        self.variables = {name: self.diagrams.variable(len(domain.first)) for name, domain in self.domains.items()}
        self.said: dict[tuple[str, ...], tuple[int, int]] = {}
        self.related: dict[Against | SameKinds, int] = {}
        for node in nodes((ruleset, beside)):
            if isinstance(node, Said) and node.facts not in self.said:
                self.said[node.facts] = self.diagrams.variable(2), int(not self._instead(node.facts))
            elif isinstance(node, Against | SameKinds) and node not in self.related:
                self.related[node] = self.diagrams.variable(2)
        self.possible = self.diagrams.every(
            (
                *(self._within(part, whole) for part in ruleset.facts for whole in _above(ruleset, part)),
                *(self._told(facts) for facts in self.said if self._instead(facts) in self.said),
                *(self._fits(node) for node in self.related if isinstance(node, Against)),
            )
        )

    def _instead(self, facts: tuple[str, ...]) -> tuple[str, ...]:
        """The facts that are asked in place of these."""
        return tuple(spec.id for spec in self.ruleset.facts.values() if spec.instead_of in facts)

    def _told(self, facts: tuple[str, ...]) -> int:
        """A fact is said, or what it follows from."""
        return self.diagrams.either(self.says(facts), self.says(self._instead(facts)))

    def says(self, facts: tuple[str, ...]) -> int:
        """Those who say some of these facts."""
        variable, said = self.said[facts]
        return self.diagrams.literal(variable, [said])

    def _fits(self, node: Against) -> int:
        """How two facts are related is what their classes allow."""
        if not isinstance(node.left, (Fact, FactOr)) or not isinstance(node.right, (Fact, FactOr)):
            return ALL  # a count is what its fact is then said to be, or not to be
        left, right, holds = self.domains[node.left.name], self.domains[node.right.name], COMPARISONS[node.op]
        found = []
        for here in range(len(left.first)):
            for there in range(len(right.first)):
                one, other = (
                    [_number(domain.first[place]), _number(domain.last[place])]
                    for domain, place in ((left, here), (right, there))
                )
                ends = [holds(first, second) for first in one for second in other]
                ends += [max(one[0], other[0]) <= min(one[1], other[1])] if node.op is Op.EQ else []
                classes = (self.variables[node.left.name], [here]), (self.variables[node.right.name], [there])
                way = (self.related[node], sorted({int(end) for end in ends}))
                found.append(self.diagrams.every(self.diagrams.literal(*each) for each in (*classes, way)))
        return self.diagrams.some(found)

    def _within(self, part: str, whole: str) -> int:
        """A count that is part of another is no larger."""
        tops = self.domains[whole].last
        return self.diagrams.some(
            self.diagrams.both(
                self.diagrams.literal(self.variables[part], [place]),
                self.diagrams.literal(
                    self.variables[whole], [i for i, top in enumerate(tops) if _number(top) >= _number(first)]
                ),
            )
            for place, first in enumerate(self.domains[part].first)
        )


def _above(ruleset: Ruleset, part: str) -> list[str]:
    """The facts that a fact is part of, directly or not."""
    found: list[str] = []
    whole = ruleset.facts[part].at_most
    while whole is not None and whole not in found and whole != part:
        found.append(whole)
        whole = ruleset.facts[whole].at_most
    return found


def _number(value: object) -> Exact:
    return value if isinstance(value, (int, Fraction)) else LARGEST


class Scope:
    """What one frame can see of an applicant: facts, what is bought, members (seen through their own scope, `inner`)."""

    def __init__(self, world: World, parts: Sequence[object], *, of_member: bool = False) -> None:
        self.world = world
        self.definitions = world.ruleset.definitions
        self.diagrams = world.diagrams
        bounded = {name: spec.only_if for name, spec in world.ruleset.facts.items() if spec.only_if is not None}
        conditions = list(_everything(world.ruleset, [*parts, *bounded.values()]))
        own = [node for node in conditions if not _looks_inside(node)]
        self.asked: Asked = asked(own)
        self.slots = self.asked.slots()
        self.baskets: tuple[Basket, ...] = baskets(self.asked, world.ruleset.fields)
        self.basket = self.diagrams.variable(len(self.baskets))
        self.each = (
            () if of_member else tuple({id(node): node for node in conditions if isinstance(node, EachMember)}.values())
        )
        self.counted: tuple[MemberCount, ...] = (
            ()
            if of_member
            else tuple({node: None for node in conditions if isinstance(node, MemberCount) and node.only is not None})
        )
        within: list[object] = [
            *self.each,
            *self.counted,
            *[node for node in conditions if isinstance(node, PerMember)],
        ]
        self.of_member = of_member
        self.inner = None if of_member or not within else Scope(world, _inside(within), of_member=True)
        self.enough = [max(_cuts(conditions, node), default=1) for node in self.counted]
        self.groups: tuple[Group, ...] = tuple(self._groups(conditions))
        self.members = self.diagrams.variable(len(self.groups))
        self._known: dict[int, tuple[Condition, int]] = {}
        self._named: dict[str, int] = {}
        self.possible = self.diagrams.every(
            (
                world.possible,
                *(self._only_if(name, holds) for name, holds in bounded.items()),
                *(self._bought(node) for node in own if isinstance(node, SameKinds)),
            )
        )
        self.kind_steps: list[tuple[str, int, int]] | None = None  # worked out when first asked for

    def _only_if(self, fact: str, holds: Condition) -> int:
        """Those who say none of the fact, or may say more."""
        none = [place for place, value in enumerate(self.world.domains[fact].last) if value in (0, False)]
        return self.diagrams.either(self.diagrams.literal(self.world.variables[fact], none), self.condition(holds))

    def _bought(self, node: SameKinds) -> int:
        """Those who have kinds to be the same, or are not said to be."""
        place = self.asked.counts.index(node.kinds)
        some = [i for i, each in enumerate(self.baskets) if each.counts[place]]
        different = self.diagrams.literal(self.world.related[node], [0])
        return self.diagrams.either(different, self.diagrams.literal(self.basket, some))

    def _groups(self, conditions: list[object]) -> Iterator[Group]:
        """Nobody; then in each class of numbers of members every mixture of kinds of member."""
        cuts = _cuts(conditions, None)
        starts = sorted({0, 1, *(cut for cut in cuts if cut > 0)} if self.inner or cuts else {0})
        mixtures = list(self._mixtures()) if self.inner is not None else []
        for first, after in zip(starts, [*starts[1:], None], strict=True):
            last = LARGEST if after is None else after - 1
            if self.inner is None or first == 0:
                yield Group(first, last, (True,) * len(self.each), (0,) * len(self.counted), (), ALL)
            else:
                for (each, counts), kinds, idle in mixtures:
                    most = min(last, len(kinds)) if idle == NONE else last
                    if max(first, len(kinds)) <= most:
                        yield Group(max(first, len(kinds)), most, each, counts, kinds, idle)

    def _mixtures(self) -> Iterator[tuple[_State, tuple[int, ...], int]]:
        """What some members come to together, the fewest that do, and a kind of which more change nothing."""
        most = self.enough
        types = self._types()
        found: dict[_State, tuple[int, ...]] = {((True,) * len(self.each), (0,) * len(most)): ()}
        pending = list(found)
        for state in pending:
            for more, members in types:
                together = _together(state, more, most)
                if together not in found:
                    found[together] = (*found[state], members)
                    pending.append(together)
            if len(found) > MOST:
                raise TooManyError
        for state, kinds in found.items():
            yield state, kinds, next((each for more, each in types if _together(state, more, most) == state), NONE)

    def _types(self) -> list[tuple[_State, int]]:
        """The kinds of member that the frame tells apart."""
        assert self.inner is not None
        types: list[tuple[tuple[bool, ...], int]] = [((), self.inner.possible)]
        for condition in (*(of_one(node) for node in self.each), *(node.only for node in self.counted)):
            assert condition is not None
            holds = self.inner.condition(condition)
            types = [
                ((*truths, truth), narrowed)
                for truths, members in types
                for truth, part in ((True, holds), (False, self.diagrams.outside(holds)))
                if (narrowed := self.diagrams.both(members, part)) != NONE
            ]
        each = len(self.each)
        return [((truths[:each], tuple(map(int, truths[each:]))), members) for truths, members in types]

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
            case Said(facts, then, otherwise):
                said = self.world.says(facts)
                return diagrams.either(
                    diagrams.both(said, self.condition(then)),
                    diagrams.both(diagrams.outside(said), self.condition(otherwise)),
                )
            case Against():
                return diagrams.literal(self.world.related[node], [1])
            case SameKinds():
                return diagrams.literal(self.world.related[node], [1])
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
                tests = [isinstance(value, (int, Fraction)) and holds(value, figure) for value in domain.first]
                return self.diagrams.literal(self.world.variables[name], domain.values_where(tests))
            case Distinct():
                place = self.asked.counts.index(node.quantity)
                wanted = [i for i, each in enumerate(self.baskets) if holds(each.counts[place], figure)]
                return self.diagrams.literal(self.basket, wanted)
            case MemberCount(_, None):
                wanted = [i for i, group in enumerate(self.groups) if holds(group.first, figure)]
                return self.diagrams.literal(self.members, wanted)
            case MemberCount():
                place = self.counted.index(node.quantity)
                wanted = [i for i, group in enumerate(self.groups) if holds(group.counts[place], figure)]
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


_State: TypeAlias = "tuple[tuple[bool, ...], tuple[int, ...]]"
"""Which conditions all members meet, and how many of them count for each count."""


def _together(one: _State, other: _State, most: Sequence[int]) -> _State:
    each = tuple(mine and theirs for mine, theirs in zip(one[0], other[0], strict=True))
    counts = zip(one[1], other[1], most, strict=True)
    return each, tuple(min(mine + theirs, enough) for mine, theirs, enough in counts)


def _cuts(conditions: Sequence[object], quantity: MemberCount | None) -> set[int]:
    """The numbers of members (of those that count) at which a comparison changes."""
    found = set[int]()
    for node in conditions:
        counted = node.quantity if isinstance(node, Compare) and isinstance(node.quantity, MemberCount) else None
        if isinstance(node, Compare) and counted is not None and (counted if counted.only else None) == quantity:
            value = int(node.number.value)
            found |= {value} if node.op in (Op.MIN, Op.BELOW, Op.EQ) else set()
            found |= {value + 1} if node.op in (Op.MAX, Op.ABOVE, Op.EQ) else set()
    return found


def of_one(node: EachMember) -> Condition:
    """What is asked of one member."""
    return node.part if node.only is None else Some((Not(node.only), node.part))


def _looks_inside(node: object) -> bool:
    """Whether a node looks into members."""
    return isinstance(node, (EachMember, PerMember)) or (isinstance(node, MemberCount) and node.only is not None)


def _outside_members(part: object) -> Iterator[object]:
    """The nodes of a part; of those that look into members only themselves."""
    pending = [part]
    while pending:
        here = pending.pop()
        if isinstance(here, (tuple, Mapping)):
            yield here
            if not _looks_inside(here):
                pending += reversed(list(below(here)))


def _inside(within: list[object]) -> list[object]:
    """What is looked at inside a member."""
    found: list[object] = []
    for node in within:
        match node:
            case PerMember(lines, only):
                found += [lines, only]
            case EachMember():
                found.append(of_one(node))
            case MemberCount(_, only):
                found.append(only)
    return found
