"""One applicant of a batch: read, judged in every frame, held against what the file itself promises.

Judged without a trace; words are made only for what needs attention.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from hojo_cli.advise.plan import plan
from hojo_cli.applicants import applicant
from hojo_cli.applicants.applicant import ApplicantFile
from hojo_cli.base.finding import Finding, Location, Text, has_errors
from hojo_cli.base.record import NamedTuple
from hojo_cli.batch import intake
from hojo_cli.batch.duplicates import Mark, marks
from hojo_cli.batch.intake.piece import Client, Piece
from hojo_cli.batch.update_expect import Rewrite, planned
from hojo_cli.document import Mapping as MappingNode, with_paths
from hojo_cli.document.recognition import A_RULESET, APPLICANT_FILE
from hojo_cli.engine.evaluator import Evaluator, evaluator
from hojo_cli.engine.judgement import Status
from hojo_cli.messages import finding
from hojo_cli.results.advised import Border, Plan
from hojo_cli.results.checked import Checked, Outcome
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.declared import Ruleset

RULESETS: Final = Text("ルールセット", "rulesets")


def no_applicant(path: str) -> Finding:
    """What is said where nothing was given to check but a ruleset."""
    return finding("HJ171", Location(path), **A_RULESET.words(path, APPLICANT_FILE))


class Verdict(NamedTuple):
    """What became of a piece: its entry in the report (None: it is a ruleset); and what is to be written into its file."""

    checked: Checked | None
    marks: tuple[Mark, ...] = ()
    rewrite: Rewrite | None = None


class Settings(NamedTuple):
    """How to check: the ruleset chosen by hand (or empty), whether `expect` is to be rewritten, and whether to look for borders."""

    rules: str
    update: bool = False
    near: bool = False


class Inspector:
    """Checks one piece after the other; rulesets are loaded once."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.known: dict[str, tuple[Ruleset, Evaluator]] = {}
        self.years = library.years()
        self.chosen = settings.rules or self.years[0]
        self.rules(self.chosen)

    def __reduce__(self) -> tuple[type[Inspector], tuple[Settings]]:
        """A process that begins anew makes its own; one that is a copy has this one."""
        return Inspector, (self.settings,)

    def __call__(self, piece: Piece) -> Verdict:
        """The verdict on one piece; never raises for what a file holds."""
        verdict = self.verdict(piece)
        if verdict.checked is None or not isinstance(piece.payload, Client):
            return verdict
        checked = verdict.checked._replace(findings=intake.located(verdict.checked.findings, piece))
        sheet = piece.payload.sheets[0]
        return verdict._replace(checked=checked, marks=tuple(mark._replace(sheet=sheet) for mark in verdict.marks))

    def verdict(self, piece: Piece) -> Verdict:
        """The same, places in a spreadsheet being those of its nodes."""
        made = intake.document(piece)
        if made.root is None:
            return _failed(piece, made.findings)
        if intake.is_ruleset(made, piece):
            return Verdict(None)
        year: str = self.settings.rules
        unknown: tuple[Finding, ...] = ()
        if not year:
            year, unknown = applicant.fiscal_year(made.root, piece.file, self.years)
        rules, reader = self.rules(year)
        made = intake.settle(made, piece, rules)
        if made.root is None:
            return _failed(piece, made.findings)
        read = applicant.load(made.root, rules, piece.file, overruled=bool(self.settings.rules))
        findings = made.findings + unknown + read.findings
        if read.file is None or has_errors(findings):
            return _failed(piece, findings, _Case(piece, read.root, read.legible, rules))
        return self.judged(_Case(piece, read.root, read.file, rules), reader, findings)

    def judged(self, case: _Case, reader: Evaluator, findings: tuple[Finding, ...]) -> Verdict:
        outcomes = reader.outcomes(case.applicant_file.applicant)
        payable = {
            frame: yen for frame, (status, yen) in outcomes.items() if status is Status.PAYABLE and yen is not None
        }
        best = max(payable, key=payable.__getitem__, default="")
        found = in_order(with_paths((*findings, *case.findings(outcomes, best)), case.root))
        paid = {name: yen for name, (_, yen) in outcomes.items()}
        together = plan(case.rules, case.applicant_file.applicant, paid)
        checked = Checked(
            case.piece.file,
            case.piece.record,
            case.applicant_file.applicant.name,
            best,
            tuple([Outcome(name, status.value, yen) for name, (status, yen) in outcomes.items()]),
            found,
            case.rules.fiscal_year,
            together,
            self.near(case, paid, together) if self.settings.near else None,
        )
        return Verdict(
            checked,
            marks(case.root, case.applicant_file, case.rules),
            case.rewrite(outcomes, best) if self.settings.update else None,
        )

    def near(self, case: _Case, paid: Mapping[str, int | None], together: Plan | None) -> tuple[Border, ...]:
        """The borders near an applicant: of the frame it names, or of those that pay most together; or that would make another pay more."""
        from hojo_cli.advise.margins import near
        from hojo_cli.applicants.scenario import Scenario

        scenario = Scenario(case.root, case.rules, case.piece.file, overruled=bool(self.settings.rules))
        held = [part.frame for part in together.parts] if together else []
        return near(scenario, paid, [case.applicant_file.frame] if case.applicant_file.frame else held)

    # --- rulesets ---

    def rules(self, name: str) -> tuple[Ruleset, Evaluator]:
        """A ruleset, read and lowered once."""
        if name not in self.known:
            rules = ruleset.load(name)
            self.known[name] = rules, evaluator(rules, traced=False)
        return self.known[name]


