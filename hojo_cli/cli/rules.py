"""`hojo rules` and the verbs below it."""

from typing import Annotated, Final

from typer import Argument, Context, Option, Typer

from hojo_cli.cli.delivery import View, delivered
from hojo_cli.cli.options import Rules, codes, years
from hojo_cli.report import Report

group: Final = Typer(rich_markup_mode=None, suggest_commands=False)


@group.callback(invoke_without_command=True)
@delivered()
def rules(
    view: View,
    context: Context,
    rules: Rules = "",
) -> Report:
    """手元のルールセットを一覧し、中身や公表された結果を表示します。

    List the rulesets at hand, print one in words or its published results.

    hojo rules
    hojo rules show --format markdown
    """
    from hojo_cli.commands import rules as command

    if context.invoked_subcommand is not None:
        return Report()
    return command.run(rules, view.spoken)


@group.command()
@delivered()
def show(
    view: View,
    name: Annotated[
        str,
        Argument(
            metavar="YEAR|PATH",
            autocompletion=years,
            help="年度かファイル（省くと最新） | a year or a file; the newest if left out",
        ),
    ] = "",
    outcomes: Annotated[
        bool, Option("--outcomes", help="公表された申請結果を示す | print the published results")
    ] = False,
) -> Report:
    """ルールセットを読める形で表示します。

    Print a ruleset in words, each figure with its source.

    hojo rules show
    hojo rules show --outcomes
    """
    from hojo_cli.commands import rules as command

    return command.show(name, view.spoken, outcomes=outcomes)


@group.command()
@delivered()
def explain(
    view: View,
    code: Annotated[str, Argument(metavar="HJ…", autocompletion=codes, help="コード | the code")],
) -> Report:
    """指摘のコード（HJ…）の意味、理由、直し方を表示します。

    Tell what a code (HJ…) means, why, and what to do.

    hojo rules explain HJ151
    hojo rules explain 203 --lang en
    """
    from hojo_cli.commands import explain_code as command

    return command.run(code, view.spoken)
