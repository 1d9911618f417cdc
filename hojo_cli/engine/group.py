"""What members and open items of a group come to together, each laid out alone.

Members meet each other only in what all of them come to (`Pool`), and so do items of which a field is left out: so each is laid
out alone, and two things it may come to are told apart only if some of what the others may come to makes a difference between
them. Conditions and counts are followed one by one; the outcome never falls as a sum over members or items grows, so where the
least and the greatest sum agree, nothing between them has to be looked at.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from operator import add, and_, or_
from typing import Final, TypeAlias, cast

from hojo_cli.base.exact import Exact
from hojo_cli.engine.case import Bought, Case, Doubt, MembersTogether
from hojo_cli.engine.derivation import exact
from hojo_cli.engine.diagram import Budget, Diagram, Fork, Walk, leaves_of
from hojo_cli.engine.judgement import Outcome, Status
from hojo_cli.engine.open_frame import OpenFrame, Sorted

STATES: Final = 8_000
"""Different sums of the other members and items that are looked at one by one."""

SUMS: Final = 200
"""So many sums weigh as much as one question."""

Marks: TypeAlias = "tuple[tuple[bool, ...], tuple[int, ...], int, tuple[frozenset[str], ...]]"
"""Whether each condition holds for every member, how many count for each count, the bits that items set, the kinds they hold."""
Pool: TypeAlias = "tuple[Marks, tuple[Exact, ...]]"
"""What members and open items come to together; the sums are those of members' amounts, then those of items' costs."""
Spread: TypeAlias = "Mapping[Marks, tuple[tuple[Exact, ...], tuple[Exact, ...]]]"
"""For each way the marks may come out, the least and the greatest sums."""

Alike: TypeAlias = "dict[tuple[tuple[int, int], ...], list[Pool]]"


class Group:
    """One applicant, its members and its open items, each laid out alone. An applicant without any is a group of none."""

    def __init__(self, frame: OpenFrame, applicant: Sorted, budget: Budget) -> None:
        self.frame = frame
        self.case = applicant.case
        own = frame.own._replace(members=len(applicant.members))
        self.own, self.inside = Walk(own, budget), Walk(frame.members, budget)
        _, sums, kinds = frame.nothing
        self.no_marks: Marks = (True,) * len(frame.tests), (0,) * len(frame.counts), 0, kinds
        self.nothing: Pool = self.no_marks, (0,) * len(frame.sums) + sums
        self.finals: dict[Pool, Diagram] = {}
        self.alike: dict[int, Alike] = {}
        self.meanings: dict[int, dict[Pool, Hashable]] = {}
        self.different: list[Diagram] = []
        self.numbered: dict[int, int] = {}
        self.numbers: dict[Hashable, int] = {}
        self.reduced: dict[Hashable, frozenset[str]] = {}
        asked = applicant.members if frame.tests or frame.counts or frame.sums else ()
        laid_out: dict[Hashable, Diagram] = {}
        self.diagrams: list[Diagram] = []
        for member in asked:  # those with the same facts and purchases are laid out once
            open_ = [(item.place, item.category, item.cost, item.months, *item.fields.items()) for item in member.open]
            key = tuple(sorted(member.case.facts.items())), member.case.bought, tuple(open_)
            if key not in laid_out:
                laid_out[key] = self._beside(member.case, frame.effects(member, self.inside), {})
            self.diagrams.append(laid_out[key])
        self.diagrams += frame.effects(applicant, self.own)
        self.prefixes = [member.prefix for member in asked] + [applicant.prefix] * len(applicant.open)
        self.pools = [list(dict.fromkeys(cast("Iterator[Pool]", leaves_of(diagram)))) for diagram in self.diagrams]
        several = {
            place
            for pools in self.pools
            for place, those in enumerate(zip(*[sums for _, sums in pools], strict=True))
            if len({*those}) > 1
        }
        self.surely = len(several) <= 1  # of several sums, the ends of one need not go with the ends of another
        start, spreads = _spread([self.nothing]), list(map(_spread, self.pools))
        self.before, self.after = self._running(start, spreads), self._running(start, spreads[::-1])[::-1]
        self.ends: list[Diagram] = []

    def _beside(self, member: Case, effects: Sequence[Diagram], known: dict[Hashable, Diagram]) -> Diagram:
        """All that a member may come to with these open items beside what is known of it."""
        key = len(effects), member.bought
        if key not in known:
            known[key] = (
                self.inside.relabelled(
                    effects[0],
                    lambda effect: self._beside(self._with(member, effect), effects[1:], known),
                )
                if effects
                else self.inside.explore(self._pool, member)
            )
        return known[key]

    def _with(self, case: Case, pool: Pool) -> Case:
        """A case with what members and open items come to together."""
        (tests, counts, mask, kinds), sums = pool
        bought = case.bought.plus(Bought(mask, sums[len(self.frame.sums) :], kinds))
        together = MembersTogether(tests, counts, sums[: len(self.frame.sums)])
        return Case(case.facts, bought, case.members, together)

    def _pool(self, member: Case) -> Pool | Doubt:
        answers = []
        for closure in (*self.frame.tests, *self.frame.counts, *self.frame.sums):
            answer = closure(member)
            if answer.value is None:
                return member.doubt(answer.unknown)
            answers.append(answer)
        counted = len(self.frame.tests) + len(self.frame.counts)
        tests = tuple([answer.value is True for answer in answers[: len(self.frame.tests)]])
        counts = tuple([int(answer.value is True) for answer in answers[len(self.frame.tests) : counted]])
        marks = (tests, counts, *self.no_marks[2:])
        return marks, (*map(exact, answers[counted:]), *self.nothing[1][len(self.frame.sums) :])

    # --- the frame ---

    def one_after_the_other(self) -> Iterator[Outcome]:
        """The outcomes at both ends, as they are found."""
        for pool in _corners(self.before[-1]):
            yield from cast("Iterator[Outcome]", self.own.leaves(self._judge, self._with(self.case, pool)))

    def final(self, pool: Pool) -> Diagram:
        """What the frame may come to once the members have."""
        if pool not in self.finals:
            self.finals[pool] = self.own.explore(self._judge, self._with(self.case, pool))
        return self.finals[pool]

    def _judge(self, case: Case) -> Outcome | Doubt:
        judgement = self.frame.judge(case)
        if judgement.status is Status.INCOMPLETE:
            return case.doubt(judgement.unknown, self.frame.rest(case))
        return judgement.status, judgement.subsidy

    def outcomes(self) -> frozenset[Outcome]:
        """The outcomes at both ends of what all members together may come to."""
        self.ends = [self.final(pool) for pool in _corners(self.before[-1])]
        return frozenset(cast("Outcome", leaf) for final in self.ends for leaf in leaves_of(final))

    def own_facts(self, unknown: set[str]) -> set[str]:
        """The applicant's own facts that can change something, at the ends or between them."""
        found = {fact for final in self.ends for fact in self.own.deciding(final)}
        if unknown <= found or all(
            self.own.same(self.final((marks, low)), self.final((marks, high)))
            for marks, (low, high) in self.before[-1].items()
        ):  # all are found, or it makes no difference how much the members yield together
            return found
        between = self._states(self.pools)
        if between is None:
            return found | unknown
        for pool in between:
            found.update(self.own.deciding(self.final(pool)))
        return found

    # --- one member or item among the others ---

    def names_of(self, place: int) -> frozenset[str]:
        """The facts of one member, or the fields of an open item, that can change something."""
        diagram = self.diagrams[place]
        if not isinstance(diagram, Fork):
            return frozenset()
        number = self.numbers.setdefault(tuple(self.pools[place]), len(self.numbers))
        alike = self._alike_at_ends(number, place)
        if len(alike) > 1 and not any(isinstance(below, Fork) for _, below in diagram.branches):
            return frozenset((diagram.fact,))  # one gap alone: the first difference will do
        if number not in self.meanings:  # the same for two that never make a difference
            meanings = self.meanings[number] = {pool: ends for ends, pools in alike.items() for pool in pools}
            # where both ends are level, nothing between them is looked at
            uneven = [
                pools for ends, pools in alike.items() if len(pools) > 1 and any(low != high for low, high in ends)
            ]
            others = self._states(self.pools[:place] + self.pools[place + 1 :]) if uneven else None
            for pool in [pool for pools in uneven for pool in pools]:
                # with too many sums to look at: to be on the safe side, each by itself
                between = pool if others is None else tuple([self._meaning(self._plus(each, pool)) for each in others])
                meanings[pool] = meanings[pool], between
        meanings, first = self.meanings[number], dict[Hashable, Pool]()
        classes = {pool: first.setdefault(meanings[pool], pool) for pool in self.pools[place]}
        key = id(diagram), tuple(classes.items())
        if key not in self.reduced:
            left = self.inside.relabelled(diagram, classes.__getitem__)
            self.reduced[key] = frozenset(self.inside.deciding(left))
        return self.reduced[key]

    def _alike_at_ends(self, number: int, place: int) -> Alike:
        """What one member may come to, put together where the same comes of it beside the least and the greatest of the others.

        Worked out once for all members that may come to the same: they share a number.
        """
        if number not in self.alike:
            alike = self.alike[number] = {}
            rest = self._together(self.before[place], self.after[place + 1])
            for pool in self.pools[place]:
                self.own.budget.spend(len(rest))
                ends = [
                    (self._meaning(self._plus((marks, low), pool)), self._meaning(self._plus((marks, high), pool)))
                    for marks, (low, high) in rest.items()
                ]
                alike.setdefault(tuple(ends), []).append(pool)
        return self.alike[number]

    def _meaning(self, pool: Pool) -> int:
        """The number of what comes of the frame; two that come to the same have the same."""
        final = self.final(pool)
        if id(final) not in self.numbered:
            same = (number for number, known in enumerate(self.different) if self.own.same(final, known))
            number = next(same, len(self.different))
            if number == len(self.different):
                self.different.append(final)
            self.numbered[id(final)] = number
        return self.numbered[id(final)]

    def _states(self, pools: Sequence[Sequence[Pool]]) -> set[Pool] | None:
        """All that these members may come to together, if that is not too much."""
        states = {self.nothing}
        for each in pools:
            self.own.budget.spend(len(states) * len(each) // SUMS)
            states = {self._plus(state, pool) for state in states for pool in each}
            if len(states) > STATES:
                return None
        return states

    # --- together ---

    def _plus(self, one: Pool, other: Pool) -> Pool:
        """What two come to together; a count goes no further than it makes a difference."""
        (tests, counts, mask, kinds), sums = one
        (theirs, others, bits, more), added = other
        total = tuple(map(min, map(add, counts, others), self.frame.enough))
        marks = tuple(map(and_, tests, theirs)), total, mask | bits, tuple(map(or_, kinds, more))
        return marks, tuple(map(add, sums, added))

    def _together(self, one: Spread, other: Spread) -> Spread:
        found: dict[Marks, tuple[tuple[Exact, ...], tuple[Exact, ...]]] = {}
        for mine, (low, high) in one.items():
            for theirs, (low_beside, high_beside) in other.items():
                marks, least = self._plus((mine, low), (theirs, low_beside))
                most = tuple(map(add, high, high_beside))
                known = found.get(marks)
                if known is None:
                    found[marks] = least, most
                else:
                    found[marks] = tuple(map(min, known[0], least)), tuple(map(max, known[1], most))
        return found

    def _running(self, start: Spread, spreads: Iterable[Spread]) -> list[Spread]:
        """From nothing to all, one more each time."""
        found = [start]
        for spread in spreads:
            found.append(self._together(found[-1], spread))
        return found


def _spread(pools: Iterable[Pool]) -> Spread:
    found: dict[Marks, tuple[tuple[Exact, ...], tuple[Exact, ...]]] = {}
    for marks, sums in pools:
        low, high = found.get(marks, (sums, sums))
        found[marks] = tuple(map(min, low, sums)), tuple(map(max, high, sums))
    return found


def _corners(spread: Spread) -> Iterator[Pool]:
    for marks, ends in spread.items():
        for end in dict.fromkeys(ends):
            yield marks, end
