"""Rates and limits can have an effect: rates lie between 0 and 1, nothing is limited to 0, limits name categories that are picked.

Bad:
    frames: {aid: {lines: [{id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], rate: 3/2, assume: amounts}]}}
Bad:
    frames: {aid: {lines: [{id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], rate: 2/3, cap: 0円, assume: amounts}]}}
Bad:
    frames: {aid: {lines: [{id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], months: {work: 2年}, rate: 2/3, assume: amounts}]}}
Bad:
    items: {at_once: {categories: [goods], assume: amounts}}
Good:
    frames: {aid: {lines: [{id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], months: {goods: 2年}, rate: 2/3, assume: amounts}]}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hojo_cli.base.finding import Finding
from hojo_cli.base.number import Kind, exact
from hojo_cli.messages import finding
from hojo_cli.rules import walk
from hojo_cli.rules.nodes import Amount, Band, Costs, Number, Rated, Share, Tier
from hojo_cli.verify.examined import Examined
from hojo_cli.verify.sources.wording import most_allowed

CODE: Final = "HJ531"


def find(examined: Examined) -> Iterator[Finding]:
    """Each node that holds a rate or a limit; a figure used twice is reported once."""
    rates: dict[Number, None] = {}
    for node in examined.nodes:
        if isinstance(node, Costs):
            picked = {category for pick in node.picks for category in pick.categories}
            for cut in (*node.months, *node.limits):
                if cut.category not in picked:
                    yield finding(CODE, cut.limit.where, category=cut.category)
        elif isinstance(node, Rated | Tier):
            rates |= dict.fromkeys(rates_in(node.rate))
        elif isinstance(node, Share):
            rates |= dict.fromkeys(node.rates)
        limit = None if isinstance(node, Band) else most_allowed(node)
        if isinstance(limit, Number) and limit.value == 0:
            yield finding("HJ528", limit.where)
    for category in sorted(examined.ruleset.at_once.categories - examined.ruleset.timed):
        yield finding("HJ360", examined.place("items", "at_once", "categories"), category=category)
    for rate in rates:
        if not 0 < rate.value <= 1:
            yield finding("HJ527", rate.where, figure=exact(rate.value))


def rates_in(amount: Amount) -> Iterator[Number]:
    """The rates that a cost may be multiplied by, not the figures of conditions that choose among them."""
    tested = {number for condition in walk.conditions(amount) for number in walk.numbers(condition)}
    for number in walk.numbers(amount):
        if number.kind is Kind.RATE and number not in tested:
            yield number
