"""Which outcomes of a frame are still possible, and on which unknown facts they depend.

Members meet each other only in what all of them come to (`Pool`): so each is laid out alone, and two things it may come to are
told apart only if some of what the others may come to makes a difference between them. The outcome never falls as a sum over
members grows; so where the least and the greatest sum agree, nothing between them has to be looked at.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Final, NamedTuple, TypeAlias, cast

from hojo_cli.compile.case import Case, Pool
from hojo_cli.compile.compiler import Outcome
from hojo_cli.compile.diagram import Budget, Diagram, Facts, Fork, Values, Walk, facts_of, leaves_of
from hojo_cli.compile.ledger import Ledger
from hojo_cli.compile.patient import Pooled
from hojo_cli.formula import Exact, Frame, Ruleset
from hojo_cli.subject import Subject

BUDGET: Final = 40_000
"""Questions to closures (of one subject or member each) and comparisons of forks, for one frame."""
STATES: Final = 2_000
"""Different sums of the other members that are looked at one by one."""

Spread: TypeAlias = "Mapping[tuple[bool, ...], tuple[tuple[Exact, ...], tuple[Exact, ...]]]"
"""For each way conditions on members may come out, the least and the greatest sums."""


class Possible(NamedTuple):
    """The facts that can still change an outcome, and the outcomes (of sums over members the least and the greatest).

    `surely` is false where a fact may be among them that changes nothing.
    """

    facts: frozenset[str]
    outcomes: frozenset[Outcome]
    surely: bool


class Completions:
    """A frame, ready to look at subjects of whom facts are unknown."""

    def __init__(self, ruleset: Ruleset, frame: Frame) -> None:
        ledger = Ledger()
        compiler = Pooled(ruleset.definitions, ledger)
        self.judged = compiler.frame(frame)
        self.tests, self.yields = compiler.tests_inside, compiler.yields_inside
        self.own = Values(ruleset.facts, compiler.choices)
        self.members = Values(ruleset.facts, compiler.inside.choices)
        self.sort = ledger.sorter()

    def settled(self, subject: Subject, budget: int = BUDGET) -> Outcome | None:
        """The outcome, if all completions come to the same. Raises TooMany."""
        found = _Group(self, self.sort(subject), Budget(budget)).one_after_the_other()
        first = next(found)
        return first if all(outcome == first for outcome in found) else None

    def possible(self, subject: Subject, unknown: Iterable[str], budget: int = BUDGET) -> Possible:
        """What can still come, of these facts that are unknown. Raises TooMany."""
        group = _Group(self, self.sort(subject), Budget(budget))
        outcomes = group.outcomes()
        if len(outcomes) == 1:
            return Possible(frozenset(), outcomes, surely=True)
        own = group.own_facts({name for name in unknown if "." not in name})
        theirs = {
            member.prefix + fact
            for place, member in enumerate(subject.members[: len(group.diagrams)])
            for fact in group.facts_of(place)
        }
        return Possible(frozenset(own | theirs), outcomes, group.surely)


class _Group:
    """One subject and its members, each laid out alone. A subject without members is a group of none."""

    def __init__(self, frame: Completions, case: Case, budget: Budget) -> None:
        self.frame = frame
        self.case = case
        self.surely = len(frame.yields) <= 1  # of several sums, the ends of one need not go with the ends of another
        own = frame.own._replace(members=len(case.members))
        self.own, self.inside = Walk(own, budget), Walk(frame.members, budget)
        self.nothing: Pool = (True,) * len(frame.tests), (0,) * len(frame.yields)
        self.finals: dict[Pool, Diagram] = {}
        self.told_apart: dict[Hashable, bool] = {}
        self.reduced: dict[Hashable, frozenset[str]] = {}
        asked = case.members if frame.tests or frame.yields else []
        alike: dict[Hashable, Diagram] = {}
        self.diagrams = [self._member(member, alike) for member in asked]
        self.pools = [_pools(diagram) for diagram in self.diagrams]
        start, spreads = _spread([self.nothing]), list(map(_spread, self.pools))
        self.before, self.after = _running(start, spreads), _running(start, spreads[::-1])[::-1]
        self.ends: list[Diagram] = []

    def _member(self, member: Case, alike: dict[Hashable, Diagram]) -> Diagram:
        """All that one member may come to; members with the same facts and purchases are laid out once."""
        key = tuple(sorted(member.facts.items())), member.mask, tuple(member.sums), tuple(member.kinds)
        if key not in alike:
            alike[key] = self.inside.explore(partial(self._pool, member), member.facts)
        return alike[key]

    def _pool(self, member: Case, facts: Facts) -> Pool:
        case = Case(facts, member.mask, member.sums, member.kinds, [])
        tests = tuple(test(case) for test in self.frame.tests)
        return tests, tuple(_whole(*paid(case)) for paid in self.frame.yields)

    # --- the frame ---

    def one_after_the_other(self) -> Iterator[Outcome]:
        """The outcomes at both ends, as they are found."""
        for pool in _corners(self.before[-1]):
            yield from cast("Iterator[Outcome]", self.own.leaves(partial(self._judge, pool), self.case.facts))

    def final(self, pool: Pool) -> Diagram:
        """What the frame may come to once the members have."""
        if pool not in self.finals:
            self.finals[pool] = self.own.explore(partial(self._judge, pool), self.case.facts)
        return self.finals[pool]

    def _judge(self, pool: Pool, facts: Facts) -> Outcome:
        case = Case(facts, self.case.mask, self.case.sums, self.case.kinds, self.case.members)
        case.pool = pool
        return self.frame.judged(case)

    def outcomes(self) -> frozenset[Outcome]:
        """The outcomes at both ends of what all members together may come to."""
        self.ends = [self.final(pool) for pool in _corners(self.before[-1])]
        return frozenset(cast("Outcome", leaf) for final in self.ends for leaf in leaves_of(final))

    def own_facts(self, unknown: set[str]) -> set[str]:
        """The subject's own facts that can change something, at the ends or between them."""
        found = {fact for final in self.ends for fact in facts_of(final)}
        if unknown <= found or self._level():
            return found
        between = self._states(self.pools)
        if between is None:
            self.surely = False
            return found | unknown
        for pool in between:
            found.update(facts_of(self.final(pool)))
        return found

    def _level(self) -> bool:
        """Whether it makes no difference how much the members yield together."""
        return all(
            self.own.same(self.final((tests, low)), self.final((tests, high)), {})
            for tests, (low, high) in self.before[-1].items()
        )

    # --- one member among the others ---

    def facts_of(self, place: int) -> frozenset[str]:
        """The facts of one member that can change something."""
        diagram, pools = self.diagrams[place], self.pools[place]
        if not isinstance(diagram, Fork):
            return frozenset()
        classes: dict[Hashable, Pool] = {}
        for pool in pools:
            classes[pool] = next((one for one in classes.values() if not self._differ(place, one, pool)), pool)
        key = id(diagram), tuple(classes.items())
        if key not in self.reduced:
            left = self.inside.relabelled(diagram, classes.__getitem__)
            self.reduced[key] = frozenset(facts_of(left))
        return self.reduced[key]

    def _differ(self, place: int, one: Pool, other: Pool) -> bool:
        """Whether it ever makes a difference which of the two the member comes to."""
        rest = self._rest(place)
        key = one, other, tuple(rest.items())
        if key not in self.told_apart:
            self.told_apart[key] = self._differ_beside(rest, place, one, other)
        return self.told_apart[key]

    def _differ_beside(self, rest: Spread, place: int, one: Pool, other: Pool) -> bool:
        level = True
        for tests, (low, high) in rest.items():
            below = self.final(_plus((tests, low), one)), self.final(_plus((tests, low), other))
            above = self.final(_plus((tests, high), one)), self.final(_plus((tests, high), other))
            if not self.own.same(*below, {}) or not self.own.same(*above, {}):
                return True
            level = level and self.own.same(below[0], above[0], {})
        return False if level else self._differ_between(place, one, other)

    def _differ_between(self, place: int, one: Pool, other: Pool) -> bool:
        """The others, one sum after another; where there are too many sums, to be on the safe side, yes."""
        others = self._states(self.pools[:place] + self.pools[place + 1 :])
        if others is None:
            self.surely = False
            return True
        return any(
            not self.own.same(self.final(_plus(pool, one)), self.final(_plus(pool, other)), {}) for pool in others
        )

    def _rest(self, place: int) -> Spread:
        """What all but one may come to."""
        return _together(self.before[place], self.after[place + 1])

    def _states(self, pools: Sequence[Sequence[Pool]]) -> set[Pool] | None:
        """All that these members may come to together, if that is not too much."""
        states = {self.nothing}
        for each in pools:
            states = {_plus(state, pool) for state in states for pool in each}
            if len(states) > STATES:
                return None
        return states


