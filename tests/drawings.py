"""The reports that the goldens of `tests/goldens/<format>/` show, and how each is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Final

from hojo_cli.commands import estimate
from hojo_cli.formats import render
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.results.report import Report

TESTS: Final = Path(__file__).parent
GOLDENS: Final = TESTS / "goldens"
INCOMPLETE: Final = GOLDENS / "incomplete.yaml"

CASES: Final = {
    "shop": TESTS / "cases/2026/invoice/small-shop-of-the-reading.yaml",
    "bands": TESTS / "cases/2026/general/four-kinds-2249999-at-two-thirds.yaml",
    "trade": TESTS / "cases/2026/electronic_trade/apportioned-fee-is-not-rounded.yaml",
    "group": TESTS / "cases/2026/group/ten-shops-of-the-reading.yaml",
    "ineligible": TESTS / "cases/2026/general/deemed-large-company.yaml",
    "below_floor": TESTS / "cases/2026/general/floor-99999-at-half.yaml",
    "incomplete": INCOMPLETE,
}
WIDTHS: Final = (60, 80, 200)
LANGUAGES: Final = ("ja", "en")


@cache
def report(case: str, lang: str) -> Report:
    """One applicant under the rules of 2026, with its derivation."""
    return estimate.run([str(CASES[case])], "", "", lang, explained=True)


@cache
def plain(case: str, lang: str) -> Report:
    """The same without its derivation, as `hojo estimate --full` prints it."""
    return estimate.run([str(CASES[case])], "", "", lang)


@cache
def brief(case: str, lang: str) -> Report:
    """As `hojo estimate` prints it."""
    return estimate.run([str(CASES[case])], "", "", lang, full=False)


def drawings() -> Iterator[tuple[str, Callable[[], str]]]:
    """Path below `goldens/` of every golden, and what draws its text."""
    for lang in LANGUAGES:
        for case in ("shop", "bands", "group", "ineligible", "incomplete"):
            for width in WIDTHS:
                yield f"table/{case}-{width}-{lang}.txt", partial(drawn, "table", brief, case, lang, width)
        yield f"table/shop-full-80-{lang}.txt", partial(drawn, "table", plain, "shop", lang)
        for case in ("shop", "group"):
            yield f"tree/{case}-80-{lang}.txt", partial(drawn, "tree", report, case, lang)
        for case in ("shop", "incomplete"):
            yield f"markdown/{case}-{lang}.md", partial(drawn, "markdown", plain, case, lang)


def drawn(form: str, reported: Callable[[str, str], Report], case: str, lang: str, width: int = 80) -> str:
    """One report in one format, without colours."""
    return render(form, reported(case, lang), Screen(width, False, lang))
