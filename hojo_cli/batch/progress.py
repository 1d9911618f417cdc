"""How far a batch is, on a terminal's standard error and nowhere else."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

_EVERY: Final = 100_000_000
"""Nanoseconds between two drawings."""


class Progress:
    """A bar for `total` steps, redrawn ten times a second and wiped at the end; with a total of 0 nothing is drawn."""

    def __init__(self, total: int) -> None:
        self._bar = _bar(total) if total else None
        self._done = 0
        self._next = 0

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        if self._bar is not None and (now := time.monotonic_ns()) >= self._next:
            self._next = now + _EVERY
            self._bar.update(self._bar.task_ids[0], completed=self._done)
            self._bar.refresh()

    def wipe(self) -> None:
        """Nothing stays on the screen."""
        if self._bar is not None:
            self._bar.stop()


def wanted() -> bool:
    """Whether somebody looks."""
    return sys.stderr is not None and sys.stderr.isatty()


def _bar(total: int) -> Bar:
    """Drawn only when told to: a drawing thread of its own would be copied into half-alive workers by a fork."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    bar = Progress(
        *columns, console=console, auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False
    )
    bar.add_task("", total=total)
    bar.start()
    return bar
