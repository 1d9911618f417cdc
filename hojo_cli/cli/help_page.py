"""The help of a verb, drawn as every page is: typer's own help lets Japanese run over the edge, or cuts it with `…`."""

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from hojo_cli.base.finding import Text, untranslated
from hojo_cli.cli import terminal
from hojo_cli.results.report import Block, Bullets, Column, Grid, GridRow, Heading, Paragraph


def help_page(context: typer.Context, lang: terminal.Language) -> str:
    """The page for the verb that the context is about, whose texts are in `lang` already."""
    from hojo_cli.formats.drawing.terminal import draw

    verb = context.command
    assert isinstance(verb, TyperGroup | TyperCommand)
    arguments = [argument for argument in verb.params if isinstance(argument, TyperArgument)]
    options = [option for option in verb.params if isinstance(option, TyperOption)]
    usage = [context.command_path, "[OPTIONS]"]
    for argument in arguments:
        name = argument.human_readable_name
        usage.append(name if argument.required or name.startswith("[") else f"[{name}]")
    written = []  # `-f, --format FORMAT`, `--color / --no-color`
    for option in options:
        names = ", ".join(sorted(option.opts, key=len))
        flags = " / ".join((names, *option.secondary_opts))
        written.append((flags if option.is_flag else f"{names} {option.make_metavar(context)}", option.help or ""))
    parts = {
        Text("引数", "Arguments"): [(argument.human_readable_name, argument.help or "") for argument in arguments],
        Text("オプション", "Options"): written,
    }
    if isinstance(verb, TyperGroup):
        usage.append("COMMAND …")
        parts[Text("コマンド", "Commands")] = [(name, below.help or "") for name, below in verb.commands.items()]
    line = " ".join(usage)
    blocks: list[Block] = [
        Paragraph(Text(f"使い方: {line}", f"Usage: {line}"), "strong"),
        Paragraph(untranslated(verb.help or "")),
    ]
    for title, rows in parts.items():
        if rows:
            columns = (Column(Text("", "")), Column(Text("", "")))
            blocks += [
                Heading(title),
                Grid(columns, (tuple(GridRow((untranslated(name), untranslated(said))) for name, said in rows),)),
            ]
    examples = tuple(map(untranslated, (verb.epilog or "").split("\n")))
    blocks += [Heading(Text("例", "Examples")), Bullets(examples, "")]
    return draw(blocks, terminal.screen("", lang, None, None))
