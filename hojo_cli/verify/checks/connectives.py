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
from itertools import pairwise, permutations
from typing import Final, TypeAlias

from hojo_cli.base.finding import Finding, Location, Text
from hojo_cli.base.record import Record
from hojo_cli.document import Mapping as MappingNode
from hojo_cli.messages import finding
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import Provenance
from hojo_cli.verify.examined import Examined
from hojo_cli.verify.sources import archive
from hojo_cli.verify.sources.archive import ArchivedText
from hojo_cli.verify.sources.printed import Value, squeezed, value_of
from hojo_cli.verify.sources.wording import LANGUAGES, READERS, within

CODE: Final = "HJ581"

Values: TypeAlias = "frozenset[Value]"

_JOINS: Final[Mapping[str, Mapping[str, str]]] = {
    "ja": {"any": "又は|または|若しくは|もしくは", "all": "かつ|且つ"},
    "en": {
        "any": r"\bor\b(?! (?:more|less|fewer|over|under|above|below|greater|longer|smaller|shorter)\b)",
        "all": r"\band\b(?! (?:more|over|above|up|under)\b)",
    },
}
"""Words that join what stands before and after them."""
_OF_ALL_PARTS: Final[Mapping[str, Mapping[str, str]]] = {
    "ja": {
        "any": "又は|または|若しくは|もしくは|いずれか|どちらか|どれか",
        "all": "かつ|且つ|いずれも|すべて|全て|両方",
    },
    "en": {"any": r"\beither\b|\bany of\b|\bone of\b", "all": r"\bboth\b|\ball of\b"},
}
"""Words that join whatever the sentence lists."""
_NAMES: Final = {"any": Text("「又は」（any）", "any (or)"), "all": Text("「かつ」（all）", "all (and)")}
_FARTHEST: Final = 120
"""Characters between two fragments of one sentence."""
_COMPARISONS: Final = ("min", "max", "above", "below", "eq", "in")


class Joined(Record):
    """Parts that are joined by `any` or `all`: the figures of each, where the word stands, and what the parts cite."""

    mode: str
    where: Location
    parts: tuple[Values, ...]
    cited: tuple[Provenance, ...]
    label: Block | None = None


def find(examined: Examined) -> Iterator[Finding]:
    """Each list of conditions and each row of a table; the first words that part from it."""
    texts = archive.texts(examined.sources, examined.ruleset.sources)
    told = set[Location]()
    for joined in joined_parts(examined):
        if len(joined.parts) > 1 and joined.where not in told:
            for mode, words in joins_said(joined, texts):
                if mode != joined.mode:
                    told.add(joined.where)
                    yield finding(CODE, joined.where, text=words, used=_NAMES[joined.mode], said=_NAMES[mode])
                    break


def joined_parts(examined: Examined) -> Iterator[Joined]:
    labels = {block.path: block.at("label") for block in reversed(examined.blocks) if block.has("label")}

    def values(part: Block) -> Values:
        return frozenset(value_of(number) for number in examined.numbers if within(number.path, part.path))

    for block in examined.blocks:
        for mode in ("any", "all"):
            parts = block.at(mode).elements()
            tests = [part for part in parts if part.has("fact") and any(map(part.has, _COMPARISONS))]
            if parts and len(tests) == len(parts) and all(len(part.at("in").words()) < 2 for part in parts):
                assert isinstance(block.node, MappingNode)
                cited = dict.fromkeys((block.provenance, *(part.provenance for part in parts)))
                label = labels.get(block.path) or labels.get(block.path.removesuffix(".holds"))
                where = Location(examined.file, *block.node.keys[mode])
                yield Joined(mode, where, tuple(map(values, parts)), tuple(cited), label)
        table = block.at("table")
        for row in table.at("rows").elements():
            cells = tuple(values(cell) for _, cell in row.at("limits").keyed())
            mode = "all" if table.at("match").word() == "all" else "any"
            yield Joined(mode, table.at("match").where, cells, (row.provenance,))


# --- what the words say -----------------------------------------------------------------------------------------------


def joins_said(joined: Joined, texts: Mapping[str, ArchivedText]) -> Iterator[tuple[str, str]]:
    """Each `any` or `all` that words say of the parts, with the words."""
    for provenance in joined.cited:
        fragments = "…".join(provenance.printed)  # of one sentence, in its order
        yield from ((mode, fragments) for mode in _between(fragments, "ja", joined.parts))
    for lang in LANGUAGES if joined.label is not None else ():
        assert joined.label is not None
        words = joined.label.at(lang).word()
        yield from ((mode, words) for mode in _between(words, lang, joined.parts))
        of_all = [mode for mode, pattern in _OF_ALL_PARTS[lang].items() if re.search(pattern, words, re.IGNORECASE)]
        if len(of_all) == 1:
            yield of_all[0], words
    for sentence in sentences_between(joined.cited, texts):
        yield from ((mode, sentence) for mode in _between(sentence, "ja", joined.parts))


def _between(words: str, lang: str, parts: tuple[Values, ...]) -> Iterator[str]:
    """What joins a figure of one part to a figure of another, with nothing else that joins between them."""
    for mode, pattern in _JOINS[lang].items():
        (other_join,) = (join for other, join in _JOINS[lang].items() if other != mode)
        for before, after in pairwise(re.split(pattern, words, flags=re.IGNORECASE)):
            last = re.split(other_join, before, flags=re.IGNORECASE)[-1]
            first = re.split(other_join, after, flags=re.IGNORECASE)[0]
            left, right = (set(map(value_of, READERS[lang](side))) for side in (last, first))
            if any(one != other and left & one and right & other for one, other in permutations(parts, 2)):
                yield mode


def sentences_between(cited: tuple[Provenance, ...], texts: Mapping[str, ArchivedText]) -> Iterator[str]:
    """What stands in the archived texts from one fragment to the next, where two of them are near each other."""
    fragments: dict[tuple[str, str], set[str]] = {}
    for provenance in cited:
        section = provenance.source or "", provenance.at
        fragments.setdefault(section, set()).update(map(squeezed, provenance.printed))
    for (source, heading), printed in fragments.items():
        text = texts.get(source)
        if text is None or len(printed) < 2:
            continue
        for span in archive.sections(text, heading)[0]:
            body = archive.body(text, span)
            spans = sorted((body.index(part), body.index(part) + len(part)) for part in printed if part in body)
            for (start, end), (next_start, last) in pairwise(spans):
                if 0 <= next_start - end <= _FARTHEST:
                    yield body[start:last]
