"""The verbs that write what others fill in or check against: `hojo new` and `hojo schema`."""

from typing import Annotated, Literal

from typer import Argument, Option

from hojo_cli.base.finding import THE_CALL, HojoError, Text
from hojo_cli.cli import terminal
from hojo_cli.cli.delivery import View
from hojo_cli.cli.options import (
    Ambiguous,
    Color,
    Lang,
    Output,
    Quiet,
    Rules,
    format_option,
)
from hojo_cli.messages import finding


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
