"""Closures made of closures: conditions and exact arithmetic on pairs of integers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import lcm
from typing import Final, TypeAlias

from hojo_cli.engine.case import Case, Count, Pair, Test, Yield
from hojo_cli.rules.nodes import Among, Condition, Every, Exact, Number

NOTHING: Final[Pair] = (0, 1)


def every_of(tests: Sequence[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]

    def every(case: Case) -> bool:
        for test in tests:
            if not test(case):
                return False
        return True

    return every


def some_of(tests: Sequence[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]

    def some(case: Case) -> bool:
        for test in tests:
            if test(case):
                return True
        return False

    return some


def holds_one(needs: Iterable[int]) -> Test:
    """Whether all bits of one of these are set."""
    needed = tuple(needs)
    return lambda case: any(case.mask & need == need for need in needed)


Keyed: TypeAlias = "tuple[Mapping[str, frozenset[str]], Test]"


def choices_of(when: Condition) -> Mapping[str, frozenset[str]] | None:
    """The choices a row stands for, by fact; None where it stands for anything else."""
    found: dict[str, frozenset[str]] = {}
    for part in when.parts if isinstance(when, Every) else (when,):
        if not isinstance(part, Among):
            return None
        found[part.fact] = part.choices & found.get(part.fact, part.choices)
    return found


def switch(rows: Sequence[Keyed]) -> Test:
    """The test of the first row that stands, found by one look-up for each fact."""
    if not rows or not rows[0][0]:
        return rows[0][1] if rows else lambda _: False
    fact = next(iter(rows[0][0]))
    named = {choice for keys, _ in rows for choice in keys.get(fact, ())}
    branches = {choice: switch(_left(rows, fact, choice)) for choice in named}
    others = switch([row for row in rows if fact not in row[0]])
    return lambda case: branches.get(case.facts[fact], others)(case)


def _left(rows: Sequence[Keyed], fact: str, choice: str) -> list[Keyed]:
    """The rows that may stand for this choice, without that question."""
    return [
        ({name: choices for name, choices in keys.items() if name != fact}, test)
        for keys, test in rows
        if choice in keys.get(fact, (choice,))
    ]


def lines(names: tuple[str, ...]) -> Yield:
    """What lines and subtotals above yield together."""
    return lambda case: added(case.lines[name] for name in names)


def struck(asked: Yield, cap: Yield, names: tuple[str, ...]) -> Yield:
    """The least of both; of the lines under it each keeps what those before it leave."""

    def struck(case: Case) -> Pair:
        paid = left = least(asked(case), cap(case))
        for name in names:
            case.lines[name] = kept = least(case.lines[name], left)
            left = plus(left, (-kept[0], kept[1]))
        return paid

    return struck


def plus(one: Pair, other: Pair) -> Pair:
    (over, under), (more, below) = one, other
    if under == below:
        return over + more, under
    common = lcm(under, below)
    return over * (common // under) + more * (common // below), common


def added(parts: Iterable[Pair]) -> Pair:
    total = NOTHING
    for part in parts:
        total = plus(total, part)
    return total


def least(one: Pair, other: Pair) -> Pair:
    return one if one[0] * other[1] <= other[0] * one[1] else other


def smallest(parts: list[Pair]) -> Pair:
    found = parts[0]
    for part in parts[1:]:
        found = least(found, part)
    return found


def apportioned(of: Yield, part: str, whole: str) -> Yield:
    def apportioned(case: Case) -> Pair:
        over, under = of(case)
        return (over * case.facts[part], under * case.facts[whole]) if over else NOTHING

    return apportioned


def rated(of: Yield, rate: Yield) -> Yield:
    def rated(case: Case) -> Pair:
        over, under = of(case)
        if not over:
            return NOTHING
        part, whole = rate(case)
        return over * part, under * whole

    return rated


def tiered(of: Yield, steps: Sequence[tuple[int | None, Yield]], on_subsidy: bool) -> Yield:
    """`over / under` is the cost that is left, `part / whole` the rate, `width` the yen of the tier."""

    def tiered(case: Case) -> Pair:
        over, under = of(case)
        total, below = NOTHING, 0
        for up_to, rate in steps:
            if not over:
                break
            part, whole = rate(case)
            width = 0 if up_to is None else up_to - below
            reach = width * whole * under if on_subsidy else width * under
            if up_to is None or (over * part if on_subsidy else over) <= reach:
                return plus(total, (over * part, under * whole))
            if on_subsidy:
                total, over, under = plus(total, (width, 1)), over * part - reach, under * part
            else:
                total, over = plus(total, (width * part, whole)), over - reach
            below = up_to
        return total

    return tiered


def capped(of: Yield, cap: Yield) -> Yield:
    def capped(case: Case) -> Pair:
        paid = of(case)
        return least(paid, cap(case)) if paid[0] else NOTHING

    return capped


def nothing(_: Case) -> Pair:
    return NOTHING


def cut(of: Yield, unit: int, mode: str, most: Yield) -> Yield:
    """As `derive.rounded`: never up beyond `most`."""

    def down(case: Case) -> Pair:
        over, under = of(case)
        return over // (under * unit) * unit, 1

    def up(case: Case) -> Pair:
        over, under = of(case)
        half = 2 * under * unit
        paid = -(-over // (under * unit)) * unit if mode == "up" else (2 * over + under * unit) // half * unit
        if paid * under <= over:
            return paid, 1
        end, parts = most(case)
        return min(paid, end // (parts * unit) * unit), 1

    return down if mode == "down" else up


def scaled(figure: Exact, by: Count) -> Yield:
    def scaled(case: Case) -> Pair:
        count = by(case)
        return figure.numerator * count.numerator, figure.denominator * count.denominator

    return scaled


def share(base: Yield, rates: tuple[Number, ...], itself: bool) -> Yield:
    """As `derive`: × each rate; of a total that includes the line itself r / (1 − r) of the rest."""
    part = whole = 1
    for rate in rates:
        part, whole = part * rate.value.numerator, whole * rate.value.denominator
    whole = whole - part if itself else whole
    return rated(base, lambda _: (part, whole))
