"""JSON for machines: the report's data in a stable order, UTF-8 as it is but for characters nobody sees."""

from json import dumps

from hojo_cli.base.sanitize import for_json
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.results.report import Report


def render(report: Report, screen: Screen) -> str:
    """One object."""
    text = dumps(report.data, ensure_ascii=False, allow_nan=False, indent=None if screen.width == 0 else 2)
    return "\n".join(map(for_json, text.split("\n"))) + "\n"
