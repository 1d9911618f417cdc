"""Several rulesets as one, so that one query reads the tables once for all of them: each frame under a name of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from hojo_cli.base.record import NamedTuple
from hojo_cli.rules.declared import Definition, Ruleset
from hojo_cli.rules.nodes import Frame, Is
from hojo_cli.rules.walk import alike, definitions_read, rebuilt

_Part = TypeVar("_Part")


class Merged(NamedTuple):
    """The one ruleset, and for each of those it was made of where its frames stand in it, from 1."""

    ruleset: Ruleset
    places: tuple[Mapping[str, int], ...]


def merged(declared: Ruleset, sides: Sequence[tuple[Ruleset, Iterable[str]]]) -> Merged:
    """Frames of several rulesets, of each those that are named, under the facts and items that `declared` has.

    A definition that is not that of the first ruleset, or reads one that is not, goes by another name. All of them convert prices
    with tax alike.
    """
    first = sides[0][0]
    definitions = dict(first.definitions)
    frames: dict[str, Frame] = {}
    places = []
    for number, (rules, names) in enumerate(sides):
        changed = _changed(first, rules)

        def renamed(part: _Part, changed: frozenset[str] = changed, number: int = number) -> _Part:
            return rebuilt(
                part,
                lambda node: Is(f"{node.name}_{number}") if isinstance(node, Is) and node.name in changed else node,
            )

        for name in changed:
            held: Definition = renamed(rules.definitions[name])
            definitions[f"{name}_{number}"] = held._replace(id=f"{name}_{number}")
        placed = {}
        for name in names:
            called = f"{name}_{number}" if number else name
            frames[called] = renamed(rules.frames[name])._replace(id=called)
            placed[name] = len(frames)
        places.append(placed)
    return Merged(declared._replace(definitions=definitions, frames=frames), tuple(places))


def _changed(first: Ruleset, other: Ruleset) -> frozenset[str]:
    """The definitions of the other ruleset that the first has not, or otherwise."""
    written = {
        name
        for name, definition in other.definitions.items()
        if name not in first.definitions or not alike(first.definitions[name].condition, definition.condition)
    }
    return frozenset(
        name
        for name, definition in other.definitions.items()
        if name in written or not written.isdisjoint(definitions_read(definition.condition, other.definitions))
    )
