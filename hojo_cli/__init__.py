"""hojo: exact, explained estimates of a subsidy from rulesets that are only data."""

__version__ = "0.1.0"
