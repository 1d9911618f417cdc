"""What can be found wrong with a ruleset without an applicant: one check a file.

A check is a module with `CODE` (the first of its codes), a docstring that is its page, and `find(examined)`, which yields findings, or
complaints where an applicant shows what is found.
The docstring says the reason, then shows `Bad:` and `Good:` examples, indented YAML that is executed as a test: each example is a
mapping that is laid over the small ruleset of `tests/verify/base.yaml` key by key (mappings merge, anything else replaces, `null`
removes a key). A bad example must be reported with one of the module's codes, a good one must not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Final

from hojo_cli.verify.examined import Complaint, Examined

CHECKS: Final[Mapping[str, ModuleType]] = {
    module.name: import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)
}
"""Every module beside this one. Codes: HJ50x provenance, HJ51x-53x structure, HJ54x-56x meaning."""

OF_RESULTS: Final = ("fragments", "labels", "dates", "published")
"""The checks that concern a file of published results as well."""


def complaints(examined: Examined, names: Iterable[str] = CHECKS) -> Iterator[Complaint]:
    """What the checks have to say, check by check."""
    for name in names:
        for found in CHECKS[name].find(examined):
            yield found if isinstance(found, Complaint) else Complaint(found)
