"""`mode` of a rounding is what its fragment, its assumption and the other words of the file say: 切捨て, 切上げ or 四捨五入.

Bad:
    rounding: {mode: up}
Bad:
    rounding: {mode: half_up, source: null, assume: amounts}
    assumptions: {amounts: {label: {en: The figures of the examples; fractions of a yen are dropped.}}}
Bad:
    rounding: {mode: down, source: {id: guide, at: 第２条, printed: １円未満は切り上げ}}
Good:
    rounding: {mode: up, source: {id: guide, at: 第２条, printed: １円未満は切り上げ}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hojo_cli.base.finding import Finding, Text
from hojo_cli.messages import finding
from hojo_cli.rules.block import Block
from hojo_cli.verify.checks import Complaint, Examined
from hojo_cli.verify.sources.printed import squeezed
from hojo_cli.verify.sources.wording import LANGUAGES, Quoted, quoted

CODE: Final = "HJ579"

_MODES: Final = {
    "down": (
        r"切り?捨|\bcut (?:down )?to whole|\bround(?:ed|s|ing)? down|\bdropp?ed\b|\btruncat|\bdiscarded",
        Text("切捨て", "cut down"),
    ),
    "up": (r"切り?上げ|繰り?上げ|\bround(?:ed|s|ing)? up(?! half)", Text("切上げ", "rounded up")),
    "half_up": (r"四捨五入|\bhalf(?:-| )up|\bto the nearest", Text("四捨五入", "rounded half up")),
}
_OF_YEN: Final = r"円|補助額|端数|yen|subsid|fraction"


def find(examined: Examined) -> Iterator[Complaint]:
    """Each rounding against what it cites, then each text of the file against all of them. Prices with tax are always cut."""
    texts = list(quoted(examined.blocks))
    rounded = [block for block in examined.blocks if block.at("mode").word() in _MODES]
    modes = {block.at("mode").word() for block in rounded}
    beside = {f"assumptions.{block.provenance.assume}" for block in rounded}
    about_tax = f"assumptions.{examined.ruleset.tax_included.provenance.assume}"
    for block in rounded:
        yield from map(
            Complaint, _cited(block, [text for text in texts if text.owner == f"assumptions.{block.provenance.assume}"])
        )
    for text in texts:
        if modes and text.role != "conflict" and text.owner not in (about_tax, *beside):
            yield from map(Complaint, _elsewhere(text, modes))


def _cited(block: Block, texts: list[Quoted]) -> Iterator[Finding]:
    """The fragment of a rounding, and the label of its assumption."""
    words = [
        *block.provenance.printed,
        *(text.words(lang) for text in texts if text.role == "label" for lang in LANGUAGES),
    ]
    mode = block.at("mode")
    for said in words:
        named = _named(said)
        if named and mode.word() not in named:
            yield finding(
                CODE, mode.where, mode=mode.word(), used=_MODES[mode.word()][1], text=said, said=_MODES[named[0]][1]
            )
            return


def _elsewhere(text: Quoted, modes: set[str]) -> Iterator[Finding]:
    """A text that says how yen are rounded, while nothing in the file is rounded so."""
    for lang in LANGUAGES:
        named = _named(text.words(lang)) if re.search(_OF_YEN, text.words(lang), re.IGNORECASE) else []
        if named and modes.isdisjoint(named):
            mode = min(modes)
            words = {"mode": mode, "used": _MODES[mode][1], "text": text.words(lang), "said": _MODES[named[0]][1]}
            yield finding(CODE, text.where(lang), **words)
            return


def _named(words: str) -> list[str]:
    """The modes that the words name."""
    spaced = " ".join(words.split())
    return [
        mode
        for mode, (pattern, _) in _MODES.items()
        if re.search(pattern, squeezed(words)) or re.search(pattern, spaced, re.IGNORECASE)
    ]
