"""The same applicants under two rulesets: who gains, who loses, and which clause accounts for how many yen.

Each applicant is weighed alone (`Weigher`, also in worker processes) and only numbers are kept (`Impact`), so memory stays flat. Every
clause is switched alone in the old ruleset; what the clauses do together beyond that is the interaction, so the parts add up exactly.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, TypeAlias

from hojo_cli.analysis.overlay import united
from hojo_cli.applicants import applicant
from hojo_cli.base.finding import THE_CALL, Finding, HojoError, Location, Severity, Text
from hojo_cli.base.record import Record
from hojo_cli.batch import discovery, intake, pool
from hojo_cli.batch.intake import Piece
from hojo_cli.batch.progress import Progress, wanted
from hojo_cli.diff.clauses import Comparable, prepare, side
from hojo_cli.engine.applicant import Applicant, asked
from hojo_cli.engine.compile import Compiled, Outcome, compile_ruleset
from hojo_cli.engine.judgement import Status
from hojo_cli.engine.missing import settle
from hojo_cli.messages import finding
from hojo_cli.rules.nodes import Ruleset

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
    skipped: bool = False


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


class Impact(Record):
    """All applicants together. Yen are those of each applicant's best frame; `undecided` applicants lack facts and are left out.

    `parts` (one for each clause that can be switched alone) and `interaction` add up to `new` − `old`. `paths` are as typed, `files`
    the first of the applicant files that were found there, `more` how many there are beside them.
    """

    paths: tuple[str, ...]
    files: tuple[str, ...]
    more: int
    inputs: int
    failed: tuple[Finding, ...]
    undecided: int
    missing: tuple[tuple[str, int], ...]
    old: int
    new: int
    gain: int
    lose: int
    same: int
    become: int
    stop: int
    frames: Mapping[str, InFrame]
    parts: tuple[int, ...]
    interaction: int
    movements: tuple[Movement, ...]


def best(outcomes: Outcomes) -> int:
    """The yen of the payable frame with the most; 0 where none is payable."""
    return max((yen for status, yen in outcomes.values() if status is Status.PAYABLE and yen is not None), default=0)


class Scales:
    """Two rulesets and every clause between them, ready to weigh subjects."""

    def __init__(self, compared: Comparable) -> None:
        self.compared = compared
        self.old, self.new = compile_ruleset(compared.old.ruleset), compile_ruleset(compared.new.ruleset)
        self.clauses: list[tuple[Ruleset, Compiled] | None] = []
        for clause in compared.clauses:
            if clause.switched is None:
                self.clauses.append(None)
            else:
                touched = {name: frame for name, frame in clause.switched.frames.items() if name in clause.frames}
                self.clauses.append((clause.switched, compile_ruleset(clause.switched._replace(frames=touched))))

    def weigh(self, subject: Applicant, new: Applicant | None = None) -> tuple[Outcomes, Outcomes, tuple[int, ...]]:
        """Outcomes under both, and what each clause alone moves; `new` is the subject where the new ruleset reads it otherwise."""
        later = new or subject
        before, after = self.old.outcomes(subject), self.new.outcomes(later)
        start = best(before)
        return before, after, tuple(self.alone(switched, subject, later, before) - start for switched in self.clauses)

    def alone(
        self, switched: tuple[Ruleset, Compiled] | None, subject: Applicant, later: Applicant, before: Outcomes
    ) -> int:
        """The best yen with one clause switched."""
        if switched is None:
            return best(before)
        rules, compiled = switched
        taxed = rules.tax_included.value != self.compared.old.ruleset.tax_included.value
        kept = {name: outcome for name, outcome in before.items() if name in rules.frames}
        found = compiled.outcomes(later if taxed else subject).items()
        return best({**kept, **{name: outcome for name, outcome in found if outcome[1] is not None}})

    def missing(self, subject: Applicant, later: Applicant, before: Outcomes, after: Outcomes) -> Iterator[str]:
        """The facts that stand in the way of an outcome under either ruleset."""
        old, new = self.compared.old.ruleset, self.compared.new.ruleset
        for rules, seen, outcomes in ((old, subject, before), (new, later, after)):
            for name, (status, _) in outcomes.items():
                if status is Status.INCOMPLETE:
                    yield from (asked(fact).name for fact in settle(rules, rules.frames[name], seen).missing)


class Weigher:
    """Reads and weighs one piece after the other."""

    def __init__(self, old: str, new: str) -> None:
        self.scales = Scales(prepare(side(old), side(new)))
        compared = self.scales.compared
        self.reader, self.later = compared.both, _read_otherwise(compared.old.ruleset, compared.new.ruleset)

    def __call__(self, piece: Piece) -> Weighed:
        """Never raises for what a file holds."""
        made = intake.document(piece)
        if intake.is_ruleset(made, piece):
            return Weighed(piece.file, piece.record, "", {}, {}, (), (), (), skipped=True)
        if made.root is not None:
            made = intake.settle(made, piece, self.reader)
        if made.root is None:
            return _failed(piece, made.findings)
        readings = [
            applicant.load(made.root, rules, piece.file, overruled=True)
            for rules in (self.reader, self.later)
            if rules is not None
        ]
        findings = (*made.findings, *[found for read in readings for found in read.findings])
        subjects = [read.applicant.subject for read in readings if read.applicant is not None]
        if len(subjects) < len(readings) or any(found.severity is Severity.ERROR for found in findings):
            return _failed(piece, findings)
        subject, later = subjects[0], subjects[-1]
        before, after, alone = self.scales.weigh(subject, later)
        missing = tuple(dict.fromkeys(self.scales.missing(subject, later, before, after)))
        return Weighed(piece.file, piece.record, subject.name, before, after, alone, missing, ())


def _read_otherwise(old: Ruleset, new: Ruleset) -> Ruleset | None:
    """What reads a file for the new ruleset, where it means prices with tax or a fact otherwise than the old one."""
    same = old.tax_included.value == new.tax_included.value and all(
        spec.kind == new.facts[name].kind for name, spec in old.facts.items() if name in new.facts
    )
    return None if same else united(new, old)


def _failed(piece: Piece, findings: Iterable[Finding]) -> Weighed:
    errors = tuple(found for found in findings if found.severity is Severity.ERROR)
    return Weighed(piece.file, piece.record, "", {}, {}, (), (), errors)


class Total:
    """Numbers over all applicants, growing."""

    def __init__(self, compared: Comparable, paths: Sequence[str] = ()) -> None:
        self.paths, self.files, self.latest = tuple(paths), list[str](), ""
        self.count: Counter[str] = Counter()
        self.failed: list[Finding] = []
        self.missing: Counter[str] = Counter()
        self.parts = [0] * len(compared.clauses)
        names = dict.fromkeys((*compared.new.ruleset.frames, *compared.old.ruleset.frames))
        self.frames = {name: InFrame(0, 0, 0, 0) for name in names}
        self.largest: list[tuple[int, int, Movement]] = []

    def add(self, weighed: Weighed) -> None:
        """One more applicant."""
        if weighed.skipped:
            return
        self.count["inputs"] += 1
        if weighed.file != self.latest:  # the records of a file come one after the other
            self.latest = weighed.file
            self.count["files"] += 1
            self.files += [weighed.file] if len(self.files) < NAMED else []
        if weighed.findings:
            self.failed.append(weighed.findings[0])
        elif weighed.missing:
            self.count["undecided"] += 1
            self.missing.update(weighed.missing)
        else:
            self._add_yen(weighed)

    def _add_yen(self, weighed: Weighed) -> None:
        before, after = best(weighed.old), best(weighed.new)
        self.count["old"] += before
        self.count["new"] += after
        self.count["gain" if after > before else "lose" if after < before else "same"] += 1
        self.count["become"] += not before and bool(after)
        self.count["stop"] += bool(before) and not after
        self.parts = [total + part for total, part in zip(self.parts, weighed.alone, strict=True)]
        for name, frame in self.frames.items():
            old, new = (outcomes.get(name, _NO_COST)[1] or 0 for outcomes in (weighed.old, weighed.new))
            payable = frame.old_payable + bool(old), frame.new_payable + bool(new)
            self.frames[name] = InFrame(frame.old + old, frame.new + new, *payable)
        if before != after:
            movement = Movement(weighed.file, weighed.record, weighed.name, before, after)
            heapq.heappush(self.largest, (abs(after - before), -self.count["inputs"], movement))
            if len(self.largest) > LARGEST:
                heapq.heappop(self.largest)

    def impact(self) -> Impact:
        """As it stands."""
        count = self.count
        sums = {
            name: count[name]
            for name in ("inputs", "undecided", "old", "new", "gain", "lose", "same", "become", "stop")
        }
        return Impact(
            paths=self.paths,
            files=tuple(self.files),
            more=count["files"] - len(self.files),
            failed=tuple(self.failed),
            missing=tuple(sorted(self.missing.items(), key=lambda entry: (-entry[1], entry[0]))),
            frames=self.frames,
            parts=tuple(self.parts),
            interaction=count["new"] - count["old"] - sum(self.parts),
            movements=tuple(movement for _, _, movement in sorted(self.largest, reverse=True)),
            **sums,
        )


_NO_COST: Final[Outcome] = (Status.NO_COST, 0)


def weigh_files(compared: Comparable, paths: Sequence[str], encoding: str, jobs: int) -> Impact:
    """Every applicant of the paths; `HojoError` where there is none."""
    skipped: Counter[Text] = Counter()
    sources: Iterator[discovery.Source] = discovery.discover(paths, "", skipped)
    progress = Progress(0)
    if wanted():
        listed = list(sources)
        progress, sources = Progress(len(listed)), iter(listed)
    total = Total(compared, paths)
    pieces = (piece for source in sources for piece in intake.pieces(source, encoding, skipped, compared.both))
    make = partial(Weigher, compared.old.name, compared.new.name)
    weighed = pool.ordered(pieces, make, given_up, Piece.heft, jobs=jobs or pool.processors())
    try:
        for applicant_weighed in weighed:
            total.add(applicant_weighed)
            progress.step()
    finally:
        progress.wipe()
        weighed.close()
    if not total.count["inputs"]:
        raise HojoError(finding("HJ450", THE_CALL, where="、".join(paths)))
    return total.impact()


def given_up(piece: Piece, problem: str) -> Weighed:
    """An applicant that took its worker down, or at which hojo itself failed."""
    where = Location(piece.file, piece.line)
    return _failed(piece, [finding("HJ099", where, reason=problem) if problem else finding("HJ401", where)])
