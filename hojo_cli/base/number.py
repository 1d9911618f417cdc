"""Amounts, counts, months and rates: read as people print them, shown as they are printed.

Everything is an integer or an exact fraction. A literal that hojo does not accept is a
`NumberProblem` whose code says which mistake it is.
"""

import re
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Final, assert_never

from hojo_cli.base.finding import Text

LARGEST: Final = 10**15
"""The largest amount, count or number of months (inclusive) that hojo reads."""
LONGEST: Final = 40
"""The most characters a literal may have."""


class Kind(StrEnum):
    """What a number counts: 円, people or things, か月, 年, or a share of something."""

    YEN = "yen"
    COUNT = "count"
    MONTHS = "months"
    YEARS = "years"
    RATE = "rate"


class NumberProblem(Exception):
    """A text that is no number of the kind asked: a catalogue code and the words it needs."""

    def __init__(self, code: str, words: dict[str, object]) -> None:
        self.code = code
        self.words = words


# Only these full-width characters are the same as ASCII ones. A blanket NFKC would also turn
# ① and ² into digits.
_FOLD: Final = str.maketrans("０１２３４５６７８９，．／％￥\u3000", "0123456789,./%¥ ")

_NUMBER: Final = r"([0-9][0-9,]*(?:\.[0-9]+)?)"
_BIG: Final = {"兆": 10**12, "億": 10**8, "万": 10**4, "": 1}
_SMALL: Final = {"千": 1000, "百": 100, None: 1}
_SECTIONS: Final = "".join(f"(?:{_NUMBER}([千百])?{big})?" for big in _BIG)

# Patterns stay text: `re` compiles and keeps them on first use, which start-up does not pay for.
_YEN: Final = f"¥?(?:{_SECTIONS})円?"
PIECES: Final = "人|名|社|者|件|個|台|つ|本|枚|式|セット|種類|アカウント|ライセンス"
MONTH_UNIT: Final = "[かカヵケヶ箇]?月[間分]?"
"""How months are counted; as `PIECES`, part of a pattern."""
_COUNT: Final = f"(?:{_SECTIONS})(?:{PIECES})?"
_WHOLE: Final = r"([0-9][0-9,]*)"
_MONTHS: Final = rf"(?:{_WHOLE}年)?{_WHOLE}(?:{MONTH_UNIT})?|{_WHOLE}年[間分]?"
_YEARS: Final = rf"{_WHOLE}(?:年[間分]?)?"
_PERCENT: Final = rf"{_NUMBER}%"
_SHARE: Final = r"([0-9]+)/([0-9]+)"
_ZEROS: Final = r"(?<=[0-9])\.0{1,2}(?![0-9.兆億万千百%/])"
"""The `.00` that a spreadsheet puts behind a whole number. `1.000` may be a thousand, so three zeros are left as they are."""
_GROUPED: Final = r"[0-9]{1,3}(?:,[0-9]{3})+"


def read(text: str, kind: Kind) -> int | Fraction:
    """The number that `text` writes: int for yen, counts, months and years, Fraction for a rate.

    `NumberProblem` where it writes none of this kind, above 10**15, or with the unit of another.
    """
    digits = kind is not Kind.RATE and text.isascii() and text.isdigit() and len(text) < 16
    if digits and (text[0] != "0" or text == "0"):
        return int(text)
    if len(text) > LONGEST:
        raise _problem("HJ161", text, kind)
    return read_literal(text, kind)


@lru_cache(4096)  # a batch repeats the same few literals; refusals are not kept
def read_literal(text: str, kind: Kind) -> int | Fraction:
    """The same for a text that is more than bare digits."""
    folded = text.translate(_FOLD).strip(" ")
    if not folded:
        raise _problem("HJ166", text, kind)
    if kind is not Kind.RATE:
        folded = re.sub(_ZEROS, "", folded)
    value = _value(folded, kind)
    if value is None:
        raise refusal(folded, text, kind)
    if value > LARGEST:
        raise _problem("HJ159", text, kind)
    return value


ERAS: Final = {"令和": 2018, "平成": 1988, "R": 2018, "H": 1988}
"""The year before the first of each era."""
_YEAR: Final = rf"(?:({'|'.join(ERAS)})(元|[0-9]{{1,2}})|([0-9]{{4}}))(?:年度?)?"


def read_year(text: str) -> str:
    """A fiscal year by its four digits: `2026`, `2026年度`, `令和8年度`, `R8`. The text itself where it names none."""
    match = re.fullmatch(_YEAR, text.translate(_FOLD).strip(" "))
    if match is None:
        return text
    era, place, year = match.groups()
    return year or str(ERAS[era] + (1 if place == "元" else int(place)))


