"""How a report is drawn. One format a file: `render(report, screen) -> str`; each is imported when it is asked for."""

from importlib import import_module
from typing import Final, Literal, TypeAlias, get_args

from hojo_cli.base.sanitize import for_ci_log
from hojo_cli.formats.drawing.screen import Drawing, Screen
from hojo_cli.results.checked import Tally
from hojo_cli.results.report import Report
from hojo_cli.rules.declared import Ruleset

ReportFormat: TypeAlias = Literal["table", "tree", "json", "markdown"]
CheckFormat: TypeAlias = Literal["table", "json", "jsonl", "csv", "markdown", "github", "gitlab", "junit", "sarif"]
CurveFormat: TypeAlias = Literal["table", "json", "csv", "markdown", "svg", "png"]
VerifyFormat: TypeAlias = Literal["table", "json", "markdown", "sarif", "github", "gitlab", "junit"]

NAMES: Final = get_args(ReportFormat)
"""The formats of a single report, the default first. `check` has more of its own."""


def draw(name: str, report: Report, screen: Screen) -> str | bytes:
    """The report in one of the formats; bytes where that is no text."""
    if name in _BINARY:
        picture: bytes = import_module(f"hojo_cli.formats.{name}").render(report, screen)
        return picture
    return render(name, report, screen)


_BINARY: Final = ("png",)


def render(name: str, report: Report, screen: Screen) -> str:
    """The report in one of the formats, ending in a newline. One that only draws batches takes its entries."""
    if report.verb and name not in NAMES:
        drawing, tally = check_drawing(name, None, screen), Tally()
        drawing.verb = report.verb
        parts = [drawing.begin(), *map(drawing.add, report.entries)]
        for entry in report.entries:
            tally.add(entry)
        return "".join((*parts, drawing.close(tally)))
    drawn: str = import_module(f"hojo_cli.formats.{name}").render(report, screen)
    return drawn if name == "json" else "\n".join(map(for_ci_log, drawn.split("\n")))


# --- many applicants, drawn as they come ----------------------------------------------------------------------------------

CHECKS: Final = get_args(CheckFormat)
"""The formats of `hojo check`, the default first."""


def check_drawing(name: str, head: Ruleset | None, screen: Screen) -> Drawing:
    """The drawing of a batch in one of `CHECKS`, the class `CsvCheck` of the module `csv`, and so on.

    `head` is the ruleset that judges all of it, None where each file chooses; the `Tally` tells in the end which were used.

    Where a format draws single reports too, its batches have a module of their own.
    """
    module = f"check_{name}" if name in NAMES else name
    drawing: Drawing = getattr(import_module(f"hojo_cli.formats.{module}"), f"{name.capitalize()}Check")(head, screen)
    return drawing
