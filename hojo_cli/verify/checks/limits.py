"""Rates and limits can have an effect: rates lie between 0 and 1, nothing is limited to 0, limits name categories that are picked.

Bad:
    frames: {aid: {lines: [{id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], rate: 3/2, assume: amounts}]}}
Bad:
    frames: {aid: {lines: [{id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], rate: 2/3, cap: 0円, assume: amounts}]}}
Bad:
    frames: {aid: {lines: [{id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], months: {work: {limit: 2年}}, rate: 2/3, assume: amounts}]}}
Bad:
    items: {at_once: {categories: [goods], assume: amounts}}
Good:
    frames: {aid: {lines: [{id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], months: {goods: {limit: 2年}}, rate: 2/3, assume: amounts}]}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hojo_cli.base.finding import Finding
from hojo_cli.base.number import Kind, exact
from hojo_cli.messages import finding
from hojo_cli.rules import walk
from hojo_cli.rules.nodes import Capped, CategoryLimit, Costs, Number, Rated, Share, Subtotal, Tier
from hojo_cli.verify.checks import Complaint, Examined
from hojo_cli.verify.sources import places

CODE: Final = "HJ531"


def find(examined: Examined) -> Iterator[Complaint]:
    """Each node that holds a rate or a limit; a figure used twice is reported once."""
    rates: dict[Number, None] = {}
    for node in examined.nodes:
        if isinstance(node, Costs):
            yield from map(Complaint, _unpicked(node))
        yield from map(Complaint, _zero(node))
        rates |= dict.fromkeys(_rates(node))
    timed = examined.ruleset.timed
    for category in sorted(examined.ruleset.at_once.categories - timed):
        at = places.key(examined.root, examined.file, "items", "at_once", "categories")
        yield Complaint(finding("HJ360", at, category=category))
    for rate in rates:
        if not 0 < rate.value <= 1:
            yield Complaint(finding("HJ527", rate.where, figure=exact(rate.value)))


def _unpicked(costs: Costs) -> Iterator[Finding]:
    picked = {category for pick in costs.picks for category in pick.categories}
    for limit in (*costs.months, *costs.limits):
        if limit.category not in picked:
            yield finding(CODE, limit.limit.where, category=limit.category)


def _zero(node: object) -> Iterator[Finding]:
    match node:
        case Capped() | Subtotal():
            amount: object = node.cap
        case Tier():
            amount = node.up_to
        case CategoryLimit():
            amount = node.limit
        case _:
            return
    if isinstance(amount, Number) and amount.value == 0:
        yield finding("HJ528", amount.where)


def _rates(node: object) -> Iterator[Number]:
    """Figures that a cost or a subsidy is multiplied by."""
    match node:
        case Rated() | Tier():
            yield from (
                number
                for number in walk.numbers(node.rate)
                if number.kind is Kind.RATE and number in _values(node.rate)
            )
        case Share():
            yield from node.rates


def _values(amount: object) -> list[Number]:
    """The rates themselves, not the figures of conditions that choose among them."""
    conditions = {number for node in walk.conditions(amount) for number in walk.numbers(node)}
    return [number for number in walk.numbers(amount) if number not in conditions]
