"""What typer says of a command line, in our words where we know the case."""

import re
from typing import Final

import typer
from typer.core import TyperOption

from hojo_cli.base.finding import THE_CALL, Finding, Text
from hojo_cli.base.suggest import choices, nearest, suggestion
from hojo_cli.messages import finding


def misuse(problem: typer.TyperException) -> Finding:
    """HJ001 to HJ005, with the nearest name that is known."""
    context = getattr(problem, "ctx", None)
    command = "hojo" if context is None else context.command_path
    option = getattr(problem, "option_name", None)
    if option is not None and type(problem).__name__ == "NoSuchOption":
        near = suggestion(nearest(option, getattr(problem, "possibilities", None) or ()))
        return finding("HJ002", THE_CALL, name=option, near=near, command=command)
    parameter = getattr(problem, "param", None)
    if parameter is not None and type(problem).__name__ == "MissingParameter":
        name = parameter.opts[0] if isinstance(parameter, TyperOption) else parameter.human_readable_name
        return finding("HJ003", THE_CALL, name=name, command=command)
    message = problem.format_message()
    if context is not None and parameter is not None and (known := getattr(parameter.type, "choices", None)):
        name = parameter.opts[0] if isinstance(parameter, TyperOption) else context.info_name
        refused = re.match("'(.*)' is not one of", problem.message)
        value = refused[1] if refused else ""
        return finding("HJ004", THE_CALL, name=name, value=value, known=choices(value, known))
    if context is not None and (unknown := re.match("No such command '(.*)'", message)):
        near = suggestion(nearest(unknown[1], context.command.list_commands(context)))
        return finding("HJ005", THE_CALL, name=unknown[1], near=near)
    known_sentences = ((re.match(pattern, message), template) for pattern, template in _SENTENCES)
    japanese = next((template.format(*match.groups()) for match, template in known_sentences if match), message)
    return finding("HJ001", THE_CALL, reason=Text(japanese, message), command=command)


_SENTENCES: Final = (
    ("Option '(.+)' requires an argument", "オプション `{0}` には値が必要です"),
    ("Option '(.+)' does not take a value", "オプション `{0}` には値を付けられません"),
    (r"Got unexpected extra argument\S* \((.+)\)", "余分な引数があります: {0}"),
    ("Invalid value for '(.+?)'(?: / '.+?')*: '?(.*?)'? is not .*", "オプション `{0}` には `{1}` を指定できません"),
)
"""What typer says, and the same in Japanese."""
