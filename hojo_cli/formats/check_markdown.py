"""A batch as Markdown: made for the step summary of a CI run, so short whatever the size of the batch."""

import re
from collections.abc import Iterable
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.base.sanitize import for_terminal, shorten, shorten_path
from hojo_cli.formats.drawing import entries, near
from hojo_cli.formats.drawing.screen import Drawing, Screen
from hojo_cli.results.checked import Checked, Tally
from hojo_cli.results.head import RulesetHead

MOST: Final = 100
"""Findings that are shown. With cells of bounded length the page stays far below GitHub's 1 MiB."""

LONGEST: Final = 300
"""Characters of a cell."""

_SPECIAL: Final = re.compile(r"[\\`*_{}\[\]<>()#+!|~&@$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_COUNTS: Final = (
    Text("点検", "checked"),
    Text("問題なし", "ok"),
    Text("注記", "notes"),
    Text("警告", "warnings"),
    Text("誤り", "errors"),
    Text("申請できる", "payable"),
    Text("補助額の合計（円）", "subsidy (yen)"),
)
_HEADS: Final = (
    Text("重さ", "severity"),
    Text("箇所", "place"),
    Text("申請者", "name"),
    Text("コード", "code"),
    Text("内容", "message"),
)


class MarkdownCheck(Drawing):
    """The numbers, then findings: errors before warnings, each in the order of the inputs. Notes are only counted."""

    def __init__(self, head: RulesetHead | None, screen: Screen) -> None:
        super().__init__(head, screen)
        self._rows: dict[str, list[str]] = {"error": [], "warning": []}
        self._hidden = 0
        self._near = near.Nearest(MOST)

    def add(self, checked: Checked) -> str:
        """Nothing yet."""
        self._near.add(checked)
        for found in checked.findings:
            rows = self._rows.get(found.severity)
            if rows is None:
                continue
            if len(rows) < MOST:
                parts = (part.into(self.lang).strip() for part in (found.message, found.hint))
                told = "<br>".join(markdown(part) for part in parts if part)
                place = f"{shorten_path(found.where.file, LONGEST - 30)}:{found.where.line}:{found.where.column}"
                severity = entries.LEVELS[found.severity].into(self.lang)
                rows.append(_row((severity, markdown(place), markdown(checked.name), found.code, told)))
            else:
                self._hidden += 1
        return ""

    def close(self, tally: Tally) -> str:
        """All of it."""
        lines = [f"## {markdown(entries.title(tally.rulesets).into(self.lang))}"]
        levels = (tally.levels[level] for level in ("ok", "note", "warning", "error"))
        counts = (tally.inputs, *levels, tally.payable, tally.subsidy)
        lines += ["", _row(text.into(self.lang) for text in _COUNTS), "|" + "---:|" * len(_COUNTS)]
        lines.append(_row(f"{number:,}" for number in counts))
        if tally.skipped:
            lines += ["", markdown(entries.numbers(tally)[-1].into(self.lang))]
        if self.near:
            sentences = self._near.sentences() or [near.NOBODY_NEAR]
            lines += ["", f"### {near.NEAR.into(self.lang)}", ""]
            lines += [f"- {markdown(sentence.into(self.lang))}" for sentence in sentences]
        rows = [*self._rows["error"], *self._rows["warning"]]
        if rows:
            lines += ["", _row(text.into(self.lang) for text in _HEADS), "|" + "---|" * len(_HEADS), *rows[:MOST]]
        hidden = self._hidden + len(rows[MOST:])
        if hidden:
            rest = Text(f"ほか {hidden:,}件は表示していません。", f"{hidden:,} more are not shown.")
            lines += ["", rest.into(self.lang)]
        return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def markdown(text: str) -> str:
    """Foreign text as Markdown that shows exactly that: no markup, no link, no table border."""
    return _SPECIAL.sub(r"\\\g<0>", shorten(for_terminal(text), LONGEST))
