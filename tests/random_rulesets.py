"""Rulesets made at random, as they would be written, and what their caps come to by a reading of their own.

One frame of lines with every form of rate and cap, subtotals that lie inside and beside one another (now and then across), bands, and
each way of rounding; a second frame that borrows its lines for the members of a group.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from hojo_cli.engine.applicant import Applicant, Item

Block = dict[str, Any]
ASSUME = {"assume": "a"}
RATES = ("1/2", "1/3", "2/3", "3/7")
FIGURES = (0, 1, 10, 33, 100, 333, 1_000, 1_234, 5_000)
UNITS = (1, 1, 3, 100, 700)
COSTS = (1, 2, 7, 50, 101, 999, 5_001, 30_000)


def label(name: str) -> Block:
    return {"ja": name, "en": name}


def ruleset(random: Random) -> Block:
    """A whole file."""
    lines = _lines(random)
    frame = {"label": label("f"), "lines": lines, **ASSUME}
    if subtotals := _subtotals(random, [line["id"] for line in lines]):
        frame["subtotals"] = subtotals
    if random.random() < 0.4:
        frame["bands"] = _bands(random)
    plain = [line["id"] for line in lines if not list(_shares(line.get("cap")))]
    borrowed = {"id": "all", "label": label("all"), "per_member": {"frame": "f", "lines": plain}, **ASSUME}
    if random.random() < 0.5:
        borrowed["cap"] = _cap(random, [])
    rounding = {
        "unit": f"{random.choice(UNITS)}円",
        "mode": random.choice(["down", "down", "up", "half_up"]),
        "at": random.choice(["line", "total"]),
        **ASSUME,
    }
    return {
        "hojo": 1,
        "program": "caps",
        "fiscal_year": 2025,
        "title": label("caps"),
        "valid": {"from": "2025-04-01", "to": "2026-03-31"},
        "sources": {"d": {"title": "d", "issuer": "d", "date": "2025"}},
        "assumptions": {"a": {"label": label("a"), "why": label("a")}},
        "facts": {
            "open": {"label": label("open"), "type": "boolean", "ask": label("open?")},
            "count": {"label": label("count"), "type": "count", "ask": label("count?")},
        },
        "items": {
            "tax": {"included": "10/11", **ASSUME},
            "categories": {line["id"]: label(line["id"]) for line in lines},
        },
        "measures": {"members": {"label": label("members"), "count": "members"}},
        "rounding": rounding,
        "frames": {"f": frame} | ({"g": {"label": label("g"), "lines": [borrowed], **ASSUME}} if plain else {}),
    }


def text(data: Block) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def _lines(random: Random) -> list[Block]:
    lines: list[Block] = []
    for place in range(random.randint(1, 5)):
        name = f"l{place}"
        line: Block = {"id": name, "label": label(name), "items": [{"category": [name]}]}
        if random.random() < 0.25:
            line["tiers"] = _tiers(random)
        else:
            line["rate"] = _rate(random)
        if random.random() < 0.6:
            line["cap"] = _cap(random, [each["id"] for each in lines])
        lines.append(line)
    return lines


def _tiers(random: Random) -> Block:
    borders = sorted(random.sample([figure for figure in FIGURES if figure], random.randint(1, 3)))
    steps: list[Block] = [{"up_to": f"{border}円", "rate": random.choice(RATES)} for border in borders]
    if random.random() < 0.5:
        del steps[-1]["up_to"]
    return {"basis": random.choice(["subsidy", "cost"]), "steps": steps}


def _rate(random: Random) -> Any:
    form = random.randrange(4)
    if form == 0:
        return [{"when": {"fact": "open", "eq": True}, "use": "2/3"}, {"use": random.choice(RATES)}]
    if form == 1:
        return {"sum": [{"use": "1/3"}, {"use": "1/7"}]}
    if form == 2:
        return {"use": "1/10", "times": {"fact": "count"}}
    return random.choice(RATES)


def _cap(random: Random, above: Sequence[str], depth: int = 0) -> Any:
    figure = f"{random.choice(FIGURES)}円"
    form = random.randrange(7 if depth < 2 else 3)
    if form == 1:
        return {"use": figure, "times": random.choice([{"fact": "count"}, {"measure": "members"}])}
    if form == 2 and above:
        of = random.sample(above, random.randint(1, len(above)))
        rates = [random.choice(["1/4", "2/3", "10%"]) for _ in range(random.randint(1, 2))]
        kind: Block = random.choice([{"itself": True}, {"itself": False}, {"basis": "cost"}, {"basis": "subsidy"}])
        return {"share": {"of": of, "rates": rates, **kind}}
    if form == 3:
        return [{"when": {"fact": "open", "eq": True}, "use": figure}, {"use": f"{random.choice(FIGURES)}円"}]
    if form in (4, 5):
        key = "sum" if form == 4 else "least"
        return {key: [_block(_cap(random, above, depth + 1)) for _ in range(random.randint(2, 3))]}
    return figure


def _block(cap: Any) -> Any:
    return {"use": cap} if isinstance(cap, str) else cap


def _subtotals(random: Random, names: list[str]) -> list[Block]:
    groups: list[list[str]] = []
    for _ in range(random.randint(0, 3)):
        inside = random.choice([names, *groups])
        group = random.sample(inside, random.randint(1, len(inside)))
        if random.random() < 0.3 or all(_nested(group, other) for other in groups):  # now and then across
            groups.append(group)
    random.shuffle(groups)
    found = []
    for place, group in enumerate(groups):
        above = names[: min(names.index(name) for name in group)]
        cap = _cap(random, above)
        found.append({"id": f"s{place}", "label": label(f"s{place}"), "lines": group, "cap": cap})
    return found


def _nested(one: Sequence[str], other: Sequence[str]) -> bool:
    common = set(one) & set(other)
    return not common or common in (set(one), set(other))


def across(data: Block) -> bool:
    """Whether two subtotals overlap in part."""
    groups = [each["lines"] for each in data["frames"]["f"].get("subtotals", ())]
    return any(not _nested(one, other) for one in groups for other in groups)


def _bands(random: Random) -> list[Block]:
    floor = random.choice([0, 5, 50])
    top = {"cap": _cap(random, [])} if random.random() < 0.6 else {"below": {"use": "2,345円"}}
    if isinstance(top.get("cap"), str) or "below" in top:
        floor = 0
    low = {"id": "low", "label": label("low"), "floor": {"use": f"{floor}円"}, **top}
    high = {
        "id": "high",
        "label": label("high"),
        "floor": {"use": "4,000円"},
        "requires": [{"id": "o", "label": label("o"), "holds": {"fact": "open", "eq": True}, **ASSUME}],
    }
    return [low, high] if random.random() < 0.5 else [low]


def subject(random: Random, data: Block) -> Applicant:
    """Somebody who buys for some lines, alone and as a member of a group."""
    names = [line["id"] for line in data["frames"]["f"]["lines"]]
    members = tuple(
        Applicant("", _facts(random), _items(random, names), (), f"members.{place}.")
        for place in range(1, random.randint(0, 3) + 1)
    )
    return Applicant("", _facts(random), _items(random, names), members)


def _facts(random: Random) -> Mapping[str, Any]:
    return {"open": random.random() < 0.5, "count": random.randint(0, 4)}


def _items(random: Random, names: Sequence[str]) -> tuple[Item, ...]:
    bought = [name for name in names if random.random() < 0.7]
    return tuple(Item("", name, random.choice(COSTS), None, None, {}, 0) for name in bought)


# --- what is stated --------------------------------------------------------------------------------------------------


def _shares(cap: Any) -> Iterator[Block]:
    if isinstance(cap, Mapping):
        if "share" in cap:
            yield cap["share"]
        for inner in cap.values():
            yield from _shares(inner)
    elif isinstance(cap, list):
        for inner in cap:
            yield from _shares(inner)


def most(cap: Any, one: Applicant, paid: Mapping[str, Fraction]) -> Fraction:
    """The yen of a cap as anybody would read it, shares taken of what is paid in the end."""
    if isinstance(cap, str):
        return Fraction(cap.rstrip("円").replace(",", ""))
    if isinstance(cap, list):
        branch = next(each for each in cap if "when" not in each or one.facts["open"])
        return most({key: value for key, value in branch.items() if key != "when"}, one, paid)
    if "sum" in cap:
        return sum((most(part, one, paid) for part in cap["sum"]), start=Fraction(0))
    if "least" in cap:
        return min(most(part, one, paid) for part in cap["least"])
    if "share" in cap:
        rate = Fraction(1)
        for each in cap["share"]["rates"]:
            rate *= Fraction(1, 10) if each == "10%" else Fraction(each)
        base = sum((paid[name] for name in cap["share"]["of"]), start=Fraction(0))
        if cap["share"].get("basis") == "cost":  # each line is one category, without limits
            base = sum((Fraction(item.cost) for item in one.items if item.category in cap["share"]["of"]), Fraction(0))
        return base * (rate / (1 - rate) if cap["share"].get("itself") else rate)
    count = 1
    if "times" in cap:
        count = one.facts["count"] if "fact" in cap["times"] else len(one.members)  # type: ignore[assignment]
    return most(cap["use"], one, paid) * count
