"""Fingerprints of findings: the same when lines move or sentences are worded anew, different for every finding of a report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Final

from hojo_cli.base.finding import Finding
from hojo_cli.formats.drawing.repository import relative
from hojo_cli.results.checked import Checked

MOST: Final = 10_000
"""Different findings of one file that are told apart by their order; after these the place counts too."""

_PLACES: Final = re.compile(r"\d+(?= ?[行列])|(?<=:)\d+")
_PROMISES: Final = "HJ42"
"""How codes begin that are about amounts: where another amount comes out, it is another finding."""


class Fingerprints:
    """Hands out fingerprints in the order of a report. It remembers one file at a time, and a bounded part of that.

    `named` is how the name of a file counts: by default as a CI service knows it.
    """

    def __init__(self, named: Callable[[str], str] = relative) -> None:
        self._named = named
        self._file = ""
        self._seen: Counter[str] = Counter()

    def of(self, checked: Checked, finding: Finding) -> str:
        """64 bits as hexadecimal digits, `:` and which of its like this is, from 1. The language does not matter.

        A finding is the same while its code and the keys that lead to its place are, in the same file, and in a list in the record of the
        same name; only without known keys, and where it is about amounts, what it says counts.
        """
        from hashlib import sha256

        if checked.file != self._file:
            self._file, self._seen = checked.file, Counter()
        said = "" if finding.path and not finding.code.startswith(_PROMISES) else _PLACES.sub("", finding.message.ja)
        told: tuple[str, ...] = (
            self._named(finding.where.file), finding.code, checked.name if checked.record else "", finding.path, said
        )  # fmt: skip
        if len(self._seen) >= MOST:
            told = (*told, str(finding.where.line), str(finding.where.column))
        digest = sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        if len(self._seen) >= MOST and digest not in self._seen:
            return f"{digest}:1"
        self._seen[digest] += 1
        return f"{digest}:{self._seen[digest]}"
