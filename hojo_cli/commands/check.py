"""`hojo check PATH…`: many applicants, each with one entry in the report, drawn while it goes in as many formats as asked."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from hojo_cli import batch, discovery, formats, intake, ruleset
from hojo_cli.catalogue import finding
from hojo_cli.finding import Finding, HojoError, Location, Text
from hojo_cli.formats import Drawing, Screen
from hojo_cli.formula import Ruleset
from hojo_cli.inspection import LEVELS, Inspector, Settings, Verdict, level
from hojo_cli.intake import Piece
from hojo_cli.nearest import nearest, suggestion
from hojo_cli.progress import Progress, wanted
from hojo_cli.report import Checked, Report, RulesetHead, Tally
from hojo_cli.streams import File, Outputs, ReaderGoneError, StandardOutput, Stopped, Target, stoppable
from hojo_cli.twins import Twins

STREAMED: Final = ("jsonl", "csv", "github")
"""Formats that write while the batch runs."""


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
    make = _Make(Settings(request.rules, request.update_expect))
    inspector = make()
    newest = _head(inspector.rules(inspector.chosen)[0])
    head = newest if request.rules else None
    count = _Count(newest, given=bool(request.rules))
    try:
        with stoppable(), Outputs(_drawn(request, head, screen)) as outputs:
            _check(request, make, outputs, count)
    except Stopped as stopped:
        name = {2: "SIGINT", 15: "SIGTERM"}.get(stopped.number, str(stopped.number))
        found = finding("HJ451", Location("hojo"), signal=name, done=count.inputs)
        return Report(None, (), (found,), 128 + stopped.number)
    except ReaderGoneError:
        return Report(None, (), (finding("HJ452", Location("-"), done=count.inputs),), 141)
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


def _check(request: Request, make: batch.Make[Piece, Verdict], outputs: Outputs, count: _Count) -> None:
    progress = Progress(0)
    barren: list[str] = []
    sources: Iterator[discovery.Source] = discovery.discover(request.paths, request.files_from, count.skipped, barren)
    if wanted() and not request.quiet and (request.outputs or request.format not in STREAMED):
        found = list(sources)
        progress, sources = Progress(len(found)), iter(found)
    twins = Twins()
    pieces = (piece for source in sources for piece in intake.pieces(source, request.encoding, count.skipped))
    verdicts = batch.ordered(pieces, make, given_up, Piece.heft, jobs=request.jobs or batch.processors())
    try:
        for verdict in verdicts:
            if checked := _entered(verdict, twins, count):
                count.add(checked)
                outputs.add(checked)
            progress.step()
    finally:
        progress.wipe()
        verdicts.close()
    if not count.inputs and not request.allow_empty:
        where = "、".join(request.paths) or request.files_from
        raise HojoError(finding("HJ450", Location(where or "-"), where=where))
    for path in () if request.allow_empty else dict.fromkeys(barren):
        checked = _without_file(path)
        count.add(checked)
        outputs.add(checked)
    outputs.close(count.tally())


def _entered(verdict: Verdict, twins: Twins, count: _Count) -> Checked | None:
    """The entry of an input, with a warning where the same business was there before."""
    checked = verdict.checked
    if checked is None:
        count.skipped[verdict.skipped or Text("", "")] += 1
        return None
    twin = twins.meet(checked.file, checked.record, verdict.marks)
    if twin is None:
        return checked
    findings = tuple(sorted((*checked.findings, twin), key=lambda found: found.where))
    return checked._replace(findings=findings, level=level(findings))


def _without_file(path: str) -> Checked:
    """The entry of a folder or glob that holds nothing to check, after all inputs: only then it is known that there are some."""
    found = (finding("HJ456", Location(path), path=path),)
    return Checked(path, 0, "", level(found), "", (), found)


def given_up(piece: Piece, problem: str) -> Verdict:
    """The entry of an input that took its worker down, or at which hojo itself failed."""
    where = Location(piece.file, piece.line)
    found = finding("HJ099", where, reason=problem) if problem else finding("HJ401", where)
    return Verdict(Checked(piece.file, piece.record, "", level((found,)), "", (), (found,)), (), None)


# --- outputs --------------------------------------------------------------------------------------------------------------


def _drawn(request: Request, head: RulesetHead | None, screen: Callable[[str], Screen]) -> list[tuple[Drawing, Target]]:
    """Every drawing with its target, files first: where one cannot be written, nothing has been said yet."""
    if request.format not in formats.CHECKS:
        raise HojoError(_unknown("--format", request.format, request.format))
    named = [_named(output, request.format) for output in request.outputs]
    plain = any(path == output for output, (_, path) in zip(request.outputs, named, strict=True))
    places = [path if path == "-" else os.path.realpath(path) for _, path in named]
    for (_, path), place in zip(named, places, strict=True):
        if places.count(place) > 1:
            raise HojoError(finding("HJ453", Location(path), path=path))
    if not plain and "-" not in places:
        named.append((request.format, "-"))
    drawn: list[tuple[Drawing, Target]] = []
    try:
        for name, path in named:
            if path != "-":
                drawn.append((formats.check_drawing(name, head, screen(path)), File(path)))
            elif not request.quiet:
                drawn.append((formats.check_drawing(name, head, screen("")), StandardOutput(name)))
    except BaseException:
        for _, target in drawn:
            target.drop()
        raise
    return drawn


def _named(output: str, format: str) -> tuple[str, str]:
    """Format and path (`-` for standard output) of `FORMAT=FILE`, or of a path alone. `HojoError` for a format that is misspelt."""
    name, separator, path = output.partition("=")
    if separator and name in formats.CHECKS:
        output, format = path, name
    elif separator and name.isalpha() and nearest(name, _ALL_FORMATS):
        raise HojoError(_unknown("--output", f"{name}=", name))
    if not output:
        reason = Text("`--output` の後にファイル名がありません", "`--output` names no file")
        raise HojoError(finding("HJ001", Location("--output"), reason=reason, command="hojo check"))
    return format, output


_ALL_FORMATS: Final = (*formats.CHECKS, *formats.NAMES)


def _unknown(option: str, value: str, name: str) -> Finding:
    """A format that is none, with the one that was likely meant."""
    near = suggestion(nearest(name, formats.CHECKS))
    known = ", ".join(formats.CHECKS)
    told = Text(f"{known}。{near.ja}", f"{known}. {near.en}") if near.ja else known
    return finding("HJ004", Location(option), name=option, value=value, known=told)
