"""A query that grows: common table expressions one on the other, each with the columns it adds and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from hojo_cli.base.record import Record
from hojo_cli.base.sanitize import for_terminal, shorten
from hojo_cli.tables.sql.number import Number

_WORDS: Final = re.compile(r"[A-Za-z_]\w*")
"""What may be a column in an expression (or a word of a text, which does no harm)."""


class Step(Record):
    """A common table expression: the columns that it adds to those of the one before, each with a remark (or none)."""

    name: str
    remark: str
    columns: tuple[tuple[str, str, str], ...]


class Crossed(Record):
    """A common table expression in the middle, from which on there is a row for every variant, and the columns that come with it."""

    name: str
    sql: Callable[[str], str]
    columns: tuple[str, ...]


class Names:
    """Names that are given once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(taken)

    def new(self, wanted: str) -> str:
        """The name that is wanted, or where it is taken the next one like it."""
        name, number = wanted, 1
        while name in self.taken:
            number += 1
            name = f"{wanted}_{number}"
        self.taken.add(name)
        return name


class Totals:
    """What rows of one applicant (or member) come to together: aggregates, each with a column and what stands for no rows at all."""

    def __init__(self, prefix: str) -> None:
        self.names = Names()
        self.prefix = prefix
        self.columns: dict[str, tuple[str, str]] = {}  # expression → its column, and its value of no rows

    def column(self, wanted: str, sql: str, empty: str = "0") -> str:
        """An aggregate."""
        if sql not in self.columns:
            self.columns[sql] = self.names.new(f"{self.prefix}{wanted}"), empty
        return self.columns[sql][0]


class Chain:
    """What is worked out of each applicant, or of each member, step by step."""

    def __init__(self, prefix: str, names: Names, columns: Iterable[str]) -> None:
        self.prefix = prefix
        self.names = names
        self.columns = Names(columns)
        self.steps: list[Step] = []
        self._known: dict[str, str] = {}

    def step(self, name: str, remark: str, columns: Sequence[tuple[str, str, str]]) -> list[str]:
        """A further step with columns (name that is wanted, expression, remark); the names they got."""
        named = tuple((self.columns.new(wanted), sql, note) for wanted, sql, note in columns)
        self.steps.append(Step(self.names.new(f"{self.prefix}{name}"), remark, named))
        for column, sql, _ in named:
            self._known.setdefault(sql, column)
        return [column for column, _, _ in named]

    def column(self, name: str, sql: str, remark: str = "") -> str:
        """A step of one column; an expression that is there already has its column."""
        if sql not in self._known:
            self.step(name, remark, [(name, sql, "")])
        return self._known[sql]

    def number(self, name: str, number: Number, remark: str = "") -> Number:
        """The same for a number that is no figure."""
        if number.value is not None:
            return number
        return number._replace(sql=self.column(name, number.sql, remark))

    def _levelled(self, columns: Sequence[tuple[str, str, str]], first: int) -> list[Step]:
        """Columns again in as few steps as there can be, each with all that hangs on earlier ones only.

        Engines plan a query for as long as it is deep: of five frames, 31 levels instead of 143 steps take DuckDB a twelfth of the time,
        and let Spark plan it at all.
        """
        level: dict[str, int] = {}
        steps: list[list[tuple[str, str, str]]] = []
        for column, sql, note in columns:
            named = _WORDS.findall(sql)
            place = level[column] = 1 + max((level[name] for name in named if name in level), default=-1)
            if place == len(steps):
                steps.append([])
            steps[place].append((column, sql, note))
        return [
            Step(self.names.new(f"{self.prefix}level_{place}"), "", tuple(of)) for place, of in enumerate(steps, first)
        ]

    def written(
        self, before: str, kept: str = "", apart: str = "", crossed: Crossed | None = None, late: Sequence[str] = ()
    ) -> Iterator[str]:
        """The steps, on top of what stands before; the last of them `kept`, the others `apart`, as the dialect says it.

        What hangs on a column of `crossed`, or on one that is `late`, comes after that.
        """
        once: list[tuple[str, str, str]] = []
        each: list[tuple[str, str, str]] = []
        varied = {*(crossed.columns if crossed else ()), *late}
        for step in self.steps:
            for column, sql, note in step.columns:
                hangs = not varied.isdisjoint(_WORDS.findall(sql))
                varied |= {column} if hangs else set()
                (each if hangs else once).append((column, sql, note or step.remark))
        self.steps = self._levelled(once, 1)
        written: list[tuple[str, Callable[[str], str]]] = [(step.name, partial(_selected, step)) for step in self.steps]
        if crossed is not None:
            after = self._levelled(each, len(self.steps) + 1)
            self.steps += [Step(crossed.name, "", ()), *after]
            written.append((crossed.name, crossed.sql))
            written += [(step.name, partial(_selected, step)) for step in after]
        for name, select in written:
            yield f"{name} AS {kept if name == self.last else apart}(\n{select(before)}\n)"
            before = name

    @property
    def last(self) -> str:
        """The name of the last step (empty: there is none)."""
        return self.steps[-1].name if self.steps else ""


def _selected(step: Step, before: str) -> str:
    """What a step adds to what stands before."""
    lines = ["  SELECT *"]
    for column, sql, note in step.columns:
        lines[-1] += ","
        if note:
            lines.append(f"    -- {comment(note)}")
        lines.append(f"    {sql} AS {column}")
    return "\n".join([*lines, f"  FROM {before}"])


def comment(text: str) -> str:
    """Foreign text in one line, cut where it is long."""
    return shorten(for_terminal(text), 160)
