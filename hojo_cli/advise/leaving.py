"""How many members may leave a group before something else comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from hojo_cli.applicants.scenario import Scenario
from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind
from hojo_cli.base.texts import figure
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.evaluator import evaluator
from hojo_cli.engine.judgement import Status
from hojo_cli.explanation import borders, explain, profile
from hojo_cli.results.advised import Border

MOST: Final = 10
"""So many members are taken away."""
LABEL: Final = Text("構成員の数", "number of members")


def leaving_members(scenario: Scenario, frames: Sequence[str]) -> Iterator[Border]:
    """With how few members each frame that is settled comes to another status: the last of the file leave first.

    One without whom the file would be refused stays.
    """
    everybody = scenario.applicant({})
    if everybody is None or len(everybody.members) < 2:
        return
    ruleset, count = scenario.ruleset, len(everybody.members)
    judge = evaluator(ruleset, traced=False)
    before = judge.outcomes(everybody)
    waiting = [name for name in frames if before[name][0] not in (Status.NO_COST, Status.INCOMPLETE)]
    left, nearer = list[int](), everybody
    for place in reversed(range(count)):
        settings = _without(scenario, everybody, [*left, place])
        fewer = scenario.with_settings(settings) if waiting and len(left) < min(MOST, count - 1) else None
        if fewer is None:
            continue
        left.append(place)
        after = judge.outcomes(fewer)
        for name in [name for name in waiting if after[name][0] is not before[name][0]]:
            waiting.remove(name)
            sides = [
                borders.Neighbour(explain.alone(ruleset, name, applicant), profile.traits(ruleset, applicant))
                for applicant in (nearer, fewer)
            ]
            clauses = borders.clauses(*sides)
            yield Border(
                what="members",
                label=LABEL,
                now=str(count),
                border=str(count - len(left)),
                distance=str(len(left)),
                figures=(figure(count, Kind.COUNT), figure(count - len(left), Kind.COUNT)),
                frame=name,
                frame_label=ruleset.frames[name].label,
                status=after[name][0],
                before=before[name][1],
                after=after[name][1],
                jump=before[name][1] != after[name][1],
                near=len(left) == 1,
                clause=borders.sentence(clauses),
                citations=tuple([clause.citation for clause in clauses if clause.citation is not None]),
                settings=settings,
            )
        nearer = fewer


def _without(scenario: Scenario, everybody: Applicant, places: Sequence[int]) -> tuple[str, ...]:
    """The `--set`s that take members away (counted from 0), with facts that count members no higher than what is left."""
    rest, facts = len(everybody.members) - len(places), scenario.ruleset.facts
    counting = [
        name
        for name, value in everybody.facts.items()
        if facts[name].within is not None and isinstance(value, (int, Fraction)) and value > rest
    ]
    return (*(f"members[{place}]=" for place in places), *(f"facts.{name}={rest}" for name in counting))
