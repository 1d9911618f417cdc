"""All verbs of the command line, in the order in which the help lists them.

Each is one function, whose parameters are what the command line takes; it imports its command's module when it runs. The paragraphs of
its docstring are its help: in Japanese, in English, and lines that show it.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import Final

from typer import Context, Typer

from hojo_cli.cli import terminal
from hojo_cli.cli.help_page import help_page
from hojo_cli.files import streams

MODULES: Final = {
    "estimate": "estimation",
    "check": "inspection",
    "diff": "rulesets",
    "advise": "advice",
    "curve": "advice",
    "convert": "conversion",
    "page": "calculator",
    "sql": "tables",
    "table": "tables",
    "verify": "rulesets",
    "schema": "blanks",
    "new": "blanks",
    "rules": "rules",
}
"""Where each verb is; that module is loaded with the verb."""


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


def app(names: Iterable[str] = tuple(MODULES)) -> Typer:
    """The command line with these verbs."""
    found = Typer(rich_markup_mode=None, suggest_commands=False)
    found.callback(invoke_without_command=True)(hojo)
    for name in names:
        module = import_module(f"hojo_cli.cli.{MODULES[name]}")
        if verbs := getattr(module, "group", None):
            found.add_typer(verbs, name=name)
        else:
            found.command()(getattr(module, name))
    return found
