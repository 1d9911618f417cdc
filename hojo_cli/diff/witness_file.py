"""A witness as an applicant file: safe file names from ids, values as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from hojo_cli.base.number import Kind, show
from hojo_cli.diff.smaller import quoted
from hojo_cli.diff.witness import Witness
from hojo_cli.engine.applicant import Applicant, FactValue, Item

_LONGEST: Final = 80


def file_name(number: int, path: str) -> str:
    """`07-frames.security.bands.only.cap.use.yaml`: the number keeps names apart, and apart from reserved ones."""
    safe = re.sub(r"[^A-Za-z0-9_.-]+", "-", path).strip("-.")
    return f"{number:02d}-{safe[:_LONGEST]}.yaml"


def text(witness: Witness, path: str) -> str:
    """YAML that `hojo estimate --rules OLD|NEW` reads; it names no year of its own."""
    subject, taxed = witness.applicant.subject, witness.applicant.taxed
    lines = [f"# {_plain(path)} ({_plain(witness.frame)})", f"name: {_quoted(_plain(path))}"]
    lines += _subject(subject, taxed)
    lines += _list("members", [["name: member", *_subject(member, taxed)] for member in subject.members])
    return "\n".join(lines) + "\n"


def _subject(subject: Applicant, taxed: bool) -> Iterator[str]:
    yield "facts:" if subject.facts else "facts: {}"
    for name, value in subject.facts.items():
        yield f"  {_quoted(name)}: {_value(value)}"
    yield from _list("items", [list(_item(item, taxed)) for item in subject.items])


def _item(item: Item, taxed: bool) -> Iterator[str]:
    yield f"category: {_quoted(item.category)}"
    yield f"{'monthly' if item.price is not None and item.price.per else 'amount'}: {quoted(item)}"
    if item.months is not None:
        yield f"months: {item.months}"
    if taxed:
        yield "tax: included"
    for field, members in item.fields.items():
        yield f"{_quoted(field)}: [{', '.join(_quoted(member) for member in sorted(members))}]"


def _list(key: str, entries: list[list[str]]) -> Iterator[str]:
    if not entries:
        return
    yield f"{key}:"
    for entry in entries:
        yield from (f"  {'  ' if place else '- '}{line}" for place, line in enumerate(entry))


def _value(value: FactValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return show(value, Kind.RATE)
    if isinstance(value, frozenset):
        return f"[{', '.join(map(_quoted, sorted(value)))}]"
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(word: str) -> str:
    """A word as it is where YAML takes it for text, else in quotes."""
    if re.fullmatch(r"[a-z][a-z0-9_]*", word) and word not in (
        "true",
        "false",
        "null",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
    ):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _plain(path: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\u2028\u2029]", "?", path)
