"""What an applicant can have otherwise, one thing at a time, in every way that the rules tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property, reduce
from itertools import combinations, islice
from typing import Final

from hojo_cli.advise.trial import Setting, Settings, Trial
from hojo_cli.applicants.scenario import STEP
from hojo_cli.base.exact import Exact, quotient, whole
from hojo_cli.base.number import Kind
from hojo_cli.base.record import NamedTuple
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.engine.case import Bought
from hojo_cli.engine.interval import range_of
from hojo_cli.engine.judgement import Reckoned
from hojo_cli.engine.moving import Course
from hojo_cli.engine.pieces import Stretch, TooManyPieces, walk
from hojo_cli.rules.declared import Definition, FactSpec, FactValue, Ruleset
from hojo_cli.rules.nodes import EveryMember, Frame, Is, MemberCount, PerMember
from hojo_cli.rules.walk import followed, nodes_within, reads

EVERYBODY: Final = -1
"""Stands for all members of a group at once."""
CATEGORY: Final = "category"
PIECES: Final = 60
"""So many pieces of what is paid along a number are looked at to each side."""


class Axis(NamedTuple):
    """One thing that can be had otherwise; `change` is whether that is a plan or a purchase."""

    member: int
    item: int | None
    name: str
    change: str


class Move(NamedTuple):
    """A thing had otherwise: one setting, or one of each member concerned. `size`: how many choices or steps, below 0 downwards."""

    axis: Axis
    settings: Settings
    size: int


class Moves:
    """All single moves of an applicant."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.people, self.ruleset = trial.people, trial.ruleset
        names = _Names(self.ruleset.definitions)
        self.concerned = {name: _Read(self.ruleset.frames[name], names) for name in trial.now}
        self.tests: dict[str, set[frozenset[str]]] = {name: set() for name in self.ruleset.fields}
        """Of each field the sets of choices that some frame asks it for."""
        for (_, field), asked in trial.evaluator.index.reads().items():
            self.tests[field] |= asked

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
        for member, person in enumerate(self.people[1:], 1):
            for axis in self._axes_of(member, person):
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

    def moves(self, axis: Axis, before: Settings = ()) -> Iterator[Move]:
        """Every way to have it otherwise that the rules tell apart, where other settings are made before."""
        everybody = axis.member == EVERYBODY
        if (spec := self.number(axis)) is not None:  # one value for all members, those who have it left out
            saying = (place for place, person in enumerate(self.people) if place and axis.name in person.facts)
            yield from self._borders(axis, spec, tuple(saying) if everybody else (axis.member,), before)
            return
        if not everybody:
            for value, size in self._values(axis, before):
                yield Move(axis, (Setting(axis.member, axis.item, axis.name, value),), size)
            return
        together: dict[object, list[Setting]] = {}
        for member, person in enumerate(self.people[1:], 1):  # of items the first of each member that can have it
            done = set[object]()
            for own in self._axes_of(member, person):
                if own.name != axis.name:
                    continue
                held = next((item.fields.get(own.name) for item in person.items if item.place == own.item), None)
                for value, size in self._values(own, before):
                    added = value - (held or frozenset()) if isinstance(value, frozenset) else value
                    if size == 1 and added not in done:
                        done.add(added)
                        together.setdefault(added, []).append(Setting(member, own.item, own.name, value))
        for settings in together.values():
            if len(settings) > 1:
                yield Move(axis, tuple(settings), 1)

    def _values(self, axis: Axis, before: Settings) -> Iterator[tuple[FactValue, int]]:
        """Other values, each with how many choices it takes."""
        person = self.trial.person(axis.member, before)
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
        index = self.trial.evaluator.index
        others = (other for other in person.items if other is not item and other.place in changed)
        parts = (index.case(Applicant("", {}, (other,))).bought for other in others)
        kinds = reduce(Bought.plus, parts, self.trial.bought(member, changed | {item.place})).kinds
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

    def _borders(self, axis: Axis, spec: FactSpec, members: tuple[int, ...], before: Settings) -> Iterator[Move]:
        """The nearest value of each piece of what is paid along a number, to both sides, and where a piece is highest."""
        step: Exact = STEP if spec.kind == Kind.RATE else 1
        facts = [self.trial.person(member, before).facts for member in members]
        stated = facts[0][axis.name]
        assert isinstance(stated, (int, Fraction))
        now = quotient(stated, step)
        beside = [{name: value for name, value in said.items() if name != axis.name} for said in facts]
        ranges = [range_of(spec, self.ruleset.facts, others, len(self.people) - 1) for others in beside]
        least = -whole(-quotient(max(low for low, _ in ranges), step))
        most = whole(quotient(min(high for _, high in ranges), step))
        frames = self.frames(axis)

        def settings(x: Exact) -> Settings:
            return tuple([Setting(member, None, axis.name, x * step) for member in members])

        def answer(x: Exact) -> Reckoned:
            case = self.trial.moving(before, settings(x))
            outcomes = {name: self.trial.evaluator.judges[name](case) for name in frames}
            return Reckoned({name: (each.status, each.subsidy) for name, each in outcomes.items()}, 0)

        def walked(first: int, last: int) -> Iterator[Mapping[str, Stretch]]:
            try:
                yield from islice(walk(answer, first, last), PIECES)
            except TooManyPieces:  # a curve: a few steps of it
                yield from walk(answer, max(first, whole(now) - PIECES), min(last, whole(now) + PIECES))

        found = set[int]()
        for pieces in walked(max(least, whole(now) + (len(members) == 1)), most):
            for piece in pieces.values():
                found |= {piece.first, piece.first + _to_the_top(piece.yen, piece.last - piece.first)}
        for pieces in walked(least, min(most, whole(now) - (now.denominator == 1))):
            for piece in pieces.values():
                long = piece.last - piece.first
                backwards = None if piece.yen is None else piece.yen.moved(long).backwards()
                found |= {piece.last, piece.last - _to_the_top(backwards, long)}
        for x in sorted(found, key=lambda x: (abs(x - now), x)):
            yield Move(axis, settings(x), whole(x - now) or 1)


