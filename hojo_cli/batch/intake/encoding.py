"""The encoding of a CSV file, recognised where none is said: UTF-8, or what a Japanese spreadsheet saves."""

from __future__ import annotations

import re
from typing import Final

from hojo_cli.base.finding import Finding
from hojo_cli.batch.intake.lines import lines

UTF_8: Final = "utf-8"
CP932: Final = "cp932"
_JAPANESE: Final = re.compile("[\u3000-\u9fff\uff00-\uffef]")


def recognised(path: str) -> str:
    """`cp932` where no line is Japanese in UTF-8 and every line is text in cp932; else `utf-8`, in which each line is then held to it.

    Japanese of three bytes a character is hardly ever valid in both, so one line decides. `HojoError` where the file cannot be read.
    """
    found = UTF_8
    for _, line in lines(path):
        if isinstance(line, Finding) or line.isascii():
            continue
        try:
            if _JAPANESE.search(line.decode()):
                return UTF_8
        except UnicodeDecodeError:
            try:
                line.decode(CP932)
            except UnicodeDecodeError:
                return UTF_8
            found = CP932
    return found
