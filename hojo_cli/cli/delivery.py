"""What comes of a verb, delivered: findings to standard error, the drawing to its place."""

from hojo_cli import formats, terminal
from hojo_cli.files import streams
from hojo_cli.report import Report


def spoken_language(lang: terminal.Language | None) -> terminal.Language:
    """The language of `--lang`, else the locale's."""
    return lang or terminal.language()


def deliver(
    report: Report,
    format: str,
    output: str,
    lang: terminal.Language | None,
    color: bool | None,
    ambiguous: terminal.AmbiguousWidth | None,
    *,
    quiet: bool,
) -> int:
    """Findings to standard error, the drawing to its place."""
    spoken = spoken_language(lang)
    streams.complain(report.findings, spoken)
    if not quiet and (format == "json" or report.page):
        drawing = formats.render(format, report, terminal.screen(output, spoken, color, ambiguous))
        streams.write(drawing, output, format)
    return report.exit_code
