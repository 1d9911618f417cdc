"""The simulated applicants as tables that `hojo sql` reads: one set with the facts of all years, as Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb

from hojo_cli.rules.ruleset import load
from hojo_cli.tables.sql.dialect import DIALECTS
from hojo_cli.tables.sql.tables import TABLES, columns
from simulations.national_year.published import YEARS
from simulations.national_year.purchases import Row

BESIDE: Final = {
    "frame": "VARCHAR",
    "granted": "BOOLEAN",
    "prefecture": "VARCHAR",
    "printed_industry": "VARCHAR",
    "headcount": "VARCHAR",
    "amount_class": "VARCHAR",
}
"""Columns of `applicants` that no rule reads: the frame applied for, whether granted, and the classes as printed."""

ORDER: Final = {
    "applicants": "applicant",
    "items": "applicant, member, category, amount",
    "members": "applicant, member",
}


def kinds(table: str) -> dict[str, str]:
    """The columns of a table with their types: whatever a ruleset of any of the years declares."""
    dialect = DIALECTS["duckdb"]
    found = {column.name: dialect.columns[column.kind] for year in YEARS for column in columns(load(year), table)}
    return found | (BESIDE if table == TABLES[0] else {})


def made(rows: Iterable[tuple[Row, list[Row], list[Row]]]) -> duckdb.DuckDBPyConnection:
    """A database with the three tables."""
    engine = duckdb.connect(config={"threads": "1"})  # several would write the same rows in another order
    with TemporaryDirectory() as folder:
        written = {table: Path(folder, f"{table}.jsonl") for table in TABLES}
        with ExitStack() as stack:
            files = [stack.enter_context(path.open("w", encoding="utf-8")) for path in written.values()]
            for own, items, members in rows:
                for file, listed in zip(files, ([own], items, members), strict=True):
                    file.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in listed)
        for table, path in written.items():
            engine.execute(
                f"CREATE TABLE {table} AS SELECT * FROM read_json(?, format = 'newline_delimited', "
                f"columns = {kinds(table)}) ORDER BY {ORDER[table]}",
                [str(path)],
            )
    return engine


def save(engine: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[Path]:
    """The tables as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        path = folder / f"{table}.parquet"
        engine.execute(
            f"COPY {table} TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet, COMPRESSION zstd)"
        )
        yield path
