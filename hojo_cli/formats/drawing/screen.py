"""Where a drawing will be seen, and what a drawing of many applicants is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hojo_cli.base.record import NamedTuple
from hojo_cli.formats.drawing.listing import Listing

if TYPE_CHECKING:
    from hojo_cli.base.finding import Text
    from hojo_cli.results.checked import Checked, Tally
    from hojo_cli.results.head import RulesetHead


class Screen(NamedTuple):
    """Where a drawing will be seen: cells across, whether colours may be used, the language, and how many cells an
    ambiguous character (`─`, `○`) takes there. On a `terminal` long lines are folded; elsewhere a finding stays on its line.
    """

    width: int
    color: bool
    lang: str
    ambiguous: int = 1
    terminal: bool = False


class Drawing:
    """A batch on its way to the outside, in one format. Where the format does not say otherwise, nothing is written.

    `head` is the ruleset that judges all of it, None where each file chooses; the `Tally` tells in the end which were used. `near`:
    inputs come with the borders they are near.
    """

    verb = "check"
    near = False
    columns: tuple[tuple[str, Text], ...] | None = None
    """Where it is a table with a column for each frame that may come: their ids and labels. Whoever opens the drawing fills it in."""
    listing = Listing()
    """Who is listed, and in which order; as above."""

    def __init__(self, head: RulesetHead | None, screen: Screen) -> None:
        self.head = head
        self.screen = screen
        self.lang = screen.lang

    def begin(self) -> str:
        """What stands above everything."""
        return ""

    def add(self, checked: Checked) -> str:  # noqa: ARG002
        """What one input adds now."""
        return ""

    def close(self, tally: Tally) -> str | bytes:  # noqa: ARG002
        """What stands below everything; bytes where the format is no text."""
        return ""