def _pools(diagram: Diagram) -> list[Pool]:
    return [cast("Pool", leaf) for leaf in dict.fromkeys(leaves_of(diagram))]


def _whole(over: int, under: int) -> Exact:
    return Fraction(over, under) if over % under else over // under


def _plus(one: Pool, other: Pool) -> Pool:
    """What two come to together."""
    return (
        tuple(mine and theirs for mine, theirs in zip(one[0], other[0], strict=True)),
        tuple(mine + theirs for mine, theirs in zip(one[1], other[1], strict=True)),
    )


def _spread(pools: Iterable[Pool]) -> Spread:
    found: dict[tuple[bool, ...], tuple[tuple[Exact, ...], tuple[Exact, ...]]] = {}
    for tests, sums in pools:
        low, high = found.get(tests, (sums, sums))
        found[tests] = tuple(map(min, low, sums)), tuple(map(max, high, sums))
    return found


def _together(one: Spread, other: Spread) -> Spread:
    return _spread(
        _plus((mine, end), (theirs, beside))
        for mine, ends in one.items()
        for theirs, besides in other.items()
        for end, beside in zip(ends, besides, strict=True)
    )


def _running(start: Spread, spreads: Iterable[Spread]) -> list[Spread]:
    """From nothing to all, one more each time."""
    found = [start]
    for spread in spreads:
        found.append(_together(found[-1], spread))
    return found


def _corners(spread: Spread) -> Iterator[Pool]:
    for tests, ends in spread.items():
        for end in dict.fromkeys(ends):
            yield tests, end
