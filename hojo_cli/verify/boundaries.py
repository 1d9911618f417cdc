"""`hojo verify --boundaries`: for every figure of a ruleset, applicant files just below, at and above it, ready for `hojo check`.

Each file states with `expect` what it comes to. An applicant for whom the figure decides is looked for at the borders of all
situations (`analysis.noticing`); then what the figure is compared with is set one unit below, at and above it: the fact, the
months or the yen of the bought line that leads up to it. Names follow the figure's path, so two runs write the same files.
Facts that bound each other can make an applicant impossible: what the reader of applicant files would refuse is not written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Final

from hojo_cli.analysis import analyse, analysed
from hojo_cli.analysis.applicants import count_of, text, wholes
from hojo_cli.analysis.boundary_cases import atlas
from hojo_cli.analysis.domains import FINEST
from hojo_cli.applicants import applicant
from hojo_cli.base.number import LARGEST
from hojo_cli.base.record import Record
from hojo_cli.document import APPLICANT, parse
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.engine.compile import compile_ruleset
from hojo_cli.engine.judgement import Status
from hojo_cli.files.atomic_folder import WholeFolder
from hojo_cli.rules.nodes import Compare, Exact, Fact, FactOr, Number, Op, Ruleset
from hojo_cli.rules.walk import nodes, numbers
from hojo_cli.verify.examined import Examined
from hojo_cli.verify.mutants import Change, changes, with_value
from hojo_cli.verify.noticing import Observers

_PLENTY: Final = 100_000
"""Yen of cost that a small change of a rate shows in."""

SIDES: Final[Mapping[str, int]] = {"below": -1, "at": 0, "above": 1}


class Boundary(Record):
    """One file: its name, the frame it is about, the applicant, and the yen they come to there."""

    name: str
    frame: str
    subject: Applicant
    subsidy: int


def figures(ruleset: Ruleset) -> int:
    """How many figures there are to write files about: so often `write` calls `step`."""
    return len({number.where for number in numbers(ruleset)})


def write(examined: Examined, folder: WholeFolder, step: Callable[[], None]) -> int:
    """The files of a ruleset, in a folder of its programme and year; how many there are."""
    ruleset = examined.ruleset
    place = f"{_slug(ruleset.program)}/{ruleset.fiscal_year}"
    written = 0
    for found in by_figure(ruleset):
        step()
        for boundary in found:
            expect = {boundary.frame: boundary.subsidy}
            content = text(ruleset, boundary.subject, expect, boundary.name).encode()
            if _is_accepted(ruleset, content):
                folder.add(f"{place}/{boundary.name}.yaml", content)
                written += 1
    return written


def _is_accepted(ruleset: Ruleset, content: bytes) -> bool:
    """Whether the reader of applicant files takes it, as every other file of this ruleset: facts may bound each other."""
    root = parse(content, "", APPLICANT).root
    return root is not None and applicant.load(root, ruleset, "").applicant is not None


def boundaries(ruleset: Ruleset) -> Iterator[Boundary]:
    """Every file, in the order of the ruleset."""
    for found in by_figure(ruleset):
        yield from found


def by_figure(ruleset: Ruleset) -> Iterator[list[Boundary]]:
    """The files about each figure; none where nobody is found for whom it decides (other rules decide the same)."""
    if analysed(ruleset) is None:
        return
    probe = _Probe(ruleset)
    for _, group in groupby(changes(ruleset), key=lambda change: change.number.where):
        yield list(probe.about(list(group)))


class _Probe:
    """Applicants beside the figures of one ruleset."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.observers = Observers(ruleset)
        self.judge = compile_ruleset(ruleset)
        self.comparisons = {node.number.where: node for node in nodes(ruleset) if isinstance(node, Compare)}

    def about(self, small: list[Change]) -> Iterator[Boundary]:
        """The files about one figure, of which these are the changes."""
        number = small[0].number
        name = _slug(number.path or f"line-{number.where.line}")
        shown = next((sides for change in small if (sides := self.sides(change))), {})
        for side, (frame, subject) in (shown | self.overlooked(small, list(shown.values()))).items():
            status, yen = self.judge.outcomes(subject)[frame]
            if status is not Status.INCOMPLETE and yen is not None:
                yield Boundary(f"{name}.{side}", frame, subject, yen)

    def overlooked(self, small: list[Change], shown: list[tuple[str, Applicant]]) -> dict[str, tuple[str, Applicant]]:
        """One more applicant for each change that those found so far would not notice."""
        found: dict[str, tuple[str, Applicant]] = {}
        for place, change in enumerate(small, 1):
            if not self.is_tax(change.number) and not self.is_noticed(change, shown):
                one = self.observers.witness(change.ruleset, change.number)
                if one is not None:
                    found[f"also-{place}"] = one
        return found

    def is_noticed(self, change: Change, shown: list[tuple[str, Applicant]]) -> bool:
        """Whether one of these applicants comes to something else after the change."""
        names = dict.fromkeys(frame for frame, _ in shown)
        after = compile_ruleset(change.ruleset._replace(frames={name: change.ruleset.frames[name] for name in names}))
        return any(after.outcomes(subject)[frame] != self.judge.outcomes(subject)[frame] for frame, subject in shown)

    def is_tax(self, number: Number) -> bool:
        """Whether it is the rate that turns a price with tax into one without."""
        return number.where == self.ruleset.tax_included.where

    def sides(self, change: Change) -> dict[str, tuple[str, Applicant]]:
        """Frame and applicant just below, at and above the figure; empty where nobody is found."""
        comparison, taxed = self.comparisons.get(change.number.where), self.is_tax(change.number)
        if comparison is not None and not isinstance(comparison.quantity, (Fact, FactOr)):
            return self.counted(comparison)
        shown = self.buyer() if taxed else self.observers.witness(change.ruleset, change.number)
        found: dict[str, tuple[str, Applicant]] = {}
        if shown is None:
            return found
        frame, subject = shown
        for side, step in SIDES.items():
            if comparison is not None and isinstance(comparison.quantity, (Fact, FactOr)):
                name = comparison.quantity.name
                value = comparison.number.value + step * _unit(self.ruleset, name)
                beside = _with_fact(self.ruleset, subject, name, value)
            else:
                beside = _shifted(self.ruleset, subject, step, taxed=taxed)
            if beside is not None:
                found[side] = frame, beside
        return found

    def counted(self, comparison: Compare) -> dict[str, tuple[str, Applicant]]:
        """Whoever has just so many kinds or members: one for whom this border and the next one make a difference."""
        number, found = comparison.number, {}
        for side, step in SIDES.items():
            low = number.value + step - (comparison.op in (Op.MAX, Op.ABOVE))
            if low >= 0:
                at, after = (with_value(self.ruleset, number, value) for value in (low, low + 1))
                shown = Observers(at).witness(after, number)
                if shown is not None:
                    found[side] = shown
        return found

    def buyer(self) -> tuple[str, Applicant] | None:
        """Somebody who bought something."""
        for name, frame in analyse(self.ruleset).frames.items():
            for subject in atlas(frame):
                if any(item.cost > _PLENTY for item in subject.items):
                    return name, subject
        return None


