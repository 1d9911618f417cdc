"""The query that `hojo sql` writes comes to what the evaluator comes to, whatever is left unknown, in every engine that is offered.

A sample: `tests/sweeps/sql_agreement.py` does the same with as many applicants as one likes. Spark has `test_sql_spark`.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import random_rulesets
from random_applicants import random_applicant
from sql_engines import (
    Answers,
    Found,
    Postgresql,
    answers,
    beside_borders,
    beyond,
    duckdb_rows,
    engine,
    in_duckdb_filled,
    in_sqlite_filled,
    outside,
    sqlite_rows,
    tables,
    told,
    written,
)
from subjects import HERE, ROOT, read, rules, subject_of

from hojo_cli.base.finding import Finding, HojoError
from hojo_cli.commands import sql as command
from hojo_cli.explanation import explain
from hojo_cli.rules import ruleset
from hojo_cli.tables.sql.number import UnsaidError
from hojo_cli.tables.sql.rows import rows

pytestmark = pytest.mark.no_cover


@cache
def some() -> tuple[dict[str, Any], Answers, dict[str, list[dict[str, Any]]]]:
    """Applicants beside borders, half of them with gaps; what the evaluator says of them; their rows."""
    subjects = beside_borders("2026", range(120))
    return subjects, told(rules(), subjects), tables(rules(), subjects)


@cache
def in_duckdb() -> Found:
    """What DuckDB says of them."""
    return duckdb_rows(rules(), some()[2])


@cache
def in_sqlite() -> Found:
    """What SQLite says of them."""
    return sqlite_rows(rules(), some()[2])


def reckoned(found: Answers, wanted: Answers, share: float = 0.1) -> tuple[Answers, Answers]:
    """Both without those who are beyond what is reckoned with, who are few."""
    apart = outside(found)
    assert len(apart) < len(wanted) * share
    left = [key for key in wanted if key not in apart]
    return {key: found[key] for key in left}, {key: wanted[key] for key in left}


def test_duckdb_comes_to_what_the_evaluator_comes_to_with_facts_and_fields_unknown() -> None:
    found, wanted = reckoned(answers(in_duckdb()), some()[1])
    assert found == wanted


def test_sqlite_comes_to_the_same_or_says_that_it_is_beyond_its_numbers() -> None:
    found, wanted = reckoned(answers(in_sqlite()), some()[1], share=0.25)
    assert found == wanted


@pytest.mark.slow
def test_postgresql_comes_to_the_same() -> None:
    _, told_of_them, made = some()
    server = Postgresql()
    try:
        found, wanted = reckoned(answers(server.rows(rules(), made)), told_of_them)
    finally:
        server.stop()
    assert found == wanted


def test_the_eligible_cost_is_that_of_the_explanation() -> None:
    subjects = some()[0]
    shown = {
        (key, frame): cost
        for key, frame, status, _, cost in in_duckdb()
        if status not in ("incomplete", "outside") and int(key) < 20
    }
    assert shown
    for key, one in subjects.items():
        if int(key) >= 20:
            continue
        for estimate in explain.estimates(rules(), one):
            if (key, estimate.frame) in shown:
                cost = estimate.eligible_cost
                assert shown[key, estimate.frame] == (None if cost is None else cost // 1), (key, estimate.frame)


def executed(name: str) -> str:
    """A block of the documentation that says so."""
    page = (ROOT / "docs" / "sql.md").read_text(encoding="utf-8")
    return page.split(f"<!-- executed: {name} -->\n```sql\n")[1].split("```")[0].strip().rstrip(";")


def paid(of: str) -> list[tuple[str, int, int]]:
    """What each frame pays to how many, of those of whom an engine says so."""
    found = in_duckdb() if of == "duckdb" else in_sqlite()
    yen: dict[str, list[int]] = {}
    for _, frame, status, subsidy, _ in found:
        if status == "payable":
            yen.setdefault(frame, []).append(subsidy)
    return sorted((frame, len(paid), sum(paid)) for frame, paid in yen.items())


@pytest.mark.parametrize("name", ["duckdb", "sqlite"])
def test_the_query_is_a_view_as_it_is(name: str) -> None:
    filled = in_duckdb_filled(rules(), some()[2]) if name == "duckdb" else in_sqlite_filled(rules(), some()[2])
    filled.execute("DROP VIEW IF EXISTS subsidy_2026")
    filled.execute(f"CREATE VIEW subsidy_2026 AS\n{written(rules(), name)}")
    assert [tuple(map(str, row)) for row in filled.execute(executed("view")).fetchall()] == [
        tuple(map(str, row)) for row in paid(name)
    ]
    filled.execute("DROP VIEW subsidy_2026")


def test_the_query_is_a_model_of_dbt_as_it_is() -> None:
    """As dbt makes it: names for references, then the statement of a table around it."""
    filled = in_duckdb_filled(rules(), some()[2])
    depends = "".join(f"-- depends_on: {{{{ ref('{table}') }}}}\n" for table in ("applicants", "items", "members"))
    models = {"subsidy_2026": depends + written(rules(), "duckdb"), "subsidy_by_industry": executed("dbt")}
    for name, text in models.items():
        plain = re.sub(r"\{\{ ref\('(\w+)'\) \}\}", r"\1", text)
        filled.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS (\n{plain}\n)")
    found = filled.execute("SELECT frame, sum(applicants), sum(yen) FROM subsidy_by_industry GROUP BY frame ORDER BY 1")
    assert [tuple(map(str, row)) for row in found.fetchall()] == [tuple(map(str, row)) for row in paid("duckdb")]
    for name in models:
        filled.execute(f"DROP TABLE {name}")


def test_what_is_unknown_of_one_member_is_unknown_of_the_group() -> None:
    """Groups of whom everything is known but one field of one item: the sum over members must not pass over it."""
    subjects = {}
    for seed in range(220):
        plain, random = random_applicant(Random(seed)), Random(seed)
        if not any(member["items"] for member in plain["members"]):
            continue
        one = subject_of(plain)
        if rows(one, str(seed), rules()) is None:
            continue
        place = random.choice([place for place, member in enumerate(one.members) if member.items])
        first, *others = one.members[place].items
        open_ = first._replace(fields={name: held for name, held in first.fields.items() if name != "functions"})
        members = list(one.members)
        members[place] = members[place]._replace(items=(open_, *others))
        subjects[str(seed)] = one._replace(members=tuple(members))
    found, wanted = reckoned(
        answers(duckdb_rows(rules(), tables(rules(), subjects))), told(rules(), subjects), share=0.3
    )
    assert sum(frames["group"][0] == "incomplete" for frames in wanted.values()) > 5
    assert found == wanted


@pytest.mark.parametrize("year", ["2024", "2025", "2026"])
def test_every_case_of_a_year_comes_to_the_same(year: str) -> None:
    used = rules(year)
    files = sorted((HERE / "cases" / year).rglob("*.yaml"))
    subjects = {file.name: read(file.read_text(encoding="utf-8"), used) for file in files}
    subjects = {key: one for key, one in subjects.items() if rows(one, key, used) is not None}
    found, wanted = reckoned(answers(duckdb_rows(used, tables(used, subjects))), told(used, subjects), 0.01)
    assert found == wanted


@pytest.mark.parametrize("seed", range(8))
def test_rulesets_at_random_come_to_the_same_or_are_refused(seed: int) -> None:
    """Every way of rounding, tiers of cost and of subsidy, caps within caps, subtotals, bands, members."""
    random = Random(seed)
    data = random_rulesets.ruleset(random)
    while random_rulesets.across(data):
        data = random_rulesets.ruleset(random)
    used = ruleset.read(random_rulesets.text(data), "random.yaml")
    subjects = {str(place): random_rulesets.subject(random, data) for place in range(40)}
    try:
        found = duckdb_rows(used, tables(used, subjects))
    except UnsaidError as unsaid:
        assert "rate" in unsaid.what.en  # noqa: PT017
    else:
        assert answers(found) == told(used, subjects)


def test_a_sum_paid_at_once_is_shared_out_over_its_months() -> None:
    """More months than the 24 that count, to the part of a yen; months that have no such part are for the evaluator."""
    item = "items: [{name: a, category: security_service, amount: 1000001, months: %d}]"
    facts = "facts: {entity: company, industry: retail, capital: 1, employees: 9, deemed_large: false}\n"
    subjects = {
        str(months): read(f"{facts}{item % months}", rules()) for months in (12, 24, 27, 30, 32, 36, 48, 60, 84, 25, 37)
    }
    found, wanted = answers(duckdb_rows(rules(), tables(rules(), subjects))), told(rules(), subjects)
    assert {found.pop(months)["security"] for months in ("25", "37")} == {("outside", None)}
    assert found == {key: wanted[key] for key in found}


@pytest.mark.parametrize("name", ["duckdb", "sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def test_what_is_beyond_the_declared_bounds_gets_a_status_of_its_own(name: str) -> None:
    one = read((ROOT / "examples" / "shop.yaml").read_text(encoding="utf-8"), rules())
    made = beyond(one)
    for table, listed in tables(rules(), {"within": one}).items():
        made[table] += listed
    run, stop = engine(name)
    try:
        found = answers(run(rules(), made))
    finally:
        stop()
    assert set(found) - outside(found) == {"within"}
    assert found["within"] == told(rules(), {"within": one})["within"]


@pytest.mark.parametrize("run", [duckdb_rows, sqlite_rows], ids=["duckdb", "sqlite"])
def test_the_largest_amounts_come_to_the_same_or_are_beyond(run: Any) -> None:
    """What an applicant file may hold at most, and the amounts about what an engine reckons with."""
    facts = "facts: {entity: company, industry: retail, capital: 1, employees: 9, deemed_large: false}\n"
    item = "items: [{name: a, category: security_service, amount: %d, months: 36}, {name: b, category: pc, amount: %d}]"
    most = [10**power + step for power in (10, 12, 15) for step in (-1, 0, 1) if 10**power + step <= 10**15]
    subjects = {f"{one} {other}": read(f"{facts}{item % (one, other)}", rules()) for one in most for other in (0, 1)}
    found, wanted = answers(run(rules(), tables(rules(), subjects))), told(rules(), subjects)
    apart = outside(found)
    assert {key for key in found if sum(map(int, key.split())) > 10**12} <= apart
    assert {key: found[key] for key in wanted if key not in apart} == {
        key: wanted[key] for key in wanted if key not in apart
    }
    assert len(apart) < len(subjects)


def test_what_a_dialect_cannot_say_is_refused_by_name_with_its_line(tmp_path: Path) -> None:
    (found,) = _refused(_growing_rates(), "duckdb", tmp_path)
    assert (found.code, "tier of subsidy" in found.message.en) == ("HJ060", True)
    assert _at(found, tmp_path).startswith('"1/10"')


def test_a_ruleset_that_could_overflow_is_refused_with_the_line_of_its_figure(tmp_path: Path) -> None:
    data = random_rulesets.ruleset(Random(1))
    line = data["frames"]["f"]["lines"][0]
    line.pop("tiers", None)
    line["rate"] = "1234567891/12345678917"
    assert command.text(str(_written(data, tmp_path)), "duckdb", "en", tables=False)
    (found,) = _refused(data, "sqlite", tmp_path)
    assert (found.code, "digits" in found.message.en) == ("HJ060", True)
    assert _at(found, tmp_path).startswith('"1234567891/12345678917"')


def _written(data: dict[str, Any], folder: Path) -> Path:
    path = folder / "refused.yaml"
    path.write_bytes(random_rulesets.text(data))
    return path


def _at(found: Finding, folder: Path) -> str:
    line = (folder / "refused.yaml").read_text(encoding="utf-8").splitlines()[found.where.line - 1]
    return line[found.where.column - 1 :]


def _refused(data: dict[str, Any], dialect: str, folder: Path) -> tuple[Finding, ...]:
    with pytest.raises(HojoError) as raised:
        command.text(str(_written(data, folder)), dialect, "en", tables=False)
    return tuple(raised.value.findings)


def _growing_rates() -> dict[str, Any]:
    data = random_rulesets.ruleset(Random(1))
    line = data["frames"]["f"]["lines"][0]
    line.pop("rate", None)
    steps = [{"up_to": "100円", "rate": {"use": "1/10", "times": {"fact": "count"}}}]
    line["tiers"] = {"basis": "subsidy", "steps": steps}
    return data


def test_fractions_of_a_yen_have_no_rows() -> None:
    shared = "items: [{name: a, category: pc, amount: 10}, {name: b, category: pc, amount: 5}, {name: c, discount: 1}]"
    one = read(f"facts: {{}}\n{shared}", rules())
    assert isinstance(one.items[0].cost, Fraction)
    assert rows(one, "a", rules()) is None
