"""Where a drawing will be seen, and what a drawing of many applicants is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from hojo_cli.results import Checked, Tally


class Screen(NamedTuple):
    """Where a drawing will be seen: cells across, whether colours may be used, the language, and how many cells an
    ambiguous character (`─`, `○`) takes there. On a `terminal` long lines are folded; elsewhere a finding stays on its line.
    """

    width: int
    color: bool
    lang: str
    ambiguous: int = 1
    terminal: bool = False


class Drawing(Protocol):
    """A batch on its way to the outside. Text to write before the first input, for each input (may be empty), and at the end."""

    def begin(self) -> str:
        """What stands above everything."""

    def add(self, checked: Checked) -> str:
        """What one input adds now."""

    def close(self, tally: Tally) -> str:
        """What stands below everything."""
