"""Mistakes in applicant files: each is named for what it is, at its place, and hides no other."""

from pathlib import Path

import pytest

from hojo_cli.applicants import applicant
from hojo_cli.base.finding import Finding, Severity
from hojo_cli.document import parse
from hojo_cli.rules import ruleset

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


# --- colons and spaces ---


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("facts:\n  entity:　company\n", ("HJ138", 2, 10)),
        ("facts:\n  entity:　company\n  industry:　retail\n", ("HJ138", 2, 10)),
        ("facts:\n  entity:　company\n  industry: retail\n", ("HJ138", 2, 10)),
        ("facts:\n  industry: retail\n  entity:　company\n", ("HJ138", 3, 10)),
        ("facts:\n  industry: retail\n  entity:\u00a0company\n  employees: 4\n", ("HJ138", 3, 10)),
        ("name:　見本商店\n", ("HJ138", 1, 6)),
        ("name:　見本商店\nfiscal_year: 2026\n", ("HJ138", 1, 6)),
        ("items:\n  - category:　software\n    amount: 5\n", ("HJ138", 2, 14)),
        ("facts:\n  entity：company\n", ("HJ122", 2, 9)),
        ("facts:\n  entity:company\n", ("HJ125", 2, 9)),
        ("facts:\n　　entity: company\n", ("HJ129", 2, 1)),
        ("facts:\n  employees: 4\n　　entity: company\n　　industry: retail\n", ("HJ129", 3, 1)),
        ("facts:\n  entity company\n  industry: retail\n", ("HJ139", 2, 3)),
        ("facts:\n  industry: retail\n  entity company\n  employees: 4\n", ("HJ139", 3, 3)),
        ("facts:\n  entity: company\n  industry retail\n", ("HJ139", 3, 3)),
        ("facts:\n  entity company\n", ("HJ139", 2, 3)),
        ("items:\n  - category software\n    amount: 5\n", ("HJ139", 2, 5)),
        ("note: abc\n  def ghi\n  jkl: x\n", ("HJ127", 3, 6)),
        ("facts: see above\n", ("HJ202", 1, 8)),
    ],
)
def test_a_colon_or_space_is_named_for_what_it_is(text: str, code: tuple[str, int, int]) -> None:
    assert told(text)[0] == code
    assert {each for each, _, _ in told(text)} == {code[0]}


def test_the_wide_space_and_the_key_are_told() -> None:
    (found,) = findings("facts:\n  entity:　company\n")
    assert "`entity:`" in found.message.ja
    assert "U+3000" in found.message.ja
    assert "`entity: …`" in found.hint.en


# --- numbers as people type them ---


@pytest.mark.parametrize(
    ("fact", "value", "code", "written"),
    [
        ("capital", "1.200.000円", "HJ169", "1,200,000円"),
        ("capital", "1.200.000", "HJ169", "1,200,000"),
        ("employees", "1.200.000", "HJ169", "1,200,000"),
        ("capital", "150 万円", "HJ170", "150万円"),
        ("capital", "1 200 000", "HJ170", "1200000"),
        ("capital", "1億　5,000万円", "HJ170", "1億5,000万円"),
        ("employees", "4　人", "HJ170", "4人"),
        ("employees", "4\u00a0人", "HJ170", "4人"),
        ("wage_growth", "3 %", "HJ170", "3%"),
        ("wage_growth", "1 / 2", "HJ170", "1/2"),
        ("capital", "1.200円", "HJ151", ""),
        ("capital", "15 人", "HJ150", ""),
    ],
)
def test_a_number_is_told_as_it_should_be_written(fact: str, value: str, code: str, written: str) -> None:
    (found,) = findings(f"facts: {{{fact}: '{value}'}}\n")
    assert found.code == code
    assert f"`{written}`" in found.hint.ja or not written


# --- frames ---


@pytest.mark.parametrize("written", ["general", "通常枠", "General frame", "ｇｅｎｅｒａｌ"])
def test_a_frame_is_written_by_its_id_or_its_label(written: str) -> None:
    root = parse(f"frame: {written}\n".encode(), "a.yaml").root
    assert root is not None
    read = applicant.load(root, ruleset.load("2026"), "a.yaml").file
    assert read is not None
    assert read.frame == "general"


@pytest.mark.parametrize("text", ["frame: 通常", "frame: generl", "expect: {通常: 5}"])
def test_the_frame_that_is_meant_is_offered_by_its_id(text: str) -> None:
    (found,) = findings(text + "\n")
    assert found.code == "HJ215"
    assert found.hint.ja.startswith("もしかして「general」ですか。")
    assert "general（通常枠）" in found.hint.ja


# --- misspelt keys ---


def test_a_misspelt_section_hides_nothing_inside_it() -> None:
    text = "fact:\n  entity: kaisha\n  capital: 5人\nitem:\n  - {category: sofware, amount: 5人}\nmember:\n  - {fact: {entity: kaisha}}\n"
    assert sorted(told(text), key=lambda found: found[1:]) == [
        ("HJ201", 1, 1), ("HJ205", 2, 11), ("HJ162", 3, 12), ("HJ201", 4, 1), ("HJ205", 5, 16), ("HJ162", 5, 33),
        ("HJ201", 6, 1), ("HJ201", 7, 6), ("HJ205", 7, 21),
    ]  # fmt: skip


def test_a_misspelt_key_of_an_item_is_not_missed_as_well() -> None:
    assert told("items: [{catgory: software, amount: 5}]\n") == [("HJ201", 1, 10)]


def test_what_stands_under_the_right_key_is_not_replaced() -> None:
    assert told("fact: {entity: kaisha}\nfacts: {entity: company}\n") == [("HJ201", 1, 1)]


def test_an_unknown_key_is_answered_with_those_that_are_known() -> None:
    (found,) = findings("hello: 1\n")
    assert (
        found.hint.ja
        == "ここに書けるもの: name、corporate_number、fiscal_year、frame、facts、items、members、note、expect"
    )
    (found,) = findings("members: [{xyzzy: 1}]\n")
    assert found.hint.en == "Known here: name, corporate_number, facts, items."


def test_a_group_of_more_than_five_hundred_is_refused_at_the_next_member() -> None:
    text = "fiscal_year: 2026\nmembers:\n" + "  - {name: a}\n" * 503
    assert told(text) == [("HJ218", 503, 5)]
