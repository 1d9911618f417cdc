"""What came of applicants under two rulesets, all together: only numbers are kept, so memory stays flat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from operator import add
from typing import Final, TypeAlias

from hojo_cli.base.finding import Finding
from hojo_cli.base.record import NamedTuple, Record
from hojo_cli.diff.clauses import Comparable
from hojo_cli.engine.judgement import Outcome, Status

Outcomes: TypeAlias = "Mapping[str, Outcome]"
LARGEST: Final = 10
"""How many of the largest movements are kept."""
NAMED: Final = 10
"""How many of the files are named."""


class Bounds(NamedTuple):
    """The least and the most yen under the old and the new ruleset."""

    old_low: int
    old_high: int
    new_low: int
    new_high: int

    def plus(self, other: Bounds) -> Bounds:
        """Both together."""
        return Bounds(*map(add, self, other))


NOWHERE: Final = Bounds(0, 0, 0, 0)


class Weighed(Record):
    """One applicant. `alone` is what each clause moves of the best frame's yen; `missing` facts stand in the way of an outcome.

    With `findings` of severity error nothing else is known. `bounds` is between what yen the best frame lies, whatever the missing
    facts are.
    """

    file: str
    record: int
    name: str
    old: Outcomes
    new: Outcomes
    alone: tuple[int, ...]
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]
    bounds: Bounds = NOWHERE


class Movement(Record):
    """An applicant whose best frame's yen move."""

    file: str
    record: int
    name: str
    old: int
    new: int


class InFrame(Record):
    """One frame over all applicants."""

    old: int
    new: int
    old_payable: int
    new_payable: int


class Group(Record):
    """Applicants that have one value in a column; yen and movements are of those whose result is known."""

    applicants: int = 0
    undecided: int = 0
    old: int = 0
    new: int = 0
    gain: int = 0
    lose: int = 0
    same: int = 0

    def plus(self, other: Group) -> Group:
        """Both together."""
        return Group(
            self.applicants + other.applicants,
            self.undecided + other.undecided,
            self.old + other.old,
            self.new + other.new,
            self.gain + other.gain,
            self.lose + other.lose,
            self.same + other.same,
        )


def in_order(groups: Mapping[str | None, Group]) -> list[tuple[str | None, Group]]:
    """The largest movements of yen first; whoever has no value comes last."""
    return sorted(
        groups.items(), key=lambda entry: (entry[0] is None, -abs(entry[1].new - entry[1].old), str(entry[0]))
    )


def best(outcomes: Outcomes) -> int:
    """The yen of the payable frame with the most; 0 where none is payable."""
    return max((yen for status, yen in outcomes.values() if status is Status.PAYABLE and yen is not None), default=0)


class Impact:
    """All applicants together, one added after the other. Yen are those of each applicant's best frame; `undecided` applicants lack
    facts and are left out.

    `bounds` is between what yen these lie. `unexamined` of them are so many that their missing facts were not looked for.

    `parts` (one for each clause that can be switched alone) and `interaction` add up to `new` − `old`. `paths` are as typed, `files`
    the first of the applicant files that were found there, `more` how many there are beside them. `groups` are the applicants of a
    table by columns of it and their values (None: nothing stands there). `refused` are more rows that cannot be used than `failed` tells.
    """

    def __init__(self, compared: Comparable, paths: Sequence[str] = ()) -> None:
        self.paths, self.files, self.more = tuple(paths), list[str](), 0
        self.inputs = self.undecided = self.old = self.new = 0
        self.gain = self.lose = self.same = self.become = self.stop = 0
        self.unexamined = self.refused = 0
        self.bounds = NOWHERE
        self.groups: dict[str, dict[str | None, Group]] = {}
        self.failed: list[Finding] = []
        self.parts = [0] * len(compared.clauses)
        names = dict.fromkeys((*compared.new.ruleset.frames, *compared.old.ruleset.frames))
        self.frames = {name: InFrame(0, 0, 0, 0) for name in names}
        self._missing: Counter[str] = Counter()
        self._largest: list[tuple[int, int, Movement]] = []  # the largest first
        self._moved = 0
        self._latest = ""

    @property
    def interaction(self) -> int:
        """What the clauses do together beyond what each does alone."""
        return self.new - self.old - sum(self.parts)

    @property
    def missing(self) -> list[tuple[str, int]]:
        """The facts that are missing, the most frequent first."""
        return sorted(self._missing.items(), key=lambda entry: (-entry[1], entry[0]))

    @property
    def movements(self) -> list[Movement]:
        """The largest movements."""
        return [movement for _, _, movement in self._largest]

    def add(self, weighed: Weighed) -> None:
        """One more applicant."""
        self.inputs += 1
        if weighed.file != self._latest:  # the records of a file come one after the other
            self._latest = weighed.file
            if len(self.files) < NAMED:
                self.files.append(weighed.file)
            else:
                self.more += 1
        if weighed.findings:
            self.failed.append(weighed.findings[0])
        elif weighed.missing:
            self.undecided += 1
            self._missing.update(weighed.missing)
            self.bounds = self.bounds.plus(weighed.bounds)
        else:
            self.add_yen(weighed)

    def add_yen(self, weighed: Weighed) -> None:
        """The yen of an applicant whose outcomes are settled."""
        before, after = best(weighed.old), best(weighed.new)
        self.old += before
        self.new += after
        self.gain += after > before
        self.lose += after < before
        self.same += after == before
        self.become += not before and bool(after)
        self.stop += bool(before) and not after
        self.parts = [total + part for total, part in zip(self.parts, weighed.alone, strict=True)]
        for name, frame in self.frames.items():
            old, new = (outcomes.get(name, _NO_COST)[1] or 0 for outcomes in (weighed.old, weighed.new))
            payable = frame.old_payable + bool(old), frame.new_payable + bool(new)
            self.frames[name] = InFrame(frame.old + old, frame.new + new, *payable)
        if before != after:
            self.move(Movement(weighed.file, weighed.record, weighed.name, before, after))

    def move(self, movement: Movement) -> None:
        """A movement, kept where it is among the largest; of several as large those that came first."""
        self._moved += 1
        size = abs(movement.new - movement.old), -self._moved
        self._largest = sorted([*self._largest, (*size, movement)], reverse=True)[:LARGEST]


_NO_COST: Final[Outcome] = (Status.NO_COST, 0)
