"""The facts of a ruleset as variables of decision diagrams, and what no applicant can declare."""

from __future__ import annotations

from itertools import product

from hojo_cli.analysis.diagram import ALL, Diagrams
from hojo_cli.analysis.domains import domains, number_of
from hojo_cli.engine.interval import COMPARISONS
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import Against, Fact, FactOr, Op, Said, SameKinds
from hojo_cli.rules.walk import nodes_within


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
        parts = [(place, self.domains[part].ends(place)[0]) for place in range(len(self.domains[part].first))]
        return diagrams.every(
            diagrams.some(
                diagrams.both(
                    diagrams.literal(variables[part], [place]),
                    diagrams.literal(
                        variables[whole],
                        [i for i, top in enumerate(self.domains[whole].last) if number_of(top) >= first],
                    ),
                )
                for place, first in parts
            )
            for whole in wholes
        )

    def _fits(self, node: Against | SameKinds) -> int:
        """How two facts are related is what their classes allow; a count is what its fact is then said to be, or not to be."""
        facts = Fact | FactOr
        if isinstance(node, SameKinds) or not (isinstance(node.left, facts) and isinstance(node.right, facts)):
            return ALL
        diagrams, holds = self.diagrams, COMPARISONS[node.op]
        left, right = self.domains[node.left.name], self.domains[node.right.name]
        allowed = []
        for here, there in product(range(len(left.first)), range(len(right.first))):
            one, other = left.ends(here), right.ends(there)
            truths = {int(holds(first, second)) for first, second in product(one, other)}
            truths |= {int(max(one[0], other[0]) <= min(one[1], other[1]))} if node.op is Op.EQ else set()
            classes = (
                diagrams.literal(self.variables[node.left.name], [here]),
                diagrams.literal(self.variables[node.right.name], [there]),
                diagrams.literal(self.related[node], truths),
            )
            allowed.append(diagrams.every(classes))
        return diagrams.some(allowed)
