"""Fields left out of an item are unknown: asked for exactly where they can change a frame, with the right range of yen.

What fills a gap is of many types: a set of choices, a number, a truth (`Any`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from time import process_time
from typing import Any

import pytest
from subjects import Outcome, fast, read, rules

from hojo_cli.engine.applicant import Applicant, Item, passes_any
from hojo_cli.engine.judgement import Status
from hojo_cli.engine.missing import settle
from hojo_cli.rules.asked import asked
from hojo_cli.rules.declared import FactValue
from hojo_cli.rules.nodes import FieldTest

PROCESSES = ("共P-01", "共P-02", "各業種P-06", "汎P-07")
FUNCTIONS = ("accounting", "ordering")
FACTS: dict[str, FactValue] = {
    "entity": "company", "industry": "manufacturing", "capital": 10_000_000, "employees": 15, "deemed_large": False,
    "past_grant": False, "wage_exempt_sector": False, "near_minimum_wage_months": 0, "wage_plan_announced": True,
    "wage_growth": 3, "wage_floor_margin": 30, "supplier_accounts": 10, "sme_supplier_accounts": 7,
}  # fmt: skip


def software(place: int, cost: int, category: str = "software", **fields: tuple[str, ...]) -> Item:
    held = {name: frozenset(members) for name, members in fields.items()}
    return Item("", category, cost, None, None, held, 0, place)


def bought(*items: Item) -> Applicant:
    return Applicant("", FACTS, items)


def missing(subject: Applicant, frame: str) -> tuple[str, ...]:
    return settle(rules(), rules().frames[frame], subject).missing


def test_a_field_left_out_is_asked_for_by_item_and_the_range_says_what_it_is_worth() -> None:
    one = bought(software(0, 1_000_000, processes=("共P-04",)), software(1, 1_000_000))
    settled = settle(rules(), rules().frames["general"], one)
    assert settled.judgement.status is Status.INCOMPLETE
    assert settled.missing == ("items[1].processes",)
    assert [leaf.subsidy for leaf in settled.outcomes] == [500_000, 1_000_000]


def test_an_empty_list_says_none() -> None:
    one = bought(software(0, 1_000_000, processes=("共P-04",)), software(1, 1_000_000, processes=()))
    assert fast().outcomes(one)["general"] == (Status.PAYABLE, 500_000)


def test_an_item_that_fails_one_test_is_not_picked_whatever_a_field_left_out_holds() -> None:
    one = software(0, 1_000_000, processes=("共P-04",))
    fails, passes = (FieldTest("processes", frozenset((name,)), 0) for name in ("共P-01", "共P-04"))
    left_out = FieldTest("functions", frozenset(("accounting",)), 0)
    assert passes_any(one, ((fails, left_out),)) is passes_any(one, ((left_out, fails),)) is False
    assert passes_any(one, ((passes, left_out),)) is passes_any(one, ((fails,), (left_out,))) is None
    assert passes_any(one, ((left_out,), (passes,))) is True


def test_a_field_that_can_change_nothing_is_not_asked_for() -> None:
    full = bought(software(0, 9_000_000, processes=PROCESSES, functions=()), software(1, 100, functions=()))
    assert fast().outcomes(full)["general"] == (Status.PAYABLE, 4_500_000)
    assert missing(full, "general") == ()
    assert missing(full, "invoice") == ()


def test_a_frame_that_may_have_nothing_to_pay_for_is_not_said_to_have_nothing() -> None:
    one = bought(software(0, 1_000_000, processes=("共P-04",)))
    settled = settle(rules(), rules().frames["invoice"], one)
    assert settled.missing == ("items[0].functions",)
    assert {leaf.status for leaf in settled.outcomes} == {Status.NO_COST, Status.PAYABLE}


def test_what_a_member_leaves_out_is_asked_for_with_its_place() -> None:
    facts = {**FACTS, "industry": "retail", "employees": 4}
    members = tuple(
        Applicant(
            "",
            facts,
            (software(0, 500_000, functions=("accounting",) if place > 1 else ("ordering",)),),
            (),
            f"members.{place}.",
        )
        for place in range(1, 11)
    )
    one = Applicant("", {}, (), (members[0]._replace(items=(software(0, 500_000),)), *members[1:]))
    settled = settle(rules(), rules().frames["group"], one)
    assert "members.1.items[0].functions" in settled.missing
    assert asked("members.1.items[0].functions") == (1, 0, "functions")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("", None),
        ("processes: null", None),
        ("processes: []", frozenset()),
        ("processes: [共P-01]", frozenset({"共P-01"})),
    ],
)
def test_null_means_left_out(written: str, kept: frozenset[str] | None) -> None:
    text = f"items:\n  - {{category: software, amount: 10万円, {written}}}\n"
    assert read(text, rules()).items[0].fields.get("processes") == kept


# --- against every completion -----------------------------------------------------------------------------------------


def random_open(seed: int) -> Applicant:
    """A few items, some without their fields, and at times a fact left out."""
    random = Random(seed)
    items = []
    for place in range(random.choice((1, 2, 2))):
        fields: dict[str, tuple[str, ...]] = {}
        for name, choices in (("processes", PROCESSES), ("functions", FUNCTIONS)):
            if random.random() < 0.55:
                fields[name] = tuple(random.sample(choices, random.randint(0, len(choices))))
        cost = random.choice((60_000, 100_000, 1_000_000, 2_999_999, 3_000_000, 9_000_000))
        items.append(software(place, cost, random.choice(("software", "cloud")), **fields))
    facts = dict(FACTS)
    for name in random.sample(
        ("near_minimum_wage_months", "wage_plan_announced", "employees"), random.choice((0, 0, 1))
    ):
        del facts[name]
    facts["employees" if "employees" in facts else "capital"] = random.choice((15, 301)) if "employees" in facts else 10
    return Applicant("", facts, tuple(items))


VALUES = {"near_minimum_wage_months": (0, 3), "wage_plan_announced": (False, True), "employees": (5, 20, 21, 301)}


TELLING: dict[str, list[frozenset[str]]] = {
    "processes": [
        frozenset(), frozenset({"汎P-07"}), frozenset({"共P-01"}), frozenset({"共P-03"}), frozenset({"共P-03", "共P-04"}),
        frozenset({"共P-03", "共P-04", "共P-05"}), frozenset({"共P-01", "共P-03", "共P-04", "共P-05"}),
    ],
    "functions": [
        frozenset(), frozenset({"accounting"}), frozenset({"ordering"}), frozenset({"accounting", "settlement"}),
        frozenset({"accounting", "ordering", "settlement"}),
    ],
}  # fmt: skip
"""Enough of the sets a field may hold that every number of kinds comes about beside any other item."""


def completions(subject: Applicant) -> Iterator[tuple[dict[str, Any], Applicant]]:
    """Every way to fill in what is left out, with what was filled in by name."""
    gaps: dict[str, list[Any]] = {name: list(values) for name, values in VALUES.items() if name not in subject.facts}
    for item in subject.items:
        gaps |= {item.asked(field): list(held) for field, held in TELLING.items() if field not in item.fields}
    for values in product(*gaps.values()):
        filled = dict(zip(gaps, values, strict=True))
        items = tuple(
            item._replace(
                fields={
                    **item.fields,
                    **{asked(name).name: held for name, held in filled.items() if asked(name).item == item.place},
                }
            )
            for item in subject.items
        )
        facts = {name: value for name, value in filled.items() if asked(name).item is None}
        yield filled, subject._replace(items=items, facts={**subject.facts, **facts})


def told(subject: Applicant, frame: str) -> tuple[Outcome, tuple[str, ...], list[tuple[str, int]]]:
    settled = settle(rules(), rules().frames[frame], subject)
    ends = [(str(leaf.status), leaf.subsidy or 0) for leaf in settled.outcomes]
    return (settled.judgement.status, settled.judgement.subsidy), settled.missing, ends


def check_exact(seed: int) -> None:
    one = random_open(seed)
    all_of_them = [(filled, fast().outcomes(complete)) for filled, complete in completions(one)]
    for frame in ("general", "invoice", "electronic_trade"):
        came = [(filled, found[frame]) for filled, found in all_of_them]
        outcomes = {outcome for _, outcome in came}
        (status, yen), missing, ends = told(one, frame)
        assert (status is Status.INCOMPLETE) == (len(outcomes) > 1), (seed, frame, outcomes)
        assert fast().outcomes(one)[frame] == (status, yen), (seed, frame)
        if len(outcomes) == 1:
            assert (status, yen or 0) == (came[0][1][0], came[0][1][1] or 0), (seed, frame)
        else:
            paid = [outcome[1] or 0 for outcome in outcomes]
            assert (min(end[1] for end in ends), max(end[1] for end in ends)) == (min(paid), max(paid)), (seed, frame)
            assert set(missing) == deciding(came), (seed, frame)


def deciding(came: list[tuple[dict[str, Any], Outcome]]) -> set[str]:
    """The gaps of which some change alone makes a difference."""
    found = set()
    for name in came[0][0]:
        beside: dict[tuple[Any, ...], Outcome] = {}
        for filled, outcome in came:
            key = tuple(value for other, value in filled.items() if other != name)
            if beside.setdefault(key, outcome) != outcome:
                found.add(name)
                break
    return found


@pytest.mark.parametrize("seed", range(24))
def test_what_is_said_and_asked_is_what_every_completion_comes_to(seed: int) -> None:
    check_exact(seed)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(1000, 3000, 250))
def test_what_is_said_and_asked_is_what_every_completion_comes_to_for_two_thousand(start: int) -> None:
    for seed in range(start, start + 250):
        check_exact(seed)


def test_ten_items_without_fields_are_laid_out_at_once() -> None:
    ten = bought(*(software(place, 200_000 + 37_000 * place**2) for place in range(10)))
    began = process_time()
    for frame in rules().frames.values():
        settle(rules(), frame, ten)
    assert process_time() - began < 5  # seconds; it takes a fraction of one
    assert missing(ten, "general") == tuple(f"items[{place}].processes" for place in range(10))
    assert missing(ten, "invoice") == tuple(f"items[{place}].functions" for place in range(10))


def test_facts_are_asked_first_and_then_items_in_their_order() -> None:
    facts: dict[str, FactValue] = {
        "entity": "company",
        "industry": "retail",
        "capital": 10_000_000,
        "deemed_large": False,
        "past_grant": False,
        "wage_exempt_sector": False,
    }
    open_items = (software(0, 1_000_000), software(1, 1_000_000))
    names = missing(bought(*open_items)._replace(facts=facts), "general")
    assert names == ("near_minimum_wage_months", "items[0].processes", "items[1].processes")
