"""Facts left out: what is asked is what can still change the outcome, no more and no less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any, TypeAlias

import pytest
from random_applicants import random_applicant
from subjects import ROOT, Outcome, fast, few, outcomes, read, rules, subject_of

from hojo_cli.base.finding import Text
from hojo_cli.engine import completions as laid_out, diagram, group as together
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.case import Doubt
from hojo_cli.engine.evaluator import Evaluator, judge
from hojo_cli.engine.interval import COMPARISONS, Interval, exactly
from hojo_cli.engine.judgement import Status
from hojo_cli.engine.missing import settle
from hojo_cli.explanation.explain import estimates
from hojo_cli.rules.declared import FactValue, Ruleset
from hojo_cli.rules.nodes import Fact, Holds, Number, Op, Scaled

Values: TypeAlias = Mapping[str, tuple[FactValue, ...]]

FIGURES: Values = {
    "capital": (0, *(yen + more for yen in (50_000_000, 100_000_000, 300_000_000) for more in (0, 1)), 10**15),
    "employees": (0, *(size + more for size in (5, 20, 50, 100, 200, 300, 900) for more in (0, 1)), 10**15),
    "wage_growth": (0, *(Fraction(n, 1000) + more for n in (30, 35, 50) for more in (-Fraction(1, 10**9), 0)), 10**15),
    "wage_floor_margin": (0, 29, 30, 10**15),
    "near_minimum_wage_months": (0, 2, 3, 12),
    "supplier_accounts": (1, 2, 7, 100, 10**15),
    "sme_supplier_accounts": (0, 1, 2, 7, 99, 10**15),
    "same_large_share": (0, Fraction(1, 2) - Fraction(1, 10**9), Fraction(1, 2), 1),
    "large_share": (0, Fraction(1, 2), Fraction(2, 3) - Fraction(1, 10**9), Fraction(2, 3), 1),
    "large_officers": (0, Fraction(1, 2) - Fraction(1, 10**9), Fraction(1, 2), 1),
    "workplace_minimum_wage": (0, 999, 1_000, 1_001, 10**15),
    "regional_minimum_wage": (0, 998, 999, 1_000, 1_001, 1_200, 1_201, 10**15),
}
"""Each figure of the rules, and the values beside it: independent of how `engine.completions` finds its own."""
PARTS = (("sme_supplier_accounts", "supplier_accounts"), ("same_large_share", "large_share"))
"""Facts that are part of another one."""
SETTLED = ("analysis_members", "granted_processes", "average_taxable_income", "workplace_minimum_wage")
"""What is taken to be something while nobody says it is not left out here: of two wages the other one, of six tests five."""


def values(name: str, facts: Mapping[str, FactValue]) -> list[FactValue]:
    """Every kind of value a fact may take beside those that are known."""
    spec = rules().facts[name]
    if spec.kind == "boolean":
        return [False, True]
    if spec.kind == "choice":
        return list(spec.choices)
    beside = [facts[other] for pair in PARTS for other in pair if name in pair and name != other and other in facts]
    return [*FIGURES[name], *(value for value in beside if value != 0)]


def stands(facts: Mapping[str, FactValue]) -> bool:
    """Whether facts may stand beside each other."""
    pairs = [(facts.get(part, 0), facts.get(whole, 10**15)) for part, whole in PARTS]
    numbers = [
        (part, whole) for part, whole in pairs if isinstance(part, Fraction | int) and isinstance(whole, Fraction | int)
    ]
    staffed = facts.get("employees", 1) != 0 or not facts.get("near_minimum_wage_months", 0)
    return staffed and all(part <= whole for part, whole in numbers)


def lapsed(seed: int, most: int) -> tuple[Applicant, list[str]]:
    """A random applicant, and the facts it has left out (of members in a group, now and then)."""
    random = Random(seed)
    one = asked(subject_of(random_applicant(random)))
    own = [name for name in one.facts if name not in SETTLED]
    their = [member.prefix + name for member in one.members[:2] for name in member.facts if name not in SETTLED]
    gone = random.sample(own + their, min(random.randint(1, most), len(own + their)))
    return without(one, gone), gone


def asked(one: Applicant) -> Applicant:
    """The oracle gives no capital or industry (or owners) to those who need none; so that nothing else is unknown, they get some here."""
    owners = ("same_large_share", "large_share", "large_officers", "owned_by_deemed_large", "officers_of_deemed_large")
    tested = {name: 0 if "share" in name or name == "large_officers" else False for name in owners}
    facts = {"capital": 10_000_000, "industry": "retail", **one.facts}
    facts = {**tested, **facts} if "average_taxable_income" in facts else facts
    return one._replace(facts=facts, members=tuple(map(asked, one.members)))


def without(one: Applicant, gone: list[str]) -> Applicant:
    facts = {name: value for name, value in one.facts.items() if one.prefix + name not in gone}
    return one._replace(facts=facts, members=tuple(without(member, gone) for member in one.members))


def completed(one: Applicant, given: Mapping[str, FactValue]) -> Applicant:
    own = {
        name.rpartition(".")[2]: value
        for name, value in given.items()
        if name.rpartition(".")[0] == one.prefix.rstrip(".")
    }
    return one._replace(facts={**one.facts, **own}, members=tuple(completed(member, given) for member in one.members))


def completions(one: Applicant, gone: list[str]) -> Iterator[dict[str, FactValue]]:
    lists = [values(name.rpartition(".")[2], one.facts) for name in gone]
    for chosen in product(*lists):
        given = dict(zip(gone, chosen, strict=True))
        whole = completed(one, given)
        if all(stands(each.facts) for each in (whole, *whole.members)):
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
    said(one)


def said(one: Applicant) -> None:
    """The same in words: an unknown fact may stand anywhere in what is explained."""
    for estimate in estimates(rules(), one, explained=True):
        frame = rules().frames[estimate.frame]
        assert tuple(asked.fact for asked in estimate.missing) == settle(rules(), frame, one).missing


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
@pytest.mark.parametrize("start", few(range(0, 240, 20), 6))
def test_what_is_missing_is_what_decides_and_no_completion_lands_outside_what_was_said(start: int) -> None:
    for seed in range(start, start + 20):
        decided(seed)


@pytest.mark.no_cover
@pytest.mark.parametrize("start", few(range(0, 100, 10), 5))
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


def some(random: Random, one: Applicant, gone: list[str]) -> dict[str, FactValue]:
    """One completion at random."""
    given: dict[str, FactValue] = {}
    for name in gone:
        known = {**one.facts, **given} if "." not in name else {}
        given[name] = random.choice(values(name.rpartition(".")[2], known))
    whole = completed(one, given)
    return given if all(stands(each.facts) for each in (whole, *whole.members)) else some(random, one, gone)


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


# --- groups --------------------------------------------------------------------------------------------------------------

RETAIL = "entity: company, industry: retail, capital: 10000000, deemed_large: false"


def group(costs: Iterable[int], facts: str = RETAIL, office: int = 3_000_000) -> Applicant:
    """Members that buy software with two functions, and an office cost beside them; the first of them leads."""
    member = "  - facts: {{role: {}, {}}}\n    items: [{{category: software, amount: {}, functions: [accounting, settlement]}}]\n"
    return read(
        f"facts: {{analysis_members: 3}}\nitems: [{{category: office, amount: {office}}}]\nmembers:\n"
        + "".join(member.format("participant" if place else "lead", facts, cost) for place, cost in enumerate(costs)),
        rules(),
    )


@pytest.mark.parametrize(("members", "cost"), [(10, 5_000_000), (20, 6_000_000)])
def test_under_a_full_shared_cap_no_member_is_asked_anything(members: int, cost: int) -> None:
    one = group([cost] * members)
    settled = settle(rules(), rules().frames["group"], one)
    assert (settled.judgement.status, settled.judgement.subsidy, settled.missing) == (Status.PAYABLE, 32_000_000, ())
    assert fast().outcomes(one)["group"] == (Status.PAYABLE, 32_000_000)


def test_under_an_empty_cap_each_member_is_asked_what_changes_its_own_rate() -> None:
    """600,000 yen: 4/5 for a small firm and 3/4 for others."""
    settled = settle(rules(), rules().frames["group"], group([600_000] * 10, office=0))
    assert settled.missing == tuple(f"members.{place}.employees" for place in range(1, 11))
    assert settled.outcomes == ((Status.PAYABLE, 4_500_000), (Status.PAYABLE, 4_800_000))


def test_a_member_is_asked_if_only_some_sums_of_the_others_leave_room_under_the_cap() -> None:
    """Each may yield less by at most 41,666 yen: the cap is out of reach for all but the least sums of the others."""
    costs = [5_000_000] * 7 + [4_600_000, 3_000_000, 150_000]
    one = group(costs, office=0)
    settled = settle(rules(), rules().frames["group"], one)
    assert set(settled.missing) == deciding_members(one)
    assert settled.outcomes


def deciding_members(one: Applicant) -> set[str]:
    """By brute force: the members whose headcount alone changes the outcome (no more than five or not is all that counts)."""
    gone = [member.prefix + "employees" for member in one.members]
    given: list[dict[str, FactValue]] = [
        dict(zip(gone, sizes, strict=True)) for sizes in product((5, 6), repeat=len(gone))
    ]
    return deciding([(each, fast().outcomes(completed(one, each))["group"]) for each in given], gone)


@pytest.mark.no_cover
@pytest.mark.parametrize("seed", few(range(12), 2))
def test_sums_over_members_near_the_cap_are_as_brute_force_has_them(seed: int) -> None:
    random = Random(seed)
    costs = [random.choice((100_000, 600_000, 3_000_000, 5_100_000)) for _ in range(4)]
    rest = 30_000_000 - sum(paid(cost) for cost in costs) - random.choice((0, 1, 20_000, 41_667, 90_000))
    known = [5_100_000] * (rest // 3_500_000)
    last = cost_of(rest - 3_500_000 * len(known))
    one = group([*costs, *known, last], office=random.choice((0, 3_000_000)))
    one = one._replace(
        members=(*one.members[:4], *(each._replace(facts={**each.facts, "employees": 5}) for each in one.members[4:]))
    )
    gone = [member.prefix + "employees" for member in one.members[:4]]
    given: list[dict[str, FactValue]] = [
        dict(zip(gone, sizes, strict=True)) for sizes in product((0, 5, 6, 50, 51, 10**15), repeat=4)
    ]
    found = [(each, fast().outcomes(completed(one, each))["group"]) for each in given]
    settled = settle(rules(), rules().frames["group"], one)
    assert set(settled.missing) == deciding(found, gone)
    assert {leaf.subsidy for leaf in settled.outcomes} <= {yen for _, (_, yen) in found}
    assert (min(settled.outcomes), max(settled.outcomes)) == (
        min(out for _, out in found),
        max(out for _, out in found),
    )


@pytest.mark.parametrize("seed", range(12))
def test_a_floor_that_only_some_sums_reach_is_as_brute_force_has_it(seed: int) -> None:
    """All or nothing: both ends are level, and what lies between has to be looked at sum by sum."""
    random = Random(seed)
    costs = [random.choice((100_000, 200_000, 400_000, 600_000)) for _ in range(6)]
    one = group([*costs, *[100_000] * 4], office=0)
    known = tuple(each._replace(facts={**each.facts, "employees": 5}) for each in one.members[6:])
    one = one._replace(members=(*one.members[:6], *known))
    used = all_or_nothing(320_000 + sum(costs) * random.randint(750, 800) // 1000)
    gone = [member.prefix + "employees" for member in one.members[:6]]
    given: list[dict[str, FactValue]] = [dict(zip(gone, sizes, strict=True)) for sizes in product((5, 6), repeat=6)]
    judged = Evaluator(used)
    found = [(each, judged.outcomes(completed(one, each))["group"]) for each in given]
    settled = settle(used, used.frames["group"], one)
    assert set(settled.missing) == deciding(found, gone)
    assert set(settled.outcomes) == {outcome for _, outcome in found}


def test_where_there_are_too_many_sums_to_look_at_more_may_be_asked_but_the_range_is_right() -> None:
    one = group([60_000 + 1_000 * 2**place for place in range(6)] + [100_000] * 8, office=0)
    used = all_or_nothing(950_000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(together, "STATES", 30)
        settled = settle(used, used.frames["group"], one)
    exact = settle(used, used.frames["group"], one)
    assert settled.outcomes == exact.outcomes != ()
    assert set(settled.missing) >= set(exact.missing)


def all_or_nothing(yen: int) -> Ruleset:
    """The group frame with one band: that much, or nothing."""
    frame = rules().frames["group"]
    band = rules().frames["general"].bands[1]
    assert band.floor is not None
    number = band.floor._replace(value=yen)
    band = band._replace(requires=(), floor=number, cap=number, below=None)
    return rules()._replace(frames={"group": frame._replace(bands=(band,))})


def paid(cost: int) -> int:
    """What a small firm with two functions gets: 4/5 up to 500,000 yen, then 2/3 up to 3,500,000."""
    return min(cost * 4 // 5, 500_000 + max(0, cost - 625_000) * 2 // 3, 3_500_000)


def cost_of(yen: int) -> int:
    """The least cost for which a small firm gets that much."""
    return -(-yen * 5 // 4) if yen <= 500_000 else 625_000 - (500_000 - yen) * 3 // 2


def counted(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Grows with each question to closures and each comparison of forks."""
    asked: list[None] = []
    spend = diagram.Budget.spend

    def counting(budget: diagram.Budget, questions: int = 1) -> None:
        asked.append(None)
        spend(budget, questions)

    monkeypatch.setattr(diagram.Budget, "spend", counting)
    return asked