class _Case(NamedTuple):
    """An applicant who could be read, and what is said about the frames it names."""

    piece: Piece
    root: MappingNode
    applicant_file: ApplicantFile
    rules: Ruleset

    def findings(self, outcomes: Mapping[str, tuple[Status, int | None]], best: str) -> Iterator[Finding]:
        """The declared frame, the frames that are payable, and every `expect`."""
        declared = self.applicant_file.frame
        if declared and outcomes[declared][0] is not Status.PAYABLE:
            yield self.unpaid("HJ421" if outcomes[declared][0] is Status.INCOMPLETE else "HJ420", "frame", declared)
        undecided = [name for name, (status, _) in outcomes.items() if status is Status.INCOMPLETE and name != declared]
        if best:
            for name in undecided if not declared else ():
                yield self.unpaid("HJ424", "facts", name)
        elif undecided and not declared:
            yield self.unpaid("HJ423", "facts", *undecided)
        elif not declared and (not self.applicant_file.expect or any(self.applicant_file.expect.values())):
            if costly := [name for name, (status, _) in outcomes.items() if status is not Status.NO_COST]:
                yield self.unpaid("HJ422", "facts", *costly)
            else:
                found = finding("HJ422", self.where("facts"))
                none = Text("どの枠で数える明細もありません。", "No item counts in any frame.")
                yield found._replace(message=Text(found.message.ja + none.ja, f"{found.message.en} {none.en}"))
        if self.applicant_file.expect:
            from hojo_cli.batch.check_expect import combined, expected

            yield from expected(self.rules, self.applicant_file, outcomes, self.where, alone=self.piece.alone())
            yield from combined(self.rules, self.applicant_file, self.where)

    def rewrite(self, outcomes: Mapping[str, tuple[Status, int | None]], best: str) -> Rewrite | None:
        """What `--update-expect` would change."""
        where, alone = self.where("expect"), self.piece.alone()
        return planned(self.piece.file, self.root, self.applicant_file, outcomes, where, best=best, alone=alone)

    def where(self, key: str) -> Location:
        """The line of a key; of the whole record where it has none."""
        line, column = self.applicant_file.places.get(key) or (self.piece.line, 1)
        return Location(self.piece.file, line, column)

    def unpaid(self, code: str, key: str, *frames: str) -> Finding:
        """A finding about frames that do not pay, closing with why."""
        found = finding(code, self.where(key), frame=self.rules.frames[frames[0]].label)
        from hojo_cli.batch.reasons import because

        return because(found, self.rules, self.applicant_file.applicant, frames)


def in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """By their places in the file."""
    return tuple(sorted(findings, key=lambda found: found.where)) if len(findings) > 1 else findings


def _failed(piece: Piece, findings: tuple[Finding, ...], case: _Case | None = None) -> Verdict:
    """Not judged; what could be read tells all the same whether the business is there twice."""
    if case is None:
        return Verdict(Checked(piece.file, piece.record, "", "", (), in_order(findings)))
    findings = in_order(with_paths(findings, case.root))
    name, year = case.applicant_file.applicant.name, case.rules.fiscal_year
    checked = Checked(piece.file, piece.record, name, "", (), findings, year)
    return Verdict(checked, marks(case.root, case.applicant_file, case.rules))
