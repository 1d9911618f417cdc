"""Small changes to a ruleset, made in its nodes: each figure by one unit, each comparison to its neighbour (以上 for 超, 以下 for 未満).

A ruleset and its mutant share every part that is the same. Who tells them apart are applicants whose result differs before and after,
searched at every border.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any, Final

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Location, Text
from hojo_cli.base.number import Kind, show
from hojo_cli.base.record import Record
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.evaluator import Evaluator
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import Compare, Number, Op, Rounded, Rounding
from hojo_cli.rules.walk import nodes_within, numbers, rebuilt
from hojo_cli.verify.analysis.applicants import Builder
from hojo_cli.verify.analysis.boundary_cases import boundary_applicants, cost_grid
from hojo_cli.verify.analysis.diagram import NONE
from hojo_cli.verify.analysis.payout import Payout
from hojo_cli.verify.analysis.scope import FrameScope
from hojo_cli.verify.analysis.situations import Situation, analyse, analyse_frame
from hojo_cli.verify.analysis.world import World

_NEIGHBOURS: Final[Mapping[Op, tuple[Op, Text]]] = {
    Op.MIN: (Op.ABOVE, Text("超", "above")),
    Op.ABOVE: (Op.MIN, Text("以上", "at least")),
    Op.MAX: (Op.BELOW, Text("未満", "below")),
    Op.BELOW: (Op.MAX, Text("以下", "at most")),
}
_JUDGED: Final = ("facts", "tax_included", "measures", "definitions", "frames")
"""What yen are made of; the rest of a ruleset tells about it."""


class Mutant(Record):
    """A figure, what becomes of it, and the ruleset after that.

    `taxed`: the figure turns prices with tax into ones without, when a file is read, before anything is judged.
    """

    number: Number
    label: Text
    ruleset: Ruleset
    taxed: bool


def mutants(ruleset: Ruleset) -> Iterator[Mutant]:
    """Every small change, in the order of the file: a yen, a person, a month; a hundredth of a rate, a thousandth of a small one."""
    compared = comparisons(ruleset)
    units = {node.unit.where for node in nodes_within(ruleset) if isinstance(node, (Rounded, Rounding))}
    for number in sorted(numbers(ruleset), key=lambda number: number.where):
        taxed = number.where == ruleset.tax_included.where
        unit: Exact = 1
        if number.kind is Kind.RATE:
            unit = Fraction(1, 1000) if number.value <= Fraction(1, 10) else Fraction(1, 100)
        for value in (number.value + unit, number.value - unit):
            if value >= (1 if number.where in units else 0):
                label = Text(show(value, number.kind), show(value, number.kind, "en"))
                yield Mutant(number, label, with_value(ruleset, number, value), taxed)
        comparison = compared.get(number.where)
        if comparison is not None and comparison.op in _NEIGHBOURS:
            op, label = _NEIGHBOURS[comparison.op]
            yield Mutant(number, label, _with(ruleset, Compare, number, op=op), taxed)


def comparisons(ruleset: Ruleset) -> dict[Location, Compare]:
    """Every comparison by the place of its figure."""
    return {node.number.where: node for node in nodes_within(ruleset) if isinstance(node, Compare)}


def with_value(ruleset: Ruleset, number: Number, value: Exact) -> Ruleset:
    """The ruleset with another figure at this place of the file."""
    return _with(ruleset, Number, number, value=value)


def _with(ruleset: Ruleset, kind: type[Number | Compare], number: Number, **change: object) -> Ruleset:
    """The ruleset with a change to the figure at this place, or to the comparisons with it, wherever they are judged."""

    def swap(node: Any) -> object:  # Any: whatever a node may hold
        if not isinstance(node, kind):
            return node
        figure = node.number if isinstance(node, Compare) else node
        return node._replace(**change) if figure.where == number.where else node

    return ruleset._replace(**rebuilt({name: getattr(ruleset, name) for name in _JUDGED}, swap))


# --- who tells them ---------------------------------------------------------------------------------------------------


def affected(before: Ruleset, after: Ruleset) -> list[str]:
    """The frames a change may reach: those it stands in, all of them where it stands in a definition."""
    if before.definitions != after.definitions:
        return list(before.frames)
    return [name for name, frame in before.frames.items() if after.frames[name] is not frame]


def judge_of(ruleset: Ruleset, names: Iterable[str]) -> Evaluator:
    """What judges applicants in these frames only."""
    return Evaluator(ruleset._replace(frames={name: ruleset.frames[name] for name in names}))


class Distinguisher:
    """Who tells changes of one ruleset from it. What is worked out about the ruleset itself serves all of them."""

    def __init__(self, before: Ruleset) -> None:
        self.before = before
        self.comparisons = comparisons(before)
        self._at_bends: dict[str, list[Applicant]] = {}

    def witness(self, after: Ruleset, number: Number) -> tuple[str, Applicant] | None:
        """Frame and applicant for whom the change of this figure (or of the comparison with it) makes a difference.

        One who is paid something rather than one who is not; None where there is nobody.
        """
        names, first = affected(self.before, after), None
        judge, judge_after = judge_of(self.before, names), judge_of(after, names)
        for name in names:
            for applicant in self.candidates(after, name, moved=number.where in self.comparisons):
                outcome, outcome_after = (judging.outcomes(applicant)[name] for judging in (judge, judge_after))
                if outcome != outcome_after:
                    if outcome[1] or outcome_after[1]:
                        return name, applicant
                    first = first or (name, applicant)
        return first

    def candidates(self, after: Ruleset, name: str, *, moved: bool) -> Iterator[Applicant]:
        """Everybody at the bends of both; where a comparison is `moved`, those whom it puts into another situation."""
        if moved:
            yield from between(self.before, after, name)
            return
        if name not in self._at_bends:
            self._at_bends[name] = list(boundary_applicants(analyse(self.before).frames[name]))
        yield from self._at_bends[name]
        yield from boundary_applicants(analyse_frame(World(after), after.frames[name]))


def between(before: Ruleset, after: Ruleset, name: str) -> Iterator[Applicant]:
    """Those who are in one situation before a change and in another after it."""
    world = World(before, after)
    scope = FrameScope(world, [before.frames[name], after.frames[name]])
    analysis = analyse_frame(world, before.frames[name], scope)
    analysis_after = analyse_frame(world, after.frames[name], scope.as_read_by(after))
    builder = Builder(analysis)

    def taken(situation: Situation | None) -> object:
        return None if situation is None else (tuple(situation.branches.values()), situation.bands)

    for (guard, one), (guard_after, other) in product(analysis.everybody, analysis_after.everybody):
        shared = scope.diagrams.both(guard, guard_after)
        if shared != NONE and taken(one) != taken(other):
            payouts = [] if one is None else [Payout(analysis, one)]
            payouts += [] if other is None else [Payout(analysis_after, other)]
            for costs in cost_grid(payouts):
                if (applicant := builder.build(shared, costs)) is not None:
                    yield applicant
