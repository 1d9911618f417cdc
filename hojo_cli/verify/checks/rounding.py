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

from hojo_cli.base.finding import Finding, Location, Text
from hojo_cli.messages import finding
from hojo_cli.verify.examined import Examined
from hojo_cli.verify.sources.printed import squeezed
from hojo_cli.verify.sources.wording import LANGUAGES, quoted_texts

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


def find(examined: Examined) -> Iterator[Finding]:
    """Each rounding against what it cites, then each text of the file against all of them. Prices with tax are always cut."""
    texts = list(quoted_texts(examined.blocks))
    rounded = [block for block in examined.blocks if block.at("mode").word() in _MODES]
    for block in rounded:
        assumption = f"assumptions.{block.provenance.assume}"
        labels = [text for text in texts if text.owner == assumption and text.role == "label"]
        words = (*block.provenance.printed, *(text.words(lang) for text in labels for lang in LANGUAGES))
        mode = block.at("mode")
        wrong = [said for said in words if _named(said) and mode.word() not in _named(said)]
        if wrong:
            yield _differs(mode.word(), wrong[0], mode.where)
    modes = {block.at("mode").word() for block in rounded}
    told = {f"assumptions.{block.provenance.assume}" for block in rounded}
    told.add(f"assumptions.{examined.ruleset.tax_included.provenance.assume}")
    for text in texts if modes else ():
        if text.role != "conflict" and text.owner not in told:
            for lang in LANGUAGES:
                said = text.words(lang)
                if re.search(_OF_YEN, said, re.IGNORECASE) and _named(said) and modes.isdisjoint(_named(said)):
                    yield _differs(min(modes), said, text.where(lang))
                    break


def _differs(mode: str, said: str, where: Location) -> Finding:
    return finding(CODE, where, mode=mode, used=_MODES[mode][1], text=said, said=_MODES[_named(said)[0]][1])


def _named(words: str) -> list[str]:
    """The modes that the words name."""
    spaced = " ".join(words.split())
    return [
        mode
        for mode, (pattern, _) in _MODES.items()
        if re.search(pattern, squeezed(words)) or re.search(pattern, spaced, re.IGNORECASE)
    ]
