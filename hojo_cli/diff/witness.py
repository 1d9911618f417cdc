"""A witness of a changed clause: a smallest applicant whose yen differ because of it, or the proof that there is none.

The exact analysis lays two rulesets over each other (`analysis.difference`): it proves that a frame pays everybody the same, or says
whom to try. Those are judged, and made smaller as long as they still differ and state every fact that is looked at. A witness counts
only if the yen of the two rulesets as given differ too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Final, TypeAlias

from hojo_cli.base.number import exact
from hojo_cli.base.record import Record
from hojo_cli.diff.clauses import Clause, Comparable, undone
from hojo_cli.diff.smaller import at_price, quoted, smaller
from hojo_cli.document.writing import write
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.engine.evaluator import Evaluator, case_of_facts, evaluator, judge
from hojo_cli.engine.judgement import Outcome, Status
from hojo_cli.rules.declared import Ruleset
from hojo_cli.verify.analysis.difference import Difference
from hojo_cli.verify.analysis.overlay import Overlay

BUDGET: Final = 10_000
"""Applicants that are tried for one clause in one frame."""
PATIENCE: Final = 1_000
"""So many more are tried for a better one, once there is one."""
_LONGEST_NAME: Final = 80


class Witness(Record):
    """An applicant, the frame it shows the difference in, and what comes of it under each ruleset.

    Prices are as quoted: with tax where `taxed`. `alone`: the clause explains the whole difference; without it others change the
    same yen as well.
    """

    applicant: Applicant
    taxed: bool
    frame: str
    old: Outcome
    new: Outcome
    alone: bool


def as_seen(applicant: Applicant, rules: Ruleset, both: Ruleset, *, taxed: bool) -> Applicant:
    """The applicant as a ruleset sees it: facts it means otherwise are unknown to it, prices are without tax."""
    otherwise = {name for name, spec in rules.facts.items() if spec.kind != both.facts[name].kind}
    if not (otherwise or taxed):
        return applicant
    facts = {name: value for name, value in applicant.facts.items() if name not in otherwise}
    items = tuple(untaxed(item, rules) for item in applicant.items) if taxed else applicant.items
    members = tuple(as_seen(member, rules, both, taxed=taxed) for member in applicant.members)
    return applicant._replace(facts=facts, items=items, members=members)


def untaxed(item: Item, rules: Ruleset) -> Item:
    """A price with tax, converted down to the yen as the loader does."""
    rate = rules.tax_included.value
    net = at_price(item, quoted(item) * rate.numerator // rate.denominator)
    return net._replace(tax=int(item.cost) - int(net.cost))


class Effect(Record):
    """What could be found out about a clause.

    `proved`: alone it changes nobody's status or yen. `moves`: alone it changes somebody's, but no `witness` was found.
    """

    witness: Witness | None
    proved: bool
    moves: bool


def find(clause: Clause, compared: Comparable) -> Effect:
    """What a clause does."""
    effect = Effect(None, proved=False, moves=False)
    if clause.silent:
        return effect
    if clause.switched is not None:
        effect = effect_between(compared, compared.base, clause.switched)
    if effect.witness is None and sum(not other.silent for other in compared.clauses) > 1:
        without = undone(clause, compared)
        if without is not None:
            last = effect_between(compared, without, compared.new.ruleset).witness
            effect = effect._replace(witness=None if last is None else last._replace(alone=False))
    return effect


def effect_between(compared: Comparable, before: Ruleset, after: Ruleset) -> Effect:
    """What becomes of everybody between two rulesets that one clause tells apart."""
    overlay, proved, moves = Overlay(before, after), True, False
    for frame in dict.fromkeys((*after.frames, *before.frames)):
        difference = Difference(overlay, frame)
        if not difference.proved:
            witness, moved = search(compared, overlay, difference, frame)
            if witness is not None:
                return Effect(witness, proved=False, moves=True)
            proved, moves = False, moves or moved
    return Effect(None, proved, moves)


def possible(applicant: Applicant, rules: Ruleset) -> bool:
    """Whether no fact of an applicant or of a member excludes another."""
    reader, case = evaluator(rules, traced=False), case_of_facts(applicant.facts)
    return all(possible(member, rules) for member in applicant.members) and not any(
        spec.only_if is not None and applicant.facts.get(name) and reader.holds(spec.only_if, case) is False
        for name, spec in rules.facts.items()
    )


# --- judges ------------------------------------------------------------------------------------------------------------------


class _Seat:
    """What one frame of a ruleset comes to; no cost where the ruleset has no such frame."""

    def __init__(self, rules: Ruleset, frame: str) -> None:
        self.rules = rules
        self.frame = rules.frames.get(frame)
        self.evaluator = None if self.frame is None else Evaluator(rules._replace(frames={frame: self.frame}))

    def settled(self, applicant: Applicant) -> Outcome:
        """The outcome, if it is the same whatever is left out."""
        return (
            (Status.NO_COST, 0) if self.evaluator is None else next(iter(self.evaluator.outcomes(applicant).values()))
        )

    def stated(self, applicant: Applicant) -> Outcome:
        """The outcome of what is stated: incomplete where a fact that is looked at is left out."""
        if self.frame is None:
            return Status.NO_COST, 0
        judgement = judge(self.rules, self.frame, applicant)
        return judgement.status, judgement.subsidy


Judged: TypeAlias = "Callable[[_Seat, Applicant], Outcome]"
SAME: Final = -2
OFFSET: Final = -1
ALONE: Final = 1
YEN: Final = 2
"""How an applicant is judged: the same with and without the clause, not the same but so under the rulesets as given, or the sum of
`ALONE` (the clause explains the whole difference) and `YEN` (yen differ, not only the status)."""


class _Bench:
    """Judges of the same frame: before and after the clause, and the two rulesets as given where they say something else."""

    def __init__(self, frame: str, overlay: Overlay, compared: Comparable) -> None:
        self.both = compared.both
        self.taxed = overlay.taxed
        self.pairs = []
        for here, given in ((overlay.before, compared.old.ruleset), (overlay.after, compared.new.ruleset)):
            seat = _Seat(here, frame)
            self.pairs.append((seat, _Seat(given, frame) if Overlay(here, given).differs(frame) else seat))

    def rank(self, applicant: Applicant, judged: Judged) -> int:
        """How good a witness the applicant is."""
        (first, old), (last, new) = self.pairs

        def outcome(seat: _Seat) -> Outcome:
            return judged(seat, as_seen(applicant, seat.rules, self.both, taxed=self.taxed))

        if not all(possible(applicant, seat.rules) for seat in (old, new)):
            return SAME
        before, after = outcome(first), outcome(last)
        if before == after or None in (before[1], after[1]):
            return SAME
        given = before if old is first else outcome(old), after if new is last else outcome(new)
        if given[0] == given[1] or None in (given[0][1], given[1][1]):
            return OFFSET
        return ALONE * (given == (before, after)) + YEN * (given[0][1] != given[1][1])


def search(compared: Comparable, overlay: Overlay, difference: Difference, frame: str) -> tuple[Witness | None, bool]:
    """The first whose yen differ by the clause alone, else the best of those that show part of it; and whether anybody's result does."""
    bench = _Bench(frame, overlay, compared)
    best: tuple[int, Applicant] | None = None
    moved, left = False, BUDGET
    for applicant in difference.applicants():
        rank = bench.rank(applicant, _Seat.settled)
        moved = moved or rank != SAME
        if rank > OFFSET and (best is None or rank > best[0]):
            best, left = (rank, applicant), min(left, PATIENCE)
        left -= 1
        if rank == ALONE + YEN or left < 0:
            break
    if best is None:
        return None, moved
    least_rank, applicant = best

    def still(judged: Judged) -> Callable[[Applicant], bool]:
        return lambda tried: bench.rank(tried, judged) >= least_rank

    least = smaller(applicant, compared.both, still(_Seat.settled), still(_Seat.stated))
    old, new = (given.settled(as_seen(least, given.rules, bench.both, taxed=bench.taxed)) for _, given in bench.pairs)
    return Witness(least, bench.taxed, frame, old, new, least_rank % YEN == ALONE), moved


