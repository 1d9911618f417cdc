"""Levers: what can be had otherwise, against every single change and every pair that a ruleset allows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path
from random import Random
from time import process_time
from typing import TypeAlias

import pytest
from random_applicants import as_yaml, random_applicant
from subjects import HERE, ROOT, fast, few, rules

from hojo_cli import estimate, load_applicant, load_rules
from hojo_cli.advise.levers import levers
from hojo_cli.batch.estimating import LoadedApplicant
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.judgement import Status
from hojo_cli.results.advised import Lever
from hojo_cli.rules.declared import FactValue, Ruleset

Change: TypeAlias = "tuple[int, int | None, str, FactValue]"
"""Of a member (from 1; 0: the applicant), of an item (None: a fact), what, and its value then."""
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


def found(loaded: LoadedApplicant, most: int = 10_000) -> tuple[Lever, ...]:
    assert loaded.scenario is not None
    return levers(loaded.scenario, most=most)


def rerun(source: str | bytes, lever: Lever, used: str = "2026") -> int | None:
    """What the frame comes to with the settings as `--set` takes them."""
    told = estimate(load_applicant(source, load_rules(used), changes=lever.settings))
    return next(each.subsidy for each in told.estimates if each.frame == lever.frame)


# --- every change and every pair, tried without the search -----------------------------------------------------------------


def changed(applicant: Applicant, change: Change) -> Applicant:
    member, place, name, value = change
    if member:
        members = [*applicant.members]
        members[member - 1] = changed(members[member - 1], (0, place, name, value))
        return applicant._replace(members=tuple(members))
    if place is None:
        return applicant._replace(facts={**applicant.facts, name: value})
    items = [*applicant.items]
    at = next(at for at, item in enumerate(items) if item.place == place)
    if isinstance(value, str):
        items[at] = items[at]._replace(category=value)
    elif isinstance(value, frozenset):
        items[at] = items[at]._replace(fields={**items[at].fields, name: value})
    return applicant._replace(items=tuple(items))


def numbers(name: str, applicant: Applicant) -> list[int | Fraction]:
    """Values of a number about every figure of the rules that it is held against, as far as its bounds allow."""
    facts = applicant.facts
    if name == "wage_growth":
        return [Fraction(x, 10_000) for x in (0, 299, 300, 349, 350, 351, 499, 500, 1000)]
    if name == "wage_floor_margin":
        return [0, 29, 30, 31, 100]
    of = {"sme_supplier_accounts": facts.get("supplier_accounts"), "analysis_members": len(applicant.members)}
    most = of.get(name, 12)
    assert isinstance(most, int)
    return [x for x in (range(13) if name not in of else {0, 1, most // 2, most - 1, most, 10}) if 0 <= x <= most]


def all_changes(applicant: Applicant, used: Ruleset, member: int = 0) -> Iterator[Change]:
    for name, spec in used.facts.items():
        now = applicant.facts.get(name)
        if spec.change and now is not None and not member:
            others = [not now] if spec.kind == "boolean" else numbers(name, applicant)
            yield from ((0, None, name, value) for value in others if value != now)
    for item in applicant.items:
        for name, held in item.fields.items():
            left = [choice for choice in used.fields[name].choices if choice not in held]
            for more in (*combinations(left, 1), *combinations(left, 2)):
                yield member, item.place, name, held.union(more)
        for other in used.instead.get(item.category, ()):
            yield member, item.place, "category", other
    for place, one in enumerate(applicant.members, 1):
        yield from all_changes(one, used, place)


def paid(applicant: Applicant, used: str, frames: Iterable[str]) -> dict[str, int | None]:
    """Yen of these frames, 0 where one is not payable; None where answers are missing."""
    judges, case = fast(used).judges, fast(used).case(applicant)
    found: dict[str, int | None] = {}
    for name in frames:
        judgement = judges[name](case)
        status, yen = judgement.status, judgement.subsidy
        if status is Status.INCOMPLETE:
            status, yen = fast(used).outcomes(applicant)[name]
        found[name] = None if status is Status.INCOMPLETE else (yen or 0) * (status is Status.PAYABLE)
    return found


def best(applicant: Applicant, used: str) -> tuple[dict[str, int], dict[str, int]]:
    """The most that each frame pays after any single change, and after any two of different things (of one member, or its own)."""
    now = {name: yen for name, yen in paid(applicant, used, rules(used).frames).items() if yen is not None}
    singles, pairs = {**now}, {**now}
    changes = list(all_changes(applicant, rules(used)))
    for change in changes:
        for name, yen in paid(changed(applicant, change), used, now).items():
            singles[name] = max(singles[name], yen or 0)
    for one, other in combinations(changes, 2):
        if one[:3] != other[:3] and one[0] == other[0]:
            for name, yen in paid(changed(changed(applicant, one), other), used, now).items():
                pairs[name] = max(pairs[name], yen or 0)
    return singles, pairs


def check(source: bytes, used: str = "2026") -> int:
    """Every lever runs again to its yen; no change and no pair gains more than the best of them. How many levers there are."""
    loaded = load_applicant(source, load_rules(used))
    if loaded.applicant is None or loaded.scenario is None:
        return 0
    told = found(loaded)
    singles, pairs = best(loaded.applicant, used)
    now = paid(loaded.applicant, used, rules(used).frames)
    gains = [lever.gain for lever in told]
    assert gains == sorted(gains, reverse=True)
    assert len({(lever.frame, lever.settings) for lever in told}) == len(told)
    for lever in told:
        assert lever.gain > 0
        assert now[lever.frame] == lever.before
        assert rerun(source, lever, used) == lever.after, lever
        assert lever.cost == 0
        assert lever.clause.ja
        if nearer := one_step_nearer(lever, loaded):
            assert (rerun(source, lever._replace(settings=(nearer,)), used) or 0) < lever.after, lever
    for frame, most in singles.items():
        of_one = [lever.after for lever in told if lever.frame == frame and len(lever.settings) == 1]
        assert max((now[frame] or 0, *of_one)) >= most, (frame, "single")
        of_all = [lever.after for lever in told if lever.frame == frame]
        assert max((now[frame] or 0, *of_all)) >= pairs[frame], (frame, "pair")
    return len(told)


def one_step_nearer(lever: Lever, loaded: LoadedApplicant) -> str:
    """The setting of a lever that is one number alone, a step nearer to what the file says; empty where that is what it says."""
    path = lever.settings[0].partition("=")[0]
    variable = loaded.scenario and loaded.scenario.variables.get(path)
    if len(lever.settings) > 1 or not variable or variable.now is None:
        return ""
    x = next(x for x in range(variable.most) if variable.setting(x) == lever.settings[0])
    nearer = x - 1 if x > variable.now else x + 1
    return "" if nearer == variable.now else variable.setting(nearer)


def random_source(seed: int) -> bytes:
    """An applicant of 2026 about the figures that decide, now and then with an answer left out."""
    random = Random(seed)
    while len((subject := random_applicant(random))["items"]) > 4:
        pass
    text = as_yaml(subject)
    for fact in ("wage_growth", "wage_plan_announced", "sme_supplier_accounts", "near_minimum_wage_months"):
        if random.randrange(8) == 0:
            text = re.sub(rf"^  {fact}: .*\n", "", text, flags=re.MULTILINE)
    return text.encode()


@pytest.mark.parametrize("seed", range(6))
def test_no_change_and_no_pair_gains_more(seed: int) -> None:
    check(random_source(seed))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(1000, 2000, 50))
def test_no_change_and_no_pair_gains_more_for_a_thousand(start: int) -> None:
    for seed in range(start, start + 50):
        check(random_source(seed))


WAGES = ("wage_plan_announced", "wage_growth", "wage_floor_margin")


@pytest.mark.parametrize("seed", few(range(300), 10))
def test_three_that_a_requirement_asks_together_are_told_and_each_of_them_is_needed(seed: int) -> None:
    random = Random(seed)
    while len((subject := random_applicant(random))["items"]) > 4 or subject.get("members"):
        pass
    held = dict(zip(WAGES, (False, random.choice(("0%", "2.99%", "3%")), random.choice((0, 29, 30))), strict=True))
    subject["facts"] |= held
    if seed % 2:
        subject["facts"] |= {
            "employees": 50,
            "industry": "manufacturing",
            "wage_exempt_sector": False,
            "past_grant": False,
        }
        subject["items"] = [
            {"category": "software", "amount": 6_000_000, "processes": [f"共P-0{x}" for x in (1, 2, 3, 5)]}
        ]
    source = as_yaml(subject).encode()
    loaded = load_applicant(source, load_rules("2026"))
    if loaded.applicant is None:
        return
    told = found(loaded)
    for lever in told:
        if len(lever.settings) == 3:
            assert rerun(source, lever) == lever.after
            for left in range(3):
                fewer = lever._replace(settings=(*lever.settings[:left], *lever.settings[left + 1 :]))
                assert (rerun(source, fewer) or 0) < lever.after
    now = paid(loaded.applicant, "2026", rules().frames)
    for frame in rules().frames:
        after = [lever.after for lever in told if lever.frame == frame]
        for plan in product((True,), (0, Fraction(3, 100), Fraction(1, 20)), (0, 30, 100)):
            facts = {**loaded.applicant.facts, **dict(zip(WAGES, plan, strict=True))}
            yen = paid(loaded.applicant._replace(facts=facts), "2026", (frame,))[frame]
            assert now[frame] is None or (yen or 0) <= max((now[frame] or 0, *after))


def random_of(used: Ruleset, random: Random) -> bytes:
    """An applicant of any programme, of whom everything is said."""

    def facts(of_member: bool) -> dict[str, object]:
        said: dict[str, object] = {}
        for name, spec in used.facts.items():
            if spec.instead_of or spec.of_members > of_member:
                continue
            if spec.kind == "boolean":
                said[name] = random.randrange(2) == 0
            elif spec.kind in ("choice", "set"):
                chosen = random.sample(list(spec.choices), random.randint(0, len(spec.choices)))
                said[name] = (
                    chosen
                    if spec.kind == "set"
                    else next(iter(spec.choices))
                    if random.randrange(3)
                    else random.choice([*spec.choices])
                )
            else:
                said[name] = random.choice((1, 3, 6, 9, 10, 21))
        return said

    def items() -> list[dict[str, object]]:
        return [
            {
                "category": random.choice([*used.categories]),
                "amount": random.choice((30_000, 90_000, 700_000, 3_000_000, 20_000_000)),
            }
            | {name: random.sample([*field.choices], random.randint(0, 2)) for name, field in used.fields.items()}
            for _ in range(random.randint(1, 3))
        ]

    members = [
        {"name": f"m{place}", "facts": facts(True), "items": items()} for place in range(random.choice((0, 0, 3, 4)))
    ]
    return json.dumps({"facts": facts(False), "items": items(), "members": members}).encode()


@pytest.mark.parametrize("programme", sorted((HERE / "programmes").glob("*.yaml")), ids=lambda path: path.stem)
def test_no_change_and_no_pair_gains_more_in_another_programme(programme: Path) -> None:
    random = Random(programme.stem)
    assert sum(check(random_of(rules(str(programme)), random), str(programme)) for _ in range(60))


# --- one by one --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_lever_of_an_example_runs_again_to_the_same_yen(path: Path) -> None:
    loaded = load_applicant(path)
    if loaded.scenario is not None:
        for lever in levers(loaded.scenario):
            assert rerun(str(path), lever) == lever.after


SHOP = """
facts: {entity: company, industry: 卸売業, capital: 1000万円, employees: 30人, deemed_large: false, past_grant: false, wage_exempt_sector: false,
  near_minimum_wage_months: 0か月, wage_plan_announced: false, wage_growth: 1%, wage_floor_margin: 30円}
