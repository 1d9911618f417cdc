"""`hojo convert PATH… -o TARGET`: applicants from one kind of file to another, all of them or none."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import Final

from hojo_cli.base.finding import THE_CALL, Finding, HojoError, Location, Severity, Text
from hojo_cli.base.sanitize import for_terminal
from hojo_cli.batch import conversion
from hojo_cli.batch.conversion import Client
from hojo_cli.files import streams
from hojo_cli.files.atomic_file import WholeFile, require_apart, standing
from hojo_cli.files.atomic_folder import WholeFolder
from hojo_cli.files.reference import refer
from hojo_cli.messages import finding
from hojo_cli.results.report import Report
from hojo_cli.rules import library, ruleset
from hojo_cli.tables import reading, writing
from hojo_cli.tables.sources import is_table
from hojo_cli.tables.sql.tables import TABLES

_WROTE: Final = Text("{count}件を {path} に書きました。", "Wrote {count} applicants to {path}.")
_PARQUET: Final = "applicants.parquet"
"""A target of this name stands for its folder."""
_KINDS: Final = ("csv", "xlsx", "jsonl", "ndjson", "parquet")


def run(
    paths: Sequence[str],
    target: str,
    rules: str,
    lang: str,
    *,
    format: str = "",
    encoding: str = "",
    force: bool = False,
    quiet: bool = False,
) -> Report:
    """To a folder (one YAML a client, or the tables of a query), or a file of many, by the `format` or else the end of its name.

    `HojoError` where the target cannot be; nothing is written where any applicant has an error: exit code 1.
    """
    folder = Path(target).is_dir() or target.endswith(("/", os.sep))
    ending = format or ("" if folder else Path(target).suffix[1:].lower())
    named = Path(target).name == _PARQUET and not folder
    if not target or (ending and ending not in ("yaml", *_KINDS)) or (ending == "parquet" and not format and not named):
        raise HojoError(finding("HJ084", THE_CALL, path=target))
    kind, outputs = "yaml" if not ending or (folder and ending != "parquet") else ending, [target]
    if kind == "parquet":
        target = str(Path(target).parent) if Path(target).name == _PARQUET else target
        outputs = [str(Path(target) / f"{table}.parquet") for table in TABLES]
    require_apart(standing(outputs), (refer(path).path for path in paths))
    for path in () if force else outputs:
        if os.path.lexists(path) and (not Path(path).is_dir() or any(Path(path).iterdir())):  # it would be lost
            raise HojoError(finding("HJ014", Location(path), path=path))
    reading = _Reading(paths, encoding, rules, passed_over=kind == "parquet")
    try:
        _write(reading, kind, target, lang)
    except conversion.UnconvertedError as problem:
        return Report(findings=(*problem.findings, finding("HJ082", THE_CALL, path=target)), exit_code=1)
    if not quiet:
        streams.say(_WROTE.into(lang).format(count=f"{reading.count:,}", path=for_terminal(target)))
    return Report(findings=tuple(reading.notes))


class _Reading:
    """The applicants of some paths one after the other, counted. At their end `UnconvertedError` where any of them is wrong, and
    `HojoError` (HJ450) where there is none. `passed_over`: facts that no year of theirs knows are told, because they will be gone.
    """

    def __init__(self, paths: Sequence[str], encoding: str, rules: str, *, passed_over: bool) -> None:
        self.paths, self.encoding, self.rules, self.passed_over = paths, encoding, rules, passed_over
        self.count = 0
        self.notes: list[Finding] = []

    def __iter__(self) -> Iterator[Client]:
        wrong = []
        for client in chain.from_iterable(
            reading.read([*paths], self.rules) if tables else conversion.read([*paths], self.encoding, self.rules)
            for tables, paths in groupby(self.paths, is_table)
        ):
            if isinstance(client, Client):
                self.count += 1
                yield client
            elif client.severity is Severity.ERROR:
                wrong.append(client)
            elif self.passed_over or client.code != conversion.PASSED_OVER:
                self.notes.append(client)
        if wrong:
            raise conversion.UnconvertedError(wrong)
        if not self.count:
            raise HojoError(finding("HJ450", THE_CALL, where="、".join(self.paths)))


def _write(clients: _Reading, kind: str, target: str, lang: str) -> None:
    match kind:
        case "parquet":
            writing.write(clients, target)
        case "jsonl" | "ndjson" if target == "-":
            streams.write(b"".join(map(conversion.json_line, clients)), target, "jsonl")
        case "jsonl" | "ndjson":  # written as they come, and kept once all of them are there
            file = WholeFile(target)
            try:
                for client in clients:
                    file.write(conversion.json_line(client))
                file.finish()
                file.keep()
            finally:
                file.drop()
        case "csv" | "xlsx":
            listed = list(clients)
            conversion.require_alone(listed)
            draw = conversion.table if kind == "csv" else conversion.workbook
            streams.write(draw(listed, ruleset.load(clients.rules or library.years()[0]), lang), target, kind)
        case _:
            listed = list(clients)
            with WholeFolder(target.rstrip("/" + os.sep) or target) as whole:
                for name, data in conversion.yaml_files(listed):
                    whole.add(name, data)
                whole.keep()
