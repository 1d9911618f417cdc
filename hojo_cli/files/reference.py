"""One applicant of a file of many, as it is named: `list.csv#3`, `clients.xlsx#12`, `clients.xlsx#Sheet#12`."""

from __future__ import annotations

import os
import re
from typing import Final

from hojo_cli.base.record import NamedTuple

TABLES: Final = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".xlsx": "excel", ".xlsm": "excel"}
"""How the names of files end that hold many applicants, and how each is read."""
_PART: Final = re.compile(rf"(.+(?:{'|'.join(map(re.escape, TABLES))}))#(.+)", re.IGNORECASE | re.DOTALL)


class Reference(NamedTuple):
    """A file, and what stands behind the `#` where a part of it is meant."""

    path: str
    part: str = ""


def refer(text: str) -> Reference:
    """What a path as typed means. A file that is called so comes first."""
    if "#" not in text or os.path.lexists(text):
        return Reference(text)
    match = _PART.fullmatch(text)
    return Reference(text) if match is None else Reference(match[1], match[2])


def kind(text: str) -> str:
    """How a file is read, by the end of its name: `jsonl`, `csv`, `excel`, or `yaml` for any other."""
    return TABLES.get(os.path.splitext(refer(text).path)[1].lower(), "yaml")
