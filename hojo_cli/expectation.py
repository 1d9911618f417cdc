"""`--update-expect`: the computed yen written into a file's `expect`, every other character left as it is.

The text is changed by the places of its nodes, read again, and put in place only if nothing but `expect` has changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

from hojo_cli.applicant import Applicant
from hojo_cli.catalogue import finding
from hojo_cli.document import Mapping as MappingNode
from hojo_cli.document import Scalar, is_null, parse, plain, read_file
from hojo_cli.evaluate import Status
from hojo_cli.finding import Finding, HojoError, Location, Text
from hojo_cli.whole import replace_file

_DIFFERS: Final = "HJ425"
_LINE: Final = re.compile(r"\r\n|\r|\n")
_Edit: TypeAlias = "tuple[int, int, str]"
_Outcomes: TypeAlias = "Mapping[str, tuple[Status, int | None]]"


def update(
    file: str, root: MappingNode, applicant: Applicant, outcomes: _Outcomes, findings: tuple[Finding, ...], *, best: str
) -> tuple[Finding, ...]:
    """Rewrite the file where its `expect` differs or is missing; the findings as they are afterwards."""
    wanted = _wanted(applicant, outcomes, best)
    if not wanted or all(applicant.expect.get(frame) == yen for frame, yen in wanted.items()):
        return findings
    where = Location(file, *applicant.places.get("expect", (1, 1)))
    try:
        data = read_file(file)
        again = parse(data, file)
        if file == "-" or again.root is None or plain(again.root) != plain(root):
            raise _AwkwardError
        replace_file(file, _rewritten(data, again.root, wanted))
    except HojoError as problem:
        return (*findings, *problem.findings)
    except _AwkwardError:
        reason = Text("書き方が特殊です", "it is written in an unusual way")
        return (*findings, finding("HJ441", where, reason=reason))
    written = ", ".join(f"{frame}: {yen}" for frame, yen in wanted.items())
    return (*(found for found in findings if found.code != _DIFFERS), finding("HJ440", where, written=written))


class _AwkwardError(Exception):
    """The place to write at is not plain to see."""


def _wanted(applicant: Applicant, outcomes: _Outcomes, best: str) -> dict[str, int]:
    """Yen of the frames the file expects something of; where it expects nothing, of the frame applied for or the best."""
    frames = list(applicant.expect) or [applicant.frame or best]
    found = {frame: outcomes[frame][1] for frame in frames if frame}
    return {frame: yen for frame, yen in found.items() if yen is not None}


def _rewritten(data: bytes, root: MappingNode, wanted: Mapping[str, int]) -> bytes:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise _AwkwardError from None
    edits = _edits(text, root, wanted)
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    changed = text.encode()
    _same_but_for(parse(changed, "").root, root, wanted)
    return changed


def _same_but_for(changed: MappingNode | None, root: MappingNode, wanted: Mapping[str, int]) -> None:
    now, before = (None if node is None else plain(node) for node in (changed, root))
    if not isinstance(now, dict) or not isinstance(before, dict):
        raise _AwkwardError
    expect = now.pop("expect", None)
    old = before.pop("expect", None)
    known = old if isinstance(old, dict) else {}
    if now != before or expect != {**known, **wanted}:
        raise _AwkwardError


def _edits(text: str, root: MappingNode, wanted: Mapping[str, int]) -> list[_Edit]:
    starts = [0, *(match.end() for match in _LINE.finditer(text))]
    bom = 1 if text.startswith("\ufeff") else 0

    def index(line: int, column: int) -> int:
        return starts[line - 1] + column - 1 + (bom if line == 1 else 0)

    node = root.entries.get("expect")
    if isinstance(node, MappingNode) and node.entries:
        return [
            _value(text, index(value.line, value.column), value, str(wanted[frame]))
            for frame, value in node.entries.items()
            if frame in wanted and isinstance(value, Scalar)
        ]
    if node is not None:
        return [_filled(text, index(*root.keys["expect"]), node, wanted)]
    return [_appended(text, root, wanted)]


def _value(text: str, start: int, node: Scalar, new: str) -> _Edit:
    """In place of the scalar that begins here; quotes stay off."""
    if node.plain and text.startswith(node.text, start) and node.text:
        return start, start + len(node.text), new
    quoted = re.compile(r"\"[^\"\\\r\n]*\"|'[^'\r\n]*'").match(text, start)
    if quoted is None:
        raise _AwkwardError
    return start, quoted.end(), new


def _filled(text: str, start: int, node: object, wanted: Mapping[str, int]) -> _Edit:
    """`expect:` with nothing, `null` or `{}` after it."""
    match = re.compile(r"expect[ \t]*:[ \t]*(\{[ \t]*\}|null|Null|NULL|~)?").match(text, start)
    empty = isinstance(node, MappingNode) or (isinstance(node, Scalar) and is_null(node))
    if match is None or not empty:
        raise _AwkwardError
    return start, match.end(), f"expect: {_flow(wanted)}" + (" " if match.group().endswith((" ", "\t")) else "")


def _flow(wanted: Mapping[str, int]) -> str:
    return "{" + ", ".join(f"{frame}: {yen}" for frame, yen in wanted.items()) + "}"


def _appended(text: str, root: MappingNode, wanted: Mapping[str, int]) -> _Edit:
    """A new last line, in the line ends of the file."""
    if any(column != root.column for _, column in root.keys.values()) or root.column != 1:
        raise _AwkwardError
    found = _LINE.search(text)
    end = "\n" if found is None else found.group()
    before = "" if text.endswith(("\n", "\r")) else end
    return len(text), len(text), f"{before}expect: {_flow(wanted)}{end}"
