"""One applicant of a file of many, as it is named: `list.csv#3`, `clients.xlsx#12`, `clients.xlsx#Sheet#12`."""

from __future__ import annotations

import os
import re
from typing import Final, NamedTuple

_TABLES: Final = re.compile(r"(.+\.(?:jsonl|ndjson|csv|xlsx|xlsm))#(.+)", re.IGNORECASE | re.DOTALL)


class Reference(NamedTuple):
    """A file, and what stands behind the `#` where a part of it is meant."""

    path: str
    part: str = ""


def refer(text: str) -> Reference:
    """What a path as typed means. A file that is called so comes first."""
    if "#" not in text or os.path.lexists(text):
        return Reference(text)
    match = _TABLES.fullmatch(text)
    return Reference(text) if match is None else Reference(match[1], match[2])
