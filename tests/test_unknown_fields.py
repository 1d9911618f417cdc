"""Fields of items left out, alone and beside facts: every completion through the naive program, beside what hojo says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from fractions import Fraction
from itertools import combinations, product
from math import prod
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from oracle_2026 import (
    BY_INDUSTRY,
    EXCLUDED,
    HEADCOUNT_BY_FORM,
    SME_ROWS,
    TOOLS,
    Facts,
    Outcome,
    PlainApplicant,
    Value,
    evaluate,
)
from random_applicants import FUNCTIONS, PROCESSES, as_yaml, random_applicant
from subjects import few

from hojo_cli.commands import estimate

FRAMES: Final = ("general", "invoice", "electronic_trade", "security", "group")
MOST: Final = (60, 300, 1_100)
"""Completions of one applicant: few of many, for both kinds of field of one item in all ways take 1,024."""

VALUES: Final[Mapping[str, Sequence[Value]]] = {
    "entity": (
        "company",
        "sole_proprietor",
        *HEADCOUNT_BY_FORM,
        *BY_INDUSTRY,
        *EXCLUDED,
    ),
    "industry": tuple(SME_ROWS),
    "capital": (0, *(yen + more for yen in (50_000_000, 100_000_000, 300_000_000) for more in (0, 1)), 10**15),
    "employees": (0, *(size + more for size in (5, 20, 50, 100, 200, 300, 900) for more in (0, 1)), 10**15),
    "deemed_large": (False, True),
    "past_grant": (False, True),
    "wage_exempt_sector": (False, True),
    "wage_plan_announced": (False, True),
    "wage_growth": (0, *(Fraction(n, 1000) - less for n in (30, 35, 50) for less in (Fraction(1, 10**9), 0)), 10),
    "wage_floor_margin": (0, 29, 30, 10**9),
    "near_minimum_wage_months": (0, 2, 3, 12),
    "role": ("lead", "participant"),
}
"""Each figure of the law and the values beside it."""

Place = tuple[str | int, ...]
"""The way to what is left out: `("items", 0, "processes")`, `("members", 2, "items", 0, "functions")`, `("facts", "employees")`."""

Completion = dict[Place, Value]


# ── applicants with holes ────────────────────────────────────────────────────────────────────────────────────


def lapsed(seed: int) -> tuple[PlainApplicant, list[Place]]:
    """A random applicant that leaves out fields of up to three items and now and then a fact or two."""
    random = Random(seed)
    one = random_applicant(random)
    one["facts"] = {"capital": 10_000_000, "industry": "retail", **one["facts"]}
    items: list[Place] = [("items", n) for n, item in enumerate(one["items"]) if item.get("category") in TOOLS]
    items += [
        ("members", m, "items", n)
        for m, member in enumerate(one["members"])
        for n, item in enumerate(member["items"])
        if item.get("category") in TOOLS
    ]
    holes: list[Place] = []
    for place in random.sample(items, min(random.randint(1, 3), len(items))):
        holes += [(*place, name) for name in random.choice((["processes"], ["functions"], ["processes", "functions"]))]
    holes += [("facts", name) for name in random.sample([*VALUES][:-1], random.choice((0, 0, 1, 2)))]
    if one["members"] and random.randrange(2):
        some = random.sample(range(len(one["members"])), min(random.randint(1, 3), len(one["members"])))
        holes += [("members", m, "facts", random.choice(("role", "role", "employees"))) for m in some]
    holes = [place for place in holes if place[-1] in holder(one, place)]
    gone: list[Place] = []
    most = random.choice(MOST)
    for place in holes:
        if prod(len(each) for each in choices(one, [*gone, place])) <= most:
            gone.append(place)
    return without(one, gone), gone


def without(one: PlainApplicant, gone: list[Place]) -> PlainApplicant:
    left = deepcopy(one)
    for place in gone:
        del holder(left, place)[place[-1]]
    return left


def completed(one: PlainApplicant, given: Completion) -> PlainApplicant:
    """The same object filled in: it is looked at once and then filled in anew."""
    for place, value in given.items():
        holder(one, place)[place[-1]] = value
    return one


def holder(one: PlainApplicant, place: Place) -> Any:
    """The mapping in which the last step of a place stands; mappings and lists lie on the way, hence Any."""
    found: Any = one
    for step in place[:-1]:
        found = found[step]
    return found


def completions(one: PlainApplicant, gone: list[Place]) -> Iterator[Completion]:
    """Every value of every hole; staff near the minimum wage need staff."""
    for chosen in product(*choices(one, gone)):
        given = dict(zip(gone, chosen, strict=True))
        facts: Facts = {
            **one["facts"],
            **{str(place[1]): value for place, value in given.items() if place[0] == "facts"},
        }
        if facts["employees"] != 0 or facts["near_minimum_wage_months"] == 0:
            yield given


def choices(one: PlainApplicant, gone: list[Place]) -> list[Sequence[Value]]:
    """What each may be: of codes all subsets, and where several items are open, of some that stand for the others.

    None stands for another where the codes of an earlier grant are compared with those of the software.
    """
    open_items = [place[:-1] for place in gone if place[-1] == "processes"]
    alike = len(open_items) > 1 and not one["facts"].get("granted_processes")
    codes = some_codes(one, open_items) if alike else subsets(PROCESSES)
    plain = {"processes": codes, "functions": subsets(FUNCTIONS)}
    return [VALUES[str(place[-1])] if "facts" in place else plain[str(place[-1])] for place in gone]


def some_codes(one: PlainApplicant, open_items: list[Place]) -> list[list[str]]:
    """汎P-07, a code that another item has, and as many new ones as make four."""
    items = [
        item for n, item in enumerate(one["items"]) if ("items", n) not in open_items and item.get("category") in TOOLS
    ]
    known = {code for item in items for code in item["processes"]}
    new = [code for code in PROCESSES[:-1] if code not in known][:4]
    old = [code for code in PROCESSES[:-1] if code in known][:1]
    if len(open_items) == 2:
        return subsets((PROCESSES[-1], *old, *new))
    chain: list[list[str]] = [list(new[:length]) for length in range(len(new) + 1)]
    return [*chain, list(old), [PROCESSES[-1]], [PROCESSES[-1], *new[:1]], list(PROCESSES)]


def subsets(codes: Sequence[str]) -> list[list[str]]:
    return [list(chosen) for size in range(len(codes) + 1) for chosen in combinations(codes, size)]


# ── what is said about them ──────────────────────────────────────────────────────────────────────────────────


def said(one: PlainApplicant, path: Path) -> dict[str, dict[str, Any]]:
    """Each frame's part of `hojo estimate --format json`."""
    path.write_text(as_yaml(one), encoding="utf-8")
    report = estimate.run([str(path)], "", "", "ja")
    assert isinstance(report.data, dict)
    (result,) = report.data["results"]
    assert not [found for found in result["findings"] if found["severity"] == "error"], result["findings"]
    return {each["frame"]: each for each in result["estimates"]}


