"""`--set` gives what the file would give with the value in it, `--compare` sets two files side by side."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, strategies as st
from rich.cells import cell_len
from ruamel.yaml import YAML
from subjects import HERE, ROOT, rules
from test_output_schemas import complaints
from this_process import hojo

from hojo_cli import estimate, load_applicant, load_rules
from hojo_cli.applicants.changes import known_paths
from hojo_cli.base.finding import Text
from hojo_cli.pages import side_by_side
from hojo_cli.results.report import Answer, Grid
from hojo_cli.rules.declared import FactSpec

SHOP = "examples/shop.yaml"
SECURITY = "items[4]={category: security_service, monthly: 1万円, months: 24}"
EXAMPLES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "examples").glob("*.yaml"))
PROGRAMMES = sorted(path.relative_to(ROOT).as_posix() for path in (HERE / "programmes").glob("*.yaml"))


def plain(file: str) -> Any:
    """The file as plain data, read without hojo. (Any: whatever YAML holds.)"""
    return YAML(typ="safe", pure=True).load((ROOT / file).read_text(encoding="utf-8"))


def answer(*arguments: str) -> Any:
    """The JSON of `hojo estimate`. (Any: whatever it holds.)"""
    return json.loads(hojo("estimate", *arguments, "--format", "json").stdout)


def told(*arguments: str, lang: str = "ja") -> tuple[int, str]:
    """The exit code, and what stands on standard error."""
    done = hojo("estimate", *arguments, "--lang", lang)
    return done.returncode, done.stderr.decode()


# --- as in a file -----------------------------------------------------------------------------------------------------------


def written(value: object) -> str:
    """A value as it may stand in a file."""
    return json.dumps(value, ensure_ascii=False)


def values(spec: FactSpec, chance: Random) -> list[object]:
    """Values of a fact that decide, some of them wrong."""
    match spec.kind:
        case "boolean":
            return [True, "いいえ", "maybe", None]
        case "choice":
            return [*chance.sample(sorted(spec.choices), min(2, len(spec.choices))), "nothing of the kind"]
        case "set":
            return [[], chance.sample(sorted(spec.choices), 1), ["nothing of the kind"]]
        case "rate":
            return ["2%", "2/3", 0.5]
    return [0, chance.randrange(1, 500), "3億円", "4人", -1]


def edits(file: str, chance: Random) -> Iterator[tuple[list[str], Any]]:
    """Changes as options, and the same file with them made."""
    data = plain(file)
    items, members = data.get("items") or [], data.get("members") or []
    for name, spec in rules().facts.items():
        for value in values(spec, chance):
            changed = copy.deepcopy(data)
            changed.setdefault("facts", {})[name] = value
            yield [f"facts.{name}={written(value)}"], changed
    for place in range(len(items)):
        for key, value in (("quantity", 3), ("name", "別の名前"), ("processes", ["共P-01"]), ("tax", "included")):
            changed = copy.deepcopy(data)
            changed["items"][place][key] = value
            yield [f"items[{place}].{key}={written(value)}"], changed
        changed = copy.deepcopy(data)
        del changed["items"][place]
        yield [f"items[{place}]="], changed
    changed = copy.deepcopy(data)
    changed["items"] = [*items, {"category": "pc", "amount": "12万円"}]
    yield [f"items[{len(items)}].category=pc", f"items[{len(items)}].amount=12万円"], changed
    yield [f"items[{len(items)}]={{category: pc, amount: 12万円}}"], changed
    for place in range(len(members)):
        changed = copy.deepcopy(data)
        changed["members"][place].setdefault("facts", {})["role"] = "lead"
        yield [f"members[{place}].facts.role=lead"], changed


@pytest.mark.parametrize("file", [file for file in EXAMPLES if "mistakes" not in file])
def test_a_change_gives_what_the_file_gives_with_the_value_in_it(file: str) -> None:
    for changes, data in edits(file, Random(file)):
        mine, theirs = load_applicant(ROOT / file, changes=changes), load_applicant(data)
        assert mine.applicant == theirs.applicant, changes
        assert {found[:2] + found[3:] for found in mine.findings} == {
            found[:2] + found[3:] for found in theirs.findings
        }, changes


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_the_facts_and_items_of_any_programme_may_be_changed(programme: str) -> None:
    used = load_rules(ROOT / programme)
    assert used.ruleset is not None
    chance = Random(programme)
    for name, spec in used.ruleset.facts.items():
        for value in values(spec, chance):
            changed = load_applicant({}, used, changes=[f"facts.{name}={written(value)}"])
            assert changed.applicant == load_applicant({"facts": {name: value}}, used).applicant
        misspelt = load_applicant({}, used, changes=[f"facts.{name}x=1"])
        assert [found.code for found in misspelt.findings] == ["HJ020"]
        assert f"「facts.{name}」" in misspelt.findings[0].hint.ja
    category = next(iter(used.ruleset.categories))
    item = {"category": category, "amount": 1000}
    changed = load_applicant({}, used, changes=[f"items[0]={written(item)}"])
    assert changed.applicant == load_applicant({"items": [item]}, used).applicant
    assert {f"items[].{field}" for field in used.ruleset.fields} <= set(known_paths(used.ruleset))


def test_a_key_is_taken_away_and_with_it_what_was_known() -> None:
    assert answer(SHOP)["results"][0]["estimates"][1]["status"] == "payable"
    result = answer(SHOP, "--set", "facts.employees=")["results"][0]
    assert result["estimates"][1]["status"] == "incomplete"
    assert result == answer(SHOP, "--set", "facts.employees=null")["results"][0] | {"compared": result["compared"]}


def test_indices_are_those_of_the_file_whatever_is_taken_away() -> None:
    data = plain(SHOP)
    data["items"] = [data["items"][1], data["items"][3] | {"amount": 100000}]
    changes = ["items[0]=", "items[3].amount=100000", "items[2]="]
    changed = load_applicant(ROOT / SHOP, changes=changes).applicant
    assert changed == load_applicant(data).applicant


def test_changes_are_made_in_turn() -> None:
    last = load_applicant(ROOT / SHOP, changes=["facts.employees=6", "facts.employees=4"])
    assert last.applicant == load_applicant(ROOT / SHOP).applicant
    below = load_applicant(ROOT / SHOP, changes=["items[4]={category: pc}", "items[4].amount=1万円"])
    assert below.applicant == load_applicant(ROOT / SHOP, changes=["items[4]={category: pc, amount: 1万円}"]).applicant


def test_the_document_of_the_file_is_not_touched() -> None:
    before = (ROOT / SHOP).read_bytes()
    answer(SHOP, "--set", "facts.employees=6", "--set", "items=")
    assert (ROOT / SHOP).read_bytes() == before


def test_a_year_is_changed_like_anything_else(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(
        "fiscal_year: 2026\nfacts: {entity: company}\nitems: [{category: pc, amount: 10万円}]\n", encoding="utf-8"
    )
    result = answer(str(file), "--set", "fiscal_year=2025")["results"][0]
    assert result["fiscal_year"] == 2025
    assert all({"from", "to", "difference"} <= frame.keys() for frame in result["compared"]["estimates"])


# --- what is wrong ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code", "hint"),
    [
        ("facts.employes=6", "HJ020", "facts.employees"),
        ("employees=6", "HJ020", "facts.employees"),
        ("fact.employees=6", "HJ020", "facts.employees"),
        ("facts.常時使用する従業員の数=6", "HJ020", "facts.employees"),
        ("事実.employees=6", "HJ020", "facts.employees"),
        ("items[2].amout=6", "HJ020", "items[2].amount"),
        ("明細[1].金額=5", "HJ020", "items[1].amount"),
        ("items.amount=5", "HJ020", "items[0].amount"),
        ("members[3].role=lead", "HJ020", "members[3].facts.role"),
        ("members[3].facts.rol=lead", "HJ020", "members[3].facts.role"),
        ("facts[0]=5", "HJ020", "facts"),
        ("fiscal_yaer=2025", "HJ020", "fiscal_year"),
        ("年度=2025", "HJ020", "fiscal_year"),
        ("note=5", "HJ020", ""),
        ("x" * 500 + "=5", "HJ020", ""),
        ("facts.employees", "HJ019", ""),
        ("=5", "HJ019", ""),
        ("", "HJ019", ""),
        ("items[9].amount=5", "HJ021", "[4]"),
        ("items[9]=", "HJ021", "[4]"),
        ("members[0].name=", "HJ021", "[0]"),
    ],
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_path_that_leads_nowhere_is_a_mistake_in_the_call(change: str, code: str, hint: str, lang: str) -> None:
    exit_code, error = told(SHOP, "--set", change, lang=lang)
    assert exit_code == 2
    place, _, rest = error.partition(": ")
    assert place.startswith(f"--set {change[:60]}".rstrip())
    assert code in rest
    assert not hint or f"「{hint}」" in rest or f"`{hint}`" in rest or f"{hint} " in rest


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("facts.employees=x", "HJ150"),
        ("facts.employees=0.5", "HJ151"),
        ("facts.entity=companny", "HJ205"),
        ("facts.deemed_large=yes", "HJ206"),
        ("facts={employes: 4}", "HJ203"),
        ("items[0]={category: pc, amounts: 5}", "HJ201"),
        ("items[1].processes=[sales]", "HJ205"),
        ("items[4].amount=4万円", "HJ209"),
        ("items[0].monthly=4万円", "HJ207"),
        ("facts.capital='", "HJ123"),
        ("facts.capital=[", "HJ124"),
        ("facts.capital=*a", "HJ116"),
        ("facts.capital={{ x }}", "HJ174"),
        ("facts.capital=a: b", "HJ127"),
        ("facts.capital=5\nfacts: 6", "HJ127"),
        ("facts=" + "[" * 40, "HJ140"),
        ("items[0].name=" + "x" * 20_000, "HJ143"),
        ("facts.employees=\x07", "HJ136"),
        ("fiscal_year=1999", "HJ216"),
        ("corporate_number=123", "HJ210"),
    ],
    ids=lambda value: value[:40],
)
def test_a_value_is_read_as_in_a_file_and_names_its_option(change: str, code: str) -> None:
    exit_code, error = told(SHOP, "--set", change)
    assert exit_code == 1
    assert code in error
    first = error.splitlines()[0]
    if code != "HJ207":  # of two prices one stands in the file, and the finding is about their item
        assert first.startswith("--set ")
        assert ":1:" not in first.partition(" HJ")[0]
    findings = answer(SHOP, "--set", change)["results"][0]["findings"]
    assert {found["code"] for found in findings} >= {code}
    assert all(found["line"] >= 1 and found["column"] >= 1 for found in findings)


PIECES = [
    "facts",
    "items",
    "members",
    "name",
    ".",
    "[",
    "]",
    "0",
    "9",
    "=",
    "{",
    "}",
    ",",
    ": ",
    "role",
    "\n",
    "'",
    "&",
    "\ud800",
    "　",
]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), max_size=3))
def test_whatever_is_asked_is_an_applicant_or_a_finding(changes: list[str]) -> None:
    changed = load_applicant(ROOT / SHOP, changes=changes)
    assert (changed.applicant is None) is any(found.severity == "error" for found in changed.findings)
    assert all(found.where.line >= 0 for found in changed.findings)


def test_what_is_wrong_in_the_file_keeps_its_line() -> None:
    exit_code, error = told("examples/mistakes.yaml", "--set", "facts.employees=4")
    assert exit_code == 1
    assert "examples/mistakes.yaml:7:11:" in error
    assert ":-" not in error


def test_an_answer_that_cannot_be_made_is_compared_with_nothing() -> None:
    for arguments in ([SHOP, "--set", "facts.employees=x"], ["examples/mistakes.yaml", "--set", "facts.employees=4"]):
        output = answer(*arguments)
        assert output["results"][0]["compared"] is None
        assert complaints("estimate", output) == []


@pytest.mark.parametrize("files", [[SHOP], [SHOP, SHOP, SHOP], [SHOP, SHOP, "--set", "name=x"]], ids=len)
def test_two_files_are_compared_and_nothing_else(files: list[str]) -> None:
    exit_code, error = told(*files, "--compare")
    assert (exit_code, "HJ001" in error) == (2, True)


# --- side by side -----------------------------------------------------------------------------------------------------------


def test_both_answers_and_their_difference_are_those_of_two_runs(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(
        (ROOT / SHOP).read_text(encoding="utf-8").replace("employees: 4人", "employees: 6人"), encoding="utf-8"
    )
    old, new = answer(SHOP)["results"][0], answer(str(other))["results"][0]
    assert "compared" not in old
    changed = answer(SHOP, "--set", "facts.employees=6")["results"]
    files = answer(SHOP, str(other), "--compare")["results"]
    assert [len(changed), len(files)] == [1, 2]
    assert files[0] == old
    compared = changed[0].pop("compared")
    assert changed[0] | {"file": ""} == new | {"file": ""}
    assert compared["set"] == ["facts.employees=6"]
    assert files[1]["compared"] == compared | {"set": []}
    for frame, before, after in zip(compared["estimates"], old["estimates"], new["estimates"], strict=True):
        assert (frame["frame"], frame["from"], frame["to"]) == (before["frame"], before["subsidy"], after["subsidy"])
        assert frame["difference"] == after["subsidy"] - before["subsidy"]
        assert frame["status"] == {"from": before["status"], "to": after["status"]}
    assert compared["best"]["frame"] == {"from": old["best"], "to": new["best"]}
    assert compared["plan"]["from"] == old["plan"]["total"]
    assert compared["plan"]["to"] == new["plan"]["total"]


@pytest.mark.parametrize(
    "arguments",
    [
        *([file, "--set", "facts.employees=6"] for file in EXAMPLES),
        [SHOP, "--set", "facts="],
        [SHOP, "--set", "items="],
        ["examples/group.yaml", "--set", "members[3].facts.role=lead"],
        [SHOP, "examples/group.yaml", "--compare"],
        [SHOP, "examples/builder.yaml", "--set", "facts.capital=1億円"],
    ],
    ids=" ".join,
)
def test_the_json_is_as_its_schema_says(arguments: list[str]) -> None:
    assert complaints("estimate", answer(*arguments)) == []


def test_what_is_not_settled_has_no_difference() -> None:
    compared = answer(SHOP, "--set", "facts=")["results"][0]["compared"]
    assert compared["best"] == {
        "frame": {"from": "invoice", "to": None},
        "from": 1360000,
        "to": None,
        "difference": None,
    }
    nothing = answer(SHOP, "--set", "items=")["results"][0]["compared"]
    assert nothing["best"]["difference"] == nothing["plan"]["difference"] == -1360000


@pytest.mark.parametrize(
    ("arguments", "lang", "sentences"),
    [
        ([SHOP, "--set", "facts.employees=6"], "ja", ["1,360,000円から1,332,222円になります（-27,778円）", "--set facts.employees=6"]),
        ([SHOP, "--set", "facts.employees=6"], "en", ["from 1,360,000 yen to 1,332,222 yen (-27,778 yen)"]),
        ([SHOP, "--set", "facts.employees=4"], "ja", ["最も多い補助額は1,360,000円のままです"]),
        ([SHOP, "--set", "facts="], "ja", ["1,360,000円 → 0円～1,360,000円（答えによります）", "要回答 0～986,666"]),
        ([SHOP, "--set", "facts="], "en", ["1,360,000 yen → 0 yen to 1,360,000 yen", "incomplete 0 to 986,666"]),
        ([SHOP, "--set", SECURITY], "ja", ["最も多い補助額は1,360,000円のままです。併せて申請した合計は1,360,000円から1,520,000円になります"]),
        ([SHOP, "--set", SECURITY], "en", ["The total of frames together goes from 1,360,000 yen to 1,520,000 yen"]),
        ([SHOP, "examples/builder.yaml", "--compare"], "ja", ["に変わります", "examples/shop.yaml → examples/builder.yaml", "1つ目"]),
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize(("format", "width"), [("table", "40"), ("table", "80"), ("table", "120"), ("tree", "80")])
def test_the_page_begins_with_the_difference(
    arguments: list[str], lang: str, sentences: list[str], format: str, width: str
) -> None:
    page = hojo("estimate", *arguments, "--lang", lang, "--format", format, COLUMNS=width).stdout.decode()
    assert all(cell_len(line) <= int(width) for line in page.splitlines() if "│" not in line or format == "table")
    flat = "".join(line.strip("│ ") if lang == "ja" else line.strip("│ ") + " " for line in page.splitlines())
    for sentence in sentences:
        assert sentence.replace(" ", "") in flat.replace(" ", "")
    assert page.count("差" if lang == "ja" else "difference") >= 1


def test_results_of_two_programmes_have_each_frame_once_and_none_where_there_is_none() -> None:
    old, new = (estimate(load_applicant({}, load_rules(used))) for used in (2026, ROOT / PROGRAMMES[0]))
    grid = next(block for block in side_by_side.page(old, new) if isinstance(block, Grid))
    assert [row.cells[0] for row in grid.groups[0]] == [each.label for each in (*old.estimates, *new.estimates)]
    assert {row.cells[1:3] for row in grid.groups[0]} == {
        (Text("経費なし", "no cost"), Text("なし", "no such frame")),
        (Text("なし", "no such frame"), Text("経費なし", "no cost")),
    }


def test_a_range_that_is_not_known_leaves_the_highest_subsidy_open() -> None:
    old, new = (estimate(load_applicant(ROOT / SHOP, changes=changes)) for changes in ([], ["facts="]))
    new = new._replace(estimates=tuple(each._replace(possible=None) for each in new.estimates))
    answer_first, grid = side_by_side.page(old, new)
    assert isinstance(answer_first, Answer)
    assert isinstance(grid, Grid)
    assert answer_first.sentences[0].text.ja == "最も多い補助額：1,360,000円 → 不明（答えによります）。"
    assert grid.groups[1][0].cells[1:] == (Text("1,360,000", "1,360,000"), *[Text("不明", "unknown")] * 2)


def test_markdown_has_the_difference_as_a_table() -> None:
    page = hojo("estimate", SHOP, "--set", "facts.employees=6", "--format", "markdown").stdout.decode()
    assert "| インボイス枠（インボイス対応類型） | 1,360,000 | 1,332,222 | \\-27,778 |" in page
    assert page.index("| 今 | 変更後 |") < page.index("# 株式会社サンプル商店\n\n「インボイス枠")


def test_from_python_changes_are_texts() -> None:
    assert estimate(load_applicant(ROOT / SHOP, changes=["facts.employees=6"])).estimates[1].subsidy == 1332222
    wrong = load_applicant(ROOT / SHOP, changes=["facts.employees=x"])
    assert wrong.applicant is None
    assert [str(found.where) for found in wrong.findings] == ["--set facts.employees=x"]
