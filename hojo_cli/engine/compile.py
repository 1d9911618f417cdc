"""A ruleset compiled once to closures on integers: the fast reader of the same nodes, for when nobody looks at derivations.

The items of a subject are sorted once into what the ruleset asks of them (`ledger`). A fact that is asked for and left out ends
the frame with a `KeyError`; all completions of that frame are then laid out (`completions`), as `unknowns` does.
"""

from __future__ import annotations

from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.compiler import Compiler, Outcome
from hojo_cli.engine.completions import Completions
from hojo_cli.engine.diagram import TooMany
from hojo_cli.engine.item_index import Ledger
from hojo_cli.engine.judgement import Status, judge
from hojo_cli.rules.nodes import Ruleset

__all__ = ["Compiled", "Compiler", "Completions", "Ledger", "Outcome", "TooMany", "compile_ruleset"]


class Compiled:
    """A ruleset ready to judge many subjects."""

    def __init__(self, ruleset: Ruleset) -> None:
        compiler = Compiler(ruleset.definitions)
        self._ruleset = ruleset
        self._frames = [(name, compiler.frame(frame)) for name, frame in ruleset.frames.items()]
        self._sort = compiler.ledger.sorter()
        self._completions: dict[str, Completions] = {}

    def outcomes(self, subject: Applicant) -> dict[str, Outcome]:
        """Status and yen (None: incomplete) of each frame by id, as `unknowns.settle` has them."""
        try:
            case = self._sort(subject)
        except KeyError:  # a field of an item is left out
            return {name: self._of_completions(name, subject) for name, _ in self._frames}
        found = {}
        for name, judged in self._frames:
            try:
                found[name] = judged(case)
            except KeyError:  # a fact is left out
                found[name] = self._of_completions(name, subject)
        return found

    def _of_completions(self, name: str, subject: Applicant) -> Outcome:
        frame = self._ruleset.frames[name]
        if name not in self._completions:
            self._completions[name] = Completions(self._ruleset, frame)
        try:
            return self._completions[name].settled(subject) or (Status.INCOMPLETE, None)
        except TooMany:
            judgement = judge(self._ruleset, frame, subject)
            return judgement.status, judgement.subsidy


def compile_ruleset(ruleset: Ruleset) -> Compiled:
    """The fast reader of a ruleset."""
    return Compiled(ruleset)
