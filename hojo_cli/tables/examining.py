"""Who is for the evaluator: rows → the record of an applicant file → what `hojo check` comes to, with the range and what is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from hojo_cli.advise.plan import plan
from hojo_cli.applicants import applicant
from hojo_cli.base.finding import Finding, Location, Severity
from hojo_cli.base.record import NamedTuple
from hojo_cli.batch.intake.piece import Piece
from hojo_cli.document import parse_line, with_paths
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.derivation import eligible_cost
from hojo_cli.engine.judgement import Status
from hojo_cli.engine.missing import Settled, settle
from hojo_cli.messages import finding
from hojo_cli.rules import ruleset as rulesets
from hojo_cli.tables.handing import handed
from hojo_cli.tables.parts import held_together
from hojo_cli.tables.records import Row, record

Cells = dict[str, Any]  # Any: whatever a row holds


class Examined(NamedTuple):
    """What became of an applicant: its answer (see `parts.answer_columns`), or the rows that are rejected."""

    answer: Mapping[str, object] | None
    rejected: Sequence[Mapping[str, object]] = ()


def pieces(path: str) -> Iterator[Piece]:
    """The lines that DuckDB wrote of open applicants."""
    with open(path, "rb") as file:
        for number, line in enumerate(file, 1):
            yield Piece(path, "jsonl", number, number, line)


class Examiner:
    """Judges one applicant after the other; the ruleset is read once in each process. `lang` is that of what is rejected.

    `plans`: what frames come to together is found out for everybody.
    """

    def __init__(self, rules: str, lang: str, *, plans: bool = False) -> None:
        self.rules, self.lang, self.plans = rules, lang, plans
        self.ruleset = rulesets.load(rules)

    def __reduce__(self) -> tuple[partial[Examiner], tuple[str, str]]:
        return partial(Examiner, plans=self.plans), (self.rules, self.lang)

    def __call__(self, piece: Piece) -> Examined:
        """Never raises for what a row holds."""
        assert isinstance(piece.payload, bytes)
        told = json.loads(piece.payload)
        own, items, members = handed(told)
        line = json.dumps(record(own, items, members, self.ruleset), ensure_ascii=False)
        document = parse_line(line.encode(errors="surrogatepass"), piece.file, piece.line)
        findings: tuple[Finding, ...] = document.findings
        if document.root is not None:
            loaded = applicant.load(document.root, self.ruleset, piece.file, overruled=True)
            findings = (*findings, *with_paths(loaded.findings, loaded.root))
            wrong = [found for found in findings if found.severity is Severity.ERROR]
            if loaded.file is not None and not wrong:
                return Examined(self.answer(told["judged"], loaded.file.applicant))
            findings = tuple(wrong)
        rows = _Rows(own, items, members)
        return Examined(None, [rows.rejected(found, self.lang) for found in findings])

    def answer(self, judged: Cells, subject: Applicant) -> dict[str, object]:
        """Every frame, and the best one. What SQL has settled stands, unless all of it is to be judged anew."""
        answer: dict[str, object] = {key: judged[key] for key in ("hojo_file", "hojo_row", "applicant", "name")}
        paid: dict[str, int | None] = {}
        for place, frame in enumerate(self.ruleset.frames.values(), 1):
            parts = [f"{part}_{place}" for part in ("status", "subsidy", "cost")]
            told = {part: judged[part] for part in parts}
            if judged["anew"] or told[parts[0]] == Status.INCOMPLETE:
                told = self.settled(settle(self.ruleset, frame, subject), place)
            answer |= told
            paid[frame.id] = told[parts[1]]
        payable = [
            place
            for place, yen in enumerate(paid.values(), 1)
            if answer[f"status_{place}"] == Status.PAYABLE and yen is not None
        ]
        yen = [*paid.values()]
        best = max(payable, key=lambda place: yen[place - 1] or 0, default=None)
        return {**answer, "best": best, "plan_total": self.together(subject, paid)}

    def settled(self, found: Settled, place: int) -> Cells:
        """What stands in the results of one frame."""
        judgement = found.judgement
        told: Cells = {f"status_{place}": str(judgement.status), f"subsidy_{place}": None, f"cost_{place}": None}
        if judgement.status is not Status.INCOMPLETE:
            return {**told, f"subsidy_{place}": judgement.subsidy, f"cost_{place}": self.cost(found)}
        yen = [leaf.subsidy or 0 for leaf in found.outcomes]
        told[f"missing_{place}"] = list(found.missing)
        return {**told, f"low_{place}": min(yen, default=None), f"high_{place}": max(yen, default=None)}

    def together(self, subject: Applicant, paid: Mapping[str, int | None]) -> int | None:
        """What frames are sure to pay together; None where that is not asked and not plain from each of them."""
        may_pay = {frame for frame, yen in paid.items() if yen != 0}
        if not any(may_pay.issuperset(pair) for pair in held_together(self.ruleset)):
            return max((yen for yen in paid.values() if yen), default=0)
        if not self.plans:
            return None
        found = plan(self.ruleset, subject, paid)
        return found.total if found else 0

    def cost(self, settled: Settled) -> int | None:
        """The cost that a frame looks at, whole yen; None where a line's is not known."""
        costs = [eligible_cost(line.derivation.parts[0]) for line in settled.judgement.lines]
        known = [cost for cost in costs if cost is not None]
        return int(sum(known)) if len(known) == len(costs) else None


def given_up(piece: Piece, problem: str) -> Examined:
    """An applicant that took its worker down, or at which hojo itself failed."""
    assert isinstance(piece.payload, bytes)
    where = Location(piece.file, piece.line)
    found = finding("HJ099", where, reason=problem) if problem else finding("HJ401", where)
    own = json.loads(piece.payload)["own"]
    return Examined(None, [_Rows(own, [], []).rejected(found, "en")])


_HOLDER: Final = re.compile(r"(?:members\[(\d+)\]\.?)?(?:items\[(\d+)\]\.?)?(?:facts\.)?(.*)")


class _Rows:
    """The rows of an applicant, to find the one that a key of its record came from (see `records.record`)."""

    def __init__(self, own: Row, items: Sequence[Row], members: Sequence[Row]) -> None:
        self.own = own
        self.members = sorted(members, key=lambda row: row["member"] if isinstance(row["member"], int) else 10**18)
        numbers = [row["member"] for row in self.members]
        self.items: dict[int | None, list[Row]] = {None: [row for row in items if row["member"] not in numbers]}
        self.items |= {place: [row for row in items if row["member"] == number] for place, number in enumerate(numbers)}

    def rejected(self, found: Finding, lang: str) -> dict[str, object]:
        """A finding with the table, the row and the column it is about."""
        match = _HOLDER.fullmatch(found.path)
        assert match is not None
        member, item = (None if part is None else int(part) for part in match.groups()[:2])
        table, row, column = "applicants", self.own, match[3]
        if member is not None and member < len(self.members):
            table, row = "members", self.members[member]
        if item is not None and (bought := self.items.get(member)):
            listed = bought + [each for each in bought if each.get("discount") is not None]
            table, row = "items", listed[min(item, len(listed) - 1)]
        return {
            "table": table,
            "hojo_file": row["hojo_file"],
            "row": row["hojo_row"],
            "column": column.partition("[")[0],
            "code": found.code,
            "message": found.message.into(lang),
            "applicant": self.own["applicant"],
        }
