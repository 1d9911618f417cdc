"""By what name a fact, or a field of an item, is asked for."""

from __future__ import annotations

import re
from typing import Final

from hojo_cli.base.record import NamedTuple


class Asked(NamedTuple):
    """What the name of an unknown fact or item field means: `members.3.employees`, `items[0].processes`, `members.3.items[0].functions`.

    `member` counts from 1 (0: the applicant), `item` from 0 (None: a fact).
    """

    member: int
    item: int | None
    name: str


_ASKED: Final = re.compile(r"(?:members\.(\d+)\.)?(?:items\[(\d+)\]\.)?(.+)")


def asked(name: str) -> Asked:
    """The parts of such a name."""
    parts = _ASKED.fullmatch(name)
    assert parts is not None  # every name of a fact or field matches
    member, item, rest = parts.groups()
    return Asked(int(member or 0), None if item is None else int(item), rest)
