"""How a report is drawn. One format a file: `render(report, screen) -> str`; each is imported when it is asked for."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final, NamedTuple

from hojo_cli.report import Report

NAMES: Final = ("table", "tree", "json", "markdown")
"""The formats of a single report, the default first. `check` has more of its own."""


class Screen(NamedTuple):
    """Where a drawing will be seen: cells across, whether colours may be used, and the language."""

    width: int
    color: bool
    lang: str


Render = Callable[[Report, Screen], str]

_MODULES: Final[Mapping[str, str]] = {name: f"hojo_cli.formats.{name}" for name in NAMES}


def render(name: str, report: Report, screen: Screen) -> str:
    """The report in one of the formats, ending in a newline."""
    drawn: str = import_module(_MODULES[name]).render(report, screen)
    return drawn
