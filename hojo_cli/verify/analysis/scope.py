"""What one frame can see of an applicant, and each of its conditions as the set of applicants for whom it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias, assert_never

from hojo_cli.base.number import LARGEST
from hojo_cli.base.record import Record
from hojo_cli.engine.interval import COMPARISONS
from hojo_cli.rules import nodes
from hojo_cli.rules.declared import FactValue, Ruleset
from hojo_cli.rules.walk import followed
from hojo_cli.verify.analysis.diagram import ALL, NONE
from hojo_cli.verify.analysis.purchases import MOST, Purchase, TooManyError, limit_of, purchases, questions
from hojo_cli.verify.analysis.world import World, changes_at

_State: TypeAlias = "tuple[tuple[bool, ...], tuple[int, ...]]"
"""Which conditions all members meet, and how many of them count for each count."""


class CountRange(Record):
    """How many there are of something in a set of applicants: fewest, most, and as an applicant is shown."""

    low: FactValue
    high: FactValue
    shown: FactValue


class Group(Record):
    """A state of the members: how many (first and last of a class), which conditions hold `for_all` of them, how many count for each count (at
    least so many, where that is all that its conditions tell apart).

    `kinds` of member lead to it, one after the other; more of the kind `idle` change nothing.
    """

    first: int
    last: int
    for_all: tuple[bool, ...]
    counts: tuple[int, ...]
    kinds: tuple[int, ...]
    idle: int


def looks_inside(node: object) -> bool:
    """Whether a node looks into members."""
    return isinstance(node, (nodes.EveryMember, nodes.PerMember)) or (
        isinstance(node, nodes.MemberCount) and node.only is not None
    )


def of_one(node: nodes.EveryMember) -> nodes.Condition:
    """What is asked of one member."""
    return node.part if node.only is None else nodes.Some((nodes.Not(node.only), node.part))


class FrameScope:
    """What one frame can see of an applicant: facts, what is bought, members (seen through their own scope, `inner`).

    `for_all` are the conditions on all members, `counted` the counts of those who meet one, `enough` how far each of these is counted.
    """

    def __init__(self, world: World, parts: Sequence[object], *, of_member: bool = False) -> None:
        self.world = world
        self.definitions = world.ruleset.definitions
        self.diagrams = world.diagrams
        self.of_member = of_member
        self.bounded = {name: spec.only_if for name, spec in world.ruleset.facts.items() if spec.only_if is not None}
        seen = list(followed([*parts, *self.bounded.values()], self.definitions, looks_inside))
        self.questions = questions(node for node in seen if not looks_inside(node))
        self.purchases = purchases(self.questions, world.ruleset.fields)
        self.same_kinds = [node for node in seen if isinstance(node, nodes.SameKinds)]
        self.purchase = self.diagrams.variable(len(self.purchases))
        inside = [] if of_member else [node for node in seen if looks_inside(node)]
        self.for_all = tuple({id(node): node for node in inside if isinstance(node, nodes.EveryMember)}.values())
        self.counted = tuple(dict.fromkeys(node for node in inside if isinstance(node, nodes.MemberCount)))
        self.inner: FrameScope | None = None
        if inside:
            lent = [(node.lines, node.only) for node in inside if isinstance(node, nodes.PerMember)]
            asked = (*map(of_one, self.for_all), *(node.only for node in self.counted), *lent)
            self.inner = FrameScope(world, asked, of_member=True)
        cuts: dict[nodes.MemberCount | None, list[int]] = {node: [] for node in (None, *self.counted)}
        for node in seen:
            if isinstance(node, nodes.Compare) and isinstance(node.quantity, nodes.MemberCount):
                counted = None if node.quantity.only is None else node.quantity
                cuts.setdefault(counted, []).extend(map(int, changes_at(node.op, node.number.value)))
        self.enough = [max(cuts[node], default=1) for node in self.counted]
        self.groups = tuple(groups(self, cuts[None]))
        self.members = self.diagrams.variable(len(self.groups))
        self._known: dict[int, tuple[nodes.Condition, int]] = {}

    @cached_property
    def possible(self) -> int:
        """All applicants who can be: the world's, where a fact that needs something says none without it, and kinds are bought to be the same."""
        world, diagrams, sets = self.world, self.diagrams, [self.world.possible]
        for name, holds in self.bounded.items():
            none = [place for place, value in enumerate(world.domains[name].last) if value in (0, False)]
            sets.append(diagrams.either(diagrams.literal(world.variables[name], none), self.condition(holds)))
        for node in self.same_kinds:
            place = self.questions.counts.index(node.kinds)
            some = [i for i, purchase in enumerate(self.purchases) if purchase.counts[place]]
            different = diagrams.literal(world.related[node], [0])
            sets.append(diagrams.either(different, diagrams.literal(self.purchase, some)))
        return diagrams.every(sets)

    def _buyers(self, holds: Callable[[Purchase], bool]) -> int:
        """Those of whose purchase something holds."""
        return self.diagrams.literal(self.purchase, [i for i, one in enumerate(self.purchases) if holds(one)])

    def _grouped(self, holds: Callable[[Group], bool]) -> int:
        """Those of whose members something holds."""
        return self.diagrams.literal(self.members, [i for i, one in enumerate(self.groups) if holds(one)])

    def as_read_by(self, ruleset: Ruleset) -> FrameScope:
        """The same applicants as another ruleset sees them, which asks the same questions of items and members."""
        other = copy(self)
        other.definitions = ruleset.definitions
        other._known = {}  # noqa: SLF001  # of its own class
        return other

    # --- conditions ---

    def condition(self, node: nodes.Condition) -> int:
        """The applicants for whom the condition holds, every fact known."""
        if id(node) in self._known:
            return self._known[id(node)][1]
        diagrams, variables = self.diagrams, self.world.variables
        match node:
            case nodes.Every(parts):
                those = diagrams.every(self.condition(part) for part in parts)
            case nodes.Some(parts):
                those = diagrams.some(self.condition(part) for part in parts)
            case nodes.Not(part):
                those = diagrams.outside(self.condition(part))
            case nodes.Is(name):
                those = self.condition(self.definitions[name].condition)
            case nodes.Among(fact, choices):
                classes = self.world.domains[fact].classes(lambda value: value in choices)
                those = diagrams.literal(variables[fact], classes)
            case nodes.Holds(fact, expected):
                those = diagrams.literal(variables[fact], [int(expected)])
            case nodes.Said(facts, then, otherwise):
                said = self.world.says(facts)
                other = diagrams.without(self.condition(otherwise), said)
                those = diagrams.either(diagrams.both(said, self.condition(then)), other)
            case nodes.Against() | nodes.SameKinds():
                those = diagrams.literal(self.world.related[node], [1])
            case nodes.Compare():
                those = self._compare(node)
            case nodes.HasItem(picks):
                place = self.questions.has.index(picks)
                those = self._buyers(lambda purchase: purchase.has[place])
            case nodes.EveryMember():
                place = next((i for i, condition in enumerate(self.for_all) if condition is node), 0)
                those = self._grouped(lambda group: group.for_all[place])
            case nodes.Table(_, rows):
                stand = zip(rows, self.first_of(ALL, [row.when for row in rows]), strict=True)
                those = diagrams.some(diagrams.both(stands, self.condition(row.test)) for row, stands in stand)
            case _:
                assert_never(node)
        self._known[id(node)] = node, those
        return those

    def _compare(self, node: nodes.Compare) -> int:
        holds, figure = COMPARISONS[node.op], node.number.value

        def meets(value: FactValue) -> bool:
            return isinstance(value, (int, Fraction)) and holds(value, figure)

        match node.quantity:
            case nodes.Fact(name) | nodes.FactOr(name):
                return self.diagrams.literal(self.world.variables[name], self.world.domains[name].classes(meets))
            case nodes.Distinct():
                place = self.questions.counts.index(node.quantity)
                return self._buyers(lambda purchase: meets(purchase.counts[place]))
            case nodes.MemberCount(_, None):
                return self._grouped(lambda group: meets(group.first))
            case nodes.MemberCount():
                place = self.counted.index(node.quantity)
                return self._grouped(lambda group: meets(group.counts[place]))
        assert_never(node.quantity)

    def first_of(self, within: int, conditions: Iterable[nodes.Condition | None]) -> Iterator[int]:
        """For each condition (None: always) those of a set for whom it is the first that holds."""
        for condition in conditions:
            holds = ALL if condition is None else self.condition(condition)
            yield self.diagrams.both(within, holds)
            within = self.diagrams.without(within, holds)

    # --- counts ---

    def count(self, guard: int, quantity: nodes.Quantity) -> CountRange:
        """How many there are of a quantity among the applicants in `guard`."""
        match quantity:
            case nodes.Fact(name) | nodes.FactOr(name):
                domain = self.world.domains[name]
                classes = self.diagrams.values(guard, self.world.variables[name])
                return CountRange(domain.first[classes[0]], domain.last[classes[-1]], domain.shown(classes[0]))
            case nodes.Distinct():
                place = self.questions.counts.index(quantity)
                bought = self.diagrams.values(guard, self.purchase)
                counts = [self.purchases[value].counts[place] for value in bought]
                return CountRange(min(counts), max(counts), counts[0])
            case nodes.MemberCount(_, only):
                within = self.groups_in(guard)
                if only is None:
                    most = max(group.last for group in within)
                    return CountRange(min(group.first for group in within), most, within[0].first)
                place = self.counted.index(quantity)
                counts = [group.counts[place] for group in within]
                open_ends = [group.last for group in within if group.counts[place] == self.enough[place]]
                return CountRange(min(counts), max((*counts, *open_ends)), counts[0])
        assert_never(quantity)

    @cached_property
    def rooms(self) -> dict[int, list[int]]:
        """How much of each cost (by identity) counts in each purchase, `LARGEST` or more where there is no end."""
        costs, slots = self.questions.costs, self.questions.slots
        limits = [int(limit_of(costs[asked], category, LARGEST)) for asked, category in slots]

        def room(cost: nodes.Costs, purchase: Purchase) -> int:
            filled = zip(slots, limits, purchase.slots, strict=True)
            return sum(limit for (asked, _), limit, some in filled if some and costs[asked] is cost)

        return {id(cost): [room(cost, purchase) for purchase in self.purchases] for cost in costs}

    def groups_in(self, guard: int) -> list[Group]:
        """The states of the members of those in `guard`."""
        return [self.groups[value] for value in self.diagrams.values(guard, self.members)]


