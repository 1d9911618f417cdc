"""GitLab Code Quality: an array with an entry for each finding."""

from typing import Final

from hojo_cli.base.finding import Severity
from hojo_cli.base.sanitize import path_text
from hojo_cli.formats.drawing import entries
from hojo_cli.formats.drawing.fingerprint import Fingerprints
from hojo_cli.formats.drawing.repository import relative
from hojo_cli.formats.drawing.screen import Drawing, Screen
from hojo_cli.results.checked import Checked, Tally
from hojo_cli.results.head import RulesetHead

_SEVERITIES: Final = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


class GitlabCheck(Drawing):
    """The code stands in the description too: GitLab does not show `check_name`."""

    comma = ""

    def __init__(self, head: RulesetHead | None, screen: Screen) -> None:
        super().__init__(head, screen)
        self._fingerprints = Fingerprints()

    def begin(self) -> str:
        """Open the array."""
        return "["

    def add(self, checked: Checked) -> str:
        """A line for each finding."""
        lines = []
        for found in checked.findings:
            place = found.where
            problem = {
                "description": f"{found.code} {entries.sentence(found, self.lang)}",
                "check_name": found.code,
                "fingerprint": self._fingerprints.of(checked, found),
                "severity": _SEVERITIES[found.severity],
                "location": {
                    "path": path_text(relative(place.file)),
                    "positions": {"begin": {"line": place.line, "column": place.column}},
                    "lines": {"begin": place.line},
                },
            }
            lines.append(f"{self.comma}\n{entries.json_line(problem)}")
            self.comma = ","
        return "".join(lines)

    def close(self, tally: Tally) -> str:  # noqa: ARG002 - the format has no place for it
        """Close the array."""
        return "\n]\n"
