"""`hojo advise FILE`: what would raise what is paid, what an amount takes, and how near a border the applicant stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from hojo_cli.advise.advice import advice
from hojo_cli.applicants.naming import frame_named
from hojo_cli.base.finding import HojoError, has_errors
from hojo_cli.batch import estimating
from hojo_cli.batch.one import one
from hojo_cli.pages import advise_data
from hojo_cli.results.report import Block, Report

FORMAT: Final = "hojo.advise/1"


def run(
    file: str, rules: str, frame: str, lang: str, *, wanted: int | None, own: int | None, changes: Sequence[str] = ()
) -> Report:
    """`wanted` is the subsidy to reach, `own` what may remain to be paid (yen). A wrong applicant file is findings and exit code 1.

    `HojoError` where the file or the ruleset cannot be read.
    """
    chosen = estimating.load_rules(rules) if rules else None
    if chosen is not None and chosen.ruleset is None:
        raise HojoError(*chosen.findings)
    applicant = estimating.load_applicant(one(file), chosen, file=file, changes=changes)
    estimating.require_runnable(applicant)
    ruleset, scenario = applicant.ruleset, applicant.scenario
    assert ruleset is not None
    frames = (frame_named(frame, ruleset),) if frame else tuple(ruleset.frames)
    result = estimating.estimate(applicant)
    if scenario is None:
        return Report(lambda: advise_data.data(FORMAT, result, None, lang), findings=applicant.findings, exit_code=1)
    given = advice(scenario, rules or str(ruleset.fiscal_year), result.estimates, frames, wanted, own)

    def page() -> Iterable[Block]:
        from hojo_cli.pages import advise as advise_page

        return advise_page.page(ruleset, result, given)

    wrong = has_errors(applicant.findings)
    return Report(lambda: advise_data.data(FORMAT, result, given, lang), page, applicant.findings, int(wrong))
