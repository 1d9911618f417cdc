"""How far a batch is, on a terminal's standard error and nowhere else."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from typing import Final

_EVERY: Final = 100_000_000
_CELLS: Final = 24


class Progress:
    """A bar that is redrawn ten times a second and wiped at the end."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.next = 0

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        if self.total and (now := time.monotonic_ns()) >= self.next:
            self.next = now + _EVERY
            part = min(self.done, self.total)
            bar = "#" * (part * _CELLS // self.total)
            _draw(f"\r[{bar:<{_CELLS}}] {self.done:,} / {self.total:,} ")

    def wipe(self) -> None:
        """Nothing stays on the screen."""
        if self.next:
            _draw("\r\x1b[K")


def wanted() -> bool:
    """Whether somebody looks."""
    return sys.stderr is not None and sys.stderr.isatty()


def _draw(text: str) -> None:
    with suppress(OSError, ValueError):
        sys.stderr.write(text)
        sys.stderr.flush()
