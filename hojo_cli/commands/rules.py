"""`hojo rules`: the rulesets at hand; `hojo rules show`: one of them in words, or its published results."""

from __future__ import annotations

from hojo_cli.base.finding import HojoError, Location
from hojo_cli.messages import finding
from hojo_cli.pages import outcomes as outcomes_view, rules as view
from hojo_cli.results.report import Report
from hojo_cli.rules import library, ruleset


def run(name: str, lang: str) -> Report:
    """Every shipped ruleset, newest first; or the one of this year or path."""
    found = [ruleset.load(each) for each in ([name] if name else library.years())]
    return Report(
        lambda: {"format": "hojo.rules/1", "rulesets": [view.head_data(each, lang) for each in found]},
        lambda: view.listed(found),
    )


def show(name: str, lang: str, *, outcomes: bool = False) -> Report:
    """One ruleset by year or path, the newest (with results, where those are asked for) if none is named.

    `HojoError` where it cannot be read, or has no published results to show.
    """
    if not outcomes:
        found = ruleset.load(name or library.years()[0])
        return Report(lambda: view.data(found, lang), lambda: view.page(found))
    published = (shipped for shipped in map(ruleset.load, library.years()) if shipped.outcomes is not None)
    found = ruleset.load(name) if name else next(published)
    if (results := found.outcomes) is None:
        known = ", ".join(str(shipped.fiscal_year) for shipped in published)
        raise HojoError(finding("HJ015", Location(found.file), year=found.fiscal_year, known=known))
    return Report(lambda: outcomes_view.data(found, results, lang), lambda: outcomes_view.page(found, results))
