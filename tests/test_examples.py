"""Every example a newcomer can run comes to what it is there to show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import oracle_2026
import pytest
from plain_files import plain
from subjects import ROOT

from hojo_cli.commands import estimate

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
BEST: dict[str, tuple[str | None, int]] = {
    "builder": ("general", 1_790_000),
    "electronic_trade": ("electronic_trade", 960_000),
    "general": ("general", 3_800_000),
    "group": ("group", 10_478_812),
    "incomplete": (None, 0),
    "invoice": ("invoice", 580_000),
    "mistakes": (None, 0),
    "renovation": ("invoice", 975_555),
    "security": ("security", 240_000),
    "shop": ("invoice", 1_360_000),
    "wholesaler": ("general", 1_499_999),
}


def result(path: Path) -> tuple[dict[str, Any], int]:
    """The one result of the JSON, whose values are of many types, and the exit code."""
    report = estimate.run([str(path)], "", "", "ja")
    assert isinstance(report.data, dict)
    (found,) = report.data["results"]
    return found, report.exit_code


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_comes_to_what_it_is_there_to_show(path: Path) -> None:
    found, code = result(path)
    paid = {each["frame"]: each["subsidy"] for each in found["estimates"]}
    best, yen = BEST[path.stem]
    assert found["best"] == best
    assert best is None or paid[best] == yen
    assert code == (1 if path.stem == "mistakes" else 0)


@pytest.mark.parametrize("path", [path for path in EXAMPLES if BEST[path.stem][0]], ids=lambda path: path.stem)
def test_the_naive_program_comes_to_the_same(path: Path) -> None:
    best, yen = BEST[path.stem]
    assert best is not None
    assert oracle_2026.evaluate(plain(path.read_text(encoding="utf-8")))[best] == ("payable", yen)


def test_the_incomplete_one_asks_and_gives_a_range() -> None:
    found, _ = result(ROOT / "examples" / "incomplete.yaml")
    general = found["estimates"][0]
    assert general["status"] == "incomplete"
    assert general["possible"] == {"low": 0, "high": 933_333}
    assert general["missing"][0]["fact"] == "employees"


def test_the_mistakes_are_all_told_at_once_each_with_a_code_and_a_place() -> None:
    found, _ = result(ROOT / "examples" / "mistakes.yaml")
    codes = {finding["code"] for finding in found["findings"]}
    assert len(found["findings"]) >= 8
    assert codes >= {"HJ144", "HJ203", "HJ205", "HJ206", "HJ208", "HJ211"}
    assert all(finding["line"] > 1 and finding["message"] and finding["hint"] for finding in found["findings"])


def test_examples_that_declare_what_they_expect_declare_it_rightly() -> None:
    for path in EXAMPLES:
        text = path.read_text(encoding="utf-8")
        best, yen = BEST[path.stem]
        assert ("expect:" not in text) or f"expect: {{{best}: {yen}}}" in text, path.stem


def test_invented_prices_are_marked_as_such() -> None:
    assert all("架空" in path.read_text(encoding="utf-8") for path in EXAMPLES if path.stem != "mistakes")
