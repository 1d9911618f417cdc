"""The verb for one applicant, or a few: `hojo estimate`."""

from typing import Annotated, get_args

from typer import Argument, Option

from hojo_cli.base.finding import THE_CALL, HojoError, Text
from hojo_cli.cli.delivery import View, chosen
from hojo_cli.cli.options import (
    Ambiguous,
    Changes,
    Color,
    Format,
    Lang,
    Output,
    Quiet,
    Rules,
    frames,
)
from hojo_cli.formats import ReportFormat
from hojo_cli.messages import finding


def estimate(
    files: Annotated[list[str], Argument(metavar="FILE…", help="申請者ファイル | applicant files")],
    rules: Rules = "",
    frame: Annotated[
        str,
        Option(
            metavar="ID",
            autocompletion=frames,
            help="内訳を示す枠（省くと最もよい枠） | frame to break down (default: the best)",
        ),
    ] = "",
    changes: Changes = None,
    compare: Annotated[
        bool, Option("--compare", help="2つのファイルの結果を並べて比べる | set the results of two files side by side")
    ] = False,
    explain: Annotated[bool, Option("--explain", help="計算の根拠を木で示す | print the full derivation")] = False,
    full: Annotated[
        bool,
        Option(
            "--full",
            help="確かめること、出典、前の年度の結果も示す | add the checklist, the sources, an earlier year's results",
        ),
    ] = False,
    format: Format = None,
    output: Output = "",
    lang: Lang = None,
    color: Color = None,
    ambiguous: Ambiguous = None,
    quiet: Quiet = False,
) -> int:
    """1件（又は数件）の申請者について、すべての枠を比べ、最もよい枠を1行ずつ説明します。

    Compare all frames for an applicant and break the best one down.

    hojo estimate examples/shop.yaml
    hojo estimate a.yaml --frame general --set facts.employees=6
    """
    from hojo_cli.commands import estimate as command

    view = View(chosen(format, output, get_args(ReportFormat)), output, lang, color, ambiguous, quiet)
    if compare and (len(files) != 2 or changes):
        reason = Text(
            "--compare には2つのファイルを、--set なしで指定します", "--compare takes two files, and no --set"
        )
        raise HojoError(finding("HJ001", THE_CALL, reason=reason, command="hojo estimate"))
    view.keep_apart(*files, rules)
    shown = {"explained": explain or view.format == "tree", "full": full or view.format != "table", "compare": compare}
    shown["pictured"] = view.format in ("html", "pdf")
    return view.deliver(command.run(files, rules, frame, view.spoken, **shown, changes=changes or ()))
