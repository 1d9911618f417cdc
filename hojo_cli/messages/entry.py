"""What a finding code says, in both languages."""

from typing import NamedTuple

from hojo_cli.base.finding import Severity, Text


class Entry(NamedTuple):
    """What a code says: `message` and `hint` are `str.format` templates with named fields."""

    severity: Severity
    title: Text
    message: Text
    hint: Text
    why: Text


def error(title: Text, message: Text, hint: Text, why: Text) -> Entry:
    """What makes the input wrong."""
    return Entry(Severity.ERROR, title, message, hint, why)


def warning(title: Text, message: Text, hint: Text, why: Text) -> Entry:
    """What is probably not meant."""
    return Entry(Severity.WARNING, title, message, hint, why)


def note(title: Text, message: Text, hint: Text, why: Text) -> Entry:
    """What is good to know."""
    return Entry(Severity.NOTE, title, message, hint, why)
