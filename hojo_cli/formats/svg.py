"""A curve as a picture: SVG, whose text can be searched and changed."""

from hojo_cli.formats.drawing.picture import picture
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.results.report import Report


def render(report: Report, screen: Screen) -> str:
    """One picture."""
    return picture(report, screen.lang, "svg").decode("utf-8")
