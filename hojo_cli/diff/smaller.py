"""An applicant made smaller: lower prices, then without whatever is not needed for something to stay as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import TypeAlias

from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.rules.nodes import Ruleset

Still: TypeAlias = "Callable[[Applicant], bool]"


def smaller(subject: Applicant, rules: Ruleset, quick: Still, plain: Still) -> Applicant:
    """The smallest found of which both ways to ask still say yes; `plain` also says whether every fact it needs is there."""

    def valid(still: Still) -> Still:
        return lambda tried: _counts_its_members(tried, rules) and still(tried)

    subject = _cheaper(subject, valid(quick))
    if not plain(subject):
        return subject
    for ways in (_fewer_members, _fewer_items, _fewer_facts, _fewer_choices):
        subject = _reduced(subject, ways, valid(lambda tried: quick(tried) and plain(tried)))
    return subject


def _counts_its_members(subject: Applicant, rules: Ruleset) -> bool:
    """Whether no fact counts more members than are listed."""
    counted = [value for name, value in subject.facts.items() if name in rules.facts and rules.facts[name].within]
    return not subject.members or all(isinstance(value, int) and value <= len(subject.members) for value in counted)


def _reduced(subject: Applicant, ways: Callable[[Applicant], Iterator[Applicant]], still: Still) -> Applicant:
    """Every way of leaving out one thing, each tried once."""
    place = 0
    while (less := next(islice(ways(subject), place, None), None)) is not None:
        if still(less):
            subject = less
        else:
            place += 1
    return subject


def _fewer_members(subject: Applicant) -> Iterator[Applicant]:
    for place in reversed(range(len(subject.members))):
        yield _with_members(subject, (*subject.members[:place], *subject.members[place + 1 :]))


def _with_members(subject: Applicant, members: tuple[Applicant, ...]) -> Applicant:
    named = (member._replace(prefix=f"members.{place}.") for place, member in enumerate(members, 1))
    return subject._replace(members=tuple(named))


def _fewer_items(subject: Applicant) -> Iterator[Applicant]:
    for place in range(len(subject.items)):
        yield subject._replace(items=subject.items[:place] + subject.items[place + 1 :])
    yield from _inside(subject, _fewer_items)


def _fewer_facts(subject: Applicant) -> Iterator[Applicant]:
    """All members lose the same."""
    for name in subject.facts:
        yield subject._replace(facts={key: value for key, value in subject.facts.items() if key != name})
    for name in dict.fromkeys(name for member in subject.members for name in member.facts):
        yield subject._replace(
            members=tuple(
                member._replace(facts={key: value for key, value in member.facts.items() if key != name})
                for member in subject.members
            )
        )


def _fewer_choices(subject: Applicant) -> Iterator[Applicant]:
    """Item fields with one choice less, then not stated at all."""
    for place, item in enumerate(subject.items):
        for field, held in item.fields.items():
            ways = [{**item.fields, field: held - {choice}} for choice in sorted(held)]
            ways.append({name: choices for name, choices in item.fields.items() if name != field})
            for fields in ways:
                yield _with_item(subject, place, item._replace(fields=fields))
    yield from _inside(subject, _fewer_choices)


def _inside(subject: Applicant, ways: Callable[[Applicant], Iterator[Applicant]]) -> Iterator[Applicant]:
    for place, member in enumerate(subject.members):
        for less in ways(member):
            yield _with_member(subject, place, less)


def _with_member(subject: Applicant, place: int, member: Applicant) -> Applicant:
    return subject._replace(members=(*subject.members[:place], member, *subject.members[place + 1 :]))


def _with_item(subject: Applicant, place: int, item: Item) -> Applicant:
    return subject._replace(items=(*subject.items[:place], item, *subject.items[place + 1 :]))


def _cheaper(subject: Applicant, still: Still) -> Applicant:
    """Each price in turn as low as a search by halves finds."""
    for place, item in enumerate(subject.items):
        low, high = -1, quoted(item)
        while high - low > 1:
            middle = (low + high) // 2
            if still(_with_item(subject, place, at_price(item, middle))):
                high = middle
            else:
                low = middle
        subject = _with_item(subject, place, at_price(item, high))
    for place, member in enumerate(subject.members):
        within = partial(_with_member, subject, place)
        subject = within(_cheaper(member, _asked_of(within, still)))
    return subject


def _asked_of(within: Callable[[Applicant], Applicant], still: Still) -> Still:
    return lambda member: still(within(member))


def quoted(item: Item) -> int:
    """The price as a quote has it: for each month, or at once."""
    return int(item.cost) if item.price is None else item.price.unit


def at_price(item: Item, price: int) -> Item:
    """The item at another price."""
    if item.price is None:
        return item._replace(cost=price)
    months = item.months or 0
    return item._replace(cost=price * (months if item.price.per else 1), price=item.price._replace(unit=price))
