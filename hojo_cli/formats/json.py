"""JSON for machines: the report's data, UTF-8 as it is, in a stable order."""

from json import dumps

from hojo_cli.formats import Screen
from hojo_cli.report import Report


def render(report: Report, screen: Screen) -> str:
    """One object."""
    return dumps(report.data, ensure_ascii=False, allow_nan=False, indent=None if screen.width == 0 else 2) + "\n"
