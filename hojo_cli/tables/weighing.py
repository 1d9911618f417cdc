"""Both rulesets, and every clause between them, as one query over tables of applicants: what each applicant has of either."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from hojo_cli.base.finding import THE_CALL, HojoError
from hojo_cli.base.number import Kind
from hojo_cli.diff.clauses import Comparable
from hojo_cli.engine.judgement import Status
from hojo_cli.messages import finding
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.walk import numbers
from hojo_cli.tables import parts
from hojo_cli.tables.engine import named
from hojo_cli.tables.merging import merged

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SPENT: Final = (
    "CAST(coalesce(amount, CAST(monthly AS HUGEINT) * months, CAST(yearly AS HUGEINT) * years, 0) AS HUGEINT)"
    " * coalesce(quantity, 1)"
)
BY: Final = "by_"
"""How the columns begin by whose values applicants are grouped."""


class Weighing:
    """The query, and what its columns mean. `HojoError` where DuckDB cannot say something of either ruleset (HJ060), or where one table
    cannot be read under both (HJ479).
    """

    def __init__(self, compared: Comparable, lang: str) -> None:
        old, new = compared.old.ruleset, compared.new.ruleset
        for name, spec in old.facts.items():
            if name in new.facts and new.facts[name].kind != spec.kind:
                raise HojoError(finding("HJ479", THE_CALL, name=name))
        sides: list[tuple[Ruleset, Iterable[str]]] = [(compared.base, old.frames), (new, new.frames)]
        self.clauses = [number for number, clause in enumerate(compared.clauses) if clause.switched is not None]
        for number in self.clauses:
            switched = compared.clauses[number].switched
            assert switched is not None
            sides.append((switched, [name for name in switched.frames if name in compared.clauses[number].frames]))
        if len({rules.tax_included.value for rules, _ in sides}) > 1:
            raise HojoError(finding("HJ479", THE_CALL, name="tax"))
        self.ruleset, (self.old, self.new, *switched_places) = merged(compared.both, sides)
        query = parts.query_of(self.ruleset, lang)
        self.query = "\n".join(query.lines(wide=True))
        self.most = {place: columns.most for place, columns in enumerate(query.frames, 1)}
        self.whole = all(number.value <= 1 for number in numbers((old.frames, new.frames)) if number.kind is Kind.RATE)
        self.alone = [{**self.old, **places} for places in switched_places]
        """For each clause the places of the frames that count with it: those it touches as it makes them, the others as they were."""

    def judge(self, engine: DuckDBPyConnection, by: Sequence[str]) -> None:
        """`weighed`: an applicant a row, with the yen of the best frame under either ruleset and with each clause alone, and whether
        it is `odd` (only the evaluator can judge it) or `open` (facts are missing).
        """
        yen = [f"{_best(places.values())} AS {name}" for name, places in (("old", self.old), ("new", self.new))]
        yen += [f"{_best(places.values())} AS clause_{number}" for number, places in enumerate(self.alone)]
        unknown = " OR ".join(f"status_{place} = '{Status.INCOMPLETE.value}'" for place in self._both())
        columns = [f"CAST(told.{named(name)} AS VARCHAR) AS {BY}{number}" for number, name in enumerate(by)]
        held = [f"status_{place}, subsidy_{place}" for place in self._both()]
        engine.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE weighed AS
            SELECT told.hojo_file, told.hojo_row, told.applicant, coalesce(told.name, '') AS name, {", ".join((*columns, *held, *yen))},
              outside OR told.applicant IN (SELECT applicant FROM doubted) AS odd, coalesce({unknown}, FALSE) AS open
            FROM ({self.query}) AS answer JOIN applicants AS told USING (applicant)
            WHERE told.applicant <> '' AND told.applicant NOT IN
              (SELECT applicant FROM refused WHERE place IN ('applicants', 'members') AND applicant IS NOT NULL)
            """
        )

    def _both(self) -> list[int]:
        return [*self.old.values(), *self.new.values()]

    def sums(self) -> list[str]:
        """What is summed up of applicants whose result is known: yen, movements, each clause alone, then each frame."""
        known = "FILTER (NOT odd AND NOT open)"
        tests = ("new > old", "new < old", "new = old", "old = 0 AND new > 0", "old > 0 AND new = 0")
        told = [_sum("old", known), _sum("new", known)]
        told += [f"count(*) {known[:-1]} AND {test})" for test in tests]
        told += [_sum(f"clause_{number} - old", known) for number in range(len(self.alone))]
        for place in self._both():
            paid = f"CASE WHEN status_{place} = 'payable' THEN subsidy_{place} ELSE 0 END"
            told += [_sum(paid, known), f"count(*) {known[:-1]} AND {paid} > 0)"]
        return told

    def bounds(self) -> tuple[list[str], str]:
        """Between what yen those lie of whom facts are missing, and the table of what each of them spends, where no rate is above 1."""
        told = []
        for name, places in (("old", self.old), ("new", self.new)):
            open_ = [
                f"CASE WHEN status_{place} = '{Status.INCOMPLETE.value}'"
                f" THEN {f'least({self.most[place]}, spent)' if self.whole else self.most[place]} ELSE 0 END"
                for place in places.values()
            ]
            told += [_sum(name, ""), _sum(f"greatest({', '.join((name, *open_))})", "")]
        return (
            told,
            f"SELECT applicant, sum({_SPENT}) AS spent FROM items SEMI JOIN left_out USING (applicant) GROUP BY applicant",
        )


def _best(places: Iterable[int]) -> str:
    """The yen of the payable frame with the most."""
    paid = ", ".join(f"CASE WHEN status_{place} = 'payable' THEN subsidy_{place} ELSE 0 END" for place in places)
    return f"greatest(0, {paid})" if paid else "0"


def _sum(yen: str, known: str) -> str:
    return f"CAST(coalesce(sum({yen}) {known}, 0) AS HUGEINT)"


def frames_of(sums: Sequence[int], places: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Yen and how many are paid, of each frame, from the sums of a pair a frame."""
    return {name: (sums[2 * number], sums[2 * number + 1]) for number, name in enumerate(places)}
