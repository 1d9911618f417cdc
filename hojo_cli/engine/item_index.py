"""Every question about items that a ruleset asks, answered for an applicant in one pass over its items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias, TypeVar

from hojo_cli.base.exact import Exact
from hojo_cli.base.record import NamedTuple
from hojo_cli.engine.applicant import Applicant, Item, passes_any, within
from hojo_cli.engine.case import NOTHING_UNDECIDED, Bought, Case, Names, Undecided
from hojo_cli.engine.derivation import KNOWN, Derivation, derive, joined
from hojo_cli.rules.nodes import CategoryLimit, FieldTest, Pick

Picks: TypeAlias = "tuple[Pick, ...]"
Alternatives: TypeAlias = "tuple[tuple[FieldTest, ...], ...]"
"""Tests of which an item passes all of one."""
_ALL: Final[Alternatives] = ((),)
"""Every item passes."""
_Question = TypeVar("_Question")


class Cost(NamedTuple):
    """A sum of costs: of `only` one category, or of all `but` those that have a sum of their own."""

    picks: Picks
    months: tuple[CategoryLimit, ...]
    only: str | None
    but: frozenset[str]


class _CategoryQuestions:
    """What is asked of an item of one category that passes: bits to set (`priced` ones where it costs anything), sums, kinds.

    `months` limits the time that counts; `lists` are the places of the sums whose items are written down one by one.
    """

    __slots__ = ("alternatives", "bits", "kinds", "lists", "months", "priced", "sums")

    def __init__(self, alternatives: Alternatives, months: CategoryLimit | None) -> None:
        self.alternatives = alternatives
        self.months = months
        self.bits = self.priced = 0
        self.sums: list[int] = []
        self.lists: list[int] = []
        self.kinds: list[tuple[int, str]] = []


class ItemIndex:
    """The questions, each given its bit or slot; `reads` and `sorter` may be asked once all of them are there."""

    def __init__(self) -> None:
        self.picks: dict[tuple[Picks, bool], int] = {}  # whether any item is picked, or any that costs anything
        self.costs: dict[Cost, int] = {}
        self.lists: dict[tuple[Picks, tuple[CategoryLimit, ...]], int] = {}
        self.kinds: dict[tuple[str, Picks], int] = {}
        self.matched: dict[str, set[str]] = {}  # the set facts that are compared with the kinds of a field
        self._groups: dict[str, list[_CategoryQuestions]] = {}
        self._reads: dict[tuple[str, str], set[frozenset[str]]] = {}

    def bit(self, picks: Picks, *, priced: bool) -> int:
        return 1 << self._slot(self.picks, (picks, priced))

    def cost(self, cost: Cost) -> int:
        return self._slot(self.costs, cost)

    def kind(self, field: str, picks: Picks) -> int:
        return self._slot(self.kinds, (field, picks))

    def itemised(self, picks: Picks, months: tuple[CategoryLimit, ...]) -> int:
        """The place of a list of items in `Case.itemised`."""
        return self._slot(self.lists, (picks, months))

    def _slot(self, slots: dict[_Question, int], question: _Question) -> int:
        if question not in slots:
            slots[question] = len(slots)
            self._groups.clear()
            self._reads = {}
        return slots[question]

    def reads(self) -> Mapping[tuple[str, str], set[frozenset[str]]]:
        """The fields asked of items of a category, each with the sets its members are tested against."""
        if self._reads:
            return self._reads
        questions = [(picks, None) for picks, _ in self.picks] + [(cost.picks, None) for cost in self.costs]
        for picks, field in (*questions, *((picks, field) for field, picks in self.kinds)):
            for pick in picks:
                for category in pick.categories:
                    if field is not None:
                        self._reads.setdefault((category, field), set())
                    for test in pick.tests:
                        self._reads.setdefault((category, test.field), set()).add(test.has)
        return self._reads

    def nothing(self) -> Bought:
        """What no items at all come to."""
        return Bought(0, (0,) * len(self.costs), (KNOWN,) * len(self.kinds))

    def case(self, applicant: Applicant, known: Sequence[Case] = ()) -> Case:
        """The applicant with its items sorted, and so its members; one that is `known`, at the same place, as it stands there."""
        mask = 0
        sums: list[Exact] = [0] * len(self.costs)
        kinds = [KNOWN] * len(self.kinds)
        itemised: list[list[Derivation]] = [[] for _ in self.lists]
        undecided = NOTHING_UNDECIDED
        for item in applicant.items:
            fields, groups = item.fields, self._groups.get(item.category)
            for group in self._grouped(item.category) if groups is None else groups:
                passes = group.alternatives is _ALL or passes_any(item, group.alternatives)
                if passes:
                    mask |= group.bits | group.priced if item.cost else group.bits
                    if group.sums:
                        limit = group.months
                        cost = within(item, int(limit.limit.value), limit.recurring) if limit else item.cost
                        for slot in group.sums:
                            sums[slot] += cost
                        for place in group.lists:
                            limits = () if limit is None or item.months is None else (derive(limit, limit.limit.value),)
                            derivation = derive(item, cost, KNOWN, limits, item.cost, lost=item.cost - cost)
                            itemised[place].append(derivation)
                    for slot, field in group.kinds:
                        if field in fields:
                            kinds[slot] |= fields[field]
                if passes is None or (passes and group.kinds and any(field not in fields for _, field in group.kinds)):
                    undecided = Undecided() if undecided is NOTHING_UNDECIDED else undecided
                    names = _leave_open(undecided, group, item, applicant.prefix, passes)
                    for place in group.lists if passes is None else ():
                        itemised[place].append(derive(item, None, names, cost=item.cost))
        members = [
            known[place] if place < len(known) and known[place].applicant is member else self.case(member)
            for place, member in enumerate(applicant.members)
        ]
        case = Case(applicant.facts, Bought(mask, tuple(sums), tuple(kinds)), members)
        case.applicant, case.itemised, case.undecided = applicant, itemised, undecided
        return case

    def _grouped(self, category: str) -> list[_CategoryQuestions]:
        """The questions that concern one category, those with the same tests and months put together."""
        groups: dict[tuple[Alternatives, CategoryLimit | None], _CategoryQuestions] = {}

        def concerned(picks: Picks, months: tuple[CategoryLimit, ...] = ()) -> Iterator[_CategoryQuestions]:
            tests = tuple(pick.tests for pick in picks if category in pick.categories)
            if tests:
                key = _ALL if () in tests else tests, next((each for each in months if each.category == category), None)
                yield groups.setdefault(key, _CategoryQuestions(*key))

        for (picks, priced), place in self.picks.items():
            for group in concerned(picks):
                if priced:
                    group.priced |= 1 << place
                else:
                    group.bits |= 1 << place
        for cost, slot in self.costs.items():
            if category not in cost.but and cost.only in (None, category):
                for group in concerned(cost.picks, cost.months):
                    group.sums.append(slot)
        for (picks, months), place in self.lists.items():
            for group in concerned(picks, months):
                group.lists.append(place)
        for (field, picks), slot in self.kinds.items():
            for group in concerned(picks):
                group.kinds.append((slot, field))
        self._groups[category] = list(groups.values())
        return self._groups[category]


def _leave_open(undecided: Undecided, group: _CategoryQuestions, item: Item, prefix: str, passes: bool | None) -> Names:
    """Where fields left out decide: note what the item may add, and return the fields its picks ask for."""
    tested = {test.field for tests in group.alternatives for test in tests} if passes is None else set[str]()
    names = frozenset(prefix + item.asked(field) for field in tested if field not in item.fields)
    if passes is None:
        undecided.bits.append((group.bits | group.priced if item.cost else group.bits, names))
    for slot in group.sums if passes is None else ():
        undecided.sums[slot] = joined(undecided.sums.get(slot, KNOWN), names)
    for slot, field in group.kinds:
        asked = names if field in item.fields else names | {prefix + item.asked(field)}
        if asked:
            undecided.kinds[slot] = joined(undecided.kinds.get(slot, KNOWN), asked)
    return names
