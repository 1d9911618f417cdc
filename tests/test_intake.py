"""JSON Lines and CSV: records become the same nodes as YAML, and what cannot be read is told with its place."""

from __future__ import annotations

import csv as reader
import io
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, strategies as some

from hojo_cli.applicants import applicant
from hojo_cli.base.finding import Text
from hojo_cli.batch import intake
from hojo_cli.batch.discovery import InputFile
from hojo_cli.batch.intake import blank_table, jsonl
from hojo_cli.batch.intake.piece import Piece, faults
from hojo_cli.commands import check
from hojo_cli.document import plain
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.rules import ruleset
from hojo_cli.rules.declared import Ruleset


@pytest.fixture(scope="module")
def rules() -> Ruleset:
    return ruleset.load("2026")


def pieces(path: Path, encoding: str = "utf-8") -> tuple[list[Piece], Counter[Text]]:
    skipped: Counter[Text] = Counter()
    return list(intake.pieces(InputFile(str(path)), encoding, skipped, ruleset.load("2026"))), skipped


def codes(path: Path, rules: Ruleset, encoding: str = "utf-8") -> list[list[tuple[str, int, int]]]:
    """Code, line and column of everything said about each record while it is read."""
    told = []
    for piece in pieces(path, encoding)[0]:
        made = intake.document(piece)
        if made.root is not None:
            made = intake.settle(made, piece, rules)
        told.append([(found.code, found.where.line, found.where.column) for found in made.findings])
    return told


# --- JSON Lines ---------------------------------------------------------------------------------------------------------

LEAVES = (
    some.none() | some.booleans() | some.integers(0, 10**15) | some.text(some.characters(codec="utf-8"), max_size=8)
)
VALUES = some.recursive(
    LEAVES,
    lambda below: some.lists(below, max_size=4) | some.dictionaries(some.text("abé名", max_size=4), below, max_size=4),
)


@given(some.dictionaries(some.text('abé名"\\', max_size=4), VALUES, max_size=5), some.booleans())
def test_a_line_is_read_as_json_reads_it(value: dict[str, object], ascii_only: bool) -> None:
    line = json.dumps(value, ensure_ascii=ascii_only)
    made = jsonl.document(Piece("a.jsonl", "jsonl", 3, 3, line.encode()))
    assert made.findings == ()
    assert made.root is not None
    assert plain(made.root) == value


@given(some.binary(max_size=60) | some.text('{}[]",:0eE.-+tfn \\u', max_size=40).map(str.encode))
def test_any_line_ends_in_nodes_or_a_finding(line: bytes) -> None:
    made = jsonl.document(Piece("a.jsonl", "jsonl", 1, 1, line))
    assert made.root is not None or made.findings
    if made.root is not None:
        json.loads(line)


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ('{"name": NaN}', "HJ403", 10),
        ('{"a": 1} x', "HJ403", 10),
        ('{"名": 1, "名": 2}', "HJ113", 10),
        ("[1]", "HJ403", 1),
        ('{"a": 01}', "HJ403", 7),
        ('{"a": "\\ud800"}', "HJ403", 7),
        ('{"a": "\x01"}', "HJ403", 8),
        ("[" * 100_000, "HJ403", 1),
        ('{"a":' * 100_000, "HJ403", 161),
    ],
)
def test_what_is_no_json_is_told_at_its_column(
    tmp_path: Path, rules: Ruleset, line: str, code: str, column: int
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"name": "ok"}\n\n' + line + '\n{"name": "ok"}\n', encoding="utf-8")
    assert codes(path, rules) == [[], [(code, 3, column)], []]


def test_columns_are_those_of_the_line_however_its_strings_are_escaped() -> None:
    line = b'{"a": "\\ud842\\udfb7\\u540d\\/",\t"b": 1}'
    made = jsonl.document(Piece("a.jsonl", "jsonl", 5, 5, line))
    assert made.root is not None
    assert plain(made.root) == {"a": "𠮷名/", "b": 1}
    assert made.root.keys == {"a": (5, 2), "b": (5, line.index(b'"b"') + 1)}


def test_numbers_keep_their_text_so_that_a_fraction_is_refused_as_in_yaml(rules: Ruleset) -> None:
    line = b'{"facts": {"capital": 0.5, "employees": 1e3}}'
    made = jsonl.document(Piece("a.jsonl", "jsonl", 7, 7, line))
    assert made.root is not None
    read = applicant.load(made.root, rules, "a.jsonl")
    assert [(found.code, found.where[:3]) for found in read.findings] == [
        ("HJ151", ("a.jsonl", 7, 23)),
        ("HJ152", ("a.jsonl", 7, 41)),
    ]


