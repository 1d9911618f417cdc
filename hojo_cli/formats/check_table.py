"""A batch for a person at a terminal: the numbers first, then what needs attention. Lines are never cut; a terminal's are folded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hojo_cli.base.finding import Severity, Text
from hojo_cli.base.sanitize import commandless, visible
from hojo_cli.base.width import hanging
from hojo_cli.drawing import entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hojo_cli.base.finding import Finding
    from hojo_cli.formats import Drawing, Screen
    from hojo_cli.report import Checked, RulesetHead, Tally

MOST: Final = 200
"""Inputs of each level that are held until the end, and inputs that are shown."""

FEW: Final = 30
"""A batch of no more inputs is listed whole."""

FINDINGS: Final = 20
"""Findings that are shown of one input."""

_MARKS: Final = {"error": "×", "warning": "△", "note": "・", "ok": "○"}
_TONES: Final = {"error": "31", "warning": "33", "note": "2", "ok": "32", "title": "1", "faint": "2"}


def check(head: RulesetHead | None, screen: Screen) -> Drawing:
    """A drawing that holds a bounded number of inputs, since the numbers come first."""
    return Attention(head, screen)


class Attention:
    """Errors before warnings, each in the order of the inputs."""

    def __init__(self, head: RulesetHead | None, screen: Screen) -> None:
        self._head = head
        self._color = screen.color
        self._lang = screen.lang
        self._width = screen.width if screen.terminal else None
        self._first: list[Checked] = []
        self._held: dict[str, list[Checked]] = {"error": [], "warning": []}

    def begin(self) -> str:
        """Nothing yet."""
        return ""

    def add(self, checked: Checked) -> str:
        """Nothing yet."""
        targets = [self._first] if len(self._first) <= FEW else []
        if len(self._held.get(checked.level, ())) < MOST and checked.level in self._held:
            targets.append(self._held[checked.level])
        if targets:
            kept = checked._replace(findings=tuple(entries.worst_first(checked.findings)[: FINDINGS + 1]))
            for target in targets:
                target.append(kept)
        return ""

    def close(self, tally: Tally) -> str:
        """All of it."""
        return "".join(commandless(line) + "\n" for line in self._lines(tally))

    def _lines(self, tally: Tally) -> Iterator[str]:
        yield self._tone(visible(entries.title(entries.rulesets(self._head, tally)).into(self._lang)), "title")
        level = "error" if tally.errors else "warning" if tally.warnings else "ok"
        for place, text in enumerate(entries.numbers(tally)):
            yield self._tone(visible(text.into(self._lang)), "faint" if place else level)
        shown = self._first if len(self._first) <= FEW else [*self._held["error"], *self._held["warning"]][:MOST]
        if shown:
            yield ""
        for checked in shown:
            yield from self._entry(checked)
        hidden = tally.errors + tally.warnings - sum(checked.level in self._held for checked in shown)
        if hidden > 0:
            yield ""
            yield self._say(
                f"ほか {hidden:,}件は表示していません。`--format jsonl` か `--format csv` ですべて見られます。",
                f"{hidden:,} more are not shown. `--format jsonl` or `--format csv` has them all.",
            )

    def _entry(self, checked: Checked) -> Iterator[str]:
        subject = self._tone(f"{_MARKS[checked.level]} {entries.subject(checked)}", checked.level)
        yield "  ".join(part for part in (subject, visible(checked.name), self._outcome(checked)) if part)
        for found in checked.findings[:FINDINGS]:
            yield from self._finding(found, checked)
        if len(checked.findings) > FINDINGS:
            yield "    " + self._say(
                "（この入力の残りの指摘は省きました）", "(more findings of this input are not shown)"
            )

    def _outcome(self, checked: Checked) -> str:
        yen = entries.best_yen(checked)
        return "" if yen is None else f"{checked.best} {yen:,}{Text('円', ' yen').into(self._lang)}"

    def _finding(self, found: Finding, checked: Checked) -> Iterator[str]:
        place = (
            f"{found.where.line}:{found.where.column}"
            if found.where.file == checked.file
            else entries.place(found.where)
        )
        label = entries.LEVELS[found.severity].into(self._lang)
        told = f"{place}  {label} {found.code}  {visible(found.message.into(self._lang).strip())}"
        first, *rest = hanging(told, "    ", self._width)
        yield first.replace(f"  {label} ", f"  {self._tone(label, found.severity)} ", 1)
        yield from rest
        hint = visible(found.hint.into(self._lang).strip())
        if hint and found.severity is not Severity.NOTE:
            for line in hanging(f"→ {hint}", "        ", self._width):
                yield self._tone(line, "faint")

    def _say(self, ja: str, en: str) -> str:
        return self._tone(Text(ja, en).into(self._lang), "faint")

    def _tone(self, text: str, tone: str) -> str:
        return f"\x1b[{_TONES[tone]}m{text}\x1b[0m" if self._color else text
