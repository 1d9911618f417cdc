"""JUnit XML as Jenkins' `junit-10.xsd` has it: a test case for each input, in suites of bounded size."""

import re
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.base.sanitize import for_terminal
from hojo_cli.formats.drawing import entries
from hojo_cli.formats.drawing.screen import Drawing, Screen
from hojo_cli.results.checked import Checked, Tally
from hojo_cli.rules.declared import Ruleset

MOST: Final = 1_000
"""Inputs of one suite. A suite begins with its counts, so it is held until it is full."""

_NONE: Final = Text("点検するものがありません", "nothing to check")
_NAME: Final = "hojo.check"


class JunitCheck(Drawing):
    """An input with an error fails; warnings and notes alone stand in the output of a case that passes."""

    def __init__(self, head: Ruleset | None, screen: Screen) -> None:
        super().__init__(head, screen)
        self._cases: list[str] = []
        self._failures = 0
        self._suites = 0

    def begin(self) -> str:
        """Open the document."""
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="{_NAME}">\n'

    def add(self, checked: Checked) -> str:
        """Nothing, or a suite that became full."""
        self._cases.append(self._case(checked))
        self._failures += checked.level == "error"
        return self._suite() if len(self._cases) == MOST else ""

    def close(self, tally: Tally) -> str:
        """The last suite; an empty batch is one case that passes, so that no service calls the report broken."""
        if not self._cases and not self._suites:
            self._cases.append(_case(_NONE.into(self.lang), ""))
        numbers = "\n".join(text.into(self.lang) for text in entries.numbers(tally))
        return self._suite(_element("system-out", numbers)) + "</testsuites>\n"

    def _suite(self, last: str = "") -> str:
        if not self._cases:
            return ""
        self._suites += 1
        name = _NAME if self._suites == 1 else f"{_NAME}.{self._suites}"
        counts = f'tests="{len(self._cases)}" failures="{self._failures}" errors="0" skipped="0"'
        drawn = f'<testsuite name="{name}" {counts}>\n{"".join(self._cases)}{last}</testsuite>\n'
        self._cases, self._failures = [], 0
        return drawn

    def _case(self, checked: Checked) -> str:
        if not checked.findings:
            return _case(entries.subject(checked), "")
        found = entries.worst_first(checked.findings)
        told = "\n".join(
            f"{entries.place(each.where)} {each.severity} {each.code} {entries.sentence(each, self.lang)}"
            for each in found
        )
        if checked.level != "error":
            return _case(entries.subject(checked), _element("system-out", told))
        head = f' type="{_xml(found[0].code)}" message="{_xml(found[0].message.into(self.lang))}"'
        return _case(entries.subject(checked), _element("failure", told, head))


def _case(name: str, inside: str) -> str:
    head = f'<testcase name="{_xml(name)}" classname="{_NAME}"'
    return f"{head}>\n{inside}</testcase>\n" if inside else f"{head}/>\n"


def _element(name: str, text: str, attributes: str = "") -> str:
    """No `::` begins a line of it, where the runner of a CI service would take it for a command."""
    lines = "\n".join(re.sub(r"^(\s*)::", r"\1&#58;:", _xml(line)) for line in text.split("\n"))
    return f"<{name}{attributes}>{lines}</{name}>\n"


def _xml(text: str) -> str:
    """Escaped for text and attributes; what XML cannot hold is made visible, and `##[command]` is text to a CI runner."""
    shown = for_terminal(text).replace("&", "&amp;").replace("<", "&lt;")
    return shown.replace(">", "&gt;").replace('"', "&quot;").replace("##[", "&#35;#[")
