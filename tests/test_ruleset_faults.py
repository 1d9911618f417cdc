"""Mistakes in rulesets: one finding for each, once, with advice that fits a ruleset."""

import pytest
from subjects import ROOT

from hojo_cli.base.finding import Finding
from hojo_cli.diff.smaller import smaller
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.engine.missing import settle
from hojo_cli.rules import ruleset
from hojo_cli.rules.declared import FactValue, Ruleset
from hojo_cli.verify.analysis.applicants import Builder
from hojo_cli.verify.analysis.situations import analyse
from hojo_cli.verify.analysis.world import domains

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
    start = RULES.index("max: {use: 12か月, assume: near_minimum_two_sided, source: {")
    bound = RULES[start : RULES.index("\n", start)]
    assert told((bound, bound.replace("assume: near_minimum_two_sided, ", ""))) == []
    assert told((bound, "max: {use: 12円, assume: near_minimum_two_sided}")) == ["HJ162"]
    assert told((bound, "max: {use: 12か月}")) == ["HJ332"]
    assert told((bound, "max: 12か月")) == ["HJ332"]


def test_an_assumption_is_placed_in_frames_that_exist() -> None:
    placed = "    frames: [electronic_trade]\n    when: {fact: deemed_large, eq: true}\n"
    assert told((placed, placed.replace("_trade", "_trades"))) == ["HJ331"]
    assert told((placed, placed.replace("deemed_large", "deemed_larg"))) == ["HJ331"]
    assert told((placed, placed.splitlines(keepends=True)[1])) == ["HJ302"]


# --- one finding for each mistake ---


def test_a_row_that_others_read_is_complained_of_once() -> None:
    right = "limits: {capital: 1億円, employees: 100人}"
    assert told((right, "limits: {capital: 100人, employees: 1億円}")) == ["HJ162", "HJ162"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("hojo: 1\n", "", "HJ302"),
        ("hojo: 1\n", "hojo: 2\n", "HJ330"),
        ("{unit: 1円, ", "{", "HJ302"),
        ("unit: 1円", "unit: 1人", "HJ162"),
        ("unit: 1円", "unit: 0円", "HJ347"),
    ],
)
def test_a_mistake_in_the_head_is_told_once(old: str, new: str, code: str) -> None:
    assert told((old, new)) == [code]


def test_rounding_that_is_missing_is_told_once() -> None:
    start = RULES.index("\nrounding:")
    assert told((RULES[start : RULES.index("\nmeasures:")], "")) == ["HJ302"]


@pytest.mark.parametrize(("text", "hint"), [("- a\n", "`hojo: 1`"), ("text", "`hojo: 1`"), ("", "前の年度")])
def test_a_ruleset_is_not_told_how_an_applicant_file_begins(text: str, hint: str) -> None:
    (found,) = ruleset.examine(text.encode(), "rules.yaml")[1]
    assert hint in found.hint.ja
    assert "株式会社" not in found.hint.ja


# --- what is asked stays within its bounds ---


def changed(*changes: tuple[str, str]) -> Ruleset:
    text = RULES
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    found, findings = ruleset.examine(text.encode(), "rules.yaml")
    assert found is not None
    assert not findings
    return found


def test_a_figure_beyond_the_largest_value_decides_nothing() -> None:
    """Three-valued logic alone would ask for the months; nobody can have thirteen."""
    facts: dict[str, FactValue] = {
        "entity": "company", "industry": "retail", "capital": 3_000_000, "employees": 4, "deemed_large": False,
        "past_grant": False, "wage_exempt_sector": False,
    }  # fmt: skip
    item = Item("", "software", 1_000_000, None, None, {"processes": frozenset(("共P-02",))}, 0)
    shop = Applicant("", facts, (item,), (), "")
    told_months = "min: 3か月, assume: near_minimum_two_sided, source: {at: 4. 補助額・補助率, printed: 3か月以上}"
    for months, missing in (("12か月", ("near_minimum_wage_months",)), ("13か月", ())):
        rules = changed((told_months, f"min: {months}, assume: near_minimum_two_sided"))
        assert settle(rules, rules.frames["general"], shop).missing == missing


def test_nobody_is_tried_beyond_the_largest_value() -> None:
    rules = ruleset.load("2026")
    assert domains(rules)["near_minimum_wage_months"].last[-1] == 12
    rules = changed(("    type: months\n", "    type: months\n    min: 1\n"))
    assert domains(rules)["near_minimum_wage_months"].first[0] == 1


def test_an_applicant_made_up_lists_the_members_it_counts() -> None:
    frame = analyse(ruleset.load("2026")).frames["group"]
    guard = max(frame.situations, key=lambda each: each.guard).guard
    for count in (3, 40):
        found = Builder(frame).build(guard, {"analysis": 1_000_000}, {"analysis_members": count})
        assert found is not None
        assert len(found.members) >= max(count, 10)


def test_a_witness_counts_no_more_members_than_it_lists() -> None:
    rules = ruleset.load("2026")
    facts: dict[str, FactValue] = {"analysis_members": 12, "employees": 100}
    group = Applicant("", facts, (), tuple(Applicant("", {}, (), (), f"members.{place}.") for place in range(1, 15)))
    least = smaller(
        group, rules, lambda tried: "analysis_members" in tried.facts, lambda tried: "analysis_members" in tried.facts
    )
    assert (least.facts, len(least.members)) == ({"analysis_members": 12}, 12)
