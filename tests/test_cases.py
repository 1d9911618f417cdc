"""Every case of `tests/cases/<year>/<frame>/`: an applicant file, what it must come to, and where that is written."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TypedDict

import pytest
from subjects import HERE, fast, outcomes, read, rules

from hojo_cli.explanation import explain

CASES = sorted((HERE / "cases").glob("*/*/*/applicant.yaml"))


class Expected(TypedDict, total=False):
    """One frame's outcome; `subsidy` is null where nothing is paid."""

    status: str
    subsidy: int | None
    eligible_cost: int


class Case(TypedDict):
    """`source` names the text a figure stands in, `why` the arithmetic."""

    source: str
    why: str
    expect: dict[str, Expected]


def case(path: Path) -> Case:
    found: Case = json.loads((path.parent / "expected.json").read_text(encoding="utf-8"))
    return found


def name(path: Path) -> str:
    return "/".join(path.parent.parts[-3:])


@pytest.mark.parametrize("path", CASES, ids=name)
def test_a_case_comes_to_what_its_source_says(path: Path) -> None:
    year = path.parent.parts[-3]
    subject = read(path.read_text(encoding="utf-8"), rules(year), str(path))
    settled, quick = outcomes(rules(year), subject), fast(year).outcomes(subject)
    estimates = {estimate.frame: estimate for estimate in explain.estimates(rules(year), subject)}
    for frame, expected in case(path)["expect"].items():
        yen = expected["subsidy"] if expected["status"] in ("payable", "incomplete") else 0
        assert settled[frame] == (expected["status"], yen), frame
        assert quick[frame] == settled[frame]
        assert (estimates[frame].status, estimates[frame].subsidy) == settled[frame]
        if "eligible_cost" in expected:
            assert estimates[frame].eligible_cost == expected["eligible_cost"]


def test_every_case_says_why_and_names_its_source() -> None:
    assert all(case(path)["source"] and case(path)["why"] for path in CASES)


def test_each_frame_of_this_year_has_a_case_for_each_outcome_it_can_have() -> None:
    this_year = [case(path)["expect"] for path in CASES if path.parent.parts[-3] == "2026"]
    met = Counter((frame, outcome["status"]) for expect in this_year for frame, outcome in expect.items())
    statuses = ("payable", "ineligible", "no_cost")
    assert {pair for pair in met if pair[1] in statuses} == {
        (frame, status) for frame in rules().frames for status in statuses
    }
    assert met["general", "below_floor"]
    assert met["security", "below_floor"]
    assert len(this_year) >= 60
