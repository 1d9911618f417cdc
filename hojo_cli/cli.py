"""The typer app: verbs, options and exit codes. Each command's module is imported when it runs."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated, Final, Optional

import typer

from hojo_cli import language, output
from hojo_cli.catalogue import finding
from hojo_cli.finding import Finding, HojoError, Location, Text
from hojo_cli.nearest import nearest, suggestion

if TYPE_CHECKING:
    from hojo_cli.formats import Screen
    from hojo_cli.report import Report

LANG: Final = language.chosen(sys.argv[1:], os.environ)


def _(ja: str, en: str) -> str:
    return Text(ja, en).into(LANG)


def _language(name: str) -> str:
    """`name`, which must be a language hojo speaks."""
    if name not in ("", "ja", "en"):
        raise HojoError(finding("HJ004", Location("--lang"), name="--lang", value=name, known="ja, en"))
    return name


app = typer.Typer(
    name="hojo",
    help=_(
        "補助金の試算・点検・ルール比較を行います。", "Estimate subsidies, check applicant files, compare rulesets."
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_(
        "終了コード: 0 問題なし / 1 入力に誤りあり / 2 実行できない",
        "Exit codes: 0 nothing wrong / 1 something in the input is wrong / 2 could not run",
    ),
)

Files = Annotated[
    list[str], typer.Argument(help=_("申請者ファイル", "applicant files"), metavar="FILE…", show_default=False)
]
Rules = Annotated[
    str,
    typer.Option("--rules", metavar="YEAR|PATH", help=_("ルールセット（年度かファイル）", "ruleset: a year or a file")),
]
Format = Annotated[
    str, typer.Option("--format", "-f", help=_("出力の形", "how it is drawn") + ": table, tree, json, markdown")
]
Output = Annotated[
    str, typer.Option("--output", "-o", metavar="FILE", help=_("結果を書くファイル", "write the result to a file"))
]
Lang = Annotated[str, typer.Option("--lang", metavar="ja|en", help=_("表示の言語", "language"), callback=_language)]
Color = Annotated[
    Optional[bool], typer.Option("--color/--no-color", help=_("色を付けるか", "use colours"), show_default=False)
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=_("結果を表示しない", "print no result"))]


@app.callback(invoke_without_command=True)
def hojo(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help=_("版を表示", "show the version"), is_eager=True)] = False,
) -> None:
    """Nothing by itself but the version."""
    if version:
        from hojo_cli import __version__

        typer.echo(f"hojo {__version__}")
        raise typer.Exit


@app.command(
    help=_(
        "1件（又は数件）の申請者について、すべての枠を比べ、最もよい枠を1行ずつ説明します。",
        "Compare all frames for an applicant and break the best one down.",
    ),
    epilog=_(
        "例: hojo estimate examples/shop.yaml ／ hojo estimate a.yaml --frame general --explain",
        "Examples: hojo estimate examples/shop.yaml; hojo estimate a.yaml --frame general --explain",
    ),
)
def estimate(
    files: Files,
    rules: Rules = "",
    frame: Annotated[str, typer.Option("--frame", metavar="ID", help=_("内訳を示す枠", "frame to break down"))] = "",
    explain: Annotated[
        bool, typer.Option("--explain", help=_("計算の根拠を木で示す", "print the full derivation"))
    ] = False,
    format: Format = "table",
    output: Output = "",
    lang: Lang = LANG,
    color: Color = None,
    quiet: Quiet = False,
) -> None:
    """See the help text above."""
    from hojo_cli.commands import estimate as command

    deliver(
        command.run(files, rules, frame, LANG, explained=explain or format == "tree", paged=format != "json"),
        format,
        output,
        color,
        quiet,
    )


@app.command(
    help=_(
        "申請者ファイルのひな形を、項目の説明付きで作ります。", "Write a blank applicant file that explains each fact."
    ),
    epilog=_(
        "例: hojo new shop.yaml ／ hojo new shop.yaml --interactive",
        "Examples: hojo new shop.yaml; hojo new shop.yaml --interactive",
    ),
)
def new(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help=_("作るファイル（省くと標準出力）", "the file to write; standard output if left out"),
            show_default=False,
        ),
    ] = "",
    rules: Rules = "",
    interactive: Annotated[
        bool, typer.Option("--interactive", "-i", help=_("1問ずつ尋ねて書き込む", "ask question by question"))
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help=_("すでにあるファイルを置き換える", "replace a file that exists"))
    ] = False,
    format: Annotated[
        str, typer.Option("--format", "-f", help=_("ファイルの形", "kind of file") + ": yaml, csv")
    ] = "yaml",
    lang: Lang = LANG,
) -> None:
    """See the help text above."""
    from hojo_cli.commands import new as command

    command.run(file, rules, LANG, format=format, force=force, interactive=interactive)


@app.command(
    help=_(
        "エディタ用の JSON Schema（draft 2020-12）を書き出します。",
        "Write the JSON Schema (draft 2020-12) for editors.",
    ),
    epilog=_(
        "例: hojo schema applicant -o applicant.schema.json ／ hojo schema ruleset",
        "Examples: hojo schema applicant -o applicant.schema.json; hojo schema ruleset",
    ),
)
def schema(
    of: Annotated[
        str, typer.Argument(metavar="applicant|ruleset", help=_("何のスキーマか", "which schema"), show_default=False)
    ],
    rules: Rules = "",
    output: Output = "",
    lang: Annotated[
        str,
        typer.Option(
            "--lang",
            metavar="ja|en",
            help=_("説明の言語（省くと両方）", "language of descriptions; both if left out"),
            callback=_language,
        ),
    ] = "",
) -> None:
    """See the help text above."""
    from hojo_cli.commands import schema as command

    deliver(command.run(of, rules, lang), "json", output, None, False)


rules_app = typer.Typer(rich_markup_mode=None)
app.add_typer(rules_app, name="rules")


@rules_app.callback(
    invoke_without_command=True,
    help=_(
        "手元のルールセットを一覧し、中身や公表された結果を表示します。",
        "List the rulesets at hand, print one in words or its published results.",
    ),
    epilog=_(
        "例: hojo rules ／ hojo rules show --format markdown", "Examples: hojo rules; hojo rules show --format markdown"
    ),
)
def rules(
    context: typer.Context,
    format: Format = "table",
    output: Output = "",
    lang: Lang = LANG,
    color: Color = None,
    quiet: Quiet = False,
) -> None:
    """See the help text above."""
    if context.invoked_subcommand is None:
        from hojo_cli.commands import rules as command

        deliver(command.run(LANG), format, output, color, quiet)


@rules_app.command(
    "show",
    help=_("ルールセットを読める形で表示します。", "Print a ruleset in words, each figure with its source."),
    epilog=_(
        "例: hojo rules show ／ hojo rules show --outcomes", "Examples: hojo rules show; hojo rules show --outcomes"
    ),
)
def rules_show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="YEAR|PATH",
            help=_("年度かファイル（省くと最新）", "a year or a file; the newest if left out"),
            show_default=False,
        ),
    ] = "",
    outcomes: Annotated[
        bool, typer.Option("--outcomes", help=_("公表された申請結果を示す", "print the published results"))
    ] = False,
    format: Format = "table",
    output: Output = "",
    lang: Lang = LANG,
    color: Color = None,
    quiet: Quiet = False,
) -> None:
    """See the help text above."""
    from hojo_cli.commands import rules as command

    deliver(command.show(name, LANG, outcomes=outcomes), format, output, color, quiet)


@rules_app.command(
    "explain",
    help=_(
        "指摘のコード（HJ…）の意味、理由、直し方を表示します。", "Tell what a code (HJ…) means, why, and what to do."
    ),
    epilog=_(
        "例: hojo rules explain HJ151 ／ hojo rules explain 203 --lang en",
        "Examples: hojo rules explain HJ151; hojo rules explain 203 --lang ja",
    ),
)
def rules_explain(
    code: Annotated[str, typer.Argument(metavar="HJ…", help=_("コード", "the code"), show_default=False)],
    format: Format = "table",
    output: Output = "",
    lang: Lang = LANG,
    color: Color = None,
    quiet: Quiet = False,
) -> None:
    """See the help text above."""
    from hojo_cli.commands import explain_code as command

    deliver(command.run(code, LANG), format, output, color, quiet)


@app.command(
    help=_(
        "多数の申請者を点検します（ファイル、フォルダ、グロブ、`-`、JSON Lines、CSV）。",
        "Check many applicants: files, folders, globs, `-`, JSON Lines, CSV.",
    ),
    epilog=_(
        "例: hojo check applicants/ ／ hojo check list.csv --encoding cp932 --output sarif=hojo.sarif",
        "Examples: hojo check applicants/; hojo check list.csv --encoding cp932 --output sarif=hojo.sarif",
    ),
)
def check(
    paths: Annotated[
        Optional[list[str]],
        typer.Argument(
            help=_("ファイル・フォルダ・グロブ", "files, folders, globs"), metavar="PATH…", show_default=False
        ),
    ] = None,
    rules: Rules = "",
    format: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help=_("出力の形", "how it is drawn") + ": table, json, jsonl, csv, markdown, github, gitlab, junit, sarif",
        ),
    ] = "",
    outputs: Annotated[
        Optional[list[str]],
        typer.Option(
            "--output",
            "-o",
            metavar="[FORMAT=]FILE",
            help=_("結果を書くファイル（何度でも）", "write to a file, may be repeated"),
            show_default=False,
        ),
    ] = None,
    files_from: Annotated[
        str,
        typer.Option(
            "--files-from",
            metavar="FILE|-",
            help=_("点検するファイルの一覧（改行か NUL 区切り）", "a list of files, one a line or NUL-separated"),
        ),
    ] = "",
    encoding: Annotated[
        str, typer.Option("--encoding", metavar="utf-8|cp932", help=_("CSV の文字コード", "encoding of CSV files"))
    ] = "utf-8",
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs", "-j", min=0, max=256, help=_("並列数（0: 使えるコアの数）", "processes (0: one a core)")
        ),
    ] = 0,
    strict: Annotated[bool, typer.Option("--strict", help=_("警告も誤りと数える", "warnings count as errors"))] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help=_("誤りがあっても終了コード0", "exit with 0 even so"))
    ] = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help=_("1件もなくてもよい", "nothing to check is fine"))
    ] = False,
    update_expect: Annotated[
        bool,
        typer.Option(
            "--update-expect",
            help=_("計算した補助額をファイルの expect に書く", "write the computed yen into `expect` of the files"),
        ),
    ] = False,
    lang: Lang = LANG,
    color: Color = None,
    quiet: Quiet = False,
) -> None:
    """See the help text above."""
    from hojo_cli.commands import check as command

    default = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "table"
    request = command.Request(
        paths or (),
        files_from,
        rules,
        format or default,
        outputs or (),
        encoding,
        jobs,
        strict,
        exit_zero,
        allow_empty,
        update_expect,
        quiet,
    )
    report = command.run(request, lambda path: _screen(path, color))
    output.complain(report.findings, LANG)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


@app.command(
    help=_(
        "ルールセットを、出典と突き合わせ、それ自身の筋が通っているか検証します。",
        "Prove a ruleset against its sources and against itself.",
    ),
    epilog=_(
        "例: hojo verify ／ hojo verify my-rules.yaml --sources sources --cases cases",
        "Examples: hojo verify; hojo verify my-rules.yaml --sources sources --cases cases",
    ),
)
def verify(
    rulesets: Annotated[
        Optional[list[str]],
        typer.Argument(
            help=_("年度かファイル（省くと同梱のすべて）", "years or files (default: all shipped)"),
            metavar="RULESET…",
            show_default=False,
        ),
    ] = None,
    sources: Annotated[
        str,
        typer.Option("--sources", metavar="DIR", help=_("資料の本文を置いたフォルダー", "folder of archived texts")),
    ] = "",
    cases: Annotated[
        str,
        typer.Option(
            "--cases",
            metavar="DIR",
            help=_("事例のフォルダー。見張れていない数字を数える", "folder of cases: which changes would none notice?"),
        ),
    ] = "",
    boundaries: Annotated[
        str,
        typer.Option(
            "--boundaries",
            metavar="DIR",
            help=_("境目の申請者ファイルを書くフォルダー", "write applicant files around each figure"),
        ),
    ] = "",
    format: Annotated[
        str,
        typer.Option(
            "--format", "-f", help=_("出力の形", "how it is drawn") + ": table, json, markdown, sarif, github"
        ),
    ] = "table",
    path: Output = "",
    lang: Lang = LANG,
    color: Color = None,
    quiet: Quiet = False,
) -> None:
    """See the help text above."""
    from hojo_cli.commands import verify as command

    if format not in command.FORMATS:
        known = ", ".join(command.FORMATS)
        raise HojoError(finding("HJ004", Location("--format"), name="--format", value=format, known=known))
    found = command.verified(rulesets or (), sources, cases, boundaries)
    if format not in command.STREAMED:
        deliver(command.report(found, LANG), format, path, color, quiet)
    elif not quiet:
        output.write(command.drawn(found, format, _screen(path, color)), path)
    if command.exit_code(found):
        raise typer.Exit(command.exit_code(found))


@app.command(
    help=_(
        "2つのルールセットを比べ、何が変わり、誰の補助額が何円動くかを示します。",
        "Compare two rulesets: what changed, for whom, and by how many yen.",
    ),
    epilog=_(
        "例: hojo diff 2025 2026 ／ hojo diff 2025 2026 --impact applicants/ --witness witnesses/",
        "Examples: hojo diff 2025 2026; hojo diff 2025 2026 --impact applicants/ --witness witnesses/",
    ),
)
def diff(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help=_("前のルールセット（年度かファイル）", "the old ruleset: a year or a file"),
            show_default=False,
        ),
    ],
    new: Annotated[
        str,
        typer.Argument(
            metavar="NEW",
            help=_("後のルールセット（年度かファイル）", "the new ruleset: a year or a file"),
            show_default=False,
        ),
    ],
    more: Annotated[
        Optional[list[str]],
        typer.Argument(
            metavar="[PATH…]",
            help=_("`--impact` に続くファイル・フォルダ", "further files and folders for `--impact`"),
            show_default=False,
        ),
    ] = None,
    impact: Annotated[
        Optional[list[str]],
        typer.Option(
            "--impact",
            metavar="PATH",
            help=_("両方で試算して比べる申請者（いくつでも）", "applicants to compare under both"),
            show_default=False,
        ),
    ] = None,
    witness: Annotated[
        str,
        typer.Option(
            "--witness",
            metavar="DIR",
            help=_("差の出る最小の申請者を保存するフォルダ", "folder to save a smallest applicant for each change"),
        ),
    ] = "",
    encoding: Annotated[
        str, typer.Option("--encoding", metavar="utf-8|cp932", help=_("CSV の文字コード", "encoding of CSV files"))
    ] = "utf-8",
    jobs: Annotated[
        int,
        typer.Option("--jobs", "-j", min=0, help=_("並べて動かす数（0: 自動）", "processes; 0: as many as processors")),
    ] = 0,
    exit_code: Annotated[
        bool,
        typer.Option("--exit-code", help=_("違いがあれば終了コード1にする", "exit with 1 where there are differences")),
    ] = False,
    format: Annotated[
        str, typer.Option("--format", "-f", help=_("出力の形", "how it is drawn") + ": table, json, markdown")
    ] = "table",
    output: Output = "",
    lang: Lang = LANG,
    color: Color = None,
    quiet: Quiet = False,
) -> None:
    """See the help text above."""
    from hojo_cli.commands import diff as command

    if more and not impact:
        reason = Text(f"`{more[0]}` は `--impact` に続けて指定します", f"`{more[0]}` goes with `--impact`")
        raise HojoError(finding("HJ001", Location("hojo"), reason=reason, command="hojo diff"))
    request = command.Request(old, new, [*(impact or ()), *(more or ())], witness, encoding, jobs, exit_code)
    deliver(command.run(request, LANG), format, output, color, quiet)


def deliver(report: Report, format: str, path: str, color: bool | None, quiet: bool) -> None:
    """Findings to standard error, the drawing to its place, and the exit code."""
    from hojo_cli import formats

    if format not in formats.NAMES:
        known = ", ".join(formats.NAMES)
        raise HojoError(finding("HJ004", Location("--format"), name="--format", value=format, known=known))
    output.complain(report.findings, LANG)
    if not quiet and (report.page or format == "json"):
        drawn = formats.render(format, report, _screen(path, color))
        output.write(output.spelt(drawn) if format == "json" and not path else drawn, path)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


def _screen(path: str, color: bool | None) -> Screen:
    """As wide as the terminal; 80 cells where there is none. Colours where a person looks, unless told otherwise."""
    from shutil import get_terminal_size

    from hojo_cli import formats

    terminal = not path and sys.stdout is not None and sys.stdout.isatty()
    wanted = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    if os.environ.get("FORCE_COLOR") and not os.environ.get("NO_COLOR") and not path:
        wanted = True
    wide = 2 if os.environ.get("HOJO_AMBIGUOUS_WIDTH") == "2" or not (path or _draws_lines()) else 1
    return formats.Screen(get_terminal_size((80, 24)).columns, wanted if color is None else color, LANG, wide)


def _draws_lines() -> bool:
    """Whether standard output can show box lines at all."""
    try:
        "─└".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (LookupError, UnicodeError):
        return False
    return True


def main() -> int:
    """Run the command line; every way out is an exit code, never a traceback."""
    output.prepare()
    try:
        return app(standalone_mode=False) or 0
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except HojoError as trouble:
        output.complain(trouble.findings, LANG)
    except typer.TyperException as misuse:
        if type(misuse).__name__ == "NoArgsIsHelpError":  # `hojo` alone: its message is the help
            output.say(misuse.format_message())
        else:
            output.complain([_usage(misuse)], LANG)
    except Exception as problem:  # the last door: no input may show a traceback
        if os.environ.get("HOJO_DEBUG"):
            raise
        output.complain([finding("HJ099", Location("hojo"), reason=f"{type(problem).__name__}: {problem}")], LANG)
    return 2


def _usage(misuse: typer.TyperException) -> Finding:
    """What typer says of a command line, in our words where we know the case."""
    context = getattr(misuse, "ctx", None)
    command = "hojo" if context is None else context.command_path
    where = Location("hojo")
    option = getattr(misuse, "option_name", None)
    if option is not None and type(misuse).__name__ == "NoSuchOption":
        near = suggestion(nearest(option, getattr(misuse, "possibilities", None) or ()))
        return finding("HJ002", where, name=option, near=near, command=command)
    parameter = getattr(misuse, "param", None)
    if parameter is not None and type(misuse).__name__ == "MissingParameter":
        return finding("HJ003", where, name=parameter.human_readable_name, command=command)
    message = getattr(misuse, "format_message", lambda: str(misuse))()
    if message.startswith("No such command"):
        name = message.split("'")[1] if "'" in message else message
        known = () if context is None else context.command.list_commands(context)
        return finding("HJ005", where, name=name, near=suggestion(nearest(name, known)))
    return finding("HJ001", where, reason=message, command=command)
