"""Mistakes in rulesets: one finding for each, once, with advice that fits a ruleset."""

import pytest
from subjects import ROOT

from hojo_cli import ruleset
from hojo_cli.finding import Finding

RULES = (ROOT / "rules" / "2026.yaml").read_text(encoding="utf-8")


def findings(*changes: tuple[str, str]) -> tuple[Finding, ...]:
    text = RULES
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return ruleset.examine(text.encode(), "rules.yaml")[1]


def told(*changes: tuple[str, str]) -> list[str]:
    return [each.code for each in findings(*changes)]


@pytest.mark.parametrize(
    ("name", "codes"),
    [("members", []), ("supplier_accounts", []), ("function_kinds", ["HJ350"]), ("membres", ["HJ331"])],
)
def test_a_fact_stays_within_another_or_the_number_of_members(name: str, codes: list[str]) -> None:
    assert told(("    at_most: members\n", f"    at_most: {name}\n")) == codes


def test_the_largest_value_of_a_fact_needs_a_provenance_of_its_kind() -> None:
    bound = "      use: 12か月\n      assume: near_minimum_two_sided\n"
    assert (
        told((bound, "      use: 12か月\n"), ("printed: 令和6年10月から令和7年9月}", "printed: 令和6年10月から}")) == []
    )
    assert told(("    max:\n" + bound, "    max:\n      use: 12円\n      assume: near_minimum_two_sided\n")) == [
        "HJ162"
    ]
    rest = RULES.partition(bound)[2].splitlines(keepends=True)[0]
    assert told((bound + rest, "      use: 12か月\n")) == ["HJ332"]


def test_an_assumption_is_placed_in_frames_that_exist() -> None:
    placed = "    frames: [electronic_trade]\n    when: {fact: deemed_large, eq: true}\n"
    assert told((placed, placed.replace("_trade", "_trades"))) == ["HJ331"]
    assert told((placed, placed.replace("deemed_large", "deemed_larg"))) == ["HJ331"]
    assert told((placed, placed.splitlines(keepends=True)[1])) == ["HJ302"]
