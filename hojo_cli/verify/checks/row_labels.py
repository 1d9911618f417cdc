"""A row that is named after choices stands for them: no row called 卸売業 is the row of `industry: [retail]`.

The same holds for a requirement or a definition that is nothing but a test of one choice. What stands in brackets, or after except,
is left out of account, and of names within names the longest counts (ゴム製品製造業 is no 製造業).

Bad:
    definitions:
      small_trade:
        label: {ja: 小さな業者, en: small trader}
        table: {match: any, columns: {staff: {test: max}}, rows: [{id: shops, label: {ja: 製造業, en: shops}, for: {trade: [shop]}, limits: {staff: 20人}, assume: amounts}, {id: makers, label: {ja: その他, en: others}, for: {trade: [maker]}, limits: {staff: 20人}, assume: amounts}]}
    frames: {aid: {requires: [{id: small, label: {ja: 小, en: small}, holds: {is: small_trade}, assume: amounts}]}}
Bad:
    frames: {aid: {requires: [{id: shop, label: {ja: 小さい店であること, en: The applicant is in manufacturing}, holds: {fact: trade, in: [shop]}, assume: amounts}]}}
Good:
    frames: {aid: {requires: [{id: shop, label: {ja: 小売業（製造業を除く）であること, en: 'In retail, not manufacturing'}, holds: {fact: trade, in: [shop]}, assume: amounts}]}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from unicodedata import normalize

from hojo_cli.base.finding import Finding, Text
from hojo_cli.base.texts import joined
from hojo_cli.messages import finding
from hojo_cli.verify.examined import Examined
from hojo_cli.verify.sources.wording import LANGUAGES

CODE: Final = "HJ580"

_ASIDE: Final = {
    "ja": r"\([^()]*\)|[^、,。・]*(?:を除く|除き|以外)の?",
    "en": r"\([^()]*\)|\b(?:except|other than|excluding|but not|not|without)\b[^,;.]*",
}
"""What is named to be left out."""
_ANYTHING: Final = {"その他", "そのほか", "なし", "other", "others", "none"}
"""Names of choices that say nothing by themselves."""


def find(examined: Examined) -> Iterator[Finding]:
    """Each row, and each rule that is one test of a choice."""
    for block in examined.blocks:
        stands_for = list(block.at("for").keyed())
        test = block.at("holds") if block.has("holds") else block
        if test.has("fact") and test.has("in"):
            stands_for.append((test.at("fact").word(), test.at("in")))
        for fact, choices in stands_for:
            if block.has("label") and fact in examined.ruleset.facts:
                chosen = {choice.word() for choice in choices.words()}
                known = examined.ruleset.facts[fact].choices
                for lang in LANGUAGES:  # the first that names a choice which is not among those the rule stands for
                    words = block.at("label").at(lang)
                    named = choices_named(_without_asides(words.word(), lang), known, lang)
                    if (other := next((choice for choice in named if choice not in chosen), None)) is not None:
                        names = {
                            "named": known[other].into(lang),
                            "choices": joined((known[name] for name in known if name in chosen), "・", "・"),
                        }
                        yield finding(CODE, words.where, text=words.word(), **names)
                        break


def choices_named(words: str, choices: Mapping[str, Text], lang: str) -> Iterator[str]:
    """The choices whose names stand in the words, the longest names first."""
    names = {choice: _without_asides(name.into(lang), lang) for choice, name in choices.items()}
    for choice, name in sorted(names.items(), key=lambda entry: -len(entry[1])):
        pattern = rf"\b{re.escape(name)}\b" if lang == "en" else re.escape(name)
        if len(name) > 1 and name not in _ANYTHING and re.search(pattern, words):
            words = re.sub(pattern, "·", words)
            yield choice


def _without_asides(words: str, lang: str) -> str:
    text = " ".join(normalize("NFKC", words).lower().split())
    while (fewer := re.sub(_ASIDE[lang], " ", text)) != text:
        text = fewer
    return text.strip()
