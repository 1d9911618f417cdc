"""With the archived texts at hand, published numbers of applications and grants are those of the printed table.

They stand in `outcomes/<year>.yaml` beside the ruleset; an example shows them under `outcomes`. A tally must stand in one line of the
section (applied, then granted), a row beside its label where the table has it, a total anywhere in it unless it is that of the rows.

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
from hojo_cli.verify.examined import Examined
from hojo_cli.verify.sources import archive
from hojo_cli.verify.sources.printed import squeezed

CODE: Final = "HJ520"


def find(examined: Examined) -> Iterator[Finding]:
    """Each block of the outcomes that holds numbers, against the section it cites."""
    outcomes = [block for block in examined.blocks if block.path.split(".")[0] == "outcomes"]
    texts = archive.texts(examined.sources, examined.ruleset.sources) if outcomes else {}
    for block in outcomes:
        text = texts.get(block.provenance.source or "")
        if text is not None and (block.has("granted") or block.has("total")):
            spans, _ = archive.sections(text, block.provenance.at)
            yield from numbers(block, [text.lines[place].words for span in spans for place in span])


def numbers(block: Block, lines: list[tuple[str, ...]]) -> Iterator[Finding]:
    """The numbers of one block against the columns of each line of the section."""
    granted = block.at("granted")
    if block.has("applied"):
        pair = _printed(block.at("applied")), _printed(granted)
        if not any(columns == pair for line in lines for columns in pairwise(line)):
            yield _differs(block.at("applied"), "・".join(pair))
    elif block.has("label") and block.has("granted"):
        label = squeezed(block.at("label").text().ja)
        beside = [after for line in lines for before, after in pairwise(line) if before == label]
        if _printed(granted) not in (beside or _whole_numbers(lines)):
            yield _differs(granted, _printed(granted))
    elif block.has("rows"):
        rows = [row.at("granted").word() for row in block.at("rows").elements()]
        total = _printed(block.at("total"))  # where it is that of the rows, the table may print none
        if total != f"{sum(int(row) for row in rows if row.isdecimal()):,}" and total not in _whole_numbers(lines):
            yield _differs(block.at("total"), total)


def _whole_numbers(lines: list[tuple[str, ...]]) -> list[str]:
    return [word.rstrip("件。") for line in lines for word in line]


def _printed(block: Block) -> str:
    """`1234` as tables print it."""
    word = block.word()
    return f"{int(word):,}" if word.isascii() and word.isdecimal() else word


def _differs(block: Block, figure: str) -> Finding:
    cited = block.provenance
    return finding(CODE, block.where, figure=figure, source=cited.source or "", heading=cited.at)
