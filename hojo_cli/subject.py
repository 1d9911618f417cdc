"""Who and what is judged: an applicant (or one member of a group) with facts and bought items, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, NamedTuple, TypeAlias

from hojo_cli.formula import Exact, FieldTest, Pick
from hojo_cli.record import Record

FactValue: TypeAlias = "Exact | bool | str"

_NONE: Final[frozenset[str]] = frozenset()


class Discount(NamedTuple):
    """Yen that a line of the quote takes off an item. `shared`: it names no item, and all of the list share it by their cost."""

    name: str
    yen: Exact
    shared: bool


class Price(NamedTuple):
    """How a cost is quoted: yen without tax for one piece, for `per` months of it (0: paid at once), and what was taken off."""

    unit: int
    per: int
    quantity: int
    discounts: tuple[Discount, ...] = ()


class Item(NamedTuple):
    """One quoted line, tax-exclusive yen. `cost` is the whole price, discounts taken off; `months` what time it pays for, if said.

    `price` is None where there is nothing to say but the cost. `fields` holds the declared members of each set field (empty where
    none was written); `tax` the yen taken off because the price was quoted with tax. A discount keeps its place among the items,
    at no cost and of no category.
    """

    name: str
    category: str
    cost: Exact
    price: Price | None
    months: int | None
    fields: Mapping[str, frozenset[str]]
    tax: int


def within(cost: Exact, months: int, limit: int) -> Exact:
    """What a cost for so many months is for no more than `limit` of them, exactly."""
    if months <= limit:
        return cost
    part = Fraction(cost * limit, months)
    return part.numerator if part.denominator == 1 else part


class Subject(Record):
    """Facts left out are absent from `facts`: unknown, not zero. `prefix` names a member's facts (`members.3.`)."""

    name: str
    facts: Mapping[str, FactValue]
    items: tuple[Item, ...]
    members: tuple[Subject, ...] = ()
    prefix: str = ""


def picked(item: Item, picks: tuple[Pick, ...]) -> bool:
    """Whether one of the alternatives takes this item."""
    for pick in picks:
        if item.category in pick.categories and (not pick.tests or _passes(item, pick.tests)):
            return True
    return False


def picks_any(subject: Subject, picks: tuple[Pick, ...]) -> bool:
    """Whether one of the alternatives takes anything the subject buys."""
    for item in subject.items:  # no generator: this is asked of every frame of every applicant
        if picked(item, picks):
            return True
    return False


def _passes(item: Item, tests: tuple[FieldTest, ...]) -> bool:
    """Whether the item's fields hold what each test asks."""
    for field, has, at_least in tests:
        held = item.fields.get(field, _NONE)
        if len(held) < at_least or (has and has.isdisjoint(held)):
            return False
    return True
