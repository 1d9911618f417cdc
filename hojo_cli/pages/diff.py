"""`hojo diff`: changes frame by frame with their sources and witnesses, the impact on applicants, and the same as `hojo.diff/1`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.base.sanitize import path_text
from hojo_cli.diff.clauses import Comparable, Side
from hojo_cli.diff.impact import Impact
from hojo_cli.diff.wording import text_of
from hojo_cli.explanation.words import EMPTY, figure, joined, say
from hojo_cli.pages import findings
from hojo_cli.pages.diff_data import applicant_data, cited, impact_data, subsidy
from hojo_cli.pages.diff_words import Shown, called, file, renamed, source, who
from hojo_cli.report import Answer, Block, Bullets, Column, Grid, Heading, Paragraph, Row

FORMAT: Final = "hojo.diff/1"
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
SILENT: Final = Text("単独では金額に影響しません", "moves no yen by itself")
NO_EFFECT: Final = Text(
    "効果なし（この変更だけでは、だれの金額も変わらないことを確かめました）",
    "no effect (proved: by itself it changes nobody's yen)",
)
NOT_FOUND: Final = Text("差の出る申請者は見つかりませんでした", "no applicant found whose yen differ (not proved)")
OFFSET: Final = Text(
    "この変更だけなら結果が変わりますが、ほかの変更と合わせて差の出る申請者は見つかりませんでした",
    "by itself it changes results; no applicant found for whom it does together with the other changes",
)
APART: Final = Text("単独では切り替えられません", "cannot be switched alone")


# --- data -----------------------------------------------------------------------------------------------------------------


def data(compared: Comparable, shown: Sequence[Shown], impact: Impact | None, lang: str) -> dict[str, object]:
    """The JSON of the contract."""
    comparison = compared.comparison
    return {
        "format": FORMAT,
        "old": _head(compared.old, lang),
        "new": _head(compared.new, lang),
        "different": not comparison.empty,
        "changes": [_change(each, lang) for each in shown],
        "renamed": [
            {"path": each.path, "old": text_of(each.old).into(lang), "new": text_of(each.new).into(lang)}
            for each in comparison.reworded
        ],
        "recited": [each.path for each in comparison.recited],
        "impact": None if impact is None else impact_data(impact, shown, lang),
        "findings": [] if impact is None else [findings.data(found, lang) for found in impact.failed],
    }


def _head(side: Side, lang: str) -> dict[str, object]:
    rules = side.ruleset
    return {
        "file": path_text(side.ruleset.file),
        "program": rules.program,
        "fiscal_year": rules.fiscal_year,
        "title": rules.title.into(lang),
        "sha256": rules.sha256,
        "valid": {"from": rules.valid_from, "to": rules.valid_to},
    }


def _change(each: Shown, lang: str) -> dict[str, object]:
    change, account, witness = each.clause.change, each.account, each.witness
    return {
        "id": change.path,
        "kind": change.kind,
        "part": account.part,
        "frame": account.frame or None,
        "frames": list(each.clause.frames),
        "place": account.place.into(lang),
        "old": None if change.old is None else account.old.into(lang),
        "new": None if change.new is None else account.new.into(lang),
        "old_source": cited(account.old_source, lang),
        "new_source": cited(account.new_source, lang),
        "effect": effect(each),
        "witness": None
        if witness is None
        else {
            "frame": witness.frame,
            "old": subsidy(witness.old),
            "new": subsidy(witness.new),
            "alone": witness.alone,
            "applicant": applicant_data(witness.applicant, taxed=witness.taxed),
            "file": each.file or None,
        },
    }


def effect(each: Shown) -> str:
    """`witness`, `none` (proved), `none_found`, `offset` (alone it has one, but others undo it), `silent` (declares, asks or reminds) or
    `not_alone` (cannot be switched alone)."""
    if each.witness is not None:
        return "witness"
    if each.clause.silent:
        return "silent"
    if each.clause.switched is None:
        return "not_alone"
    return "none" if each.effect.proved else "offset" if each.effect.moves else "none_found"


# --- page -----------------------------------------------------------------------------------------------------------------


def page(compared: Comparable, shown: Sequence[Shown], impact: Impact | None) -> Iterator[Block]:
    """For people."""
    old, new = compared.old.ruleset, compared.new.ruleset
    title = say(Text("ルールの比較：{0} → {1}", "Rules compared: {0} → {1}"), old.title, new.title)
    template = Text("比べたルールファイル：{0} → {1}", "ruleset files compared: {0} → {1}")
    files = Paragraph(say(template, *map(file, (compared.old, compared.new))), "faint")
    if compared.comparison.empty:
        yield Answer(title, (files, Paragraph(Text("違いはありません。", "There is no difference."), "good")))
    else:
        yield Answer(title, (files, Paragraph(_summary(shown))))
        yield from _frames(compared, shown)
        yield from _parts(compared, shown)
        yield from _apart(compared)
    if impact is not None:
        from hojo_cli.pages.diff_impact import impact_page

        yield from impact_page(impact, compared, shown)


def _summary(shown: Sequence[Shown]) -> Text:
    effects = Counter(map(effect, shown))
    return say(
        Text(
            "ルールの変更 {0} 件。うち金額や可否が変わることを実例で確かめたもの {1} 件、変わらないことを確かめたもの {2} 件、"
            "差の出る申請者が見つからなかったもの {3} 件。",
            "{0} changes of rules: for {1} an example shows the difference, for {2} it is proved that there is none, "
            "for {3} no applicant was found.",
        ),
        str(sum(each.account.part not in BRIEF for each in shown)),
        str(effects["witness"]),
        str(effects["none"]),
        str(effects["none_found"] + effects["offset"]),
    )


def _frames(compared: Comparable, shown: Sequence[Shown]) -> Iterator[Block]:
    names = dict.fromkeys((*compared.new.ruleset.frames, *compared.old.ruleset.frames))
    for name in names:
        here = [each for each in shown if each.account.frame == name]
        frame = compared.new.ruleset.frames.get(name) or compared.old.ruleset.frames[name]
        if here:
            yield Heading(frame.label)
            yield from _changes(here, compared)
    still = [
        (compared.new.ruleset.frames.get(name) or compared.old.ruleset.frames[name]).label
        for name in names
        if not any(name == each.account.frame or each.clause.change.path == f"frames.{name}" for each in shown)
    ]
    if still:
        yield Paragraph(
            say(Text("枠の中に変更のない枠：{0}", "Frames without changes inside: {0}"), joined(still, "、", ", ")),
            "faint",
        )


def _parts(compared: Comparable, shown: Sequence[Shown]) -> Iterator[Block]:
    for part, label in PARTS.items():
        here = [each for each in shown if not each.account.frame and each.account.part == part]
        if not here:
            continue
        yield Heading(label)
        if part in BRIEF:
            yield Bullets(tuple(_brief(each) for each in here))
        else:
            yield from _changes(here, compared)


def _changes(here: Sequence[Shown], compared: Comparable) -> Iterator[Block]:
    old, new = called(compared)
    columns = (
        Column(Text("種別", "kind")),
        Column(Text("箇所", "where")),
        Column(old),
        Column(new),
        Column(Text("実例の金額", "yen of the example")),
    )
    yield Grid(columns, tuple((_row(each, compared),) for each in here))
    notes = [note for each in here for note in _notes(each, compared)]
    if notes:
        yield Bullets(tuple(notes), tone="faint")


def _row(each: Shown, compared: Comparable) -> Row:
    account, kind = each.account, each.clause.change.kind
    return Row((KINDS[kind], account.place, account.old, account.new, _effect(each, compared)), kind)


def _effect(each: Shown, compared: Comparable) -> Text:
    witness = each.witness
    if witness is not None:
        frame = compared.new.ruleset.frames.get(witness.frame) or compared.old.ruleset.frames[witness.frame]
        amounts = say(Text("{0} → {1}", "{0} → {1}"), _yen(witness.old), _yen(witness.new))
        return (
            amounts if each.account.frame == witness.frame else say(Text("{0}：{1}", "{0}: {1}"), frame.label, amounts)
        )
    said = {"none": NO_EFFECT, "none_found": NOT_FOUND, "offset": OFFSET, "not_alone": APART}.get(effect(each))
    return _reached(each, compared) if said is None else said


def _reached(each: Shown, compared: Comparable) -> Text:
    """A declaration works through the frames that read it."""
    labels = [
        (compared.new.ruleset.frames.get(name) or compared.old.ruleset.frames[name]).label
        for name in each.clause.frames
    ]
    return say(Text("使う枠：{0}", "used by: {0}"), joined(labels, "、", ", ")) if labels else SILENT


def _yen(outcome: tuple[object, int | None]) -> Text:
    status, yen = outcome
    amount = figure(yen or 0)
    note = STATUSES[str(status)]
    return Text(amount.ja + note.ja, amount.en + note.en)


def _notes(each: Shown, compared: Comparable) -> Iterator[Text]:
    """The sources of a change, and who its example is."""
    account = each.account
    found = [
        source(name, citation)
        for name, citation in zip(called(compared), (account.old_source, account.new_source), strict=True)
    ]
    told = [text for text in found if text != EMPTY]
    if told:
        yield say(Text("{0}：出典 {1}", "{0}: source {1}"), account.place, joined(told, " ／ ", " / "))
    if each.witness is not None:
        text = say(Text("{0}：実例 {1}", "{0}: example {1}"), account.place, who(each.witness.applicant, compared))
        if not each.witness.alone:
            text = Text(text.ja + "（ほかの変更も合わせた金額）", f"{text.en} (yen with other changes)")
        yield say(Text("{0}〔{1}〕", "{0} [{1}]"), text, each.file) if each.file else text


def _brief(each: Shown) -> Text:
    return say(Text("{0}：{1}", "{0}: {1}"), KINDS[each.clause.change.kind], each.account.place)


# --- apart ----------------------------------------------------------------------------------------------------------------


def _apart(compared: Comparable) -> Iterator[Block]:
    comparison = compared.comparison
    labels = [
        each for each in comparison.reworded if each.path.endswith(".label") and not each.path.startswith("reminders.")
    ]
    if labels:
        yield Heading(Text("名称の変更（ルールは同じ）", "Renamed (the rule is the same)"))
        yield Bullets(tuple(renamed(each) for each in labels))
    counts = len(comparison.reworded) - len(labels), len(comparison.recited)
    if any(counts):
        yield Paragraph(
            say(
                Text(
                    "ほかに、ルールは同じで、説明文だけが変わった箇所 {0}、出典・仮定だけが変わった箇所 {1}。",
                    "Beside these, the rule being the same: {0} explanations reworded, {1} places that cite another source or assumption.",
                ),
                *map(str, counts),
            ),
            "faint",
        )
