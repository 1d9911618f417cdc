"""Numbers and years as people print them, as patterns of a JSON Schema."""

from __future__ import annotations

from typing import Final, assert_never

from hojo_cli.base.number import ERAS, LARGEST, LONGEST, MONTH_UNIT, PIECES, Kind

_FULL_WIDTH: Final = ord("０") - ord("0")
_DIGIT: Final = "[0-9０-９]"
_COMMA: Final = "[,，]"
_POINT: Final = "[.．]"
_PLACE: Final = f"(?:{_DIGIT}{_COMMA}?)"
_WHOLE: Final = f"(?:[0０]|[1-9１-９]{_DIGIT}{{0,2}}(?:{_COMMA}{_DIGIT}{{3}})+|[1-9１-９]{_DIGIT}*)"
_DECIMAL: Final = f"(?:{_WHOLE}(?:{_POINT}{_DIGIT}+)?)"
_ZEROS: Final = f"(?:{_POINT}[0０]{{1,2}}(?!{_DIGIT}))?"
_SPACE: Final = "[ \u3000]*"
_DIGITS: Final = len(str(LARGEST)) - 1
_UNITS: Final = {"兆": 12, "億": 8, "万": 4, "": 0}
_SMALL: Final = {"千": 3, "百": 2, "": 0}
_AT_MOST_THE_LARGEST: Final = f"(?!{_PLACE}{{{_DIGITS + 2},}})(?!(?![1１][^1-9１-９]*$){_PLACE}{{{_DIGITS + 1}}})"
"""Lookaheads: no more places than the largest number has, and with as many only that one."""


def whole(pattern: str) -> str:
    """A pattern for all of a text. `$` would let a line break follow it in Python."""
    return rf"^(?:{pattern})(?![\s\S])"


def number(kind: Kind) -> str:
    """The pattern of a number of a kind: a literal of bounded length with spaces around it."""
    match kind:
        case Kind.YEN:
            sections = "".join(f"(?:{_DECIMAL}[千百]?{unit})?" for unit in ("兆", "億", "万"))
            digits = f"(?=.*{_DIGIT}){sections}(?:{_WHOLE}(?:[千百]|{_ZEROS})?)?"
            literal = f"[¥￥]?{sections_rise()}{decimals_come_out_whole()}{digits}円?"
        case Kind.COUNT:
            sections = "".join(f"(?:{_WHOLE}(?:[千百]{'' if unit else f'|{_ZEROS}'})?{unit})?" for unit in _UNITS)
            literal = f"{sections_rise()}(?=.*{_DIGIT}){sections}(?:{PIECES})?"
        case Kind.MONTHS:
            years = f"(?!{_PLACE}{{14,}}){_WHOLE}{_ZEROS}年"
            months = f"{_AT_MOST_THE_LARGEST}{_WHOLE}{_ZEROS}(?:{MONTH_UNIT})?"
            literal = f"(?:{years}(?:{months}|[間分]?)|{months})"
        case Kind.YEARS:
            literal = f"{_AT_MOST_THE_LARGEST}{_WHOLE}{_ZEROS}(?:年[間分]?)?"
        case Kind.RATE:
            integer = f"(?:[0０]|[1-9１-９]{_DIGIT}{{0,14}})"
            percent = f"(?!{_PLACE}{{18,}}){_DECIMAL}[%％]"
            literal = f"{integer}[/／][1-9１-９]{_DIGIT}*|{percent}|[01０１]"
        case _:
            assert_never(kind)
    bounded = rf"(?=[^ \u3000](?:.{{0,{LONGEST - 2}}}[^ \u3000])?{_SPACE}(?![\s\S]))"
    return whole(f"{_SPACE}{bounded}(?:{literal}){_SPACE}")


def fiscal_year(year: int) -> str:
    """The ways to write a year beside its bare digits."""
    digits = "".join(f"[{digit}{chr(ord(digit) + _FULL_WIDTH)}]" for digit in str(year))
    eras = [f"{era}0?{year - before}" for era, before in ERAS.items() if 0 < year - before < 100]
    return whole(f"(?:{'|'.join((digits, *eras))})(?:年度?)?")


def sections_rise() -> str:
    """Lookaheads: a section stays under the unit above it (1億50,000万), and the first one under the largest amount."""
    lookaheads = []
    for unit, power in _UNITS.items():
        for small, zeros in _SMALL.items():
            places = _DIGITS - power - zeros
            section = f"(?:{_POINT}{_DIGIT}*)?{small}{unit or f'(?![千百兆億万]|{_DIGIT}|{_COMMA}|{_POINT})'}"
            lookaheads.append(
                f"(?!{_PLACE}{{{places + 2},}}{section}|(?![0０]|[1１][^1-9１-９]*$){_PLACE}{{{places + 1}}}{section})"
            )
            for above, higher in _UNITS.items():
                if higher > power:
                    lookaheads.append(f"(?!.*{above}{_PLACE}{{{higher - power - zeros + 1},}}{section})")
    return "".join(lookaheads)


def decimals_come_out_whole() -> str:
    """Lookaheads: 1.23456万 is no whole yen, and what follows 1.5億 would stand below its decimals."""
    lookaheads = []
    for unit, power in list(_UNITS.items())[:-1]:
        for small, zeros in _SMALL.items():
            lookaheads.append(f"(?!.*{_POINT}{_DIGIT}{{{power + zeros}}}{_DIGIT}*[1-9１-９]{_DIGIT}*{small}{unit})")
            lookaheads.append(f"(?!.*{_POINT}{_DIGIT}{{{zeros}}}{_DIGIT}*[1-9１-９]{_DIGIT}*{small}{unit}{_DIGIT})")
    return "".join(lookaheads)
