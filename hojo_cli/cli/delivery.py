"""What comes of a verb, delivered: findings to standard error, the drawing to its place."""

from __future__ import annotations

from hojo_cli import formats
from hojo_cli.base.record import NamedTuple
from hojo_cli.cli import terminal
from hojo_cli.cli.options import Ambiguous, Color, Lang, Output, Quiet
from hojo_cli.files import streams
from hojo_cli.files.atomic_file import require_apart, standing
from hojo_cli.files.reference import refer
from hojo_cli.results.report import Report


class View(NamedTuple):
    """How a result is wanted: in which format, where, in which language, on what kind of screen. Options of every verb."""

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

    def keep_apart(self, *read: str) -> None:
        """Nothing is written over what is read. `HojoError` where it would be."""
        require_apart(
            standing([self.output] if self.output not in ("", "-") else []), (refer(path).path for path in read if path)
        )

    def deliver(self, report: Report) -> int:
        """Findings to standard error, the drawing to its place."""
        streams.complain(report.findings, self.spoken)
        if not self.quiet and (self.format == "json" or report.page):
            screen = terminal.screen(self.output, self.spoken, self.color, self.ambiguous)
            streams.write(formats.draw(self.format, report, screen), self.output, self.format)
        return report.exit_code


def chosen(format: str | None, output: str, known: tuple[str, ...]) -> str:
    """How a result is drawn: as asked for, else as the file's name says, else in the first of the known formats."""
    return format or formats.by_ending(output, known) or known[0]
