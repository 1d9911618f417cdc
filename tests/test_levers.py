"""Levers: what can be had otherwise, against every single change and every pair that a ruleset allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from random import Random
from typing import TypeAlias

import pytest
from random_applicants import as_yaml, random_applicant
from subjects import ROOT, fast, rules

from hojo_cli import estimate, load_applicant
from hojo_cli.advise.levers import levers
from hojo_cli.api import LoadedApplicant, LoadedRules
from hojo_cli.engine.applicant import Applicant, FactValue
from hojo_cli.engine.judgement import Status
from hojo_cli.results import Lever

Change: TypeAlias = "tuple[int, int | None, str, FactValue]"
"""Of a member (from 1; 0: the applicant), of an item (None: a fact), what, and its value then."""
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


def found(loaded: LoadedApplicant, most: int = 10_000) -> tuple[Lever, ...]:
    assert loaded.scenario is not None
    return levers(loaded.scenario, most=most)


def rerun(source: str | bytes, lever: Lever, used: LoadedRules | None = None) -> int | None:
    """What the frame comes to with the settings as `--set` takes them."""
    told = estimate(load_applicant(source, used, changes=lever.settings))
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
    of = {"sme_supplier_accounts": facts.get("supplier_accounts"), "analysis_members": len(applicant.members)}[name]
    assert isinstance(of, int)
    return [x for x in {0, 1, of // 2, of - 1, of, 10} if 0 <= x <= of]


def all_changes(applicant: Applicant, member: int = 0) -> Iterator[Change]:
    used = rules()
    for name, spec in used.facts.items() if not member else ():
        now = applicant.facts.get(name)
        if spec.change and now is not None:
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
        yield from all_changes(one, place)


def paid(applicant: Applicant) -> dict[str, int | None]:
    """Yen of each frame, 0 where it is not payable; None where answers are missing."""
    outcomes = fast().outcomes(applicant).items()
    return {
        name: None if status is Status.INCOMPLETE else (yen or 0) * (status is Status.PAYABLE)
        for name, (status, yen) in outcomes
    }


def best(applicant: Applicant) -> tuple[dict[str, int], dict[str, int]]:
    """The most that each frame pays after any single change, and after any two of different things (of one member, or its own)."""
    now = {name: yen for name, yen in paid(applicant).items() if yen is not None}
    singles, pairs = {**now}, {**now}
    changes = list(all_changes(applicant))
    for change in changes:
        for name, yen in paid(changed(applicant, change)).items():
            if name in now:
                singles[name] = max(singles[name], yen or 0)
    for one, other in combinations(changes, 2):
        if one[:3] != other[:3] and one[0] == other[0]:
            for name, yen in paid(changed(changed(applicant, one), other)).items():
                if name in now:
                    pairs[name] = max(pairs[name], yen or 0)
    return singles, pairs


def thing(settings: tuple[str, ...]) -> set[str]:
    """What is set, wherever."""
    return {re.sub(r"\[\d+\]", "[]", setting.partition("=")[0]) for setting in settings}


def check(seed: int) -> None:
    text = as_yaml(subject := random_applicant(random := Random(seed)))
    for fact in ("wage_growth", "wage_plan_announced", "sme_supplier_accounts", "near_minimum_wage_months"):
        if random.randrange(8) == 0:
            text = re.sub(rf"^  {fact}: .*\n", "", text, flags=re.MULTILINE)
    loaded = load_applicant(text.encode())
    if loaded.applicant is None or len(subject["items"]) > 4:
        return
    told = found(loaded)
    singles, pairs = best(loaded.applicant)
    now = paid(loaded.applicant)
    gains = [lever.gain for lever in told]
    assert gains == sorted(gains, reverse=True), seed
    for lever in told:
        assert lever.gain > 0
        assert now[lever.frame] == lever.before, seed
        assert rerun(text.encode(), lever) == lever.after, (seed, lever)
        assert lever.cost == 0, seed
        assert lever.clause.ja
    for frame, most in singles.items():
        of_one = [lever.after for lever in told if lever.frame == frame and len(lever.settings) == 1]
        assert max((now[frame] or 0, *of_one)) >= most, (seed, frame, "single")
        of_all = [lever.after for lever in told if lever.frame == frame]
        assert max((now[frame] or 0, *of_all)) >= pairs[frame], (seed, frame, "pair")


@pytest.mark.parametrize("seed", range(12))
def test_no_change_and_no_pair_gains_more(seed: int) -> None:
    check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(1000, 2000, 50))
def test_no_change_and_no_pair_gains_more_for_a_thousand(start: int) -> None:
    for seed in range(start, start + 50):
        check(seed)


# --- one by one --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_lever_of_an_example_runs_again_to_the_same_yen(path: Path) -> None:
    loaded = load_applicant(path)
    if loaded.scenario is not None:
        for lever in levers(loaded.scenario):
            assert rerun(str(path), lever) == lever.after