def named(place: Place) -> str:
    """As `missing` names it: items from 0, members from 1."""
    if place[0] == "members":
        return f"members.{int(place[1]) + 1}.{named(place[2:])}"
    return str(place[1]) if place[0] == "facts" else f"items[{place[1]}].{place[2]}"


def deciding(found: list[tuple[Completion, Outcome]], gone: list[Place]) -> set[str]:
    """What makes a difference by itself somewhere."""
    decide = set()
    for place in gone:
        seen: dict[tuple[str, ...], Outcome] = {}
        for given, outcome in found:
            rest = tuple(repr(value) for other, value in given.items() if other != place)
            if seen.setdefault(rest, outcome) != outcome:
                decide.add(named(place))
                break
    return decide


def decided(seed: int, folder: Path) -> bool:
    """What is missing is what decides, and every completion lands within what is said; whether that was tried."""
    one, gone = lapsed(seed)
    given = list(completions(one, gone))
    if not gone:
        return False
    whole = deepcopy(one)
    outcomes = [evaluate(completed(whole, each)) for each in given]
    frames = said(one, folder / f"{seed}.yaml")
    for frame in FRAMES:
        found = [(each, outcome[frame]) for each, outcome in zip(given, outcomes, strict=True)]
        possible = {outcome for _, outcome in found}
        if possible == {("no_cost", 0), ("ineligible", 0)}:  # a requirement that fails comes before a question
            found = [(each, ("ineligible", 0)) for each in given]
            possible = {("ineligible", 0)}
        told = frames[frame]
        assert {each["fact"] for each in told["missing"]} == deciding(found, gone), (seed, frame)
        if len(possible) == 1:
            assert {(told["status"], told["subsidy"] or 0)} == possible, (seed, frame)
            continue
        assert told["status"] == "incomplete", (seed, frame, possible)
        yen = [subsidy for _, subsidy in possible]
        assert (told["possible"]["low"], told["possible"]["high"]) == (min(yen), max(yen)), (seed, frame)
    return True


@pytest.mark.no_cover
@pytest.mark.parametrize("start", few(range(0, 140, 20), 3))
def test_what_is_missing_of_items_is_what_decides_and_no_completion_lands_outside(start: int, tmp_path: Path) -> None:
    assert sum(decided(seed, tmp_path) for seed in range(start, start + 20)) >= 12


@pytest.mark.slow
@pytest.mark.parametrize("start", range(1_000, 4_000, 250))
def test_the_same_for_two_thousand_more_applicants(start: int, tmp_path: Path) -> None:
    assert sum(decided(seed, tmp_path) for seed in range(start, start + 250)) >= 165
