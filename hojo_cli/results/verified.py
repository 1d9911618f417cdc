"""Rulesets proved: what was found in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hojo_cli.base.finding import Finding
from hojo_cli.base.record import Record

if TYPE_CHECKING:
    from hojo_cli.results.head import RulesetHead


class Coverage(Record):
    """How well cases guard a ruleset: small changes to its figures and comparisons, and how many of them some case notices."""

    cases: int
    changes: int
    noticed: int


class Verified(Record):
    """A ruleset and what was found. `head` is None where it cannot be read; `witnesses` holds one text for each finding.

    `numbers` are its figures. `coverage` is None where no cases were given, `written` counts the boundary files (None: not asked).
    """

    file: str
    head: RulesetHead | None
    numbers: int
    findings: tuple[Finding, ...]
    witnesses: tuple[str, ...]
    coverage: Coverage | None = None
    written: int | None = None
