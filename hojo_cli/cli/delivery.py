"""What comes of a verb, delivered: findings to standard error, the drawing to its place."""

from collections.abc import Callable
from functools import wraps
from inspect import Signature, signature
from typing import Any, NamedTuple, get_args

from hojo_cli import formats, terminal
from hojo_cli.cli.options import Ambiguous, Color, Format, Lang, Output, Quiet
from hojo_cli.files import streams
from hojo_cli.formats import CurveFormat
from hojo_cli.report import Report


class View(NamedTuple):
    """How a result is wanted: in which format, where, in which language, on what kind of screen. Options of (nearly) every verb."""

    format: str = "table"
    output: Output = ""
    lang: Lang = None
    color: Color = None
    ambiguous: Ambiguous = None
    quiet: Quiet = False

    @property
    def spoken(self) -> terminal.Language:
        """The language of `--lang`, else the locale's."""
        return self.lang or terminal.language()

    def deliver(self, report: Report) -> int:
        """Findings to standard error, the drawing to its place."""
        streams.complain(report.findings, self.spoken)
        if not self.quiet and (self.format == "json" or report.page):
            screen = terminal.screen(self.output, self.spoken, self.color, self.ambiguous)
            streams.write(formats.draw(self.format, report, screen), self.output, self.format)
        return report.exit_code


def _by_ending(path: str) -> str:
    """The format that a file's name asks for, where none is named."""
    ending = path.rpartition(".")[2]
    return ending if ending in get_args(CurveFormat) else "table"


def delivered(
    format: Any = (Format, "table"), **differing: tuple[Any, Any]
) -> Callable[[Callable[..., Report]], Callable[..., int]]:
    """Makes a verb, whose first parameter is its view, a function for typer: with its own parameters and those of a view.

    `format` and `differing` are the types and defaults of options that are not as those of others. (Any: what typer reads is no type.)
    """

    def made(verb: Callable[..., Report]) -> Callable[..., int]:
        @wraps(verb)
        def call(**values: Any) -> int:
            view = View(*(values.pop(name) for name in View._fields))
            view = view._replace(format=view.format or _by_ending(view.output))
            return view.deliver(verb(view, **values))

        _, *own = signature(verb).parameters.values()
        shared = dict(signature(View).parameters)
        for name, (annotation, default) in {"format": format, **differing}.items():
            shared[name] = shared[name].replace(annotation=annotation, default=default)
        call.__signature__ = Signature([*own, *shared.values()])  # type: ignore[attr-defined]  # where typer looks first
        return call

    return made
