"""Two rulesets laid over each other, so that one analysis sees the same applicants under both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

from hojo_cli.base.record import Record
from hojo_cli.rules.nodes import Definition, FactSpec, Frame, Is, Ruleset
from hojo_cli.rules.walk import alike, nodes, rebuilt

LATER: Final = "later "
"""Stands before the id of a definition of the later ruleset that is not that of the earlier one; no id of a file has a space."""

_Part = TypeVar("_Part")


class Laid(Record):
    """One frame of two rulesets (None: a ruleset has no such frame), and a ruleset in which both can be read."""

    ruleset: Ruleset
    before: Frame | None
    after: Frame | None


class Overlay:
    """Two rulesets, ready to be looked at frame by frame."""

    def __init__(self, before: Ruleset, after: Ruleset) -> None:
        self.before, self.after = before, after
        self.both = united(before, after)
        self.changed = _changed(before.definitions, after.definitions)
        self.definitions: dict[str, Definition] = {
            **after.definitions,
            **before.definitions,
            **{LATER + name: self._renamed(after.definitions[name]) for name in self.changed},
        }

    def _renamed(self, part: _Part) -> _Part:
        """A part of the later ruleset, with the later definitions under their own names."""
        return rebuilt(
            part, lambda node: Is(LATER + node.name) if isinstance(node, Is) and node.name in self.changed else node
        )

    def differs(self, name: str) -> bool:
        """Whether the two frames of this name are written differently, the definitions they read included."""
        one, other = self.before.frames.get(name), self.after.frames.get(name)
        if self.before.tax_included.value != self.after.tax_included.value or not alike(one, other):
            return True
        return not self.changed.isdisjoint(definitions_read(other, self.after.definitions))

    def frame(self, name: str) -> Laid:
        """One frame in both; definitions that neither reads are left out."""
        one, other = self.before.frames.get(name), self.after.frames.get(name)
        other = None if other is None else self._renamed(other)
        read = set(definitions_read((one, other), self.definitions))
        ruleset = self.both._replace(
            definitions={each: definition for each, definition in self.definitions.items() if each in read},
            frames={each: frame for each, frame in ((name, one), (LATER + name, other)) if frame is not None},
        )
        return Laid(ruleset, one, other)


def united(before: Ruleset, after: Ruleset) -> Ruleset:
    """The earlier ruleset with every fact, choice, category, field, measure and frame of either, each as wide as the wider one."""
    facts, fields = {**after.facts, **before.facts}, {**after.fields, **before.fields}
    for name in before.facts.keys() & after.facts.keys():
        if before.facts[name].kind == after.facts[name].kind:
            facts[name] = _united_fact(before.facts[name], after.facts[name])
    for name in before.fields.keys() & after.fields.keys():
        one, other = before.fields[name], after.fields[name]
        fields[name] = one._replace(
            choices=_with_more(one.choices, other.choices), spellings={**other.spellings, **one.spellings}
        )
    return before._replace(
        frames={**after.frames, **before.frames},
        frame_spellings={**after.frame_spellings, **before.frame_spellings},
        category_spellings={**after.category_spellings, **before.category_spellings},
        facts=facts,
        categories=_with_more(before.categories, after.categories),
        fields=fields,
        measures={**after.measures, **before.measures},
        read_of={
            name: before.read_of.get(name, frozenset()) | after.read_of.get(name, frozenset())
            for name in {**before.read_of, **after.read_of}
        },
    )


def _united_fact(one: FactSpec, other: FactSpec) -> FactSpec:
    return one._replace(
        choices=_with_more(one.choices, other.choices),
        spellings={**other.spellings, **one.spellings},
        minimum=min(one.minimum, other.minimum),
        maximum=None if one.maximum is None or other.maximum is None else max(one.maximum, other.maximum),
        at_most=one.at_most if one.at_most == other.at_most else None,
        within=one.within if one.within == other.within else None,
        only_if=one.only_if if alike(one.only_if, other.only_if) else None,
        instead_of=one.instead_of if one.instead_of == other.instead_of else None,
        of_members=one.of_members and other.of_members,
    )


def _with_more(one: Mapping[str, _Part], other: Mapping[str, _Part]) -> dict[str, _Part]:
    """The entries of both, those of `one` first and where both have a name."""
    return {**one, **{name: value for name, value in other.items() if name not in one}}


def _changed(before: Mapping[str, Definition], after: Mapping[str, Definition]) -> frozenset[str]:
    """The definitions of the later ruleset that are not those of the earlier one, or read one that is not."""
    written = {name for name in after if name in before and not alike(before[name].condition, after[name].condition)}
    if not written:
        return frozenset()
    return frozenset(
        name
        for name in after
        if name in written or not written.isdisjoint(definitions_read(after[name].condition, after))
    )


def definitions_read(part: object, definitions: Mapping[str, Definition]) -> Iterator[str]:
    """The names of the definitions a part uses, also inside the definitions it uses."""
    return (node.name for node in followed(part, definitions) if isinstance(node, Is))


def followed(part: object, definitions: Mapping[str, Definition]) -> Iterator[object]:
    """Every node of a part and of the definitions it uses."""
    pending, seen = [part], set[str]()
    for place in pending:
        for node in nodes(place):
            yield node
            if isinstance(node, Is) and node.name not in seen:
                seen.add(node.name)
                pending.append(definitions[node.name].condition)
