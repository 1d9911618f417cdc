"""`--update-expect`: the computed yen written into a file's `expect`, every other character left as it is.

The text is changed by the places of its nodes, read again, and put in place only if nothing but `expect` has changed. A plan is made
where the file is checked, and carried out where its entry goes into the report: only there is it known that hojo was not stopped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import Final, NamedTuple, TypeAlias

from hojo_cli.applicants.applicant import ApplicantFile
from hojo_cli.base.finding import Finding, HojoError, Location, Text
from hojo_cli.document import Mapping as MappingNode
from hojo_cli.document import Scalar, is_null, parse, plain, read_file
from hojo_cli.engine.judgement import Status
from hojo_cli.files.atomic_file import WholeFile, ready
from hojo_cli.messages import finding

_DIFFERS: Final = "HJ425"
_LINE: Final = re.compile(r"\r\n|\r|\n")
_AWKWARD: Final = Text("書き方が特殊です", "it is written in an unusual way")
_CHANGED: Final = Text("点検の間に変わりました", "the file changed while it was checked")
_Edit: TypeAlias = "tuple[int, int, str]"
_Outcomes: TypeAlias = "Mapping[str, tuple[Status, int | None]]"


class Rewrite(NamedTuple):
    """What to do to a file, and the finding that tells so; with no edits, why it is not to be done.

    `before` and `after` are the file's digests.
    """

    file: str
    told: Finding
    edits: tuple[_Edit, ...] = ()
    before: bytes = b""
    after: bytes = b""


def plan(
    file: str,
    root: MappingNode,
    applicant_file: ApplicantFile,
    outcomes: _Outcomes,
    where: Location,
    *,
    best: str,
    alone: bool,
) -> Rewrite | None:
    """How to rewrite the file where its `expect` differs or is missing. `alone`: it is a file of this one applicant."""
    wanted = _wanted(applicant_file, outcomes, best)
    if not wanted or all(applicant_file.expect.get(frame) == yen for frame, yen in wanted.items()):
        return None
    wanted = {applicant_file.spelt.get(frame, frame): yen for frame, yen in wanted.items()}
    if not alone:
        return Rewrite(file, finding("HJ442", where))
    try:
        data = read_file(file)
        again = parse(data, file)
        if again.root is None or plain(again.root) != plain(root):
            raise _AwkwardError
        edits, changed = _proven(data, again.root, wanted)
    except HojoError as problem:
        return Rewrite(file, problem.findings[0])
    except _AwkwardError:
        return Rewrite(file, finding("HJ441", where, reason=_AWKWARD))
    written = ", ".join(f"{frame}: {yen}" for frame, yen in wanted.items())
    return Rewrite(file, finding("HJ440", where, written=written), edits, _digest(data), _digest(changed))


def prepare(rewrite: Rewrite, findings: tuple[Finding, ...]) -> tuple[tuple[Finding, ...], WholeFile | None]:
    """The findings as they are afterwards, and the file, written and still to be kept; None where it stays as it is."""
    if not rewrite.edits:
        return _refused(findings, rewrite.told), None
    settled = tuple(found for found in findings if found.code != _DIFFERS)
    try:
        data = read_file(rewrite.file)
        if _digest(data) == rewrite.after:  # under another name it came before
            return settled, None
        if _digest(data) != rewrite.before:
            raise HojoError(finding("HJ441", rewrite.told.where, reason=_CHANGED))
        whole = ready(rewrite.file, _edited(data.decode("utf-8"), rewrite.edits).encode())
    except HojoError as problem:
        return _refused(findings, problem.findings[0]), None
    return (*settled, rewrite.told), whole


def _refused(findings: tuple[Finding, ...], why: Finding) -> tuple[Finding, ...]:
    """What differs differs still; the advice to rewrite it has been taken already."""
    none = Text("", "")
    return (*(found._replace(hint=none) if found.code == _DIFFERS else found for found in findings), why)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


class _AwkwardError(Exception):
    """The place to write at is not plain to see."""


def _wanted(applicant_file: ApplicantFile, outcomes: _Outcomes, best: str) -> dict[str, int]:
    """Yen of the frames the file expects something of; where it expects nothing, of the frame applied for or the best."""
    frames = list(applicant_file.expect) or [applicant_file.frame or best]
    found = {frame: outcomes[frame][1] for frame in frames if frame}
    return {frame: yen for frame, yen in found.items() if yen is not None}


def _proven(data: bytes, root: MappingNode, wanted: Mapping[str, int]) -> tuple[tuple[_Edit, ...], bytes]:
    """Edits that change nothing but `expect`, and what they make of the file."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise _AwkwardError from None
    edits = tuple(sorted(_edits(text, root, wanted), reverse=True))
    changed = _edited(text, edits).encode()
    _same_but_for(parse(changed, "").root, root, wanted)
    return edits, changed


def _edited(text: str, edits: tuple[_Edit, ...]) -> str:
    """Last edit first, so that the places of the others stay true."""
    for start, end, new in edits:
        text = text[:start] + new + text[end:]
    return text


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
    """`expect:` with nothing, `null` or `{}` after it; what stands after that keeps its distance."""
    match = re.compile(r"expect[ \t]*:(?:([ \t]+)(\{[ \t]*\}|null|Null|NULL|~))?").match(text, start)
    empty = isinstance(node, MappingNode) or (isinstance(node, Scalar) and is_null(node))
    if match is None or not empty:
        raise _AwkwardError
    if match[2]:
        return match.start(2), match.end(2), _flow(wanted)
    return match.end(), match.end(), f" {_flow(wanted)}"


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
