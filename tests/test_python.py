"""The Python door: three functions that never print, exit or raise for what a file holds."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from fractions import Fraction

import pytest
from subjects import ROOT

import hojo_cli
from hojo_cli import estimate, load_applicant, load_rules
from hojo_cli.commands import estimate as command

SHOP = ROOT / "examples" / "shop.yaml"
FACTS = {"entity": "company", "industry": "retail", "capital": 10_000_000, "employees": 4}


def codes(findings: tuple[object, ...]) -> list[str]:
    return [getattr(found, "code", "") for found in findings]


def test_the_page_about_it_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False, encoding="utf-8")
    assert (failed, tried > 10) == (0, True)


def test_the_package_alone_loads_nothing_of_ours_or_others() -> None:
    program = "import sys, hojo_cli; print(*sorted(name for name in sys.modules if name.startswith(('hojo_cli', 'ruamel', 'typer', 'rich'))))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["hojo_cli"]


def test_its_names_are_those_it_lists() -> None:
    for name in hojo_cli.__all__:
        assert getattr(hojo_cli, name).__module__ == "hojo_cli.batch.estimating"
    with pytest.raises(AttributeError):
        hojo_cli.nothing  # noqa: B018


def test_a_result_is_that_of_the_command() -> None:
    told = command.run([str(SHOP)], "", "", "ja").data
    assert isinstance(told, dict)
    result = estimate(load_applicant(SHOP))
    assert result.best == told["results"][0]["best"]
    assert [each.subsidy for each in result.estimates] == [each["subsidy"] for each in told["results"][0]["estimates"]]


def test_an_applicant_is_a_path_its_content_or_a_mapping() -> None:
    applicant = {"name": "見本", "facts": FACTS, "items": [{"category": "cloud", "monthly": "2万円", "months": 12}]}
    content = json.dumps(applicant).encode()
    by_mapping, by_content = estimate(load_applicant(applicant)), estimate(load_applicant(content))
    assert by_mapping == by_content
    assert by_mapping.name == "見本"
    assert estimate(load_applicant(SHOP)) == estimate(load_applicant(str(SHOP)))
    assert estimate(load_applicant(SHOP.read_bytes(), file=str(SHOP))) == estimate(load_applicant(SHOP))


def test_rules_are_a_year_a_file_or_the_newest() -> None:
    assert load_rules().ruleset == load_rules(2026).ruleset == load_rules("2026").ruleset
    file = load_rules(ROOT / "tests" / "programmes" / "market.yaml").ruleset
    assert file is not None
    assert file.program != "digital-ai"
    named = load_applicant({"fiscal_year": 2025, "facts": FACTS}).ruleset
    assert named is not None
    assert named.fiscal_year == 2025


@pytest.mark.parametrize(
    ("source", "rules", "expected"),
    [
        ("nowhere.yaml", None, ["HJ101"]),
        ({"facts": {"employes": 4}}, None, ["HJ203"]),
        ({"facts": {"employees": 0.5}}, None, ["HJ151"]),
        (b"\xff\xfe\x00", None, ["HJ134"]),
        ({"fiscal_year": 1999, "facts": FACTS}, None, ["HJ216"]),
        ({"facts": FACTS}, 1999, ["HJ346"]),
        ({"facts": FACTS}, "nowhere.yaml", ["HJ101"]),
        ("nowhere.yaml", 1999, ["HJ346", "HJ101"]),
        (str(ROOT / "rules" / "2026.yaml"), None, ["HJ171"]),
    ],
    ids=str,
)
def test_what_is_wrong_is_a_finding_of_the_result(source: str, rules: str | None, expected: list[str]) -> None:
    applicant = load_applicant(source, None if rules is None else load_rules(rules))
    assert applicant.applicant is None
    result = estimate(applicant)
    assert codes(result.findings) == expected
    assert (result.estimates, result.best) == ((), "")


def test_a_remark_does_not_stand_in_the_way() -> None:
    result = estimate(load_applicant(SHOP, load_rules(2025)))
    assert result.estimates
    assert result.fiscal_year == 2025


def test_amounts_are_exact_and_derivations_are_there_where_asked_for() -> None:
    result = estimate(load_applicant(SHOP), explained=True)
    assert all(each.tree is not None for each in result.estimates)
    assert all(each.tree is None for each in estimate(load_applicant(SHOP)).estimates)
    amounts = [step.rate for each in result.estimates for line in each.lines for step in line.steps if step.rate]
    assert amounts
    assert all(isinstance(amount, int | Fraction) for amount in amounts)
