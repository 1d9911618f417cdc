"""A witness of a changed clause: a smallest applicant whose yen differ because of it.

Applicants are built from the two rulesets themselves (`situations`, `purchases`), judged by the fast reader, and made smaller as long
as they still differ. A witness counts only if the exact yen of the two rulesets as given differ too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final, TypeAlias

from hojo_cli.comparison.clauses import Clause, Comparable, uses
from hojo_cli.compile import Outcome, compile_ruleset
from hojo_cli.evaluate import Status, judge
from hojo_cli.formula import Exact, Ruleset
from hojo_cli.probing.purchases import Quote, counts, inside, quotes
from hojo_cli.probing.situations import LEAST, MEMBERS, Goal, Solver, differences, domain, modes, same, sites
from hojo_cli.record import Record
from hojo_cli.subject import FactValue, Subject

BUDGET: Final = 12_000
"""Applicants that are tried for one clause in one frame and one kind of purchase."""

Facts: TypeAlias = "dict[str, FactValue]"
Ways: TypeAlias = "Callable[[Applicant], Iterator[Applicant]]"


class Applicant(Record):
    """Who applies, with what. Members have no members."""

    facts: Facts
    quotes: tuple[Quote, ...]
    members: tuple[Applicant, ...]

    def subject(self, rules: Ruleset, prefix: str = "") -> Subject:
        """As a ruleset sees it."""
        items = tuple(quote.item(rules) for quote in self.quotes)
        members = tuple(member.subject(rules, f"{MEMBERS}{place}.") for place, member in enumerate(self.members, 1))
        return Subject("", self.facts, items, members, prefix)


class Witness(Record):
    """An applicant, the frame it shows the difference in, and what comes of it under each ruleset.

    `alone`: the clause explains the whole difference; without it others change the same yen as well.
    """

    applicant: Applicant
    frame: str
    old: Outcome
    new: Outcome
    alone: bool


def find(clause: Clause, compared: Comparable) -> Witness | None:
    """A smallest applicant found whose yen differ because of this clause."""
    if clause.switched is None:
        return None
    for frame in clause.frames:
        if frame in compared.base.frames or frame in clause.switched.frames:
            found = _Search(clause.switched, compared, frame).run(BUDGET if frame == clause.frames[0] else BUDGET // 4)
            if found is not None:
                return found
    return None


class _Seat:
    """What one frame of a ruleset comes to; no cost where the ruleset has no such frame."""

    def __init__(self, rules: Ruleset, frame: str) -> None:
        self.rules = rules
        self.tax = rules.tax_included.value
        self.frame = rules.frames.get(frame)
        self.compiled = None if self.frame is None else compile_ruleset(rules._replace(frames={frame: self.frame}))

    def quick(self, subject: Subject) -> Outcome:
        """By the fast reader."""
        return (Status.NO_COST, 0) if self.compiled is None else next(iter(self.compiled.outcomes(subject).values()))

    def plain(self, subject: Subject) -> Outcome:
        """By the exact reader, which wants to be told every fact it looks at."""
        if self.frame is None:
            return Status.NO_COST, 0
        found = judge(self.rules, self.frame, subject)
        return found.status, found.subsidy


class _Bench:
    """Four judges of the same frame: the old ruleset, the same with the clause switched, and the two rulesets as given."""

    def __init__(self, seats: Sequence[_Seat], *, quick: bool) -> None:
        self.judges = [(seat.tax, seat.rules, seat.quick if quick else seat.plain) for seat in seats]

    def outcomes(self, applicant: Applicant) -> Iterator[Outcome]:
        """One after the other, as far as they are asked for."""
        seen: dict[Exact, Subject] = {}
        for tax, rules, judged in self.judges:
            if tax not in seen:
                seen[tax] = applicant.subject(rules)
            yield judged(seen[tax])

    def differs(self, applicant: Applicant) -> bool:
        """The clause moves yen."""
        (_, before), (_, after) = islice(self.outcomes(applicant), 2)
        return before is not None and after is not None and before != after

    def shows(self, applicant: Applicant) -> bool:
        """The clause moves yen, and the two rulesets as given differ."""
        (_, before), (_, after), (_, old), (_, new) = self.outcomes(applicant)
        return None not in (before, after, old, new) and before != after and old != new

    def alone(self, applicant: Applicant) -> bool:
        """The clause moves the yen exactly as the new ruleset does."""
        _, after, _, new = self.outcomes(applicant)
        return after == new and self.shows(applicant)


class _Search:
    """One clause in one frame."""

    def __init__(self, switched: Ruleset, compared: Comparable, frame: str) -> None:
        self.frame = frame
        self.frames = [(rules.frames[frame], rules) for rules in (compared.base, switched) if frame in rules.frames]
        self.counts = counts(self.frames) or (0,)
        self.known = frozenset(compared.old.ruleset.categories) & frozenset(compared.new.ruleset.categories)
        self.taxed = compared.base.tax_included.value != switched.tax_included.value
        self.domain = domain(*[rules for _, rules in self.frames])
        everyone = (compared.base, switched, compared.new.ruleset)
        self.read = frozenset(
            name for rules in everyone if frame in rules.frames for name in uses(rules.frames[frame], rules)
        )
        self.bounded = frozenset(
            spec.id for _, rules in self.frames for spec in rules.facts.values() if spec.within is not None
        )
        seats = [_Seat(rules, frame) for rules in (compared.base, switched, compared.old.ruleset, compared.new.ruleset)]
        self.quick, self.plain = _Bench(seats, quick=True), _Bench(seats, quick=False)

    def run(self, budget: int) -> Witness | None:
        """The first applicant whose difference the clause explains alone; else the first that it has a part in."""
        second: Applicant | None = None
        for applicant in self.applicants(budget):
            if not self.quick.differs(applicant):
                continue
            if self.quick.alone(applicant):
                return self.witness(smaller(applicant, self.fitting(self.plain.alone)), alone=True)
            if second is None and self.quick.shows(applicant):
                second = applicant
        return None if second is None else self.witness(smaller(second, self.fitting(self.plain.shows)), alone=False)

    def fitting(self, still: Callable[[Applicant], bool]) -> Callable[[Applicant], bool]:
        """The same question, answered no for a file that counts more members than it lists."""

        def asked(applicant: Applicant) -> bool:
            count = len(applicant.members)
            return counted(applicant.facts, self.bounded, count) == applicant.facts and still(applicant)

        return asked

    def witness(self, applicant: Applicant, *, alone: bool) -> Witness:
        _, _, old, new = self.quick.outcomes(applicant)
        return Witness(applicant, self.frame, old, new, alone)

    # --- whom to try ---

    def applicants(self, budget: int) -> Iterator[Applicant]:
        """Every situation with every purchase; fees by the month come later, yen farther from the kinks last."""
        here = list(self.situations())
        for near, monthly in ((0, False), (1, False), (0, True), (6, False)):
            yield from islice(self.tried(here, near, monthly=monthly), budget)

    def tried(self, here: Sequence[Facts], near: int, *, monthly: bool) -> Iterator[Applicant]:
        for bought in self.purchases(near, monthly=monthly):
            for situation in here:
                yield from self.filled(situation, bought)

    def situations(self) -> Iterator[Facts]:
        """Facts under which the two rulesets see a condition differently, then every way through the frame."""
        found: dict[str, Facts] = {}
        solver = Solver()
        for goals in self.goals():
            for narrowed in solver.situations(goals, self.domain):
                for place in (0, -1):
                    facts = {
                        name: values[place if values == LEAST else 0]
                        for name, values in narrowed.items()
                        if f"facts.{name.removeprefix(MEMBERS)}" in self.read
                    }
                    found.setdefault(repr(facts), facts)
        yield from found.values()

    def goals(self) -> Iterator[list[Goal]]:
        places = [sites(frame, rules) for frame, rules in self.frames]
        first, last = places[0], places[-1]
        asked = {("", name): goal for name, goal in first.items() if name.startswith("requires ")}
        asked |= {
            ("new", name): goal
            for name, goal in last.items()
            if name.startswith("requires ") and (name not in first or not same(first[name], goal))
        }
        ways = [way for frame, rules in self.frames for way in modes(frame, rules)]
        ways_alone = True  # nothing but yen differ
        for name in dict.fromkeys((*first, *last)):
            for difference in differences(first.get(name), last.get(name)):
                met = [goal for (_, other), goal in asked.items() if other != name]
                for way in ([], *ways):
                    yield [*difference, *way, *met]
                    ways_alone = False
        if ways_alone:
            yield from ([*way, *asked.values()] for way in ways)

    def purchases(self, near: int, *, monthly: bool) -> Iterator[tuple[tuple[Quote, ...], tuple[Quote, ...]]]:
        """What the applicant buys, and what each member buys."""
        least = next(iter(inside(self.frames)), ())
        for bought in quotes(self.frames, near=near, monthly=monthly, taxed=self.taxed):
            if all(quote.category in self.known for quote in bought):
                yield bought, ()
                if least:
                    yield bought, least
        for bought in () if monthly else inside(self.frames):
            yield (), bought

    def filled(self, facts: Facts, bought: tuple[tuple[Quote, ...], tuple[Quote, ...]]) -> Iterator[Applicant]:
        """The applicant, with as many members as the frame asks for."""
        own = {name: value for name, value in facts.items() if not name.startswith(MEMBERS)}
        member = {name.removeprefix(MEMBERS): value for name, value in facts.items() if name.startswith(MEMBERS)}
        for count in self.counts:
            yield Applicant(counted(own, self.bounded, count), bought[0], (Applicant(member, bought[1], ()),) * count)


def counted(facts: Facts, bounded: frozenset[str], members: int) -> Facts:
    """The facts with what counts some of the members (`bounded`) no larger than their number, where there are any."""
    return {
        name: min(value, members) if members and name in bounded and isinstance(value, int) else value
        for name, value in facts.items()
    }


# --- smaller ----------------------------------------------------------------------------------------------------------------


def smaller(applicant: Applicant, still: Callable[[Applicant], bool]) -> Applicant:
    """Lower prices, then leave out whatever the difference does not need."""
    if not still(applicant):
        return applicant
    for place in range(len(applicant.quotes)):
        applicant = _cheaper(applicant, place, still)
    while len(applicant.members) > 0 and still(fewer := applicant._replace(members=applicant.members[:-1])):
        applicant = fewer
    for leave_out in (_quotes, _facts, _declared, _members):
        applicant = _reduced(applicant, leave_out, still)
    return applicant


def _reduced(applicant: Applicant, ways: Ways, still: Callable[[Applicant], bool]) -> Applicant:
    """Every way of leaving out one thing, each tried once."""
    place = 0
    while (less := next(islice(ways(applicant), place, None), None)) is not None:
        if still(less):
            applicant = less
        else:
            place += 1
    return applicant


def _quotes(applicant: Applicant) -> Iterator[Applicant]:
    for place in range(len(applicant.quotes)):
        yield applicant._replace(quotes=applicant.quotes[:place] + applicant.quotes[place + 1 :])


def _facts(applicant: Applicant) -> Iterator[Applicant]:
    for name in applicant.facts:
        yield applicant._replace(facts={key: value for key, value in applicant.facts.items() if key != name})


def _declared(applicant: Applicant) -> Iterator[Applicant]:
    for place, quote in enumerate(applicant.quotes):
        for field, members in quote.fields.items():
            for member in sorted(members):
                fewer = {**quote.fields, field: members - {member}}
                less = quote._replace(fields={name: held for name, held in fewer.items() if held})
                yield applicant._replace(quotes=(*applicant.quotes[:place], less, *applicant.quotes[place + 1 :]))


def _members(applicant: Applicant) -> Iterator[Applicant]:
    """All members lose the same."""
    if applicant.members:
        for ways in (_quotes, _facts, _declared):
            for less in ways(applicant.members[0]):
                yield applicant._replace(members=(less,) * len(applicant.members))


def _cheaper(applicant: Applicant, place: int, still: Callable[[Applicant], bool]) -> Applicant:
    """The lowest price of one item that a search by halves finds."""

    def at(price: int) -> Applicant:
        quote = applicant.quotes[place]._replace(price=price)
        return applicant._replace(quotes=(*applicant.quotes[:place], quote, *applicant.quotes[place + 1 :]))

    low, high = 0, applicant.quotes[place].price
    while high - low > 1:
        middle = (low + high) // 2
        if still(at(middle)):
            high = middle
        else:
            low = middle
    return at(high)
