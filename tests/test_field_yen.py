"""Amounts that real files once came to wrongly, and what they must come to."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import oracle_2026
import pytest
from plain_files import plain

from hojo_cli.commands import check, estimate
from hojo_cli.formats.drawing.screen import Screen

HERE = Path(__file__).parent / "field" / "yen"


class Row(NamedTuple):
    """A file, how its open questions are answered (text for text), and what frames then come to, with the arithmetic."""

    file: str
    said: dict[str, str]
    expect: dict[str, tuple[str, int]]
    why: str


def paid(yen: int) -> tuple[str, int]:
    return "payable", yen


INELIGIBLE = ("ineligible", 0)
LEAD_FIRST = {
    "facts: {entity": "facts: {role: participant, entity",
    "facts: {role: participant, entity": "facts: {role: lead, entity",
}
"""All take part, and the first of them leads."""

ROWS = [
    Row("law-opt_process", {}, {"general": paid(1_499_999)}, "4,000,000 / 2 with one kind stops under 1,500,000"),
    Row(
        "law-opt_process",
        {"[共P-04]": "[共P-01, 共P-02, 共P-03, 共P-04]"},
        {"general": paid(2_000_000)},
        "four kinds of the software; 15 people are exempt from the wage plan",
    ),
    Row("law-opt_only_bp", {}, {"general": INELIGIBLE}, "汎P-07 is the only process of the software"),
    Row("law-opt_only_bp", {"[汎P-07]": "[汎P-07, 共P-01]"}, {"general": paid(750_000)}, "1,500,000 / 2"),
    Row(
        "law-noproc",
        {"1000000}": "1000000, processes: []}"},
        {"general": paid(500_000)},
        "software without a process is not paid",
    ),
    Row("law-noproc", {"1000000}": "1000000, processes: [汎P-07]}"}, {"general": paid(1_000_000)}, "2,000,000 / 2"),
    Row(
        "law-group_chamber",
        LEAD_FIRST,
        {"group": paid(7_500_000)},
        "10 × (500,000 + 375,000 × 2/3); the chamber leads at any size",
    ),
    Row("law-group_sole", LEAD_FIRST, {"group": INELIGIBLE}, "a sole proprietor is no corporation"),
    Row("law-group_b_support", LEAD_FIRST, {"group": paid(10_500_000)}, "7,500,000 + (3,000,000 + 1,500,000) × 2/3"),
    Row("law-group_nouse", LEAD_FIRST, {"group": INELIGIBLE}, "two of ten use a tool"),
    Row("same-member-ten-times", LEAD_FIRST, {"group": paid(2_800_000)}, "10 × 350,000 × 4/5"),
    Row("lump-sum-cloud", {}, {"general": paid(600_000), "invoice": paid(500_000)}, "taken to lie within two years"),
    Row(
        "lump-sum-cloud",
        {"120万円": "120万円, months: 60"},
        {"general": paid(240_000), "invoice": paid(360_000)},
        "24/60 of 1,200,000 are 480,000: × 1/2 and × 3/4",
    ),
    Row(
        "lump-sum-cloud",
        {"120万円": "120万円, months: 24"},
        {"general": paid(600_000), "invoice": paid(500_000)},
        "all of it",
    ),
    Row(
        "lump-sum-cloud",
        {"120万円": "120万円, months: 25"},
        {"general": paid(576_000), "invoice": paid(500_000)},
        "24/25 of 1,200,000 are 1,152,000: × 1/2; 864,000 stop at one function's 500,000",
    ),
    Row("lump-sum-security", {}, {"security": paid(270_000)}, "540,000 / 2, taken to lie within two years"),
    Row("lump-sum-security", {"54万円": "54万円, months: 36"}, {"security": paid(180_000)}, "24/36 of 540,000, / 2"),
    Row("lump-sum-security", {"54万円": "54万円, months: 120"}, {"security": paid(54_000)}, "24/120 of 540,000, / 2"),
    Row(
        "lump-sum-security",
        {"54万円": "54万円, months: 144"},
        {"security": ("below_floor", 0)},
        "24/144 of 540,000, / 2 = 45,000",
    ),
    Row("monthly-pc", {}, {"invoice": paid(175_000)}, "100,000 × 3/4 and the PC's most, 100,000"),
    Row(
        "best-combination",
        {
            "processes: [共P-04]": "processes: [共P-04], functions: []",
            "functions: [accounting]": "functions: [accounting], processes: []",
        },
        {"general": paid(50_000), "invoice": paid(130_000), "security": paid(160_000)},
        "100,000 / 2; 100,000 × 4/5 + 100,000 / 2; 240,000 × 2/3: 340,000 together",
    ),
    Row("quantity", {}, {"invoice": paid(225_792)}, "980 × 12 × 24 = 282,240, × 4/5"),
    Row("quantity", {"2年分": "3年間"}, {"invoice": paid(225_792)}, "the third year does not count"),
    Row("years", {}, {"invoice": paid(192_000)}, "120,000 × 2 × 4/5"),
    Row("years", {"years: 2": "years: 3"}, {"invoice": paid(192_000)}, "the third year does not count"),
    Row(
        "discount-line",
        {"category: software, amount: -5万円": "discount: 5万円, of: ソフト"},
        {"invoice": paid(200_000)},
        "(300,000 - 50,000) × 4/5",
    ),
    Row(
        "discount-line",
        {"category: software, amount: -5万円": "discount: 5万円"},
        {"invoice": paid(200_000)},
        "one line bears all of it",
    ),
]


def answered(row: Row) -> str:
    """The text of the file with what it leaves open filled in."""
    text = (HERE / f"{row.file}.yaml").read_text(encoding="utf-8")
    if row.said is LEAD_FIRST:
        each, first = LEAD_FIRST.items()
        top, members, listed = text.partition("members:")
        return top + members + listed.replace(*each).replace(*first, 1)
    for before, after in row.said.items():
        assert before in text
        text = text.replace(before, after)
    return text


def result(text: str, path: Path) -> dict[str, Any]:
    """The one result of the JSON, whose values are of many types."""
    path.write_text(text, encoding="utf-8")
    report = estimate.run([str(path)], "", "", "ja")
    assert isinstance(report.data, dict)
    found: dict[str, Any]
    (found,) = report.data["results"]
    return found


def frames(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["frame"]: each for each in found["estimates"]}


def findings(text: str, path: Path) -> tuple[list[dict[str, Any]], int]:
    """What `hojo check` finds in the one file, and its exit code."""
    path.write_text(text, encoding="utf-8")
    out = path.with_suffix(".jsonl")
    report = check.run(
        check.CheckRequest([str(path)], outputs=[f"jsonl={out}"], quiet=True), lambda _: Screen(80, False, "ja")
    )
    (entry,) = [line for line in map(json.loads, out.read_text(encoding="utf-8").splitlines()) if "file" in line]
    return entry["findings"], report.exit_code


def of(severity: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in found if each["severity"] == severity]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.file}: {row.why}")
def test_a_file_comes_to_what_the_law_says(row: Row, tmp_path: Path) -> None:
    told = frames(result(answered(row), tmp_path / "a.yaml"))
    assert {frame: (told[frame]["status"], told[frame]["subsidy"] or 0) for frame in row.expect} == row.expect


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.file}: {row.why}")
def test_the_naive_program_says_the_same(row: Row) -> None:
    found = oracle_2026.evaluate(plain(answered(row)))
    assert {frame: found[frame] for frame in row.expect} == row.expect


def test_what_is_left_out_of_software_is_asked_with_the_range_it_leaves_open(tmp_path: Path) -> None:
    told = frames(result((HERE / "law-noproc.yaml").read_text(encoding="utf-8"), tmp_path / "a.yaml"))["general"]
    assert told["status"] == "incomplete"
    assert [each["fact"] for each in told["missing"]] == ["items[1].processes"]
    assert told["possible"] == {"low": 500_000, "high": 1_000_000}


@pytest.mark.parametrize("file", ["law-group_chamber", "law-group_b_support", "same-member-ten-times"])
def test_who_leads_is_asked_where_nobody_says_it(file: str, tmp_path: Path) -> None:
    told = frames(result((HERE / f"{file}.yaml").read_text(encoding="utf-8"), tmp_path / "a.yaml"))["group"]
    assert told["status"] == "incomplete"
    assert {each["fact"].rpartition(".")[2] for each in told["missing"]} == {"role"}


@pytest.mark.parametrize("file", ["law-group_sole", "law-group_nouse"])
def test_a_group_that_is_none_whoever_leads_is_asked_nothing(file: str, tmp_path: Path) -> None:
    told = frames(result((HERE / f"{file}.yaml").read_text(encoding="utf-8"), tmp_path / "a.yaml"))["group"]
    assert (told["status"], told["missing"]) == ("ineligible", [])


@pytest.mark.parametrize(("file", "line"), [("law-opt_process", 6), ("law-opt_only_bp", 6), ("monthly-pc", 5)])
def test_what_does_not_count_is_a_warning_at_its_line(file: str, line: int, tmp_path: Path) -> None:
    found, _ = findings((HERE / f"{file}.yaml").read_text(encoding="utf-8"), tmp_path / "a.yaml")
    assert line in {each["line"] for each in of("warning", found)}


def test_ten_copies_of_one_member_are_told(tmp_path: Path) -> None:
    found, _ = findings((HERE / "same-member-ten-times.yaml").read_text(encoding="utf-8"), tmp_path / "a.yaml")
    assert any("見本青果店" in each["message"] for each in of("warning", found))


@pytest.mark.parametrize(("file", "frame"), [("lump-sum-cloud", "invoice"), ("lump-sum-security", "security")])
def test_a_sum_without_its_time_shows_the_assumption_and_is_noted(file: str, frame: str, tmp_path: Path) -> None:
    text = (HERE / f"{file}.yaml").read_text(encoding="utf-8")
    timed = re.sub("amount: [0-9]+万円", r"\g<0>, months: 24", text)
    unsaid, said = (frames(result(each, tmp_path / "a.yaml"))[frame]["assumptions"] for each in (text, timed))
    assert len(unsaid) == len(said) + 1
    unsaid, said = (of("note", findings(each, tmp_path / "a.yaml")[0]) for each in (text, timed))
    assert {each["line"] for each in unsaid} - {each["line"] for each in said} == {5}


def test_a_negative_price_names_the_way_out(tmp_path: Path) -> None:
    found, code = findings((HERE / "discount-line.yaml").read_text(encoding="utf-8"), tmp_path / "a.yaml")
    (error,) = of("error", found)
    assert (error["line"], code) == (6, 1)
    assert "discount" in error["hint"]


def test_an_expected_nothing_is_met_by_a_frame_that_pays_nothing(tmp_path: Path) -> None:
    found, code = findings((HERE / "expect-zero.yaml").read_text(encoding="utf-8"), tmp_path / "a.yaml")
    assert (of("error", found), code) == ([], 0)
