"""What became of an earlier year's applications: context for an estimate, no forecast."""

from __future__ import annotations

from hojo_cli.base.finding import HojoError
from hojo_cli.explanation.words import EMPTY
from hojo_cli.report import Citation, Context
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.nodes import Precedent, Ruleset


def before(used: Ruleset) -> Precedent | None:
    """The newest shipped year of the same programme before the one used that has published results; None where there is none."""
    for year in library.years():
        if int(year) < used.fiscal_year:
            found = _published(year)
            if found is not None and found.program == used.program:
                return found
    return None


def _published(year: str) -> Precedent | None:
    try:
        return _told(ruleset.load(year))
    except HojoError:  # an estimate does not depend on it
        return None


def _told(older: Ruleset) -> Precedent | None:
    if older.outcomes is None:
        return None
    source = older.sources.get(older.outcomes.provenance.source or "")
    labels = {name: frame.label for name, frame in older.frames.items()}
    title = "" if source is None else source.title
    return Precedent(
        older.program, older.fiscal_year, older.title, labels, title, older.outcomes._replace(by=(), notes=())
    )


def context(found: Precedent | None, frame: str) -> Context | None:
    """The tally of the frame with this id."""
    tally = None if found is None else found.outcomes.frames.get(frame)
    if found is None or tally is None:
        return None
    provenance = found.outcomes.provenance
    cited = Citation(provenance.source or "", found.source, provenance.at, " / ".join(provenance.printed), EMPTY)
    return Context(found.fiscal_year, found.title, found.labels.get(frame, EMPTY), tally.applied, tally.granted, cited)
