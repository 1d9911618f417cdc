"""From a column as it stands in a file to the type that its table declares, exactly: a cell that is no such value keeps its text.

Numbers are whole. A fraction, a word, a number beyond 64 bits come to no value here: the reader of applicant files looks at the
text and says what is wrong with it, or reads it after all (`1,000万円`).
"""

from __future__ import annotations

import re
from typing import Final

from hojo_cli.base.record import NamedTuple
from hojo_cli.tables.engine import quoted
from hojo_cli.tables.sql.tables import Column

_WHOLE: Final = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
_WIDE: Final = ("UBIGINT", "HUGEINT", "UHUGEINT")
_FLOATING: Final = ("FLOAT", "DOUBLE")
_NO_CELL: Final = ("STRUCT", "MAP", "UNION", "BLOB", "BIT", "VARIANT", "GEOMETRY")
_NOTHING: Final = ("[]", "none", "なし", "無し")
"""What stands for a set that holds nothing, where cells are texts: an empty cell is unknown."""


class Cell(NamedTuple):
    """A column as SQL: its value, whether it holds something else (empty: it cannot), and that as text."""

    value: str
    wrong: str = ""
    text: str = ""


def cell(column: Column, kind: str, name: str) -> Cell | None:
    """The column `name`, of DuckDB's type `kind`, as what is declared; None where the type holds no such value."""
    if kind == '"NULL"':
        return Cell(f"CAST(NULL AS {TYPES[column.kind]})")
    if kind.startswith(_NO_CELL) or "[][]" in kind or (kind.endswith("]") and column.kind != "set"):
        return None
    text = {"VARCHAR": name, "JSON": f"({name} ->> '$')"}.get(kind, f"CAST({name} AS VARCHAR)")
    match column.kind:
        case "set" if kind.endswith("]"):
            return _of_list(kind, name)
        case "set" if kind == "JSON":
            value = f"CASE WHEN json_type({name}) = 'ARRAY' THEN CAST({name} AS VARCHAR[]) ELSE {_split(text)} END"
            return _of_list("VARCHAR[]", f"({value})")._replace(text=text)
        case "set":
            return Cell(_split(text))
        case "text" if kind in ("VARCHAR", "JSON"):
            return Cell(text)
        case "text" | "choice":
            return Cell(f"nullif({text}, '')")
        case "boolean" if kind == "BOOLEAN":
            return Cell(name)
        case "boolean":
            value = f"CASE lower({text}) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END"
            return Cell(value, f"{text} <> '' AND ({value}) IS NULL", text)
        case _ if kind in _WHOLE:
            return Cell(name if kind == "BIGINT" else f"CAST({name} AS BIGINT)")
        case _ if kind in ("VARCHAR", "JSON"):  # an empty text says nothing
            value = f"CASE WHEN regexp_full_match({text}, '[0-9]+') THEN TRY_CAST({text} AS BIGINT) END"
            return Cell(value, f"{text} <> '' AND ({value}) IS NULL", text)
    value, something = "CAST(NULL AS BIGINT)", f"{name} IS NOT NULL"  # a date, a truth: never a number
    if kind in _WIDE:
        value = f"TRY_CAST({name} AS BIGINT)"
    elif kind in _FLOATING or kind.startswith("DECIMAL"):
        value = f"CASE WHEN {name} = trunc({name}) THEN TRY_CAST({name} AS BIGINT) END"
    if kind in _FLOATING:  # NaN is how some tools write that there is nothing
        something += f" AND NOT isnan({name})"
    return Cell(value, f"{something} AND ({value}) IS NULL", text)


TYPES: Final = {
    **dict.fromkeys(("yen", "count", "months", "rate"), "BIGINT"),
    "boolean": "BOOLEAN",
    "choice": "VARCHAR",
    "text": "VARCHAR",
    "set": "VARCHAR[]",
}


def _of_list(kind: str, name: str) -> Cell:
    """A list without gaps: an entry that is NULL is no choice."""
    value = name if re.match(r"VARCHAR\[", kind) else f"CAST({name} AS VARCHAR[])"
    return Cell(value, f"list_count({name}) <> len({name})", f"CAST({name} AS VARCHAR)")


def _split(text: str) -> str:
    """A set written as a text, `a;b`."""
    nothing = ", ".join(map(quoted, _NOTHING))
    parts = f"list_transform(string_split_regex(trim({text}, ' []'), '[;；,、\\n]'), lambda part: trim(part, ' ''\"'))"
    return f"CASE WHEN {text} = '' THEN NULL WHEN trim({text}) IN ({nothing}) THEN [] ELSE {parts} END"