def _unit(ruleset: Ruleset, fact: str) -> Exact:
    return FINEST if ruleset.facts[fact].kind == "rate" else 1


def _with_fact(ruleset: Ruleset, subject: Applicant, name: str, value: Exact) -> Applicant | None:
    """The applicant with another value of a fact; its parts get no larger than it, what it is part of no smaller."""
    facts = {**subject.facts, name: value}
    pairs = [(part, whole) for part, whole in wholes(ruleset) if part in facts and whole in facts]
    for part, whole in reversed(pairs):
        if whole == name or facts[whole] != subject.facts[whole]:
            facts[part] = min(count_of(facts[part]), count_of(facts[whole]))
    for part, whole in pairs:
        facts[whole] = max(count_of(facts[part]), count_of(facts[whole]))
    for each in (each for each in facts if facts[each] != subject.facts[each]):
        spec, held = ruleset.facts[each], count_of(facts[each])
        if held < spec.minimum or (spec.maximum is not None and held > spec.maximum):
            return None
    return subject._replace(facts=facts)


def _shifted(ruleset: Ruleset, subject: Applicant, step: int, *, taxed: bool) -> Applicant | None:
    """The dearest line one unit cheaper, the same, or dearer: a month where it runs, else a yen."""
    place = max(range(len(subject.items)), key=lambda place: subject.items[place].cost, default=None)
    if place is None or not subject.items[place].cost:
        return _in_a_member(ruleset, subject, step, taxed=taxed)
    item = _moved(ruleset, subject.items[place], step, taxed=taxed)
    if item is None:
        return None
    return subject._replace(items=(*subject.items[:place], item, *subject.items[place + 1 :]))


def _in_a_member(ruleset: Ruleset, subject: Applicant, step: int, *, taxed: bool) -> Applicant | None:
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


def _slug(path: str) -> str:
    return re.sub(r"[^\w.-]+", "-", path).strip("-")
