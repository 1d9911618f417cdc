"""An applicant made smaller: lower prices, then without whatever is not needed for something to stay as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import TypeAlias

from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.rules.declared import Ruleset
from hojo_cli.verify.analysis.applicants import listed, with_item, with_member

Still: TypeAlias = "Callable[[Applicant], bool]"
Way: TypeAlias = "Callable[[], Applicant]"
"""Makes an applicant that has less; only those that are tried are made."""


def smaller(applicant: Applicant, rules: Ruleset, settled: Still, stated: Still) -> Applicant:
    """The smallest found of which both ways to ask still say yes; `stated` also wants every fact that is looked at to be there."""

    def counts_its_members(tried: Applicant) -> bool:
        """No fact counts more members than are listed."""
        counted = [value for name, value in tried.facts.items() if name in rules.facts and rules.facts[name].within]
        most = len(tried.members)
        return not most or all(isinstance(value, int) and value <= most for value in counted)

    applicant = cheaper(applicant, lambda tried: counts_its_members(tried) and settled(tried))
    if not stated(applicant):
        return applicant
    for ways in (fewer_members, fewer_items, fewer_facts, fewer_choices):
        place = 0
        while (way := next(islice(ways(applicant), place, None), None)) is not None:  # each tried once
            less = way()
            if counts_its_members(less) and stated(less):
                applicant = less
            else:
                place += 1
    return applicant


def quoted(item: Item) -> int:
    """The price as a quote has it: for each month, or at once."""
    return int(item.cost) if item.price is None else item.price.unit


def at_price(item: Item, price: int) -> Item:
    """The item at another price."""
    if item.price is None:
        return item._replace(cost=price)
    months = item.months or 0
    return item._replace(cost=price * (months if item.price.per else 1), price=item.price._replace(unit=price))


# --- less of everything -------------------------------------------------------------------------------------------------


def cheaper(applicant: Applicant, still: Still) -> Applicant:
    """Each price in turn as low as a search by halves finds."""

    def stays(place: int, member: Applicant) -> bool:
        return still(with_member(applicant, place, member))

    for place, item in enumerate(applicant.items):
        low, high = -1, quoted(item)
        while high - low > 1:
            middle = (low + high) // 2
            if still(with_item(applicant, place, at_price(item, middle))):
                high = middle
            else:
                low = middle
        applicant = with_item(applicant, place, at_price(item, high))
    for place, member in enumerate(applicant.members):
        applicant = with_member(applicant, place, cheaper(member, partial(stays, place)))
    return applicant


def fewer_members(applicant: Applicant) -> Iterator[Way]:
    """One member less, the last first."""

    def without(place: int) -> Applicant:
        return applicant._replace(members=listed((*applicant.members[:place], *applicant.members[place + 1 :])))

    for place in reversed(range(len(applicant.members))):
        yield partial(without, place)


def fewer_items(applicant: Applicant) -> Iterator[Way]:
    """One item less."""
    for place in range(len(applicant.items)):
        yield partial(applicant._replace, items=applicant.items[:place] + applicant.items[place + 1 :])
    yield from _inside(applicant, fewer_items)


def fewer_facts(applicant: Applicant) -> Iterator[Way]:
    """All members lose the same."""

    def all_without(name: str) -> Applicant:
        return applicant._replace(members=tuple([_without_fact(member, name) for member in applicant.members]))

    for name in applicant.facts:
        yield partial(_without_fact, applicant, name)
    for name in dict.fromkeys(name for member in applicant.members for name in member.facts):
        yield partial(all_without, name)


def _without_fact(applicant: Applicant, fact: str) -> Applicant:
    return applicant._replace(facts={name: value for name, value in applicant.facts.items() if name != fact})


def fewer_choices(applicant: Applicant) -> Iterator[Way]:
    """Item fields with one choice less, then not stated at all."""
    for place, item in enumerate(applicant.items):
        for field, held in item.fields.items():
            ways = [{**item.fields, field: held - {choice}} for choice in sorted(held)]
            ways.append({name: choices for name, choices in item.fields.items() if name != field})
            for fields in ways:
                yield partial(with_item, applicant, place, item._replace(fields=fields))
    yield from _inside(applicant, fewer_choices)


def _inside(applicant: Applicant, ways: Callable[[Applicant], Iterator[Way]]) -> Iterator[Way]:
    def made(place: int, way: Way) -> Applicant:
        return with_member(applicant, place, way())

    for place, member in enumerate(applicant.members):
        for way in ways(member):
            yield partial(made, place, way)
