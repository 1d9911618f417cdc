"""`hojo.check/1`: one object, written as the batch goes, one input a line; what is known in the end comes last."""

from hojo_cli.formats.drawing import entries
from hojo_cli.formats.drawing.screen import Drawing
from hojo_cli.results.checked import Checked, Tally


class JsonCheck(Drawing):
    """`{format, results, ruleset, rulesets, summary}`."""

    comma = ""

    def begin(self) -> str:
        """Up to the list of results."""
        return entries.json_line({"format": entries.FORMAT}).removesuffix("}") + ', "results": ['

    def add(self, checked: Checked) -> str:
        """One line."""
        line = self.comma + "\n" + entries.json_line(entries.result(checked, self.lang))
        self.comma = ","
        return line

    def close(self, tally: Tally) -> str:
        """The end of the list, the rulesets that were used, and the summary."""
        return f"\n], {entries.json_line(entries.summary(tally, self.lang)).removeprefix('{')}\n"
