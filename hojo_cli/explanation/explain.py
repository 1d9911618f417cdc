"""A judgement in words and exact yen: each frame, what is missing, on what it rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hojo_cli.base.finding import Text
from hojo_cli.base.texts import EMPTY, figure, joined, say
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.derivation import Derivation, exact
from hojo_cli.engine.judgement import Judged, Judgement, Status
from hojo_cli.engine.missing import Settled, settle
from hojo_cli.explanation import assumptions
from hojo_cli.explanation.needs import needs
from hojo_cli.explanation.steps import line_result, reductions
from hojo_cli.explanation.tree import tree
from hojo_cli.results.estimated import Duty, Estimate, Met, Missing, NextBand
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import Frame, PerMember
from hojo_cli.rules.words import Words


def estimates(ruleset: Ruleset, applicant: Applicant, *, explained: bool = False) -> tuple[Estimate, ...]:
    """Every frame, in the order of the ruleset; with `explained` each with its whole derivation."""
    words = Words(ruleset)
    settled = [settle(ruleset, frame, applicant) for frame in ruleset.frames.values()]
    payable = {frame.judgement.frame.id for frame in settled if frame.judgement.status is Status.PAYABLE}
    return tuple(estimate(frame, applicant, payable, words, explained=explained) for frame in settled)


def alone(ruleset: Ruleset, frame: str, applicant: Applicant, *, told: Sequence[Applicant] | None = None) -> Estimate:
    """One frame as it is compared with itself under another setting: with nothing about the others, nor what it assumes.

    Where only some members are otherwise, what the others bring is left out: of the lines and reductions those of the ones `told`.
    """
    settled = settle(ruleset, ruleset.frames[frame], applicant)
    if told is not None:
        judgement = settled.judgement
        lines = tuple([line._replace(derivation=_brought_by(told, line.derivation)) for line in judgement.lines])
        total = None if judgement.total is None else _brought_by(told, judgement.total)
        settled = settled._replace(judgement=judgement._replace(lines=lines, total=total))
    return estimate(settled, applicant, None, Words(ruleset), explained=False, told=told)


def _brought_by(told: Sequence[Applicant], derivation: Derivation) -> Derivation:
    """The derivation, of sums over members with the parts of those alone."""
    if isinstance(derivation.node, PerMember):
        return derivation._replace(
            parts=tuple([part for part in derivation.parts if any(part.node is member for member in told)])
        )
    parts = [_brought_by(told, part) for part in derivation.parts]
    return derivation._replace(parts=tuple(parts)) if parts else derivation


def best(estimates: Iterable[Estimate]) -> str:
    """The payable frame with the most yen; the first of the ruleset among equals; empty where none is payable."""
    payable = [estimate for estimate in estimates if estimate.status == Status.PAYABLE]
    return max(payable, key=lambda estimate: estimate.subsidy or 0).frame if payable else ""


def duties(ruleset: Ruleset) -> tuple[Duty, ...]:
    """The checklist of what no file can tell."""
    words = Words(ruleset)
    return tuple(
        Duty(reminder.id, reminder.label, reminder.frames or tuple(ruleset.frames), words.citation(reminder.provenance))
        for reminder in ruleset.reminders
    )


def estimate(
    settled: Settled,
    applicant: Applicant,
    payable: set[str] | None,
    words: Words,
    *,
    explained: bool,
    told: Sequence[Applicant] | None = None,
) -> Estimate:
    """One frame of one applicant, with what it assumes and what the ruleset says of the other payable frames beside it (None: neither).

    `told`: see `alone`.
    """
    judgement, ruleset = settled.judgement, words.ruleset
    known = judgement.status is not Status.INCOMPLETE
    lines = tuple(line_result(line, judgement, words) for line in judgement.lines)
    costs = [line.cost for line in lines if line.cost is not None]
    outcomes = [outcome.subsidy or 0 for outcome in settled.outcomes]
    combined = list(other_frames(judgement.frame, payable or set(), ruleset))
    assumed = {assumption for _, assumption in combined}
    if payable is not None:
        assumed |= {*assumptions.used(judgement, applicant, ruleset)}
    return Estimate(
        frame=judgement.frame.id,
        label=judgement.frame.label,
        status=str(judgement.status),
        subsidy=judgement.subsidy if known else None,
        eligible_cost=sum(costs, start=0) if len(costs) == len(lines) else None,
        # discounts shared out add up to whole yen
        own_cost=int(applicant.cost) - (judgement.subsidy or 0) if known else None,
        requirements=tuple(requirements(judgement, applicant, words)),
        lines=lines,
        reductions=tuple(
            reductions(judgement, applicant if told is None else applicant._replace(members=tuple(told)), words)
        ),
        missing=tuple(Missing(name, words.fact(name), words.ask(name)) for name in settled.missing),
        possible=(min(outcomes), max(outcomes)) if outcomes and not known else None,
        assumptions=tuple(stated.label for name, stated in ruleset.assumptions.items() if name in assumed),
        together=tuple(text for text, _ in combined),
        next_band=next_band(judgement, applicant, words),
        tree=tree(judgement, words) if explained else None,
    )


# --- requirements -----------------------------------------------------------------------------------------------------


def requirements(judgement: Judgement, applicant: Applicant, words: Words) -> Iterator[Met]:
    """Those of the frame; then of the band granted, or where none is, of those that stand in the way."""
    for judged in judgement.requirements:
        yield _met(judged, EMPTY, applicant, words)
    for band in assumptions.open_bands(judgement):
        if judgement.band is not None or band.holds is not True:
            for judged in band.requirements:
                yield _met(judged, band.band.label, applicant, words)


def _met(judged: Judged, band: Text, applicant: Applicant, words: Words) -> Met:
    """One requirement in words."""
    value, requirement = judged.derivation.value, judged.requirement
    holds = value if isinstance(value, bool) else None
    needed = needs(judged.derivation, applicant, words)
    return Met(requirement.id, requirement.label, holds, needed, words.citation(requirement.provenance), band)


def next_band(judgement: Judgement, applicant: Applicant, words: Words) -> NextBand | None:
    """The next band up, where one is out of reach."""
    granted = judgement.band
    if granted is None or granted.band.floor is None:
        return None
    floors = {band.band.floor.value: band for band in judgement.bands if band.band.floor is not None}
    above = [floor for floor in floors if floor > granted.band.floor.value]
    if not above:
        return None
    band = floors[min(above)]
    unmet = [
        _met(judged, band.band.label, applicant, words)
        for judged in band.requirements
        if judged.derivation.value is not True
    ]
    lacking = [say(Text("{0}：{1}", "{0}: {1}"), met.label, joined(met.needs, "、", ", ")) for met in unmet]
    if not band.reached and band.band.floor is not None and judgement.total is not None:
        short = band.band.floor.value - exact(judgement.total)
        lacking.append(say(Text("補助額があと{0}必要です", "{0} more of subsidy"), figure(short)))
    return NextBand(band.band.label, tuple(lacking), tuple(unmet))


# --- other frames beside it -------------------------------------------------------------------------------------------


def other_frames(frame: Frame, payable: set[str], ruleset: Ruleset) -> Iterator[tuple[Text, str | None]]:
    """Whether a payable frame may be held beside this one, which is payable too; and what that rests on."""
    allowed = Text(
        "「{0}」は「{1}」と併せて申請できます（同じ経費は一度だけ数えます）。",
        "`{0}` may be held together with `{1}`; each cost counts once.",
    )
    refused = Text("「{0}」は「{1}」とは併願できません。", "`{0}` may not be held together with `{1}`.")
    for rule in ruleset.combinations:
        others = [name for name in rule.frames if name != frame.id and name in payable]
        if frame.id in payable and frame.id in rule.frames and others:
            template = allowed if rule.allowed else refused
            yield say(template, frame.label, ruleset.frames[others[0]].label), rule.provenance.assume
