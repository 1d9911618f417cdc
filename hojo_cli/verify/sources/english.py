"""Figures as English words quote them: `ten or more members`, `1.5 to 4.5 million yen`, `three years`, `two thirds`.

The counterpart of `printed`, which reads Japanese. What is no figure of a rule is passed over: the day of a date, a year of the
calendar, the number of a row or an article, `a year` where it means every year, and `one` where it is a mere word.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from hojo_cli.base.number import Kind
from hojo_cli.rules.nodes import Op
from hojo_cli.verify.sources.printed import LONGEST, Figure

_ONES: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS: Final = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS: Final = (
    {word: value for value, word in enumerate((*_ONES, *_TEENS), 1)}
    | {word: 10 * value for value, word in enumerate(_TENS, 2)}
    | {"hundred": 100}
)
_SCALES: Final = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_PARTS: Final = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10}

_SCALE: Final = rf"(?:[ -](?:{'|'.join(_SCALES)}))"
_DIGITS: Final = r"(?<![\w.,/-])[0-9][0-9,]*(?:\.[0-9]+)?(?![0-9])"
_SPELT: Final = rf"(?:{'|'.join(_TENS)})[ -](?:{'|'.join(_ONES)})\b|{'|'.join(_WORDS)}"
_NUMBER: Final = rf"(?:{_DIGITS}{_SCALE}*|\b(?:a(?={_SCALE})|{_SPELT}){_SCALE}*)"
_LINK: Final = r"(?: to | and | or |-|–|—|~)(?:under |below |less than |up to |at most )?"
_RANGE: Final = rf"({_NUMBER})({_LINK})({_NUMBER})( ?%| yen\b| months?\b| years?\b)"
_MONTH_NAMES: Final = "january|february|march|april|may|june|july|august|september|october|november|december"
_NO_COUNT: Final = (
    rf"\b(?:row|rows|no\.|number|article|art\.|section|paragraph|item|part|annex|table|fiscal|fy|version|phase|stage|step|"
    rf"(?:{_MONTH_NAMES})) ?(?:{_NUMBER})|{_DIGITS} (?:{_MONTH_NAMES})\b|\((?:{_DIGITS}|[a-z])\)|"
    r"(?<![0-9,.])(?:19|20)[0-9]{2}(?![0-9]|,[0-9]{3})|\b(?:a|per|each|every) (?:year|month)\b"
)
"""Numbers that count nothing."""

_SHARE: Final = (
    rf"\b(?:one|two|three|four|five|a)[ -](?:{'|'.join(_PARTS)})s?\b|\bhalf\b(?! (?:a |an )?(?:year|month|day))"
)

_PATTERNS: Final = (
    (
        Kind.RATE,
        rf"{_DIGITS} ?(?:%|per ?cent\b)|(?<![0-9/])[0-9]+/[0-9]+(?![0-9/])|{_SHARE}",
    ),
    (Kind.YEN, rf"[¥\\]{_NUMBER}|(?:\bjpy ?){_NUMBER}|{_NUMBER}[ -](?:yen|jpy)\b|{_DIGITS}(?: million| billion)+\b"),
    (Kind.MONTHS, rf"{_NUMBER}[ -](?:months?|years?)\b(?! of age)"),
    (Kind.COUNT, rf"{_NUMBER}(?! ?(?:o'clock|am\b|pm\b|hours?\b|days?\b|weeks?\b|stars?\b))"),
)

_UP_TO: Final = (
    r"(?:up to|at most|no more than|not more than|not (?:above|over|exceeding)|within|(?:a )?maximum of|"
    r"(?:a |the )?limit of|(?:a |the )?cap of|capped at|limited to)"
)
_BEFORE: Final = (
    (r"(?:at least|no (?:fewer|less) than|not (?:fewer|less) than|(?:a )?minimum of|from|starting at)", Op.MIN),
    (_UP_TO, Op.MAX),
    (r"(?:more than|over|above|exceed(?:s|ing)?|greater than|in excess of)", Op.ABOVE),
    (r"(?:less than|fewer than|under|below|smaller than)", Op.BELOW),
)
_AFTER: Final = (
    (r"(?:or (?:more|over|above|greater|longer)|and (?:more|over|above|up)|upwards?\b)", Op.MIN),
    (r"(?:or (?:less|fewer|under|below|smaller|shorter)|at (?:most|the most)|and under)", Op.MAX),
    (r"at (?:least|the least)", Op.MIN),
)
_BETWEEN: Final = r"(?:[ -][a-z][a-z-]*){0,4}? "
"""Words of what is counted, between a figure and its bound: `300 regular staff or fewer`."""


@lru_cache(1024)
def figures(words: str) -> tuple[Figure, ...]:
    """Every figure that the words quote, in their order."""
    text = " ".join(normalize("NFKC", words[: 2 * LONGEST]).lower().split())
    text = re.sub(_RANGE, with_units, re.sub(_NO_COUNT, _blank, text))
    found: list[tuple[int, Figure]] = []
    for kind, pattern in _PATTERNS:
        for match in re.finditer(pattern, text):
            value, op = value_in(match[0], kind), side_of(text, match.start(), match.end(), kind)
            if value is None:
                continue
            if kind is Kind.COUNT:  # `one` alone is a word, and after `12 months` a lone `24` is months, too
                if value <= 1 and op is None:
                    continue
                if found and not re.match("[ -][a-z]", text[match.end() :]):
                    continue
            found.append((match.start(), Figure(value, kind, op)))
        text = re.sub(pattern, _blank, text)
    return tuple(figure for _, figure in sorted(found, key=lambda pair: pair[0]))


def _blank(match: re.Match[str]) -> str:
    """As many characters that nothing reads."""
    return "·" * len(match[0])


def with_units(match: re.Match[str]) -> str:
    """A range says its unit once, at its end: `1.5 to 4.5 million yen` is 1.5 million yen to 4.5 million yen."""
    first, link, last, unit = match.groups()
    scale = "" if "," in first or re.search(_SCALE, first) else "".join(re.findall(_SCALE, last))
    return f"{first}{scale}{unit if unit.startswith(('%', ' ')) else f' {unit}'}{link}{last}{unit}"


def value_in(text: str, kind: Kind) -> int | Fraction | None:
    """What a match of a pattern comes to; None where it is no number, or no whole one where whole ones are asked."""
    words = re.findall(r"[a-z]+", text)
    if kind is Kind.RATE and (share := share_in(text, words)) is not None:
        return share
    match = re.search(r"[0-9][0-9,]*(?:\.[0-9]+)?", text)
    if match:
        number = Fraction(match[0].replace(",", ""))
    elif words and words[0] in ("a", *_WORDS):
        number = Fraction(_WORDS.get(words[0], 1))
        del words[0]
    else:
        return None
    for word in words:
        number = number + _WORDS[word] if _WORDS.get(word, 10) < 10 else number * _SCALES.get(word, 1)
    if kind is Kind.RATE:
        return number / 100
    number *= 12 if kind is Kind.MONTHS and "year" in text else 1
    return int(number) if number.denominator == 1 else None


def share_in(text: str, words: list[str]) -> Fraction | None:
    """`2/3`, `two thirds`, `half`; None for a percentage."""
    if match := re.fullmatch(r"([0-9]+)/([0-9]+)", text):
        return Fraction(int(match[1]), int(match[2])) if int(match[2]) else None
    part = _PARTS.get(words[-1], _PARTS.get(words[-1].removesuffix("s"))) if words else None
    return None if part is None else Fraction(_WORDS.get(words[0], 1) if len(words) > 1 else 1, part)


def side_of(text: str, start: int, end: int, kind: Kind) -> Op | None:
    """The side a figure bounds: the words right before it, else those after it, else its place in a range."""
    before, after = text[:start].rstrip("¥ "), text[end:]
    for pattern, op in _BEFORE:
        match = re.search(rf"\b{pattern}(?: a total of)?$", before)
        if match and not (kind is Kind.MONTHS and match[0] == "over"):  # over six months: during them
            return op
    for pattern, op in _AFTER:
        if re.match(rf"(?: |{_BETWEEN}){pattern}", after):
            return op
    if re.match(r" to (?!·*$)(?:under |below |less than |up to )?[0-9¥a]", after):
        return Op.MIN
    return Op.MAX if re.search(r" to$", before) else None