def test_what_members_have_in_common_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of questions grows with the kinds of members, not with the members."""
    asked = counted(monkeypatch)
    counts = []
    for members in (10, 40):
        asked.clear()
        assert len(settle(rules(), rules().frames["group"], group([100_000] * members, "")).missing) == 5 * members
        counts.append(len(asked))
    assert counts[1] < 2 * counts[0] < 20_000


def test_items_that_say_nothing_of_themselves_are_laid_out_exactly_when_there_are_several() -> None:
    """Beside an earlier grant's processes: what one of them may come to is told apart once for all that are alike."""
    facts = "entity: company, industry: retail, capital: 1000000, employees: 4, deemed_large: false"
    text = f"facts: {{{facts}, past_grant: true, granted_processes: [共P-01, 共P-02]}}\nitems:\n"
    items = "".join(f"  - {{name: a{place}, category: software, amount: {100_000 + place}}}\n" for place in range(4))
    settled = settle(rules(), rules().frames["invoice"], read(text + items, rules()))
    assert settled.outcomes
    asked = {name for name in settled.missing if name.startswith("items")}
    assert asked == {f"items[{place}].{field}" for place in range(4) for field in ("processes", "functions")}


def test_few_unknown_facts_take_few_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = counted(monkeypatch)
    known = "entity: company, industry: retail, deemed_large: false, past_grant: false"
    assert missing(known, 600_000, "invoice") == ("capital", "employees")
    assert len(asked) < 40


