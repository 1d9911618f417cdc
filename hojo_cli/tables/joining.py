"""The parts joined in the order of the input: the results, a row an applicant and frame, and the rows that were rejected."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Final

from hojo_cli.base.finding import THE_CALL, Finding, Location, Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.engine.judgement import Status
from hojo_cli.messages import finding
from hojo_cli.rules.declared import Ruleset
from hojo_cli.tables.engine import listed, paths, quoted
from hojo_cli.tables.parts import answer_columns
from hojo_cli.tables.sources import Sources

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FORMATS: Final = {
    "parquet": "FORMAT parquet, COMPRESSION zstd",
    "csv": "FORMAT csv, HEADER true",
    "jsonl": "FORMAT json",
}


class Paid(NamedTuple):
    """What came of a frame: how many applicants by status, and the yen of those who are paid."""

    statuses: Mapping[str, int]
    yen: int


class Told(NamedTuple):
    """What a run comes to: applicants that came in, that have results, and what each frame pays."""

    applicants: int
    answered: int
    frames: Mapping[str, Paid]


def answers(engine: DuckDBPyConnection, ruleset: Ruleset, parts: Sequence[str], examined: Sequence[str]) -> None:
    """The view `answers`: of all parts, and of the evaluator."""
    columns = answer_columns(ruleset)
    typed = ", ".join(f"{quoted(name)}: {quoted(kind)}" for name, kind in columns.items())
    names = ", ".join(columns)
    sources = [f"SELECT {names} FROM read_parquet({paths(parts)})"]
    if examined:
        sources.append(
            f"SELECT {names} FROM read_json({paths(examined)}, format = 'newline_delimited', columns = {{{typed}}}, maximum_object_size = 100000000)"
        )
    engine.execute(f"CREATE OR REPLACE TEMP VIEW answers AS {' UNION ALL '.join(sources)}")


def results(engine: DuckDBPyConnection, ruleset: Ruleset, target: str, format: str) -> None:
    """The results as a file: applicants in the order of the input, each with its frames in the order of the ruleset."""
    frames = ", ".join(
        f"{{'frame': {quoted(frame)}, 'status': status_{place}, 'subsidy': subsidy_{place}, 'low': low_{place}, 'high': high_{place},"
        f" 'eligible_cost': cost_{place}, 'best': coalesce(best = {place}, FALSE), 'missing': missing_{place}}}"
        for place, frame in enumerate(ruleset.frames, 1)
    )
    missing = "each.missing" if format != "csv" else "array_to_string(each.missing, ';') AS missing"
    engine.execute(
        f"""
        COPY (
          SELECT applicant, name, each.frame, each.status, each.subsidy, each.low, each.high, each.eligible_cost, each.best, plan_total,
            {missing}
          FROM (
            SELECT applicant, name, plan_total, unnest([{frames}]) AS each
            FROM (SELECT * FROM answers ORDER BY hojo_file, hojo_row)
          )
        ) TO {quoted(target)} ({FORMATS[format]})
        """
    )


def summary(engine: DuckDBPyConnection, ruleset: Ruleset, applicants: int) -> Told:
    """What it all comes to. Every applicant that came in has results, or was rejected; a mistake in hojo where one has neither."""
    places = range(1, len(ruleset.frames) + 1)
    cells = ["count(*)"]
    for place in places:
        cells += [f"count(*) FILTER (status_{place} = {quoted(status.value)})" for status in Status]
        cells.append(f"coalesce(sum(subsidy_{place}) FILTER (status_{place} = 'payable'), 0)::HUGEINT")
    row = engine.execute(f"SELECT {', '.join(cells)} FROM answers").fetchone()
    assert row is not None
    width = len(Status) + 1
    frames = {}
    for place, frame in enumerate(ruleset.frames):
        held = row[1 + place * width : 1 + (place + 1) * width]
        frames[frame] = Paid({status.value: count for status, count in zip(Status, held, strict=False)}, int(held[-1]))
    return Told(applicants, row[0], frames)


# --- what was rejected ----------------------------------------------------------------------------------------------------


_WHY: Final = {
    "keyless": Text("行に `applicant` の値がありません。", "The row has no `applicant`."),
    "unknown": Text(
        "`applicant` の値が、申請者の表にありません。", "Its `applicant` is none of the table of applicants."
    ),
    "numberless": Text("行に `member` の値がありません。", "The row has no `member`."),
}


def rejected(
    engine: DuckDBPyConnection,
    parts: Sequence[str],
    examined: Sequence[str],
    sources: Sources,
    out: IO[bytes],
    lang: str,
) -> None:
    """Lines of JSON, one for each thing that is wrong, by table and row."""
    place = f"list_position({listed(sources)}, place)"
    kinds = "'table': 'VARCHAR', hojo_file: 'BIGINT', 'row': 'BIGINT', 'column': 'VARCHAR', code: 'VARCHAR', message: 'VARCHAR', applicant: 'VARCHAR'"
    selects = [
        f"SELECT place, hojo_file, hojo_row, applicant, member, why, '' AS \"column\", '' AS code, '' AS message FROM read_parquet({paths(parts)})"
    ]
    if examined:
        selects.append(
            'SELECT "table" AS place, hojo_file, "row" AS hojo_row, applicant, NULL AS member, \'\' AS why, "column", code, message'
            f" FROM read_json({paths(examined)}, format = 'newline_delimited', columns = {{{kinds}}}, maximum_object_size = 100000000)"
        )
    cursor = engine.execute(f"SELECT * FROM ({' UNION ALL '.join(selects)}) ORDER BY {place}, hojo_file, hojo_row")
    while rows := cursor.fetchmany(10_000):
        for table, file, row, applicant, member, why, *told in rows:
            column, code, message = told
            if why:
                column = "member" if why == "numberless" or (member is not None and why == "twice") else "applicant"
                found = refusal(why, applicant, member)
                code, message = found.code, found.message.into(lang)
            line = {
                "table": table,
                "file": sources[table][file].shown,
                "row": row,
                "column": column,
                "code": code,
                "message": message,
                "applicant": applicant,
            }
            out.write(json.dumps(line, ensure_ascii=False).encode(errors="surrogatepass") + b"\n")


def refusals(engine: DuckDBPyConnection, sources: Sources) -> Iterator[tuple[str, Finding]]:
    """Rows of the table `refused`, each with its table and what is wrong at its place."""
    rows = engine.execute("SELECT place, hojo_file, hojo_row, applicant, member, why FROM refused ORDER BY ALL")
    for table, file, row, applicant, member, why in rows.fetchall():
        yield table, refusal(why, applicant, member)._replace(where=Location(sources[table][file].shown, row))


def refusal(why: str, applicant: str, member: int | None) -> Finding:
    """What is wrong with a row that makes no applicant, or is nobody's."""
    if why == "twice":
        return finding("HJ465", THE_CALL, key=applicant if member is None else f"{applicant} / {member}")
    return finding("HJ466", THE_CALL, what=_WHY[why])
