"""A cell of a spreadsheet as the text that a person would have written: what is stored, never computed.

Numbers are exact to the fifteen digits that a spreadsheet shows; a percentage keeps its sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from hojo_cli.base.finding import Finding, Location
from hojo_cli.messages import finding

if TYPE_CHECKING:
    from openpyxl.cell import Cell as AnyCell, MergedCell
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

    Cell: TypeAlias = AnyCell | MergedCell | ReadOnlyCell | EmptyCell

_MIDNIGHT: Final = time()
_LITERAL: Final = re.compile(r'"[^"]*"|\\.')
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def text(cell: Cell) -> str:
    """The text of a cell; empty where nothing is stored."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value) if "_x" in value else value
        case datetime():
            return str(value.date() if value.time() == _MIDNIGHT else value)
        case date() | time():
            return str(value)
        case int():
            return _number(str(value), cell)
    return _number(f"{value:.15g}", cell)


def _number(digits: str, cell: Cell) -> str:
    """A number without an exponent, in percent where it is shown so."""
    try:
        number = Fraction(digits)
    except ValueError:  # infinite, or a duration
        return digits
    percent = "%" in _LITERAL.sub("", str(getattr(cell, "number_format", "") or ""))
    if percent:
        number *= 100
    places = 0
    while number.denominator != 1 and places < _MOST_PLACES:
        number *= 10
        places += 1
    whole = str(abs(number.numerator)).zfill(places + 1)
    shown = f"{whole[:-places]}.{whole[-places:]}" if places else whole
    return f"{'-' if number < 0 else ''}{shown}{'%' if percent else ''}"


_MOST_PLACES: Final = 400


def problems(cells: Iterable[Cell], formulas: Iterable[Cell], where: Location) -> list[Finding]:
    """Cells of a row that hold no value to rely on: an error, or a formula that no spreadsheet has computed yet."""
    found = []
    for column, (cell, formula) in enumerate(zip(cells, formulas, strict=False), 1):
        at = where._replace(column=column)
        if cell.data_type == "e":
            found.append(finding("HJ484", at, shown=str(cell.value)))
        elif formula.data_type == "f" and cell.value is None:
            found.append(finding("HJ483", at))
    return found
