"""What applicants might buy: items placed where the figures of a frame bend its yen.

A purchase is built from the frame itself: an item for each category it looks at, declared as its tests ask, priced at the kinks
of its lines (floor, tier, cap, cost limit, band) and just beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import Final, TypeAlias

from hojo_cli.evaluate import picks_of
from hojo_cli.evidence.walk import expanded, nodes, numbers
from hojo_cli.formula import (
    Amount,
    CategoryLimit,
    Choose,
    Compare,
    Distinct,
    Exact,
    FieldTest,
    Frame,
    Line,
    MemberCount,
    Number,
    PerMember,
    Pick,
    Rated,
    Ruleset,
    Share,
    Tiered,
)
from hojo_cli.number import LARGEST, Kind
from hojo_cli.probing.situations import beside
from hojo_cli.record import Record
from hojo_cli.subject import Item, Price

Fields: TypeAlias = "dict[str, frozenset[str]]"
Rules: TypeAlias = "Sequence[tuple[Frame, Ruleset]]"

PLENTY: Final = 100_000_000
"""A price that is over every cap."""
LITTLE: Final = (1, 2, 3, 1_000, 30_000)
"""Prices below every figure."""


class Quote(Record):
    """An item before anybody judges it: its price at once, or for each of so many `months` (with `at_once` for all of them together).

    The price is with tax where `taxed`.
    """

    category: str
    fields: Fields
    price: int
    months: int | None
    taxed: bool
    at_once: bool = False

    def item(self, rules: Ruleset) -> Item:
        """As a ruleset sees it, the tax taken off as the loader does."""
        rate = rules.tax_included.value
        net = self.price * rate.numerator // rate.denominator if self.taxed else self.price
        times = 1 if self.months is None or self.at_once else self.months
        price = None if self.months is None else Price(net, 0 if self.at_once else 1, 1)
        return Item("", self.category, net * times, price, self.months, self.fields, (self.price - net) * times)


def quotes(frames: Rules, *, near: int = 1, monthly: bool = False, taxed: bool = False) -> Iterator[tuple[Quote, ...]]:
    """Purchases of a frame; `frames` is the same frame under each ruleset that is compared, `near` the yen tried beside a kink.

    With `monthly` only fees for some months, for categories whose months are limited.
    """
    lines = [line for frame, _ in frames for line in frame.lines if not _borrows(line)]
    others = _others(frames, lines)
    declared = list(_declarations(frames))[::-1][: 2 if monthly else None]
    tested = _tested(frames)
    for category in _limited(frames) or _categories(_changed(frames, lines)):
        about = [line for line in lines if category in _categories([line])]
        prices = sorted({price for line in about for price in kinks(line.amount, frames, near)})
        months = {
            value for line in about for limit in _months(line, category) for value in beside(limit.limit) if value
        }
        at_once = len({limit.recurring for line in about for limit in _months(line, category)}) > 1
        for price, more in product(prices, others):
            if any(other.category == category for other in more):
                continue
            silent = tested.isdisjoint((category, *(other.category for other in more)))
            for fields in ({},) if silent else declared:
                for quote in _terms(category, fields, price, sorted(months) if monthly else (None,), at_once=at_once):
                    for held in (fields, {}) if more and fields else (fields,):
                        yield (quote._replace(taxed=taxed), *(other._replace(fields=held) for other in more))


def inside(frames: Rules) -> Iterator[tuple[Quote, ...]]:
    """Purchases of a member whose lines a frame borrows; nothing where it borrows none."""
    lenders = [
        (Frame("", frame.label, (), node.lines, (), (), frame.rounding, frame.where), rules)
        for frame, rules in frames
        for node in nodes(frame)
        if isinstance(node, PerMember)
    ]
    if lenders:
        yield from quotes(lenders)


def counts(frames: Rules) -> tuple[int, ...]:
    """How many members to try."""
    found = {
        int(value)
        for frame, rules in frames
        for requirement in frame.requires
        for node in expanded(requirement.holds, rules)
        if isinstance(node, Compare) and isinstance(node.quantity, MemberCount)
        for value in beside(node.number)
    }
    return tuple(sorted(found))


# --- prices -----------------------------------------------------------------------------------------------------------------


def kinks(node: Amount, frames: Rules, near: int) -> set[int]:
    """Costs at which the yen of a line, or of its frame, bend; and their neighbours."""
    yen = {Fraction(number.value) for frame, _ in frames for number in numbers(frame) if number.kind is Kind.YEN}
    exact = {
        *yen,
        *(curve(amount) for amount in yen for curve in _curves(node)),
        *map(Fraction, LITTLE),
        Fraction(PLENTY),
    }
    whole = {-(-cost.numerator // cost.denominator) for cost in exact}
    return {cost + step for cost in whole for step in range(-near, near + 1) if 0 < cost + step <= LARGEST}


class _Curve:
    """The cost that yields an amount: steps of (up to, rate), the last one open."""

    def __init__(self, steps: Sequence[tuple[Exact | None, Exact]], on_subsidy: bool) -> None:
        self.steps = steps
        self.on_subsidy = on_subsidy

    def __call__(self, amount: Fraction) -> Fraction:
        cost, paid, below = Fraction(0), Fraction(0), Fraction(0)
        for up_to, rate in self.steps:
            if not rate:
                continue
            width = None if up_to is None else (up_to - below) * (1 if self.on_subsidy else rate)
            if width is None or paid + width >= amount:
                return cost + (amount - paid) / rate
            cost, paid, below = cost + width / rate, paid + width, Fraction(up_to or 0)
        return cost


def _curves(node: Amount) -> Iterator[_Curve]:
    """Every way a line may be rated."""
    for inner in nodes(node):
        if isinstance(inner, Rated):
            yield from (_Curve([(None, rate)], False) for rate in _rates(inner.rate))
        elif isinstance(inner, Tiered):
            borders = [None if tier.up_to is None else tier.up_to.value for tier in inner.tiers]
            for rates in product(*[_rates(tier.rate) for tier in inner.tiers]):
                yield _Curve(list(zip(borders, rates, strict=True)), inner.on_subsidy)


def _rates(node: Amount) -> list[Exact]:
    if isinstance(node, Number):
        return [node.value] if node.value else []
    return [rate for branch in node.branches for rate in _rates(branch.use)] if isinstance(node, Choose) else []


# --- items ------------------------------------------------------------------------------------------------------------------


def _terms(
    category: str, fields: Fields, price: int, months: Iterable[Exact | None], *, at_once: bool
) -> Iterator[Quote]:
    """The price at once (None), or as a fee for each number of months; with `at_once` also as one sum for all of them."""
    for month in months:
        fee = price if month is None else -(-price // int(month))
        yield Quote(category, fields, fee, None if month is None else int(month), False)
        if at_once and month is not None:
            yield Quote(category, fields, price, int(month), False, at_once)


def _others(frames: Rules, lines: Sequence[Line]) -> list[tuple[Quote, ...]]:
    """What may stand beside an item: nothing, the least of what its frame is about, plenty of what a shared cap looks at."""
    found: list[tuple[Quote, ...]] = [()]
    first = next(iter(_categories(lines)), "")
    found += [(Quote(first, {}, 1, None, False),)] if first else []
    if any(frame.subtotals or any(isinstance(node, Share) for node in nodes(frame)) for frame, _ in frames):
        found += [(Quote(category, {}, PLENTY, None, False),) for category in _categories(lines)]
    return found


def _categories(lines: Iterable[Line]) -> list[str]:
    return list(
        dict.fromkeys(name for line in lines for pick in picks_of(line.amount) for name in sorted(pick.categories))
    )


def _months(line: Line, category: str) -> Iterator[CategoryLimit]:
    """The limits of a line that count months of a category."""
    for node in nodes(line):
        if isinstance(node, CategoryLimit) and node.category == category and node.limit.kind is Kind.MONTHS:
            yield node


def _limited(frames: Rules) -> list[str]:
    """The categories whose own limits differ."""
    limits = [{repr(node): node for node in nodes(frame) if isinstance(node, CategoryLimit)} for frame, _ in frames]
    found = [
        node.category for mine in limits for text, node in mine.items() if any(text not in other for other in limits)
    ]
    return list(dict.fromkeys(found))


def _changed(frames: Rules, lines: list[Line]) -> list[Line]:
    """The lines that differ, if it is lines that differ; else all."""
    if len(frames) > 1:
        texts = [[repr(line) for line in frame.lines] for frame, _ in frames]
        found = [line for line in lines if any(repr(line) not in text for text in texts)]
        return found or lines
    return lines


def _borrows(line: Line) -> bool:
    return any(isinstance(node, PerMember) for node in nodes(line))


def _declarations(frames: Rules) -> Iterator[Fields]:
    """What an item may declare in the set fields that a frame reads: as few members as a test asks for, one fewer, one more."""
    asked: dict[str, list[tuple[frozenset[str], int]]] = {}
    for frame, rules in frames:
        for node in _read(frame, rules):
            match node:
                case FieldTest(field, has, at_least):
                    asked.setdefault(field, []).append((has, max(at_least, 1)))
                case Compare(Distinct(_, field), _, number):
                    asked.setdefault(field, []).append((frozenset(), int(number.value)))
                case _:
                    pass
    fields = {name: spec for _, rules in frames for name, spec in rules.fields.items() if name in asked}
    ways = [list(_members(list(spec.choices), asked[name])) for name, spec in fields.items()]
    for chosen in product(*ways):
        yield {name: members for name, members in zip(fields, chosen, strict=True) if members}


def _tested(frames: Rules) -> frozenset[str]:
    """The categories whose declared fields somebody looks at."""
    found: set[str] = set()
    for frame, rules in frames:
        for node in _read(frame, rules):
            if isinstance(node, Distinct):
                found.update(*[pick.categories for pick in node.picks])
            elif isinstance(node, Pick) and node.tests:
                found.update(node.categories)
    return frozenset(found)


def _read(frame: Frame, rules: Ruleset) -> Iterator[object]:
    """Everything a frame looks at, the definitions of its requirements and of its members included."""
    yield from nodes(frame)
    asked = [requirement.holds for requirement in frame.requires]
    asked += [node.only for node in nodes(frame) if isinstance(node, PerMember) and node.only is not None]
    for condition in asked:
        for inner in expanded(condition, rules):
            yield from nodes(inner)


def _members(choices: Sequence[str], asked: Iterable[tuple[frozenset[str], int]]) -> Iterator[frozenset[str]]:
    """Sets of choices: those that are asked for first, or last."""
    sizes = sorted(
        {size for _, count in asked for size in (0, 1, count - 1, count, count + 1) if 0 <= size <= len(choices)}
    )
    wanted = frozenset[str]().union(*[has for has, _ in asked])
    first = [name for name in choices if name in wanted] + [name for name in choices if name not in wanted]
    found = (frozenset(order[:size]) for size in sizes for order in (first, first[::-1]))
    yield from dict.fromkeys(found)
