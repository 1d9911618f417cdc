"""GitHub-flavoured Markdown, for reports that are mailed or kept: nothing in a name can become markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, assert_never

from hojo_cli.base.finding import SEVERITIES, Severity, Text, untranslated
from hojo_cli.base.sanitize import for_terminal
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.results.estimated import Explained
from hojo_cli.results.report import (
    Answer,
    Bars,
    Block,
    Bullets,
    Chart,
    Grid,
    Heading,
    Outline,
    Paragraph,
    Remark,
    Report,
)

_SPECIAL: Final = r"[\\`*_{}\[\]|~$#]"
_AT_START: Final = r"\A(\s*)([-+=>]|[0-9]+[.)])"
_LINKED: Final = r"(?i)(https?|ftp|mailto|xmpp)(?=:)|(?<=www)(?=\.)|@"


def render(report: Report, screen: Screen) -> str:
    """Blocks with an empty line between them."""
    found = ("\n".join(_block(block, screen.lang)) for block in report.page)
    return "\n\n".join(block for block in found if block) + "\n"


def _block(block: Block, lang: str) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * level} {escaped(text, lang)}"
        case Paragraph(text):
            yield escaped(text, lang)
        case Answer(title, sentences, level):
            parts = [f"{'#' * level} {escaped(title, lang)}"]
            yield "\n\n".join(parts + [escaped(sentence.text, lang) for sentence in sentences])
        case Grid():
            yield from _grid(block, lang)
        case Bullets(items, mark):
            for place, item in enumerate(items, 1):
                yield (
                    f"{_MARKS.get(mark, '-')} {escaped(item, lang)}"
                    if mark != "[1]"
                    else f"{place}. {escaped(item, lang)}"
                )
        case Remark():
            yield from _remark(block, lang)
        case Outline(root):
            yield from _outline(root, lang, 0)
        case Chart() | Bars():
            return  # what it shows stands beside it in words and figures
        case _:
            assert_never(block)


def _remark(remark: Remark, lang: str) -> Iterator[str]:
    """A finding as an entry of a list, its witness as paragraphs below it."""
    finding = remark.finding
    sentences = [finding.message] if finding.severity is Severity.NOTE else [finding.message, finding.hint]
    words = ("" if lang == "ja" else " ").join(text.into(lang) for text in sentences if text.into(lang))
    entry = f"{remark.place} {SEVERITIES[finding.severity].into(lang)} {finding.code} {words}"
    yield f"- {escaped(untranslated(entry), lang)}"
    if remark.witness and finding.severity is not Severity.NOTE:
        yield f"\n{Text('こうなる申請者の例:', 'An applicant who shows it:').into(lang)}"
        for line in remark.witness.splitlines():
            yield f"\n{escaped(untranslated(line), lang)}"


_MARKS: Final = {"[ ]": "- [ ]"}


def _grid(grid: Grid, lang: str) -> Iterator[str]:
    rows = [row for group in grid.groups for row in group]
    kept = [place for place in range(len(grid.columns)) if any(row.cells[place].into(lang) for row in rows)]
    columns = [grid.columns[place] for place in kept]
    if not columns:
        return
    yield _row(escaped(column.label, lang) for column in columns)
    yield _row("---:" if column.amount else "---" for column in columns)
    for row in rows:
        cells = (escaped(row.cells[place], lang) for place in kept)
        yield _row(f"**{cell}**" if cell and row.tone in ("strong", "good") else cell for cell in cells)


def _row(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _outline(node: Explained, lang: str, depth: int) -> Iterator[str]:
    label, value = escaped(node.label, lang), escaped(node.value, lang)
    yield f"{'  ' * depth}- {label}: {value}" if value else f"{'  ' * depth}- {label}"
    for part in node.parts:
        yield from _outline(part, lang, depth + 1)


def escaped(text: Text, lang: str) -> str:
    """The text as it is once the Markdown is read: no markup, no HTML, no link nobody wrote, no line break."""
    said = re.sub(_SPECIAL, r"\\\g<0>", for_terminal(text.into(lang)))
    said = said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    said = re.sub(_LINKED, r"\g<0><!-- -->", said)
    said = re.sub(_AT_START, lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", said)
    return said.strip(" ").replace("\u3000", "&emsp;")
