"""Words for people who err: one finding for each cause, at its place, with what helps; and words that people use are read."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from rich.cells import cell_len
from subjects import ROOT, rules

from hojo_cli.applicants import applicant
from hojo_cli.base.finding import Finding, HojoError, Severity
from hojo_cli.base.suggest import candidates, nearest, suggestion
from hojo_cli.base.width import hanging
from hojo_cli.batch.discovery import discover
from hojo_cli.commands import check, estimate
from hojo_cli.document import parse
from hojo_cli.document.events import engine
from hojo_cli.files.streams import complain
from hojo_cli.formats.drawing.repository import relative
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.rules import ruleset

FIELD = ROOT / "tests" / "field" / "files"
needs_c = pytest.mark.skipif(engine()[1], reason="the pure parser reads these as they are meant")

HEAD = "name,fiscal_year,entity,industry,capital,employees,items.1.category,items.1.amount,items.1.functions,deemed_large,past_grant\n"
ROW = "見本,2026,company,retail,500万円,3,software,100万円,accounting,無,無\n"


def read(text: str | bytes, year: str = "2026", *, overruled: bool = False) -> tuple[Finding, ...]:
    """Everything said about one applicant file."""
    document = parse(text.encode() if isinstance(text, str) else text, "a.yaml")
    if document.root is None:
        return document.findings
    return (*document.findings, *applicant.load(document.root, rules(year), "a.yaml", overruled=overruled).findings)


def told(text: str | bytes) -> list[tuple[str, int, int]]:
    return [(each.code, each.where.line, each.where.column) for each in read(text)]


def checked(tmp_path: Path, *paths: Path) -> tuple[list[dict[str, object]], dict[str, object]]:
    """Each entry of a check, and its summary."""
    target = tmp_path / "out.json"
    request = check.CheckRequest([str(path) for path in paths], outputs=[f"json={target}"], quiet=True)
    check.run(request, lambda _: Screen(80, False, "ja"))
    found = json.loads(target.read_text(encoding="utf-8"))
    return found["results"], found["summary"]


def codes(entry: dict[str, object]) -> list[tuple[str, int, int]]:
    findings = entry["findings"]
    assert isinstance(findings, list)
    return [(each["code"], each["line"], each["column"]) for each in findings]


def written(tmp_path: Path, name: str, text: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


# --- the header of a table --------------------------------------------------------------------------------------------------


def test_a_misspelt_column_is_told_once_at_the_header_with_the_nearest_name(tmp_path: Path) -> None:
    lines = (FIELD / "header-typo.csv").read_text(encoding="utf-8-sig").splitlines()
    many = written(tmp_path, "a.csv", "\n".join([lines[0], *(lines[1] for _ in range(500))]) + "\n")
    for path, rows in ((FIELD / "header-typo.csv", len(lines) - 1), (many, 500)):
        (entry,), summary = checked(tmp_path, path)
        assert codes(entry) == [("HJ407", 1, 6)]
        assert "「常時使用する従業員の数」" in str(entry["findings"])
        assert summary["skipped"] == [{"reason": "見出しに誤りのある表の行", "count": rows}]
        assert summary["inputs"] == summary["errors"] == 1


@pytest.mark.parametrize("name", ["title-row.csv", "sep.csv"])
def test_a_first_line_that_is_no_header_is_told_once_with_the_line_that_is(tmp_path: Path, name: str) -> None:
    (entry,), _ = checked(tmp_path, FIELD / name)
    assert codes(entry) == [("HJ470", 1, 1)]
    assert "1行目は見出しではありません。見出しは2行目のようです。" in str(entry["findings"])


@pytest.mark.parametrize(
    ("above", "line"),
    [("令和8年度 申請者一覧\n", 2), ("一覧,2026年\n\n", 3), ("一覧\n作成 2026-05-01,営業部\n", 3), ("SEP=,\n", 2)],
)
def test_whatever_stands_above_the_header_is_one_cause(tmp_path: Path, above: str, line: int) -> None:
    (entry,), _ = checked(tmp_path, written(tmp_path, "a.csv", above + HEAD + ROW * 30))
    assert codes(entry) == [("HJ470", 1, 1)]
    assert f"見出しは{line}行目" in str(entry["findings"])


@pytest.mark.parametrize(
    ("change", "code", "column", "meant"),
    [
        (("employees", "employes"), "HJ407", 6, "employees"),
        (("items.1.amount", "items.1.amuont"), "HJ407", 8, "items.1.amount"),
        (("capital", "members.1.name"), "HJ408", 5, "YAML"),
        (("capital", "employees"), "HJ410", 6, "5列目"),
        (("industry", "主要業種"), "HJ407", 4, "「主な業種」ですか"),
    ],
)
def test_each_mistake_of_a_header_is_told_once(
    tmp_path: Path, change: tuple[str, str], code: str, column: int, meant: str
) -> None:
    (entry,), _ = checked(tmp_path, written(tmp_path, "a.csv", HEAD.replace(*change) + ROW * 20))
    assert codes(entry) == [(code, 1, column)]
    assert meant in str(entry["findings"])


def test_all_mistakes_of_a_header_are_told_together(tmp_path: Path) -> None:
    head = HEAD.replace("employees", "employes").replace("entity", "entitty")
    (entry,), _ = checked(tmp_path, written(tmp_path, "a.csv", head + ROW * 20))
    assert codes(entry) == [("HJ407", 1, 3), ("HJ407", 1, 6)]


def test_a_header_without_any_known_column_is_one_cause(tmp_path: Path) -> None:
    (entry,), _ = checked(tmp_path, written(tmp_path, "a.csv", "ア,イ,ウ\n" + "1,2,3\n" * 50))
    assert codes(entry) == [("HJ471", 1, 1)]


def test_a_column_of_another_year_is_for_its_rows_to_tell(tmp_path: Path) -> None:
    table = "name,fiscal_year,past_grant\na,2026,false\nb,2024,false\nc,2024,\n"
    first, second, third = checked(tmp_path, written(tmp_path, "a.csv", table))[0]
    assert "HJ203" not in str(first) and "HJ203" in str(second) and "HJ203" not in str(third)


def test_a_frame_of_a_column_may_go_by_its_label(tmp_path: Path) -> None:
    head = HEAD.strip() + ",expect.インボイス枠（インボイス対応類型）,frame\n"
    (entry,), _ = checked(tmp_path, written(tmp_path, "a.csv", head + ROW.strip() + ",1,通常枠\n"))
    assert "HJ407" not in str(entry)
    assert "invoice" in str(entry["estimates"])


# --- cells as people write them ---------------------------------------------------------------------------------------------


def test_the_cells_of_an_accountant_are_read_as_they_are_meant(tmp_path: Path) -> None:
    (entry,), _ = checked(tmp_path, FIELD / "accounting-format.csv")
    assert entry["status"] != "error"
    assert entry["best"] == "invoice"


@pytest.mark.parametrize("dash", ["-", "－", "ー", "—", " - "])
def test_a_lone_dash_is_an_empty_cell(tmp_path: Path, dash: str) -> None:
    (entry,), _ = checked(tmp_path, written(tmp_path, "a.csv", HEAD + ROW.replace(",3,", f",{dash},")))
    assert not re.search("HJ15|HJ16", str(entry["findings"]))
    (empty,), _ = checked(tmp_path, written(tmp_path, "a.csv", HEAD + ROW.replace(",3,", ",,")))
    assert (entry["estimates"], entry["findings"]) == (empty["estimates"], empty["findings"])


@pytest.mark.parametrize("value", ["3.0", "3.00", "３．０", "3.0人"])
def test_trailing_zeros_are_no_fraction_in_any_form_of_input(tmp_path: Path, value: str) -> None:
    assert not told(f"facts: {{employees: {value}}}\n")
    assert not told(json.dumps({"facts": {"employees": value}}))
    (entry,), _ = checked(tmp_path, written(tmp_path, "a.csv", HEAD + ROW.replace(",3,", f",{value},")))
    assert not re.search("HJ15|HJ16", str(entry["findings"]))
    line = json.dumps({"facts": {"employees": value}, "items": []}, ensure_ascii=False)
    (entry,), _ = checked(tmp_path, written(tmp_path, "a.jsonl", line + "\n"))
    assert not re.search("HJ15|HJ16", str(entry["findings"]))


@pytest.mark.parametrize("value", ["0.5", "1.000", "3.10"])
def test_a_fraction_or_what_may_be_one_is_still_refused(value: str) -> None:
    assert [code for code, _, _ in told(f"facts: {{employees: {value}}}\n")] == ["HJ151"]


@pytest.mark.parametrize(
    "cell", ["accounting;settlement", "accounting；決済", "会計、決済", '"会計,決済"', "会計，settlement"]
)
def test_several_choices_of_a_cell_may_be_parted_by_any_comma(tmp_path: Path, cell: str) -> None:
    (entry,), _ = checked(tmp_path, written(tmp_path, "a.csv", HEAD + ROW.replace("accounting", cell)))
    assert "HJ205" not in str(entry)
    (alike,), _ = checked(
        tmp_path, written(tmp_path, "a.csv", HEAD + ROW.replace("accounting", "accounting;settlement"))
    )
    (fewer,), _ = checked(tmp_path, written(tmp_path, "a.csv", HEAD + ROW))
    assert entry["estimates"] == alike["estimates"] != fewer["estimates"]


# --- words for choices ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", ["2024", "2025", "2026"])
@pytest.mark.parametrize(
    ("fact", "word", "meant"),
    [
        ("entity", "株式会社", "company"), ("entity", "有限会社", "company"), ("entity", "合同会社", "company"),
        ("entity", "一般社団法人", "foundation"), ("entity", "フリーランス", "sole_proprietor"), ("entity", "ＮＰＯ法人", "npo"),
        ("entity", "sole proprietor", "sole_proprietor"), ("industry", "飲食店", "retail"), ("industry", "ｒｅｔａｉｌ", "retail"),
    ],
)  # fmt: skip
def test_words_that_people_use_are_declared_beside_the_choice(year: str, fact: str, word: str, meant: str) -> None:
    root = parse(f"facts: {{{fact}: {word}}}\n".encode(), "a.yaml").root
    assert root is not None
    loaded = applicant.load(root, rules(year), "a.yaml")
    assert loaded.findings == ()
    assert loaded.legible.applicant.facts == {fact: meant}


def test_the_file_with_words_of_everyday_is_told_only_its_numerals() -> None:
    assert [code for code, _, _ in told((FIELD / "aliases.yaml").read_bytes())] == ["HJ164"]


@pytest.mark.parametrize(
    ("word", "truth"),
    [("有", True), ("あり", True), ("○", True), ("無", False), ("なし", False), ("×", False), ("いいえ", False)],
)
def test_yes_and_no_as_forms_print_them(word: str, truth: bool) -> None:
    root = parse(f"facts: {{past_grant: {word}}}\n".encode(), "a.yaml").root
    assert root is not None
    assert applicant.load(root, rules(), "a.yaml").legible.applicant.facts == {"past_grant": truth}


@pytest.mark.parametrize(("word", "cost"), [("税込", 100_000), ("内税", 100_000), ("税抜", 110_000), ("税別", 110_000)])
def test_tax_in_the_words_of_a_quotation(word: str, cost: int) -> None:
    root = parse(f"items: [{{category: パソコン, amount: 11万円, tax: {word}}}]\n".encode(), "a.yaml").root
    assert root is not None
    (item,) = applicant.load(root, rules(), "a.yaml").legible.applicant.items
    assert (item.category, item.cost) == ("pc", cost)


@pytest.mark.parametrize("year", ["令和8年度", "令和８年", "R8", "2026年度", "２０２６"])
def test_a_year_is_read_in_either_calendar_in_any_form_of_input(tmp_path: Path, year: str) -> None:
    assert not told(f"fiscal_year: {year}\n")
    for name, text in (
        ("a.yaml", f"fiscal_year: {year}\nitems: []\n"),
        ("a.jsonl", json.dumps({"fiscal_year": year}) + "\n"),
        ("a.csv", HEAD + ROW.replace("2026", year)),
    ):
        (entry,), _ = checked(tmp_path, written(tmp_path, name, text))
        assert entry["fiscal_year"] == 2026
        assert "HJ216" not in str(entry)


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("インボイス枠", "「invoice」か「electronic_trade」"), ("通常", "「general」"), ("generl", "「general」"),
        ("電子取引", "「electronic_trade」"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["frame: {}", "expect: {{{}: 5}}"])
def test_a_frame_that_is_none_is_answered_with_all_that_may_be_meant(where: str, word: str, offered: str) -> None:
    (found,) = read(where.format(word) + "\n")
    assert found.code == "HJ215"
    assert found.hint.ja.startswith(f"もしかして{offered}ですか。")


def test_the_frame_of_the_field_is_not_taken_for_another() -> None:
    (found,) = read((FIELD / "frame-suggestion.yaml").read_bytes())
    assert "「invoice」か「electronic_trade」" in found.hint.ja
    assert "`invoice` or `electronic_trade`" in found.hint.en


@pytest.mark.parametrize(
    "word", ["invoice", "インボイス枠（インボイス対応類型）", "インボイス対応類型", "Invoice frame (invoice type)"]
)
def test_the_frame_of_an_option_goes_by_any_of_its_names(word: str) -> None:
    example = str(ROOT / "examples" / "shop.yaml")
    assert estimate.run([example], "", word, "ja").page == estimate.run([example], "", "invoice", "ja").page


def test_the_frame_of_an_option_that_is_none_is_answered_alike() -> None:
    with pytest.raises(HojoError) as problem:
        estimate.run([str(ROOT / "examples" / "shop.yaml")], "", "インボイス枠", "ja")
    assert "「invoice」か「electronic_trade」" in problem.value.findings[0].hint.ja


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("製造小売業", ("製造業", "小売業")), ("情報サービス業", ("サービス業", "ソフトウェア業・情報処理サービス業")),
        ("不動産業", ()), ("reteil", ("retail",)),
    ],
)  # fmt: skip
def test_several_candidates_or_none_rather_than_a_wrong_one(word: str, offered: tuple[str, ...]) -> None:
    choices = rules().facts["industry"].choices
    assert candidates(word, [*choices, *(label.ja for label in choices.values())]) == offered


def test_nearest_is_nothing_where_several_are_as_likely() -> None:
    assert nearest("month", ["monthly", "months"]) is None
    assert suggestion(*candidates("month", ["monthly", "months"])).en == "Did you mean `monthly` or `months`?"
    assert nearest("x" * 101, ["x" * 101]) is None


def test_choices_written_as_one_are_told_how_to_write_them_apart() -> None:
    (found,) = read("items: [{category: pc, amount: 5, processes: [], functions: [会計、決済]}]\n")
    assert (found.code, "[会計, 決済]" in found.hint.ja) == ("HJ240", True)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("facts: {資本金の額又は出資の総額: 5}", "capital"), ("facts: {従業員数: 5}", "employees"), ("facts: {事業者の形態: 会社}", "entity"),
        ("名前: 甲", "name"), ("年度: 2026", "fiscal_year"), ("枠: 通常枠", "frame"),
        ("items: [{区分: pc, amount: 5, processes: [], functions: []}]", "category"),
        ("items: [{category: pc, 金額: 5, processes: [], functions: []}]", "amount"),
    ],
)  # fmt: skip
def test_a_key_in_japanese_is_answered_with_the_key_and_nothing_else_is_missed(text: str, offered: str) -> None:
    (found,) = read(text + "\n")
    assert found.code in ("HJ201", "HJ203")
    assert found.hint.ja == f"もしかして「{offered}」ですか。"


def test_a_column_in_japanese_is_read_as_the_key(tmp_path: Path) -> None:
    head = HEAD.replace("name", "氏名").replace("items.1.amount", "items.1.金額")
    (entry,), _ = checked(tmp_path, written(tmp_path, "a.csv", head + ROW))
    (plain,), _ = checked(tmp_path, written(tmp_path, "a.csv", HEAD + ROW))
    assert (entry["name"], entry["estimates"]) == ("見本", plain["estimates"])


@pytest.mark.parametrize("amount", ["50万円（税込）", "税抜50万円", "５０万円(税別)"])
def test_an_amount_that_speaks_of_tax_is_told_where_tax_belongs(amount: str) -> None:
    (found,) = read(f"items: [{{category: pc, amount: {amount}, processes: [], functions: []}}]\n")
    assert (found.code, "tax: included" in found.hint.ja) == ("HJ178", True)


def test_two_choices_where_one_is_asked_are_both_offered() -> None:
    (found,) = read("facts: {industry: 小売業・卸売業}\n")
    assert (found.code, "「卸売業」か「小売業」" in found.hint.ja) == ("HJ205", True)


# --- facts of no year -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("overruled", [False, True])
@pytest.mark.parametrize("name", ["employes", "wage_rice", "abc"])
def test_a_misspelt_fact_is_an_error_whoever_chose_the_ruleset(name: str, overruled: bool) -> None:
    (found,) = read(f"facts: {{{name}: 5}}\n", "2025", overruled=overruled)
    assert (found.code, found.severity) == ("HJ203", Severity.ERROR)


def test_the_misspelt_fact_of_the_field_is_answered_with_the_nearest(tmp_path: Path) -> None:
    programme = (ROOT / "tests" / "programmes" / "market.yaml").read_text(encoding="utf-8")
    other = written(tmp_path, "rules.yaml", programme.replace("wage_rise", "wage_special"))
    report = estimate.run([str(FIELD / "misspelt-fact-with-rules.yaml")], str(other), "", "ja")
    found = next(each for each in report.findings if "wage_speciall" in each.message.ja)
    assert (found.code, found.hint.ja) == ("HJ203", "もしかして「wage_special」ですか。")


def test_a_fact_another_shipped_year_knows_is_a_note_where_the_ruleset_was_chosen() -> None:
    assert [each.code for each in read("facts: {past_grant: false}\n", "2024", overruled=True)] == ["HJ204"]
    assert [each.code for each in read("facts: {past_grant: false}\n", "2024")] == ["HJ203"]


# --- files of another sort ---------------------------------------------------------------------------------------------------

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\n"
EXCEL = b"PK\x03\x04\x14\0\0\0\x08\0" + b"\0" * 20 + b"xl/workbook.xml" + b"\0" * 40
SORTS: dict[str, tuple[str | bytes, str]] = {
    "JSON Lines": ('{"name": "甲", "items": []}\n{"name": "乙", "items": []}\n', "JSON Lines"),
    "CSV": (HEAD + ROW, "CSV"),
    "a table parted by tabs": ((HEAD + ROW).replace(",", "\t"), "CSV"),
    "PDF": (PDF, "PDF"),
    "Excel": (EXCEL, "表計算"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "画像"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40, "古い形の Excel"),
    "a page": ("<!DOCTYPE html>\n<html><body>404</body></html>\n", "HTML"),
    "a list of files": ('a.yaml\n"\\346\\240\\252.yaml"\n', "ファイル名の一覧"),
    "a ruleset": ((ROOT / "tests" / "programmes" / "market.yaml").read_bytes(), "ルールセット"),
    "a result": ('{"format": "hojo.estimate/1", "results": []}\n', "hojo の出力"),
}


@pytest.mark.parametrize("name", SORTS)
def test_a_file_of_another_sort_is_named_with_what_reads_it(tmp_path: Path, name: str) -> None:
    data, sort = SORTS[name]
    path = written(tmp_path, "a.yaml", data)
    (found,) = estimate.run([str(path)], "", "", "ja").findings
    assert (found.code, found.where.line) == ("HJ171", 1)
    assert sort in found.message.ja
    assert "hojo" in found.hint.ja or "--output" in found.hint.ja


@pytest.mark.parametrize("name", ["PDF", "Excel", "CSV", "JSON Lines", "a list of files"])
def test_a_ruleset_of_another_sort_is_named_too(tmp_path: Path, name: str) -> None:
    with pytest.raises(HojoError) as problem:
        ruleset.load(str(written(tmp_path, "rules.yaml", SORTS[name][0])))
    (found,) = problem.value.findings
    assert found.code == "HJ171" and "ルールセットではなく" in found.message.ja


@pytest.mark.parametrize("example", ["shop", "group", "general"])
def test_an_applicant_is_no_ruleset(example: str) -> None:
    with pytest.raises(HojoError) as problem:
        ruleset.load(str(ROOT / "examples" / f"{example}.yaml"))
    (found,) = problem.value.findings
    assert (found.code, "hojo estimate" in found.hint.ja) == ("HJ171", True)


def test_a_ruleset_given_to_check_is_named(tmp_path: Path) -> None:
    with pytest.raises(HojoError) as problem:
        checked(tmp_path, ROOT / "rules" / "2026.yaml")
    assert problem.value.findings[0].code == "HJ171"


@pytest.mark.parametrize(
    ("name", "text", "sort"),
    [
        ("a.jsonl", "name: 甲\nfacts:\n  entity: company\n", "YAML"),
        ("a.jsonl", HEAD + ROW, "CSV"),
        ("a.jsonl", '{\n  "name": "甲"\n}\n', "何行にもわたる JSON"),
        ("a.jsonl", '[{"name": "甲"},\n{"name": "乙"}]\n', "JSON の配列"),
        ("a.jsonl", PDF, "PDF"),
        ("a.csv", "name: 甲\nfacts:\n  entity: company\n", "YAML"),
        ("a.csv", '{"name": "甲", "items": []}\n{"name": "乙"}\n', "JSON Lines"),
        ("a.csv", EXCEL, "表計算"),
        ("a.csv", PDF, "PDF"),
    ],
)
def test_a_list_of_another_sort_is_one_entry(tmp_path: Path, name: str, text: str | bytes, sort: str) -> None:
    (entry,), _ = checked(tmp_path, written(tmp_path, name, text))
    assert [code for code, _, _ in codes(entry)] == ["HJ171"]
    assert sort in str(entry["findings"])


def test_bounds_are_told_before_guesses() -> None:
    assert [each.code for each in read(b"[" * 100 + b",a,b\n1,2,3")] == ["HJ140"]


# --- marks that mean something else -----------------------------------------------------------------------------------------


@needs_c
@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("items: [{name: 何?, category: pc}]", "HJ176", 17),
        ("items: [{name: ?, category: pc}]", "HJ176", 16),
        ("facts: {entity:company, industry: retail}", "HJ125", 15),
        ("items: [{category:pc, amount: 5}]", "HJ125", 18),
    ],
)
def test_marks_inside_braces_are_named(text: str, code: str, column: int) -> None:
    assert told(text + "\n") == [(code, 1, column)]


@needs_c
def test_the_question_mark_of_the_field_is_named() -> None:
    assert told((FIELD / "question-mark-in-braces.yaml").read_bytes()) == [("HJ176", 4, 18)]


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("facts: {entity：company, industry: retail}", "HJ122", 15),
        ("items: [{name: a, category：pc, amount: 5, processes: [], functions: []}]", "HJ122", 27),
        ("expect： {invoice: 5}\nname: a", "HJ122", 7),
        ("items: [{name: 株式会社A, B支店, category: pc, amount: 5, processes: [], functions: []}]", "HJ175", 23),
        ("facts: {employees: 3, 人}", "HJ175", 23),
        ("facts: {capital: １２０,０００,０００円, employees: 4}", "HJ175", 22),
        ("items: [{name: x, category: pc, amount: １,２００,０００円, processes: [], functions: []}]", "HJ175", 43),
        ("facts: {employees: 3名、capital: 5}", "HJ177", 22),
        ("items: [{name: a: b, category: pc}]", "HJ127", 17),
        ("name: {{ company }}", "HJ174", 7),
        ("name: {{ company }} 株式会社", "HJ174", 7),
        ('facts: {employees: "{{ n }}"}', "HJ174", 20),
        ('facts: {entity: "{% if a %}company{% endif %}"}', "HJ174", 17),
        ("<<<<<<< HEAD\nname: a\n=======\nname: b\n>>>>>>> other", "HJ173", 1),
    ],
)
def test_the_cause_is_named_in_an_applicant(text: str, code: str, column: int) -> None:
    assert told(text + "\n") == [(code, 1, column)]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    wage_rise:", "    wage_rise：", "HJ122"),
        ("{ja: 広報費, en: promotion}", "{ja: 広報費, en：promotion}", "HJ122"),
        ("{ja: 広報費, en: promotion}", "{ja: 広報費, 宣伝費, en: promotion}", "HJ175"),
        ("{ja: 広報費, en: promotion}", "{ja: 広報費、en: promotion}", "HJ177"),
        ("fiscal_year: 2025", "fiscal_year: {{ year }}", "HJ174"),
        ("fiscal_year: 2025", 'fiscal_year: "{{ year }}"', "HJ174"),
        ("fiscal_year: 2025", "<<<<<<< HEAD\nfiscal_year: 2025\n=======\nfiscal_year: 2024\n>>>>>>> a", "HJ173"),
    ],
)
def test_the_cause_is_named_in_a_ruleset(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = (ROOT / "tests" / "programmes" / "market.yaml").read_text(encoding="utf-8")
    text = text.replace("  wage_rise:", "    wage_rise:") if old.startswith("    wage") else text
    assert old in text
    with pytest.raises(HojoError) as problem:
        ruleset.load(str(written(tmp_path, "rules.yaml", text.replace(old, new, 1))))
    assert code in [found.code for found in problem.value.findings]


def test_an_unsettled_merge_is_one_entry_of_a_list(tmp_path: Path) -> None:
    conflict = "<<<<<<< HEAD\nROW=======\nROWROW>>>>>>> theirs\n"
    line = '{"name": "甲", "items": []}\n'
    lists = {"a.jsonl": (line, line), "a.csv": (HEAD + ROW, ROW)}
    for name, (above, row) in lists.items():
        path = written(tmp_path, name, above + conflict.replace("ROW", row) + row)
        found = [[code for code, _, _ in codes(entry)] for entry in checked(tmp_path, path)[0]]
        assert len(found) == 3
        assert found[1] == ["HJ173"] and "HJ173" not in (*found[0], *found[2])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", HEAD + ROW.replace("500万円", "{{ capital }}")),
        ("a.jsonl", '{"facts": {"capital": "{{ capital }}"}}\n'),
        ("a.csv", HEAD + ROW.replace("company", "{{entity}}")),
    ],
)
def test_the_place_of_a_template_is_named_in_lists(tmp_path: Path, name: str, text: str) -> None:
    (entry,), _ = checked(tmp_path, written(tmp_path, name, text))
    assert "HJ174" in str(entry["findings"])


# --- how a finding is said --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("facts: {capital: 五円, employees: 3}", "facts.capital"),
        ("items: [{category: pc, amount: 5, processes: [], functions: []}, {category: paper, amount: 5}]", "items[1].category"),
        ("members: [{facts: {entity: kaisha}}]", "members[0].facts.entity"),
        ("items: [{category: pc, amount: 5, functions: [accounting, x]}]", "items[0].functions[1]"),
    ],
)  # fmt: skip
def test_a_finding_about_a_value_names_its_key(text: str, key: str) -> None:
    (found,) = [each for each in read(text + "\n") if each.severity is Severity.ERROR]
    assert found.message.ja.startswith(f"`{key}`：")
    assert found.message.en.startswith(f"`{key}`: ")


def test_no_finding_has_a_place_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "hojo_cli").rglob("*.py"))
    assert not re.search(r'Location\("[^"]', source)
    with pytest.raises(HojoError) as problem:
        estimate.run([str(ROOT / "examples" / "shop.yaml")], "", "genral", "ja")
    for lang, word in (("ja", "誤り"), ("en", "error")):
        complain(problem.value.findings, lang)
        assert capsys.readouterr().err.startswith(f"hojo: {word} HJ006 ")


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_long_findings_fold_on_a_terminal_and_lose_nothing(width: int, lang: str) -> None:
    (found,) = read("facts: {entity: companny}\n")
    for text in (found.message.into(lang), found.hint.into(lang)):
        lines = hanging(text, "    ", width)
        assert all(cell_len(line) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert hanging(text, "    ", None) == [f"    {text}"]


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")
def test_a_terminal_gets_folded_lines_and_a_pipe_whole_ones(tmp_path: Path) -> None:
    (found,) = read("facts: {entity: companny}\n")
    drawings = [
        "".join(_table(tmp_path, Screen(50, False, "ja", terminal=terminal)).splitlines(keepends=True))
        for terminal in (True, False)
    ]
    assert max(map(cell_len, drawings[0].splitlines()[3:])) <= 50
    assert f"→ {found.hint.ja}\n" in drawings[1]


def _table(tmp_path: Path, screen: Screen) -> str:
    target = tmp_path / "table.txt"
    path = written(tmp_path, "b.yaml", "facts: {entity: companny}\n")
    cwd = Path.cwd()
    os.chdir(tmp_path)
    try:
        check.run(check.CheckRequest([path.name], outputs=[f"table={target}"], quiet=True), lambda _: screen)
    finally:
        os.chdir(cwd)
    return target.read_text(encoding="utf-8")


# --- names of files ---------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="names of bytes")
@pytest.mark.parametrize(
    ("quoted", "name"),
    [
        (r'"\346\240\252.yaml"', "株.yaml"),
        (r'"a\tb.yaml"', "a\tb.yaml"),
        (r'"a\"b\\c.yaml"', 'a"b\\c.yaml'),
        ('"plain.yaml', '"plain.yaml'),
        ("a.yaml", "a.yaml"),
    ],
)
def test_names_as_git_quotes_them_are_read(tmp_path: Path, quoted: str, name: str) -> None:
    listing = written(tmp_path, "list", quoted + "\n")
    assert [source.path for source in discover([], str(listing), skipped=Counter())] == [name]


def test_a_name_that_is_really_in_quotes_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if sys.platform != "win32":
        written(tmp_path, '"a".yaml"', "name: a\n")
        listing = written(tmp_path, "list", '"a".yaml"\n')
        assert [source.path for source in discover([], str(listing), skipped=Counter())] == ['"a".yaml"']


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links")
def test_a_path_by_way_of_a_link_is_told_from_the_top_of_the_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real" / "sub").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    path = written(tmp_path / "real" / "sub", "a.yaml", "name: a\n")
    monkeypatch.chdir(tmp_path / "real")
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    for top in (tmp_path / "real", tmp_path / "link", None):
        monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
        if top is not None:
            monkeypatch.setenv("GITHUB_WORKSPACE", str(top))
        for typed in (path, tmp_path / "link" / "sub" / "a.yaml", Path("sub/a.yaml")):
            assert relative(str(typed)) == "sub/a.yaml"
    assert relative(str(tmp_path / "elsewhere.yaml")) == str(tmp_path / "elsewhere.yaml")


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links")
def test_a_link_below_the_top_keeps_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "top").mkdir()
    target = written(tmp_path, "elsewhere.yaml", "name: a\n")
    (tmp_path / "top" / "a.yaml").symlink_to(target)
    monkeypatch.chdir(tmp_path / "top")
    assert relative("a.yaml") == "a.yaml"
