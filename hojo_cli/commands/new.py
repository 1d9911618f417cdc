"""`hojo new [FILE]`: a blank applicant file with what each fact means, or one filled in question by question: whoever stops on the way keeps what was answered."""

from __future__ import annotations

import os
import sys
from typing import Final

from hojo_cli.applicants import blank
from hojo_cli.base.finding import THE_CALL, HojoError, Location, Text
from hojo_cli.base.sanitize import for_terminal
from hojo_cli.files import streams
from hojo_cli.messages import finding
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.declared import Ruleset

_KEPT: Final = Text(
    "ここまでの答えを書きます。残りは、後からファイルに書き足せます。",
    "What was answered so far is kept; the rest can be added to the file later.",
)
_WROTE: Final = Text("{path} を書きました。", "Wrote {path}.")


def run(
    path: str,
    rules: str,
    lang: str,
    *,
    format: str = "yaml",
    force: bool = False,
    interactive: bool = False,
    quiet: bool = False,
) -> None:
    """To the file (and a word about it unless `quiet`), or standard output where none is named. `HojoError` before anything is asked if the file stands already."""
    known = (
        ("yaml",) if interactive else ("yaml", "csv")
    )  # questions are asked about one applicant, a table is for many
    if format not in known:
        raise HojoError(finding("HJ004", THE_CALL, name="--format", value=format, known=", ".join(known)))
    if path and not force and os.path.lexists(path):
        raise HojoError(finding("HJ014", Location(path), path=path))
    if interactive and not _somebody_there():
        raise HojoError(finding("HJ013", THE_CALL))
    used = ruleset.load(rules or library.years()[0])
    text = _asked(used, lang) if interactive else _blank(used, lang, format)
    if path or not quiet:
        streams.write(text, path, format)
    if path and not quiet:
        streams.say(_WROTE.into(lang).format(path=for_terminal(path)))


def _blank(used: Ruleset, lang: str, format: str) -> str:
    if format == "csv":
        from hojo_cli.batch.intake.blank_table import template

        return template(used, lang)
    return blank.text(used, lang)


def _somebody_there() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _asked(used: Ruleset, lang: str) -> str:
    from hojo_cli.applicants.interview import Interview

    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    interview = Interview(used, lang)
    try:
        interview.hold()
    except (EOFError, KeyboardInterrupt):
        if not interview.name and not interview.answers:
            raise KeyboardInterrupt from None
        streams.say(f"\n{_KEPT.into(lang)}")
    return blank.text(used, lang, name=interview.name, facts=interview.answers)
