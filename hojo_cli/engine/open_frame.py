"""A frame made ready to be asked about applicants of whom facts or item fields are unknown: what open items add, what a doubt hangs on."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from itertools import product

from hojo_cli.base.record import NamedTuple
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.engine.case import Case
from hojo_cli.engine.diagram import Diagram, Values, Walk
from hojo_cli.engine.item_index import ItemIndex
from hojo_cli.engine.members import FramesOfGroups
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import Frame
from hojo_cli.rules.walk import followed, nodes_within, reads


class Sorted(NamedTuple):
    """An applicant or member as closures see it, and those of its items of which a field that is asked for is left out."""

    case: Case
    open: tuple[Item, ...]
    members: tuple[Sorted, ...]
    prefix: str


class _Named(NamedTuple):
    """What is read by name: facts, and definitions."""

    facts: frozenset[str]
    definitions: frozenset[str]


def _read(nodes: Iterable[object]) -> _Named:
    named = [each for node in nodes for each in reads(node)]
    facts, definitions = (
        frozenset(name for sort, names in named if sort == wanted for name in names)
        for wanted in ("facts", "definitions")
    )
    return _Named(facts, definitions)


class OpenFrame:
    """A frame whose members and open items are looked at one by one; `judge` sees what they come to together."""

    def __init__(self, ruleset: Ruleset, frame: Frame) -> None:
        self.index = ItemIndex()
        lowered = FramesOfGroups(ruleset.definitions, self.index)
        self.judge = lowered.frame(frame)
        ties = [  # each fact with those that say what it can be
            {spec.id, *_read(followed([spec.only_if], ruleset.definitions)).facts, *filter(None, (spec.at_most,))}
            for spec in ruleset.facts.values()
        ]
        self.ties = [tie for tie in ties if len(tie) > 1]
        only_if = {name: spec.only_if for name, spec in ruleset.facts.items() if spec.only_if}
        tied = frozenset[str]().union(*self.ties)
        self.own, self.members = (
            Values(ruleset.facts, each.choices, {name: each.condition(node) for name, node in only_if.items()}, tied)
            for each in (lowered, lowered.inside)
        )
        self.tests, self.counts, self.sums, self.enough = lowered.tests, lowered.counts, lowered.sums, lowered.enough
        self.fields = ruleset.fields
        self.requirements = [
            (lowered.condition(each.holds), _read(nodes_within(each.holds))) for each in frame.requires
        ]
        self.amounts = _read(nodes_within((frame.lines, frame.subtotals, frame.bands)))
        self.named = {
            name: (lowered.definition(name), _read(nodes_within(definition.condition)))
            for name, definition in ruleset.definitions.items()
        }
        self.bound_up: dict[frozenset[str], list[str]] = {}
        self.reads, self.matched = self.index.reads(), self.index.matched
        self.nothing = self.index.nothing()
        self.slots = {
            field: [slot for (name, _), slot in self.index.kinds.items() if name == field] for field in self.fields
        }

    def rest(self, case: Case) -> Hashable:
        """All that an undecided outcome still depends on: the open requirements, and of what they and the amounts read
        the definitions that are decided, and what is known of the facts behind all others."""
        undecided = tuple([place for place, (holds, _) in enumerate(self.requirements) if holds(case).value is None])
        facts, decided = set(self.amounts.facts), []
        names, seen = list(self.amounts.definitions), set[str]()
        for place in undecided:
            facts |= self.requirements[place][1].facts
            names += self.requirements[place][1].definitions
        while names:
            name = names.pop()
            if name in seen:
                continue
            seen.add(name)
            holds, read = self.named[name]
            value = holds(case).value
            if value is None:
                facts |= read.facts
                names += read.definitions
            else:
                decided.append((name, value))
        key = frozenset(facts)
        if key not in self.bound_up:
            self.bound_up[key] = sorted(self._bound_up(key))
        return undecided, frozenset(decided), key, tuple(map(case.facts.get, self.bound_up[key]))

    def _bound_up(self, names: frozenset[str]) -> frozenset[str]:
        """These facts, and those that say what they can be, or of which they say it."""
        more = names.union(*[tie for tie in self.ties if not names.isdisjoint(tie)])
        return names if more == names else self._bound_up(more)

    def sorted(self, applicant: Applicant) -> Sorted:
        """The applicant without its open items, and those."""
        open_ = tuple(item for item in applicant.items if self.left_out(item))
        closed = tuple(item for item in applicant.items if item not in open_) if open_ else applicant.items
        members = tuple(self.sorted(member) for member in applicant.members)
        case = self.index.case(applicant._replace(items=closed, members=(), prefix=""))
        case.members = [member.case for member in members]
        return Sorted(case, open_, members, applicant.prefix)

    def left_out(self, item: Item) -> list[str]:
        """The fields of an item that the frame asks for and nobody has answered."""
        return [field for field in self.fields if (item.category, field) in self.reads and field not in item.fields]

    def effects(self, beside: Sorted, walk: Walk) -> list[Diagram]:
        """For each open item, what it adds to the case, whatever its open fields hold."""
        holdings = {field: self._holdings(field, beside) for field in self.fields} if beside.open else {}
        return [self._effect(item, self.left_out(item), holdings, walk) for item in beside.open]

    def _effect(
        self, item: Item, fields: list[str], holdings: Mapping[str, list[frozenset[str]]], walk: Walk
    ) -> Diagram:
        if not fields:
            mask, sums, kinds = self.index.case(Applicant("", {}, (item,))).bought
            marks = (True,) * len(self.tests), (0,) * len(self.counts), mask, kinds
            return marks, (0,) * len(self.sums) + sums
        field, *rest = fields
        filled = [(held, item._replace(fields={**item.fields, field: held})) for held in holdings[field]]
        return walk.fork(
            item.asked(field), [(frozenset((held,)), self._effect(each, rest, holdings, walk)) for held, each in filled]
        )

    def _holdings(self, field: str, beside: Sorted) -> list[frozenset[str]]:
        """What a field left out may hold, one of each sort.

        Choices that no test tells apart, and that nobody holds yet, are as good as each other: the first few of them stand
        for any few. (Two items that hold different ones are then one that holds more: the kinds together are the same.)
        """
        stated = frozenset[str]().union(*(item.fields.get(field, ()) for item in beside.open))
        tested = {has for (_, name), sets in self.reads.items() if name == field for has in sets}
        tested |= {beside.case.facts.get(fact, frozenset()) for fact in self.matched.get(field, ())}
        alike: dict[Hashable, list[str]] = {}
        for choice in self.fields[field].choices:
            held = tuple(choice in beside.case.bought.kinds[slot] for slot in self.slots[field])
            key = choice if choice in stated else None, held, tuple(choice in has for has in tested)
            alike.setdefault(key, []).append(choice)
        few = [[choices[:count] for count in range(len(choices) + 1)] for choices in alike.values()]
        return [frozenset(choice for part in parts for choice in part) for parts in product(*few)]
