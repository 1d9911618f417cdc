"""One applicant of a batch: read, judged in every frame, held against what the file itself promises.

The fast path judges; words are made only for what needs attention.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from hojo_cli import applicant, intake, library, ruleset
from hojo_cli.applicant import Applicant
from hojo_cli.catalogue import finding
from hojo_cli.compile import Compiled, compile_ruleset
from hojo_cli.document import Document, Mapping as MappingNode
from hojo_cli.evaluate import Status
from hojo_cli.finding import Finding, HojoError, Location, Severity, Text
from hojo_cli.formula import Ruleset
from hojo_cli.intake import Piece
from hojo_cli.report import Checked, Outcome
from hojo_cli.words import figure

RULESETS: Final = Text("ルールセット", "rulesets")
LEVELS: Final = ("ok", "note", "warning", "error")


class Mark(NamedTuple):
    """What would tell that another input is the same business: a fingerprint, and the warning to give there."""

    print: int
    code: str
    line: int
    column: int
    number: str


class Verdict(NamedTuple):
    """What became of a piece: its entry in the report, or (None) why it is no input."""

    checked: Checked | None
    marks: tuple[Mark, ...]
    skipped: Text | None


class Settings(NamedTuple):
    """How to check: the ruleset chosen by hand (or empty), and whether `expect` is to be rewritten."""

    rules: str
    update: bool = False


class Inspector:
    """Checks one piece after the other; rulesets are loaded once."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.known: dict[str, tuple[Ruleset, Compiled]] = {}
        self.newest = library.years()[0]
        self.rules(settings.rules or self.newest)

    def __call__(self, piece: Piece) -> Verdict:
        """The verdict on one piece; never raises for what a file holds."""
        made = intake.document(piece)
        if made.root is None:
            return _failed(piece, "", made.findings)
        if "hojo" in made.root.entries and piece.record == 0:
            return Verdict(None, (), RULESETS)
        try:
            rules, compiled = self.rules_of(made.root, piece)
        except HojoError as problem:
            return _failed(piece, _name(made), (*made.findings, *problem.findings))
        made = intake.settle(made, piece, rules)
        if made.root is None:
            return _failed(piece, "", made.findings)
        read = applicant.load(made.root, rules, piece.file, overruled=bool(self.settings.rules))
        findings = made.findings + read.findings
        if read.applicant is None or any(found.severity is Severity.ERROR for found in findings):
            return _failed(piece, _name(made), findings)
        return self.judged(_Case(piece, made.root, read.applicant, rules), compiled, findings)

    def judged(self, case: _Case, compiled: Compiled, findings: tuple[Finding, ...]) -> Verdict:
        outcomes = compiled.outcomes(case.applicant.subject)
        best = _best(outcomes)
        found = (*findings, *case.promises(outcomes, best))
        if self.settings.update and case.piece.kind == "yaml":
            from hojo_cli.expectation import update

            found = update(case.piece.file, case.root, case.applicant, outcomes, best, found)
        checked = Checked(
            case.piece.file,
            case.piece.record,
            case.applicant.subject.name,
            level(found),
            best,
            tuple([Outcome(name, status.value, yen) for name, (status, yen) in outcomes.items()]),
            found,
        )
        return Verdict(checked, _marks(case), None)

    # --- rulesets ---

    def rules_of(self, root: MappingNode, piece: Piece) -> tuple[Ruleset, Compiled]:
        """The ruleset that counts for a file: chosen by hand, asked for by the file, or the newest."""
        year = self.settings.rules or applicant.fiscal_year(root)
        if year in self.known or not year:
            return self.known[year or self.newest] if (year or self.newest) in self.known else self.rules(self.newest)
        node = root.entries["fiscal_year"]
        if year not in library.years():  # a file may choose among the shipped years, not name a path
            where = Location(piece.file, node.line, node.column)
            raise HojoError(finding("HJ346", where, name=year, known=", ".join(library.years())))
        return self.rules(year)

    def rules(self, name: str) -> tuple[Ruleset, Compiled]:
        """A ruleset, read and compiled once."""
        if name not in self.known:
            rules = ruleset.load(name)
            self.known[name] = rules, compile_ruleset(rules)
        return self.known[name]


