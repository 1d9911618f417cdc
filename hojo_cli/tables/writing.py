"""Applicants as a table: a folder of `applicants.parquet`, `items.parquet` and `members.parquet`, all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final

from hojo_cli.base.finding import Finding, Location
from hojo_cli.base.number import read_year
from hojo_cli.base.sanitize import path_text
from hojo_cli.batch.conversion import Client, UnconvertedError
from hojo_cli.files.atomic_folder import WholeFolder
from hojo_cli.messages import finding
from hojo_cli.messages.os_errors import undone
from hojo_cli.rules.declared import Ruleset
from hojo_cli.tables.engine import connect, working
from hojo_cli.tables.records import BESIDE, EXPECTED
from hojo_cli.tables.sql.dialect import DIALECTS
from hojo_cli.tables.sql.rows import Row, rows
from hojo_cli.tables.sql.tables import TABLES, columns

NAMES: Final = tuple(f"{table}.parquet" for table in TABLES)
"""The files of a table."""


def write(clients: Iterable[Client], folder: str) -> None:
    """The folder with the three files. `UnconvertedError` where an applicant has no rows, or names another year than the first;
    `HojoError` where DuckDB is not installed or the folder cannot be written to.
    """
    with WholeFolder(folder) as whole, ExitStack() as stack:
        with undone(folder, whole.drop):
            files = {table: stack.enter_context((whole.scratch / table).open("wb")) for table in TABLES}
        used, wrong = None, list[Finding]()
        filled: dict[str, set[str]] = {table: set() for table in TABLES}
        for client in clients:
            used = used or client.ruleset
            for table, row in _rows(client, used, wrong):
                filled[table].update(row)
                with undone(folder, whole.drop):
                    files[table].write(f"{json.dumps(row, ensure_ascii=False)}\n".encode(errors="replace"))
        if wrong:
            raise UnconvertedError(wrong)
        if used is not None:
            for table, file in files.items():
                with undone(folder, whole.drop):
                    file.close()
                kinds = {column.name: column.kind for column in columns(used, table)}
                beside = {**dict.fromkeys(BESIDE, "text"), "fiscal_year": "count"}
                beside |= {f"{EXPECTED}{frame}": "yen" for frame in used.frames}
                kinds |= {name: kind for name, kind in beside.items() if name in filled[table] and name not in kinds}
                types = {name: DIALECTS["duckdb"].columns[kind] for name, kind in kinds.items()}
                source, target = file.name, str(whole.place(f"{table}.parquet"))
                places = [str(Path(source).parent), str(Path(target).parent)]
                with closing(connect([], places)) as engine, working(folder):
                    engine.execute(_COPY, [source, types, target])
            whole.keep()


_COPY: Final = (
    "COPY (SELECT * FROM read_json(?, format = 'newline_delimited', columns = ?, maximum_object_size = 4194304))"
    " TO ? (FORMAT parquet, COMPRESSION zstd)"
)
"""Rows as JSON lines, made into a Parquet file. The names of columns are words of a ruleset; paths are handed over as values."""


def _rows(client: Client, used: Ruleset, wrong: list[Finding]) -> Iterator[tuple[str, Row]]:
    """The rows of an applicant by table, with what the table keeps beside the facts; what keeps it from having any is told."""
    name, where = path_text(client.name), Location(client.name)
    if client.ruleset.sha256 != used.sha256:
        words = {"year": str(client.ruleset.fiscal_year), "first": str(used.fiscal_year)}
        wrong.append(finding("HJ469", where, path=name, **words))
        return
    made = rows(client.file.applicant, name, used)
    if made is None:
        wrong.append(finding("HJ468", where, path=name))
        return
    (own,) = made["applicants"]
    for key in BESIDE:
        if key in client.values:  # as text; a note may be anything
            value = client.values[key]
            own[key] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if "fiscal_year" in own:
        own["fiscal_year"] = int(read_year(str(own["fiscal_year"])))
    own |= {"frame": client.file.frame} if client.file.frame else {}
    own |= {f"{EXPECTED}{frame}": yen for frame, yen in client.file.expect.items()}
    listed = client.values.get("members")
    for row, stated in zip(made["members"], listed if isinstance(listed, list) else (), strict=True):
        if isinstance(stated, dict) and stated.get("corporate_number") is not None:
            row["corporate_number"] = str(stated["corporate_number"])
    for table, listed_rows in made.items():
        yield from ((table, row) for row in listed_rows)
