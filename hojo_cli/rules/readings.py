"""The other readings of a ruleset: where an assumption says how the rules would be otherwise, the ruleset that is then read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from hojo_cli.base.finding import Finding, HojoError, Location, Severity, Text
from hojo_cli.document import Mapping, Node, Sequence as List, entries_of, is_null, word_of
from hojo_cli.document.placing import Path, placed
from hojo_cli.messages import finding
from hojo_cli.rules import library
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.ruleset import lower, tree
from hojo_cli.rules.shape import misshapen


def of(ruleset: Ruleset) -> dict[str, Text]:
    """What the other readings say, by the id of the assumption."""
    return {name: each.otherwise for name, each in ruleset.assumptions.items() if each.otherwise is not None}


@lru_cache(32)
def other(name: str, assumption: str) -> Ruleset:
    """The ruleset of a year or path with one assumption read otherwise. `HojoError` where that is no ruleset."""
    if not library.is_path(name) and (known := library.prebuilt(name)) is not None:
        return known.readings[assumption]
    data, file = library.content(name)
    ruleset, findings = read_otherwise(tree(data, file), file, assumption, shaped=library.is_path(name))
    if ruleset is None:
        raise HojoError(*findings)
    return ruleset


def read_otherwise(
    root: Mapping, file: str, assumption: str, *, shaped: bool = True
) -> tuple[Ruleset | None, tuple[Finding, ...]]:
    """The same of the written-out tree of a ruleset that can be read, with all that is wrong with the reading, at its places.

    `shaped`: what is put there is held against the schema; a shipped ruleset was, before it was shipped.
    """
    declared = entries_of(entries_of(root.entries["assumptions"])[assumption])["otherwise"]
    places = entries_of(declared)["set"]
    assert isinstance(places, Mapping)
    wrong, before = [], root
    for path, value in places.entries.items():
        steps, there = _found(root, path)
        new = None if is_null(value) else value
        if not steps or (new is None and there is None):
            wrong.append(finding("HJ558", Location(file, *places.keys[path]), path=path, name=assumption))
            continue
        changed = placed(root, steps, new)
        assert isinstance(changed, Mapping)  # a path begins with a key
        root = changed
    if shaped and not wrong:
        # what the schema did not say before: of a value where it stands, of what is gone at the first place
        known, inside = set(misshapen(before, file)), set(_places(places))
        for found in misshapen(root, file):
            if found not in known:
                first = Location(file, *next(iter(places.keys.values())))
                here = (found.where.line, found.where.column) in inside
                wrong.append(found if here else found._replace(where=first))
    if wrong:
        return None, tuple(wrong)
    ruleset, reading = lower(root, assumption, file)
    errors = tuple(found for found in reading.findings if found.severity is Severity.ERROR)
    return (None if errors else ruleset), errors


def _places(node: Node) -> Iterator[tuple[int, int]]:
    """The place of every key and value below a node."""
    yield node.line, node.column
    if isinstance(node, Mapping):
        yield from node.keys.values()
    for below in node.entries.values() if isinstance(node, Mapping) else node.items if isinstance(node, List) else ():
        yield from _places(below)


def _found(root: Mapping, path: str) -> tuple[Path, Node | None]:
    """The keys and indices that a path of keys and ids means, and what stands there; no steps where there is no such place.

    The last key may be new: then nothing stands there yet.
    """
    steps: list[str | int] = []
    node: Node | None = root
    for name in path.split("."):
        if isinstance(node, List):
            ids = [
                word_of(named) if (named := entries_of(entry).get("id")) else str(at)
                for at, entry in enumerate(node.items)
            ]
            if name not in ids:
                return (), None
            steps.append(ids.index(name))
            node = node.items[ids.index(name)]
        elif isinstance(node, Mapping):
            steps.append(name)
            node = node.entries.get(name)
        else:
            return (), None
    return tuple(steps), node
