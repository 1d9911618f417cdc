"""Would the cases of a folder notice? Each figure of a ruleset changed by one unit, each comparison flipped, and every case run.

A case is an applicant file with `expect`: yen by frame.
A change that no case notices is put to every applicant at a border of the rules: if one of them would notice, that applicant is the
case that is missing; if none would, other rules decide the same, and no case is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from hojo_cli.analysis import analysed
from hojo_cli.analysis.applicants import text
from hojo_cli.applicants import applicant
from hojo_cli.base.finding import Location, Severity, Text
from hojo_cli.base.number import Kind, show
from hojo_cli.base.record import Record
from hojo_cli.document import APPLICANT, Scalar, parse, read_file
from hojo_cli.document import Mapping as MappingNode
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.compile import Outcome, compile_ruleset
from hojo_cli.engine.derive import Derivation
from hojo_cli.engine.judgement import Status, judge
from hojo_cli.messages import finding
from hojo_cli.report import Coverage
from hojo_cli.rules.nodes import Branch, Capped, Choose, Compare, Number, Row, Ruleset, Tier
from hojo_cli.rules.walk import nodes
from hojo_cli.verify.examined import Complaint, Examined
from hojo_cli.verify.mutants import Change, changes
from hojo_cli.verify.noticing import Observers, affected

PATTERNS: Final = ("*.yaml", "*.yml")


class Case(Record):
    """An applicant file and the yen it must come to, frame by frame."""

    file: str
    root: MappingNode
    subject: Applicant
    expect: Mapping[str, int]


def find(examined: Examined, folder: Path) -> tuple[Coverage, list[Complaint]]:
    """The score of the cases in a folder, what they miss, and which of them do not fit the rules."""
    ruleset = examined.ruleset
    cases = list(_cases(ruleset, folder))
    before = compile_ruleset(ruleset)
    found = [before.outcomes(case.subject) for case in cases]
    complaints = [
        complaint for case, outcomes in zip(cases, found, strict=True) for complaint in _wrong(case, outcomes)
    ]
    counted = missed = 0
    observers = Observers(ruleset)
    for change in changes(ruleset):
        counted += 1
        if not _noticed(ruleset, change, cases, found):
            complaint = _survivor(observers, change)
            missed += complaint.finding.severity is not Severity.NOTE
            counted -= complaint.finding.severity is Severity.NOTE
            complaints.append(complaint)
    complaints += _one_sided(ruleset, cases)
    return Coverage(len(cases), counted, counted - missed), complaints


# --- cases --------------------------------------------------------------------------------------------------------------


def _cases(ruleset: Ruleset, folder: Path) -> Iterator[Case]:
    """The applicant files of this ruleset's year that say what they must come to; others are passed over."""
    for path in sorted(path for pattern in PATTERNS for path in folder.rglob(pattern)):
        root = parse(read_file(str(path), APPLICANT.size), str(path), APPLICANT).root
        if root is None or _year(root) not in ("", str(ruleset.fiscal_year)):
            continue
        loaded = applicant.load(root, ruleset, str(path), overruled=True).applicant
        if loaded is not None and loaded.expect:
            yield Case(str(path), root, loaded.subject, loaded.expect)


def _year(root: MappingNode) -> str:
    node = root.entries.get("fiscal_year")
    return node.text if isinstance(node, Scalar) else ""


def _wrong(case: Case, outcomes: Mapping[str, Outcome]) -> Iterator[Complaint]:
    """What the case expects and the rules do not come to."""
    for frame, yen in case.expect.items():
        status, paid = outcomes[frame]
        if status is not Status.INCOMPLETE and yen != (paid or 0):
            words = {"frame": frame, "wanted": _outcome(Status.PAYABLE, yen), "found": _outcome(status, paid)}
            yield Complaint(finding("HJ573", Location(case.file), file=case.file, **words))


def _outcome(status: Status, yen: int | None) -> Text:
    shown = ("—", "—") if yen is None else (show(yen, Kind.YEN), show(yen, Kind.YEN, "en"))
    return Text(*shown) if status is Status.PAYABLE else Text(str(status), str(status))


# --- changes --------------------------------------------------------------------------------------------------------------


