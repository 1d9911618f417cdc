"""Facts left out: what is asked is what can still change the outcome, no more and no less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from random import Random
from typing import TypeAlias

import pytest
from oracle_2026 import random_applicant
from subjects import Outcome, fast, outcomes, read, rules, subject_of

from hojo_cli import unknowns
from hojo_cli.evaluate import Status, judge
from hojo_cli.subject import FactValue, Subject
from hojo_cli.unknowns import settle

Values: TypeAlias = Mapping[str, tuple[FactValue, ...]]

FIGURES: Values = {
    "capital": (0, *(yen + more for yen in (50_000_000, 100_000_000, 300_000_000) for more in (0, 1)), 10**15),
    "employees": (0, *(size + more for size in (5, 20, 50, 100, 200, 300, 900) for more in (0, 1)), 10**15),
    "wage_growth": (0, *(Fraction(n, 1000) + more for n in (30, 35, 50) for more in (-Fraction(1, 10**9), 0)), 10**15),
    "wage_floor_margin": (0, 29, 30, 10**15),
    "near_minimum_wage_months": (0, 2, 3, 12),
    "supplier_accounts": (1, 2, 7, 100, 10**15),
    "sme_supplier_accounts": (0, 1, 2, 7, 99, 10**15),
}
"""Each figure of the rules, and the values beside it: independent of how `unknowns` finds its own."""


def values(name: str, facts: Mapping[str, FactValue]) -> list[FactValue]:
    """Every kind of value a fact may take beside those that are known."""
    spec = rules().facts[name]
    if spec.kind == "boolean":
        return [False, True]
    if spec.kind == "choice":
        return list(spec.choices)
    found = list(FIGURES[name])
    if name == "supplier_accounts" and isinstance(part := facts.get("sme_supplier_accounts"), int):
        return [value for value in (*found, part) if isinstance(value, int) and value >= max(part, 1)]
    if name == "sme_supplier_accounts" and isinstance(whole := facts.get("supplier_accounts"), int):
        return [value for value in (*found, whole) if isinstance(value, int) and value <= whole]
    return found


def lapsed(seed: int, most: int) -> tuple[Subject, list[str]]:
    """A random applicant, and the facts it has left out (of members in a group, now and then)."""
    random = Random(seed)
    one = asked(subject_of(random_applicant(random)))
    own = [name for name in one.facts if name != "analysis_members"]
    their = [member.prefix + name for member in one.members[:2] for name in member.facts]
    gone = random.sample(own + their, min(random.randint(1, most), len(own + their)))
    return without(one, gone), gone


def asked(one: Subject) -> Subject:
    """The oracle gives no capital or industry to those who need none; so that nothing else is unknown, they get one here."""
    facts = {"capital": 10_000_000, "industry": "retail", **one.facts}
    return one._replace(facts=facts, members=tuple(map(asked, one.members)))


def without(one: Subject, gone: list[str]) -> Subject:
    facts = {name: value for name, value in one.facts.items() if one.prefix + name not in gone}
    return one._replace(facts=facts, members=tuple(without(member, gone) for member in one.members))


def completed(one: Subject, given: Mapping[str, FactValue]) -> Subject:
    own = {
        name.rpartition(".")[2]: value
        for name, value in given.items()
        if name.rpartition(".")[0] == one.prefix.rstrip(".")
    }
    return one._replace(facts={**one.facts, **own}, members=tuple(completed(member, given) for member in one.members))


def completions(one: Subject, gone: list[str]) -> Iterator[dict[str, FactValue]]:
    lists = [values(name.rpartition(".")[2], one.facts) for name in gone]
    for chosen in product(*lists):
        given = dict(zip(gone, chosen, strict=True))
        part, whole = given.get("sme_supplier_accounts", 0), given.get("supplier_accounts", 10**15)
        if not (isinstance(part, int) and isinstance(whole, int)) or part <= whole:
            yield given


# --- against brute force -------------------------------------------------------------------------------------------------


def deciding(found: list[tuple[dict[str, FactValue], Outcome]], gone: list[str]) -> set[str]:
    """The facts whose value alone makes a difference somewhere."""
    deciding = set()
    for name in gone:
        seen: dict[tuple[object, ...], Outcome] = {}
        for given, outcome in found:
            rest = tuple(value for other, value in given.items() if other != name)
            if seen.setdefault(rest, outcome) != outcome:
                deciding.add(name)
    return deciding


def decided(seed: int) -> None:
    """What is missing is what decides, and no completion lands outside what was said."""
    one, gone = lapsed(seed, 3 if seed % 8 else 2)
    if len(all_given := list(completions(one, gone))) > 1000:
        return
    outcomes_of = [fast().outcomes(completed(one, given)) for given in all_given]
    for name, frame in rules().frames.items():
        settled = settle(rules(), frame, one)
        found = [(given, outcome[name]) for given, outcome in zip(all_given, outcomes_of, strict=True)]
        assert set(settled.missing) == deciding(found, gone), (seed, name)
        assert settled.outcomes, (seed, name)
        yen = [leaf.subsidy or 0 for leaf in settled.outcomes]
        for given, (status, subsidy) in found:
            assert min(yen) <= (subsidy or 0) <= max(yen), (seed, name, given)
            assert status in {leaf.status for leaf in settled.outcomes}, (seed, name, given)
        assert (settled.judgement.status is Status.INCOMPLETE) == bool(settled.missing)


def enough(seed: int) -> None:
    """Any number of facts left out: answering what is asked settles the frame, and the rest may then be anything."""
    one, gone = lapsed(seed, 12)
    random = Random(seed)
    for name, frame in rules().frames.items():
        settled = settle(rules(), frame, one)
        if not settled.outcomes:
            continue  # too many to lay out: only a superset was promised
        every = some(random, one, gone)
        answered = completed(one, {fact: every[fact] for fact in settled.missing})
        outcome = settle(rules(), frame, answered)
        assert not outcome.missing, (seed, name)
        after = fast().outcomes(completed(one, every))[name]
        assert (outcome.judgement.status, outcome.judgement.subsidy) == after, (seed, name)


@pytest.mark.no_cover  # the same lines many times: they are covered below, and tracing trebles the time
@pytest.mark.parametrize("start", range(0, 240, 20))
def test_what_is_missing_is_what_decides_and_no_completion_lands_outside_what_was_said(start: int) -> None:
    for seed in range(start, start + 20):
        decided(seed)


@pytest.mark.no_cover
@pytest.mark.parametrize("start", range(0, 100, 10))
def test_with_the_missing_facts_known_nothing_else_matters(start: int) -> None:
    for seed in range(start, start + 10):
        enough(seed)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(1_000, 6_000, 100))
def test_the_same_for_many_more_applicants(start: int) -> None:
    for seed in range(start, start + 100):
        decided(seed)
        if seed % 3 == 0:
            enough(seed)


def some(random: Random, one: Subject, gone: list[str]) -> dict[str, FactValue]:
    """One completion at random."""
    given: dict[str, FactValue] = {}
    for name in gone:
        known = {**one.facts, **given} if "." not in name else {}
        given[name] = random.choice(values(name.rpartition(".")[2], known))
    return given


def test_few_applicants_have_too_many_completions_to_lay_out() -> None:
    laid_out = [
        bool(settle(rules(), frame, lapsed(seed, 12)[0]).outcomes)
        for seed in range(20)
        for frame in rules().frames.values()
    ]
    assert sum(laid_out) >= len(laid_out) * 9 // 10


# --- by hand -------------------------------------------------------------------------------------------------------------

SHOP = "facts: {{{}}}\nitems: [{{category: software, amount: {}, processes: [共P-04], functions: [accounting]}}]\n"


def missing(facts: str, amount: int, frame: str) -> tuple[str, ...]:
    return settle(rules(), rules().frames[frame], read(SHOP.format(facts, amount), rules())).missing


def test_capital_is_not_asked_of_a_company_with_few_employees() -> None:
    known = "entity: company, industry: retail, deemed_large: false, past_grant: false"
    assert missing(f"{known}, employees: 50", 500_000, "invoice") == ()
    assert missing(f"{known}, employees: 51", 500_000, "invoice") == ("capital",)


def test_two_branches_that_run_into_the_same_cap_are_no_question() -> None:
    """Small or not, one function yields at most 500,000 yen; at a lower cost the rate matters."""
    known = "entity: company, industry: retail, capital: 1000000, deemed_large: false, past_grant: false"
    assert missing(known, 6_000_000, "invoice") == ()
    assert missing(known, 600_000, "invoice") == ("employees",)


def test_a_firm_that_is_surely_ineligible_is_asked_nothing() -> None:
    assert missing("deemed_large: true", 500_000, "invoice") == ()


def test_two_tests_of_one_unknown_fact_go_together() -> None:
    """Exempt or not, a holder of an earlier grant must have announced 3.5 %: nothing less helps, more changes nothing."""
    known = "entity: company, industry: retail, capital: 1000000, employees: 30, deemed_large: false, wage_exempt_sector: false"
    assert missing(f"{known}, past_grant: true, wage_plan_announced: true", 500_000, "invoice") == ("wage_growth",)
    assert missing(f"{known}, past_grant: true, wage_plan_announced: false", 500_000, "invoice") == ()
    assert missing(f"{known}, past_grant: true", 500_000, "invoice") == ("wage_plan_announced", "wage_growth")


def test_beyond_the_budget_the_three_valued_answer_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unknowns, "BUDGET", 3)
    one = read(SHOP.format("", 500_000), rules())
    frame = rules().frames["invoice"]
    settled = settle(rules(), frame, one)
    assert settled.outcomes == ()
    assert set(settled.missing) == judge(rules(), frame, one).unknown
    assert list(settled.missing) == [name for name in rules().facts if name in settled.missing]


def test_with_nothing_known_a_frame_without_cost_is_settled_and_the_others_ask_in_order() -> None:
    one = read(SHOP.format("", 500_000), rules())
    statuses = {name: status for name, (status, _) in outcomes(rules(), one).items()}
    assert statuses["general"] is statuses["invoice"] is Status.INCOMPLETE
    assert statuses["security"] is statuses["group"] is Status.NO_COST
    asked = settle(rules(), rules().frames["invoice"], one).missing
    assert list(asked) == [name for name in rules().facts if name in asked]
    assert asked[0] == "entity"
