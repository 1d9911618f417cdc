"""What can be found wrong with a ruleset without an applicant: one check a file, one line in the table.

A check is a module with `CODE` (the first of its codes), a docstring that is its page, and `find(examined) -> Iterator[Complaint]`.
The docstring says the reason, then shows `Bad:` and `Good:` examples, indented YAML that is executed as a test: each example is a
mapping that is laid over the small ruleset of `tests/verify/base.yaml` key by key (mappings merge, anything else replaces, `null`
removes a key). A bad example must be reported with one of the module's codes, a good one must not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Final, TypeAlias

from hojo_cli.base.finding import Finding
from hojo_cli.base.record import Record
from hojo_cli.document import Mapping as MappingNode
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Number, Ruleset


class Examined(Record):
    """A ruleset that loads, with the file it was read from and, where they are at hand, the archived texts it cites.

    `numbers` holds every figure of the ruleset, once for each place; `sources` is the folder of archived texts. `nodes` and `blocks`
    are all nodes of the ruleset and all mappings of the file, in its order.
    """

    root: MappingNode
    ruleset: Ruleset
    file: str
    sources: Path | None
    numbers: tuple[Number, ...]
    nodes: tuple[object, ...]
    blocks: tuple[Block, ...]


class Complaint(Record):
    """A finding with a witness: the text of an applicant file that shows it; empty where there is none."""

    finding: Finding
    witness: str = ""


Find: TypeAlias = "Callable[[Examined], Iterator[Complaint]]"

CHECKS: Final[Mapping[str, str]] = {
    name: f"hojo_cli.verify.checks.{name}"
    for name in (
        "figures",
        "fragments",
        "bands",
        "unused",
        "labels",
        "pairs",
        "kinds",
        "limits",
        "overlaps",
        "repeats",
        "sources",
        "dates",
        "published",
        "words",
        "rounding",
        "row_labels",
        "connectives",
        "never_or_always",
        "unreachable",
        "cliff",
        "above_cap",
        "whole_yen",
    )
}
"""The checks in the order they run: name → module. Codes: HJ50x provenance, HJ51x-53x structure, HJ54x-56x meaning."""


def examined(root: MappingNode, ruleset: Ruleset, file: str, sources: Path | None = None) -> Examined:
    """A ruleset that loads, with what the checks ask for."""
    from hojo_cli.rules import walk
    from hojo_cli.verify.sources import places

    nodes, blocks = tuple(walk.nodes(ruleset)), tuple(places.blocks(root, file))
    numbers = (*(node for node in nodes if isinstance(node, Number)), *places.bare(blocks))
    found = {number.where: number for number in numbers}
    return Examined(root, ruleset, file, sources, tuple(found[where] for where in sorted(found)), nodes, blocks)


def complaints(examined: Examined) -> Iterator[Complaint]:
    """What all checks have to say, check by check."""
    for module in CHECKS.values():
        find: Find = import_module(module).find
        yield from find(examined)
