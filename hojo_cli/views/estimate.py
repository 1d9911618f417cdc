"""`hojo estimate`: the comparison of all frames, the chosen one broken down, and the same as `hojo.estimate/1`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from hojo_cli.finding import Text
from hojo_cli.formula import Exact
from hojo_cli.number import Kind, exact
from hojo_cli.report import (
    Block,
    Bullets,
    Citation,
    Column,
    Estimate,
    Grid,
    Heading,
    Outline,
    Paragraph,
    Result,
    RulesetHead,
)
from hojo_cli.views import findings
from hojo_cli.words import EMPTY, UNKNOWN, figure, joined, say

STATUSES: Final = {
    "payable": (Text("申請できます", "payable"), "good"),
    "ineligible": (Text("対象外", "ineligible"), "bad"),
    "below_floor": (Text("下限未満", "below the floor"), "bad"),
    "no_cost": (Text("対象経費なし", "no cost"), "faint"),
    "incomplete": (Text("要回答", "incomplete"), "warn"),
}
MARKS: Final = {True: Text("○", "yes"), False: Text("×", "no"), None: Text("？", "?")}
FORMAT: Final = "hojo.estimate/1"

# --- data -----------------------------------------------------------------------------------------------------------


def data(head: RulesetHead, results: Iterable[Result], lang: str) -> dict[str, object]:
    """The JSON of the contract."""
    return {
        "format": FORMAT,
        "ruleset": {
            "program": head.program,
            "fiscal_year": head.fiscal_year,
            "title": head.title.into(lang),
            "sha256": head.sha256,
        },
        "results": [_result(result, lang) for result in results],
    }


def _result(result: Result, lang: str) -> dict[str, object]:
    return {
        "file": result.file,
        "name": result.name,
        "best": result.best or None,
        "profile": [
            {
                "id": trait.id,
                "label": trait.label.into(lang),
                "holds": trait.holds,
                "because": [text.into(lang) for text in trait.because],
                "source": _citation(trait.citation, lang),
            }
            for trait in result.traits
        ],
        "estimates": [_estimate(estimate, lang) for estimate in result.estimates],
        "together": [text.into(lang) for text in result.together],
        "reminders": [
            {"id": duty.id, "label": duty.label.into(lang), "frames": list(duty.frames), "source": _citation(duty.citation, lang)}
            for duty in result.duties
        ],
        "findings": [findings.data(found, lang) for found in result.findings],
    }


def _estimate(estimate: Estimate, lang: str) -> dict[str, object]:
    return {
        "frame": estimate.frame,
        "label": estimate.label.into(lang),
        "status": estimate.status,
        "subsidy": estimate.subsidy,
        "eligible_cost": estimate.eligible_cost,
        "own_cost": estimate.own_cost,
        "possible": None if estimate.possible is None else {"low": estimate.possible[0], "high": estimate.possible[1]},
        "requirements": [
            {
                "id": met.id,
                "label": met.label.into(lang),
                "holds": met.holds,
                "needs": [need.into(lang) for need in met.needs],
                "source": _citation(met.citation, lang),
            }
            for met in estimate.requirements
        ],
        "lines": [
            {
                "id": line.id,
                "label": line.label.into(lang),
                "cost": _yen(line.cost),
                "subsidy": _yen(line.subsidy),
                "items": [
                    {
                        "label": entry.label.into(lang),
                        "cost": exact(entry.cost),
                        "counted": exact(entry.counted),
                        "source": _citation(entry.citation, lang),
                    }
                    for entry in line.counted
                ],
                "steps": [
                    {
                        "label": step.label.into(lang),
                        "cost": None if step.cost is None else exact(step.cost),
                        "rate": None if step.rate is None else exact(step.rate),
                        "yen": exact(step.yen),
                        "source": _citation(step.citation, lang),
                    }
                    for step in line.steps
                ],
            }
            for line in estimate.lines
        ],
        "reductions": [
            {
                "reason": lost.reason,
                "label": lost.label.into(lang),
                "yen": exact(lost.yen),
                "of": lost.of,
                "source": _citation(lost.citation, lang),
            }
            for lost in estimate.reductions
        ],
        "missing": [
            {"fact": gap.fact, "label": gap.label.into(lang), "ask": gap.ask.into(lang)} for gap in estimate.missing
        ],
        "assumptions": [text.into(lang) for text in estimate.assumptions],
        "next_band": None
        if estimate.next_band is None
        else {"label": estimate.next_band.label.into(lang), "needs": [need.into(lang) for need in estimate.next_band.needs]},
    }


def _yen(value: Exact | None) -> int | str | None:
    """Settled yen as an integer, exact fractions as text."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else exact(value)


