"""Which applicants would meet (or miss) a condition: facts narrowed to the values that the figures of a ruleset tell apart.

A domain lists, for each fact, the values that are still open; facts of a group's members have `members.` before their name.
Conditions on bought items narrow nothing: whoever uses a domain tries items by itself and looks at what comes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import Any, Final, TypeAlias

from hojo_cli.derive import COMPARISONS
from hojo_cli.evidence.walk import expanded, nodes
from hojo_cli.formula import (
    Against,
    Among,
    Branch,
    Choose,
    Compare,
    Condition,
    EachMember,
    Every,
    Exact,
    Fact,
    FactOr,
    FactSpec,
    Frame,
    HasItem,
    Holds,
    Is,
    Not,
    Number,
    PerMember,
    Ruleset,
    Said,
    SameKinds,
    Some,
    Table,
)
from hojo_cli.number import LARGEST, Kind
from hojo_cli.subject import FactValue

Domain: TypeAlias = "Mapping[str, tuple[FactValue, ...]]"
Goal: TypeAlias = "tuple[Condition, bool, Ruleset]"

MEMBERS: Final = "members."
SHARE: Final = Fraction(1, 1000)
"""The step beside a rate: a tenth of a percent."""
LEAST: Final = (1, 2, 10, 100)
"""Values for a count that no figure is compared with."""
SOLUTIONS: Final = 3
STEPS: Final = 2_000
"""Facts looked at before a search for a situation is given up."""


def domain(*rulesets: Ruleset) -> Domain:
    """Every fact of the rulesets with the values worth trying: each choice, both truths, a figure and its neighbours."""
    cuts: dict[str, set[Exact]] = {}
    for rules in rulesets:
        for node in nodes(rules):
            if isinstance(node, Compare) and isinstance(node.quantity, Fact | FactOr):
                cuts.setdefault(node.quantity.name, set()).update(beside(node.number))
    found: dict[str, tuple[FactValue, ...]] = {}
    for rules in rulesets:
        for name, spec in rules.facts.items():
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *_values(spec, cuts.get(name, set())))))
    return found | {MEMBERS + name: values for name, values in found.items()}


def _values(spec: FactSpec, cuts: Iterable[Exact]) -> Iterable[FactValue]:
    if spec.kind == "choice":
        return spec.choices
    if spec.kind == "boolean":
        return (False, True)
    if spec.kind == "set":
        return (frozenset(),)
    most = LARGEST if spec.maximum is None else spec.maximum
    return sorted(value for value in cuts if spec.minimum <= value <= most) or [each for each in LEAST if each <= most]


def beside(number: Number) -> tuple[Exact, ...]:
    """A figure and its two neighbours, none below zero."""
    step = SHARE if number.kind is Kind.RATE else 1
    return tuple(value for value in (number.value - step, number.value, number.value + step) if value >= 0)


# --- narrowing ------------------------------------------------------------------------------------------------------------


class Solver:
    """Tries alternatives one after the other, short ones first, and gives up after so many steps."""

    def __init__(self) -> None:
        self.steps = 0
        self.weights: dict[tuple[int, int], int] = {}

    def situations(self, goals: Sequence[Goal], start: Domain) -> Iterator[Domain]:
        """Domains in which all goals are met (as far as facts decide), a few of them; the first two goals are looked at first."""
        self.steps = STEPS
        rest = sorted(goals[2:], key=lambda goal: self.weight(goal[0], goal[2]))
        yield from islice(self.every([*goals[:2], *rest], start), SOLUTIONS)

    def weight(self, node: Condition, rules: Ruleset) -> int:
        """How many conditions a condition is made of, definitions followed."""
        key = id(node), id(rules)
        if key not in self.weights:
            self.weights[key] = sum(1 for _ in expanded(node, rules))
        return self.weights[key]

    def every(self, goals: Sequence[Goal], here: Domain) -> Iterator[Domain]:
        """The ways to meet all goals."""
        if not goals:
            yield here
            return
        condition, want, rules = goals[0]
        for narrowed in self.solve(condition, want, rules, here):
            yield from self.every(goals[1:], narrowed)

    def solve(self, node: Condition, want: bool, rules: Ruleset, here: Domain) -> Iterator[Domain]:
        """The ways to make a condition true (or false)."""
        match node:
            case Every() | Some():
                parts = sorted(node.parts, key=lambda part: self.weight(part, rules))
                if isinstance(node, Every) is want:
                    yield from self.every([(part, want, rules) for part in parts], here)
                else:
                    for part in parts:
                        yield from self.solve(part, want, rules, here)
            case Not(part):
                yield from self.solve(part, not want, rules, here)
            case Is(name):
                yield from self.solve(rules.definitions[name].condition, want, rules, here)
            case Compare(Fact(name) | FactOr(name), op, number):
                yield from self.kept(name, here, lambda value: COMPARISONS[op](value, number.value) is want)
            case Among(fact, choices):
                yield from self.kept(fact, here, lambda value: (value in choices) is want)
            case Holds(fact, expected):
                yield from self.kept(fact, here, lambda value: (value is expected) is want)
            case EachMember(part, only) if only is not None:
                yield from self.solve(EachMember(Some((Not(only), part))), want, rules, here)
            case EachMember(part):
                inside = {
                    name.removeprefix(MEMBERS): values for name, values in here.items() if name.startswith(MEMBERS)
                }
                for found in self.solve(part, want, rules, inside):
                    yield {**here, **{MEMBERS + name: values for name, values in found.items()}}
            case Table(_, rows):
                for row in rows:
                    yield from self.every([(row.when, True, rules), (row.test, want, rules)], here)
            case Said(_, then):
                yield from self.solve(then, want, rules, here)
            case Compare() | HasItem() | Against() | SameKinds():
                yield here

    def kept(self, name: str, here: Domain, keep: Callable[[Any], bool]) -> Iterator[Domain]:
        """The domain without the values that do not do; nothing where none is left. Any: a fact has values of one type."""
        self.steps -= 1
        values = tuple(value for value in here[name] if keep(value)) if self.steps > 0 else ()
        if values:
            yield {**here, name: values}


# --- what can be asked for in a frame ---------------------------------------------------------------------------------------


def required(frame: Frame, rules: Ruleset) -> dict[str, Goal]:
    """What every applicant of a frame must meet; also what a member must meet whose lines count."""
    found: dict[str, Goal] = {each.id: (each.holds, True, rules) for each in frame.requires}
    for node in nodes(frame):
        if isinstance(node, PerMember) and node.only is not None:
            found["only"] = (EachMember(node.only), True, rules)
    return found


def modes(frame: Frame, rules: Ruleset) -> Iterator[list[Goal]]:
    """Each way a frame can be gone through: one branch of every choice, each band asked for or missed."""
    ways: list[list[Goal]] = [[]]
    for node in nodes(frame):
        if isinstance(node, PerMember):
            ways = [[*way, *more] for way in ways for more in _inside(node, rules)]
    for line in frame.lines:
        for node in _own(line):
            if isinstance(node, Choose):
                ways = [[*way, *more] for way in ways for more in _branches(node.branches, rules)]
    for band in frame.bands:
        asked = Every(tuple(each.holds for each in band.requires))
        if band.requires:
            ways = [[*way, (asked, want, rules)] for way in ways for want in (True, False)]
    yield from ways


def _own(node: object) -> Iterator[object]:
    """The nodes of a line, without the lines it borrows."""
    borrowed = {id(inner) for each in nodes(node) if isinstance(each, PerMember) for inner in nodes(each.lines)}
    return (each for each in nodes(node) if id(each) not in borrowed)


def _inside(node: PerMember, rules: Ruleset) -> Iterator[list[Goal]]:
    choices = [each for each in nodes(node.lines) if isinstance(each, Choose)]
    for way in _branches(choices[0].branches, rules) if choices else [[]]:
        yield [(EachMember(condition), want, rules) for condition, want, rules in way]


def _branches(branches: Sequence[Branch], rules: Ruleset) -> Iterator[list[Goal]]:
    """The facts under which each branch is the first to stand."""
    above: list[Goal] = []
    for branch in branches:
        if branch.when is None:
            yield list(above)
        else:
            yield [*above, (branch.when, True, rules)]
            above.append((branch.when, False, rules))


# --- conditions that two rulesets see differently ---------------------------------------------------------------------------


def sites(frame: Frame, rules: Ruleset) -> dict[str, Goal]:
    """Every condition of a frame by its place."""
    found = {f"requires {name}": goal for name, goal in required(frame, rules).items()}
    for band in frame.bands:
        for each in band.requires:
            found[f"band {band.id} {each.id}"] = (each.holds, True, rules)
    choices = (node for node in nodes(frame) if isinstance(node, Choose))
    for place, choice in enumerate(choices):
        for number, branch in enumerate(choice.branches):
            if branch.when is not None:
                found[f"branch {place} {number}"] = (branch.when, True, rules)
    return found


def differences(before: Goal | None, after: Goal | None) -> Iterator[list[Goal]]:
    """Goals under which a condition holds in one ruleset and not in the other."""
    if before is None or after is None:
        for goal in (before or after,):
            if goal is not None:
                yield [(goal[0], False, goal[2])]
                yield [(goal[0], True, goal[2])]
        return
    if same(before, after):
        return
    yield [(before[0], True, before[2]), (after[0], False, after[2])]
    yield [(before[0], False, before[2]), (after[0], True, after[2])]


def same(before: Goal, after: Goal) -> bool:
    """Whether two conditions come to the same, definitions followed."""
    (one, _, old), (other, _, new) = before, after
    if repr(one) != repr(other):  # equal tuples may be of different classes
        return False
    named = {node.name for node in expanded(one, old) if isinstance(node, Is)}
    return all(name in new.definitions and repr(old.definitions[name]) == repr(new.definitions[name]) for name in named)
