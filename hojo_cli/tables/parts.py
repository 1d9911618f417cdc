"""A part of the applicants, judged by the query: answers that stand, those that are for the evaluator, and rows that are rejected."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from hojo_cli.base.finding import THE_CALL, HojoError
from hojo_cli.messages import finding
from hojo_cli.rules.declared import Ruleset
from hojo_cli.tables.engine import quoted
from hojo_cli.tables.handing import hand_out
from hojo_cli.tables.sql.dialect import DIALECTS
from hojo_cli.tables.sql.number import UnsaidError
from hojo_cli.tables.sql.query import Query
from hojo_cli.tables.sql.tables import TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ANSWERS: Final = "answers.parquet"
OPEN: Final = "open.jsonl"
REJECTED: Final = "rows.parquet"


def query_of(ruleset: Ruleset, lang: str) -> Query:
    """The query of a ruleset. `HojoError` (HJ060) where DuckDB cannot say something of it."""
    try:
        return Query(ruleset, DIALECTS["duckdb"], lang)
    except UnsaidError as unsaid:
        raise HojoError(finding("HJ060", THE_CALL, dialect="duckdb", what=unsaid.what)) from None


def of_part(engine: DuckDBPyConnection, number: int, parts: int) -> None:
    """The views `applicants`, `items`, `members` of the query: of those whose key falls to this part."""
    where = f" WHERE hash(coalesce(applicant, '')) % {parts} = {number}" if parts > 1 else ""
    for table in TABLES:
        engine.execute(f"CREATE OR REPLACE TEMP VIEW {table} AS SELECT * FROM every_{table}{where}")


def reject(engine: DuckDBPyConnection, doubtful: tuple[str, ...]) -> None:
    """`refused`, rows that make no applicant, or nobody's; `doubted`, applicants whose rows hold something that only the evaluator reads."""
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE twice AS SELECT applicant FROM applicants GROUP BY applicant HAVING count(*) > 1"
    )
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE listed_twice AS"
        " SELECT applicant, member FROM members WHERE member IS NOT NULL GROUP BY applicant, member HAVING count(*) > 1"
    )
    refused = [
        f"SELECT '{table}' AS place, hojo_file, hojo_row, applicant, member, '{why}' AS why FROM {source}"
        for table, source, why in (
            ("applicants", "(SELECT *, NULL AS member FROM applicants) WHERE coalesce(applicant, '') = ''", "keyless"),
            (
                "applicants",
                "(SELECT *, NULL AS member FROM applicants) SEMI JOIN twice USING (applicant) WHERE applicant <> ''",
                "twice",
            ),
            ("items", "items WHERE coalesce(applicant, '') = ''", "keyless"),
            ("items", "items ANTI JOIN applicants USING (applicant) WHERE applicant <> ''", "unknown"),
            ("members", "members WHERE coalesce(applicant, '') = ''", "keyless"),
            ("members", "members ANTI JOIN applicants USING (applicant) WHERE applicant <> ''", "unknown"),
            ("members", "members WHERE member IS NULL AND applicant <> ''", "numberless"),
            ("members", "members SEMI JOIN listed_twice USING (applicant, member)", "twice"),
        )
    ]
    engine.execute(f"CREATE OR REPLACE TEMP TABLE refused AS {' UNION ALL '.join(refused)}")
    doubted = [f"SELECT applicant FROM {table} WHERE hojo_wrong IS NOT NULL" for table in doubtful]
    doubted.append(
        "SELECT applicant FROM (SELECT * FROM items WHERE member IS NOT NULL) ANTI JOIN members USING (applicant, member)"
    )
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE doubted AS SELECT DISTINCT applicant FROM ({' UNION ALL '.join(doubted)}) WHERE applicant IS NOT NULL"
    )


