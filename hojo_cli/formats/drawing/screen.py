"""Where a drawing will be seen, and what a drawing of many applicants is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from hojo_cli.results.checked import Checked, Tally
    from hojo_cli.rules.declared import Ruleset


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

    def __init__(self, head: Ruleset | None, screen: Screen) -> None:
        self.head = head
        self.screen = screen
        self.lang = screen.lang

    def begin(self) -> str:
        """What stands above everything."""
        return ""

    def add(self, checked: Checked) -> str:  # noqa: ARG002
        """What one input adds now."""
        return ""

    def close(self, tally: Tally) -> str:  # noqa: ARG002
        """What stands below everything."""
        return ""
