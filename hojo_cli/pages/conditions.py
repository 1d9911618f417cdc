"""What a frame takes and what to mind: requirements, the applicant's profile, assumptions, checklist, context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from hojo_cli.base.finding import Text
from hojo_cli.base.texts import EMPTY, figure, joined, say
from hojo_cli.engine.judgement import Status
from hojo_cli.pages.sources import COLUMN, Sources
from hojo_cli.results.estimated import Duty, Estimate, Met, Result
from hojo_cli.results.report import Block, Bullets, Column, Grid, GridRow, Heading

if TYPE_CHECKING:  # nothing is weighed for most pages
    from hojo_cli.advise.weighing import Reread

MARKS: Final = {True: Text("○", "yes"), False: Text("×", "no"), None: Text("？", "?")}
_TONES: Final = {False: "bad", None: "warn", True: "plain"}


def requirements(shown: Estimate, sources: Sources) -> Iterator[Block]:
    """Those not met first, with what would be needed; one of a band that is not granted names the band."""
    rows = []
    for met in sorted(shown.requirements, key=lambda met: list(_TONES).index(met.holds)):
        label = met.label
        if met.band != EMPTY and not met.holds:
            label = say(Text("「{0}」には：{1}", "for `{0}`: {1}"), met.band, label)
        cells = MARKS[met.holds], label, what_is_needed(met, shown), sources.mark(met.citation)
        rows.append(GridRow(cells, _TONES[met.holds]))
    if rows:
        yield Heading(say(Text("{0}の要件", "{0}: requirements"), shown.label))
        columns = (
            Column(EMPTY),
            Column(Text("要件", "requirement")),
            Column(Text("必要なこと", "what is needed")),
            COLUMN,
        )
        yield Grid(columns, (tuple(rows),))


def what_is_needed(met: Met, shown: Estimate) -> Text:
    if met.holds is not None:
        return joined(met.needs, "、", ", ")
    if shown.missing:
        return Text("質問の答えで決まります", "depends on the answers")
    if shown.status == "ineligible" and not any(other.holds is False for other in shown.requirements):
        return Text("ほかの要件と併せては満たせません", "not to be met together with the others")
    return Text("分からなくても結果は同じです", "makes no difference here")


def next_band(shown: Estimate) -> Iterator[Block]:
    """What it would take to be in the band above."""
    if shown.next_band is not None and shown.next_band.needs:
        yield Heading(say(Text("「{0}」の区分に上がるには", "To reach the band `{0}`"), shown.next_band.label))
        yield Bullets(shown.next_band.needs)


def profile(result: Result, sources: Sources) -> Iterator[Block]:
    """What the applicant is taken to be; a reason already given is not repeated."""
    given: set[Text] = set()
    rows = []
    for trait in result.traits:
        because = [text for text in trait.because if text not in given or trait.among]
        given.update(because)
        reason = joined(because, "／", "; ")
        if trait.holds is None and because and not trait.among:
            reason = say(Text("不明：{0}", "unknown: {0}"), reason)
        rows.append(GridRow((MARKS[trait.holds], trait.label, reason, sources.mark(trait.citation))))
    if rows:
        yield Heading(Text("申請者の区分", "What the applicant is taken to be"))
        columns = Column(EMPTY), Column(Text("区分", "is")), Column(Text("理由", "because")), COLUMN
        yield Grid(columns, (tuple(rows),))


def assumptions(shown: Estimate, weighed: Iterable[Reread]) -> Iterator[Block]:
    """What the estimate takes for granted; where another reading comes to other yen, those, whether a figure rests on it or not."""
    template = Text("{0} ※別の読み方「{1}」では{2}です。", "{0} * Under the other reading (`{1}`): {2}.")
    unsettled = Text("まだ決まらない額", "not settled yet")
    lines = dict(zip(shown.assumptions, shown.assumptions, strict=True))
    for other in weighed:
        if other.moves:
            status, yen = other.after
            comes_to = unsettled if status is Status.INCOMPLETE else figure(yen or 0)
            lines[other.label] = say(template, other.label, other.reading, comes_to)
    if lines:
        yield Heading(Text("この試算が置く仮定", "Assumptions this rests on"))
        yield Bullets(tuple(lines.values()))


def checklist(duties: Sequence[Duty], sources: Sources) -> Iterator[Block]:
    """What cannot be computed, to be ticked off."""
    if duties:
        yield Heading(
            Text("申請の前後に確かめること（計算の対象外）", "To check before and after applying (not computed)")
        )
        yield Bullets(tuple(sources.marked(duty.label, duty.citation) for duty in duties), "[ ]")


def context(result: Result, sources: Sources) -> Iterator[Block]:
    """One line for each frame with a cost: what became of last year's applications."""
    bullets = []
    for estimate in result.estimates:
        past = estimate.context
        if past is not None and estimate.status != "no_cost":
            template = Text("{0}（{1}）：申請{2}件のうち{3}件が交付決定", "{0} ({1}): {3} of {2} applications granted")
            if not past.applied:
                template = Text("{0}（{1}）：申請はありませんでした", "{0} ({1}): no applications")
            tally = say(template, past.label, past.title, f"{past.applied:,}", f"{past.granted:,}")
            bullets.append(sources.marked(tally, past.citation))
    if bullets:
        yield Heading(
            Text("参考：前の年度の結果（予測ではありません）", "For context: an earlier year's results (no forecast)")
        )
        yield Bullets(tuple(bullets), "-", "faint")
