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
    """Text as it is, nothing in it is markup; it folds at `most` cells at the latest (0: where rich says).

    `lead` stands before the first line, `under` (as many spaces, if it is None) before the others. The first characters may have
    a style of their own: those of `head`. `least` is the width it cannot do without, in cells: for an amount all of it.
    """

    def __init__(
        self,
        text: str,
        style: str = "",
        lead: str = "",
        under: str | None = None,
        *,
        amount: bool = False,
        most: int = 0,
        head: str = "",
        head_style: str = "",
    ) -> None:
        self.text = text
        self.style = style
        self.lead = lead
        self.under = " " * cell_len(lead) if under is None else under
        self.most = most
        self.head = head
        self.head_style = head_style
        self.width = cell_len(lead) + cell_len(text)
        self.least = self.width if amount else min(self.width, LEAST_TEXT)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """From the width it cannot do without to that of one line."""
        return Measurement(self.least, self.width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """One line after the other."""
        style = console.get_style(self.style) if self.style else None
        room = (self.most or options.max_width) - max(cell_len(self.lead), cell_len(self.under))
        before = self.lead
        for line in fold(self.text, room):
            if options.justify == "right":
                before = " " * (options.max_width - cell_len(line))
            if self.head and before == self.lead and line.startswith(self.head):
                yield Segment(before + self.head, console.get_style(self.head_style))
                yield Segment(line.removeprefix(self.head), style)
            else:
                yield Segment(before + line, style)
            yield Segment.line()
            before = self.under
