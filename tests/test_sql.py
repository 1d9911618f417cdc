"""The query that `hojo sql` writes comes to what the evaluator comes to, whatever is left unknown, in every engine that is offered."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
import random_rulesets
from random_applicants import random_applicant
from subjects import HERE, read, rules, subject_of

from hojo_cli.base.finding import HojoError
from hojo_cli.commands import sql as command
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.evaluator import Evaluator
from hojo_cli.explanation import explain
from hojo_cli.rules import ruleset
from hojo_cli.rules.declared import Ruleset
from hojo_cli.sql.dialect import DIALECTS
from hojo_cli.sql.number import UnsaidError
from hojo_cli.sql.query import query
from hojo_cli.sql.rows import rows
from hojo_cli.sql.tables import TABLES, columns, ddl

pytestmark = pytest.mark.no_cover

Answers = dict[str, dict[str, tuple[str, int | None]]]


def told(used: Ruleset, applicants: Mapping[str, Applicant]) -> Answers:
    """What the evaluator comes to, three-valued."""
    reader = Evaluator(used)
    found: Answers = {}
    for key, one in applicants.items():
        case = reader.case(one)
        judged = {name: judge(case) for name, judge in reader.judges.items()}
        found[key] = {name: (each.status.value, each.subsidy) for name, each in judged.items()}
    return found


def tables(used: Ruleset, applicants: Mapping[str, Applicant]) -> dict[str, list[dict[str, Any]]]:
    """Their rows; whoever shares a discount in parts of a yen has none."""
    made: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    for key, one in applicants.items():
        for table, listed in (rows(one, key, used) or {}).items():
            made[table] += listed
    return made


def duckdb_rows(used: Ruleset, made: Mapping[str, list[dict[str, Any]]], folder: Path) -> list[tuple[Any, ...]]:
    """The query, run in DuckDB."""
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    dialect, engine = DIALECTS["duckdb"](), duckdb.connect()
    engine.execute(ddl(used, dialect, "ja"))
    for table, listed in made.items():
        path = folder / f"{table}.jsonl"
        path.write_text("".join(f"{json.dumps(row)}\n" for row in listed), encoding="utf-8")
        kinds = {column.name: dialect.columns[column.kind] for column in columns(used, table)}
        if listed:
            engine.execute(
                f"INSERT INTO {table} SELECT * FROM read_json(?, format = 'newline_delimited', columns = {kinds})",
                [str(path)],
            )
    answer: list[tuple[Any, ...]] = engine.execute(query(used, dialect, "en")).fetchall()
    return answer


def sqlite_rows(used: Ruleset, made: Mapping[str, list[dict[str, Any]]]) -> list[tuple[Any, ...]]:
    """The query, run in SQLite."""
    dialect, engine = DIALECTS["sqlite"](), sqlite3.connect(":memory:")
    engine.executescript(ddl(used, dialect, "ja"))
    for table, listed in made.items():
        names = [column.name for column in columns(used, table)]
        values = [
            [";".join(row[name]) if isinstance(row.get(name), list) else row.get(name) for name in names]
            for row in listed
        ]
        engine.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", values)
    return engine.execute(query(used, dialect, "en")).fetchall()


def answers(found: Iterable[tuple[Any, ...]]) -> Answers:
    """Status and yen by applicant and frame."""
    by_key: Answers = {}
    for key, frame, status, yen, _ in found:
        by_key.setdefault(key, {})[frame] = status, yen
    return by_key


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


def some(seeds: Iterable[int]) -> dict[str, Applicant]:
    """Applicants whose numbers stand beside those that decide."""
    subjects = {str(seed): with_gaps(subject_of(random_applicant(Random(seed))), Random(-seed - 1)) for seed in seeds}
    return {key: one for key, one in subjects.items() if rows(one, key, rules()) is not None}


def reckoned(found: Answers, wanted: Answers, beyond: float = 0.1) -> tuple[Answers, Answers]:
    """Both without those who are beyond what is reckoned with, who are few."""
    outside = {key for key, frames in found.items() if {status for status, _ in frames.values()} == {"outside"}}
    assert len(outside) < len(wanted) * beyond
    left = [key for key in wanted if key not in outside]
    return {key: found[key] for key in left}, {key: wanted[key] for key in left}


def test_duckdb_comes_to_what_the_evaluator_comes_to_with_facts_and_fields_unknown(tmp_path: Path) -> None:
    subjects = some(range(300))
    found, wanted = reckoned(
        answers(duckdb_rows(rules(), tables(rules(), subjects), tmp_path)), told(rules(), subjects)
    )
    assert found == wanted


def test_the_eligible_cost_is_that_of_the_explanation(tmp_path: Path) -> None:
    subjects = some(range(60))
    shown = {
        (key, frame): cost
        for key, frame, status, _, cost in duckdb_rows(rules(), tables(rules(), subjects), tmp_path)
        if status not in ("incomplete", "outside")
    }
    assert shown
    for key, one in subjects.items():
        for estimate in explain.estimates(rules(), one):
            if (key, estimate.frame) in shown:
                cost = estimate.eligible_cost
                assert shown[key, estimate.frame] == (None if cost is None else cost // 1), (key, estimate.frame)


def test_what_is_unknown_of_one_member_is_unknown_of_the_group(tmp_path: Path) -> None:
    """Groups of whom everything is known but one field of one item: the sum over members must not pass over it."""
    subjects = {}
    for seed in range(900):
        one, random = subject_of(random_applicant(Random(seed))), Random(seed)
        bought = [place for place, member in enumerate(one.members) if member.items]
        if bought and rows(one, str(seed), rules()) is not None:
            place = random.choice(bought)
            first, *others = one.members[place].items
            open_ = first._replace(fields={name: held for name, held in first.fields.items() if name != "functions"})
            members = list(one.members)
            members[place] = members[place]._replace(items=(open_, *others))
            subjects[str(seed)] = one._replace(members=tuple(members))
    wanted = told(rules(), subjects)
    assert sum(frames["group"][0] == "incomplete" for frames in wanted.values()) > 20
    found, wanted = reckoned(answers(duckdb_rows(rules(), tables(rules(), subjects), tmp_path)), wanted, beyond=0.3)
    assert sum(frames["group"][0] == "incomplete" for frames in wanted.values()) > 20
    assert found == wanted


def test_sqlite_comes_to_the_same_or_says_that_it_is_beyond_its_numbers() -> None:
    subjects = some(range(60))
    made = answers(sqlite_rows(rules(), tables(rules(), subjects)))
    found, wanted = reckoned(made, told(rules(), subjects), beyond=0.25)
    assert found == wanted


@pytest.mark.parametrize("year", ["2024", "2025", "2026"])
def test_every_case_of_a_year_comes_to_the_same(year: str, tmp_path: Path) -> None:
    used = rules(year)
    files = sorted((HERE / "cases" / year).rglob("*.yaml"))
    subjects = {file.name: read(file.read_text(encoding="utf-8"), used) for file in files}
    subjects = {key: one for key, one in subjects.items() if rows(one, key, used) is not None}
    found, wanted = reckoned(answers(duckdb_rows(used, tables(used, subjects), tmp_path)), told(used, subjects), 0.01)
    assert found == wanted


@pytest.mark.parametrize("seed", range(8))
def test_rulesets_at_random_come_to_the_same_or_are_refused(seed: int, tmp_path: Path) -> None:
    """Every way of rounding, tiers of cost and of subsidy, caps within caps, subtotals, bands, members."""
    random = Random(seed)
    data = random_rulesets.ruleset(random)
    while random_rulesets.across(data):
        data = random_rulesets.ruleset(random)
    used = ruleset.read(random_rulesets.text(data), "random.yaml")
    subjects = {str(place): random_rulesets.subject(random, data) for place in range(40)}
    try:
        found = duckdb_rows(used, tables(used, subjects), tmp_path)
    except UnsaidError as unsaid:
        assert "rate" in unsaid.what.en  # noqa: PT017
    else:
        assert answers(found) == told(used, subjects)


def test_a_sum_paid_at_once_is_shared_out_over_its_months(tmp_path: Path) -> None:
    """More months than the 24 that count, to the part of a yen; months that have no such part are for the evaluator."""
    item = "items: [{name: a, category: security_service, amount: 1000001, months: %d}]"
    facts = "facts: {entity: company, industry: retail, capital: 1, employees: 9, deemed_large: false}\n"
    subjects = {
        str(months): read(f"{facts}{item % months}", rules()) for months in (12, 24, 27, 30, 32, 36, 48, 60, 84, 25, 37)
    }
    found, wanted = answers(duckdb_rows(rules(), tables(rules(), subjects), tmp_path)), told(rules(), subjects)
    assert {found.pop(months)["security"] for months in ("25", "37")} == {("outside", None)}
    assert found == {key: wanted[key] for key in found}


@pytest.mark.parametrize(
    "change",
    [
        ("applicants", {"industry": "fishing"}),
        ("applicants", {"employees": -1}),
        ("applicants", {"wage_growth": 1, "wage_growth_per": 0}),
        ("applicants", {"employees": 0, "near_minimum_wage_months": 3}),
        ("items", {"category": "boat"}),
        ("items", {"monthly": 1, "months": 1}),
        ("items", {"processes": ["P-99"]}),
        ("items", {"amount": 10**16}),
        ("items", {"discount": 10**12}),
        ("items", {"quantity": 0}),
    ],
    ids=lambda change: f"{next(iter(change[1]))}",
)
def test_what_is_beyond_the_declared_bounds_gets_a_status_of_its_own(
    change: tuple[str, dict[str, Any]], tmp_path: Path
) -> None:
    one = read((HERE.parent / "examples" / "shop.yaml").read_text(encoding="utf-8"), rules())
    made = tables(rules(), {"a": one, "b": one})
    table, values = change
    made[table][0].update(values)
    found = answers(duckdb_rows(rules(), made, tmp_path))
    assert {status for status, _ in found["a"].values()} == {"outside"}
    assert found["b"] == told(rules(), {"b": one})["b"]


def test_what_a_dialect_cannot_say_is_refused_by_name(tmp_path: Path) -> None:
    text = random_rulesets.text(_growing_rates())
    path = tmp_path / "growing.yaml"
    path.write_bytes(text)
    with pytest.raises(HojoError) as raised:
        command.text(str(path), "duckdb", "en", tables=False)
    (found,) = raised.value.findings
    assert (found.code, "tier of subsidy" in found.message.en) == ("HJ060", True)


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
