"""Which unknown facts can still change a frame's outcome, exactly.

Three-valued logic says too much: it cannot see that two tests of the same unknown fact go together, or that both branches of a
choice run into the same cap. So the outcomes of all completions are laid out as a decision diagram, branching on one unknown
fact at a time, over one value for each stretch between the figures that still decide something. A fact matters if and only if
the reduced diagram branches on it. Equal remainders are explored once; beyond a budget the three-valued answer stands.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from fractions import Fraction
from typing import Final, NamedTuple, TypeAlias

from hojo_cli.derive import KNOWN, Derivation
from hojo_cli.evaluate import Judgement, Status, judge
from hojo_cli.formula import Among, Apportion, Branch, Compare, Exact, FactSpec, Frame, Op, Row, Ruleset, Scaled
from hojo_cli.subject import FactValue, Subject

LARGEST: Final = 10**15
BUDGET: Final = 3_000
"""Judgements, each counted once for the subject and three times for every member (whose lines are all judged anew)."""

_STEP: Final = Fraction(1, 10**9)
_LADDER: Final = frozenset(10**digits for digits in range(16))


class Leaf(NamedTuple):
    """All that is left comes to this."""

    status: Status
    subsidy: int | None


class Fork(NamedTuple):
    """The outcome still depends on this fact: what follows from each of its values (or from each stretch of values, by its start)."""

    fact: str
    branches: tuple[tuple[FactValue, Leaf | Fork], ...]


Diagram: TypeAlias = "Leaf | Fork"


class Settled(NamedTuple):
    """The outcome of a frame, and exactly the unknown facts it still depends on, in the order they are asked.

    `outcomes` are the statuses and yen still possible, where they could all be laid out (else empty).
    """

    judgement: Judgement
    missing: tuple[str, ...]
    outcomes: tuple[Leaf, ...]


class _TooMany(Exception):
    """The budget is used up."""


def settle(ruleset: Ruleset, frame: Frame, subject: Subject) -> Settled:
    """Judge a frame; where three-valued logic stays in doubt, look at every completion."""
    judgement = judge(ruleset, frame, subject)
    if judgement.status is not Status.INCOMPLETE:
        return Settled(judgement, (), (Leaf(judgement.status, judgement.subsidy),))
    exploration = _Exploration(ruleset, frame, BUDGET)
    try:
        diagram = exploration.explore(judgement, subject)
    except _TooMany:
        return Settled(judgement, tuple(sorted(judgement.unknown, key=exploration.place)), ())
    if isinstance(diagram, Leaf):
        return Settled(judge(ruleset, frame, exploration.completed(judgement, subject)), (), (diagram,))
    facts = {fork.fact for fork in _forks(diagram)}
    return Settled(judgement, tuple(sorted(facts, key=exploration.place)), tuple(sorted(set(_leaves(diagram)))))


def _forks(diagram: Diagram) -> Iterator[Fork]:
    if isinstance(diagram, Fork):
        yield diagram
        for _, below in diagram.branches:
            yield from _forks(below)


def _leaves(diagram: Diagram) -> Iterator[Leaf]:
    if isinstance(diagram, Leaf):
        yield Leaf(diagram.status, diagram.subsidy or 0)
    else:
        for _, below in diagram.branches:
            yield from _leaves(below)


class _Exploration:
    """One walk over all completions of a subject's unknown facts."""

    def __init__(self, ruleset: Ruleset, frame: Frame, budget: int) -> None:
        self.ruleset = ruleset
        self.frame = frame
        self.budget = budget
        self.order = {name: place for place, name in enumerate(ruleset.facts)}
        self.known: dict[Hashable, Diagram] = {}

    def place(self, name: str) -> tuple[int, int]:
        """The fixed order of branching: members one after the other, facts as the ruleset lists them."""
        member, _, fact = name.rpartition(".")
        return (int(member.rpartition(".")[2]) if member else 0, self.order[fact])

    def explore(self, judgement: Judgement, subject: Subject) -> Diagram:
        """The reduced diagram of what is still possible."""
        if judgement.status is not Status.INCOMPLETE:
            return Leaf(judgement.status, judgement.subsidy)
        key = _remainder(judgement)
        if key not in self.known:
            name = min(judgement.unknown, key=self.place)
            self.known[key] = _fork(
                name, [(value, self._next(name, value, subject)) for value in self._values(name, judgement, subject)]
            )
        return self.known[key]

    def completed(self, judgement: Judgement, subject: Subject) -> Subject:
        """Some completion that leaves nothing in doubt."""
        while judgement.status is Status.INCOMPLETE:
            name = min(judgement.unknown, key=self.place)
            subject = _with(subject, name, self._values(name, judgement, subject)[0])
            judgement = judge(self.ruleset, self.frame, subject)
        return subject

    def _next(self, name: str, value: FactValue, subject: Subject) -> Diagram:
        self.budget -= 1 + 3 * len(subject.members)
        if self.budget < 0:
            raise _TooMany
        there = _with(subject, name, value)
        return self.explore(judge(self.ruleset, self.frame, there), there)

    def _values(self, name: str, judgement: Judgement, subject: Subject) -> list[FactValue]:
        """One value for each class of values that what is left can tell apart."""
        spec = self.ruleset.facts[name.rpartition(".")[2]]
        if spec.kind == "boolean":
            return [False, True]
        alive = [found.node for found in _alive(judgement) if found.unknown == {name}]
        if spec.kind == "choice":
            return _classes(spec, [node.choices for node in alive if isinstance(node, Among)])
        cuts = {cut for node in alive if isinstance(node, Compare) for cut in _cuts(node, spec)}
        if any(isinstance(found.node, Apportion | Scaled) and name in found.unknown for found in _alive(judgement)):
            cuts |= _LADDER  # an amount grows along the stretch: at both ends it may stand at a cap or at nothing
        return self._stretches(spec, cuts, _facts(subject, name))

    def _stretches(self, spec: FactSpec, cuts: set[Exact], facts: dict[str, FactValue]) -> list[FactValue]:
        """The start of each stretch, and the end of the last one: amounts may also grow along a stretch."""
        low: Exact = spec.minimum
        high: Exact = LARGEST if spec.maximum is None else spec.maximum
        if spec.at_most is not None and isinstance(bound := facts.get(spec.at_most), int):
            high = min(high, bound)
        for other in self.ruleset.facts.values():
            if other.at_most == spec.id and isinstance(part := facts.get(other.id), int):
                low = max(low, part)
        return [low, *sorted(cut for cut in cuts if low < cut < high), high] if low < high else [low]