def test_beyond_the_budget_the_three_valued_answer_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laid_out, "BUDGET", 3)
    one = read(SHOP.format("", 500_000), rules())
    frame = rules().frames["invoice"]
    settled = settle(rules(), frame, one)
    assert fast().outcomes(one)["invoice"] == (Status.INCOMPLETE, None)
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


# --- the group's own facts beside those of its members ---


def two_floors(first: int, second: int, cap: int) -> Ruleset:
    """The group frame with two bands that pay the same: who never had a grant gets it from `first`, everybody from `second` on."""
    used = all_or_nothing(first)
    frame = used.frames["group"]
    low = frame.bands[0]
    assert low.floor is not None
    capped = low._replace(cap=low.floor._replace(value=cap))
    condition = rules().frames["general"].bands[1].requires[0]._replace(holds=Holds("past_grant", False))
    high = capped._replace(id="second", floor=low.floor._replace(value=second))
    return used._replace(frames={"group": frame._replace(bands=(capped._replace(requires=(condition,)), high))})


def test_a_fact_of_the_group_that_decides_only_between_the_least_and_the_greatest_sum_is_asked() -> None:
    """450,000 or 480,000 yen for each of ten members: at either end it makes no difference whether there was a grant before."""
    one = group([600_000] * 10, office=0)
    one = one._replace(facts={})
    used = two_floors(4_560_000, 4_740_000, 4_500_000)
    settled = settle(used, used.frames["group"], one)
    assert settled.missing[0] == "past_grant"
    assert len(settled.missing) == 11
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(together, "STATES", 1)
        unsure = settle(used, used.frames["group"], one)
    assert unsure.outcomes == settled.outcomes
    assert set(unsure.missing) >= set(settled.missing)


