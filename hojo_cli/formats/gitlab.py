"""GitLab Code Quality: an array with an entry for each finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hojo_cli.base.finding import Severity
from hojo_cli.base.sanitize import path_text
from hojo_cli.drawing import entries
from hojo_cli.drawing.fingerprint import Fingerprints
from hojo_cli.drawing.repository import relative

if TYPE_CHECKING:
    from hojo_cli.base.finding import Finding
    from hojo_cli.drawing.screen import Drawing, Screen
    from hojo_cli.results import Checked, RulesetHead, Tally

_SEVERITIES: Final = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


def check(head: RulesetHead | None, screen: Screen) -> Drawing:  # noqa: ARG001 - every format is asked alike
    """A drawing that holds what tells the findings of one file apart."""
    return Quality(screen.lang)


class Quality:
    """The code stands in the description too: GitLab does not show `check_name`."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._comma = ""
        self._fingerprints = Fingerprints()

    def begin(self) -> str:
        """Open the array."""
        return "["

    def add(self, checked: Checked) -> str:
        """A line for each finding."""
        lines = []
        for found in checked.findings:
            lines.append(f"{self._comma}\n{entries.json_line(self._problem(checked, found))}")
            self._comma = ","
        return "".join(lines)

    def close(self, tally: Tally) -> str:  # noqa: ARG002 - the format has no place for it
        """Close the array."""
        return "\n]\n"

    def _problem(self, checked: Checked, found: Finding) -> dict[str, object]:
        return {
            "description": f"{found.code} {entries.sentence(found, self._lang)}",
            "check_name": found.code,
            "fingerprint": self._fingerprints.of(checked, found),
            "severity": _SEVERITIES[found.severity],
            "location": {
                "path": path_text(relative(found.where.file)),
                "positions": {"begin": {"line": found.where.line, "column": found.where.column}},
                "lines": {"begin": found.where.line},
            },
        }
