"""Every date is a day of the calendar, `valid` ends after it begins, and it fits the fiscal year.

Dates of the file (`valid`, `as_of`, of sources) are looked at, and those that its words name: 2026年2月31日, 令和8年4月31日, 31 April 2026.

Bad:
    valid: {from: '2027-04-01', to: '2026-03-31'}
Bad:
    valid: {from: '2026-02-31', to: '2027-03-31'}
Bad:
    as_of: '2026-06-31'
Bad:
    title: {ja: 小さな補助金（2026年9月31日まで）, en: Small aid}
Good:
    valid: {from: '2026-02-28', to: '2027-03-31'}
Good:
    title: {ja: 小さな補助金（令和6年2月29日まで）, en: Small aid (until 29 February 2024)}
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator
from datetime import date
from typing import Final
from unicodedata import normalize

from hojo_cli.base.finding import Finding, Text
from hojo_cli.base.number import ERAS
from hojo_cli.document import Scalar
from hojo_cli.messages import finding
from hojo_cli.verify.examined import Examined

CODE: Final = "HJ529"

_MONTHS: Final = {name.lower(): place for place, name in enumerate(month_name) if name}
_NAMES: Final = "|".join(_MONTHS)
_YEARS_BEFORE: Final = {"": 0, "昭和": 1925, **ERAS}
_PLAIN: Final = r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?"
_JAPANESE: Final = r"(令和|平成|昭和|)([0-9]{1,4}|元)年([0-9]{1,2})月([0-9]{1,2})日"
_ENGLISH: Final = rf"\b([0-9]{{1,2}}) ({_NAMES}) ([0-9]{{4}})\b|\b({_NAMES}) ([0-9]{{1,2}}), ([0-9]{{4}})\b"

_REVERSED: Final = Text("`valid` の終わりが始まりより前です。", "`valid` ends before it begins.")
_OUTSIDE: Final = Text("`valid` が年度から離れています。", "`valid` lies outside the fiscal year.")


def find(examined: Examined) -> Iterator[Finding]:
    """Each date, then the period against itself and the year."""
    for block in examined.blocks:
        for _, entry in block.keyed():
            if isinstance(entry.node, Scalar):
                for written, year, month, day in dates_in(normalize("NFKC", entry.word())):
                    try:
                        date(year, month, day)
                    except ValueError:
                        yield finding("HJ574", entry.where, date=written)
    ruleset = examined.ruleset
    if ruleset.valid_from > ruleset.valid_to:
        yield finding(CODE, examined.place("valid", "to"), what=_REVERSED)
    elif not int(ruleset.valid_from[:4]) - 1 <= ruleset.fiscal_year <= int(ruleset.valid_to[:4]):
        yield finding(CODE, examined.place("fiscal_year"), what=_OUTSIDE)


def dates_in(text: str) -> Iterator[tuple[str, int, int, int]]:
    """Every date of a text as it is written, with its year, month and day (the first where it names none)."""
    if match := re.fullmatch(_PLAIN, text):
        yield text, int(match[1]), int(match[2]), int(match[3] or 1)
    for match in re.finditer(_JAPANESE, text):
        year = 1 if match[2] == "元" else int(match[2])
        if match[1] or year > 100:  # 3年6月1日 alone may be a length of time, or any era
            yield match[0], _YEARS_BEFORE[match[1]] + year, int(match[3]), int(match[4])
    for match in re.finditer(_ENGLISH, text, re.IGNORECASE):
        day, name, written_year = match.group(1, 2, 3) if match[1] else match.group(5, 4, 6)
        yield match[0], int(written_year), _MONTHS[name.lower()], int(day)
