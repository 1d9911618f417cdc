"""`hojo check PATH…`: many applicants, each with one entry in the report, drawn while it goes in as many formats as asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from hojo_cli.base.finding import THE_CALL, Finding, HojoError, Location, Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.batch import discovery, intake, pool
from hojo_cli.batch.duplicates import Duplicates
from hojo_cli.batch.inspection import RULESETS, Inspector, Settings, Verdict, in_order, no_applicant
from hojo_cli.batch.intake.piece import Piece
from hojo_cli.batch.outputs import Outputs, ReaderGoneError, named_by, reachable
from hojo_cli.batch.progress import Progress, wanted
from hojo_cli.batch.selection import UNCHANGED, excluded, unchanged
from hojo_cli.batch.update_expect import prepare
from hojo_cli.files.atomic_file import require_apart, standing
from hojo_cli.files.reference import kind, refer
from hojo_cli.files.signals import Stopped, patiently, stoppable
from hojo_cli.formats.drawing.listing import Listing
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.messages import finding
from hojo_cli.messages.weights import weights
from hojo_cli.results.checked import Checked, Tally
from hojo_cli.results.report import Report
from hojo_cli.rules import ruleset

if TYPE_CHECKING:
    from hojo_cli.batch.baseline import Baseline

STREAMED: Final = ("jsonl", "csv", "github")
"""Formats that write while the batch runs."""

KNOWN: Final = Text("ベースラインにある指摘", "findings of the baseline")

_UNWRITTEN: Final = Text("`--output` のファイルは書いていません。", "No file of `--output` was written.")


class CheckRequest(NamedTuple):
    """What was asked for, as typed. `outputs` are `FORMAT=FILE`, or a FILE for `format`; `jobs` 0 is as many as there are processors.

    `by_ending`: the name of a FILE decides its format, where it says one.
    """

    paths: Sequence[str]
    files_from: str = ""
    rules: str = ""
    format: str = "table"
    outputs: Sequence[str] = ()
    encoding: str = ""
    jobs: int = 0
    strict: bool = False
    exit_zero: bool = False
    allow_empty: bool = False
    update_expect: bool = False
    near: bool = False
    quiet: bool = False
    exclude: Sequence[str] = ()
    changed: str = ""
    ignore: Sequence[str] = ()
    severity: Sequence[str] = ()
    baseline: str = ""
    update_baseline: bool = False
    by_ending: bool = False
    listing: Listing = Listing()


def run(request: CheckRequest, screen: Callable[[str], Screen]) -> Report:
    """A report without a page: everything is drawn on the way. `screen` tells what a path (empty: standard output) looks like.

    `HojoError` where the ruleset, a named file or an output cannot be used, or where there is nothing to check.
    """
    if not request.paths and not request.files_from:
        raise HojoError(finding("HJ003", THE_CALL, name="PATH…", command="hojo check"))
    if request.encoding not in ("", "utf-8", "cp932"):
        raise HojoError(finding("HJ455", THE_CALL, name=request.encoding))
    if request.update_baseline and not request.baseline:
        reason = Text(
            "--update-baseline には --baseline FILE も必要です", "--update-baseline goes with --baseline FILE"
        )
        raise HojoError(finding("HJ001", THE_CALL, reason=reason, command="hojo check"))
    if request.update_expect:  # nothing is done where it is plain that it cannot all be done
        records = [path for path in request.paths if kind(path) != "yaml" and not os.path.isdir(path)]
        if kept := [path for path in request.paths if path == "-" or path in records]:
            raise HojoError(*(finding("HJ442", Location(path)) for path in kept))
    batch = _Batch(request)
    named = any(path != "-" for _, path in named_by(request.outputs, request.format, endings=request.by_ending))
    end = {"files": _UNWRITTEN if named else Text("", "")}
    try:
        with stoppable("SIGINT", "SIGTERM"), batch.outputs:
            with patiently():
                head = batch.newest if request.rules else None
                batch.outputs.open(
                    request.outputs,
                    request.format,
                    head,
                    screen,
                    near=request.near,
                    quiet=request.quiet,
                    endings=request.by_ending,
                    frames=batch.frames,
                    listing=request.listing,
                )
            batch.check()
    except Stopped as stopped:
        found = finding("HJ451", THE_CALL, signal=stopped.name, done=batch.tally.inputs, **end)
        return Report(findings=(found, *batch.left()), exit_code=128 + stopped.number)
    except ReaderGoneError:
        found = finding("HJ452", THE_CALL, done=batch.tally.inputs, **end)
        return Report(findings=(found, *batch.left()), exit_code=141)
    except HojoError as problem:
        raise HojoError(*problem.findings, *batch.left()) from None
    gone = batch.baseline.gone() if batch.baseline else ()
    wrong = batch.tally.levels["error"] or (request.strict and batch.tally.levels["warning"])
    return Report(findings=tuple(gone), exit_code=1 if wrong and not request.exit_zero else 0)


class _Batch:
    """A run: its inputs one after the other, what was seen of them, and where their entries go.

    `newest` judges every input if a ruleset was chosen, else those that name no other year.
    """

    def __init__(self, request: CheckRequest) -> None:
        self.request = request
        self.inspector = Inspector(Settings(request.rules, request.update_expect, request.near))
        self.newest = self.inspector.rules(self.inspector.chosen)[0]
        self.outputs = Outputs()
        self.tally = Tally()
        self.duplicates = Duplicates()
        self.weights = weights(request.ignore, request.severity)
        self.baseline: Baseline | None = None
        if request.baseline:
            from hojo_cli.batch.baseline import Baseline  # few runs have one

            self.baseline = Baseline(request.baseline, update=request.update_baseline)
        self.rewritten = 0

    def frames(self) -> tuple[tuple[str, Text], ...]:
        """The frames that an input may be judged in: those of the chosen ruleset, else of all years, the newest first."""
        rulesets = (self.newest,) if self.request.rules else (self.newest, *ruleset.shipped())
        found = {frame.id: frame.label for each in reversed(rulesets) for frame in each.frames.values()}
        order = dict.fromkeys(frame for each in rulesets for frame in each.frames)
        return tuple((frame, found[frame]) for frame in order)

    def check(self) -> None:
        """Every input, and what is to be said in the end."""
        request, skipped = self.request, self.tally.skipped
        progress = Progress(0)
        barren: list[str] = []
        sources: Iterator[discovery.InputFile] = discovery.discover(
            request.paths, request.files_from, skipped, barren, excluded(request.exclude)
        )
        if request.changed:
            sources = self.changed(sources)
        shown = wanted() and not request.quiet and (request.outputs or request.format not in STREAMED)
        targets = standing(
            path for _, path in named_by(request.outputs, request.format, endings=request.by_ending) if path != "-"
        )
        read = (*(refer(path).path for path in request.paths), request.files_from, request.rules, request.baseline)
        require_apart(targets, read)
        if shown or reachable(targets, request.paths, request.files_from):
            found = list(sources)
            require_apart(targets, (refer(source.path).path for source in found))
            progress, sources = Progress(len(found) if shown else 0), iter(found)
        pieces = (
            piece for source in sources for piece in intake.pieces(source, request.encoding, skipped, self.newest)
        )
        jobs = request.jobs or pool.processors()
        verdicts = pool.ordered(pieces, self.inspector, given_up, Piece.heft, jobs=jobs)
        try:
            for verdict in verdicts:
                if verdict.checked is None:
                    skipped[RULESETS] += 1
                else:
                    with patiently():
                        self.enter(verdict.checked, verdict)
                progress.step()
        finally:
            with patiently():
                progress.wipe()
                verdicts.close()
        if not self.tally.inputs and not request.allow_empty and not skipped[UNCHANGED]:
            path = request.paths[0] if len(request.paths) == 1 else ""
            if skipped[RULESETS] and path and not os.path.isdir(path):
                raise HojoError(no_applicant(path))
            raise HojoError(finding("HJ450", THE_CALL, where="、".join(request.paths) or request.files_from))
        for path in () if request.allow_empty else dict.fromkeys(barren):
            nothing = finding("HJ456", Location(path), path=path)
            with patiently():  # after all inputs: only then it is known that there are some
                self.enter(Checked(path, 0, "", "", (), (nothing,)))
        newest = self.newest.fiscal_year
        years = {newest} if request.rules else self.tally.years - {0} or {newest}
        self.tally.rulesets = tuple(
            self.newest if year == newest else ruleset.load(str(year)) for year in sorted(years, reverse=True)
        )
        renewed = self.baseline.ready() if self.baseline and request.update_baseline else None
        try:
            self.outputs.close(self.tally)
            if renewed is not None:
                renewed.keep()
        finally:
            if renewed is not None:
                renewed.drop()

    def changed(self, sources: Iterator[discovery.InputFile]) -> Iterator[discovery.InputFile]:
        """Those that git does not know to be unchanged."""
        known = unchanged(self.request.changed, self.request.rules)
        for source in sources:
            if source.path == "-" or not known(source.path):
                yield source
            else:
                self.tally.skipped[UNCHANGED] += 1

    def enter(self, checked: Checked, verdict: Verdict | None = None) -> None:
        """An entry goes out, with a warning where the same business was there before, and its file is rewritten: both, or neither.

        All that can fail or last is done before the line is out; what is left then is a change of names.
        """
        whole = None
        if verdict is not None:
            duplicate = self.duplicates.meet(checked.file, checked.record, verdict.marks)
            if duplicate is not None:
                checked = checked._replace(findings=in_order((*checked.findings, duplicate)))
            if verdict.rewrite is not None:
                findings, whole = prepare(verdict.rewrite, checked.findings)
                checked = checked._replace(findings=in_order(findings))
        if self.weights is not None:
            checked = checked._replace(findings=self.weights.weighed(checked.findings))
        if self.baseline is not None:
            checked, known = self.baseline.pass_known(checked)
            if known:
                self.tally.skipped[KNOWN] += known
        try:
            self.outputs.add(checked)
            if whole is not None:
                whole.keep()
                self.rewritten += 1
        finally:
            if whole is not None:
                whole.drop()
        self.tally.add(checked)

    def left(self) -> tuple[Finding, ...]:
        """What a run that ends early leaves behind."""
        return (finding("HJ443", THE_CALL, count=self.rewritten),) if self.rewritten else ()


def given_up(piece: Piece, problem: str) -> Verdict:
    """The entry of an input that took its worker down, or at which hojo itself failed."""
    where = Location(piece.file, piece.line)
    found = finding("HJ099", where, reason=problem) if problem else finding("HJ401", where)
    return Verdict(Checked(piece.file, piece.record, "", "", (), (found,)))
