"""JSON Lines: one object an input as soon as it is known, and the summary as the last line."""

from hojo_cli.formats.drawing import entries
from hojo_cli.formats.drawing.screen import Drawing
from hojo_cli.results.checked import Checked, Tally


class JsonlCheck(Drawing):
    """Results have a `file`; the last line has a `summary`."""

    def add(self, checked: Checked) -> str:
        """One line."""
        return entries.json_line(entries.result(checked, self.lang)) + "\n"

    def close(self, tally: Tally) -> str:
        """The last line."""
        return entries.json_line({"format": entries.FORMAT, **entries.summary(tally, self.lang)}) + "\n"
