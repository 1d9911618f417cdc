"""`--update-expect`: the computed yen written into a file's `expect`, every other line left as it is.

A plan is made where the file is checked, and carried out where its entry goes into the report: only there is it known that hojo was
not stopped.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Final, TypeAlias

from hojo_cli.applicants.applicant import ApplicantFile
from hojo_cli.base.finding import Finding, HojoError, Location, Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.document import Mapping as MappingNode, parse, plain, read_file
from hojo_cli.engine.judgement import Status
from hojo_cli.files.atomic_file import WholeFile, ready
from hojo_cli.messages import finding

_DIFFERS: Final = "HJ425"
_AWKWARD: Final = Text("書き方が特殊です", "it is written in an unusual way")
_CHANGED: Final = Text("点検の間に変わりました", "the file changed while it was checked")
_NO_HINT: Final = Text("", "")
_Outcomes: TypeAlias = "Mapping[str, tuple[Status, int | None]]"


class Rewrite(NamedTuple):
    """The yen to write into a file, and the finding that tells so; without any, the finding tells why they are not written.

    `before` and `after` are the file's digests.
    """

    file: str
    finding: Finding
    yen: Mapping[str, int] = {}
    before: bytes = b""
    after: bytes = b""


def planned(
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
    frames = list(applicant_file.expect) or [applicant_file.frame or best]
    computed = {frame: outcomes[frame][1] for frame in frames if frame}
    wanted = {frame: yen for frame, yen in computed.items() if yen is not None}
    if not wanted or all(applicant_file.expect.get(frame) == yen for frame, yen in wanted.items()):
        return None
    if not alone:
        return Rewrite(file, finding("HJ442", where))
    wanted = {applicant_file.spelt.get(frame, frame): yen for frame, yen in wanted.items()}
    try:
        data = read_file(file)
    except HojoError as problem:
        return Rewrite(file, problem.findings[0])
    changed = _rewritten(data, wanted) if (again := parse(data, file).root) and plain(again) == plain(root) else None
    if changed is None:
        return Rewrite(file, finding("HJ441", where, reason=_AWKWARD))
    written = ", ".join(f"{frame}: {yen}" for frame, yen in wanted.items())
    return Rewrite(file, finding("HJ440", where, written=written), wanted, _digest(data), _digest(changed))


def prepare(rewrite: Rewrite, findings: tuple[Finding, ...]) -> tuple[tuple[Finding, ...], WholeFile | None]:
    """The findings as they are afterwards, and the file, written and still to be kept; None where it stays as it is."""
    if not rewrite.yen:
        return _refused(findings, rewrite.finding), None
    settled = tuple(found for found in findings if found.code != _DIFFERS)
    try:
        data = read_file(rewrite.file)
        if _digest(data) == rewrite.after:  # under another name it came before
            return settled, None
        if _digest(data) != rewrite.before:
            raise HojoError(finding("HJ441", rewrite.finding.where, reason=_CHANGED))
        changed = _rewritten(data, rewrite.yen)
        assert changed is not None  # as in `plan`
        whole = ready(rewrite.file, changed)
    except HojoError as problem:
        return _refused(findings, problem.findings[0]), None
    return (*settled, rewrite.finding), whole


def _rewritten(data: bytes, yen: Mapping[str, int]) -> bytes | None:
    """The file with these yen; None where it cannot be kept faithfully."""
    from hojo_cli.document.writing import with_values  # only where something is rewritten

    root = parse(data, "").root
    return None if root is None else with_values(data, root, "expect", yen)


def _refused(findings: tuple[Finding, ...], why: Finding) -> tuple[Finding, ...]:
    """What differs differs still; the advice to rewrite it has been taken already."""
    return (*(found._replace(hint=_NO_HINT) if found.code == _DIFFERS else found for found in findings), why)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()