def is_year(text: str) -> bool:
    """Whether a text names a year and no file: four digits."""
    return text.isascii() and text.isdecimal() and len(text) == 4


def _value(text: str, kind: Kind) -> int | Fraction | None:
    """The number that a text in ordinary width writes; None where it is none of this kind."""
    match kind:
        case Kind.YEN | Kind.COUNT:
            match = re.fullmatch(_YEN if kind is Kind.YEN else _COUNT, text)
            return None if match is None else sum_of_sections(match.groups(), kind)
        case Kind.MONTHS:
            if (match := re.fullmatch(_MONTHS, text)) is None:
                return None
            years, months, alone = match.groups(default="0")
            return _whole(years, 12, kind) + _whole(months, 1, kind) + _whole(alone, 12, kind)
        case Kind.YEARS:
            match = re.fullmatch(_YEARS, text)
            return None if match is None else _whole(match[1], 1, kind)
        case Kind.RATE:
            if match := re.fullmatch(_SHARE, text):
                over, under = (_digits(part, kind) for part in match.groups())
                if under == 0:
                    raise _problem("HJ165", text, kind)
                return Fraction(over, under)
            if match := re.fullmatch(_PERCENT, text):
                number, _, decimals = match[1].partition(".")
                return Fraction(int(f"{_digits(number, kind)}{decimals}"), 100 * 10 ** len(decimals))
            return Fraction(text) if text in ("0", "1") else None
    assert_never(kind)


def sum_of_sections(groups: tuple[str | None, ...], kind: Kind) -> int | None:
    """The sum of the sections 兆・億・万・一; None where the text has no digit at all.

    A section stays below the unit above it (`1億50,000万` is refused), and only the last one
    that is written may have decimals.
    """
    total, above, empty = 0, 0, True
    for (unit, scale), number, small in zip(_BIG.items(), groups[::2], groups[1::2], strict=True):
        if number is None:
            continue
        if "." in number and (not unit or kind is not Kind.YEN):
            return None
        value = _whole(number, scale * _SMALL[small], kind)
        if above and (value >= above or total % above):
            return None
        total, above, empty = total + value, scale, False
    return None if empty else total


def _whole(number: str, scale: int, kind: Kind) -> int:
    """`number` × `scale`, which must come to a whole number."""
    whole, _, decimals = number.partition(".")
    value = int(f"{_digits(whole, kind)}{decimals}") * scale
    scale_down: int = 10 ** len(decimals)
    if value % scale_down:
        raise _problem("HJ163", number, kind)
    return value // scale_down


def _digits(number: str, kind: Kind) -> int:
    """The integer of digits that may be grouped in threes by commas."""
    if "," in number and not re.fullmatch(_GROUPED, number):
        raise _problem("HJ160", number, kind)
    if number[0] == "0" and len(number) > 1:
        raise _problem("HJ155", number, kind)
    return int(number.replace(",", ""))


_MISTAKES: Final = (
    (r".*[0-9].*(?:税込|税抜|税別|内税|外税).*|.*(?:税込|税抜|税別|内税|外税).*[0-9].*", "HJ178"),
    (r"~|null", "HJ166"),
    (r"true|false|yes|no|on|off|はい|いいえ", "HJ157"),
    (r"[-−－ー‐–—△▲].*|\([0-9,]+円?\)", "HJ154"),
    (r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}.*", "HJ158"),
    (r"(?:令和|平成|昭和|[RHS])[0-9元].*|[0-9]+年[0-9]+月[0-9]+日", "HJ158"),
    (r"0[xob][0-9a-f_]*", "HJ156"),
    (r"[0-9]+(?:_[0-9]+)+", "HJ153"),
    (r"\.inf|\.nan|[+]\.inf|[0-9.]+e[-+]?[0-9]+", "HJ152"),
    (r".*[¹²³⁴-⁹⁰①-⓿❶-➓Ⅰ-ⅿ½¼¾〇一二三四五六七八九十].*", "HJ164"),
)
_KNOWN: Final = "0123456789兆億万千百"
_UNITS: Final = (
    (Kind.RATE, r"[0-9,.]+%|[0-9]+/[0-9]+|[0-9.]+割"),
    (Kind.YEN, r"¥.*|[0-9,.兆億万千百]+円"),
    (Kind.COUNT, rf"[0-9,.万千百]+(?:{PIECES})"),
    (Kind.YEARS, r"[0-9,.]+年[間分]?"),
    (Kind.MONTHS, rf"([0-9,.]+年)?[0-9,.]+{MONTH_UNIT}"),
)


