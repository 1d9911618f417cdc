"""Applicants handed out of DuckDB one by one: each with the rows of its items and members, as a line of JSON and as a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hojo_cli.base.record import NamedTuple
from hojo_cli.tables.engine import quoted
from hojo_cli.tables.records import Row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Handed(NamedTuple):
    """The row of an applicant and those of its items and members; a cell that holds no value of its column is the text it is."""

    own: Row
    items: list[Row]
    members: list[Row]


def hand_out(engine: DuckDBPyConnection, wanted: str, target: str) -> None:
    """The applicants of the table `wanted` as lines, each with its row there (`judged`), in the order in which they stand in their files."""
    those = f"SELECT applicant FROM {wanted}"
    listed = [
        f"""
          LEFT JOIN (
            SELECT applicant, list({table} ORDER BY hojo_file, hojo_row) AS {table}
            FROM {table} WHERE applicant IN ({those}) GROUP BY applicant
          ) AS of_{table} ON of_{table}.applicant = own.applicant"""
        for table in ("items", "members")
    ]
    engine.execute(
        f"""
        COPY (
          SELECT own, judged, of_items.items, of_members.members
          FROM applicants AS own JOIN {wanted} AS judged ON judged.applicant = own.applicant{"".join(listed)}
          ORDER BY own.hojo_file, own.hojo_row
        ) TO {quoted(target)} (FORMAT json)
        """
    )


def handed(told: Mapping[str, Any]) -> Handed:  # Any: whatever a line holds
    """What such a line holds."""
    return Handed(_raw(told["own"]), [*map(_raw, told["items"] or ())], [*map(_raw, told["members"] or ())])


def _raw(row: Mapping[str, Any]) -> Row:  # Any: whatever a row holds
    return {**row, **{cell["column"]: cell["text"] for cell in row.get("hojo_wrong") or ()}}
