"""What a finding code says, in both languages."""

from typing import NamedTuple, TypeAlias

from hojo_cli.base.finding import Severity, Text


class Entry(NamedTuple):
    """What a code says: `message` and `hint` are `str.format` templates with named fields."""

    severity: Severity
    title: Text
    message: Text
    hint: Text
    why: Text


Pair: TypeAlias = tuple[str, str]
"""A sentence in Japanese and in English."""


def error(title: Pair, message: Pair, hint: Pair, why: Pair) -> Entry:
    """What makes the input wrong."""
    return Entry(Severity.ERROR, Text(*title), Text(*message), Text(*hint), Text(*why))


def warning(title: Pair, message: Pair, hint: Pair, why: Pair) -> Entry:
    """What is probably not meant."""
    return error(title, message, hint, why)._replace(severity=Severity.WARNING)


def note(title: Pair, message: Pair, hint: Pair, why: Pair) -> Entry:
    """What is good to know."""
    return error(title, message, hint, why)._replace(severity=Severity.NOTE)
