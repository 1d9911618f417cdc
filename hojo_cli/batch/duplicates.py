"""The same business twice in a batch: noticed by fingerprints of eight bytes, however many inputs there are."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Final

from hojo_cli.base.finding import Finding, Location
from hojo_cli.batch.inspection import Mark
from hojo_cli.messages import finding

_START: Final = 1 << 12
_FULL: Final = 3  # of four places
_WHOLE: Final = 16


class Names:
    """Names in the order they came, from 0. Each is kept as what it has not in common with the one before; every sixteenth is whole."""

    def __init__(self) -> None:
        self.text = bytearray()
        self.starts = array("Q")
        self.last = b""
        self.number = 0

    def add(self, name: str) -> None:
        """One more; of neighbours in a folder little more than the number differs."""
        written = name.encode(errors="surrogatepass")
        shared = _shared(self.last, written)
        if self.number % _WHOLE == 0:
            self.starts.append(len(self.text))
            shared = 0
        self.text += bytes((shared,)) + (len(written) - shared).to_bytes(4, "big") + written[shared:]
        self.last = written
        self.number += 1

    def get(self, number: int) -> str:
        """The name that came as this one."""
        place = self.starts[number // _WHOLE]
        name = b""
        for _ in range(number % _WHOLE + 1):
            shared, length = self.text[place], int.from_bytes(self.text[place + 1 : place + 5], "big")
            name = name[:shared] + self.text[place + 5 : place + 5 + length]
            place += 5 + length
        return name.decode(errors="surrogatepass")


def _shared(one: bytes, other: bytes) -> int:
    """How far two names begin alike, as far as a byte can tell."""
    for place, (left, right) in enumerate(zip(one[:255], other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other), 255)


class Twins:
    """Remembers every input that has a mark, in about 40 bytes each."""

    def __init__(self) -> None:
        self.names = Names()
        self.prints = array("Q", bytes(8 * _START))
        self.inputs = array("I", [0]) * _START
        self.used = 0

    def meet(self, file: str, record: int, marks: Sequence[Mark]) -> Finding | None:
        """The warning for an input that was here before; it names the first."""
        if not marks:
            return None
        found = None
        number = self.names.number
        for mark in marks:
            first = self._first(mark.print or 1, number)
            if first != number and found is None:
                where = Location(file, mark.line, mark.column)
                found = finding(mark.code, where, path=self.names.get(first), number=mark.number)
        self.names.add(f"{file}:{record}" if record else file)
        return found

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
        self.inputs = array("I", [0]) * (2 * len(prints))
        for print_, number in zip(prints, inputs, strict=True):
            if print_:
                place = self._place(print_)
                self.prints[place], self.inputs[place] = print_, number
