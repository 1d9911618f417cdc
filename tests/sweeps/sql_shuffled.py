"""Spark beside DuckDB on a million applicants: `python tests/sweeps/sql_shuffled.py [--applicants 40000] [--copies 25] [--tables FOLDER]`.

The facts of one random applicant with the purchases and members of another, as often as is asked: most numbers beside one that decides, facts
and fields NULL, sets empty, largest amounts, rows beyond bounds. That DuckDB comes to what the evaluator comes to, `sql_agreement` shows; here
both engines read the same Parquet files, and every row that only one of them gives is printed. `--tables` takes a folder of tables that are there.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from time import monotonic
from typing import Any

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent.parent.parent)]

from sql_agreement import NEWEST, some
from sql_engines import Spark, in_duckdb_filled, tables, written
from subjects import rules

from hojo_cli.tables.sql.tables import TABLES, columns

used = rules(NEWEST)


def main() -> int:
    """1 where anything differs."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--applicants", type=int, default=40_000)
    asked.add_argument("--copies", type=int, default=25)
    asked.add_argument("--tables", default="", help="a folder with applicants.parquet, items.parquet, members.parquet")
    asked.add_argument("--memory", default="6g", help="of Spark")
    wanted = asked.parse_args()
    made = {} if wanted.tables else tables(used, some(NEWEST, range(wanted.applicants)))
    engine = in_duckdb_filled(used, made)
    for table in TABLES if wanted.tables else ():
        engine.execute(f"INSERT INTO {table} SELECT * FROM '{wanted.tables}/{table}.parquet'")
    spark = Spark(wanted.memory, threads=2)
    with tempfile.TemporaryDirectory(prefix="hojo-shuffled-") as folder:
        shuffle(engine, folder, wanted.copies)
        for table in TABLES:
            spark.session.read.parquet(f"{folder}/{table}.parquet").createOrReplaceTempView(table)
            engine.execute(f"DROP TABLE {table}")
            engine.execute(f"CREATE VIEW {table} AS SELECT * FROM '{folder}/{table}.parquet'")
        took, before = {}, monotonic()
        spark.session.sql(written(used, "spark")).write.parquet(f"{folder}/spark")
        took["spark"], before = monotonic() - before, monotonic()
        engine.execute(f"CREATE TABLE in_duckdb AS {written(used, 'duckdb')}")
        took["duckdb"] = monotonic() - before
        spark.stop()
        engine.execute(f"CREATE VIEW in_spark AS SELECT * FROM '{folder}/spark/*.parquet'")
        ((rows, applicants, beyond),) = engine.execute(
            "SELECT count(*), count(DISTINCT applicant), count(DISTINCT CASE WHEN status = 'outside' THEN applicant END) FROM in_spark"
        ).fetchall()
        different = engine.execute(
            "SELECT 'spark', * FROM (SELECT * FROM in_spark EXCEPT ALL SELECT * FROM in_duckdb)"
            " UNION ALL SELECT 'duckdb', * FROM (SELECT * FROM in_duckdb EXCEPT ALL SELECT * FROM in_spark)"
        ).fetchall()
        statuses = engine.execute("SELECT status, count(*) FROM in_spark GROUP BY status ORDER BY 2 DESC").fetchall()
    for row in different[:100]:
        print(row)
    print(
        f"{applicants:,} applicants ({beyond:,} outside), {rows:,} rows {dict(statuses)}, {len(different)} that only one engine gives;"
        f" spark {took['spark']:.0f} s, duckdb {took['duckdb']:.0f} s"
    )
    return 1 if different or not rows else 0


def shuffle(engine: Any, folder: str, copies: int) -> None:
    """The tables as Parquet: in each copy, the purchases and members of an applicant go to another one."""
    run = engine.execute
    run(
        "CREATE TABLE numbered AS SELECT applicant, row_number() OVER (ORDER BY applicant) - 1 AS place FROM applicants"
    )
    run(f"CREATE TABLE copies AS SELECT range AS copy FROM range({copies})")
    keyed = "numbered.place || '-' || copies.copy AS applicant"
    to = "(numbered.place + copies.copy * 7919) % (SELECT count(*) FROM numbered) || '-' || copies.copy AS applicant"
    for table in TABLES:
        others = ", ".join(f'told."{column.name}"' for column in columns(used, table) if column.name != "applicant")
        run(
            f"COPY (SELECT {keyed if table == 'applicants' else to}, {others} FROM {table} AS told"
            f" JOIN numbered USING (applicant) CROSS JOIN copies) TO '{folder}/{table}.parquet' (FORMAT parquet)"
        )


if __name__ == "__main__":
    sys.exit(main())
