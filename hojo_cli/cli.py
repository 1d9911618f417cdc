"""typer, for what `plain` leaves: help, completion, short spellings, and mistakes told in our words."""

import inspect
import io
import re
import signal
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from typing import Annotated, Final, get_type_hints

import typer

from hojo_cli import __version__
from hojo_cli.base.finding import THE_CALL, Finding, HojoError, Text
from hojo_cli.base.suggest import nearest, suggestion
from hojo_cli.files.signals import Stopped
from hojo_cli.files.streams import print_out, say
from hojo_cli.messages import finding
from hojo_cli.usage import COMPLETION, EPILOG, EXAMPLES, HELP, LANGUAGES, SHOW_HELP, VERBS, VERSION, Parameter
from hojo_cli.verbs import FUNCTIONS


def run(lang: str) -> int:
    """Read the command line and run what it says. `HojoError` where that cannot be done."""
    try:
        return command(lang)(standalone_mode=False) or 0
    except typer.Abort:
        raise KeyboardInterrupt from None
    except typer.TyperException as misuse:
        if type(misuse).__name__ != "NoArgsIsHelpError":
            raise HojoError(_usage(misuse)) from None
        say(misuse.format_message())  # `hojo` alone: its message is the help
        return 2


def command(lang: str) -> typer.core.TyperGroup:
    """The table of verbs as a command that speaks `lang`."""
    made = typer.Typer(
        name="hojo", no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False, add_help_option=False
    )
    alone = _typed(_nothing, [], lang)
    made.callback(invoke_without_command=True, add_help_option=False, help=HELP.into(lang), epilog=EPILOG.into(lang))(
        alone
    )
    groups = {words[0]: typer.Typer(rich_markup_mode=None) for words in VERBS if len(words) > 1}
    for verb in VERBS.values():
        *above, name = verb.words
        function = _typed(FUNCTIONS[verb.words], verb.parameters, lang)
        text, examples = verb.help.into(lang), "\b\n" + "\n  ".join((EXAMPLES.into(lang), *verb.examples))
        if name in groups:
            made.add_typer(groups[name], name=name)
            groups[name].callback(invoke_without_command=True, add_help_option=False, help=text, epilog=examples)(
                function
            )
        else:
            place = groups[above[0]] if above else made
            place.command(name, add_help_option=False, help=text, epilog=examples)(function)
    found = typer.main.get_command(made)
    assert isinstance(found, typer.core.TyperGroup)
    for option in found.params:
        if option.name in COMPLETION and isinstance(option, typer.core.TyperOption):
            option.help = COMPLETION[option.name].into(lang)
            option.callback = _printed(option.callback)
    return found


def _nothing() -> int:
    """What `hojo` does by itself: its options are those that every command has."""
    return 0


def _typed(function: Callable[..., int], parameters: Iterable[Parameter], lang: str) -> Callable[..., int]:
    """The function with the signature typer reads options from; it does nothing where a verb below it is called."""
    types, defaults = get_type_hints(function), inspect.signature(function).parameters
    taken = [
        _parameter(each.name, Annotated[types[each.name], _told(each, lang)], defaults[each.name].default)
        for each in parameters
    ]
    taken += [
        _parameter("version", Annotated[bool, _shown(_version, VERSION.into(lang), "--version")], False),
        _parameter("help", Annotated[bool, _shown(_help, SHOW_HELP.into(lang), "--help", "-h")], False),
        _parameter("context", typer.Context, inspect.Parameter.empty),
    ]

    def call(**values: object) -> int:
        below = getattr(values.pop("context"), "invoked_subcommand", None)
        said = {name: value for name, value in values.items() if name not in ("version", "help")}
        try:
            return function(**said) if below is None else 0
        except KeyboardInterrupt:  # typer would end without a word
            raise Stopped(signal.SIGINT) from None

    call.__signature__ = inspect.Signature(taken)  # type: ignore[attr-defined]  # how `inspect` is told
    call.__annotations__ = {each.name: each.annotation for each in taken}
    return call


def _parameter(name: str, annotation: object, default: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _shown(show: Callable[[typer.Context, bool], None], text: str, *flags: str) -> object:
    """An option that shows something and ends there."""
    return typer.Option(*flags, help=text, is_eager=True, show_default=False, callback=show)


def _version(_: typer.Context, wanted: bool) -> None:
    if wanted:
        print_out(f"hojo {__version__}\n", "table")
        raise typer.Exit


def _help(context: typer.Context, wanted: bool) -> None:
    if wanted:
        print_out(context.get_help() + "\n", "table")
        raise typer.Exit


def _printed(show: Callable[..., object] | None) -> Callable[..., object]:
    """What typer itself shows goes out by our door: not in silence where standard output takes nothing."""
    assert show is not None

    def call(*given: object) -> object:
        shown = io.StringIO()
        try:
            with redirect_stdout(shown):
                return show(*given)
        finally:
            if text := shown.getvalue():
                print_out(text, "table")

    return call


def _told(parameter: Parameter, lang: str) -> object:
    """One parameter, as typer wants it described."""
    text, metavar = parameter.help.into(lang), parameter.metavar or None
    if not parameter.flags:
        return typer.Argument(help=text, metavar=metavar, show_default=False)
    flags = ("/".join(parameter.flags),) if parameter.kind == "switch" else parameter.flags
    number = parameter.kind == "number"
    return typer.Option(
        *flags,
        help=text,
        metavar=metavar,
        show_default=parameter.kind in ("word", "number") and parameter.name != "lang",
        min=0 if number else None,
        max=parameter.most if number else None,
        callback=_language if parameter.name == "lang" else None,
    )


def _language(name: str) -> str:
    """`name`, which must be a language hojo speaks."""
    if name and name not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise HojoError(finding("HJ004", THE_CALL, name="--lang", value=name, known=known))
    return name


def _usage(misuse: typer.TyperException) -> Finding:
    """What typer says of a command line, in our words where we know the case."""
    context = getattr(misuse, "ctx", None)
    command = "hojo" if context is None else context.command_path
    where = THE_CALL
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
    return finding("HJ001", where, reason=_said(message), command=command)


_SAID: Final = (
    ("Option '(.+)' requires an argument", "オプション `{0}` には値が必要です"),
    ("Option '(.+)' does not take a value", "オプション `{0}` には値を付けられません"),
    (r"Got unexpected extra argument\S* \((.+)\)", "余分な引数があります: {0}"),
    ("Invalid value for '(.+?)'(?: / '.+?')*: '?(.*?)'? is not .*", "オプション `{0}` には `{1}` を指定できません"),
)


def _said(message: str) -> Text:
    """What typer says, in Japanese too where we know the sentence."""
    for pattern, template in _SAID:
        if found := re.match(pattern, message):
            return Text(template.format(*found.groups()), message)
    return Text(message, message)
