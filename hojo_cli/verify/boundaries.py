"""`hojo verify --boundaries`: for every figure of a ruleset, applicant files just below, at and above it, ready for `hojo check`.

Each file states with `expect` what it comes to. An applicant for whom the figure decides is looked for at the borders of all
situations (`verify.mutants`); then what the figure is compared with is set one unit below, at and above it: the fact, the
months or the yen of the bought line that leads up to it. Names follow the figure's path, so two runs write the same files.
Facts that bound each other can make an applicant impossible: what the reader of applicant files would refuse is not written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Final

from hojo_cli.applicants.applicant import load
from hojo_cli.applicants.file_text import text
from hojo_cli.base.exact import Exact
from hojo_cli.base.number import LARGEST
from hojo_cli.document import APPLICANT, parse
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.engine.evaluator import Evaluator
from hojo_cli.engine.judgement import Status
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import Compare, Fact, FactOr, Op
from hojo_cli.rules.walk import numbers
from hojo_cli.verify.analysis.applicants import wholes, with_item, with_member
from hojo_cli.verify.analysis.boundary_cases import boundary_applicants
from hojo_cli.verify.analysis.situations import analyse, analysed
from hojo_cli.verify.analysis.world import FINEST, number_of
from hojo_cli.verify.examined import Examined
from hojo_cli.verify.mutants import Distinguisher, Mutant, judge_of, mutants, with_value

_PLENTY: Final = 100_000
"""Yen of cost that a small change of a rate shows in."""

SIDES: Final[Mapping[str, int]] = {"below": -1, "at": 0, "above": 1}


def figures(ruleset: Ruleset) -> int:
    """How many figures there are to write files about: so often `write` calls `step`."""
    return len(list(numbers(ruleset)))


def write(examined: Examined, add: Callable[[str, bytes], None], step: Callable[[], None]) -> int:
    """The files of a ruleset are added, in a folder of its programme and year; how many there are.

    None about a figure for which nobody is found for whom it decides: other rules decide the same. Facts may bound each other: only
    what the reader of applicant files takes is written.
    """
    ruleset = examined.ruleset
    if analysed(ruleset) is None:
        return 0
    place, searcher, written = f"{_slug(ruleset.program)}/{ruleset.fiscal_year}", _Searcher(ruleset), 0
    for where, group in groupby(mutants(ruleset), key=lambda mutant: mutant.number.where):
        changes = list(group)
        figure = _slug(changes[0].number.path or f"line-{where.line}")
        shown = searcher.about(changes)
        step()
        for side, (frame, applicant) in shown.items():
            status, yen = searcher.judge.outcomes(applicant)[frame]
            if status is Status.INCOMPLETE or yen is None:
                continue
            content = text(ruleset, applicant, {frame: yen}, f"{figure}.{side}").encode()
            root = parse(content, "", APPLICANT).root
            if root is not None and load(root, ruleset, "").file is not None:
                add(f"{place}/{figure}.{side}.yaml", content)
                written += 1
    return written


def _slug(path: str) -> str:
    return re.sub(r"[^\w.-]+", "-", path).strip("-")


class _Searcher(Distinguisher):
    """Looks for applicants beside the figures of one ruleset; each comes with the frame in which the figure decides."""

    def __init__(self, ruleset: Ruleset) -> None:
        super().__init__(ruleset)
        self.judge = Evaluator(ruleset)

    def about(self, changes: list[Mutant]) -> dict[str, tuple[str, Applicant]]:
        """Three sides of one figure, of which these are the changes, and one more applicant for each change those do not notice."""
        beside = next((sides for change in changes if (sides := self.sides(change))), {})
        overlooked: dict[str, tuple[str, Applicant]] = {}
        for place, change in enumerate(changes, 1):
            after = judge_of(change.ruleset, dict.fromkeys(frame for frame, _ in beside.values()))
            noticed = change.taxed or any(
                after.outcomes(applicant)[frame] != self.judge.outcomes(applicant)[frame]
                for frame, applicant in beside.values()
            )
            if not noticed and (witness := self.witness(change.ruleset, change.number)) is not None:
                overlooked[f"also-{place}"] = witness
        return beside | overlooked

    def sides(self, change: Mutant) -> dict[str, tuple[str, Applicant]]:
        """Somebody just below, at and above the figure; empty where nobody is found."""
        comparison = self.comparisons.get(change.number.where)
        if comparison is not None and not isinstance(comparison.quantity, (Fact, FactOr)):
            return self.counted(comparison)
        buyer = self.buyer() if change.taxed else self.witness(change.ruleset, change.number)
        if buyer is None:
            return {}
        frame, applicant = buyer
        found: dict[str, tuple[str, Applicant]] = {}
        for side, step in SIDES.items():
            if comparison is not None and isinstance(comparison.quantity, (Fact, FactOr)):
                name = comparison.quantity.name
                unit = FINEST if self.before.facts[name].kind == "rate" else 1
                beside = with_fact(self.before, applicant, name, comparison.number.value + step * unit)
            else:
                beside = _shifted(self.before, applicant, step, taxed=change.taxed)
            if beside is not None:
                found[side] = frame, beside
        return found

    def counted(self, comparison: Compare) -> dict[str, tuple[str, Applicant]]:
        """Whoever has just so many kinds or members: one for whom this border and the next one make a difference."""
        number, found = comparison.number, {}
        for side, step in SIDES.items():
            low = number.value + step - (comparison.op in (Op.MAX, Op.ABOVE))
            if low >= 0:
                at, after = (with_value(self.before, number, value) for value in (low, low + 1))
                witness = Distinguisher(at).witness(after, number)
                if witness is not None:
                    found[side] = witness
        return found

    def buyer(self) -> tuple[str, Applicant] | None:
        """Somebody who bought something."""
        for name, frame in analyse(self.before).frames.items():
            for applicant in boundary_applicants(frame):
                if any(item.cost > _PLENTY for item in applicant.items):
                    return name, applicant
        return None


# --- the applicant beside ---------------------------------------------------------------------------------------------------


def with_fact(ruleset: Ruleset, applicant: Applicant, name: str, value: Exact) -> Applicant | None:
    """The applicant with another value of a fact; its parts get no larger than it, what it is part of no smaller."""
    facts = {**applicant.facts, name: value}
    pairs = [(part, whole) for part, whole in wholes(ruleset) if part in facts and whole in facts]
    for part, whole in reversed(pairs):
        if whole == name or facts[whole] != applicant.facts[whole]:
            facts[part] = min(number_of(facts[part]), number_of(facts[whole]))
    for part, whole in pairs:
        facts[whole] = max(number_of(facts[part]), number_of(facts[whole]))
    for changed in (fact for fact in facts if facts[fact] != applicant.facts[fact]):
        spec, count = ruleset.facts[changed], number_of(facts[changed])
        if count < spec.minimum or (spec.maximum is not None and count > spec.maximum):
            return None
    return applicant._replace(facts=facts)


def _shifted(ruleset: Ruleset, applicant: Applicant, step: int, *, taxed: bool) -> Applicant | None:
    """The dearest line (else that of a member) one unit cheaper, the same, or dearer: a month where it runs, else a yen."""
    place = max(range(len(applicant.items)), key=lambda place: applicant.items[place].cost, default=None)
    if place is not None and applicant.items[place].cost:
        item = repriced(ruleset, applicant.items[place], step, taxed=taxed)
        return None if item is None else with_item(applicant, place, item)
    for place, member in enumerate(applicant.members):
        if any(item.cost for item in member.items):
            shifted = _shifted(ruleset, member, step, taxed=taxed)
            if shifted is not None:
                return with_member(applicant, place, shifted)
    return None


def repriced(ruleset: Ruleset, item: Item, step: int, *, taxed: bool) -> Item | None:
    if item.price is not None and item.months is not None:
        return item._replace(months=item.months + step, cost=item.price.unit * (item.months + step))
    cost = int(item.cost) + step
    if not 0 <= cost <= LARGEST:
        return None
    if not taxed:
        return item._replace(cost=cost)
    rate = ruleset.tax_included.value
    net = cost * rate.numerator // rate.denominator
    return item._replace(cost=net, tax=cost - net)