# --- members ---


def groups(scope: FrameScope, cuts: Sequence[int]) -> Iterator[Group]:
    """Nobody; then in each class of numbers of members, which begin at `cuts`, every mixture of kinds of member."""
    starts = sorted({0, 1, *(cut for cut in cuts if cut > 0)} if scope.inner or cuts else {0})
    mixed = [] if scope.inner is None else list(mixtures(scope, scope.inner))
    for first, after in zip(starts, [*starts[1:], None], strict=True):
        last = LARGEST if after is None else after - 1
        if scope.inner is None or first == 0:
            yield Group(first, last, (True,) * len(scope.for_all), (0,) * len(scope.counted), (), ALL)
        else:
            for (each, counts), kinds, idle in mixed:
                most = min(last, len(kinds)) if idle == NONE else last
                if max(first, len(kinds)) <= most:
                    yield Group(max(first, len(kinds)), most, each, counts, kinds, idle)


def mixtures(scope: FrameScope, inner: FrameScope) -> Iterator[tuple[_State, tuple[int, ...], int]]:
    """What some members come to together, the fewest that do, and a kind of which more change nothing."""

    def together(one: _State, other: _State) -> _State:
        counts = zip(one[1], other[1], scope.enough, strict=True)
        each = tuple(mine and theirs for mine, theirs in zip(one[0], other[0], strict=True))
        return each, tuple(min(mine + theirs, enough) for mine, theirs, enough in counts)

    asked = (*map(of_one, scope.for_all), *(node.only for node in scope.counted if node.only is not None))
    kinds = inner.diagrams.split(inner.possible, map(inner.condition, asked))
    split = len(scope.for_all)
    states = [((truths[:split], tuple(map(int, truths[split:]))), members) for members, truths in kinds]
    found: dict[_State, tuple[int, ...]] = {((True,) * split, (0,) * len(scope.counted)): ()}
    pending = list(found)
    for state in pending:
        for more, members in states:
            grown = together(state, more)
            if grown not in found:
                found[grown] = (*found[state], members)
                pending.append(grown)
        if len(found) > MOST:
            raise TooManyError
    for state, fewest in found.items():
        yield state, fewest, next((members for more, members in states if together(state, more) == state), NONE)
