"""`hojo diff` for people: changes frame by frame with their sources and witnesses, and the impact on applicants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.texts import EMPTY, figure, joined, say
from hojo_cli.diff.clauses import Comparable
from hojo_cli.diff.totals import Impact
from hojo_cli.diff.wording import text_of
from hojo_cli.pages.diff_impact import impact_page
from hojo_cli.pages.diff_words import Shown, called, frame_label, source, who
from hojo_cli.results.report import Answer, Block, Bullets, Column, Grid, GridRow, Heading, Paragraph

KINDS: Final = {
    "added": Text("追加", "added"),
    "removed": Text("削除", "removed"),
    "changed": Text("変更", "changed"),
}
STATUSES: Final = {
    "payable": Text("", ""),
    "ineligible": Text("（対象外）", " (ineligible)"),
    "below_floor": Text("（下限未満）", " (below the floor)"),
    "no_cost": Text("（対象経費なし）", " (no cost)"),
    "incomplete": Text("（要回答）", " (incomplete)"),
}
PARTS: Final = {
    "frames": Text("枠の追加・削除", "Frames added or removed"),
    "definitions": Text("定義", "Definitions"),
    "facts": Text("申請者に尋ねること", "What applicants are asked"),
    "items": Text("見積書の行", "Items"),
    "measures": Text("数えるもの", "Measures"),
    "rounding": Text("端数処理", "Rounding"),
    "profile": Text("はじめに示す定義", "Profile"),
    "combine": Text("枠の組合せ", "Combinations of frames"),
    "valid": Text("適用期間", "Valid dates"),
    "reminders": Text("手続き（金額に関わらない点検事項）", "Procedure (no yen depend on it)"),
    "assumptions": Text("仮定", "Assumptions"),
    "sources": Text("出典", "Sources"),
}
"""The parts of a ruleset outside its frames, in the order they are shown."""
BRIEF: Final = ("reminders", "assumptions", "sources")
"""Parts that are listed by name only."""
_EFFECTS: Final = {
    "none": Text(
        "効果なし（この変更だけでは、だれの金額も変わらないことを確かめました）",
        "no effect (proved: by itself it changes nobody's yen)",
    ),
    "none_found": Text("差の出る申請者は見つかりませんでした", "no applicant found whose yen differ (not proved)"),
    "offset": Text(
        "この変更だけなら結果が変わりますが、ほかの変更と合わせて差の出る申請者は見つかりませんでした",
        "by itself it changes results; no applicant found for whom it does together with the other changes",
    ),
    "not_alone": Text("単独では切り替えられません", "cannot be switched alone"),
}
"""What is said of a change without an example."""


def page(compared: Comparable, shown: Sequence[Shown], impact: Impact | None) -> Iterator[Block]:
    """The answer, the changes by frame and by part, what was only reworded, and the impact where applicants were given."""
    old, new = compared.old.ruleset, compared.new.ruleset
    title = say(Text("ルールの比較：{0} → {1}", "Rules compared: {0} → {1}"), old.title, new.title)
    template = Text("比べたルールファイル：{0} → {1}", "ruleset files compared: {0} → {1}")
    files = Paragraph(say(template, old.file, new.file), "faint")
    if compared.comparison.empty:
        yield Answer(title, (files, Paragraph(Text("違いはありません。", "There is no difference."), "good")))
    else:
        yield Answer(title, (files, Paragraph(summary(shown))))
        yield from frame_changes(compared, shown)
        for part, label in PARTS.items():
            changes = [change for change in shown if not change.account.frame and change.account.part == part]
            if changes:
                yield Heading(label)
                if part in BRIEF:
                    kinds = ((KINDS[change.clause.change.kind], change.account.place) for change in changes)
                    yield Bullets(tuple(say(Text("{0}：{1}", "{0}: {1}"), kind, place) for kind, place in kinds))
                else:
                    yield from _changes(changes, compared)
        yield from reworded_only(compared)
    if impact is not None:
        yield from impact_page(impact, compared, shown)


def summary(shown: Sequence[Shown]) -> Text:
    verdicts = Counter(change.verdict for change in shown)
    template = Text(
        "ルールの変更 {0} 件。うち金額や可否が変わることを実例で確かめたもの {1} 件、変わらないことを確かめたもの {2} 件、"
        "差の出る申請者が見つからなかったもの {3} 件。",
        "{0} changes of rules: for {1} an example shows the difference, for {2} it is proved that there is none, "
        "for {3} no applicant was found.",
    )
    rules = sum(change.account.part not in BRIEF for change in shown)
    counts = rules, verdicts["witness"], verdicts["none"], verdicts["none_found"] + verdicts["offset"]
    return say(template, *map(str, counts))


def frame_changes(compared: Comparable, shown: Sequence[Shown]) -> Iterator[Block]:
    """The changes inside each frame, and which frames have none."""
    unchanged = []
    for name in dict.fromkeys((*compared.new.ruleset.frames, *compared.old.ruleset.frames)):
        changes = [change for change in shown if change.account.frame == name]
        if changes:
            yield Heading(frame_label(name, compared))
            yield from _changes(changes, compared)
        elif not any(change.clause.change.path == f"frames.{name}" for change in shown):
            unchanged.append(frame_label(name, compared))
    if unchanged:
        template = Text("枠の中に変更のない枠：{0}", "Frames without changes inside: {0}")
        yield Paragraph(say(template, joined(unchanged, "、", ", ")), "faint")


def _changes(changes: Sequence[Shown], compared: Comparable) -> Iterator[Block]:
    """Old beside new, with the yen of an example; below that the sources, and who the examples are."""
    old, new = called(compared)
    columns = (
        Column(Text("種別", "kind")),
        Column(Text("箇所", "where")),
        Column(old),
        Column(new),
        Column(Text("実例の金額", "yen of the example")),
    )
    rows = []
    notes: list[Text] = []
    for change in changes:
        account, kind = change.account, change.clause.change.kind
        rows.append(GridRow((KINDS[kind], account.place, account.old, account.new, effect(change, compared)), kind))
        notes += notes_on(change, compared)
    yield Grid(columns, tuple((row,) for row in rows))
    if notes:
        yield Bullets(tuple(notes), tone="faint")


def effect(change: Shown, compared: Comparable) -> Text:
    """The yen of the example; without one, what is known. A declaration works through the frames that read it."""
    witness = change.witness
    if witness is not None:
        outcomes = []
        for status, yen in (witness.old, witness.new):
            outcomes.append(say(untranslated("{0}{1}"), figure(yen or 0), STATUSES[str(status)]))
        amounts = say(untranslated("{0} → {1}"), *outcomes)
        if change.account.frame == witness.frame:
            return amounts
        return say(Text("{0}：{1}", "{0}: {1}"), frame_label(witness.frame, compared), amounts)
    if change.verdict in _EFFECTS:
        return _EFFECTS[change.verdict]
    labels = [frame_label(name, compared) for name in change.clause.frames]
    if not labels:
        return Text("単独では金額に影響しません", "moves no yen by itself")
    return say(Text("使う枠：{0}", "used by: {0}"), joined(labels, "、", ", "))


def notes_on(change: Shown, compared: Comparable) -> Iterator[Text]:
    """The sources of a change, and who its example is."""
    account, witness = change.account, change.witness
    citations = zip(called(compared), (account.old_source, account.new_source), strict=True)
    sources = [text for text in (source(name, citation) for name, citation in citations) if text != EMPTY]
    if sources:
        yield say(Text("{0}：出典 {1}", "{0}: source {1}"), account.place, joined(sources, " ／ ", " / "))
    if witness is not None:
        text = say(Text("{0}：実例 {1}", "{0}: example {1}"), account.place, who(witness.applicant, compared))
        if not witness.alone:
            text = say(Text("{0}（ほかの変更も合わせた金額）", "{0} (yen with other changes)"), text)
        yield say(Text("{0}〔{1}〕", "{0} [{1}]"), text, change.file) if change.file else text


def reworded_only(compared: Comparable) -> Iterator[Block]:
    """New names, one by one; other changes of words and sources are counted."""
    comparison = compared.comparison
    labels = [
        reworded
        for reworded in comparison.reworded
        if reworded.path.endswith(".label") and not reworded.path.startswith("reminders.")
    ]
    if labels:
        yield Heading(Text("名称の変更（ルールは同じ）", "Renamed (the rule is the same)"))
        template = untranslated("{0} → {1}")
        yield Bullets(tuple(say(template, text_of(label.old), text_of(label.new)) for label in labels))
    counts = len(comparison.reworded) - len(labels), len(comparison.recited)
    if any(counts):
        template = Text(
            "ほかに、ルールは同じで、説明文だけが変わった箇所 {0}、出典・仮定だけが変わった箇所 {1}。",
            "Beside these, the rule being the same: {0} explanations reworded, {1} places that cite another source or assumption.",
        )
        yield Paragraph(say(template, *map(str, counts)), "faint")
