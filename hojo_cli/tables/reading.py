"""A table of applicants read as applicant files, one after the other: what is wrong is told at its row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from hojo_cli.applicants import applicant
from hojo_cli.base.finding import Finding, Location, Severity
from hojo_cli.base.number import read_year
from hojo_cli.batch.conversion import PASSED_OVER, Client
from hojo_cli.document import paths
from hojo_cli.messages import finding
from hojo_cli.rules import library, ruleset as rulesets
from hojo_cli.rules.declared import Ruleset
from hojo_cli.tables import parts
from hojo_cli.tables.engine import connect, working
from hojo_cli.tables.handing import Handed, hand_out, handed
from hojo_cli.tables.joining import refusals
from hojo_cli.tables.opening import opened
from hojo_cli.tables.records import BESIDE, EXPECTED, Row, cell, document, record
from hojo_cli.tables.sources import Sources, sources
from hojo_cli.tables.sql.tables import columns

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_AT_ONCE: Final = 200_000
"""Applicants that are handed out of DuckDB at a time."""


def read(given: Sequence[str], rules: str) -> Iterator[Client | Finding]:
    """Every applicant of some tables, or what is wrong with its rows; and which columns are nothing that an applicant file holds.

    They are read under the ruleset asked for, else that of the year which the column `fiscal_year` names, else the newest. `HojoError`
    where a table cannot be read.
    """
    found = sources(given)
    used = rulesets.load(rules or library.years()[0])
    if not rules and (year := _year(found, used, given[0])) in library.years():
        used = rulesets.load(year)
    with TemporaryDirectory(prefix="hojo-") as folder, _engine(found, folder) as engine, working(given[0]):
        expected = [f"{EXPECTED}{frame}" for frame in used.frames]
        tables = opened(engine, found, used, folder, also=(*BESIDE, *expected), of_members=BESIDE[:1])
        for table, names in tables.unread.items():
            yield finding("HJ476", Location(found[table][0].shown, 0), table=table, names="、".join(names))
        parts.of_part(engine, 0, 1)
        parts.reject(engine, ())
        yield from (refused for _, refused in refusals(engine, found))
        engine.execute(
            "CREATE TEMP TABLE numbered AS SELECT applicant, row_number() OVER (ORDER BY hojo_file, hojo_row) AS place"
            " FROM applicants WHERE applicant <> '' AND applicant NOT IN"
            " (SELECT applicant FROM refused WHERE place IN ('applicants', 'members') AND applicant IS NOT NULL)"
        )
        (applicants,) = engine.execute("SELECT count(*) FROM numbered").fetchone() or (0,)
        path = Path(folder) / "applicants.jsonl"
        for first in range(0, applicants, _AT_ONCE):
            engine.execute(
                "CREATE OR REPLACE TEMP TABLE wanted AS SELECT applicant FROM numbered"
                f" WHERE place > {first} AND place <= {first + _AT_ONCE}"
            )
            hand_out(engine, "wanted", str(path))
            with path.open("rb") as lines:
                for line in lines:
                    yield from _read(handed(json.loads(line)), found, used, overruled=bool(rules))


def _engine(found: Sources, folder: str) -> closing[DuckDBPyConnection]:
    files = [source.path for listed in found.values() for source in listed]
    return closing(connect(files, [folder], spill=folder))


def _year(found: Sources, used: Ruleset, path: str) -> str:
    """The year that the applicants name first; empty where none does."""
    with TemporaryDirectory(prefix="hojo-") as folder, _engine(found, folder) as engine, working(path):
        opened(engine, found, used, folder, also=("fiscal_year",))
        named = "SELECT CAST(fiscal_year AS VARCHAR) FROM every_applicants WHERE fiscal_year IS NOT NULL LIMIT 1"
        (year,) = engine.execute(named).fetchone() or ("",)
    return read_year(year)


def _read(rows: Handed, found: Sources, used: Ruleset, *, overruled: bool) -> Iterator[Client | Finding]:
    """One applicant; or what is wrong with it, at the row it stands in."""
    values = record(*rows, used)
    root = document(values)
    key = str(rows.own["applicant"])
    loaded = applicant.load(root, used, key, overruled=overruled)
    if loaded.file is not None:
        yield Client(key, {name: values[name] for name in applicant.KEYS if name in values}, loaded.file, used)
    leading = paths(root, of_keys=True) if loaded.findings else {}
    for told in loaded.findings:
        if told.severity is Severity.ERROR or told.code == PASSED_OVER:
            at = cell(leading.get(told.where[1:3], ""), rows.items, rows.members)
            listed: dict[str, list[Row]] = {"applicants": [rows.own], "items": rows.items, "members": rows.members}
            row = listed[at.table][at.row]
            names = [column.name for column in columns(used, at.table)]
            column = names.index(at.column) + 1 if at.column in names else 1
            file = found[at.table][int(str(row["hojo_file"]))].shown
            yield told._replace(where=Location(file, int(str(row["hojo_row"])), column))