class _Read:
    """The facts and fields that a frame reads of the applicant, and of members."""

    def __init__(self, frame: Frame, names: _Names) -> None:
        self.frame, self.definitions = frame, names.definitions
        self.own = names.own(frame)

    @cached_property
    def of_members(self) -> frozenset[str]:
        """Those of members; nobody asks where there are none."""
        nodes = followed([self.frame], self.definitions, _of_members)
        inside = [tuple(node) for node in nodes if _of_members(node) and isinstance(node, tuple)]
        return frozenset(name for node in followed(inside, self.definitions) for name in _read_by(node))


class _Names:
    """The facts and fields that parts of the rules read of the applicant itself; each definition is looked through once."""

    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        self.definitions = definitions
        self._of_definitions: dict[str, frozenset[str]] = {}

    def own(self, part: object) -> frozenset[str]:
        found = set[str]()
        for node in nodes_within(part, _of_members):
            if not _of_members(node):
                found.update(self._of_definition(node.name) if isinstance(node, Is) else _read_by(node))
        return frozenset(found)

    def _of_definition(self, name: str) -> frozenset[str]:
        if name not in self._of_definitions:
            self._of_definitions[name] = self.own(self.definitions[name].condition)
        return self._of_definitions[name]


def facts_of(part: object, ruleset: Ruleset) -> frozenset[str]:
    """The facts and fields that a part of the rules reads."""
    return frozenset(name for node in followed([part], ruleset.definitions) for name in _read_by(node))


def _of_members(node: object) -> bool:
    return isinstance(node, (EveryMember, MemberCount, PerMember))


def _read_by(node: object) -> Iterator[str]:
    return (name for sort, names in reads(node) if sort in ("facts", "fields") for name in names)


def _to_the_top(line: Course | None, last: int) -> int:
    """The first of the steps from 0 to `last` at which a line is as high as at its ends."""
    return 0 if line is None else line.first(max(line.at(0), line.at(last)), last) or 0
