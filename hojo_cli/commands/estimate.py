"""`hojo estimate FILE…`: each applicant under the ruleset its file asks for, or the one chosen with `--rules`."""

from __future__ import annotations

from collections.abc import Sequence

from hojo_cli.advise.plan import plan
from hojo_cli.applicants import applicant
from hojo_cli.applicants.naming import unknown_frame
from hojo_cli.base.finding import THE_CALL, Finding, HojoError, Location, Severity
from hojo_cli.base.suggest import meant
from hojo_cli.document import parse, read_file
from hojo_cli.document.recognition import APPLICANT_FILE, by_keys
from hojo_cli.explanation import explain, previous_results, profile
from hojo_cli.messages import finding
from hojo_cli.pages import estimate as estimate_page
from hojo_cli.pages import estimate_data
from hojo_cli.report import Report, Result
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.nodes import Ruleset


def run(
    files: Sequence[str], rules: str, frame: str, lang: str, *, explained: bool = False, full: bool = True
) -> Report:
    """`HojoError` where a named file or the ruleset cannot be read; wrong applicant files are findings and exit code 1."""
    loaded: dict[str, Ruleset] = {}
    results = [_result(file, read_file(file), rules, loaded, explained) for file in files]
    used = loaded[rules or library.years()[0]] if not loaded or rules else next(iter(loaded.values()))
    if frame:
        frame = _frame(frame, used)
    findings = tuple(found for result in results for found in result.findings)
    heads = {each.fiscal_year: explain.head(each) for each in loaded.values()}
    return Report(
        lambda: estimate_data.data(explain.head(used), results, lang),
        lambda: estimate_page.page(heads, results, frame=frame, explained=explained, full=full),
        findings,
        1 if any(found.severity is Severity.ERROR for found in findings) else 0,
    )


def _frame(name: str, used: Ruleset) -> str:
    """The frame that `--frame` names, as a file may name it."""
    frame = meant(name, used.frame_spellings)
    if frame is None:
        raise HojoError(finding("HJ006", THE_CALL, name=name, **unknown_frame(name, used)))
    return frame


def _result(file: str, data: bytes, rules: str, loaded: dict[str, Ruleset], explained: bool) -> Result:
    document = parse(data, file)
    if document.root is None:
        _ruleset(rules or library.years()[0], loaded)
        return _failed(file, document.findings)
    if (sort := by_keys(document.root)) and sort.name != APPLICANT_FILE:
        _ruleset(rules or library.years()[0], loaded)
        return _failed(file, (finding("HJ171", Location(file), **sort.words(file, APPLICANT_FILE)),))
    year, unknown_year = applicant.fiscal_year(document.root, file, library.years())
    used = _ruleset(rules or year, loaded)
    read = applicant.load(document.root, used, file, overruled=bool(rules))
    found = (*document.findings, *(() if rules else unknown_year), *read.findings)
    findings = tuple(sorted(found, key=lambda finding: finding.where))
    if read.applicant is None or any(found.severity is Severity.ERROR for found in findings):
        return _failed(file, findings)
    subject = read.applicant.subject
    past = previous_results.before(used)
    found_frames = explain.estimates(used, subject, explained=explained)
    estimates = tuple(each._replace(context=previous_results.context(past, each.frame)) for each in found_frames)
    best = explain.best(estimates)
    return Result(
        file,
        subject.name,
        best,
        profile.traits(used, subject),
        estimates,
        plan(used, subject, {each.frame: each.subsidy for each in estimates if each.subsidy or each.possible}),
        explain.duties(used),
        findings,
        used.fiscal_year,
        read.applicant.frame,
    )


def _failed(file: str, findings: tuple[Finding, ...]) -> Result:
    return Result(file, "", "", (), (), None, (), findings)


def _ruleset(name: str, loaded: dict[str, Ruleset]) -> Ruleset:
    if name not in loaded:
        loaded[name] = ruleset.load(name)
    return loaded[name]
