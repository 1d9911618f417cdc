"""The values of a fact, put together where no comparison of the ruleset tells them apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Final

from hojo_cli.base.number import LARGEST
from hojo_cli.base.record import Record
from hojo_cli.engine.applicant import FactValue
from hojo_cli.rules.nodes import Among, Compare, Exact, Fact, FactOr, FactSpec, Op, Ruleset
from hojo_cli.rules.walk import nodes

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

    def values_where(self, test: Iterable[bool]) -> list[int]:
        """The classes whose test holds."""
        return [place for place, holds in enumerate(test) if holds]


def domains(ruleset: Ruleset, beside: Ruleset | None = None) -> dict[str, Domain]:
    """One for each fact, in the order of the ruleset; as fine as both rulesets need."""
    tests: dict[str, list[Among | Compare]] = {name: [] for name in ruleset.facts}
    for node in nodes((ruleset, beside)):
        if isinstance(node, Among):
            tests[node.fact].append(node)
        elif isinstance(node, Compare) and isinstance(node.quantity, (Fact, FactOr)):
            tests[node.quantity.name].append(node)
    return {name: _domain(spec, tests[name]) for name, spec in ruleset.facts.items()}


def _domain(spec: FactSpec, tests: list[Among | Compare]) -> Domain:
    if spec.kind == "boolean":
        return Domain(spec, (False, True), (False, True))
    if spec.kind == "set":  # what it has to do with what is bought is a question of its own
        return Domain(spec, (frozenset(),), (frozenset(),))
    if spec.kind == "choice":
        sets = [test.choices for test in tests if isinstance(test, Among)]
        groups: dict[tuple[bool, ...], FactValue] = {}
        for choice in spec.choices:
            groups.setdefault(tuple(choice in tested for tested in sets), choice)
        return Domain(spec, tuple(groups.values()), tuple(groups.values()))
    step = _step([test.number.value for test in tests if isinstance(test, Compare)]) if spec.kind == "rate" else 1
    cuts: set[Exact] = {cut for test in tests if isinstance(test, Compare) for cut in _cuts(test, step)}
    cuts |= set() if spec.only_if is None else {step}  # where none is one thing and some another
    most = LARGEST if spec.maximum is None else spec.maximum
    starts: list[Exact] = [spec.minimum, *sorted(cut for cut in cuts if spec.minimum < cut <= most)]
    ends: list[Exact] = [*(start - step for start in starts[1:]), most]
    return Domain(spec, tuple(starts), tuple(max(start, end) for start, end in zip(starts, ends, strict=True)))


def _step(rates: list[Exact]) -> Exact:
    """From a rate to one just above it: so small that no figure lies between."""
    gaps = [Fraction(after - before) / 2 for before, after in pairwise(sorted({0, *rates}))]
    return min([FINEST, *gaps])


def _cuts(test: Compare, step: Exact) -> Iterator[Exact]:
    """The first values at which the comparison changes."""
    value = test.number.value
    if test.op in (Op.MIN, Op.BELOW, Op.EQ):
        yield value
    if test.op in (Op.MAX, Op.ABOVE, Op.EQ):
        yield value + step
