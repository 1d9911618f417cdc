"""All there is to say to an applicant beside what is: what would raise it, how an amount is reached, where it
stands near a border, and what hangs on assumptions."""

from __future__ import annotations

from collections.abc import Sequence

from hojo_cli.advise.answers import Answered, answers
from hojo_cli.advise.levers import levers
from hojo_cli.advise.margins import all_borders
from hojo_cli.advise.target import Outlay, Target, own_cost, target
from hojo_cli.advise.weighing import Reread, weighed
from hojo_cli.applicants.scenario import Scenario
from hojo_cli.base.record import NamedTuple
from hojo_cli.results.advised import Border, Lever
from hojo_cli.results.estimated import Estimate


class Advice(NamedTuple):
    """`target` and `own_wanted` are None where they were not asked for, `own` also where nothing can be bought for so much."""

    target: Target | None
    own_wanted: int | None
    own: Outlay | None
    levers: tuple[Lever, ...]
    margins: tuple[Border, ...]
    assumptions: tuple[Reread, ...]
    answers: tuple[Answered, ...]


def advice(
    scenario: Scenario,
    rules: str,
    estimates: Sequence[Estimate],
    frames: Sequence[str],
    wanted: int | None,
    own: int | None,
) -> Advice:
    """What there is to say about these frames; `rules` is the year or path of the ruleset, `estimates` what is."""
    applicant = scenario.applicant({})
    return Advice(
        None if wanted is None else target(scenario, wanted, frames),
        own,
        None if own is None else own_cost(scenario, own, frames),
        levers(scenario, frames),
        all_borders(scenario, frames),
        () if applicant is None else tuple(weighed(scenario.ruleset, rules, applicant, frames)),
        tuple(answers(scenario, estimates, frames)),
    )
