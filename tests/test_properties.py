"""What holds for every applicant: bounds, directions, and what must make no difference."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from random import Random

import pytest
from hypothesis import assume, given, strategies as st
from random_applicants import random_applicant
from subjects import fast, outcomes, read, rules, subject_of

from hojo_cli.base.exact import Exact
from hojo_cli.base.number import Kind
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.engine.judgement import Status
from hojo_cli.explanation import explain
from hojo_cli.results.estimated import Estimate
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import Number, Share

seeds = st.integers(0, 10**9)
CAPS = {
    "general": 4_500_000,
    "invoice": 3_500_000 + 100_000 + 200_000,
    "electronic_trade": 3_500_000,
    "security": 1_500_000,
    "group": 32_000_000,
}
HIGHEST = {
    "general": Fraction(2, 3),
    "invoice": Fraction(4, 5),
    "electronic_trade": Fraction(2, 3),
    "security": Fraction(2, 3),
    "group": Fraction(4, 5),
}


def subject(seed: int) -> Applicant:
    return subject_of(random_applicant(Random(seed)))


def group(seed: int) -> Applicant:
    """The first applicant from this seed on with members, the first of whom buys something."""
    while not ((one := subject(seed)).members and one.members[0].items):
        seed += 1
    return one


def estimates(seed: int) -> tuple[Estimate, ...]:
    return explain.estimates(rules(), subject(seed))


# --- bounds --------------------------------------------------------------------------------------------------------


@given(seeds)
def test_no_subsidy_is_above_its_cap_or_above_the_cost_at_the_highest_rate(seed: int) -> None:
    for estimate in estimates(seed):
        assert estimate.subsidy is not None
        assert estimate.eligible_cost is not None
        assert 0 <= estimate.subsidy <= CAPS[estimate.frame]
        assert estimate.subsidy <= floor(estimate.eligible_cost * HIGHEST[estimate.frame])
        assert (estimate.subsidy > 0) <= (estimate.status == Status.PAYABLE)


def test_the_caps_and_rates_these_tests_use_are_those_of_the_ruleset() -> None:
    """Of the frames without a sum of caps: the highest figure of each kind that stands in them."""
    for name in ("general", "electronic_trade", "security"):
        figures = list(numbers(rules().frames[name]))
        assert max(figure.value for figure in figures if figure.kind is Kind.RATE) == HIGHEST[name]
        assert max(figure.value for figure in figures if ".cap" in figure.path) == CAPS[name]


def numbers(node: object) -> list[Number]:
    """Every figure below a node."""
    if isinstance(node, Number):
        return [node]
    return [found for part in node for found in numbers(part)] if isinstance(node, tuple) else []


# --- the parts add up ------------------------------------------------------------------------------------------------


@given(seeds)
def test_lines_add_up_to_the_subsidy_and_steps_add_up_to_their_line(seed: int) -> None:
    for estimate in estimates(seed):
        assert sum(line.subsidy or 0 for line in estimate.lines) == estimate.subsidy
        assert sum(line.cost or 0 for line in estimate.lines) == estimate.eligible_cost
        for line in estimate.lines:
            assert sum((step.yen or 0) for step in line.steps) == line.subsidy
            assert sum(entry.counted for entry in line.counted) >= (line.cost or 0)
            assert all(entry.counted <= entry.cost for entry in line.counted)


@given(seeds)
def test_every_yen_that_does_not_arrive_is_named(seed: int) -> None:
    """Costs that do not count stand among the reductions to the yen, and every cut a line shows stands there too."""
    applicant = subject(seed)
    total = sum(item.cost for owner in (applicant, *applicant.members) for item in owner.items)
    for estimate in estimates(seed):
        if estimate.status != Status.PAYABLE:
            continue
        assert estimate.eligible_cost is not None
        uncounted = [found for found in estimate.reductions if found.reason in ("months", "category", "not_eligible")]
        subsidy = sum(found.yen for found in estimate.reductions if found.of == "subsidy")
        taken = -sum((step.yen or 0) for line in estimate.lines for step in line.steps if (step.yen or 0) < 0)
        assert sum(found.yen for found in uncounted) == total - estimate.eligible_cost
        assert subsidy >= taken


# --- more cost --------------------------------------------------------------------------------------------------------


def dearer(item: Item, yen: int) -> Item:
    return item._replace(cost=item.cost + yen) if item.months is None else item


@given(seeds, st.integers(0, 3), st.integers(1, 3_000_000))
def test_a_dearer_item_never_lowers_the_subsidy(seed: int, place: int, yen: int) -> None:
    """In 2026 the law is monotone in every cost.

    A group's share for experts grows with what it is a share of; a band that pays more is the one that counts; nothing is
    taken away for being dear. Not monotone, and left out here on purpose: more *items* (a process more may not hurt, but a
    member without software joins at nothing), headcount and capital (a firm may grow out of a rate or out of the frame).
    """
    one = subject(seed)
    assume(one.items)
    items = list(one.items)
    place %= len(items)
    items[place] = dearer(items[place], yen)
    before, after = fast().outcomes(one), fast().outcomes(one._replace(items=tuple(items)))
    for frame, (_, subsidy) in before.items():
        assert (after[frame][1] or 0) >= (subsidy or 0)


@given(seeds, st.integers(1, 3_000_000))
def test_a_member_with_a_dearer_item_never_lowers_what_the_group_gets(seed: int, yen: int) -> None:
    one = group(seed)
    first = one.members[0]
    changed = first._replace(items=(dearer(first.items[0], yen), *first.items[1:]))
    after = fast().outcomes(one._replace(members=(changed, *one.members[1:])))
    assert (after["group"][1] or 0) >= (fast().outcomes(one)["group"][1] or 0)


def test_one_person_more_may_cost_a_rate() -> None:
    """Headcount is not monotone: with the sixth employee a shop is no longer small, and loses from the first tier."""
    text = "facts: {{entity: company, industry: retail, capital: 1000000, employees: {}, deemed_large: false, past_grant: false}}\n"
    text += "items: [{{category: software, amount: 625000, functions: [accounting]}}]\n"
    five, six = (outcomes(rules(), read(text.format(people), rules()))["invoice"] for people in (5, 6))
    assert (five, six) == ((Status.PAYABLE, 500_000), (Status.PAYABLE, 468_750))


# --- what makes no difference -------------------------------------------------------------------------------------------


@given(seeds, st.randoms(use_true_random=False))
def test_the_order_of_items_facts_and_members_does_not_matter(seed: int, random: Random) -> None:
    one = subject(seed)
    items, members, facts = list(one.items), list(one.members), list(one.facts.items())
    for listed in (items, members, facts):
        random.shuffle(listed)
    other = Applicant(one.name, dict(facts), tuple(items), tuple(members))
    assert outcomes(rules(), other) == outcomes(rules(), one)


@given(seeds, st.integers(0, 20), st.integers(0, 10**7))
def test_splitting_one_line_into_two_changes_nothing(seed: int, place: int, part: int) -> None:
    one = subject(seed)
    whole = [item for item in one.items if item.months is None]
    assume(whole)
    item = whole[place % len(whole)]
    part %= int(item.cost) + 1
    pieces = (item._replace(cost=part), item._replace(cost=item.cost - part))
    items = (*(other for other in one.items if other is not item), *pieces)
    assert outcomes(rules(), one._replace(items=items)) == outcomes(rules(), one)


@given(seeds, seeds)
def test_an_item_no_frame_pays_for_changes_no_other_frame(seed: int, other: int) -> None:
    """What a frame does not pick leaves it alone: the member-only and analysis lines do not touch the single-firm frames."""
    one = subject(seed)
    extra = Item("", "office", other % 10**6, None, None, {}, 0)
    before, after = outcomes(rules(), one), outcomes(rules(), one._replace(items=(*one.items, extra)))
    assert {name: found for name, found in after.items() if name != "group"} == {
        name: found for name, found in before.items() if name != "group"
    }


UNRELATED = {
    "general": ("supplier_accounts", "sme_supplier_accounts", "analysis_members"),
    "invoice": ("near_minimum_wage_months", "wage_floor_margin", "supplier_accounts", "analysis_members"),
    "electronic_trade": ("near_minimum_wage_months", "wage_floor_margin", "analysis_members"),
    "security": ("past_grant", "wage_growth", "wage_plan_announced", "near_minimum_wage_months", "supplier_accounts"),
}


@pytest.mark.parametrize("frame", UNRELATED)
@given(seed=seeds)
def test_a_fact_a_frame_does_not_ask_for_changes_nothing_there(frame: str, seed: int) -> None:
    one = subject(seed)
    less = one._replace(facts={name: value for name, value in one.facts.items() if name not in UNRELATED[frame]})
    assert outcomes(rules(), less)[frame] == outcomes(rules(), one)[frame]


# --- a share of a whole that includes itself -----------------------------------------------------------------------------


@given(st.fractions(0, 10**9), st.fractions(0, Fraction(99, 100)))
def test_a_share_of_the_whole_with_itself_is_that_share(rest: Fraction, rate: Fraction) -> None:
    """x = r × (rest + x) has the one solution r / (1 − r) × rest."""
    share: Exact = rest * rate / (1 - rate)
    assert share == rate * (rest + share)


def test_no_shipped_ruleset_has_a_share_that_includes_itself() -> None:
    """It is there for other programmes: see `test_generality`."""

    def shares(node: object) -> list[Share]:
        if isinstance(node, Share):
            return [node]
        return [found for part in node for found in shares(part)] if isinstance(node, tuple) else []

    shipped: list[Ruleset] = [rules(year) for year in ("2024", "2025", "2026")]
    assert not [share for used in shipped for frame in used.frames.values() for share in shares(frame) if share.itself]
