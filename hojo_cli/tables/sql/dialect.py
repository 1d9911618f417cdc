"""What SQL engines spell differently: whole division, wide numbers, lists, names. A dialect is offered only where it has run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from hojo_cli.base.record import Record

BIG: Final = 2**63 - 1
"""The largest number of the ordinary type of every engine."""


class Limits(Record):
    """What is reckoned with: who is beyond it is `outside`, and the evaluator's business.

    `yen` is the most that somebody's items may cost together, `count` and `rate` the largest number that is a count or months, and the
    largest numerator and denominator of a rate; `pieces` the most pieces times months or years of an item; `parts` of a yen are what a
    sum that is shared out over months comes to. With these almost everything stays within 64 bits, where engines reckon fast.
    """

    yen: int
    count: int
    rate: int
    pieces: int
    parts: int


class Dialect(Record):
    """The spellings of one engine.

    `text` is a text as a literal. `wide` is the type of what is beyond 64 bits (empty: there is none), `widest` the largest number it
    holds, and `sums_widely` that sums of less come in it by themselves. `divided` and `divided_wide` divide whole numbers, neither below
    zero, and leave the rest out. `holds` is whether a list has a choice, `listed_in` how many it has; `coded` is a choice as the engine
    compares it fastest, NULL if it is none of these; `any_bit` joins masks over rows, `ones` counts the bits of one. `least` and `most`
    name the functions of two arguments. `columns` is the type of a column for each kind of fact. `kept` tells the engine to work an
    expression out once: where it is left to put all of them together, planning may never end. `apart` tells that of every step, for an
    engine that else writes an expression out wherever its column is used (2 GiB and 6 s of planning in SQLite).
    """

    name: str
    quote: str
    text: Callable[[str], str]
    wide: str
    widest: int
    divided: Callable[[str, str], str]
    divided_wide: Callable[[str, str], str]
    holds: Callable[[str, str], str]
    listed_in: Callable[[str], str]
    coded: Callable[[str, Sequence[str]], str]
    any_bit: Callable[[str, int], str]
    ones: Callable[[str, int], str]
    least: str
    most: str
    columns: Mapping[str, str]
    limits: Limits
    kept: str = ""
    apart: str = ""
    sums_widely: bool = False

    def named(self, name: str) -> str:
        """A column or table by its name."""
        return f"{self.quote}{name.replace(self.quote, self.quote * 2)}{self.quote}"

    def listed(self, values: Sequence[str]) -> str:
        """Literals with commas between them."""
        return ", ".join(map(self.text, values))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _spark_text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _one_of(column: str, choices: Sequence[str], text: Callable[[str], str] = _quoted) -> str:
    return f"CASE WHEN {column} IN ({', '.join(map(text, choices))}) THEN {column} END"


_WHOLE_LISTS: Final = {"yen": "BIGINT", "count": "BIGINT", "months": "BIGINT", "rate": "BIGINT", "boolean": "BOOLEAN"}
_LARGE: Final = Limits(10**12, 10**6, 10**9, 10**6, 2_520)

_DUCKDB: Final = Dialect(
    name="duckdb",
    quote='"',
    text=_quoted,
    wide="HUGEINT",
    widest=2**127 - 1,
    divided=lambda over, under: f"{over} // {under}",
    divided_wide=lambda over, under: f"{over} // {under}",
    holds=lambda column, choice: f"list_contains({column}, {_quoted(choice)})",
    listed_in=lambda column: f"len({column})",
    coded=lambda column, choices: f"TRY_CAST({column} AS ENUM ({', '.join(map(_quoted, choices))}))",
    any_bit=lambda mask, _: f"bit_or({mask})",
    ones=lambda mask, _: f"CAST(bit_count({mask}) AS BIGINT)",
    least="least",
    most="greatest",
    columns={**_WHOLE_LISTS, "choice": "VARCHAR", "set": "VARCHAR[]", "text": "VARCHAR"},
    limits=_LARGE,
    kept="MATERIALIZED ",
    sums_widely=True,
)
_SPARK: Final = Dialect(
    name="spark",
    quote="`",
    text=_spark_text,
    wide="DECIMAL(38,0)",
    widest=10**32 - 1,  # what / makes of 38 digits has 32 before the point
    divided=lambda over, under: f"{over} DIV {under}",
    # DIV gives 64 bits, and / rounds: what is left of a whole multiple divides without a rest
    divided_wide=lambda over, under: f"CAST(({over} - {over} % {under}) / {under} AS DECIMAL(38,0))",
    holds=lambda column, choice: f"array_contains({column}, {_spark_text(choice)})",
    listed_in=lambda column: f"CASE WHEN {column} IS NOT NULL THEN size({column}) END",  # of NULL it is −1
    coded=lambda column, choices: _one_of(column, choices, _spark_text),
    any_bit=lambda mask, _: f"bit_or({mask})",
    ones=lambda mask, _: f"CAST(bit_count({mask}) AS BIGINT)",
    least="least",
    most="greatest",
    columns={**_WHOLE_LISTS, "choice": "STRING", "set": "ARRAY<STRING>", "text": "STRING"},
    limits=_LARGE,
)
_POSTGRESQL: Final = Dialect(
    name="postgresql",
    quote='"',
    text=_quoted,
    wide="NUMERIC",
    widest=10**60 - 1,  # it holds 131,072 digits; nobody reads that many
    # a sum is NUMERIC there, of which / leaves fractions: div leaves the rest out whatever it is given
    divided=lambda over, under: f"CAST(div({over}, {under}) AS BIGINT)",
    divided_wide=lambda over, under: f"div({over}, {under})",
    holds=lambda column, choice: f"{_quoted(choice)} = ANY ({column})",
    listed_in=lambda column: f"cardinality({column})",
    coded=_one_of,
    any_bit=lambda mask, _: f"bit_or({mask})",
    ones=lambda mask, _: f"bit_count(CAST({mask} AS BIT(64)))",
    least="least",
    most="greatest",
    columns={**_WHOLE_LISTS, "choice": "TEXT", "set": "TEXT[]", "text": "TEXT"},
    limits=_LARGE,
    kept="MATERIALIZED ",
    apart="MATERIALIZED ",
)
_SQLITE: Final = Dialect(
    name="sqlite",
    quote='"',
    text=_quoted,
    wide="",
    widest=BIG,
    divided=lambda over, under: f"{over} / {under}",
    divided_wide=lambda over, under: f"{over} / {under}",
    holds=lambda column, choice: f"instr(';' || {column} || ';', {_quoted(f';{choice};')}) > 0",
    listed_in=lambda column: (
        f"CASE WHEN {column} = '' THEN 0 ELSE length({column}) - length(replace({column}, ';', '')) + 1 END"
    ),
    coded=_one_of,
    any_bit=lambda mask, width: " + ".join(f"max({mask} & {1 << place})" for place in range(width)) or "0",
    ones=lambda mask, width: " + ".join(f"(({mask} & {1 << place}) > 0)" for place in range(width)) or "0",
    least="min",
    most="max",
    columns={**dict.fromkeys(_WHOLE_LISTS, "INTEGER"), "choice": "TEXT", "set": "TEXT", "text": "TEXT"},
    kept="MATERIALIZED ",
    apart="MATERIALIZED ",
    limits=Limits(10**10, 10**6, 10**9, 10**6, 12),  # in 64 bits
)

DIALECTS: Final[Mapping[str, Dialect]] = {dialect.name: dialect for dialect in (_DUCKDB, _SPARK, _POSTGRESQL, _SQLITE)}
"""The engines on which the query has run and come to the same yen as the evaluator."""
