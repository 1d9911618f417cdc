"""What a ruleset asks of items, as columns: which are picked, what they cost within so many months, what kinds they have."""

from __future__ import annotations

from math import lcm
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import CategoryLimit, Pick
from hojo_cli.rules.walk import nodes_within
from hojo_cli.sql.dialect import Dialect
from hojo_cli.sql.level import Names
from hojo_cli.sql.number import UnsaidError

MOST_MONTHS: Final = 1_200
SHARED_MONTHS: Final = 36
"""A sum paid at once can be shared out over every number of months up to this."""
ITEM_COLUMNS: Final = ("applicant", "member", "category", "cost", "months", "at_once", "outside")


class Purchases:
    """The columns of each item, for all that is asked of it."""

    def __init__(self, ruleset: Ruleset, dialect: Dialect, lang: str) -> None:
        self.ruleset = ruleset
        self.dialect = dialect
        self.lang = lang
        self.limits = [node for node in nodes_within(ruleset.frames) if isinstance(node, CategoryLimit)]
        self.limits = [limit for limit in self.limits if limit.limit.kind == "months"]
        self.parts = (lcm(*range(1, SHARED_MONTHS + 1)) if dialect.wide else 12) if self.limits else 1
        self.columns: dict[str, tuple[str, str]] = {}  # expression → its column and what it is about
        self.names = Names(ITEM_COLUMNS)

    def mask(self, field: str) -> str:
        """The column that holds the members of a field as bits."""
        return f"kinds_{list(self.ruleset.fields).index(field) + 1}"

    def column(self, wanted: str, sql: str, remark: str) -> str:
        """A column of each item."""
        if sql not in self.columns:
            self.columns[sql] = self.names.new(wanted), remark
        return self.columns[sql][0]

    def picked(self, name: str, picks: tuple[Pick, ...]) -> str:
        """Whether one of the alternatives takes an item: true, false, or unknown where a field left out decides."""
        alternatives = []
        for pick in picks:
            categories = self.dialect.listed(sorted(pick.categories))
            alternatives.append(" AND ".join([f"category IN ({categories})", *self._tests(pick)]))
        remark = "・".join(
            self.ruleset.categories[each].into(self.lang) for pick in picks for each in sorted(pick.categories)
        )
        sql = " OR ".join(f"({each})" for each in alternatives) if len(alternatives) > 1 else alternatives[0]
        return self.column(f"in_{name}", sql, remark)

    def _tests(self, pick: Pick) -> list[str]:
        tests = []
        for field, has, at_least in pick.tests:
            mask, choices = self.mask(field), list(self.ruleset.fields[field].choices)
            if has:
                tests.append(f"({mask} & {sum(1 << choices.index(choice) for choice in has)}) > 0")
            if at_least > 1:
                tests.append(f"{self.dialect.ones(mask, len(choices))} >= {at_least}")
            elif at_least == 1 or not has:
                tests.append(f"{mask} > 0" if at_least else f"{mask} >= 0")
        return tests

    def counted(self, name: str, months: tuple[CategoryLimit, ...]) -> tuple[str, int]:
        """What an item costs within the months its category allows, and the denominator of that."""
        limits: dict[str, CategoryLimit] = {}
        for limit in months:
            limits.setdefault(limit.category, limit)
        if not limits:
            return "cost", 1
        cases = []
        for category, limit in limits.items():
            most = self._months(limit)
            beyond = f"category = {self.dialect.text(category)} AND months > {most}"
            if limit.recurring:
                beyond += " AND NOT at_once"
            whole = self.dialect.divided(f"(cost * {most})", "months")
            share = self.dialect.divided(str(self.parts * most), "months")
            cases.append(
                f"WHEN {beyond} THEN CASE WHEN (cost * {most}) % months = 0"
                f" THEN {self._wide(f'({whole})')} * {self.parts} ELSE {self._wide('cost')} * ({share}) END"
            )
        sql = "\n        ".join(["CASE", *cases, f"ELSE {self._wide('cost')} * {self.parts} END"])
        return self.column(f"counted_{name}", sql, f"1/{self.parts} 円"), self.parts

    def _months(self, limit: CategoryLimit) -> int:
        most = int(limit.limit.value)
        if most > MOST_MONTHS:
            raise UnsaidError(Text(f"{most}か月の限度", f"a limit of {most} months"))
        return most

    def _wide(self, sql: str) -> str:
        return f"CAST({sql} AS {self.dialect.wide})" if self.dialect.wide else sql

    def unshared(self) -> str:
        """Where a sum is paid for months that no such part fits into (empty: nowhere)."""
        limited = sorted({(limit.category, self._months(limit), limit.recurring) for limit in self.limits})
        return " OR ".join(
            f"(category = {self.dialect.text(category)} AND months > {most}{' AND NOT at_once' if recurring else ''}"
            f" AND (cost * {most}) % months <> 0 AND {self.parts * most} % months <> 0)"
            for category, most, recurring in limited
        )