def judge(engine: DuckDBPyConnection, query: str, ruleset: Ruleset, *, plans: bool) -> None:
    """`judged`: a row an applicant that is not refused, with the columns of `query` and whether it is `open`, for the evaluator: because a
    frame is incomplete, or all of it is beyond what SQL reckons with (`anew`). `plans`: or because frames pay that may be held together.
    """
    count = len(ruleset.frames)
    places = range(1, count + 1)
    paid = [f"CASE WHEN status_{place} = 'payable' THEN subsidy_{place} ELSE -1 END" for place in places]
    most = f"greatest({', '.join(paid)})" if count > 1 else paid[0]
    best = " ".join(f"WHEN status_{place} = 'payable' AND subsidy_{place} = most THEN {place}" for place in places)
    undecided = " OR ".join(f"status_{place} = 'incomplete'" for place in places)
    place_of = {frame: place for place, frame in enumerate(ruleset.frames, 1)}
    both = [  # pay, or may pay, and may be held together
        f"(coalesce(subsidy_{place_of[one]}, 1) > 0 AND coalesce(subsidy_{place_of[other]}, 1) > 0)"
        for one, other in held_together(ruleset)
    ]
    engine.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE judged AS
        SELECT *, CASE {best} END AS best, CASE WHEN NOT together THEN greatest(most, 0) END AS plan_total,
          anew OR {undecided}{" OR together" if plans else ""} AS open
        FROM (
          SELECT told.hojo_file, told.hojo_row, told.name, answer.* EXCLUDE (outside), {most} AS most, ({" OR ".join(both) or "FALSE"}) AS together,
            coalesce(outside, TRUE) OR told.applicant IN (SELECT applicant FROM doubted) AS anew
          FROM ({query}) AS answer JOIN applicants AS told USING (applicant)
          WHERE told.applicant <> '' AND told.applicant NOT IN
            (SELECT applicant FROM refused WHERE place IN ('applicants', 'members') AND applicant IS NOT NULL)
        ) AS judging
        """
    )


def held_together(ruleset: Ruleset) -> tuple[tuple[str, str], ...]:
    """The pairs of frames that may be held together."""
    pairs = (pair for each in ruleset.combinations if each.allowed for pair in combinations(each.frames, 2))
    return tuple(dict.fromkeys(pairs))


def answer_columns(ruleset: Ruleset) -> dict[str, str]:
    """The columns of an answer, a row an applicant, with DuckDB's types. Of each frame what stands in the results."""
    found = {"hojo_file": "BIGINT", "hojo_row": "BIGINT", "applicant": "VARCHAR", "name": "VARCHAR"}
    for place in range(1, len(ruleset.frames) + 1):
        found |= {f"status_{place}": "VARCHAR"} | {
            f"{part}_{place}": "BIGINT" for part in ("subsidy", "low", "high", "cost")
        }
        found[f"missing_{place}"] = "VARCHAR[]"
    return {**found, "best": "BIGINT", "plan_total": "BIGINT"}


def write(engine: DuckDBPyConnection, ruleset: Ruleset, folder: str) -> tuple[int, int]:
    """The three files of a part. How many applicants it has, and how many of them are open."""
    answers, rejected = (f"{quoted(f'{folder}/{name}')} (FORMAT parquet)" for name in (ANSWERS, REJECTED))
    columns = ", ".join(
        f"CAST({'NULL' if name.partition('_')[0] in ('low', 'high', 'missing') else name} AS {kind}) AS {name}"
        for name, kind in answer_columns(ruleset).items()
    )
    engine.execute(f"COPY (SELECT {columns} FROM judged WHERE NOT open ORDER BY hojo_file, hojo_row) TO {answers}")
    hand_out(engine, "(SELECT * FROM judged WHERE open)", f"{folder}/{OPEN}")
    engine.execute(f"COPY (SELECT * FROM refused ORDER BY place, hojo_file, hojo_row) TO {rejected}")
    (applicants,), (undecided,) = engine.execute(
        "SELECT count(*) FROM applicants UNION ALL SELECT count(*) FROM judged WHERE open"
    ).fetchall()
    return applicants, undecided
