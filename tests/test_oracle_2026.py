"""The oracle itself, checked against the boundary table of the 2026 rules by hand arithmetic."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from oracle_2026 import (
    Applicant,
    Facts,
    Item,
    Member,
    Outcome,
    as_yaml,
    eligible_cost,
    evaluate,
    own_cost,
    random_applicant,
    small,
    sme,
)

SMALL_SHOP: Facts = {
    "entity": "company",
    "industry": "retail",
    "capital": 10_000_000,
    "employees": 4,
    "deemed_large": False,
    "near_minimum_wage_months": 0,
    "wage_growth": Fraction(0),
    "wage_floor_margin": 0,
    "wage_plan_announced": False,
    "wage_exempt_sector": False,
    "past_grant": False,
    "supplier_accounts": 100,
    "sme_supplier_accounts": 60,
}
SHOP: Facts = {**SMALL_SHOP, "employees": 30}
LARGE: Facts = {**SMALL_SHOP, "capital": 50_000_001, "employees": 51}
PLAN: Facts = {"wage_growth": Fraction(3, 100), "wage_floor_margin": 30, "wage_plan_announced": True}
NEAR_MINIMUM: Facts = {"near_minimum_wage_months": 3}
THREE = ["共P-01", "共P-02", "共P-03"]
FOUR = [*THREE, "汎P-07"]
TWO_FUNCTIONS = ["accounting", "settlement"]
BELOW_FLOOR: Outcome = ("below_floor", 0)


def applicant(facts: Facts, *items: Item, members: list[Member] | None = None) -> Applicant:
    return {"facts": facts, "items": list(items), "members": members or []}


def software(amount: int, processes: list[str] | None = None, functions: list[str] | None = None) -> Item:
    return {"category": "software", "amount": amount, "processes": processes or [], "functions": functions or []}


def shop_items() -> list[Item]:
    return [
        software(1_000_000, ["共P-04"], TWO_FUNCTIONS),
        {"category": "cloud", "monthly": 20_000, "months": 36, "functions": ["accounting"]},
        {"category": "pc", "amount": 180_000},
        {"category": "register", "amount": 500_000},
    ]


def paid(yen: int) -> Outcome:
    return "payable", yen


@pytest.mark.parametrize(
    ("facts", "processes", "cost", "outcome"),
    [
        (SHOP, THREE, 99_999, BELOW_FLOOR),
        (SHOP, THREE, 100_000, paid(50_000)),
        ({**SHOP, **NEAR_MINIMUM}, THREE, 74_999, BELOW_FLOOR),
        ({**SHOP, **NEAR_MINIMUM}, THREE, 75_000, paid(50_000)),
        ({**SHOP, "near_minimum_wage_months": 2}, THREE, 75_000, BELOW_FLOOR),
        (SHOP, THREE, 2_999_999, paid(1_499_999)),
        (SHOP, THREE, 3_000_000, paid(1_499_999)),
        (SHOP, THREE, 9_000_000, paid(1_499_999)),
        ({**SHOP, **PLAN}, FOUR, 2_999_999, paid(1_499_999)),
        ({**SHOP, **PLAN}, FOUR, 3_000_000, paid(1_500_000)),
        ({**SHOP, **PLAN}, FOUR, 9_000_000, paid(4_500_000)),
        ({**SHOP, **PLAN}, FOUR, 9_000_001, paid(4_500_000)),
        ({**SHOP, **PLAN, **NEAR_MINIMUM}, FOUR, 2_249_999, paid(1_499_999)),
        ({**SHOP, **PLAN, **NEAR_MINIMUM}, FOUR, 2_250_000, paid(1_500_000)),
        (SHOP, FOUR, 4_000_000, paid(1_499_999)),
        ({**SHOP, **PLAN, "wage_floor_margin": 29}, FOUR, 4_000_000, paid(1_499_999)),
        (SMALL_SHOP, FOUR, 4_000_000, paid(2_000_000)),
        (SHOP, ["汎P-07"], 1_000_000, ("ineligible", 0)),
        (LARGE, THREE, 1_000_000, ("ineligible", 0)),
        ({**SHOP, **PLAN, "past_grant": True}, THREE, 1_000_000, ("ineligible", 0)),
        ({**SHOP, **PLAN, "past_grant": True, "wage_growth": Fraction(7, 200)}, THREE, 1_000_000, paid(500_000)),
        ({**SMALL_SHOP, "past_grant": True}, THREE, 1_000_000, paid(500_000)),
    ],
)
def test_general(facts: Facts, processes: list[str], cost: int, outcome: Outcome) -> None:
    assert evaluate(applicant(facts, software(cost, processes)))["general"] == outcome


@pytest.mark.parametrize(
    ("facts", "functions", "cost", "yen"),
    [
        (SMALL_SHOP, TWO_FUNCTIONS, 625_000, 500_000),
        (SMALL_SHOP, TWO_FUNCTIONS, 625_002, 500_001),
        (SMALL_SHOP, TWO_FUNCTIONS, 5_125_000, 3_500_000),
        (SMALL_SHOP, TWO_FUNCTIONS, 6_000_000, 3_500_000),
        (SHOP, TWO_FUNCTIONS, 666_666, 499_999),
        (SHOP, TWO_FUNCTIONS, 666_667, 500_000),
        (SHOP, TWO_FUNCTIONS, 1_000_000, 722_222),
        (SHOP, TWO_FUNCTIONS, 5_166_666, 3_499_999),
        (SHOP, TWO_FUNCTIONS, 5_166_667, 3_500_000),
        (SHOP, ["ordering"], 6_000_000, 500_000),
        (SHOP, ["ordering"], 1, 0),
    ],
)
def test_invoice(facts: Facts, functions: list[str], cost: int, yen: int) -> None:
    assert evaluate(applicant(facts, software(cost, functions=functions)))["invoice"] == paid(yen)


@pytest.mark.parametrize(("category", "cap"), [("pc", 100_000), ("register", 200_000)])
def test_hardware_is_half_up_to_its_cap_and_never_alone(category: str, cap: int) -> None:
    at = applicant(SHOP, software(0, functions=["ordering"]), {"category": category, "amount": cap * 2})
    below = applicant(SHOP, software(0, functions=["ordering"]), {"category": category, "amount": cap * 2 - 1})
    above = applicant(SHOP, software(0, functions=["ordering"]), {"category": category, "amount": cap * 9})
    alone = applicant(SHOP, {"category": category, "amount": cap * 2})
    assert [evaluate(a)["invoice"] for a in (below, at, above)] == [paid(cap - 1), paid(cap), paid(cap)]
    assert evaluate(alone)["invoice"] == ("ineligible", 0)


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        (SHOP, paid(960_000)),
        (LARGE, paid(720_000)),
        ({**SHOP, "deemed_large": True}, paid(720_000)),
        ({**SHOP, "sme_supplier_accounts": 0}, ("ineligible", 0)),
        ({**LARGE, **PLAN, "past_grant": True, "wage_growth": Fraction(49_999, 10**6)}, ("ineligible", 0)),
        ({**LARGE, **PLAN, "past_grant": True, "wage_growth": Fraction(1, 20)}, paid(720_000)),
        ({**SHOP, **PLAN, "past_grant": True, "wage_growth": Fraction(7, 200)}, paid(960_000)),
    ],
)
def test_electronic_trade(facts: Facts, outcome: Outcome) -> None:
    fee: Item = {"category": "cloud", "monthly": 100_000, "months": 30, "functions": ["ordering"]}
    trade = applicant(facts, fee)
    assert evaluate(trade)["electronic_trade"] == outcome
    assert eligible_cost(trade, "electronic_trade") == 2_400_000


@pytest.mark.parametrize(
    ("facts", "cost", "outcome"),
    [
        (SMALL_SHOP, 74_999, BELOW_FLOOR),
        (SMALL_SHOP, 75_000, paid(50_000)),
        (SMALL_SHOP, 2_250_000, paid(1_500_000)),
        (SMALL_SHOP, 2_250_001, paid(1_500_000)),
        (SHOP, 99_999, BELOW_FLOOR),
        (SHOP, 100_000, paid(50_000)),
        (SHOP, 2_999_999, paid(1_499_999)),
        (SHOP, 3_000_000, paid(1_500_000)),
        (LARGE, 3_000_000, ("ineligible", 0)),
    ],
)
def test_security(facts: Facts, cost: int, outcome: Outcome) -> None:
    assert evaluate(applicant(facts, {"category": "security_service", "amount": cost}))["security"] == outcome


def test_the_small_shop_compared_in_two_frames() -> None:
    shop = applicant(SMALL_SHOP, *shop_items())
    assert evaluate(shop)["invoice"] == paid(1_070_000 + 90_000 + 200_000)
    assert evaluate(shop)["general"] == paid((1_000_000 + 480_000) // 2)
    assert eligible_cost(shop, "invoice") == 1_480_000 + 180_000 + 500_000
    assert own_cost(shop, 1_360_000) == 1_000_000 + 720_000 + 180_000 + 500_000 - 1_360_000


def test_ten_shops_as_a_group_and_nine_are_none() -> None:
    shared: list[Item] = [
        {"category": "analysis_software", "amount": 20_000_000},
        {"category": "office", "amount": 5_000_000},
    ]
    ten: list[Member] = [{"facts": SMALL_SHOP, "items": shop_items()} for _ in range(10)]
    assert evaluate(applicant({}, *shared, members=ten))["group"] == paid(13_600_000 + 5_000_000 + 1_240_000)
    assert evaluate(applicant({}, *shared, members=ten[:9]))["group"] == ("ineligible", 0)
    assert eligible_cost(applicant({}, *shared, members=ten), "group") == 21_600_000 + 25_000_000


def test_a_group_never_gets_more_than_thirty_two_million() -> None:
    shared: list[Item] = [{"category": "expert", "amount": 3_000_000}]
    rich: list[Member] = [{"facts": SHOP, "items": [software(6_000_000, functions=TWO_FUNCTIONS)]} for _ in range(10)]
    assert evaluate(applicant({}, *shared, members=rich))["group"] == paid(32_000_000)


def test_nothing_to_pay_for_comes_before_ineligible() -> None:
    assert set(evaluate(applicant(LARGE)).values()) == {("no_cost", 0)}


def test_support_counts_up_to_two_million_and_tax_is_taken_out_first() -> None:
    support: Item = {"category": "support", "monthly": 110_000, "months": 25, "tax": "included"}
    bought = applicant(SHOP, software(1_000_000, THREE), support)
    assert eligible_cost(bought, "general") == 1_000_000 + 2_000_000
    assert own_cost(bought, 0) == 1_000_000 + 2_500_000
    assert eligible_cost(applicant(SHOP, {"category": "software", "amount": 109, "tax": "included"}), "general") == 99


@pytest.mark.parametrize(
    ("category", "frame", "months"),
    [
        ("cloud", "general", 24),
        ("support", "general", 24),
        ("option", "general", 12),
        ("security_service", "security", 24),
        ("analysis_cloud", "group", 12),
    ],
)
def test_months_beyond_the_limit_do_not_count(category: str, frame: str, months: int) -> None:
    def cost(paid_months: int) -> int:
        return eligible_cost(applicant(SHOP, {"category": category, "monthly": 10, "months": paid_months}), frame)

    assert [cost(months - 1), cost(months), cost(months + 1)] == [10 * months - 10, 10 * months, 10 * months]


@pytest.mark.parametrize(
    ("industry", "capital", "employees"),
    [
        ("manufacturing", 300_000_000, 300),
        ("construction", 300_000_000, 300),
        ("transport", 300_000_000, 300),
        ("wholesale", 100_000_000, 100),
        ("service", 50_000_000, 100),
        ("lodging", 50_000_000, 100),
        ("entertainment", 50_000_000, 100),
        ("retail", 50_000_000, 50),
        ("rubber", 300_000_000, 900),
        ("software", 300_000_000, 300),
        ("ryokan", 50_000_000, 200),
        ("other", 300_000_000, 300),
    ],
)
def test_an_sme_by_capital_or_by_headcount(industry: str, capital: int, employees: int) -> None:
    def firm(entity: str, yen: int, people: int) -> Facts:
        return {"entity": entity, "industry": industry, "capital": yen, "employees": people, "deemed_large": False}

    assert sme(firm("company", capital, employees + 1))
    assert sme(firm("company", capital + 1, employees))
    assert not sme(firm("company", capital + 1, employees + 1))
    for entity in ("sole_proprietor", "sme_association", "special_association", "foundation", "npo"):
        assert sme(firm(entity, 1, employees))
        assert not sme(firm(entity, 1, employees + 1))


@pytest.mark.parametrize(
    ("entity", "employees"), [("medical", 300), ("social_welfare", 300), ("school", 300), ("chamber", 100)]
)
def test_an_institution_by_headcount_and_never_small(entity: str, employees: int) -> None:
    assert sme({"entity": entity, "employees": employees, "deemed_large": False})
    assert not sme({"entity": entity, "employees": employees + 1, "deemed_large": False})
    assert not small({"entity": entity, "employees": 1, "deemed_large": False})


@pytest.mark.parametrize(
    ("industry", "employees"),
    [("retail", 5), ("wholesale", 5), ("service", 5), ("software", 5)]
    + [
        (name, 20)
        for name in ("manufacturing", "construction", "rubber", "ryokan", "lodging", "entertainment", "other")
    ],
)
def test_a_small_business_by_headcount(industry: str, employees: int) -> None:
    def firm(people: int) -> Facts:
        return {**SHOP, "industry": industry, "employees": people}

    assert small(firm(employees))
    assert not small(firm(employees + 1))
    assert not small({**firm(employees), "deemed_large": True})
    assert not small({**firm(employees), "entity": "npo"})


def test_random_applicants_are_the_same_for_the_same_seed_and_meet_every_outcome() -> None:
    outcomes = set()
    for seed in range(400):
        one = random_applicant(Random(seed))
        assert as_yaml(one) == as_yaml(random_applicant(Random(seed)))
        outcomes |= {(frame, status) for frame, (status, _) in evaluate(one).items()}
    floors = {("general", "below_floor"), ("security", "below_floor")}
    frames = ("general", "invoice", "electronic_trade", "security", "group")
    assert outcomes == floors | {(f, s) for f in frames for s in ("no_cost", "ineligible", "payable")}
