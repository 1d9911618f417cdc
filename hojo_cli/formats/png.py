"""A curve as a picture: PNG."""

from hojo_cli.formats.drawing.picture import picture
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.results.report import Report


def render(report: Report, screen: Screen) -> bytes:
    """One picture."""
    return picture(report, screen.lang, "png")
