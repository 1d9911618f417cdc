"""The same business twice in a batch: noticed by fingerprints of eight bytes, however many inputs there are."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Final

from hojo_cli.batch.inspection import Mark
from hojo_cli.catalogue import finding
from hojo_cli.finding import Finding, Location

_START: Final = 1 << 12
_FULL: Final = 3  # of four places


class Twins:
    """Remembers every input that has a mark, in about 60 bytes each."""

    def __init__(self) -> None:
        self.names = bytearray()
        self.ends = array("Q", [0])
        self.prints = array("Q", bytes(8 * _START))
        self.inputs = array("Q", bytes(8 * _START))
        self.used = 0

    def meet(self, file: str, record: int, marks: Sequence[Mark]) -> Finding | None:
        """The warning for an input that was here before; it names the first."""
        if not marks:
            return None
        found = None
        number = len(self.ends)
        for mark in marks:
            first = self._first(mark.print or 1, number)
            if first != number and found is None:
                where = Location(file, mark.line, mark.column)
                found = finding(mark.code, where, first=self._name(first), number=mark.number)
        self.names += (f"{file}:{record}" if record else file).encode(errors="surrogatepass")
        self.ends.append(len(self.names))
        return found

    def _name(self, number: int) -> str:
        return self.names[self.ends[number - 1] : self.ends[number]].decode(errors="surrogatepass")

    def _first(self, print_: int, number: int) -> int:
        """The input this fingerprint was first seen at; `number` where it is new."""
        place = self._place(print_)
        if self.prints[place]:
            return self.inputs[place]
        self.prints[place], self.inputs[place] = print_, number
        self.used += 1
        if self.used * 4 > len(self.prints) * _FULL:
            self._grow()
        return number

    def _place(self, print_: int) -> int:
        """Where the fingerprint is, or would be."""
        mask = len(self.prints) - 1
        place = print_ & mask
        while self.prints[place] not in (0, print_):
            place = (place + 1) & mask
        return place

    def _grow(self) -> None:
        prints, inputs = self.prints, self.inputs
        self.prints = array("Q", bytes(16 * len(prints)))
        self.inputs = array("Q", bytes(16 * len(prints)))
        for print_, number in zip(prints, inputs, strict=True):
            if print_:
                place = self._place(print_)
                self.prints[place], self.inputs[place] = print_, number
