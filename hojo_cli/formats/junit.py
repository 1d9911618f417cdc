"""JUnit XML as Jenkins' `junit-10.xsd` has it, and where each test case is: one for each input, in suites of bounded size.

GitLab and others read `file` and `line`, of which that schema knows nothing. Times are 0: how long an input took differs from run to run,
and the same inputs give the same bytes.
"""

import re
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.base.sanitize import for_terminal, path_shown
from hojo_cli.formats.drawing import entries
from hojo_cli.formats.drawing.repository import relative
from hojo_cli.formats.drawing.screen import Drawing, Screen
from hojo_cli.results.checked import Checked, Tally
from hojo_cli.results.head import RulesetHead

MOST: Final = 1_000
"""Inputs of one suite. A suite begins with its counts, so it is held until it is full."""

_NONE: Final = Text("点検するものがありません", "nothing to check")


class JunitCheck(Drawing):
    """An input with an error fails; warnings and notes alone stand in the output of a case that passes."""

    def __init__(self, head: RulesetHead | None, screen: Screen) -> None:
        super().__init__(head, screen)
        self._cases: list[str] = []
        self._failures = 0
        self._suites = 0

    def begin(self) -> str:
        """Open the document."""
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="hojo.{self.verb}">\n'

    def add(self, checked: Checked) -> str:
        """Nothing, or a suite that became full. The line is that of the worst finding."""
        found = entries.worst_first(checked.findings)
        line = (found[0].where.line if found else checked.record) or 1
        where = f' file="{_xml(path_shown(relative(checked.file)))}" line="{line}"'
        inside = "\n".join(
            f"{entries.place(each.where)} {each.severity} {each.code} {entries.sentence(each, self.lang)}"
            for each in found
        )
        if checked.level == "error":
            head = f' type="{_xml(found[0].code)}" message="{_xml(found[0].message.into(self.lang))}"'
            inside = _element("failure", inside, head)
        elif found:
            inside = _element("system-out", inside)
        self._cases.append(self._case_of(entries.subject(checked), where, inside))
        self._failures += checked.level == "error"
        return self._suite() if len(self._cases) == MOST else ""

    def close(self, tally: Tally) -> str:
        """The last suite; an empty batch is one case that passes, so that no service calls the report broken."""
        if not self._cases and not self._suites:
            self._cases.append(self._case_of(_NONE.into(self.lang), ""))
        numbers = "\n".join(text.into(self.lang) for text in entries.numbers(tally))
        return self._suite(_element("system-out", numbers)) + "</testsuites>\n"

    def _suite(self, last: str = "") -> str:
        if not self._cases:
            return ""
        self._suites += 1
        name = f"hojo.{self.verb}" if self._suites == 1 else f"hojo.{self.verb}.{self._suites}"
        counts = f'tests="{len(self._cases)}" failures="{self._failures}" errors="0" skipped="0" time="0"'
        drawn = f'<testsuite name="{name}" {counts}>\n{"".join(self._cases)}{last}</testsuite>\n'
        self._cases, self._failures = [], 0
        return drawn

    def _case_of(self, name: str, where: str, inside: str = "") -> str:
        head = f'<testcase name="{_xml(name)}" classname="hojo.{self.verb}"{where} time="0"'
        return f"{head}>\n{inside}</testcase>\n" if inside else f"{head}/>\n"


def _element(name: str, text: str, attributes: str = "") -> str:
    """No `::` begins a line of it, where the runner of a CI service would take it for a command."""
    lines = "\n".join(re.sub(r"^(\s*)::", r"\1&#58;:", _xml(line)) for line in text.split("\n"))
    return f"<{name}{attributes}>{lines}</{name}>\n"


def _xml(text: str) -> str:
    """Escaped for text and attributes; what XML cannot hold is made visible, and `##[command]` is text to a CI runner."""
    shown = for_terminal(text).replace("&", "&amp;").replace("<", "&lt;")
    return shown.replace(">", "&gt;").replace('"', "&quot;").replace("##[", "&#35;#[")
