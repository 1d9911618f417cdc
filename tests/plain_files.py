"""An applicant file as plain data, read without hojo: what the oracle works on, in whatever way people wrote the numbers.

Also what a case of `tests/cases` states. Its yen stand in `expect`. Its `note` begins with the source, says the arithmetic, and ends with
a line for each frame of which more is stated: `general: ineligible, eligible cost 1,500,000円`.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple
from unicodedata import normalize

from oracle_2026 import Facts, Item, PlainApplicant, Value
from ruamel.yaml import YAML

RULES: Final = Path(__file__).parent.parent / "rules" / "2026.yaml"
MANY: Final = (("億", 10**8), ("万", 10**4), ("千", 10**3))
QUIET: Final[Facts] = {
    "entity": "company",
    "industry": "other",
    "capital": 1,
    "employees": 1,
    "deemed_large": False,
    "near_minimum_wage_months": 0,
    "wage_plan_announced": False,
    "wage_growth": 0,
    "wage_floor_margin": 0,
    "wage_exempt_sector": False,
    "past_grant": False,
    "supplier_accounts": 1,
    "sme_supplier_accounts": 0,
    "role": "participant",
}
"""For a file that is settled without them, any value is right."""
NONE_OF_SIX: Final[Facts] = {
    "same_large_share": 0,
    "large_share": 0,
    "large_officers": 0,
    "owned_by_deemed_large": False,
    "officers_of_deemed_large": False,
    "average_taxable_income": 0,
}
"""Where one of the six tests is answered, they say what the boolean would."""

OUTCOME: Final = re.compile(
    r"(?P<frame>[a-z_]+): (?P<status>incomplete|ineligible|no_cost|below_floor|payable)?"
    r"(?:(?:(?<!: ), )?eligible cost (?P<cost>[0-9,]+)円)?"
)


class Stated(NamedTuple):
    """What a case states of a frame: its status, its yen (None while facts are missing) and, where it is said, its eligible cost."""

    status: str
    yen: int | None
    eligible_cost: int | None


@cache
def case(text: str) -> dict[str, Any]:
    """A case as plain data."""
    loaded: dict[str, Any] = YAML(typ="safe").load(text)
    return loaded


def notes(text: str) -> list[str]:
    """The lines of a case's note."""
    return str(case(text).get("note", "")).splitlines()


def stated(text: str) -> dict[str, Stated]:
    """What a case states, frame by frame. A frame of which only yen are stated is payable."""
    yen: dict[str, int] = case(text).get("expect") or {}
    found = {frame: Stated("payable", paid, None) for frame, paid in yen.items()}
    for match in filter(None, map(OUTCOME.fullmatch, notes(text)[2:])):
        frame, cost = match["frame"], match["cost"]
        found[frame] = Stated(
            match["status"] or "payable", yen.get(frame), int(cost.replace(",", "")) if cost else None
        )
    return found


# Plain YAML holds anything, hence Any.


def plain(text: str) -> PlainApplicant:
    """The file's facts, items and members with numbers as numbers and choices as ids."""
    return applicant(YAML(typ="safe").load(text))


def applicant(found: dict[str, Any]) -> PlainApplicant:
    """One file, or one member of a group."""
    members = [applicant(member) for member in found.get("members") or []]
    quiet: Facts = dict(QUIET)
    if NONE_OF_SIX.keys() & set(found.get("facts") or {}):
        del quiet["deemed_large"]
        quiet.update(NONE_OF_SIX)
    return {
        "facts": {**quiet, **{name: value(name, written) for name, written in (found.get("facts") or {}).items()}},
        "items": [item(each) for each in found.get("items") or []],
        "members": [{"facts": member["facts"], "items": member["items"]} for member in members],
    }


def item(found: dict[str, Any]) -> Item:
    """A quoted line."""
    words = ("name", "of", "note")
    read: Any = {name: written if name in words else value(name, written) for name, written in found.items()}
    bought: Item = read
    return bought


def value(name: str, written: Any) -> Value:
    """A number as a number, a choice by its id."""
    if isinstance(written, list):
        return [labels().get(str(each), str(each)) for each in written]
    if isinstance(written, bool | int):
        return written
    said = normalize("NFKC", str(written)).replace(",", "")
    if not re.search("[0-9]", said):
        return labels().get(str(written), str(written))
    if "%" in said or "/" in said:
        return Fraction(said.rstrip("%")) / (100 if "%" in said else 1)
    return whole(said) * (12 if name.endswith("months") and "年" in said else 1)


def whole(written: str) -> int:
    """`1億2000万円`, `5千万円`, `24か月`, `300人`."""
    total = 0
    rest = re.sub("[^0-9億万千]", "", written)
    for sign, times in MANY:
        before, found, after = rest.partition(sign)
        if found:
            total += (whole(before) if before else 1) * times
            rest = after
    return total + (int(rest) if rest else 0)


@cache
def labels() -> dict[str, str]:
    """The Japanese label of each choice and category, and its id."""
    found: dict[str, str] = {}
    gather(YAML(typ="safe").load(RULES.read_text(encoding="utf-8")), found)
    return found


def gather(node: Any, found: dict[str, str]) -> None:
    """Every `choices` and `categories` below."""
    if not isinstance(node, dict):
        return
    for key, below in node.items():
        if key in ("choices", "categories") and isinstance(below, dict):
            found |= {text["ja"]: name for name, text in below.items() if "ja" in text}
        gather(below, found)
