"""Every text stands in both languages, says something, and choices can be told apart.

Bad:
    title: {en: "  "}
Bad:
    frames: {aid: {label: {en: せつび}}}
Bad:
    facts: {trade: {choices: {shop: {ja: 製造業}}}}
Bad:
    facts: {trade: {choices: {shop: {aliases: [製造業]}}}}
Bad:
    facts: {trade: {choices: {shop: {aliases: [maker]}}}}
Good:
    facts: {trade: {choices: {shop: {aliases: [商店]}}}}
Good:
    title: {en: Small aid}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hojo_cli.base.finding import Finding
from hojo_cli.document import Mapping
from hojo_cli.messages import finding
from hojo_cli.rules.block import Block
from hojo_cli.verify.examined import Examined

CODE: Final = "HJ522"
_LISTS: Final = ("choices", "categories", "frames", "facts")


def find(examined: Examined) -> Iterator[Finding]:
    """Each `{ja, en}` of the file, and each list of what an applicant may choose from."""
    for block in examined.blocks:
        ja, en = block.at("ja"), block.at("en")
        if block.has("ja") and block.has("en"):
            for language in (ja, en):
                if not language.word().strip(" \u3000\t\n"):
                    yield finding(CODE, language.where, key=language.path)
            if re.search("[ぁ-んァ-ヶ]", en.word()):
                yield finding("HJ521", en.where, text=en.word())
            elif ja.word() == en.word() and not en.word().isascii():
                yield finding("HJ523", en.where, text=en.word())
        for choices in map(block.at, _LISTS):
            if isinstance(choices.node, Mapping):
                yield from shared_words(choices)


def shared_words(choices: Block) -> Iterator[Finding]:
    """A Japanese label or an alias of one choice that stands for another already."""
    owners = {name: name for name, _ in choices.keyed()}
    for name, entry in choices.keyed():
        label = entry.at("label") if entry.has("label") else entry
        for word in (label.at("ja"), *entry.at("aliases").elements()):
            first = owners.setdefault(word.word(), name) if word.word() else name
            if first != name:
                yield finding("HJ524", word.where, first=first, second=name, label=word.word())
