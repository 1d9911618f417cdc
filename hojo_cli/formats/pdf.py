"""A page to hand over on paper: the HTML page as PDF."""

from hojo_cli.formats.drawing.paper import pdf
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.formats.drawing.web import page
from hojo_cli.results.report import Report


def render(report: Report, screen: Screen) -> bytes:
    """The whole file."""
    return pdf(page(report.page, screen.lang))