def _citation(citation: Citation | None, lang: str) -> dict[str, str] | None:
    """The source with what is printed there; the assumption in words where there is one."""
    if citation is None:
        return None
    cited = {"id": citation.id, "title": citation.title, "at": citation.at, "printed": citation.printed}
    found = {key: value for key, value in cited.items() if value}
    return found | ({"assume": citation.assume.into(lang)} if citation.assume != EMPTY else {})


# --- page -----------------------------------------------------------------------------------------------------------


def page(head: RulesetHead, results: Iterable[Result], *, frame: str = "", explain: bool = False) -> Iterator[Block]:
    """One applicant after the other: who, all frames, the chosen frame, what to mind."""
    for result in results:
        shown = next((found for found in result.estimates if found.frame == (frame or _worth_showing(result))), None)
        yield Heading(_title(result), 1)
        yield Paragraph(say(Text("{0}による試算", "estimate under {0}"), head.title), "faint")
        yield from _who(result)
        yield from _comparison(result, shown)
        if shown is not None:
            yield from _breakdown(shown)
            yield from _open_points(shown, result)
            if explain and shown.tree is not None:
                yield Heading(Text("計算の根拠", "Derivation"))
                yield Outline(shown.tree)
    yield Paragraph(
        Text(
            "これは公表資料による試算です。交付の可否と額は事務局の審査で決まります。",
            "This is an estimate from published texts; the office decides on grants and amounts.",
        ),
        "faint",
    )


def _title(result: Result) -> Text:
    name = result.name or result.file
    return Text(name, name)


def _worth_showing(result: Result) -> str:
    """The best frame; where none is payable, the one that got furthest."""
    order = ("incomplete", "below_floor", "ineligible")
    ranked = sorted((found for found in result.estimates if found.status in order), key=lambda found: order.index(found.status))
    return result.best or (ranked[0].frame if ranked else "")


def _who(result: Result) -> Iterator[Block]:
    yield Heading(Text("申請者の区分", "The applicant"))
    yield Grid(
        (Column(Text("区分", "is")), Column(Text("判定", "holds")), Column(Text("理由", "because"))),
        tuple((trait.label, MARKS[trait.holds], _reason(trait.holds, trait.because)) for trait in result.traits),
    )


def _reason(holds: bool | None, because: tuple[Text, ...]) -> Text:
    if not because:
        return EMPTY
    text = joined(because, "／", "; ")
    return text if holds is not None else say(Text("不明: {0}", "unknown: {0}"), text)


def _comparison(result: Result, shown: Estimate | None) -> Iterator[Block]:
    yield Heading(Text("枠の比較", "Frames compared"))
    columns = (
        Column(Text("枠", "frame")),
        Column(Text("結果", "status")),
        Column(Text("対象経費", "eligible cost"), amount=True),
        Column(Text("補助額", "subsidy"), amount=True),
        Column(Text("自己負担", "own cost"), amount=True),
    )
    rows = tuple(
        (
            say(Text("▶ {0}", "> {0}"), found.label) if shown is not None and found.frame == shown.frame else found.label,
            STATUSES[found.status][0],
            figure(found.eligible_cost),
            _subsidy(found),
            UNKNOWN if found.own_cost is None else figure(found.own_cost),
        )
        for found in result.estimates
    )
    yield Grid(columns, rows, tuple(STATUSES[found.status][1] for found in result.estimates))
    if result.best and result.together:
        yield Bullets(result.together)