# --- as a file ---------------------------------------------------------------------------------------------------------------


def file_name(number: int, path: str) -> str:
    """`07-frames.security.bands.only.cap.use.yaml`: the number keeps names apart, and apart from reserved ones."""
    safe = re.sub(r"[^A-Za-z0-9_.-]+", "-", path).strip("-.")
    return f"{number:02d}-{safe[:_LONGEST_NAME]}.yaml"


def text(witness: Witness, path: str) -> str:
    """YAML that `hojo estimate --rules OLD|NEW` reads; it names no year of its own."""
    title = re.sub(r"[\x00-\x1f\x7f\u2028\u2029]", "?", f"{path} ({witness.frame})")
    return f"# {title}\n{write({'name': path} | applicant_data(witness.applicant, taxed=witness.taxed))}"


def applicant_data(applicant: Applicant, *, taxed: bool) -> dict[str, object]:
    """An applicant as its file has it."""
    items = [
        {
            "category": item.category,
            ("monthly" if item.price is not None and item.price.per else "amount"): quoted(item),
            **({} if item.months is None else {"months": item.months}),
            **({"tax": "included"} if taxed else {}),
            **{field: sorted(names) for field, names in item.fields.items()},
        }
        for item in applicant.items
    ]
    return {
        "facts": {
            name: sorted(value)
            if isinstance(value, frozenset)
            else exact(value)
            if isinstance(value, Fraction)
            else value
            for name, value in applicant.facts.items()
        },
        "items": items,
        "members": [applicant_data(member, taxed=taxed) for member in applicant.members],
    }
