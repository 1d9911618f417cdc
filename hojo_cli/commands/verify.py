"""`hojo verify [RULESET…]`: each ruleset proved against its sources and against itself.

Everything wrong with the file comes first. A ruleset that loads is then examined by every check of `hojo_cli.verify.checks`; with `cases`
also by `survivors`, and `boundaries` writes applicant files around each of its figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from hojo_cli.base.finding import HojoError, Location, Severity, has_errors, level
from hojo_cli.batch import progress
from hojo_cli.files.atomic_folder import WholeFolder
from hojo_cli.messages import finding
from hojo_cli.messages.weights import Weights
from hojo_cli.pages import verify as view
from hojo_cli.results.checked import Checked
from hojo_cli.results.report import Report
from hojo_cli.results.verified import Verified
from hojo_cli.rules import library, outcomes, ruleset
from hojo_cli.rules.declared import Ruleset
from hojo_cli.verify import checks
from hojo_cli.verify.examined import Complaint, examine


def verified(
    names: Sequence[str], sources: str, cases: str, boundaries: str, *, shown: bool = False
) -> tuple[Verified, ...]:
    """Each ruleset (all shipped ones where none is named); `HojoError` where a file or folder cannot be read at all.

    `shown`: how far the boundary files are may be told on a terminal. They stand in a folder of their programme and year; `HojoError`
    (HJ582) where two rulesets would share one.
    """
    for option, folder in (("--sources", sources), ("--cases", cases)):
        if folder and not Path(folder).is_dir():
            raise HojoError(finding("HJ016", Location(option), name=option, path=folder))
    if not boundaries:
        return tuple(_verified(name, sources, cases) for name in names or library.years())
    seen: dict[tuple[str, int], str] = {}
    for data, file in map(library.content, names):
        if (known := ruleset.examine(data, file)[0]) is not None:
            key = known.program, known.fiscal_year
            if key in seen:
                words = {"first": seen[key], "second": file, "program": known.program, "year": known.fiscal_year}
                raise HojoError(finding("HJ582", Location(file), **words))
            seen[key] = file
    with WholeFolder(boundaries) as whole:
        bar = shown and progress.wanted()
        found = tuple(_verified(name, sources, cases, whole, bar=bar) for name in names or library.years())
        whole.keep()
    return found


def _verified(
    name: str, sources: str, cases: str, boundaries: WholeFolder | None = None, *, bar: bool = False
) -> Verified:
    """One ruleset, with the coverage by cases and the boundary files that were asked for; complaints in the order of the file."""
    data, file = library.content(name)
    known, findings = ruleset.examine(data, file)
    if known is None or has_errors(findings):
        return Verified(file, None, 0, ruleset.with_paths(findings, data, file), ("",) * len(findings))
    archive = Path(sources) if sources else None
    examined = examine(ruleset.tree(data, file), known, file, archive)
    complaints = [Complaint(found) for found in findings] + list(checks.complaints(examined))
    if (results := library.outcomes(name)) is not None:
        complaints += of_results(*results, known, archive)
    coverage = written = None
    if cases:
        from hojo_cli.verify import survivors

        coverage, missed = survivors.find(examined, Path(cases))
        complaints += missed
    if boundaries is not None:
        from hojo_cli.verify import boundaries as files

        figure_by_figure = progress.Progress(files.figures(known) if bar else 0)
        try:
            written = files.write(examined, boundaries.add, figure_by_figure.step)
        finally:
            figure_by_figure.wipe()
    complaints.sort(key=lambda complaint: (complaint.finding.where, complaint.finding.code))
    told = ruleset.with_paths(tuple(complaint.finding for complaint in complaints), data, file)
    witnesses = tuple(complaint.witness for complaint in complaints)
    return Verified(file, known, len(examined.numbers), told, witnesses, coverage, written)


def of_results(data: bytes, file: str, known: Ruleset, archive: Path | None) -> Iterator[Complaint]:
    """What is said of the published results beside a ruleset."""
    results, findings = outcomes.examine(data, file)
    yield from map(Complaint, findings)
    if results is not None and not has_errors(findings):
        examined = examine(results.tree, known._replace(sources=results.sources), file, archive)
        yield from checks.complaints(examined._replace(numbers=(), nodes=()), checks.OF_RESULTS)


def report(
    found: Sequence[Verified],
    lang: str,
    weights: Weights | None = None,
    *,
    strict: bool = False,
    notes: bool = False,
    data: bool = False,
) -> Report:
    """The findings as data, as a page, and as entries such as `hojo check` draws, with a ruleset in the place of an applicant file.

    Notes are listed where they are asked for, and where entries are `data`. Exit code 1 where a ruleset has an error; with `strict` a
    warning is one.
    """
    if weights is not None:  # what is left of the findings, each with its witness
        weighed = []
        for one in found:
            pairs = [
                (left, witness)
                for told, witness in zip(one.findings, one.witnesses, strict=True)
                for left in weights.weighed((told,))
            ]
            findings, witnesses = (tuple(part) for part in zip(*pairs, strict=True)) if pairs else ((), ())
            weighed.append(one._replace(findings=findings, witnesses=witnesses))
        found = weighed
    wrong = ("error", "warning") if strict else ("error",)
    entries = []
    for one in found:
        told = [each for each in one.findings if notes or data or each.severity is not Severity.NOTE]
        entries.append(Checked(one.file, 0, one.file, "", (), tuple(told)))
    return Report(
        lambda: view.data(found, lang),
        lambda: view.page(found, notes=notes),
        exit_code=1 if any(level(one.findings) in wrong for one in found) else 0,
        entries=entries,
        verb="verify",
    )