def test_a_count_of_members_that_is_left_out_stays_within_the_members_listed() -> None:
    one = group([6_000_000] * 10, office=0)
    small = tuple(each._replace(facts={**each.facts, "employees": 5}) for each in one.members)
    one = one._replace(facts={}, members=small)
    used = all_or_nothing(1)
    frame = used.frames["group"]
    band = frame.bands[0]
    assert isinstance(band.floor, Number)
    each = band.floor._replace(value=500_000)
    used = used._replace(
        frames={"group": frame._replace(bands=(band._replace(floor=None, cap=Scaled(each, Fact("analysis_members"))),))}
    )
    settled = settle(used, used.frames["group"], one)
    assert settled.missing == ("analysis_members",)
    assert max(settled.outcomes).subsidy == 5_000_000


def test_an_interval_answers_like_each_of_its_numbers_or_says_where_to_part_it() -> None:
    numbers = range(3, 10)
    some, rate = Interval(3, 9), Interval(3, 9, diagram.FINEST)
    halves = [Fraction(2 * number + 1, 2) for number in range(2, 10)]
    for op, holds in COMPARISONS.items():
        for limit in (*range(2, 11), *(halves if op is not Op.EQ else ())):
            answers = {holds(number, limit) for number in numbers}
            assert some.compared(op, exactly(limit)) is (answers.pop() if len(answers) == 1 else None), (op, limit)
            if answers:
                cut = some.cut(op, limit)
                below, above = (
                    {holds(number, limit) for number in numbers if (number >= cut) is side} for side in (False, True)
                )
                assert 3 < cut <= 9
                assert below != above
        assert some.compared(op, Interval(3, 9)) is None
    assert (rate.cut(Op.MIN, 5), rate.cut(Op.MAX, 5)) == (5, 5 + diagram.FINEST)


