"""DuckDB, shut in: it reads the tables it was given, writes into the folder of its work, and goes nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from errno import ENOSPC
from glob import escape
from typing import TYPE_CHECKING, Final

from hojo_cli.base.finding import THE_CALL, HojoError, Location, Text
from hojo_cli.messages import finding
from hojo_cli.messages.os_errors import unwritten, why

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_FULL: Final = why(OSError(ENOSPC, ""))


def quoted(text: str) -> str:
    """A text as a literal: within `'…'` nothing but the quote itself means anything."""
    return "'" + text.replace("'", "''") + "'"


def listed(texts: Iterable[str]) -> str:
    """A list of literals."""
    return f"[{', '.join(map(quoted, texts))}]"


def named(name: str) -> str:
    """A column by its name."""
    return '"' + name.replace('"', '""') + '"'


def paths(files: Iterable[str]) -> str:
    """Files as DuckDB takes them: each is itself, also where its name looks like a pattern."""
    return listed(map(escape, files))


def connect(
    files: Sequence[str], folders: Sequence[str], *, memory: str = "", jobs: int = 0, spill: str = ""
) -> DuckDBPyConnection:
    """An engine that may read these files, and read and write below these folders. `HojoError` (HJ012) where DuckDB is not installed.

    Reading files needs the file system, which DuckDB calls external access. So it is closed all but for these places, before any
    name or cell of a table is looked at. Extensions are neither fetched nor loaded: nothing here needs one, and to fetch one is to
    run what somebody else put there. `lock_configuration` keeps all that as it is, whatever a query says.
    """
    try:
        import duckdb
    except ImportError:
        raise HojoError(finding("HJ012", THE_CALL, package="DuckDB", extra="hojo-cli[sql]")) from None
    engine = duckdb.connect(":memory:")
    settings = [
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "preserve_insertion_order = true",
        "enable_progress_bar = false",
        f"allowed_paths = {listed(dict.fromkeys([*files, *map(escape, files)]))}",  # patterns are held against it as they stand
        f"allowed_directories = {listed(dict.fromkeys([*folders, *map(escape, folders)]))}",
    ]
    if spill:
        settings.append(f"temp_directory = {quoted(spill)}")
    if memory:
        settings.append(f"memory_limit = {quoted(memory)}")
    if jobs:
        settings.append(f"threads = {jobs}")
    for setting in (*settings, "enable_external_access = false", "lock_configuration = true"):
        engine.execute(f"SET {setting}")
    return engine


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Where DuckDB cannot read a table, one line says which, and why (HJ461)."""
    import duckdb

    try:
        yield
    except duckdb.Error as problem:
        said = re.search(r"CSV Error on Line: (\d+)", str(problem))
        where = Location(path, int(said[1]) if said else 0)
        raise HojoError(finding("HJ461", where, path=path, reason=_reason(problem))) from None


@contextmanager
def working(path: str) -> Iterator[None]:
    """Where DuckDB cannot go on, one line says why: the disk is full (HJ010), memory does not do (HJ467), or a table breaks off (HJ461)."""
    import duckdb

    try:
        yield
    except RuntimeError as problem:  # DuckDB's own word for a signal that came while it worked: who stopped it is lost
        if "interrupted" in str(problem).lower():
            raise KeyboardInterrupt from None
        raise
    except duckdb.Error as problem:
        text = str(problem)
        if "No space left" in text or "max_temp_directory_size" in text:
            raise unwritten(path, _FULL) from None
        if isinstance(problem, duckdb.OutOfMemoryException):
            raise HojoError(finding("HJ467", THE_CALL)) from None
        if isinstance(problem, (duckdb.IOException, duckdb.InvalidInputException, duckdb.ConversionException)):
            said = re.search(r"""(?:file|File) ["']([^"']+)["']""", text)
            raise HojoError(
                finding("HJ461", THE_CALL, path=said[1] if said else path, reason=_reason(problem))
            ) from None
        raise


def _reason(problem: Exception) -> Text:
    """What is wrong with a file, in words where they are known; DuckDB's own first line where nothing better is."""
    text = str(problem)
    for sign, reason in _KNOWN.items():
        if sign in text:
            return reason
    said = re.sub(r"^[\w ]*Error: ", "", text.strip().split("\n")[0])[:_LONGEST]
    return Text(f"DuckDB の理由: {said}", said)


_LONGEST: Final = 160
_KNOWN: Final = {
    "too small to be a Parquet": Text("Parquet ではありません", "it is no Parquet file"),
    "No magic bytes found at end": Text(
        "Parquet ではないか、途中で切れています", "it is no Parquet file, or one that breaks off"
    ),
    "No magic bytes": Text("Parquet ではありません", "it is no Parquet file"),
    "Invalid unicode": Text("UTF-8 ではありません", "it is not UTF-8"),
    "not utf-8": Text("UTF-8 ではありません", "it is not UTF-8"),
    "Malformed JSON": Text("JSON として読めない行があります", "a line of it is no JSON"),
    "Permission denied": Text("権限がありません", "permission denied"),
}
