"""The impact of new rules on applicants, as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hojo_cli.base.finding import Text
from hojo_cli.base.sanitize import for_terminal
from hojo_cli.diff.clauses import Comparable
from hojo_cli.diff.impact import Impact
from hojo_cli.explanation.words import Words, figure, joined, say
from hojo_cli.pages.diff_words import Shown
from hojo_cli.report import Block, Bullets, Column, Grid, Heading, Paragraph, Row


def impact_page(impact: Impact, compared: Comparable, shown: Sequence[Shown]) -> Iterator[Block]:
    """Totals, frames, attribution, largest movements, and who could not be weighed."""
    yield Heading(Text("申請者への影響（それぞれ最も有利な枠）", "Impact on applicants (the best frame of each)"))
    yield Paragraph(_files(impact), "faint")
    weighed = impact.gain + impact.lose + impact.same
    counted = Text("{0}件を比べました。増える {1}、減る {2}、変わらない {3}、新たに対象になる {4}、対象でなくなる {5}。",
                   "{0} compared: {1} gain, {2} lose, {3} stay; {4} become eligible, {5} stop being eligible.")  # fmt: skip
    numbers = (weighed, impact.gain, impact.lose, impact.same, impact.become, impact.stop)
    yield Paragraph(say(counted, *(f"{number:,}" for number in numbers)))
    yield _frames(impact, compared)
    yield Heading(Text("どの変更が何円か", "Which change accounts for how many yen"), 3)
    yield _attribution(impact, shown, compared)
    if impact.movements:
        yield Heading(Text("動きの大きい申請者", "Largest movements"), 3)
        yield _movements(impact)
    yield from _left_out(impact, compared)


def _files(impact: Impact) -> Text:
    names = "、".join(map(for_terminal, impact.files)), ", ".join(map(for_terminal, impact.files))
    if not impact.more:
        return say(Text("比べた申請者のファイル：{0}", "applicant files compared: {0}"), Text(*names))
    text = Text("比べた申請者のファイル：{0} ほか{1}件", "applicant files compared: {0} and {1} more")
    return say(text, Text(*names), f"{impact.more:,}")


def _frames(impact: Impact, compared: Comparable) -> Grid:
    columns = (
        Column(Text("枠", "frame")),
        Column(Text("旧（件）", "old: payable"), amount=True),
        Column(Text("旧（円）", "old: yen"), amount=True),
        Column(Text("新（件）", "new: payable"), amount=True),
        Column(Text("新（円）", "new: yen"), amount=True),
        Column(Text("差", "difference"), amount=True),
    )
    rows = []
    for name, seen in impact.frames.items():
        frame = compared.new.ruleset.frames.get(name) or compared.old.ruleset.frames[name]
        cells = (
            f"{seen.old_payable:,}",
            f"{seen.old:,}",
            f"{seen.new_payable:,}",
            f"{seen.new:,}",
            f"{seen.new - seen.old:+,}",
        )
        rows.append(Row((frame.label, *(Text(cell, cell) for cell in cells))))
    total = "", f"{impact.old:,}", "", f"{impact.new:,}", f"{impact.new - impact.old:+,}"
    best = Row((Text("最も有利な枠の合計", "best frames together"), *(Text(cell, cell) for cell in total)))
    return Grid(columns, (tuple(rows), (best,)))


def _attribution(impact: Impact, shown: Sequence[Shown], compared: Comparable) -> Grid:
    columns = Column(Text("変更", "change")), Column(Text("円", "yen"), amount=True)
    rows = []
    for each, part in zip(shown, impact.parts, strict=True):
        if each.clause.switched is not None:
            rows.append(Row((_named(each, compared), _signed(part))))
    interaction = Text("重なりの効果（変更どうしの組合せ）", "interaction (changes together)")
    rows.append(Row((interaction, _signed(impact.interaction))))
    total = Row((Text("合計", "total"), _signed(impact.new - impact.old)))
    return Grid(columns, (tuple(rows), (total,)))


def _named(each: Shown, compared: Comparable) -> Text:
    account = each.account
    changed = say(Text("{0}（{1} → {2}）", "{0} ({1} → {2})"), account.place, account.old, account.new)
    frames = {**compared.old.ruleset.frames, **compared.new.ruleset.frames}
    return say(
        Text("{0}：{1}", "{0}: {1}"), joined((frames[name].label for name in each.clause.frames), "・", ", "), changed
    )


def _movements(impact: Impact) -> Grid:
    columns = (
        Column(Text("ファイル", "file")),
        Column(Text("名称", "name")),
        Column(Text("旧", "old"), amount=True),
        Column(Text("新", "new"), amount=True),
        Column(Text("差", "difference"), amount=True),
    )
    rows = []
    for each in impact.movements:
        file = for_terminal(each.file) + (f":{each.record}" if each.record else "")
        named = Text(file, file), Text(for_terminal(each.name), for_terminal(each.name))
        rows.append(Row((*named, figure(each.old), figure(each.new), _signed(each.new - each.old))))
    return Grid(columns, (tuple(rows),))


def _signed(yen: int) -> Text:
    return Text(f"{yen:+,}円", f"{yen:+,} yen")


def _left_out(impact: Impact, compared: Comparable) -> Iterator[Block]:
    if impact.undecided:
        rules = compared.new.ruleset
        old, new = Words(compared.old.ruleset), Words(rules)
        asked = [
            say(
                Text("{0}（{1}件）", "{0} ({1})"),
                (new if name in rules.facts or name in rules.fields else old).name(name),
                f"{count:,}",
            )
            for name, count in impact.missing
        ]
        text = Text(
            "{0}件は次の項目が未記入で結果が決まらないため、比べていません。",
            "{0} could not be compared: these facts are missing.",
        )
        yield Paragraph(say(text, f"{impact.undecided:,}"), "warn")
        yield Bullets(tuple(asked))
    if impact.failed:
        yield Paragraph(
            say(Text("{0}件は読めませんでした。", "{0} could not be read."), f"{len(impact.failed):,}"), "bad"
        )
        yield Bullets(
            tuple(_failed(found.where.file, found.where.line, found.code, found.message) for found in impact.failed)
        )


def _failed(file: str, line: int, code: str, message: Text) -> Text:
    return say(Text("{0}:{1} {2} {3}", "{0}:{1} {2} {3}"), for_terminal(file), str(line), code, message)
