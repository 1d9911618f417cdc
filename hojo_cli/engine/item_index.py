"""Every question about items that a ruleset asks, answered for a subject in one pass over its items."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from hojo_cli.engine.applicant import Applicant, within
from hojo_cli.engine.case import Case, Fields
from hojo_cli.engine.derive import KNOWN
from hojo_cli.rules.nodes import CategoryLimit, Exact, FieldTest, Pick


class Cost(NamedTuple):
    """A sum of costs: `only` one category, or all `but` those that have a slot of their own."""

    picks: tuple[Pick, ...]
    months: tuple[CategoryLimit, ...]
    only: str | None
    but: frozenset[str]


_Months: TypeAlias = "tuple[int, bool]"
"""How many months of a category count, and whether only of fees by the month or year."""


class _Group(NamedTuple):
    """What is asked of an item of one category that passes `test`: bits to set (`priced` ones where it costs anything), sums, kinds."""

    test: Callable[[Fields], bool] | None
    months: _Months | None
    bits: int
    priced: int
    sums: tuple[int, ...]
    kinds: tuple[tuple[int, str], ...]


class Ledger:
    """Every question about items that a ruleset asks anywhere, each given its bit or slot."""

    def __init__(self) -> None:
        self.picks: dict[
            tuple[tuple[Pick, ...], bool], int
        ] = {}  # whether any item is picked, or any that costs anything
        self.costs: dict[Cost, int] = {}
        self.kinds: dict[tuple[str, tuple[Pick, ...]], int] = {}
        self.matched: dict[str, set[str]] = {}  # the set facts that are compared with the kinds of a field

    def bit(self, picks: tuple[Pick, ...], *, priced: bool = False) -> int:
        return 1 << self.picks.setdefault((picks, priced), len(self.picks))

    def cost(self, cost: Cost) -> int:
        return self.costs.setdefault(cost, len(self.costs))

    def kind(self, field: str, picks: tuple[Pick, ...]) -> int:
        return self.kinds.setdefault((field, picks), len(self.kinds))

    def reads(self) -> Mapping[tuple[str, str], set[frozenset[str]]]:
        """The fields asked of items of a category, each with the sets its members are tested against."""
        asked: dict[tuple[str, str], set[frozenset[str]]] = {}
        counted = [(picks, field) for field, picks in self.kinds]
        for picks, field in (
            *((picks, None) for picks, _ in self.picks),
            *((cost.picks, None) for cost in self.costs),
            *counted,
        ):
            for pick in picks:
                for category in pick.categories:
                    if field is not None:
                        asked.setdefault((category, field), set())
                    for test in pick.tests:
                        asked.setdefault((category, test.field), set()).add(test.has)
        return asked

    def sorter(self) -> Callable[[Applicant], Case]:
        """What puts the items of a subject, and of its members, in order. A field that is asked for and left out: KeyError."""
        asked = (
            *(picks for picks, _ in self.picks),
            *(cost.picks for cost in self.costs),
            *(picks for _, picks in self.kinds),
        )
        categories = {name for picks in asked for pick in picks for name in pick.categories}
        groups = {name: self._groups(name) for name in categories}
        no_sums: list[Exact] = [0] * len(self.costs)
        no_kinds = [KNOWN] * len(self.kinds)

        def sort(subject: Applicant) -> Case:
            mask, sums, kinds = 0, no_sums[:], no_kinds[:]
            for _, category, cost, price, months, fields, _, _ in subject.items:
                for test, limit, bits, priced, slots, collected in groups.get(category, ()):
                    if test is None or test(fields):
                        mask |= bits | priced if cost else bits
                        for slot in slots:
                            limited = limit is not None and months is not None
                            sums[slot] += within(cost, price, months, *limit) if limited else cost  # type: ignore[arg-type,misc]  # none is None
                        for slot, field in collected:
                            kinds[slot] |= fields[field]
            return Case(subject.facts, mask, sums, kinds, [sort(member) for member in subject.members])

        return sort

    def _groups(self, category: str) -> tuple[_Group, ...]:
        """The questions that concern one category, those with the same tests and months put together."""
        bits: dict[bool, dict[tuple[_Tests, _Months | None], int]] = {False: {}, True: {}}
        sums: dict[tuple[_Tests, _Months | None], list[int]] = {}
        kinds: dict[tuple[_Tests, _Months | None], list[tuple[int, str]]] = {}
        for (picks, priced), place in self.picks.items():
            for tests in _tests(picks, category):
                bits[priced][tests, None] = bits[priced].get((tests, None), 0) | 1 << place
        for cost, slot in self.costs.items():
            if category not in cost.but and cost.only in (None, category):
                for tests in _tests(cost.picks, category):
                    sums.setdefault((tests, _months(cost.months, category)), []).append(slot)
        for (field, picks), slot in self.kinds.items():
            for tests in _tests(picks, category):
                kinds.setdefault((tests, None), []).append((slot, field))
        return tuple(
            _Group(
                _field_test(key[0]),
                key[1],
                bits[False].get(key, 0),
                bits[True].get(key, 0),
                tuple(sums.get(key, ())),
                tuple(kinds.get(key, ())),
            )
            for key in dict.fromkeys((*bits[False], *bits[True], *sums, *kinds))
        )


_Tests: TypeAlias = "tuple[tuple[FieldTest, ...], ...]"


def _tests(picks: tuple[Pick, ...], category: str) -> tuple[_Tests, ...]:
    """The alternatives that concern a category, as one: nothing where none does, `((),)` where one asks for no more."""
    found = tuple(pick.tests for pick in picks if category in pick.categories)
    if not found:
        return ()
    return (((),),) if () in found else (found,)


def _field_test(alternatives: _Tests) -> Callable[[Fields], bool] | None:
    if () in alternatives:
        return None
    if len(alternatives) == 1 and len(alternatives[0]) == 1:
        return _one_field(alternatives[0][0])
    tests = [[_one_field(test) for test in every] for every in alternatives]
    return lambda fields: any(all(test(fields) for test in every) for every in tests)


def _one_field(test: FieldTest) -> Callable[[Fields], bool]:
    field, has, at_least = test
    if not has:
        return lambda fields: len(fields[field]) >= at_least
    return lambda fields: len(fields[field]) >= at_least and not has.isdisjoint(fields[field])


def _months(limits: tuple[CategoryLimit, ...], category: str) -> _Months | None:
    return next(((int(limit.limit.value), limit.recurring) for limit in limits if limit.category == category), None)
