"""`hojo rules` and the verbs below it."""

from typing import Annotated, Final, get_args

from typer import Argument, Context, Option, Typer

from hojo_cli.cli.delivery import View, chosen
from hojo_cli.cli.options import Ambiguous, Color, Format, Lang, NamedRules, Output, Quiet, Rules, codes
from hojo_cli.formats import ReportFormat

group: Final = Typer(rich_markup_mode=None, suggest_commands=False)


@group.callback(invoke_without_command=True)
def rules(
    context: Context,
    rules: Rules = "",
    format: Format = None,
    output: Output = "",
    lang: Lang = None,
    color: Color = None,
    ambiguous: Ambiguous = None,
    quiet: Quiet = False,
) -> int:
    """手元のルールセットを一覧し、中身や公表された結果を表示します。

    List the rulesets at hand, print one in words or its published results.

    hojo rules
    hojo rules show --format markdown
    """
    from hojo_cli.commands import rules as command

    view = View(chosen(format, output, get_args(ReportFormat)), output, lang, color, ambiguous, quiet)
    if context.invoked_subcommand is not None:
        return 0
    return view.deliver(command.run(rules, view.spoken))


@group.command()
def show(
    name: NamedRules = "",
    outcomes: Annotated[
        bool, Option("--outcomes", help="公表された申請結果を示す | print the published results")
    ] = False,
    format: Format = None,
    output: Output = "",
    lang: Lang = None,
    color: Color = None,
    ambiguous: Ambiguous = None,
    quiet: Quiet = False,
) -> int:
    """ルールセットを読める形で表示します。

    Print a ruleset in words, each figure with its source.

    hojo rules show
    hojo rules show --outcomes
    """
    from hojo_cli.commands import rules as command

    view = View(chosen(format, output, get_args(ReportFormat)), output, lang, color, ambiguous, quiet)
    return view.deliver(command.show(name, view.spoken, outcomes=outcomes))


@group.command()
def explain(
    code: Annotated[str, Argument(metavar="HJ…", autocompletion=codes, help="コード | the code")],
    format: Format = None,
    output: Output = "",
    lang: Lang = None,
    color: Color = None,
    ambiguous: Ambiguous = None,
    quiet: Quiet = False,
) -> int:
    """指摘のコード（HJ…）の意味、理由、直し方を表示します。

    Tell what a code (HJ…) means, why, and what to do.

    hojo rules explain HJ151
    hojo rules explain 203 --lang en
    """
    from hojo_cli.commands import explain_code as command

    view = View(chosen(format, output, get_args(ReportFormat)), output, lang, color, ambiguous, quiet)
    return view.deliver(command.run(code, view.spoken))
