"""Who is listed of a batch, and in which order: everyone as they came, or ranked, and never more than fit."""

from __future__ import annotations

from typing import Final

from hojo_cli.base.record import NamedTuple
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


class Foremost:
    """The first `most` of however many inputs, by a key each is added with, then as they came. About twice as many are held at a time."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.count = 0
        self._held: list[tuple[tuple[int | str, ...], int, Checked]] = []

    def add(self, key: tuple[int | str, ...], checked: Checked) -> None:
        """One more input."""
        self.count += 1
        self._held.append((key, self.count, checked))
        if len(self._held) > 2 * self.most:
            self._trim()

    def _trim(self) -> None:
        self._held.sort(key=lambda entry: entry[:2])
        del self._held[self.most :]

    def rows(self) -> list[Checked]:
        """Those that are shown, in their order."""
        self._trim()
        return [checked for *_, checked in self._held]


class Listed(Foremost):
    """The inputs of a list, each with the worst of its findings."""

    def __init__(self, listing: Listing, most: int = ROWS) -> None:
        super().__init__(listing.top or most)
        self.listing = listing

    def take(self, checked: Checked) -> None:
        """One more input, where it is to be listed."""
        if self.listing.problems_only and checked.level not in _PROBLEMS:
            return
        key: tuple[int | str, ...] = ()
        match self.listing.sort:
            case "yen":
                key = (1, 0) if checked.best_yen is None else (0, -checked.best_yen)
            case "name":
                key = (checked.name.casefold(),)
            case "file":
                key = (checked.file, checked.record)
        self.add(key, checked._replace(findings=tuple(worst_first(checked.findings)[:1])))
