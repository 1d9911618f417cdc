"""The nodes of a ruleset as data for the reader in JavaScript: each a JSON object that says which node it `is`; figures are exact texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, assert_never

from hojo_cli.base.finding import Text
from hojo_cli.base.number import exact
from hojo_cli.rules import nodes
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import NOWHERE, Amount, Condition, Provenance, Quantity
from hojo_cli.rules.walk import followed, reads

Data: TypeAlias = "bool | int | str | list[Data] | dict[str, Data] | None"
"""What JSON allows, without the numbers that are not whole."""


def text(said: Text) -> Data:
    return [said.ja, said.en]


def sorted_texts(names: Iterable[str]) -> list[Data]:
    return [*sorted(names)]


def provenance(found: Provenance) -> Data:
    """Source, heading, the figure as printed, and the assumption it rests on."""
    return None if found == NOWHERE else [found.source or "", found.at, " / ".join(found.printed), found.assume or ""]


def number(node: nodes.Number) -> dict[str, Data]:
    return {"is": "Number", "value": exact(node.value), "kind": node.kind.value, "from": provenance(node.provenance)}


def number_or_none(node: nodes.Number | None) -> Data:
    return None if node is None else number(node)


def picks(found: Iterable[nodes.Pick]) -> list[Data]:
    return [
        {
            "categories": sorted_texts(pick.categories),
            "tests": [
                {"field": test.field, "has": sorted_texts(test.has), "at_least": test.at_least} for test in pick.tests
            ],
        }
        for pick in found
    ]


def quantity(node: Quantity) -> dict[str, Data]:
    match node:
        case nodes.Fact(name):
            return {"is": "Fact", "name": name}
        case nodes.FactOr(name, otherwise):
            return {"is": "FactOr", "name": name, "otherwise": quantity(otherwise)}
        case nodes.Distinct(measure, name, taken):
            return {"is": "Distinct", "measure": measure, "field": name, "picks": picks(taken)}
        case nodes.MemberCount(measure, only):
            return {"is": "MemberCount", "measure": measure, "only": condition_or_none(only)}
    assert_never(node)


def condition_or_none(node: Condition | None) -> Data:
    return None if node is None else condition(node)


def condition(node: Condition) -> dict[str, Data]:
    match node:
        case nodes.Every(parts):
            return {"is": "Every", "parts": [condition(part) for part in parts]}
        case nodes.Some(parts):
            return {"is": "Some", "parts": [condition(part) for part in parts]}
        case nodes.Not(part):
            return {"is": "Not", "part": condition(part)}
        case nodes.Is(name):
            return {"is": "Is", "name": name}
        case nodes.Compare(counted, op, limit):
            return {"is": "Compare", "quantity": quantity(counted), "op": op.value, "number": number(limit)}
        case nodes.Against(left, op, right):
            return {"is": "Against", "left": quantity(left), "op": op.value, "right": quantity(right)}
        case nodes.SameKinds(name, kinds):
            return {"is": "SameKinds", "fact": name, "kinds": quantity(kinds)}
        case nodes.Among(name, choices):
            return {"is": "Among", "fact": name, "choices": sorted_texts(choices)}
        case nodes.Holds(name, expected):
            return {"is": "Holds", "fact": name, "expected": expected}
        case nodes.HasItem(taken):
            return {"is": "HasItem", "picks": picks(taken)}
        case nodes.EveryMember(part, only):
            return {"is": "EveryMember", "part": condition(part), "only": condition_or_none(only)}
        case nodes.Said(facts, then, otherwise):
            return {"is": "Said", "facts": [*facts], "then": condition(then), "otherwise": condition(otherwise)}
        case nodes.Table(_, rows):
            return {
                "is": "Table",
                "rows": [
                    {
                        "label": text(row.label),
                        "when": condition(row.when),
                        "test": condition(row.test),
                        "from": provenance(row.provenance),
                    }
                    for row in rows
                ],
            }
    assert_never(node)


def limits(found: Iterable[nodes.CategoryLimit]) -> list[Data]:
    return [{"category": each.category, "limit": number(each.limit), "recurring": each.recurring} for each in found]


def amount(node: Amount) -> dict[str, Data]:
    match node:
        case nodes.Number():
            return number(node)
        case nodes.Costs(taken, months, most, led_by):
            return {
                "is": "Costs",
                "picks": picks(taken),
                "months": limits(months),
                "limits": limits(most),
                "led_by": picks(led_by),
            }
        case nodes.Apportion(of, part, whole, where):
            return {"is": "Apportion", "of": amount(of), "part": part, "whole": whole, "from": provenance(where)}
        case nodes.Choose(branches):
            return {
                "is": "Choose",
                "branches": [
                    {"when": condition_or_none(branch.when), "use": amount(branch.use)} for branch in branches
                ],
            }
        case nodes.Rated(of, rate):
            return {"is": "Rated", "of": amount(of), "rate": amount(rate)}
        case nodes.Tiered(of, tiers, on_subsidy):
            return {
                "is": "Tiered",
                "of": amount(of),
                "tiers": [{"up_to": number_or_none(tier.up_to), "rate": amount(tier.rate)} for tier in tiers],
                "on_subsidy": on_subsidy,
            }
        case nodes.Capped(of, cap):
            return {"is": "Capped", "of": amount(of), "cap": amount(cap)}
        case nodes.Rounded(of, unit, mode):
            return {"is": "Rounded", "of": amount(of), "unit": number(unit), "mode": mode}
        case nodes.Scaled(figure, by):
            return {"is": "Scaled", "number": number(figure), "by": quantity(by)}
        case nodes.Share(names, rates, itself, costs):
            return {
                "is": "Share",
                "of": [*names],
                "costs": [amount(line.amount) for line in costs],
                "rates": [number(rate) for rate in rates],
                "itself": itself,
            }
        case nodes.Sum(parts):
            return {"is": "Sum", "parts": [amount(part) for part in parts]}
        case nodes.Least(parts):
            return {"is": "Least", "parts": [amount(part) for part in parts]}
        case nodes.PerMember(borrowed, only):
            return {"is": "PerMember", "lines": [line(each) for each in borrowed], "only": condition_or_none(only)}
    assert_never(node)


# --- frames -----------------------------------------------------------------------------------------------------------


def line(found: nodes.Line) -> Data:
    return {"id": found.id, "label": text(found.label), "amount": amount(found.amount)}


def requirement(found: nodes.Requirement) -> Data:
    return {
        "id": found.id,
        "label": text(found.label),
        "holds": condition(found.holds),
        "from": provenance(found.provenance),
    }


def band(found: nodes.Band) -> Data:
    return {
        "id": found.id,
        "label": text(found.label),
        "requires": [requirement(each) for each in found.requires],
        "floor": number_or_none(found.floor),
        "cap": None if found.cap is None else amount(found.cap),
        "below": number_or_none(found.below),
    }


def frame(found: nodes.Frame, used: Ruleset) -> Data:
    """`reads`: the facts that may decide something, of the applicant or of a member."""
    named = {
        name
        for node in followed([found], used.definitions)
        for kind, names in reads(node)
        if kind == "facts"
        for name in names
    }
    return {
        "id": found.id,
        "label": text(found.label),
        "requires": [requirement(each) for each in found.requires],
        "lines": [line(each) for each in found.lines],
        "subtotals": [
            {
                "id": subtotal.id,
                "label": text(subtotal.label),
                "lines": [*subtotal.lines],
                "parts": [*subtotal.parts],
                "cap": amount(subtotal.cap),
            }
            for subtotal in found.subtotals
        ],
        "bands": [band(each) for each in found.bands],
        "rounding": {
            "unit": number(found.rounding.unit),
            "mode": found.rounding.mode,
            "at": found.rounding.at,
        },
        "reads": sorted_texts(named),
    }
