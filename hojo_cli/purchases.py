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
    Tiered,
)
from hojo_cli.number import LARGEST, Kind
from hojo_cli.record import Record
from hojo_cli.situations import beside
from hojo_cli.subject import Item
from hojo_cli.walk import expanded, nodes, numbers

Fields: TypeAlias = "dict[str, frozenset[str]]"
Rules: TypeAlias = "Sequence[tuple[Frame, Ruleset]]"

NEAR: Final = 6
"""How many yen beside a kink are tried: enough for every remainder that a rate leaves."""
PLENTY: Final = 45_000_000


class Quote(Record):
    """An item before anybody judges it; the price is with tax where `taxed`."""

    category: str
    fields: Fields
    price: int
    months: int | None
    taxed: bool

    def item(self, rules: Ruleset) -> Item:
        """As a ruleset sees it, the tax taken off as the loader does."""
        rate = rules.tax_included.value
        net = self.price * rate.numerator // rate.denominator if self.taxed else self.price
        times = 1 if self.months is None else self.months
        monthly = None if self.months is None else net
        return Item("", self.category, net * times, monthly, self.months, self.fields, (self.price - net) * times)


def quotes(frames: Rules, *, taxed: bool) -> Iterator[tuple[Quote, ...]]:
    """Purchases of a frame, small ones first; `frames` is the same frame under each ruleset that is compared."""
    lines = [line for frame, _ in frames for line in frame.lines if not isinstance(_inner(line.amount), PerMember)]
    declared = list(_declarations(frames))
    months = sorted({value for line in lines for limit in _months(line) for value in beside(limit.limit) if value})
    for category in _categories(lines):
        about = [line for line in lines if category in _categories([line])]
        prices = sorted({price for line in about for price in kinks(line.amount, frames)})
        limited = {limit.category for line in about for limit in _months(line)}
        for fields, price in product(declared, prices):
            for quote in _terms(category, fields, price, months if category in limited else ()):
                yield from _beside_others(quote._replace(taxed=taxed), lines, fields)


def inside(frames: Rules) -> Iterator[tuple[Quote, ...]]:
    """Purchases of a member whose lines a frame borrows; nothing where it borrows none."""
    lenders = [
        (Frame("", frame.label, (), node.lines, (), (), frame.rounding, frame.where), rules)
        for frame, rules in frames
        for node in nodes(frame)
        if isinstance(node, PerMember)
    ]
    if lenders:
        yield from quotes(lenders, taxed=False)


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


def kinks(node: Amount, frames: Rules) -> set[int]:
    """Costs at which the yen of a line, or of its frame, bend; and their neighbours."""
    figures = {number for frame, _ in frames for number in numbers(frame)}
    yen = {Fraction(number.value) for number in figures if number.kind is Kind.YEN}
    curves = list(_curves(node, frames))
    exact = {*yen, *(curve(amount) for amount in yen for curve in curves), Fraction(PLENTY)}
    whole = {-(-cost.numerator // cost.denominator) for cost in exact}
    return {cost + step for cost in whole for step in range(-NEAR, NEAR + 1) if 0 < cost + step <= LARGEST}


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


def _curves(node: Amount, frames: Rules) -> Iterator[_Curve]:
    """Every way a line may be rated."""
    ids = {id(node)}
    lines = [line for frame, _ in frames for line in frame.lines if id(line.amount) in ids] or []
    for line in lines:
        for inner in nodes(line):
            if isinstance(inner, Rated):
                yield from (_Curve([(None, rate)], False) for rate in _rates(inner.rate))
            elif isinstance(inner, Tiered):
                for rates in product(*[_rates(tier.rate) for tier in inner.tiers]):
                    borders = [None if tier.up_to is None else tier.up_to.value for tier in inner.tiers]
                    yield _Curve(list(zip(borders, rates, strict=True)), inner.on_subsidy)


def _rates(node: Amount) -> list[Exact]:
    if isinstance(node, Number):
        return [node.value] if node.value else []
    return [rate for branch in node.branches for rate in _rates(branch.use)] if isinstance(node, Choose) else []


# --- items ------------------------------------------------------------------------------------------------------------------


def _terms(category: str, fields: Fields, price: int, months: Iterable[Exact]) -> Iterator[Quote]:
    """The price at once, and as a fee for each number of months."""
    yield Quote(category, fields, price, None, False)
    for month in months:
        yield Quote(category, fields, -(-price // int(month)), int(month), False)


def _beside_others(quote: Quote, lines: Sequence[Line], fields: Fields) -> Iterator[tuple[Quote, ...]]:
    """The item alone, with the cheapest of what its frame is about, and with plenty of another line."""
    yield (quote,)
    for category in dict.fromkeys(next(iter(_categories([line])), "") for line in lines):
        if category not in ("", quote.category):
            yield quote, Quote(category, fields, 1, None, False)
            yield quote, Quote(category, fields, PLENTY, None, False)


def _categories(lines: Iterable[Line]) -> list[str]:
    return list(dict.fromkeys(name for line in lines for pick in picks_of(line.amount) for name in sorted(pick.categories)))


def _months(line: Line) -> Iterator[CategoryLimit]:
    """Month limits of a line: limits counted in months."""
    for node in nodes(line):
        if isinstance(node, CategoryLimit) and node.limit.kind is Kind.MONTHS:
            yield node


def _inner(node: Amount) -> Amount:
    """The amount under caps and rounding."""
    inner = getattr(node, "of", None)
    return node if inner is None or isinstance(node, (Rated, Tiered)) or isinstance(inner, tuple) and not hasattr(inner, "_fields") else _inner(inner)


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


def _read(frame: Frame, rules: Ruleset) -> Iterator[object]:
    conditions = [requirement.holds for requirement in frame.requires]
    yield from nodes(frame)
    for condition in conditions:
        for node in expanded(condition, rules):
            yield from nodes(node)
    for node in nodes(frame):
        if isinstance(node, PerMember) and node.only is not None:
            for inner in expanded(node.only, rules):
                yield from nodes(inner)


def _members(choices: Sequence[str], asked: Iterable[tuple[frozenset[str], int]]) -> Iterator[frozenset[str]]:
    """Sets of choices: those that are asked for first, or last."""
    sizes = sorted({size for _, count in asked for size in (0, 1, count - 1, count, count + 1) if 0 <= size <= len(choices)})
    wanted = frozenset[str]().union(*[has for has, _ in asked])
    first = [name for name in choices if name in wanted] + [name for name in choices if name not in wanted]
    found = (frozenset(order[:size]) for size in sizes for order in (first, first[::-1]))
    yield from dict.fromkeys(found)


__all__ = ["Pick", "Quote", "counts", "inside", "kinks", "quotes"]
