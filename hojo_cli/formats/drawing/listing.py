"""Who is listed of a batch, and in which order: everyone as they came, or ranked, and never more than fit."""

from __future__ import annotations

from typing import Final, NamedTuple

from hojo_cli.formats.drawing.entries import worst_first
from hojo_cli.results.checked import Checked

ROWS: Final = 1_000
"""Inputs that a page lists where no number is asked for."""
_PROBLEMS: Final = ("error", "warning")


class Listing(NamedTuple):
    """How a list is wanted: by `yen` (the most first), `name` or `file`, else as they came; `top` of them (0: as many as fit)."""

    sort: str = ""
    top: int = 0
    problems_only: bool = False


class Listed:
    """The inputs of a list, each with the worst of its findings. However many are added, about twice as many are held as will be shown."""

    def __init__(self, listing: Listing, most: int = ROWS) -> None:
        self.listing = listing
        self.most = listing.top or most
        self.count = 0
        self._held: list[tuple[tuple[int | str, ...], Checked]] = []

    def add(self, checked: Checked) -> None:
        """One more input."""
        if self.listing.problems_only and checked.level not in _PROBLEMS:
            return
        self.count += 1
        entry = self._key(checked), checked._replace(findings=tuple(worst_first(checked.findings)[:1]))
        if self.listing.sort or len(self._held) < self.most:
            self._held.append(entry)
        if len(self._held) > 2 * self.most:
            self._trim()

    def _key(self, checked: Checked) -> tuple[int | str, ...]:
        match self.listing.sort:
            case "yen":
                yen = checked.best_yen
                return (1, 0, self.count) if yen is None else (0, -yen, self.count)
            case "name":
                return checked.name.casefold(), self.count
            case "file":
                return checked.file, checked.record, self.count
        return (self.count,)

    def _trim(self) -> None:
        self._held.sort(key=lambda entry: entry[0])
        del self._held[self.most :]

    def rows(self) -> list[Checked]:
        """Those that are shown, in their order."""
        self._trim()
        return [checked for _, checked in self._held]
