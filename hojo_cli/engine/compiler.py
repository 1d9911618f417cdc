"""The nodes of a ruleset → closures."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from typing import Final, TypeAlias, assert_never

from hojo_cli.base.number import Kind
from hojo_cli.engine import closures
from hojo_cli.engine.case import Case, Count, Pair, Test, Yield
from hojo_cli.engine.derive import COMPARISONS, KNOWN
from hojo_cli.engine.item_index import Cost, Ledger
from hojo_cli.engine.judgement import Status
from hojo_cli.rules.nodes import (
    Against,
    Among,
    Amount,
    Apportion,
    Band,
    Branch,
    Capped,
    Choose,
    Compare,
    Condition,
    Costs,
    Definition,
    Distinct,
    EachMember,
    Every,
    Fact,
    FactOr,
    Frame,
    HasItem,
    Holds,
    Is,
    Least,
    Line,
    MemberCount,
    Not,
    Number,
    PerMember,
    Quantity,
    Rated,
    Rounded,
    Rounding,
    Row,
    Said,
    SameKinds,
    Scaled,
    Share,
    Some,
    Subtotal,
    Sum,
    Table,
    Tiered,
)
from hojo_cli.rules.totals import ceiling, ceiling_of_total, outermost, shared

Outcome: TypeAlias = "tuple[Status, int | None]"
"""The status of a frame and its whole yen; None while facts are missing."""

_NO_COST: Final[Outcome] = (Status.NO_COST, 0)
_INELIGIBLE: Final[Outcome] = (Status.INELIGIBLE, 0)
_BELOW_FLOOR: Final[Outcome] = (Status.BELOW_FLOOR, 0)


class Compiler:
    """One pass over a ruleset; named definitions are compiled once, questions about items go to the ledger."""

    def __init__(self, definitions: Mapping[str, Definition], ledger: Ledger | None = None) -> None:
        self.definitions = definitions
        self.tests: dict[str, Test] = {}
        self.choices: dict[str, set[frozenset[str]]] = {}  # what each choice fact is tested for
        self.ledger = Ledger() if ledger is None else ledger

    # --- frames ---

    def frame(self, frame: Frame) -> Callable[[Case], Outcome]:
        """What comes of a frame. Raises KeyError, where it is called, for a fact left out."""
        own, of_members = self._touch([line.amount for line in frame.lines])
        bought, inside = (
            closures.holds_one(own),
            self.any_member(closures.holds_one(of_members)) if of_members else None,
        )
        required = self.every([self.condition(requirement.holds) for requirement in frame.requires])
        total = self._total(frame)
        banded = self._bands(frame.bands, frame.rounding) if frame.bands else None

        def judged(case: Case) -> Outcome:
            if not bought(case) and not (inside is not None and inside(case)):
                return _NO_COST
            if not required(case):
                return _INELIGIBLE
            case.lines = {}
            paid = total(case)
            return (Status.PAYABLE, paid[0] // paid[1]) if banded is None else banded(case, *paid)

        return judged

    def any_member(self, test: Test) -> Test:
        """Whether it holds for some member."""
        return lambda case: any(test(member) for member in case.members)

    def _touch(self, amounts: Iterable[Amount]) -> tuple[set[int], set[int]]:
        """The bits that say, all of one set, that a frame pays for an item: of the items themselves, and of each member's."""
        own, of_members = set[int](), set[int]()
        for node in amounts:
            match node:
                case Costs(picks):
                    own.add(self.ledger.bit(picks, priced=True) | (self.ledger.bit(node.led_by) if node.led_by else 0))
                case PerMember(lines):
                    of_members |= self._touch([line.amount for line in lines])[0]
                case Apportion(of) | Rated(of) | Tiered(of) | Capped(of) | Rounded(of):
                    below = self._touch([of])
                    own, of_members = own | below[0], of_members | below[1]
        return own, of_members

    def _total(self, frame: Frame) -> Yield:
        """Lines outside subtotals and the subtotals, in the order they are struck."""
        outer = outermost(frame)
        shares = {name for line in frame.lines for name in shared(line.amount)}
        shares |= {name for each in frame.subtotals for name in shared(each.cap)}
        steps: list[tuple[str, Yield, bool]] = []
        for line in frame.lines:
            steps.append((line.id, self.amount(line.amount), line.id in outer))
            struck = [each for each in frame.subtotals if each.lines[-1] == line.id]
            steps += [(each.id, self._subtotal(each, shares), each.id in outer) for each in struck]

        def total(case: Case) -> Pair:
            found = closures.NOTHING
            for name, step, counts in steps:
                case.lines[name] = paid = step(case)
                if counts and paid[0]:
                    found = closures.plus(found, paid)
            return found

        if frame.rounding.at == "line":
            return total
        return self._cut(total, frame.rounding.unit, frame.rounding.mode, ceiling_of_total(frame))

    def _cut(self, of: Yield, unit: Number, mode: str, most: Amount) -> Yield:
        """What is rounded down needs no limit."""
        return closures.cut(of, int(unit.value), mode, closures.nothing if mode == "down" else self.amount(most))

    def _subtotal(self, subtotal: Subtotal, shares: Container[str]) -> Yield:
        """What it leaves of its lines is written back where a share may ask for one of them."""
        asked, cap = closures.lines(subtotal.parts), self.amount(subtotal.cap)
        if any(name in shares for name in subtotal.lines):
            return closures.struck(asked, cap, subtotal.lines)
        return lambda case: closures.least(asked(case), cap(case))

    def _bands(self, bands: tuple[Band, ...], rounding: Rounding) -> Callable[[Case, int, int], Outcome]:
        """The most that a band grants whose requirements hold and whose floor is reached."""
        compiled = [
            (
                self.every([self.condition(requirement.holds) for requirement in band.requires]),
                0 if band.floor is None else int(band.floor.value),
                None if band.cap is None else self.amount(band.cap),
                None if band.below is None else int(band.below.value - rounding.unit.value),
            )
            for band in bands
        ]

        def banded(case: Case, paid: int, whole: int) -> Outcome:
            best = None
            for holds, floor, cap, most in compiled:
                over, under = (paid, whole) if cap is None else closures.least((paid, whole), cap(case))
                grant = over // under if most is None else min(over // under, most)
                if paid >= floor * whole and (best is None or grant > best) and holds(case):
                    best = grant
            if best is not None:
                return Status.PAYABLE, best
            below = any(holds(case) for holds, floor, _, _ in compiled if paid < floor * whole)
            return _BELOW_FLOOR if below else _INELIGIBLE

        return banded

    # --- conditions ---

    def condition(self, node: Condition) -> Test:
        match node:
            case Every(parts):
                return self.every([self.condition(part) for part in parts])
            case Some(parts):
                return self.some([self.condition(part) for part in parts])
            case Not(part):
                test = self.condition(part)
                return lambda case: not test(case)
            case Is(name):
                return self._definition(name)
            case Compare():
                return self.compare(node)
            case Among(fact, choices):
                self.choices.setdefault(fact, set()).add(choices)
                return lambda case: case.facts[fact] in choices
            case Holds(fact, expected):
                return lambda case: case.facts[fact] is expected
            case HasItem(picks):
                bit = self.ledger.bit(picks)
                return lambda case: case.mask & bit != 0
            case EachMember(part, only):
                return self.each_member(part, only)
            case Table(_, rows):
                return self._table(rows)
            case Said():
                return self._said(node)
            case Against(left, op, right):
                holds, one, other = COMPARISONS[op], self.quantity(left), self.quantity(right)
                return lambda case: holds(one(case), other(case))
            case SameKinds(fact, kinds):
                slot = self.ledger.kind(kinds.field, kinds.picks)
                self.ledger.matched.setdefault(kinds.field, set()).add(fact)
                return lambda case: bool(case.kinds[slot]) and case.facts[fact] == case.kinds[slot]
        assert_never(node)

    def every(self, tests: list[Test]) -> Test:
        return closures.every_of(tests)

    def some(self, tests: list[Test]) -> Test:
        return closures.some_of(tests)

    def each_member(self, part: Condition, only: Condition | None) -> Test:
        each = self.of_member(part, only)
        return lambda case: all(each(member) for member in case.members)

    def of_member(self, part: Condition, only: Condition | None) -> Test:
        """What is asked of one member."""
        return self.condition(part if only is None else Some((Not(only), part)))

    def _said(self, node: Said) -> Test:
        facts, then, otherwise = node.facts, self.condition(node.then), self.condition(node.otherwise)

        def said(case: Case) -> bool:
            for name in facts:
                if name in case.facts:
                    return then(case)
            return otherwise(case)

        return said

    def _definition(self, name: str) -> Test:
        """Worked out once for a subject."""
        if name not in self.tests:
            test = self.condition(self.definitions[name].condition)

            def recall(case: Case) -> bool:
                seen = case.seen
                if name not in seen:
                    seen[name] = test(case)
                return seen[name]

            self.tests[name] = recall
        return self.tests[name]

    def compare(self, node: Compare) -> Test:
        holds, limit = COMPARISONS[node.op], node.number.value
        if isinstance(node.quantity, Fact) and node.number.kind is not Kind.RATE:
            name = node.quantity.name
            return lambda case: holds(case.facts[name], limit)
        count, over, under = self.quantity(node.quantity), limit.numerator, limit.denominator

        def compare(case: Case) -> bool:
            value = count(case)
            return holds(value.numerator * under, over * value.denominator)

        return compare

    def _table(self, rows: tuple[Row, ...]) -> Test:
        compiled = [(closures.choices_of(row.when), self.condition(row.test)) for row in rows]
        switched = [(keys, test) for keys, test in compiled if keys is not None]
        for keys, _ in switched:
            for fact, choices in keys.items():
                self.choices.setdefault(fact, set()).add(choices)
        if len(switched) == len(rows):
            return closures.switch(switched)
        tests = [(self.condition(row.when), test) for row, (_, test) in zip(rows, compiled, strict=True)]
        return lambda case: next((test(case) for when, test in tests if when(case)), False)

    # --- quantities ---

    def quantity(self, node: Quantity) -> Count:
        match node:
            case Fact(name):
                return lambda case: case.facts[name]
            case FactOr(name, otherwise):
                stand_in = self.quantity(otherwise)
                return lambda case: case.facts[name] if name in case.facts else stand_in(case)
            case Distinct(_, field, picks):
                slot = self.ledger.kind(field, picks)
                return lambda case: len(case.kinds[slot])
            case MemberCount(_, only) if only is not None:
                return self.member_count(only)
            case MemberCount():
                return lambda case: len(case.members)
        assert_never(node)

    def member_count(self, only: Condition) -> Count:
        counts = self.condition(only)
        return lambda case: sum(map(counts, case.members))

    # --- amounts ---

    def amount(self, node: Amount) -> Yield:
        match node:
            case Number(value):
                figure = value.numerator, value.denominator
                return lambda _: figure
            case Costs():
                return self._costs(node)
            case Apportion(of, part, whole):
                return closures.apportioned(self.amount(of), part, whole)
            case Choose(branches):
                return self._choose(branches)
            case Rated(of, rate):
                return closures.rated(self.amount(of), self.amount(rate))
            case Tiered(of, tiers, on_subsidy):
                steps = [
                    (None if tier.up_to is None else int(tier.up_to.value), self.amount(tier.rate)) for tier in tiers
                ]
                return closures.tiered(self.amount(of), steps, on_subsidy)
            case Capped(of, cap):
                return closures.capped(self.amount(of), self.amount(cap))
            case Rounded(of, unit, mode):
                return self._cut(self.amount(of), unit, mode, ceiling(of))
            case Scaled(number, by):
                return closures.scaled(number.value, self.quantity(by))
            case Share(of, rates, itself):
                return closures.share(closures.lines(of), rates, itself)
            case Sum(parts):
                summed = [self.amount(part) for part in parts]
                return lambda case: closures.added(part(case) for part in summed)
            case Least(parts):
                compared = [self.amount(part) for part in parts]
                return lambda case: closures.smallest([part(case) for part in compared])
            case PerMember(lines, only):
                return self.per_member(lines, only)
        assert_never(node)

    def _costs(self, node: Costs) -> Yield:
        """What is not limited as it is, and of each limited category no more than its limit."""
        limited = frozenset(limit.category for limit in node.limits)
        base = self.ledger.cost(Cost(node.picks, node.months, None, limited))
        limits = [
            (self.ledger.cost(Cost(node.picks, node.months, limit.category, KNOWN)), int(limit.limit.value))
            for limit in node.limits
        ]

        led = self.ledger.bit(node.led_by) if node.led_by else None

        def costs(case: Case) -> Pair:
            if led is not None and not case.mask & led:
                return closures.NOTHING
            sums = case.sums
            total = sums[base]
            for slot, limit in limits:
                total += min(sums[slot], limit)
            return total.numerator, total.denominator

        return costs

    def _choose(self, branches: tuple[Branch, ...]) -> Yield:
        """The last branch has no condition: the loader has seen to it."""
        tests = [
            (self.condition(branch.when), self.amount(branch.use)) for branch in branches if branch.when is not None
        ]
        last = self.amount(branches[-1].use)

        def choose(case: Case) -> Pair:
            for when, use in tests:
                if when(case):
                    return use(case)
            return last(case)

        return choose

    def per_member(self, lines: tuple[Line, ...], only: Condition | None) -> Yield:
        takes = None if only is None else self.condition(only)
        amounts = [(line.id, self.amount(line.amount)) for line in lines]

        def per_member(case: Case) -> Pair:
            total = closures.NOTHING
            for member in case.members:
                if takes is None or takes(member):
                    member.lines = {}
                    for name, amount in amounts:
                        member.lines[name] = paid = amount(member)
                        total = closures.plus(total, paid)
            return total

        return per_member
