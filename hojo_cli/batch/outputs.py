"""Where the drawings of a batch go while it runs: standard output, and files that appear only when everything is written."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Final, Protocol, Self

from hojo_cli.base.finding import THE_CALL, HojoError
from hojo_cli.drawing.screen import Drawing
from hojo_cli.files.atomic_file import WholeFile
from hojo_cli.files.os_errors import CLOSED, why
from hojo_cli.files.signals import Stopped, patiently
from hojo_cli.files.streams import abandon_output, put
from hojo_cli.messages import finding
from hojo_cli.results import Checked, Tally


class ReaderGoneError(Exception):
    """Nobody reads standard output any more."""


class Destination(Protocol):
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
    """Text goes out at once. `HojoError` (HJ011) where it cannot; `ReaderGoneError` where nobody wants it.

    A pipe takes up to `_ATOM` bytes whole or not at all. So a run that is stopped while nobody reads ends at a whole line, unless
    that line is longer: then what had room of it is out, and cannot be taken back.
    """

    def __init__(self, format: str) -> None:
        self.format = format
        if sys.stdout is None:
            raise HojoError(finding("HJ011", THE_CALL, reason=CLOSED))

    def write(self, text: str) -> None:
        """Whole pieces: a request to stop waits until a piece is out."""
        try:
            with patiently():
                for part in _atoms(text):
                    put(part, self.format)
        except Stopped:
            abandon_output()
            raise
        except BrokenPipeError:
            abandon_output()
            raise ReaderGoneError from None
        except (OSError, ValueError) as problem:
            abandon_output()
            raise HojoError(finding("HJ011", THE_CALL, reason=why(problem))) from None

    def finish(self) -> None:
        """Nothing is held back."""

    def keep(self) -> None:
        """It is where it belongs."""

    def drop(self) -> None:
        """What is out is out."""


_ATOM: Final = 4096
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")


def _atoms(text: str) -> Iterator[str]:
    """The text in groups of whole lines, each (but for long lines) of at most `_ATOM` bytes."""
    if len(text) * 4 <= _ATOM:
        yield text
        return
    group, size = "", 0
    for line in _LINE.findall(text):  # `splitlines` would cut within a name, too
        more = len(line.encode(errors="replace"))
        if group and size + more > _ATOM:
            yield group
            group, size = "", 0
        group += line
        size += more
    yield group


class File:
    """A file that appears when everything is written (`WholeFile`). `HojoError` (HJ010) where a step fails."""

    def __init__(self, path: str) -> None:
        self.whole = WholeFile(path)
        self.finish, self.keep, self.drop = self.whole.finish, self.whole.keep, self.whole.drop

    def write(self, text: str) -> None:
        """UTF-8; half characters of odd file names as escapes."""
        self.whole.write(text.encode(errors="backslashreplace"))


class Outputs:
    """Every drawing of a run with its destination. Used as a context: what is not kept in the end is dropped."""

    def __init__(self) -> None:
        self.drawn: list[tuple[Drawing, Destination]] = []
        self.begun = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        with patiently():
            for _, destination in self.drawn:
                destination.drop()

    def begin(self) -> None:
        """Once, before the first input."""
        if not self.begun:
            self.begun = True
            for drawing, destination in self.drawn:
                _write(destination, drawing.begin())

    def add(self, checked: Checked) -> None:
        """One input, in each drawing."""
        self.begin()
        for drawing, destination in self.drawn:
            _write(destination, drawing.add(checked))

    def close(self, tally: Tally) -> None:
        """The end of each drawing; files appear only when all of them are whole."""
        self.begin()
        for drawing, destination in self.drawn:
            _write(destination, drawing.close(tally))
        for _, destination in self.drawn:
            destination.finish()
        with patiently():
            for _, destination in self.drawn:
                destination.keep()


def _write(destination: Destination, text: str) -> None:
    if text:
        destination.write(text)
