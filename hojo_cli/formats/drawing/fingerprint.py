"""Fingerprints of findings: the same when lines move, different for every finding of a report."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from hojo_cli.base.finding import Finding
from hojo_cli.results.checked import Checked

MOST: Final = 10_000
"""Different findings of one file that are told apart by their order; after these the place counts too."""

_PLACES: Final = re.compile(r"\d+(?= ?[行列])|(?<=:)\d+")


class Fingerprints:
    """Hands out fingerprints in the order of a report. It remembers one file at a time, and a bounded part of that."""

    def __init__(self) -> None:
        self._file = ""
        self._seen: Counter[str] = Counter()

    def of(self, checked: Checked, finding: Finding) -> str:
        """64 bits as hexadecimal digits, `:` and which of its like this is, from 1. The language does not matter."""
        from hashlib import sha256

        if checked.file != self._file:
            self._file, self._seen = checked.file, Counter()
        told: tuple[str, ...] = (finding.where.file, finding.code, checked.name, _PLACES.sub("", finding.message.ja))
        if len(self._seen) >= MOST:
            told = (*told, str(finding.where.line), str(finding.where.column))
        digest = sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        if len(self._seen) >= MOST and digest not in self._seen:
            return f"{digest}:1"
        self._seen[digest] += 1
        return f"{digest}:{self._seen[digest]}"
