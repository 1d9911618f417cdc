"""Who and what is judged: an applicant (or one member of a group) with facts and bought items, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hojo_cli.base.exact import Exact, quotient
from hojo_cli.base.record import NamedTuple, Record
from hojo_cli.rules.declared import FactValue
from hojo_cli.rules.nodes import FieldTest, Pick


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
    `[]` was written); a field left out is absent: unknown, not empty. `tax` is the yen taken off because the price was quoted
    with tax. `place` counts the entries of the list in the file from 0 (discounts too, which are no items), so that a
    field can be asked for by name (`items[0].processes`).
    """

    name: str
    category: str
    cost: Exact
    price: Price | None
    months: int | None
    fields: Mapping[str, frozenset[str]]
    tax: int
    place: int = 0

    def asked(self, field: str) -> str:
        """The name by which a field of this item is asked for."""
        return f"items[{self.place}].{field}"


def within(item: Item, months: int, recurring: bool) -> Exact:
    """The cost of an item for no more than so many months of it, exactly; with `recurring` a sum paid at once is all of it."""
    if item.months is None or item.months <= months or (recurring and item.price is not None and not item.price.per):
        return item.cost
    return quotient(item.cost * months, item.months)


class Applicant(Record):
    """Facts left out are absent from `facts`: unknown, not zero. `prefix` names a member's facts (`members.3.`)."""

    name: str
    facts: Mapping[str, FactValue]
    items: tuple[Item, ...]
    members: tuple[Applicant, ...] = ()
    prefix: str = ""

    @property
    def all_items(self) -> tuple[Item, ...]:
        """Its own, and those of each member."""
        return (*self.items, *(item for member in self.members for item in member.items))

    @property
    def cost(self) -> Exact:
        """What all of them cost together, in yen."""
        return sum((item.cost for item in self.all_items), start=0)


def without_others(applicant: Applicant, fields: Iterable[str], unknown: frozenset[str]) -> Applicant:
    """The applicant with fields left out that are not among the unknown ones as if they held nothing."""
    items = tuple(
        item._replace(
            fields={
                **{field: frozenset() for field in fields if applicant.prefix + item.asked(field) not in unknown},
                **item.fields,
            }
        )
        if item.category
        else item
        for item in applicant.items
    )
    members = tuple(without_others(member, fields, unknown) for member in applicant.members)
    return applicant._replace(items=items, members=members)


def picked(item: Item, picks: tuple[Pick, ...]) -> bool | None:
    """Whether one of the alternatives takes this item; None where a field that was left out decides."""
    return passes_any(item, [pick.tests for pick in picks if item.category in pick.categories])


def passes_any(item: Item, alternatives: Iterable[tuple[FieldTest, ...]]) -> bool | None:
    """Whether the item's fields pass all tests of one alternative; None where one that was left out decides."""
    passes_one: bool | None = False
    for tests in alternatives:
        passes_all: bool | None = True
        for field, has, at_least in tests:
            held = item.fields.get(field)
            if held is None:
                passes_all = None
            elif len(held) < at_least or (has and has.isdisjoint(held)):
                passes_all = False
                break
        if passes_all:
            return True
        if passes_all is None:
            passes_one = None
    return passes_one
