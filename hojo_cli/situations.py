"""Which applicants would meet (or miss) a condition: facts narrowed to the values that the figures of a ruleset tell apart.

A domain lists, for each fact, the values that are still open; facts of a group's members have `members.` before their name.
Conditions on bought items narrow nothing: whoever uses a domain tries items by itself and looks at what comes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import Final, TypeAlias

from hojo_cli.derive import COMPARISONS
from hojo_cli.formula import (
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
    Some,
    Table,
)
from hojo_cli.number import Kind
from hojo_cli.subject import FactValue
from hojo_cli.walk import expanded, nodes

Domain: TypeAlias = "Mapping[str, tuple[FactValue, ...]]"
Goal: TypeAlias = "tuple[Condition, bool, Ruleset]"

MEMBERS: Final = "members."
SHARE: Final = Fraction(1, 1000)
"""The step beside a rate: a tenth of a percent."""
LEAST: Final = (1, 2, 10, 100)
"""Values for a count that no figure is compared with."""
SOLUTIONS: Final = 3


def domain(*rulesets: Ruleset) -> Domain:
    """Every fact of the rulesets with the values worth trying: each choice, both truths, a figure and its neighbours."""
    found: dict[str, tuple[FactValue, ...]] = {}
    for rules in rulesets:
        for name, spec in rules.facts.items():
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *_values(spec, rulesets))))
    return found | {MEMBERS + name: values for name, values in found.items()}


def _values(spec: FactSpec, rulesets: Iterable[Ruleset]) -> Iterator[FactValue]:
    if spec.kind == "choice":
        yield from spec.choices
    elif spec.kind == "boolean":
        yield from (False, True)
    else:
        cuts = {value for rules in rulesets for value in _cuts(spec.id, rules)}
        yield from sorted(value for value in cuts if value >= spec.minimum) or LEAST


def _cuts(name: str, rules: Ruleset) -> Iterator[Exact]:
    """The figures a fact is compared with, and the values just beside them."""
    for node in nodes(rules):
        if isinstance(node, Compare) and isinstance(node.quantity, Fact | FactOr) and node.quantity.name == name:
            yield from beside(node.number)


def beside(number: Number) -> tuple[Exact, ...]:
    """A figure and its two neighbours, none below zero."""
    step = SHARE if number.kind is Kind.RATE else 1
    return tuple(value for value in (number.value - step, number.value, number.value + step) if value >= 0)


# --- narrowing ------------------------------------------------------------------------------------------------------------


def situations(goals: Sequence[Goal], start: Domain) -> Iterator[Domain]:
    """Domains in which all goals are met (as far as facts decide), a few of them."""
    yield from islice(_all(goals, start), SOLUTIONS)


def _all(goals: Sequence[Goal], here: Domain) -> Iterator[Domain]:
    if not goals:
        yield here
        return
    condition, want, rules = goals[0]
    for narrowed in solve(condition, want, rules, here):
        yield from _all(goals[1:], narrowed)


def solve(node: Condition, want: bool, rules: Ruleset, here: Domain) -> Iterator[Domain]:
    """The ways to make a condition true (or false)."""
    match node:
        case Every(parts) | Some(parts):
            if isinstance(node, Every) is want:
                yield from _all([(part, want, rules) for part in parts], here)
            else:
                for part in parts:
                    yield from solve(part, want, rules, here)
        case Not(part):
            yield from solve(part, not want, rules, here)
        case Is(name):
            yield from solve(rules.definitions[name].condition, want, rules, here)
        case Compare(Fact(name) | FactOr(name), op, number):
            kept = (value for value in here[name] if _number(value) and COMPARISONS[op](value, number.value) is want)  # type: ignore[arg-type]  # numbers only
            yield from _narrowed(here, name, tuple(kept))
        case Among(fact, choices):
            yield from _narrowed(here, fact, tuple(value for value in here[fact] if (value in choices) is want))
        case Holds(fact, expected):
            yield from _narrowed(here, fact, tuple(value for value in here[fact] if (value is expected) is want))
        case EachMember(part):
            inside = {name.removeprefix(MEMBERS): values for name, values in here.items() if name.startswith(MEMBERS)}
            for found in solve(part, want, rules, inside):
                yield {**here, **{MEMBERS + name: values for name, values in found.items()}}
        case Table(_, rows):
            for row in rows:
                yield from _all([(row.when, True, rules), (row.test, want, rules)], here)
        case Compare() | HasItem():
            yield here


def _number(value: FactValue) -> bool:
    return not isinstance(value, (bool, str))


def _narrowed(here: Domain, name: str, kept: tuple[FactValue, ...]) -> Iterator[Domain]:
    if kept:
        yield {**here, name: kept}


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
    if _same(before, after):
        return
    yield [(before[0], True, before[2]), (after[0], False, after[2])]
    yield [(before[0], False, before[2]), (after[0], True, after[2])]


def _same(before: Goal, after: Goal) -> bool:
    """Whether two conditions come to the same, definitions followed."""
    (one, _, old), (other, _, new) = before, after
    if repr(one) != repr(other):  # equal tuples may be of different classes
        return False
    named = {node.name for node in expanded(one, old) if isinstance(node, Is)}
    return all(name in new.definitions and repr(old.definitions[name]) == repr(new.definitions[name]) for name in named)
