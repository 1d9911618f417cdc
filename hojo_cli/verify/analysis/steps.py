"""One more of something that is counted: where it changes what a frame pays, by how much, and for whom.

The change that is told is the largest found. That nothing changes more is proved where it can be: by the most a situation pays at
all, by what its bands make of one and the same total, or bend by bend where lines do not touch each other. Elsewhere (a line without an
end, a cap for each of many) the step is an example.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import permutations, product
from typing import Final, TypeAlias

from hojo_cli.base.exact import Exact
from hojo_cli.base.number import LARGEST
from hojo_cli.base.record import Record
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.evaluator import Evaluator
from hojo_cli.rules.nodes import Compare, Distinct, Fact, FactOr, Frame, MemberCount, PerMember, Scaled, Share
from hojo_cli.rules.walk import nodes_within
from hojo_cli.verify.analysis.applicants import Builder
from hojo_cli.verify.analysis.boundary_cases import bends, cost_grid
from hojo_cli.verify.analysis.diagram import NONE
from hojo_cli.verify.analysis.payout import Corner, Payout
from hojo_cli.verify.analysis.purchases import Purchase
from hojo_cli.verify.analysis.scope import FrameScope, Group
from hojo_cli.verify.analysis.situations import Analysis, FrameAnalysis
from hojo_cli.verify.analysis.world import changes_at, number_of


class Border(Record):
    """One more of what is counted (a fact's id, a measure; "": all members) takes a variable from one of its values to another; `counts`
    is how many there are just before and just after that.
    """

    counted: str
    bought: bool
    variable: int
    values: tuple[int, int]
    counts: tuple[Exact, Exact]


def borders(scope: FrameScope) -> Iterator[Border]:
    """Every border: of facts, then of kinds that are bought, then of members."""
    for name, domain in scope.world.domains.items():
        if domain.spec.kind not in ("choice", "boolean", "set"):
            for place, (last, first) in enumerate(zip(domain.last, domain.first[1:], strict=False)):
                counts = number_of(last), number_of(first)
                yield Border(name, False, scope.world.variables[name], (place, place + 1), counts)
    measures = [count.measure for count in scope.questions.counts]
    for (start, few), (end, many) in product(enumerate(scope.purchases), repeat=2):
        if measure := one_more_kind(measures, few, many):
            place = measures.index(measure)
            yield Border(measure, True, scope.purchase, (start, end), (few.counts[place], many.counts[place]))
    measures = [node.measure for node in scope.counted]
    for (start, fewer), (end, more) in product(enumerate(scope.groups), repeat=2):
        counted = one_more_member(measures, fewer, more)
        if counted is not None:
            sides = (fewer.counts, more.counts)
            before, after = (
                (counts[measures.index(counted)] for counts in sides) if counted else (fewer.last, more.first)
            )
            yield Border(counted, True, scope.members, (start, end), (before, after))


def one_more_kind(measures: list[str], few: Purchase, many: Purchase) -> str:
    """The one measure that counts one more, all else the same or more."""
    if few.slots != many.slots or any(has and not there for has, there in zip(few.has, many.has, strict=True)):
        return ""
    steps = [more - less for less, more in zip(few.counts, many.counts, strict=True)]
    grown = [measure for measure, step in zip(measures, steps, strict=True) if step]
    if few.has != many.has and all(less for less, step in zip(few.counts, steps, strict=True) if step):
        return ""  # something else is bought too; only the first of its kind may come with its item
    return grown[0] if len(grown) == 1 and sum(steps) == 1 else ""


def one_more_member(measures: list[str], few: Group, many: Group) -> str | None:
    """The count of those members ("": of all) that is one more; None where something else is told apart, too."""
    if few.for_all != many.for_all:
        return None
    steps = [more - less for less, more in zip(few.counts, many.counts, strict=True)]
    grown = [(measure, step) for measure, step in zip(measures, steps, strict=True) if step]
    if not grown:
        return "" if few.last + 1 == many.first else None
    alike = max(few.first, many.first) <= min(few.last, many.last)
    return grown[0][0] if alike and len(grown) == 1 and grown[0][1] == 1 else None


# --- what they change ------------------------------------------------------------------------------------------------------


class CountStep(Record):
    """From `start` to `end` of `counted` (a fact's id, a measure's, or "" for members) a frame's yen go from `before` to `after`.

    `bought`: the count comes from items or members, not from a fact. `applicant` is an applicant before the step, `stepped` after it.
    `proved`: nobody's yen change by more at this step, in this direction.
    """

    frame: str
    counted: str
    bought: bool
    start: Exact
    end: Exact
    before: int
    after: int
    applicant: Applicant
    stepped: Applicant
    proved: bool


def steps(analysis: Analysis) -> Iterator[CountStep]:
    """For each frame and border the largest fall and the largest rise, where there is one."""
    for name, frame in analysis.frames.items():
        judge = Evaluator(analysis.ruleset._replace(frames={name: frame.frame}))
        builder = Builder(frame)
        diagrams = frame.scope.diagrams
        for change in largest_changes(frame):
            border = change.border
            applicant, stepped = (
                builder.build(
                    diagrams.both(change.shared, diagrams.literal(border.variable, [value])),
                    change.costs,
                    {} if border.bought else {border.counted: count},
                )
                for value, count in zip(border.values, border.counts, strict=True)
            )
            if applicant is not None and stepped is not None:
                before, after = (judge.outcomes(person)[name][1] or 0 for person in (applicant, stepped))
                proved = abs(after - before) > change.bound - frame.frame.rounding.unit.value
                if before != after:
                    counted = border.counted, border.bought, *border.counts
                    yield CountStep(name, *counted, before, after, applicant, stepped, proved)


class _Change(Record):
    """The largest change found at a border in one direction: for whom (what is counted apart), at which costs; and a bound that none is above."""

    size: Exact
    border: Border
    shared: int
    costs: Mapping[str, int]
    bound: Exact


_Counts: TypeAlias = "tuple[tuple[str, Exact], ...]"
"""How many there are of what is counted, as far as that is given."""
_OF_MEMBERS: Final = "·"
"""Stands for the members whose lines are added up: no fact and no measure has this name."""


def largest_changes(frame: FrameAnalysis) -> list[_Change]:
    """The largest change at each border, down and up."""
    scaled = set[str]()  # what yen are multiplied by
    for node in nodes_within(frame.frame):
        if isinstance(node, Scaled):
            scaled.add(node.by.name if isinstance(node.by, (Fact, FactOr)) else node.by.measure)
        elif isinstance(node, PerMember):
            scaled.add(_OF_MEMBERS)
    everybody = [(guard, situation) for guard, situation in frame.everybody if guard != NONE]

    @cache
    def payout(place: int, counts: _Counts, corner: Corner = Corner.SHOWN) -> Payout | None:
        situation = everybody[place][1]
        return None if situation is None else Payout(frame, situation, corner, counts=dict(counts))

    @cache
    def changes(
        one: int, other: int, counts: _Counts, counts_after: _Counts, exactly: bool
    ) -> list[tuple[bool, Exact, dict[str, int], Exact]]:
        """Of a fall (True) and a rise: the largest that is found, at which costs, and what none is above."""
        before, after = payout(one, counts), payout(other, counts_after)
        highest = payout(one, counts, Corner.HIGH), payout(other, counts_after, Corner.HIGH)
        lost, won = (0 if high is None else high.granted(high.total) for high in highest)
        all_bends = False
        if exactly and before is not None and after is not None:  # all counts that yen are multiplied by are given
            all_bends = are_all_bends(frame.frame, before, after)
            lost, won = between_bands(before, after) or (lost, won)
        found = []
        for falls, costs in extremes(frame.frame, before, after):
            change = _change(before, after, costs)
            size = max(0, -change if falls else change)
            found.append((falls, size, costs, size if all_bends else lost if falls else won))
        return found

    found = dict[tuple[int, str, Exact, bool], _Change]()
    diagrams, known_borders = frame.scope.diagrams, list(borders(frame.scope))
    for (here, (one, _)), (there, (other, _)) in permutations(enumerate(everybody), 2):
        for border in known_borders:
            start, end = border.values
            shared = diagrams.at(one, border.variable, start)
            if shared == NONE or (shared := diagrams.both(shared, diagrams.at(other, border.variable, end))) == NONE:
                continue
            given = [((border.counted, count),) if border.counted in scaled else () for count in border.counts]
            for falls, size, costs, bound in changes(here, there, *given, scaled <= {border.counted}):
                key = border.variable, border.counted, border.counts[1], falls
                known = found.get(key, _Change(0, border, shared, {}, 0))
                largest = known if size <= known.size else _Change(size, border, shared, costs, known.bound)
                found[key] = largest._replace(bound=max(known.bound, bound))
    return [largest for largest in found.values() if largest.size]


def _change(before: Payout | None, after: Payout | None, costs: Mapping[str, int]) -> Exact:
    """What is paid more after the step; None is to be ineligible."""
    paid, paid_after = (0 if payout is None else payout.paid(costs) for payout in (before, after))
    return paid_after - paid


def only_add_up(frame: Frame) -> bool:
    """Whether there are several lines that have nothing to do with each other."""
    return len(frame.lines) > 1 and not frame.bands and not frame.subtotals


def extremes(frame: Frame, before: Payout | None, after: Payout | None) -> Iterator[tuple[bool, dict[str, int]]]:
    """The costs at which most is lost (True), and those at which most is won."""
    payouts = [payout for payout in (before, after) if payout is not None]
    if not only_add_up(frame):
        points = cost_grid(payouts)
        changes = [_change(before, after, costs) for costs in points]
        if changes:
            yield True, points[changes.index(min(changes))]
            yield False, points[changes.index(max(changes))]
        return
    lost, won = {}, {}
    for line in frame.lines:  # each can be looked at by itself
        costs = sorted({cost for payout in payouts for cost in bends(payout, line)})
        here = {cost: _change(before, after, {line.id: cost}) for cost in costs}
        lost[line.id], won[line.id] = min(costs, key=here.__getitem__), max(costs, key=here.__getitem__)
    yield True, lost
    yield False, won


# --- what nothing is above ----------------------------------------------------------------------------------------------


def are_all_bends(frame: Frame, before: Payout, after: Payout) -> bool:
    """Whether the bends that were looked at are all there are: lines by themselves, and after the last bend nothing changes."""
    shares = any(isinstance(node, Share) for node in nodes_within(frame))
    if shares or not (only_add_up(frame) or len(frame.lines) == 1):
        return False
    last = {line.id: max(bends(before, line) | bends(after, line)) for line in frame.lines}
    return all(
        _change(before, after, {name: cost}) == _change(before, after, {name: LARGEST}) for name, cost in last.items()
    )


def between_bands(before: Payout, after: Payout) -> tuple[Exact, Exact] | None:
    """The largest fall and rise where only bands make a difference, which they do at their ends; None where something else does, too."""
    shapes = [
        {name: [(part.start, part.value, part.slope) for part in curve] for name, curve in payout.lines.items()}
        for payout in (before, after)
    ]
    if shapes[0] != shapes[1] or before.yields != after.yields:
        return None
    near = {end - step for payout in (before, after) for end in payout.band_borders() for step in (0, 1)}
    totals = [total for total in (*near, before.total) if 0 <= total <= before.total]
    changes = [after.granted(total) - before.granted(total) for total in totals]
    return max(0, -min(changes)), max(0, *changes)


# --- which comparison makes the border ----------------------------------------------------------------------------------


def comparisons(analysis: Analysis) -> list[tuple[str, Compare]]:
    """Every comparison with the frame it stands in ("": a definition), in the order of the file."""
    parts: dict[str, object] = {"": tuple(analysis.ruleset.definitions.values()), **analysis.ruleset.frames}
    found = [(name, node) for name, part in parts.items() for node in nodes_within(part) if isinstance(node, Compare)]
    return sorted(found, key=lambda pair: pair[1].number.where)


def comparison_at(known: list[tuple[str, Compare]], step: CountStep) -> Compare | None:
    """The comparison that makes the border of a step, the first in the file."""
    for name, node in known:
        quantity = node.quantity
        if isinstance(quantity, Distinct):
            counts = step.bought and quantity.measure == step.counted
        elif isinstance(quantity, MemberCount):
            counts = step.bought and step.counted == ("" if quantity.only is None else quantity.measure)
        else:
            counts = not step.bought and quantity.name == step.counted
        ends = changes_at(node.op, node.number.value, step.end - step.start)
        if counts and name in ("", step.frame) and step.end in ends:
            return node
    return None
