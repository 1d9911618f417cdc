"""The same business twice in a batch: noticed by fingerprints, however many inputs there are."""

from __future__ import annotations

from collections.abc import Sequence

from hojo_cli.base.finding import Finding, Location
from hojo_cli.batch.inspection import Mark
from hojo_cli.messages import finding


class Duplicates:
    """Remembers of every fingerprint the input it was first seen at."""

    def __init__(self) -> None:
        self.first: dict[int, str] = {}

    def meet(self, file: str, record: int, marks: Sequence[Mark]) -> Finding | None:
        """The warning for an input that was here before; it names the first."""
        name = f"{file}:{record}" if record else file
        warning = None
        for mark in marks:
            first = self.first.setdefault(mark.fingerprint, name)
            if first is not name and warning is None:
                warning = finding(mark.code, Location(file, mark.line, mark.column), path=first, number=mark.number)
        return warning
