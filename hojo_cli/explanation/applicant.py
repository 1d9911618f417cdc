"""A member and a bought item in words."""

from __future__ import annotations

from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind
from hojo_cli.base.texts import EMPTY, figure, joined, say
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.rules.words import Words


def member_label(member: Applicant) -> Text:
    """構成員3 サンプル商店."""
    number = member.prefix.split(".")[1]
    name = f" {member.name}" if member.name else ""
    return Text(f"構成員{number}{name}", f"member {number}{name}")


def item_label(item: Item, words: Words) -> Text:
    """Name, category, and how the price is quoted: 980円×12×24か月，－50,000円（値引き）."""
    label = words.ruleset.categories.get(item.category, EMPTY)
    parts = [say(Text("{0}（{1}）", "{0} ({1})"), item.name, label) if item.name else label]
    price, months = item.price, item.months
    if price is not None:
        factors = [figure(price.unit)] if price.per or price.quantity > 1 else []
        factors += [figure(price.quantity, Kind.COUNT)] if price.quantity > 1 else []
        if price.per and months is not None:
            factors.append(figure(months // 12, Kind.YEARS) if price.per == 12 else figure(months, Kind.MONTHS))
        if factors:
            parts.append(joined(factors, "×", " × "))
        if not price.per and months is not None:
            parts.append(say(Text("{0}分", "for {0}"), figure(months, Kind.MONTHS)))
        for discount in price.discounts:
            name = discount.name or Text("値引き", "discount")
            parts.append(say(Text("−{0}（{1}）", "-{0} ({1})"), figure(discount.yen), name))
    return joined(parts, " ", " ")
