"""Which outcomes of a frame are still possible, and on which unknown facts and item fields they depend."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from hojo_cli.base.record import NamedTuple
from hojo_cli.engine.applicant import Applicant, without_others
from hojo_cli.engine.diagram import Budget, TooMany
from hojo_cli.engine.group import Group
from hojo_cli.engine.judgement import Outcome, same_for_all
from hojo_cli.engine.open_frame import OpenFrame

BUDGET: Final = 40_000
"""Questions to closures (of one applicant or member each) and comparisons of forks, for one frame."""


class Possible(NamedTuple):
    """The facts and fields that can still change an outcome, and the outcomes (of sums the least and the greatest).

    `surely` is false where an outcome may be among them that does not come.
    """

    names: frozenset[str]
    outcomes: frozenset[Outcome]
    surely: bool


class Completions(OpenFrame):
    """Looks at all completions of what is unknown of an applicant."""

    def settled(self, applicant: Applicant) -> Outcome | None:
        """The outcome, if all completions come to the same. Raises TooMany."""
        found = set[Outcome]()
        for outcome in Group(self, self.sorted(applicant), Budget(BUDGET)).one_after_the_other():
            found.add(outcome)
            if same_for_all(found) is None:
                sorted(found)  # yen that move are compared: further on they may come to the same
                return None
        return same_for_all(found)

    def possible(self, applicant: Applicant, unknown: Iterable[str]) -> Possible:
        """What can still come, of these facts and fields that are unknown; others that are left out change nothing. Raises TooMany."""
        unknown = frozenset(unknown)
        group = Group(self, self.sorted(without_others(applicant, self.fields, unknown)), Budget(BUDGET))
        outcomes = group.outcomes()
        if same_for_all(outcomes) is not None:
            return Possible(frozenset(), outcomes, surely=True)
        try:
            own = group.own_facts({name for name in unknown if "." not in name})
            theirs = {prefix + name for place, prefix in enumerate(group.prefixes) for name in group.names_of(place)}
        except TooMany:  # what may come is known; which answers decide it is not told apart any further
            return Possible(unknown, outcomes, group.surely)
        return Possible(frozenset(own | theirs), outcomes, group.surely)
