"""`hojo diff --impact` over tables comes to what it comes to over files, and says of the rest how many they are and between what yen they lie."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from random_applicants import random_applicant
from sql_engines import with_gaps
from subjects import rules, subject_of
from this_process import hojo

pytest.importorskip("duckdb", reason="duckdb is not installed")
from small_tables import RULES, save

from hojo_cli.base.finding import HojoError
from hojo_cli.batch.impact import weigh_files
from hojo_cli.diff.clauses import Comparable, prepare, side
from hojo_cli.diff.totals import Group, Impact
from hojo_cli.rules.declared import Ruleset
from hojo_cli.tables import impact
from hojo_cli.tables.impact import weigh_tables
from hojo_cli.tables.records import record
from hojo_cli.tables.sources import is_table
from hojo_cli.tables.sql.rows import rows

CHANGES = (("max: 20人", "max: 5人"), ("use: 2/3", "use: 3/4"), ("max: 100万円", "max: 200万円"))


def changed(folder: Path, *changes: tuple[str, str]) -> str:
    """The small ruleset with some of its figures changed."""
    text = Path(RULES).read_text(encoding="utf-8")
    for before, after in changes or CHANGES:
        assert before in text
        text = text.replace(before, after, 1)
    (folder / "new.yaml").write_text(text, encoding="utf-8")
    return str(folder / "new.yaml")


def applicants(count: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows beside every border of the small ruleset, facts left out among them, some of them beyond what SQL says."""
    random = Random(5)
    own, bought = [], []
    for number in range(count):
        row = {
            "applicant": str(number),
            "name": None,
            "staff": random.choice((4, 5, 6, 20, 21, None)),
            "capital": random.choice((10**6, 10**6 + 1, 2 * 10**6, 10**8, 10**8, None)),
            "trade": random.choice(("shop", "maker", "shop", None)),
            "prefecture": random.choice(("東京都", "京都府", None)),
        }
        own.append(row)
        for _ in range(random.randint(0, 2)):
            price = {"amount": random.choice((74_999, 75_000, 800_001, 900_000, 3_000_000, 10**13))}
            bought.append({"applicant": str(number), "category": random.choice(("goods", "work")), **price})
    return own, bought


