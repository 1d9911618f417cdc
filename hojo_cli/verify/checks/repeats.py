"""Nothing is written twice by mistake: conditions in one list, branches with one value, columns that some rows forget.

Bad:
    definitions: {young: {any: [{fact: staff, max: 20人, assume: amounts}, {fact: staff, max: 20人, assume: amounts}]}}
Bad:
    frames: {aid: {lines: [{id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], rate: [{when: {is: young}, use: 2/3}, {use: 2/3}], assume: amounts}]}}
Good:
    frames: {aid: {lines: [{id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}], rate: [{when: {is: young}, use: 2/3}, {use: 1/2}], assume: amounts}]}}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from hojo_cli.base.finding import Finding
from hojo_cli.base.number import exact
from hojo_cli.document import Mapping as MappingNode, Scalar, plain
from hojo_cli.messages import finding
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Choose, Number
from hojo_cli.verify.examined import Examined

CODE: Final = "HJ536"


def find(examined: Examined) -> Iterator[Finding]:
    """Each list of conditions, each choice, each table. Two conditions may lead to one value; the last branch must differ."""
    for block in examined.blocks:
        for parts in (block.at("all").elements(), block.at("any").elements()):
            seen = set[str]()
            for part in parts:  # whatever it cites
                written = "" if part.node is None else plain(part.node)
                if isinstance(written, dict):
                    written = {key: value for key, value in written.items() if key not in ("source", "assume")}
                if repr(written) in seen:
                    yield finding(CODE, part.where)
                seen.add(repr(written))
        if block.has("columns"):
            yield from forgotten_columns(block)
    for node in examined.nodes:
        if isinstance(node, Choose):
            for before, after in pairwise(node.branches):
                if not (isinstance(before.use, Number) and isinstance(after.use, Number)):
                    continue
                if before.use.value == after.use.value and after.when is None:
                    yield finding("HJ537", before.use.where, figure=exact(before.use.value))


def forgotten_columns(table: Block) -> Iterator[Finding]:
    """A row without a column that other rows for one of its choices have."""
    rows = table.at("rows").elements()
    for column, _ in table.at("columns").keyed():
        having = {choice for row in rows if row.at("limits").has(column) for choice in _choices(row)}
        for row in rows:
            shared = having.intersection(_choices(row))
            if shared and not row.at("limits").has(column) and isinstance(row.at("limits").node, MappingNode):
                name = row.at("id").word()
                yield finding("HJ535", row.where, row=name, column=column, choice=min(shared))


def _choices(row: Block) -> Iterator[str]:
    for _, names in row.at("for").keyed():
        yield from (name.word() for name in names.words() if isinstance(name.node, Scalar))
