"""The texts of a ruleset as people read them, with the figures they quote, and which figures of the rules they speak of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from hojo_cli.base.finding import Location
from hojo_cli.base.record import Record
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Compare, Fact, FactOr, Number
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

    def __init__(self, blocks: Iterable[Block], numbers: Iterable[Number], nodes: Iterable[object]) -> None:
        self.numbers = tuple(numbers)
        self.named = [(block.path, name) for block in blocks if block.has("is") and (name := block.at("is").word())]
        self.compared: dict[str, list[Number]] = {}
        for node in nodes:
            if isinstance(node, Compare) and isinstance(node.quantity, (Fact, FactOr)):
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
