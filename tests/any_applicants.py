"""Applicants of any ruleset at random: facts, categories, fields and members as it declares them, most numbers beside one of its figures, and
much of it left out.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from random import Random

from subjects import rules

from hojo_cli.base.exact import Exact, quotient
from hojo_cli.base.number import Kind
from hojo_cli.engine.applicant import Applicant, Item, Price
from hojo_cli.rules.declared import FactSpec, FactValue, Ruleset
from hojo_cli.rules.walk import numbers


@cache
def figures(name: str, kind: Kind) -> tuple[Exact, ...]:
    """The figures of a kind that a ruleset has, and a few that any may have."""
    used = rules(name)
    found = {number.value for number in numbers((used.frames, used.definitions)) if number.kind is kind}
    return tuple(sorted({Fraction(0), Fraction(1), *found}))


def any_applicant(name: str, random: Random, prefix: str = "") -> Applicant:
    """One applicant of the ruleset of that name, or a member of a group."""
    used = rules(name)
    known = random.choice((0, 2, 5, 9, 10, 10))  # of ten facts and fields
    facts: dict[str, FactValue] = {}
    for spec in used.facts.values():
        if random.randrange(10) < known and (prefix or not spec.of_members):
            facts[spec.id] = any_fact(name, spec, facts, random)
    count = random.choice((0, 1, 1, 2, 3, 5))
    items = tuple(any_item(name, used, place, known, random) for place in range(count))
    group = not prefix and random.randrange(5) == 0
    members = (
        tuple(any_applicant(name, random, f"members.{n}.") for n in range(1, random.randint(2, 11))) if group else ()
    )
    return Applicant("", facts, items, members, prefix)


def any_fact(name: str, spec: FactSpec, known: dict[str, FactValue], random: Random) -> FactValue:
    if spec.kind == "boolean":
        return random.random() < 0.5
    if spec.kind == "choice":
        return random.choice(tuple(spec.choices))
    if spec.kind == "set":
        return frozenset(random.sample(tuple(spec.choices), random.randint(0, len(spec.choices))))
    step: Exact = Fraction(1, 1_000) if spec.kind == "rate" else 1
    value = max(Fraction(spec.minimum), random.choice(figures(name, Kind(spec.kind))) + random.choice((-step, 0, step)))
    whole = known.get(spec.at_most or "")
    if isinstance(whole, int | Fraction):
        value = min(value, Fraction(whole))
    return value if spec.kind == "rate" or value.denominator != 1 else value.numerator


def any_item(name: str, used: Ruleset, place: int, known: int, random: Random) -> Item:
    """One item, priced in one of the ways there are, now and then with a share of a discount taken off."""
    yen = int(
        random.choice(figures(name, Kind.YEN)) * random.choice((1, 1, 2, Fraction(3, 2), Fraction(1, 3)))
    ) + random.choice((-1, 0, 1))
    per, months = random.choice(((0, None), (0, 12), (0, 60), (1, 6), (1, 25), (12, 24), (12, 36)))
    cost: Exact = max(0, yen)
    if random.randrange(6) == 0:
        cost = quotient(cost * 7, 9)
    fields = {
        field: frozenset(random.sample(tuple(spec.choices), random.randint(0, len(spec.choices))))
        for field, spec in used.fields.items()
        if random.randrange(10) < known
    }
    category = random.choice(tuple(used.categories))
    return Item("", category, cost, Price(0, per, 1), months, fields, 0, place)
