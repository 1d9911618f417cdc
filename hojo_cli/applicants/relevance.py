"""What is still worth asking after what was answered so far, by the engine's own account of what can change a result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hojo_cli.applicants.draft import Draft
from hojo_cli.applicants.state import State
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.engine.evaluator import case_of_facts, evaluator
from hojo_cli.engine.judgement import Status
from hojo_cli.engine.missing import settle
from hojo_cli.rules.asked import asked
from hojo_cli.rules.declared import FactSpec, Ruleset
from hojo_cli.rules.walk import picks_of_lines

_MUCH: Final = 10**6
"""Yen of an item that stands for any."""


class Relevance:
    """Of a ruleset; `read` judges a draft as a file. What was found of the latest draft is kept."""

    def __init__(self, ruleset: Ruleset, read: Callable[[Draft], Applicant]) -> None:
        self.ruleset = ruleset
        self.read = read
        self.latest: tuple[Draft | None, tuple[str, ...]] = (None, ())

    def of_profile(self, state: State) -> str:
        """The first fact that decides what the applicant is, and is not known."""
        reader = evaluator(self.ruleset)
        derivations = reader.profile(reader.case(self.read(state.draft))).values()
        names = {name for derived in derivations if derived.value is None for name in derived.unknown}
        ordered = (
            name for name, spec in self.ruleset.facts.items() if name in names and self.matters(spec, state.draft)
        )
        return next((name for name in ordered if name not in state.unknown), "")

    def matters(self, spec: FactSpec, draft: Draft) -> bool:
        """Whether the ruleset wants it asked, as far as is known."""
        if spec.of_members or spec.id in draft.facts or spec.instead_of in draft.facts:
            return False
        if spec.asked_if is None:
            return True
        facts = case_of_facts(self.read(draft).facts)
        return evaluator(self.ruleset, traced=False).holds(spec.asked_if, facts) is not False

    def open(self, state: State) -> list[str]:
        """The facts and fields that can still change what some frame pays, but for those that nobody knows."""
        if self.latest[0] is not state.draft:
            applicant = self.read(state.draft)
            settled = [settle(self.ruleset, frame, applicant) for frame in self.ruleset.frames.values()]
            paying = [each for each in settled if not each.outcomes or any(leaf.subsidy for leaf in each.outcomes)]
            names = dict.fromkeys(name for each in paying for name in each.missing)
            self.latest = state.draft, tuple(sorted(names, key=self.order))
        return [name for name in self.latest[1] if name not in state.unknown]

    def order(self, name: str) -> tuple[int, int, int]:
        """Fields of items first, then facts as the ruleset lists them, members one after the other."""
        member, item, fact = asked(name)
        listed = [*self.ruleset.facts, *self.ruleset.fields]
        return member, len(self.ruleset.facts) if item is None else item - 1_000_000, listed.index(fact)

    def counting(self, state: State) -> list[str]:
        """The categories that some frame counts which this applicant may yet apply for; all of them of a group, or where there is none."""
        every = list(self.ruleset.categories)
        if state.group:
            return every
        applicant = self.read(state.draft)
        bought = [Item("", category, _MUCH, None, None, {}, 0, place) for place, category in enumerate(every)]
        reader, counted = evaluator(self.ruleset), set[str]()
        for frame in self.ruleset.frames.values():
            if reader.judge(frame, applicant._replace(items=tuple(bought))).status not in (
                Status.INELIGIBLE,
                Status.NO_COST,
            ):
                counted.update(*(pick.categories for pick in picks_of_lines(frame.lines)))
        return [category for category in every if category in counted] or every
