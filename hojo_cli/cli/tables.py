"""The verb for whoever outgrows one file at a time: `hojo sql`."""

from typing import Annotated, Literal

from typer import Argument, Option

from hojo_cli.cli.delivery import View
from hojo_cli.cli.options import Ambiguous, Color, Lang, Output, Quiet, years
from hojo_cli.files import streams


def sql(
    ruleset: Annotated[
        str,
        Argument(
            metavar="[RULESET]",
            autocompletion=years,
            help="年度かファイル（省くと最新） | a year or a file (default: the newest)",
        ),
    ] = "",
    dialect: Annotated[
        Literal["duckdb", "spark", "postgresql", "sqlite"],
        Option(metavar="NAME", help="SQL の方言 | the SQL dialect: duckdb, spark, postgresql, sqlite"),
    ] = "duckdb",
    tables: Annotated[
        bool, Option("--tables", help="読む3つの表を作る文を書く | write the statements that make the three tables")
    ] = False,
    format: Annotated[
        Literal["sql"], Option("--format", "-f", metavar="FORMAT", help="出力の形: sql | always sql")
    ] = "sql",
    output: Output = "",
    lang: Lang = None,
    color: Color = None,
    ambiguous: Ambiguous = None,
    quiet: Quiet = False,
) -> int:
    """ルールセットを1つの SQL にして書き出します（申請者・明細・構成員の表から、枠ごとの結果と補助額へ）。

    Write a ruleset as one SQL query: from tables of applicants, items and members to status and yen of each frame.

    hojo sql 2026 --tables -o tables.sql
    hojo sql 2026 --dialect spark -o subsidy.sql
    """
    from hojo_cli.commands import sql as command

    view = View(format, output, lang, color, ambiguous, quiet)
    view.keep_apart(ruleset)
    text = command.text(ruleset, dialect, view.spoken, tables=tables)
    if output or not quiet:
        streams.write(text, output, format)
    return 0