def _classes(spec: FactSpec, sets: list[frozenset[str]]) -> list[FactValue]:
    """The first choice of each group that no test tells apart."""
    groups: dict[tuple[bool, ...], FactValue] = {}
    for choice in spec.choices:
        groups.setdefault(tuple(choice in tested for tested in sets), choice)
    return list(groups.values())


def _cuts(node: Compare, spec: FactSpec) -> Iterator[Exact]:
    """The first values at which the comparison changes."""
    value = node.number.value
    step = _STEP if spec.kind == "rate" else 1
    if node.op in (Op.MIN, Op.BELOW, Op.EQ):
        yield value
    if node.op in (Op.MAX, Op.ABOVE, Op.EQ):
        yield value + step


def _fork(name: str, branches: list[tuple[FactValue, Diagram]]) -> Diagram:
    """Neighbouring values with the same outcome are one stretch; a single stretch is no fork."""
    merged = [branches[0]]
    for value, below in branches[1:]:
        if below != merged[-1][1]:
            merged.append((value, below))
    return merged[0][1] if len(merged) == 1 else Fork(name, tuple(merged))


def _alive(judgement: Judgement) -> Iterator[Derivation]:
    """Every undecided derivation, and what stands under possible rows and branches."""
    pending = list(_roots(judgement))
    while pending:
        derivation = pending.pop()
        if derivation.value is None or isinstance(derivation.node, Branch | Row):
            yield derivation
            pending += derivation.parts


def _roots(judgement: Judgement) -> Iterator[Derivation]:
    for judged in judgement.requirements:
        yield judged.derivation
    assert judgement.total is not None  # only a frame without costs has none, and that leaves nothing in doubt
    yield judgement.total
    for band in judgement.bands:
        if band.cap is not None:
            yield band.cap
        for judged in band.requirements:
            yield judged.derivation


def _remainder(judgement: Judgement) -> Hashable:
    """What is left to decide: two judgements with equal remainders have equal diagrams."""
    return tuple(_residue(root) for root in _roots(judgement))


def _residue(derivation: Derivation) -> Hashable:
    if derivation.value is not None and not isinstance(derivation.node, Branch | Row):
        return derivation.value
    return (
        id(derivation.node),
        derivation.value,
        tuple(sorted(derivation.unknown)) if not derivation.parts else KNOWN,
        tuple(_residue(part) for part in derivation.parts),
    )


def _facts(subject: Subject, name: str) -> dict[str, FactValue]:
    """The known facts beside this one: the member's own where it is a member's fact."""
    member = name.rpartition(".")[0]
    return dict(subject.facts if not member else subject.members[int(member.rpartition(".")[2]) - 1].facts)


def _with(subject: Subject, name: str, value: FactValue) -> Subject:
    """The subject with one more fact known."""
    member, _, fact = name.rpartition(".")
    if not member:
        return subject._replace(facts={**subject.facts, fact: value})
    place = int(member.rpartition(".")[2]) - 1
    changed = _with(subject.members[place], fact, value)
    return subject._replace(members=(*subject.members[:place], changed, *subject.members[place + 1 :]))
