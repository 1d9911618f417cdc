"""Everything that the page says in numbers, from one run: whole yen and whole applicants."""

from __future__ import annotations

import sys
from typing import Any

import duckdb

from simulations.national_year import published
from simulations.national_year.applicants import rows
from simulations.national_year.assumptions import ASSUMPTIONS, NAMED, values
from simulations.national_year.draws import Draws
from simulations.national_year.published import YEAR, YEARS
from simulations.national_year.running import all_years, each_clause
from simulations.national_year.tables import made

SEED = 80439
STEPS = (("2024", "2025"), ("2025", "2026"))
BY = ("printed_industry", "headcount", "prefecture", "frame")
COLUMNS = {"prefecture": "prefecture", "industry": "printed_industry", "employees": "headcount"}
"""The printed tables and the columns that hold their rows; amounts are counted from what comes out."""

BORDERS = (1_000_000, 1_500_000, 3_000_000, 4_500_000)
"""Where the printed classes of amounts end."""

TWO = ("past_grant", "promise_35")
"""The assumptions that are moved together."""

SMALL = 100
"""Of so many applicants one is in the run that a test repeats."""

# Any: figures as JSON, read again by their names
Figures = dict[str, Any]


def figures(engine: duckdb.DuckDBPyConnection) -> Figures:
    """Of tables already made, under every year and with every clause by itself."""
    all_years(engine)
    return {**outline(engine), "steps": {f"{old}-{new}": step(engine, old, new) for old, new in STEPS}}


def outline(engine: duckdb.DuckDBPyConnection) -> Figures:
    """What needs no more than the years: the margins, who is better off in another frame, what is paid."""
    return {
        "frames": listed(engine, "SELECT frame, count(*), count(*) FILTER (granted) FROM applicants GROUP BY ALL"),
        "margins": {table: margin(engine, table) for table in (*COLUMNS, "amount")},
        "elsewhere": {year: elsewhere(engine, year) for year in YEARS},
        "years": {year: totals(engine, year) for year in YEARS},
    }


def elsewhere(engine: duckdb.DuckDBPyConnection, year: str) -> int:
    """How many would get more in another frame than in the one applied for: nobody, or the frames are not the printed ones."""
    sql = f"SELECT count(*) FROM in_{year} JOIN applicants USING (applicant) WHERE subsidy > 0 AND best <> frame"
    return one(engine, sql)[0]


def compared(found: Figures) -> dict[str, list[tuple[str, int, int]]]:
    """Each printed row: its label, the number that is printed, the number that came out."""
    tally = published.outcomes().frames
    frames = found["frames"]
    rows = {
        "applied": [(name, each.applied, frames.get(name, [0, 0])[0]) for name, each in tally.items()],
        "granted": [(name, each.granted, frames.get(name, [0, 0])[1]) for name, each in tally.items()],
    }
    for table, counted in found["margins"].items():
        rows[table] = [
            (label, number, counted.get(label, [0])[0]) for label, number in published.printed(table).items()
        ]
    return rows


def margin(engine: duckdb.DuckDBPyConnection, table: str) -> Figures:
    """A printed table: grants by row as simulated; amounts as they come out under the rules of the year."""
    column = COLUMNS.get(table) or amount_class()
    return listed(
        engine,
        f"SELECT {column} AS class, count(*) FROM applicants JOIN in_{YEAR} USING (applicant) "
        f"WHERE granted AND frame <> '{published.GROUP}' GROUP BY class",
    )


def amount_class() -> str:
    """The printed class of an amount, as SQL."""
    names = list(published.printed("amount"))
    cases = " ".join(f"WHEN subsidy < {border} THEN '{name}'" for border, name in zip(BORDERS, names, strict=False))
    return f"CASE {cases} ELSE '{names[-1]}' END"


