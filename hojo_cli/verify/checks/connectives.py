"""`any` where the words say 又は, `all` where they say かつ: in labels, in fragments, and in the archived text between two fragments.

It is noticed where the words stand between figures of two parts, or where the label of a plain list (no list within it) says
いずれか or すべて. Nested conditions are left alone: their words may belong to either level.

Bad:
    definitions: {young: {any: null, all: [{fact: staff, max: 20人, assume: amounts}, {fact: capital, max: 100万円, assume: amounts}], label: {ja: 従業員20人以下又は資本金100万円以下, en: small}}}
Bad:
    definitions: {young: {any: [{fact: staff, max: 20人}, {fact: capital, max: 100万円}], source: {id: guide, at: 第３条, printed: 従業員２０人以下かつ資本金１００万円以下}}}
Bad:
    definitions: {young: {any: [{fact: staff, max: 20人, assume: amounts}, {fact: capital, max: 100万円, assume: amounts}], label: {ja: 小さな事業者, en: both at most 20 people and at most 1 million yen of capital}}}
Good:
    definitions: {young: {any: [{fact: staff, max: 20人}, {fact: capital, max: 100万円}], source: {id: guide, at: 第３条, printed: 従業員２０人以下又は資本金１００万円以下}}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final, TypeAlias

from hojo_cli.base.finding import Location, Text
from hojo_cli.base.number import Kind
from hojo_cli.base.record import Record
from hojo_cli.document import Mapping as MappingNode
from hojo_cli.messages import finding
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Exact, Number, Provenance
from hojo_cli.verify.checks import Complaint, Examined
from hojo_cli.verify.sources import archive, english, printed
from hojo_cli.verify.sources.printed import squeezed
from hojo_cli.verify.sources.wording import LANGUAGES, within

CODE: Final = "HJ581"

Figures: TypeAlias = "frozenset[tuple[Exact, Kind]]"

_JOINS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "ja": (("any", "又は|または|若しくは|もしくは"), ("all", "かつ|且つ")),
    "en": (
        ("any", r"\bor\b(?! (?:more|less|fewer|over|under|above|below|greater|longer|smaller|shorter)\b)"),
        ("all", r"\band\b(?! (?:more|over|above|up|under)\b)"),
    ),
}
_OF_ALL_PARTS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "ja": (
        ("any", "又は|または|若しくは|もしくは|いずれか|どちらか|どれか"),
        ("all", "かつ|且つ|いずれも|すべて|全て|両方"),
    ),
    "en": (("any", r"\beither\b|\bany of\b|\bone of\b"), ("all", r"\bboth\b|\ball of\b")),
}
_NAMES: Final = {"any": Text("「又は」（any）", "any (or)"), "all": Text("「かつ」（all）", "all (and)")}
_FARTHEST: Final = 120
"""Characters between two fragments of one sentence."""
_COMPARISONS: Final = ("min", "max", "above", "below", "eq", "in")


class Joined(Record):
    """Parts that are joined by `any` or `all`: the figures of each, where the word stands, and what the parts cite."""

    mode: str
    where: Location
    parts: tuple[Figures, ...]
    cited: tuple[Provenance, ...]
    label: Block | None = None


def find(examined: Examined) -> Iterator[Complaint]:
    """Each list of conditions and each row of a table."""
    texts, told = _Texts(examined), set[Location]()
    for joined in _joined(examined):
        if len(joined.parts) > 1 and joined.where not in told:
            for mode, words in _said(joined, texts):
                if mode != joined.mode:
                    told.add(joined.where)
                    named = {"used": _NAMES[joined.mode], "said": _NAMES[mode]}
                    yield Complaint(finding(CODE, joined.where, text=words, **named))
                    break


def _joined(examined: Examined) -> Iterator[Joined]:
    for block in examined.blocks:
        for mode in ("any", "all"):
            parts = block.at(mode).elements()
            if parts and all(_plain(part) for part in parts):
                figures = tuple(_figures(part, examined.numbers) for part in parts)
                cited = (block.provenance, *(part.provenance for part in parts))
                yield Joined(mode, _key(block, mode), figures, tuple(dict.fromkeys(cited)), _label(block, examined))
        table = block.at("table")
        for row in table.at("rows").elements():
            figures = tuple(_figures(cell, examined.numbers) for _, cell in row.at("limits").keyed())
            mode = "all" if table.at("match").word() == "all" else "any"
            yield Joined(mode, table.at("match").where, figures, (row.provenance,), None)


def _plain(part: Block) -> bool:
    """One test of one thing."""
    chosen = part.at("in").words()
    return part.has("fact") and any(part.has(key) for key in _COMPARISONS) and len(chosen) < 2


def _figures(part: Block, numbers: tuple[Number, ...]) -> Figures:
    return frozenset((number.value, number.kind) for number in numbers if within(number.path, part.path))


def _key(block: Block, key: str) -> Location:
    assert isinstance(block.node, MappingNode)
    return Location(block.where.file, *block.node.keys[key])


def _label(block: Block, examined: Examined) -> Block | None:
    """The label of what is nothing but this list."""
    if block.has("label"):
        return block.at("label")
    owner = block.path.removesuffix(".holds")
    above = next((other for other in examined.blocks if other.path == owner != block.path), None)
    return above.at("label") if above is not None and above.has("label") else None


# --- what the words say -----------------------------------------------------------------------------------------------


def _said(joined: Joined, texts: _Texts) -> Iterator[tuple[str, str]]:
    """Each `any` or `all` that words say of the parts, with the words."""
    for provenance in joined.cited:
        fragments = "…".join(provenance.printed)  # of one sentence, in its order
        yield from ((mode, fragments) for mode in _between(fragments, "ja", joined.parts))
    for lang in LANGUAGES if joined.label is not None else ():
        assert joined.label is not None
        words = joined.label.at(lang).word()
        yield from ((mode, words) for mode in _between(words, lang, joined.parts))
        of_all = [mode for mode, pattern in _OF_ALL_PARTS[lang] if re.search(pattern, words, re.IGNORECASE)]
        if len(of_all) == 1:
            yield of_all[0], words
    for sentence in texts.sentences(joined.cited):
        yield from ((mode, sentence) for mode in _between(sentence, "ja", joined.parts))


def _between(words: str, lang: str, parts: tuple[Figures, ...]) -> Iterator[str]:
    """What joins a figure of one part to a figure of another, with nothing else that joins between them."""
    read = printed.figures if lang == "ja" else english.figures
    for mode, pattern in _JOINS[lang]:
        others = "|".join(each for other, each in _JOINS[lang] if other != mode)
        for before, after in pairwise(re.split(pattern, words, flags=re.IGNORECASE)):
            left = {(figure.value, figure.kind) for figure in read(re.split(others, before, flags=re.IGNORECASE)[-1])}
            right = {(figure.value, figure.kind) for figure in read(re.split(others, after, flags=re.IGNORECASE)[0])}
            if any(
                one is not other and one != other and left & one and right & other for one in parts for other in parts
            ):
                yield mode


class _Texts:
    """The sections that fragments are cited from, as far as the texts are at hand; each text is read once."""

    def __init__(self, examined: Examined) -> None:
        self.examined = examined
        self.known: dict[str, archive.Text | None] = {}

    def sentences(self, cited: tuple[Provenance, ...]) -> Iterator[str]:
        """What stands from one fragment to the next, where two of them are near each other."""
        for provenance in dict.fromkeys((each.source or "", each.at) for each in cited):
            fragments = [
                squeezed(fragment)
                for each in cited
                if (each.source or "", each.at) == provenance
                for fragment in each.printed
            ]
            for body in self._bodies(*provenance) if len(set(fragments)) > 1 else ():
                spans = sorted(
                    (body.index(part), body.index(part) + len(part)) for part in set(fragments) if part in body
                )
                for (start, end), (other, last) in pairwise(spans):
                    if 0 <= other - end <= _FARTHEST:
                        yield body[start:last]

    def _bodies(self, source: str, path: str) -> Iterator[str]:
        if source not in self.known:
            self.known[source] = self._text(source)
        text = self.known[source]
        if text is not None:
            for span in archive.sections(text, path)[0]:
                yield "".join(line.text for line in text.lines.all[span.start : span.end])

    def _text(self, source: str) -> archive.Text | None:
        """None where it is not at hand or cannot be read, which is told elsewhere."""
        known = self.examined.ruleset.sources.get(source)
        try:
            data = None if known is None else archive.stored(self.examined.sources, known.file)
            return None if data is None else archive.read(data.decode("utf-8-sig"), ())
        except (OSError, ValueError):
            return None
