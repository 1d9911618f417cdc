"""Two rulesets laid over each other, so that one analysis sees the same applicants under both."""

from __future__ import annotations

from typing import Final, TypeVar

from hojo_cli.rules.declared import Definition, Ruleset
from hojo_cli.rules.nodes import Frame, Is
from hojo_cli.rules.walk import alike, definitions_read, rebuilt

LATER: Final = "later "
"""Stands before the id of a definition of the later ruleset that is not that of the earlier one; no id of a file has a space."""

_Part = TypeVar("_Part")


class Overlay:
    """Two rulesets, ready to be looked at frame by frame. `taxed`: prices with tax mean something else after than before."""

    def __init__(self, before: Ruleset, after: Ruleset) -> None:
        self.before, self.after = before, after
        self.taxed = before.tax_included.value != after.tax_included.value
        self.both = united(before, after)
        written = {
            name
            for name, definition in after.definitions.items()
            if name in before.definitions and not alike(before.definitions[name].condition, definition.condition)
        }
        self.changed = frozenset(  # or it reads one that is
            name
            for name, definition in (after.definitions if written else {}).items()
            if name in written or not written.isdisjoint(definitions_read(definition.condition, after.definitions))
        )
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
        if self.taxed or not alike(one, other):
            return True
        return not self.changed.isdisjoint(definitions_read(other, self.after.definitions))

    def frame(self, name: str) -> tuple[Ruleset, Frame | None, Frame | None]:
        """A ruleset in which one frame of both can be read, and the two (None: a ruleset has no such frame)."""
        one, other = self.before.frames.get(name), self.after.frames.get(name)
        other = None if other is None else self._renamed(other)
        read = set(definitions_read((one, other), self.definitions))  # the others are left out
        ruleset = self.both._replace(
            definitions={key: definition for key, definition in self.definitions.items() if key in read},
            frames={key: frame for key, frame in ((name, one), (LATER + name, other)) if frame is not None},
        )
        return ruleset, one, other


def united(before: Ruleset, after: Ruleset) -> Ruleset:
    """The earlier ruleset with every fact, choice, category, field, measure and frame of either, each as wide as the wider one."""
    facts, fields = {**after.facts, **before.facts}, {**after.fields, **before.fields}
    for name in before.facts.keys() & after.facts.keys():
        spec, other_spec = before.facts[name], after.facts[name]
        most = None if spec.maximum is None or other_spec.maximum is None else max(spec.maximum, other_spec.maximum)
        if spec.kind == other_spec.kind:
            facts[name] = spec._replace(
                choices={**spec.choices, **other_spec.choices, **spec.choices},
                spellings={**other_spec.spellings, **spec.spellings},
                minimum=min(spec.minimum, other_spec.minimum),
                maximum=most,
                at_most=spec.at_most if spec.at_most == other_spec.at_most else None,
                within=spec.within if spec.within == other_spec.within else None,
                only_if=spec.only_if if alike(spec.only_if, other_spec.only_if) else None,
                instead_of=spec.instead_of if spec.instead_of == other_spec.instead_of else None,
                of_members=spec.of_members and other_spec.of_members,
            )
    for name in before.fields.keys() & after.fields.keys():
        one, other = before.fields[name], after.fields[name]
        choices = {**one.choices, **other.choices, **one.choices}  # those of the earlier one first, and in its words
        fields[name] = one._replace(choices=choices, spellings={**other.spellings, **one.spellings})
    return before._replace(
        frames={**after.frames, **before.frames},
        frame_spellings={**after.frame_spellings, **before.frame_spellings},
        category_spellings={**after.category_spellings, **before.category_spellings},
        facts=facts,
        categories={**before.categories, **after.categories, **before.categories},
        fields=fields,
        measures={**after.measures, **before.measures},
        read_of={
            name: before.read_of.get(name, frozenset()) | after.read_of.get(name, frozenset())
            for name in {**before.read_of, **after.read_of}
        },
    )
