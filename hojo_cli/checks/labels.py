"""Every text stands in both languages, says something, and choices can be told apart.

Bad:
    title: {en: "  "}
Bad:
    frames: {aid: {label: {en: せつび}}}
Bad:
    facts: {trade: {choices: {shop: {ja: 製造業}}}}
Good:
    title: {en: Small aid}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hojo_cli.catalogue import finding
from hojo_cli.checks import Complaint, Examined
from hojo_cli.document import Mapping
from hojo_cli.finding import Finding
from hojo_cli.rulesets.reading import Block

CODE: Final = "HJ522"


def find(examined: Examined) -> Iterator[Complaint]:
    """Each `{ja, en}` of the file, and each list of choices."""
    for block in examined.blocks:
        if block.has("ja") and block.has("en"):
            yield from map(Complaint, _text(block))
        if isinstance(block.at("choices").node, Mapping):
            yield from map(Complaint, _choices(block.at("choices")))


def _text(block: Block) -> Iterator[Finding]:
    ja, en = block.at("ja"), block.at("en")
    for language in (ja, en):
        if not language.word().strip(" \u3000\t\n"):
            yield finding(CODE, language.where, key=language.path)
    if re.search("[ぁ-んァ-ヶ]", en.word()):
        yield finding("HJ521", en.where, text=en.word())
    elif ja.word() == en.word() and not en.word().isascii():
        yield finding("HJ523", en.where, text=en.word())


def _choices(block: Block) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for name, entry in block.keyed():
        label = entry.text().ja
        if label in seen:
            yield finding("HJ524", entry.at("ja").where, first=seen[label], second=name, label=label)
        seen.setdefault(label, name)
