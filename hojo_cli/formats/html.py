"""A page to hand over: one HTML file, for a browser, a phone or paper."""

from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.formats.drawing.web import page
from hojo_cli.results.report import Report


def render(report: Report, screen: Screen) -> str:
    """The whole file."""
    return page(report.page, screen.lang)
