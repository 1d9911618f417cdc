"""`hojo page [YEAR|PATH]`: the calculator of a ruleset, as one HTML file that works in any browser without a network."""

from __future__ import annotations

import sys

from hojo_cli.base.finding import THE_CALL, HojoError
from hojo_cli.browser import calculator
from hojo_cli.files import streams
from hojo_cli.files.atomic_file import require_apart, standing
from hojo_cli.messages import finding
from hojo_cli.rules import library, ruleset

ENDINGS = (".html", ".htm")


def run(rules: str, output: str, lang: str, *, quiet: bool = False) -> None:
    """To the file, or standard output where none is named. `HojoError` before anything is written where the name is none of a page,
    or a terminal would be filled with it.
    """
    written = bool(output) and output != "-"
    if written and not output.lower().endswith(ENDINGS):
        raise HojoError(finding("HJ075", THE_CALL, path=output))
    if not output and not quiet and sys.stdout is not None and sys.stdout.isatty():
        raise HojoError(finding("HJ076", THE_CALL))
    name = rules or library.years()[0]
    if written and library.is_path(name):
        require_apart(standing([output]), [name])
    page = calculator.page(ruleset.load(name), lang, shipped=not library.is_path(name))
    if written or not quiet:
        streams.write(page, output, "html")
