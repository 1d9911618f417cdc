"""`hojo check PATH…`: many applicants, each with one entry in the report, drawn while it goes in as many formats as asked."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from hojo_cli.base.finding import THE_CALL, Finding, HojoError, Location, Text
from hojo_cli.batch import discovery, intake, pool
from hojo_cli.batch.destinations import named_by, open_all, reachable
from hojo_cli.batch.duplicates import Duplicates
from hojo_cli.batch.inspection import LEVELS, RULESETS, Inspector, Settings, Verdict, in_order, level
from hojo_cli.batch.intake.piece import Piece
from hojo_cli.batch.outputs import Outputs, ReaderGoneError
from hojo_cli.batch.progress import Progress, wanted
from hojo_cli.batch.update_expect import Rewrite, prepare
from hojo_cli.document.recognition import A_RULESET, APPLICANT_FILE
from hojo_cli.drawing.screen import Screen
from hojo_cli.files.atomic_file import require_apart, standing
from hojo_cli.files.signals import Stopped, patiently, stoppable
from hojo_cli.messages import finding
from hojo_cli.report import Report
from hojo_cli.results import Checked, RulesetHead, Tally
from hojo_cli.rules import ruleset
from hojo_cli.rules.declared import Ruleset

STREAMED: Final = ("jsonl", "csv", "github")
"""Formats that write while the batch runs."""

_UNWRITTEN: Final = Text("`--output` のファイルは書いていません。", "No file of `--output` was written.")


class CheckRequest(NamedTuple):
    """What was asked for, as typed. `outputs` are `FORMAT=FILE`, or a FILE for `format`; `jobs` 0 is as many as there are processors."""

    paths: Sequence[str]
    files_from: str = ""
    rules: str = ""
    format: str = "table"
    outputs: Sequence[str] = ()
    encoding: str = "utf-8"
    jobs: int = 0
    strict: bool = False
    exit_zero: bool = False
    allow_empty: bool = False
    update_expect: bool = False
    quiet: bool = False


def run(request: CheckRequest, screen: Callable[[str], Screen]) -> Report:
    """A report without a page: everything is drawn on the way. `screen` tells what a path (empty: standard output) looks like.

    `HojoError` where the ruleset, a named file or an output cannot be used, or where there is nothing to check.
    """
    if not request.paths and not request.files_from:
        raise HojoError(finding("HJ003", THE_CALL, name="PATH…", command="hojo check"))
    if request.encoding not in ("utf-8", "cp932"):
        raise HojoError(finding("HJ455", THE_CALL, name=request.encoding))
    if request.update_expect:
        kept = [path for path in request.paths if path == "-" or _records(path)]
        if kept:  # nothing is done where it is plain that it cannot all be done
            raise HojoError(*(finding("HJ442", Location(path)) for path in kept))
    make = _Make(Settings(request.rules, request.update_expect))
    inspector = make()
    newest = _head(inspector.rules(inspector.chosen)[0])
    head = newest if request.rules else None
    count = _Count(newest, given=bool(request.rules))
    files = _UNWRITTEN if any(path != "-" for _, path in named_by(request.outputs, request.format)) else Text("", "")
    try:
        with stoppable("SIGINT", "SIGTERM"), Outputs() as outputs:
            with patiently():
                open_all(outputs.drawn, request.outputs, request.format, head, screen, quiet=request.quiet)
            _check(request, make, inspector.rules(inspector.chosen)[0], outputs, count)
    except Stopped as stopped:
        found = finding("HJ451", THE_CALL, signal=stopped.name, done=count.inputs, files=files)
        return Report(findings=(found, *count.left()), exit_code=128 + stopped.number)
    except ReaderGoneError:
        found = finding("HJ452", THE_CALL, done=count.inputs, files=files)
        return Report(findings=(found, *count.left()), exit_code=141)
    except HojoError as problem:
        raise HojoError(*problem.findings, *count.left()) from None
    wrong = count.levels["error"] or (request.strict and count.levels["warning"])
    return Report(exit_code=1 if wrong and not request.exit_zero else 0)


class _Make:
    """One inspector for this process and those that are its copies; a process that begins anew makes its own."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.made: Inspector | None = None

    def __call__(self) -> Inspector:
        if self.made is None:
            self.made = Inspector(self.settings)
        return self.made

    def __reduce__(self) -> tuple[type[_Make], tuple[Settings]]:
        return _Make, (self.settings,)


def _head(rules: Ruleset) -> RulesetHead:
    """As `explain.head`, which takes long to load."""
    return RulesetHead(rules.program, rules.fiscal_year, rules.title, rules.sha256, rules.as_of)