def test_an_endless_line_costs_that_line_alone(tmp_path: Path, rules: Ruleset) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"name": "ok"}\n' + b" " * (2 << 20) + b"{}\n{}\n")
    assert codes(path, rules) == [[], [("HJ404", 2, 1)], []]


def test_a_line_that_is_not_utf8_names_no_option_that_cannot_help(tmp_path: Path, rules: Ruleset) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{}\n{"name": "' + "商店".encode("cp932") + b'"}\n{}\n')
    assert codes(path, rules) == [[], [("HJ412", 2, 11)], []]


def test_blank_lines_are_counted_and_an_empty_file_is_an_error(tmp_path: Path, rules: Ruleset) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf{}\r\n\r\n  \n{}")
    found, skipped = pieces(path)
    assert [(piece.record, piece.line) for piece in found] == [(1, 1), (4, 4)]
    assert list(skipped.values()) == [2]
    path.write_bytes(b"\n\n")
    assert codes(path, rules) == [[("HJ409", 1, 1)]]


# --- CSV ----------------------------------------------------------------------------------------------------------------

HEAD = "name,fiscal_year,主な業種,facts.capital,employees,items.2.category,items.2.amount,items.2.functions,expect.invoice\r\n"
ROW = '"商店\n(本店)",2026,小売業,"1,000万円",4,software,50万円,accounting;ordering,400000\r\n'


def test_a_row_is_read_as_the_same_applicant_in_yaml(tmp_path: Path, rules: Ruleset) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\ufeff" + HEAD + ROW + ",,,,,,,,\r\n" + ROW, encoding="utf-8", newline="")
    found, skipped = pieces(path)
    assert [(piece.record, piece.line) for piece in found] == [(2, 2), (4, 5)]
    assert list(skipped.values()) == [1]
    root = intake.settle(intake.document(found[0]), found[0], rules).root
    assert root is not None
    assert plain(root) == {
        "name": "商店\n(本店)",
        "fiscal_year": 2026,
        "facts": {"industry": "小売業", "capital": "1,000万円", "employees": 4},
        "items": [{"category": "software", "amount": "50万円", "functions": ["accounting", "ordering"]}],
        "expect": {"invoice": 400000},
    }
    read = applicant.load(root, rules, "a.csv")
    assert read.findings == ()
    assert read.file is not None
    assert read.file.applicant.facts == {"industry": "retail", "capital": 10_000_000, "employees": 4}


def test_findings_name_the_line_and_the_column(tmp_path: Path, rules: Ruleset) -> None:
    path = tmp_path / "a.csv"
    head = "name,members.1.name,業主,employees,employees,従業員数？\r\n"
    path.write_text(head + '"a\nb",x,y,4,5,\r\na,,,4人,,,z\r\n', encoding="utf-8", newline="")
    assert codes(path, rules) == [[("HJ408", 1, 2), ("HJ407", 1, 3), ("HJ410", 1, 5), ("HJ407", 1, 6)]]
    path.write_text('name,,employees\r\n"a\nb",x,4\r\na,,4,z\r\n', encoding="utf-8", newline="")
    assert codes(path, rules) == [[("HJ411", 2, 2)], [("HJ411", 4, 4)]]


def test_encodings_are_said_not_guessed(tmp_path: Path, rules: Ruleset) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + ROW, encoding="cp932", newline="")
    assert codes(path, rules) == [[("HJ406", 1, 1)]]
    assert codes(path, rules, "cp932") == [[]]
    path.write_text(HEAD + ROW, encoding="utf-8", newline="")
    piece = pieces(path, "cp932")[0][0]
    (told,) = faults(piece)
    assert (told.code, "外して" in told.hint.ja) == ("HJ413", True)


GOOD = "甲,4\n"
BROKEN_ROWS = {
    "a byte that is no text": (b"\xff,4\n", "HJ406"),
    "in the middle of a quoted value": (b'"a\n\xff",4\n', "HJ406"),
    "a value that is too long": (b"x" * 10_001 + b",4\n", "HJ405"),
    "a line that is too long": (b"x" * (3 << 20) + b",4\n", "HJ404"),
    "text after a closing quote": (b'"a" b,4\n', "HJ405"),
    "a quote that is never closed": (b'"a,4\n', "HJ405"),
    "too many columns": (b"," * 5_000 + b"\n", "HJ405"),
}


