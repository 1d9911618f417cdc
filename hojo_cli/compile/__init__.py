"""A ruleset compiled once to closures on integers: the fast reader of the same nodes, for when nobody looks at derivations.

The items of a subject are sorted once into what the ruleset asks of them (`ledger`). A fact that is asked for and left out ends
the frame with a `KeyError`; that frame is then settled by `unknowns`, so an outcome never differs from the exact one.
"""

from __future__ import annotations

from hojo_cli.compile.compiler import Compiler, Outcome
from hojo_cli.formula import Ruleset
from hojo_cli.subject import Subject
from hojo_cli.unknowns import settle

__all__ = ["Compiled", "Outcome", "compile_ruleset"]


class Compiled:
    """A ruleset ready to judge many subjects."""

    def __init__(self, ruleset: Ruleset) -> None:
        compiler = Compiler(ruleset.definitions)
        self._ruleset = ruleset
        self._frames = [(name, compiler.frame(frame)) for name, frame in ruleset.frames.items()]
        self._sort = compiler.ledger.sorter()

    def outcomes(self, subject: Subject) -> dict[str, Outcome]:
        """Status and yen (None: incomplete) of each frame by id, as `unknowns.settle` has them."""
        case = self._sort(subject)
        found = {}
        for name, judged in self._frames:
            try:
                found[name] = judged(case)
            except KeyError:  # a fact is left out
                exact = settle(self._ruleset, self._ruleset.frames[name], subject).judgement
                found[name] = exact.status, exact.subsidy
        return found


def compile_ruleset(ruleset: Ruleset) -> Compiled:
    """The fast reader of a ruleset."""
    return Compiled(ruleset)
