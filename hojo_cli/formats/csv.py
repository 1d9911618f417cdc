"""CSV for a Japanese Excel: UTF-8 with a BOM, CRLF, one row an input (or a piece of a curve), text that stays text."""

import re
from typing import Final

from hojo_cli.base.finding import Severity, Text
from hojo_cli.base.sanitize import for_terminal, shorten
from hojo_cli.formats.drawing import entries
from hojo_cli.formats.drawing.screen import Drawing, Screen
from hojo_cli.results.checked import Checked
from hojo_cli.results.report import Report

COLUMNS: Final = (
    Text("ファイル", "file"),
    Text("レコード", "record"),
    Text("申請者", "name"),
    Text("判定", "status"),
    Text("最もよい枠", "best"),
    Text("補助額（円）", "subsidy"),
    Text("誤り", "errors"),
    Text("警告", "warnings"),
    Text("注記", "notes"),
    Text("コード", "code"),
    Text("行", "line"),
    Text("列", "column"),
    Text("内容", "message"),
    Text("直し方", "hint"),
    Text("併せた補助額（円）", "together"),
)
"""Counts of findings, then the worst of them; what frames pay together. `--lang en` heads the columns with the keys of the JSON.

Behind them stands a column for each frame with its yen: 0 where it does not pay, nothing where that is not known.
"""

NEAR: Final = (
    Text("境目に近い数", "near"),
    Text("今", "near_now"),
    Text("境目", "near_border"),
    Text("境目の枠", "near_frame"),
    Text("境目での補助額（円）", "near_subsidy"),
    Text("境目の理由", "near_by"),
    Text("境目の数", "near_count"),
)
"""With `--near`: the first of the borders that are near, and how many there are."""

LONGEST: Final = 32_000
"""Characters of a cell; a spreadsheet takes 32,767."""

_QUOTE: Final = '"'

_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠\t\r\n]")
# What a Japanese spreadsheet turns into a number, a date, a time or a truth value: 7123456789012, 1/2, ３－１, 1E5, 令和8年4月1日.
_CHANGED: Final = re.compile(
    r"\s*(?:[(（¥￥\\$€£△▲]*[0-9０-９.．][0-9０-９\s.．,，:：/／\-－%％()（）年月日時分秒E+円€£$¥￥]*(?:[ap]m?)?"
    r"|(?:明治|大正|昭和|平成|令和)\s*[0-9０-９元][0-9０-９年月日\s.．/／\-－]*"
    r"|[MTSHR][0-9]{1,2}[./\-][0-9./\-]*"
    r"|(?:[0-9]{1,4}[ /\-]?)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[ /,\-]{0,2}[0-9]{1,4}"
    r"|[0-9]{1,4}[ /\-]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
    r"|true|false|#[A-Z0-9/]+[!?]?)\s*",
    re.IGNORECASE,
)


def render(report: Report, screen: Screen) -> str:  # noqa: ARG001 - every format is asked alike
    """The rows of a single report, the first of them its head."""
    return "\ufeff" + "".join(row(*cells) for cells in report.rows())


class CsvCheck(Drawing):
    """A header, and a row for every input: a sum below the rows would be sorted among them."""

    columns: tuple[tuple[str, Text], ...] = ()

    def begin(self) -> str:
        """The BOM and the header."""
        heads = [column.into(self.lang) for column in (*COLUMNS, *(NEAR if self.near else ()))]
        frames = (name if self.lang == "en" else f"{label.ja}（円）" for name, label in self.columns)
        return "\ufeff" + row(*heads, *frames)

    def add(self, checked: Checked) -> str:
        """What the input comes to, how many findings, and the worst of them."""
        counts = (entries.count(checked.findings, severity) for severity in Severity)
        level = checked.level if self.lang == "en" else entries.LEVELS[checked.level].ja
        who = (checked.file, checked.record or None, checked.name, level, checked.best, checked.best_yen)
        what: tuple[str | int | None, ...] = (None,) * 5
        if checked.findings:
            worst = entries.worst_first(checked.findings)[0]
            said = worst.message.into(self.lang), worst.hint.into(self.lang).strip()
            what = worst.code, worst.where.line, worst.where.column, *said
        yen = {outcome.frame: outcome.subsidy for outcome in checked.outcomes}
        frames = (yen.get(name) for name, _ in self.columns)
        together = None if checked.plan is None else checked.plan.total
        return row(*who, *counts, *what, together, *(self.border(checked) if self.near else ()), *frames)

    def border(self, checked: Checked) -> tuple[str | int | None, ...]:
        """The first border that is near; of none only that there are none."""
        if not checked.near:
            return (*(None,) * 6, None if checked.near is None else 0)
        first = checked.near[0]
        numbers = [int(text) if text.isdecimal() else text for text in (first.now, first.border)]
        frame = first.frame if self.lang == "en" else first.frame_label.ja
        return (
            first.label.into(self.lang),
            *numbers,
            frame,
            first.after,
            first.clause.into(self.lang),
            len(checked.near),
        )


def row(*cells: str | int | None) -> str:
    """Numbers bare, text quoted, nothing where there is nothing."""
    written = []
    for text in cells:
        quoted = f'"{cell(text).replace(_QUOTE, _QUOTE * 2)}"' if isinstance(text, str) else text
        written.append("" if quoted is None else str(quoted))
    return ",".join(written) + "\r\n"


def cell(text: str) -> str:
    """Text with a `'` before it where a spreadsheet would compute or convert it."""
    shown = shorten(for_terminal(text), LONGEST).replace("##[", "##［")  # a command to the runner of a CI service
    return "'" + shown if _FORMULA.match(text) or _CHANGED.fullmatch(shown[:100]) else shown
