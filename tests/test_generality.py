"""Two programmes of quite another kind, written as ruleset files beside this test, run by the same engine unchanged."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from subjects import HERE, Outcome, fast, outcomes, read, rules

from hojo_cli.base.finding import Severity
from hojo_cli.commands.verify import verified
from hojo_cli.engine.evaluator import judge
from hojo_cli.engine.judgement import Status
from hojo_cli.engine.missing import settle
from hojo_cli.explanation import explain
from hojo_cli.rules import ruleset

WORKSHOP = str(HERE / "programmes" / "workshop.yaml")
MARKET = str(HERE / "programmes" / "market.yaml")
NO, YES = "false", "true"


def workshop(employees: int, machine: int, small: str = NO, large_rise: str = NO, category: str = "machine") -> Outcome:
    facts = f"facts: {{employees: {employees}, small: {small}, large_rise: {large_rise}}}\n"
    subject = read(f"{facts}items: [{{category: {category}, amount: {machine}}}]\n", rules(WORKSHOP))
    found = outcomes(rules(WORKSHOP), subject)
    assert fast(WORKSHOP).outcomes(subject) == found
    return found["product"]


def paid(yen: int) -> Outcome:
    return Status.PAYABLE, yen


@pytest.mark.parametrize(
    ("employees", "usual", "raised"),
    [
        (5, 7_500_000, 8_500_000),
        (6, 10_000_000, 12_500_000),
        (20, 10_000_000, 12_500_000),
        (21, 15_000_000, 25_000_000),
        (50, 15_000_000, 25_000_000),
        (51, 25_000_000, 35_000_000),
    ],
)
def test_the_cap_rises_with_headcount_and_the_wage_special_comes_on_top(
    employees: int, usual: int, raised: int
) -> None:
    assert workshop(employees, 100_000_000) == paid(usual)
    assert workshop(employees, 100_000_000, large_rise=YES) == paid(raised)


@pytest.mark.parametrize(
    ("small", "cost", "outcome"),
    [
        (NO, 1_999_999, (Status.BELOW_FLOOR, 0)),
        (NO, 2_000_000, paid(1_000_000)),
        (YES, 1_499_999, (Status.BELOW_FLOOR, 0)),
        (YES, 1_500_000, paid(1_000_000)),
        (YES, 2_000_000, paid(1_333_000)),  # 1,333,333.3 cut once to whole thousands
        (NO, 14_999_999, paid(7_499_000)),
        (NO, 15_000_000, paid(7_500_000)),
        (NO, 15_000_001, paid(7_500_000)),
    ],
)
def test_half_or_two_thirds_from_one_million_on_in_whole_thousands(small: str, cost: int, outcome: Outcome) -> None:
    assert workshop(5, cost, small) == outcome


def test_experts_alone_are_not_eligible_and_travel_is_no_cost_of_the_frame() -> None:
    assert workshop(5, 5_000_000, category="design") == (Status.INELIGIBLE, 0)
    assert workshop(5, 5_000_000, category="travel") == (Status.NO_COST, 0)


def test_only_the_facts_that_decide_are_asked() -> None:
    used = rules(WORKSHOP)
    frame = used.frames["product"]
    asked = {cost: settle(used, frame, read(f"items: [{{category: machine, amount: {cost}}}]", used)).missing for cost in
             (1_000_000, 3_000_000, 16_000_000)}  # fmt: skip
    assert asked == {1_000_000: (), 3_000_000: ("small",), 16_000_000: ("employees", "small", "large_rise")}


def test_a_cap_of_a_band_that_depends_on_unknown_facts_is_asked_for_as_well() -> None:
    """The same caps, now on the band: headcount and wages decide there, and the engine sees through it all the same."""
    text = (HERE / "programmes" / "workshop.yaml").read_text(encoding="utf-8")
    before, rest = text.split("        cap:\n", 1)
    start, bands = rest.index("        source:"), rest.index("    bands:")
    cap, source, after = rest[:start], rest[start:bands], rest[bands:]
    band, other = after.split("  trips:\n")
    moved = ruleset.read(f"{before}{source}{band}        cap:\n{cap}{source}  trips:\n{other}".encode(), "moved.yaml")
    frame = moved.frames["product"]
    for cost, missing in ((16_000_000, ("employees", "small", "large_rise")), (3_000_000, ("small",))):
        one = read(f"items: [{{category: machine, amount: {cost}}}]\n", moved)
        settled = settle(moved, frame, one)
        assert settled.missing == missing
        assert settled.outcomes == settle(rules(WORKSHOP), rules(WORKSHOP).frames["product"], one).outcomes
    known = read("facts: {employees: 5, large_rise: false}\nitems: [{category: machine, amount: 16000000}]\n", moved)
    assert outcomes(moved, known)["product"] == paid(7_500_000)


def market(outreach: int, web: int, wage_rise: str = NO, invoice: str = NO) -> Outcome:
    facts = f"facts: {{wage_rise: {wage_rise}, invoice: {invoice}}}\n"
    items = f"items: [{{category: promotion, amount: {outreach}}}, {{category: web, amount: {web}}}]\n"
    subject = read(facts + items, rules(MARKET))
    found = outcomes(rules(MARKET), subject)
    assert fast(MARKET).outcomes(subject) == found
    return found["usual"]


@pytest.mark.parametrize(
    ("outreach", "web", "subsidy"),
    [
        (450_000, 150_000, 400_000),  # 300,000 + 100,000: exactly a quarter of the whole
        (450_000, 149_999, 399_999),  # 300,000 + 99,999.3
        (450_000, 900_000, 400_000),  # the quarter binds
        (0, 900_000, 0),  # a quarter of nothing
        (562_500, 900_000, 500_000),  # 375,000 + 125,000: quarter and cap meet
        (750_000, 900_000, 500_000),  # the cap leaves nothing for the web
        (749_999, 3, 500_000),  # 499,999.33 + 2 is over the cap
        (1, 1, 0),  # 2/3 + 2/9 of a yen
    ],
)
def test_web_costs_are_at_most_a_quarter_of_the_whole_they_are_part_of(outreach: int, web: int, subsidy: int) -> None:
    assert market(outreach, web) == paid(subsidy)


@pytest.mark.parametrize(
    ("wage_rise", "invoice", "cap"),
    [(NO, NO, 500_000), (NO, YES, 1_000_000), (YES, NO, 2_000_000), (YES, YES, 2_500_000)],
)
def test_the_specials_raise_the_cap_and_the_web_stays_within_half_a_million(
    wage_rise: str, invoice: str, cap: int
) -> None:
    assert market(9_000_000, 0, wage_rise, invoice) == paid(cap)
    assert market(2_700_000, 9_000_000, wage_rise, invoice) == paid(min(cap, 1_800_000 + 500_000))


@given(st.integers(1, 800_000), st.integers(0, 10**7))
def test_the_web_line_is_never_more_than_a_quarter_of_the_subsidy(outreach: int, web: int) -> None:
    items = f"items: [{{category: fair, amount: {outreach}}}, {{category: web, amount: {web}}}]\n"
    subject = read("facts: {wage_rise: true, invoice: true}\n" + items, rules(MARKET))
    judgement = judge(rules(MARKET), rules(MARKET).frames["usual"], subject)
    paid_lines = [line.derivation.value for line in judgement.lines]
    assert all(isinstance(value, int | Fraction) for value in paid_lines)
    first, second = (Fraction(value) for value in paid_lines if isinstance(value, int | Fraction))
    assert second == min(Fraction(2 * web, 3), (first + second) / 4, 500_000)


def test_other_programmes_are_explained_to_the_yen_as_well() -> None:
    subject = read(
        "facts: {wage_rise: false, invoice: false}\n"
        "items: [{category: promotion, amount: 562501}, {category: web, amount: 900000}]\n",
        rules(MARKET),
    )
    (estimate,) = explain.estimates(rules(MARKET), subject)
    assert estimate.subsidy == 500_000
    assert sum(line.subsidy or 0 for line in estimate.lines) == 500_000
    for line in estimate.lines:
        assert sum((step.yen or 0) for step in line.steps) == line.subsidy


@pytest.mark.parametrize("file", sorted((HERE / "programmes").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_programme_of_another_kind_is_verified_without_error_or_warning(file: Path) -> None:
    (one,) = verified([str(file)], "", "", "")
    assert [found for found in one.findings if found.severity is not Severity.NOTE] == []
