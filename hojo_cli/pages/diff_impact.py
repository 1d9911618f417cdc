"""The impact of new rules on applicants, as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hojo_cli.base.finding import Text
from hojo_cli.diff.clauses import Comparable
from hojo_cli.diff.impact import Impact
from hojo_cli.explanation.words import Words, figure, joined, say
from hojo_cli.pages.diff_words import Shown, frame_label
from hojo_cli.results.report import Block, Bullets, Column, Grid, GridRow, Heading, Paragraph


def impact_page(impact: Impact, compared: Comparable, shown: Sequence[Shown]) -> Iterator[Block]:
    """Totals, frames, attribution, largest movements, and who could not be weighed."""
    yield Heading(Text("申請者への影響（それぞれ最も有利な枠）", "Impact on applicants (the best frame of each)"))
    files = Text("、".join(impact.files), ", ".join(impact.files))
    template = Text("比べた申請者のファイル：{0}", "applicant files compared: {0}")
    if impact.more:
        template = Text("比べた申請者のファイル：{0} ほか{1}件", "applicant files compared: {0} and {1} more")
    yield Paragraph(say(template, files, f"{impact.more:,}"), "faint")
    template = Text(
        "{0}件を比べました。増える {1}、減る {2}、変わらない {3}、新たに対象になる {4}、対象でなくなる {5}。",
        "{0} compared: {1} gain, {2} lose, {3} stay; {4} become eligible, {5} stop being eligible.",
    )
    compared_inputs = impact.gain + impact.lose + impact.same
    numbers = compared_inputs, impact.gain, impact.lose, impact.same, impact.become, impact.stop
    yield Paragraph(say(template, *(f"{number:,}" for number in numbers)))
    columns: tuple[Column, ...] = (
        Column(Text("枠", "frame")),
        Column(Text("旧（件）", "old: payable"), amount=True),
        Column(Text("旧（円）", "old: yen"), amount=True),
        Column(Text("新（件）", "new: payable"), amount=True),
        Column(Text("新（円）", "new: yen"), amount=True),
        Column(Text("差", "difference"), amount=True),
    )
    rows = []
    for name, frame in impact.frames.items():
        old, new = (f"{frame.old_payable:,}", f"{frame.old:,}"), (f"{frame.new_payable:,}", f"{frame.new:,}")
        rows.append(_row(frame_label(name, compared), *old, *new, f"{frame.new - frame.old:+,}"))
    label = Text("最も有利な枠の合計", "best frames together")
    total = _row(label, "", f"{impact.old:,}", "", f"{impact.new:,}", f"{impact.new - impact.old:+,}")
    yield Grid(columns, (tuple(rows), (total,)))
    yield Heading(Text("どの変更が何円か", "Which change accounts for how many yen"), 3)
    yield _attribution(impact, shown, compared)
    if impact.movements:
        yield Heading(Text("動きの大きい申請者", "Largest movements"), 3)
        columns = (
            Column(Text("ファイル", "file")),
            Column(Text("名称", "name")),
            Column(Text("旧", "old"), amount=True),
            Column(Text("新", "new"), amount=True),
            Column(Text("差", "difference"), amount=True),
        )
        rows = []
        for movement in impact.movements:
            file = movement.file + (f":{movement.record}" if movement.record else "")
            names = Text(file, file), Text(movement.name, movement.name)
            difference = _signed(movement.new - movement.old)
            rows.append(GridRow((*names, figure(movement.old), figure(movement.new), difference)))
        yield Grid(columns, (tuple(rows),))
    yield from _left_out(impact, compared)


def _row(label: Text, *cells: str) -> GridRow:
    return GridRow((label, *(Text(cell, cell) for cell in cells)))


def _attribution(impact: Impact, shown: Sequence[Shown], compared: Comparable) -> Grid:
    """Which change moved how many yen; what changes do only together is a row of its own."""
    columns = Column(Text("変更", "change")), Column(Text("円", "yen"), amount=True)
    rows = []
    for change, yen in zip(shown, impact.parts, strict=True):
        if change.clause.switched is not None:
            account = change.account
            words = say(Text("{0}（{1} → {2}）", "{0} ({1} → {2})"), account.place, account.old, account.new)
            frames = joined((frame_label(name, compared) for name in change.clause.frames), "・", ", ")
            rows.append(GridRow((say(Text("{0}：{1}", "{0}: {1}"), frames, words), _signed(yen))))
    interaction = Text("重なりの効果（変更どうしの組合せ）", "interaction (changes together)")
    rows.append(GridRow((interaction, _signed(impact.interaction))))
    total = GridRow((Text("合計", "total"), _signed(impact.new - impact.old)))
    return Grid(columns, (tuple(rows), (total,)))


def _signed(yen: int) -> Text:
    return Text(f"{yen:+,}円", f"{yen:+,} yen")


def _left_out(impact: Impact, compared: Comparable) -> Iterator[Block]:
    """Applicants whose facts do not settle a result, and files that could not be read."""
    if impact.undecided:
        rules = compared.new.ruleset
        old, new = Words(compared.old.ruleset), Words(rules)
        facts = []
        for name, count in impact.missing:
            words = new if name in rules.facts or name in rules.fields else old
            facts.append(say(Text("{0}（{1}件）", "{0} ({1})"), words.name(name), f"{count:,}"))
        template = Text(
            "{0}件は次の項目が未記入で結果が決まらないため、比べていません。",
            "{0} could not be compared: these facts are missing.",
        )
        yield Paragraph(say(template, f"{impact.undecided:,}"), "warn")
        yield Bullets(tuple(facts))
    if impact.failed:
        template = Text("{0}件は読めませんでした。", "{0} could not be read.")
        yield Paragraph(say(template, f"{len(impact.failed):,}"), "bad")
        template = Text("{0}:{1} {2} {3}", "{0}:{1} {2} {3}")
        yield Bullets(
            tuple(
                say(template, finding.where.file, str(finding.where.line), finding.code, finding.message)
                for finding in impact.failed
            )
        )
