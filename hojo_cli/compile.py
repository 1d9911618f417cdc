"""A ruleset compiled once to closures on integers: the fast reader of the same nodes, for when nobody looks at derivations.

The items of a subject are sorted once into what the ruleset asks of them (`_Ledger`). An amount is a pair of numerator and
denominator, never reduced. A fact that is asked for and left out ends the frame with a `KeyError`; that frame is then settled
by `unknowns`, so an outcome never differs from the exact one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import lcm
from typing import Any, Final, NamedTuple, TypeAlias, assert_never

from hojo_cli.derive import COMPARISONS, KNOWN
from hojo_cli.evaluate import Status
from hojo_cli.formula import (
    Among,
    Amount,
    Apportion,
    Band,
    Branch,
    Capped,
    CategoryLimit,
    Choose,
    Compare,
    Condition,
    Costs,
    Definition,
    Distinct,
    EachMember,
    Every,
    Exact,
    Fact,
    FactOr,
    FieldTest,
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
    Pick,
    Quantity,
    Rated,
    Rounded,
    Rounding,
    Row,
    Ruleset,
    Scaled,
    Share,
    Some,
    Subtotal,
    Sum,
    Table,
    Tiered,
)
from hojo_cli.number import Kind
from hojo_cli.subject import Subject
from hojo_cli.unknowns import settle

Outcome: TypeAlias = "tuple[Status, int | None]"
Pair: TypeAlias = "tuple[int, int]"
_Test: TypeAlias = "Callable[[_Case], bool]"
_Count: TypeAlias = "Callable[[_Case], Exact]"
_Yield: TypeAlias = "Callable[[_Case], Pair]"
_Fields: TypeAlias = "Mapping[str, frozenset[str]]"

_NOTHING: Final[Pair] = (0, 1)
_NO_COST: Final[Outcome] = (Status.NO_COST, 0)
_INELIGIBLE: Final[Outcome] = (Status.INELIGIBLE, 0)
_BELOW_FLOOR: Final[Outcome] = (Status.BELOW_FLOOR, 0)


class Compiled:
    """A ruleset ready to judge many subjects."""

    def __init__(self, ruleset: Ruleset) -> None:
        compiler = _Compiler(ruleset.definitions)
        self._ruleset = ruleset
        self._frames = [(name, compiler.frame(frame)) for name, frame in ruleset.frames.items()]
        self._sort = compiler.ledger.sorter()

    def outcomes(self, subject: Subject) -> dict[str, Outcome]:
        """Status and yen (None: incomplete) of each frame by id, as `unknowns.settle` has them."""
        case = self._sort(subject)
        found = {}
        for name, judged in self._frames:
            try:
                found[name] = judged(case)
            except KeyError:  # a fact is left out
                exact = settle(self._ruleset, self._ruleset.frames[name], subject).judgement
                found[name] = exact.status, exact.subsidy
        return found


def compile_ruleset(ruleset: Ruleset) -> Compiled:
    """The fast reader of a ruleset."""
    return Compiled(ruleset)


# --- a subject, its items sorted ------------------------------------------------------------------------------------


class _Case:
    """A subject as the closures see it: in `mask` a bit for each pick that takes an item, in `sums` and `kinds` a slot a question."""

    __slots__ = ("facts", "kinds", "lines", "mask", "members", "seen", "sums")

    def __init__(
        self, facts: Mapping[str, Any], mask: int, sums: list[int], kinds: list[frozenset[str]], members: list[_Case]
    ) -> None:
        self.facts = facts  # Any: the loader has seen to it that each fact has the type the ruleset declares
        self.mask = mask
        self.sums = sums
        self.kinds = kinds
        self.members = members
        self.seen: dict[str, bool] = {}
        self.lines: dict[str, Pair] = {}


class _Cost(NamedTuple):
    """A sum of costs: `only` one category, or all `but` those that have a slot of their own."""

    picks: tuple[Pick, ...]
    months: tuple[CategoryLimit, ...]
    only: str | None
    but: frozenset[str]


class _Group(NamedTuple):
    """What is asked of an item of one category that passes `test`: bits to set, sums to add its cost to, kinds to collect."""

    test: Callable[[_Fields], bool] | None
    months: int | None
    bits: int
    sums: tuple[int, ...]
    kinds: tuple[tuple[int, str], ...]


class _Ledger:
    """Every question about items that a ruleset asks anywhere, each given its bit or slot."""

    def __init__(self) -> None:
        self.picks: dict[tuple[Pick, ...], int] = {}
        self.costs: dict[_Cost, int] = {}
        self.kinds: dict[tuple[str, tuple[Pick, ...]], int] = {}

    def bit(self, picks: tuple[Pick, ...]) -> int:
        return 1 << self.picks.setdefault(picks, len(self.picks))

    def cost(self, cost: _Cost) -> int:
        return self.costs.setdefault(cost, len(self.costs))

    def kind(self, field: str, picks: tuple[Pick, ...]) -> int:
        return self.kinds.setdefault((field, picks), len(self.kinds))

    def sorter(self) -> Callable[[Subject], _Case]:
        """What puts the items of a subject, and of its members, in order."""
        asked = (*self.picks, *(cost.picks for cost in self.costs), *(picks for _, picks in self.kinds))
        categories = {name for picks in asked for pick in picks for name in pick.categories}
        groups = {name: self._groups(name) for name in categories}
        no_sums, no_kinds = [0] * len(self.costs), [KNOWN] * len(self.kinds)

        def sort(subject: Subject) -> _Case:
            mask, sums, kinds = 0, no_sums[:], no_kinds[:]
            for _, category, cost, monthly, months, fields, _ in subject.items:
                for test, limit, bits, slots, collected in groups.get(category, ()):
                    if test is None or test(fields):
                        mask |= bits
                        for slot in slots:
                            limited = limit is not None and monthly is not None and months is not None and months > limit
                            sums[slot] += monthly * limit if limited else cost  # type: ignore[operator]  # none is None
                        for slot, field in collected:
                            kinds[slot] |= fields.get(field, KNOWN)
            return _Case(subject.facts, mask, sums, kinds, [sort(member) for member in subject.members])

        return sort

    def _groups(self, category: str) -> tuple[_Group, ...]:
        """The questions that concern one category, those with the same tests and months put together."""
        bits: dict[tuple[_Tests, int | None], int] = {}
        sums: dict[tuple[_Tests, int | None], list[int]] = {}
        kinds: dict[tuple[_Tests, int | None], list[tuple[int, str]]] = {}
        for picks, place in self.picks.items():
            for tests in _tests(picks, category):
                bits[tests, None] = bits.get((tests, None), 0) | 1 << place
        for cost, slot in self.costs.items():
            if category not in cost.but and cost.only in (None, category):
                for tests in _tests(cost.picks, category):
                    sums.setdefault((tests, _months(cost.months, category)), []).append(slot)
        for (field, picks), slot in self.kinds.items():
            for tests in _tests(picks, category):
                kinds.setdefault((tests, None), []).append((slot, field))
        return tuple(
            _Group(_field_test(key[0]), key[1], bits.get(key, 0), tuple(sums.get(key, ())), tuple(kinds.get(key, ())))
            for key in dict.fromkeys((*bits, *sums, *kinds))
        )


_Tests: TypeAlias = "tuple[tuple[FieldTest, ...], ...]"


def _tests(picks: tuple[Pick, ...], category: str) -> tuple[_Tests, ...]:
    """The alternatives that concern a category, as one: nothing where none does, `((),)` where one asks for no more."""
    found = tuple(pick.tests for pick in picks if category in pick.categories)
    if not found:
        return ()
    return (((),),) if () in found else (found,)


def _field_test(alternatives: _Tests) -> Callable[[_Fields], bool] | None:
    if () in alternatives:
        return None
    if len(alternatives) == 1 and len(alternatives[0]) == 1:
        return _one_field(alternatives[0][0])
    tests = [[_one_field(test) for test in every] for every in alternatives]
    return lambda fields: any(all(test(fields) for test in every) for every in tests)


def _one_field(test: FieldTest) -> Callable[[_Fields], bool]:
    field, has, at_least = test
    if not has:
        return lambda fields: len(fields.get(field, KNOWN)) >= at_least
    return lambda fields: len(fields.get(field, KNOWN)) >= at_least and not has.isdisjoint(fields.get(field, KNOWN))


def _months(limits: tuple[CategoryLimit, ...], category: str) -> int | None:
    return next((int(limit.limit.value) for limit in limits if limit.category == category), None)


# --- nodes to closures ---------------------------------------------------------------------------------------------------


class _Compiler:
    """One pass over a ruleset; named definitions are compiled once, questions about items go to the ledger."""

    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        self.definitions = definitions
        self.tests: dict[str, _Test] = {}
        self.ledger = _Ledger()

    # --- frames ---

    def frame(self, frame: Frame) -> Callable[[_Case], Outcome]:
        """What comes of a frame. Raises KeyError, where it is called, for a fact left out."""
        own, of_members = self._touch([line.amount for line in frame.lines])
        required = _every([self.condition(requirement.holds) for requirement in frame.requires])
        total = self._total(frame)
        banded = self._bands(frame.bands, frame.rounding) if frame.bands else None

        def judged(case: _Case) -> Outcome:
            if not case.mask & own and not (of_members and any(member.mask & of_members for member in case.members)):
                return _NO_COST
            if not required(case):
                return _INELIGIBLE
            case.lines = {}
            paid = total(case)
            return (Status.PAYABLE, paid[0] // paid[1]) if banded is None else banded(case, *paid)

        return judged

    def _touch(self, amounts: Iterable[Amount]) -> Pair:
        """The bits that say whether a frame looks at an item at all: for the items themselves, and for each member's."""
        own = of_members = 0
        for node in amounts:
            match node:
                case Costs(picks):
                    own |= self.ledger.bit(picks)
                case PerMember(lines):
                    of_members |= self._touch([line.amount for line in lines])[0]
                case Apportion(of) | Rated(of) | Tiered(of) | Capped(of) | Rounded(of):
                    below = self._touch([of])
                    own, of_members = own | below[0], of_members | below[1]
        return own, of_members

    def _total(self, frame: Frame) -> _Yield:
        """Lines outside subtotals and the subtotals, in the order they are struck."""
        inside = {name for subtotal in frame.subtotals for name in subtotal.lines}
        steps: list[tuple[str, _Yield, bool]] = []
        for line in frame.lines:
            steps.append((line.id, self.amount(line.amount), line.id not in inside))
            steps += [(each.id, self._subtotal(each), True) for each in frame.subtotals if each.lines[-1] == line.id]

        def total(case: _Case) -> Pair:
            found = _NOTHING
            for name, step, counts in steps:
                case.lines[name] = paid = step(case)
                if counts and paid[0]:
                    found = _plus(found, paid)
            return found

        return total if frame.rounding.at == "line" else _cut(total, frame.rounding)

    def _subtotal(self, subtotal: Subtotal) -> _Yield:
        asked, cap = _lines(subtotal.lines), self.amount(subtotal.cap)
        return lambda case: _least(asked(case), cap(case))

    def _bands(self, bands: tuple[Band, ...], rounding: Rounding) -> Callable[[_Case, int, int], Outcome]:
        """The most that a band grants whose requirements hold and whose floor is reached."""
        compiled = [
            (
                _every([self.condition(requirement.holds) for requirement in band.requires]),
                0 if band.floor is None else int(band.floor.value),
                None if band.cap is None else self.amount(band.cap),
                None if band.below is None else int(band.below.value - rounding.unit.value),
            )
            for band in bands
        ]

        def banded(case: _Case, paid: int, whole: int) -> Outcome:
            best = None
            for holds, floor, cap, most in compiled:
                over, under = (paid, whole) if cap is None else _least((paid, whole), cap(case))
                grant = over // under if most is None else min(over // under, most)
                if paid >= floor * whole and (best is None or grant > best) and holds(case):
                    best = grant
            if best is not None:
                return Status.PAYABLE, best
            below = any(holds(case) for holds, floor, _, _ in compiled if paid < floor * whole)
            return _BELOW_FLOOR if below else _INELIGIBLE

        return banded

    # --- conditions ---

    def condition(self, node: Condition) -> _Test:
        match node:
            case Every(parts):
                return _every([self.condition(part) for part in parts])
            case Some(parts):
                return _some([self.condition(part) for part in parts])
            case Not(part):
                test = self.condition(part)
                return lambda case: not test(case)
            case Is(name):
                return self._definition(name)
            case Compare():
                return self._compare(node)
            case Among(fact, choices):
                return lambda case: case.facts[fact] in choices
            case Holds(fact, expected):
                return lambda case: case.facts[fact] is expected
            case HasItem(picks):
                bit = self.ledger.bit(picks)
                return lambda case: case.mask & bit != 0
            case EachMember(part):
                each = self.condition(part)
                return lambda case: all(each(member) for member in case.members)
            case Table(_, rows):
                return self._table(rows)
        assert_never(node)

    def _definition(self, name: str) -> _Test:
        """Worked out once for a subject."""
        if name not in self.tests:
            test = self.condition(self.definitions[name].condition)

            def recall(case: _Case) -> bool:
                seen = case.seen
                if name not in seen:
                    seen[name] = test(case)
                return seen[name]

            self.tests[name] = recall
        return self.tests[name]

    def _compare(self, node: Compare) -> _Test:
        holds, limit = COMPARISONS[node.op], node.number.value
        if isinstance(node.quantity, Fact) and node.number.kind is not Kind.RATE:
            name = node.quantity.name
            return lambda case: holds(case.facts[name], limit)
        count, over, under = self.quantity(node.quantity), limit.numerator, limit.denominator

        def compare(case: _Case) -> bool:
            value = count(case)
            return holds(value.numerator * under, over * value.denominator)

        return compare

    def _table(self, rows: tuple[Row, ...]) -> _Test:
        compiled = [(_choices(row.when), self.condition(row.test)) for row in rows]
        switched = [(keys, test) for keys, test in compiled if keys is not None]
        if len(switched) == len(rows):
            return _switch(switched)
        tests = [(self.condition(row.when), test) for row, (_, test) in zip(rows, compiled, strict=True)]
        return lambda case: next((test(case) for when, test in tests if when(case)), False)

    # --- quantities ---

    def quantity(self, node: Quantity) -> _Count:
        match node:
            case Fact(name):
                return lambda case: case.facts[name]
            case FactOr(name, otherwise):
                stand_in = self.quantity(otherwise)
                return lambda case: case.facts[name] if name in case.facts else stand_in(case)
            case Distinct(_, field, picks):
                slot = self.ledger.kind(field, picks)
                return lambda case: len(case.kinds[slot])
            case MemberCount():
                return lambda case: len(case.members)
        assert_never(node)

    # --- amounts ---

    def amount(self, node: Amount) -> _Yield:
        match node:
            case Number(value):
                figure = value.numerator, value.denominator
                return lambda _: figure
            case Costs():
                return self._costs(node)
            case Apportion(of, part, whole):
                return _apportioned(self.amount(of), part, whole)
            case Choose(branches):
                return self._choose(branches)
            case Rated(of, rate):
                return _rated(self.amount(of), self.amount(rate))
            case Tiered(of, tiers, on_subsidy):
                steps = [(None if tier.up_to is None else int(tier.up_to.value), self.amount(tier.rate)) for tier in tiers]
                return _tiered(self.amount(of), steps, on_subsidy)
            case Capped(of, cap):
                return _capped(self.amount(of), self.amount(cap))
            case Rounded(of, unit, mode):
                return _cut(self.amount(of), Rounding(unit, mode, ""))
            case Scaled(number, by):
                return _scaled(number.value, self.quantity(by))
            case Share(of, rates, itself):
                return _share(_lines(of), rates, itself)
            case Sum(parts):
                summed = [self.amount(part) for part in parts]
                return lambda case: _added(part(case) for part in summed)
            case Least(parts):
                compared = [self.amount(part) for part in parts]
                return lambda case: _smallest([part(case) for part in compared])
            case PerMember(lines, only):
                return self._per_member(lines, only)
        assert_never(node)

    def _costs(self, node: Costs) -> _Yield:
        """What is not limited as it is, and of each limited category no more than its limit."""
        limited = frozenset(limit.category for limit in node.limits)
        base = self.ledger.cost(_Cost(node.picks, node.months, None, limited))
        limits = [
            (self.ledger.cost(_Cost(node.picks, node.months, limit.category, KNOWN)), int(limit.limit.value))
            for limit in node.limits
        ]

        def costs(case: _Case) -> Pair:
            sums = case.sums
            total = sums[base]
            for slot, limit in limits:
                total += min(sums[slot], limit)
            return total, 1

        return costs

    def _choose(self, branches: tuple[Branch, ...]) -> _Yield:
        """The last branch has no condition: the loader has seen to it."""
        tests = [(self.condition(branch.when), self.amount(branch.use)) for branch in branches if branch.when is not None]
        last = self.amount(branches[-1].use)

        def choose(case: _Case) -> Pair:
            for when, use in tests:
                if when(case):
                    return use(case)
            return last(case)

        return choose

    def _per_member(self, lines: tuple[Line, ...], only: Condition | None) -> _Yield:
        takes = None if only is None else self.condition(only)
        amounts = [(line.id, self.amount(line.amount)) for line in lines]

        def per_member(case: _Case) -> Pair:
            total = _NOTHING
            for member in case.members:
                if takes is None or takes(member):
                    member.lines = {}
                    for name, amount in amounts:
                        member.lines[name] = paid = amount(member)
                        total = _plus(total, paid)
            return total

        return per_member


