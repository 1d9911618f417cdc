"""A ruleset under examination, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hojo_cli.base.finding import Finding, Location, Text
from hojo_cli.base.number import Kind
from hojo_cli.base.record import Record
from hojo_cli.document import Mapping, Node
from hojo_cli.rules.block import Block
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.mechanisms import top
from hojo_cli.rules.nodes import Number, Provenance
from hojo_cli.rules.walk import nodes_within


class Examined(Record):
    """A ruleset that loads, with the file it was read from and, where they are at hand, the archived texts it cites.

    `numbers` holds every figure of the ruleset, once for each place; `sources` is the folder of archived texts. `nodes` and `blocks`
    are all nodes of the ruleset and all mappings of the file, in its order.
    """

    root: Mapping
    ruleset: Ruleset
    file: str
    sources: Path | None
    numbers: tuple[Number, ...]
    nodes: tuple[object, ...]
    blocks: tuple[Block, ...]

    def place(self, *path: str) -> Location:
        """Where the last key of the path stands; the nearest place around it where there is no such key."""
        node: Node = self.root
        location = Location(self.file, node.line, node.column)
        for name in path:
            if not isinstance(node, Mapping) or name not in node.entries:
                break
            location, node = Location(self.file, *node.keys[name]), node.entries[name]
        return location

    def entries(self, part: str) -> list[Location]:
        """Where each entry of a list at the top of the file stands."""
        return [block.where for block in self.blocks[0].at(part).elements()]

    def cited_passages(self) -> Iterator[Block]:
        """Each `source: {id, at, printed}`, in the order of the file. What the sources declare of themselves is none."""
        return (block.at("source") for block in self.blocks if isinstance(block.at("source").node, Mapping))


class Complaint(Record):
    """A finding with a witness: the text of an applicant file that shows it; empty where there is none."""

    finding: Finding
    witness: str = ""


def examine(root: Mapping, ruleset: Ruleset, file: str, sources: Path | None = None) -> Examined:
    """A ruleset that loads, with what the checks ask for."""
    all_nodes, blocks = tuple(nodes_within(ruleset)), tuple(top(root, file).mappings())
    numbers = {node.where: node for node in all_nodes if isinstance(node, Number)}
    for block in blocks:  # figures that nodes hold without their place, because no yen is made of them
        if block.has("at_least"):
            number = block.at("at_least").number(Kind.COUNT)
            numbers[number.where] = number
        elif block.has("max") and block.at("type").word() in tuple(Kind):
            number = block.at("max").figure(Kind(block.at("type").word()))
            numbers[number.where] = number
    ordered = tuple(numbers[where] for where in sorted(numbers))
    return Examined(root, ruleset, file, sources, ordered, all_nodes, blocks)


def cited(provenance: Provenance) -> Text:
    """Where a figure is printed, or what assumes it, in a few words to close a sentence with."""
    if provenance.source is not None:
        heading = f"{provenance.source} {provenance.at}".strip()
        return Text(f"（{heading}）", f" ({heading})")
    if provenance.assume:
        return Text(f"（仮定 {provenance.assume}）", f" (assumption {provenance.assume})")
    return Text("", "")
