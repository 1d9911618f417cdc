"""What can be found wrong with a ruleset without an applicant: one check a file, one line in the table.

A check is a module with `CODE` (the first of its codes), a docstring that is its page, and `find(examined)`, which yields findings, or
complaints where an applicant shows what is found.
The docstring says the reason, then shows `Bad:` and `Good:` examples, indented YAML that is executed as a test: each example is a
mapping that is laid over the small ruleset of `tests/verify/base.yaml` key by key (mappings merge, anything else replaces, `null`
removes a key). A bad example must be reported with one of the module's codes, a good one must not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Final

from hojo_cli.verify.checks import (
    above_cap,
    bands,
    cliff,
    connectives,
    dates,
    figures,
    fragments,
    kinds,
    labels,
    limits,
    never_or_always,
    overlaps,
    pairs,
    published,
    repeats,
    rounding,
    row_labels,
    sources,
    unreachable,
    unused,
    whole_yen,
    words,
)
from hojo_cli.verify.examined import Complaint, Examined

CHECKS: Final[Mapping[str, ModuleType]] = {
    "figures": figures,
    "fragments": fragments,
    "bands": bands,
    "unused": unused,
    "labels": labels,
    "pairs": pairs,
    "kinds": kinds,
    "limits": limits,
    "overlaps": overlaps,
    "repeats": repeats,
    "sources": sources,
    "dates": dates,
    "published": published,
    "words": words,
    "rounding": rounding,
    "row_labels": row_labels,
    "connectives": connectives,
    "never_or_always": never_or_always,
    "unreachable": unreachable,
    "cliff": cliff,
    "above_cap": above_cap,
    "whole_yen": whole_yen,
}
"""The checks in the order they run. Codes: HJ50x provenance, HJ51x-53x structure, HJ54x-56x meaning."""


OF_RESULTS: Final = ("fragments", "labels", "dates", "published")
"""The checks that concern a file of published results as well."""


def complaints(examined: Examined, names: Iterable[str] = CHECKS) -> Iterator[Complaint]:
    """What the checks have to say, check by check."""
    for name in names:
        for found in CHECKS[name].find(examined):
            yield found if isinstance(found, Complaint) else Complaint(found)
