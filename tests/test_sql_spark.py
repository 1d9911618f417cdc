"""The query of `hojo sql --dialect spark`, run in Spark in local mode, comes to what the evaluator and DuckDB come to.

Spark takes half a minute to start and to plan: `pytest -m slow tests/test_sql_spark.py` (needs `pip install pyspark` and Java 17 or later).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sql_engines import Spark, answers, beside_borders, beyond, duckdb_rows, outside, tables, told
from subjects import HERE, ROOT, read, rules

from hojo_cli.tables.sql.rows import rows

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    """Spark, for all tests of this file."""
    started = Spark()
    yield started
    started.stop()


def test_spark_comes_to_what_the_evaluator_and_duckdb_come_to(spark: Spark) -> None:
    """Applicants beside borders, facts and fields left out of half of them; and rows beyond bounds."""
    subjects = beside_borders("2026", range(400))
    wanted, made = told(rules(), subjects), tables(rules(), subjects)
    shop = read((ROOT / "examples" / "shop.yaml").read_text(encoding="utf-8"), rules())
    for name, listed in beyond(shop).items():
        made[name] += listed
    found = spark.rows(rules(), made)
    assert sorted(found, key=str) == sorted(duckdb_rows(rules(), made), key=str)
    by_key = answers(found)
    apart = outside(by_key)
    assert set(by_key) - set(wanted) <= apart
    assert len(apart & set(wanted)) < len(subjects) / 10
    assert {key: by_key[key] for key in wanted if key not in apart} == {
        key: wanted[key] for key in wanted if key not in apart
    }


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_every_case_of_an_earlier_year_comes_to_the_same(spark: Spark, year: str) -> None:
    used = rules(year)
    files = sorted((HERE / "cases" / year).rglob("*.yaml"))
    subjects = {file.name: read(file.read_text(encoding="utf-8"), used) for file in files}
    subjects = {key: one for key, one in subjects.items() if rows(one, key, used) is not None}
    assert answers(spark.rows(used, tables(used, subjects))) == told(used, subjects)
