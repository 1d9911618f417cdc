"""`hojo convert`: applicants from one kind of file to another."""

from typing import Annotated, Literal

from typer import Argument, Option

from hojo_cli.cli.delivery import View
from hojo_cli.cli.options import Ambiguous, Color, Encoding, Lang, Quiet, Rules


def convert(
    paths: Annotated[list[str], Argument(metavar="PATH…", help="ファイル・フォルダ・グロブ | files, folders, globs")],
    output: Annotated[
        str,
        Option(
            "--output",
            "-o",
            metavar="TARGET",
            help="書く先: フォルダ（1件に1つの YAML）か .csv、.jsonl、.xlsx。parquet ではフォルダ | a folder (one YAML a client), or .csv, .jsonl, .xlsx; a folder for parquet",
        ),
    ],
    format: Annotated[
        Literal["yaml", "csv", "jsonl", "xlsx", "parquet"] | None,
        Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="書く形: yaml, csv, jsonl, xlsx, parquet（省くと名前から） | yaml, csv, jsonl, xlsx, parquet (default: by the name)",
        ),
    ] = None,
    rules: Rules = "",
    encoding: Encoding = "",
    force: Annotated[bool, Option("--force", help="すでにあるファイルを置き換える | replace files that exist")] = False,
    lang: Lang = None,
    color: Color = None,
    ambiguous: Ambiguous = None,
    quiet: Quiet = False,
) -> int:
    """申請者を、別の形のファイルに書き直します（YAML、CSV、JSON Lines、Excel、Parquet の表）。

    Write applicants in another kind of file: YAML, CSV, JSON Lines, Excel, tables as Parquet.

    hojo convert list.csv -o applicants/
    hojo convert applicants/ --format parquet -o tables/
    """
    from hojo_cli.commands import convert as command

    view = View("table", "", lang, color, ambiguous, quiet)
    return view.deliver(
        command.run(
            paths, output, rules, view.spoken, format=format or "", encoding=encoding, force=force, quiet=view.quiet
        )
    )
