"""`hojo diff --impact` over tables of applicants: summed up in DuckDB part by part; who is beyond SQL is weighed by the evaluator.

All the numbers mean what they mean of files (`batch/impact`), and are those of every applicant, none is a sample. Facts that are missing
are looked for only of so many; of the others DuckDB says between what yen they lie.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import closing
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from hojo_cli.base.finding import THE_CALL, HojoError
from hojo_cli.base.suggest import candidates, meant, spellings, suggestion
from hojo_cli.batch import pool
from hojo_cli.batch.impact import Scales, given_up
from hojo_cli.batch.intake.piece import Piece
from hojo_cli.batch.progress import Progress, wanted
from hojo_cli.diff.clauses import Comparable
from hojo_cli.diff.totals import NAMED, Bounds, Group, Impact, InFrame, Movement, Weighed, best
from hojo_cli.messages import finding
from hojo_cli.tables import parts
from hojo_cli.tables.engine import connect, named, working
from hojo_cli.tables.examining import pieces
from hojo_cli.tables.handing import hand_out, handed
from hojo_cli.tables.joining import refusals
from hojo_cli.tables.opening import opened
from hojo_cli.tables.records import record
from hojo_cli.tables.sources import Sources, sources
from hojo_cli.tables.weighing import BY, Weighing, frames_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PART: Final = 1_000_000
"""Applicants that are judged at a time."""
EXAMINED: Final = 500
"""So many applicants of whom facts are missing are looked at one by one."""
MOST_VALUES: Final = 1_000
"""A column by whose values applicants are grouped has no more of them than this."""
_TOLD: Final = 100
"""So many rows that cannot be used are told one by one."""


def weigh_tables(compared: Comparable, paths: Sequence[str], by: Sequence[str], lang: str, jobs: int) -> Impact:
    """Every applicant of the tables, and by the values of some columns of theirs. `HojoError` where a table cannot be used."""
    found, weighing = sources(paths), Weighing(compared, lang)
    facts = spellings({fact: spec.label for fact, spec in compared.both.facts.items()})
    columns = [meant(name, facts) or name for name in by]  # a fact goes by its label too
    impact = Impact(compared, paths)
    jobs = jobs or pool.processors()
    with TemporaryDirectory(prefix="hojo-") as folder:
        run = _Run(found, weighing, columns, impact, folder)
        files = [source.path for listed in found.values() for source in listed]
        engine = connect(files, [folder], jobs=jobs, spill=os.path.join(folder, "spill"))
        with closing(engine), working(paths[0]):
            written = run.judge(engine)
        run.examine(written, compared, jobs)
    shown = [source.shown for source in found["applicants"]]
    impact.files, impact.more = shown[:NAMED], len(shown[NAMED:])
    if not impact.inputs:
        raise HojoError(finding("HJ450", THE_CALL, where="、".join(paths)))
    return impact


class _Run:
    """A run over tables. `room` is how many applicants of whom facts are missing may still be looked at one by one."""

    def __init__(self, found: Sources, weighing: Weighing, by: Sequence[str], impact: Impact, folder: str) -> None:
        self.sources, self.weighing, self.by, self.impact, self.folder = found, weighing, by, impact, folder
        self.impact.groups = {name: {} for name in by}
        self.room = EXAMINED

    def judge(self, engine: DuckDBPyConnection) -> list[str]:
        """Part after part summed up; the files of applicants that are left for the evaluator. `HojoError` where a column to group by is
        none, or has a value for nearly everybody (HJ477, HJ478).
        """
        tables = opened(engine, self.sources, self.weighing.ruleset, self.folder, also=self.by)
        for name in self.by:
            counted = f"SELECT count(DISTINCT {named(name)}) FROM every_applicants"
            (values,) = engine.execute(counted).fetchone() or (0,)
            if not values:
                near = suggestion(*candidates(name, [*self.weighing.ruleset.facts, "applicant", "name"]))
                raise HojoError(finding("HJ477", THE_CALL, name=name, near=near))
            if values > MOST_VALUES:
                raise HojoError(finding("HJ478", THE_CALL, name=name, count=f"{values:,}", most=f"{MOST_VALUES:,}"))
        (applicants,) = engine.execute("SELECT count(*) FROM every_applicants").fetchone() or (0,)
        count = max(-(-applicants // PART), 1)
        progress, written = Progress(count if wanted() and count > 1 else 0), []
        try:
            for number in range(count):
                parts.of_part(engine, number, count)
                parts.reject(engine, tables.doubtful)
                self.weighing.judge(engine, self.by)
                for table, refused in refusals(engine, self.sources):
                    self.impact.inputs += table == "applicants"
                    if len(self.impact.failed) < _TOLD:
                        self.impact.failed.append(refused)
                    else:
                        self.impact.refused += 1
                self._sum_up(engine)
                written.append(self._left(engine, number))
                progress.step()
        finally:
            progress.wipe()
        return written

    def _sum_up(self, engine: DuckDBPyConnection) -> None:
        """All whose result is known, and the largest movements among them."""
        impact, weighing = self.impact, self.weighing
        row = engine.execute(
            f"SELECT count(*) FILTER (NOT odd AND NOT open), {', '.join(weighing.sums())} FROM weighed"
        ).fetchone()
        assert row is not None
        inputs, old, new, gain, lose, same, become, stop, *rest = map(int, row)
        impact.inputs += inputs
        impact.old, impact.new = impact.old + old, impact.new + new
        impact.gain, impact.lose, impact.same = impact.gain + gain, impact.lose + lose, impact.same + same
        impact.become, impact.stop = impact.become + become, impact.stop + stop
        for place, number in enumerate(weighing.clauses):
            impact.parts[number] += rest[place]
        rest = rest[len(weighing.clauses) :]
        before, after = frames_of(rest, weighing.old), frames_of(rest[2 * len(weighing.old) :], weighing.new)
        for name, frame in impact.frames.items():
            (old, old_paid), (new, new_paid) = before.get(name, (0, 0)), after.get(name, (0, 0))
            impact.frames[name] = InFrame(
                frame.old + old, frame.new + new, frame.old_payable + old_paid, frame.new_payable + new_paid
            )
        for number, name in enumerate(self.by):
            for value, *cells in engine.execute(
                f"SELECT {BY}{number}, count(*) FILTER (NOT odd AND NOT open), 0, {', '.join(weighing.sums()[:5])} FROM weighed GROUP BY 1"
            ).fetchall():
                self._group(name, value, Group(*map(int, cells)))
        moved = engine.execute(
            "SELECT hojo_file, hojo_row, coalesce(nullif(name, ''), applicant), old, new FROM weighed"
            " WHERE NOT odd AND NOT open AND old <> new ORDER BY abs(new - old) DESC, hojo_file, hojo_row LIMIT 10"
        )
        for file, *told in moved.fetchall():
            impact.move(Movement(self.sources["applicants"][file].shown, *told))

    def _group(self, name: str, value: str | None, group: Group) -> None:
        groups = self.impact.groups[name]
        groups[value] = groups.get(value, Group()).plus(group)

    def _left(self, engine: DuckDBPyConnection, number: int) -> str:
        """The file of those whom the evaluator weighs. Of the others, where they are many, between what yen they lie."""
        engine.execute("CREATE OR REPLACE TEMP TABLE looked_at AS SELECT applicant FROM weighed WHERE odd")
        engine.execute(
            "INSERT INTO looked_at SELECT applicant FROM weighed WHERE open AND NOT odd"
            f" ORDER BY hojo_file, hojo_row LIMIT {self.room}"
        )
        engine.execute(
            "CREATE OR REPLACE TEMP TABLE left_out AS"
            " SELECT * FROM weighed WHERE open AND NOT odd AND applicant NOT IN (SELECT applicant FROM looked_at)"
        )
        sums, spent = self.weighing.bounds()
        row = engine.execute(
            f"SELECT count(*), {', '.join(sums)} FROM left_out LEFT JOIN ({spent}) AS spending USING (applicant)"
        ).fetchone()
        assert row is not None
        count, *yen = map(int, row)
        impact = self.impact
        impact.inputs, impact.undecided = impact.inputs + count, impact.undecided + count
        impact.unexamined += count
        impact.bounds = impact.bounds.plus(Bounds(*yen))
        for place, name in enumerate(self.by):
            for value, undecided in engine.execute(f"SELECT {BY}{place}, count(*) FROM left_out GROUP BY 1").fetchall():
                self._group(name, value, Group(undecided=undecided))
        (examined,) = engine.execute("SELECT count(*) FROM weighed WHERE open AND NOT odd").fetchone() or (0,)
        self.room -= examined - count
        path = os.path.join(self.folder, f"left-{number:05}.jsonl")
        hand_out(engine, "looked_at", path)
        return path

    def examine(self, files: Sequence[str], compared: Comparable, jobs: int) -> None:
        """Those who are left, each weighed by the evaluator. DuckDB is closed by now: a process is not copied with its threads."""
        scales = _Rows(Scales(compared), [source.shown for source in self.sources["applicants"]], self.by)
        progress = Progress(sum(1 for path in files for _ in pieces(path)) if wanted() else 0)
        pending = (piece for path in files for piece in pieces(path))
        weighed = pool.ordered(pending, scales, _given_up, Piece.heft, jobs=jobs)
        try:
            for one, values in weighed:
                before = self.impact.undecided
                self.impact.add(one)
                if not one.findings:  # who has some is in no group
                    group = Group(undecided=1)
                    if self.impact.undecided == before:
                        old, new = best(one.old), best(one.new)
                        group = Group(1, 0, old, new, int(new > old), int(new < old), int(new == old))
                    for name, value in zip(self.by, values, strict=True):
                        self._group(name, value, group)
                progress.step()
        finally:
            progress.wipe()
            weighed.close()


class _Rows:
    """Weighs applicants that were handed out of the tables; with each its values in the columns to group by."""

    def __init__(self, scales: Scales, files: Sequence[str], by: Sequence[str]) -> None:
        self.scales, self.files, self.by = scales, files, by

    def __call__(self, piece: Piece) -> tuple[Weighed, tuple[str | None, ...]]:
        assert isinstance(piece.payload, bytes)
        own, items, members = handed(json.loads(piece.payload))
        values = list[str | None]()
        for value in map(own.get, self.by):  # as DuckDB writes them
            match value:
                case bool():
                    values.append(str(value).lower())
                case list():
                    values.append(f"[{', '.join(map(str, value))}]")
                case _:
                    values.append(None if value is None else str(value))
        line = json.dumps(record(own, items, members, self.scales.compared.both), ensure_ascii=False)
        file, row = self.files[int(str(own["hojo_file"]))], int(str(own["hojo_row"]))
        weighed = self.scales(Piece(file, "jsonl", row, row, line.encode(errors="surrogatepass")))
        assert weighed is not None  # a record of rows is no ruleset
        return weighed._replace(name=weighed.name or str(own["applicant"])), tuple(values)


def _given_up(piece: Piece, problem: str) -> tuple[Weighed, tuple[str | None, ...]]:
    found = given_up(piece, problem)
    assert found is not None
    return found, ()
