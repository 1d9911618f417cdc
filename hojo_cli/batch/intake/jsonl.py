"""JSON Lines: one applicant a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from hojo_cli.base.finding import Finding, HojoError, Location, Text
from hojo_cli.batch.intake.lines import lines
from hojo_cli.batch.intake.piece import BLANK, Piece, fault
from hojo_cli.document import Document, parse_line
from hojo_cli.document.recognition import JSON_LINES, Sort, by_text, yaml
from hojo_cli.messages import finding

_MUCH: Final = 10_000
_SPREAD: Final = Sort(
    Text("何行にもわたる JSON か JSON の配列", "JSON over several lines, or a JSON array"),
    Text("1行に1件を、`{` から `}` までを1行に書いてください。", "Write one applicant a line, from `{` to `}`."),
)


def pieces(path: str, skipped: Counter[Text]) -> Iterator[Piece]:
    """One piece a line that is not blank."""
    empty, number = True, 0
    try:
        for number, line in lines(path):
            if isinstance(line, Finding):
                empty = False
                yield fault(path, number, line)
                continue
            if number == 1 and (line.lstrip()[:1] != b"{" or line.strip() == b"{"):  # no object
                text = line[:_MUCH].decode(errors="replace").strip()
                sort = _SPREAD if text[:1] in ("{", "[") else yaml(text) or by_text(f"{text}\n{text}", "")
                if sort:
                    yield fault(path, 0, finding("HJ171", Location(path), **sort.words(path, JSON_LINES)))
                    return
            if line.isspace() or not line:
                skipped[BLANK] += 1
            else:
                empty = False
                yield Piece(path, "jsonl", number, number, line)
    except HojoError as problem:
        yield fault(path, 0 if empty else number + 1, problem.findings[0])
        return
    if empty:
        yield fault(path, 0, finding("HJ409", Location(path)))


def document(piece: Piece) -> Document:
    """The nodes of one line."""
    assert isinstance(piece.payload, bytes)
    return parse_line(piece.payload, piece.file, piece.line)
