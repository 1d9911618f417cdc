"""GitHub Actions: every finding in a folded part of the log, the worst as annotations of the pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hojo_cli import messages
from hojo_cli.base.finding import Severity, Text
from hojo_cli.base.sanitize import for_ci_log, for_terminal, path_shown
from hojo_cli.drawing import entries
from hojo_cli.drawing.repository import STANDARD_INPUT, relative

if TYPE_CHECKING:
    from hojo_cli.base.finding import Finding
    from hojo_cli.drawing.screen import Drawing, Screen
    from hojo_cli.results import Checked, RulesetHead, Tally

MOST: Final = 10
"""Annotations of one kind that GitHub shows for a step; it drops the others without a word."""

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def check(head: RulesetHead | None, screen: Screen) -> Drawing:
    """A drawing that holds ten findings of each severity."""
    return Annotations(head, screen.lang)


class Annotations:
    """Nothing an applicant wrote can begin a line, so nothing of it is taken for a command of the runner."""

    def __init__(self, head: RulesetHead | None, lang: str) -> None:
        self._given = () if head is None else (head,)
        self._lang = lang
        self._kept: dict[Severity, list[Finding]] = {severity: [] for severity in Severity}
        self._hidden = dict.fromkeys(Severity, 0)

    def begin(self) -> str:
        """Open the folded part of the log."""
        return f"::group::{_data(for_terminal(entries.title(self._given).into(self._lang)))}\n"

    def add(self, checked: Checked) -> str:
        """A plain line for each finding."""
        for found in checked.findings:
            if len(self._kept[found.severity]) < MOST:
                self._kept[found.severity].append(found)
            else:
                self._hidden[found.severity] += 1
        return "".join(for_ci_log(self._line(found)) + "\n" for found in checked.findings)

    def close(self, tally: Tally) -> str:
        """Annotations, the worst first; how many are not shown; the numbers."""
        said = [_annotation(found, self._lang) for severity in Severity for found in self._kept[severity]]
        rest = [self._rest()] if any(self._hidden.values()) else []
        plain = [
            for_ci_log(for_terminal(text.into(self._lang)))
            for text in (*rest, *self._chosen(tally), *entries.numbers(tally))
        ]
        return "\n".join(("::endgroup::", *said, *plain)) + "\n"

    def _chosen(self, tally: Tally) -> tuple[Text, ...]:
        """The rulesets the files chose, which nobody knew when the log began."""
        return (entries.title(tally.rulesets),) if tally.rulesets and not self._given else ()

    def _line(self, found: Finding) -> str:
        return f"{entries.LEVELS[found.severity].into(self._lang)} {entries.place(found.where)} {found.code} {entries.sentence(found, self._lang)}"

    def _rest(self) -> Text:
        hidden = [(entries.LEVELS[severity], number) for severity, number in self._hidden.items() if number]
        return Text(
            f"GitHub が示す注釈は1ステップで種類ごとに{MOST}件までです。注釈にしていないもの: "
            + "、".join(f"{name.ja} {number:,}件" for name, number in hidden)
            + "。すべて上のログにあります。",
            f"GitHub shows {MOST} annotations of a kind for a step. Not annotated: "
            + ", ".join(f"{number:,} {name.en}{'s' if number > 1 else ''}" for name, number in hidden)
            + ". All of them stand in the log above.",
        )


def _annotation(found: Finding, lang: str) -> str:
    properties = {"title": f"{found.code} {messages.entry(found.code).title.into(lang)}"}
    if found.where.file != STANDARD_INPUT:
        place = {"file": relative(found.where.file), "line": str(found.where.line), "col": str(found.where.column)}
        properties = place | properties
    told = ",".join(f"{name}={path_shown(_property(value))}" for name, value in properties.items())
    parts = (for_terminal(part.into(lang).strip()) for part in (found.message, found.hint))
    return f"::{_COMMANDS[found.severity]} {told}::{_data(chr(10).join(filter(None, parts)))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
