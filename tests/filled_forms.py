"""The form of the calculator as people fill it in: random applicants, written in many ways, with blanks, slips and names of every sort."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from oracle_2026 import Item
from random_applicants import random_applicant, scalar

NAMES: Final = (
    "株式会社サンプル",
    "",
    "a: b # c",
    '"quoted" \\ back',
    "true",
    "行\n改行",
    "<script>alert(1)</script>",
    "{x: 1}",
    "🦊葛󠄀",
    "\u202eright to left",
    "- dash",
    "\ud800half",
    "　広い　",
    "'",
    "\x07\x85\u2028",
)
SLIPS: Final = (
    "4名様",
    "-5",
    "1,50",
    "税込5万円",
    "0.5",
    "三万円",
    "１,０００万円",
    "1億2,000万円",
    "５０",
    "1000000000000000000",
)

Form = dict[str, Any]
"""As `forms.js` takes it. (Any: texts, lists of choices, and parts of the same kind.)"""


def filled_form(seed: int) -> Form:
    """One form; of two in three something is left out or slipped."""
    random = Random(seed)
    one = random_applicant(random)
    slips = random.choice((0, 5, 20))
    form = part({"facts": one["facts"], "items": one["items"]}, random, slips)
    return {**form, "members": [part(dict(member), random, slips) for member in one["members"]]}


def part(one: dict[str, Any], random: Random, slips: int) -> Form:
    facts: Form = {}
    for name, value in one["facts"].items():
        if random.randrange(100) < slips:
            facts[name] = random.choice((*SLIPS, "")) if not isinstance(value, bool | list | str) else None
        else:
            facts[name] = value if isinstance(value, list) else as_typed(scalar(value), random)
    items = [entry(item, random, slips) for item in one["items"]]
    return {"name": random.choice(NAMES), "facts": facts, "items": items}


def entry(item: Item, random: Random, slips: int) -> Form:
    """An item as its card shows it."""
    written: dict[str, Any] = dict(item)
    key = next(key for key in ("amount", "monthly", "yearly", "discount") if key in written)
    time = {"amount": "months", "monthly": "months", "yearly": "years"}.get(key, "")
    made: Form = {
        "name": written.get("name", ""),
        "category": written.get("category", ""),
        "form": key,
        "yen": as_typed(str(written[key]), random),
        "time": str(written.get(time, "")),
        "quantity": str(written.get("quantity", "")),
        "tax": written.get("tax") == "included",
        "of": written.get("of", ""),
        "fields": {name: written[name] for name in ("processes", "functions") if name in written},
    }
    if random.randrange(100) < slips:
        gone = random.choice(("category", "yen", "time", "fields"))
        made[gone] = {} if gone == "fields" else ""
    if random.randrange(100) < slips // 2:
        made[random.choice(("yen", "time", "quantity"))] = random.choice(SLIPS)
    return made


def as_typed(text: str, random: Random) -> str:
    """A number in one of the ways in which people write it."""
    if not text.isdecimal() or random.randrange(3) == 0:
        return text
    whole = int(text)
    if whole and whole % 10_000 == 0 and random.randrange(2):
        return f"{whole // 10_000:,}万" + random.choice(("", "円")) if whole >= 10_000_000 else text
    return random.choice((text, f"{whole:,}", text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))))
