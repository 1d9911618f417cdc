"""The query of `hojo sql` in DuckDB beside Polars, OpenFisca and `hojo check`, on the same firms: rows a second, memory, growth.

    python benchmarks/table.py --peers FOLDER [--sizes 100000,1000000] [--rounds 3] [--checked 5000]

The firms come from `firms.py`, made once for each size in a folder of `--data`. Every run is a process of its own that reads Parquet
and writes Parquet (`check`: JSON Lines in, a table out). `elapsed` is what passed, `processor` user + system; both are those of the
quickest run. Polars and OpenFisca reckon one formula by hand in their own environment (`table_peers.py`), DuckDB reckons the same one
by hand too; hojo reckons every frame with every requirement, three-valued, and the invoice frame alone. Nothing is asserted but that
the formula comes to the same yen: rows that differ are counted.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb
import firms

from hojo_cli.rules import ruleset
from hojo_cli.tables.records import record
from hojo_cli.tables.sql.dialect import DIALECTS
from hojo_cli.tables.sql.query import query
from hojo_cli.tables.sql.tables import TABLES

FORMULA = """
WITH costs AS (
  SELECT applicant, CAST(sum(
    CASE WHEN tax = 'included' THEN coalesce(amount, monthly, yearly) * 10 // 11 ELSE coalesce(amount, monthly, yearly) END
    * coalesce(quantity, 1) * CASE WHEN monthly IS NOT NULL THEN months WHEN yearly IS NOT NULL THEN years ELSE 1 END
    - coalesce(discount, 0)) AS BIGINT) AS cost
  FROM items WHERE category IN ('cloud', 'software', 'option', 'support') AND member IS NULL GROUP BY applicant
),
known AS (
  SELECT applicant, coalesce(cost, 0) AS cost,
    coalesce(employees <= CASE WHEN industry IN ('wholesale', 'service', 'lodging', 'entertainment') THEN 100
        WHEN industry = 'retail' THEN 50 WHEN industry = 'rubber' THEN 900 WHEN industry = 'ryokan' THEN 200 ELSE 300 END
      OR entity = 'company' AND capital <= CASE WHEN industry = 'wholesale' THEN 100000000
        WHEN industry IN ('service', 'retail', 'ryokan', 'lodging', 'entertainment') THEN 50000000 ELSE 300000000 END, FALSE) AS sme,
    coalesce(entity IN ('company', 'sole_proprietor')
      AND employees <= CASE WHEN industry IN ('wholesale', 'service', 'retail', 'software') THEN 5 ELSE 20 END, FALSE) AS small
  FROM applicants LEFT JOIN costs USING (applicant)
)
SELECT applicant, CASE WHEN NOT sme THEN 0
  WHEN small AND cost * 4 > 500000 * 5 THEN least((4500000 + cost * 6 - 3750000) // 9, 3500000)
  WHEN NOT small AND cost * 3 > 500000 * 4 THEN least((4500000 + cost * 6 - 4000000) // 9, 3500000)
  WHEN small THEN cost * 4 // 5 ELSE cost * 3 // 4 END AS subsidy
FROM known
"""


RUNS = ("frames", "frames, summed", "invoice", "formula")
"""What DuckDB runs: every frame; the same added up instead of written; the invoice frame alone; the formula by hand."""


class Cost(NamedTuple):
    """Seconds that passed, processor seconds, the largest process in MiB, and what the program says of its own parts."""

    elapsed: float
    processor: float
    memory: int
    said: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100000,1000000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--checked", type=int, default=5_000, help="applicants that hojo check is given")
    parser.add_argument("--tabled", type=int, default=1_000_000, help="the most applicants that hojo table is given")
    parser.add_argument("--only", default="", metavar="NAMES", help="of what is run, with commas")
    parser.add_argument("--peers", type=Path, metavar="FOLDER")
    parser.add_argument("--data", type=Path, metavar="FOLDER", default=Path(tempfile.gettempdir()) / "hojo-firms")
    parser.add_argument("--run", nargs=3, metavar=("NAME", "FOLDER", "OUT"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.run and asked.run[0].isdigit():
        lines(Path(asked.run[1]), Path(asked.run[2]), int(asked.run[0]))
        return
    if asked.run:
        in_duckdb(*asked.run)
        return
    python = environment(asked.peers) if asked.peers else None
    for size in map(int, asked.sizes.split(",")):
        folder = asked.data / str(size)
        if not folder.exists():
            firms.make(folder, size)
        with tempfile.TemporaryDirectory() as out:
            compare(folder, Path(out), size, asked, python)


def compare(folder: Path, out: Path, size: int, asked: argparse.Namespace, python: Path | None) -> None:
    """Everything on so many applicants, in turns."""
    own = [sys.executable, __file__, "--run"]
    named = {name: [*own, name, str(folder), str(out / f"{name}.parquet")] for name in RUNS}
    if size <= asked.tabled:
        named["hojo table"] = [
            sys.executable,
            "-m",
            "hojo_cli",
            "table",
            str(folder / "applicants"),
            "-q",
            "-o",
            "@.parquet",
        ]
    if python is not None:
        for peer in ("polars", "openfisca"):
            program = str(Path(__file__).with_name("table_peers.py"))
            named[peer] = [str(python), program, peer, str(folder), str(out / f"{peer}.parquet")]
    checked = min(asked.checked, size)
    measure([*own, str(checked), str(folder), str(out / "firms.jsonl")])  # in a process of its own, as all of them
    named["hojo check"] = [sys.executable, "-m", "hojo_cli", "check", "-q", "--exit-zero", str(out / "firms.jsonl")]
    wanted = asked.only.split(",") if asked.only else named
    named = {name: command for name, command in named.items() if name in wanted}
    costs: dict[str, list[Cost]] = {name: [] for name in named}
    for turn in range(asked.rounds):
        for name, command in named.items():
            fresh = [part.replace("@", str(out / f"table{turn}")) for part in command]
            costs[name].append(measure(fresh))
    print(f"\n{size:,} applicants")
    for name, taken in costs.items():
        best, rows = min(taken), checked if name == "hojo check" else size
        print(
            f"{name:<16} {rows / best.elapsed:>12,.0f} rows/s elapsed {rows / best.processor:>12,.0f} rows a processor second"
            f" {best.elapsed:7.2f} s {best.processor:7.2f} s {best.memory:6} MiB  {best.said}"
        )
    for peer in ("polars", "openfisca"):
        if python is not None and {peer, "formula"} <= set(named):
            sql = (
                f"SELECT count(*) FROM '{out}/formula.parquet' AS one JOIN '{out}/{peer}.parquet' AS other USING (applicant)"
                " WHERE one.subsidy IS DISTINCT FROM other.subsidy"
            )
            wrong = duckdb.sql(sql).fetchall()[0][0]
            print(f"{peer}: {wrong:,} rows come to other yen than whole numbers do")


def in_duckdb(name: str, folder: str, out: str) -> None:
    """A query in DuckDB, planned and run."""
    engine, used = duckdb.connect(), ruleset.load("2026")
    for table in TABLES:
        engine.execute(f"CREATE VIEW {table} AS FROM '{folder}/{table}/*.parquet'")
    if name == "invoice":
        used = used._replace(frames={"invoice": used.frames["invoice"]})
    sql = FORMULA if name == "formula" else query(used, DIALECTS["duckdb"])
    started = time.perf_counter()
    engine.execute(f"PREPARE planned AS {sql}")
    planned = time.perf_counter()
    if name.endswith("summed"):
        sql = f"SELECT frame, status, count(*), sum(subsidy), sum(eligible_cost) FROM ({sql}) AS results GROUP BY ALL"
    engine.execute(f"COPY ({sql}) TO '{out}' (FORMAT parquet)")
    print(json.dumps({"planned": planned - started, "run": time.perf_counter() - planned}))


def lines(folder: Path, file: Path, number: int) -> None:
    """The first applicants as JSON Lines."""
    engine, used = duckdb.connect(), ruleset.load("2026")
    first = f"'{folder}/applicants/*.parquet' ORDER BY applicant LIMIT {number}"
    rows = {"applicants": engine.sql(f"FROM {first}")}
    for table in ("items", "members"):
        rows[table] = engine.sql(
            f"FROM '{folder}/{table}/*.parquet' WHERE applicant IN (SELECT applicant FROM {first})"
        )
    held: dict[str, dict[str, list[dict[str, object]]]] = {}
    for table, found in rows.items():
        held[table] = {}
        for row in found.fetchall():
            values = dict(zip(found.columns, row, strict=True))
            held[table].setdefault(str(values["applicant"]), []).append(values)
    with file.open("w", encoding="utf-8") as written:
        for key, ((own),) in held["applicants"].items():
            one = record(own, held["items"].get(key, ()), held["members"].get(key, ()), used)
            written.write(json.dumps({"name": key, **one}, ensure_ascii=False) + "\n")


def environment(folder: Path) -> Path:
    """The interpreter of the peers' environment, made if it is not there."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "openfisca-core", "polars"], check=True)
    return python


def measure(command: Sequence[str]) -> Cost:
    """One process, and those that it starts."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    said = process.stdout.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - started
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    last = said.strip().splitlines()[-1:] or [""]
    return Cost(elapsed, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, last[0] if last[0][:1] == "{" else "")


if __name__ == "__main__":
    main()