def as_files(folder: Path, own: list[dict[str, Any]], bought: list[dict[str, Any]], used: Ruleset) -> str:
    lines = [
        json.dumps(record(row, [item for item in bought if item["applicant"] == row["applicant"]], [], used))
        for row in own
    ]
    (folder / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return str(folder / "a.jsonl")


def same(one: Impact, other: Impact) -> None:
    for name in ("inputs", "undecided", "old", "new", "gain", "lose", "same", "become", "stop", "parts", "interaction"):
        assert getattr(one, name) == getattr(other, name), name
    assert (one.frames, one.bounds, one.missing, one.unexamined) == (other.frames, other.bounds, other.missing, 0)
    moved = ([(each.record, each.old, each.new) for each in found.movements] for found in (one, other))
    assert next(moved) == next(moved)


def small(tmp_path: Path) -> tuple[Comparable, str, str]:
    """A comparison, and the same applicants as tables and as files."""
    own, bought = applicants(150)
    compared = prepare(side(RULES), side(changed(tmp_path)))
    return compared, str(save(tmp_path / "t", own, bought)), as_files(tmp_path, own, bought, compared.both)


def test_tables_come_to_what_files_come_to(tmp_path: Path) -> None:
    compared, tables, files = small(tmp_path)
    found = weigh_tables(compared, [tables], ["trade", "prefecture"], "ja", 1)
    same(found, weigh_files(compared, [files], "", 1))
    assert (found.gain > 5, found.lose > 0, found.undecided > 5, sum(map(bool, found.parts))) == (True, True, True, 3)
    for groups in found.groups.values():
        together = Group()
        for group in groups.values():
            together = together.plus(group)
        decided = found.inputs - found.undecided
        assert together == Group(decided, found.undecided, found.old, found.new, found.gain, found.lose, found.same)
    assert found.groups["prefecture"].keys() == {"東京都", "京都府", None}


def test_where_many_lack_facts_their_number_and_range_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compared, tables, files = small(tmp_path)
    monkeypatch.setattr(impact, "EXAMINED", 3)
    monkeypatch.setattr(impact, "PART", 40)
    found, exact = weigh_tables(compared, [tables], ["trade"], "ja", 1), weigh_files(compared, [files], "", 1)
    assert found.inputs == exact.inputs
    assert 0 < found.unexamined < found.undecided
    assert sum(group.undecided for group in found.groups["trade"].values()) == found.undecided
    wide, narrow = found.bounds, exact.bounds
    assert wide.old_low <= narrow.old_low <= narrow.old_high <= wide.old_high
    assert wide.new_low <= narrow.new_low <= narrow.new_high <= wide.new_high
    if found.undecided == exact.undecided:
        assert (found.old, found.new, found.parts) == (exact.old, exact.new, exact.parts)


def test_columns_are_those_of_the_table_and_of_few_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compared, tables, _ = small(tmp_path)
    assert "trade" in weigh_tables(compared, [tables], ["業種"], "ja", 1).groups
    monkeypatch.setattr(impact, "MOST_VALUES", 2)
    for column, code in (("prefectures", "HJ477"), ("applicant", "HJ478"), ('x"; DROP TABLE a; --', "HJ477")):
        with pytest.raises(HojoError) as problem:
            weigh_tables(compared, [tables], [column], "ja", 1)
        assert [found.code for found in problem.value.findings] == [code]


def test_an_applicant_at_which_hojo_fails_is_told_and_in_no_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise ZeroDivisionError

    compared, tables, _ = small(tmp_path)
    monkeypatch.setattr(impact, "record", failing)
    found = weigh_tables(compared, [tables], ["trade"], "ja", 1)
    assert {each.code for each in found.failed} == {"HJ099"}
    grouped = sum(group.applicants + group.undecided for group in found.groups["trade"].values())
    assert grouped == found.inputs - len(found.failed)


def test_rows_that_are_wrong_are_told_at_their_row_and_left_out(tmp_path: Path) -> None:
    own, bought = applicants(20)
    own += [{**own[0]}, {**own[1], "applicant": "bad", "trade": "boat"}]
    bought.append({"applicant": "nobody", "category": "goods", "amount": 1})
    tables = save(tmp_path / "t", own, bought)
    found = weigh_tables(prepare(side(RULES), side(changed(tmp_path))), [str(tables)], [], "ja", 1)
    told = {(each.code, Path(each.where.file).stem, each.where.line) for each in found.failed}
    assert {("HJ465", "applicants", 1), ("HJ465", "applicants", 21), ("HJ466", "items", len(bought))} <= told
    assert ("HJ205", "applicants", 22) in told
    assert found.inputs == 22


def test_the_command_line_reads_tables_and_says_where_columns_go(tmp_path: Path) -> None:
    own, bought = applicants(30)
    save(tmp_path / "t", own, bought)
    changed(tmp_path)
    call = ("diff", RULES, tmp_path / "new.yaml", "--impact", tmp_path / "t")
    for format in ("table", "html"):
        page = hojo(*call, "--by", "trade,prefecture", "--format", format).stdout.decode()
        assert "「業種」ごと" in page and "東京都" in page and "小売業" in page
    assert 'aria-label="「業種」ごとの増える人と減る人"' in page and '<rect class="series s0"' in page
    data = json.loads(hojo(*call, "--by", "trade", "--format", "json").stdout)
    assert data["impact"]["inputs"] == 30
    assert [each["column"] for each in data["impact"]["by"]] == ["trade"]
    told = hojo("diff", RULES, tmp_path / "new.yaml", "--by", "trade")
    assert (told.returncode, b"HJ001" in told.stderr) == (2, True)
    both = hojo(*call, tmp_path / "new.yaml")
    assert (both.returncode, b"HJ001" in both.stderr) == (2, True)


def test_a_folder_of_files_that_is_called_applicants_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "applicants").mkdir()
    (tmp_path / "applicants" / "a.yaml").write_text("facts: {}\n", encoding="utf-8")
    assert not is_table(str(tmp_path)) and not is_table(str(tmp_path / "applicants"))
    assert is_table(str(save(tmp_path / "t"))) and is_table(str(save(tmp_path / "c", kind="csv")))
    assert is_table(str(tmp_path / "t" / "applicants.parquet")) and not is_table(str(tmp_path / "c" / "applicants.csv"))


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new"), [("2025", "2026"), ("2024", "2025"), ("2026", "2025")])
def test_two_years_over_tables_come_to_what_they_come_to_over_files(old: str, new: str, tmp_path: Path) -> None:
    """Groups, items of which fields are left out, and shares of months that are for the evaluator."""
    used = rules()
    lines, made = [], dict[str, list[Any]]()
    for seed in range(150):
        one = with_gaps(subject_of(random_applicant(Random(seed))), Random(-seed - 1))
        own = rows(one, str(seed), used)
        if own is not None:
            lines.append(json.dumps(record(own["applicants"][0], own["items"], own["members"], used)))
            for table, listed in own.items():
                made.setdefault(table, []).extend(listed)
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "t").mkdir()
    for table, listed in made.items():
        text = "\n".join(json.dumps(row) for row in listed)
        (tmp_path / "t" / f"{table}.jsonl").write_text(text, encoding="utf-8")
    compared = prepare(side(old), side(new))
    found = weigh_tables(compared, [str(tmp_path / "t")], ["industry"], "ja", 2)
    same(found, weigh_files(compared, [str(tmp_path / "a.jsonl")], "", 2))