def test_a_budget_is_spent_to_the_last_question() -> None:
    budget = diagram.Budget(3)
    budget.spend()
    budget.spend(2)
    with pytest.raises(diagram.TooMany):
        budget.spend()
    one, other = (diagram.Fork("fact", [(frozenset((False,)), 1), (frozenset((True,)), leaf)]) for leaf in (2, 3))
    walk = diagram.Walk(diagram.Values({}, {}, {}), diagram.Budget(1))
    assert not walk.same(one, other)
    with pytest.raises(diagram.TooMany):
        walk.same(one, other)


def test_beyond_the_budget_the_outcome_is_what_three_valued_logic_can(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_many(*_: object) -> None:
        raise diagram.TooMany

    monkeypatch.setattr(laid_out.Completions, "settled", too_many)
    one = read(SHOP.format("", 500_000), rules())
    assert Evaluator(rules()).outcomes(one)["invoice"] == (Status.INCOMPLETE, None)


def test_two_layouts_are_the_same_where_they_come_to_the_same_whatever_is_asked_first() -> None:
    choices = {"first": ("a", "b", "c"), "second": (False, True), "third": ("x", "y")}
    rng = Random(5)
    walk = diagram.Walk(diagram.Values({}, {}, {}), diagram.Budget(10**6))
    apart = 0
    for _ in range(300):
        results = {each: rng.randint(0, 1) for each in product(*choices.values())}
        changed = dict(results)
        if rng.random() < 0.5:
            changed[rng.choice(list(changed))] ^= 1
        one, other = (_layout(walk, choices, rng.sample(list(choices), 3), {}, each) for each in (results, changed))
        assert walk.same(one, other) is (results == changed)
        apart += results != changed
    assert 50 < apart < 250


def _layout(
    walk: diagram.Walk,
    choices: Mapping[str, tuple[object, ...]],
    order: list[str],
    known: dict[str, object],
    results: Mapping[Any, int],
) -> diagram.Diagram:
    """The results laid out by asking in this order."""
    if not order:
        return results[tuple(known[name] for name in choices)]
    fact, *others = order
    return walk.fork(
        fact,
        [
            (frozenset((value,)), _layout(walk, choices, others, known | {fact: value}, results))
            for value in choices[fact]
        ],
    )


def test_of_a_set_with_many_choices_not_every_answer_is_tried() -> None:
    spec = rules().facts["granted_processes"]
    values = [
        diagram.Values({spec.id: spec._replace(choices={str(each): Text("", "") for each in range(many)})}, {}, {})
        for many in (10, 11)
    ]
    doubt = Doubt(spec.id, None)
    assert len(values[0].of(doubt, {})) == 1024
    with pytest.raises(diagram.TooMany):
        values[1].of(doubt, {})


def test_where_too_much_hangs_on_a_group_to_tell_its_answers_apart_all_that_are_open_are_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def too_many(*_: object) -> None:
        raise diagram.TooMany

    text = "name: x\nfiscal_year: 2026\nfacts: {employees: 9}\nitems: [{category: cloud, amount: 100万円, functions: [accounting], processes: [共P-04]}]"
    applicant = read(text, rules())
    (exact,) = (each for each in estimates(rules(), applicant) if each.frame == "invoice")
    monkeypatch.setattr(together.Group, "own_facts", too_many)
    (each,) = (each for each in estimates(rules(), applicant) if each.frame == "invoice")
    assert each.possible == exact.possible is not None
    assert {one.fact for one in each.missing} >= {one.fact for one in exact.missing} != set()


def test_members_alike_but_for_what_is_open_of_their_items_are_each_laid_out() -> None:
    text = (ROOT / "examples/group.yaml").read_text(encoding="utf-8")
    head, *members = text.partition("expect:")[0].split("  - name: ")
    twins = [members[1].replace("400000", yen) for yen in ("40万円", "440万円")]
    told = "  - name: ".join((head, members[0], *twins, *members[3:]))
    known, open_ = (
        next(each for each in estimates(rules(), read(each, rules())) if each.frame == "group")
        for each in (told, told.replace("万円, functions: [accounting, settlement]", "万円"))
    )
    assert known.subsidy is not None
    assert open_.possible is not None
    assert open_.possible[1] == known.subsidy
    assert sum(each.fact.endswith("functions") for each in open_.missing) == 2
