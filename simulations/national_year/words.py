"""How figures are written for readers of either language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from hojo_cli.base.finding import Text
from hojo_cli.rules.ruleset import load
from simulations.national_year.published import YEARS, outcomes

LANGUAGES: Final = ("ja", "en")
MINUS: Final = "−"


def yen(amount: int, lang: str, *, signed: bool = False) -> str:
    """億円 or a billion yen, to a tenth and a hundredth of it (the same step)."""
    sign = MINUS if amount < 0 else "+" if signed and amount else ""
    steps = (abs(amount) + 5_000_000) // 10_000_000
    if lang == "ja":
        return f"{sign}{steps // 10:,}.{steps % 10}億円"
    return f"{sign}{steps // 100:,}.{steps % 100:02} bn yen"


def count(number: int, lang: str) -> str:
    """So many applicants."""
    return f"{number:,}者" if lang == "ja" else f"{number:,}"


def percent(part: int, whole: int) -> str:
    """To a tenth of a percent."""
    tenths = (part * 1000 * 2 + whole) // (whole * 2)
    return f"{tenths // 10}.{tenths % 10}%"


def frame(name: str, lang: str) -> str:
    """As the newest ruleset calls it."""
    return load(YEARS[-1]).frames[name].label.into(lang)


def frames(names: Iterable[str], lang: str) -> str:
    """Several of them."""
    return ("・" if lang == "ja" else ", ").join(frame(name, lang) for name in names)


def clause(found: Mapping[str, Any], lang: str) -> str:
    """A changed clause by its frames and what it says; figures as JSON, hence Any."""
    return f"{frames(found['frames'], lang)}{'：' if lang == 'ja' else ': '}{found[lang]}"


def printed_labels() -> dict[str, Text]:
    """The labels of the printed tables, by the Japanese one."""
    return {label.ja: label for table in outcomes().by for label, _ in table.rows}


def called(label: str, lang: str) -> str:
    """A frame or a printed class in the reader's language."""
    return frame(label, lang) if label in load(YEARS[-1]).frames else printed_labels()[label].into(lang)
