"""Which answer decides how much: what a frame may still pay once each question that is open has been answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hojo_cli.applicants.scenario import Scenario
from hojo_cli.base.finding import Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.explanation import explain
from hojo_cli.results.estimated import Estimate
from hojo_cli.rules.asked import asked
from hojo_cli.rules.words import Words


class Answered(NamedTuple):
    """One answer to an open question: the `--set` that gives it, and the least and most yen the frame may then come to (None: not known)."""

    frame: str
    question: Text
    answer: Text
    setting: str
    least: int | None
    most: int | None


def answers(scenario: Scenario, estimates: Sequence[Estimate], frames: Sequence[str]) -> Iterator[Answered]:
    """For every frame that awaits answers, each answer to each question about a yes or no, or a choice, of the applicant."""
    words = Words(scenario.ruleset)
    for estimate in estimates:
        for gap in estimate.missing if estimate.frame in frames else ():
            member, item, name = asked(gap.fact)
            spec = scenario.ruleset.facts.get(name)
            if member or item is not None or spec is None:
                continue
            values = {"true": True, "false": False} if spec.kind == "boolean" else {name: name for name in spec.choices}
            for written, value in values.items() if spec.kind in ("boolean", "choice") else ():
                setting = f"facts.{name}={written}"
                applicant = scenario.with_settings((setting,))
                if applicant is not None:
                    then = explain.alone(scenario.ruleset, estimate.frame, applicant)
                    low, high = then.possible or (then.subsidy, then.subsidy)
                    yield Answered(estimate.frame, gap.label, words.value(name, value), setting, low, high)
