"""What an applicant can have otherwise, one thing at a time, and what each frame then pays.

Moves are tried on the applicant as the evaluator takes it, thousands of them; what comes of one that is told is read from the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from functools import reduce
from itertools import combinations, islice
from typing import Final, NamedTuple

from hojo_cli.applicants.scenario import STEP
from hojo_cli.base.exact import quotient, whole
from hojo_cli.base.number import LARGEST, Kind
from hojo_cli.engine.applicant import Applicant, FactValue, Item
from hojo_cli.engine.case import NOTHING_UNDECIDED, Bought, Case
from hojo_cli.engine.diagram import TooMany
from hojo_cli.engine.evaluator import evaluator
from hojo_cli.engine.judgement import Outcome, Status
from hojo_cli.engine.moving import Line
from hojo_cli.engine.pieces import Judged, Piece, TooManyPieces, walk
from hojo_cli.rules.declared import FactSpec, Ruleset
from hojo_cli.rules.nodes import EveryMember, Exact, FieldTest, Frame, MemberCount, PerMember
from hojo_cli.rules.walk import followed, nodes_within, reads

EVERYBODY: Final = -1
"""Stands for all members of a group at once."""
CATEGORY: Final = "category"
PIECES: Final = 60
"""So many pieces of what is paid along a number are looked at to each side."""


class Setting(NamedTuple):
    """What a fact, or a field or the category of an item, would be: of the applicant (member 0) or a member (from 1)."""

    member: int
    item: int | None
    name: str
    value: FactValue


class Axis(NamedTuple):
    """One thing that can be had otherwise; `change` is whether that is a plan or a purchase."""

    member: int
    item: int | None
    name: str
    change: str


class Move(NamedTuple):
    """A thing had otherwise: one setting, or one of each member concerned. `size`: how many choices or steps, below 0 downwards."""

    axis: Axis
    settings: tuple[Setting, ...]
    size: int


class Moves:
    """All single moves of an applicant."""

    def __init__(self, ruleset: Ruleset, applicant: Applicant) -> None:
        self.ruleset = ruleset
        self.evaluator = evaluator(ruleset, traced=False)
        self.people = (applicant._replace(members=()), *applicant.members)
        self.evaluator.case(applicant)  # all questions about items are known by now
        self.cases = [self.evaluator.index.case(person) for person in self.people]
        self.known: dict[tuple[int, tuple[Setting, ...]], Case] = {}
        self.rest: dict[tuple[int, frozenset[int]], Bought] = {}
        now = {name: self.outcome(name, ()) for name in ruleset.frames}
        self.now = {name: yen or 0 for name, (status, yen) in now.items() if status is not Status.INCOMPLETE}
        """What each frame pays; those that wait for an answer are not there."""
        self.concerned = {name: _Read(ruleset.frames[name], ruleset) for name in self.now}
        self.tests = {name: _tests(ruleset, name) for name in ruleset.fields}

    # --- what comes of it ---

    def person(self, member: int, settings: Iterable[Setting]) -> Applicant:
        """The applicant without its members, or a member, with these settings."""
        person = self.people[member]
        for _, place, name, value in (setting for setting in settings if setting.member == member):
            if place is None:
                person = person._replace(facts={**person.facts, name: value})
            else:
                items = (_with(item, name, value) if item.place == place else item for item in person.items)
                person = person._replace(items=tuple(items))
        return person

    def case(self, settings: tuple[Setting, ...]) -> Case:
        """The applicant with these settings, sorted."""
        cases = [*self.cases]
        for member in {setting.member for setting in settings}:
            cases[member] = self._moved(member, settings)
        case = Case(cases[0].facts, cases[0].bought, cases[1:])
        case.applicant, case.undecided = cases[0].applicant, cases[0].undecided
        return case

    def _moved(self, member: int, settings: tuple[Setting, ...]) -> Case:
        """One person with these settings; only what is changed is looked at again."""
        own = member, tuple([setting for setting in settings if setting.member == member])
        if own not in self.known:
            person, index = self.person(*own), self.evaluator.index
            places = frozenset(setting.item for setting in own[1] if setting.item is not None)
            case = Case(person.facts, self._bought(member, places))
            case.applicant, undecided = person, self.cases[member].undecided
            for item in person.items if undecided is NOTHING_UNDECIDED else ():
                if item.place in places:
                    more = index.case(Applicant("", {}, (item,)))
                    case.bought, undecided = case.bought.plus(more.bought), more.undecided
            self.known[own] = case if undecided is NOTHING_UNDECIDED else index.case(person)
        return self.known[own]

    def _bought(self, member: int, without: frozenset[int]) -> Bought:
        """What the items of a person come to without some of them."""
        if (member, without) not in self.rest:
            person = self.people[member]
            items = tuple([item for item in person.items if item.place not in without])
            self.rest[member, without] = self.evaluator.index.case(person._replace(items=items)).bought
        return self.rest[member, without]

    def state(self, settings: tuple[Setting, ...]) -> frozenset[object]:
        """What the rules see of those who are changed; equal for settings that make no difference to any rule."""
        cases = [(member, self._moved(member, settings)) for member in {setting.member for setting in settings}]
        return frozenset(
            (member, case.bought, frozenset(case.facts.items()), case.undecided is NOTHING_UNDECIDED or settings)
            for member, case in cases
        )

    def outcome(self, frame: str, settings: tuple[Setting, ...], case: Case | None = None) -> Outcome:
        """What a frame comes to; incomplete only where what is unknown decides."""
        case = self.case(settings) if case is None else case
        judgement = self.evaluator.judges[frame](case)
        if judgement.status is Status.INCOMPLETE:
            everybody = case.applicant._replace(members=tuple([member.applicant for member in case.members]))
            with suppress(TooMany):
                settled = self.evaluator.completions(frame).settled(everybody)
                return settled or (judgement.status, judgement.subsidy)
        return judgement.status, judgement.subsidy

    def paid(self, settings: tuple[Setting, ...], frames: Iterable[str]) -> dict[str, int]:
        """Whole yen by frame; 0 where it is not sure to pay."""
        case = self.case(settings)
        outcomes = ((name, self.outcome(name, settings, case)) for name in frames)
        return {name: yen or 0 if status is Status.PAYABLE else 0 for name, (status, yen) in outcomes}

    # --- what can be moved ---

    def axes(self) -> list[Axis]:
        """Everything that can be had otherwise, numbers last; of members that are alike the first, then all members together."""
        found: list[Axis] = []
        alike = list[tuple[object, object]]()
        for member, person in enumerate(self.people):
            same = person.facts, person.items
            if member == 0 or same not in alike:
                alike.append(same)
                found += self._axes_of(member, person)
        shared: dict[Axis, None] = {}
        for axis in (
            each for member in range(1, len(self.people)) for each in self._axes_of(member, self.people[member])
        ):
            shared[axis._replace(member=EVERYBODY, item=None if axis.item is None else 0)] = None
        found += shared if len(self.people) > 2 else ()
        return sorted(found, key=lambda axis: self.number(axis) is not None)

    def _axes_of(self, member: int, person: Applicant) -> Iterator[Axis]:
        for name, spec in self.ruleset.facts.items():
            if spec.change and name in person.facts:
                yield Axis(member, None, name, spec.change)
        for item in person.items:
            for name, field in self.ruleset.fields.items():
                if field.change and name in item.fields:
                    yield Axis(member, item.place, name, field.change)
            if item.category in self.ruleset.instead:
                yield Axis(member, item.place, CATEGORY, "purchase")

    def frames(self, axis: Axis) -> frozenset[str]:
        """The frames that may pay something else for it."""
        return frozenset(
            name
            for name, read in self.concerned.items()
            if (axis.name in (read.of_members if axis.member else read.own))
            or (axis.name == CATEGORY and (not axis.member or read.of_members))
        )

    def number(self, axis: Axis) -> FactSpec | None:
        """The fact, where it is a number."""
        spec = None if axis.item is not None else self.ruleset.facts[axis.name]
        return None if spec is None or spec.kind in ("boolean", "choice") else spec

    # --- how it can be moved ---

    def moves(self, axis: Axis, before: tuple[Setting, ...] = ()) -> Iterator[Move]:
        """Every way to have it otherwise that the rules tell apart, where other settings are made before."""
        if axis.member == EVERYBODY:
            yield from self._of_everybody(axis, before)
        elif (spec := self.number(axis)) is not None:
            yield from self._borders(axis, spec, (axis.member,), before)
        else:
            for value, size in self._values(axis, before):
                yield Move(axis, (Setting(axis.member, axis.item, axis.name, value),), size)

    def _values(self, axis: Axis, before: tuple[Setting, ...]) -> Iterator[tuple[FactValue, int]]:
        person = self.person(axis.member, before)
        if axis.item is None:
            now, spec = person.facts[axis.name], self.ruleset.facts[axis.name]
            others = [not now] if spec.kind == "boolean" else [choice for choice in spec.choices if choice != now]
            yield from ((other, 1) for other in others)
            return
        item = next(item for item in person.items if item.place == axis.item)
        if axis.name == CATEGORY:
            yield from ((other, 1) for other in self.ruleset.instead.get(item.category, ()))
        elif axis.name in self.ruleset.read_of.get(item.category, ()):
            held = item.fields[axis.name]
            changed = frozenset(each.item for each in before if each.member == axis.member and each.item is not None)
            for more in self._additions(axis.name, item, person, axis.member, changed):
                yield held.union(more), len(more)

    def _additions(
        self, field: str, item: Item, person: Applicant, member: int, changed: frozenset[int]
    ) -> Iterator[tuple[str, ...]]:
        """One more choice and two more, one of each sort that the rules tell apart; other items may be `changed`."""
        index = self.evaluator.index
        others = (other for other in person.items if other is not item and other.place in changed)
        parts = (index.case(Applicant("", {}, (other,))).bought for other in others)
        kinds = reduce(Bought.plus, parts, self._bought(member, changed | {item.place})).kinds
        slots = [kinds[slot] for (name, _), slot in index.kinds.items() if name == field]
        said = [value for value in person.facts.values() if isinstance(value, frozenset)]
        sorts: dict[tuple[bool, ...], list[str]] = {}
        for choice in self.ruleset.fields[field].choices:
            if choice not in item.fields[field]:
                sort = tuple([choice in those for those in (*self.tests[field], *slots, *said)])
                sorts.setdefault(sort, []).append(choice)
        alike = list(sorts.values())
        yield from ((choices[0],) for choices in alike)
        yield from ((choices[0], choices[1]) for choices in alike if len(choices) > 1)
        yield from ((one[0], other[0]) for one, other in combinations(alike, 2))

    def _borders(
        self, axis: Axis, spec: FactSpec, members: tuple[int, ...], before: tuple[Setting, ...]
    ) -> Iterator[Move]:
        """The nearest value of each piece of what is paid along a number, to both sides, and where a piece is highest."""
        step: Exact = STEP if spec.kind == Kind.RATE else 1
        facts = [self.person(member, before).facts for member in members]
        now = quotient(_exact(facts[0][axis.name]), step)
        least, most = self._bounds(spec, facts, step)
        frames = self.frames(axis)

        def settings(x: Exact) -> tuple[Setting, ...]:
            return tuple([Setting(member, None, axis.name, x * step) for member in members])

        def answer(x: Exact) -> Judged:
            case = self.moving(before, settings(x))
            outcomes = {name: self.evaluator.judges[name](case) for name in frames}
            return Judged({name: (each.status, each.subsidy) for name, each in outcomes.items()}, 0)

        def walked(first: int, last: int) -> Iterator[Mapping[str, Piece]]:
            with suppress(TooManyPieces):
                yield from islice(walk(answer, first, last), PIECES)

        found = set[int]()
        for pieces in walked(max(least, whole(now) + 1), most):
            for piece in pieces.values():
                found |= {piece.first, piece.first + _to_the_top(piece.yen, piece.last - piece.first)}
        for pieces in walked(least, min(most, whole(now) - (now.denominator == 1))):
            for piece in pieces.values():
                long = piece.last - piece.first
                backwards = None if piece.yen is None else piece.yen.moved(long).backwards()
                found |= {piece.last, piece.last - _to_the_top(backwards, long)}
        for x in sorted(found, key=lambda x: (abs(x - now), x)):
            yield Move(axis, settings(x), whole(x - now) or 1)

    def moving(self, before: tuple[Setting, ...], settings: tuple[Setting, ...]) -> Case:
        """The applicant with numbers that may move: nothing of it is kept."""
        members = {setting.member for setting in settings}
        case = self.case(before)
        cases = [case, *case.members]
        for member in members:
            facts = {**cases[member].facts, **{each.name: each.value for each in settings if each.member == member}}
            changed = Case(facts, cases[member].bought, cases[member].members)
            changed.applicant, changed.undecided = cases[member].applicant, cases[member].undecided
            cases[member] = changed
        cases[0].members = cases[1:]
        return cases[0]

    def _bounds(self, spec: FactSpec, facts: list[Mapping[str, FactValue]], step: Exact) -> tuple[int, int]:
        """The least and the greatest a number may be, in steps, beside what else is said."""
        most = [LARGEST if spec.maximum is None else spec.maximum]
        least: list[Exact] = [spec.minimum]
        if spec.within is not None and len(self.people) > 1:
            most.append(len(self.people) - 1)
        for said in facts:
            if spec.at_most is not None and spec.at_most in said:
                most.append(_exact(said[spec.at_most]))
            least += [
                _exact(said[part.id])
                for part in self.ruleset.facts.values()
                if part.at_most == spec.id and part.id in said
            ]
        return -whole(-quotient(max(least), step)), whole(quotient(min(most), step))

    def _of_everybody(self, axis: Axis, before: tuple[Setting, ...]) -> Iterator[Move]:
        """One value for all members, those who have it left out; of items the first of each member that can have it."""
        if (spec := self.number(axis)) is not None:
            saying = tuple(place for place, person in enumerate(self.people) if place and axis.name in person.facts)
            yield from self._borders(axis, spec, saying, before)
            return
        together: dict[object, list[Setting]] = {}
        for member, person in enumerate(self.people):
            done = set[object]()
            for own in self._axes_of(member, person) if member else ():
                if own.name != axis.name:
                    continue
                held = next(
                    (item.fields.get(own.name, frozenset()) for item in person.items if item.place == own.item),
                    frozenset[str](),
                )
                for value, size in self._values(own, before):
                    added = value - held if isinstance(value, frozenset) else value
                    if size == 1 and added not in done:
                        done.add(added)
                        together.setdefault(added, []).append(Setting(member, own.item, own.name, value))
        for settings in together.values():
            if len(settings) > 1:
                yield Move(axis, tuple(settings), 1)


class _Read:
    """The facts and fields that a frame reads of the applicant, and of members."""

    def __init__(self, frame: Frame, ruleset: Ruleset) -> None:
        whole_frame = list(followed([frame], ruleset.definitions, _of_members))
        inside = [node for node in whole_frame if _of_members(node)]
        self.own = _names(node for node in whole_frame if not _of_members(node))
        self.of_members = _names(
            followed([tuple(node) for node in inside if isinstance(node, tuple)], ruleset.definitions)
        )


def _of_members(node: object) -> bool:
    return isinstance(node, (EveryMember, MemberCount, PerMember))


def _names(nodes: Iterable[object]) -> frozenset[str]:
    return frozenset(
        name for node in nodes for sort, names in reads(node) if sort in ("facts", "fields") for name in names
    )


def _tests(ruleset: Ruleset, field: str) -> list[frozenset[str]]:
    """The sets of choices that some rule asks this field for."""
    asked = (node.has for node in nodes_within(ruleset) if isinstance(node, FieldTest) and node.field == field)
    return list(dict.fromkeys(frozenset(has) for has in asked if has))


def _with(item: Item, name: str, value: FactValue) -> Item:
    """The item with another category, or other choices in a field."""
    if isinstance(value, str):
        return item._replace(category=value)
    assert isinstance(value, frozenset)
    return item._replace(fields={**item.fields, name: value})


def _exact(value: FactValue) -> Exact:
    assert isinstance(value, (int, Fraction))
    return value


def _to_the_top(line: Line | None, last: int) -> int:
    """The first of the steps from 0 to `last` at which a line is as high as at its ends."""
    return 0 if line is None else line.first(max(line.at(0), line.at(last)), last) or 0
