"""The other readings of a ruleset: where an assumption says how the rules would be otherwise, the ruleset that is then read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from hojo_cli.base.finding import Finding, HojoError, Location, Severity, Text
from hojo_cli.document import Mapping, Node, Sequence as List, entries_of, is_null, word_of
from hojo_cli.messages import finding
from hojo_cli.rules import library
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.ruleset import lower, tree


def of(ruleset: Ruleset) -> dict[str, Text]:
    """What the other readings say, by the id of the assumption."""
    return {name: each.otherwise for name, each in ruleset.assumptions.items() if each.otherwise is not None}


@lru_cache(32)
def other(name: str, assumption: str) -> Ruleset:
    """The ruleset of a year or path with one assumption read otherwise. `HojoError` where that is no ruleset."""
    data, file = library.content(name)
    known = None if library.is_path(name) else library.prebuilt(f"{name}-{assumption}", data)
    if known is not None:
        return known
    ruleset, findings = read_otherwise(tree(data, file), file, assumption)
    if ruleset is None:
        raise HojoError(*findings)
    return ruleset


def read_otherwise(root: Mapping, file: str, assumption: str) -> tuple[Ruleset | None, tuple[Finding, ...]]:
    """The same of the written-out tree of a ruleset that can be read, with all that is wrong with the reading, at its places."""
    declared = entries_of(entries_of(root.entries["assumptions"])[assumption])["otherwise"]
    places = entries_of(declared)["set"]
    assert isinstance(places, Mapping)
    wrong = []
    for path, value in places.entries.items():
        changed = _below(root, path.split("."), None if is_null(value) else value)
        if isinstance(changed, Mapping):
            root = changed
        else:
            wrong.append(finding("HJ558", Location(file, *places.keys[path]), path=path, name=assumption))
    if wrong:
        return None, tuple(wrong)
    ruleset, reading = lower(root, assumption, file)
    errors = tuple(found for found in reading.findings if found.severity is Severity.ERROR)
    return (None if errors else ruleset), errors


def _below(node: Node, path: Sequence[str], value: Node | None) -> Node | None:
    """The node with this (None: with nothing) at the end of a path of keys and ids; None where no such place is."""
    key, *rest = path
    if isinstance(node, Mapping):
        below = node.entries.get(key)
        if not rest:
            entries = {name: each for name, each in node.entries.items() if name != key}
            if value is None and below is None:
                return None
            entries |= {} if value is None else {key: value}
        else:
            made = None if below is None else _below(below, rest, value)
            if made is None:
                return None
            entries = {**node.entries, key: made}
        keys = {name: node.keys.get(name, (node.line, node.column)) for name in entries}
        return Mapping(entries, keys, node.line, node.column)
    if isinstance(node, List):
        place = next((at for at, name in enumerate(_ids(node)) if name == key), None)
        if place is None:
            return None
        made = value if not rest else _below(node.items[place], rest, value)
        if rest and made is None:
            return None
        return List(
            [*node.items[:place], *([] if made is None else [made]), *node.items[place + 1 :]], node.line, node.column
        )
    return None


def _ids(node: List) -> Iterator[str]:
    """What entries of a list are called: by their id, or by their place from 0."""
    for place, entry in enumerate(node.items):
        named = entries_of(entry).get("id")
        yield str(place) if named is None else word_of(named)
