"""From paths as people type them to the files of the three tables.

A path is a folder that holds `applicants`, `items`, `members`; or one of them, with its neighbours. Each is a file (`applicants.parquet`),
several (`applicants-2025.csv`, `applicants-2026.csv`), or a folder of parts, which may be Hive partitions (`applicants/year=2026/0.parquet`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from glob import glob
from typing import Final
from urllib.parse import unquote

from hojo_cli.base.finding import HojoError, Location, Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.messages import finding
from hojo_cli.tables.sql.tables import TABLES

KINDS: Final = {".parquet": "parquet", ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}


class Source(NamedTuple):
    """A file of a table. `path` is absolute, `shown` as it was typed; `parted` are the columns that the names of its folders say."""

    path: str
    shown: str
    kind: str
    parted: tuple[tuple[str, str], ...] = ()


Sources = Mapping[str, Sequence[Source]]


def sources(paths: Sequence[str]) -> Sources:
    """The files of each table, in the order of the paths. `HojoError` where a path leads to none (HJ460), or a table stands there twice (HJ461)."""
    found: dict[str, dict[str, Source]] = {table: {} for table in TABLES}
    for path in paths:
        listed = list(_at(path))
        if not listed:
            raise HojoError(finding("HJ460", Location(path, 0), path=path))
        for table, source in (*listed, *_beside(path)):
            found[table].setdefault(os.path.realpath(source.path), source)
    for files in found.values():  # one table in two kinds of file beside each other is most likely the same rows twice
        stems: dict[str, Source] = {}
        for source in files.values():
            first = stems.setdefault(os.path.splitext(source.path)[0], source)
            if first.kind != source.kind:
                name = os.path.basename(first.path)
                reason = Text(f"同じ表が {name} にもあります", f"the same table stands beside it as {name}")
                raise HojoError(finding("HJ461", Location(source.shown, 0), path=source.shown, reason=reason))
    if not found["applicants"]:
        raise HojoError(finding("HJ460", Location(paths[0], 0), path=paths[0]))
    return {table: list(files.values()) for table, files in found.items()}


def _at(path: str) -> Iterator[tuple[str, Source]]:
    """The files that a path, or a glob, leads to, each with its table."""
    for place in [path] if os.path.lexists(path) else sorted(glob(path, recursive=True)):
        held = [entry for entry in sorted(os.listdir(place)) if _table(entry)] if os.path.isdir(place) else []
        if held:
            for entry in held:
                for source in _files(os.path.join(place, entry), os.path.join(place, entry)):
                    yield _table(entry), source
        elif root := _root(place):
            for source in _files(place, root):
                yield _table(os.path.basename(root)), source


def _beside(path: str) -> Iterator[tuple[str, Source]]:
    """The neighbours of applicants: what stands under the same name, but for that of the table."""
    root = _root(path)
    folder, name = os.path.split(root)
    if _table(name) == "applicants":
        for table in TABLES[1:]:
            neighbour = (
                os.path.join(folder, f"{table}{name.removeprefix('applicants')}")
                + path.rstrip(_SEPARATORS)[len(root) :]
            )
            stem, ending = os.path.splitext(neighbour)
            endings = (ending, *KINDS) if ending in KINDS else (ending,)
            yield from next((listed for each in endings if (listed := list(_at(stem + each)))), [])


_SEPARATORS: Final = "/" + os.sep


def _root(path: str) -> str:
    """The part of a path that ends in the name of a table: the path itself, or a folder above partitions; empty where there is none."""
    root = path.rstrip(_SEPARATORS)
    if _table(os.path.basename(root)):
        return root
    while os.path.dirname(root) != root:
        root = os.path.dirname(root)
        if _table(os.path.basename(root)):
            return root
        if "=" not in root and "*" not in root:
            break
    return ""


def _table(name: str) -> str:
    """The table that a file or folder is of, by how its name begins: `items`, `items.csv`, `items-2026.parquet`."""
    match = re.match(rf"({'|'.join(TABLES)})(?![A-Za-z])", name)
    return match[1] if match and not name.endswith((".parts", ".tmp")) else ""


def _files(place: str, root: str) -> Iterator[Source]:
    """A file; or all below a folder, sorted, without what tools leave beside their parts (`_SUCCESS`, `.crc`)."""
    if not os.path.isdir(place):
        kind = KINDS.get(os.path.splitext(place)[1].lower(), "")
        parted = [part.partition("=") for part in os.path.dirname(place)[len(root) :].split(os.sep) if "=" in part]
        if kind and os.path.isfile(place):
            yield Source(os.path.abspath(place), place, kind, tuple((key, unquote(held)) for key, _, held in parted))
        return
    for name in sorted(os.listdir(place)):
        if name[0] not in "._":
            yield from _files(os.path.join(place, name), root)


def is_table(path: str) -> bool:
    """Whether a path that may lead to applicant files leads to tables: to Parquet, or to a folder that holds applicants as Parquet, or in
    any kind of file with their items beside them. A folder of applicant files may itself be called `applicants`.
    """
    if not os.path.isdir(path):
        return os.path.splitext(path)[1].lower() == ".parquet"
    found = {(table, source.kind) for table, source in _at(path)}
    return ("applicants", "parquet") in found or {"applicants", "items"} <= {table for table, _ in found}
