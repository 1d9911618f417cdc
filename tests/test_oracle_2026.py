"""The oracle itself, checked against the boundary table of the 2026 rules by hand arithmetic."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from oracle_2026 import (
    Facts,
    Item,
    Member,
    Outcome,
    PlainApplicant,
    eligible_cost,
    evaluate,
    group,
    own_cost,
    priced,
    small,
    sme,
)
from plain_files import plain, stated
from random_applicants import as_yaml, random_applicant

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


def applicant(facts: Facts, *items: Item, members: list[Member] | None = None) -> PlainApplicant:
    return {"facts": facts, "items": list(items), "members": members or []}


def software(amount: int, processes: list[str] | None = None, functions: list[str] | None = None) -> Item:
    return {"category": "software", "amount": amount, "processes": processes or [], "functions": functions or []}


def shop_items() -> list[Item]:
    return [
        software(1_000_000, ["共P-04"], TWO_FUNCTIONS),
        {"category": "cloud", "monthly": 20_000, "months": 36, "processes": ["共P-04"], "functions": ["accounting"]},
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


# ── what counts ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_process_is_one_of_the_software() -> None:
    """規程（通常枠）第６条２: a code on an option or a service makes no fourth kind, and no business process."""
    option: Item = {"category": "option", "amount": 1_000_000, "processes": ["共P-04", "共P-05", "各業種P-06"]}
    planned: Facts = {**SHOP, **PLAN}
    assert evaluate(applicant(planned, software(3_000_000, THREE), option))["general"] == paid(1_499_999)
    assert evaluate(applicant(planned, software(3_000_000, FOUR), option))["general"] == paid(2_000_000)
    assert evaluate(applicant(SHOP, software(1_000_000, ["汎P-07"]), option))["general"] == ("ineligible", 0)


def test_software_without_a_process_is_not_paid_by_the_general_frame() -> None:
    bought = applicant(SHOP, software(1_000_000, THREE), software(1_000_000), {"category": "option", "amount": 200_000})
    assert evaluate(bought)["general"] == paid(600_000)
    assert eligible_cost(bought, "general") == 1_200_000
    assert evaluate(applicant(SHOP, software(1_000_000)))["general"] == ("no_cost", 0)
    assert evaluate(applicant(SHOP, software(1_000_000), {"category": "option", "amount": 1}))["general"] == (
        "ineligible",
        0,
    )


def test_what_costs_nothing_alone_is_no_cost_and_beside_something_it_says_what_it_does() -> None:
    assert set(evaluate(applicant(SHOP, software(0, FOUR, ["ordering"]))).values()) == {("no_cost", 0)}
    assert evaluate(applicant(SHOP, software(0, THREE), {"category": "option", "amount": 100_000}))["general"] == paid(
        50_000
    )


@pytest.mark.parametrize(
    ("category", "months", "counted"),
    [
        ("cloud", 23, 1_200_000),
        ("cloud", 24, 1_200_000),
        ("cloud", 25, Fraction(1_200_000 * 24, 25)),
        ("cloud", 60, 480_000),
        ("security_service", 36, 800_000),
        ("option", 12, 1_200_000),
        ("option", 13, Fraction(1_200_000 * 12, 13)),
        ("analysis_cloud", 24, 600_000),
        ("support", 60, 1_200_000),
        ("software", 60, 1_200_000),
        ("pc", 60, 1_200_000),
    ],
)
def test_a_sum_for_longer_than_the_limit_counts_in_proportion(
    category: str, months: int, counted: int | Fraction
) -> None:
    (line,) = priced([{"category": category, "amount": 1_200_000, "months": months}])
    assert line.cost == 1_200_000
    assert line.counted == counted


def test_the_exact_part_of_a_sum_is_cut_where_the_line_is_cut() -> None:
    """1,000,001 × 24/25 = 960,000.96; half of it is 480,000.48, and with 0.04 from an option over 13 months it is not cut twice."""
    fee: Item = {"category": "cloud", "amount": 1_000_001, "months": 25, "processes": THREE}
    option: Item = {"category": "option", "amount": 14, "months": 13}
    assert eligible_cost(applicant(SHOP, fee), "general") == Fraction(96_000_096, 100)
    assert evaluate(applicant(SHOP, fee))["general"] == paid(480_000)
    assert evaluate(applicant(SHOP, fee, option))["general"] == paid(480_006)  # (960,000.96 + 12.92…) / 2 = 480,006.94


@pytest.mark.parametrize(
    ("category", "years", "counted"), [("cloud", 3, 2), ("cloud", 2, 2), ("option", 2, 1), ("support", 3, 2)]
)
def test_a_yearly_fee_counts_for_the_years_within_the_limit(category: str, years: int, counted: int) -> None:
    (line,) = priced([{"category": category, "yearly": 120_000, "years": years}])
    assert line.cost == 120_000 * years
    assert line.counted == 120_000 * counted


def test_pieces_are_multiplied_after_the_tax_of_one_is_taken_out() -> None:
    (line,) = priced([{"category": "cloud", "monthly": 1_078, "months": 24, "quantity": 12, "tax": "included"}])
    assert line.cost == 980 * 12 * 24
    (line,) = priced([{"category": "pc", "amount": 109, "quantity": 10, "tax": "included"}])
    assert line.cost == 990


def test_a_discount_lowers_the_line_it_names_or_all_in_proportion() -> None:
    lines: list[Item] = [
        {"name": "甲", "category": "software", "amount": 300_000},
        {"name": "乙", "category": "cloud", "monthly": 10_000, "months": 30},
    ]
    one, other = priced([*lines, {"discount": 50_000, "of": "甲"}])
    assert one.counted == 250_000
    assert other.counted == 240_000
    one, other = priced([*lines, {"discount": 100_000}])
    assert one.counted == 250_000
    assert other.counted == 200_000
    one, other = priced([*lines, {"discount": 100_000, "of": "乙"}, {"discount": 1}])
    assert (one.counted, other.cost) == (300_000 - Fraction(3, 5), 200_000 - Fraction(2, 5))
    assert own_cost(applicant(SHOP, *lines, {"discount": 100_000}), 7) == 500_000 - 7


# ── groups ───────────────────────────────────────────────────────────────────────────────────────────────────

CHAMBER: Facts = {"entity": "chamber", "employees": 150, "deemed_large": False}


def lead(facts: Facts, *items: Item) -> Member:
    return {"facts": {**facts, "role": "lead"}, "items": list(items)}


def shops(number: int, *items: Item) -> list[Member]:
    return [{"facts": {**SMALL_SHOP, "role": "participant"}, "items": list(items)} for _ in range(number)]


TOOL = software(500_000, functions=TWO_FUNCTIONS)  # 400,000 for a small shop


def test_ten_shops_as_a_group_and_nine_are_none() -> None:
    shared: list[Item] = [
        {"category": "analysis_software", "amount": 20_000_000},
        {"category": "office", "amount": 5_000_000},
    ]
    ten = [lead(SMALL_SHOP, *shop_items()), *shops(9, *shop_items())]
    assert group(applicant({}, *shared, members=ten)) == paid(13_600_000 + 5_000_000 + 1_240_000)
    assert group(applicant({}, *shared, members=ten[:9])) == ("ineligible", 0)
    assert eligible_cost(applicant({}, *shared, members=ten), "group") == 21_600_000 + 25_000_000


def test_a_group_never_gets_more_than_thirty_two_million() -> None:
    shared: list[Item] = [{"category": "expert", "amount": 3_000_000}]
    dear = software(6_000_000, functions=TWO_FUNCTIONS)
    other: Member = {"facts": {**SHOP, "role": "participant"}, "items": [dear]}
    rich = [lead(SHOP, dear), *[other] * 9]
    assert group(applicant({}, *shared, members=rich)) == paid(32_000_000)


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        (CHAMBER, paid(3_600_000)),
        ({**CHAMBER, "deemed_large": True}, paid(3_600_000)),
        ({**SHOP, "entity": "sme_association", "employees": 51}, paid(3_600_000)),
        ({**SHOP, "entity": "special_association", "employees": 50}, paid(3_600_000)),
        ({**SHOP, "entity": "special_association", "employees": 51}, ("ineligible", 0)),
        (SMALL_SHOP, paid(3_600_000)),
        (LARGE, ("ineligible", 0)),
        ({**SMALL_SHOP, "entity": "sole_proprietor"}, ("ineligible", 0)),
        ({**SMALL_SHOP, "entity": "religious"}, ("ineligible", 0)),
        ({**SMALL_SHOP, "entity": "voluntary"}, ("ineligible", 0)),
    ],
)
def test_a_corporation_leads_that_is_an_sme_or_an_association_or_a_chamber(facts: Facts, outcome: Outcome) -> None:
    assert group(applicant({}, members=[lead(facts), *shops(9, TOOL)])) == outcome


def test_exactly_one_leads() -> None:
    assert group(applicant({}, members=shops(10, TOOL))) == ("ineligible", 0)
    two = [lead(SMALL_SHOP, TOOL), lead(SMALL_SHOP, TOOL), *shops(9, TOOL)]
    assert group(applicant({}, members=two)) == ("ineligible", 0)


@pytest.mark.parametrize(("users", "outcome"), [(8, ("ineligible", 0)), (9, paid(3_600_000)), (10, paid(4_000_000))])
def test_the_lead_counts_and_a_participant_that_uses_nothing_does_not(users: int, outcome: Outcome) -> None:
    members = [lead(CHAMBER), *shops(users, TOOL), *shops(3)]
    assert group(applicant({}, members=members)) == outcome


def test_who_is_no_member_need_not_be_an_sme() -> None:
    idle: Member = {"facts": {**LARGE, "role": "participant"}, "items": []}
    members = [lead(CHAMBER), *shops(9, TOOL)]
    assert group(applicant({}, members=[*members, idle])) == paid(3_600_000)
    assert group(applicant({}, members=[*members, {**idle, "items": [TOOL]}])) == ("ineligible", 0)


def test_analysis_comes_with_its_options_and_services_and_these_do_not_come_alone() -> None:
    analysis: Item = {"category": "analysis_software", "amount": 3_000_000}
    beside: list[Item] = [
        {"category": "support", "amount": 2_400_000},
        {"category": "option", "monthly": 50_000, "months": 13},
    ]
    members = [lead(CHAMBER), *shops(9, TOOL)]
    assert group(applicant({}, analysis, *beside, members=members)) == paid(3_600_000 + 4_000_000)
    assert group(applicant({}, *beside, members=members)) == paid(3_600_000)
    assert eligible_cost(applicant({}, *beside, members=members), "group") == 9 * 500_000
    few = group(applicant({"analysis_members": 7}, analysis, *beside, members=members))
    assert few == paid(3_600_000 + 3_500_000)


def test_all_members_use_what_is_bought_for_all_of_them() -> None:
    """要領2025（複数社）補足１ 2: the lead buys, the participants use."""
    analysis: Item = {"category": "analysis_hardware", "amount": 6_000_000}
    idle = [lead(CHAMBER), *shops(9)]
    assert group(applicant({}, analysis, members=idle)) == paid(4_000_000)
    assert group(applicant({"analysis_members": 9}, analysis, members=idle)) == ("ineligible", 0)


# ── the rest ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("entity", ["religious", "voluntary"])
def test_a_religious_body_and_an_association_without_legal_form_get_nothing_anywhere(entity: str) -> None:
    fee: Item = {"category": "cloud", "amount": 1_000_000, "processes": ["共P-04"], "functions": ["ordering"]}
    found = evaluate(applicant({**SHOP, "entity": entity}, fee, {"category": "security_service", "amount": 200_000}))
    assert {found.pop("group")} == {("no_cost", 0)}
    assert set(found.values()) == {("ineligible", 0)}


def test_nothing_to_pay_for_comes_before_ineligible() -> None:
    assert set(evaluate(applicant(LARGE)).values()) == {("no_cost", 0)}


def test_support_counts_up_to_two_million_and_tax_is_taken_out_first() -> None:
    support: Item = {"category": "support", "monthly": 110_000, "months": 25, "tax": "included"}
    dear: Item = {"category": "software", "amount": 109, "tax": "included", "processes": ["共P-04"]}
    bought = applicant(SHOP, software(1_000_000, THREE), support)
    assert eligible_cost(bought, "general") == 1_000_000 + 2_000_000
    assert own_cost(bought, 0) == 1_000_000 + 2_500_000
    assert eligible_cost(applicant(SHOP, dear), "general") == 99


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
    def cost(paid_months: int) -> Fraction:
        fee: Item = {"category": category, "monthly": 10, "months": paid_months, "processes": ["共P-04"]}
        return eligible_cost(applicant(SHOP, fee), frame)

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


# ── the cases of this year ───────────────────────────────────────────────────────────────────────────────────

CASES = sorted((Path(__file__).parent / "cases" / "2026").glob("*/*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parts[-2]}/{path.stem}")
def test_a_case_comes_to_what_its_source_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    one = plain(text)
    found = evaluate(one)
    for frame, expected in stated(text).items():
        if expected.status == "incomplete":
            continue
        assert found[frame] == (expected.status, expected.yen), frame
        if expected.eligible_cost is not None:
            assert eligible_cost(one, frame) == expected.eligible_cost, frame