def totals(engine: duckdb.DuckDBPyConnection, year: str) -> Figures:
    """By frame: who is paid and how much, of all and of those granted."""
    return listed(
        engine,
        "SELECT frame, count(*) FILTER (subsidy > 0), sum(subsidy), count(*) FILTER (granted AND subsidy > 0), "
        f"coalesce(sum(subsidy) FILTER (granted), 0) FROM in_{year} JOIN applicants USING (applicant) GROUP BY ALL",
    )


def step(engine: duckdb.DuckDBPyConnection, old: str, new: str) -> Figures:
    """From one year to the next: who gains and loses, and by which clause."""
    moves = moved(f"in_{old}", f"in_{new}")
    clauses = []
    for clause in each_clause(engine, old, new):
        effect = one(engine, f"SELECT {MOVES} FROM {moved(f'in_{old}', clause.table)}")
        clauses.append({"ja": clause.label.ja, "en": clause.label.en, "frames": list(clause.frames), "moves": effect})
    return {
        "all": one(engine, f"SELECT {MOVES} FROM {moves}"),
        "by": {
            column: listed(engine, f"SELECT {column}, {MOVES} FROM {moves} WHERE {column} IS NOT NULL GROUP BY ALL")
            for column in BY
        },
        "clauses": clauses,
    }


MOVES = (
    "count(*), count(*) FILTER (change > 0), coalesce(sum(change) FILTER (change > 0), 0), count(*) FILTER (change < 0), "
    "coalesce(sum(change) FILTER (change < 0), 0), count(*) FILTER (later = 0 AND earlier > 0), "
    "coalesce(sum(change) FILTER (granted), 0)"
)
"""How many; gainers and their yen; losers and theirs; who gets nothing any more; the yen of those granted."""


def moved(old: str, new: str) -> str:
    """Everybody's yen before and after."""
    return (
        f"(SELECT applicants.*, o.subsidy AS earlier, n.subsidy AS later, n.subsidy - o.subsidy AS change FROM applicants "
        f"JOIN {old} o USING (applicant) JOIN {new} n USING (applicant))"
    )


def one(engine: duckdb.DuckDBPyConnection, sql: str) -> list[int]:
    """The only row of an answer."""
    [row] = engine.execute(sql).fetchall()
    return [int(cell) for cell in row]


def listed(engine: duckdb.DuckDBPyConnection, sql: str) -> dict[str, list[int]]:
    """Rows by their first column, in its order."""
    return {row[0]: [int(cell) for cell in row[1:]] for row in sorted(engine.execute(sql).fetchall())}


def simulated(part: int = 1, **varied: int) -> duckdb.DuckDBPyConnection:
    """The tables of a run; of every `part` applicants one."""
    return made(rows(Draws(SEED), values(**varied), part))


def sensitivity() -> Figures:
    """The yen of each year with one assumption at either end of its range; None where that is where it stands."""
    found = {}
    for each in ASSUMPTIONS:
        print(f"{each.id}: {each.low}, {each.high}", file=sys.stderr)
        ends = (each.low, each.high)
        found[each.id] = [sums(simulated(**{each.id: end})) if end != each.value else None for end in ends]
    return found


def corners() -> list[list[Figures]]:
    """The two assumptions that move most, both at once: rows by the first, columns by the second, each low, as it is, high."""
    first, second = (NAMED[name] for name in TWO)
    return [
        [sums(simulated(**{first.id: one_end, second.id: other})) for other in (second.low, second.value, second.high)]
        for one_end in (first.low, first.value, first.high)
    ]


def small() -> Figures:
    """A run small enough to be repeated by a test."""
    engine = simulated(SMALL)
    all_years(engine)
    return outline(engine)


def sums(engine: duckdb.DuckDBPyConnection) -> Figures:
    """Each year's yen: of all, of those granted."""
    all_years(engine)
    return {
        year: one(
            engine,
            f"SELECT sum(subsidy), sum(subsidy) FILTER (granted) FROM in_{year} JOIN applicants USING (applicant)",
        )
        for year in YEARS
    }
