"""An applicant file on its way: what was answered, as it would be written, and what a file that is taken up again holds besides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias, assert_never

from hojo_cli.base.record import Record
from hojo_cli.document import Mapping as MappingNode, Node, Scalar, Sequence, entries_of, is_null, items_of, word_of

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
"""A value as it is written; several choices of a fact or field are one text, `a, b`."""

_OWN: Final = ("name", "facts", "items", "members")


class Draft(Record):
    """Of the applicant, or of one member: its name, facts and items by key, and other keys as they stand in the file."""

    name: str = ""
    facts: Mapping[str, str] = {}
    items: tuple[Mapping[str, str], ...] = ()
    members: tuple[Draft, ...] = ()
    others: Mapping[str, Value] = {}

    def with_fact(self, member: int, fact: str, answer: str) -> Draft:
        """A fact of the applicant (member 0) or of a member answered."""
        return self.with_part(member, lambda part: part._replace(facts={**part.facts, fact: answer}))

    def with_field(self, member: int, item: int, field: str, answer: str) -> Draft:
        """A field of one of the items answered."""

        def answered(part: Draft) -> Draft:
            items = [{**held, field: answer} if place == item else held for place, held in enumerate(part.items)]
            return part._replace(items=tuple(items))

        return self.with_part(member, answered)

    def with_part(self, member: int, change: Callable[[Draft], Draft]) -> Draft:
        """The draft with the applicant itself (0) or a member changed."""
        if not member:
            return change(self)
        members = [change(held) if place == member else held for place, held in enumerate(self.members, 1)]
        return self._replace(members=tuple(members))

    def part(self, member: int) -> Draft:
        """The applicant itself, or a member (from 1)."""
        return self.members[member - 1] if member else self


def draft_of(root: Node) -> Draft:
    """What a file holds, or one of its members; what was left empty is left out."""
    entries = entries_of(root)
    return Draft(
        word_of(entries.get("name")),
        _texts(entries.get("facts")),
        tuple(map(_texts, items_of(entries.get("items")))),
        tuple(map(draft_of, items_of(entries.get("members")))),
        {key: _value(node) for key, node in entries.items() if key not in _OWN and not is_null(node)},
    )


def _texts(node: Node | None) -> dict[str, str]:
    """The facts, or the fields of an item, that are not left empty; a list of choices as one text."""
    return {
        key: f"[{', '.join(map(word_of, held.items))}]" if isinstance(held, Sequence) else word_of(held)
        for key, held in entries_of(node).items()
        if not is_null(held)
    }


def _value(node: Node) -> Value:
    match node:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [_value(item) for item in items if not is_null(item)]
        case MappingNode(entries=entries):
            return {key: _value(held) for key, held in entries.items() if not is_null(held)}
        case _:
            assert_never(node)
