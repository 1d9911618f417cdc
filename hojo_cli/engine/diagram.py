"""Every completion of an applicant's unknown facts, laid out as a decision diagram by asking the evaluator again and again.

Where the evaluator is in doubt, the fact that was asked for first is tried with one value for each class of values that can be
told apart there. Branches with the same function below them are one, so that a fact stands in the diagram if and only if it can
still make a difference; one that says what others can be may stand there for that alone (`Walk.deciding`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from fractions import Fraction
from itertools import chain, combinations, product
from typing import Any, Final, TypeAlias

from hojo_cli.base.exact import Exact
from hojo_cli.base.record import NamedTuple
from hojo_cli.engine.case import NO_ITEMS, Case, Doubt, Facts
from hojo_cli.engine.interval import Interval, range_of
from hojo_cli.engine.three_valued import Closure
from hojo_cli.rules.declared import FactSpec

FINEST: Final = Fraction(1, 10**9)
"""The step of a rate; every other number goes in steps of one."""

_LADDER: Final = tuple(10**digits for digits in range(16))
"""Along a stretch an amount grows: somewhere it may leave a cap or reach nothing."""

_MOST_CHOICES: Final = 10
"""Of a set fact with more choices not every answer is tried."""

Label: TypeAlias = "frozenset[object] | Interval"
Given: TypeAlias = "Mapping[str, Label]"
ANYTHING: Final[Given] = {}


class Fork:
    """What follows from each class of values of a fact."""

    __slots__ = ("branches", "fact")

    def __init__(self, fact: str, branches: list[tuple[Label, Diagram]]) -> None:
        self.fact = fact
        self.branches = branches


Diagram: TypeAlias = "Fork | Hashable"

NEVER: Final = object()
"""What comes of facts that cannot stand beside each other."""


class TooMany(Exception):
    """The budget is used up."""


class Budget:
    """How often closures may still be asked."""

    __slots__ = ("left",)

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, questions: int = 1) -> None:
        self.left -= questions
        if self.left < 0:
            raise TooMany


class Values(NamedTuple):
    """What the facts of a ruleset may be: their declarations, the choices that tests tell apart, what goes with what (`only_if`), the members listed.

    `tied` are the facts that say what others can be, or of which others say it.
    """

    specs: Mapping[str, FactSpec]
    choices: Mapping[str, set[frozenset[str]]]
    only_if: Mapping[str, Closure]
    tied: frozenset[str] = frozenset()
    members: int = 0

    def impossible(self, facts: Facts) -> bool:
        """Whether facts stand beside each other that cannot, whatever is still unknown."""
        case = Case(facts, NO_ITEMS)
        for name, holds in self.only_if.items():
            value = facts.get(name)
            more_than_none = value.low > 0 if isinstance(value, Interval) else value
            if more_than_none and holds(case).value is False:
                return True
        return False

    def stand(self, given: Given) -> bool:
        """Whether any of these values of each fact can stand beside each other."""
        for spec in self.specs.values():
            part, most = given.get(spec.id), given.get(spec.at_most or "")
            if isinstance(part, Interval) and isinstance(most, Interval) and part.low > most.high:
                return False
        if self.only_if.keys().isdisjoint(given):
            return True
        tied = [(name, label) for name, label in given.items() if name in self.tied]
        ways = product(*[[label] if isinstance(label, Interval) else label for _, label in tied])
        return any(not self.impossible(dict(zip([name for name, _ in tied], way, strict=True))) for way in ways)

    def of(self, doubt: Doubt, facts: Facts) -> list[tuple[Label, Any]]:
        """The classes of values of the fact in doubt, and one value of each."""
        spec = self.specs[doubt.fact]
        if spec.kind == "boolean":
            return [(frozenset((value,)), value) for value in (False, True)]
        if spec.kind == "choice":
            alike: dict[tuple[bool, ...], list[str]] = {}
            for choice in spec.choices:
                told_apart = tuple([choice in tested for tested in self.choices.get(spec.id, ())])
                alike.setdefault(told_apart, []).append(choice)
            return [(frozenset(choices), choices[0]) for choices in alike.values()]
        if spec.kind == "set":  # any set of choices may be the one that is asked for
            if len(spec.choices) > _MOST_CHOICES:
                raise TooMany
            sets = chain.from_iterable(combinations(spec.choices, size) for size in range(len(spec.choices) + 1))
            return [(frozenset((value,)), value) for value in map(frozenset, sets)]
        low, high = range_of(spec, self.specs, facts, self.members)
        step = FINEST if spec.kind == "rate" else 1
        parted = doubt.fact in facts
        if not parted:
            starts: list[Exact] = [low]
        elif doubt.cut is None:
            starts = sorted({low, high, *(rung for rung in _LADDER if low < rung < high)})
        else:
            starts = [low, doubt.cut] if low < doubt.cut <= high else [low]
        intervals = [
            Interval(start, end, step)
            for start, end in zip(starts, (*(start - step for start in starts[1:]), high), strict=True)
        ]
        alone = parted and doubt.cut is None
        return [(each, each.low if alone or each.low == each.high else each) for each in intervals]


class Walk:
    """One walk over the completions of an applicant, or of one member."""

    def __init__(self, values: Values, budget: Budget) -> None:
        self.values = values
        self.budget = budget

    def explore(
        self, ask: Callable[[Case], Hashable], case: Case, known: dict[Hashable, Diagram] | None = None
    ) -> Diagram:
        """What comes of all completions of the facts; `ask` answers with a `Doubt` where it cannot say.

        `known` holds what comes of each doubt that was met before.
        """
        known = {} if known is None else known
        self.budget.spend()
        if self.values.impossible(case.facts):
            return NEVER
        leaf = ask(case)
        if not isinstance(leaf, Doubt):
            return leaf
        if leaf.rest is not None and leaf.rest in known:
            return known[leaf.rest]
        classes = self.values.of(leaf, case.facts)
        branches = [(label, self.explore(ask, case.knowing(leaf.fact, value), known)) for label, value in classes]
        diagram = known[leaf.rest] = self.fork(leaf.fact, branches)
        return diagram

    def leaves(self, ask: Callable[[Case], Hashable], case: Case) -> Iterator[Hashable]:
        """The same, one leaf after the other as they are found, for whoever may have seen enough."""
        self.budget.spend()
        if self.values.impossible(case.facts):
            return
        leaf = ask(case)
        if not isinstance(leaf, Doubt):
            yield leaf
            return
        for _, value in self.values.of(leaf, case.facts):
            yield from self.leaves(ask, case.knowing(leaf.fact, value))

    def fork(self, fact: str, branches: list[tuple[Label, Diagram]]) -> Diagram:
        """Classes with the same function below are one (of numbers only neighbours); a single class is no fork.

        Where a fact says what others can be, those below are not asked of the same answers: there only the same leaf is one.
        """
        merged: list[tuple[Label, Diagram]] = []
        for label, below in branches:
            if below is NEVER:
                continue
            first = max(0, len(merged) - 1) if isinstance(label, Interval) else 0
            for place, (known, other) in enumerate(merged[first:], first):
                if below == other or (fact not in self.values.tied and self.same(below, other, apart=fact)):
                    merged[place] = _joined(known, label), other
                    break
            else:
                merged.append((label, below))
        return (merged[0][1] if merged else NEVER) if len(merged) < 2 else Fork(fact, merged)

    def same(
        self, one: Diagram, other: Diagram, here: Given = ANYTHING, there: Given = ANYTHING, apart: str = ""
    ) -> bool:
        """Whether two diagrams come to the same, the facts as given `here` for the one and `there` for the other.

        All facts are the same for both but the one that is `apart`: that may be anything for each. Where facts cannot stand
        beside each other, nothing comes of either.
        """
        if one is other and not apart:
            return True
        if not isinstance(one, Fork):
            if isinstance(other, Fork):
                return self.same(other, one, there, here, apart)
            return one == other or not (self.values.stand(here) and self.values.stand(there))
        self.budget.spend()
        if one.fact == apart:
            return all(self.same(below, other, {**here, apart: label}, there, apart) for label, below in one.branches)
        beside = other.branches if isinstance(other, Fork) and other.fact == one.fact else [(None, other)]
        return all(
            self.same(below, facing, {**here, one.fact: both}, {**there, one.fact: both}, apart)
            for label, below in one.branches
            if (mine := _meet(label, here.get(one.fact)))
            for theirs, facing in beside
            if (both := _meet(mine, theirs))
        )

    def deciding(self, diagram: Diagram) -> set[str]:
        """The facts that can make a difference while all others stay as they are.

        A diagram may also branch on one that only says what others can be.
        """
        facts = set(facts_of(diagram))
        if facts.isdisjoint(self.values.tied):
            return facts
        return {fact for fact in facts if not self.same(diagram, diagram, apart=fact)}

    def relabelled(self, diagram: Diagram, leaf: Callable[[Any], Diagram]) -> Diagram:
        """The same diagram with other leaves (or diagrams in their place), reduced anew."""
        if not isinstance(diagram, Fork):
            return leaf(diagram)
        return self.fork(diagram.fact, [(label, self.relabelled(below, leaf)) for label, below in diagram.branches])


def _meet(one: Label, other: Label | None) -> Label | None:
    """The values of both, if any."""
    if other is None:
        return one
    if isinstance(one, Interval) and isinstance(other, Interval):
        low, high = max(one.low, other.low), min(one.high, other.high)
        return Interval(low, high, one.step) if low <= high else None
    assert not isinstance(one, Interval)
    assert not isinstance(other, Interval)
    return one & other


def _joined(one: Label, other: Label) -> Label:
    if isinstance(one, Interval) and isinstance(other, Interval):
        return Interval(one.low, other.high, one.step)
    assert not isinstance(one, Interval)
    assert not isinstance(other, Interval)
    return one | other


def facts_of(diagram: Diagram) -> Iterator[str]:
    """The facts a diagram branches on."""
    if isinstance(diagram, Fork):
        yield diagram.fact
        for _, below in diagram.branches:
            yield from facts_of(below)


def leaves_of(diagram: Diagram) -> Iterator[Hashable]:
    """What a diagram may come to."""
    if isinstance(diagram, Fork):
        for _, below in diagram.branches:
            yield from leaves_of(below)
    else:
        yield diagram
