"""A batch for people: the numbers first, then what needs attention. What draws it says how."""

from collections.abc import Iterator
from typing import Final

from hojo_cli.base.finding import Text, untranslated
from hojo_cli.formats.drawing import entries, near
from hojo_cli.formats.drawing.listing import Listed
from hojo_cli.formats.drawing.screen import Drawing, Screen
from hojo_cli.results.checked import Checked, Tally
from hojo_cli.results.head import RulesetHead
from hojo_cli.results.report import Answer, Block, Bullets, Column, Grid, GridRow, Heading, Paragraph, Remark

MOST: Final = 200
"""Inputs of each level that are held until the end, and inputs that are shown."""

FEW: Final = 30
"""Of a batch of no more inputs the notes are shown, too."""

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


_FRAMES: Final = (
    Column(Text("枠", "frame")),
    Column(Text("申請可（件）", "payable"), amount=True),
    Column(Text("要回答（件）", "undecided"), amount=True),
    Column(Text("最もよい枠（件）", "best frame of"), amount=True),
    Column(Text("その補助額の合計（円）", "their subsidy (yen)"), amount=True),
)


class BatchPage(Drawing):
    """The numbers by frame, everyone's amount, and findings: errors before warnings, each in the order of the inputs."""

    def __init__(self, head: RulesetHead | None, screen: Screen) -> None:
        super().__init__(head, screen)
        self._listed: Listed | None = None
        self._first: list[Checked] = []
        self._held: dict[str, list[Checked]] = {"error": [], "warning": []}
        self._near = near.Nearest(MOST)

    def add(self, checked: Checked) -> str:
        """Nothing yet."""
        self._near.add(checked)
        self._listed = self._listed or Listed(self.listing)
        self._listed.take(checked)
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
        yield Answer(
            entries.title(tally.rulesets), (Paragraph(counts, level), *(Paragraph(text, "faint") for text in others))
        )
        listed = self._listed or Listed(self.listing)
        if tally.inputs > 1:
            yield from by_frame(tally)
        yield from self.everyone(listed, tally)
        shown = self._first
        if len(shown) > FEW or self.listing.problems_only:
            shown = [*self._held["error"], *self._held["warning"]][:MOST]
        if self.near:
            yield Heading(near.NEAR)
            sentences = tuple(self._near.sentences())
            yield Bullets(sentences) if sentences else Paragraph(near.NOBODY_NEAR, "faint")
        for checked in shown:
            if not checked.findings:
                continue
            title = f"{_MARKS[checked.level]} {entries.subject(checked)}  {checked.name}".rstrip()
            yield Heading(untranslated(title), 3)
            for finding in checked.findings[:FINDINGS]:
                where = finding.where
                place = where.within if where.file == checked.file else entries.place(where)
                yield Remark(finding, place)
            if len(checked.findings) > FINDINGS:
                more = Text(
                    "    （この入力の残りの指摘は省きました）", "    (more findings of this input are not shown)"
                )
                yield Paragraph(more, "faint")
        yield from self.left_out(errors + warnings - sum(checked.level in self._held for checked in shown))

    def everyone(self, listed: Listed, tally: Tally) -> Iterator[Block]:
        """A row for each input that is listed."""
        labels = {(year, name): label for year, name, label, _ in entries.by_frame(tally)}
        rows = []
        for checked in listed.rows():
            yen = "" if checked.best_yen is None else f"{checked.best_yen:,}"
            words = _MARKS[checked.level], entries.subject(checked), checked.name, checked.best, yen
            mark, subject, name, best, amount = (untranslated(word) for word in words)
            best = labels.get((checked.fiscal_year, checked.best), best)
            rows.append(GridRow((mark, subject, name, best, amount), _TONES[checked.level]))
        if rows:
            yield Grid(_COLUMNS, (tuple(rows),))
        if fine := tally.inputs - listed.count:
            told = Text(f"問題のない {fine:,}件は省きました。", f"{fine:,} without problems are left out.")
            yield Paragraph(told, "faint")
        if more := listed.count - len(rows):
            told = Text(
                f"ほか {more:,}件は一覧にありません。`-o 結果.xlsx` か `-o 結果.csv` に全員の補助額があります。",
                f"{more:,} more are not listed. `-o results.xlsx` or `-o results.csv` has the amounts of everyone.",
            )
            yield Paragraph(told, "faint")

    def left_out(self, hidden: int) -> Iterator[Block]:
        """How many findings are not shown."""
        if hidden > 0:
            yield Paragraph(
                Text(
                    f"ほか {hidden:,}件は表示していません。`--format jsonl` か `--format csv` ですべて見られます。",
                    f"{hidden:,} more are not shown. `--format jsonl` or `--format csv` has them all.",
                ),
                "faint",
            )


def by_frame(tally: Tally) -> Iterator[Block]:
    """What each frame came to, of those that anybody can apply for."""
    rows = []
    several = len(tally.rulesets) > 1
    for year, _, label, frame in entries.by_frame(tally):
        if frame.payable or frame.undecided:
            named = Text(f"{year}年度 {label.ja}", f"{year} {label.en}") if several else label
            counts = (f"{count:,}" for count in (frame.payable, frame.undecided, frame.best, frame.subsidy))
            rows.append(GridRow((named, *(untranslated(count) for count in counts))))
    if rows:
        yield Heading(Text("枠ごと", "By frame"))
        yield Grid(_FRAMES, (tuple(rows),))
        yield Heading(Text("申請者ごと", "By applicant"))
