"""A ruleset run over tables of applicants: in parts, each whole on the disk before the next begins, so that a killed run goes on.

First DuckDB judges part after part (`parts`). Then, DuckDB being closed, worker processes judge who is left (`examining`): a process
is not copied while threads of an engine live in it. At last DuckDB joins all of it (`joining`).
"""

from __future__ import annotations

import json
import os
from contextlib import closing
from typing import Any, Final

from hojo_cli.base.finding import Finding
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.version import __version__
from hojo_cli.batch import pool
from hojo_cli.batch.intake.piece import Piece
from hojo_cli.batch.progress import Progress
from hojo_cli.files.signals import patiently
from hojo_cli.messages.os_errors import undone
from hojo_cli.rules import ruleset as rulesets
from hojo_cli.tables import joining, parts
from hojo_cli.tables.engine import connect, working
from hojo_cli.tables.examining import Examiner, given_up, pieces
from hojo_cli.tables.joining import Told
from hojo_cli.tables.opening import opened
from hojo_cli.tables.sources import Sources
from hojo_cli.tables.work import Work

PART: Final = 1_000_000
"""Applicants of a part, where memory is not short."""
_BYTES: Final = 2_000
"""About what an applicant takes while its part is judged."""


class Request(NamedTuple):
    """What to run over which tables, and how. `memory` is in bytes (0: as DuckDB does), `jobs` 0 is as many as there are processors."""

    sources: Sources
    rules: str
    lang: str
    format: str
    memory: int = 0
    jobs: int = 0
    plans: bool = False
    part: int = PART


