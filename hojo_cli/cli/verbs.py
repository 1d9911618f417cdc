"""Each verb one function, whose parameters are what the command line takes. A verb imports its command's module when it runs.

The paragraphs of a docstring are its help: in Japanese, in English, and lines that show it.
"""

import os
from typing import Annotated, Final, Literal, get_args

from typer import Argument, Context, Option, Typer

from hojo_cli.base.finding import THE_CALL, HojoError, Text
from hojo_cli.cli import advice, calculator, conversion, rules, tables, terminal
from hojo_cli.cli.delivery import View, chosen
from hojo_cli.cli.help_page import help_page
from hojo_cli.cli.options import (
    Ambiguous,
    Baseline,
    Changed,
    Changes,
    Color,
    Encoding,
    Exclude,
    Format,
    Ignore,
    Jobs,
    Lang,
    Output,
    Quiet,
    Rules,
    Strict,
    UpdateBaseline,
    Weight,
    format_option,
    frames,
    years,
)
from hojo_cli.files import streams
from hojo_cli.formats import CheckFormat, ReportFormat, VerifyFormat
from hojo_cli.formats.drawing.listing import Listing
from hojo_cli.messages import finding

_STOPPED: Final = 128
"""Exit codes from here on name the signal that ended hojo."""

app: Final = Typer(rich_markup_mode=None, suggest_commands=False)


@app.callback(invoke_without_command=True)
def hojo(context: Context) -> int:
    """補助金の試算・点検・ルール比較を行います。終了コード: 0 問題なし、1 入力に誤りあり、2 実行できない。

    Estimate subsidies, check applicant files, compare rulesets. Exit codes: 0 nothing wrong, 1 something in the input is wrong, 2 could not run.

    hojo estimate examples/shop.yaml
    hojo check --help
    """
    if context.invoked_subcommand is None:
        streams.say(help_page(context, terminal.language()).rstrip())
        return 2
    return 0


@app.command()
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


@app.command()
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


@app.command()
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
        Option(metavar="PATH", help="両方で試算して比べる申請者（いくつでも） | applicants to compare under both"),
    ] = None,
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
    """
    from hojo_cli.commands import diff as command

    view = View(chosen(format, output, get_args(ReportFormat)), output, lang, color, ambiguous, quiet)
    if more and not impact:
        reason = Text(f"`{more[0]}` は `--impact` に続けて指定します", f"`{more[0]}` goes with `--impact`")
        raise HojoError(finding("HJ001", THE_CALL, reason=reason, command="hojo diff"))
    request = command.DiffRequest(old, new, [*(impact or ()), *(more or ())], witness, encoding, jobs, exit_code)
    return view.deliver(command.run(request, view.spoken))


app.command()(advice.advise)
app.command()(advice.curve)
app.command()(conversion.convert)
app.command()(calculator.page)
app.command()(tables.sql)


@app.command()
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
    from hojo_cli.batch.weights import weights
    from hojo_cli.commands import verify as command

    view = View(chosen(format, output, get_args(VerifyFormat)), output, lang, color, ambiguous, quiet)
    weighing = weights(ignore or (), severity or ())
    verified = command.verified(rulesets or (), sources, cases, boundaries, shown=not view.quiet)
    data = view.format in ("sarif", "gitlab")
    return view.deliver(command.report(verified, view.spoken, weighing, strict=strict, notes=notes, data=data))


app.add_typer(rules.group, name="rules")


@app.command()
def schema(
    of: Annotated[
        Literal["applicant", "ruleset", "estimate", "check", "diff", "verify", "advise", "curve"],
        Argument(
            metavar="KIND",
            help="applicant 申請者ファイル、ruleset ルールセット、ほかは各コマンドの JSON"
            " | applicant, ruleset: the files; the others: the JSON of these commands",
        ),
    ],
    rules: Rules = "",
    format: Annotated[Literal["json"], format_option(("json",))] = "json",
    output: Output = "",
    lang: Annotated[
        terminal.Language | None,
        Option(metavar="ja|en", help="説明の言語（省くと両方） | language of descriptions; both if left out"),
    ] = None,
    color: Color = None,
    ambiguous: Ambiguous = None,
    quiet: Quiet = False,
) -> int:
    """ファイルと出力の JSON Schema（draft 2020-12）を書き出します。

    Write the JSON Schema (draft 2020-12) of files, for editors, and of outputs.

    hojo schema applicant -o applicant.schema.json
    hojo schema estimate
    """
    from hojo_cli.commands import schema as command

    view = View(format, output, lang, color, ambiguous, quiet)
    return view.deliver(command.run(of, rules, view.lang or ""))


@app.command()
def new(
    file: Annotated[
        str,
        Argument(
            metavar="FILE", help="作るファイル（省くと標準出力） | the file to write; standard output if left out"
        ),
    ] = "",
    rules: Rules = "",
    interactive: Annotated[
        bool,
        Option(
            "--interactive",
            "-i",
            help="買うものまで1問ずつ尋ねる。すでにあるファイルは続きから"
            " | ask question by question, what is bought too; go on with a file that exists",
        ),
    ] = False,
    force: Annotated[
        bool, Option("--force", help="すでにあるファイルを置き換える | replace a file that exists")
    ] = False,
    format: Annotated[
        Literal["yaml", "csv", "xlsx"] | None,
        Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="ファイルの形: yaml, csv, xlsx（省くと名前から） | kind of file: yaml, csv, xlsx (default: by its name)",
        ),
    ] = None,
    output: Output = "",
    lang: Lang = None,
    color: Color = None,
    ambiguous: Ambiguous = None,
    quiet: Quiet = False,
) -> int:
    """申請者ファイルのひな形を、項目の説明付きで作ります。

    Write a blank applicant file that explains each fact.

    hojo new shop.yaml --interactive
    hojo new clients.xlsx
    """
    from hojo_cli.commands import new as command

    ending = (file or output).rpartition(".")[2].lower()
    view = View(
        format or (ending if ending in ("csv", "xlsx") and not interactive else "yaml"),
        output,
        lang,
        color,
        ambiguous,
        quiet,
    )
    if file and view.output:
        reason = Text("FILE と --output のどちらか一方を指定します", "give either FILE or --output")
        raise HojoError(finding("HJ001", THE_CALL, reason=reason, command="hojo new"))
    path = file or ("" if view.output == "-" else view.output)
    screen = terminal.screen("", view.spoken, color, ambiguous)
    command.run(path, rules, screen, format=view.format, force=force, interactive=interactive, quiet=view.quiet)
    return 0
