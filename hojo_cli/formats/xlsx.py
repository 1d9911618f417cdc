"""A batch as an Excel workbook: the summary, what every frame pays for everyone, and every finding with its cell or line."""

from __future__ import annotations

from typing import Final

from hojo_cli.base.finding import Severity, Text
from hojo_cli.base.sanitize import path_text
from hojo_cli.formats.drawing import entries
from hojo_cli.formats.drawing.listing import Listed
from hojo_cli.formats.drawing.screen import Drawing, Screen
from hojo_cli.formats.drawing.workbook import LAST_ROW, Sheet, Workbook
from hojo_cli.results.checked import PAYABLE, Checked, Tally
from hojo_cli.results.head import RulesetHead

SUMMARY: Final = Text("まとめ", "summary")
AMOUNTS: Final = Text("補助額", "amounts")
FINDINGS: Final = Text("指摘", "findings")
_AMOUNTS: Final = (
    Text("ファイル", "file"),
    Text("番号", "record"),
    Text("申請者", "name"),
    Text("年度", "fiscal year"),
    Text("判定", "status"),
    Text("最もよい枠", "best frame"),
    Text("補助額（円）", "subsidy (yen)"),
    Text("併せた補助額（円）", "together (yen)"),
)
_FINDINGS: Final = (
    Text("ファイル", "file"),
    Text("番号", "record"),
    Text("申請者", "name"),
    Text("重さ", "severity"),
    Text("場所", "place"),
    Text("コード", "code"),
    Text("内容", "message"),
    Text("直し方", "hint"),
)
_FRAMES: Final = (
    Text("年度", "fiscal year"),
    Text("枠", "frame"),
    Text("申請可（件）", "payable"),
    Text("要回答（件）", "undecided"),
    Text("最もよい枠（件）", "best frame of"),
    Text("その補助額の合計（円）", "their subsidy (yen)"),
)
_NOT_ALL: Final = Text(
    "1枚のシートに入る行数を超えたので、残りは載せていません。`-o 結果.jsonl` にはすべてあります。",
    "A sheet holds no more rows; the rest is left out. `-o results.jsonl` has all of it.",
)
_ESTIMATE: Final = Text(
    "公表資料による試算です。交付の可否と額は、事務局の審査で決まります。",
    "An estimate from published texts. The office decides whether and how much is granted.",
)


class XlsxCheck(Drawing):
    """Three sheets. Findings are written while they come, amounts in the end: only then it is known which frames there are."""

    def __init__(self, head: RulesetHead | None, screen: Screen) -> None:
        super().__init__(head, screen)
        self.book = Workbook(streamed=True)
        self.summary, self.amounts, self.findings = (
            self.book.sheet(name.into(self.lang)) for name in (SUMMARY, AMOUNTS, FINDINGS)
        )
        self.kept: Listed | None = None
        self.findings.write([column.into(self.lang) for column in _FINDINGS], "head")

    def add(self, checked: Checked) -> str:
        """Its findings."""
        who = (path_text(checked.file), checked.record or None, checked.name)
        for found in checked.findings:
            if self.findings.row >= LAST_ROW:
                continue
            severity = entries.LEVELS[found.severity].into(self.lang)
            what = found.message.into(self.lang), found.hint.into(self.lang).strip()
            weight = "text" if found.severity is Severity.NOTE else str(found.severity)
            styles = ("text", "id", "text", weight, "text", "text", "wrap", "wrap")
            self.findings.write((*who, severity, found.where.within, found.code, *what), styles)
        self.kept = self.kept or Listed(self.listing, most=LAST_ROW)
        self.kept.take(checked)
        return ""

    def close(self, tally: Tally) -> bytes:
        """The whole workbook."""
        self._amounts(tally)
        self._finish(self.findings, len(_FINDINGS))
        sheet, lang = self.summary, self.lang
        sheet.write([entries.title(tally.rulesets).into(lang)], "title")
        sheet.write(())
        for sentence in entries.numbers(tally):
            sheet.write(["", sentence.into(lang)])
        sheet.write(())
        sheet.write([column.into(lang) for column in _FRAMES], "head")
        for year, _, label, frame in entries.by_frame(tally):
            cells = (year, label.into(lang), frame.payable, frame.undecided, frame.best, frame.subsidy)
            sheet.write(cells, ("id", "text", "yen", "yen", "yen", "yen"))
        total = ("", Text("合計", "total").into(lang), None, None, tally.payable, tally.subsidy)
        sheet.write(total, ("text", "best", "best", "best", "best", "best"))
        sheet.write(())
        for ruleset in tally.rulesets:
            sheet.write(("", f"{ruleset.title.into(lang)}  sha256 {ruleset.sha256}"), "faint")
        sheet.write(("", _ESTIMATE.into(lang)), "faint")
        return self.book.finish()

    def _amounts(self, tally: Tally) -> None:
        frames = {name: label for _, name, label, _ in reversed(entries.by_frame(tally))}
        order = list(dict.fromkeys(name for _, name, _, _ in entries.by_frame(tally)))
        labels = {(year, name): label.into(self.lang) for year, name, label, _ in entries.by_frame(tally)}
        head = [*(column.into(self.lang) for column in _AMOUNTS), *(frames[name].into(self.lang) for name in order)]
        self.amounts.write(head, "head")
        levels = {level: entries.LEVELS[level].into(self.lang) for level in entries.LEVELS}
        for checked in self.kept.rows() if self.kept else ():
            if self.amounts.row >= LAST_ROW:
                break
            best = labels.get((checked.fiscal_year, checked.best), checked.best)
            row: list[str | int | None] = [
                path_text(checked.file),
                checked.record or None,
                checked.name,
                checked.fiscal_year or None,
                levels[checked.level],
                best,
                checked.best_yen,
                None if checked.plan is None else checked.plan.total,
            ]
            level = checked.level if checked.level in ("error", "warning") else "text"
            styles = ["text", "id", "text", "id", level, "text", "yen", "yen"]
            outcomes = {outcome.frame: outcome for outcome in checked.outcomes}
            for name in order:
                outcome = outcomes.get(name)
                pays = outcome is not None and outcome.status == PAYABLE
                word = "" if outcome is None else entries.STATUSES[outcome.status][0].into(self.lang)
                row.append(outcome.subsidy if outcome is not None and pays else word)
                styles.append("best" if pays and name == checked.best else "yen" if pays else "faint")
            self.amounts.write(row, styles)
        self._finish(self.amounts, len(head), held=3)

    def _finish(self, sheet: Sheet, columns: int, held: int = 1) -> None:
        sheet.table(columns, held)
        if sheet.row >= LAST_ROW:
            sheet.put(sheet.row, 0, _NOT_ALL.into(self.lang), "error")
