"""Tables of applicants of the small ruleset of `verify/base.yaml`, as people hand them in, and what a run makes of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
from subjects import HERE

RULES = str(HERE / "verify" / "base.yaml")

Rows = list[dict[str, Any]]

APPLICANTS: Rows = [
    {"applicant": "a", "name": "甲", "staff": 5, "capital": 100, "trade": "shop"},
    {"applicant": "b", "name": "乙", "staff": 5, "capital": 10**8, "trade": None},
    {"applicant": "c", "name": "丙", "staff": 500, "capital": 10**8, "trade": "maker"},
]
ITEMS: Rows = [
    {"applicant": "a", "category": "goods", "amount": 300_000},
    {"applicant": "a", "category": "goods", "amount": 300_000, "discount": 1},
    {"applicant": "b", "category": "goods", "amount": 500_001},
    {"applicant": "c", "category": "goods", "amount": 500_001},
]


def save(folder: Path, applicants: Rows = APPLICANTS, items: Rows = ITEMS, kind: str = "parquet", **types: str) -> Path:
    """The tables as files; `types` are those of columns that shall have another one than DuckDB gives them."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in (("applicants", applicants), ("items", items)):
        put(folder / f"{table}.{kind}", rows, **types)
    return folder


def put(path: Path, rows: Rows, **types: str) -> Path:
    """One table."""
    lines = path.with_suffix(".lines")
    lines.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    cells = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in types.items() if name in rows[0])
    replaced = f"REPLACE ({cells})" if cells else ""
    engine = duckdb.connect()
    kinds = {".parquet": "FORMAT parquet", ".csv": "FORMAT csv, HEADER", ".jsonl": "FORMAT json"}
    engine.execute(
        f"COPY (SELECT * {replaced} FROM read_json('{lines}', format = 'newline_delimited', sample_size = -1))"
        f" TO '{path}' ({kinds[path.suffix]})"
    )
    lines.unlink()
    return path


def results(path: Path) -> Rows:
    """The rows of a file of results."""
    found = duckdb.connect().execute(f"SELECT * FROM '{path}'")
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def told(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Any, ...]]:
    """Of each applicant status, yen, range and what is missing, in the frame that has requirements."""
    parts = ("status", "subsidy", "low", "high", "missing")
    return {row["applicant"]: tuple(row[part] for part in parts) for row in rows if row["frame"] == "aid"}


def lines(path: Path) -> Rows:
    """What was rejected."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
