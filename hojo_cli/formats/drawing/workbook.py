"""A workbook for Excel, written by XlsxWriter: text stays text, the same content gives the same bytes.

Every text is written as a string cell, whatever it begins with: nothing foreign becomes a formula or a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from unicodedata import east_asian_width

from hojo_cli.base.finding import THE_CALL, HojoError
from hojo_cli.base.sanitize import for_terminal, shorten
from hojo_cli.messages import finding

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]  # ships no types
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # as above

LONGEST: Final = 32_000
"""Characters of a cell; a spreadsheet takes 32,767."""
LAST_ROW: Final = 1_048_575
"""The last row of a sheet, from 0."""
_A4: Final = 9
_FONT: Final = "Yu Gothic"
_NARROWEST, _WIDEST = 6, 60
_LINE, _HIGHEST = 19, 400
"""Points of a line, and of the highest row there may be."""

_STYLES: Final[Mapping[str, Mapping[str, Any]]] = {  # Any: what XlsxWriter takes
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True, "valign": "vcenter"},
    "fill": {"bg_color": "#FFF9E5"},
    "text": {},
    "id": {"align": "left"},
    "plain": {"num_format": "0"},
    "wrap": {"text_wrap": True},
    "yen": {"num_format": "#,##0"},
    "best": {"num_format": "#,##0", "bold": True, "bg_color": "#E2F0D9"},
    "faint": {"font_color": "#595959"},
    "sample": {"italic": True, "font_color": "#595959", "bg_color": "#F2F2F2"},
    "error": {"font_color": "#9C0006", "bg_color": "#FFC7CE"},
    "warning": {"font_color": "#7F6000", "bg_color": "#FFEB9C"},
    "percent": {"num_format": "0.00%"},
}


class Workbook:
    """A workbook on its way. `HojoError` where XlsxWriter is not installed. `streamed`: rows are written in order, and let go."""

    def __init__(self, *, streamed: bool = False) -> None:
        try:
            import xlsxwriter  # type: ignore[import-untyped]  # as above
        except ImportError:
            raise HojoError(finding("HJ012", THE_CALL, package="XlsxWriter", extra="hojo-cli[excel]")) from None
        self.bytes = BytesIO()
        self.raw = xlsxwriter.Workbook(
            self.bytes, {"constant_memory": streamed, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self.raw.set_properties({"created": datetime(2000, 1, 1), "author": "hojo"})  # noqa: DTZ001  # no clock
        self.styles: dict[str, Format] = {}
        self.sheets: list[Sheet] = []

    def sheet(self, name: str) -> Sheet:
        """One more sheet."""
        made = Sheet(self, self.raw.add_worksheet(name))
        self.sheets.append(made)
        return made

    def style(self, name: str) -> Format:
        """A style by its name, made once."""
        if name not in self.styles:
            self.styles[name] = self.raw.add_format({"font_name": _FONT, "valign": "top", **_STYLES[name]})
        return self.styles[name]

    def finish(self) -> bytes:
        """The whole file."""
        for sheet in self.sheets:
            sheet.fit()
        self.raw.close()
        return self.bytes.getvalue()


class Sheet:
    """Rows, written one below the other; columns become as wide as what stands in them."""

    def __init__(self, book: Workbook, raw: Worksheet) -> None:
        self.book = book
        self.raw = raw
        self.row = 0
        self.widths: dict[int, int] = {}
        self.column_styles: dict[int, str] = {}
        raw.set_landscape()
        raw.set_paper(_A4)
        raw.fit_to_pages(1, 0)
        raw.set_footer("&C&P / &N")

    def write(self, cells: Iterable[str | int | None], style: str | Sequence[str] = "text") -> None:
        """A row, in one style or in one for each cell; numbers are numbers, all else is text. It is as high as what is wrapped in it."""
        cells = list(cells)
        names = [style] * len(cells) if isinstance(style, str) else style
        lines = [
            sum(width(line) // _WIDEST + 1 for line in cell.split("\n"))
            for cell, name in zip(cells, names, strict=True)
            if name == "wrap" and isinstance(cell, str)
        ]
        if lines and max(lines) > 1:
            self.raw.set_row(self.row, min(_LINE * max(lines), _HIGHEST))
        for column, cell in enumerate(cells):
            self.put(self.row, column, cell, names[column])
        self.row += 1

    def put(self, row: int, column: int, cell: str | int | None, style: str) -> None:
        """One cell."""
        if isinstance(cell, int):
            self.raw.write_number(row, column, cell, self.book.style(style))
            shown = f"{cell:,}"
        elif cell is None or cell == "":
            if style != "text":
                self.raw.write_blank(row, column, None, self.book.style(style))
            return
        else:
            lines = cell.split("\n") if style == "wrap" else [cell]
            shown = shorten("\n".join(map(for_terminal, lines)), LONGEST)
            self.raw.write_string(row, column, shown, self.book.style(style))
        if style != "title":
            self.widths[column] = max(self.widths.get(column, 0), width(shown))

    def table(self, columns: int, held: int = 1) -> None:
        """The rows written so far are a table: its first row and first `held` columns stay in sight, and each column has a filter."""
        self.raw.freeze_panes(1, held)
        self.raw.repeat_rows(0)
        self.raw.autofilter(0, 0, max(self.row - 1, 0), columns - 1)

    def fit(self) -> None:
        """Each column as wide as its text, within reason."""
        for column, wide in self.widths.items():
            style = self.book.style(self.column_styles[column]) if column in self.column_styles else None
            self.raw.set_column(column, column, min(max(wide + 2, _NARROWEST), _WIDEST), style)

    def comment(self, row: int, column: int, text: str) -> None:
        """A note that shows when the mouse rests on a cell."""
        lines = sum(width(line) // 46 + 1 for line in text.split("\n"))
        size = {"width": 340, "height": min(18 * (lines + 1), 480)}
        self.raw.write_comment(row, column, shorten(text, LONGEST), {"author": "hojo", **size})

    def choices(self, column: int, rows: int, source: str) -> None:
        """A drop-down for the cells below the header. `source` is a range; another value is only remarked on."""
        self.raw.data_validation(
            1, column, rows, column, {"validate": "list", "source": source, "error_type": "information"}
        )


def width(text: str) -> int:
    """Cells of a text, in a font whose Japanese letters are twice as wide as others; the longest of its lines."""
    return max(sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line) for line in text.split("\n"))
