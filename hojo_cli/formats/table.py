"""For people at a terminal: the page as it is read from the top."""

from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.formats.drawing.terminal import draw
from hojo_cli.results.report import Report


def render(report: Report, screen: Screen) -> str:
    """Lines of at most the screen's width."""
    return draw(report.page, screen)
