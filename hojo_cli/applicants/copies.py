"""Members of a group that are one business written down more than once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from hojo_cli.base.finding import Text
from hojo_cli.document import Mapping
from hojo_cli.engine.applicant import Applicant


class Member(NamedTuple):
    """A member as far as it could be read: its place (from 1), where it stands, its corporate number or nothing."""

    place: int
    node: Mapping
    number: str
    subject: Applicant


def same_number(members: Iterable[Member]) -> Iterator[tuple[Member, ...]]:
    """Members with one corporate number."""
    numbers: dict[str, list[Member]] = {}
    for member in members:
        if member.number:
            numbers.setdefault(member.number, []).append(member)
    yield from (tuple(found) for found in numbers.values() if len(found) > 1)


def same_name(members: Iterable[Member]) -> Iterator[tuple[Member, ...]]:
    """Members of one name that have the facts or the purchases of another of them."""
    names: dict[str, list[Member]] = {}
    for member in members:
        if name := folded(member.subject.name):
            names.setdefault(name, []).append(member)
    for group in names.values():
        found = tuple(one for one in group if any(_alike(one, other) for other in group if other is not one))
        if found:
            yield found


def _alike(one: Member, other: Member) -> bool:
    mine, theirs = one.subject, other.subject
    if one.number and other.number and one.number != other.number:
        return False
    return bool(mine.facts and mine.facts == theirs.facts) or bool(mine.items and mine.items == theirs.items)


def folded(text: str) -> str:
    """Full-width and half-width forms are the same (NFKC)."""
    if text.isascii():
        return text.strip()
    from unicodedata import normalize

    return normalize("NFKC", text).strip()


def listed(members: Sequence[Member]) -> Text:
    """1～3・5: their places, neighbours together."""
    runs: list[list[int]] = []
    for member in members:
        if runs and runs[-1][-1] == member.place - 1:
            runs[-1].append(member.place)
        else:
            runs.append([member.place])
    ja, en = ([str(run[0]) if len(run) == 1 else f"{run[0]}{to}{run[-1]}" for run in runs] for to in ("～", "-"))
    return Text("・".join(ja), ", ".join(en))
