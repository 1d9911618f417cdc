"""hojo from Python: rules and applicants are loaded, applicants are estimated. The commands do the same by these functions.

Nothing here prints, exits or raises for what a file holds. What is wrong is a finding, and findings are handed on: those of
a ruleset to the applicants loaded with it, those of an applicant to the result.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from hojo_cli.advise.plan import plan
from hojo_cli.applicants import applicant as applicant_reader
from hojo_cli.applicants.changes import changed, led_back, unknown_paths
from hojo_cli.applicants.scenario import Scenario
from hojo_cli.base.finding import Finding, HojoError, Location, has_errors
from hojo_cli.base.record import NamedTuple
from hojo_cli.batch.one import one
from hojo_cli.document import Document, parse, with_paths
from hojo_cli.document.recognition import APPLICANT_FILE, by_keys
from hojo_cli.engine.applicant import Applicant
from hojo_cli.explanation import explain, previous_results, profile
from hojo_cli.messages import finding
from hojo_cli.results.estimated import Result
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.declared import Ruleset

if TYPE_CHECKING:
    from hojo_cli.batch.intake.piece import Piece

Source: TypeAlias = str | os.PathLike[str] | bytes | Mapping[str, object]
"""An applicant file by its path (or a record of a table, `list.csv#3`), by its bytes (YAML or JSON), or as a mapping of the values
that would stand in it."""


class LoadedRules(NamedTuple):
    """A ruleset, or None and why it cannot be used."""

    ruleset: Ruleset | None
    findings: tuple[Finding, ...] = ()


class LoadedApplicant(NamedTuple):
    """An applicant and the ruleset that judges it. `applicant` is None where one of the findings is an error.

    `file` is what findings call it. `ruleset` is None only where it cannot be used. `frame` is the one applied for; empty: none is named.
    `scenario` is the file as it can be tried with other values in it.
    """

    file: str
    applicant: Applicant | None
    ruleset: Ruleset | None
    findings: tuple[Finding, ...]
    frame: str = ""
    scenario: Scenario | None = None


def load_rules(name: str | int | os.PathLike[str] = "") -> LoadedRules:
    """The shipped ruleset of a fiscal year (2026 or "2026"), the one in a file, or the newest shipped one."""
    text = os.fspath(name) if isinstance(name, os.PathLike) else str(name)
    try:
        if text and library.is_path(text):
            return LoadedRules(ruleset.load(text))
        return LoadedRules(_shipped(text or library.years()[0]))
    except HojoError as problem:
        return LoadedRules(None, problem.findings)


@lru_cache(8)
def _shipped(year: str) -> Ruleset:
    """Of each year, read once."""
    return ruleset.load(year)


def load_applicant(
    source: Source | Piece, rules: LoadedRules | None = None, *, file: str = "", changes: Sequence[str] = ()
) -> LoadedApplicant:
    """Read an applicant under `rules`, or else under the shipped ruleset of the `fiscal_year` it names (the newest if none).

    `file` is what findings call a source that is no path. `changes` are made first, each written `PATH=VALUE` (`facts.employees=6`):
    a finding about such a value has the option `--set` as its place.
    """
    data: bytes | Piece
    if isinstance(source, Mapping):
        data = json.dumps(source, ensure_ascii=False).encode(errors="surrogatepass")
    elif isinstance(source, (str, os.PathLike)):
        file = os.fspath(source)
        try:
            data = one(file)
        except HojoError as problem:
            return _refused(file, rules, problem.findings)
    else:
        data = source
    if isinstance(data, bytes):
        return _load(parse(data, file), file, rules, changes)
    from hojo_cli.batch.intake import document, located, settle

    piece = data
    name = file or piece.file
    loaded = _load(document(piece), piece.file, rules, changes, lambda made, used: settle(made, piece, used))
    return loaded._replace(file=name, findings=located(loaded.findings, piece))


def _load(
    document: Document,
    file: str,
    rules: LoadedRules | None,
    changes: Sequence[str],
    settle: Callable[[Document, Ruleset], Document] = lambda document, _: document,
) -> LoadedApplicant:
    """An applicant from the nodes of its file. `settle` gives those of a record, once it is known which ruleset counts."""
    if document.root is None:
        return _refused(file, rules, document.findings)
    if (sort := by_keys(document.root)) and sort.name != APPLICANT_FILE:
        return _refused(file, rules, (finding("HJ171", Location(file), **sort.words(file, APPLICANT_FILE)),))
    chosen, unknown_year = rules, tuple[Finding, ...]()
    if chosen is None:
        year, unknown_year = applicant_reader.fiscal_year(changed(document.root, changes)[0], file, library.years())
        chosen = load_rules(year)
    if chosen.ruleset is not None:
        document = settle(document, chosen.ruleset)
    assert document.root is not None
    root, misread = changed(document.root, changes)
    findings = (*document.findings, *misread, *led_back(unknown_year, changes))
    if chosen.ruleset is None:
        return LoadedApplicant(file, None, None, (*chosen.findings, *findings))
    if unknown := unknown_paths(changes, chosen.ruleset):
        return LoadedApplicant(file, None, chosen.ruleset, (*chosen.findings, *unknown))
    read = applicant_reader.load(root, chosen.ruleset, file, overruled=rules is not None)
    told = (*findings, *led_back(with_paths(read.findings, read.root), changes))
    findings = tuple(sorted(told, key=lambda found: found.where))
    every = (*chosen.findings, *findings)
    if read.file is None or has_errors(findings):
        return LoadedApplicant(file, None, chosen.ruleset, every)
    scenario = Scenario(read.root, chosen.ruleset, file, overruled=rules is not None)
    return LoadedApplicant(file, read.file.applicant, chosen.ruleset, every, read.file.frame, scenario)


def _refused(file: str, rules: LoadedRules | None, findings: tuple[Finding, ...]) -> LoadedApplicant:
    """A file that names no year, since it cannot be read: with the ruleset that was chosen, or the newest."""
    used = rules or load_rules()
    return LoadedApplicant(file, None, used.ruleset, (*used.findings, *findings))


def require_runnable(*applicants: LoadedApplicant) -> None:
    """`HojoError` (exit code 2) where the ruleset of an applicant cannot be used, or a change is none."""
    wrong = [
        found
        for applicant in applicants
        for found in applicant.findings
        if applicant.ruleset is None or found.code.startswith("HJ0")
    ]
    if wrong:
        raise HojoError(*dict.fromkeys(wrong))


def estimate(applicant: LoadedApplicant, *, explained: bool = False) -> Result:
    """Every frame for an applicant, the best one, and the best frames together; without estimates where the applicant is None.

    Yen are whole (`int`), or exact (`Fraction`) on the way there; what is unknown is None. `explained` adds to each estimate the
    tree of everything it was made from.
    """
    if applicant.applicant is None or applicant.ruleset is None:
        return Result(applicant.file, "", "", (), (), None, (), applicant.findings)
    rules, judged = applicant.ruleset, applicant.applicant
    past = previous_results.before(rules.program, rules.fiscal_year)
    estimates = tuple(
        each._replace(context=previous_results.context(past, each.frame))
        for each in explain.estimates(rules, judged, explained=explained)
    )
    return Result(
        applicant.file,
        judged.name,
        explain.best(estimates),
        profile.traits(rules, judged),
        estimates,
        plan(rules, judged, {each.frame: each.subsidy for each in estimates}),
        explain.duties(rules),
        applicant.findings,
        rules.fiscal_year,
        applicant.frame,
    )
