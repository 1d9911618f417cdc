"""The three tables a query reads: who applies, what they buy, who is a member of their group; and what may stand in them."""

from __future__ import annotations

from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.base.record import Record
from hojo_cli.rules.declared import Ruleset
from hojo_cli.tables.sql.dialect import Dialect

TABLES: Final = ("applicants", "items", "members")


class Column(Record):
    """A column: its kind as of a fact, what it holds, whether something has to stand there."""

    name: str
    kind: str
    label: Text
    needed: bool = False


KEY: Final = Column("applicant", "text", Text("申請者の番号", "the applicant's key"), needed=True)
_NAME: Final = Column("name", "text", Text("名前", "name"))
_PRICES: Final = (
    Column("amount", "yen", Text("一括の値段（税抜）", "a sum paid at once, without tax")),
    Column("monthly", "yen", Text("月額（`months` と一緒に）", "a monthly fee, with `months`")),
    Column("months", "months", Text("月数", "months")),
    Column("yearly", "yen", Text("年額（`years` と一緒に）", "a yearly fee, with `years`")),
    Column("years", "count", Text("年数", "years")),
    Column("quantity", "count", Text("数量（なければ1）", "quantity (1 if none)")),
    Column("tax", "text", Text("税込なら included", "`included` where the price includes tax")),
    Column("discount", "yen", Text("この明細の値引き", "yen taken off this item")),
)


def columns(ruleset: Ruleset, table: str) -> tuple[Column, ...]:
    """The columns of a table."""
    facts = list[Column]()
    for spec in ruleset.facts.values():
        if spec.kind == "rate":  # a column for each of its two numbers
            over = Text(f"{spec.label.ja}：分子", f"{spec.label.en}: numerator")
            under = Text(f"{spec.label.ja}：分母", f"{spec.label.en}: denominator")
            facts += [Column(spec.id, "rate", over), Column(f"{spec.id}_per", "rate", under)]
        else:
            facts.append(Column(spec.id, spec.kind, spec.label))
    match table:
        case "applicants":
            return (KEY, _NAME, *facts)
        case "members":
            member = Column("member", "count", Text("構成員の番号（1から）", "the member, from 1"), needed=True)
            return (KEY, member, _NAME, *facts)
        case _:
            member = Column("member", "count", Text("構成員の明細ならその番号", "whose it is, where a member's"))
            category = Column("category", "choice", Text("経費の区分", "category"), needed=True)
            fields = (Column(name, "set", field.label) for name, field in ruleset.fields.items())
            return (KEY, member, _NAME, category, *_PRICES, *fields)


def ddl(ruleset: Ruleset, dialect: Dialect, lang: str) -> str:
    """The statements that make the tables."""
    from hojo_cli.tables.sql.level import comment

    statements = []
    for table in TABLES:
        made, lines = columns(ruleset, table), list[str]()
        for column in made:
            needed = " NOT NULL" if column.needed else ""
            comma = "" if column is made[-1] else ","
            said = f"{needed}{comma}  -- {comment(column.label.into(lang))}"
            lines.append(f"  {dialect.named(column.name)} {dialect.columns[column.kind]}{said}")
        statements.append(f"CREATE TABLE {table} (\n" + "\n".join(lines) + "\n);\n")
    return "\n".join(statements)
