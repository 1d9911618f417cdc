"""A witness as an applicant file: safe file names from ids, values as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from hojo_cli.base.number import Kind, show
from hojo_cli.diff.smaller import quoted
from hojo_cli.diff.witness import Witness
from hojo_cli.engine.applicant import Applicant

_LONGEST: Final = 80


def file_name(number: int, path: str) -> str:
    """`07-frames.security.bands.only.cap.use.yaml`: the number keeps names apart, and apart from reserved ones."""
    safe = re.sub(r"[^A-Za-z0-9_.-]+", "-", path).strip("-.")
    return f"{number:02d}-{safe[:_LONGEST]}.yaml"


def text(witness: Witness, path: str) -> str:
    """YAML that `hojo estimate --rules OLD|NEW` reads; it names no year of its own."""
    applicant, taxed = witness.applicant, witness.taxed
    lines = [f"# {_printable(path)} ({_printable(witness.frame)})", f"name: {_quoted(_printable(path))}"]
    lines += _applicant(applicant, taxed)
    lines += _list("members", [["name: member", *_applicant(member, taxed)] for member in applicant.members])
    return "\n".join(lines) + "\n"


def _applicant(applicant: Applicant, taxed: bool) -> Iterator[str]:
    yield "facts:" if applicant.facts else "facts: {}"
    for name, value in applicant.facts.items():
        match value:
            case bool():
                said = "true" if value else "false"
            case Fraction():
                said = show(value, Kind.RATE)
            case frozenset():
                said = f"[{', '.join(map(_quoted, sorted(value)))}]"
            case str():
                said = _quoted(value)
            case int():
                said = str(value)
        yield f"  {_quoted(name)}: {said}"
    items = []
    for item in applicant.items:
        monthly = item.price is not None and item.price.per
        lines = [f"category: {_quoted(item.category)}", f"{'monthly' if monthly else 'amount'}: {quoted(item)}"]
        lines += [] if item.months is None else [f"months: {item.months}"]
        lines += ["tax: included"] if taxed else []
        lines += [
            f"{_quoted(field)}: [{', '.join(map(_quoted, sorted(choices)))}]" for field, choices in item.fields.items()
        ]
        items.append(lines)
    yield from _list("items", items)


def _list(key: str, entries: list[list[str]]) -> Iterator[str]:
    if entries:
        yield f"{key}:"
    for entry in entries:
        yield from (f"  {'  ' if index else '- '}{line}" for index, line in enumerate(entry))


_NO_WORDS: Final = ("true", "false", "null", "yes", "no", "on", "off", "y", "n")
"""What YAML of one version or another takes for something else than text."""


def _quoted(word: str) -> str:
    """A word as it is where YAML takes it for text, else in quotes."""
    if re.fullmatch(r"[a-z][a-z0-9_]*", word) and word not in _NO_WORDS:
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _printable(path: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\u2028\u2029]", "?", path)
