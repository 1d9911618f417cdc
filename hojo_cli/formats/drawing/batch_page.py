"""A batch for people: the numbers first, then what needs attention. What draws it says how."""

from collections.abc import Iterator, Sequence
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.formats.drawing import entries
from hojo_cli.formats.drawing.screen import Drawing, Screen
from hojo_cli.results.checked import Checked, Tally
from hojo_cli.results.report import Answer, Block, Bullets, Column, Grid, GridRow, Heading, Paragraph, Remark
from hojo_cli.rules.declared import Ruleset

MOST: Final = 200
"""Inputs of each level that are held until the end, and inputs that are shown."""

FEW: Final = 30
"""A batch of no more inputs is listed whole."""

FINDINGS: Final = 20
"""Findings that are shown of one input."""

_MARKS: Final = {"error": "×", "warning": "△", "note": "・", "ok": "○"}
_TONES: Final = {"error": "bad", "warning": "warn", "note": "faint", "ok": "plain"}
_COLUMNS: Final = (
    Column(Text("", "")),
    Column(Text("ファイル", "file")),
    Column(Text("申請者", "name")),
    Column(Text("最もよい枠", "best frame")),
    Column(Text("補助額（円）", "subsidy (yen)"), amount=True),
)


class BatchPage(Drawing):
    """Errors before warnings, each in the order of the inputs."""

    def __init__(self, head: Ruleset | None, screen: Screen) -> None:
        super().__init__(head, screen)
        self._first: list[Checked] = []
        self._held: dict[str, list[Checked]] = {"error": [], "warning": []}
        self._near = entries.Nearest(MOST)

    def add(self, checked: Checked) -> str:
        """Nothing yet."""
        self._near.add(checked)
        targets = [self._first] if len(self._first) <= FEW else []
        if len(self._held.get(checked.level, ())) < MOST and checked.level in self._held:
            targets.append(self._held[checked.level])
        if targets:
            shortened = checked._replace(findings=tuple(entries.worst_first(checked.findings)[: FINDINGS + 1]))
            for target in targets:
                target.append(shortened)
        return ""

    def page(self, tally: Tally) -> Iterator[Block]:
        """All of it."""
        errors, warnings = tally.levels["error"], tally.levels["warning"]
        counts, *others = entries.numbers(tally)
        level = "bad" if errors else "warn" if warnings else "good"
        sentences = Paragraph(counts, level), *(Paragraph(text, "faint") for text in others)
        yield Answer(entries.title(tally.rulesets), sentences)
        shown: Sequence[Checked] = self._first
        if len(shown) > FEW:
            shown = [*self._held["error"], *self._held["warning"]][:MOST]
        elif shown:
            rows = []
            labels = {
                (ruleset.fiscal_year, frame.id): frame.label
                for ruleset in tally.rulesets
                for frame in ruleset.frames.values()
            }
            for checked in shown:
                yen = "" if checked.best_yen is None else f"{checked.best_yen:,}"
                words = _MARKS[checked.level], entries.subject(checked), checked.name, checked.best, yen
                mark, subject, name, best, amount = (Text(word, word) for word in words)
                best = labels.get((checked.fiscal_year, checked.best), best)
                rows.append(GridRow((mark, subject, name, best, amount), _TONES[checked.level]))
            yield Grid(_COLUMNS, (tuple(rows),))
        yield from self._borders()
        for checked in shown:
            if not checked.findings:
                continue
            title = f"{_MARKS[checked.level]} {entries.subject(checked)}  {checked.name}".rstrip()
            yield Heading(Text(title, title), 3)
            for finding in checked.findings[:FINDINGS]:
                where = finding.where
                place = where.within if where.file == checked.file else entries.place(where)
                yield Remark(finding, place)
            if len(checked.findings) > FINDINGS:
                more = Text(
                    "    （この入力の残りの指摘は省きました）", "    (more findings of this input are not shown)"
                )
                yield Paragraph(more, "faint")
        hidden = errors + warnings - sum(checked.level in self._held for checked in shown)
        if hidden > 0:
            yield Paragraph(
                Text(
                    f"ほか {hidden:,}件は表示していません。`--format jsonl` か `--format csv` ですべて見られます。",
                    f"{hidden:,} more are not shown. `--format jsonl` or `--format csv` has them all.",
                ),
                "faint",
            )

    def _borders(self) -> Iterator[Block]:
        """The inputs that are near a border, where they were asked for."""
        if not self.near:
            return
        yield Heading(entries.NEAR)
        sentences = tuple(self._near.sentences())
        yield Bullets(sentences) if sentences else Paragraph(entries.NOBODY_NEAR, "faint")
