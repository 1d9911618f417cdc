"""Texts put together, in both languages: sentences filled, texts in a row, numbers with their units, and the words that every page has."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Final

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.number import Kind, show

EMPTY: Final = Text("", "")
YES: Final = Text("はい", "yes")
NO: Final = Text("いいえ", "no")
UNKNOWN: Final = Text("不明", "unknown")
NONE: Final = Text("なし", "none")


def say(template: Text, *words: Text | str) -> Text:
    """A sentence filled in each language with its own words."""
    return Text(
        template.ja.format(*(word.ja if isinstance(word, Text) else word for word in words)),
        template.en.format(*(word.en if isinstance(word, Text) else word for word in words)),
    )


def joined(texts: Iterable[Text], ja: str, en: str) -> Text:
    """Texts in a row, with a separator for each language."""
    parts = list(texts)
    return Text(ja.join(part.ja for part in parts), en.join(part.en for part in parts))


def figure(value: Exact, kind: Kind = Kind.YEN) -> Text:
    """A number with its unit; a count has none, because things are counted in many words."""
    if kind is Kind.COUNT:
        return untranslated(f"{value:,}")
    return Text(show(value, kind, "ja"), show(value, kind, "en"))


def listed(labels: Mapping[str, Text], chosen: Container[str]) -> Text:
    """The labels of what is chosen, in the order of the ruleset."""
    return joined((label for name, label in labels.items() if name in chosen), "・", ", ")
