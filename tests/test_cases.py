"""Every case of `tests/cases/<year>/<frame>/`: an applicant file, what it must come to, and where that is written."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from plain_files import notes, stated
from subjects import HERE, fast, outcomes, read, rules

from hojo_cli.__main__ import main
from hojo_cli.explanation import explain

CASES = sorted((HERE / "cases").glob("*/*/*.yaml"))


def year_of(path: Path) -> str:
    return path.parts[-3]


def name(path: Path) -> str:
    return f"{year_of(path)}/{path.parent.name}/{path.stem}"


def test_hojo_check_finds_every_case_as_expected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The yen of `expect`, as any user has them checked; nothing in the folder is passed over."""
    report = tmp_path / "report.json"
    words = ["check", str(HERE / "cases"), "--format", "json", "--output", str(report), "--quiet"]
    monkeypatch.setattr("sys.argv", ["hojo", *words])
    assert main() == 0
    found = json.loads(report.read_text(encoding="utf-8"))
    assert [result["file"] for result in found["results"]] == [str(path) for path in CASES]
    assert [file for file in (HERE / "cases").rglob("*") if file.is_file() and file not in CASES] == []


@pytest.mark.parametrize("path", CASES, ids=name)
def test_a_case_comes_to_what_its_source_says(path: Path) -> None:
    """Status and eligible cost too, by each way there is to reckon them."""
    text, year = path.read_text(encoding="utf-8"), year_of(path)
    subject = read(text, rules(year), str(path))
    settled, quick = outcomes(rules(year), subject), fast(year).outcomes(subject)
    estimates = {estimate.frame: estimate for estimate in explain.estimates(rules(year), subject)}
    for frame, expected in stated(text).items():
        assert settled[frame] == (expected.status, expected.yen), frame
        assert quick[frame] == settled[frame]
        assert (estimates[frame].status, estimates[frame].subsidy) == settled[frame]
        if expected.eligible_cost is not None:
            assert estimates[frame].eligible_cost == expected.eligible_cost


@pytest.mark.parametrize("path", CASES, ids=name)
def test_a_case_names_its_source_says_why_and_states_its_frame(path: Path) -> None:
    """Where nothing is paid, the note says why: `ineligible` is another answer than `no_cost`."""
    text = path.read_text(encoding="utf-8")
    source, why, *outcome_lines = notes(text)
    assert source.removeprefix("Source: ").strip() not in ("", source)
    assert why.strip()
    told = stated(text)
    assert path.parent.name in told
    assert {line.partition(":")[0] for line in outcome_lines} <= told.keys()
    for frame, outcome in told.items():
        assert (outcome.yen is None) == (outcome.status == "incomplete")
        assert outcome.yen == 0 or outcome.status in ("payable", "incomplete")
        assert outcome.yen or any(line.startswith(f"{frame}: {outcome.status}") for line in outcome_lines)


def test_each_frame_of_this_year_has_a_case_for_each_outcome_it_can_have() -> None:
    this_year = [stated(path.read_text(encoding="utf-8")) for path in CASES if year_of(path) == "2026"]
    met = Counter((frame, outcome.status) for told in this_year for frame, outcome in told.items())
    statuses = ("payable", "ineligible", "no_cost")
    assert {pair for pair in met if pair[1] in statuses} == {
        (frame, status) for frame in rules().frames for status in statuses
    }
    assert met["general", "below_floor"]
    assert met["security", "below_floor"]
    assert len(this_year) >= 60
