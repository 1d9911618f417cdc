"""A batch for a person at a terminal. Lines are never cut; a terminal's are folded."""

from typing import Final

from hojo_cli.base.sanitize import for_ci_log
from hojo_cli.formats.drawing.batch_page import BatchPage
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.formats.drawing.terminal import draw
from hojo_cli.results.checked import Tally
from hojo_cli.results.head import RulesetHead

UNFOLDED: Final = 400
"""Cells of a line in a pipe or a file: names stand on one line, and one that is very long does not widen all others."""


class TableCheck(BatchPage):
    """The page of a batch, drawn in the end."""

    def __init__(self, head: RulesetHead | None, screen: Screen) -> None:
        super().__init__(head, screen if screen.terminal else screen._replace(width=UNFOLDED))

    def close(self, tally: Tally) -> str:
        """All of it."""
        return "".join(for_ci_log(line) + "\n" for line in draw(self.page(tally), self.screen).splitlines())
