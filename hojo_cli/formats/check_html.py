"""A batch as a page to hand over."""

from hojo_cli.base.sanitize import for_ci_log
from hojo_cli.formats.drawing.batch_page import BatchPage
from hojo_cli.formats.drawing.web import page
from hojo_cli.results.checked import Tally


class HtmlCheck(BatchPage):
    """The page of a batch, drawn in the end."""

    def close(self, tally: Tally) -> str:
        """The whole file."""
        return "\n".join(map(for_ci_log, page(tuple(self.page(tally)), self.lang).split("\n")))
