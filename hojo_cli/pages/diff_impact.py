"""The impact of new rules on applicants, as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.base.texts import figure, joined, say
from hojo_cli.diff.clauses import Comparable
from hojo_cli.diff.totals import Group, Impact, in_order
from hojo_cli.pages.diff_words import Shown, frame_label
from hojo_cli.results.report import Bar, Bars, Block, Bullets, Column, Grid, GridRow, Heading, Paragraph
from hojo_cli.rules.words import Words


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
    for name, groups in impact.groups.items():
        yield from _by(name, groups, compared)
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


def _by(name: str, groups: Mapping[str | None, Group], compared: Comparable) -> Iterator[Block]:
    """Who gains and who loses, by the values of a column of the table; where they are many, those where most yen move."""
    words, spec = Words(compared.both), compared.both.facts.get(name)
    label = Text(name, name) if spec is None else spec.label
    yield Heading(say(Text("「{0}」ごと", "By {0}"), label), 3)
    columns: tuple[Column, ...] = (
        Column(label),
        Column(Text("比べた件数", "compared"), amount=True),
        Column(Text("増える", "gain"), amount=True),
        Column(Text("減る", "lose"), amount=True),
        Column(Text("旧（円）", "old: yen"), amount=True),
        Column(Text("新（円）", "new: yen"), amount=True),
        Column(Text("差", "difference"), amount=True),
        Column(Text("未定", "undecided"), amount=True),
    )
    ordered = in_order(groups)
    rows = [_group_row(_value(name, value, words), group) for value, group in ordered[:_SHOWN]]
    if rest := ordered[_SHOWN:]:
        together = reduce(Group.plus, (group for _, group in rest))
        rows.append(_group_row(say(Text("ほか{0}", "{0} more"), f"{len(rest):,}"), together))
    total = _group_row(Text("合計", "total"), reduce(Group.plus, groups.values(), Group()))
    yield Grid(columns, (tuple(rows), (total,)))
    moved = [(value, group) for value, group in ordered if group.gain or group.lose]
    moved = sorted(moved, key=lambda entry: -max(entry[1].gain, entry[1].lose))[:_DRAWN]
    if moved:
        yield Bars(
            say(Text("「{0}」ごとの増える人と減る人", "Who gains and who loses, by {0}"), label),
            Text("減る申請者", "applicants who lose"),
            Text("増える申請者", "applicants who gain"),
            tuple(Bar(_value(name, value, words), group.lose, group.gain) for value, group in moved),
        )


_DRAWN: Final = 15
"""So many values of a column are drawn, those of whom most gain or lose."""
_SHOWN: Final = 50
"""So many values of a column are listed, and the others together."""


def _value(name: str, value: str | None, words: Words) -> Text:
    """A value in the words of the ruleset where it is one of its choices."""
    spec = words.ruleset.facts.get(name)
    if value is None:
        return Text("（値なし）", "(no value)")
    if spec is not None and spec.kind == "boolean":
        return words.value(name, value == "true")
    if spec is not None and value in spec.choices:
        return spec.choices[value]
    return Text(value, value)


def _group_row(label: Text, group: Group) -> GridRow:
    counts = f"{group.applicants:,}", f"{group.gain:,}", f"{group.lose:,}"
    yen = f"{group.old:,}", f"{group.new:,}", f"{group.new - group.old:+,}"
    return _row(label, *counts, *yen, f"{group.undecided:,}")


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
        if impact.unexamined:
            template = Text(
                "上の項目は、はじめの{0}件を1件ずつ調べたものです。残りの{1}件は数と範囲だけを示しています。",
                "These are the facts that the first {0} lack, looked at one by one; of the other {1} only the number and the range are told.",
            )
            examined = impact.undecided - impact.unexamined
            yield Paragraph(say(template, f"{examined:,}", f"{impact.unexamined:,}"), "faint")
        template = Text(
            "結果の決まらない{0}件の、最も有利な枠の合計は、旧で{1}～{2}円、新で{3}～{4}円のあいだです（上の合計には含みません）。",
            "The best frames of the {0} that are undecided come to {1} to {2} yen under the old rules and {3} to {4} under the new ones;"
            " they are not among the totals above.",
        )
        yield Paragraph(say(template, *(f"{number:,}" for number in (impact.undecided, *impact.bounds))))
    if impact.failed:
        template = Text("{0}件は読めませんでした。", "{0} could not be read.")
        yield Paragraph(say(template, f"{len(impact.failed) + impact.refused:,}"), "bad")
        template = Text("{0}:{1} {2} {3}", "{0}:{1} {2} {3}")
        yield Bullets(
            tuple(
                say(template, finding.where.file, str(finding.where.line), finding.code, finding.message)
                for finding in impact.failed
            )
        )
