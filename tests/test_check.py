"""`hojo check`: what is found, what is said about it, and that every input has one entry, in order."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any  # a line of JSON is whatever JSON allows
from xml.etree import ElementTree as ET

import pytest
import this_process

from hojo_cli.applicants import applicant
from hojo_cli.base.finding import HojoError, Text
from hojo_cli.batch import update_expect
from hojo_cli.batch.discovery import discover
from hojo_cli.batch.duplicates import Duplicates, Mark
from hojo_cli.batch.inspection import Inspector, Settings
from hojo_cli.batch.intake.piece import Piece
from hojo_cli.commands import check
from hojo_cli.document import parse
from hojo_cli.explanation import explain
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.rules import library, ruleset

SHOP = """\
name: {name}
fiscal_year: 2026
facts:
  entity: company
  industry: retail
  capital: 300万円
  employees: 4人
  deemed_large: false
  past_grant: false
  near_minimum_wage_months: 0
items:
  - {{name: 会計ソフト, category: software, amount: {amount}, processes: [共P-01], functions: [accounting]}}
"""


@pytest.fixture(autouse=True)
def _outside_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def shop(path: Path, name: str = "見本商店", amount: str = "100万円", more: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SHOP.format(name=name, amount=amount) + more, encoding="utf-8")
    return path


def checked(tmp_path: Path, *paths: object, **options: Any) -> tuple[list[dict[str, Any]], int]:
    """The lines of the format jsonl, without the head and the summary, and the exit code."""
    target = tmp_path / "out.jsonl"
    request = check.CheckRequest([str(path) for path in paths], outputs=[f"jsonl={target}"], quiet=True)._replace(
        **options
    )
    report = check.run(request, lambda _: Screen(80, False, "ja"))
    return [line for line in lines(target.read_text(encoding="utf-8")) if "file" in line], report.exit_code


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def codes(entry: dict[str, Any]) -> list[str]:
    return [each["code"] for each in entry["findings"]]


def messages(entry: dict[str, Any]) -> str:
    return "\n".join(each["message"] for each in entry["findings"])


# --- what is found ----------------------------------------------------------------------------------------------------


def found(*paths: object, list_file: str = "") -> tuple[list[str], Counter[str]]:
    skipped: Counter[Text] = Counter()
    sources = [source.path for source in discover([str(path) for path in paths], list_file, skipped)]
    return sources, Counter({reason.en: count for reason, count in skipped.items()})


def test_a_folder_gives_its_yaml_files_sorted_and_hidden_ones_are_counted(tmp_path: Path) -> None:
    for name in (
        "b.yaml",
        "a.yml",
        "c/z.yaml",
        "c/a.YAML",
        ".hidden.yaml",
        ".git/x.yaml",
        "d.txt",
        "e.csv",
        "bb/1.yaml",
    ):
        shop(tmp_path / name)
    sources, skipped = found(tmp_path)
    assert [os.path.relpath(path, tmp_path) for path in sources] == [
        "a.yml",
        "b.yaml",
        "bb/1.yaml",
        "c/a.YAML",
        "c/z.yaml",
    ]
    assert skipped == {"hidden files and folders": 2, "tables and JSON in folders (checked where they are named)": 1}


def test_globs_work_without_a_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a1.yaml", "a2.yaml", "b.csv", "x/a3.yaml", "x/y/a4.yaml", "x/y/b.jsonl"):
        shop(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert found("a?.yaml")[0] == ["a1.yaml", "a2.yaml"]
    assert found("a[!1].yaml")[0] == ["a2.yaml"]
    assert found("**/a*.yaml")[0] == ["a1.yaml", "a2.yaml", "x/a3.yaml", "x/y/a4.yaml"]
    assert found("x/*/*")[0] == ["x/y/a4.yaml", "x/y/b.jsonl"]
    assert found(f"{tmp_path}/x/**/*.jsonl")[0] == [f"{tmp_path}/x/y/b.jsonl"]
    assert found("x*")[0] == ["x/a3.yaml", "x/y/a4.yaml"]


def test_every_file_once_whatever_ways_lead_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop(tmp_path / "a.yaml")
    shop(tmp_path / "b.yaml")
    monkeypatch.chdir(tmp_path)
    sources, skipped = found("b.yaml", ".", "./b.yaml", "*.yaml")
    assert sources == ["b.yaml", "a.yaml"]
    assert skipped == {"files given twice": 4}


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\0"])
def test_a_list_of_files(tmp_path: Path, separator: str) -> None:
    files = [str(shop(tmp_path / name)) for name in ("z.yaml", "a b.yaml")]
    listed = tmp_path / "list"
    listed.write_bytes(separator.join([*files, str(tmp_path / "gone.yaml"), ""]).encode())
    assert found(list_file=str(listed))[0] == [*files, str(tmp_path / "gone.yaml")]


def test_a_path_typed_by_the_user_must_exist(tmp_path: Path) -> None:
    with pytest.raises(HojoError) as raised:
        found(tmp_path / "gone.yaml")
    assert raised.value.findings[0].code == "HJ101"


def test_a_listed_file_that_is_gone_is_a_finding(tmp_path: Path) -> None:
    listed = tmp_path / "list"
    listed.write_text(f"{shop(tmp_path / 'a.yaml')}\n{tmp_path}/gone.yaml\n", encoding="utf-8")
    entries, code = checked(tmp_path, files_from=str(listed))
    assert [codes(entry) for entry in entries] == [[], ["HJ101"]]
    assert code == 1


def test_rulesets_are_no_applicants(tmp_path: Path) -> None:
    shop(tmp_path / "a.yaml")
    (tmp_path / "rules.yaml").write_bytes(library.content("2026")[0])
    entries, code = checked(tmp_path, tmp_path)
    assert [entry["file"] for entry in entries] == [str(tmp_path / "a.yaml")]
    assert code == 0


def test_a_stray_key_hides_no_applicant(tmp_path: Path) -> None:
    entries, code = checked(tmp_path, shop(tmp_path / "a.yaml", more="hojo: 1\nprogram: x\n"))
    assert (codes(entries[0]), code) == (["HJ201", "HJ201"], 1)


def test_nothing_to_check_is_an_error_unless_allowed(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_bytes(library.content("2026")[0])
    with pytest.raises(HojoError) as raised:
        checked(tmp_path, tmp_path)
    assert raised.value.findings[0].code == "HJ450"
    assert not (tmp_path / "out.jsonl").exists()
    assert checked(tmp_path, tmp_path, allow_empty=True) == ([], 0)


def test_an_argument_that_finds_nothing_beside_others_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop(tmp_path / "shop.yaml")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    paths = ("nope*.yaml", "shop.yaml", "empty", "nope*.yaml")
    entries, code = checked(tmp_path, *paths)
    assert [(entry["file"], codes(entry)) for entry in entries] == [
        ("shop.yaml", []),
        ("nope*.yaml", ["HJ456"]),
        ("empty", ["HJ456"]),
    ]
    assert code == 0
    assert "nope*.yaml" in messages(entries[1])
    assert checked(tmp_path, *paths, strict=True)[1] == 1
    assert len(checked(tmp_path, *paths, allow_empty=True, strict=True)[0]) == 1
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "rules.yaml").write_bytes(library.content("2026")[0])
    with pytest.raises(HojoError) as raised:
        checked(tmp_path, "rules", "nope*.yaml")
    assert raised.value.findings[0].code == "HJ450"


def test_standard_input_cannot_be_the_list_and_on_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hojo_cli", "check", "--files-from", "-"]
    ran = subprocess.run(command, input=b"a.yaml\n-\n", capture_output=True, timeout=60, check=False)
    assert (ran.returncode, b"HJ454" in ran.stderr) == (2, True)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({}, "HJ003"),
        ({"paths": ["-"], "files_from": "-"}, "HJ454"),
        ({"paths": ["."], "encoding": "x"}, "HJ455"),
        ({"paths": ["."], "format": "x"}, "HJ004"),
        ({"paths": ["."], "rules": "1999"}, "HJ346"),
    ],
)
def test_what_cannot_be_run_is_told_at_once(options: dict[str, Any], code: str) -> None:
    with pytest.raises(HojoError) as raised:
        check.run(check.CheckRequest([], quiet=True)._replace(**options), lambda _: Screen(80, False, "ja"))
    assert [found.code for found in raised.value.findings] == [code]


# --- what is said -----------------------------------------------------------------------------------------------------


def test_a_payable_file_is_ok(tmp_path: Path) -> None:
    entries, code = checked(tmp_path, shop(tmp_path / "a.yaml"))
    assert (entries[0]["name"], entries[0]["best"], codes(entries[0]), code) == ("見本商店", "general", [], 0)


def test_the_declared_frame_must_be_payable_and_the_reason_is_told(tmp_path: Path) -> None:
    files = {
        "no_cost": shop(tmp_path / "1.yaml", more="frame: security\n"),
        "floor": shop(tmp_path / "2.yaml", amount="1万円", more="frame: general\n"),
        "missing": shop(tmp_path / "3.yaml", more="frame: general\n"),
        "unmet": shop(tmp_path / "4.yaml", more="frame: general\n"),
    }
    files["missing"].write_text(
        files["missing"].read_text(encoding="utf-8").replace("  near_minimum_wage_months: 0\n", "")
    )
    files["unmet"].write_text(
        files["unmet"].read_text(encoding="utf-8").replace("deemed_large: false", "deemed_large: true")
    )
    entries, code = checked(tmp_path, *files.values())
    said = {name: (codes(entry), messages(entry)) for name, entry in zip(files, entries, strict=True)}
    assert code == 1
    assert said["no_cost"][0] == ["HJ420"] and "明細" in said["no_cost"][1]
    assert "下限50,000円" in said["floor"][1] and "HJ420" in said["floor"][0]
    assert said["missing"][0] == ["HJ421"] and "最低賃金近傍の月数" in said["missing"][1]
    assert said["unmet"][0][-1:] == ["HJ420"] and "満たさない要件" in said["unmet"][1]
    assert all(entry["findings"][-1]["line"] > 10 for entry in entries)


def test_no_payable_frame_is_a_result_and_a_note(tmp_path: Path) -> None:
    path = shop(tmp_path / "a.yaml")
    path.write_text(
        path.read_text(encoding="utf-8").replace("deemed_large: false", "deemed_large: true"), encoding="utf-8"
    )
    entries, code = checked(tmp_path, path)
    assert (codes(entries[0]), code) == (["HJ422"], 0)
    assert "みなし大企業" in messages(entries[0])


def test_an_open_frame_beside_a_payable_one_is_a_note(tmp_path: Path) -> None:
    path = shop(tmp_path / "a.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("  near_minimum_wage_months: 0\n", ""), encoding="utf-8")
    entries, code = checked(tmp_path, path)
    assert (codes(entries[0]), code) == (["HJ424"], 0)


def test_missing_facts_that_leave_no_payable_frame_are_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        "name: x\nfacts: {}\nitems: [{category: software, amount: 100万円, functions: [accounting]}]\n",
        encoding="utf-8",
    )
    entries, code = checked(tmp_path, path)
    assert (codes(entries[0]), code) == (["HJ423"], 0)


def test_expect_is_compared_at_its_line(tmp_path: Path) -> None:
    good = shop(tmp_path / "a.yaml", more="expect:\n  general: 500000\n")
    wrong = shop(tmp_path / "b.yaml", name="別", more="expect:\n  general: 50万円\n  security: 1\n")
    entries, code = checked(tmp_path, good, wrong)
    assert code == 1
    assert codes(entries[0]) == []
    assert [(each["code"], each["line"], each["column"]) for each in entries[1]["findings"]] == [("HJ425", 15, 13)]
    assert "1円" in messages(entries[1]) and "0円" in messages(entries[1])


def test_expect_zero_says_not_payable(tmp_path: Path) -> None:
    assert checked(tmp_path, shop(tmp_path / "a.yaml", more="expect: {security: 0}\n"))[1] == 0


def test_frames_that_exclude_each_other_and_items_counted_twice(tmp_path: Path) -> None:
    rules = ruleset.load("2026")
    excluded = next(each.frames for each in rules.combinations if not each.allowed)
    allowed = ("general", "invoice")
    entries, code = checked(
        tmp_path,
        shop(tmp_path / "a.yaml", more=f"expect: {{{excluded[0]}: 1, {excluded[1]}: 1}}\n"),
        shop(tmp_path / "b.yaml", name="別", more=f"expect: {{{allowed[0]}: 1, {allowed[1]}: 1}}\n"),
    )
    assert "HJ427" in codes(entries[0])
    assert "HJ428" in codes(entries[1]) and "会計ソフト" in messages(entries[1])
    assert code == 1


def test_the_declared_frame_counts_among_those_a_file_counts_on(tmp_path: Path) -> None:
    rules = ruleset.load("2026")
    excluded = next(each.frames for each in rules.combinations if not each.allowed)
    entries, _ = checked(
        tmp_path,
        shop(tmp_path / "a.yaml", more=f"frame: {excluded[0]}\nexpect: {{{excluded[1]}: 1}}\n"),
        shop(tmp_path / "b.yaml", name="別", more="frame: general\nexpect: {invoice: 500000}\n"),
        shop(tmp_path / "c.yaml", name="他", more="frame: general\nexpect: {general: 500000}\n"),
        shop(tmp_path / "d.yaml", name="余", more="frame: general\n"),
    )
    assert "HJ427" in codes(entries[0])
    assert [codes(entry) for entry in entries[1:]] == [["HJ428"], [], []]
    assert entries[1]["findings"][0]["line"] == 14


def test_the_same_business_twice_is_a_warning_that_names_both(tmp_path: Path) -> None:
    files = [
        shop(tmp_path / "a.yaml", more="corporate_number: 7123456789012\n"),
        shop(tmp_path / "b.yaml", name="別", more="corporate_number: 7123456789012\n"),
        shop(tmp_path / "c.yaml"),
        shop(tmp_path / "d.yaml", name="もう一つ"),
    ]
    entries, code = checked(tmp_path, *files)
    assert [codes(entry) for entry in entries] == [[], ["HJ430"], ["HJ431"], []]
    assert "a.yaml" in messages(entries[1]) and entries[1]["file"] == str(files[1])
    assert code == 0
    assert checked(tmp_path, *files, strict=True)[1] == 1
    assert checked(tmp_path, *files, strict=True, exit_zero=True)[1] == 0


def test_a_copy_is_found_however_broken_and_in_whatever_width_it_is_written(tmp_path: Path) -> None:
    number = "corporate_number: 7123456789012\n"
    files = [
        shop(tmp_path / "a.yaml", "株式会社Ａ", more=number),
        shop(tmp_path / "b.yaml", "別", more="corporate_number: '７１２３４５６７８９０１２'\nnot_a_key: 1\n"),
        shop(tmp_path / "c.yaml", "株式会社A", amount="0.5"),
        shop(tmp_path / "d.yaml", "壊れた店", amount="0.5", more="corporate_number: なし\n"),
        shop(tmp_path / "e.yaml", "壊れた店", more="corporate_number: なし\n"),
    ]
    entries, _ = checked(tmp_path, *files)
    duplicates = [[code for code in codes(entry) if code in ("HJ430", "HJ431")] for entry in entries]
    assert duplicates == [[], ["HJ430"], ["HJ431"], [], ["HJ431"]]


def test_facts_that_cannot_be_read_are_compared_as_they_are_written(tmp_path: Path) -> None:
    files = [shop(tmp_path / f"{name}.yaml", "商店") for name in "abc"]
    for file, employees in zip(files, ("四人", "五人", "四人"), strict=True):
        file.write_text(file.read_text(encoding="utf-8").replace("4人", employees), encoding="utf-8")
    entries, _ = checked(tmp_path, *files)
    assert ["HJ431" in codes(entry) for entry in entries] == [False, False, True]


@pytest.mark.parametrize("rules", ["", "2026"])
def test_a_business_may_apply_each_year(tmp_path: Path, rules: str) -> None:
    files = [shop(tmp_path / f"{name}.yaml", more="corporate_number: 7123456789012\n") for name in "abc"]
    files[1].write_text(files[1].read_text(encoding="utf-8").replace("2026", "2025"), encoding="utf-8")
    entries, _ = checked(tmp_path, *files, rules=rules)
    assert [[code for code in codes(entry) if code > "HJ429"] for entry in entries] == [[], [], ["HJ430"]]


def test_reports_name_the_rulesets_that_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop(tmp_path / "new.yaml")
    old = shop(tmp_path / "old.yaml", "古い店")
    old.write_text(old.read_text(encoding="utf-8").replace("2026", "2025"), encoding="utf-8")
    (tmp_path / "none.yaml").write_text("[", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def judges(*arguments: str) -> tuple[int | None, list[int], list[int | None]]:
        told = json.loads(hojo(*arguments, "-f", "json").stdout)
        one = told["ruleset"] and told["ruleset"]["fiscal_year"]
        years = [result["fiscal_year"] for result in told["results"]]
        return one, [head["fiscal_year"] for head in told["rulesets"]], years

    assert judges("new.yaml") == (2026, [2026], [2026])
    assert judges("old.yaml") == (2025, [2025], [2025])
    assert judges("old.yaml", "new.yaml", "none.yaml") == (None, [2026, 2025], [2025, 2026, None])
    assert judges("old.yaml", "--rules", "2026") == (2026, [2026], [2026])
    for form in ("table", "markdown", "github"):
        both, one = (hojo(*names, "-f", form).stdout.decode() for names in (("old.yaml", "new.yaml"), ("old.yaml",)))
        assert ("IT導入補助金2025" in both, "2026" in both.replace("2026-", "")) == (True, True), form
        assert ("2025" in one, "2026" in one) == (True, False), form


def test_a_wrong_check_digit_is_an_error(tmp_path: Path) -> None:
    entries, code = checked(tmp_path, shop(tmp_path / "a.yaml", more="corporate_number: 8123456789012\n"))
    assert (codes(entries[0]), code) == (["HJ211"], 1)


def test_a_file_may_not_name_a_ruleset_by_its_path(tmp_path: Path) -> None:
    path = shop(tmp_path / "a.yaml")
    path.write_text(
        path.read_text(encoding="utf-8").replace("fiscal_year: 2026", "fiscal_year: /etc/passwd"), encoding="utf-8"
    )
    entries, code = checked(tmp_path, path)
    assert len(codes(entries[0])) == 1
    assert code == 1


def test_a_mapping_where_one_value_belongs_is_told_as_such(tmp_path: Path) -> None:
    path = shop(tmp_path / "a.yaml")
    text = path.read_text(encoding="utf-8")
    for value in ("fiscal_year: 2026", "industry: retail", "deemed_large: false"):
        path.write_text(text.replace(value, f"{value.partition(':')[0]}: {{a: 1}}"), encoding="utf-8")
        entries, _ = checked(tmp_path, path)
        assert codes(entries[0])[0] == "HJ202", value
        assert "…" not in messages(entries[0])


def test_what_check_says_agrees_with_estimate(tmp_path: Path) -> None:
    """The fast path and the explained one, over every case of the rules of 2026."""
    folder = Path(__file__).parent / "cases" / "2026"
    entries, _ = checked(tmp_path, folder)
    assert len(entries) == len(list(folder.rglob("*.yaml")))
    for entry in entries[::12]:
        rules = ruleset.load("2026")
        root = parse(Path(str(entry["file"])).read_bytes(), "a").root
        assert root is not None
        read = applicant.load(root, rules, "a").file
        assert read is not None
        told = {each.frame: (each.status, each.subsidy) for each in explain.estimates(rules, read.applicant)}
        assert {each["frame"]: (each["status"], each["subsidy"]) for each in entry["estimates"]} == told


# --- rewriting --------------------------------------------------------------------------------------------------------

BLOCKS = {
    "expect:\n    # 上\n    general: 1\nnote:   x\n": "expect:\n    # 上\n    general: 500000\nnote:   x\n",
    "expect:\n  general: 1  # 期待額\n  invoice: 2万円\n": "expect:\n  general: 500000 # 期待額\n  invoice: 500000\n",
    "expect: {general: '1', invoice: 2} # 後\n": "expect: {general: 500000, invoice: 500000} # 後\n",
    "expect:\n": "expect: {general: 500000}\n",
    "expect: null # なし\n": "expect: {general: 500000} # なし\n",
    "expect: {}\nnote: x\n": "expect: {general: 500000}\nnote: x\n",
    "expect:   # 後\n": "expect: {general: 500000} # 後\n",
    "expect :  ~   # 後\n": "expect: {general: 500000} # 後\n",
    "frame: general\n# 終わり": "frame: general\n# 終わり\nexpect: {general: 500000}\n",
    "": "expect: {general: 500000}\n",
}


@pytest.mark.parametrize("before", BLOCKS)
@pytest.mark.parametrize("dress", ["\n", "\r\n", "\ufeff"])
def test_update_expect_changes_nothing_but_expect(tmp_path: Path, before: str, dress: str) -> None:
    path = tmp_path / "a.yaml"

    def dressed(text: str) -> bytes:
        return (dress + text if dress == "\ufeff" else text.replace("\n", dress)).encode()

    path.write_bytes(dressed(SHOP.format(name="見本 # 店", amount="100万円") + before))
    entries, code = checked(tmp_path, path, update_expect=True)
    assert path.read_bytes() == dressed(SHOP.format(name="見本 # 店", amount="100万円") + BLOCKS[before])
    assert codes(entries[0])[-1:] == ["HJ440"] or "HJ440" in codes(entries[0])
    assert code == 0
    assert "HJ440" not in codes(checked(tmp_path, path, update_expect=True)[0][0])


def test_update_expect_leaves_what_it_cannot_rewrite(tmp_path: Path) -> None:
    path = shop(tmp_path / "a.yaml", more='expect: {general: "1\\\n  "}\n...\n')
    before = path.read_bytes()
    entries, code = checked(tmp_path, path, update_expect=True)
    assert code == 1
    assert path.read_bytes() == before
    assert codes(entries[0])


def record(**more: object) -> str:
    facts = {"entity": "company", "industry": "retail", "capital": 3_000_000, "employees": 4, "deemed_large": False}
    facts |= {"past_grant": False, "near_minimum_wage_months": 0}
    item = {"category": "software", "amount": 1_000_000, "processes": ["共P-01"], "functions": ["accounting"]}
    return json.dumps({"name": "店", "fiscal_year": 2026, "facts": facts, "items": [item], **more}) + "\n"


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "-"])
def test_update_expect_refuses_by_name_what_it_cannot_rewrite(tmp_path: Path, name: str) -> None:
    right = shop(tmp_path / "right.yaml", more="expect: {general: 1}\n")
    before = right.read_bytes()
    path = name if name == "-" else str(tmp_path / name)
    Path(path).touch() if name != "-" else None
    with pytest.raises(HojoError) as raised:
        checked(tmp_path, right, path, update_expect=True)
    assert [(found.code, found.where.file) for found in raised.value.findings] == [("HJ442", path)]
    assert right.read_bytes() == before


def test_update_expect_says_so_of_a_record_that_a_glob_leads_to(tmp_path: Path) -> None:
    records = tmp_path / "a.jsonl"
    records.write_text(record(expect={"general": 1}) + record(name="別", expect={"general": 500_000}), encoding="utf-8")
    before = records.read_bytes()
    entries, code = checked(tmp_path, tmp_path / "a.*", update_expect=True)
    assert ([codes(entry) for entry in entries], code) == ([["HJ442", "HJ425"], []], 1)
    assert records.read_bytes() == before
    assert "--update-expect" not in entries[0]["findings"][1].get("hint", "")
    entries, _ = checked(tmp_path, records)
    assert codes(entries[0]) == ["HJ425"] and "手で" in entries[0]["findings"][0]["hint"]


def test_update_expect_leaves_a_file_that_is_read_only(tmp_path: Path) -> None:
    path = shop(tmp_path / "a.yaml", more="expect: {general: 1}\n")
    before = path.read_bytes()
    path.chmod(0o444)
    entries, code = checked(tmp_path, path, update_expect=True)
    assert (codes(entries[0]), entries[0]["status"], code) == (["HJ010", "HJ425"], "error", 1)
    assert path.read_bytes() == before and path.stat().st_mode & 0o777 == 0o444
    assert [each.name for each in tmp_path.iterdir() if each.name != "out.jsonl"] == ["a.yaml"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_update_expect_keeps_owner_and_mode(tmp_path: Path) -> None:
    path = shop(tmp_path / "a.yaml", more="expect: {general: 1}\n")
    os.chown(path, 12345, 23456)
    path.chmod(0o640)
    assert codes(checked(tmp_path, path, update_expect=True)[0][0]) == ["HJ440"]
    found = path.stat()
    assert (found.st_uid, found.st_gid, found.st_mode & 0o777) == (12345, 23456, 0o640)


def test_a_file_that_changed_since_it_was_checked_is_not_rewritten(tmp_path: Path) -> None:
    path = shop(tmp_path / "a.yaml", more="expect: {general: 1}\n")
    verdict = Inspector(Settings("", update=True))(Piece(str(path), "yaml", 0, 1, None))
    assert verdict.rewrite is not None and verdict.checked is not None
    later = shop(path, name="後から直した店", more="expect: {general: 1}\n").read_bytes()
    findings, whole = update_expect.prepare(verdict.rewrite, verdict.checked.findings)
    assert whole is None and path.read_bytes() == later
    assert [found.code for found in findings] == ["HJ425", "HJ441"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_file_with_two_names_is_rewritten_once_whatever_the_jobs(tmp_path: Path) -> None:
    outcomes = set()
    for jobs in ("1", "2", "8"):
        for place in range(80):
            shop(tmp_path / f"{place:02}.yaml", f"商店{place}", more="expect: {general: 1}\n")
        (tmp_path / "00-again.yaml").unlink(missing_ok=True)
        (tmp_path / "00-again.yaml").symlink_to("00.yaml")
        ran = apart(tmp_path, "-f", "jsonl", "--jobs", jobs, "--update-expect")
        assert (ran.returncode, ran.stdout.count(b"HJ440"), ran.stdout.count(b"HJ425")) == (0, 80, 0)
        outcomes.add(ran.stdout)
    assert len(outcomes) == 1
    assert (tmp_path / "00-again.yaml").is_symlink()


def test_a_large_file_is_written_by_one_process_and_weighs_little_on_its_way(tmp_path: Path) -> None:
    """What a worker hands over is the change, not the file."""
    path = shop(tmp_path / "a.yaml", more="note: " + "x" * 500_000 + "\nexpect: {general: 1}\n")
    verdict = Inspector(Settings("", update=True))(Piece(str(path), "yaml", 0, 1, None))
    assert len(pickle.dumps(verdict)) < 5_000


# --- outputs and inputs apart -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["file", "folder", "glob", "list", "list itself", "link"])
def test_an_output_never_takes_the_place_of_an_input(tmp_path: Path, way: str) -> None:
    path = shop(tmp_path / "in" / "a.yaml")
    before = path.read_bytes()
    listed, link = tmp_path / "list", tmp_path / "link.json"
    listed.write_text(f"{path}\n", encoding="utf-8")
    link.symlink_to(path)
    target = {"list itself": listed, "link": link}.get(way, path)
    named = {"file": path, "glob": tmp_path / "in" / "*.yaml", "folder": tmp_path, "link": tmp_path}.get(way)
    request = check.CheckRequest(
        [str(named)] if named else [], "" if named else str(listed), outputs=[f"json={target}"], quiet=True
    )
    with pytest.raises(HojoError) as raised:
        check.run(request, lambda _: Screen(80, False, "ja"))
    assert [found.code for found in raised.value.findings] == ["HJ457"]
    assert path.read_bytes() == before and listed.read_text(encoding="utf-8") == f"{path}\n"
    assert {each.name for each in tmp_path.iterdir()} == {"in", "list", "link.json"}


def test_an_older_report_beside_the_inputs_is_replaced(tmp_path: Path) -> None:
    shop(tmp_path / "a.yaml")
    (tmp_path / "out.jsonl").write_text("older", encoding="utf-8")
    assert len(checked(tmp_path, tmp_path)[0]) == 1


def test_an_output_on_its_way_is_no_hidden_file_of_the_user(tmp_path: Path) -> None:
    shop(tmp_path / "a.yaml")
    shop(tmp_path / ".b.yaml")
    ran = hojo(tmp_path, "-f", "jsonl", "-o", f"csv={tmp_path}/a.csv", "-o", f"junit={tmp_path}/b.xml")
    assert [each["count"] for each in lines(ran.stdout.decode())[-1]["summary"]["skipped"]] == [1]


# --- every input once, the same bytes ---------------------------------------------------------------------------------


def hojo(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return this_process.hojo("check", *arguments, cwd=Path.cwd(), **environment)


def apart(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """In a process of its own."""
    command = [sys.executable, "-m", "hojo_cli", "check", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=120, check=False, env={**os.environ, **environment})


def test_the_same_bytes_whatever_the_jobs_and_the_hash_seed(tmp_path: Path) -> None:
    many = [
        shop(tmp_path / f"{place // 40}" / f"{place:03}.yaml", f"商店{place % 150}", f"{place}万円")
        for place in range(200)
    ]
    many[7].write_text("a: [", encoding="utf-8")
    many[70].write_bytes(b"\xff\xfe\x00")
    many[111].unlink()
    many[111].symlink_to(many[111].name)
    records = tmp_path / "records.jsonl"
    records.write_text("".join(json.dumps({"name": f"x{place}"}) + "\n" for place in range(100)), encoding="utf-8")
    outcomes = set()
    for jobs, seed in (("1", "0"), ("2", "1"), ("8", "2"), ("2", "random")):
        ran = apart(tmp_path, records, "-f", "jsonl", "--jobs", jobs, PYTHONHASHSEED=seed)
        assert (ran.returncode, ran.stderr) == (1, b"")
        outcomes.add(ran.stdout)
    assert len(outcomes) == 1
    entries = [line for line in lines(outcomes.pop().decode()) if "file" in line]
    assert [entry["file"] for entry in entries] == [*map(str, many), *[str(records)] * 100]
    assert [entry.get("record") for entry in entries[200:]] == list(range(1, 101))


def test_several_outputs_in_one_run(tmp_path: Path) -> None:
    shop(tmp_path / "in" / "a.yaml")
    ran = hojo(tmp_path / "in", "-f", "jsonl", "-o", f"csv={tmp_path}/a.csv", "-o", f"junit={tmp_path}/b.xml")
    assert ran.returncode == 0
    assert ran.stdout and (tmp_path / "a.csv").stat().st_size and (tmp_path / "b.xml").stat().st_size
    assert {path.name for path in tmp_path.iterdir()} == {"in", "a.csv", "b.xml"}
    assert hojo(tmp_path / "in", "-o", f"csv={tmp_path}/a", "-o", f"junit={tmp_path}/a").returncode == 2


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "github", "gitlab", "junit", "sarif"])
@pytest.mark.parametrize("encoding", ["cp932", "ascii", "utf-8"])
def test_what_programs_read_is_utf8_whatever_the_code_page(tmp_path: Path, form: str, encoding: str) -> None:
    path = shop(tmp_path / "a.yaml", "𠮷野家 ¥ ―", more="expect: {security: 1}\n")
    piped = hojo(path, "-f", form, PYTHONUTF8="0", PYTHONIOENCODING=encoding).stdout
    hojo(path, "-q", "-o", f"{form}={tmp_path}/out")
    assert hojo(path, "-o", f"{form}=-", PYTHONUTF8="0", PYTHONIOENCODING=encoding).stdout == piped
    written = (tmp_path / "out").read_bytes()
    if form in ("csv", "github") or encoding == "utf-8":
        assert piped == written
    elif form == "junit":
        assert [dict(each.attrib) for each in ET.fromstring(piped).iter()] == [
            dict(each.attrib) for each in ET.fromstring(written).iter()
        ]
    else:
        assert [
            json.loads(line) for line in piped.decode("ascii").split("\n" if form == "jsonl" else "\0") if line
        ] == [json.loads(line) for line in written.decode().split("\n" if form == "jsonl" else "\0") if line]


def test_the_table_is_in_the_code_page_of_the_terminal(tmp_path: Path) -> None:
    path = shop(tmp_path / "a.yaml", "𠮷野家")
    assert "?野家" in hojo(path, PYTHONUTF8="0", PYTHONIOENCODING="cp932").stdout.decode("cp932")


@pytest.mark.parametrize(
    ("output", "code", "near"),
    [
        ("jsno=x.json", "HJ004", "json"),
        ("JSON=x", "HJ004", "json"),
        ("tree=x", "HJ004", ""),
        ("json=", "HJ001", ""),
        ("", "HJ001", ""),
    ],
)
def test_a_format_that_is_misspelt_is_no_name_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, code: str, near: str
) -> None:
    shop(tmp_path / "a.yaml")
    monkeypatch.chdir(tmp_path)
    ran = hojo("a.yaml", "-o", output, "--lang", "en")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert code.encode() in ran.stderr
    assert f"Did you mean `{near}`".encode() in ran.stderr or not near
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_a_name_with_an_equals_sign_that_is_like_no_format_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop(tmp_path / "a.yaml")
    monkeypatch.chdir(tmp_path)
    for name in ("year=2026.txt", "./json=x"):
        assert hojo("a.yaml", "-o", name).returncode == 0
        assert (tmp_path / name).exists()


def test_two_formats_for_one_target_are_told_as_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop(tmp_path / "a.yaml")
    monkeypatch.chdir(tmp_path)
    for first, second in (("x", "./x"), ("-", "-")):
        ran = hojo("a.yaml", "-o", f"csv={first}", "-o", f"json={second}", "--lang", "en")
        assert ran.stderr.startswith(f"{first}:1:1: error HJ453 Two formats would be written to `{first}`".encode())


def test_inside_github_actions_annotations_are_the_default(tmp_path: Path) -> None:
    path = shop(tmp_path / "a.yaml", more="expect: {security: 1}\n")
    assert b"::error " in hojo(path, GITHUB_ACTIONS="true").stdout
    assert b"::error " not in hojo(path, "-f", "jsonl", GITHUB_ACTIONS="true").stdout


def test_duplicates_are_found_however_many_there_are() -> None:
    duplicates = Duplicates()
    for place in range(20_000):
        assert duplicates.meet(f"{place}.yaml", 0, [Mark(place * 4099 + 1, "HJ431", 1, 1, "", "name")]) is None
    again = duplicates.meet("again.yaml", 3, [Mark(12_345 * 4099 + 1, "HJ431", 2, 3, "", "name")])
    assert again is not None
    assert "12345.yaml" in again.message.ja
    assert again.where[:3] == ("again.yaml", 2, 3)
