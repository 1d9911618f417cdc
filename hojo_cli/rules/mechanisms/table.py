"""Rows keyed by choices, a figure per column: 資本金 *or* 従業員, per industry or kind of applicant."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import NamedTuple

from hojo_cli.base.number import Kind
from hojo_cli.document import Scalar
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Among, Compare, Condition, Every, Fact, Not, Op, Row, Some, Table


class _Column(NamedTuple):
    """One figure per row, tested against the fact of the same name; switched off where `only` does not hold."""

    fact: str
    op: Op
    kind: Kind
    only: Condition | None


def lower(block: Block) -> Condition:
    """`table: {match: any|all, columns, rows}`."""
    table = block.at("table")
    columns = [column for name, entry in table.at("columns").keyed() if (column := _column(name, entry)) is not None]
    entries = table.at("rows").identified()
    keys = [_keys(entry) for entry in entries]
    _covered(table, keys)
    rows = [
        _row(entry, key, columns, table, list(zip(entries, keys, strict=True)))
        for entry, key in zip(entries, keys, strict=True)
    ]
    return Table(block.path, tuple(rows))


def _column(name: str, entry: Block) -> _Column | None:
    entry.declared("facts", name)
    spec = entry.reading.facts.get(name)
    if spec is None or spec.kind not in tuple(Kind):
        return None
    test = entry.at("test").word()
    op = Op(test) if test in tuple(Op) else Op.MAX
    return _Column(name, op, Kind(spec.kind), entry.condition_at("only"))


def _keys(entry: Block) -> Mapping[str, frozenset[str]]:
    """For whom a row stands: choices per fact."""
    if not entry.has("for"):
        entry.fault("HJ302", key="for")
    for name, block in entry.at("for").keyed():
        block.declared("facts", name)
    return {name: frozenset(block.names(f"choices of {name}")) for name, block in entry.at("for").keyed()}


def _row(
    entry: Block,
    key: Mapping[str, frozenset[str]],
    columns: list[_Column],
    table: Block,
    others: list[tuple[Block, Mapping[str, frozenset[str]]]],
) -> Row:
    limits = entry.at("limits")
    tests = [_cell(limits.at(column.fact), column, others, table) for column in columns if limits.has(column.fact)]
    for name, cell in limits.keyed():
        cell.declared("columns", name, [column.fact for column in columns])
    every = table.at("match").word() == "all" and not entry.has("excluded")  # nothing is any of nothing
    joined = Every(tuple(tests)) if every else Some(tuple(tests))
    return Row(entry.at("id").word(), entry.at("label").text(), _stands(key), joined, entry.provenance, entry.where)


def _stands(key: Mapping[str, frozenset[str]]) -> Condition:
    return Every(tuple(Among(fact, choices) for fact, choices in key.items()))


def _cell(
    cell: Block, column: _Column, others: list[tuple[Block, Mapping[str, frozenset[str]]]], table: Block
) -> Condition:
    """The test of one column; switched off, it neither helps (any) nor hinders (all)."""
    if cell.has("as_if"):
        return _as_if(cell, column, others)
    test = Compare(Fact(column.fact), column.op, cell.number(column.kind))
    if column.only is None:
        return test
    return Some((Not(column.only), test)) if table.at("match").word() == "all" else Every((column.only, test))


def _as_if(cell: Block, column: _Column, others: list[tuple[Block, Mapping[str, frozenset[str]]]]) -> Condition:
    """The same column of the row the applicant would stand in if it were another kind: `as_if: {entity: company}`."""
    for fact, wanted in cell.at("as_if").keyed():
        rows = []
        for entry, key in others:
            if wanted.word() not in key.get(fact, ()) or not isinstance(
                entry.at("limits").at(column.fact).node, Scalar
            ):
                continue  # a row that itself reads another has no figure of its own
            rest = {name: choices for name, choices in key.items() if name != fact}
            number = entry.at("limits").at(column.fact).number(column.kind)
            test = Compare(Fact(column.fact), column.op, number)
            rows.append(
                Row(entry.at("id").word(), entry.at("label").text(), _stands(rest), test, entry.provenance, entry.where)
            )
        if not rows:
            cell.fault("HJ340", choice=wanted.word())
        return Table(cell.path, tuple(rows))
    return Every(())


def _covered(table: Block, keys: list[Mapping[str, frozenset[str]]]) -> None:
    """Each combination of choices that a row may stand for is covered by exactly one row."""
    facts = sorted({fact for key in keys for fact in key})
    domains = [sorted(block_choices(table, fact)) for fact in facts]
    for combination in product(*domains):
        there = dict(zip(facts, combination, strict=True))
        standing = sum(all(there[fact] in choices for fact, choices in key.items()) for key in keys)
        if standing != 1:
            table.fault("HJ341" if standing == 0 else "HJ342", choice="・".join(combination))
            return


def block_choices(table: Block, fact: str) -> list[str]:
    """The declared choices of a fact."""
    spec = table.reading.facts.get(fact)
    return [] if spec is None else list(spec.choices)
