"""A cursor over a parsed ruleset: typed access to a block's keys, with inherited provenance and every fault collected.

Reading never raises and never stops: what cannot be read becomes a finding and a harmless placeholder, so that one pass
reports everything. A ruleset with findings of severity error is refused as a whole, so no placeholder reaches a result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping as Lookup
from fractions import Fraction
from typing import TypeAlias

from hojo_cli import messages
from hojo_cli.base.finding import Finding, Location, Text
from hojo_cli.base.number import Kind, NumberProblem, read
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.suggest import nearest, suggestion
from hojo_cli.document import TRUTHS, Mapping, Node, Scalar, Sequence, entries_of, items_of, placeholder, word_of
from hojo_cli.rules import nodes
from hojo_cli.rules.declared import FactSpec, FieldSpec, Measure
from hojo_cli.rules.nodes import NOWHERE, Amount, Condition, Number, Pick, Provenance, Quantity

ConditionRule: TypeAlias = "Callable[[Block], Condition]"
AmountRule: TypeAlias = "Callable[[Block, Kind], Amount]"
PickRule: TypeAlias = "Callable[[Block], Pick]"


class Shares(NamedTuple):
    """What a share may refer to where it stands: the lines under each name; of those, the subtotal still to cut them; what it may not."""

    above: Lookup[str, tuple[str, ...]]
    cut: Lookup[str, str]
    below: tuple[str, ...]
    lines: Lookup[str, nodes.Line]
    """The lines that are lowered so far."""


class Reading:
    """One pass over one ruleset file: what is declared so far, what was found wrong, and how each mechanism is lowered."""

    def __init__(
        self, file: str, conditions: Lookup[str, ConditionRule], amounts: Lookup[str, AmountRule], pick: PickRule
    ) -> None:
        self.file = file
        self.conditions = conditions
        self.amounts = amounts
        self.pick = pick
        self.findings: list[Finding] = []
        self.declared: dict[str, Iterable[str]] = {}
        self.shares = Shares({}, {}, (), {})
        self.facts: dict[str, FactSpec] = {}
        self.fields: dict[str, FieldSpec] = {}
        self.measures: dict[str, Measure] = {}
        self.read_of: dict[str, frozenset[str]] = {}
        self.timed: set[str] = set()
        self.at_once: frozenset[str] | None = None

    def reads(self, categories: Iterable[str], field: str) -> None:
        """A rule reads this field of the items of these categories."""
        for category in categories:
            self.read_of[category] = self.read_of.get(category, frozenset()) | {field}


class Block:
    """One node of the file, with the path of ids that leads to it and the provenance that covers it."""

    __slots__ = ("node", "path", "provenance", "reading", "where")

    def __init__(self, node: Node | None, path: str, provenance: Provenance, reading: Reading, where: Location) -> None:
        self.node = node
        self.path = path
        self.reading = reading
        self.where = where if node is None else Location(reading.file, node.line, node.column)
        self.provenance = provenance
        inside = entries_of(node)
        if (
            "source" in inside or "assume" in inside
        ):  # its own; a block with neither rests on that of the block around it
            cited = entries_of(inside.get("source"))
            printed = cited.get("printed")
            fragments = (printed.text,) if isinstance(printed, Scalar) else tuple(map(word_of, items_of(printed)))
            source, assume = word_of(cited.get("id")) or None, word_of(inside.get("assume")) or None
            self.provenance = Provenance(source, word_of(cited.get("at")), fragments, assume)

    @property
    def absent(self) -> bool:
        """Nothing is written here."""
        return self.node is None

    def fault(self, code: str, **words: object) -> None:
        """Something is wrong at this place."""
        if isinstance(self.node, Scalar) and placeholder(self.node.text):
            code, words = "HJ174", {"text": self.node.text}
        self.reading.findings.append(messages.finding(code, self.where, **words))

    # --- going down ---

    def has(self, key: str) -> bool:
        """Whether this block is a mapping with this key."""
        return key in entries_of(self.node)

    def at(self, key: str) -> Block:
        """The block under `key`; an absent one where there is none."""
        return self._below(entries_of(self.node).get(key), key)

    def keyed(self) -> Iterator[tuple[str, Block]]:
        """Key and block of each entry, in the order of the file."""
        for key, node in entries_of(self.node).items():
            yield key, self._below(node, key)

    def elements(self) -> list[Block]:
        """The blocks of a list, named by their `id` where they have one, by their place where not."""
        return [
            self._below(node, word_of(entries_of(node).get("id")) or f"[{place}]")
            for place, node in enumerate(items_of(self.node), 1)
        ]

    def identified(self) -> list[Block]:
        """The blocks of a list whose ids must differ."""
        entries, seen = self.elements(), set[str]()
        for entry in entries:
            name = entry.at("id").word()
            if name in seen:
                entry.fault("HJ343", name=name)
            seen.add(name)
        return entries

    def mappings(self) -> Iterator[Block]:
        """Every mapping of this block, itself among them, in the order of the file."""
        pending = [self]
        while pending:
            block = pending.pop()
            if isinstance(block.node, Mapping):
                yield block
                pending += reversed([below for _, below in block.keyed()])
            else:
                pending += reversed(block.elements())

    def _below(self, node: Node | None, key: str) -> Block:
        path = f"{self.path}{key}" if key.startswith("[") else f"{self.path}.{key}" if self.path else key
        return Block(node, path, self.provenance, self.reading, self.where)

    # --- reading values ---

    def word(self) -> str:
        """The scalar's text; empty where there is none."""
        return word_of(self.node)

    def words(self) -> list[Block]:
        """A list of scalars, or a single one."""
        return [self] if isinstance(self.node, Scalar) else self.elements()

    def text(self) -> Text:
        """A label in both languages."""
        return Text(self.at("ja").word(), self.at("en").word())

    def truth(self) -> bool:
        """A boolean; False where nothing is written."""
        return TRUTHS.get(self.word(), False)

    def number(self, kind: Kind) -> Number:
        """A figure of the law, in the unit asked for, with the provenance that covers it."""
        value: int | Fraction = 0
        try:
            value = read(self.word(), kind)
        except NumberProblem as problem:
            if isinstance(self.node, Scalar):  # anything else is the schema's complaint
                self.fault(problem.code, **problem.words)
        if self.provenance == NOWHERE and not self.absent:
            self.fault("HJ332", figure=self.word())
        return Number(value, kind, self.provenance, self.path, self.where)

    def figure(self, kind: Kind) -> Number:
        """A figure of the law, or a block with one under `use`."""
        return (self.at("use") if self.has("use") else self).number(kind)

    def names(self, sort: str) -> tuple[str, ...]:
        """Declared names of one sort."""
        return tuple(block.name(sort) for block in self.words())

    def name(self, sort: str) -> str:
        """A declared name of one sort; empty where nothing is written."""
        if not self.absent:
            self.declared(sort, self.word())
        return self.word()

    def declared(self, sort: str, name: str, known: Iterable[str] | None = None) -> None:
        """Complain here if `name`, used as a key, is not a declared name of its sort."""
        names = self.reading.declared.get(sort, ()) if known is None else known
        if name not in names:
            self.fault("HJ331", name=name, near=suggestion(nearest(name, names)))

    # --- lowering by mechanism ---

    def quantity(self) -> tuple[Quantity, str | None]:
        """`{fact|measure: id}` and its kind, None where it is not declared. A fact that may be left out stands for its measure then."""
        if self.has("measure"):
            measure = self.reading.measures.get(self.at("measure").name("measures"))
            return (nodes.MemberCount("") if measure is None else measure.quantity), Kind.COUNT
        name = self.at("fact").name("facts")
        spec = self.reading.facts.get(name)
        return (nodes.Fact(name), None) if spec is None else (spec.unset or nodes.Fact(name), spec.kind)

    def condition(self) -> Condition:
        """The condition this block states; always true where nothing is written."""
        for key, rule in self.reading.conditions.items():
            if self.has(key):
                return rule(self)
        return nodes.Every(())

    def condition_at(self, key: str) -> Condition | None:
        """The condition under `key`; None where there is none."""
        return self.at(key).condition() if self.has(key) else None

    def amount(self, kind: Kind) -> Amount:
        """The amount (or rate) this block states."""
        if isinstance(self.node, Sequence):
            return self.reading.amounts["[]"](self, kind)
        for key, rule in self.reading.amounts.items():
            if self.has(key):
                return rule(self, kind)
        return self.number(kind)

    def picks(self) -> tuple[Pick, ...]:
        """Alternatives of item tests."""
        return tuple(self.reading.pick(block) for block in self.elements())
