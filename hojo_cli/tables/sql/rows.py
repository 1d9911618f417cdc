"""An applicant as rows of the three tables."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.rules.declared import FactValue, Ruleset

Cell: TypeAlias = "str | int | bool | list[str] | None"
Row: TypeAlias = "dict[str, Cell]"


def rows(applicant: Applicant, key: str, ruleset: Ruleset) -> dict[str, list[Row]] | None:
    """Its rows by table; None where a discount that is shared out leaves parts of a yen, which no column says."""
    bought: list[tuple[int | None, Item]] = [(None, item) for item in applicant.items]
    bought += [(place, item) for place, member in enumerate(applicant.members, 1) for item in member.items]
    items = []
    for place, item in bought:
        priced = _price(item)
        if priced is None:
            return None
        fields = {name: _cell(item.fields.get(name)) for name in ruleset.fields}
        items.append(
            {"applicant": key, "member": place, "name": item.name, "category": item.category, **priced, **fields}
        )
    members = [
        {"applicant": key, "member": place, "name": member.name, **_facts(member.facts, ruleset)}
        for place, member in enumerate(applicant.members, 1)
    ]
    own: Row = {"applicant": key, "name": applicant.name, **_facts(applicant.facts, ruleset)}
    return {"applicants": [own], "items": items, "members": members}


def _price(item: Item) -> Row | None:
    """The columns of its price, without tax."""
    price = item.price
    if price is None:
        return {"amount": int(item.cost), "months": item.months}
    if price.per == 0:
        row: Row = {"amount": price.unit, "months": item.months}
        gross = price.unit * price.quantity
    else:
        assert item.months is not None  # a running fee says how long
        times = item.months // price.per
        row = {"monthly": price.unit, "months": times} if price.per == 1 else {"yearly": price.unit, "years": times}
        gross = price.unit * price.quantity * times
    discount = gross - item.cost
    if isinstance(discount, Fraction):
        return None
    return {**row, "quantity": price.quantity if price.quantity != 1 else None, "discount": discount or None}


def _facts(facts: Mapping[str, FactValue], ruleset: Ruleset) -> Row:
    row: Row = {}
    for name, spec in ruleset.facts.items():
        value = facts.get(name)
        if spec.kind == "rate":
            rate = value if isinstance(value, (int, Fraction)) else None
            row[name], row[f"{name}_per"] = (None, None) if rate is None else (rate.numerator, rate.denominator)
        else:
            row[name] = _cell(value)
    return row


def _cell(value: FactValue | None) -> Cell:
    if isinstance(value, frozenset):
        return sorted(value)
    return int(value) if isinstance(value, Fraction) else value
