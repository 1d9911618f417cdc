"""A curve as a picture: PNG."""

from hojo_cli.drawing.picture import picture
from hojo_cli.drawing.screen import Screen
from hojo_cli.report import Report


def render(report: Report, screen: Screen) -> bytes:
    """One picture."""
    return picture(report, screen.lang, "png")
