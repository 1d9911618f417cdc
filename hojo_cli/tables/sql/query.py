"""A ruleset as one query over `applicants`, `items` and `members`: applicant, frame, status, subsidy, eligible cost."""

from __future__ import annotations

from collections.abc import Iterator

from hojo_cli.base.finding import Text
from hojo_cli.base.number import LARGEST
from hojo_cli.base.record import NamedTuple
from hojo_cli.rules import nodes
from hojo_cli.rules.declared import FactSpec, Ruleset
from hojo_cli.rules.nodes import Op
from hojo_cli.rules.walk import nodes_within
from hojo_cli.tables.sql.bought import Bought
from hojo_cli.tables.sql.conditions import MANY
from hojo_cli.tables.sql.dialect import Dialect
from hojo_cli.tables.sql.frames import Frames
from hojo_cli.tables.sql.items import Purchases
from hojo_cli.tables.sql.level import Chain, Crossed, Names, comment
from hojo_cli.tables.sql.number import literal
from hojo_cli.tables.sql.remarks import remarked
from hojo_cli.tables.sql.tables import TABLES, columns
from hojo_cli.tables.sql.variants import NONE, Variants

OUTSIDE = "outside"
"""The status of who is beyond what is declared or reckoned with: the evaluator's business."""


def query(ruleset: Ruleset, dialect: Dialect, lang: str = "ja", variants: Variants = NONE) -> str:
    """The query, of all `variants` at once. `UnsaidError` names what the dialect cannot say."""
    return "".join(f"{line}\n" for line in Query(ruleset, dialect, lang, variants).lines())


class Given(NamedTuple):
    """A fact as it is read: its columns, of one that is reckoned with nothing beyond the bounds of that; and what these may not hold."""

    columns: list[str]
    beyond: list[str]


