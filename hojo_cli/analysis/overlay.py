"""Two rulesets laid over each other, so that one analysis sees the same applicants under both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

from hojo_cli.base.record import Record
from hojo_cli.rules.nodes import Definition, FactSpec, FieldSpec, Frame, Is, Ruleset
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
            **{LATER + name: _renamed(after.definitions[name], self.changed) for name in self.changed},
        }

    def differs(self, name: str) -> bool:
        """Whether the two frames of this name are written differently, the definitions they read included."""
        one, other = self.before.frames.get(name), self.after.frames.get(name)
        if self.before.tax_included.value != self.after.tax_included.value or not alike(one, other):
            return True
        return not self.changed.isdisjoint(node.name for node in _followed(other, self.after.definitions))

    def frame(self, name: str) -> Laid:
        """One frame in both; definitions that neither reads are left out."""
        one, other = self.before.frames.get(name), self.after.frames.get(name)
        other = None if other is None else _renamed(other, self.changed)
        read = {node.name for frame in (one, other) for node in _followed(frame, self.definitions)}
        ruleset = self.both._replace(
            definitions={each: definition for each, definition in self.definitions.items() if each in read},
            frames={each: frame for each, frame in ((name, one), (LATER + name, other)) if frame is not None},
        )
        return Laid(ruleset, one, other)


def united(before: Ruleset, after: Ruleset) -> Ruleset:
    """The earlier ruleset with every fact, choice, category, field, measure and frame of either, each as wide as the wider one."""
    return before._replace(
        frames={**after.frames, **before.frames},
        frame_spellings={**after.frame_spellings, **before.frame_spellings},
        category_spellings={**after.category_spellings, **before.category_spellings},
        facts={**after.facts, **{name: _fact(spec, after.facts.get(name)) for name, spec in before.facts.items()}},
        categories={**before.categories, **_more(before.categories, after.categories)},
        fields={**after.fields, **{name: _field(spec, after.fields.get(name)) for name, spec in before.fields.items()}},
        measures={**after.measures, **before.measures},
        read_of={
            name: before.read_of.get(name, frozenset()) | after.read_of.get(name, frozenset())
            for name in {**before.read_of, **after.read_of}
        },
    )


def _fact(one: FactSpec, other: FactSpec | None) -> FactSpec:
    if other is None or one.kind != other.kind:
        return one
    return one._replace(
        choices={**one.choices, **_more(one.choices, other.choices)},
        spellings={**other.spellings, **one.spellings},
        minimum=min(one.minimum, other.minimum),
        maximum=None if one.maximum is None or other.maximum is None else max(one.maximum, other.maximum),
        at_most=one.at_most if one.at_most == other.at_most else None,
        within=one.within if one.within == other.within else None,
        only_if=one.only_if if alike(one.only_if, other.only_if) else None,
        instead_of=one.instead_of if one.instead_of == other.instead_of else None,
        of_members=one.of_members and other.of_members,
    )


def _field(one: FieldSpec, other: FieldSpec | None) -> FieldSpec:
    if other is None:
        return one
    return one._replace(
        choices={**one.choices, **_more(one.choices, other.choices)}, spellings={**other.spellings, **one.spellings}
    )


def _more(one: Mapping[str, _Part], other: Mapping[str, _Part]) -> Mapping[str, _Part]:
    return {name: value for name, value in other.items() if name not in one}


def _changed(before: Mapping[str, Definition], after: Mapping[str, Definition]) -> frozenset[str]:
    """The definitions of the later ruleset that are not those of the earlier one, or read one that is not."""
    found = {name for name in after if name in before and not alike(before[name].condition, after[name].condition)}
    while True:
        more = {
            name
            for name, definition in after.items()
            if name not in found and any(isinstance(node, Is) and node.name in found for node in nodes(definition))
        }
        if not more:
            return frozenset(found)
        found |= more


def _renamed(part: _Part, changed: frozenset[str]) -> _Part:
    return rebuilt(part, lambda node: Is(LATER + node.name) if isinstance(node, Is) and node.name in changed else node)


def _followed(frame: object, definitions: Mapping[str, Definition]) -> Iterator[Is]:
    """Every use of a definition in a frame, also inside the definitions it uses."""
    pending, seen = [frame], set[str]()
    while pending:
        for node in nodes(pending.pop()):
            if isinstance(node, Is):
                yield node
                if node.name not in seen:
                    seen.add(node.name)
                    pending.append(definitions[node.name].condition)
