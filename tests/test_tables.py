"""`hojo table` comes to the same yen as `hojo check`, whatever the files are, and no row is lost."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from random_applicants import random_applicant
from small_tables import APPLICANTS, ITEMS, RULES, lines, put, results, save, told
from sql_engines import tables, with_gaps
from subjects import HERE, ROOT, read, rules, subject_of
from this_process import hojo

from hojo_cli.batch.inspection import Inspector, Settings
from hojo_cli.batch.intake.piece import Piece
from hojo_cli.commands import table
from hojo_cli.engine.missing import settle
from hojo_cli.explanation import explain
from hojo_cli.tables.engine import connect
from hojo_cli.tables.records import record
from hojo_cli.tables.sql.dialect import DIALECTS
from hojo_cli.tables.sql.tables import columns


def run(folder: Path, **options: Any) -> list[dict[str, Any]]:
    """The results of a run of the small ruleset."""
    target = folder / options.pop("target", "results.parquet")
    table.run([str(folder)], str(target), rules=RULES, lang="en", jobs=1, quiet=True, **options)
    return results(target)


EXPECTED = {
    "a": ("payable", 399_999, None, None, None),
    "b": ("incomplete", None, 0, 333_334, ["trade"]),
    "c": ("ineligible", 0, None, None, None),
}


# --- the same as `hojo check` ---------------------------------------------------------------------------------------------


@pytest.mark.no_cover
@pytest.mark.parametrize("count", [12, pytest.param(300, marks=pytest.mark.slow)])
def test_a_table_comes_to_what_check_comes_to_frame_by_frame(count: int, tmp_path: Path) -> None:
    """Examples, cases, and applicants at random with facts and fields left out: status, yen, best, plan; range and missing as of `estimate`."""
    used, few = rules(), count < 100
    files = [
        *sorted((HERE / "cases" / "2026").rglob("*.yaml"))[:: 15 if few else 1],
        *sorted((ROOT / "examples").glob("*.yaml")),
    ]
    subjects = {path.name: read(path.read_text(encoding="utf-8"), used) for path in files if path.stem != "mistakes"}
    subjects |= {
        f"r{seed}": with_gaps(subject_of(random_applicant(Random(seed))), Random(-seed - 1)) for seed in range(count)
    }
    made = tables(used, subjects)
    kinds = DIALECTS["duckdb"].columns
    for name, rows in made.items():
        put(tmp_path / f"{name}.parquet", rows, **{each.name: kinds[each.kind] for each in columns(used, name)})
    table.run([str(tmp_path)], str(tmp_path / "results.parquet"), rules="2026", plans=True, jobs=1, quiet=True)
    found = results(tmp_path / "results.parquet")
    assert [row["applicant"] for row in found][:: len(used.frames)] == [row["applicant"] for row in made["applicants"]]
    inspector = Inspector(Settings("2026"))
    for place, own in enumerate(made["applicants"]):
        key = own["applicant"]
        bought, members = ([row for row in made[name] if row["applicant"] == key] for name in ("items", "members"))
        line = json.dumps(record(own, bought, members, used)).encode()
        checked = inspector(Piece("a.jsonl", "jsonl", 1, 1, line)).checked
        assert checked is not None
        mine = found[place * len(used.frames) : (place + 1) * len(used.frames)]
        assert [(row["frame"], row["status"], row["subsidy"]) for row in mine] == [
            (each.frame, each.status, each.subsidy) for each in checked.outcomes
        ], key
        assert [row["frame"] for row in mine if row["best"]] == ([checked.best] if checked.best else []), key
        assert {row["plan_total"] for row in mine} == {checked.plan.total if checked.plan else 0}, key
        for row in mine:
            if row["status"] == "incomplete":
                settled = settle(used, used.frames[row["frame"]], subjects[key])
                yen = [leaf.subsidy or 0 for leaf in settled.outcomes]
                assert (row["low"], row["high"]) == (min(yen, default=None), max(yen, default=None))
                assert len(row["missing"]) == len(settled.missing)


def test_costs_are_those_of_the_explanation_whoever_reckons(tmp_path: Path) -> None:
    """Who is beyond what SQL reckons with, and who is not."""
    items = [{**ITEMS[0], "amount": 10**15}, *ITEMS[2:]]
    save(tmp_path, items=items)
    found = {(row["applicant"], row["frame"]): row["eligible_cost"] for row in run(tmp_path)}
    used = rules(RULES)
    for row in APPLICANTS:
        key = row["applicant"]
        bought = [item for item in items if item["applicant"] == key]
        one = read(json.dumps(record(row, bought, [], used)), used)
        for estimate in explain.estimates(used, one):
            assert found[key, estimate.frame] == (None if estimate.status == "incomplete" else estimate.eligible_cost)


# --- files as people have them --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["parquet", "csv", "jsonl"])
def test_each_kind_of_file_is_read_and_written(kind: str, tmp_path: Path) -> None:
    found = told(run(save(tmp_path, kind=kind), target=f"results.{kind}"))
    if kind == "csv":
        found = {key: (*row[:4], row[4].split(";") if row[4] else None) for key, row in found.items()}
    assert found == EXPECTED


def test_partitions_several_files_and_other_kinds_beside_each_other_are_one_table(tmp_path: Path) -> None:
    for trade, rows in (("shop", APPLICANTS[:1]), ("maker", APPLICANTS[2:])):
        part = tmp_path / "applicants" / f"trade={trade}"
        part.mkdir(parents=True)
        put(part / "0.parquet", [{key: held for key, held in row.items() if key != "trade"} for row in rows])
        (part / "_SUCCESS").touch()
    put(tmp_path / "items-1.csv", ITEMS[:1])
    put(tmp_path / "items-2.jsonl", ITEMS[1:2] + ITEMS[3:])
    assert told(run(tmp_path)) == {key: EXPECTED[key] for key in ("c", "a")}  # in the order of the files


def test_parts_come_to_the_same_in_the_order_of_the_input(tmp_path: Path) -> None:
    many = [{**APPLICANTS[seed % 3], "applicant": f"{seed:03}"} for seed in range(45)]
    items = [
        {**item, "applicant": f"{seed:03}"}
        for seed in range(45)
        for item in ITEMS
        if item["applicant"] == APPLICANTS[seed % 3]["applicant"]
    ]
    whole, parted = run(save(tmp_path / "whole", many, items)), run(save(tmp_path / "parted", many, items), part=20)
    assert [row["applicant"] for row in parted][::2] == [row["applicant"] for row in many]
    assert parted == whole
    assert not (tmp_path / "parted" / "results.parquet.parts").exists()


def test_one_row_a_cell_of_another_type_and_text_that_people_write_are_read_exactly(tmp_path: Path) -> None:
    """Whole numbers in floating and decimal columns are numbers; a text of another kind goes to the reader of applicant files."""
    save(tmp_path, staff="DOUBLE", capital="DECIMAL(20,2)", amount="VARCHAR")
    assert told(run(tmp_path)) == EXPECTED
    written = [{**item, "amount": "300千円" if item["amount"] == 300_000 else "50万1円"} for item in ITEMS]
    assert told(run(save(tmp_path, items=written))) == EXPECTED
    keys = {"a": 1, "b": 2, "c": 3}
    people, bought = ([{**row, "applicant": keys[row["applicant"]]} for row in rows] for rows in (APPLICANTS, ITEMS))
    assert [*told(run(save(tmp_path, people, bought))).values()] == [*EXPECTED.values()]


def test_empty_tables_and_absent_items_have_results_or_none(tmp_path: Path) -> None:
    duckdb.connect().execute(f"COPY (SELECT 'a' AS applicant WHERE FALSE) TO '{tmp_path}/applicants.parquet'")
    assert run(tmp_path) == []
    put(tmp_path / "applicants.parquet", APPLICANTS)
    assert {row["status"] for row in run(tmp_path)} == {"no_cost"}


@pytest.mark.parametrize("kind", ["csv", pytest.param("parquet", marks=pytest.mark.slow)])
def test_ten_thousand_columns_more_are_passed_over(kind: str, tmp_path: Path) -> None:
    more = [f"column {place}; DROP TABLE applicants --" for place in range(10_000)]
    path = save(tmp_path, kind=kind) / f"applicants.{kind}"
    if kind == "csv":
        rows = path.read_text(encoding="utf-8").splitlines()
        wide = [f"{row},{','.join(more if row == rows[0] else map(str, range(10_000)))}" for row in rows]
        path.write_text("\n".join(wide), encoding="utf-8")
    else:
        columns = ", ".join(f'{place} AS "{name}"' for place, name in enumerate(more))
        duckdb.connect().execute(f"COPY (SELECT *, {columns} FROM '{path}') TO '{tmp_path}/wide.parquet'")
        (tmp_path / "wide.parquet").replace(path)
    assert told(run(tmp_path)) == EXPECTED


def test_foreign_text_in_names_files_and_folders_is_text(tmp_path: Path) -> None:
    name = "'; DROP TABLE every_applicants; --\n\x1b[31m\u202e☃"
    folder = tmp_path / "it's; [a]*?\nDROP"
    plain = save(
        tmp_path / "plain",
        [{**row, "name": name, "applicant": f"{name}{row['applicant']}"} for row in APPLICANTS],
        [{**item, "applicant": f"{name}{item['applicant']}"} for item in ITEMS],
    )
    plain.rename(folder)
    target = folder / "r'[1]*.parquet"
    found = hojo("table", folder, "-o", target, "--rules", RULES, "--lang", "en")
    assert found.returncode == 0, found.stderr
    assert b"\x1b" not in found.stdout
    copied = tmp_path / "copied.parquet"
    copied.write_bytes(target.read_bytes())
    rows = results(copied)
    assert {row["name"] for row in rows} == {name}
    assert [row["status"] for row in rows][::2] == [each[0] for each in EXPECTED.values()]


# --- what is wrong in a row -----------------------------------------------------------------------------------------------


def test_what_is_wrong_is_told_by_table_row_and_column_and_nobody_is_lost(tmp_path: Path) -> None:
    applicants = [
        *APPLICANTS,
        {"applicant": "d", "staff": 1},
        {"applicant": "e", "staff": -1},
        {"applicant": None},
        {"applicant": "d", "staff": 2},
        {"applicant": "f", "trade": "fishing"},
        {"applicant": "g"},
        {"applicant": "h"},
    ]
    items = [
        *ITEMS,
        {"applicant": "nobody", "category": "goods", "amount": 1},
        {"applicant": "g", "category": "goods", "amount": 1},
        {"applicant": "g", "category": "goods", "amount": 1, "monthly": 2},
        {"applicant": "h", "category": "goods", "amount": 1, "member": 3},
        {"category": "goods", "amount": 1},
    ]
    save(tmp_path, applicants, items)
    report = table.run([str(tmp_path)], str(tmp_path / "results.parquet"), rules=RULES, lang="en", jobs=1, quiet=True)
    assert report.exit_code == 1
    assert told(results(tmp_path / "results.parquet")) == EXPECTED
    wrong = lines(tmp_path / "results.rejected.jsonl")
    assert [(line["table"], line["row"], line["column"], line["code"], line["applicant"]) for line in wrong] == [
        ("applicants", 4, "applicant", "HJ465", "d"),
        ("applicants", 5, "staff", "HJ154", "e"),
        ("applicants", 6, "applicant", "HJ466", None),
        ("applicants", 7, "applicant", "HJ465", "d"),
        ("applicants", 8, "trade", "HJ205", "f"),
        ("items", 5, "applicant", "HJ466", "nobody"),
        ("items", 7, "", "HJ207", "g"),
        ("items", 8, "member", "HJ201", "h"),
        ("items", 9, "applicant", "HJ466", None),
    ]
    assert {line["file"] for line in wrong} == {str(tmp_path / f"{name}.parquet") for name in ("applicants", "items")}
    assert {line["applicant"] for line in wrong} - {"nobody"} | set(EXPECTED) == {
        row["applicant"] for row in applicants
    }


def test_rows_of_csv_are_counted_with_the_header_and_their_texts_told(tmp_path: Path) -> None:
    save(tmp_path, kind="csv")
    (tmp_path / "applicants.csv").write_text("applicant,staff,name\na,5,甲\nb,several,乙\n", encoding="utf-8-sig")
    (tmp_path / "items.csv").write_text('applicant,category,amount\na,goods,"1,000"\nb,goods,1\n', encoding="utf-8")
    run(tmp_path)
    (line,) = lines(tmp_path / "results.rejected.jsonl")
    assert (line["row"], line["column"], "several" in line["message"]) == (3, "staff", True)


# --- what cannot go on ----------------------------------------------------------------------------------------------------


def refused(folder: Path, *options: str) -> str:
    """The one line, and the hint below it, of a run that could not be; nothing is written, nothing left behind."""
    before = sorted(folder.iterdir())
    ended = hojo("table", folder, "-o", folder / "results.parquet", "--rules", RULES, "--lang", "en", *options)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert sorted(folder.iterdir()) == before
    said = ended.stderr.decode()
    assert all(line.startswith("    ") for line in said.splitlines()[1:])
    return said


def test_a_file_that_is_torn_or_something_else_is_one_line(tmp_path: Path) -> None:
    whole = save(tmp_path) / "items.parquet"
    data = whole.read_bytes()
    whole.write_bytes(data[: len(data) // 2])
    assert "items.parquet" in (line := refused(tmp_path))
    assert "HJ461" in line and "breaks off" in line
    whole.write_bytes(data[:-8] + b"\xff\xff\xff\x7fPAR1")  # an end that promises more than there is
    assert "HJ461" in refused(tmp_path)
    middle = len(data) // 3
    whole.write_bytes(data[:4] + bytes(middle) + data[4 + middle :])  # whole at both ends
    assert "HJ461" in refused(tmp_path)
    whole.write_text("applicant,category\n", encoding="utf-8")
    assert "no Parquet" in refused(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("items.csv", b"applicant,category,amount\na,goods,1\na,goods\n", "HJ461"),
        ("items.csv", b"applicant,category,amount\na,goods,1,2\n", "HJ461"),
        ("items.csv", "applicant,category,name\na,goods,\u8868\n".encode("cp932"), "UTF-8"),
        ("items.csv", b"applicant,category,Category\n", "two columns"),
        ("items.csv", b"", "empty"),
        ("items.csv", b"category,amount\n", "HJ462"),
        ("items.jsonl", b'{"applicant": "a", "category": "goods"}\n{"applicant": \n', "HJ461"),
        ("items.jsonl", b'{"applicnt": "a", "category": "goods"}\n', "applicant"),
    ],
)
def test_a_text_with_a_row_that_cannot_be_read_is_one_line(name: str, text: bytes, said: str, tmp_path: Path) -> None:
    save(tmp_path)
    (tmp_path / "items.parquet").unlink()
    (tmp_path / name).write_bytes(text)
    line = refused(tmp_path)
    assert name in line and said in line


def test_a_column_of_an_impossible_type_or_a_needed_one_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    save(tmp_path, [{"applicant": "a", "staff": [1]}])
    assert "HJ463" in (line := refused(tmp_path)) and "staff" in line and "BIGINT[]" in line
    put(tmp_path / "applicants.parquet", [{"staff": 1}])
    assert "HJ462" in (line := refused(tmp_path)) and "applicant" in line


def test_a_type_that_holds_other_values_is_told_row_by_row(tmp_path: Path) -> None:
    save(tmp_path, [{**row, "staff": "2026-04-01"} for row in APPLICANTS], staff="DATE")
    assert run(tmp_path) == []
    assert [line["column"] for line in lines(tmp_path / "results.rejected.jsonl")] == ["staff"] * 3


def test_a_misspelt_column_is_told_and_what_has_none_is_unknown(tmp_path: Path) -> None:
    save(tmp_path, [{"applicant": "a", "staf": 1, "prefecture": "x"}])
    ended = hojo("table", tmp_path, "-o", tmp_path / "results.csv", "--rules", RULES, "--lang", "en")
    assert ended.returncode == 1  # items of nobody
    assert b"HJ464" in ended.stderr and b"`staff`" in ended.stderr and b"prefecture" not in ended.stderr
    assert b"staff, capital, trade" in ended.stdout


def test_without_duckdb_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert "HJ012" in refused(tmp_path)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--memory", "plenty"), "--memory"),
        (("--memory", "1MB"), "200MB"),
        (("-o", "x.xlsx"), ".parquet"),
        (("-o", "."), "."),
        (("--rejected", "{folder}/results.parquet"), "results"),
    ],
)
def test_options_that_make_no_sense_are_one_line(options: tuple[str, str], said: str, tmp_path: Path) -> None:
    save(tmp_path)
    assert said in refused(tmp_path, *(option.format(folder=tmp_path) for option in options))


def test_no_output_takes_the_place_of_an_input(tmp_path: Path) -> None:
    save(tmp_path)
    for option, name in (("-o", "items.parquet"), ("--rejected", "applicants.parquet")):
        assert "HJ457" in refused(tmp_path, option, str(tmp_path / name))


def test_the_engine_reads_nothing_else_fetches_nothing_and_stays_so(tmp_path: Path) -> None:
    other = put(tmp_path / "other.parquet", APPLICANTS)
    (tmp_path / "work").mkdir()
    allowed = put(tmp_path / "own.parquet", APPLICANTS)
    engine = connect([str(allowed)], [str(tmp_path / "work")])
    assert engine.execute(f"SELECT count(*) FROM '{allowed}'").fetchone() == (3,)
    for statement in (
        f"SELECT * FROM '{other}'",
        "SELECT * FROM read_text('/etc/hostname')",
        f"COPY (SELECT 1) TO '{tmp_path}/written.csv'",
        "SELECT * FROM 'https://example.org/a.parquet'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        f"ATTACH '{tmp_path}/other.db'",
    ):
        with pytest.raises(duckdb.Error):
            engine.execute(statement)
