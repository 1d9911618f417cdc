"""The verb for many applicants: `hojo check`."""

import os
from typing import Annotated, Final, Literal, get_args

from typer import Argument, Context, Option

from hojo_cli.cli import terminal
from hojo_cli.cli.options import (
    Ambiguous,
    Baseline,
    Changed,
    Color,
    Encoding,
    Exclude,
    Ignore,
    Jobs,
    Lang,
    Quiet,
    Rules,
    Strict,
    UpdateBaseline,
    Weight,
    format_option,
)
from hojo_cli.files import streams
from hojo_cli.formats import CheckFormat
from hojo_cli.formats.drawing.listing import Listing

_STOPPED: Final = 128
"""Exit codes from here on name the signal that ended hojo."""


def check(
    context: Context,
    paths: Annotated[
        list[str] | None, Argument(metavar="PATH…", help="ファイル・フォルダ・グロブ | files, folders, globs")
    ] = None,
    rules: Rules = "",
    format: Annotated[CheckFormat | None, format_option(get_args(CheckFormat))] = None,
    outputs: Annotated[
        list[str] | None,
        Option(
            "--output",
            "-o",
            metavar="[FORMAT=]FILE",
            help="結果を書くファイル（何度でも） | write to a file, may be repeated",
        ),
    ] = None,
    files_from: Annotated[
        str,
        Option(
            metavar="FILE|-",
            help="点検するファイルの一覧（改行か NUL 区切り） | a list of files, one a line or NUL-separated",
        ),
    ] = "",
    encoding: Encoding = "",
    exclude: Exclude = None,
    changed: Changed = "",
    baseline: Baseline = "",
    update_baseline: UpdateBaseline = False,
    ignore: Ignore = None,
    severity: Weight = None,
    jobs: Jobs = 0,
    strict: Strict = False,
    exit_zero: Annotated[bool, Option("--exit-zero", help="誤りがあっても終了コード0 | exit with 0 even so")] = False,
    allow_empty: Annotated[bool, Option("--allow-empty", help="1件もなくてもよい | nothing to check is fine")] = False,
    update_expect: Annotated[
        bool,
        Option(
            "--update-expect",
            help="計算した補助額をファイルの expect に書く | write the computed yen into `expect` of the files",
        ),
    ] = False,
    near: Annotated[
        bool,
        Option("--near", help="あと少しで額や結果が変わる数を添える | add the numbers that are near a border"),
    ] = False,
    sort: Annotated[
        Literal["yen", "name", "file"] | None,
        Option(
            metavar="yen|name|file",
            help="一覧の並び: 補助額の多い順、名前、ファイル（省くと入力の順） | order of the list (default: as they come)",
        ),
    ] = None,
    top: Annotated[int, Option(metavar="N", min=0, help="一覧にする件数 | list so many")] = 0,
    problems_only: Annotated[
        bool,
        Option("--problems-only", help="誤りと警告のある申請者だけを示す | list only those with errors or warnings"),
    ] = False,
    lang: Lang = None,
    color: Color = None,
    ambiguous: Ambiguous = None,
    quiet: Quiet = False,
) -> int:
    """多数の申請者を点検します（ファイル、フォルダ、グロブ、`-`、JSON Lines、CSV、Excel）。

    Check many applicants: files, folders, globs, `-`, JSON Lines, CSV, Excel.

    hojo check applicants/ --sort yen
    hojo check clients.xlsx -o results.xlsx
    """
    from hojo_cli.commands import check as command

    spoken = lang or terminal.language()
    named = context.get_parameter_source("paths")
    if files_from and named is not None and named.name == "DEFAULT_MAP":
        paths = None  # a list takes the place of the paths that the configuration names
    request = command.CheckRequest(
        paths or (),
        files_from,
        rules,
        format or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "table"),
        outputs or (),
        encoding,
        jobs,
        strict,
        exit_zero,
        allow_empty,
        update_expect,
        near,
        quiet,
        exclude or (),
        changed,
        ignore or (),
        severity or (),
        baseline,
        update_baseline,
        by_ending=format is None,
        listing=Listing(sort or "", top, problems_only),
    )
    report = command.run(request, lambda path: terminal.screen(path, spoken, color, ambiguous))
    if report.exit_code < _STOPPED:
        streams.complain(report.findings, spoken)
    else:
        streams.last_words(report.findings, spoken)
    return report.exit_code
