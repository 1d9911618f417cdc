"""A ruleset as one query over `applicants`, `items` and `members`: applicant, frame, status, subsidy, eligible cost."""

from __future__ import annotations

from collections.abc import Iterator

from hojo_cli.base.finding import Text
from hojo_cli.base.number import LARGEST
from hojo_cli.rules import nodes
from hojo_cli.rules.declared import FactSpec, Ruleset
from hojo_cli.rules.nodes import Op
from hojo_cli.rules.walk import nodes_within
from hojo_cli.sql.conditions import MANY
from hojo_cli.sql.dialect import BIG, Dialect
from hojo_cli.sql.frames import Frames
from hojo_cli.sql.items import MOST_MONTHS, WORD, Purchases
from hojo_cli.sql.level import Chain, Names, comment
from hojo_cli.sql.number import literal
from hojo_cli.sql.tables import TABLES, columns

OUTSIDE = "outside"
"""The status of who is beyond what is declared or reckoned with: the evaluator's business."""


def query(ruleset: Ruleset, dialect: Dialect, lang: str = "ja") -> str:
    """The query. `UnsaidError` names what the dialect cannot say."""
    return "".join(f"{line}\n" for line in Query(ruleset, dialect, lang).lines())


class Query:
    """A query in the making: first what is asked of applicants and members, then the tables that answer it."""

    def __init__(self, ruleset: Ruleset, dialect: Dialect, lang: str) -> None:
        self.ruleset = ruleset
        self.dialect = dialect
        self.lang = lang
        names = Names(
            (
                *TABLES,
                "priced",
                "costed",
                "within_months",
                "picked",
                "bought",
                "together",
                "frames",
                "subjects",
                "grouped_subjects",
            )
        )
        facts = [column.name for column in columns(ruleset, "members")]
        sets = [f"kinds_of_{spec.id}" for spec in ruleset.facts.values() if spec.kind == "set"]
        self.purchases = Purchases(ruleset, dialect, lang)
        self.members = Frames(ruleset, dialect, self.purchases, Chain("member_", names, [*facts, *sets]), None)
        self.applicants = Frames(ruleset, dialect, self.purchases, Chain("", names, [*facts, *sets]), self.members)
        for level in (self.members, self.applicants):
            level.bought.names = level.together.names = level.chain.columns
        asked = (*ruleset.frames.values(), *ruleset.definitions.values())
        of_groups = (nodes.EveryMember, nodes.MemberCount, nodes.PerMember)
        self.grouped = any(isinstance(node, of_groups) for node in nodes_within(asked))
        self.reckoned = set(_reckoned(asked))
        for level in (self.members, self.applicants):
            self._outside(level)
        self.frames = [self.applicants.frame(frame) for frame in ruleset.frames.values()]

    def _outside(self, level: Frames) -> None:
        """Who is beyond what is declared or reckoned with: this comes first, so that what it looks at is not carried further."""
        beyond = [f"(coalesce(bought.marks_1, 0) & 1) > 0 OR bought.spent > {self.dialect.limits.yen}"]
        beyond += [test for spec in self.ruleset.facts.values() for test in self._raw_tests(spec)]
        tests = [level.bought.column("beyond", f"coalesce({_any(beyond)}, FALSE)")]
        tests += [test for spec in self.ruleset.facts.values() for test in self._tests(spec, level)]
        if level.members is not None and self.grouped:
            tests.append(f"{level.together.column('odd_members', 'max(CASE WHEN outside THEN 1 ELSE 0 END)')} = 1")
            tests.append(f"{level.together.column('members_listed', 'count(*)')} > {MANY}")
        level.chain.step(OUTSIDE, self.say(_BEYOND), [("outside", f"coalesce({_any(tests)}, FALSE)", "")])

    def _raw_tests(self, spec: FactSpec) -> Iterator[str]:
        """What the column of a fact may not hold."""
        given, limits = f"subject.{self.dialect.named(spec.id)}", self.dialect.limits
        match spec.kind:
            case "boolean":
                return
            case "choice":
                yield f"({given} IS NOT NULL AND {self.dialect.coded(given, list(spec.choices))} IS NULL)"
            case "set":
                held = self.dialect.ones(f"({self._bits(given, list(spec.choices))})", len(spec.choices))
                yield f"{self.dialect.listed_in(given)} <> {held}"
            case "rate":
                per = f"subject.{self.dialect.named(f'{spec.id}_per')}"
                yield f"{given} NOT BETWEEN 0 AND {limits.rate}"
                yield f"{per} NOT BETWEEN 1 AND {limits.rate}"
                yield f"({given} IS NULL) <> ({per} IS NULL)"
            case _:
                yield f"{given} NOT BETWEEN {spec.minimum or 0} AND {min(self._most(spec), spec.maximum or LARGEST)}"

    def _most(self, spec: FactSpec) -> int:
        return LARGEST if spec.kind == "yen" else self.dialect.limits.count

    def _tests(self, spec: FactSpec, level: Frames) -> Iterator[str]:
        """What a fact may not be beside others."""
        fact = level.fact(spec.id) if spec.kind in ("yen", "count", "months", "rate") else None
        compared = level.arithmetic.compared
        if fact is not None and spec.kind == "rate" and spec.maximum is not None:
            yield compared(fact, Op.ABOVE, literal(spec.maximum))
        if fact is not None and spec.kind == "rate" and spec.minimum:
            yield compared(fact, Op.BELOW, literal(spec.minimum))
        if fact is not None and spec.at_most is not None:
            yield compared(fact, Op.ABOVE, level.fact(spec.at_most))
        if fact is not None and spec.within is not None and level.members is not None and self.grouped:
            listed = level.together.column("members_listed", "count(*)")
            yield f"({listed} > 0 AND {fact.sql} > {listed})"
        if spec.only_if is not None:
            said = {"boolean": self.dialect.named(spec.id), "set": f"kinds_of_{spec.id} > 0"}.get(
                spec.kind, f"{self.dialect.named(spec.id)} > 0"
            )
            yield f"({said} AND NOT ({level.condition(spec.only_if, spec.id)}))"

    def say(self, text: Text) -> str:
        """In the language of the query's remarks."""
        return text.into(self.lang)

    # --- written out ---

    def lines(self, *, wide: bool = False) -> Iterator[str]:
        """The query, line by line; `wide`: a row an applicant, with `status_1`, `subsidy_1`, `cost_1` of the first frame and so on."""
        yield f"-- {comment(self.say(self.ruleset.title))}（{self.ruleset.program} {self.ruleset.fiscal_year}）"
        yield f"-- sha256 {self.ruleset.sha256}, dialect {self.dialect.name}"
        expressions = [
            self._priced(),
            self._costed(),
            self._picked(),
            self._bought(),
        ]
        if self.grouped:
            expressions.append(self._subjects("grouped_subjects", "members", self.members, "member"))
            expressions += self.members.chain.written("grouped_subjects", self.dialect.kept, self.dialect.apart)
            expressions.append(self._together())
        expressions.append(self._subjects("subjects", "applicants", self.applicants, ""))
        expressions += self.applicants.chain.written("subjects", self.dialect.apart, self.dialect.apart)
        if not wide:
            frames = (f"({place}, {self.dialect.text(each.frame)})" for place, each in enumerate(self.frames, 1))
            expressions.append(f"frames (place, frame) AS (VALUES {', '.join(frames)})")
        yield "WITH\n" + ",\n".join(map(self._remarked, expressions))
        yield from self._judged() if wide else self._result()

    def _judged(self) -> Iterator[str]:
        """A row an applicant; `outside` is whether the evaluator has to say it all."""
        yield "SELECT judged.applicant, judged.outside,"
        yield ",\n".join(
            f"  judged.{each.status} AS status_{place}, judged.{each.subsidy} AS subsidy_{place},"
            f" judged.{each.eligible_cost} AS cost_{place}"
            for place, each in enumerate(self.frames, 1)
        )
        yield f"FROM {self.applicants.chain.last} AS judged"

    def _remarked(self, expression: str) -> str:
        """With what a table holds above it, where its name is not that of a rule."""
        lines = expression.split("\n")
        for place, line in enumerate(lines):
            remark = _REMARKS.get(line.partition(" ")[0])
            lines[place] = f"-- {comment(self.say(remark))}\n{line}" if remark else line
        return "\n".join(lines)

    def _result(self) -> Iterator[str]:
        def of(column: str) -> str:
            cases = " ".join(
                f"WHEN {place} THEN judged.{getattr(each, column)}" for place, each in enumerate(self.frames, 1)
            )
            return f"CASE frames.place {cases} END"

        yield "SELECT"
        yield "  judged.applicant,"
        yield "  frames.frame,"
        yield f"  CASE WHEN judged.outside THEN '{OUTSIDE}' ELSE {of('status')} END AS status,"
        yield f"  CASE WHEN NOT judged.outside THEN {of('subsidy')} END AS subsidy,"
        yield f"  CASE WHEN NOT judged.outside THEN {of('eligible_cost')} END AS eligible_cost"
        yield f"FROM {self.applicants.chain.last} AS judged CROSS JOIN frames"

    def _priced(self) -> str:
        """Each item: its price without tax, for how many pieces, what time it pays for, its fields as bits."""
        limits, tax = self.dialect.limits, self.ruleset.tax_included.value
        price = "coalesce(amount, monthly, yearly)"
        category = self.dialect.coded("category", list(self.ruleset.categories))
        untaxed = self.dialect.divided(f"({price} * {tax.numerator})", str(tax.denominator))
        within = (
            f"{category} IS NOT NULL",
            (
                "(CASE WHEN amount IS NULL THEN 0 ELSE 1 END) + (CASE WHEN monthly IS NULL THEN 0 ELSE 1 END)"
                " + (CASE WHEN yearly IS NULL THEN 0 ELSE 1 END) = 1"
            ),
            f"{price} BETWEEN 0 AND {limits.yen}",
            "(tax IS NULL OR tax IN ('included', 'excluded'))",
            f"coalesce(quantity, 1) BETWEEN 1 AND {10**6}",
            f"coalesce(discount, 0) BETWEEN 0 AND {limits.yen}",
            "(amount IS NULL OR (years IS NULL AND coalesce(months, 1) > 0))",
            "(monthly IS NULL OR (years IS NULL AND months IS NOT NULL))",
            "(yearly IS NULL OR (months IS NULL AND years IS NOT NULL))",
            f"coalesce(months, 0) BETWEEN 0 AND {MOST_MONTHS}",
            f"coalesce(years, 0) BETWEEN 0 AND {MOST_MONTHS // 12}",
        )
        masks = [
            f"  {self._bits(self.dialect.named(name), list(field.choices))} AS {self.purchases.mask(name)}"
            for name, field in self.ruleset.fields.items()
        ]
        masks += [
            f"  {self.dialect.listed_in(self.dialect.named(name))} AS listed_{place}"
            for place, name in enumerate(self.ruleset.fields, 1)
        ]
        rows = [
            "  applicant",
            "  member",
            f"  {category} AS category",
            f"  CASE WHEN {price} BETWEEN 0 AND {limits.yen} THEN CASE WHEN tax = 'included' THEN {untaxed} ELSE {price} END ELSE 0 END AS unit",
            f"  CASE WHEN coalesce(quantity, 1) BETWEEN 1 AND {10**6} THEN coalesce(quantity, 1) ELSE 0 END AS pieces",
            (
                f"  CASE WHEN monthly IS NOT NULL AND months BETWEEN 0 AND {MOST_MONTHS} THEN months"
                f" WHEN yearly IS NOT NULL AND years BETWEEN 0 AND {MOST_MONTHS // 12} THEN years ELSE 1 END AS times"
            ),
            f"  CASE WHEN yearly IS NOT NULL AND years BETWEEN 0 AND {MOST_MONTHS // 12} THEN years * 12 WHEN months BETWEEN 0 AND {MOST_MONTHS} THEN months END AS months",
            "  amount IS NOT NULL AS at_once",
            f"  CASE WHEN discount BETWEEN 0 AND {limits.yen} THEN discount ELSE 0 END AS discount",
            *masks,
            "  NOT coalesce(" + "\n    AND ".join(within) + ", FALSE) AS odd",
        ]
        return f"priced AS {self.dialect.apart}(\n  SELECT\n  " + ",\n  ".join(rows) + "\n  FROM items\n)"

    def _bits(self, column: str, choices: list[str]) -> str:
        bits = " + ".join(
            f"CASE WHEN {self.dialect.holds(column, choice)} THEN {1 << place} ELSE 0 END"
            for place, choice in enumerate(choices)
        )
        return f"CASE WHEN {column} IS NOT NULL THEN {bits or '0'} END"

    def _costed(self) -> str:
        """What each item costs: the discount taken off, nothing where it is beyond what is reckoned with."""
        most = self.dialect.limits.yen
        beyond = [f"odd OR gross > {most} OR discount > gross"]
        beyond += [
            f"listed_{place} <> {self.dialect.ones(self.purchases.mask(name), len(field.choices))}"
            for place, (name, field) in enumerate(self.ruleset.fields.items(), 1)
        ]
        return (
            f"costed AS {self.dialect.apart}(\n"
            f"  SELECT *, CASE WHEN odd OR gross > {most} OR discount > gross THEN 0 ELSE gross - discount END AS cost,\n"
            f"    coalesce({' OR '.join(beyond)}, FALSE) AS beyond\n"
            f"  FROM (\n    SELECT *, CASE WHEN pieces * times > {self.dialect.limits.pieces} THEN {most + 1}"
            " ELSE unit * (pieces * times) END AS gross\n    FROM priced\n  ) AS multiplied\n)"
        )

    def _picked(self) -> str:
        """What the ruleset asks of each item: what it costs within its months, and as bits what it is."""
        unshared = self.purchases.unshared()
        masks = "".join(f", {self.purchases.mask(name)}" for name in self.ruleset.fields)
        counted = "".join(f",\n    {sql} AS {column}" for column, sql in self.purchases.countings().items())
        parts = f",  -- 1/{self.purchases.parts} {self.say(_YEN)}" if counted else ""
        within = (
            f"within_months AS {self.dialect.apart}(\n  SELECT applicant, member, category, cost{masks},\n"
            f"    beyond{f' OR coalesce({unshared}, FALSE)' if unshared else ''} AS outside{parts}{counted.removeprefix(',')}\n"
            "  FROM costed\n)"
        )
        marks = "".join(f",\n    {sql} AS marks_{word}" for word, sql in enumerate(self.purchases.words(), 1))
        sums = "".join(f",\n    {sql} AS {column}" for sql, (column, _) in self.purchases.sums.items())
        remarks = "".join(f"  -- {comment(remark)}\n" for remark in self.purchases.remarks())
        return f"{within},\npicked AS {self.dialect.apart}(\n{remarks}  SELECT applicant, member, cost{marks}{sums}\n  FROM within_months\n)"

    def _bought(self) -> str:
        """What the items of each applicant, and of each member of its group, come to together."""
        rows = [
            f"{self.dialect.any_bit(f'marks_{word}', WORD)} AS marks_{word}"
            for word, _ in enumerate(self.purchases.words(), 1)
        ]
        rows.append(f"{self._sum('cost')} AS spent")
        for column, most in self.purchases.sums.values():
            least = f"{self.dialect.least}(coalesce({self._sum(column)}, 0), {most})"
            yen = self.dialect.columns["yen"]
            rows.append(f"{least if most > BIG else f'CAST({least} AS {yen})'} AS {column}")
        written = "".join(f",\n    {row}" for row in rows)
        return f"bought AS {self.dialect.kept}(\n  SELECT applicant, member{written}\n  FROM picked\n  GROUP BY applicant, member\n)"

    def _sum(self, column: str) -> str:
        """A sum that does not overflow, however many rows there are."""
        wide = self.dialect.wide and not self.dialect.sums_widely
        return f"sum(CAST({column} AS {self.dialect.wide}))" if wide else f"sum({column})"

    def _together(self) -> str:
        """What the members of each group come to together."""
        rows = "".join(f",\n    {sql} AS {column}" for sql, (column, _) in self.applicants.together.columns.items())
        return f"together AS {self.dialect.kept}(\n  SELECT applicant{rows}\n  FROM {self.members.chain.last}\n  GROUP BY applicant\n)"

    def _subjects(self, name: str, table: str, level: Frames, member: str) -> str:
        """Applicants (or members) with their facts, kept to what is reckoned with, and what their items come to."""
        rows = ["subject.applicant", *([f"subject.{member}"] if member else [])]
        for spec in self.ruleset.facts.values():
            rows += self._facts(spec)
        rows += [f"{sql} AS {column}" for sql, (column, _) in level.bought.columns.items()]
        if not member:
            rows += [
                f"coalesce(grouped.{column}, {empty}) AS {column}" if empty else f"grouped.{column} AS {column}"
                for column, empty in level.together.columns.values()
            ]
        whose = f"bought.{member} = subject.{member}" if member else "bought.member IS NULL"
        joined = f"  FROM {table} AS subject\n  LEFT JOIN bought ON bought.applicant = subject.applicant AND {whose}"
        if not member and self.grouped:
            joined += "\n  LEFT JOIN together AS grouped ON grouped.applicant = subject.applicant"
        return f"{name} AS {self.dialect.kept}(\n  SELECT\n    " + ",\n    ".join(rows) + f"\n{joined}\n)"

    def _facts(self, spec: FactSpec) -> Iterator[str]:
        """The column of a fact; of one that is reckoned with, nothing beyond the bounds of that."""
        name = self.dialect.named(spec.id)
        given, limits = f"subject.{name}", self.dialect.limits
        match spec.kind:
            case "boolean":
                yield f"{given} AS {name}"
            case "choice":
                yield f"{self.dialect.coded(given, list(spec.choices))} AS {name}"
            case "set":
                yield f"{self._bits(given, list(spec.choices))} AS kinds_of_{spec.id}"
            case "rate":
                per = self.dialect.named(f"{spec.id}_per")
                yield f"CASE WHEN {given} BETWEEN 0 AND {limits.rate} THEN {given} END AS {name}"
                yield f"CASE WHEN subject.{per} BETWEEN 1 AND {limits.rate} THEN subject.{per} END AS {per}"
            case _ if spec.id in self.reckoned:
                yield f"CASE WHEN {given} BETWEEN 0 AND {self._most(spec)} THEN {given} END AS {name}"
            case _:
                yield f"{given} AS {name}"


