"""The tables under the rules of a year, in DuckDB by the query that `hojo sql` writes: what each applicant gets in its best frame."""

from __future__ import annotations

from typing import Final

import duckdb

from hojo_cli.base.finding import Text
from hojo_cli.base.record import Record
from hojo_cli.diff.clauses import Comparable, prepare, side
from hojo_cli.diff.wording import Account, accounts
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.ruleset import load
from hojo_cli.tables.sql.dialect import DIALECTS
from hojo_cli.tables.sql.query import query
from simulations.national_year.published import YEARS

NOTHING: Final = "—"
"""What `hojo diff` shows where a clause does not stand yet, or no more."""

ADDED: Final = Text("追加", "added")
REMOVED: Final = Text("削除", "removed")


class Switched(Record):
    """One changed clause between two years, as the table that holds what comes of the earlier rules with this change alone."""

    table: str
    frames: tuple[str, ...]
    label: Text


def judged(engine: duckdb.DuckDBPyConnection, rules: Ruleset, table: str) -> None:
    """A table of `applicant, subsidy`: the best frame. Whoever cannot be judged stops the run: the simulation knows every fact."""
    sql = query(rules, DIALECTS["duckdb"], "en").rstrip().rstrip(";")
    engine.execute(f"CREATE OR REPLACE TEMP TABLE each_frame AS {sql}")
    odd = engine.execute("SELECT * FROM each_frame WHERE status IN ('incomplete', 'outside') LIMIT 3").fetchall()
    if odd:
        raise ValueError(f"{table}: {odd}")
    engine.execute(
        f"CREATE OR REPLACE TABLE {table} AS SELECT applicant, arg_max(frame, paid) AS best, max(paid) AS subsidy FROM "
        "(SELECT applicant, frame, CASE WHEN status = 'payable' THEN subsidy ELSE 0 END AS paid FROM each_frame) GROUP BY applicant"
    )


def all_years(engine: duckdb.DuckDBPyConnection) -> None:
    """The tables `in_2024` and so on."""
    for year in YEARS:
        judged(engine, load(year), f"in_{year}")


def each_clause(engine: duckdb.DuckDBPyConnection, old: str, new: str) -> list[Switched]:
    """What each change between two years does alone."""
    compared: Comparable = prepare(side(old), side(new))
    found = []
    for number, (clause, account) in enumerate(zip(compared.clauses, accounts(compared), strict=True)):
        if clause.switched is not None:
            table = f"clause_{old}_{new}_{number}"
            judged(engine, clause.switched, table)
            label = Text(said(account, "ja", ADDED.ja, REMOVED.ja), said(account, "en", ADDED.en, REMOVED.en))
            found.append(Switched(table, clause.frames, label))
    return found


def said(account: Account, lang: str, added: str, removed: str) -> str:
    """Where, and what was and is; what stands in the place already is not said again."""
    place, old, new = (text.into(lang) for text in (account.place, account.old, account.new))
    if NOTHING not in (old, new):
        return f"{place}（{old} → {new}）" if lang == "ja" else f"{place} ({old} → {new})"
    only, verb = (new, added) if old == NOTHING else (old, removed)
    words = verb if place.endswith(only) else f"{verb}：{only}" if lang == "ja" else f"{verb}: {only}"
    return f"{place}（{words}）" if lang == "ja" else f"{place} ({words})"
