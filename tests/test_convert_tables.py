"""`hojo convert` from applicant files to tables and back: the same estimates, whole or not at all, nothing lost in silence."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from random_applicants import as_yaml, random_applicant
from subjects import ROOT, fast, outcomes, read, rules

from hojo_cli.base.finding import HojoError, Text
from hojo_cli.batch import conversion, discovery, intake
from hojo_cli.batch.conversion import Client
from hojo_cli.commands import convert
from hojo_cli.tables import writing
from hojo_cli.tables.records import record
from hojo_cli.tables.sql.rows import rows as rows_of
from hojo_cli.tables.sql.tables import TABLES

duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")

EXAMPLES = [path for path in sorted((ROOT / "examples").glob("*.yaml")) if path.stem != "mistakes"]
SHARED = "facts: {}\nitems: [{name: a, category: pc, amount: 10}, {name: b, category: pc, amount: 5}, {discount: 1}]\n"


def converted(paths: list[Path], target: Path, **options: Any) -> list[str]:
    """The codes of what is told."""
    report = convert.run([*map(str, paths)], str(target), "", "ja", quiet=True, **options)
    assert report.exit_code == (1 if report.findings else 0)
    return [found.code for found in report.findings]


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    found = duckdb.sql(f"FROM '{folder / table}.parquet'")
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def test_the_tables_hold_what_every_applicant_file_holds(tmp_path: Path) -> None:
    assert converted(EXAMPLES, tmp_path / "t", format="parquet") == []
    assert sorted(path.name for path in (tmp_path / "t").iterdir()) == sorted(f"{table}.parquet" for table in TABLES)
    made = {table: rows(tmp_path / "t", table) for table in TABLES}
    assert [row["applicant"] for row in made["applicants"]] == [*map(str, EXAMPLES)]
    for own in made["applicants"]:
        items, members = (
            [row for row in made[table] if row["applicant"] == own["applicant"]] for table in ("items", "members")
        )
        text = json.dumps(record(own, items, members, rules()), ensure_ascii=False)
        stated = Path(own["applicant"]).read_text(encoding="utf-8")
        assert outcomes(rules(), read(text, rules())) == outcomes(rules(), read(stated, rules())), own["applicant"]


def test_a_target_named_applicants_parquet_stands_for_its_folder(tmp_path: Path) -> None:
    assert converted(EXAMPLES[:1], tmp_path / "applicants.parquet") == []
    assert {path.name for path in tmp_path.iterdir()} == {f"{table}.parquet" for table in TABLES}
    for target, code in ((tmp_path / "applicants.parquet", "HJ014"), (tmp_path / "clients.parquet", "HJ084")):
        with pytest.raises(HojoError) as problem:
            converted(EXAMPLES[:1], target)
        assert [found.code for found in problem.value.findings] == [code]


def test_what_has_no_rows_is_told_by_name_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "shared.yaml").write_text(SHARED, encoding="utf-8")
    (tmp_path / "last.yaml").write_text("fiscal_year: 2025\nfacts: {}\n", encoding="utf-8")
    files = [EXAMPLES[0], tmp_path / "shared.yaml", tmp_path / "last.yaml"]
    assert converted(files, tmp_path / "t", format="parquet") == ["HJ468", "HJ469", "HJ082"]
    bad = [EXAMPLES[0], ROOT / "examples" / "mistakes.yaml"]
    assert converted(bad, tmp_path / "t", format="parquet")[-1] == "HJ082"
    assert not (tmp_path / "t").exists()


def test_what_a_table_keeps_beside_the_facts(tmp_path: Path) -> None:
    text = "corporate_number: 7123456789012\nfiscal_year: 令和8年度\nframe: インボイス対応類型\nnote: [1, あ]\nexpect: {invoice: 0}\nfacts: {}\n"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    assert converted([tmp_path / "a.yaml"], tmp_path / "t", format="parquet") == []
    (own,) = rows(tmp_path / "t", "applicants")
    assert {key: own[key] for key in ("corporate_number", "fiscal_year", "frame", "note", "expect_invoice")} == {
        "corporate_number": "7123456789012",
        "fiscal_year": 2026,
        "frame": "invoice",
        "note": '[1, "あ"]',
        "expect_invoice": 0,
    }


def estimates(clients: list[Any]) -> list[Any]:
    """Name, corporate number, frame, expected yen, and what comes of every frame, of each applicant."""
    return [
        (
            client.file.applicant.name,
            client.file.corporate_number,
            client.file.frame,
            client.file.expect,
            fast().outcomes(client.file.applicant),
        )
        for client in clients
        if isinstance(client, Client)
    ]


@pytest.mark.no_cover
@pytest.mark.parametrize("count", [40, pytest.param(200, marks=pytest.mark.slow)])
def test_there_and_back_comes_to_the_same_estimates(count: int, tmp_path: Path) -> None:
    """All examples and random applicants that have rows, through tables and JSON Lines, groups among them."""
    texts = (as_yaml(random_applicant(Random(seed))) for seed in range(2 * count))
    subjects = [text for text in texts if rows_of(read(text, rules()), "", rules()) is not None][:count]
    for number, text in enumerate(subjects):
        (tmp_path / f"{number:03}.yaml").write_text(text, encoding="utf-8")
    files = [*map(str, EXAMPLES), str(tmp_path)]
    known = [client for client in conversion.read(files, "", "") if isinstance(client, Client)]
    assert len(known) == len(EXAMPLES) + count
    writing.write(known, str(tmp_path / "t"))
    assert converted([tmp_path / "t"], tmp_path / "a.jsonl") == []
    assert estimates([*conversion.read([str(tmp_path / "a.jsonl")], "", "")]) == estimates(known)


def test_tables_written_anew_are_the_same(tmp_path: Path) -> None:
    assert converted(EXAMPLES, tmp_path / "t", format="parquet") == []
    assert converted([tmp_path / "t" / "applicants.parquet"], tmp_path / "again", format="parquet") == []
    for table in TABLES:
        assert rows(tmp_path / "again", table) == rows(tmp_path / "t", table)


def changed(folder: Path, *statements: str) -> None:
    """Tables with other rows."""
    for table in TABLES:
        duckdb.sql(f"CREATE OR REPLACE TABLE {table} AS FROM '{folder / table}.parquet'")
    for statement in statements:
        duckdb.sql(statement)
    for table in TABLES:
        duckdb.sql(f"COPY {table} TO '{folder / table}.parquet' (FORMAT parquet)")


def test_bad_rows_are_told_at_their_row_and_nothing_is_written(tmp_path: Path) -> None:
    shop, group = ROOT / "examples" / "shop.yaml", ROOT / "examples" / "group.yaml"
    table = tmp_path / "t"
    assert converted([group, shop], table, format="parquet") == []
    changed(
        table,
        "UPDATE applicants SET industry = 'fishing' WHERE applicant LIKE '%shop%'",
        "UPDATE items SET category = 'boat' WHERE applicant LIKE '%shop%' AND name LIKE 'POS%'",
        "UPDATE members SET employees = -1 WHERE member = 3",
        "INSERT INTO items (applicant, category, amount) VALUES ('nobody', 'pc', 1)",
        "INSERT INTO members (applicant, member) SELECT applicant, 4 FROM applicants WHERE applicant LIKE '%group%'",
    )
    report = convert.run([str(table)], str(tmp_path / "a.jsonl"), "", "ja", quiet=True)
    told = [(found.code, Path(found.where.file).stem, found.where.line) for found in report.findings]
    items = rows(table, "items")
    boat = next(number for number, row in enumerate(items, 1) if row["category"] == "boat")
    assert ("HJ466", "items", len(items)) in told
    assert ("HJ465", "members", 4) in told
    assert ("HJ205", "applicants", 2) in told
    assert ("HJ205", "items", boat) in told
    assert told[-1][0] == "HJ082" and not (tmp_path / "a.jsonl").exists()
    changed(table, "DELETE FROM members WHERE name IS NULL", "DELETE FROM items WHERE applicant = 'nobody'")
    report = convert.run([str(table)], str(tmp_path / "a.jsonl"), "", "ja", quiet=True)
    assert ("HJ154", "members", 3) in [
        (found.code, Path(found.where.file).stem, found.where.line) for found in report.findings
    ]


def test_columns_that_no_file_holds_are_named(tmp_path: Path) -> None:
    table = tmp_path / "t"
    assert converted(EXAMPLES[-1:], table, format="parquet") == []
    changed(table, "ALTER TABLE applicants ADD COLUMN 都道府県 VARCHAR")
    report = convert.run([str(table)], str(tmp_path / "a.jsonl"), "", "ja", quiet=True)
    assert [(found.code, "都道府県" in found.message.ja) for found in report.findings] == [("HJ476", True)]
    assert (tmp_path / "a.jsonl").exists()


def test_a_folder_of_tables_given_to_check_is_told_who_reads_it(tmp_path: Path) -> None:
    assert converted(EXAMPLES[-1:], tmp_path / "t", format="parquet") == []
    for path in (tmp_path / "t", tmp_path / "t" / "items.parquet"):
        (told,) = [piece.payload for piece in pieces(path)]
        assert isinstance(told, tuple) and "hojo table" in told[0].hint.ja


def pieces(path: Path) -> list[Any]:
    skipped: Counter[Text] = Counter()
    found = discovery.discover([str(path)], "", skipped)
    return [piece for source in found if not source.is_folder for piece in intake.pieces(source, "", skipped, rules())]
