"""The same applicants under two rulesets: who gains, who loses, and which clause accounts for how many yen.

Each applicant is weighed alone (`Scales`, also in worker processes) and only numbers are kept (`totals`), so memory stays flat. Every
clause is switched alone in the old ruleset; what the clauses do together beyond that is the interaction, so the parts add up exactly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from hojo_cli.applicants import applicant
from hojo_cli.base.finding import THE_CALL, HojoError, Location, Severity, Text
from hojo_cli.batch import discovery, intake, pool
from hojo_cli.batch.intake.piece import Piece
from hojo_cli.batch.progress import Progress, wanted
from hojo_cli.diff.clauses import Comparable, prepare, side
from hojo_cli.diff.totals import Bounds, Impact, Outcomes, Weighed, best
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.evaluator import Evaluator
from hojo_cli.engine.judgement import Status
from hojo_cli.engine.missing import Settled, settle
from hojo_cli.messages import finding
from hojo_cli.rules.asked import asked
from hojo_cli.rules.declared import Ruleset


class Scales:
    """Two rulesets and every clause between them, ready to read and weigh one piece after the other."""

    def __init__(self, compared: Comparable) -> None:
        self.compared = compared
        self.old, self.new = Evaluator(compared.old.ruleset), Evaluator(compared.new.ruleset)
        self.clauses: list[tuple[Ruleset, Evaluator] | None] = []
        for clause in compared.clauses:
            if clause.switched is None:
                self.clauses.append(None)
            else:
                touched = {name: frame for name, frame in clause.switched.frames.items() if name in clause.frames}
                self.clauses.append((clause.switched, Evaluator(clause.switched._replace(frames=touched))))

    def __reduce__(self) -> tuple[Callable[[str, str], Scales], tuple[str, str]]:
        """A process that begins anew makes its own; one that is a copy has this one."""
        return scales, (self.compared.old.name, self.compared.new.name)

    def weigh(self, subject: Applicant, new: Applicant | None = None) -> tuple[Outcomes, Outcomes, tuple[int, ...]]:
        """Outcomes under both, and what each clause alone moves; `new` is the subject where the new ruleset reads it otherwise."""
        later = new or subject
        before, after = self.old.outcomes(subject), self.new.outcomes(later)
        start = best(before)
        return before, after, tuple(self.alone(switched, subject, later, before) - start for switched in self.clauses)

    def alone(
        self, switched: tuple[Ruleset, Evaluator] | None, subject: Applicant, later: Applicant, before: Outcomes
    ) -> int:
        """The best yen with one clause switched."""
        if switched is None:
            return best(before)
        rules, compiled = switched
        taxed = rules.tax_included.value != self.compared.old.ruleset.tax_included.value
        untouched = {name: outcome for name, outcome in before.items() if name in rules.frames}
        outcomes = compiled.outcomes(later if taxed else subject).items()
        return best({**untouched, **{name: outcome for name, outcome in outcomes if outcome[1] is not None}})

    def unsettled(self, subject: Applicant, later: Applicant, before: Outcomes, after: Outcomes) -> list[list[Settled]]:
        """The frames that are incomplete, under the old and under the new ruleset, settled as far as they can be."""
        old, new = self.compared.old.ruleset, self.compared.new.ruleset
        return [
            [
                settle(rules, rules.frames[name], seen)
                for name, (status, _) in outcomes.items()
                if status is Status.INCOMPLETE
            ]
            for rules, seen, outcomes in ((old, subject, before), (new, later, after))
        ]

    def __call__(self, piece: Piece) -> Weighed | None:
        """None for what is no applicant; never raises for what a file holds."""
        made = intake.document(piece)
        if intake.is_ruleset(made, piece):
            return None
        if made.root is not None:
            made = intake.settle(made, piece, self.compared.both)
        findings, subjects = list(made.findings), list[Applicant]()
        for rules in (self.compared.both, self.compared.later):
            if made.root is not None and rules is not None:
                read = applicant.load(made.root, rules, piece.file, overruled=True)
                findings += read.findings
                subjects += [] if read.file is None else [read.file.applicant]
        errors = tuple(found for found in findings if found.severity is Severity.ERROR)
        if errors or not subjects:
            return Weighed(piece.file, piece.record, "", {}, {}, (), (), intake.located(errors, piece))
        subject, later = subjects[0], subjects[-1]
        before, after, alone = self.weigh(subject, later)
        unsettled = self.unsettled(subject, later, before, after)
        missing = missing_facts(unsettled)
        bounds = Bounds(*range_of(before, unsettled[0], subject), *range_of(after, unsettled[1], later))
        return Weighed(piece.file, piece.record, subject.name, before, after, alone, missing, (), bounds)


def missing_facts(unsettled: Sequence[Sequence[Settled]]) -> tuple[str, ...]:
    """The facts that stand in the way of an outcome."""
    return tuple(dict.fromkeys(asked(fact).name for frames in unsettled for frame in frames for fact in frame.missing))


def range_of(outcomes: Outcomes, unsettled: Sequence[Settled], subject: Applicant) -> tuple[int, int]:
    """The least and the most that the best frame comes to. What cannot be laid out pays no more than is spent."""
    least = most = best(outcomes)
    for frame in unsettled:
        yen = [leaf.subsidy or 0 for leaf in frame.outcomes]
        spent = sum((item.cost for one in (subject, *subject.members) for item in one.items), start=0)
        least, most = max(least, min(yen, default=0)), max(most, max(yen, default=int(spent)))
    return least, most


def weigh_files(compared: Comparable, paths: Sequence[str], encoding: str, jobs: int) -> Impact:
    """Every applicant of the paths; `HojoError` where there is none."""
    skipped: Counter[Text] = Counter()
    sources: Iterator[discovery.InputFile] = discovery.discover(paths, "", skipped)
    progress = Progress(0)
    if wanted():
        listed = list(sources)
        progress, sources = Progress(len(listed)), iter(listed)
    impact = Impact(compared, paths)
    pieces = (piece for source in sources for piece in intake.pieces(source, encoding, skipped, compared.both))
    weighed = pool.ordered(pieces, Scales(compared), given_up, Piece.heft, jobs=jobs or pool.processors())
    try:
        for applicant_weighed in weighed:
            if applicant_weighed is not None:
                impact.add(applicant_weighed)
            progress.step()
    finally:
        progress.wipe()
        weighed.close()
    if not impact.inputs:
        raise HojoError(finding("HJ450", THE_CALL, where="、".join(paths)))
    return impact


def scales(old: str, new: str) -> Scales:
    """Made anew in each process, which reads the rulesets itself."""
    return Scales(prepare(side(old), side(new)))


def given_up(piece: Piece, problem: str) -> Weighed | None:
    """An applicant that took its worker down, or at which hojo itself failed."""
    where = Location(piece.file, piece.line)
    found = finding("HJ099", where, reason=problem) if problem else finding("HJ401", where)
    return Weighed(piece.file, piece.record, "", {}, {}, (), (), (found,))
