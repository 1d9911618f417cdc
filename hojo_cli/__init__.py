"""hojo: exact, explained estimates of a subsidy from rulesets that are only data.

    from hojo_cli import estimate, load_applicant, load_rules

    result = estimate(load_applicant("shop.yaml", load_rules(2026)))

See docs/python.md. Importing the package alone loads nothing else.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hojo_cli.base.version import __version__ as __version__
    from hojo_cli.batch.estimating import LoadedApplicant, LoadedRules, estimate, load_applicant, load_rules

__all__ = ["LoadedApplicant", "LoadedRules", "estimate", "load_applicant", "load_rules"]


def __getattr__(name: str) -> object:
    value: object
    if name == "__version__":
        from hojo_cli.base.version import __version__ as value
    elif name in __all__:
        from hojo_cli.batch import estimating

        value = getattr(estimating, name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value
