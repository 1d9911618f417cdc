"""JSON Lines: one applicant a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Final

from hojo_cli.base.finding import Finding, HojoError, Location, Text
from hojo_cli.batch.intake import BLANK, Piece, fault
from hojo_cli.batch.intake.lines import Line, lines, too_long
from hojo_cli.document import Document, parse_line
from hojo_cli.document.recognition import JSON_LINES, Sort, by_text, conflict_begins, conflict_ends, yaml
from hojo_cli.messages import finding
from hojo_cli.rules.nodes import Ruleset

_MARK: Final = 8
_MUCH: Final = 10_000
_SPREAD: Final = Sort(
    Text("何行にもわたる JSON か JSON の配列", "JSON over several lines, or a JSON array"),
    Text("1行に1件を、`{` から `}` までを1行に書いてください。", "Write one applicant a line, from `{` to `}`."),
)


def pieces(path: str, _encoding: str, skipped: Counter[Text], _ruleset: Ruleset) -> Iterator[Piece]:
    """One piece a line that is not blank."""
    any_, number = False, 0
    try:
        read = _settled(lines(path), path)
        first = next(read, None)
        if first is not None and (sort := _another_sort(first[1])):
            yield fault(path, 0, finding("HJ171", Location(path), **sort.words(path, JSON_LINES)))
            return
        for number, line in chain(filter(None, (first,)), read):
            if isinstance(line, Finding):
                any_ = True
                yield fault(path, number, line)
                continue
            if line is not None and (line.isspace() or not line):
                skipped[BLANK] += 1
                continue
            any_ = True
            yield (
                fault(path, number, too_long(path, number))
                if line is None
                else Piece(path, "jsonl", number, number, line)
            )
    except HojoError as problem:
        yield fault(path, number + 1 if any_ else 0, problem.findings[0])
        return
    if not any_:
        yield fault(path, 0, finding("HJ409", Location(path)))


def _settled(read: Iterator[Line], path: str) -> Iterator[tuple[int, bytes | Finding | None]]:
    """The lines, a conflict that a merge left behind as one of them, which cannot be read."""
    for number, line in read:
        if line is None or not conflict_begins(line[:_MARK].decode(errors="replace")):
            yield number, line
            continue
        yield number, finding("HJ173", Location(path, number))
        for _, inside in read:
            if inside is not None and conflict_ends(inside[:_MARK].decode(errors="replace")):
                break


def _another_sort(line: bytes | Finding | None) -> Sort | None:
    """What the file seems to be where its first line is no object."""
    if not isinstance(line, bytes) or (line.lstrip()[:1] == b"{" and line.strip() != b"{"):
        return None
    text = line[:_MUCH].decode(errors="replace").strip()
    if text[:1] in ("{", "["):
        return _SPREAD
    return yaml(text) or by_text(f"{text}\n{text}", "")


def document(piece: Piece) -> Document:
    """The nodes of one line."""
    assert isinstance(piece.payload, bytes)
    return parse_line(piece.payload, piece.file, piece.line)
