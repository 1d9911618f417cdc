"""Mistakes in applicant files: each is named for what it is, at its place, and hides no other."""

from pathlib import Path

import pytest

from hojo_cli import applicant, ruleset
from hojo_cli.document import parse
from hojo_cli.finding import Finding, Severity

BAD = sorted((Path(__file__).parent / "bad" / "applicant").glob("*.yaml"))


def findings(text: str | bytes, year: str = "2026") -> tuple[Finding, ...]:
    document = parse(text if isinstance(text, bytes) else text.encode(), "a.yaml")
    read = () if document.root is None else applicant.load(document.root, ruleset.load(year), "a.yaml").findings
    return (*document.findings, *read)


def told(text: str | bytes, year: str = "2026") -> list[tuple[str, int, int]]:
    return [(each.code, each.where.line, each.where.column) for each in findings(text, year)]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_has_the_one_error_in_its_name(path: Path) -> None:
    found = findings(path.read_bytes())
    assert [each.code for each in found] == [path.name[:5]]
    assert found[0].severity is Severity.ERROR
    assert found[0].hint.ja and found[0].hint.en


# --- bounds of facts ---


@pytest.mark.parametrize("year", ["2024", "2025", "2026"])
def test_members_that_are_not_listed_bring_in_no_tools(year: str) -> None:
    group = "facts: {{analysis_members: {0}}}\nmembers: [{{name: 甲}}, {{name: 乙}}]\n"
    assert told(group.format(2), year) == []
    assert told(group.format(3), year) == [("HJ213", 1, 27)]


def test_without_members_there_is_nothing_to_exceed() -> None:
    assert told("facts: {analysis_members: 3}\n") == []


@pytest.mark.parametrize("year", ["2025", "2026"])
def test_a_fact_has_a_largest_value_in_every_spelling(year: str) -> None:
    line = "facts: {{near_minimum_wage_months: {0}}}\n"
    assert [told(line.format(right), year) for right in ("12", "12か月", "1年")] == [[], [], []]
    for wrong in ("13", "100", "2年", "１３か月"):
        assert told(line.format(wrong), year) == [("HJ217", 1, 35)]
    assert "12か月以下" in findings(line.format(13), year)[0].message.ja
