"""What is bought: each quoted line with its category, price and fields, and the discounts that lower it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from hojo_cli.applicants import prices
from hojo_cli.applicants.prices import Lowering, PriceForm, Quoted
from hojo_cli.applicants.reader import Reader, given
from hojo_cli.base.exact import whole
from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind
from hojo_cli.base.suggest import candidates, meant, spellings, suggestion
from hojo_cli.base.texts import figure, joined
from hojo_cli.document import Mapping as MappingNode, Node
from hojo_cli.engine.applicant import Item

ITEM_KEYS: Final = ("name", "category", *prices.PRICES, "of", "quantity", "tax")
TAXES: Final[Mapping[str, str]] = spellings(
    {"excluded": ("税抜", "税抜き", "税別", "外税"), "included": ("税込", "税込み", "内税")}
)
"""What each word for the tax of a price stands for."""
_TIME: Final = Text("一括で払う値段の月数", "the months of a sum paid at once")
_QUANTITY: Final = Text("数量", "the quantity")
_OF_DISCOUNTS: Final = Text(
    "値引きは `of:` の明細から、なければすべての明細から引きます",
    "a discount lowers the item named by `of:`, or else all items",
)
_OF_PRICES: Final = Text(
    "`of:` は値引き（`discount:`）が下げる明細の名前です", "`of:` names the item that a `discount:` lowers"
)
_TELL_APART: Final = Text("明細の名前を書き分けてください。", "Give the items different names.")


def read_items(nodes: Sequence[Node], reader: Reader) -> tuple[Item, ...]:
    """What is bought, at what it costs when the discounts of the list are taken off."""
    entries = [
        reader.entries_known.get((place, node)) or read_entry(node, place, reader) for place, node in enumerate(nodes)
    ]
    for place, (node, entry) in enumerate(zip(nodes, entries, strict=True)):
        if entry is not None:
            reader.entries_read[place, node] = entry
    items = [entry for entry in entries if isinstance(entry, Item)]
    discounts = [entry for entry in entries if isinstance(entry, Lowering)]
    if None in entries:
        return tuple(items)
    names = [item.name for item in items]
    for discount in sorted(discounts, key=lambda lowering: not lowering.of):  # those that name an item first
        places = [place for place, name in enumerate(names) if discount.of in ("", name)]
        yen = figure(discount.yen)
        if discount.of and len(places) != 1:
            near = _TELL_APART if places else suggestion(*candidates(discount.of, names))
            reader.fault("HJ225", discount.at, name=discount.of, count=len(places), near=near)
        elif (after := prices.lowered(items, places, discount)) is None:
            cost = sum((items[place].cost for place in places), start=0)
            reader.fault("HJ226", discount.at, discount=yen, cost=figure(cost))
        else:
            items = after
            if not discount.of:
                reader.fault("HJ227", discount.at, discount=yen, count=len(places))
    return tuple(items)


def read_entry(node: Node, place: int, reader: Reader) -> Item | Lowering | None:
    """An item or a discount; None where it cannot be read."""
    ruleset = reader.ruleset
    known = (*ITEM_KEYS, *ruleset.fields)
    mapping = reader.mapping(node, known)
    if mapping is None:
        return None
    entries = reader.known_keys(mapping, known).entries
    name, written = reader.text(entries.get("name")), given(entries, "category")
    spellings = ruleset.category_spellings
    category = None if written is None else reader.choice(ruleset.categories, spellings, written)
    fields = {
        field: reader.chosen(spec, held)
        for field, spec in ruleset.fields.items()
        if (held := given(entries, field)) is not None
    }
    of, form = reader.text(entries.get("of")), price_form(entries, mapping, reader)
    price = None if form is None else read_price(form, entries, reader)
    if form is prices.DISCOUNT:
        tell_idle_keys(("category", *ruleset.fields), entries, _OF_DISCOUNTS, reader)
        return None if price is None else Lowering(name, price.cost, of, entries["of" if of else form.yen])
    if written is None:
        reader.fault("HJ209", mapping)
    tell_idle_keys(("of",), entries, _OF_PRICES, reader)
    if category is not None:
        tell_unread_fields(category, fields, mapping, reader)
    if price is None or form is None or category is None:
        return None
    tell_time(category, form, price, entries, reader)
    return Item(name, category, price.cost, price.price, price.months, fields, price.tax, place)


def price_form(entries: Mapping[str, Node], mapping: MappingNode, reader: Reader) -> PriceForm | None:
    """The one form in which the price is written."""
    written = frozenset(key for key in prices.PRICES if given(entries, key) is not None)
    form = prices.FORMS.get(written)
    if form is None and len(written) == 1 and (halves := prices.HALVES.get(next(iter(written)))):
        reader.fault("HJ208", mapping, one=halves[0], other=halves[1])
    elif form is None:
        reader.fault("HJ207", mapping)
    return form


def read_price(form: PriceForm, entries: Mapping[str, Node], reader: Reader) -> Quoted | None:
    """The price in that form; None where a part of it cannot be read."""
    tax, quantity = entries.get("tax"), given(entries, "quantity")
    word = reader.text(tax)
    if tax is not None and word and meant(word, TAXES) is None:
        reader.fault("HJ212", tax, text=word)
    yen = reader.number(entries[form.yen], Kind.YEN, below_zero="HJ221")
    least = 0 if form.per else 1  # a sum that pays for no time at all says nothing
    time = reader.at_least(least, entries[form.time], Kind(form.time), _TIME) if form.time else 1
    pieces = 1 if quantity is None else reader.at_least(1, quantity, Kind.COUNT, _QUANTITY)
    if yen is None or time is None or pieces is None:
        return None
    included = meant(word, TAXES) == "included"
    return prices.quoted(form, whole(yen), time, pieces, reader.ruleset.tax_included if included else None)


def tell_idle_keys(keys: Iterable[str], entries: Mapping[str, Node], why: Text, reader: Reader) -> None:
    """Keys that say nothing where they stand."""
    for key in keys:
        if (node := given(entries, key)) is not None:
            reader.fault("HJ224", node, name=key, why=why)


def tell_unread_fields(
    category: str, fields: Mapping[str, frozenset[str]], mapping: MappingNode, reader: Reader
) -> None:
    """What is written in a field that no rule reads for this category counts for nothing."""
    ruleset = reader.ruleset
    for field, held in fields.items():
        if held and field not in ruleset.read_of.get(category, ()):
            readers = (label for other, label in ruleset.categories.items() if field in ruleset.read_of.get(other, ()))
            reader.fault(
                "HJ219",
                mapping.keys.get(field, (mapping.line, mapping.column)),
                field=ruleset.fields[field].label,
                category=ruleset.categories[category],
                readers=joined(readers, "・", ", "),
            )


def tell_time(category: str, form: PriceForm, price: Quoted, entries: Mapping[str, Node], reader: Reader) -> None:
    """Time that is told where none counts, or that is not told where it would."""
    ruleset = reader.ruleset
    label = ruleset.categories[category]
    if form.per and category not in ruleset.timed:
        reader.fault("HJ223", entries[form.yen], category=label, cost=figure(price.cost))
    if form is prices.AT_ONCE and category in ruleset.at_once.categories:
        reader.fault("HJ222", entries[form.yen], category=label)
    if form is prices.AT_ONCE_FOR and category in ruleset.timed - ruleset.at_once.categories:
        tell_idle_keys(("months",), entries, counts_whole(label), reader)


def counts_whole(category: Text) -> Text:
    """Why the months of a sum paid at once make no difference in a category."""
    return Text(
        f"「{category.ja}」の一括払いは、月数によらず全額を数えます",
        f"a sum of {category.en} paid at once counts whole, whatever its months",
    )
