"""Where the drawings of a batch go while it runs: standard output, and files that appear only when everything is written."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Protocol, Self

from hojo_cli.catalogue import finding
from hojo_cli.finding import HojoError, Location
from hojo_cli.formats import Drawing
from hojo_cli.output import put
from hojo_cli.refusal import CLOSED, why
from hojo_cli.report import Checked, Tally
from hojo_cli.whole import WholeFile


class Stopped(BaseException):
    """The user or the system asked hojo to stop; `signal` is its number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class ReaderGoneError(Exception):
    """Nobody reads standard output any more."""


class Target(Protocol):
    """Something that takes text, and is finished or thrown away at the end."""

    def write(self, text: str) -> None:
        """Take some text."""

    def finish(self) -> None:
        """Make sure that everything is written."""

    def keep(self) -> None:
        """Put it in its place."""

    def drop(self) -> None:
        """Leave nothing behind."""


class StandardOutput:
    """Text goes out at once. `HojoError` (HJ011) where it cannot; `ReaderGoneError` where nobody wants it."""

    def __init__(self, format: str) -> None:
        self.format = format
        if sys.stdout is None:
            raise HojoError(finding("HJ011", Location("-"), reason=CLOSED))

    def write(self, text: str) -> None:
        """Whole pieces: a request to stop waits until a piece is out."""
        try:
            with patiently():
                put(text, self.format)
        except BrokenPipeError:
            _abandon()
            raise ReaderGoneError from None
        except (OSError, ValueError) as problem:
            _abandon()
            raise HojoError(finding("HJ011", Location("-"), reason=why(problem))) from None

    def finish(self) -> None:
        """Nothing is held back."""

    def keep(self) -> None:
        """It is where it belongs."""

    def drop(self) -> None:
        """What is out is out."""


class File:
    """A file that appears when everything is written (`WholeFile`). `HojoError` (HJ010) where a step fails."""

    def __init__(self, path: str) -> None:
        self.whole = WholeFile(path)
        self.finish, self.keep, self.drop = self.whole.finish, self.whole.keep, self.whole.drop

    def write(self, text: str) -> None:
        """UTF-8; half characters of odd file names as escapes."""
        self.whole.write(text.encode(errors="backslashreplace"))


class Outputs:
    """Every drawing of a run with its target. Used as a context: what is not kept in the end is dropped."""

    def __init__(self, drawn: list[tuple[Drawing, Target]]) -> None:
        self.drawn = drawn
        self.begun = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        for _, target in self.drawn:
            target.drop()

    def begin(self) -> None:
        """Once, before the first input."""
        if not self.begun:
            self.begun = True
            for drawing, target in self.drawn:
                _write(target, drawing.begin())

    def add(self, checked: Checked) -> None:
        """One input, in each drawing."""
        self.begin()
        for drawing, target in self.drawn:
            _write(target, drawing.add(checked))

    def close(self, tally: Tally) -> None:
        """The end of each drawing; files appear only when all of them are whole."""
        self.begin()
        for drawing, target in self.drawn:
            _write(target, drawing.close(tally))
        for _, target in self.drawn:
            target.finish()
        with patiently():
            for _, target in self.drawn:
                target.keep()


def _write(target: Target, text: str) -> None:
    if text:
        target.write(text)


def _abandon() -> None:
    """Let the interpreter's own last flush go nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        sys.stdout = None


# --- requests to stop -----------------------------------------------------------------------------------------------------


class _Requests:
    """What the handler of signals and the code it interrupts share."""

    patient = False
    waiting = 0


@contextmanager
def stoppable() -> Iterator[None]:
    """SIGINT and SIGTERM raise `Stopped` here, but not in the middle of a line; twice, they do."""
    previous = {}
    try:
        for name in ("SIGINT", "SIGTERM"):
            previous[name] = signal.signal(getattr(signal, name), _asked)
    except ValueError:  # not in the main thread: whoever runs us has other means
        pass
    try:
        yield
    finally:
        for name, handler in previous.items():
            signal.signal(getattr(signal, name), handler)
        _Requests.patient, _Requests.waiting = False, 0


def _asked(number: int, _frame: FrameType | None) -> None:
    if _Requests.patient and not _Requests.waiting:
        _Requests.waiting = number
    else:
        raise Stopped(number)


@contextmanager
def patiently() -> Iterator[None]:
    """A first request to stop waits until the end of this block."""
    _Requests.patient = True
    try:
        yield
    finally:
        _Requests.patient = False
    if _Requests.waiting:
        raise Stopped(_Requests.waiting)
