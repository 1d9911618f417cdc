"""JSON Lines: one object an input as soon as it is known, and the summary as the last line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hojo_cli.drawing import entries

if TYPE_CHECKING:
    from hojo_cli.drawing.screen import Drawing, Screen
    from hojo_cli.results import Checked, RulesetHead, Tally


def check(head: RulesetHead | None, screen: Screen) -> Drawing:
    """A drawing that holds nothing."""
    return Lines(head, screen.lang)


class Lines:
    """Results have a `file`; the last line has a `summary`."""

    def __init__(self, head: RulesetHead | None, lang: str) -> None:
        self._head = head
        self._lang = lang

    def begin(self) -> str:
        """Nothing: the first line is the first input."""
        return ""

    def add(self, checked: Checked) -> str:
        """One line."""
        return entries.json_line(entries.result(checked, self._lang)) + "\n"

    def close(self, tally: Tally) -> str:
        """The last line."""
        judges = entries.judges(entries.rulesets(self._head, tally), self._lang)
        last = {"format": entries.FORMAT, **judges, "summary": entries.summary(tally, self._lang)}
        return entries.json_line(last) + "\n"
