"""The best allowed set of frames for one applicant, each item counted in exactly one of them.

Items that only one frame of the set looks at go there. The others are tried in every frame that looks at them, the dearest first,
and a branch is left as soon as the frames together could not pay more even if each got all that is still to be shared out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

from hojo_cli.advise.rising import rises
from hojo_cli.engine.applicant import Applicant, picked, without_others
from hojo_cli.engine.case import NOTHING_UNDECIDED, Bought, Case
from hojo_cli.engine.evaluator import evaluator
from hojo_cli.engine.judgement import Status
from hojo_cli.results.advised import Part, Plan
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.walk import picks_of_lines

NODES: Final = 30_000
"""So many ways of sharing out the first few items are looked at; beyond, what was found stands, with the bound that is proved."""


def plan(ruleset: Ruleset, subject: Applicant, paid: Mapping[str, int | None]) -> Plan | None:
    """The best plan of frames that may pay something; None where nothing is sure to be paid.

    `paid` is what each frame pays with all items to itself, None where answers are missing. A plan is made of what is sure:
    an item is given to a frame only if that frame is known to look at it, and answers may then only add to it.
    """
    alone = {name: yen for name, yen in paid.items() if yen != 0}
    sure: list[Part] = []
    for name, yen in alone.items():
        if yen:
            picks = picks_of_lines(ruleset.frames[name].lines)
            sure.append(Part(name, yen, tuple(item.place for item in subject.items if picked(item, picks))))
    best = max(sure, key=lambda part: part.subsidy, default=None)  # the first of the ruleset among equals
    known = len(sure) == len(alone)
    found = (
        Plan(0, (), 0 if known else None)
        if best is None
        else Plan(best.subsidy, (best,), best.subsidy if known else None)
    )
    payers: dict[str, _Payer] = {}
    for names in _allowed(ruleset, list(alone)):
        payers |= {name: _Payer(ruleset, name, subject) for name in names if name not in payers}
        search = _Sharing(subject, [payers[name] for name in names], found.total)
        found = Plan(search.total, search.best or found.parts, _higher(found.at_most, search.at_most))
    return found if found.parts else None


def _higher(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else max(one, other)


def _allowed(ruleset: Ruleset, names: list[str]) -> Iterator[tuple[str, ...]]:
    """The largest sets of these frames any two of which may be held together."""
    pairs = {frozenset(pair) for each in ruleset.combinations if each.allowed for pair in combinations(each.frames, 2)}
    told: list[frozenset[str]] = []
    for size in range(len(names), 1, -1):
        for chosen in combinations(names, size):
            fits = all(frozenset(pair) in pairs for pair in combinations(chosen, 2))
            if fits and not any(set(chosen) <= larger for larger in told):
                told.append(frozenset(chosen))
                yield chosen


class _Payer:
    """One frame, asked again and again what it pays for some of the items."""

    def __init__(self, ruleset: Ruleset, name: str, subject: Applicant) -> None:
        self.name = name
        frame, reader = ruleset.frames[name], evaluator(ruleset, traced=False)
        self.judge, self.index = reader.by_itself(frame)
        self.rises = rises(reader, name, frozenset(subject.facts))
        # what three-valued logic can do without is left at nothing; what it cannot is not counted on
        told = without_others(subject, ruleset.fields, self.judge(self.index.case(subject)).unknown)
        self.sure = not any(
            category == item.category and field not in item.fields
            for category, field in self.index.reads()
            for item in subject.all_items
        )  # as long as no answer that is missing was asked for
        self.facts = told.facts
        self.members = self.index.case(told._replace(items=())).members
        self.nothing = self.index.nothing()
        self.effects: list[Bought | None] = []
        """What each item adds; None where the frame has no eye for it, as far as is known."""
        for item in told.items:
            case = self.index.case(Applicant("", {}, (item,)))
            decided = case.undecided is NOTHING_UNDECIDED
            self.sure = self.sure and decided
            self.effects.append(case.bought if decided and case.bought != self.nothing else None)
        self.known: dict[Bought, int] = {}

    def pays(self, bought: Bought) -> int:
        """Whole yen; 0 where an answer that is missing decides."""
        if bought not in self.known:
            judgement = self.judge(Case(self.facts, bought, self.members))
            self.sure = self.sure and judgement.status is not Status.INCOMPLETE
            self.known[bought] = (judgement.subsidy or 0) if judgement.status is Status.PAYABLE else 0
        return self.known[bought]


class _Sharing:
    """The best way to share the items out among frames that go together, if it pays more than is known already."""

    def __init__(self, subject: Applicant, payers: list[_Payer], total: int) -> None:
        self.payers, self.total = payers, total
        self.best: tuple[Part, ...] | None = None
        self.items = subject.items
        self.wanted = [
            [at for at, payer in enumerate(payers) if payer.effects[place]] for place in range(len(self.items))
        ]
        self.given = [self.wanted[place][0] if len(self.wanted[place]) == 1 else -1 for place in range(len(self.items))]
        self.shared = sorted(
            (place for place, wanted in enumerate(self.wanted) if len(wanted) > 1),
            key=lambda place: (-self.items[place].cost, self._kind(place)),
        )
        self.left = NODES
        self.certain = all(payer.rises for payer in payers)
        self.at_most: int | None = total
        held = [payer.nothing for payer in payers]
        for place, owner in enumerate(self.given):
            if owner >= 0 and (effect := payers[owner].effects[place]):
                held[owner] = held[owner].plus(effect)
        self._walk(0, held)
        if not all(payer.sure for payer in payers):
            self.at_most = None

    def _kind(self, place: int) -> tuple[str, ...]:
        """Items of one kind may change places without a difference."""
        item = self.items[place]
        fields = (f"{name}={','.join(sorted(held))}" for name, held in sorted(item.fields.items()))
        return item.category, str(item.cost), str(item.months), *fields

    def _walk(self, depth: int, held: list[Bought]) -> None:
        bound = self._bound(depth, held)
        if bound <= self.total:
            return
        if depth == len(self.shared):
            places: list[list[int]] = [[] for _ in self.payers]
            for item, owner in zip(self.items, self.given, strict=True):
                if owner >= 0:
                    places[owner].append(item.place)
            paid = [(payer, payer.pays(bought)) for payer, bought in zip(self.payers, held, strict=True)]
            self.total = sum(yen for _, yen in paid)
            self.best = tuple(
                Part(payer.name, yen, tuple(its)) for (payer, yen), its in zip(paid, places, strict=True) if yen
            )
            self.at_most = _higher(self.at_most, self.total)
            return
        self.left -= 1
        if self.left < 0:
            self.at_most = _higher(self.at_most, bound if self.certain else None)
            return
        place = self.shared[depth]
        owners = self.wanted[place]
        if depth and self._kind(place) == self._kind(before := self.shared[depth - 1]):
            owners = [owner for owner in owners if owner >= self.given[before]]
        tried = []
        for owner in owners:
            effect = self.payers[owner].effects[place]
            assert effect is not None  # it is wanted there
            now = [each.plus(effect) if at == owner else each for at, each in enumerate(held)]
            tried.append((-self.payers[owner].pays(now[owner]), owner, now))
        for _, owner, now in sorted(tried, key=lambda each: each[:2]):
            self.given[place] = owner
            self._walk(depth + 1, now)
        self.given[place] = -1

    def _bound(self, depth: int, held: list[Bought]) -> int:
        """What the frames pay together if each gets everything that is not shared out yet."""
        total = 0
        for at, payer in enumerate(self.payers):
            most = held[at]
            for place in self.shared[depth:]:
                effect = payer.effects[place]
                if effect is not None:
                    most = most.plus(effect)
            total += payer.pays(most)
        return total if self.certain or depth == len(self.shared) else _UNBOUNDED


_UNBOUNDED: Final = 10**30
"""More than any file can come to: where more items may pay less, nothing is left out."""
