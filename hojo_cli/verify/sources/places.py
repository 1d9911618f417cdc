"""Places in a ruleset's file: where a key stands, every block, and every citation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hojo_cli.base.finding import Location
from hojo_cli.base.number import Kind
from hojo_cli.base.record import Record
from hojo_cli.document import Mapping, Node, Scalar, Sequence
from hojo_cli.rules.block import Block, Reading
from hojo_cli.rules.nodes import NOWHERE, Number


class Cited(Record):
    """One `source: {id, at, printed}`: what it cites, and where it stands."""

    id: str
    at: str
    printed: tuple[tuple[str, Location], ...]
    where: Location


def key(root: Mapping, file: str, *path: str) -> Location:
    """Where the last key of the path stands; the nearest place around it where there is no such key."""
    found = Location(file, root.line, root.column)
    here: Node | None = root
    for name in path:
        if not isinstance(here, Mapping) or name not in here.entries:
            return found
        found = Location(file, *here.keys[name])
        here = here.entries[name]
    return found


def blocks(root: Mapping, file: str) -> Iterator[Block]:
    """Every mapping of the file with its path and provenance, in the order of the file."""
    from hojo_cli.rules.mechanisms import AMOUNTS, CONDITIONS, PICK

    reading = Reading(file, CONDITIONS, AMOUNTS, PICK)
    pending = [Block(root, "", NOWHERE, reading, Location(file))]
    while pending:
        here = pending.pop()
        if isinstance(here.node, Mapping):
            yield here
            pending += reversed([below for _, below in here.keyed()])
        elif isinstance(here.node, Sequence):
            pending += reversed(here.elements())


def citations(blocks: Iterable[Block]) -> Iterator[Cited]:
    """Every citation of the file, in its order. What the sources declare of themselves is none."""
    for block in blocks:
        source = block.at("source")
        if isinstance(source.node, Mapping):
            printed = tuple((part.word(), part.where) for part in source.at("printed").words())
            yield Cited(source.at("id").word(), source.at("at").word(), printed, source.where)


def assumed(blocks: Iterable[Block]) -> frozenset[str]:
    """The assumptions that something in the file names."""
    found = (block.at("assume").node for block in blocks)
    return frozenset(node.text for node in found if isinstance(node, Scalar))


def bare(blocks: Iterable[Block]) -> Iterator[Number]:
    """The figures that nodes hold as plain numbers, because no yen is made of them: of item tests (`at_least`), the most a fact may be (`max`)."""
    for block in blocks:
        if block.has("at_least"):
            yield block.at("at_least").number(Kind.COUNT)
        elif block.at("max").has("use") and block.at("type").word() in tuple(Kind):
            yield block.at("max").at("use").number(Kind(block.at("type").word()))
