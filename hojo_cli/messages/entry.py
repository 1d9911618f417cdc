"""What a finding code says, in both languages, and how a catalogue of codes is written."""

from __future__ import annotations

import re

from hojo_cli.base.finding import Severity, Text
from hojo_cli.base.record import NamedTuple


class Entry(NamedTuple):
    """What a code says: `message` and `hint` are `str.format` templates with named fields."""

    severity: Severity
    title: Text
    message: Text
    hint: Text
    why: Text


def entries(catalogue: str) -> dict[str, Entry]:
    """The codes of a catalogue: four sentences each, Japanese | English, and no other lines than comments.

        HJ142 error: title | in English
          the message | in English
          the hint, or `-` where there is none; a sentence without `|` is the same in both languages
          the reason, or `as HJ141`, which has it already

    The English of a sentence may stand in a line of its own.
    """
    lines = _lines(catalogue)
    table: dict[str, Entry] = {}
    for head, message, hint, why in zip(lines[0::4], lines[1::4], lines[2::4], lines[3::4], strict=True):
        code, severity, title = re.split(r"[ :]+", head, maxsplit=2)
        sentences = {"title": title, "message": message, "hint": hint, "why": why}
        texts = {
            part: getattr(table[sentence[3:]], part) if sentence.startswith("as HJ") else _text(sentence)
            for part, sentence in sentences.items()
        }
        table[code] = Entry(Severity(severity), **texts)
    return table


def sentences(catalogue: str) -> dict[str, Text]:
    """Sentences by key, one a line: `key: Japanese | English`."""
    keyed = (line.split(": ", 1) for line in _lines(catalogue))
    return {key: _text(sentence) for key, sentence in keyed}


def _lines(catalogue: str) -> list[str]:
    return [line.strip() for line in re.sub(r"\n +\|", " |", catalogue).splitlines() if line and line[0] != "#"]


def _text(sentence: str) -> Text:
    ja, _, en = ("" if sentence == "-" else sentence).partition(" | ")
    return Text(ja, en or ja)
