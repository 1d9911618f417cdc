"""The members of a group, and those that are one business written down more than once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from hojo_cli.applicants.facts import read_facts
from hojo_cli.applicants.items import read_items
from hojo_cli.applicants.reader import Reader
from hojo_cli.base.finding import Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.suggest import plain
from hojo_cli.document import Mapping, Node
from hojo_cli.engine.applicant import Applicant

MEMBER_KEYS: Final = ("name", "corporate_number", "facts", "items")
MOST_MEMBERS: Final = 500
"""So many members of a group are read, and no more."""


class Member(NamedTuple):
    """A member as far as it could be read: its place (from 1), where it stands, its corporate number or nothing."""

    place: int
    node: Mapping
    number: str
    applicant: Applicant


def read_members(node: Node | None, reader: Reader, known: Sequence[Member] = ()) -> tuple[list[Member], int]:
    """The members that can be read, and how many are listed. One that is `known`, at the same place, is not read again."""
    nodes = reader.entries(node)
    if len(nodes) > MOST_MEMBERS:
        reader.fault("HJ218", nodes[MOST_MEMBERS], most=MOST_MEMBERS)
        nodes = nodes[:MOST_MEMBERS]
    members = []
    for place, entry in enumerate(nodes, 1):
        if place <= len(known) and known[place - 1].node is entry:
            members.append(known[place - 1])
            continue
        mapping = reader.mapping(entry)
        if mapping is not None:
            mapping = reader.known_keys(mapping, MEMBER_KEYS)
            number = reader.corporate_number(mapping.entries.get("corporate_number"))
            members.append(Member(place, mapping, number, read_applicant(mapping, reader, prefix=f"members.{place}.")))
    return members, len(nodes)


def read_applicant(mapping: Mapping, reader: Reader, *, prefix: str = "") -> Applicant:
    """Name, facts and items of the applicant, or with a `prefix` of a member."""
    entries = mapping.entries
    items = read_items(reader.entries(entries.get("items")), reader)
    facts = read_facts(entries.get("facts"), reader, of_member=bool(prefix))
    return Applicant(reader.text(entries.get("name")), facts, items, (), prefix)


def tell_copies(members: Sequence[Member], number: str, reader: Reader) -> None:
    """Members that are one business, each set told once, at the second of them; and one that is the applicant itself.

    They have one corporate number; or one name and the facts or the purchases of another of them, and no other number than it.
    """
    by_number = [group for group in _grouped(members, lambda member: member.number) if len(group) > 1]
    for group in by_number:
        where = group[1].node.keys["corporate_number"]
        reader.fault("HJ228", where, members=_places(group), number=group[0].number)
    for namesakes in _grouped(members, lambda member: plain(member.applicant.name)):
        same = [one for one in namesakes if any(alike(one, other) for other in namesakes if other is not one)]
        if same and not any(all(one in group for one in same) for group in by_number):
            reader.fault("HJ220", same[1].node, members=_places(same), name=same[0].applicant.name)
    for member in members:
        if number and member.number == number:
            reader.fault("HJ229", member.node.keys["corporate_number"], member=member.place, number=number)


def _grouped(members: Iterable[Member], key: Callable[[Member], str]) -> list[list[Member]]:
    """Members of one key; those without one are in no group."""
    groups: dict[str, list[Member]] = {}
    for member in members:
        if name := key(member):
            groups.setdefault(name, []).append(member)
    return list(groups.values())


def alike(one: Member, other: Member) -> bool:
    """Whether two members of one name may be one business."""
    mine, theirs = one.applicant, other.applicant
    if one.number and other.number and one.number != other.number:
        return False
    return bool(mine.facts and mine.facts == theirs.facts) or bool(mine.items and mine.items == theirs.items)


def _places(members: Sequence[Member]) -> Text:
    """1～3・5: their places, neighbours together."""
    runs: list[list[int]] = []
    for member in members:
        if runs and runs[-1][-1] == member.place - 1:
            runs[-1].append(member.place)
        else:
            runs.append([member.place])
    ja, en = ([str(run[0]) if len(run) == 1 else f"{run[0]}{to}{run[-1]}" for run in runs] for to in ("～", "-"))
    return Text("・".join(ja), ", ".join(en))
