"""The texts of a ruleset as people read them, which figures of the rules they speak of, and on which side of these the rules stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Location, Text
from hojo_cli.base.number import Kind
from hojo_cli.base.record import Record
from hojo_cli.rules import nodes
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Compare, Number, Op
from hojo_cli.rules.walk import conditions, numbers
from hojo_cli.verify.sources import english, printed
from hojo_cli.verify.sources.printed import Figure

LANGUAGES: Final = ("ja", "en")
READERS: Final[Mapping[str, Callable[[str], tuple[Figure, ...]]]] = {"ja": printed.figures, "en": english.figures}
"""What reads the figures of a text in each language."""


class QuotedText(Record):
    """One `{ja, en}` of the file: the path of what it belongs to, which of its words it is, and what each language quotes."""

    owner: str
    role: str
    block: Block
    figures: Mapping[str, tuple[Figure, ...]]

    def where(self, lang: str) -> Location:
        """The place of the words."""
        return self.block.at(lang).where

    def words(self, lang: str) -> str:
        """The words."""
        return self.block.at(lang).word()


def quoted_texts(blocks: Iterable[Block]) -> Iterator[QuotedText]:
    """Every text of the file. Titles of documents and published tables quote nothing of the rules."""
    for block in blocks:
        if block.has("ja") and block.has("en") and block.path.split(".")[0] != "sources":
            owner, _, role = block.path.rpartition(".")
            figures = {lang: READERS[lang](block.at(lang).word()) for lang in LANGUAGES}
            yield QuotedText(owner, role.partition("[")[0], block, figures)


class Rules:
    """The figures of a ruleset by the part of the file they stand in."""

    def __init__(self, blocks: Iterable[Block], figures: Iterable[Number], parts: Iterable[object]) -> None:
        self.numbers = tuple(figures)
        self.named = [(block.path, name) for block in blocks if block.has("is") and (name := block.at("is").word())]
        self.compared: dict[str, list[Number]] = {}
        for node in parts:
            if isinstance(node, Compare) and isinstance(node.quantity, (nodes.Fact, nodes.FactOr)):
                self.compared.setdefault(node.quantity.name, []).append(node.number)

    def inside(self, path: str) -> list[Number]:
        """The figures of a part, those of the definitions it names among them."""
        parts = [path]
        for part in parts:
            names = (f"definitions.{name}" for place, name in self.named if within(place, part))
            parts += [name for name in dict.fromkeys(names) if name not in parts]
        return [number for part in parts for number in self.numbers if within(number.path, part)]

    def of_fact(self, name: str) -> list[Number]:
        """What a fact is compared with, and what bounds it."""
        own = [number for number in self.numbers if within(number.path, f"facts.{name}")]
        return [*self.compared.get(name, ()), *own]

    def assuming(self, name: str) -> list[Number]:
        """The figures that rest on an assumption."""
        return [number for number in self.numbers if number.provenance.assume == name]


def within(path: str, part: str) -> bool:
    """Whether a path leads to the part or into it."""
    return path == part or path.startswith((f"{part}.", f"{part}["))


# --- on which side: 以上, 以下, 超 or 未満 --------------------------------------------------------------------------------


class Bound(Record):
    """On which sides a figure may be printed; `stated` where the file could as well have said another side."""

    sides: tuple[Op, ...]
    stated: bool


OPPOSITE: Final = {Op.MIN: Op.BELOW, Op.MAX: Op.ABOVE, Op.ABOVE: Op.MAX, Op.BELOW: Op.MIN}
NEIGHBOUR: Final = {Op.MIN: Op.ABOVE, Op.ABOVE: Op.MIN, Op.MAX: Op.BELOW, Op.BELOW: Op.MAX}
"""The same side, with the figure itself left out or taken in."""
NAMES: Final = {
    Op.MIN: Text("「以上」", "以上 (at least)"),
    Op.MAX: Text("「以下」", "以下 (at most)"),
    Op.ABOVE: Text("「超」", "超 (more than)"),
    Op.BELOW: Text("「未満」", "未満 (less than)"),
}


def bounds(parts: Iterable[object]) -> dict[Location, Bound]:
    """How each figure bounds what it bounds; under a `not` the opposite may be printed as well."""
    known: dict[Location, Bound] = {}
    negated: dict[Location, Bound] = {}
    for node in parts:
        if isinstance(node, Compare) and node.op is not Op.EQ:
            known[node.number.where] = Bound((node.op,), True)
        elif isinstance(node, nodes.Band):
            for number, op in ((node.floor, Op.MIN), (node.below, Op.BELOW)):
                if number is not None:
                    known[number.where] = Bound((op,), True)
        elif isinstance(node, nodes.Not):
            for part in conditions(node.part):
                if isinstance(part, Compare) and part.op is not Op.EQ:
                    negated[part.number.where] = Bound((part.op, OPPOSITE[part.op]), True)
        for number in numbers(most_allowed(node)):
            if number.kind in (Kind.YEN, Kind.MONTHS):
                known[number.where] = Bound((Op.MAX,), isinstance(node, nodes.Band))
    return known | negated


def most_allowed(node: object) -> nodes.Amount | None:
    """What a cap, a tier or a limit holds an amount under, itself included."""
    if isinstance(node, nodes.Band | nodes.Capped | nodes.Subtotal):
        return node.cap
    if isinstance(node, nodes.Tier):
        return node.up_to
    return node.limit if isinstance(node, nodes.CategoryLimit) else None


def same(value: Exact, op: Op, kind: Kind) -> Exact | None:
    """The figure in the other way to say a bound of what is counted in whole units: 20人以下 is 21人未満."""
    if kind is Kind.RATE:
        return None
    return value + (1 if op in (Op.MAX, Op.ABOVE) else -1)
