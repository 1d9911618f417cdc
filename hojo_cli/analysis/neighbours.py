"""Where one more of something that is counted leads from one set of applicants into another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hojo_cli.analysis.diagram import NONE
from hojo_cli.analysis.domains import number_of
from hojo_cli.analysis.scope import FrameScope
from hojo_cli.base.record import Record
from hojo_cli.rules.nodes import Exact


class Border(Record):
    """One more of a fact ("fact"), of kinds that are bought ("kinds") or of members ("members"): of `counted`, a fact's id or a measure
    ("": all members); the set before the step (what is counted apart), and the classes on both sides.
    """

    sort: str
    counted: str
    shared: int
    start: int
    end: int

    def values(self, scope: FrameScope) -> tuple[Exact, Exact]:
        """How many there are just before the border and just after it."""
        if self.sort == "fact":
            domain = scope.world.domains[self.counted]
            return number_of(domain.last[self.start]), number_of(domain.first[self.end])
        if self.sort == "kinds":
            place = [count.measure for count in scope.questions.counts].index(self.counted)
            return scope.purchases[self.start].counts[place], scope.purchases[self.end].counts[place]
        before, after = scope.groups[self.start], scope.groups[self.end]
        if not self.counted:
            return before.last, after.first
        place = [node.measure for node in scope.counted].index(self.counted)
        return before.counts[place], after.counts[place]


def borders_between(scope: FrameScope, one: int, other: int) -> Iterator[Border]:
    """Every border from set `one` to set `other`: facts, then kinds, then members."""
    diagrams, world = scope.diagrams, scope.world
    for name, domain in world.domains.items():
        size, variable = len(domain.first), world.variables[name]
        if domain.spec.kind not in ("choice", "boolean", "set") and size > 1:
            moved = diagrams.both(one, diagrams.moved(other, variable, [*range(1, size), None]))
            for value in diagrams.values(moved, variable) if moved != NONE else ():
                yield Border("fact", name, diagrams.at(moved, variable, value), value, value + 1)
    bought = [frozenset(diagrams.values(part, scope.purchase)) for part in (one, other)]
    for measure, before, after in kind_steps(scope):
        if before in bought[0] and after in bought[1]:
            shared = diagrams.both(diagrams.at(one, scope.purchase, before), diagrams.at(other, scope.purchase, after))
            if shared != NONE:
                yield Border("kinds", measure, shared, before, after)
    members = [diagrams.values(part, scope.members) for part in (one, other)]
    for before, after in product(*members):
        counted = one_more_member(scope, before, after)
        if counted is not None:
            shared = diagrams.both(diagrams.at(one, scope.members, before), diagrams.at(other, scope.members, after))
            if shared != NONE:
                yield Border("members", counted, shared, before, after)


def kind_steps(scope: FrameScope) -> list[tuple[str, int, int]]:
    """Each two purchases of which the second has one more kind, with the measure that counts it; worked out when first asked for."""
    if scope.kind_steps is None:
        places = range(len(scope.purchases))
        pairs = ((one_more_kind(scope, before, after), before, after) for before, after in product(places, places))
        scope.kind_steps = [step for step in pairs if step[0]]
    return scope.kind_steps


def one_more_kind(scope: FrameScope, before: int, after: int) -> str:
    """The one measure that counts one more, all else the same or more."""
    few, many = scope.purchases[before], scope.purchases[after]
    if few.slots != many.slots or any(has and not there for has, there in zip(few.has, many.has, strict=True)):
        return ""
    steps = [more - less for less, more in zip(few.counts, many.counts, strict=True)]
    grown = [count.measure for count, step in zip(scope.questions.counts, steps, strict=True) if step]
    if few.has != many.has and all(less for less, step in zip(few.counts, steps, strict=True) if step):
        return ""  # something else is bought too; only the first of its kind may come with its item
    return grown[0] if len(grown) == 1 and sum(steps) == 1 else ""


def one_more_member(scope: FrameScope, before: int, after: int) -> str | None:
    """The count of those members ("": of all) that is one more; None where something else is told apart, too."""
    few, many = scope.groups[before], scope.groups[after]
    if few.for_all != many.for_all:
        return None
    steps = [more - less for less, more in zip(few.counts, many.counts, strict=True)]
    grown = [(node.measure, step) for node, step in zip(scope.counted, steps, strict=True) if step]
    if not grown:
        return "" if few.last + 1 == many.first else None
    alike = max(few.first, many.first) <= min(few.last, many.last)
    return grown[0][0] if alike and len(grown) == 1 and grown[0][1] == 1 else None
