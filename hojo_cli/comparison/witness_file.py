"""A witness as an applicant file: safe file names from ids, values as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from hojo_cli.comparison.witness import Applicant, Witness
from hojo_cli.number import Kind, show
from hojo_cli.probing.purchases import Quote
from hojo_cli.subject import FactValue

_LONGEST: Final = 80


def file_name(number: int, path: str) -> str:
    """`07-frames.security.bands.only.cap.use.yaml`: the number keeps names apart, and apart from reserved ones."""
    safe = re.sub(r"[^A-Za-z0-9_.-]+", "-", path).strip("-.")
    return f"{number:02d}-{safe[:_LONGEST]}.yaml"


def text(witness: Witness, path: str) -> str:
    """YAML that `hojo estimate --rules OLD|NEW` reads; it names no year of its own."""
    lines = [f"# {_plain(path)} ({_plain(witness.frame)})", f"name: {_quoted(_plain(path))}"]
    lines += _applicant(witness.applicant)
    lines += _list("members", [["name: member", *_applicant(member)] for member in witness.applicant.members])
    return "\n".join(lines) + "\n"


def _applicant(applicant: Applicant) -> Iterator[str]:
    yield "facts:" if applicant.facts else "facts: {}"
    for name, value in applicant.facts.items():
        yield f"  {_quoted(name)}: {_value(value)}"
    yield from _list("items", [list(_item(quote)) for quote in applicant.quotes])


def _item(quote: Quote) -> Iterator[str]:
    yield f"category: {_quoted(quote.category)}"
    yield f"{'amount' if quote.months is None or quote.at_once else 'monthly'}: {quote.price}"
    if quote.months is not None:
        yield f"months: {quote.months}"
    if quote.taxed:
        yield "tax: included"
    for field, members in quote.fields.items():
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
