"""Rows keyed by choices, a figure per column: 資本金 *or* 従業員, per industry or kind of applicant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import TypeAlias

from hojo_cli.base.number import Kind
from hojo_cli.base.record import NamedTuple
from hojo_cli.document import Scalar
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Among, Compare, Condition, Every, Fact, Not, Op, Row, Some, Table

Choices: TypeAlias = "Mapping[str, frozenset[str]]"
"""For whom a row stands: choices per fact."""


class _Column(NamedTuple):
    """One figure per row, tested against the fact of the same name; switched off where `only` does not hold."""

    fact: str
    op: Op
    kind: Kind
    only: Condition | None

    def test(self, cell: Block) -> Compare:
        return Compare(Fact(self.fact), self.op, cell.number(self.kind))


def lower(block: Block) -> Condition:
    """`table: {match: any|all, columns, rows}`."""
    table = block.at("table")
    every = table.at("match").word() == "all"
    columns: dict[str, _Column] = {}
    for name, entry in table.at("columns").keyed():
        entry.declared("facts", name)
        spec, word = block.reading.facts.get(name), entry.at("test").word()
        if spec is not None and spec.kind in tuple(Kind):
            op = Op(word) if word in tuple(Op) else Op.MAX
            columns[name] = _Column(name, op, Kind(spec.kind), entry.condition_at("only"))
    written: list[tuple[Block, Choices]] = []
    for entry in table.at("rows").identified():
        if not entry.has("for"):
            entry.fault("HJ302", key="for")
        among = {}
        for fact, wanted in entry.at("for").keyed():
            wanted.declared("facts", fact)
            among[fact] = frozenset(wanted.names(f"choices of {fact}"))
        written.append((entry, among))
    _require_cover(table, [choices for _, choices in written])
    rows = []
    for entry, choices in written:
        limits = entry.at("limits")
        tests: list[Condition] = []
        for name, column in columns.items():
            cell = limits.at(name)
            if cell.has("as_if"):
                tests.append(_as_if(cell, column, written))
            elif limits.has(name):
                test: Condition = column.test(cell)
                if column.only is not None:  # switched off, it neither helps (any) nor hinders (all)
                    test = Some((Not(column.only), test)) if every else Every((column.only, test))
                tests.append(test)
        for name, cell in limits.keyed():
            cell.declared("columns", name, columns)
        all_of_them = every and not entry.has("excluded")  # nothing is any of nothing
        rows.append(_row(entry, choices, Every(tuple(tests)) if all_of_them else Some(tuple(tests))))
    return Table(block.path, tuple(rows))


def _row(entry: Block, choices: Choices, test: Condition) -> Row:
    stands = Every(tuple(Among(fact, among) for fact, among in choices.items()))
    return Row(entry.at("id").word(), entry.at("label").text(), stands, test, entry.provenance, entry.where)


def _as_if(cell: Block, column: _Column, written: Sequence[tuple[Block, Choices]]) -> Condition:
    """The same column of the row the applicant would stand in if it were another kind: `as_if: {entity: company}`."""
    for fact, wanted in cell.at("as_if").keyed():
        rows = []
        for entry, choices in written:
            figure = entry.at("limits").at(column.fact)  # a row that itself reads another has none of its own
            if wanted.word() in choices.get(fact, ()) and isinstance(figure.node, Scalar):
                rest = {name: among for name, among in choices.items() if name != fact}
                rows.append(_row(entry, rest, column.test(figure)))
        if not rows:
            cell.fault("HJ340", choice=wanted.word())
        return Table(cell.path, tuple(rows))
    return Every(())


def _require_cover(table: Block, rows: Sequence[Choices]) -> None:
    """Each combination of choices that a row may stand for is covered by exactly one row."""
    facts, specs = sorted({fact for choices in rows for fact in choices}), table.reading.facts
    for combination in product(*(sorted(specs[fact].choices) if fact in specs else () for fact in facts)):
        there = dict(zip(facts, combination, strict=True))
        standing = sum(all(there[fact] in among for fact, among in choices.items()) for choices in rows)
        if standing != 1:
            table.fault("HJ341" if standing == 0 else "HJ342", choice="・".join(combination))
            return