def _subsidy(estimate: Estimate) -> Text:
    if estimate.subsidy is not None:
        return figure(estimate.subsidy)
    if estimate.possible is None:
        return UNKNOWN
    low, high = estimate.possible
    return say(Text("{0}〜{1}", "{0} to {1}"), figure(low), figure(high))


def _breakdown(shown: Estimate) -> Iterator[Block]:
    yield Heading(say(Text("{0}の内訳", "{0}: breakdown"), shown.label))
    columns = (
        Column(Text("項目", "item")),
        Column(Text("経費", "cost"), amount=True),
        Column(Text("率", "rate"), amount=True),
        Column(Text("円", "yen"), amount=True),
        Column(Text("出典", "source")),
    )
    rows: list[tuple[Text, ...]] = []
    tones: list[str] = []
    for line in shown.lines:
        if not line.cost and not line.counted:
            continue
        rows.append((line.label, figure(line.cost), EMPTY, UNKNOWN if line.subsidy is None else figure(line.subsidy), EMPTY))
        tones.append("strong")
        for entry in line.counted:
            rows.append((_indented(entry.label), figure(entry.counted), EMPTY, EMPTY, _source(entry.citation)))
            tones.append("plain")
        for step in line.steps:
            cost = EMPTY if step.cost is None else figure(step.cost)
            rate = EMPTY if step.rate is None else figure(step.rate, Kind.RATE)
            rows.append((_indented(step.label), cost, rate, figure(step.yen), _source(step.citation)))
            tones.append("plain")
    if rows:
        total = UNKNOWN if shown.subsidy is None else figure(shown.subsidy)
        rows.append((Text("合計", "total"), figure(shown.eligible_cost), EMPTY, total, EMPTY))
        yield Grid(columns, tuple(rows), (*tones, "good" if shown.subsidy else "plain"))
    if shown.reductions:
        yield Heading(Text("減った額とその理由", "What was lost, and why"), 3)
        yield Grid(
            (Column(Text("理由", "reason")), Column(Text("円", "yen"), amount=True), Column(Text("対象", "of")), Column(Text("出典", "source"))),
            tuple((lost.label, figure(lost.yen), _OF[lost.of], _source(lost.citation)) for lost in shown.reductions),
        )


_OF: Final = {"cost": Text("経費", "cost"), "subsidy": Text("補助額", "subsidy")}


def _indented(text: Text) -> Text:
    return say(Text("　{0}", "  {0}"), text)


def _source(citation: Citation | None) -> Text:
    if citation is None:
        return EMPTY
    place = f"{citation.title} {citation.at}".strip()
    if citation.assume == EMPTY:
        return Text(place, place)
    note = say(Text("仮定：{0}", "assumed: {0}"), citation.assume)
    return note if not place else say(Text("{0}（仮定あり）", "{0} (assumed)"), place)


def _open_points(shown: Estimate, result: Result) -> Iterator[Block]:
    yield Heading(Text("要件", "Requirements"), 3)
    yield Grid(
        (Column(Text("要件", "requirement")), Column(Text("判定", "holds")), Column(Text("必要なこと", "what is needed"))),
        tuple((met.label, MARKS[met.holds], joined(met.needs, "、", ", ")) for met in shown.requirements),
        tuple("bad" if met.holds is False else "warn" if met.holds is None else "plain" for met in shown.requirements),
    )
    if shown.missing:
        yield Heading(Text("答えると決まること", "Questions that decide"), 3)
        yield Bullets(tuple(say(Text("{0}（{1}）", "{0} ({1})"), gap.ask, gap.fact) for gap in shown.missing), "?")
    if shown.next_band is not None and shown.next_band.needs:
        yield Paragraph(say(Text("「{0}」になるには、次が必要です。", "To reach `{0}`:"), shown.next_band.label))
        yield Bullets(shown.next_band.needs)
    if shown.assumptions:
        yield Heading(Text("この結果が前提とする仮定", "Assumptions this rests on"), 3)
        yield Bullets(shown.assumptions)
    duties = [duty for duty in result.duties if shown.frame in duty.frames]
    if duties:
        yield Heading(Text("申請前後に確かめること（計算の対象外）", "To check before and after applying (not computed)"), 3)
        yield Bullets(tuple(duty.label for duty in duties), "[ ]")
