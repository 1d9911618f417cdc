"""JSON Lines: one applicant a line, read to nodes with the line and column of every value.

Numbers keep their text, so that no amount becomes a float; the same rules refuse them as in YAML.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]  # typeshed leaves it out
from typing import Final

from hojo_cli.base.finding import Finding, HojoError, Location, Text
from hojo_cli.batch.intake import BLANK, Piece, fault
from hojo_cli.batch.intake.lines import Line, lines, too_long
from hojo_cli.document import APPLICANT, Document, Mapping, Node, Scalar, Sequence
from hojo_cli.document.recognition import JSON_LINES, Sort, by_text, conflict_begins, conflict_ends, yaml
from hojo_cli.messages import finding
from hojo_cli.rules.nodes import Ruleset

_MARK: Final = 8
_MUCH: Final = 10_000
_SPREAD: Final = Sort(
    Text("何行にもわたる JSON か JSON の配列", "JSON over several lines, or a JSON array"),
    Text("1行に1件を、`{` から `}` までを1行に書いてください。", "Write one applicant a line, from `{` to `}`."),
)
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_PLAIN: Final = re.compile(r"(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)(?![A-Za-z0-9_.])")


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
    scan = _Scan(piece)
    try:
        scan.text = piece.payload.decode()
        root = scan.top()
    except UnicodeDecodeError as problem:
        column = len(piece.payload[: problem.start].decode(errors="replace")) + 1
        return Document(None, (finding("HJ412", Location(piece.file, piece.line, column)),))
    except _RefusedError as refused:
        return Document(None, (*scan.findings, refused.found))
    return Document(root, tuple(scan.findings))


class _RefusedError(Exception):
    def __init__(self, found: Finding) -> None:
        super().__init__(found)
        self.found = found


class _Scan:
    """One walk over one line; `at` is the next character."""

    def __init__(self, piece: Piece) -> None:
        self.piece = piece
        self.text = ""
        self.at = 0
        self.nodes = 0
        self.findings: list[Finding] = []

    def where(self, at: int) -> Location:
        return Location(self.piece.file, self.piece.line, at + 1)

    def refuse(self, ja: str, en: str, at: int | None = None) -> _RefusedError:
        return _RefusedError(finding("HJ403", self.where(self.at if at is None else at), reason=Text(ja, en)))

    def top(self) -> Mapping:
        """The whole line, which must be an object."""
        self.space()
        if self.text[self.at : self.at + 1] != "{":
            raise self.refuse("`{` で始まっていません", "it does not begin with `{`")
        root = self.mapping(1)
        self.space()
        if self.at < len(self.text):
            raise self.refuse("`}` の後に余分な文字があります", "something follows the closing `}`")
        return root

    def space(self) -> str:
        """Past white space; the character there, empty at the end."""
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def value(self, depth: int) -> Node:
        begin = self.space()
        self.nodes += 1
        if depth > APPLICANT.depth or self.nodes > APPLICANT.nodes:
            raise self.refuse("入れ子か値が多すぎます", "too deep, or too many values")
        if begin == "{":
            return self.mapping(depth)
        if begin == "[":
            return self.sequence(depth)
        column = self.at + 1
        if begin == '"':
            return Scalar(self.string(), False, self.piece.line, column)
        match = _PLAIN.match(self.text, self.at)
        if match is None:
            raise self.refuse(
                "値がありません（NaN や Infinity も書けません）", "no value here; NaN and Infinity are none"
            )
        self.at = match.end()
        return Scalar(match.group(), True, self.piece.line, column)

    def string(self) -> str:
        start = self.at
        try:
            text, self.at = scanstring(self.text, self.at + 1, True)
        except JSONDecodeError as problem:
            raise self.refuse("文字列の書き方が違います", "a broken string", problem.pos) from None
        if len(text) > APPLICANT.scalar or re.search("[\ud800-\udfff]", text):
            raise self.refuse(
                "文字列が長すぎるか、文字でないものを含みます", "a string too long, or half a character", start
            )
        return str(text)

    def mapping(self, depth: int) -> Mapping:
        made = Mapping({}, {}, self.piece.line, self.at + 1)
        self.at += 1
        if self.space() == "}":
            self.at += 1
            return made
        while True:
            self.entry(made, depth)
            if self.more("}"):
                return made

    def entry(self, made: Mapping, depth: int) -> None:
        if self.space() != '"':
            raise self.refuse('`"` で始まるキーがありません', "a key in quotes is missing")
        start = self.at
        key = self.string()
        if self.space() != ":":
            raise self.refuse("`:` がありません", "a `:` is missing")
        self.at += 1
        node = self.value(depth + 1)
        if key in made.entries:
            self.findings.append(finding("HJ113", self.where(start), key=key, first=self.piece.line))
        else:
            made.entries[key] = node
            made.keys[key] = (self.piece.line, start + 1)

    def sequence(self, depth: int) -> Sequence:
        made = Sequence([], self.piece.line, self.at + 1)
        self.at += 1
        if self.space() == "]":
            self.at += 1
            return made
        while True:
            made.items.append(self.value(depth + 1))
            if self.more("]"):
                return made

    def more(self, end: str) -> bool:
        """Past a comma, or (True) past the end."""
        found = self.space()
        if found not in (",", end) or not found:
            raise self.refuse(f"`,` か `{end}` がありません", f"`,` or `{end}` is missing")
        self.at += 1
        return found == end
