"""Would the cases of a folder notice? Each figure of a ruleset changed by one unit, each comparison flipped, and every case run.

A case is an applicant file with `expect`: yen by frame.
A change that no case notices is put to every applicant at a border of the rules: if one of them would notice, that applicant is the
case that is missing; if none would, other rules decide the same, and no case is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from hojo_cli.applicants.applicant import load
from hojo_cli.applicants.file_text import text
from hojo_cli.base.finding import Location, Text, untranslated
from hojo_cli.base.record import Record
from hojo_cli.base.texts import figure
from hojo_cli.document import APPLICANT, Mapping as MappingNode, Scalar, parse, read_file
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.derivation import Derivation
from hojo_cli.engine.evaluator import Evaluator, judge
from hojo_cli.engine.judgement import Outcome, Status
from hojo_cli.messages import finding
from hojo_cli.results.verified import Coverage
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import Branch, Capped, Choose, Compare, Number, Row, Tier
from hojo_cli.rules.walk import nodes_within
from hojo_cli.verify.analysis.situations import analysed
from hojo_cli.verify.examined import Complaint, Examined
from hojo_cli.verify.mutants import Distinguisher, Mutant, affected, judge_of, mutants

PATTERNS: Final = ("*.yaml", "*.yml")

_MET: Final = Text("成り立つ", "meet this condition")
_FAILED: Final = Text("成り立たない", "fail this condition")
_PASSED_BY: Final = Text("ここを通らない", "pass this by")


class ExpectedCase(Record):
    """An applicant file and the yen it must come to, frame by frame."""

    file: str
    root: MappingNode
    applicant: Applicant
    expect: Mapping[str, int]


def find(examined: Examined, folder: Path) -> tuple[Coverage, list[Complaint]]:
    """The score of the cases in a folder, what they miss, and which of them do not fit the rules."""
    ruleset, before = examined.ruleset, Evaluator(examined.ruleset)
    cases = list(expected_cases(ruleset, folder))
    outcomes = [before.outcomes(case.applicant) for case in cases]
    complaints: list[Complaint] = []
    for case, found in zip(cases, outcomes, strict=True):
        for frame, yen in case.expect.items():
            status, paid = found[frame]
            if status is not Status.INCOMPLETE and yen != (paid or 0):
                reached = figure(paid or 0) if status is Status.PAYABLE else untranslated(status)
                words = {"frame": frame, "wanted": figure(yen), "found": reached}
                complaints.append(Complaint(finding("HJ573", Location(case.file), file=case.file, **words)))
    killed = survived = 0
    distinguisher = Distinguisher(ruleset)
    for mutant in mutants(ruleset):
        if is_killed(ruleset, mutant, cases, outcomes):
            killed += 1
            continue
        shown = None  # somebody who would notice; where nobody would, other rules decide the same
        if analysed(ruleset) is not None:
            shown = distinguisher.witness(mutant.ruleset, mutant.number)
            if shown is None and not mutant.taxed:
                complaints.append(Complaint(finding("HJ571", mutant.number.where, change=mutant.label)))
                continue
        survived += 1
        found_by = "" if shown is None else text(ruleset, shown[1])
        complaints.append(Complaint(finding("HJ570", mutant.number.where, change=mutant.label), found_by))
    complaints += one_sided(ruleset, cases)
    return Coverage(len(cases), killed + survived, killed), complaints


# --- cases --------------------------------------------------------------------------------------------------------------


def expected_cases(ruleset: Ruleset, folder: Path) -> Iterator[ExpectedCase]:
    """The applicant files of this ruleset's year that say what they must come to; others are passed over."""
    for path in sorted(path for pattern in PATTERNS for path in folder.rglob(pattern)):
        root = parse(read_file(str(path), APPLICANT.size), str(path), APPLICANT).root
        year = None if root is None else root.entries.get("fiscal_year")
        if root is None or (isinstance(year, Scalar) and year.text not in ("", str(ruleset.fiscal_year))):
            continue
        loaded = load(root, ruleset, str(path), overruled=True).file
        if loaded is not None and loaded.expect:
            yield ExpectedCase(str(path), root, loaded.applicant, loaded.expect)


# --- mutants --------------------------------------------------------------------------------------------------------------


def is_killed(
    ruleset: Ruleset, mutant: Mutant, cases: Sequence[ExpectedCase], outcomes: Sequence[Mapping[str, Outcome]]
) -> bool:
    """Whether a case comes to something else in a frame it states and the change may reach."""
    if mutant.taxed:  # shows when the file is read
        files = (load(case.root, mutant.ruleset, case.file, overruled=True).file for case in cases)
        pairs = zip(files, cases, strict=True)
        return any(file is not None and file.applicant.items != case.applicant.items for file, case in pairs)
    judges = {name: judge_of(mutant.ruleset, [name]) for name in affected(ruleset, mutant.ruleset)}
    for case, before in zip(cases, outcomes, strict=True):
        stated = [name for name in judges if name in case.expect and before[name][0] is not Status.NO_COST]
        if any(judges[name].outcomes(case.applicant)[name] != before[name] for name in stated):
            return True
    return False


# --- both sides -------------------------------------------------------------------------------------------------------------


def one_sided(ruleset: Ruleset, cases: Iterable[ExpectedCase]) -> Iterator[Complaint]:
    """Comparisons that are always true or always false in the cases, branches, rows and tiers that none of them takes."""
    seen: dict[Location, set[bool]] = {}
    for case in cases:
        for name in case.expect:
            judgement = judge(ruleset, ruleset.frames[name], case.applicant)
            derivations = [judged.derivation for judged in judgement.requirements]
            derivations += [] if judgement.total is None else [judgement.total]
            derivations += [judged.derivation for band in judgement.bands for judged in band.requirements]
            for where, truth in truths_in(derivations):
                seen.setdefault(where, set()).add(truth)
    for where, truths in sorted(seen.items()):
        if len(truths) == 1:
            yield Complaint(finding("HJ572", where, seen=_MET if True in truths else _FAILED))
    for node in nodes_within(ruleset):
        if isinstance(node, (Branch, Row, Tier)) and node.where not in seen:
            seen[node.where] = set()
            yield Complaint(finding("HJ572", node.where, seen=_PASSED_BY))


def truths_in(derivations: Iterable[Derivation]) -> Iterator[tuple[Location, bool]]:
    """What each comparison came to, whether each cap cut anything; both for the branches, rows and tiers that were used."""
    pending, known = list(derivations), set[int]()
    while pending:
        derivation = pending.pop()
        if id(derivation) in known:
            continue
        known.add(id(derivation))
        pending += derivation.parts
        node = derivation.node
        if isinstance(node, Compare) and isinstance(derivation.value, bool):
            yield node.number.where, derivation.value
        elif isinstance(node, (Branch, Row, Tier)):
            yield from ((node.where, True), (node.where, False))
        elif isinstance(node, Capped) and isinstance(node.cap, Number):
            yield node.cap.where, derivation.lost > 0
        elif isinstance(node, Choose):  # a derivation says nothing of the branches before the first one that may hold
            first = derivation.parts[0].node if derivation.parts else None
            for branch in node.branches:
                if branch is first:
                    break
                if isinstance(branch.when, Compare):
                    yield branch.when.number.where, False
