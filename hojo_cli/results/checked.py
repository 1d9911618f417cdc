"""Many applicants: what came of each, and all of them in numbers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from hojo_cli.base.finding import Finding, Text, level
from hojo_cli.base.record import Record

if TYPE_CHECKING:
    from hojo_cli.results.advised import Border, Plan
    from hojo_cli.results.head import RulesetHead


PAYABLE: Final = "payable"
"""The status of a frame that pays."""


class Outcome(Record):
    """What one frame comes to: its status, and whole yen (0 unless payable; None while facts are missing)."""

    frame: str
    status: str
    subsidy: int | None


class Checked(Record):
    """One input of a batch: a file, or one record of a file (`record` is its line or row, from 1; 0 for a whole file).

    `best` is the frame with the most yen, if any; `fiscal_year` that of the ruleset that judged it, 0 where it could not be read
    at all. `plan` is what frames that go together come to; `near` the borders that are near, None unless they are asked for.
    """

    file: str
    record: int
    name: str
    best: str
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    fiscal_year: int = 0
    plan: Plan | None = None
    near: tuple[Border, ...] | None = None

    @property
    def level(self) -> str:
        """The worst of its findings: `ok`, `note`, `warning` or `error`."""
        return level(self.findings)

    @property
    def best_yen(self) -> int | None:
        """The yen of the best frame; None where no frame is payable."""
        return next((outcome.subsidy for outcome in self.outcomes if outcome.frame == self.best), None)


class FrameTally:
    """A frame over a batch: of how many applicants it is payable, of how many undecided, and of how many the best, with their yen."""

    def __init__(self) -> None:
        self.payable = 0
        self.undecided = 0
        self.best = 0
        self.subsidy = 0


class Tally:
    """A batch in numbers, growing: inputs by level, inputs skipped (with reasons counted), yen of the best frames together.

    `rulesets` are those that judged an input, the newest first; they are known in the end. `frames` are those of each year.
    """

    def __init__(self) -> None:
        self.inputs = 0
        self.levels: Counter[str] = Counter()
        self.skipped: Counter[Text] = Counter()
        self.payable = 0
        self.subsidy = 0
        self.years: set[int] = set()
        self.frames: dict[tuple[int, str], FrameTally] = {}
        self.rulesets: tuple[RulesetHead, ...] = ()

    def add(self, checked: Checked) -> None:
        """One more input."""
        self.inputs += 1
        self.levels[checked.level] += 1
        self.years.add(checked.fiscal_year)
        if checked.best:
            self.payable += 1
            self.subsidy += checked.best_yen or 0
        for outcome in checked.outcomes:
            frame = self.frames.setdefault((checked.fiscal_year, outcome.frame), FrameTally())
            frame.payable += outcome.status == PAYABLE
            frame.undecided += outcome.subsidy is None
            if outcome.frame == checked.best:
                frame.best += 1
                frame.subsidy += outcome.subsidy or 0
