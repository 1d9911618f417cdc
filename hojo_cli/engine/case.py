"""An applicant as the evaluator sees it: facts, what the purchases come to, and what was worked out so far."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from operator import add, or_
from typing import Any, Final, TypeAlias

from hojo_cli.base.exact import Exact
from hojo_cli.base.record import NamedTuple
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.derivation import Derivation

Facts: TypeAlias = "Mapping[str, Any]"  # Any: the loader has seen to the type of each fact; or it is an `Interval`
Names: TypeAlias = "frozenset[str]"


class Bought(NamedTuple):
    """What items come to: in `mask` a bit for each question that takes one, in `sums` and `kinds` a slot a question."""

    mask: int
    sums: tuple[Exact, ...]
    kinds: tuple[frozenset[str], ...]

    def plus(self, more: Bought) -> Bought:
        """What both come to together."""
        sums = tuple(map(add, self.sums, more.sums))
        return Bought(self.mask | more.mask, sums, tuple(map(or_, self.kinds, more.kinds)))


class Undecided:
    """What may be bought as well, for fields of items are left out: bits and slots of questions with the names of those fields."""

    __slots__ = ("bits", "kinds", "sums")

    def __init__(self) -> None:
        self.bits: list[tuple[int, Names]] = []
        self.sums: dict[int, Names] = {}
        self.kinds: dict[int, Names] = {}


NOTHING_UNDECIDED: Final = Undecided()


class MembersTogether(NamedTuple):
    """What all members come to: whether each test holds for every one, how many meet each count, each sum of amounts."""

    tests: tuple[bool, ...]
    counts: tuple[int, ...]
    sums: tuple[Exact, ...]


NO_MEMBERS: Final = MembersTogether((), (), ())


class Doubt(NamedTuple):
    """A fact that has to be known first; `cut` is where a comparison parts what is known of it, None where the very value counts.

    `rest`: all that what comes of it still depends on, where that is told; doubts with the same are the same question.
    """

    fact: str
    cut: Exact | None
    rest: Hashable = None


NO_ITEMS: Final = Bought(0, (), ())
NOBODY: Final = Applicant("", {}, ())


class Case:
    """One applicant or member under one ruleset. Each definition is worked out once and remembered, and so is each line."""

    __slots__ = (
        "applicant",
        "asked",
        "bought",
        "brought",
        "cuts",
        "facts",
        "itemised",
        "lines",
        "members",
        "seen",
        "together",
        "undecided",
    )

    def __init__(
        self, facts: Facts, bought: Bought, members: Sequence[Case] = (), together: MembersTogether = NO_MEMBERS
    ) -> None:
        self.facts = facts
        self.bought = bought
        self.members = members
        self.together = together
        self.applicant = NOBODY
        self.undecided = NOTHING_UNDECIDED
        self.itemised: Sequence[Sequence[Derivation]] = ()  # the items of each sum, where derivations are kept
        self.seen: dict[str, Derivation] = {}
        self.lines: dict[str, Derivation] = {}
        self.brought: dict[int, Derivation] = {}  # of a member: what it brings to each sum over members, by identity
        self.asked: dict[str, Names] = {}  # the facts asked for in vain, in this order, each as a set that is made once
        self.cuts: dict[Names, Exact] = {}

    def knowing(self, fact: str, value: object) -> Case:
        """The same with one more fact known, or known more closely; a definition that was decided stays so."""
        case = Case({**self.facts, fact: value}, self.bought, self.members, self.together)
        case.seen = {name: decided for name, decided in self.seen.items() if decided.value is not None}
        return case

    def unknown(self, fact: str) -> Names:
        """The name of a fact that is asked for in vain, as a set."""
        if fact not in self.asked:
            self.asked[fact] = frozenset((self.applicant.prefix + fact,))
        return self.asked[fact]

    def doubt(self, unknown: Names, rest: Hashable = None) -> Doubt:
        """The fact among these that was asked for first; one whose very value counts only where no other is left."""
        doubts = [Doubt(fact, self.cuts.get(name), rest) for fact, name in self.asked.items() if name <= unknown]
        return next((doubt for doubt in doubts if doubt.cut is not None or doubt.fact not in self.facts), doubts[0])
