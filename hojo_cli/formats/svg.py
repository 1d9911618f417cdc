"""A curve as a picture: SVG, whose text can be searched and changed."""

from hojo_cli.drawing.picture import picture
from hojo_cli.drawing.screen import Screen
from hojo_cli.report import Report


def render(report: Report, screen: Screen) -> str:
    """One picture."""
    return picture(report, screen.lang, "svg").decode("utf-8")
