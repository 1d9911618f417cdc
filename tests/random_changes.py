"""Rulesets with one thing changed at random, and applicants made from nothing but the words and figures of a ruleset."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any, Final

from hojo_cli.base.number import Kind, NumberProblem, read, show
from hojo_cli.diff.witness import possible
from hojo_cli.document import RULESET, parse, plain
from hojo_cli.engine.applicant import Applicant, Item, Price
from hojo_cli.rules.declared import FactSpec, FactValue, Ruleset
from hojo_cli.rules.walk import numbers

PARTS: Final = ("frames", "definitions", "measures", "rounding", "items", "facts")
BESIDE: Final = ("source", "cites", "assume", "label", "ask", "where", "title", "id", "look_up")
TURNED: Final = {"min": "above", "above": "min", "max": "below", "below": "max"}
WORDS: Final = {
    "mode": ("down", "up", "half_up"),
    "match": ("any", "all"),
    "at": ("line", "total"),
}
Data = Any  # of a file, as JSON has it
Way = tuple[str | int, ...]


# --- rulesets ---------------------------------------------------------------------------------------------------------------


def tree(file: Path) -> Data:
    """A ruleset file as data."""
    root = parse(file.read_bytes(), file.name, RULESET).root
    assert root is not None
    return json.loads(json.dumps(plain(root)))


def changed(data: Data, random: Random) -> tuple[str, Data]:
    """What was changed, and the ruleset after it; it may not be a valid one."""
    copy = deepcopy(data)
    ways = [way for part in PARTS if part in data for way in _ways(data[part], (part,))]
    while True:
        way = random.choice(ways)
        holder, key = _holder(copy, way)
        if (told := _change(copy, holder, key, random)) is not None:
            return f"{'.'.join(map(str, way))}: {told}", copy


def written(data: Data, file: Path) -> str:
    """The name of a file with this ruleset (JSON is YAML)."""
    file.write_text(json.dumps(data, ensure_ascii=False))
    return str(file)


def _ways(node: Data, way: Way) -> Iterator[Way]:
    yield way
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, below in entries:
        if key not in BESIDE:
            yield from _ways(below, (*way, key))


def _holder(data: Data, way: Way) -> tuple[Data, str | int]:
    for key in way[:-1]:
        data = data[key]
    return data, way[-1]


def _change(data: Data, holder: Data, key: str | int, random: Random) -> str | None:
    """Do something to an entry; None where there is nothing to do."""
    value = holder[key]
    if isinstance(holder, dict) and key in TURNED and random.randrange(3) == 0:
        holder[TURNED[str(key)]] = holder.pop(key)
        return f"{key} turned"
    if isinstance(value, bool):
        holder[key] = not value
        return f"{value} turned"
    if key in WORDS and isinstance(value, str):
        holder[key] = random.choice([word for word in WORDS[str(key)] if word != value])
        return f"{value} to {holder[key]}"
    if isinstance(value, (int, str)) and (number := _number(str(value))) is not None:
        holder[key] = _other_number(*number, random)
        return f"{value} to {holder[key]}"
    if isinstance(value, list) and value and all(isinstance(word, str) for word in value):
        known = [*data["items"]["categories"]] if key == "category" else value
        more = [word for word in known if word not in value]
        if more and random.randrange(2):
            value.append(random.choice(more))
            return f"{value[-1]} added"
        return f"{value.pop(random.randrange(len(value)))} taken out"
    if isinstance(value, list) and len(value) > 1 and random.randrange(2):
        one, other = random.sample(range(len(value)), 2)
        value[one], value[other] = value[other], value[one]
        return f"entries {one} and {other} change places"
    if random.randrange(4) == 0:
        del holder[key]
        return "taken out"
    return None


def _number(text: str) -> tuple[Kind, int | Fraction] | None:
    for kind in (Kind.RATE, Kind.YEN, Kind.COUNT, Kind.MONTHS):
        try:
            return kind, read(text, kind)
        except NumberProblem:
            continue
    return None


def _other_number(kind: Kind, value: int | Fraction, random: Random) -> str:
    step = Fraction(1, 100) if kind is Kind.RATE else 1
    near = [
        value + step,
        max(value - step, 0),
        value * 2,
        Fraction(value) / 2 if kind is Kind.RATE else int(value) // 2,
    ]
    return show(random.choice([each for each in near if each != value] or [value + step]), kind)


# --- applicants -------------------------------------------------------------------------------------------------------------


class Crowd:
    """Applicants of a ruleset, or of two at once: facts beside its figures, prices beside its yen."""

    def __init__(self, ruleset: Ruleset, random: Random) -> None:
        self.ruleset, self.random = ruleset, random
        found = list(numbers((ruleset.frames, ruleset.definitions)))
        self.figures = {kind: sorted({number.value for number in found if number.kind is kind}) for kind in Kind}
        rates = [rate for rate in self.figures[Kind.RATE] if rate]
        self.costs = [
            int(yen / rate) for yen in self.figures[Kind.YEN] if yen > 1 for rate in (1, *rates)
        ]  # where a rate takes a line over a figure

    def applicant(self) -> Applicant:
        """One of them, as a file could have it."""
        while not possible(subject := self._applicant(), self.ruleset):
            pass
        return subject

    def _applicant(self) -> Applicant:
        count = self.random.choice((0, 0, 0, 1, 2, 9, 10, 11))
        members = tuple(
            self._subject(f"members.{place}.", 1 + self.random.randrange(2)) for place in range(1, count + 1)
        )
        return self._subject("", self.random.randrange(5))._replace(members=members)

    def _subject(self, prefix: str, items: int) -> Applicant:
        facts: dict[str, FactValue] = {name: self._fact(spec) for name, spec in self.ruleset.facts.items()}
        for name, spec in self.ruleset.facts.items():
            if spec.at_most is not None:
                part, whole = facts[name], facts[spec.at_most]
                assert isinstance(part, (int, Fraction)) and isinstance(whole, (int, Fraction))
                facts[name] = min(part, whole)
        for name in self.random.choice(((), (), [*facts])):
            if self.random.randrange(6) == 0:
                del facts[name]  # left out
        return Applicant("", facts, tuple(self._item() for _ in range(items)), (), prefix)

    def _fact(self, spec: FactSpec) -> FactValue:
        random = self.random
        if spec.kind == "boolean":
            return random.random() < 0.5
        if spec.kind == "choice":
            return random.choice([*spec.choices])
        if spec.kind == "set":
            return frozenset(random.sample([*spec.choices], random.randint(0, min(3, len(spec.choices)))))
        step = Fraction(1, 1000) if spec.kind == "rate" else 1
        base = random.choice(self.figures[Kind(spec.kind)] or [1])
        value = random.choice(
            (base, base + step, base - step, Fraction(base) / 2 if spec.kind == "rate" else int(base) // 2)
        )
        most = value if spec.maximum is None else spec.maximum
        return min(max(value, spec.minimum), most)

    def _item(self) -> Item:
        random = self.random
        category = random.choice([*self.ruleset.categories])
        cost = max(0, random.choice(self.costs or [1000]) // random.choice((1, 1, 2, 3)) + random.randint(-2, 2))
        fields = {}
        for name, spec in self.ruleset.fields.items():
            size = random.choice((0, 1, 2, 4, len(spec.choices)))
            fields[name] = frozenset(random.sample([*spec.choices], min(size, len(spec.choices))))
        if random.randrange(4):
            return Item("", category, cost, None, None, fields, 0)
        months = random.choice((1, 11, 12, 13, 23, 24, 25, 36))
        return Item("", category, cost // months * months, Price(cost // months, 1, 1), months, fields, 0)
