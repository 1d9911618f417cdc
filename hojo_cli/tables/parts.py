"""A part of the applicants, judged by the query: answers that stand, those that are for the evaluator, and rows that are rejected."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from hojo_cli.rules.declared import Ruleset
from hojo_cli.tables.sql.tables import TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ANSWERS: Final = "answers.parquet"
OPEN: Final = "open.jsonl"
REJECTED: Final = "rows.parquet"


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
    engine.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE judged AS
        SELECT *, CASE {best} END AS best, CASE WHEN NOT together THEN greatest(most, 0) END AS plan_total,
          anew OR {undecided}{" OR together" if plans else ""} AS open
        FROM (
          SELECT told.hojo_file, told.hojo_row, told.name, answer.* EXCLUDE (outside), {most} AS most, {_together(ruleset)} AS together,
            coalesce(outside, TRUE) OR told.applicant IN (SELECT applicant FROM doubted) AS anew
          FROM ({query}) AS answer JOIN applicants AS told USING (applicant)
          WHERE told.applicant <> '' AND told.applicant NOT IN
            (SELECT applicant FROM refused WHERE place IN ('applicants', 'members') AND applicant IS NOT NULL)
        ) AS judging
        """
    )


def _together(ruleset: Ruleset) -> str:
    """Whether two frames pay, or may pay, that may be held together."""
    places = {frame: place for place, frame in enumerate(ruleset.frames, 1)}
    tests = [
        f"(coalesce(subsidy_{places[one]}, 1) > 0 AND coalesce(subsidy_{places[other]}, 1) > 0)"
        for one, other in held_together(ruleset)
    ]
    return f"({' OR '.join(tests) or 'FALSE'})"


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
    from hojo_cli.tables.engine import quoted

    def to(name: str, format: str) -> str:
        return f"{quoted(f'{folder}/{name}')} (FORMAT {format})"

    columns = ", ".join(
        f"CAST({'NULL' if name.partition('_')[0] in ('low', 'high', 'missing') else name} AS {kind}) AS {name}"
        for name, kind in answer_columns(ruleset).items()
    )
    engine.execute(
        f"COPY (SELECT {columns} FROM judged WHERE NOT open ORDER BY hojo_file, hojo_row) TO {to(ANSWERS, 'parquet')}"
    )
    engine.execute(
        f"""
        COPY (
          SELECT own, wanted AS judged, bought.items, listed.members
          FROM applicants AS own
          JOIN (SELECT * FROM judged WHERE open) AS wanted ON wanted.applicant = own.applicant
          LEFT JOIN (
            SELECT applicant, list(items ORDER BY hojo_file, hojo_row) AS items
            FROM items WHERE applicant IN (SELECT applicant FROM judged WHERE open) GROUP BY applicant
          ) AS bought ON bought.applicant = own.applicant
          LEFT JOIN (
            SELECT applicant, list(members ORDER BY hojo_file, hojo_row) AS members
            FROM members WHERE applicant IN (SELECT applicant FROM judged WHERE open) GROUP BY applicant
          ) AS listed ON listed.applicant = own.applicant
          ORDER BY own.hojo_file, own.hojo_row
        ) TO {to(OPEN, "json")}
        """
    )
    engine.execute(f"COPY (SELECT * FROM refused ORDER BY place, hojo_file, hojo_row) TO {to(REJECTED, 'parquet')}")
    (applicants,), (undecided,) = engine.execute(
        "SELECT count(*) FROM applicants UNION ALL SELECT count(*) FROM judged WHERE open"
    ).fetchall()
    return applicants, undecided
