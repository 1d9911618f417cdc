"""Estimates of an applicant: every frame, what it was made from, what would change it."""

from __future__ import annotations

from hojo_cli.base.citation import Citation
from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Finding, Text
from hojo_cli.base.record import Record
from hojo_cli.results.advised import Plan


class Met(Record):
    """A requirement: whether it holds (None: unknown), and where it does not, what would be needed.

    `band` is the label of the band that asks it; empty where the frame does.
    """

    id: str
    label: Text
    holds: bool | None
    needs: tuple[Text, ...]
    citation: Citation | None
    band: Text = Text("", "")


class Counted(Record):
    """One item as a line counts it: its whole cost and the part of it that is looked at, exact yen.

    What a limit for a whole category takes away is an entry of its own: no cost, and negative. `whose`: see `Step`.
    """

    label: Text
    cost: Exact
    counted: Exact
    citation: Citation | None
    whose: tuple[Text, ...] = ()


class Step(Record):
    """One step of a line's yen: what went in, the rate, what came of it (negative: taken away). Steps add up to the line.

    `yen` is None where a step only changes the cost. `whose` names the member, and which of the member's lines it is, inside a sum
    over members; it is empty elsewhere. `parts` are those of a limit or rate that is made of several.
    """

    label: Text
    cost: Exact | None
    rate: Exact | None
    yen: Exact | None
    citation: Citation | None
    whose: tuple[Text, ...] = ()
    parts: tuple[Explained, ...] = ()


class LineResult(Record):
    """A cost line: eligible cost, subsidy in the end (None: unknown), and how it came about."""

    id: str
    label: Text
    cost: Exact | None
    subsidy: Exact | None
    counted: tuple[Counted, ...]
    steps: tuple[Step, ...]


class Reduction(Record):
    """Yen that do not arrive, and why. `of`: whether they are yen of `cost` or of `subsidy`; `whose`: line, member, member's line.

    `parts` are those of a limit that is made of several.
    """

    reason: str
    label: Text
    yen: Exact
    of: str
    citation: Citation | None
    whose: tuple[Text, ...] = ()
    parts: tuple[Explained, ...] = ()


class Missing(Record):
    """An unknown fact that can still change the outcome, with the question to ask."""

    fact: str
    label: Text
    ask: Text


class Explained(Record):
    """A derivation in words: one node of the tree that `--explain` prints."""

    label: Text
    value: Text
    citation: Citation | None
    parts: tuple[Explained, ...]


class NextBand(Record):
    """The band above, and what it would take to be in it; `unmet` are its requirements that do not hold."""

    label: Text
    needs: tuple[Text, ...]
    unmet: tuple[Met, ...] = ()


class Context(Record):
    """What became of the applications of an earlier year in the frame of the same name."""

    forecast = False

    fiscal_year: int
    title: Text
    label: Text
    applied: int
    granted: int
    citation: Citation | None


class Estimate(Record):
    """One frame for one applicant. `subsidy` is whole yen, None while facts are missing; then `possible` is its range if known.

    `tree` is there where it was asked for.
    """

    frame: str
    label: Text
    status: str
    subsidy: int | None
    eligible_cost: Exact | None
    own_cost: int | None
    requirements: tuple[Met, ...]
    lines: tuple[LineResult, ...]
    reductions: tuple[Reduction, ...]
    missing: tuple[Missing, ...]
    possible: tuple[int, int] | None
    assumptions: tuple[Text, ...]
    together: tuple[Text, ...]
    next_band: NextBand | None
    tree: Explained | None
    context: Context | None = None


class Trait(Record):
    """What the applicant is taken to be, and why. `among`: of how many members of a group it holds."""

    id: str
    label: Text
    holds: bool | None
    because: tuple[Text, ...]
    citation: Citation | None
    among: bool = False


class Duty(Record):
    """A reminder of what cannot be computed."""

    id: str
    label: Text
    frames: tuple[str, ...]
    citation: Citation | None


class Result(Record):
    """One applicant file. `best` is the frame with the most yen, empty where none is payable; `frame` the one applied for.

    `before` is the result it is to be compared with; `changes` are those that lead from there to this one, none where it is another file's.
    """

    file: str
    name: str
    best: str
    traits: tuple[Trait, ...]
    estimates: tuple[Estimate, ...]
    plan: Plan | None
    duties: tuple[Duty, ...]
    findings: tuple[Finding, ...]
    fiscal_year: int = 0
    frame: str = ""
    before: Result | None = None
    changes: tuple[str, ...] = ()

    @property
    def together(self) -> tuple[Text, ...]:
        """What is said of the other payable frames beside the best one."""
        return next((estimate.together for estimate in self.estimates if estimate.frame == self.best), ())
