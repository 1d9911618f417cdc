"""`hojo table PATH… -o results.parquet`: tables of applicants, every frame of each, as a table; nothing lost."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from hojo_cli.base.finding import THE_CALL, HojoError, Text
from hojo_cli.batch.progress import wanted
from hojo_cli.files import streams
from hojo_cli.files.atomic_file import require_apart, standing
from hojo_cli.files.signals import Stopped
from hojo_cli.messages import finding
from hojo_cli.pages import table as table_page
from hojo_cli.results.report import Report
from hojo_cli.rules import library
from hojo_cli.tables import joining, running, sources
from hojo_cli.tables.work import Work

_ENDINGS: Final = {"parquet": "parquet", "csv": "csv", "jsonl": "jsonl", "ndjson": "jsonl"}
_MEMORY: Final = {"MB": 10**6, "GB": 10**9, "TB": 10**12}
_LEAST: Final = 200 * 10**6
_KEPT: Final = Text(
    "途中までの結果は {path} にあります。同じコマンドは続きから始まります。",
    "What is done so far stands in {path}; the same command goes on from there.",
)


def run(
    paths: Sequence[str],
    target: str,
    *,
    rules: str = "",
    lang: str = "ja",
    format: str = "",
    rejected: str = "",
    memory: str = "",
    jobs: int = 0,
    plans: bool = False,
    quiet: bool = False,
    part: int = running.PART,
) -> Report:
    """Results to `target`, what is wrong to `rejected` (beside it). Exit code 1 where applicants or rows were rejected.

    `HojoError` where a table, the ruleset or an output cannot be used.
    """
    stem, dot, ending = target.rpartition(".")
    format = format or _ENDINGS.get(ending.lower(), "")
    if format not in joining.FORMATS:
        raise HojoError(
            finding(
                "HJ070",
                THE_CALL,
                path=target,
                ending=ending if dot else "",
                known=", ".join(map(".{}".format, _ENDINGS)),
            )
        )
    rejected = rejected or f"{stem if ending.lower() in _ENDINGS else target}.rejected.jsonl"
    if os.path.realpath(rejected) == os.path.realpath(target):
        raise HojoError(finding("HJ453", THE_CALL, path=rejected))
    found = sources.sources(paths)
    read = [source.path for files in found.values() for source in files]
    require_apart(standing([target, rejected]), [*read, rules])
    request = running.Request(
        found, rules or library.years()[0], lang, format, _bytes(memory), jobs, plans=plans, part=part
    )
    with Work(target, rejected) as work:
        run = running.Run(request, work, shown=wanted() and not quiet)
        try:
            told = run.run(target, rejected)
        except (Stopped, KeyboardInterrupt):
            streams.say(_KEPT.into(lang).format(path=f"{target}.parts"))
            raise
        finally:
            work.leave()
    wrong = Path(rejected).stat().st_size > 0
    return Report(
        page=lambda: table_page.page(
            run.ruleset, told.frames, told.applicants, told.answered, target, rejected if wrong else "", run.absent
        ),
        findings=run.findings,
        exit_code=1 if wrong else 0,
    )


def _bytes(memory: str) -> int:
    """`4GB` in bytes; 0 where nothing is said. `HojoError` (HJ004) where it is no amount of memory, or too little to work in."""
    match = re.fullmatch(r"([0-9]{1,6}) ?([MGT]B)", memory.strip().upper()) if memory else None
    size = int(match[1]) * _MEMORY[match[2]] if match else 0
    if memory and size < _LEAST:
        raise HojoError(
            finding(
                "HJ004",
                THE_CALL,
                name="--memory",
                value=memory,
                known=Text("200MB から（4GB など）", "from 200MB, such as 4GB"),
            )
        )
    return size
