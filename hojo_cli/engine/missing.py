"""Which unknown facts can still change a frame's outcome, exactly.

Three-valued logic says too much: it cannot see that two tests of the same unknown fact go together, or that both branches of a
choice run into the same cap. So where it stays in doubt, all completions are laid out (`completions`); beyond a budget
the three-valued answer stands.
"""

from __future__ import annotations

from hojo_cli.base.record import NamedTuple
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.diagram import TooMany
from hojo_cli.engine.evaluator import evaluator, judge
from hojo_cli.engine.interval import range_of
from hojo_cli.engine.judgement import Judgement, Status, same_for_all
from hojo_cli.rules.asked import asked
from hojo_cli.rules.declared import FactValue, Ruleset
from hojo_cli.rules.nodes import Frame


class Leaf(NamedTuple):
    """One outcome that is still possible."""

    status: Status
    subsidy: int | None


class Settled(NamedTuple):
    """The outcome of a frame, and exactly the unknown facts it still depends on, in the order they are asked.

    `outcomes` are the statuses and yen still possible (of sums over many members the least and the greatest). They are empty
    where not everything could be laid out; `missing` may then hold a fact that changes nothing, never too few.
    """

    judgement: Judgement
    missing: tuple[str, ...]
    outcomes: tuple[Leaf, ...]


def settle(ruleset: Ruleset, frame: Frame, applicant: Applicant) -> Settled:
    """Judge a frame; where three-valued logic stays in doubt, look at every completion.

    Who is ineligible in any case may miss another requirement in each: none is told as missed.
    """
    reader = evaluator(ruleset)
    judgement = reader.judge(frame, applicant)
    if judgement.status is not Status.INCOMPLETE:
        return Settled(judgement, (), (Leaf(judgement.status, judgement.subsidy),))
    try:
        possible = reader.completions(frame.id).possible(applicant, judgement.unknown)
    except TooMany:
        return Settled(judgement, _in_order(ruleset, judgement.unknown), ())
    outcomes = tuple(sorted(Leaf(status, subsidy or 0) for status, subsidy in possible.outcomes))
    settled = same_for_all((leaf.status, leaf.subsidy) for leaf in outcomes)
    if settled is None:
        return Settled(judgement, _in_order(ruleset, possible.names), outcomes if possible.surely else ())
    status, subsidy = settled
    while status is not Status.INELIGIBLE and judgement.status is Status.INCOMPLETE:  # any completion shows what comes
        applicant = _filled(ruleset, applicant, judgement.unknown)
        judgement = judge(ruleset, frame, applicant)
    return Settled(judgement._replace(status=status, subsidy=subsidy, unknown=frozenset()), (), outcomes[-1:])


def _in_order(ruleset: Ruleset, names: frozenset[str]) -> tuple[str, ...]:
    """The order of asking: members one after the other, facts as the ruleset lists them, then items as the file does."""
    order = {name: place for place, name in enumerate((*ruleset.facts, *ruleset.fields))}

    def place(name: str) -> tuple[int, int, int]:
        member, item, fact = asked(name)
        return member, -1 if item is None else item, order[fact]

    return tuple(sorted(names, key=place))


def _filled(ruleset: Ruleset, applicant: Applicant, unknown: frozenset[str]) -> Applicant:
    """The applicant with these facts known, each at its first or least value, and these fields of its items empty."""
    given: dict[str, FactValue] = {}
    for name, spec in ruleset.facts.items():
        if applicant.prefix + name in unknown:
            match spec.kind:
                case "boolean":
                    given[name] = False
                case "choice":
                    given[name] = next(iter(spec.choices))
                case "set":
                    given[name] = frozenset()
                case _:
                    given[name] = range_of(spec, ruleset.facts, applicant.facts, len(applicant.members))[0]
    members = tuple(_filled(ruleset, member, unknown) for member in applicant.members)
    items = tuple(
        item._replace(
            fields={
                **{name: frozenset() for name in ruleset.fields if applicant.prefix + item.asked(name) in unknown},
                **item.fields,
            }
        )
        for item in applicant.items
    )
    return applicant._replace(facts={**applicant.facts, **given}, items=items, members=members)
