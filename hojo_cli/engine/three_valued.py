"""Three-valued logic on derivations: what parts of which some are unknown come to, and what an applicant says of a fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from hojo_cli.engine.case import Case
from hojo_cli.engine.derivation import KNOWN, Derivation, derive, exact, joined, unknown_in
from hojo_cli.engine.interval import Interval, exactly
from hojo_cli.rules import nodes
from hojo_cli.rules.nodes import Quantity

Closure: TypeAlias = "Callable[[Case], Derivation]"
Candidate: TypeAlias = "tuple[object, Closure | None, Closure]"
"""A row or branch, when it stands (None: always), and what it then comes to."""

_TRUE: Final = derive(None, True)
_FALSE: Final = derive(None, False)


def bare(value: bool) -> Derivation:
    """A truth value without what it was made from."""
    return _TRUE if value else _FALSE


def decide(parts: Iterable[Derivation], *, decisive: bool) -> Derivation:
    """A part that is `decisive`, as soon as there is one; the opposite where all parts are known; else unknown for these facts."""
    unknown = KNOWN
    for part in parts:
        if part.value is decisive:
            return part
        if part.unknown:
            unknown = joined(unknown, part.unknown)
    return derive(None, None, unknown) if unknown else bare(not decisive)


def derived(node: object, parts: tuple[Derivation, ...], *, decisive: bool) -> Derivation:
    """The same with all its parts."""
    decided = decide(parts, decisive=decisive)
    return derive(node, decided.value, decided.unknown, parts)


def first_standing(node: object, candidates: Iterable[Candidate], case: Case, *, hurried: bool) -> Derivation:
    """Reading from the top: what the first that stands comes to, or all that may still be the first, if they agree."""
    possible: list[Derivation] = []
    doubt = KNOWN
    for record, stands, closure in candidates:
        when = None if stands is None else stands(case)
        if when is not None and when.value is False:
            continue
        use = closure(case)
        if hurried and not possible and (when is None or when.value is True):
            return use
        possible.append(derive(record, use.value, use.unknown, (use,) if when is None else (use, when)))
        if when is None or when.value is True:
            break
        doubt = joined(doubt, when.unknown)
    if not possible:
        return derive(node, False)
    first = possible[0].value
    if first is not None and all(other.value == first for other in possible):
        return derive(node, first, KNOWN, tuple(possible))
    return derive(node, None, joined(doubt, unknown_in(possible)), tuple(possible))


def fact_test(node: nodes.Among | nodes.Holds, fact: str, test: Callable[[object], bool]) -> Closure:
    yes, no = derive(node, True), derive(node, False)

    def of_fact(case: Case) -> Derivation:
        value = case.facts.get(fact)
        if value is None:
            return derive(node, None, case.unknown(fact))
        return yes if test(value) else no

    return of_fact


def fact_number(node: Quantity, fact: str) -> Closure:
    """The number the applicant declares; of an interval its bounds."""

    def number(case: Case) -> Derivation:
        value = case.facts.get(fact)
        if value is None:
            return derive(node, None, case.unknown(fact))
        if type(value) is Interval:
            return derive(node, None, case.unknown(fact), between=value)
        return derive(node, value)

    return number


def bounds(number: Derivation) -> Interval | None:
    return number.between if number.value is None else exactly(exact(number))
