"""Every citation of a ruleset's file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hojo_cli.base.finding import Location
from hojo_cli.base.record import Record
from hojo_cli.document import Mapping
from hojo_cli.rules.block import Block


class CitedPassage(Record):
    """One `source: {id, at, printed}`: the source, the heading in it, each fragment with its place, and where it stands."""

    source: str
    heading: str
    fragments: tuple[tuple[str, Location], ...]
    where: Location


def cited_passages(blocks: Iterable[Block]) -> Iterator[CitedPassage]:
    """In the order of the file. What the sources declare of themselves is none."""
    for block in blocks:
        source = block.at("source")
        if isinstance(source.node, Mapping):
            fragments = tuple((part.word(), part.where) for part in source.at("printed").words())
            yield CitedPassage(source.at("id").word(), source.at("at").word(), fragments, source.where)
