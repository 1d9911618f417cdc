"""`hojo estimate FILE…`: each applicant under the ruleset its file asks for, or the one chosen with `--rules`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hojo_cli import api
from hojo_cli.applicants.naming import unknown_frame
from hojo_cli.base.finding import THE_CALL, HojoError, Severity
from hojo_cli.base.suggest import meant
from hojo_cli.document import read_file
from hojo_cli.explanation import explain
from hojo_cli.messages import finding
from hojo_cli.pages import estimate_data
from hojo_cli.report import Block, Report


def run(
    files: Sequence[str], rules: str, frame: str, lang: str, *, explained: bool = False, full: bool = True
) -> Report:
    """`HojoError` where a named file or the ruleset cannot be read; wrong applicant files are findings and exit code 1."""
    chosen = api.load_rules(rules) if rules else None
    if chosen is not None and chosen.ruleset is None:
        raise HojoError(*chosen.findings)
    applicants = [api.load_applicant(read_file(file), chosen, file=file) for file in files]
    rulesets = [applicant.ruleset for applicant in applicants if applicant.ruleset is not None]
    if len(rulesets) < len(applicants):
        raise HojoError(*(found for applicant in applicants if not applicant.ruleset for found in applicant.findings))
    first = rulesets[0]
    if frame:
        named = meant(frame, first.frame_spellings)
        if named is None:
            raise HojoError(finding("HJ006", THE_CALL, name=frame, **unknown_frame(frame, first)))
        frame = named
    results = [api.estimate(applicant, explained=explained) for applicant in applicants]
    findings = tuple(found for result in results for found in result.findings)
    heads = {ruleset.fiscal_year: explain.head(ruleset) for ruleset in rulesets}

    def page() -> Iterable[Block]:
        from hojo_cli.pages import estimate as estimate_page

        return estimate_page.page(heads, results, frame=frame, explained=explained, full=full)

    return Report(
        lambda: estimate_data.data(explain.head(first), results, lang),
        page,
        findings,
        1 if any(found.severity is Severity.ERROR for found in findings) else 0,
    )