def refusal(folded: str, text: str, kind: Kind) -> NumberProblem:
    """The most telling code for a text that no grammar takes."""
    without_spaces = re.sub(r"\s", "", folded)
    try:
        if _value(without_spaces, kind) is not None:
            return _problem("HJ170", text, kind, plain=without_spaces)
    except NumberProblem:
        pass
    for pattern, code in _MISTAKES:
        if re.fullmatch(pattern, folded, re.IGNORECASE):
            return _problem(code, text, kind)
    for other, pattern in _UNITS:
        if other is not kind and re.fullmatch(pattern, folded):
            return _problem("HJ162", text, kind, found=NAMES[other])
    if kind is not Kind.RATE and re.fullmatch(r"¥?[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:円|人)?", folded):
        return _problem("HJ169", text, kind, plain=folded.replace(".", ","))
    if re.fullmatch(r"(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:円|人)?", folded):
        return _problem("HJ151", text, kind)
    if kind is Kind.RATE and re.fullmatch("[0-9,]+", folded):
        return _problem("HJ167", text, kind)
    if re.fullmatch("¥?[0-9][0-9.,兆億万千百]*円?", folded):
        return _problem("HJ168", text, kind)
    unknown = any(part.isnumeric() and part not in _KNOWN for part in folded)
    return _problem("HJ164" if unknown else "HJ150", text, kind)


NAMES: Final = {
    Kind.YEN: Text("金額", "an amount of yen"),
    Kind.COUNT: Text("数", "a count"),
    Kind.MONTHS: Text("月数", "a number of months"),
    Kind.YEARS: Text("年数", "a number of years"),
    Kind.RATE: Text("割合", "a rate"),
}
"""What a kind is called in a message."""

EXAMPLES: Final = {
    Kind.YEN: Text("`1500000`、`150万円`", "`1500000` or `150万円`"),
    Kind.COUNT: Text("`5`、`5人`", "`5` or `5人`"),
    Kind.MONTHS: Text("`24`、`24か月`、`2年`", "`24`, `24か月` or `2年`"),
    Kind.YEARS: Text("`2`、`2年`", "`2` or `2年`"),
    Kind.RATE: Text("`1/2`、`3.5%`", "`1/2` or `3.5%`"),
}
"""How a number of a kind may be written."""


def _problem(code: str, text: str, kind: Kind, **words: object) -> NumberProblem:
    known: dict[str, object] = {"text": text, "asked": NAMES[kind], "example": EXAMPLES[kind]}
    return NumberProblem(code, known | words)


def exact(value: int | Fraction) -> str:
    """The value without any rounding, for machines: `625000` or `2000000/3`."""
    whole = value.denominator == 1
    return f"{value.numerator}" if whole else f"{value.numerator}/{value.denominator}"


def show(value: int | Fraction, kind: Kind, lang: str = "ja") -> str:
    """The value as people print it, in "ja" or "en"; what is not whole stays a fraction (`mixed`)."""
    if kind is Kind.RATE:
        if (value.numerator, value.denominator) in _PRINTED or 10_000 % value.denominator:
            return exact(value)
        percent, rest = divmod(value.numerator * 10_000 // value.denominator, 100)
        return f"{percent}.{rest:02d}".rstrip("0").rstrip(".") + "%"
    number = mixed(value)
    if lang != "en":
        return number + _SUFFIX[kind].ja
    return number + (_SUFFIX[kind].en[: -1 if value == 1 and kind in (Kind.MONTHS, Kind.YEARS) else None])


def mixed(value: int | Fraction) -> str:
    """`654,925 4/5`: the whole, grouped by three, and what is left of it."""
    whole, rest = divmod(abs(value.numerator), value.denominator)
    parts = [f"{whole:,}"] if whole or not rest else []
    return ("-" if value < 0 else "") + " ".join([*parts, f"{rest:,}/{value.denominator:,}"] if rest else parts)


_SUFFIX: Final = {
    Kind.YEN: Text("円", " yen"),
    Kind.COUNT: Text("人", ""),
    Kind.MONTHS: Text("か月", " months"),
    Kind.YEARS: Text("年", " years"),
}
_PRINTED: Final = {(1, 2), (1, 4), (3, 4), (4, 5)}
"""Rates that guidelines print as fractions though they are short in percent, in which others are printed."""
