"""What hojo says about an input: a place, a code, a message and a next step."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from hojo_cli.base.record import NamedTuple


class Text(NamedTuple):
    """One sentence in the two languages hojo speaks."""

    ja: str
    en: str

    def into(self, lang: str) -> str:
        """The sentence in `lang`: English for "en", Japanese for anything else."""
        return self.en if lang == "en" else self.ja


def untranslated(text: str) -> Text:
    """A text that is the same in both languages: a name, a figure, a path."""
    return Text(text, text)


class Severity(StrEnum):
    """How much a finding weighs; only an error makes the input wrong."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITIES: Final = {
    Severity.ERROR: Text("誤り", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.NOTE: Text("注記", "note"),
}
"""What a severity is called, the worst first."""


class Location(NamedTuple):
    """A place in a file, as typed by the user; lines and columns count characters from 1. Line 0: an option, which has none.

    In a spreadsheet it is a row and a column of a `sheet`; elsewhere that is empty.
    """

    file: str
    line: int = 1
    column: int = 1
    sheet: str = ""

    @property
    def cell(self) -> str:
        """`C7`."""
        letters, number = "", self.column
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{letters}{self.line}"

    @property
    def within(self) -> str:
        """The place within its file: `7:3`, or `Sheet1!C7`."""
        return f"{self.sheet}!{self.cell}" if self.sheet else f"{self.line}:{self.column}"

    def __str__(self) -> str:
        """As it is named before a finding."""
        return f"{self.file}{'#' if self.sheet else ':'}{self.within}" if self.line else self.file


THE_CALL: Final = Location("")
"""Where a finding is about how hojo was called, or what became of the run: at no place in any file."""


class Finding(NamedTuple):
    """One complaint or remark; an empty hint means there is nothing more to advise.

    `path`: the keys that lead to its place (`facts.capital`, `items[0].amount`), empty where they are not told.
    """

    code: str
    severity: Severity
    where: Location
    message: Text
    hint: Text
    path: str = ""


def level(findings: Iterable[Finding]) -> str:
    """The worst of some findings: `error`, `warning`, `note`, or `ok` where there are none."""
    found = {finding.severity for finding in findings}
    return next((severity.value for severity in Severity if severity in found), "ok")


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether one of them is an error."""
    return any(found.severity is Severity.ERROR for found in findings)


class HojoError(Exception):
    """Nothing could be run at all (exit code 2), for the reasons in `findings`."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings

    def __str__(self) -> str:
        return "\n".join(f"{found.where}: {found.code} {found.message.ja}" for found in self.findings)
