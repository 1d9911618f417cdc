"""What runs the query of a ruleset: DuckDB, SQLite, PostgreSQL and Spark, each given the same rows; and what the evaluator says of them."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from any_applicants import any_fact
from oracle_2026 import Facts, Member
from random_applicants import as_yaml, random_applicant
from subjects import read, rules

from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.evaluator import Evaluator
from hojo_cli.rules.declared import Ruleset
from hojo_cli.tables.sql.dialect import DIALECTS
from hojo_cli.tables.sql.query import query
from hojo_cli.tables.sql.rows import rows
from hojo_cli.tables.sql.tables import TABLES, columns, ddl
from hojo_cli.tables.sql.variants import NONE, Variants

Made = Mapping[str, list[dict[str, Any]]]
Found = list[tuple[Any, ...]]
Answers = dict[str, dict[str, tuple[str, int | None]]]


# --- applicants, and what the evaluator says of them ---


def told(used: Ruleset, applicants: Mapping[str, Applicant]) -> Answers:
    """What the evaluator comes to, three-valued."""
    reader = Evaluator(used)
    found: Answers = {}
    for key, one in applicants.items():
        case = reader.case(one)
        judged = {name: judge(case) for name, judge in reader.judges.items()}
        found[key] = {name: (each.status.value, each.subsidy) for name, each in judged.items()}
    return found


def answers(found: Iterable[tuple[Any, ...]]) -> Answers:
    """Status and yen by applicant and frame."""
    by_key: Answers = {}
    for key, frame, status, yen, _ in found:
        by_key.setdefault(key, {})[frame] = status, yen
    return by_key


def outside(found: Answers) -> set[str]:
    """Who is beyond what is reckoned with, in every frame."""
    return {key for key, frames in found.items() if {status for status, _ in frames.values()} == {"outside"}}


def tables(used: Ruleset, applicants: Mapping[str, Applicant]) -> dict[str, list[dict[str, Any]]]:
    """Their rows; whoever shares a discount in parts of a yen has none."""
    made: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    for key, one in applicants.items():
        for table, listed in (rows(one, key, used) or {}).items():
            made[table] += listed
    return made


def with_gaps(one: Applicant, random: Random) -> Applicant:
    """Half of the applicants with facts and item fields left out: a few of them, or most."""
    if random.random() < 0.5:
        return one
    share = random.choice((0.05, 0.2, 0.6))

    def thinned(subject: Applicant) -> Applicant:
        items = tuple(
            item._replace(fields={name: held for name, held in item.fields.items() if random.random() > share})
            for item in subject.items
        )
        facts = {name: value for name, value in subject.facts.items() if random.random() > share}
        return subject._replace(facts=facts, items=items, members=tuple(map(thinned, subject.members)))

    return thinned(one)


def beside_borders(name: str, seeds: Iterable[int]) -> dict[str, Applicant]:
    """Applicants of a year whose numbers stand beside those that decide, half of them with gaps; without those who have no rows."""
    found = {str(seed): with_gaps(_of_year(name, seed), Random(-seed - 1)) for seed in seeds}
    return {key: one for key, one in found.items() if rows(one, key, rules(name)) is not None}


def _of_year(name: str, seed: int) -> Applicant:
    """One of the newest year, without the facts that another year does not ask for, with those that only it has."""
    used, plain, random = rules(name), random_applicant(Random(seed)), Random(seed)

    def asked(facts: Facts) -> Facts:
        return {fact: value for fact, value in facts.items() if fact in used.facts}

    members = [Member(facts=asked(member["facts"]), items=member["items"]) for member in plain["members"]]
    one = read(as_yaml({"facts": asked(plain["facts"]), "items": plain["items"], "members": members}), used)
    own = [spec for fact, spec in used.facts.items() if fact not in rules().facts and not spec.only_if]
    more = {spec.id: any_fact(name, spec, {}, random) for spec in own if random.randrange(4)}
    return one._replace(facts={**one.facts, **more})


BEYOND: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("applicants", {"industry": "fishing"}),
    ("applicants", {"wage_growth": 1, "wage_growth_per": 0}),
    ("applicants", {"wage_growth": 1, "wage_growth_per": None}),
    ("applicants", {"employees": 0, "near_minimum_wage_months": 3}),
    ("applicants", {"supplier_accounts": 0, "sme_supplier_accounts": 0}),
    ("items", {"category": "boat"}),
    ("items", {"category": ""}),
    ("items", {"amount": None, "monthly": None}),
    ("items", {"monthly": 1, "months": 1}),
    ("items", {"amount": 1, "months": 0}),
    ("items", {"processes": ["P-99"]}),
    ("items", {"functions": ["accounting", "accounting"]}),
    ("items", {"discount": 10**12}),
    ("items", {"quantity": 0}),
)
"""Rows that no applicant file of the newest year can have."""


def beyond(one: Applicant) -> dict[str, list[dict[str, Any]]]:
    """An applicant again and again, each time with a row that no file can have: those above, and in each column of a number the
    largest and the smallest that there are.
    """
    used, made = rules(), {table: list[dict[str, Any]]() for table in TABLES}
    extremes = [
        (table, {column.name: number})
        for table in ("applicants", "items")
        for column in columns(used, table)
        if column.kind in ("yen", "count", "months", "rate") and column.name != "member"
        for number in (2**63 - 1, -(2**63))
    ]
    for place, (table, values) in enumerate((*BEYOND, *extremes)):
        changed = tables(used, {f"beyond {place} {next(iter(values))}": one})
        changed[table][0].update(values)
        for name, listed in changed.items():
            made[name] += listed
    return made


# --- engines ---


_WRITTEN: Final[dict[tuple[str, str, Variants], str]] = {}


def written(used: Ruleset, name: str, variants: Variants = NONE) -> str:
    """The query, for an engine."""
    key = used.sha256, name, variants
    if key not in _WRITTEN:
        _WRITTEN[key] = query(used, DIALECTS[name], "en", variants)
    return _WRITTEN[key]


@cache
def _duckdb() -> Any:
    return pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'hojo-cli[sql]'").connect()


def in_duckdb_filled(used: Ruleset, made: Made) -> Any:
    """DuckDB with the three tables and their rows."""
    engine, dialect = _duckdb(), DIALECTS["duckdb"]
    for statement in (*(f"DROP TABLE IF EXISTS {table}" for table in TABLES), ddl(used, dialect, "ja")):
        engine.execute(statement)
    with tempfile.TemporaryDirectory() as folder:
        for table, listed in made.items():
            path = Path(folder) / f"{table}.jsonl"
            path.write_text("".join(f"{json.dumps(row)}\n" for row in listed), encoding="utf-8")
            kinds = {column.name: dialect.columns[column.kind] for column in columns(used, table)}
            if listed:
                engine.execute(
                    f"INSERT INTO {table} SELECT * FROM read_json(?, format = 'newline_delimited', columns = {kinds})",
                    [str(path)],
                )
    return engine


def duckdb_rows(used: Ruleset, made: Made, variants: Variants = NONE) -> Found:
    """The query, run in DuckDB."""
    found: Found = in_duckdb_filled(used, made).execute(written(used, "duckdb", variants)).fetchall()
    return found


def in_sqlite_filled(used: Ruleset, made: Made) -> sqlite3.Connection:
    """SQLite with the three tables and their rows: its lists are texts `a;b`."""
    engine = sqlite3.connect(":memory:")
    engine.executescript(ddl(used, DIALECTS["sqlite"], "ja"))
    for table, listed in made.items():
        names = [column.name for column in columns(used, table)]
        values = [
            [";".join(row[name]) if isinstance(row.get(name), list) else row.get(name) for name in names]
            for row in listed
        ]
        engine.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", values)
    return engine


def sqlite_rows(used: Ruleset, made: Made, variants: Variants = NONE) -> Found:
    """The query, run in SQLite."""
    return in_sqlite_filled(used, made).execute(written(used, "sqlite", variants)).fetchall()


class Postgresql:
    """A server of its own on a socket of its own, and gone afterwards. It does not run as root, so then as its own user."""

    def __init__(self) -> None:
        self.bin = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
        if self.bin is None and (found := shutil.which("initdb")):
            self.bin = Path(found).parent
        if self.bin is None:
            pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
        self.folder = Path(tempfile.mkdtemp(prefix="hojo-pg-"))
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", f"{self.folder}/data", "-A", "trust", "-U", "hojo", "-E", "UTF8", "--no-locale")
        start = f"-k {self.folder} -c listen_addresses= -c fsync=off -c autovacuum=off"
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", "-o", start, "start")

    def _run(self, program: str, *arguments: str, given: str = "") -> str:
        assert self.bin is not None
        user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        done = subprocess.run(
            [*user, str(self.bin / program), *arguments],
            input=given,
            capture_output=True,
            encoding="utf-8",
            cwd=self.folder,
            check=False,
        )
        assert done.returncode == 0, done.stderr[:2_000]
        return done.stdout

    def said(self, statements: str) -> str:
        """What comes of statements."""
        options = ("-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder), "-U", "hojo", "-d", "postgres")
        return self._run("psql", *options, given=statements)

    def rows(self, used: Ruleset, made: Made, variants: Variants = NONE) -> Found:
        """The query, run there."""
        parts = [f"DROP TABLE IF EXISTS {table};" for table in TABLES] + [ddl(used, DIALECTS["postgresql"], "ja")]
        for table, listed in made.items():
            names = [column.name for column in columns(used, table)]
            cells = io.StringIO()
            csv.writer(cells, lineterminator="\n").writerows(
                [[_cell(row.get(name)) for name in names] for row in listed]
            )
            parts.append(f"COPY {table} FROM STDIN (FORMAT csv, NULL '\\N');\n{cells.getvalue()}\\.")
        parts.append("ANALYZE;")
        self.said("\n".join(parts))
        said = self.said(
            f"\\pset null '\\\\N'\n\\pset format csv\n\\pset tuples_only on\n{written(used, 'postgresql', variants)};"
        )
        return [
            (*map(int, variant), key, frame, status, *(None if cell == "\\N" else int(cell) for cell in (yen, cost)))
            for *variant, key, frame, status, yen, cost in csv.reader(io.StringIO(said))
        ]

    def stop(self) -> None:
        """The server stops, and nothing is left of it."""
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def _cell(value: object) -> str:
    match value:
        case None:
            return "\\N"
        case bool():
            return "t" if value else "f"
        case list():
            return "{" + ",".join(f'"{each}"' for each in value) + "}"
    return str(value)


class Spark:
    """Spark in local mode, on the rows as Parquet files that DuckDB writes."""

    def __init__(self, memory: str = "2g", threads: int = 1) -> None:
        sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed: pip install pyspark")
        if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
            pytest.skip("there is no Java for Spark: apt-get install openjdk-17-jre-headless")
        self.folder = Path(tempfile.mkdtemp(prefix="hojo-spark-"))
        settings = {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.driver.memory": memory,
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.sql.shuffle.partitions": str(threads),
            "spark.sql.codegen.wholeStage": "false",  # it plans twice as fast, and reckons no slower
            "spark.sql.warehouse.dir": str(self.folder / "warehouse"),
        }
        building = sql.SparkSession.builder.master(f"local[{threads}]").appName("hojo")
        for key, value in settings.items():
            building = building.config(key, value)
        self.session = building.getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")

    def rows(self, used: Ruleset, made: Made, variants: Variants = NONE) -> Found:
        """The query, run there."""
        engine = in_duckdb_filled(used, made)
        for table in TABLES:
            file = self.folder / f"{table}.parquet"
            engine.execute(f"COPY {table} TO '{file}' (FORMAT parquet)")
            self.session.catalog.clearCache()
            self.session.read.parquet(str(file)).createOrReplaceTempView(table)
        return [tuple(row) for row in self.session.sql(written(used, "spark", variants)).collect()]

    def stop(self) -> None:
        """Spark ends."""
        self.session.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def engine(name: str) -> tuple[Callable[..., Found], Callable[[], None]]:
    """What runs a query in an engine, and what ends the engine."""
    if name in SIMPLE:
        return SIMPLE[name], lambda: None
    started = Postgresql() if name == "postgresql" else Spark(memory="4g")
    return started.rows, started.stop


SIMPLE: Final = {"duckdb": duckdb_rows, "sqlite": sqlite_rows}
