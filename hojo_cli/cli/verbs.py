"""All verbs of the command line, in the order in which the help lists them.

Each is one function, whose parameters are what the command line takes; it imports its command's module when it runs. The paragraphs of
its docstring are its help: in Japanese, in English, and lines that show it.
"""

from typing import Final

from typer import Context, Typer

from hojo_cli.cli import (
    advice,
    blanks,
    calculator,
    conversion,
    estimation,
    inspection,
    rules,
    rulesets,
    tables,
    terminal,
)
from hojo_cli.cli.help_page import help_page
from hojo_cli.files import streams

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


for verb in (
    estimation.estimate,
    inspection.check,
    rulesets.diff,
    advice.advise,
    advice.curve,
    conversion.convert,
    calculator.page,
    tables.sql,
    tables.table,
    rulesets.verify,
    blanks.schema,
    blanks.new,
):
    app.command()(verb)
app.add_typer(rules.group, name="rules")
