"""What an item costs: the forms a price is written in, and what discounts take off the items of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from hojo_cli.base.exact import quotient
from hojo_cli.base.record import NamedTuple
from hojo_cli.document import Node
from hojo_cli.engine.applicant import Discount, Item, Price
from hojo_cli.rules.nodes import Number


class PriceForm(NamedTuple):
    """A way of writing a price: the key of the yen, that of the time it pays for (or none), and the months of one such time.

    `per` is what `Price.per` says: 0 where the yen are the whole sum, whatever time it pays for.
    """

    yen: str
    time: str
    months: int
    per: int


AT_ONCE: Final = PriceForm("amount", "", 1, 0)
AT_ONCE_FOR: Final = PriceForm("amount", "months", 1, 0)
MONTHLY: Final = PriceForm("monthly", "months", 1, 1)
YEARLY: Final = PriceForm("yearly", "years", 12, 12)
DISCOUNT: Final = PriceForm("discount", "", 1, 0)
FORMS: Final[Mapping[frozenset[str], PriceForm]] = {
    frozenset(filter(None, (form.yen, form.time))): form for form in (AT_ONCE, AT_ONCE_FOR, MONTHLY, YEARLY, DISCOUNT)
}
PRICES: Final = ("amount", "monthly", "months", "yearly", "years", "discount")
"""The keys of which exactly one form is made."""
HALVES: Final = {key: (form.yen, form.time) for form in (MONTHLY, YEARLY) for key in (form.yen, form.time)}
"""What goes together where one of the two stands alone."""


class Quoted(NamedTuple):
    """What a price comes to: its cost, how it is quoted, the months it pays for (None: not said), the tax taken off."""

    cost: int
    price: Price
    months: int | None
    tax: int


def quoted(form: PriceForm, yen: int, times: int, quantity: int, rate: Number | None) -> Quoted:
    """`times` months or years; `rate` turns a price with tax into one without, each piece, month or year down to the yen."""
    unit = yen if rate is None else yen * rate.value.numerator // rate.value.denominator
    count = quantity * (times if form.per else 1)
    months = times * form.months if form.time else None
    return Quoted(unit * count, Price(unit, form.per, quantity), months, (yen - unit) * count)


class Lowering(NamedTuple):
    """A discount as it is written: its yen, the item it names (empty: all), and where to point."""

    name: str
    yen: int
    of: str
    at: Node


def lowered(items: Sequence[Item], places: Sequence[int], discount: Lowering) -> list[Item] | None:
    """The items with the discount taken off those at `places`, in proportion to their cost; None where it is more than they cost."""
    cost = sum((items[place].cost for place in places), start=0)
    if discount.yen > cost:
        return None
    after = list(items)
    for place in places if discount.yen else ():
        item = items[place]
        if item.cost and item.price is not None:
            yen = discount.yen if len(places) == 1 else quotient(discount.yen * item.cost, cost)
            taken = Discount(discount.name, yen, shared=not discount.of)
            price = item.price._replace(discounts=(*item.price.discounts, taken))
            after[place] = item._replace(cost=item.cost - yen, price=price)
    return after
