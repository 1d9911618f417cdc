"""The verbs for whoever writes rulesets: `hojo diff` and `hojo verify`."""

from typing import Annotated, get_args

from typer import Argument, Option

from hojo_cli.base.finding import THE_CALL, HojoError, Text
from hojo_cli.cli.delivery import View, chosen
from hojo_cli.cli.options import (
    Ambiguous,
    Color,
    Encoding,
    Format,
    Ignore,
    Jobs,
    Lang,
    Output,
    Quiet,
    Strict,
    Weight,
    format_option,
    years,
)
from hojo_cli.formats import ReportFormat, VerifyFormat
from hojo_cli.messages import finding


def diff(
    old: Annotated[
        str,
        Argument(
            metavar="OLD",
            autocompletion=years,
            help="前のルールセット（年度かファイル） | the old ruleset: a year or a file",
        ),
    ],
    new: Annotated[
        str,
        Argument(
            metavar="NEW",
            autocompletion=years,
            help="後のルールセット（年度かファイル） | the new ruleset: a year or a file",
        ),
    ],
    more: Annotated[
        list[str] | None,
        Argument(
            metavar="[PATH…]", help="`--impact` に続くファイル・フォルダ | further files and folders for `--impact`"
        ),
    ] = None,
    impact: Annotated[
        list[str] | None,
        Option(
            metavar="PATH",
            help="両方で試算して比べる申請者（いくつでも。表のフォルダも） | applicants to compare under both, or a folder of tables",
        ),
    ] = None,
    by: Annotated[
        str,
        Option(
            metavar="COLUMN,…",
            help="表の列の値ごとにも数える（`--impact` に表を指定したとき） | count by values of columns of a table, too",
        ),
    ] = "",
    witness: Annotated[
        str,
        Option(
            metavar="DIR",
            help="差の出る最小の申請者を保存するフォルダ | folder to save a smallest applicant for each change",
        ),
    ] = "",
    encoding: Encoding = "",
    jobs: Jobs = 0,
    exit_code: Annotated[
        bool, Option("--exit-code", help="違いがあれば終了コード1にする | exit with 1 where there are differences")
    ] = False,
    format: Format = None,
    output: Output = "",
    lang: Lang = None,
    color: Color = None,
    ambiguous: Ambiguous = None,
    quiet: Quiet = False,
) -> int:
    """2つのルールセットを比べ、何が変わり、誰の補助額が何円動くかを示します。

    Compare two rulesets: what changed, for whom, and by how many yen.

    hojo diff 2025 2026
    hojo diff 2025 2026 --impact applicants/ --witness witnesses/
    hojo diff 2025 2026 --impact tables/ --by industry,prefecture
    """
    from hojo_cli.commands import diff as command

    view = View(chosen(format, output, get_args(ReportFormat)), output, lang, color, ambiguous, quiet)
    if more and not impact:
        reason = Text(f"`{more[0]}` は `--impact` に続けて指定します", f"`{more[0]}` goes with `--impact`")
        raise HojoError(finding("HJ001", THE_CALL, reason=reason, command="hojo diff"))
    request = command.DiffRequest(old, new, [*(impact or ()), *(more or ())], witness, encoding, jobs, exit_code, by)
    return view.deliver(command.run(request, view.spoken))


def verify(
    rulesets: Annotated[
        list[str] | None,
        Argument(
            metavar="RULESET…",
            autocompletion=years,
            help="年度かファイル（省くと同梱のすべて） | years or files (default: all shipped)",
        ),
    ] = None,
    sources: Annotated[str, Option(metavar="DIR", help="資料の本文を置いたフォルダ | folder of archived texts")] = "",
    cases: Annotated[
        str,
        Option(
            metavar="DIR",
            help="事例のフォルダ。見張れていない数字を数える | folder of cases: which changes would none notice?",
        ),
    ] = "",
    boundaries: Annotated[
        str, Option(metavar="DIR", help="境目の申請者ファイルを書くフォルダ | write applicant files around each figure")
    ] = "",
    ignore: Ignore = None,
    severity: Weight = None,
    strict: Strict = False,
    notes: Annotated[bool, Option("--notes", help="注記も1件ずつ示す | list the notes, too, one by one")] = False,
    format: Annotated[VerifyFormat | None, format_option(get_args(VerifyFormat))] = None,
    output: Output = "",
    lang: Lang = None,
    color: Color = None,
    ambiguous: Ambiguous = None,
    quiet: Quiet = False,
) -> int:
    """ルールセットを、出典と突き合わせ、それ自身の筋が通っているか検証します。

    Prove a ruleset against its sources and against itself.

    hojo verify
    hojo verify my-rules.yaml --sources sources --strict --notes
    """
    from hojo_cli.commands import verify as command
    from hojo_cli.messages.weights import weights

    view = View(chosen(format, output, get_args(VerifyFormat)), output, lang, color, ambiguous, quiet)
    weighing = weights(ignore or (), severity or ())
    verified = command.verified(rulesets or (), sources, cases, boundaries, shown=not view.quiet)
    data = view.format in ("sarif", "gitlab")
    return view.deliver(command.report(verified, view.spoken, weighing, strict=strict, notes=notes, data=data))
