"""`hojo estimate FILE…`: each applicant under the ruleset its file asks for, or the one chosen with `--rules`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from hojo_cli.applicants.naming import frame_named
from hojo_cli.base.finding import HojoError, has_errors
from hojo_cli.batch import estimating
from hojo_cli.batch.one import one
from hojo_cli.formats.drawing.entries import ruleset_data
from hojo_cli.pages.as_json import as_json
from hojo_cli.results.estimated import Estimate, Result
from hojo_cli.results.report import Block, Report

if TYPE_CHECKING:
    from hojo_cli.advise.weighing import Reread

FORMAT: Final = "hojo.estimate/1"


def run(
    files: Sequence[str],
    rules: str,
    frame: str,
    lang: str,
    *,
    explained: bool = False,
    full: bool = True,
    changes: Sequence[str] = (),
    compare: bool = False,
    pictured: bool = False,
) -> Report:
    """`HojoError` where a named file or the ruleset cannot be read; wrong applicant files are findings and exit code 1.

    With `changes` each applicant is estimated with them, beside the answer without; `compare` sets the second of two files beside the first.
    `pictured`: the page has the curve of the frame it breaks down.
    """
    chosen = estimating.load_rules(rules) if rules else None
    if chosen is not None and chosen.ruleset is None:
        raise HojoError(*chosen.findings)
    contents = [(file, one(file)) for file in files]
    applicants = [estimating.load_applicant(data, chosen, file=file, changes=changes) for file, data in contents]
    unchanged = [estimating.load_applicant(data, chosen, file=file) for file, data in contents if changes]
    estimating.require_runnable(*applicants, *unchanged)
    rulesets = [each.ruleset for each in (*applicants, *unchanged) if each.ruleset is not None]
    first = rulesets[0]
    if frame:
        frame = frame_named(frame, first)
    results = [estimating.estimate(applicant, explained=explained) for applicant in applicants]
    if compare:
        results[1] = results[1]._replace(before=results[0])
    for place, applicant in enumerate(unchanged):
        results[place] = results[place]._replace(before=estimating.estimate(applicant), changes=tuple(changes))
    findings = tuple(dict.fromkeys(found for each in (*unchanged, *applicants) for found in each.findings))
    heads = {ruleset.fiscal_year: ruleset for ruleset in rulesets}

    def data() -> dict[str, object]:
        shown = as_json(tuple(results), lang)
        for result, its_data in zip(results, shown, strict=True):
            if result.before is not None:
                from hojo_cli.pages import side_by_side

                its_data["compared"] = side_by_side.data(result.before, result, lang)
        return {"format": FORMAT, "ruleset": ruleset_data(first, lang), "results": shown}

    def page() -> Iterable[Block]:
        from hojo_cli.pages import estimate as estimate_page, side_by_side

        def weigh(result: Result, shown: str) -> Iterable[Reread]:
            from hojo_cli.advise.weighing import weighed

            of = applicants[next(place for place, each in enumerate(results) if each is result)]
            assert of.ruleset is not None
            assert of.applicant is not None  # there are estimates
            return weighed(of.ruleset, rules or str(of.ruleset.fiscal_year), of.applicant, (shown,))

        for result in results:
            if result.before is not None and result.before.estimates and result.estimates:
                yield from side_by_side.page(result.before, result)
        drawn = picture if pictured else estimate_page.no_picture
        yield from estimate_page.page(heads, results, weigh, frame=frame, explained=explained, full=full, picture=drawn)

    def picture(result: Result, shown: Estimate) -> Iterable[Block]:
        from hojo_cli.pages import dearest

        loaded = next(each for each in applicants if each.file == result.file)
        if loaded.scenario is None or loaded.applicant is None:
            return ()
        return dearest.picture(loaded.scenario, loaded.applicant, shown)

    return Report(data, page, findings, 1 if has_errors(findings) else 0)
