"""What the facts of one applicant say of each other: what cannot be, what it cannot have, two answers to one question."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from subjects import HERE, read, rules

from hojo_cli.applicants import applicant
from hojo_cli.batch.intake.blank_table import template
from hojo_cli.commands import estimate
from hojo_cli.document import parse
from hojo_cli.explanation.explain import estimates
from hojo_cli.explanation.profile import traits
from hojo_cli.rules import ruleset

YEARS = ("2024", "2025", "2026")
RULES = (HERE.parent / "rules" / "2026.yaml").read_text(encoding="utf-8")


def told(text: str, year: str = "2026") -> list[tuple[str, int, int]]:
    """Code, line and column of each finding."""
    root = parse(text.encode(), "a.yaml").root
    assert root is not None
    found = applicant.load(root, rules(year), "a.yaml").findings
    return [(each.code, each.where.line, each.where.column) for each in found]


def one(*facts: str) -> str:
    return "facts:\n" + "".join(f"  {fact}\n" for fact in facts)


# --- what cannot be ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "findings"),
    [
        (("employees: 0", "near_minimum_wage_months: 3"), [("HJ231", 3, 29)]),
        (("near_minimum_wage_months: 1か月", "employees: 0人"), [("HJ231", 2, 29)]),
        (("employees: 0", "near_minimum_wage_months: 0"), []),
        (("employees: 1", "near_minimum_wage_months: 12"), []),
        (("near_minimum_wage_months: 12",), []),
        (("employees: 0",), []),
    ],
)
def test_without_staff_there_are_no_months_near_the_minimum_wage(
    facts: tuple[str, ...], findings: list[tuple[str, int, int]]
) -> None:
    assert told(one(*facts)) == findings


def test_the_same_in_the_rounds_of_2025() -> None:
    first, last = ("employees: 0", "round: round_1"), ("employees: 0", "round: round_7")
    assert told(one(*first, "near_minimum_wage_50_months: 3"), "2025") == [("HJ231", 4, 32)]
    assert told(one(*last, "near_minimum_wage_months: 3"), "2025") == [("HJ231", 4, 29)]


def test_a_share_of_one_large_company_is_no_more_than_that_of_all() -> None:
    assert told(one("same_large_share: 1/2", "large_share: 40%")) == [("HJ213", 2, 21)]
    assert told(one("same_large_share: 40%", "large_share: 40%")) == []


# --- what this applicant cannot have ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("facts", "findings"),
    [
        (("entity: sole_proprietor", "capital: 9億円"), [("HJ232", 3, 3)]),
        (("entity: 個人事業主", "same_large_share: 1/2"), [("HJ232", 3, 3)]),
        (("entity: medical", "industry: retail"), [("HJ232", 3, 3)]),
        (("entity: npo", "capital: 1億円", "industry: retail"), [("HJ232", 3, 3)]),
        (("entity: company", "capital: 9億円"), []),
        (("capital: 9億円",), []),
        (("role: lead",), [("HJ232", 2, 3)]),
    ],
)
def test_what_an_applicant_cannot_have_is_noted(
    facts: tuple[str, ...], findings: list[tuple[str, int, int]], year: str
) -> None:
    assert told(one(*facts), year) == findings


def test_a_member_may_say_what_only_members_are_asked() -> None:
    assert told("members: [{facts: {role: lead}}, {facts: {role: 参画事業者, entity: 個人事業主, capital: 1}}]\n") == [
        ("HJ232", 1, 71)
    ]


def test_the_file_of_somebody_who_filled_in_too_much() -> None:
    text = (HERE / "field" / "files" / "facts-that-cannot-apply.yaml").read_text(encoding="utf-8")
    notes = [each for each in told(text) if each[0] == "HJ232"]
    assert notes == [("HJ232", 3, 39)]
    assert len(told(text)) == 3


def test_what_is_needed_is_never_told_in_terms_that_cannot_apply() -> None:
    """A sole proprietor with too many people is told of people, a company of capital or people."""
    shop = one("entity: {0}", "industry: retail", "employees: 51", "deemed_large: false", "capital: 6千万円")
    item = "items: [{category: software, amount: 1, functions: [accounting], processes: [共P-04]}]\n"
    needs = {}
    for entity in ("company", "sole_proprietor", "npo"):
        subject = read(shop.replace("{0}", entity) + item, rules())
        (invoice,) = (each for each in estimates(rules(), subject) if each.frame == "invoice")
        (sme,) = (met for met in invoice.requirements if met.id == "sme")
        needs[entity] = " ".join(need.ja + need.en for need in sme.needs)
        because = " ".join(text.ja for trait in traits(rules(), subject) for text in trait.because)
        assert ("資本金" in because) == (entity == "company")
    assert "資本金" in needs["company"]
    assert "50人以下" in needs["company"]
    for entity in ("sole_proprietor", "npo"):
        assert "資本金" not in needs[entity]
        assert "capital" not in needs[entity]
        assert "50人以下" in needs[entity]


# --- two answers to one question ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("facts", "findings"),
    [
        (("deemed_large: false", "average_taxable_income: 16億円"), [("HJ230", 2, 17)]),
        (("deemed_large: false", "average_taxable_income: 15億円"), []),
        (("deemed_large: true", "average_taxable_income: 16億円"), []),
        (("deemed_large: false", "entity: company", "large_share: 2/3"), [("HJ230", 2, 17)]),
        (("deemed_large: false", "large_share: 2/3"), []),
        (("deemed_large: true", "average_taxable_income: 0円"), []),
    ],
)
def test_an_answer_that_its_own_tests_contradict_is_a_warning(
    facts: tuple[str, ...], findings: list[tuple[str, int, int]], year: str
) -> None:
    assert told(one(*facts), year) == findings


def test_all_six_tests_against_the_answer() -> None:
    six = (
        "entity: company", "same_large_share: 0", "large_share: 0", "large_officers: 0",
        "owned_by_deemed_large: false", "officers_of_deemed_large: false", "average_taxable_income: 0",
    )  # fmt: skip
    assert told(one("deemed_large: true", *six)) == [("HJ230", 2, 17)]
    assert told(one("deemed_large: false", *six)) == []


# --- sets of choices -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("[共P-04, 会計・財務・経営]", []),
        ("[]", []),
        ("null", []),
        ("共P-04", ["HJ202"]),
        ("[共P-99]", ["HJ205"]),
    ],
)
def test_a_set_is_a_list_of_choices(value: str, codes: list[str]) -> None:
    assert [code for code, _, _ in told(one("past_grant: true", f"granted_processes: {value}"))] == codes


def test_a_set_in_a_table_is_separated_as_item_fields_are(tmp_path: Path) -> None:
    header = "name,entity,granted_processes,items.1.category,items.1.amount,items.1.processes\n"
    rows = tmp_path / "a.csv"
    rows.write_text(f"{header}甲,company,共P-04;共P-05,software,100000,共P-04;共P-05\n", encoding="utf-8")
    from hojo_cli.commands import check
    from hojo_cli.formats.drawing.screen import Screen

    out = tmp_path / "a.jsonl"
    check.run(check.CheckRequest([str(rows)], outputs=[f"jsonl={out}"], quiet=True), lambda _: Screen(80, False, "ja"))
    (entry,) = [line for line in map(json.loads, out.read_text(encoding="utf-8").splitlines()) if "file" in line]
    assert [each for each in entry["findings"] if each["severity"] == "error"] == []
    assert "role" not in template(rules(), "en")
    assert "granted_processes" in template(rules(), "en")


# --- answers that are asked --------------------------------------------------------------------------------------------------


def frames(text: str, path: Path) -> dict[str, dict[str, Any]]:
    path.write_text(text, encoding="utf-8")
    report = estimate.run([str(path)], "", "", "ja")
    assert isinstance(report.data, dict)
    return {each["frame"]: each for each in report.data["results"][0]["estimates"]}


SHOP = (
    "entity: company", "industry: retail", "capital: 300万円", "employees: 9", "past_grant: false",
    "wage_exempt_sector: false", "near_minimum_wage_months: 0",
)  # fmt: skip
ITEM = "items: [{category: software, amount: 100万円, functions: [accounting], processes: [共P-04]}]\n"


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ((), ["deemed_large"]),
        (("large_share: 0",), ["large_officers", "owned_by_deemed_large", "officers_of_deemed_large",
                               "average_taxable_income"]),
        (("large_officers: 0",), ["same_large_share", "large_share", "owned_by_deemed_large",
                                  "officers_of_deemed_large", "average_taxable_income"]),
        (("average_taxable_income: 16億円",), []),
        (("deemed_large: false", "large_share: 0"), []),
        (("deemed_large: false", "workplace_minimum_wage: 1000"), ["regional_minimum_wage"]),
        (("deemed_large: false", "regional_minimum_wage: 1000"), ["workplace_minimum_wage"]),
        (("deemed_large: false", "regional_minimum_wage: 1000", "workplace_minimum_wage: 999"), []),
    ],
)  # fmt: skip
def test_what_is_asked_is_what_is_still_open(facts: tuple[str, ...], asked: list[str], tmp_path: Path) -> None:
    told = frames(one(*SHOP, *facts) + ITEM, tmp_path / "a.yaml")
    assert [each["fact"] for each in told["general"]["missing"]] == asked
    assert [each["fact"] for each in told["invoice"]["missing"]] == asked


def test_nothing_new_is_asked_of_a_file_that_was_settled(tmp_path: Path) -> None:
    told = frames(one(*SHOP, "deemed_large: false") + ITEM, tmp_path / "a.yaml")
    assert (told["general"]["subsidy"], told["invoice"]["subsidy"]) == (500_000, 500_000)
    assumed = "".join(told["general"]["assumptions"])
    assert "最低賃金の要件" in assumed
    assert "プロセスが完全に一致" in assumed
    said = one(*SHOP, "deemed_large: false", "workplace_minimum_wage: 1000", "regional_minimum_wage: 1000")
    assert frames(said + ITEM, tmp_path / "b.yaml")["invoice"]["subsidy"] == 500_000


def test_who_was_granted_software_without_a_process_cannot_have_the_same_again(tmp_path: Path) -> None:
    facts = (
        *SHOP[:4],
        SHOP[6],
        "deemed_large: false",
        "wage_exempt_sector: true",
        "past_grant: true",
        "granted_processes: []",
    )
    told = frames(one(*facts) + ITEM[:-2] + ", {category: cloud, amount: 50万円}]\n", tmp_path / "a.yaml")
    other = {each["id"]: each["holds"] for each in told["general"]["requirements"]}
    assert other["other_processes"] is True


# --- mistakes in rulesets --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("min: {fact: regional_minimum_wage}", "min: {fact: employees}", ["HJ363"]),
        ("min: {fact: regional_minimum_wage}", "min: {measure: members}", ["HJ363"]),
        ("min: {fact: regional_minimum_wage}", "min: {fact: regional_minimum_wages}", ["HJ331"]),
        ("only_if: {fact: employees, above: 0人, assume: near_minimum_two_sided}", "only_if: {is: sme}", ["HJ364"]),
        ("    unset: {is: deemed_large_tests}\n", "", ["HJ366"] * 6),
        ("    unset: {is: deemed_large_tests}\n", "    unset: {is: deemed_large_test}\n", ["HJ331"]),
        ("    instead_of: deemed_large\n", "    instead_of: past_grant\n", ["HJ366"]),
        ("same_as: process_kinds", "same_as: members", ["HJ333"]),
        ("    choices_of: processes\n", "    choices_of: process\n", ["HJ331"]),
        ("unset: {holds: true, assume: minimum_wage_2025}", "unset: {holds: true, assume: minimum_wage}", ["HJ331"]),
        ("excluded: true", "excluded: false", ["HJ304"]),
    ],
)  # fmt: skip
def test_a_mistake_in_what_facts_say_of_each_other_is_told(old: str, new: str, codes: list[str]) -> None:
    assert old in RULES
    found = ruleset.examine(RULES.replace(old, new, 1).encode(), "rules.yaml")[1]
    assert [each.code for each in found] == codes


def test_a_definition_stands_in_for_a_yes_or_no_that_something_is_asked_instead_of() -> None:
    idle = RULES.replace("    instead_of: deemed_large\n", "")
    assert [each.code for each in ruleset.examine(idle.encode(), "rules.yaml")[1]] == ["HJ365"]
