"""`hojo.check/1`: one object, written as the batch goes, one input a line; what is known in the end comes last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hojo_cli.drawing import entries

if TYPE_CHECKING:
    from hojo_cli.drawing.screen import Drawing, Screen
    from hojo_cli.results import Checked, RulesetHead, Tally


def check(head: RulesetHead | None, screen: Screen) -> Drawing:
    """A drawing that holds nothing but whether a comma is due."""
    return Whole(head, screen.lang)


class Whole:
    """`{format, results, ruleset, rulesets, summary}`."""

    def __init__(self, head: RulesetHead | None, lang: str) -> None:
        self._head = head
        self._lang = lang
        self._comma = ""

    def begin(self) -> str:
        """Up to the list of results."""
        head = entries.json_line({"format": entries.FORMAT})
        return head.removesuffix("}") + ', "results": ['

    def add(self, checked: Checked) -> str:
        """One line."""
        line = self._comma + "\n" + entries.json_line(entries.result(checked, self._lang))
        self._comma = ","
        return line

    def close(self, tally: Tally) -> str:
        """The end of the list, the rulesets that were used, and the summary."""
        judges = entries.judges(entries.rulesets(self._head, tally), self._lang)
        last = {**judges, "summary": entries.summary(tally, self._lang)}
        return f"\n], {entries.json_line(last).removeprefix('{')}\n"
