"""hojo: exact, explained estimates of a subsidy from rulesets that are only data.

    from hojo_cli import estimate, load_applicant, load_rules

    result = estimate(load_applicant("shop.yaml", load_rules(2026)))

See docs/python.md. Importing the package alone loads nothing else.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hojo_cli.api import LoadedApplicant, LoadedRules, estimate, load_applicant, load_rules

__version__ = "0.1.0"

__all__ = ["LoadedApplicant", "LoadedRules", "estimate", "load_applicant", "load_rules"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from hojo_cli import api

    value: object = getattr(api, name)
    globals()[name] = value
    return value
