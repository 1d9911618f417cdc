"""An applicant with some facts and items otherwise: what each frame then pays.

Thousands of such settings are tried on the applicant as the evaluator takes it, without a trace; of a person only what is changed is
looked at again. What comes of one that is told is read from the file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import TypeAlias

from hojo_cli.base.record import NamedTuple
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.engine.case import NOTHING_UNDECIDED, Bought, Case
from hojo_cli.engine.diagram import TooMany
from hojo_cli.engine.evaluator import evaluator
from hojo_cli.engine.judgement import Outcome, Status
from hojo_cli.rules.declared import FactValue, Ruleset


class Setting(NamedTuple):
    """What a fact, or a field or the category of an item, would be: of the applicant (member 0) or a member (from 1)."""

    member: int
    item: int | None
    name: str
    value: FactValue


Settings: TypeAlias = "tuple[Setting, ...]"


class Trial:
    """Tries settings of one applicant; `now` is what each frame pays without any, but those that wait for an answer."""

    def __init__(self, ruleset: Ruleset, applicant: Applicant) -> None:
        self.ruleset = ruleset
        self.evaluator = evaluator(ruleset, traced=False)
        self.people = (applicant._replace(members=()), *applicant.members)
        self.evaluator.case(applicant)  # all questions about items are known by now
        self.cases = [self.evaluator.index.case(person) for person in self.people]
        self.known: dict[tuple[int, Settings], Case] = {}
        self.rest: dict[tuple[int, frozenset[int]], Bought] = {}
        self.items: dict[tuple[int, Settings], Case] = {}
        self.yen: dict[frozenset[object], dict[str, int]] = {}
        now = {name: self.outcome(name, self.case(())) for name in ruleset.frames}
        self.now = {name: yen or 0 for name, (status, yen) in now.items() if status is not Status.INCOMPLETE}

    def person(self, member: int, settings: Iterable[Setting]) -> Applicant:
        """The applicant without its members, or a member, with these settings."""
        person = self.people[member]
        for _, place, name, value in (setting for setting in settings if setting.member == member):
            if place is None:
                person = person._replace(facts={**person.facts, name: value})
                continue
            item = next(item for item in person.items if item.place == place)
            if isinstance(value, str):
                other = item._replace(category=value)
            else:
                assert isinstance(value, frozenset)
                other = item._replace(fields={**item.fields, name: value})
            person = person._replace(items=tuple([other if each is item else each for each in person.items]))
        return person

    def case(self, settings: Settings) -> Case:
        """The applicant with these settings, sorted."""
        cases = [*self.cases]
        for member in {setting.member for setting in settings}:
            cases[member] = self.person_moved(member, settings)
        case = Case(cases[0].facts, cases[0].bought, cases[1:])
        case.applicant, case.undecided = cases[0].applicant, cases[0].undecided
        return case

    def person_moved(self, member: int, settings: Settings) -> Case:
        """One person with these settings; only what is changed is looked at again."""
        own = member, tuple([setting for setting in settings if setting.member == member])
        if own not in self.known:
            person, index = self.person(*own), self.evaluator.index
            places = frozenset(setting.item for setting in own[1] if setting.item is not None)
            case = Case(person.facts, self.bought(member, places))
            case.applicant, undecided = person, self.cases[member].undecided
            for item in person.items if undecided is NOTHING_UNDECIDED else ():
                if item.place in places:
                    more = self.sorted(item, (member, tuple([each for each in own[1] if each.item == item.place])))
                    case.bought, undecided = case.bought.plus(more.bought), more.undecided
            self.known[own] = case if undecided is NOTHING_UNDECIDED else index.case(person)
        return self.known[own]

    def sorted(self, item: Item, own: tuple[int, Settings]) -> Case:
        """One item with settings of its own, by itself."""
        if own not in self.items:
            self.items[own] = self.evaluator.index.case(Applicant("", {}, (item,)))
        return self.items[own]

    def bought(self, member: int, without: frozenset[int]) -> Bought:
        """What the items of a person come to without some of them."""
        if (member, without) not in self.rest:
            person = self.people[member]
            items = tuple([item for item in person.items if item.place not in without])
            self.rest[member, without] = self.evaluator.index.case(person._replace(items=items)).bought
        return self.rest[member, without]

    def state(self, settings: Settings) -> frozenset[object]:
        """What the rules see of those who are changed; equal for settings that make no difference to any rule."""
        cases = [(member, self.person_moved(member, settings)) for member in {setting.member for setting in settings}]
        return frozenset(
            (member, case.bought, frozenset(case.facts.items()), case.undecided is NOTHING_UNDECIDED or settings)
            for member, case in cases
        )

    def outcome(self, frame: str, case: Case) -> Outcome:
        """What a frame comes to; incomplete only where what is unknown decides."""
        judgement = self.evaluator.judges[frame](case)
        if judgement.status is Status.INCOMPLETE:
            everybody = case.applicant._replace(members=tuple([member.applicant for member in case.members]))
            with suppress(TooMany):
                settled = self.evaluator.completions(frame).settled(everybody)
                return settled or (judgement.status, judgement.subsidy)
        return judgement.status, judgement.subsidy

    def paid(self, settings: Settings, frames: Collection[str]) -> dict[str, int]:
        """Whole yen by frame; 0 where it is not sure to pay. What the rules do not tell apart is judged once."""
        case, known = self.case(settings), self.yen.setdefault(self.state(settings), {})
        for name in frames:
            if name not in known:
                status, yen = self.outcome(name, case)
                known[name] = yen or 0 if status is Status.PAYABLE else 0
        return {name: known[name] for name in frames}

    def moving(self, before: Settings, settings: Settings) -> Case:
        """The applicant with numbers that may move: nothing of it is kept."""
        case = self.case(before)
        cases = [case, *case.members]
        for member in {setting.member for setting in settings}:
            facts = {**cases[member].facts, **{each.name: each.value for each in settings if each.member == member}}
            changed = Case(facts, cases[member].bought, cases[member].members)
            changed.applicant, changed.undecided = cases[member].applicant, cases[member].undecided
            cases[member] = changed
        cases[0].members = cases[1:]
        return cases[0]
