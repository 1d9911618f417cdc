"""Rows of the three tables → the record of an applicant file, as a line of JSON Lines carries it. Back is `sql/rows`.

What is wrong in a row (an unknown choice, a price in two forms, a rate without a denominator) is handed on as it stands, so that
the reader of applicant files says what is wrong with it, as of any other file.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Final, TypeAlias

from hojo_cli.applicants.prices import PRICES
from hojo_cli.base.number import LARGEST
from hojo_cli.base.record import NamedTuple
from hojo_cli.document import Mapping as MappingNode, Node, Scalar, Sequence
from hojo_cli.rules.declared import Ruleset

Row: TypeAlias = "Mapping[str, object]"

BESIDE: Final = ("corporate_number", "fiscal_year", "frame", "note")
"""Columns of `applicants` that no query reads, which the table keeps for the file they came from; members have the first of them."""
EXPECTED: Final = "expect_"
"""How the columns begin that hold the yen a frame has to come to."""


def record(applicant: Row, items: Iterable[Row], members: Iterable[Row], ruleset: Ruleset) -> dict[str, object]:
    """The record of an applicant: its row, and the rows of its items and members in the order in which they shall stand.

    A discount becomes an entry of its own behind the items, and names the one it lowers; so an item without a name, or with that of
    another, gets one of its own (`name #3`). An item of a member that is not listed keeps its `member`: no file has such a key.
    """
    listed = sorted(members, key=lambda row: _place(row.get("member")))
    bought = defaultdict[object, list[Row]](list)
    numbers = {row.get("member") for row in listed}
    for item in items:
        member = item.get("member")
        bought[member if member in numbers else None].append(item)
    own: dict[str, object] = {key: applicant[key] for key in ("name", *BESIDE) if _stands(applicant.get(key))}
    expect = {frame: yen for frame in ruleset.frames if (yen := applicant.get(f"{EXPECTED}{frame}")) is not None}
    entries = {
        "facts": _facts(applicant, ruleset),
        "items": _entries(bought[None], ruleset, ("member",)),
        "members": [
            {key: row[key] for key in ("name", "corporate_number") if _stands(row.get(key))}
            | {"facts": _facts(row, ruleset), "items": _entries(bought[row.get("member")], ruleset)}
            for row in listed
        ],
        "expect": expect,
    }
    return own | {key: value for key, value in entries.items() if value}


def document(values: Mapping[str, object]) -> MappingNode:
    """A record as the nodes of a file. There are no lines: each value and key has a column of its own, by which `cell` knows it."""
    place = count(1)

    def node(value: object) -> Node:
        match value:
            case Mapping():
                keys = {str(key): (1, next(place)) for key in value}
                return MappingNode({str(key): node(held) for key, held in value.items()}, keys, 1, next(place))
            case list():
                return Sequence([node(held) for held in value], 1, next(place))
            case str():
                return Scalar(value, False, 1, next(place))
        word = {True: "true", False: "false", None: "null"}[value] if isinstance(value, bool | None) else str(value)
        return Scalar(word, True, 1, next(place))

    root = node(values)
    assert isinstance(root, MappingNode)
    return root


class Cell(NamedTuple):
    """A cell of a table: of the row of `applicants`, or of the row of `items` or `members` at this place from 0 among those of the applicant."""

    table: str
    row: int
    column: str


_PATH: Final = re.compile(r"(?:members\[(\d+)\]\.?)?(?:items\[(\d+)\]\.?)?(?:facts|expect|items)?\.?(\w*).*")


def cell(path: str, items: Iterable[Row], members: Iterable[Row]) -> Cell:
    """The cell from which the value of a record comes that these keys lead to: `members[0].items[2].amount`."""
    parts = _PATH.fullmatch(path)
    assert parts is not None  # every path matches
    member, item, column = parts.groups(default="")
    if path.startswith("expect."):
        column = f"{EXPECTED}{column}"
    listed = sorted(enumerate(members), key=lambda entry: _place(entry[1].get("member")))
    numbers = {row.get("member") for _, row in listed}
    whose = listed[int(member)][1].get("member") if member else None
    if item:
        own = [
            (place, row)
            for place, row in enumerate(items)
            if (row["member"] if row.get("member") in numbers else None) == whose
        ]
        lowered = [(place, row) for place, row in own if row.get("discount") is not None]
        place = (own + lowered)[int(item)][0]
        return Cell("items", place, "discount" if int(item) >= len(own) else column)
    return Cell("members", listed[int(member)][0], column) if member else Cell("applicants", 0, column)


def _place(member: object) -> int:
    """Where a member stands; one without a number comes last."""
    return member if isinstance(member, int) else LARGEST


def _stands(value: object) -> bool:
    """Whether a cell holds something."""
    return value is not None and value != ""


def _facts(row: Row, ruleset: Ruleset) -> dict[str, object]:
    """The facts that are known. A rate stands in two columns; with one of them empty it is no number, and is told to be none."""
    facts: dict[str, object] = {}
    for name, spec in ruleset.facts.items():
        value = row.get(name)
        if spec.kind == "rate":
            per = row.get(f"{name}_per")
            if value is not None or per is not None:
                facts[name] = "/".join("" if part is None else str(part) for part in (value, per))
        elif value is not None:
            facts[name] = _plain(value)
    return facts


def _entries(rows: list[Row], ruleset: Ruleset, more: tuple[str, ...] = ()) -> list[dict[str, object]]:
    """The items, and behind them what is taken off each. `more` columns are handed on as well."""
    keys = (*more, "name", "category", *PRICES, "quantity", "tax", *ruleset.fields)
    names = Counter(row.get("name") for row in rows)
    entries, discounts = list[dict[str, object]](), list[dict[str, object]]()
    for number, row in enumerate(rows, 1):
        entry = {key: _plain(row[key]) for key in keys if row.get(key) is not None}
        discount = entry.pop("discount", None)
        if discount is not None:
            name = str(entry.get("name") or "")
            if not name or names[name] > 1:
                name = f"{name} #{number}".lstrip()
                while names[name]:  # a name that no item has
                    name += "'"
                names[name] += 1
            discounts.append({"discount": discount, "of": name})
            entry = {**entry, "name": name}
        entries.append(entry)
    return entries + discounts


def _plain(value: object) -> object:
    """What JSON carries; anything else as the text it is, which no reader takes for a number."""
    match value:
        case bool() | int() | str() | None:
            return value
        case list() | tuple() | frozenset():
            return [_plain(part) for part in value]
    return str(value)