class _Case(NamedTuple):
    """An applicant who could be read, and what is said about the frames it names."""

    piece: Piece
    root: MappingNode
    applicant: Applicant
    rules: Ruleset

    def promises(self, outcomes: Mapping[str, tuple[Status, int | None]], best: str) -> Iterator[Finding]:
        """The declared frame, the frames that are payable, and every `expect`."""
        declared = self.applicant.frame
        if declared and outcomes[declared][0] is not Status.PAYABLE:
            yield self.unpaid("HJ421" if outcomes[declared][0] is Status.INCOMPLETE else "HJ420", "frame", declared)
        undecided = [name for name, (status, _) in outcomes.items() if status is Status.INCOMPLETE and name != declared]
        if best:
            for name in undecided if not declared else ():
                yield self.unpaid("HJ424", "facts", name)
        elif not declared:
            yield self.unpaid("HJ423", "facts", *undecided) if undecided else self.nothing(outcomes)
        if self.applicant.expect:
            from hojo_cli.promises import combined, expected

            yield from expected(self.rules, self.applicant, outcomes, self.where)
            yield from combined(self.rules, self.applicant, self.where)

    def where(self, key: str) -> Location:
        """The line of a key; of the whole record where it has none."""
        line, column = self.applicant.places.get(key) or (self.piece.line, 1)
        return Location(self.piece.file, line, column)

    def unpaid(self, code: str, key: str, *frames: str) -> Finding:
        """A finding about frames that do not pay, closing with why."""
        found = finding(code, self.where(key), frame=self.rules.frames[frames[0]].label)
        return because(found, self.rules, self.applicant, frames)

    def nothing(self, outcomes: Mapping[str, tuple[Status, int | None]]) -> Finding:
        """No frame pays: why each does not, those that have costs first."""
        told = [name for name, (status, _) in outcomes.items() if status is not Status.NO_COST]
        found = finding("HJ422", self.where("facts"))
        if told:
            return because(found, self.rules, self.applicant, told)
        none = Text("どの枠で数える明細もありません。", "No item counts in any frame.")
        return found._replace(message=_after(found.message, none))


def because(found: Finding, rules: Ruleset, applicant: Applicant, frames: tuple[str, ...] | list[str]) -> Finding:
    """The finding with the reasons of these frames after its message."""
    from hojo_cli.reasons import why

    message = found.message
    for name in frames:
        reason = why(rules, name, applicant.subject)
        if len(frames) > 1:
            label = rules.frames[name].label
            reason = Text(f"{label.ja}は{reason.ja}", f"{label.en}: {reason.en}")
        message = _after(message, reason)
    return found._replace(message=message)


def _after(message: Text, more: Text) -> Text:
    return Text(f"{message.ja}{more.ja}", f"{message.en} {more.en}")


def level(findings: tuple[Finding, ...]) -> str:
    """The worst of some findings: `ok`, `note`, `warning` or `error`."""
    return max((found.severity.value for found in findings), key=LEVELS.index, default="ok")


def _best(outcomes: Mapping[str, tuple[Status, int | None]]) -> str:
    best, most = "", -1
    for name, (status, yen) in outcomes.items():
        if status is Status.PAYABLE and yen is not None and yen > most:
            best, most = name, yen
    return best


def _failed(piece: Piece, name: str, findings: tuple[Finding, ...]) -> Verdict:
    return Verdict(Checked(piece.file, piece.record, name, level(findings), "", (), findings), (), None)


def _name(made: Document) -> str:
    node = None if made.root is None else made.root.entries.get("name")
    return getattr(node, "text", "")


# --- who is who ----------------------------------------------------------------------------------------------------------


def _marks(case: _Case) -> tuple[Mark, ...]:
    subject = case.applicant.subject
    marks = []
    if number := case.applicant.corporate_number:
        marks.append(_mark(case, "HJ430", "corporate_number", number, number))
    if subject.name and subject.facts:
        facts = ",".join([f"{name}={subject.facts[name]}" for name in sorted(subject.facts)])
        marks.append(_mark(case, "HJ431", "name", f"{subject.name}\n{facts}", ""))
    return tuple(marks)


def _mark(case: _Case, code: str, key: str, text: str, number: str) -> Mark:
    """Eight bytes that are the same in every process, whatever its hash seed."""
    from hashlib import blake2b

    found = int.from_bytes(blake2b(text.encode(errors="surrogatepass"), digest_size=8, person=code.encode()).digest())
    line, column = case.applicant.places[key]
    return Mark(found, code, line, column, number)


__all__ = ["LEVELS", "RULESETS", "Inspector", "Mark", "Settings", "Verdict", "because", "figure", "level"]