# --- closures over closures ------------------------------------------------------------------------------------------------


def _every(tests: Sequence[_Test]) -> _Test:
    if len(tests) == 1:
        return tests[0]

    def every(case: _Case) -> bool:
        for test in tests:
            if not test(case):
                return False
        return True

    return every


def _some(tests: Sequence[_Test]) -> _Test:
    if len(tests) == 1:
        return tests[0]

    def some(case: _Case) -> bool:
        for test in tests:
            if test(case):
                return True
        return False

    return some


_Keyed: TypeAlias = "tuple[Mapping[str, frozenset[str]], _Test]"


def _choices(when: Condition) -> Mapping[str, frozenset[str]] | None:
    """The choices a row stands for, by fact; None where it stands for anything else."""
    found: dict[str, frozenset[str]] = {}
    for part in when.parts if isinstance(when, Every) else (when,):
        if not isinstance(part, Among):
            return None
        found[part.fact] = part.choices & found.get(part.fact, part.choices)
    return found


def _switch(rows: Sequence[_Keyed]) -> _Test:
    """The test of the first row that stands, found by one look-up for each fact."""
    if not rows or not rows[0][0]:
        return rows[0][1] if rows else lambda _: False
    fact = next(iter(rows[0][0]))
    named = {choice for keys, _ in rows for choice in keys.get(fact, ())}
    branches = {choice: _switch(_left(rows, fact, choice)) for choice in named}
    others = _switch([row for row in rows if fact not in row[0]])
    return lambda case: branches.get(case.facts[fact], others)(case)