items:
- {name: 販売管理, category: software, amount: 500万円, processes: [共P-01, 共P-02, 共P-03, 共P-04], functions: [ordering]}
- {name: 会計, category: software, amount: 10万円, processes: [共P-01], functions: [ordering]}
- {name: タブレット, category: pc, amount: 40万円}
"""


def told(text: str, frame: str, used: str = "2026") -> list[tuple[tuple[str, ...], int]]:
    loaded = load_applicant(text.encode(), load_rules(used))
    assert loaded.findings == ()
    return [(lever.settings, lever.gain) for lever in found(loaded) if lever.frame == frame]


def test_a_pair_is_told_where_neither_of_two_helps_alone() -> None:
    """The higher band needs a plan of 3 % a year that is announced: 2,550,000 in place of 1,499,999 yen."""
    both = ("facts.wage_plan_announced=true", "facts.wage_growth=3%")
    assert told(SHOP, "general") == [(both, 1_050_001)]
    assert told(SHOP.replace("wage_growth: 1%", "wage_growth: 3%"), "general") == [(both[:1], 1_050_001)]
    assert told(SHOP.replace("false, wage_growth", "true, wage_growth"), "general") == [(both[1:], 1_050_001)]


def test_what_is_left_out_is_a_question_and_no_lever() -> None:
    assert told(SHOP.replace("wage_plan_announced: false,", ""), "general") == []
    assert told(SHOP.replace(", functions: [ordering]", ""), "invoice") == []


def test_of_software_that_comes_to_the_same_the_first_is_told_and_what_is_bought_may_be_another_category() -> None:
    settings = [settings for settings, _ in told(SHOP, "invoice")]
    assert settings == [
        ("items[0].functions=[accounting, ordering]", "items[2].category=register"),
        ("items[0].functions=[accounting, ordering]",),
        ("items[2].category=register",),
    ]


def test_words_of_a_lever_in_both_languages() -> None:
    loaded = load_applicant(SHOP.encode())
    pair, plan = (next(each for each in found(loaded) if each.frame == frame) for frame in ("invoice", "general"))
    assert pair.label.ja == (
        "「販売管理」のインボイス対応の機能に「会計」を加える ＋ 「タブレット」の代わりに「レジ・券売機等」を買う"
    )
    assert plan.label == (
        "「賃金引上げ計画の表明」を「はい」にする ＋ 「1人当たり給与支給総額の年平均成長率」を「3%」にする",
        "wage plan announced: yes + yearly growth of pay per head: 3%",
    )
    assert (pair.change, plan.change) == ("purchase", "plan")
    assert plan.clause.ja.startswith("要件「賃金引上げ計画（年3%以上")
    assert plan.citation is not None
    assert plan.citation.id == "rules_general"


LEAGUE = (HERE / "programmes" / "league.yaml").read_text(encoding="utf-8")


def group(staff: tuple[int, ...]) -> str:
    members = "".join(
        f"- {{facts: {{form: firm, part: {'guest' if place else 'head'}, staff: {people}, shifts: {2 if place == 3 else 0}}}, "
        f"items: [{{category: stall, amount: 20万円}}]}}\n"
        for place, people in enumerate(staff)
    )
    return f"facts: {{teams: 3}}\nitems: [{{category: tool, amount: 30万円, uses: [till]}}]\nmembers:\n{members}"


def test_many_members_are_named_by_their_numbers(tmp_path: Path) -> None:
    text = LEAGUE.replace(
        "    type: count\n    ask: {ja: 従業員は", "    type: count\n    change: plan\n    ask: {ja: 従業員は"
    )
    (tmp_path / "league.yaml").write_text(text, encoding="utf-8")
    loaded = load_applicant(group((30, 25, 8, 40)).encode(), load_rules(str(tmp_path / "league.yaml")))
    (lever,) = [lever for lever in found(loaded) if lever.frame == "together"]
    assert lever.label == ("構成員2・4：「従業員の数」を「20人」にする", "members 2, 4: staff: 20")
    assert lever.clause == ("要件「参加者の規模」を満たすようになる", "`size of the guests` is met")


def test_a_condition_on_every_member_is_met_by_one_change_of_all_who_lack_it(tmp_path: Path) -> None:
    """If headcount were a plan, guests of more than 20 people would all have to come down to 20; the others stay as they are."""
    text = LEAGUE.replace(
        "    type: count\n    ask: {ja: 従業員は", "    type: count\n    change: plan\n    ask: {ja: 従業員は"
    )
    (tmp_path / "league.yaml").write_text(text, encoding="utf-8")
    used = str(tmp_path / "league.yaml")
    (both,) = told(group((30, 25, 8, 40)), "together", used)
    assert both == (("members[1].facts.staff=20", "members[3].facts.staff=20"), 150_000)
    (one,) = told(group((30, 25, 8, 20)), "together", used)
    assert one == (("members[1].facts.staff=20",), 150_000)


def test_what_a_file_could_not_say_is_no_lever(tmp_path: Path) -> None:
    """A third month of shifts would help, but there are none without staff; no more teams than members are needed or refused."""
    text = LEAGUE.replace("    type: months\n", "    type: months\n    change: plan\n")
    (tmp_path / "league.yaml").write_text(text, encoding="utf-8")
    alone = "facts: {form: firm, staff: 3, shifts: 0, chained: false, seen: []}\nitems: [{category: tool, amount: 30万円, uses: [till]}]\n"
    assert told(alone, "alone", str(tmp_path / "league.yaml")) == [(("facts.shifts=2",), 50_000)]
    assert told(alone.replace("staff: 3", "staff: 0"), "alone", str(tmp_path / "league.yaml")) == []


def test_only_so_many_are_told_and_only_of_the_frames_asked_for() -> None:
    scenario = load_applicant(SHOP.encode()).scenario
    assert scenario is not None
    every = levers(scenario)
    assert levers(scenario, most=2) == every[:2]
    assert levers(scenario, ["general"]) == tuple(lever for lever in every if lever.frame == "general")


def test_a_group_of_fifty_is_searched_in_a_moment() -> None:
    random = Random(5)
    members = [
        {
            "name": f"店{place}",
            "facts": {"entity": "company", "industry": "retail", "capital": 10_000_000, "employees": random.randint(1, 20),
                      "deemed_large": False, "role": "participant" if place else "lead"},
            "items": [
                {"name": f"ソフト{at}", "category": "software", "amount": random.randint(100_000, 190_000), "processes": [],
                 "functions": random.sample(["accounting", "ordering", "settlement"], random.randint(0, 2))}
                for at in range(2)
            ],
        }
        for place in range(50)
    ]  # fmt: skip
    bought = [{"category": "analysis_software", "amount": 4_000_000}]
    scenario = load_applicant({"facts": {"analysis_members": 3}, "items": bought, "members": members}).scenario
    assert scenario is not None
    began = process_time()
    assert levers(scenario)
    assert process_time() - began < 10  # seconds; on a quiet machine it is under two
