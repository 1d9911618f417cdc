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


app = typer.Typer(
    name="hojo",
    help=_("補助金の試算・点検・ルール比較を行います。", "Estimate subsidies, check applicant files, compare rulesets."),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_(
        "終了コード: 0 問題なし / 1 入力に誤りあり / 2 実行できない",
        "Exit codes: 0 nothing wrong / 1 something in the input is wrong / 2 could not run",
    ),
)

Files = Annotated[list[str], typer.Argument(help=_("申請者ファイル", "applicant files"), metavar="FILE…", show_default=False)]
Rules = Annotated[str, typer.Option("--rules", metavar="YEAR|PATH", help=_("ルールセット（年度かファイル）", "ruleset: a year or a file"))]
Format = Annotated[str, typer.Option("--format", "-f", help=_("出力の形", "how it is drawn") + ": table, tree, json, markdown")]
Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE", help=_("結果を書くファイル", "write the result to a file"))]
Lang = Annotated[str, typer.Option("--lang", metavar="ja|en", help=_("表示の言語", "language"))]
Color = Annotated[Optional[bool], typer.Option("--color/--no-color", help=_("色を付けるか", "use colours"), show_default=False)]
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
    help=_("1件（又は数件）の申請者について、すべての枠を比べ、最もよい枠を1行ずつ説明します。", "Compare all frames for an applicant and break the best one down."),
    epilog=_(
        "例: hojo estimate examples/shop.yaml ／ hojo estimate a.yaml --frame general --explain",
        "Examples: hojo estimate examples/shop.yaml; hojo estimate a.yaml --frame general --explain",
    ),
)
def estimate(
    files: Files,
    rules: Rules = "",
    frame: Annotated[str, typer.Option("--frame", metavar="ID", help=_("内訳を示す枠", "frame to break down"))] = "",
    explain: Annotated[bool, typer.Option("--explain", help=_("計算の根拠を木で示す", "print the full derivation"))] = False,
    format: Format = "table",
    output: Output = "",
    lang: Lang = LANG,
    color: Color = None,
    quiet: Quiet = False,
) -> None:
    """See the help text above."""
    from hojo_cli.commands import estimate as command

    deliver(command.run(files, rules, frame, LANG, explained=explain or format == "tree", paged=format != "json"), format, output, color, quiet)


def deliver(report: Report, format: str, path: str, color: bool | None, quiet: bool) -> None:
    """Findings to standard error, the drawing to its place, and the exit code."""
    from hojo_cli import formats

    if format not in formats.NAMES:
        known = ", ".join(formats.NAMES)
        raise HojoError(finding("HJ004", Location("--format"), name="--format", value=format, known=known))
    output.complain(report.findings, LANG)
    if not quiet and (report.page or format == "json"):
        output.write(formats.render(format, report, _screen(path, color)), path)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


def _screen(path: str, color: bool | None) -> Screen:
    """As wide as the terminal; 80 cells where there is none. Colours where a person looks, unless told otherwise."""
    from shutil import get_terminal_size

    from hojo_cli import formats

    terminal = not path and sys.stdout is not None and sys.stdout.isatty()
    wanted = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    if os.environ.get("FORCE_COLOR") and not os.environ.get("NO_COLOR"):
        wanted = True
    wide = 2 if os.environ.get("HOJO_AMBIGUOUS_WIDTH") == "2" else 1
    return formats.Screen(get_terminal_size((80, 24)).columns, wanted if color is None else color, LANG, wide)


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
