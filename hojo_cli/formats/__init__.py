"""How a report is drawn. One format a file: `render(report, screen) -> str`; each is imported when it is asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from hojo_cli.base.finding import THE_CALL, HojoError
from hojo_cli.base.sanitize import for_ci_log
from hojo_cli.formats.drawing.screen import Drawing, Screen
from hojo_cli.messages import finding
from hojo_cli.results.checked import Tally
from hojo_cli.results.report import Report

if TYPE_CHECKING:
    from hojo_cli.results.head import RulesetHead

ReportFormat: TypeAlias = Literal["table", "tree", "json", "markdown", "html", "pdf"]
CheckFormat: TypeAlias = Literal[
    "table", "json", "jsonl", "csv", "xlsx", "markdown", "html", "pdf", "github", "gitlab", "junit", "sarif"
]
CurveFormat: TypeAlias = Literal["table", "json", "csv", "markdown", "html", "pdf", "svg", "png"]
VerifyFormat: TypeAlias = Literal["table", "json", "markdown", "html", "pdf", "sarif", "github", "gitlab", "junit"]

_BINARY: Final = ("png", "pdf")

NAMES: Final = tuple(name for name in get_args(ReportFormat) if name not in _BINARY)
"""The formats of a single report that are text, the default first. `check` has more of its own."""

_ENDINGS: Final = {
    "htm": "html",
    "log": "table",
    "md": "markdown",
    "ndjson": "jsonl",
    "out": "table",
    "txt": "table",
    "xml": "junit",
}
"""The formats whose files are not called by their names."""


def by_ending(path: str, known: tuple[str, ...]) -> str:
    """The one among `known` that a file's name asks for; empty where it asks for none. `HojoError` (HJ070) where it asks for another."""
    ending = path.replace("\\", "/").rpartition("/")[2].rpartition(".")[2].lower() if "." in path else ""
    name = _ENDINGS.get(ending, ending)
    if name in known:
        return name
    if not ending.isalpha() or name == "table":
        return ""
    usual = {"table": "txt", "markdown": "md", "junit": "xml"}
    listed = ", ".join(f".{usual.get(each, each)}" for each in known)
    raise HojoError(finding("HJ070", THE_CALL, path=path, ending=ending, known=listed))


def draw(name: str, report: Report, screen: Screen) -> str | bytes:
    """The report in one of the formats; bytes where that is no text."""
    if name in _BINARY:
        picture: bytes = import_module(f"hojo_cli.formats.{name}").render(report, screen)
        return picture
    return render(name, report, screen)


def render(name: str, report: Report, screen: Screen) -> str:
    """The report in one of the formats, ending in a newline. One that only draws batches takes its entries."""
    if report.verb and name not in NAMES:
        drawing, tally = check_drawing(name, None, screen), Tally()
        drawing.verb = report.verb
        parts = [drawing.begin(), *map(drawing.add, report.entries)]
        for entry in report.entries:
            tally.add(entry)
        last = drawing.close(tally)
        assert isinstance(last, str)  # of those that draw reports
        return "".join((*parts, last))
    drawn: str = import_module(f"hojo_cli.formats.{name}").render(report, screen)
    return drawn if name == "json" else "\n".join(map(for_ci_log, drawn.split("\n")))


# --- many applicants, drawn as they come ----------------------------------------------------------------------------------

CHECKS: Final = get_args(CheckFormat)
"""The formats of `hojo check`, the default first."""


def check_drawing(name: str, head: "RulesetHead | None", screen: Screen) -> Drawing:
    """The drawing of a batch in one of `CHECKS`, the class `CsvCheck` of the module `csv`, and so on.

    `head` is the ruleset that judges all of it, None where each file chooses; the `Tally` tells in the end which were used.

    Where a format draws single reports too, its batches have a module of their own.
    """
    module = f"check_{name}" if name in NAMES else name
    drawing: Drawing = getattr(import_module(f"hojo_cli.formats.{module}"), f"{name.capitalize()}Check")(head, screen)
    return drawing
