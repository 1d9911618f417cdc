"""The same quote written otherwise comes to the same yen: lines split in two, another order, other spellings of the numbers."""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from typing import Any, Final

import fuzzed
import pytest
from random_applicants import as_yaml, random_applicant
from subjects import fast, read, rules

from hojo_cli.engine.judgement import Status

Data = dict[str, Any]
FEW, MANY = 60, 3_000
UNITS: Final = {"yen": "円", "count": "人", "months": "か月"}


def outcomes(applicant: Data) -> dict[str, tuple[Status, int | None]]:
    """Status and yen of each frame, by way of a file."""
    return dict(fast().outcomes(read(as_yaml(applicant), rules())))  # type: ignore[arg-type]  # changed on the way


def bought(applicant: Data) -> list[list[Data]]:
    """Every list of items: the applicant's and those of the members."""
    return [applicant["items"], *(member["items"] for member in applicant["members"])]


def split_in_two(random: Random, applicant: Data) -> None:
    """A line becomes two for the same thing. Not where tax is taken off a line (it is rounded there), or a discount names it."""
    for items in bought(applicant):
        named = {item.get("of") for item in items}
        for item in [item for item in items if item.get("tax") != "included" and item.get("name") not in named]:
            key = next((key for key in ("amount", "monthly", "yearly") if key in item), None)
            if key is not None and random.randrange(2):
                other = copy.deepcopy(item)
                other["name"] = f"{item.get('name', '品目')} 2"
                other[key] = random.randint(0, item[key])
                item[key] -= other[key]
                items.insert(random.randint(0, len(items)), other)


def in_another_order(random: Random, applicant: Data) -> None:
    """Items, members and the facts of each."""
    for items in (*bought(applicant), applicant["members"]):
        random.shuffle(items)
    for who in (applicant, *applicant["members"]):
        facts = [*who["facts"].items()]
        random.shuffle(facts)
        who["facts"] = dict(facts)


def spelt_otherwise(random: Random, applicant: Data) -> None:
    """Full-width digits, commas, 円, 万円, 人, か月, 年, years as months."""
    specs = rules().facts
    for who in (applicant, *applicant["members"]):
        for name, value in who["facts"].items():
            if isinstance(value, int) and not isinstance(value, bool):
                who["facts"][name] = spelt(random, value, specs[name].kind)
    for items in bought(applicant):
        for item in items:
            for key, kind in (
                ("amount", "yen"),
                ("monthly", "yen"),
                ("yearly", "yen"),
                ("discount", "yen"),
                ("months", "months"),
            ):
                if key in item:
                    item[key] = spelt(random, item[key], kind)


def spelt(random: Random, value: int, kind: str) -> object:
    """The number as somebody prints it, quoted where YAML would part it at a comma."""
    if kind == "yen":
        return fuzzed.written_yen(random, value)
    ways = [
        str(value),
        str(value).translate(fuzzed.WIDE),
        f"{value}{UNITS.get(kind, '')}",
        f"{value:,}{UNITS.get(kind, '')}",
    ]
    if kind == "months" and value % 12 == 0 and value:
        ways += [f"{value // 12}年", f"{value // 12}年間"]
    return random.choice(ways)


CHANGES: Final[dict[str, Callable[[Random, Data], None]]] = {
    "a line split in two": split_in_two,
    "another order": in_another_order,
    "another spelling": spelt_otherwise,
}


def differences(change: Callable[[Random, Data], None], seeds: range) -> list[tuple[int, str]]:
    """Seeds and frames for which the yen change, and nothing but the writing did."""
    found = []
    for seed in seeds:
        random = Random(seed)
        before: Data = random_applicant(random)  # type: ignore[assignment]  # changed as data, whatever its type
        after = copy.deepcopy(before)
        change(random, after)
        once, again = outcomes(before), outcomes(after)
        found += [(seed, frame) for frame, outcome in once.items() if again[frame] != outcome]
    return found


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_written_otherwise_comes_to_the_same_yen(change: str) -> None:
    assert differences(CHANGES[change], range(FEW)) == []


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_what_is_written_otherwise_comes_to_the_same_yen_for_thousands(change: str) -> None:
    assert differences(CHANGES[change], range(FEW, FEW + MANY)) == []