class Query:
    """A query in the making: first what is asked of applicants and members, then the tables that answer it."""

    def __init__(self, ruleset: Ruleset, dialect: Dialect, lang: str, variants: Variants = NONE) -> None:
        self.ruleset = ruleset
        self.variants = variants
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
                "variants",
                "varied",
                "member_varied",
            )
        )
        facts = [column.name for column in columns(ruleset, "members")]
        sets = [f"kinds_of_{spec.id}" for spec in ruleset.facts.values() if spec.kind == "set"]
        self.purchases = Purchases(ruleset, dialect, lang)
        self.bought = Bought(self.purchases)
        self.members = Frames(ruleset, dialect, self.purchases, Chain("member_", names, [*facts, *sets]), None)
        self.applicants = Frames(ruleset, dialect, self.purchases, Chain("", names, [*facts, *sets]), self.members)
        for level in (self.members, self.applicants):
            level.bought.names = level.together.names = level.chain.columns
            level.varied = variants.numbers(level.chain.columns)
        asked = (*ruleset.frames.values(), *ruleset.definitions.values())
        of_groups = (nodes.EveryMember, nodes.MemberCount, nodes.PerMember)
        self.grouped = any(isinstance(node, of_groups) for node in nodes_within(asked))
        self.reckoned = set(_reckoned(asked, variants))
        for level in (self.members, self.applicants):
            self._outside(level)
        self.frames = [self.applicants.frame(frame) for frame in ruleset.frames.values()]

    def _outside(self, level: Frames) -> None:
        """Who is beyond what is declared or reckoned with: this comes first, so that what it looks at is not carried further."""
        beyond = [f"(coalesce(bought.marks_1, 0) & 1) > 0 OR bought.spent > {self.dialect.limits.yen}"]
        beyond += [test for spec in self.ruleset.facts.values() for test in self._given(spec).beyond]
        tests = [level.bought.column("beyond", f"coalesce({_any(beyond)}, FALSE)")]
        compared, holds_members = level.arithmetic.compared, level.members is not None and self.grouped
        for spec in self.ruleset.facts.values():  # what a fact may not be beside others
            if spec.kind in ("yen", "count", "months", "rate"):
                fact = level.fact(spec.id)
                if spec.kind == "rate" and spec.maximum is not None:
                    tests.append(compared(fact, Op.ABOVE, literal(spec.maximum)))
                if spec.kind == "rate" and spec.minimum:
                    tests.append(compared(fact, Op.BELOW, literal(spec.minimum)))
                if spec.at_most is not None:
                    tests.append(compared(fact, Op.ABOVE, level.fact(spec.at_most)))
                if spec.within is not None and holds_members:
                    listed = level.together.column("members_listed", "count(*)")
                    tests.append(f"({listed} > 0 AND {fact.sql} > {listed})")
            if spec.only_if is not None:
                name = f"kinds_of_{spec.id}" if spec.kind == "set" else self.dialect.named(spec.id)
                said = name if spec.kind == "boolean" else f"{name} > 0"
                tests.append(f"({said} AND NOT ({level.condition(spec.only_if, spec.id)}))")
        if holds_members:
            tests.append(f"{level.together.column('odd_members', 'max(CASE WHEN outside THEN 1 ELSE 0 END)')} = 1")
            tests.append(f"{level.together.column('members_listed', 'count(*)')} > {MANY}")
        level.chain.step(OUTSIDE, self.say(_BEYOND), [("outside", f"coalesce({_any(tests)}, FALSE)", "")])

    def _given(self, spec: FactSpec) -> Given:
        name, limits, choices = self.dialect.named(spec.id), self.dialect.limits, list(spec.choices)
        given = f"subject.{name}"
        match spec.kind:
            case "boolean":
                return Given([f"{given} AS {name}"], [])
            case "choice":
                coded = self.dialect.coded(given, choices)
                return Given([f"{coded} AS {name}"], [f"({given} IS NOT NULL AND {coded} IS NULL)"])
            case "set":
                bits = self.bought.bits(given, choices)
                held = self.dialect.ones(f"({bits})", len(choices))
                return Given([f"{bits} AS kinds_of_{spec.id}"], [f"{self.dialect.listed_in(given)} <> {held}"])
            case "rate":
                per_name = self.dialect.named(f"{spec.id}_per")
                per = f"subject.{per_name}"
                columns = [
                    f"CASE WHEN {given} BETWEEN 0 AND {limits.rate} THEN {given} END AS {name}",
                    f"CASE WHEN {per} BETWEEN 1 AND {limits.rate} THEN {per} END AS {per_name}",
                ]
                beyond = [
                    f"{given} NOT BETWEEN 0 AND {limits.rate}",
                    f"{per} NOT BETWEEN 1 AND {limits.rate}",
                    f"({given} IS NULL) <> ({per} IS NULL)",
                ]
                return Given(columns, beyond)
        most = LARGEST if spec.kind == "yen" else limits.count
        within = f"CASE WHEN {given} BETWEEN 0 AND {most} THEN {given} END" if spec.id in self.reckoned else given
        bounds = f"{spec.minimum or 0} AND {min(most, spec.maximum or LARGEST)}"
        return Given([f"{within} AS {name}"], [f"{given} NOT BETWEEN {bounds}"])

    def say(self, text: Text) -> str:
        """In the language of the query's remarks."""
        return text.into(self.lang)

    # --- written out ---

    def lines(self, *, wide: bool = False) -> Iterator[str]:
        """The query, line by line; `wide`: a row an applicant, with `status_1`, `subsidy_1`, `cost_1` of the first frame and so on."""
        yield f"-- {comment(self.say(self.ruleset.title))}（{self.ruleset.program} {self.ruleset.fiscal_year}）"
        yield f"-- sha256 {self.ruleset.sha256}, dialect {self.dialect.name}"
        expressions = [*self.variants.written(self.dialect), *self.bought.written()]
        if self.grouped:
            expressions.append(self._subjects("grouped_subjects", "members", self.members, "member"))
            crossed = self._crossed("member_varied", self.members)
            expressions += self.members.chain.written(
                "grouped_subjects", self.dialect.kept, self.dialect.apart, crossed, ()
            )
            keys = "applicant, variant" if self.members.varies else "applicant"
            totals = "".join(
                f",\n    {sql} AS {column}" for sql, (column, _) in self.applicants.together.columns.items()
            )
            grouped = f"SELECT {keys}{totals}\n  FROM {self.members.chain.last}\n  GROUP BY {keys}"
            expressions.append(f"together AS {self.dialect.kept}(\n  {grouped}\n)")
        expressions.append(self._subjects("subjects", "applicants", self.applicants, ""))
        crossed = self._crossed("varied", self.applicants) if self.variants.figures else None
        expressions += self.applicants.chain.written(
            "subjects", self.dialect.apart, self.dialect.apart, crossed, self._late()
        )
        if not wide:
            frames = (f"({place}, {self.dialect.text(each.frame)})" for place, each in enumerate(self.frames, 1))
            expressions.append(f"frames (place, frame) AS (VALUES {', '.join(frames)})")
        yield "WITH\n" + ",\n".join(remarked(expression, self.lang) for expression in expressions)
        yield from self._result(wide=wide)

    def _result(self, *, wide: bool) -> Iterator[str]:
        """A row an applicant (and variant) and frame; `wide`: an applicant, where `outside` is whether the evaluator has to say it all."""

        def of(column: str) -> str:
            frames = enumerate(self.frames, 1)
            cases = " ".join(f"WHEN {place} THEN judged.{getattr(each, column)}" for place, each in frames)
            return f"CASE frames.place {cases} END"

        last, variant = self.applicants.chain.last, " judged.variant," if self.variants.figures else ""
        if wide:
            yield f"SELECT{variant} judged.applicant, judged.outside,"
            yield ",\n".join(
                f"  judged.{each.status} AS status_{place}, judged.{each.subsidy} AS subsidy_{place},"
                f" judged.{each.eligible_cost} AS cost_{place}"
                for place, each in enumerate(self.frames, 1)
            )
            yield f"FROM {last} AS judged"
        else:
            yield f"SELECT{variant}"
            yield "  judged.applicant,"
            yield "  frames.frame,"
            yield f"  CASE WHEN judged.outside THEN '{OUTSIDE}' ELSE {of('status')} END AS status,"
            yield f"  CASE WHEN NOT judged.outside THEN {of('subsidy')} END AS subsidy,"
            yield f"  CASE WHEN NOT judged.outside THEN {of('eligible_cost')} END AS eligible_cost"
            yield f"FROM {last} AS judged CROSS JOIN frames"

    def _crossed(self, name: str, level: Frames) -> Crossed | None:
        """Where every variant begins: what does not hang on a figure that varies is worked out once, before."""
        if level is self.members and not level.varies:
            return None
        columns = [f"{sql} AS {number.sql}" for sql, number in self.variants.columns(level.varied, self.dialect)]
        join = ""
        if level is self.applicants and self._late():
            columns += self._grouped()
            join = (
                "\n  LEFT JOIN together AS grouped"
                " ON grouped.applicant = subject.applicant AND grouped.variant = variants.variant"
            )
        listed = "".join(f",\n    {column}" for column in columns)
        made = [number.sql for number in level.varied.values()]

        def sql(before: str) -> str:
            return f"  SELECT subject.*, variants.variant{listed}\n  FROM {before} AS subject CROSS JOIN variants{join}"

        return Crossed(name, sql, tuple(made))

    def _late(self) -> tuple[str, ...]:
        """The columns of members that are there for each variant only."""
        return tuple(column for column, _ in self.applicants.together.columns.values()) if self.members.varies else ()

    def _grouped(self) -> list[str]:
        """What members come to together, for whoever has some and for the others."""
        return [
            f"coalesce(grouped.{column}, {empty}) AS {column}" if empty else f"grouped.{column} AS {column}"
            for column, empty in self.applicants.together.columns.values()
        ]

    def _subjects(self, name: str, table: str, level: Frames, member: str) -> str:
        """Applicants (or members) with their facts, kept to what is reckoned with, and what their items come to."""
        rows = ["subject.applicant", *([f"subject.{member}"] if member else [])]
        for spec in self.ruleset.facts.values():
            rows += self._given(spec).columns
        rows += [f"{sql} AS {column}" for sql, (column, _) in level.bought.columns.items()]
        joins_groups = not member and self.grouped and not self._late()
        rows += self._grouped() if joins_groups else []
        whose = f"bought.{member} = subject.{member}" if member else "bought.member IS NULL"
        joined = f"  FROM {table} AS subject\n  LEFT JOIN bought ON bought.applicant = subject.applicant AND {whose}"
        if joins_groups:
            joined += "\n  LEFT JOIN together AS grouped ON grouped.applicant = subject.applicant"
        return f"{name} AS {self.dialect.kept}(\n  SELECT\n    " + ",\n    ".join(rows) + f"\n{joined}\n)"


def _any(tests: list[str]) -> str:
    return "\n      OR ".join(tests)


def _reckoned(asked: object, variants: Variants) -> Iterator[str]:
    """The facts that are multiplied: all but those that are only compared with whole figures."""
    for node in nodes_within(asked):
        quantities: tuple[nodes.Quantity, ...] = ()
        match node:
            case nodes.Apportion():
                yield from (node.part, node.whole)
            case nodes.Scaled():
                quantities = (node.by,)
            case nodes.Against():
                quantities = (node.left, node.right)
            case nodes.Compare() if variants.under(node.number) > 1:
                quantities = (node.quantity,)
        yield from (part.name for part in nodes_within(quantities) if isinstance(part, nodes.Fact | nodes.FactOr))


_BEYOND = Text("決められた範囲の外：評価器に渡す", "beyond what is declared or reckoned with: for the evaluator")
