"""From the verbs to a command that speaks one language, and from a command line to an exit code."""

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Final

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from hojo_cli.base.finding import HojoError
from hojo_cli.cli import config, terminal
from hojo_cli.cli.help_page import help_page
from hojo_cli.cli.mistakes import misuse
from hojo_cli.cli.verbs import MODULES, app
from hojo_cli.files import streams
from hojo_cli.files.signals import Stopped

COMPLETION_VARIABLE: Final = "_HOJO_COMPLETE"
"""By it the scripts of `--install-completion` ask for the words on offer."""


def run(lang: terminal.Language) -> int:
    """Read the command line and do what it says. `HojoError` where that cannot be done."""
    hojo = command(lang, "".join(sys.argv[1:2]))
    try:
        if os.environ.get(COMPLETION_VARIABLE):
            with _printed():
                return hojo(prog_name="hojo", standalone_mode=False) or 0
        return hojo(prog_name="hojo", standalone_mode=False, default_map=config.defaults(hojo)) or 0
    except typer.Abort:
        raise KeyboardInterrupt from None
    except typer.TyperException as problem:
        raise HojoError(misuse(problem)) from None


def command(lang: terminal.Language, called: str = "") -> TyperGroup:
    """All verbs, speaking `lang`; where one of them is `called`, this one alone, and none for the version: to make them all takes a tenth of a run.

    Each call makes them anew, so that both languages may be used beside each other.
    """
    names = [called] if called in MODULES else [] if called == "--version" else MODULES
    hojo = typer.main.get_command(app(names))
    assert isinstance(hojo, TyperGroup)
    for option in hojo.params:
        assert isinstance(option, TyperOption)
        option.help = _COMPLETION_HELP[option.name or ""]
        assert option.callback is not None
        option.callback = _printed()(option.callback)
    _finish(hojo, lang)
    return hojo


_COMPLETION_HELP: Final = {
    "install_completion": "このシェルに補完を入れる | install completion for the current shell",
    "show_completion": "補完の設定を表示する | show completion for the current shell, to copy it or adapt it",
}


@contextmanager
def _printed() -> Iterator[None]:
    """What typer itself prints goes out by our door: not in silence where standard output takes nothing."""
    page = io.StringIO()
    try:
        with redirect_stdout(page):
            yield
    finally:
        if text := page.getvalue():
            streams.print_out(text, "table")


def _version(_: typer.Context) -> str:
    from hojo_cli.base.version import __version__

    return f"hojo {__version__}\n"


def _finish(verb: TyperGroup | TyperCommand, lang: terminal.Language) -> None:
    """Give this verb and those below what all have, and leave of their texts (`日本語 | English`) those in `lang`."""
    assert verb.callback is not None
    verb.callback = _interruptible()(verb.callback)
    verb.params += [
        _page_option(("--version",), _version, "版を表示して終わる | show the version and exit"),
        _page_option(
            ("--help", "-h"),
            lambda context: help_page(context, lang),
            "この説明を表示して終わる | show this message and exit",
        ),
    ]
    japanese, english, examples = (verb.help or "").split("\n\n")
    verb.help = english if lang == "en" else japanese
    verb.epilog = examples
    for parameter in verb.params:
        assert isinstance(parameter, TyperArgument | TyperOption)
        parameter.help = (parameter.help or "").split(" | ")[lang == "en"]
    for below in verb.commands.values() if isinstance(verb, TyperGroup) else ():
        assert isinstance(below, TyperGroup | TyperCommand)
        _finish(below, lang)


def _page_option(flags: tuple[str, ...], page: Callable[[typer.Context], str], help: str) -> TyperOption:
    """An option that prints a page and ends there."""

    def show(context: typer.Context, _: object, wanted: bool) -> None:
        if wanted and not context.resilient_parsing:
            streams.print_out(page(context), "table")
            raise typer.Exit

    return TyperOption(
        param_decls=list(flags), is_flag=True, is_eager=True, expose_value=False, callback=show, help=help
    )


@contextmanager
def _interruptible() -> Iterator[None]:
    """typer would end without a word where somebody interrupts."""
    try:
        yield
    except KeyboardInterrupt:
        raise Stopped(signal.SIGINT) from None
