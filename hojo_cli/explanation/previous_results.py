"""What became of an earlier year's applications: context for an estimate, no forecast."""

from __future__ import annotations

from functools import cache

from hojo_cli.base.finding import HojoError
from hojo_cli.base.texts import EMPTY
from hojo_cli.results.estimated import Context
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.words import Words


@cache  # once in a run, not for each file
def before(program: str, fiscal_year: int) -> Ruleset | None:
    """The newest shipped year of a programme before the one given that has published results; None where there is none."""
    for year in library.years():
        if int(year) < fiscal_year:
            try:
                older = ruleset.load(year)
            except HojoError:  # an estimate does not depend on it
                continue
            if older.program == program and older.outcomes is not None:
                return older
    return None


def context(older: Ruleset | None, frame: str) -> Context | None:
    """The tally of the frame with this id in the earlier year."""
    if older is None or older.outcomes is None or frame not in older.outcomes.frames:
        return None
    tally = older.outcomes.frames[frame]
    label = older.frames[frame].label if frame in older.frames else EMPTY
    citation = Words(older).citation(older.outcomes.provenance)
    return Context(older.fiscal_year, older.title, label, tally.applied, tally.granted, citation)
