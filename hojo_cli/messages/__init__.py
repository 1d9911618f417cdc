"""Every finding code: its severity and what it says, as tables. Codes are never reused.

HJ0xx running and usage, HJ1xx the document and its literals, HJ2xx applicants, HJ3xx rulesets,
HJ4xx batches, HJ5xx verification. A table is loaded when the first of its codes is needed.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Final, NamedTuple

from hojo_cli.base.finding import Finding, Location, Severity, Text
from hojo_cli.base.sanitize import shorten, shorten_path, visible

TABLES: Final = {
    "HJ0": "run",
    "HJ1": "document",
    "HJ2": "applicant",
    "HJ3": "ruleset",
    "HJ4": "batch",
    "HJ5": "verify",
}
"""The first three letters of a code → the module of this folder that holds it."""


class Entry(NamedTuple):
    """What a code says: `message` and `hint` are `str.format` templates with named fields."""

    severity: Severity
    title: Text
    message: Text
    hint: Text
    why: Text


def entry(code: str) -> Entry:
    """The entry of a code; KeyError where there is none."""
    return _table(TABLES[code[:3]])[code]


def codes() -> Iterator[str]:
    """Every code, ascending."""
    for module in TABLES.values():
        yield from sorted(_table(module))


def finding(code: str, where: Location, /, **words: object) -> Finding:
    """The finding of `code` at `where`, its templates filled with `words`.

    A word is shown with `visible` and cut at 80 characters, of which a path (`path`, `file`) keeps its last; a word that is a `Text` gives each
    language its own, uncut: it is made of declared names. KeyError where the code or a field is missing: a mistake in hojo.
    """
    found = entry(code)
    message, hint = _filled(found.message, words), _filled(found.hint, words)
    return Finding(code, found.severity, where, message, hint)


def outline(template: Text) -> Text:
    """A template read without a case at hand: each field shows as …"""
    return Text(template.ja.format_map(_Blanks()), template.en.format_map(_Blanks()))


class _Blank:
    def __format__(self, shape: str) -> str:
        return "…"


class _Blanks(dict[str, _Blank]):
    def __missing__(self, field: str) -> _Blank:
        return _Blank()


def _table(module: str) -> Mapping[str, Entry]:
    entries: Mapping[str, Entry] = import_module(f"hojo_cli.messages.{module}").ENTRIES
    return entries


def _filled(template: Text, words: Mapping[str, object]) -> Text:
    return Text(
        template.ja.format_map({name: _shown(name, word, "ja") for name, word in words.items()}),
        template.en.format_map({name: _shown(name, word, "en") for name, word in words.items()}),
    )


_PATHS: Final = ("path", "file")


def _shown(name: str, word: object, lang: str) -> str | int:
    if isinstance(word, int):
        return word
    if isinstance(word, Text):
        return visible(word.into(lang))
    return visible(shorten_path(str(word)) if name in _PATHS else shorten(str(word)))
