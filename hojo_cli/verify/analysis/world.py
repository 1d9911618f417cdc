"""The facts of a ruleset as variables of decision diagrams, and what no applicant can declare.

The values of a fact are put together in classes where no comparison of the ruleset tells them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import pairwise, product
from typing import Final

from hojo_cli.base.exact import Exact
from hojo_cli.base.number import LARGEST
from hojo_cli.base.record import Record
from hojo_cli.engine.interval import COMPARISONS
from hojo_cli.rules.declared import FactSpec, FactValue, Ruleset
from hojo_cli.rules.nodes import Against, Among, Compare, Fact, FactOr, Op, Said, SameKinds
from hojo_cli.rules.walk import nodes_within
from hojo_cli.verify.analysis.diagram import ALL, Diagrams

FINEST: Final = Fraction(1, 1_000)
"""The step between a rate and the next one that an applicant is shown with: 0.1%."""


class Domain(Record):
    """The classes of one fact: the first and the last value of each (the same for choices and booleans)."""

    spec: FactSpec
    first: tuple[FactValue, ...]
    last: tuple[FactValue, ...]

    def shown(self, place: int) -> FactValue:
        """The value an applicant of this class is shown with: its first, but one rather than none."""
        first, last = self.first[place], self.last[place]
        return 1 if first == 0 and self.spec.kind == "count" and last != 0 else first

    def ends(self, place: int) -> tuple[Exact, Exact]:
        """The first and the last value of a class as numbers; 0 of what does not count."""
        return number_of(self.first[place]), number_of(self.last[place])

    def classes(self, holds: Callable[[FactValue], bool]) -> list[int]:
        """The classes for whose values something holds."""
        return [place for place, value in enumerate(self.first) if holds(value)]


def number_of(value: FactValue) -> Exact:
    """The value of a fact that counts; 0 of any other."""
    return value if isinstance(value, (int, Fraction)) else 0


def domains(ruleset: Ruleset, beside: Ruleset | None = None) -> dict[str, Domain]:
    """One for each fact, in the order of the ruleset; as fine as both rulesets need."""
    choices: dict[str, list[frozenset[str]]] = {name: [] for name in ruleset.facts}
    compared: dict[str, list[Compare]] = {name: [] for name in ruleset.facts}
    for node in nodes_within((ruleset, beside)):
        if isinstance(node, Among):
            choices[node.fact].append(node.choices)
        elif isinstance(node, Compare) and isinstance(node.quantity, (Fact, FactOr)):
            compared[node.quantity.name].append(node)
    return {name: domain_of(spec, choices[name], compared[name]) for name, spec in ruleset.facts.items()}


def domain_of(spec: FactSpec, choices: list[frozenset[str]], compared: list[Compare]) -> Domain:
    if spec.kind == "boolean":
        return Domain(spec, (False, True), (False, True))
    if spec.kind == "set":  # what it has to do with what is bought is a question of its own
        return Domain(spec, (frozenset(),), (frozenset(),))
    if spec.kind == "choice":
        firsts = tuple(group[0] for group in choice_classes(spec.choices, choices))
        return Domain(spec, firsts, firsts)
    step: Exact = 1
    if spec.kind == "rate":  # so small that no figure lies between
        rates = sorted({0, *(test.number.value for test in compared)})
        step = min([FINEST, *(Fraction(after - before) / 2 for before, after in pairwise(rates))])
    cuts = {cut for test in compared for cut in changes_at(test.op, test.number.value, step)}
    cuts |= set() if spec.only_if is None else {step}  # where none is one thing and some another
    most = LARGEST if spec.maximum is None else spec.maximum
    starts: list[Exact] = [spec.minimum, *sorted(cut for cut in cuts if spec.minimum < cut <= most)]
    ends: list[Exact] = [*(start - step for start in starts[1:]), most]
    return Domain(spec, tuple(starts), tuple(max(start, end) for start, end in zip(starts, ends, strict=True)))


def choice_classes(choices: Iterable[str], tested: Sequence[frozenset[str]]) -> list[list[str]]:
    """The choices that none of some sets tells apart, together."""
    classes: dict[tuple[bool, ...], list[str]] = {}
    for choice in choices:
        classes.setdefault(tuple(choice in wanted for wanted in tested), []).append(choice)
    return list(classes.values())


def changes_at(op: Op, value: Exact, step: Exact = 1) -> tuple[Exact, ...]:
    """The values from which on a comparison comes to something else."""
    if op is Op.EQ:
        return value, value + step
    return (value,) if op in (Op.MIN, Op.BELOW) else (value + step,)


class World:
    """All applicants of a ruleset as far as their facts go; those who cannot be are left out of `possible`.

    With a ruleset `beside` it, which has the same facts, the classes are so fine that both can be told apart.
    `said`: whether any of some facts is said at all (a variable, and its value where it is).
    `related`: whether two facts, or a fact and the items, are as a condition has it.
    """

    def __init__(self, ruleset: Ruleset, beside: Ruleset | None = None) -> None:
        self.ruleset = ruleset
        self.diagrams = Diagrams()
        self.domains = domains(ruleset, beside)
        self.variables = {name: self.diagrams.variable(len(domain.first)) for name, domain in self.domains.items()}
        self.said: dict[tuple[str, ...], tuple[int, int]] = {}
        self.related: dict[Against | SameKinds, int] = {}
        for node in nodes_within((ruleset, beside)):
            if isinstance(node, Said) and node.facts not in self.said:
                self.said[node.facts] = self.diagrams.variable(2), int(not self._instead(node.facts))
            elif isinstance(node, Against | SameKinds) and node not in self.related:
                self.related[node] = self.diagrams.variable(2)
        either_said = [  # a fact is said, or what it follows from
            self.diagrams.either(self.says(facts), self.says(self._instead(facts)))
            for facts in self.said
            if self._instead(facts) in self.said
        ]
        within = [self._within(part) for part in ruleset.facts]
        self.possible = self.diagrams.every((*within, *either_said, *map(self._fits, self.related)))

    def _instead(self, facts: tuple[str, ...]) -> tuple[str, ...]:
        """The facts that are asked in place of these."""
        return tuple(spec.id for spec in self.ruleset.facts.values() if spec.instead_of in facts)

    def says(self, facts: tuple[str, ...]) -> int:
        """Those who say some of these facts."""
        variable, said = self.said[facts]
        return self.diagrams.literal(variable, [said])

    def _within(self, part: str) -> int:
        """A count that is part of others, directly or not, is no larger."""
        wholes: list[str] = []
        whole = self.ruleset.facts[part].at_most
        while whole is not None and whole not in wholes and whole != part:
            wholes.append(whole)
            whole = self.ruleset.facts[whole].at_most
        diagrams, variables = self.diagrams, self.variables
        return diagrams.every(
            diagrams.some(
                diagrams.both(
                    diagrams.literal(variables[part], [place]),
                    diagrams.literal(
                        variables[whole],
                        [i for i, top in enumerate(self.domains[whole].last) if number_of(top) >= first],
                    ),
                )
                for place, first in enumerate(map(number_of, self.domains[part].first))
            )
            for whole in wholes
        )

    def _fits(self, node: Against | SameKinds) -> int:
        """How two facts are related is what their classes allow; a count is what its fact is then said to be, or not to be."""
        facts = Fact | FactOr
        if isinstance(node, SameKinds) or not (isinstance(node.left, facts) and isinstance(node.right, facts)):
            return ALL
        diagrams, variables, holds = self.diagrams, self.variables, COMPARISONS[node.op]
        left, right = self.domains[node.left.name], self.domains[node.right.name]
        allowed = []
        for here, there in product(range(len(left.first)), range(len(right.first))):
            one, other = left.ends(here), right.ends(there)
            truths = {int(holds(first, second)) for first, second in product(one, other)}
            truths |= {int(max(one[0], other[0]) <= min(one[1], other[1]))} if node.op is Op.EQ else set()
            classes = (
                diagrams.literal(variables[node.left.name], [here]),
                diagrams.literal(variables[node.right.name], [there]),
            )
            allowed.append(diagrams.every((*classes, diagrams.literal(self.related[node], truths))))
        return diagrams.some(allowed)