@pytest.mark.parametrize("name", BROKEN_ROWS)
@pytest.mark.parametrize("more", [1, 20_000])
def test_a_row_that_cannot_be_read_costs_that_row_alone(tmp_path: Path, rules: Ruleset, name: str, more: int) -> None:
    row, code = BROKEN_ROWS[name]
    path = tmp_path / "a.csv"
    path.write_bytes(b"name,employees\n" + GOOD.encode() + row + GOOD.encode() * more)
    found = pieces(path)[0]
    assert [piece.record for piece in found] == list(range(2, 4 + more))
    assert [told.code for piece in found if piece.kind == "fault" for told in faults(piece)] == [code]
    assert found[1].kind == "fault"
    lines = row.count(b"\n")
    assert [found[0].line, found[1].line, found[2].line] == [2, 3 + (name.startswith("in the")), 3 + lines]
    assert {piece.payload for piece in (found[0], *found[2:])} == {(("name", "employees"), ("甲", "4"))}


def test_quotes_without_end_are_read_in_linear_time(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name\n" + '"a\nb\n' * 100_000 + '"c', encoding="utf-8", newline="")
    assert len(pieces(path)[0]) > 100_000


@pytest.mark.parametrize(
    ("text", "code"),
    [("name\temployees\nx\t4\n", "HJ415"), ("name;employees\nx;4\n", "HJ415"), ("name\rx\ry\r", "HJ414")],
)
def test_other_separators_and_line_ends_are_named(tmp_path: Path, rules: Ruleset, text: str, code: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8", newline="")
    assert [[code for code, _, _ in told] for told in codes(path, rules)] == [[code]]


def test_what_is_wrong_with_a_csv_is_said_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for text in ('name\n"a', 'name\n"a" b\n', "name\n" + "x" * 10_001):
        path.write_text(text, encoding="utf-8", newline="")
        (told,) = faults(pieces(path)[0][0])
        assert not re.search("[a-z]{4}", told.message.ja)


def test_a_fact_given_under_two_of_its_names_is_a_column_that_appears_twice(tmp_path: Path, rules: Ruleset) -> None:
    path = tmp_path / "a.csv"
    label = rules.facts["employees"].label.ja
    path.write_text(f"name,{label},employees,facts.employees\na,4,5,6\n", encoding="utf-8")
    assert codes(path, rules) == [[("HJ410", 1, 3), ("HJ410", 1, 4)]]


@pytest.mark.parametrize("text", ['name\r\n"a', 'name\r\n"a" b\r\n', "name\r\n" + "x" * 20_000])
def test_what_is_no_csv_is_told(tmp_path: Path, rules: Ruleset, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8", newline="")
    assert [[code for code, _, _ in told] for told in codes(path, rules)] == [["HJ405"]]


@pytest.mark.parametrize("guide", ["inputs.md", "inputs.en.md"])
def test_the_example_of_the_documentation_passes_its_own_check(guide: str, tmp_path: Path) -> None:
    page = (Path(__file__).parents[1] / "docs" / guide).read_text(encoding="utf-8")
    path = tmp_path / "a.jsonl"
    path.write_text(page.partition("```json\n")[2].partition("```")[0], encoding="utf-8")
    request = check.CheckRequest([str(path)], outputs=[f"jsonl={tmp_path}/out"], quiet=True, strict=True)
    assert check.run(request, lambda _: Screen(80, False, "ja")).exit_code == 0


def test_a_header_alone_is_no_applicant(tmp_path: Path, rules: Ruleset) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD, encoding="utf-8", newline="")
    assert codes(path, rules) == [[("HJ409", 1, 1)]]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_blank_is_a_header_whose_every_column_is_known(tmp_path: Path, rules: Ruleset, lang: str) -> None:
    written = blank_table.template(rules, lang)
    header = next(reader.reader(io.StringIO(written.removeprefix("\ufeff"))))
    assert written.startswith("\ufeff") and written.endswith("\r\n")
    assert len(set(header)) == len(header) > len(rules.facts)
    path = tmp_path / "a.csv"
    path.write_text(written + ",".join("1" for _ in header) + "\r\n", encoding="utf-8", newline="")
    assert codes(path, rules) == [[]]


def test_a_table_is_checked_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + ROW + ROW.replace("4,software", "x,software"), encoding="utf-8", newline="")
    target = tmp_path / "out"
    report = check.run(
        check.CheckRequest([str(path)], outputs=[f"jsonl={target}"], quiet=True), lambda _: Screen(80, False, "ja")
    )
    entries = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()][:2]
    assert [entry["record"] for entry in entries] == [2, 3]
    assert [(found["line"], found["column"]) for found in entries[1]["findings"]] == [(4, 5)]
    assert report.exit_code == 1
