"""`hojo convert` from applicant files to tables and back: the same estimates, whole or not at all, nothing lost in silence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from subjects import ROOT, outcomes, read, rules

from hojo_cli.base.finding import HojoError
from hojo_cli.commands import convert
from hojo_cli.sql.tables import TABLES
from hojo_cli.tables.records import record

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
