"""A spreadsheet opened to be read, within bounds: `.xlsx` by openpyxl, without links, macros or formulas that are computed."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from itertools import repeat
from typing import TYPE_CHECKING, BinaryIO, Final, Self

from hojo_cli.base.finding import THE_CALL, Finding, HojoError, Location, Text
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.suggest import plain
from hojo_cli.batch.intake.cell import problems, text
from hojo_cli.document import APPLICANT
from hojo_cli.document.opening import open_file
from hojo_cli.document.recognition import SHEETS, Sort, binary
from hojo_cli.messages import finding

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from hojo_cli.batch.intake.cell import Cell

LARGEST: Final = 32 << 20
"""Bytes of a file."""
UNPACKED: Final = 256 << 20
"""Bytes of everything in it."""
TEXTS: Final = 64 << 20
"""Bytes of the texts that its sheets share, which are held in memory."""
PARTS: Final = 2_000
WIDEST: Final = 500
ROWS: Final = 200_000
"""Rows of a sheet, its columns, and parts of a file."""

_SPREADSHEET: Final = Text("Excel のブック（.xlsx）", "an Excel workbook (.xlsx)")
_SHARED: Final = "xl/sharedStrings.xml"


class SheetRow(NamedTuple):
    """A row as its number says, its cells as text without those that are empty at its end, and what is wrong with it."""

    number: int
    cells: tuple[str, ...]
    wrong: tuple[Finding, ...]


class Book:
    """An open workbook, as a context. `HojoError` where it is none, is too large, or openpyxl is not there."""

    def __init__(self, path: str) -> None:
        self.path = path
        try:
            import openpyxl  # noqa: F401  # before anything is opened
        except ImportError:
            raise HojoError(finding("HJ012", THE_CALL, package="openpyxl", extra="hojo-cli[excel]")) from None
        self.file = os.fdopen(open_file(path), "rb")
        try:
            has_formulas = examined(self.file, path)
            self.values = self._load(values=True)
            self.formulas = self._load(values=False) if has_formulas else None
        except BaseException:
            self.file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        for workbook in filter(None, (self.values, self.formulas)):
            workbook.close()
        self.file.close()

    def _load(self, *, values: bool) -> Workbook:
        import warnings

        from openpyxl import load_workbook

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of what openpyxl does not keep, which is no concern of whoever reads
                return load_workbook(self.file, read_only=True, data_only=values, keep_links=False)
        except Exception as problem:  # noqa: BLE001  # of many kinds, for a file that is damaged
            raise self._damaged(problem) from None

    def _damaged(self, problem: Exception) -> HojoError:
        reason = Text("壊れているか、途中で切れています", f"it is damaged: {type(problem).__name__}")
        return HojoError(finding("HJ481", Location(self.path), path=self.path, reason=reason))

    @property
    def titles(self) -> list[str]:
        """The names of its sheets."""
        return [sheet.title for sheet in self.values.worksheets]

    def title(self, name: str) -> str:
        """The name of the sheet that is meant, whatever its width and case; empty where there is none."""
        wanted = plain(name).casefold()
        return next((title for title in self.titles if plain(title).casefold() == wanted), "")

    def rows(self, title: str) -> Iterator[SheetRow]:
        """The rows of a sheet that hold anything. `HojoError` where it cannot be read any further, or is too large."""
        values = self._cells(self.values, title)
        formulas = repeat(()) if self.formulas is None else self._cells(self.formulas, title)
        count = 0
        for number, (cells, beside) in enumerate(zip(values, formulas, strict=False), 1):
            where = Location(self.path, number, 1, title)
            written = [text(cell) for cell in cells]
            while written and not written[-1].strip():
                written.pop()
            wrong = problems(cells, beside or cells, where)
            if not written and not wrong:
                continue
            count += 1
            if count > ROWS or len(written) > WIDEST:
                raise HojoError(finding("HJ482", where, path=self.path, most=_MOST))
            long = [column for column, cell in enumerate(written, 1) if len(cell) > APPLICANT.scalar]
            if long:
                at = where._replace(column=long[0])
                wrong.append(finding("HJ405", at, reason=_LONG)._replace(hint=Text("", "")))
            yield SheetRow(number, tuple(written), tuple(wrong))

    def _cells(self, workbook: Workbook, title: str) -> Iterator[tuple[Cell, ...]]:
        sheet = workbook[title]
        sheet.reset_dimensions()  # as the file states them they may be anything
        try:
            yield from sheet.iter_rows()
        except Exception as problem:  # noqa: BLE001  # as above
            raise self._damaged(problem) from None


_LONG: Final = Text(
    f"{APPLICANT.scalar:,}文字を超える値があります", f"a value of more than {APPLICANT.scalar:,} characters"
)
_MOST: Final = Text(
    f"{LARGEST >> 20} MiB（展開して {UNPACKED >> 20} MiB）、{ROWS:,}行、{WIDEST}列まで",
    f"{LARGEST >> 20} MiB ({UNPACKED >> 20} MiB unpacked), {ROWS:,} rows, {WIDEST} columns",
)


def examined(file: BinaryIO, path: str) -> bool:
    """Whether any sheet holds formulas. `HojoError` where the file is no workbook, or unpacks to more than anybody writes by hand."""
    where = Location(path)
    head = file.read(4096)
    sort = binary(head)
    file.seek(0, os.SEEK_END)
    if file.tell() > LARGEST:
        raise HojoError(finding("HJ482", where, path=path, most=_MOST))
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            too_much = (
                len(parts) > PARTS
                or sum(part.file_size for part in parts) > UNPACKED
                or any(part.file_size > TEXTS for part in parts if part.filename == _SHARED)
            )
            if too_much:
                raise HojoError(finding("HJ482", where, path=path, most=_MOST))
            if "xl/workbook.xml" not in archive.namelist():
                raise HojoError(_another(path, sort))
            markup = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            for part in markup:
                with archive.open(part) as opened:
                    if b"<!" in opened.read(2048).replace(b"\0", b""):
                        reason = Text("中に DTD があります", "it holds a DTD")
                        raise HojoError(finding("HJ481", where, path=path, reason=reason))
            return any(_holds_formulas(archive, part) for part in markup if "worksheets/sheet" in part.filename)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise HojoError(_another(path, sort)) from None
    finally:
        file.seek(0)


def _another(path: str, sort: Sort | None) -> Finding:
    """What to say of a file that is no workbook: what it is, where that is another sort of file altogether."""
    if sort is not None and sort not in SHEETS:
        return finding("HJ171", Location(path), **sort.words(path, _SPREADSHEET))
    reason = Text("壊れているか、パスワードで保護されています", "it is damaged, or protected by a password")
    return finding("HJ481", Location(path), path=path, reason=reason)


def _holds_formulas(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    tail = b""
    with archive.open(part) as opened:
        for block in iter(lambda: opened.read(1 << 16), b""):
            if b"<f>" in (data := tail + block) or b"<f " in data:
                return True
            tail = block[-2:]
    return False
