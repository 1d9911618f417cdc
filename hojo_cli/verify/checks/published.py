"""With the archived texts at hand, published numbers of applications and grants are those of the printed table.

A tally must stand in one line of the section (applied, then granted), a row beside its label where the table has it, a total
anywhere in it unless it is that of the rows.

Bad:
    outcomes: {source: {id: guide, at: 第９条, printed: 実績}, frames: {aid: {applied: 121, granted: 80}}}
Bad:
    outcomes: {source: {id: guide, at: 第９条, printed: 実績}, by: {industry: {label: {ja: 業種別, en: by trade}, source: {id: guide, at: 第９条, printed: 合計}, rows: [{label: {ja: 小売業, en: retail}, granted: 30}], total: 80}}}
Good:
    outcomes: {source: {id: guide, at: 第９条, printed: 実績}, frames: {aid: {applied: 120, granted: 80}}, by: {industry: {label: {ja: 業種別, en: by trade}, source: {id: guide, at: 第９条, printed: 合計}, rows: [{label: {ja: 小売業, en: retail}, granted: 50}], total: 80}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from hojo_cli.base.finding import Finding
from hojo_cli.messages import finding
from hojo_cli.rules.block import Block
from hojo_cli.verify.checks import Complaint, Examined
from hojo_cli.verify.sources import archive
from hojo_cli.verify.sources.printed import squeezed

CODE: Final = "HJ520"


def find(examined: Examined) -> Iterator[Complaint]:
    """Each block of the outcomes that holds numbers, against the section it cites."""
    texts: dict[str, archive.Text | None] = {}
    for block in examined.blocks:
        if block.path.split(".")[0] == "outcomes" and any(block.has(key) for key in ("granted", "total")):
            source, path = block.provenance.source or "", block.provenance.at
            if source not in texts:
                texts[source] = _text(examined, source)
            text = texts[source]
            if text is not None:
                yield from map(Complaint, _block(block, list(_lines(text, path))))


def _text(examined: Examined, name: str) -> archive.Text | None:
    """None where it is not at hand or cannot be read, which is reported elsewhere."""
    source = examined.ruleset.sources.get(name)
    try:
        data = None if source is None else archive.stored(examined.sources, source.file)
        return None if data is None else archive.read(data.decode("utf-8-sig"), ())
    except (OSError, ValueError):
        return None


def _lines(text: archive.Text, path: str) -> Iterator[tuple[str, ...]]:
    """The columns of each line of the section."""
    spans, _ = archive.sections(text, path)
    for span in spans:
        yield from (line.words for line in text.lines.all[span.start : span.end])


def _block(block: Block, lines: list[tuple[str, ...]]) -> Iterator[Finding]:
    if block.has("applied"):
        yield from _tally(block, lines)
    elif block.has("label") and block.has("granted"):
        yield from _row(block, lines)
    elif block.has("rows") and not _adds_up(block):
        yield from _number(block.at("total"), lines)


def _tally(block: Block, lines: list[tuple[str, ...]]) -> Iterator[Finding]:
    pair = tuple(_printed(block.at(key)) for key in ("applied", "granted"))
    if not any(found == pair for line in lines for found in pairwise(line)):
        yield _differs(block.at("applied"), "・".join(pair))


def _row(block: Block, lines: list[tuple[str, ...]]) -> Iterator[Finding]:
    """The number right after the label; anywhere in the section where the label does not stand there."""
    label, granted = squeezed(block.at("label").text().ja), block.at("granted")
    beside = [after for line in lines for before, after in pairwise(line) if before == label]
    if beside and _printed(granted) not in beside:
        yield _differs(granted, _printed(granted))
    elif not beside:
        yield from _number(granted, lines)


def _adds_up(block: Block) -> bool:
    """Whether the total is that of the rows, as where the table prints none."""
    rows = [row.at("granted").word() for row in block.at("rows").elements()]
    return _printed(block.at("total")) == f"{sum(int(row) for row in rows if row.isdecimal()):,}"


def _number(block: Block, lines: list[tuple[str, ...]]) -> Iterator[Finding]:
    if not any(word.rstrip("件。") == _printed(block) for line in lines for word in line):
        yield _differs(block, _printed(block))


def _printed(block: Block) -> str:
    """`1234` as tables print it."""
    word = block.word()
    return f"{int(word):,}" if word.isascii() and word.isdecimal() else word


def _differs(block: Block, figure: str) -> Finding:
    cited = block.provenance
    return finding(CODE, block.where, figure=figure, source=cited.source or "", heading=cited.at)
