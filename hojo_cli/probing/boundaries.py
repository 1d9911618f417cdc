"""`hojo verify --boundaries`: for every figure of a ruleset, applicant files just below, at and above it, ready for `hojo check`.

Each file states with `expect` what it comes to. An applicant for whom the figure decides is looked for at the borders of all
situations (`analysis.noticing`); then what the figure is compared with is set one unit below, at and above it: the fact, the
months or the yen of the bought line that leads up to it. Names follow the figure's path, so two runs write the same files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from hojo_cli.analysis import analyse, analysed
from hojo_cli.analysis.applicants import text
from hojo_cli.analysis.atlas import atlas
from hojo_cli.analysis.domains import FINEST
from hojo_cli.analysis.noticing import witness
from hojo_cli.checks import Examined
from hojo_cli.compile import Compiled, Outcome, compile_ruleset
from hojo_cli.evaluate import Status
from hojo_cli.evidence.walk import nodes
from hojo_cli.formula import Compare, Exact, Fact, FactOr, Op, Ruleset
from hojo_cli.number import LARGEST
from hojo_cli.probing.changes import Change, changes, with_value
from hojo_cli.record import Record
from hojo_cli.subject import Item, Subject
from hojo_cli.whole_folder import WholeFolder

_PLENTY: Final = 100_000
"""Yen of cost that a small change of a rate shows in."""

SIDES: Final[Mapping[str, int]] = {"below": -1, "at": 0, "above": 1}


class Boundary(Record):
    """One file: its name, the frame it is about, and the applicant."""

    name: str
    frame: str
    subject: Subject


def write(examined: Examined, folder: WholeFolder) -> int:
    """The files of a ruleset, in a folder of its programme and year; how many there are."""
    ruleset = examined.ruleset
    place = f"{_slug(ruleset.program)}/{ruleset.fiscal_year}"
    written = 0
    for boundary in boundaries(ruleset):
        folder.add(f"{place}/{boundary.name}.yaml", _content(ruleset, boundary).encode())
        written += 1
    return written


def boundaries(ruleset: Ruleset) -> Iterator[Boundary]:
    """Every file, in the order of the ruleset. A figure for which nobody is found (other rules decide the same) has none."""
    if analysed(ruleset) is None:
        return
    company = _company(ruleset)
    for _, group in groupby(changes(ruleset), key=lambda change: change.number.where):
        small = list(group)
        judges = [compile_ruleset(each) for each in (ruleset, *(change.ruleset for change in small))]
        shown = next((sides for change in small if (sides := _sides(ruleset, change))), {})
        shown |= _overlooked(ruleset, small, judges, list(shown.values()))
        name, kept = _slug(small[0].number.path or f"line-{small[0].number.where.line}"), _fact(ruleset, small[0])
        for side, (frame, subject) in shown.items():
            status, yen = judges[0].outcomes(subject)[frame]
            if status is not Status.INCOMPLETE and yen is not None:
                yield Boundary(f"{name}.{side}", frame, _accompanied(judges, frame, subject, company, kept))


def _overlooked(
    ruleset: Ruleset, small: list[Change], judges: list[Compiled], shown: list[tuple[str, Subject]]
) -> dict[str, tuple[str, Subject]]:
    """One more applicant for each change that those found so far would not notice."""
    found: dict[str, tuple[str, Subject]] = {}
    for place, (change, judge) in enumerate(zip(small, judges[1:], strict=True), 1):
        noticing = (judge.outcomes(subject)[frame] != judges[0].outcomes(subject)[frame] for frame, subject in shown)
        if change.number.where != ruleset.tax_included.where and not any(noticing):
            one = witness(ruleset, change.ruleset, change.number)
            if one is not None:
                found[f"also-{place}"] = one
    return found


def _sides(ruleset: Ruleset, change: Change) -> dict[str, tuple[str, Subject]]:
    """Frame and applicant just below, at and above the figure; empty where nobody is found."""
    comparison = next(
        (node for node in nodes(ruleset) if isinstance(node, Compare) and node.number.where == change.number.where),
        None,
    )
    if comparison is not None and not isinstance(comparison.quantity, (Fact, FactOr)):
        return _counted(ruleset, comparison)
    taxed = change.number.where == ruleset.tax_included.where
    shown = _taxed(ruleset) if taxed else witness(ruleset, change.ruleset, change.number)
    found = {}
    for side, step in SIDES.items() if shown is not None else ():
        assert shown is not None
        if comparison is not None and isinstance(comparison.quantity, (Fact, FactOr)):
            name = comparison.quantity.name
            beside = _with_fact(ruleset, shown[1], name, comparison.number.value + step * _unit(ruleset, name))
        else:
            beside = _shifted(ruleset, shown[1], step, taxed=taxed)
        if beside is not None:
            found[side] = shown[0], beside
    return found


def _fact(ruleset: Ruleset, change: Change) -> str:
    """The fact a figure is compared with; empty where it is something else."""
    tests = (node for node in nodes(ruleset) if isinstance(node, Compare) and node.number.where == change.number.where)
    quantity = next((node.quantity for node in tests), None)
    return quantity.name if isinstance(quantity, (Fact, FactOr)) else ""


def _counted(ruleset: Ruleset, comparison: Compare) -> dict[str, tuple[str, Subject]]:
    """Whoever has just so many kinds or members: one for whom this border and the next one make a difference."""
    number, found = comparison.number, {}
    for side, step in SIDES.items():
        low = number.value + step - (comparison.op in (Op.MAX, Op.ABOVE))
        if low >= 0:
            rulesets = [with_value(ruleset, number, value) for value in (low, low + 1)]
            shown = witness(rulesets[0], rulesets[1], number)
            if shown is not None:
                found[side] = shown
    return found


def _taxed(ruleset: Ruleset) -> tuple[str, Subject] | None:
    """Somebody who bought something."""
    for name, frame in analyse(ruleset).frames.items():
        for subject in atlas(frame):
            if any(item.cost > _PLENTY for item in subject.items):
                return name, subject
    return None


def _company(ruleset: Ruleset) -> dict[str, Subject]:
    """For each frame somebody alone whom it pays."""
    judge, found = compile_ruleset(ruleset), {}
    for name, frame in analyse(ruleset).frames.items():
        paid = max(atlas(frame), key=lambda each: judge.outcomes(each)[name][1] or 0, default=None)
        if paid is not None and not paid.members:
            found[name] = paid
    return found


def _accompanied(
    judges: list[Compiled], frame: str, subject: Subject, company: Mapping[str, Subject], kept: str
) -> Subject:
    """The applicant as it is if some frame pays; else with something bought that another frame pays for, if that leaves the result.

    Facts that do not matter here may then change, but never the one in question (`kept`), nor which changes the file notices.
    """
    if any(status is Status.PAYABLE for status, _ in judges[0].outcomes(subject).values()):
        return subject
    before = _seen(judges, frame, subject)
    for other, paid in company.items():
        together = subject._replace(items=(*subject.items, *paid.items))
        for name in (
            "",
            *(name for name, value in paid.facts.items() if name != kept and subject.facts[name] != value),
        ):
            tried = together if not name else together._replace(facts={**together.facts, name: paid.facts[name]})
            if _seen(judges, frame, tried) == before:
                together = tried
                if other != frame and judges[0].outcomes(tried)[other][0] is Status.PAYABLE:
                    return tried
    return subject


def _seen(judges: list[Compiled], frame: str, subject: Subject) -> tuple[Outcome, list[bool]]:
    """What the rules come to (the first judge), and which of their changes (the others) make a difference."""
    first, *others = (judge.outcomes(subject)[frame] for judge in judges)
    return first, [other != first for other in others]


def _unit(ruleset: Ruleset, fact: str) -> Exact:
    return FINEST if ruleset.facts[fact].kind == "rate" else 1


def _with_fact(ruleset: Ruleset, subject: Subject, name: str, value: Exact) -> Subject | None:
    spec = ruleset.facts[name]
    if value < spec.minimum or (spec.maximum is not None and value > spec.maximum):
        return None
    facts = {**subject.facts, name: value}
    whole = spec.at_most
    if whole is not None and not isinstance(facts[whole], str) and facts[whole] < value:  # type: ignore[operator]  # counts
        facts[whole] = value
    return subject._replace(facts=facts)


def _shifted(ruleset: Ruleset, subject: Subject, step: int, *, taxed: bool) -> Subject | None:
    """The dearest line one unit cheaper, the same, or dearer: a month where it runs, else a yen."""
    place = max(range(len(subject.items)), key=lambda place: subject.items[place].cost, default=None)
    if place is None or not subject.items[place].cost:
        return _in_a_member(ruleset, subject, step, taxed=taxed)
    item = _moved(ruleset, subject.items[place], step, taxed=taxed)
    if item is None:
        return None
    return subject._replace(items=(*subject.items[:place], item, *subject.items[place + 1 :]))


def _in_a_member(ruleset: Ruleset, subject: Subject, step: int, *, taxed: bool) -> Subject | None:
    for place, member in enumerate(subject.members):
        moved = _shifted(ruleset, member, step, taxed=taxed) if any(item.cost for item in member.items) else None
        if moved is not None:
            return subject._replace(members=(*subject.members[:place], moved, *subject.members[place + 1 :]))
    return None


def _moved(ruleset: Ruleset, item: Item, step: int, *, taxed: bool) -> Item | None:
    if item.price is not None and item.months is not None:
        return item._replace(months=item.months + step, cost=item.price.unit * (item.months + step))
    cost = int(item.cost) + step
    if not 0 <= cost <= LARGEST:
        return None
    if not taxed:
        return item._replace(cost=cost)
    rate = ruleset.tax_included.value
    kept = cost * rate.numerator // rate.denominator
    return item._replace(cost=kept, tax=cost - kept)


def _content(ruleset: Ruleset, boundary: Boundary) -> str:
    """The file, with the yen the frame it is about comes to."""
    yen = compile_ruleset(ruleset).outcomes(boundary.subject)[boundary.frame][1] or 0
    return text(ruleset, boundary.subject, {boundary.frame: yen}, boundary.name)


def _slug(path: str) -> str:
    return re.sub(r"[^\w.-]+", "-", path).strip("-")
