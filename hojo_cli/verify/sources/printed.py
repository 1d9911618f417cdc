"""Figures as guidelines print them: what amounts, counts, months and rates a fragment shows, and on which side of them.

`figures("5万円～150万円未満")` are 5万円 (the lower end of a range: 以上) and 150万円 (未満). Full-width characters, white space
and line breaks make no difference (NFKC); kanji numerals before a unit are read (`三分の二`, `五人`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, TypeAlias
from unicodedata import normalize

from hojo_cli.base.exact import Exact
from hojo_cli.base.number import Kind, NumberProblem, read
from hojo_cli.base.record import Record
from hojo_cli.rules.nodes import Number, Op

Value: TypeAlias = "tuple[Exact, Kind]"


class Figure(Record):
    """One figure of a fragment. `op` is the side it bounds (以上・以下・超・未満), None where the fragment does not say."""

    value: Exact
    kind: Kind
    op: Op | None


def value_of(figure: Figure | Number) -> Value:
    """What a figure says, without its side and its place."""
    return figure.value, figure.kind


_AFTER: Final = (
    (r"以上|から|より上|を下限|が下限|に達し", Op.MIN),
    (r"以下|以内|まで|を上限|が上限|を限度|が限度|を超えない", Op.MAX),
    (r"超|を超え|より多い|を上回", Op.ABOVE),
    (r"未満|に満たない|を下回|より少ない", Op.BELOW),
)
_BEFORE: Final = ((r"最大|上限額?|限度額?", Op.MAX), (r"最低|下限額?|少なくとも", Op.MIN))
_RANGE: Final = "[~〜-]"

LONGEST: Final = 500
"""Characters that are read of a fragment: it is a short one by nature, and a ruleset may come from anybody."""

_BIG: Final = r"(?<![0-9,.])[0-9][0-9,.兆億万千百]*"
_PATTERNS: Final = (
    (Kind.RATE, r"[0-9]+分の[0-9]+|[0-9]+/[0-9]+(?![0-9])|[0-9]+(?:\.[0-9]+)?(?:%|パーセント)|[0-9]割"),
    (Kind.YEN, rf"{_BIG}円|¥{_BIG}"),
    (
        Kind.MONTHS,
        r"[0-9]{1,3}[かカヵケヶ箇]月[間分]?|(?<![0-9])[0-9]{1,2}年[間分以未半を]?(?![0-9]*月|度)|(?<![0-9年])[0-9]{1,2}月分",
    ),
    (
        Kind.COUNT,
        r"(?<![A-Za-z第0-9-])[0-9][0-9,]*(?:万)?(?![年月日時分号条項章節第次円兆億千百割倍目番か])[つァ-ヶー一-龠]",
    ),
)
"""In this order: a stretch of text that one pattern has read is not read again by the next."""

_LOOKED_AT: Final = "以未を"
"""Characters that the pattern of months takes to see what it is not: they belong to what follows."""
_DIGITS: Final = "〇一二三四五六七八九"
_UNITS: Final = r"分の|人|名|者|社|円|年|割|つ|[か箇]月|万|億|パーセント"
_KANJI_NUMBER: Final = rf"(?<![0-9０-９])[〇一二三四五六七八九十百千]+(?={_UNITS})|(?<=分の)[一二三四五六七八九十]+"


@lru_cache(1024)
def figures(fragment: str) -> tuple[Figure, ...]:
    """Every figure that the fragment shows, in its order."""
    text = re.sub("[①-⑳]", "", fragment[:LONGEST])
    text = squeezed(re.sub(_KANJI_NUMBER, lambda match: str(from_kanji(match[0])), text))
    text = re.sub(r"\([0-9a-z]{1,2}\)", "|", text)  # （3）は200万円: the mark of a list is no figure
    found: list[tuple[int, Figure]] = []
    for kind, pattern in _PATTERNS:
        for match in re.finditer(pattern, text):
            if (value := value_in(match[0], kind)) is not None:
                end = match.end() - (kind is Kind.COUNT or match[0][-1] in _LOOKED_AT)
                found.append((match.start(), Figure(value, kind, side_of(text, match.start(), end))))
        text = re.sub(pattern, blank, text)
    return tuple(figure for _, figure in sorted(found, key=lambda pair: pair[0]))


def squeezed(text: str) -> str:
    """The text for comparison: NFKC, without white space and line breaks."""
    return re.sub(r"\s+", "", normalize("NFKC", text))


def blank(match: re.Match[str]) -> str:
    """As many characters that nothing reads; one that was only looked at stays."""
    last = match[0][-1] if match[0][-1] in _LOOKED_AT else "_"
    return "_" * (len(match[0]) - 1) + last


def value_in(text: str, kind: Kind) -> Exact | None:
    """What a match of a pattern comes to, in the spelling that applicant files use: `2分の1` → `1/2`, `3割` → `30%`."""
    if kind is Kind.COUNT:
        text = text[:-1]
    elif kind is Kind.RATE:
        text = re.sub(r"([0-9]+)分の([0-9]+)", r"\2/\1", text)
        text = re.sub("割$", "0%", text.replace("パーセント", "%"))
    elif kind is Kind.MONTHS:
        text = re.sub("[間分半]$", "", text.rstrip(_LOOKED_AT))
        text = re.sub(r"^([0-9]+)月$", r"\1か月", text)
    try:
        return read(text, kind)
    except NumberProblem:
        return None


def side_of(text: str, start: int, end: int) -> Op | None:
    """The side a figure bounds: the word right after it, else the sign of a range beside it, else the word right before."""
    rest = re.sub(r"^\([^()]*\)", "", text[end:])
    rest = re.sub(r"^[ぁ-んァ-ヶー一-龠]{0,5}?(?=以上|以下|以内|未満|超)", "", rest)
    for pattern, op in _AFTER:
        if re.match(pattern, rest):
            return op
    if re.match(_RANGE, text[end:]):
        return Op.MIN
    if re.search(rf"{_RANGE}$", text[:start]):
        return Op.MAX
    for pattern, op in _BEFORE:
        if re.search(rf"(?:{pattern})(?:は|が|:|を)?$", text[:start]):
            return op
    return None


def from_kanji(kanji: str) -> int:
    """`二十五` → 25."""
    total, digit = 0, 0
    for character in kanji:
        if character in _DIGITS:
            digit = digit * 10 + _DIGITS.index(character)
        else:
            total += max(digit, 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
    return total + digit
