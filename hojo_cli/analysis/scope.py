"""What one frame can see of an applicant, and each of its conditions as the set of applicants for whom it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias, assert_never

from hojo_cli.analysis.diagram import ALL, NONE
from hojo_cli.analysis.domains import changes_at
from hojo_cli.analysis.members import Group, looks_inside, of_one
from hojo_cli.analysis.purchases import MOST, TooManyError, purchases, questions
from hojo_cli.analysis.world import World
from hojo_cli.base.number import LARGEST
from hojo_cli.base.record import Record
from hojo_cli.engine.applicant import FactValue
from hojo_cli.engine.interval import COMPARISONS
from hojo_cli.rules import nodes
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.walk import followed

_State: TypeAlias = "tuple[tuple[bool, ...], tuple[int, ...]]"
"""Which conditions all members meet, and how many of them count for each count."""


class CountRange(Record):
    """How many there are of something in a set of applicants: fewest, most, and as an applicant is shown."""

    low: FactValue
    high: FactValue
    shown: FactValue


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
        self._named: dict[str, int] = {}
        self.kind_steps: list[tuple[str, int, int]] | None = None
        """Worked out by `neighbours`, once."""

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

    def as_read_by(self, ruleset: Ruleset) -> FrameScope:
        """The same applicants as another ruleset sees them, which asks the same questions of items and members."""
        other = copy(self)
        other.definitions = ruleset.definitions
        other._known, other._named = {}, {}  # noqa: SLF001  # of its own class
        return other

    # --- conditions ---

    def condition(self, node: nodes.Condition) -> int:
        """The applicants for whom the condition holds, every fact known."""
        if id(node) not in self._known:
            self._known[id(node)] = node, self._condition(node)
        return self._known[id(node)][1]

    def _condition(self, node: nodes.Condition) -> int:
        diagrams, variables = self.diagrams, self.world.variables
        match node:
            case nodes.Every(parts):
                return diagrams.every(self.condition(part) for part in parts)
            case nodes.Some(parts):
                return diagrams.some(self.condition(part) for part in parts)
            case nodes.Not(part):
                return diagrams.outside(self.condition(part))
            case nodes.Is(name):
                if name not in self._named:
                    self._named[name] = self.condition(self.definitions[name].condition)
                return self._named[name]
            case nodes.Among(fact, choices):
                classes = self.world.domains[fact].classes(lambda value: value in choices)
                return diagrams.literal(variables[fact], classes)
            case nodes.Holds(fact, expected):
                return diagrams.literal(variables[fact], [int(expected)])
            case nodes.Said(facts, then, otherwise):
                said = self.world.says(facts)
                return diagrams.either(
                    diagrams.both(said, self.condition(then)),
                    diagrams.both(diagrams.outside(said), self.condition(otherwise)),
                )
            case nodes.Against() | nodes.SameKinds():
                return diagrams.literal(self.world.related[node], [1])
            case nodes.Compare():
                return self._compare(node)
            case nodes.HasItem(picks):
                place = self.questions.has.index(picks)
                return diagrams.literal(
                    self.purchase, [i for i, purchase in enumerate(self.purchases) if purchase.has[place]]
                )
            case nodes.EveryMember():
                place = next((i for i, condition in enumerate(self.for_all) if condition is node), 0)
                return diagrams.literal(
                    self.members, [i for i, group in enumerate(self.groups) if group.for_all[place]]
                )
            case nodes.Table(_, rows):
                found, left = NONE, ALL
                for row in rows:
                    stands = diagrams.both(left, self.condition(row.when))
                    found = diagrams.either(found, diagrams.both(stands, self.condition(row.test)))
                    left = diagrams.both(left, diagrams.outside(stands))
                return found
        assert_never(node)

    def _compare(self, node: nodes.Compare) -> int:
        holds, figure = COMPARISONS[node.op], node.number.value

        def meets(value: FactValue) -> bool:
            return isinstance(value, (int, Fraction)) and holds(value, figure)

        match node.quantity:
            case nodes.Fact(name) | nodes.FactOr(name):
                return self.diagrams.literal(self.world.variables[name], self.world.domains[name].classes(meets))
            case nodes.Distinct():
                place = self.questions.counts.index(node.quantity)
                return self.diagrams.literal(
                    self.purchase, [i for i, purchase in enumerate(self.purchases) if meets(purchase.counts[place])]
                )
            case nodes.MemberCount(_, None):
                return self.diagrams.literal(
                    self.members, [i for i, group in enumerate(self.groups) if meets(group.first)]
                )
            case nodes.MemberCount():
                place = self.counted.index(node.quantity)
                return self.diagrams.literal(
                    self.members, [i for i, group in enumerate(self.groups) if meets(group.counts[place])]
                )
        assert_never(node.quantity)

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

    kinds: list[tuple[tuple[bool, ...], int]] = [((), inner.possible)]
    for condition in (*map(of_one, scope.for_all), *(node.only for node in scope.counted)):
        assert condition is not None
        holds = inner.condition(condition)
        kinds = [
            ((*truths, truth), narrowed)
            for truths, members in kinds
            for truth, part in ((True, holds), (False, inner.diagrams.outside(holds)))
            if (narrowed := inner.diagrams.both(members, part)) != NONE
        ]
    split = len(scope.for_all)
    states = [((truths[:split], tuple(map(int, truths[split:]))), members) for truths, members in kinds]
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
