"""Tables of applicants opened in DuckDB: views `every_applicants`, `every_items`, `every_members` with the columns that a query reads.

Beside the declared columns each has `hojo_file` and `hojo_row` (which file of the table, from 0, and which row of it, from 1), and
`hojo_wrong`: the cells that hold no value of their column, each with its text (NULL: none).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from hojo_cli.base.finding import Finding, HojoError, Location, Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.suggest import nearest, suggestion
from hojo_cli.messages import finding
from hojo_cli.rules.declared import Ruleset
from hojo_cli.tables.cells import TYPES, cell
from hojo_cli.tables.engine import named, paths, quoted, reading
from hojo_cli.tables.sources import Source, Sources
from hojo_cli.tables.sql.tables import TABLES, Column, columns

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WRONG: Final = 'STRUCT("column" VARCHAR, "text" VARCHAR)[]'
"""The type of `hojo_wrong`."""


class Opened(NamedTuple):
    """What came of it: the tables that may hold wrong cells, facts and fields without a column, and names that may be misspelt."""

    doubtful: tuple[str, ...]
    absent: tuple[str, ...]
    findings: tuple[Finding, ...]
    unread: Mapping[str, tuple[str, ...]]
    """Of each table the columns that are neither declared nor asked for."""


def opened(
    engine: DuckDBPyConnection,
    sources: Sources,
    ruleset: Ruleset,
    folder: str,
    *,
    also: Sequence[str] = (),
    of_members: Sequence[str] = (),
    step: Callable[[], None] = lambda: None,
) -> Opened:
    """The views. CSV and JSON Lines are first written into `folder` as Parquet, which is read as often as it takes (files that are there
    already are not written again). `also` and `of_members` name further columns of
    applicants and of members, kept as they are. `HojoError` where a table cannot be
    read (HJ461), lacks a column that it needs (HJ462), or has one of a type that holds no such value (HJ463).
    """
    doubtful, absent, told = list[str](), list[str](), list[Finding]()
    unread: dict[str, dict[str, None]] = {table: {} for table in TABLES}
    for table in TABLES:
        declared, files = columns(ruleset, table), sources[table]
        more = {"applicants": also, "members": of_members}.get(table, ())
        selects, written, lacking = list[str](), list[str](), set[str]()
        parquet = [source for source in files if source.kind == "parquet"]  # read together, texts one by one
        for group in (parquet, *([source] for source in files if source.kind != "parquet")):
            if not group:
                continue
            read = _Reader(engine, table, declared, more, group)
            told += read.misspelt()
            lacking |= read.lacking
            unread[table] |= dict.fromkeys(read.unread)
            places = [files.index(source) for source in group]
            if group is parquet:
                selects.append(read.select(places))
                doubtful += [table] if read.doubtful else []
                continue
            written.append(os.path.join(folder, f"{table}-{places[0]:05}.parquet"))
            if not os.path.exists(written[-1]):
                read.write(written[-1], places[0])
            step()
        if written:
            doubtful.append(table)
            selects.append(f"SELECT * FROM read_parquet({paths(written)})")
        if not selects:  # a table without rows
            nothing = {"hojo_file": "BIGINT", "hojo_row": "BIGINT"}
            nothing |= {named(column.name): TYPES[column.kind] for column in declared} | {"hojo_wrong": WRONG}
            cells = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in nothing.items())
            selects.append(f"SELECT {cells} WHERE FALSE")
        engine.execute(f"CREATE VIEW every_{table} AS {' UNION ALL BY NAME '.join(selects)}")
        if files and table != "members":  # every fact of a member is one of an applicant
            absent += [name for name in (*ruleset.facts, *ruleset.fields) if name in lacking]
    return Opened(
        tuple(dict.fromkeys(doubtful)),
        tuple(dict.fromkeys(absent)),
        tuple(dict.fromkeys(told)),
        {table: tuple(names) for table, names in unread.items() if names},
    )


class _Reader:
    """Files of one kind and the columns they have."""

    def __init__(
        self,
        engine: DuckDBPyConnection,
        table: str,
        declared: Sequence[Column],
        more: Sequence[str],
        files: Sequence[Source],
    ) -> None:
        self.engine, self.declared, self.more, self.files = engine, declared, more, files
        self.first = files[0]
        self.kinds = self._kinds()
        self.lacking = {column.name for column in declared if column.name.lower() not in self.kinds}
        for column in declared:
            if column.needed and column.name in self.lacking:
                near = suggestion(nearest(column.name, list(self.kinds)[:_MANY]))
                words = {"table": table, "column": column.name, "near": near}
                raise HojoError(finding("HJ462", Location(self.first.shown, 0), **words))
        self.cells = {}
        for column in declared:
            kind, name = self.kinds.get(column.name.lower(), ('"NULL"', named(column.name)))
            made = cell(column, kind, name)
            if made is None:
                words = {"column": column.name, "kind": kind, "wanted": TYPES[column.kind]}
                raise HojoError(finding("HJ463", Location(self.first.shown, 0), **words))
            self.cells[column.name] = made
        self.doubtful = any(each.wrong for each in self.cells.values())

    def _kinds(self) -> dict[str, tuple[str, str]]:
        """DuckDB's type of each column, by its name in small letters, and what to call it."""
        with reading(self.first.shown):
            match self.first.kind:
                case "csv":
                    header = _header(self.first)
                    found = {name.lower(): ("VARCHAR", f"c{place}") for place, name in enumerate(header)}
                case "jsonl":
                    read = f"read_json({paths([self.first.path])}, {_JSON}, maximum_depth = 1, sample_size = 20000)"
                    kinds = self._described(read)
                    found = {name.lower(): ("JSON", named(name)) for name in kinds if name != "json" or len(kinds) > 1}
                case _:
                    kinds = self._described(self._parquet())
                    found = {name.lower(): (kind, named(name)) for name, kind in kinds.items()}
        if self.first.kind != "parquet":
            found |= {key.lower(): ("VARCHAR", quoted(value)) for key, value in self.first.parted}
        return found

    def _described(self, source: str) -> dict[str, str]:
        rows = self.engine.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        return {str(name): str(kind) for name, kind, *_ in rows}

    def _parquet(self) -> str:
        hive = "true" if any(source.parted for source in self.files) else "false"
        return (
            f"read_parquet({paths(source.path for source in self.files)}, union_by_name = {str(len(self.files) > 1).lower()},"
            f" hive_partitioning = {hive}, hive_types_autocast = false)"
        )

    def select(self, places: Sequence[int]) -> str:
        """Rows of Parquet files, whose places among the files of the table are these."""
        in_order = list(places) == list(range(len(places)))
        place = "file_index" if in_order else f"list_extract({list(places)}, file_index + 1)"
        return f"SELECT CAST({place} AS BIGINT) AS hojo_file, file_row_number + 1 AS hojo_row, {self._cells()} FROM {self._parquet()}"

    def write(self, target: str, place: int) -> None:
        """The rows of a text file as Parquet, in their order: complete, or not there."""
        source = self.first
        if source.kind == "csv":
            header = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(_header(source))))
            read = f"read_csv({paths([source.path])}, columns = {{{header}}}, {_CSV})"
        else:
            names = {quoted(column.name): quoted("JSON") for column in self.declared if column.name not in self.lacking}
            names |= {quoted(name): quoted("JSON") for name in self.more if name.lower() in self.kinds}
            listed = ", ".join(f"{name}: {kind}" for name, kind in names.items())
            read = f"read_json({paths([source.path])}, {_JSON}, columns = {{{listed}}})"
        first = 2 if source.kind == "csv" else 1  # a header stands above the rows of CSV
        select = f"SELECT CAST({place} AS BIGINT) AS hojo_file, row_number() OVER () + {first - 1} AS hojo_row, {self._cells()} FROM {read}"
        with reading(source.shown):
            self.engine.execute(f"COPY ({select}) TO {quoted(target + '.tmp')} (FORMAT parquet)")
        os.replace(target + ".tmp", target)

    def _cells(self) -> str:
        listed = [f"{made.value} AS {named(name)}" for name, made in self.cells.items()]
        taken = {name.lower() for name in self.cells}
        for name in self.more:
            kind, column = self.kinds.get(name.lower(), ("", "NULL"))
            if name.lower() not in taken:
                held = f"({column} ->> '$')" if kind == "JSON" else column
                listed.append(f"{held} AS {named(name)}")
        wrong = [
            f"CASE WHEN {made.wrong} THEN {{'column': {quoted(name)}, 'text': {made.text}}} END"
            for name, made in self.cells.items()
            if made.wrong
        ]
        if not wrong:
            return ", ".join((*listed, f"CAST(NULL AS {WRONG}) AS hojo_wrong"))
        any_wrong = " OR ".join(f"({made.wrong})" for made in self.cells.values() if made.wrong)
        told = f"list_filter([{', '.join(wrong)}], lambda each: each IS NOT NULL)"
        return ", ".join((*listed, f"CASE WHEN {any_wrong} THEN {told} END AS hojo_wrong"))

    @property
    def unread(self) -> list[str]:
        """The columns that are neither declared nor asked for."""
        known = {name.lower() for name in (*(column.name for column in self.declared), *self.more)}
        return [name for name in self.kinds if name not in known]

    def misspelt(self) -> list[Finding]:
        """Columns that no query reads, whose name comes near to one that is not there."""
        known = [column.name for column in self.declared]
        if not self.lacking or len(self.kinds) > _MANY:
            return []
        near = {name: nearest(name, known) for name in self.unread}
        where = Location(self.first.shown, 0)
        return [
            finding("HJ464", where, column=name, near=suggestion(word))
            for name, word in near.items()
            if word in self.lacking
        ]


_MANY: Final = 300
"""Of a table with more columns than this, nobody misspelt one by hand."""
_CSV: Final = (
    "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '', strict_mode = true,"
    " null_padding = false, max_line_size = 10000000"
)
_JSON: Final = "format = 'newline_delimited', maximum_object_size = 10000000"


def _header(source: Source) -> list[str]:
    """The names in the first line of a CSV file. `HojoError` (HJ461) where they are none."""
    import csv

    try:
        with open(source.path, encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file), [])
    except UnicodeDecodeError:
        reason = Text("UTF-8 ではありません", "it is not UTF-8")
    except (OSError, csv.Error) as problem:
        reason = Text(f"読めません: {problem}", f"it cannot be read: {problem}")
    else:
        counts = Counter(name.lower() for name in header)
        twice = [name for name in header if counts[name.lower()] > 1]
        if not header:
            reason = Text("空です", "it is empty")
        elif twice:
            reason = Text(f"列 {twice[0]} が2つあります", f"there are two columns {twice[0]}")
        else:
            return [name.strip() for name in header]
    raise HojoError(finding("HJ461", Location(source.shown, 0), path=source.shown, reason=reason))
