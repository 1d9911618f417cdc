"""Sources as numbered footnotes: `[1]` where a figure stands, the titles once at the end of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from hojo_cli.base.citation import Citation
from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.texts import EMPTY, joined, say
from hojo_cli.results.estimated import Explained
from hojo_cli.results.report import Block, Bullets, Cited, Column, Heading

COLUMN: Final = Column(Text("出典", "source"), tone="faint")


class Sources:
    """The footnotes of one page, numbered in the order they are first cited; equal ones share a number."""

    def __init__(self) -> None:
        self.numbers: dict[Citation, int] = {}

    def mark(self, citation: Citation | None) -> Text:
        """`[3]`; nothing where nothing is cited."""
        return self.marked(EMPTY, citation)

    def marks(self, citations: Iterable[Citation | None]) -> Text:
        """`[3] [4]`: each once."""
        return self.marked(EMPTY, *citations)

    def marked(self, text: Text, *citations: Citation | None) -> Text:
        """The text with its marks behind it, each once."""
        numbers = [self.numbers.setdefault(citation, len(self.numbers) + 1) for citation in citations if citation]
        return cited(text, tuple(dict.fromkeys(numbers))) if numbers else text

    def outline(self, node: Explained) -> Explained:
        """A derivation with marks in the place of citations."""
        parts = []
        for part, alike in groupby(node.parts):
            if (times := len(list(alike))) > 1:
                label = say(Text("{0}（同じもの{1}件）", "{0} ({1} alike)"), part.label, str(times))
                part = part._replace(label=label)  # noqa: PLW2901 - it stands for several equal ones in a row
            parts.append(self.outline(part))
        if node.value == EMPTY:
            return Explained(self.marked(node.label, node.citation), EMPTY, None, tuple(parts))
        return Explained(node.label, self.marked(node.value, node.citation), None, tuple(parts))

    def listed(self) -> Iterator[Block]:
        """The section of sources, where there are any; a title that stands just above is not repeated."""
        if self.numbers:
            yield Heading(Text("出典", "Sources"))
            titles = [""] + [citation.title for citation in self.numbers]
            notes = (
                note(citation, ditto=citation.title == above)
                for citation, above in zip(self.numbers, titles, strict=False)
            )
            yield Bullets(tuple(notes), "[1]", "faint")


def cited(text: Text, notes: tuple[int, ...]) -> Cited:
    """The text with the marks of these footnotes behind it."""
    marks = " ".join(f"[{number}]" for number in notes)
    marked = Cited(*(f"{words} {marks}" if words else marks for words in text))
    marked.notes = notes
    return marked


def note(citation: Citation, *, ditto: bool = False) -> Text:
    """Title, heading, figure as printed; the assumption it rests on."""
    printed = f"「{citation.printed}」" if citation.printed else ""
    title = Text("同", "ibid.") if ditto and citation.title else untranslated(citation.title)
    where = untranslated(f"{citation.at}{printed}")
    place = joined(filter(any, (title, where)), "：", ": ")
    if citation.assume == EMPTY:
        return place
    assumed = say(Text("仮定：{0}", "Assumed: {0}"), citation.assume)
    return assumed if place == EMPTY else say(Text("{0} 【{1}】", "{0} [{1}]"), place, assumed)
