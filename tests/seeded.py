"""Seeded faults: each figure of a ruleset mistyped, each bound turned, and whether `hojo verify --sources` notices."""

import os
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from hojo_cli.base.finding import Finding, Severity
from hojo_cli.base.number import Kind
from hojo_cli.document import Mapping, Node, Scalar, Sequence
from hojo_cli.rules import ruleset
from hojo_cli.rules.nodes import Number
from hojo_cli.verify import checks
from hojo_cli.verify.examined import examine
from hojo_cli.verify.sources import archive

HERE = Path(__file__).parent.parent
SOURCES = Path(os.environ.get("HOJO_SOURCES", HERE.parent / "shared" / "sources"))
PARTS = (
    "figures",
    "fragments",
    "bands",
    "unused",
    "labels",
    "pairs",
    "kinds",
    "limits",
    "overlaps",
    "repeats",
    "sources",
    "dates",
    "published",
    "words",
    "rounding",
    "row_labels",
    "connectives",
)
"""Provenance and structure. What the meaning adds is not counted here."""

TURNED = {"min": "above", "above": "min", "max": "below", "below": "max"}


class Fault(NamedTuple):
    """One change of a file: what was done, at which line, to which figure, and whether the text it cites is at hand."""

    sort: str
    line: int
    figure: str
    at_hand: bool
    data: bytes


def faults(year: str) -> Iterator[Fault]:
    """Every seeded fault of a shipped ruleset."""
    data = (HERE / "rules" / f"{year}.yaml").read_bytes()
    known, findings = ruleset.examine(data, f"{year}.yaml")
    assert known is not None, findings
    root = ruleset.tree(data, f"{year}.yaml")
    here = {name for name, source in known.sources.items() if source.file and (SOURCES / source.file).is_file()}
    examined = examine(root, known, f"{year}.yaml", SOURCES)
    scalars = {(node.line, node.column): node for node in _nodes(root) if isinstance(node, Scalar)}
    rates = sorted({number.value for number in examined.numbers if number.kind is Kind.RATE})
    for number in examined.numbers:
        at_hand = number.provenance.source in here
        scalar = scalars[number.where.line, number.where.column]
        for sort, literal in _mistyped(number, rates):
            yield Fault(sort, scalar.line, scalar.text, at_hand, _replaced(data, scalar, literal))
    for block in examined.blocks:
        for key in ("applied", "granted", "total") if block.path.startswith("outcomes") else ():
            printed = block.at(key).node
            if isinstance(printed, Scalar):
                for sort, literal in (
                    ("published ×10", f"{printed.text}0"),
                    ("published +1", str(int(printed.text) + 1)),
                ):
                    if int(literal) != int(printed.text):
                        at_hand = block.provenance.source in here
                        yield Fault(sort, printed.line, printed.text, at_hand, _replaced(data, printed, literal))
    for sort, key, place, text in _turned(root):
        turned = {"cap": "below", "below": "cap"}[key] if sort == "turned band" else TURNED[key]
        yield Fault(
            sort, place[0], f"{key} {text}", _cited(examined.numbers, place, here), _at(data, place, key, turned)
        )


def _mistyped(number: Number, rates: list[int | Fraction]) -> Iterator[tuple[str, str]]:
    value = number.value
    if number.kind is Kind.RATE:
        wrong = [("×10", value * 10), ("/10", value / 10), ("+1", value + Fraction(1, 100))]
        wrong += [("swapped rate", other) for other in rates if other != value]
        yield from ((sort, f"{Fraction(rate).numerator}/{Fraction(rate).denominator}") for sort, rate in wrong)
        return
    unit = {Kind.YEN: "円", Kind.COUNT: "", Kind.MONTHS: "か月"}[number.kind]
    yield "×10", f"{value * 10}{unit}"
    yield "+1", f"{value + 1}{unit}"
    if value % 10 == 0:
        yield "/10", f"{value // 10}{unit}"


def _turned(root: Mapping) -> Iterator[tuple[str, str, tuple[int, int], str]]:
    """Comparisons, columns and bands: the word, where it stands, and what is compared."""
    for node in _nodes(root):
        if not isinstance(node, Mapping):
            continue
        if "fact" in node.entries or "measure" in node.entries:
            for key in ("min", "max", "above", "below"):
                if key in node.entries:
                    yield "turned bound", key, node.keys[key], getattr(node.entries[key], "text", "")
        test = node.entries.get("test")
        if isinstance(test, Scalar):
            yield "turned column", test.text, (test.line, test.column), "test"
        if "floor" in node.entries:
            for key in {"cap", "below"} & set(node.entries):
                yield "turned band", key, node.keys[key], key


def _cited(numbers: tuple[Number, ...], place: tuple[int, int], here: set[str]) -> bool:
    """Whether the figure beside or after a turned word is cited from a text at hand."""
    after = [number for number in numbers if (number.where.line, number.where.column) > place]
    return after[0].provenance.source in here if after else False


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, (Mapping, Sequence)):
        for below in node.entries.values() if isinstance(node, Mapping) else node.items:
            yield from _nodes(below)


def _replaced(data: bytes, scalar: Scalar, literal: str) -> bytes:
    lines = data.decode().split("\n")
    line, start = lines[scalar.line - 1], scalar.column - 1
    quote = line[start] if line[start] in "'\"" else ""
    old = f"{quote}{scalar.text}{quote}"
    assert line[start:].startswith(old), (line, old)
    lines[scalar.line - 1] = line[:start] + literal + line[start + len(old) :]
    return "\n".join(lines).encode()


def _at(data: bytes, place: tuple[int, int], old: str, new: str) -> bytes:
    lines = data.decode().split("\n")
    line, start = lines[place[0] - 1], place[1] - 1
    assert line[start:].startswith(old)
    lines[place[0] - 1] = line[:start] + new + line[start + len(old) :]
    return "\n".join(lines).encode()


_shared = lru_cache(archive.read)


def findings(data: bytes, file: str) -> list[Finding]:
    """What verify says. The schema is left out (no fault here touches the shape), and archived texts are read once."""
    names = vars(ruleset)
    schema, read = names["misshapen"], archive.read
    names["misshapen"] = lambda *_: ()
    archive.read = lambda text, paths: _shared(text, frozenset(paths))
    try:
        known, found = ruleset.examine(data, file)
        if known is None or any(at.severity is Severity.ERROR for at in found):
            return list(found)
        examined = examine(ruleset.tree(data, file), known, file, SOURCES)
        told = [complaint.finding for complaint in checks.complaints(examined, PARTS)]
        return [*found, *told]
    finally:
        names["misshapen"], archive.read = schema, read


def weighty(found: list[Finding]) -> set[tuple[str, int]]:
    """Errors and warnings by code and line."""
    return {(at.code, at.where.line) for at in found if at.severity is not Severity.NOTE}


def noticed(fault: Fault, year: str, before: set[tuple[str, int]]) -> bool:
    """Whether an error or a warning is new."""
    return bool(weighty(findings(fault.data, f"{year}.yaml")) - before)


def changed_line(fault: Fault) -> str:
    """The line as the fault leaves it."""
    return fault.data.decode().split("\n")[fault.line - 1].strip()