def _noticed(ruleset: Ruleset, change: Change, cases: list[Case], found: list[dict[str, Outcome]]) -> bool:
    """Whether a case that states a frame the change may reach comes to something else."""
    if change.number.where == ruleset.tax_included.where:
        return _noticed_when_read(change, cases)
    changed = {
        name: compile_ruleset(change.ruleset._replace(frames={name: change.ruleset.frames[name]}))
        for name in affected(ruleset, change.ruleset)
    }
    for case, before in zip(cases, found, strict=True):
        stated = [name for name in changed if name in case.expect and before[name][0] is not Status.NO_COST]
        if any(changed[name].outcomes(case.subject)[name] != before[name] for name in stated):
            return True
    return False


def _noticed_when_read(change: Change, cases: Iterable[Case]) -> bool:
    """A change to how prices with tax are converted shows when the file is read."""
    for case in cases:
        loaded = applicant.load(case.root, change.ruleset, case.file, overruled=True).applicant
        if loaded is not None and loaded.subject.items != case.subject.items:
            return True
    return False


def _survivor(observers: Observers, change: Change) -> Complaint:
    """With somebody who would notice, if there is anybody."""
    ruleset = observers.before
    undecided = analysed(ruleset) is None
    shown = None if undecided else observers.witness(change.ruleset, change.number)
    if shown is None and not undecided and change.number.where != ruleset.tax_included.where:
        return Complaint(finding("HJ571", change.number.where, change=change.label))
    found = finding("HJ570", change.number.where, change=change.label)
    return Complaint(found, "" if shown is None else text(ruleset, shown[1]))


# --- both sides -------------------------------------------------------------------------------------------------------------


def _one_sided(ruleset: Ruleset, cases: list[Case]) -> Iterator[Complaint]:
    """Comparisons that are always true or always false in the cases, branches, rows and tiers that none of them takes."""
    seen: dict[Location, set[bool]] = {}
    for case in cases:
        for name in case.expect:
            judgement = judge(ruleset, ruleset.frames[name], case.subject)
            roots = [judged.derivation for judged in judgement.requirements]
            roots += [] if judgement.total is None else [judgement.total]
            roots += [judged.derivation for band in judgement.bands for judged in band.requirements]
            _collect(roots, seen)
    for where, truths in sorted(seen.items()):
        if len(truths) == 1:
            words = (
                Text("成り立つ", "meet this condition")
                if True in truths
                else Text("成り立たない", "fail this condition")
            )
            yield Complaint(finding("HJ572", where, seen=words))
    yield from _untaken(ruleset, seen)


def _collect(roots: Sequence[Derivation], seen: dict[Location, set[bool]]) -> None:
    """What each comparison came to, whether each cap cut anything, and which branches, rows and tiers were used."""
    pending, known = list(roots), set[int]()
    while pending:
        here = pending.pop()
        if id(here) in known:
            continue
        known.add(id(here))
        pending += here.parts
        if isinstance(here.node, Compare) and isinstance(here.value, bool):
            seen.setdefault(here.node.number.where, set()).add(here.value)
        elif isinstance(here.node, (Branch, Row, Tier)):
            seen.setdefault(here.node.where, set()).update((True, False))
        elif isinstance(here.node, Capped) and isinstance(here.node.cap, Number):
            seen.setdefault(here.node.cap.where, set()).add(here.lost > 0)
        elif isinstance(here.node, Choose):
            for branch in _passed_over(here):
                if isinstance(branch.when, Compare):
                    seen.setdefault(branch.when.number.where, set()).add(False)


def _passed_over(choice: Derivation) -> Iterator[Branch]:
    """The branches before the first one that may hold; a derivation says nothing of them."""
    assert isinstance(choice.node, Choose)
    first = choice.parts[0].node if choice.parts else None
    for branch in choice.node.branches:
        if branch is first:
            return
        yield branch


def _untaken(ruleset: Ruleset, seen: Mapping[Location, set[bool]]) -> Iterator[Complaint]:
    told = set[Location]()
    for node in nodes(ruleset):
        if isinstance(node, (Branch, Row, Tier)) and node.where not in seen and node.where not in told:
            told.add(node.where)
            yield Complaint(finding("HJ572", node.where, seen=Text("ここを通らない", "pass this by")))
