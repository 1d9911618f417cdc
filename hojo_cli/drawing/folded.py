"""The one renderable rich does not have: text that folds where Japanese allows it, and never within an amount."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.measure import Measurement
from rich.segment import Segment

from hojo_cli.base.width import fold

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

LEAST_TEXT: Final = 12
"""Cells below which a column of text is no longer pleasant to read."""


class Folded:
    """Text as it is, nothing in it is markup. Lines after the first stand under the first; `lead` stands before that one.

    `least` is the width it cannot do without, in cells: for an amount all of it. `most` is where it folds at the latest.
    """

    def __init__(self, text: str, style: str = "", lead: str = "", *, amount: bool = False, most: int = 0) -> None:
        self.text = text
        self.style = style
        self.lead = lead
        self.most = most
        self.width = cell_len(lead) + cell_len(text)
        self.least = self.width if amount else min(self.width, LEAST_TEXT)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """From the width it cannot do without to that of one line."""
        return Measurement(self.least, self.width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """One segment a line."""
        style = console.get_style(self.style) if self.style else None
        indent = cell_len(self.lead)
        lead = self.lead
        for line in fold(self.text, (self.most or options.max_width) - indent):
            space = options.max_width - indent - cell_len(line) if options.justify == "right" else 0
            yield Segment(" " * space + lead + line, style)
            yield Segment.line()
            lead = " " * indent