class Run:
    """A run in its folder. `shown`: somebody looks at a bar."""

    def __init__(self, request: Request, work: Work, *, shown: bool) -> None:
        self.request, self.work, self.shown = request, work, shown
        self.ruleset = rulesets.load(request.rules)
        self.query = "\n".join(parts.query_of(self.ruleset, request.lang).lines(wide=True))
        self.jobs = request.jobs or pool.processors()
        self.findings: tuple[Finding, ...] = ()
        self.absent: tuple[str, ...] = ()

    def run(self, results: str, rejected: str) -> Told:
        """Both outputs, whole. `HojoError` where it cannot be; what is done by then stays done."""
        count = self._judged()
        self._examined(count)
        return self._joined(count, results, rejected)

    # --- DuckDB: part after part ---

    def _judged(self) -> int:
        """How many parts there are; each is judged."""
        work, engine = self.work, self._engine()
        with closing(engine), working(work.output):
            known = self._known()
            count = work.begin(known)
            tables = opened(engine, self.request.sources, self.ruleset, work.folder)
            self.findings, self.absent = tables.findings, tables.absent
            if not count:
                (applicants,) = engine.execute("SELECT count(*) FROM every_applicants").fetchone() or (0,)
                most = min(self.request.part, (self.request.memory or PART * _BYTES) // _BYTES)
                count = max(-(-applicants // max(most, 1)), 1)
                work.divide(known, count)
            todo = [number for number in range(count) if not work.has(_part(number))]
            progress = Progress(len(todo) if self.shown and len(todo) > 1 else 0)
            try:
                for number in todo:
                    folder = work.fresh(_part(number))
                    parts.of_part(engine, number, count)
                    parts.reject(engine, tables.doubtful)
                    parts.judge(engine, self.query, self.ruleset, plans=self.request.plans)
                    counts = parts.write(engine, self.ruleset, folder)
                    with patiently():
                        with undone(work.output, lambda: None), open(f"{folder}/counts.json", "wb") as file:
                            file.write(json.dumps(counts).encode())
                        work.keep(_part(number))
                    progress.step()
            finally:
                progress.wipe()
        return count

    def _engine(self) -> Any:  # Any: DuckDB is imported where it is used
        files = [source.path for listed in self.request.sources.values() for source in listed]
        memory = f"{self.request.memory // 1000} KB" if self.request.memory else ""
        return connect(files, [self.work.folder], memory=memory, jobs=self.jobs, spill=self.work.path("spill"))

    def _known(self) -> dict[str, Any]:  # Any: what JSON carries
        """What the parts depend on."""
        import duckdb

        return {
            "hojo": __version__,
            "duckdb": duckdb.__version__,
            "ruleset": self.ruleset.sha256,
            "plans": self.request.plans,
            "lang": self.request.lang,
            "tables": [
                [
                    table,
                    source.path,
                    [*map(list, source.parted)],
                    (found := os.stat(source.path)).st_size,
                    found.st_mtime_ns,
                ]
                for table, files in self.request.sources.items()
                for source in files
            ],
        }

    # --- the evaluator: all that is left ---

    def _examined(self, count: int) -> None:
        """Of each part what the evaluator comes to: a file of answers and one of what is rejected."""
        todo = [number for number in range(count) if not self.work.has(_examined(number))]
        undecided = {number: _counts(self.work, number)[1] for number in todo}
        progress = Progress(sum(undecided.values()) if self.shown and sum(undecided.values()) > pool.FEW else 0)
        examiner = Examiner(self.request.rules, self.request.lang, plans=self.request.plans)
        pending = (piece for number in todo for piece in pieces(self._file(number, parts.OPEN)))
        verdicts = pool.ordered(pending, examiner, given_up, Piece.heft, jobs=self.jobs)
        try:
            for number in todo:
                folder = self.work.fresh(_examined(number))
                with (
                    undone(self.work.output, lambda: None),
                    open(f"{folder}/{_ANSWERS}", "wb") as answers,
                    open(f"{folder}/{_REJECTED}", "wb") as rejected,
                ):
                    for _ in range(undecided[number]):
                        examined = next(verdicts)
                        if examined.answer is not None:
                            answers.write(json.dumps(examined.answer).encode() + b"\n")
                        rejected.writelines(json.dumps(row).encode() + b"\n" for row in examined.rejected)
                        progress.step()
                with patiently():
                    self.work.keep(_examined(number))
        finally:
            with patiently():
                progress.wipe()
                verdicts.close()

    # --- DuckDB again: all of it, in order ---

    def _joined(self, count: int, results: str, rejected: str) -> Told:
        work, engine = self.work, self._engine()
        numbers = range(count)

        def filled(name: str) -> list[str]:
            """Files that hold anything: an empty one is no JSON to DuckDB."""
            files = [work.path(f"{_examined(number)}/{name}") for number in numbers]
            return [path for path in files if os.path.getsize(path)]

        with closing(engine), working(work.output):
            joining.answers(
                engine, self.ruleset, [self._file(number, parts.ANSWERS) for number in numbers], filled(_ANSWERS)
            )
            told = joining.summary(engine, self.ruleset, sum(_counts(work, number)[0] for number in numbers))
            joining.results(engine, self.ruleset, work.path("results"), self.request.format)
            rows = [self._file(number, parts.REJECTED) for number in numbers]
            with undone(rejected, lambda: None), open(work.path("rejected"), "wb") as out:
                joining.rejected(engine, rows, filled(_REJECTED), self.request.sources, out, self.request.lang)
        with patiently():
            work.hand_over({"rejected": rejected, "results": results})
        return told

    def _file(self, number: int, name: str) -> str:
        return self.work.path(f"{_part(number)}/{name}")


_ANSWERS: Final = "answers.jsonl"
_REJECTED: Final = "rejected.jsonl"


def _part(number: int) -> str:
    return f"part-{number:05}"


def _examined(number: int) -> str:
    return f"examined-{number:05}"


def _counts(work: Work, number: int) -> tuple[int, int]:
    """Of a part: applicants, and how many of them are open."""
    with open(work.path(f"{_part(number)}/counts.json"), encoding="utf-8") as file:
        applicants, undecided = json.load(file)
    return applicants, undecided