def _any(tests: list[str]) -> str:
    return "\n      OR ".join(tests)


def _reckoned(asked: object) -> Iterator[str]:
    """The facts that are multiplied: all but those that are only compared with whole figures."""
    for node in nodes_within(asked):
        match node:
            case nodes.Apportion():
                yield from (node.part, node.whole)
            case nodes.Scaled(by=by) | nodes.Against(left=by):
                yield from _counts(by)
                yield from _counts(node.right) if isinstance(node, nodes.Against) else ()
            case nodes.Compare() if node.number.value.denominator > 1:
                yield from _counts(node.quantity)


def _counts(quantity: object) -> Iterator[str]:
    yield from (node.name for node in nodes_within(quantity) if isinstance(node, nodes.Fact | nodes.FactOr))


_BEYOND = Text("決められた範囲の外：評価器に渡す", "beyond what is declared or reckoned with: for the evaluator")
_YEN = Text("円", "yen")
_REMARKS = {
    "priced": Text(
        "明細ごと：税抜の単価、数量、期間。集合の項目はビットにする（知らなければ NULL）",
        "each item: price without tax, pieces, time; set fields as bits (NULL: not known)",
    ),
    "costed": Text("明細ごと：値引き後の費用", "each item: what it costs, its discount taken off"),
    "within_months": Text("明細ごと：数える月数までの費用", "each item: what it costs within the months that count"),
    "picked": Text(
        "明細ごと：どの経費行に入るか（marks のビット。「?」は未定のビット、「…」は種類のビット）と、その費用",
        "each item: the lines that take it (bits of marks; after ? the bit of not known, after … the bits of kinds), and its cost for each",
    ),
    "bought": Text("申請者又は構成員ごと：明細の合計", "each applicant or member: its items together"),
    "grouped_subjects": Text("構成員ごと：事実と明細の合計", "each member: its facts, its items together"),
    "member_level_1": Text(
        "構成員ごと：前の段までの列だけで決まる列を、段ごとに",
        "each member: level by level what hangs on earlier columns only",
    ),
    "together": Text("グループごと：構成員の合計", "each group: its members together"),
    "subjects": Text(
        "申請者ごと：事実、明細の合計、構成員の合計", "each applicant: its facts, its items and its members together"
    ),
    "level_1": Text(
        "申請者ごと：前の段までの列だけで決まる列を、段ごとに（定義、要件、経費行、枠）",
        "each applicant: level by level what hangs on earlier columns only (definitions, requirements, lines, frames)",
    ),
    "frames": Text("枠ごとに1行", "a row for each frame"),
}
