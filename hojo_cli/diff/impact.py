"""The same applicants under two rulesets: who gains, who loses, and which clause accounts for how many yen.

Each applicant is weighed alone (`Scales`, also in worker processes) and only numbers are kept (`Impact`), so memory stays flat. Every
clause is switched alone in the old ruleset; what the clauses do together beyond that is the interaction, so the parts add up exactly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from hojo_cli.applicants import applicant
from hojo_cli.base.finding import THE_CALL, Finding, HojoError, Location, Severity, Text
from hojo_cli.base.record import Record
from hojo_cli.batch import discovery, intake, pool
from hojo_cli.batch.intake.piece import Piece
from hojo_cli.batch.progress import Progress, wanted
from hojo_cli.diff.clauses import Comparable, prepare, side
from hojo_cli.engine.applicant import Applicant, asked
from hojo_cli.engine.evaluator import Evaluator
from hojo_cli.engine.judgement import Outcome, Status
from hojo_cli.engine.missing import settle
from hojo_cli.messages import finding
from hojo_cli.rules.declared import Ruleset
from hojo_cli.verify.analysis.overlay import united

Outcomes: TypeAlias = "Mapping[str, Outcome]"
LARGEST: Final = 10
"""How many of the largest movements are kept."""
NAMED: Final = 10
"""How many of the files are named."""


class Weighed(Record):
    """One applicant. `alone` is what each clause moves of the best frame's yen; `missing` facts stand in the way of an outcome.

    With `findings` of severity error nothing else is known.
    """

    file: str
    record: int
    name: str
    old: Outcomes
    new: Outcomes
    alone: tuple[int, ...]
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]


class Movement(Record):
    """An applicant whose best frame's yen move."""

    file: str
    record: int
    name: str
    old: int
    new: int


class InFrame(Record):
    """One frame over all applicants."""

    old: int
    new: int
    old_payable: int
    new_payable: int


def best(outcomes: Outcomes) -> int:
    """The yen of the payable frame with the most; 0 where none is payable."""
    return max((yen for status, yen in outcomes.values() if status is Status.PAYABLE and yen is not None), default=0)


class Scales:
    """Two rulesets and every clause between them, ready to read and weigh one piece after the other.

    `later` reads a file for the new ruleset, where that means prices with tax or a fact otherwise than the old one.
    """

    def __init__(self, compared: Comparable) -> None:
        self.compared = compared
        old, new = compared.old.ruleset, compared.new.ruleset
        self.old, self.new = Evaluator(old), Evaluator(new)
        same = old.tax_included.value == new.tax_included.value and all(
            spec.kind == new.facts[name].kind for name, spec in old.facts.items() if name in new.facts
        )
        self.later = None if same else united(new, old)
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

    def missing(self, subject: Applicant, later: Applicant, before: Outcomes, after: Outcomes) -> Iterator[str]:
        """The facts that stand in the way of an outcome under either ruleset."""
        old, new = self.compared.old.ruleset, self.compared.new.ruleset
        for rules, seen, outcomes in ((old, subject, before), (new, later, after)):
            for name, (status, _) in outcomes.items():
                if status is Status.INCOMPLETE:
                    yield from (asked(fact).name for fact in settle(rules, rules.frames[name], seen).missing)

    def __call__(self, piece: Piece) -> Weighed | None:
        """None for what is no applicant; never raises for what a file holds."""
        made = intake.document(piece)
        if intake.is_ruleset(made, piece):
            return None
        if made.root is not None:
            made = intake.settle(made, piece, self.compared.both)
        findings, subjects = list(made.findings), list[Applicant]()
        for rules in (self.compared.both, self.later):
            if made.root is not None and rules is not None:
                read = applicant.load(made.root, rules, piece.file, overruled=True)
                findings += read.findings
                subjects += [] if read.file is None else [read.file.applicant]
        errors = tuple(found for found in findings if found.severity is Severity.ERROR)
        if errors or not subjects:
            return Weighed(piece.file, piece.record, "", {}, {}, (), (), intake.located(errors, piece))
        subject, later = subjects[0], subjects[-1]
        before, after, alone = self.weigh(subject, later)
        missing = tuple(dict.fromkeys(self.missing(subject, later, before, after)))
        return Weighed(piece.file, piece.record, subject.name, before, after, alone, missing, ())


class Impact:
    """All applicants together, one added after the other. Yen are those of each applicant's best frame; `undecided` applicants lack
    facts and are left out.

    `parts` (one for each clause that can be switched alone) and `interaction` add up to `new` − `old`. `paths` are as typed, `files`
    the first of the applicant files that were found there, `more` how many there are beside them.
    """

    def __init__(self, compared: Comparable, paths: Sequence[str] = ()) -> None:
        self.paths, self.files, self.more = tuple(paths), list[str](), 0
        self.inputs = self.undecided = self.old = self.new = 0
        self.gain = self.lose = self.same = self.become = self.stop = 0
        self.failed: list[Finding] = []
        self.parts = [0] * len(compared.clauses)
        names = dict.fromkeys((*compared.new.ruleset.frames, *compared.old.ruleset.frames))
        self.frames = {name: InFrame(0, 0, 0, 0) for name in names}
        self._missing: Counter[str] = Counter()
        self._largest: list[tuple[int, int, Movement]] = []  # the largest first
        self._latest = ""

    @property
    def interaction(self) -> int:
        """What the clauses do together beyond what each does alone."""
        return self.new - self.old - sum(self.parts)

    @property
    def missing(self) -> list[tuple[str, int]]:
        """The facts that are missing, the most frequent first."""
        return sorted(self._missing.items(), key=lambda entry: (-entry[1], entry[0]))

    @property
    def movements(self) -> list[Movement]:
        """The largest movements."""
        return [movement for _, _, movement in self._largest]

    def add(self, weighed: Weighed) -> None:
        """One more applicant."""
        self.inputs += 1
        if weighed.file != self._latest:  # the records of a file come one after the other
            self._latest = weighed.file
            if len(self.files) < NAMED:
                self.files.append(weighed.file)
            else:
                self.more += 1
        if weighed.findings:
            self.failed.append(weighed.findings[0])
        elif weighed.missing:
            self.undecided += 1
            self._missing.update(weighed.missing)
        else:
            self.add_yen(weighed)

    def add_yen(self, weighed: Weighed) -> None:
        """The yen of an applicant whose outcomes are settled."""
        before, after = best(weighed.old), best(weighed.new)
        self.old += before
        self.new += after
        self.gain += after > before
        self.lose += after < before
        self.same += after == before
        self.become += not before and bool(after)
        self.stop += bool(before) and not after
        self.parts = [total + part for total, part in zip(self.parts, weighed.alone, strict=True)]
        for name, frame in self.frames.items():
            old, new = (outcomes.get(name, _NO_COST)[1] or 0 for outcomes in (weighed.old, weighed.new))
            payable = frame.old_payable + bool(old), frame.new_payable + bool(new)
            self.frames[name] = InFrame(frame.old + old, frame.new + new, *payable)
        if before != after:
            movement = Movement(weighed.file, weighed.record, weighed.name, before, after)
            size = abs(after - before), -self.inputs
            self._largest = sorted([*self._largest, (*size, movement)], reverse=True)[:LARGEST]


_NO_COST: Final[Outcome] = (Status.NO_COST, 0)


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
