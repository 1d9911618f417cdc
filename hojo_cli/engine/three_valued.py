"""Closures for subjects of whom facts are unknown: a test in doubt waits for one beside it that decides, and members are pooled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import floor

from hojo_cli.engine import closures
from hojo_cli.engine.case import Case, Count, Pair, Test, Yield
from hojo_cli.engine.compiler import Compiler
from hojo_cli.engine.derive import COMPARISONS
from hojo_cli.engine.item_index import Ledger
from hojo_cli.rules.nodes import Compare, Condition, Definition, Fact, Line, MemberCount


def _decided(tests: Sequence[Test], by: bool) -> Test:
    """`by` as soon as one test comes to it, even where an earlier one is in doubt."""
    if len(tests) == 1:
        return tests[0]

    def decided(case: Case) -> bool:
        doubt = None
        for test in tests:
            try:
                if test(case) is by:
                    return by
            except KeyError as raised:
                doubt = doubt or raised
        if doubt is None:
            return not by
        try:
            raise doubt
        finally:
            del doubt  # its traceback leads back here: only the collector of cycles would find it

    return decided


class Patient(Compiler):
    """Comparisons see the fact itself, so that it may be a range."""

    def every(self, tests: list[Test]) -> Test:
        return _decided(tests, by=False)

    def some(self, tests: list[Test]) -> Test:
        return _decided(tests, by=True)

    def compare(self, node: Compare) -> Test:
        if not isinstance(node.quantity, Fact):
            return super().compare(node)
        holds, limit, name = COMPARISONS[node.op], node.number.value, node.quantity.name
        return lambda case: holds(case.facts[name], limit)


class Pooled(Patient):
    """What a frame asks of its members is numbered; the frame itself sees only what all of them come to (`Case.pool`)."""

    def __init__(self, definitions: Mapping[str, Definition], ledger: Ledger) -> None:
        super().__init__(definitions, ledger)
        self.inside = Patient(definitions, ledger)
        self.tests_inside: list[Test] = []
        self.counts_inside: list[Test] = []
        self.enough: list[int] = []  # of each count: above this it makes no difference how many more there are
        self.yields_inside: list[Callable[[Case], Pair]] = []
        self._counted: dict[int, tuple[MemberCount, int]] = {}

    def each_member(self, part: Condition, only: Condition | None) -> Test:
        return self._pooled(self.inside.of_member(part, only))

    def any_member(self, test: Test) -> Test:
        none = self._pooled(lambda member: not test(member))
        return lambda case: not none(case)

    def _pooled(self, test: Test) -> Test:
        """Whether a test holds for every member."""
        place = len(self.tests_inside)
        self.tests_inside.append(test)
        return lambda case: case.pool[0][place]

    def compare(self, node: Compare) -> Test:
        """A number of members is counted as far as its comparisons go."""
        quantity = node.quantity
        if not isinstance(quantity, MemberCount) or quantity.only is None:
            return super().compare(node)
        if id(quantity) not in self._counted:
            self._counted[id(quantity)] = quantity, len(self.counts_inside)
            self.counts_inside.append(self.inside.condition(quantity.only))
            self.enough.append(0)
        place, holds, limit = self._counted[id(quantity)][1], COMPARISONS[node.op], node.number.value
        self.enough[place] = max(self.enough[place], floor(limit) + 1)
        return lambda case: holds(case.pool[1][place], limit)

    def member_count(self, only: Condition) -> Count:
        """A number of members that amounts grow with is a sum like any other."""
        counts, place = self.inside.condition(only), len(self.yields_inside)
        self.yields_inside.append(lambda member: (int(counts(member)), 1))
        return lambda case: case.pool[2][place]

    def per_member(self, lines: tuple[Line, ...], only: Condition | None) -> Yield:
        place = len(self.yields_inside)
        self.yields_inside.append(self._for_one(lines, only))

        def pooled(case: Case) -> Pair:
            value = case.pool[2][place]
            return value.numerator, value.denominator

        return pooled

    def _for_one(self, lines: tuple[Line, ...], only: Condition | None) -> Callable[[Case], Pair]:
        """As `Compiler.per_member` for one member alone."""
        takes = None if only is None else self.inside.condition(only)
        amounts = [(line.id, self.inside.amount(line.amount)) for line in lines]

        def paid(case: Case) -> Pair:
            total = closures.NOTHING
            for name, amount in amounts:
                case.lines[name] = found = amount(case)
                total = closures.plus(total, found)
            return total if not total[0] or takes is None or takes(case) else closures.NOTHING

        return paid
