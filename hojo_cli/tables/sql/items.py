"""What a ruleset asks of items: what they cost within so many months, and as bits which are picked and what kinds they have.

Adding up is what takes time. What is true, unknown or held of items is therefore one number of bits, `marks`, of which one `bit_or`
tells what all items of an applicant come to; what they cost is one sum for each amount that a line looks at.
"""

from __future__ import annotations

from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import CategoryLimit, Pick
from hojo_cli.rules.walk import nodes_within
from hojo_cli.tables.sql.dialect import BIG, Dialect
from hojo_cli.tables.sql.level import Names
from hojo_cli.tables.sql.number import UnsaidError

MOST_MONTHS: Final = 1_200
WORD: Final = 62
"""The bits of a number of them, all of which stay above zero in 64."""
_MONTHS: Final = "nullif(months, 0)"
"""Months as what is divided by: an engine may divide also where the answer is not looked at, and one such row would end the query."""

Picks = tuple[Pick, ...]


class Mark(NamedTuple):
    """Bits of `marks_<word>`: that picks take an item (`yes`), that they may (`maybe`), what kinds of a field those have (from `yes` on)."""

    name: str
    picks: Picks
    word: int
    yes: int
    maybe: int
    priced: bool = False
    field: str = ""


class Purchases:
    """The columns of each item, for all that is asked of it."""

    def __init__(self, ruleset: Ruleset, dialect: Dialect, lang: str) -> None:
        self.ruleset = ruleset
        self.dialect = dialect
        self.lang = lang
        limits = (node for node in nodes_within(ruleset.frames) if isinstance(node, CategoryLimit))
        self.limits = [limit for limit in limits if limit.limit.kind == "months"]
        self.parts = dialect.limits.parts if self.limits else 1
        self.marks: list[Mark] = [Mark("outside", (), 1, 1, 0)]
        self.sums: dict[str, tuple[str, int]] = {}  # what is added up → its column and the most it comes to
        self.names = Names(("applicant", "member", "spent"))
        self._countings: list[dict[str, tuple[int, bool] | None]] = []
        self._used = 1

    def mask(self, field: str) -> str:
        """The column that holds the members of a field as bits."""
        return f"kinds_{list(self.ruleset.fields).index(field) + 1}"

    # --- marks ---

    def mark(self, name: str, picks: Picks, *, priced: bool = False, field: str = "") -> Mark:
        """The bits that say whether `picks` take an item (with `priced`, one that costs something), or the kinds of `field` they take."""
        for mark in self.marks:
            if mark.picks == picks and mark.priced == priced and mark.field == field and picks:
                return mark
        unsure = field or any(self.test(picks, category) for category in self.ruleset.categories)
        width = len(self.ruleset.fields[field].choices) if field else 1
        if width + 1 > WORD:
            raise UnsaidError(Text(f"{width}種類の `{field}`", f"`{field}` of {width} kinds"))
        if self._used % WORD + width + bool(unsure) > WORD:
            self._used += WORD - self._used % WORD
        word, place = divmod(self._used, WORD)
        self._used += width + bool(unsure)
        mark = Mark(name, picks, word + 1, 1 << place, 1 << place + width if unsure else 0, priced, field)
        self.marks.append(mark)
        return mark

    def test(self, picks: Picks, category: str) -> str | None:
        """What picks ask of an item of a category: nothing (""), a condition of its fields, or None where they never take one."""
        alternatives = []
        for pick in picks:
            if category not in pick.categories:
                continue
            tests = []
            for field, has, at_least in pick.tests:
                mask, choices = self.mask(field), list(self.ruleset.fields[field].choices)
                if has:
                    tests.append(f"({mask} & {sum(1 << choices.index(choice) for choice in has)}) > 0")
                if at_least > 1:
                    tests.append(f"{self.dialect.ones(mask, len(choices))} >= {at_least}")
                elif at_least == 1 or not has:
                    tests.append(f"{mask} > 0" if at_least else f"{mask} >= 0")
            alternatives.append(" AND ".join(tests))
        if not alternatives:
            return None
        return "" if "" in alternatives else " OR ".join(dict.fromkeys(alternatives))

    def words(self) -> dict[str, str]:
        """The expressions of `marks_1`, `marks_2`, …"""
        words = {}
        for word in range(1, self.marks[-1].word + 1):
            marks = [mark for mark in self.marks if mark.word == word and mark.picks]
            alike: dict[str, list[str]] = {}  # categories of which the same is asked
            for category in self.ruleset.categories:
                alike.setdefault(self._of_category(category, marks), []).append(category)
            cases = "".join(
                f"\n      WHEN category IN ({self.dialect.listed(categories)}) THEN {bits}"
                for bits, categories in alike.items()
                if bits != "0"
            )
            sql = f"CASE{cases}\n      ELSE 0\n    END" if cases else "0"
            priced = sum(mark.yes | mark.maybe for mark in marks if mark.priced)
            if priced:
                every = (1 << WORD) - 1
                sql = f"({sql}) & CASE WHEN cost > 0 THEN {every} ELSE {every ^ priced} END"
            words[f"marks_{word}"] = f"({sql}) + CASE WHEN outside THEN 1 ELSE 0 END" if word == 1 else sql
        return words

    def _of_category(self, category: str, marks: list[Mark]) -> str:
        """The bits of an item of a category."""
        sure, tested, held = 0, dict[str, list[int]](), list[str]()
        for mark in marks:
            test = self.test(mark.picks, category)
            if test is None:
                continue
            if mark.field:
                kinds = f"coalesce({self.mask(mark.field)}, 0)"
                held.append(f"{f'CASE WHEN {test} THEN {kinds} ELSE 0 END' if test else kinds} * {mark.yes}")
                unknown = f"{self.mask(mark.field)} IS NULL"
                if test:
                    tested.setdefault(test, [0, 0])[1] |= mark.maybe
                    unknown = f"({test}) AND {unknown}"
                tested.setdefault(unknown, [0, 0])[0] |= mark.maybe
            elif test:
                both = tested.setdefault(test, [0, 0])
                both[0] |= mark.yes
                both[1] |= mark.maybe
            else:
                sure |= mark.yes
        terms = [str(sure)] if sure or not (tested or held) else []
        for test, (yes, maybe) in tested.items():
            then = f" WHEN {test} THEN {yes}" if yes else ""
            terms.append(f"CASE{then}{f' WHEN ({test}) IS NULL THEN {maybe}' if maybe else ''} ELSE 0 END")
        return "\n        + ".join([*terms, *held])

    def remarks(self) -> list[str]:
        """What the bits stand for."""
        said = []
        for mark in self.marks:
            held = " … " if mark.field else " ? " if mark.maybe else ""
            said.append(f"marks_{mark.word} & {mark.yes}{f'{held}{mark.maybe}' if held else ''}: {mark.name}")
        return said

    # --- costs ---

    def summed(self, name: str, picks: Picks, categories: list[str], counted: str, most: int) -> str:
        """The column of what those items cost together that picks surely take, of some categories."""
        alike: dict[str, list[str]] = {}
        for category in categories:
            test = self.test(picks, category)
            if test is not None:
                alike.setdefault(test, []).append(category)
        tests = [
            f"category IN ({self.dialect.listed(of)})"
            + (f" AND ({test})" if " OR " in test else f" AND {test}" if test else "")
            for test, of in alike.items()
        ]
        where = " OR ".join(f"({test})" if len(tests) > 1 else test for test in tests) or "FALSE"
        sql = f"CASE WHEN {where} THEN {counted} END"  # a sum passes over NULL at no cost
        if sql not in self.sums:
            self.sums[sql] = self.names.new(name), most
        return self.sums[sql][0]

    def counted(self, picks: Picks, months: tuple[CategoryLimit, ...]) -> tuple[str, int]:
        """The column of what an item costs within the months that its category allows, and the denominator of that."""
        limits: dict[str, tuple[int, bool]] = {}
        for limit in months:
            most = int(limit.limit.value)
            if most > MOST_MONTHS:
                raise UnsaidError(Text(f"{most}か月の限度", f"a limit of {most} months"))
            limits.setdefault(limit.category, (most, limit.recurring))
        wanted = {category: limits.get(category) for pick in picks for category in sorted(pick.categories)}
        if not any(wanted.values()):
            return "cost", 1
        for place, counting in enumerate(self._countings, 1):
            if all(counting.get(category, limit) == limit for category, limit in wanted.items()):
                counting.update(wanted)
                return _numbered("counted", place), self.parts
        self._countings.append(wanted)
        return _numbered("counted", len(self._countings)), self.parts

    def limits_of_months(self) -> dict[str, str]:
        """The most months that count for an item, by column; NULL where it has no limit."""
        limits = {}
        for place, counting in enumerate(self._countings, 1):
            alike: dict[tuple[int, bool], list[str]] = {}
            for category, limit in counting.items():
                if limit is not None:
                    alike.setdefault(limit, []).append(category)
            cases = (
                f"WHEN category IN ({self.dialect.listed(of)}){' AND NOT at_once' if recurring else ''} THEN {most}"
                for (most, recurring), of in alike.items()
            )
            limits[_numbered("most_months", place)] = f"CASE {' '.join(cases)} END"
        return limits

    def countings(self) -> dict[str, str]:
        """What an item costs within its months, by column: in parts of a yen."""
        wide = self.dialect.wide if self.dialect.limits.yen * self.parts > BIG else ""
        cost = f"CAST(cost AS {wide})" if wide else "cost"
        countings = {}
        for place in range(1, len(self._countings) + 1):
            most = _numbered("most_months", place)
            whole = f"({self.dialect.divided(f'(cost * {most})', _MONTHS)})"
            share = self.dialect.divided(f"({self.parts} * {most})", _MONTHS)
            countings[_numbered("counted", place)] = (
                f"CASE WHEN months > {most} THEN CASE WHEN cost * {most} % {_MONTHS} = 0"
                f" THEN {f'CAST({whole} AS {wide})' if wide else whole} * {self.parts} ELSE {cost} * ({share}) END"
                f" ELSE {cost} * {self.parts} END"
            )
        return countings

    def unshared(self) -> str:
        """Where a sum is paid for months that no such part fits into (empty: nowhere)."""
        return " OR ".join(
            f"(months > {most} AND cost * {most} % {_MONTHS} <> 0 AND {self.parts} * {most} % {_MONTHS} <> 0)"
            for most in self.limits_of_months()
        )


def _numbered(name: str, place: int) -> str:
    """The first column of a name goes by it alone."""
    return f"{name}_{place}" if place > 1 else name
