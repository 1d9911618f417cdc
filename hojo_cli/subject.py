"""Who and what is judged: an applicant (or one member of a group) with facts and bought items, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias

from hojo_cli.formula import Exact, FieldTest, Pick
from hojo_cli.record import Record

FactValue: TypeAlias = "Exact | bool | str"

_NONE: Final[frozenset[str]] = frozenset()


class Item(NamedTuple):
    """One quoted line, tax-exclusive yen. `cost` is the whole price; `monthly` and `months` where it is a running fee.

    `fields` holds the declared members of each set field (empty where none was written); `tax` the yen taken off
    because the price was quoted with tax.
    """

    name: str
    category: str
    cost: int
    monthly: int | None
    months: int | None
    fields: Mapping[str, frozenset[str]]
    tax: int


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
