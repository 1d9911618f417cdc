"""`hojo check PATH…`: many applicants, each with one entry in the report, drawn while it goes in as many formats as asked."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from hojo_cli import batch, discovery, formats, intake
from hojo_cli.catalogue import finding
from hojo_cli.expectation import Rewrite, prepare
from hojo_cli.finding import Finding, HojoError, Location, Text
from hojo_cli.formats import Drawing, Screen
from hojo_cli.inspection import LEVELS, Inspector, Settings, Verdict, in_order, level
from hojo_cli.intake import Piece
from hojo_cli.progress import Progress, wanted
from hojo_cli.report import Checked, Report, RulesetHead, Tally
from hojo_cli.streams import File, Outputs, ReaderGoneError, StandardOutput, Stopped, Target, patiently, stoppable
from hojo_cli.twins import Twins
from hojo_cli.whole import Identity, identity_of, standing

STREAMED: Final = ("jsonl", "csv", "github")
"""Formats that write while the batch runs."""

_UNWRITTEN: Final = Text("`--output` のファイルは書いていません。", "No file of `--output` was written.")


class Request(NamedTuple):
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


def run(request: Request, screen: Callable[[str], Screen]) -> Report:
    """A report without a page: everything is drawn on the way. `screen` tells what a path (empty: standard output) looks like.

    `HojoError` where the ruleset, a named file or an output cannot be used, or where there is nothing to check.
    """
    if not request.paths and not request.files_from:
        raise HojoError(finding("HJ003", Location("hojo"), name="PATH…", command="hojo check"))
    if request.encoding not in ("utf-8", "cp932"):
        raise HojoError(finding("HJ455", Location("--encoding"), name=request.encoding))
    if request.update_expect:
        _require_rewritable(request.paths)
    make = _Make(Settings(request.rules, request.update_expect))
    inspector = make()
    rules, _ = inspector.rules(inspector.chosen)
    head = RulesetHead(
        rules.program, rules.fiscal_year, rules.title, rules.sha256, rules.as_of
    )  # `explain` takes long to load
    count = _Count()
    files = _UNWRITTEN if request.outputs else Text("", "")
    try:
        with stoppable(), Outputs() as outputs:
            with patiently():
                _draw(outputs.drawn, request, head, screen)
            _check(request, make, outputs, count)
    except Stopped as stopped:
        name = {2: "SIGINT", 15: "SIGTERM"}.get(stopped.number, str(stopped.number))
        found = finding("HJ451", Location("hojo"), signal=name, done=count.inputs, files=files)
        return Report(None, (), (found, *count.left()), 128 + stopped.number)
    except ReaderGoneError:
        found = finding("HJ452", Location("-"), done=count.inputs, files=files)
        return Report(None, (), (found, *count.left()), 141)
    except HojoError as problem:
        raise HojoError(*problem.findings, *count.left()) from None
    wrong = count.levels["error"] or (request.strict and count.levels["warning"])
    return Report(None, (), (), 1 if wrong and not request.exit_zero else 0)


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


class _Count:
    """The numbers of a run, growing."""

    def __init__(self) -> None:
        self.inputs = 0
        self.rewritten = 0
        self.levels: Counter[str] = Counter()
        self.skipped: Counter[Text] = Counter()
        self.payable = 0
        self.subsidy = 0

    def add(self, checked: Checked) -> None:
        self.inputs += 1
        self.levels[checked.level] += 1
        if checked.best:
            self.payable += 1
            self.subsidy += next(outcome.subsidy or 0 for outcome in checked.outcomes if outcome.frame == checked.best)

    def left(self) -> tuple[Finding, ...]:
        """What a run that ends early leaves behind."""
        return (finding("HJ443", Location("hojo"), count=self.rewritten),) if self.rewritten else ()

    def tally(self) -> Tally:
        ok, note, warning, error = (self.levels[name] for name in LEVELS)
        skipped = tuple(sorted(self.skipped.items()))
        return Tally(self.inputs, ok, note, warning, error, skipped, self.payable, self.subsidy)


def _check(request: Request, make: batch.Make[Piece, Verdict], outputs: Outputs, count: _Count) -> None:
    progress = Progress(0)
    sources: Iterator[discovery.Source] = discovery.discover(request.paths, request.files_from, count.skipped)
    shown = wanted() and not request.quiet and (request.outputs or request.format not in STREAMED)
    targets = standing(path for _, path in _outputs(request))
    _require_apart(targets, (*request.paths, request.files_from, request.rules))
    if shown or _reachable(request, targets):
        found = list(sources)
        _require_apart(targets, (source.path for source in found))
        progress, sources = Progress(len(found) if shown else 0), iter(found)
    twins = Twins()
    pieces = (piece for source in sources for piece in intake.pieces(source, request.encoding, count.skipped))
    verdicts = batch.ordered(pieces, make, given_up, Piece.heft, jobs=request.jobs or batch.processors())
    try:
        for verdict in verdicts:
            if checked := _entered(verdict, twins, count):
                with patiently():
                    _enter(checked, verdict.rewrite, outputs, count)
            progress.step()
    finally:
        with patiently():
            progress.wipe()
            verdicts.close()
    if not count.inputs and not request.allow_empty:
        where = "、".join(request.paths) or request.files_from
        raise HojoError(finding("HJ450", Location(where or "-"), where=where))
    outputs.close(count.tally())


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


def _entered(verdict: Verdict, twins: Twins, count: _Count) -> Checked | None:
    """The entry of an input, with a warning where the same business was there before."""
    checked = verdict.checked
    if checked is None:
        count.skipped[verdict.skipped or Text("", "")] += 1
        return None
    twin = twins.meet(checked.file, checked.record, verdict.marks)
    if twin is None:
        return checked
    findings = in_order((*checked.findings, twin))
    return checked._replace(findings=findings, level=level(findings))


def given_up(piece: Piece, problem: str) -> Verdict:
    """The entry of an input that took its worker down, or at which hojo itself failed."""
    where = Location(piece.file, piece.line)
    found = finding("HJ099", where, reason=problem) if problem else finding("HJ401", where)
    return Verdict(Checked(piece.file, piece.record, "", level((found,)), "", (), (found,)), (), None)


def _require_rewritable(paths: Sequence[str]) -> None:
    """Nothing is done where it is plain that it cannot all be done; a glob or a list may still lead to such a file."""
    kept = [path for path in paths if path == "-" or (intake.kind(path) != "yaml" and not os.path.isdir(path))]
    if kept:
        raise HojoError(*(finding("HJ442", Location(path)) for path in kept))


def _require_apart(targets: Mapping[Identity, str], inputs: Iterable[str]) -> None:
    """No output takes the place of an input."""
    for path, identity in ((path, identity_of(path)) for path in inputs if targets):
        if identity is not None and identity in targets:
            raise HojoError(finding("HJ457", Location(path), path=targets[identity]))


def _reachable(request: Request, targets: Mapping[Identity, str]) -> bool:
    """Whether a folder, a glob or a list may lead to a target. Then all inputs are listed before the first is checked."""
    listed = request.files_from or any(not os.path.lexists(path) for path in request.paths)
    return any(listed or os.path.realpath(path).lower().endswith((".yaml", ".yml")) for path in targets.values())


# --- outputs --------------------------------------------------------------------------------------------------------------


def _draw(
    drawn: list[tuple[Drawing, Target]], request: Request, head: RulesetHead, screen: Callable[[str], Screen]
) -> None:
    """Every drawing with its target, files first: where one cannot be written, nothing has been said yet."""
    wanted_ = _outputs(request)
    plain = any(path == output for output, (_, path) in zip(request.outputs, wanted_, strict=True))
    for name in (request.format, *(name for name, _ in wanted_)):
        if name not in formats.CHECKS:
            known = ", ".join(formats.CHECKS)
            raise HojoError(finding("HJ004", Location("--format"), name="--format", value=name, known=known))
    paths = [str(Path(path).absolute()) for _, path in wanted_]
    for path in paths:
        if paths.count(path) > 1:
            raise HojoError(finding("HJ453", Location(path), path=path))
    for name, path in wanted_:
        drawn.append((formats.check_drawing(name, head, screen(path)), File(path)))
    if not plain and not request.quiet:
        drawn.append((formats.check_drawing(request.format, head, screen("")), StandardOutput()))


def _outputs(request: Request) -> list[tuple[str, str]]:
    return [_named(output, request.format) for output in request.outputs]


def _named(output: str, format: str) -> tuple[str, str]:
    """Format and path of `FORMAT=FILE`; a name without a known format before its `=` is a path."""
    name, separator, path = output.partition("=")
    if separator and path and name in formats.CHECKS:
        return name, path
    return format, output
