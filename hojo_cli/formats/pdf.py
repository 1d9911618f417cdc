"""A page to hand over on paper: the HTML page as PDF."""

from hojo_cli.formats.drawing.batch_page import BatchPage
from hojo_cli.formats.drawing.paper import pdf
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.formats.drawing.web import page
from hojo_cli.results.checked import Tally
from hojo_cli.results.report import Report


def render(report: Report, screen: Screen) -> bytes:
    """The whole file."""
    return pdf(page(report.page, screen.lang))


class PdfCheck(BatchPage):
    """The page of a batch, printed in the end."""

    def close(self, tally: Tally) -> bytes:
        """The whole file."""
        return pdf(page(tuple(self.page(tally)), self.lang))
