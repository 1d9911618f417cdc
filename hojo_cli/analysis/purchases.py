"""What can be bought, as far as a frame looks: which picks take an item, how many kinds there are, which lines may have cost.

Choices of a field that no pick tells apart are bought in a fixed order, so that the number of kinds says which they are. That loses
nothing as long as no three measures count the same field over picks that overlap in a ring.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import prod
from typing import Final, TypeAlias

from hojo_cli.base.record import Record
from hojo_cli.engine.applicant import Item, picked
from hojo_cli.rules.nodes import Costs, Distinct, FieldSpec, HasItem, Pick

Picks: TypeAlias = "tuple[Pick, ...]"
_State: TypeAlias = (
    "tuple[int, tuple[int, ...]]"  # a bit for each question answered yes; kinds of each measure and group
)
_Groups: TypeAlias = "Mapping[str, list[list[str]]]"


MOST: Final = 5_000
"""States of one frame that are looked at; the years so far have fewer than 100."""


class TooManyError(Exception):
    """A ruleset that tells apart more purchases than can be looked at one by one."""


class Asked(Record):
    """The questions one frame (or one member's lines) asks of items, in a fixed order."""

    has: tuple[Picks, ...]
    counts: tuple[Distinct, ...]
    costs: tuple[Costs, ...]

    def slots(self) -> tuple[tuple[int, str], ...]:
        """Where cost may stand: for each of `costs` the categories with a limit, and "" for all others together."""
        return tuple(
            (place, name)
            for place, cost in enumerate(self.costs)
            for name in ("", *dict.fromkeys(limit.category for limit in cost.limits))
        )


class Basket(Record):
    """One state of the questions: `has` and `slots` answered, kinds counted; `items` (at no cost) that lead to it."""

    has: tuple[bool, ...]
    counts: tuple[int, ...]
    slots: tuple[bool, ...]
    items: tuple[Item, ...]


def asked(seen: Iterable[object]) -> Asked:
    """The questions among these nodes."""
    has: dict[Picks, None] = {}
    counts: dict[Distinct, None] = {}
    costs: dict[int, Costs] = {}
    for node in seen:
        if isinstance(node, HasItem):
            has[node.picks] = None
        elif isinstance(node, Distinct):
            counts[node] = None
        elif isinstance(node, Costs):
            costs[id(node)] = node
            has[node.picks] = None
            has |= {node.led_by: None} if node.led_by else {}
    return Asked(tuple(has), tuple(counts), tuple(costs.values()))


def baskets(questions: Asked, fields: Mapping[str, FieldSpec]) -> tuple[Basket, ...]:
    """Every state that some purchase leads to, the emptiest first."""
    groups = {name: _groups(questions, field) for name, field in fields.items()}
    contributions = _contributions(questions, groups, dict.fromkeys(fields, frozenset()))
    empty = (0, (0,) * sum(len(groups[count.field]) for count in questions.counts))
    found: dict[_State, tuple[Item, ...]] = {empty: ()}
    pending = [empty]
    for state in pending:
        for (mask, kinds), item in contributions.items():
            grown = (state[0] | mask, tuple(map(max, state[1], kinds)))
            if grown not in found:
                found[grown] = (*found[state], item)
                pending.append(grown)
        if len(found) > MOST:
            raise TooManyError
    return tuple(_basket(questions, groups, state, items) for state, items in found.items())


def _basket(questions: Asked, groups: _Groups, state: _State, items: tuple[Item, ...]) -> Basket:
    mask, kinds = state
    bits = [bool(mask >> place & 1) for place in range(len(questions.has) + len(questions.slots()))]
    counts, start = [], 0
    for count in questions.counts:
        end = start + len(groups[count.field])
        counts.append(sum(kinds[start:end]))
        start = end
    has, slots = bits[: len(questions.has)], bits[len(questions.has) :]
    led = [questions.costs[place].led_by for place, _ in questions.slots()]
    counting = (
        slot and (not leader or has[questions.has.index(leader)]) for slot, leader in zip(slots, led, strict=True)
    )
    return Basket(tuple(has), tuple(counts), tuple(counting), items)


def _groups(questions: Asked, field: FieldSpec) -> list[list[str]]:
    """The choices of a field that no pick tells apart, together."""
    picks = [pick for picks in (*questions.has, *(count.picks for count in questions.counts)) for pick in picks]
    sets = [test.has for pick in picks for test in pick.tests if test.field == field.id]
    found: dict[tuple[bool, ...], list[str]] = {}
    for choice in field.choices:
        found.setdefault(tuple(choice in tested for tested in sets), []).append(choice)
    return list(found.values())


def _contributions(questions: Asked, groups: _Groups, bare: Mapping[str, frozenset[str]]) -> dict[_State, Item]:
    """What one more item can add, each with such an item; the fewest kinds first. Of fields nobody looks at an item says none (`bare`)."""
    picks = (*questions.has, *(count.picks for count in questions.counts))
    categories = sorted({name for alternatives in picks for pick in alternatives for name in pick.categories})
    tested = {test.field for alternatives in picks for pick in alternatives for test in pick.tests}
    looked_at = sorted(tested | {count.field for count in questions.counts})
    subsets = prod(len(group) + 1 for name in looked_at for group in groups[name])
    if subsets * len(categories) > MOST:
        raise TooManyError
    found: dict[_State, Item] = {}
    for category in categories:
        for chosen in product(*(_subsets(groups[name]) for name in looked_at)):
            item = Item("", category, 0, None, None, {**bare, **dict(zip(looked_at, chosen, strict=True))}, 0)
            found.setdefault(_contribution(questions, groups, item), item)
    return found


def _subsets(groups: list[list[str]]) -> Iterator[frozenset[str]]:
    """The first few of each group."""
    for lengths in product(*(range(len(group) + 1) for group in groups)):
        yield frozenset(name for group, length in zip(groups, lengths, strict=True) for name in group[:length])


def _contribution(questions: Asked, groups: _Groups, item: Item) -> _State:
    bits = [picked(item, picks) for picks in questions.has]
    bits += [in_slot(questions.costs[place], name, item) for place, name in questions.slots()]
    kinds = [
        len(item.fields[count.field].intersection(group)) if picked(item, count.picks) else 0
        for count in questions.counts
        for group in groups[count.field]
    ]
    return sum(1 << place for place, bit in enumerate(bits) if bit), tuple(kinds)


def in_slot(cost: Costs, category: str, item: Item) -> bool:
    """Whether an item's price counts for these costs by itself, under the limit of `category` ("": under no limit)."""
    limited = {limit.category for limit in cost.limits}
    mine = item.category == category if category else item.category not in limited
    return mine and picked(item, cost.led_by or cost.picks) is True
