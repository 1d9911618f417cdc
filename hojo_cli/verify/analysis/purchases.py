"""What can be bought, as far as a frame looks: which picks take an item, how many kinds there are, which lines may have cost.

Choices of a field that no pick tells apart are bought in a fixed order, so that the number of kinds says which they are. That loses
nothing as long as no three measures count the same field over picks that overlap in a ring.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import prod
from typing import Final, TypeAlias

from hojo_cli.base.exact import Exact
from hojo_cli.base.record import Record
from hojo_cli.engine.applicant import Item, picked
from hojo_cli.rules.declared import FieldSpec
from hojo_cli.rules.nodes import Costs, Distinct, HasItem, Pick
from hojo_cli.verify.analysis.world import choice_classes

Picks: TypeAlias = "tuple[Pick, ...]"
_State: TypeAlias = "tuple[tuple[bool, ...], tuple[int, ...]]"
"""The answers to the questions that an item answers yes or no; kinds of each measure and group of choices."""
_Groups: TypeAlias = "Mapping[str, list[list[str]]]"
"""The choices of each field that no pick tells apart, together."""

MOST: Final = 5_000
"""States of one frame that are looked at; the years so far have fewer than 100."""


class TooManyError(Exception):
    """A ruleset that tells apart more purchases than can be looked at one by one."""


class Questions(Record):
    """The questions one frame (or one member's lines) asks of items, in a fixed order.

    `slots` is where cost may stand: for each of `costs` the categories with a limit, and "" for all others together.
    """

    has: tuple[Picks, ...]
    counts: tuple[Distinct, ...]
    costs: tuple[Costs, ...]
    slots: tuple[tuple[int, str], ...]

    @property
    def picks(self) -> list[Pick]:
        """Every pick that is asked about."""
        return [pick for picks in (*self.has, *(count.picks for count in self.counts)) for pick in picks]


class Purchase(Record):
    """One state of the questions: `has` and `slots` answered, kinds counted; `items` (at no cost) that lead to it."""

    has: tuple[bool, ...]
    counts: tuple[int, ...]
    slots: tuple[bool, ...]
    items: tuple[Item, ...]


def questions(nodes: Iterable[object]) -> Questions:
    """The questions among these nodes."""
    has: dict[Picks, None] = {}
    counts: dict[Distinct, None] = {}
    costs: dict[int, Costs] = {}
    for node in nodes:
        if isinstance(node, HasItem):
            has[node.picks] = None
        elif isinstance(node, Distinct):
            counts[node] = None
        elif isinstance(node, Costs):
            costs[id(node)] = node
            has[node.picks] = None
            has |= {node.led_by: None} if node.led_by else {}
    slots = [
        (place, name)
        for place, cost in enumerate(costs.values())
        for name in ("", *dict.fromkeys(limit.category for limit in cost.limits))
    ]
    return Questions(tuple(has), tuple(counts), tuple(costs.values()), tuple(slots))


def purchases(questions: Questions, fields: Mapping[str, FieldSpec]) -> tuple[Purchase, ...]:
    """Every state that some purchase leads to, the emptiest first."""
    tests = [test for pick in questions.picks for test in pick.tests]
    groups = {
        name: choice_classes(field.choices, [test.has for test in tests if test.field == name])
        for name, field in fields.items()
    }
    more_items = contributions(questions, groups, dict.fromkeys(fields, frozenset()))
    sizes = [len(groups[count.field]) for count in questions.counts]
    empty = (False,) * (len(questions.has) + len(questions.slots)), (0,) * sum(sizes)
    found: dict[_State, tuple[Item, ...]] = {empty: ()}
    pending = [empty]
    for answers, kinds in pending:
        for (more, more_kinds), item in more_items.items():
            grown = tuple(map(max, answers, more)), tuple(map(max, kinds, more_kinds))
            if grown not in found:
                found[grown] = (*found[answers, kinds], item)
                pending.append(grown)
        if len(found) > MOST:
            raise TooManyError
    led_by = [questions.costs[place].led_by for place, _ in questions.slots]
    bought = []
    for (answers, kinds), items in found.items():
        has, slots = answers[: len(questions.has)], answers[len(questions.has) :]
        counted = tuple(
            slot and (not leaders or has[questions.has.index(leaders)])
            for slot, leaders in zip(slots, led_by, strict=True)
        )
        rest = iter(kinds)
        counts = tuple(sum(next(rest) for _ in range(size)) for size in sizes)
        bought.append(Purchase(has, counts, counted, items))
    return tuple(bought)


def contributions(questions: Questions, groups: _Groups, bare: Mapping[str, frozenset[str]]) -> dict[_State, Item]:
    """What one more item can add, each with such an item; the fewest kinds first. Of fields nobody looks at an item says none (`bare`)."""
    categories = sorted({name for pick in questions.picks for name in pick.categories})
    tested = {test.field for pick in questions.picks for test in pick.tests}
    looked_at = sorted(tested | {count.field for count in questions.counts})
    if prod(len(group) + 1 for name in looked_at for group in groups[name]) * len(categories) > MOST:
        raise TooManyError
    found: dict[_State, Item] = {}
    for category in categories:
        for chosen in product(*(first_few(groups[name]) for name in looked_at)):
            item = Item("", category, 0, None, None, {**bare, **dict(zip(looked_at, chosen, strict=True))}, 0)
            answers = [picked(item, picks) is True for picks in questions.has]
            answers += [in_slot(questions.costs[place], name, item) for place, name in questions.slots]
            kinds = [
                len(item.fields[count.field].intersection(group)) if picked(item, count.picks) else 0
                for count in questions.counts
                for group in groups[count.field]
            ]
            found.setdefault((tuple(answers), tuple(kinds)), item)
    return found


def first_few(groups: list[list[str]]) -> Iterator[frozenset[str]]:
    """As many choices of each group as there are, from none on."""
    for lengths in product(*(range(len(group) + 1) for group in groups)):
        yield frozenset(name for group, length in zip(groups, lengths, strict=True) for name in group[:length])


def in_slot(cost: Costs, category: str, item: Item) -> bool:
    """Whether an item's price counts for these costs by itself, under the limit of `category` ("": under no limit)."""
    limited = {limit.category for limit in cost.limits}
    mine = item.category == category if category else item.category not in limited
    return mine and picked(item, cost.led_by or cost.picks) is True


def limit_of(costs: Costs, category: str, otherwise: Exact) -> Exact:
    """The most that items of a category count for."""
    return next((limit.limit.value for limit in costs.limits if limit.category == category), otherwise)