class _Count:
    """The numbers of a run, growing. `newest` judges every input if it was `given`, else those that name no other year."""

    def __init__(self, newest: RulesetHead, *, given: bool) -> None:
        self.newest = newest
        self.given = given
        self.years: set[int] = set()
        self.inputs = 0
        self.rewritten = 0
        self.levels: Counter[str] = Counter()
        self.skipped: Counter[Text] = Counter()
        self.payable = 0
        self.subsidy = 0

    def add(self, checked: Checked) -> None:
        self.inputs += 1
        self.levels[checked.level] += 1
        self.years.add(checked.fiscal_year)
        if checked.best:
            self.payable += 1
            self.subsidy += next(outcome.subsidy or 0 for outcome in checked.outcomes if outcome.frame == checked.best)

    def left(self) -> tuple[Finding, ...]:
        """What a run that ends early leaves behind."""
        return (finding("HJ443", THE_CALL, count=self.rewritten),) if self.rewritten else ()

    def tally(self) -> Tally:
        ok, note, warning, error = (self.levels[name] for name in LEVELS)
        skipped = tuple(sorted(self.skipped.items()))
        return Tally(self.inputs, ok, note, warning, error, skipped, self.payable, self.subsidy, self.rulesets())

    def rulesets(self) -> tuple[RulesetHead, ...]:
        """Those that judged an input, the newest first; the one that would have where none did."""
        others = sorted(self.years - {0, self.newest.fiscal_year}, reverse=True)
        if self.given or not others:
            return (self.newest,)
        found = [_head(ruleset.load(str(year))) for year in others]
        return (self.newest, *found) if self.newest.fiscal_year in self.years else tuple(found)


def _check(
    request: CheckRequest, make: pool.Make[Piece, Verdict], rules: Ruleset, outputs: Outputs, count: _Count
) -> None:
    progress = Progress(0)
    barren: list[str] = []
    sources: Iterator[discovery.InputFile] = discovery.discover(
        request.paths, request.files_from, count.skipped, barren
    )
    shown = wanted() and not request.quiet and (request.outputs or request.format not in STREAMED)
    targets = standing(path for _, path in named_by(request.outputs, request.format) if path != "-")
    require_apart(targets, (*request.paths, request.files_from, request.rules))
    if shown or reachable(targets, request.paths, request.files_from):
        found = list(sources)
        require_apart(targets, (source.path for source in found))
        progress, sources = Progress(len(found) if shown else 0), iter(found)
    duplicates = Duplicates()
    pieces = (piece for source in sources for piece in intake.pieces(source, request.encoding, count.skipped, rules))
    verdicts = pool.ordered(pieces, make, given_up, Piece.heft, jobs=request.jobs or pool.processors())
    try:
        for verdict in verdicts:
            if checked := _unless_skipped(verdict, duplicates, count):
                with patiently():
                    _enter(checked, verdict.rewrite, outputs, count)
            progress.step()
    finally:
        with patiently():
            progress.wipe()
            verdicts.close()
    if not count.inputs and not request.allow_empty:
        raise HojoError(_nothing(request, count))
    for path in () if request.allow_empty else dict.fromkeys(barren):
        nothing = (finding("HJ456", Location(path), path=path),)
        with patiently():  # after all inputs: only then it is known that there are some
            _enter(Checked(path, 0, "", level(nothing), "", (), nothing), None, outputs, count)
    outputs.close(count.tally())


def _nothing(request: CheckRequest, count: _Count) -> Finding:
    """Why there was nothing to check."""
    path = request.paths[0] if len(request.paths) == 1 else ""
    if count.skipped[RULESETS] and path and not os.path.isdir(path):
        return finding("HJ171", Location(path), **A_RULESET.words(path, APPLICANT_FILE))
    return finding("HJ450", THE_CALL, where="、".join(request.paths) or request.files_from)


def _enter(checked: Checked, rewrite: Rewrite | None, outputs: Outputs, count: _Count) -> None:
    """An entry goes out and its file is rewritten: both, or neither.

    All that can fail or last is done before the line is out; what is left then is a change of names.
    """
    whole = None
    if rewrite is not None:
        findings, whole = prepare(rewrite, checked.findings)
        findings = in_order(findings)
        checked = checked._replace(findings=findings, level=level(findings))
    try:
        outputs.add(checked)
        if whole is not None:
            whole.keep()
            count.rewritten += 1
    finally:
        if whole is not None:
            whole.drop()
    count.add(checked)


def _unless_skipped(verdict: Verdict, duplicates: Duplicates, count: _Count) -> Checked | None:
    """The entry of an input, with a warning where the same business was there before."""
    checked = verdict.checked
    if checked is None:
        count.skipped[verdict.skipped or Text("", "")] += 1
        return None
    duplicate = duplicates.meet(checked.file, checked.record, verdict.marks)
    if duplicate is None:
        return checked
    findings = in_order((*checked.findings, duplicate))
    return checked._replace(findings=findings, level=level(findings))


def given_up(piece: Piece, problem: str) -> Verdict:
    """The entry of an input that took its worker down, or at which hojo itself failed."""
    where = Location(piece.file, piece.line)
    found = finding("HJ099", where, reason=problem) if problem else finding("HJ401", where)
    return Verdict(Checked(piece.file, piece.record, "", level((found,)), "", (), (found,)), (), None)


def _records(path: str) -> bool:
    """Whether a path is plainly that of a file of records; a folder, glob or list may still lead to one."""
    return intake.kind(path) != "yaml" and not os.path.isdir(path)
