"""Rows of the three tables → the record of an applicant file, as a line of JSON Lines carries it. Back is `sql/rows.py`.

What is wrong in a row (an unknown choice, a price in two forms, a rate without a denominator) is handed on as it stands, so that
the reader of applicant files says what is wrong with it, as of any other file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from hojo_cli.applicants.prices import PRICES
from hojo_cli.base.number import LARGEST
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
        "members": [_member(row, bought[row.get("member")], ruleset) for row in listed],
        "expect": expect,
    }
    return own | {key: value for key, value in entries.items() if value}


def _place(member: object) -> int:
    """Where a member stands; one without a number comes last."""
    return member if isinstance(member, int) else LARGEST


def _stands(value: object) -> bool:
    """Whether a cell holds something."""
    return value is not None and value != ""


def _member(row: Row, items: Sequence[Row], ruleset: Ruleset) -> dict[str, object]:
    own: dict[str, object] = {key: row[key] for key in ("name", "corporate_number") if _stands(row.get(key))}
    return {**own, "facts": _facts(row, ruleset), "items": _entries(items, ruleset)}


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


def _entries(rows: Sequence[Row], ruleset: Ruleset, more: Sequence[str] = ()) -> list[dict[str, object]]:
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
                name = _new_name(f"{name} #{number}".lstrip(), names)
            discounts.append({"discount": discount, "of": name})
            entry = {**entry, "name": name}
        entries.append(entry)
    return entries + discounts


def _new_name(wanted: str, names: Counter[object]) -> str:
    """A name that no item has."""
    while names[wanted]:
        wanted += "'"
    names[wanted] += 1
    return wanted


def _plain(value: object) -> object:
    """What JSON carries; anything else as the text it is, which no reader takes for a number."""
    match value:
        case bool() | int() | str() | None:
            return value
        case list() | tuple() | frozenset():
            return [_plain(part) for part in value]
    return str(value)