def _left(rows: Sequence[_Keyed], fact: str, choice: str) -> list[_Keyed]:
    """The rows that may stand for this choice, without that question."""
    return [
        ({name: choices for name, choices in keys.items() if name != fact}, test)
        for keys, test in rows
        if choice in keys.get(fact, (choice,))
    ]


def _lines(names: tuple[str, ...]) -> _Yield:
    """What lines and subtotals above yield together."""
    return lambda case: _added(case.lines[name] for name in names)


def _plus(one: Pair, other: Pair) -> Pair:
    (over, under), (more, below) = one, other
    if under == below:
        return over + more, under
    common = lcm(under, below)
    return over * (common // under) + more * (common // below), common


def _added(parts: Iterable[Pair]) -> Pair:
    total = _NOTHING
    for part in parts:
        total = _plus(total, part)
    return total


def _least(one: Pair, other: Pair) -> Pair:
    return one if one[0] * other[1] <= other[0] * one[1] else other


def _smallest(parts: list[Pair]) -> Pair:
    found = parts[0]
    for part in parts[1:]:
        found = _least(found, part)
    return found


def _apportioned(of: _Yield, part: str, whole: str) -> _Yield:
    def apportioned(case: _Case) -> Pair:
        over, under = of(case)
        return (over * case.facts[part], under * case.facts[whole]) if over else _NOTHING

    return apportioned


def _rated(of: _Yield, rate: _Yield) -> _Yield:
    def rated(case: _Case) -> Pair:
        over, under = of(case)
        if not over:
            return _NOTHING
        part, whole = rate(case)
        return over * part, under * whole

    return rated


def _tiered(of: _Yield, steps: Sequence[tuple[int | None, _Yield]], on_subsidy: bool) -> _Yield:
    """`over / under` is the cost that is left, `part / whole` the rate, `width` the yen of the tier."""

    def tiered(case: _Case) -> Pair:
        over, under = of(case)
        total, below = _NOTHING, 0
        for up_to, rate in steps:
            if not over:
                break
            part, whole = rate(case)
            width = 0 if up_to is None else up_to - below
            reach = width * whole * under if on_subsidy else width * part * under
            if up_to is None or over * part <= reach:
                return _plus(total, (over * part, under * whole))
            if on_subsidy:
                total, over, under = _plus(total, (width, 1)), over * part - reach, under * part
            else:
                total, over = _plus(total, (width * part, whole)), over - width * under
            below = up_to
        return total

    return tiered


def _capped(of: _Yield, cap: _Yield) -> _Yield:
    def capped(case: _Case) -> Pair:
        paid = of(case)
        return _least(paid, cap(case)) if paid[0] else _NOTHING

    return capped


def _cut(of: _Yield, rounding: Rounding) -> _Yield:
    """As `derive.cut`."""
    unit = int(rounding.unit.value)
    match rounding.mode:
        case "up":
            return lambda case: (-(-(paid := of(case))[0] // (paid[1] * unit)) * unit, 1)
        case "half_up":
            return lambda case: ((2 * (paid := of(case))[0] + paid[1] * unit) // (2 * paid[1] * unit) * unit, 1)
        case _:
            return lambda case: ((paid := of(case))[0] // (paid[1] * unit) * unit, 1)


def _scaled(figure: Exact, by: _Count) -> _Yield:
    def scaled(case: _Case) -> Pair:
        count = by(case)
        return figure.numerator * count.numerator, figure.denominator * count.denominator

    return scaled


def _share(base: _Yield, rates: tuple[Number, ...], itself: bool) -> _Yield:
    """As `derive`: × each rate; of a total that includes the line itself r / (1 − r) of the rest."""
    part = whole = 1
    for rate in rates:
        part, whole = part * rate.value.numerator, whole * rate.value.denominator
    whole = whole - part if itself else whole
    return _rated(base, lambda _: (part, whole))
