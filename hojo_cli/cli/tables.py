"""The verbs for whoever outgrows one file at a time: `hojo sql`, `hojo table`."""

from typing import Annotated, Literal

from typer import Argument, Option

from hojo_cli.cli.delivery import View
from hojo_cli.cli.options import Ambiguous, Color, Jobs, Lang, Output, Quiet, Rules, years
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
        Option(
            metavar="NAME",
            help="SQL の方言: duckdb, spark, postgresql, sqlite | the SQL dialect: duckdb, spark, postgresql, sqlite",
        ),
    ] = "duckdb",
    tables: Annotated[
        bool, Option("--tables", help="読む3つの表を作る文を書く | write the statements that make the three tables")
    ] = False,
    vary: Annotated[
        list[str] | None,
        Option(
            "--vary",
            metavar="PATH=VALUE,…",
            help="ルールセットの数字がとる値。何度でも書け、組み合わせすべてを1つの SQL で計算する"
            " | values of a figure of the ruleset; repeatable, every combination in one query",
        ),
    ] = None,
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
    hojo sql 2026 --vary frames.general.bands.upper.cap=400万円,450万円 -o variants.sql
    """
    from hojo_cli.commands import sql as command

    view = View(format, output, lang, color, ambiguous, quiet)
    view.keep_apart(ruleset)
    text = command.text(ruleset, dialect, view.spoken, tables=tables, vary=vary or ())
    if output or not quiet:
        streams.write(text, output, format)
    return 0


def table(
    paths: Annotated[
        list[str],
        Argument(
            metavar="PATH…",
            help="applicants・items・members の表（Parquet、CSV、JSON Lines）のフォルダか、applicants のファイル・グロブ"
            " | a folder with tables applicants, items, members (Parquet, CSV, JSON Lines), or the file of applicants, or a glob",
        ),
    ],
    output: Annotated[
        str,
        Option(
            "--output",
            "-o",
            metavar="FILE",
            help="結果を書くファイル: .parquet、.csv、.jsonl | write the results to: .parquet, .csv or .jsonl",
        ),
    ],
    format: Annotated[
        Literal["parquet", "csv", "jsonl"] | None,
        Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="結果の形: parquet, csv, jsonl（省くと名前から） | parquet, csv, jsonl (default: by the name)",
        ),
    ] = None,
    rules: Rules = "",
    rejected: Annotated[
        str,
        Option(
            metavar="FILE",
            help="誤りのある行を書くファイル（省くと結果の隣） | write the rows that are wrong to (default: beside the results)",
        ),
    ] = "",
    plan: Annotated[
        bool,
        Option(
            "--plan",
            help="併せて申請できる枠の合計を全員について求める（遅い） | the total of frames held together for everybody (slow)",
        ),
    ] = False,
    memory: Annotated[
        str,
        Option(
            metavar="SIZE",
            help="DuckDB が使うメモリの上限（4GB など） | the most memory that DuckDB may use, such as 4GB",
        ),
    ] = "",
    jobs: Jobs = 0,
    lang: Lang = None,
    color: Color = None,
    ambiguous: Ambiguous = None,
    quiet: Quiet = False,
) -> int:
    """申請者の表を DuckDB で判定し、枠ごとの結果を表に書きます（中断しても続きから）。

    Judge tables of applicants in DuckDB and write every frame's result as a table; a run that was stopped goes on.

    hojo table applicants.parquet -o results.parquet
    hojo table tables/ -o results.csv --rules 2025 --memory 4GB
    """
    from hojo_cli.commands import table as command

    view = View("table", "", lang, color, ambiguous, quiet)
    return view.deliver(
        command.run(
            paths,
            output,
            rules=rules,
            lang=view.spoken,
            format=format or "",
            rejected=rejected,
            memory=memory,
            jobs=jobs,
            plans=plan,
            quiet=quiet,
        )
    )
