"""Every finding code: its severity and what it says, as tables. Codes are never reused.

HJ0xx running and usage, HJ1xx the document and its literals, HJ2xx applicants, HJ3xx rulesets,
HJ4xx batches, HJ5xx verification. The tables of a range are loaded when the first of its codes is needed.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from string import Formatter
from typing import Final

from hojo_cli.base.finding import Finding, Location, Text
from hojo_cli.base.sanitize import for_terminal, shorten, shorten_path
from hojo_cli.messages.entry import Entry

RANGES: Final = {
    "HJ0": ("run",),
    "HJ1": ("document", "syntax", "literal"),
    "HJ2": ("applicant",),
    "HJ3": ("ruleset",),
    "HJ4": ("batch", "table"),
    "HJ5": ("provenance", "structure", "situations", "wording"),
}
"""How codes begin, and the modules that hold them."""


def entry(code: str) -> Entry:
    """The entry of a code; KeyError where there is none."""
    return _table(code[:3])[code]


def codes() -> Iterator[str]:
    """Every code, ascending."""
    for beginning in RANGES:
        yield from sorted(_table(beginning))


def finding(code: str, where: Location, /, **words: object) -> Finding:
    """The finding of `code` at `where`, its templates filled with `words`.

    A word is shown with `for_terminal` and cut at 80 characters, of which a path (`path`, `file`) keeps its last; a word that is a `Text` gives each
    language its own, uncut: it is made of declared names. KeyError where the code or a field is missing: a mistake in hojo.
    """

    def shown(name: str, word: object, lang: str) -> str | int:
        if isinstance(word, int):
            return word
        if isinstance(word, Text):
            return for_terminal(word.into(lang))
        return for_terminal(shorten_path(str(word)) if name in ("path", "file") else shorten(str(word)))

    found = entry(code)
    ja, en = ({name: shown(name, word, lang) for name, word in words.items()} for lang in ("ja", "en"))
    message, hint = (
        Text(template.ja.format_map(ja), template.en.format_map(en)) for template in (found.message, found.hint)
    )
    return Finding(code, found.severity, where, message, hint)


def outline(template: Text) -> Text:
    """A template read without a case at hand: each field shows as …"""
    ja, en = (
        "".join(words + ("" if field is None else "…") for words, field, *_ in Formatter().parse(sentence))
        for sentence in template
    )
    return Text(ja, en)


@cache
def _table(beginning: str) -> Mapping[str, Entry]:
    """The entries of a range; a run that says nothing loads none of them."""
    table: dict[str, Entry] = {}
    for module in RANGES[beginning]:
        table |= import_module(f"hojo_cli.messages.{module}").ENTRIES
    return table
