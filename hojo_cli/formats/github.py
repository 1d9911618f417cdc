"""GitHub Actions: every finding in a folded part of the log, the worst as annotations of the pull request."""

from typing import Final

from hojo_cli import messages
from hojo_cli.base.finding import Finding, Severity, Text
from hojo_cli.base.sanitize import for_ci_log, for_terminal, path_shown
from hojo_cli.formats.drawing import entries
from hojo_cli.formats.drawing.repository import STANDARD_INPUT, relative
from hojo_cli.formats.drawing.screen import Drawing, Screen
from hojo_cli.results.checked import Checked, Tally
from hojo_cli.results.head import RulesetHead

MOST: Final = 10
"""Annotations of one kind that GitHub shows for a step; it drops the others without a word."""

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


class GithubCheck(Drawing):
    """Nothing an applicant wrote can begin a line, so nothing of it is taken for a command of the runner."""

    def __init__(self, head: RulesetHead | None, screen: Screen) -> None:
        super().__init__(head, screen)
        self._kept: dict[Severity, list[Finding]] = {severity: [] for severity in Severity}
        self._hidden = dict.fromkeys(Severity, 0)

    def begin(self) -> str:
        """Open the folded part of the log."""
        given = () if self.head is None else (self.head,)
        return f"::group::{_data(for_terminal(entries.title(given).into(self.lang)))}\n"

    def add(self, checked: Checked) -> str:
        """A plain line for each finding."""
        for found in checked.findings:
            if len(self._kept[found.severity]) < MOST:
                self._kept[found.severity].append(found)
            else:
                self._hidden[found.severity] += 1
        return "".join(
            for_ci_log(
                f"{entries.LEVELS[found.severity].into(self.lang)} {entries.place(found.where)} {found.code}"
                f" {entries.sentence(found, self.lang)}"
            )
            + "\n"
            for found in checked.findings
        )

    def close(self, tally: Tally) -> str:
        """Annotations, the worst first; how many are not shown; the rulesets, where the files chose them; the numbers."""
        said = [_annotation(found, self.lang) for severity in Severity for found in self._kept[severity]]
        plain = list(entries.numbers(tally))
        if tally.rulesets and self.head is None:
            plain.insert(0, entries.title(tally.rulesets))
        if hidden := [(entries.LEVELS[severity], number) for severity, number in self._hidden.items() if number]:
            rest = Text(
                f"GitHub が示す注釈は1ステップで種類ごとに{MOST}件までです。注釈にしていないもの: "
                + "、".join(f"{name.ja} {number:,}件" for name, number in hidden)
                + "。すべて上のログにあります。",
                f"GitHub shows {MOST} annotations of a kind for a step. Not annotated: "
                + ", ".join(f"{number:,} {name.en}{'s' if number > 1 else ''}" for name, number in hidden)
                + ". All of them stand in the log above.",
            )
            plain.insert(0, rest)
        lines = (for_ci_log(for_terminal(text.into(self.lang))) for text in plain)
        return "\n".join(("::endgroup::", *said, *lines)) + "\n"


def _annotation(found: Finding, lang: str) -> str:
    properties = {"title": f"{found.code} {messages.entry(found.code).title.into(lang)}"}
    if found.where.file != STANDARD_INPUT:
        place = {"file": relative(found.where.file), "line": str(found.where.line), "col": str(found.where.column)}
        properties = place | properties
    shown = ((name, _data(value).replace(":", "%3A").replace(",", "%2C")) for name, value in properties.items())
    told = ",".join(f"{name}={path_shown(value)}" for name, value in shown)
    parts = (for_terminal(part.into(lang).strip()) for part in (found.message, found.hint))
    return f"::{_COMMANDS[found.severity]} {told}::{_data(chr(10).join(filter(None, parts)))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
