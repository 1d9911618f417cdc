"""typer, for what `plain` leaves: help, completion, short spellings, and mistakes told in our words."""

import inspect
from collections.abc import Callable
from typing import Annotated, get_type_hints

import typer

from hojo_cli import __version__
from hojo_cli.catalogue import finding
from hojo_cli.finding import Finding, HojoError, Location
from hojo_cli.nearest import nearest, suggestion
from hojo_cli.output import say
from hojo_cli.usage import EPILOG, HELP, LANGUAGES, VERBS, VERSION, Parameter, Verb
from hojo_cli.verbs import FUNCTIONS


def run(lang: str) -> int:
    """Read the command line and run what it says. `HojoError` where that cannot be done."""
    try:
        return app(lang)(standalone_mode=False) or 0
    except typer.Abort:
        raise KeyboardInterrupt from None
    except typer.TyperException as misuse:
        if type(misuse).__name__ != "NoArgsIsHelpError":
            raise HojoError(_usage(misuse)) from None
        say(misuse.format_message())  # `hojo` alone: its message is the help
        return 2


def app(lang: str) -> typer.Typer:
    """The table of verbs as a typer app that speaks `lang`."""
    made = typer.Typer(
        name="hojo",
        help=HELP.into(lang),
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog=EPILOG.into(lang),
    )
    made.callback(invoke_without_command=True)(_alone(lang))
    groups = {words[0]: typer.Typer(rich_markup_mode=None) for words in VERBS if len(words) > 1}
    for verb in VERBS.values():
        text, examples = verb.help.into(lang), verb.examples.into(lang)
        *above, name = verb.words
        if name in groups:
            made.add_typer(groups[name], name=name)
            groups[name].callback(invoke_without_command=True, help=text, epilog=examples)(
                _command(verb, lang, group=True)
            )
        else:
            (groups[above[0]] if above else made).command(name, help=text, epilog=examples)(_command(verb, lang))
    return made


def _alone(lang: str) -> Callable[..., None]:
    """`hojo` by itself does nothing but tell its version."""

    def hojo(
        version: Annotated[bool, typer.Option("--version", help=VERSION.into(lang), is_eager=True)] = False,
    ) -> None:
        if version:
            typer.echo(f"hojo {__version__}")
            raise typer.Exit

    return hojo


def _command(verb: Verb, lang: str, *, group: bool = False) -> Callable[..., int]:
    """The verb's function with the signature typer reads options from. A group does nothing where a verb below it is called."""
    function = FUNCTIONS[verb.words]
    types, defaults = get_type_hints(function), inspect.signature(function).parameters
    parameters = [
        inspect.Parameter(
            each.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=defaults[each.name].default,
            annotation=Annotated[types[each.name], _told(each, lang)],
        )
        for each in verb.parameters
    ]
    if group:
        parameters.append(inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context))

    def call(**values: object) -> int:
        below = getattr(values.pop("context", None), "invoked_subcommand", None)
        return function(**values) if below is None else 0

    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # how `inspect` is told
    call.__annotations__ = {each.name: each.annotation for each in parameters}
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
        raise HojoError(finding("HJ004", Location("--lang"), name="--lang", value=name, known=known))
    return name


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
