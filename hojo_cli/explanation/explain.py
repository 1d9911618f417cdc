"""A judgement in words and exact yen: each frame, what is missing, on what it rests."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from hojo_cli.base.finding import Text
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.derive import Scope, condition
from hojo_cli.engine.judgement import (
    BandYield,
    Cut,
    Judged,
    Judgement,
    LineYield,
    Status,
    SubtotalYield,
    exact,
)
from hojo_cli.engine.missing import Settled, settle
from hojo_cli.explanation import assumptions, figures, losses, steps
from hojo_cli.explanation.tree import tree
from hojo_cli.explanation.words import EMPTY, Words, figure, joined, say
from hojo_cli.report import Duty, Estimate, LineResult, Met, Missing, NextBand, RulesetHead, Step
from hojo_cli.rules.nodes import Combination, Exact, Rounded, Ruleset


def head(ruleset: Ruleset) -> RulesetHead:
    """What a result says about its ruleset."""
    return RulesetHead(ruleset.program, ruleset.fiscal_year, ruleset.title, ruleset.sha256, ruleset.as_of)


def estimates(ruleset: Ruleset, subject: Applicant, *, explained: bool = False) -> tuple[Estimate, ...]:
    """Every frame, in the order of the ruleset; with `explained` each with its whole derivation."""
    words = Words(ruleset)
    found = tuple(
        _Frame(words, subject, settle(ruleset, frame, subject)).estimate(explained=explained)
        for frame in ruleset.frames.values()
    )
    return tuple(_beside(ruleset, estimate, found) for estimate in found)


def _beside(ruleset: Ruleset, estimate: Estimate, found: Iterable[Estimate]) -> Estimate:
    """An estimate with what the ruleset says of other frames beside it, and the assumption that rests on."""
    combined = list(_combined(ruleset, found, estimate.frame))
    assumed = {combination.provenance.assume for combination, _ in combined}
    return estimate._replace(
        together=tuple(_together(combination, estimate.label, other) for combination, other in combined),
        assumptions=_labels(ruleset, assumed, estimate.assumptions) if combined else estimate.assumptions,
    )


def _labels(ruleset: Ruleset, used: Container[str | None], told: Container[Text] = ()) -> tuple[Text, ...]:
    """The assumptions that are used (or told already), in the order of the ruleset."""
    return tuple(each.label for name, each in ruleset.assumptions.items() if name in used or each.label in told)


def best(found: Iterable[Estimate]) -> str:
    """The payable frame with the most yen; the first of the ruleset among equals; empty where none is payable."""
    payable = [estimate for estimate in found if estimate.status == Status.PAYABLE]
    return max(payable, key=lambda estimate: estimate.subsidy or 0).frame if payable else ""


def duties(ruleset: Ruleset) -> tuple[Duty, ...]:
    """The checklist of what no file can tell."""
    words = Words(ruleset)
    return tuple(
        Duty(reminder.id, reminder.label, reminder.frames or tuple(ruleset.frames), words.citation(reminder.provenance))
        for reminder in ruleset.reminders
    )


def _together(combination: Combination, label: Text, other: Text) -> Text:
    """Whether a payable frame may be held beside this one."""
    allowed = Text(
        "「{0}」は「{1}」と併せて申請できます（同じ経費は一度だけ数えます）。",
        "`{0}` may be held together with `{1}`; each cost counts once.",
    )
    refused = Text("「{0}」は「{1}」とは併願できません。", "`{0}` may not be held together with `{1}`.")
    return say(allowed if combination.allowed else refused, label, other)


def _combined(ruleset: Ruleset, found: Iterable[Estimate], chosen: str) -> Iterator[tuple[Combination, Text]]:
    """What the ruleset says of the chosen frame beside another payable one, with the label of that."""
    payable = {estimate.frame: estimate.label for estimate in found if estimate.status == Status.PAYABLE}
    for combination in ruleset.combinations:
        others = [name for name in combination.frames if name != chosen and name in payable]
        if chosen in combination.frames and chosen in payable and others:
            yield combination, payable[others[0]]


# --- one frame ----------------------------------------------------------------------------------------------------------


class _Frame:
    """One frame of one applicant, on its way from derivations to words."""

    def __init__(self, words: Words, subject: Applicant, settled: Settled) -> None:
        self.words = words
        self.subject = subject
        self.settled = settled
        self.judgement: Judgement = settled.judgement

    def estimate(self, *, explained: bool) -> Estimate:
        """The whole of it."""
        judgement = self.judgement
        known = judgement.status is not Status.INCOMPLETE
        total = sum((item.cost for item in steps.items(self.subject)), start=0)
        lines = tuple(self.line(line) for line in judgement.lines)
        costs = [line.cost for line in lines if line.cost is not None]
        amounts = [leaf.subsidy or 0 for leaf in self.settled.outcomes]
        return Estimate(
            frame=judgement.frame.id,
            label=judgement.frame.label,
            status=str(judgement.status),
            subsidy=judgement.subsidy if known else None,
            eligible_cost=sum(costs, start=0) if len(costs) == len(lines) else None,
            # discounts shared out add up to whole yen
            own_cost=int(total) - (judgement.subsidy or 0) if known else None,
            requirements=tuple(self.met(judged) for judged in assumptions.shown(self.judgement)),
            lines=lines,
            reductions=tuple(losses.reductions(judgement, self.subject, self.words)),
            missing=tuple(self.missing()),
            possible=(min(amounts), max(amounts)) if amounts and not known else None,
            assumptions=_labels(self.words.ruleset, {*assumptions.used(judgement, self.words.ruleset), *self.placed()}),
            together=(),
            next_band=self.next_band(),
            tree=tree(judgement, self.words) if explained else None,
        )

    def met(self, judged: Judged) -> Met:
        """One requirement in words."""
        value = judged.derivation.value
        needs = () if value is True else self.words.needs(judged.derivation, self.subject)
        requirement = judged.requirement
        citation = self.words.citation(requirement.provenance)
        band = next(
            (each.band.label for each in self.judgement.bands if any(judged is one for one in each.requirements)), EMPTY
        )
        return Met(requirement.id, requirement.label, value if isinstance(value, bool) else None, needs, citation, band)

    def missing(self) -> Iterator[Missing]:
        """The facts and item fields that still decide, as questions."""
        for name in self.settled.missing:
            yield Missing(name, self.words.fact(name), self.words.ask(name))

    # --- lines ---

    def line(self, line: LineYield) -> LineResult:
        """Cost, subsidy, and the steps between them, which add up to it."""
        inner = line.derivation.parts[0]
        found: list[Step] = []
        subsidy = None if self.judgement.status is Status.INCOMPLETE else line.paid or 0
        if inner.value is not None:
            found += steps.steps(inner, self.words)
            if subsidy is not None:
                found += map(self.cut, line.cuts)
                left = exact(inner) - sum((cut.yen for cut in line.cuts), start=0)
                found += self.unpaid(left - subsidy)
        return LineResult(
            line.line.id,
            line.line.label,
            steps.eligible_cost(inner, self.words),
            subsidy,
            tuple(steps.counted(inner, self.words)),
            tuple(found),
        )

    def cut(self, cut: Cut) -> Step:
        """What a shared cap, a rounding or a band takes of a line, and where that stands."""
        by = cut.by
        if isinstance(by, Rounded):
            citation = self.words.citation(by.unit.provenance)
            return Step(self.words.rounding(by), None, None, -cut.yen, citation)
        if isinstance(by, SubtotalYield):
            cap = by.derivation.parts[-1]
            named, upper = by.subtotal.label, figures.phrase(cap, self.words)
            citation, parts = figures.cited(cap, self.words), figures.made_of(cap, self.words)
        else:
            named = by.band.label
            upper, citation, parts = figures.limit(by, self.judgement.frame.rounding.unit.value, self.words)
        label = say(Text("「{0}」{1}に収めます", "kept within `{0}`: {1}"), named, upper)
        return Step(label, None, None, -cut.yen, citation, (), parts)

    def unpaid(self, yen: Exact) -> Iterator[Step]:
        """What of a line would be left, where nothing is paid."""
        if not yen:
            return
        judgement = self.judgement
        if judgement.status is Status.BELOW_FLOOR:
            label = Text("下限に届かないため支払われません", "not paid: under the lower limit")
            citation = self.words.citation(losses.lowest_floor(judgement).provenance)
        else:
            label = Text("要件を満たさないため支払われません", "not paid: a requirement is not met")
            failed = [judged for judged in assumptions.shown(self.judgement) if judged.derivation.value is False]
            citation = self.words.citation(failed[0].requirement.provenance) if failed else None
        yield Step(label, None, None, -yen, citation)

    # --- the next band ---

    def next_band(self) -> NextBand | None:
        """The next band up, where one is out of reach."""
        chosen = self.judgement.band
        if chosen is None or chosen.band.floor is None:
            return None
        higher = {band.band.floor.value: band for band in self.judgement.bands if band.band.floor is not None}
        above = [floor for floor in higher if floor > chosen.band.floor.value]
        if not above:
            return None
        band = higher[min(above)]
        return NextBand(band.band.label, tuple(self.band_needs(band)))

    def band_needs(self, band: BandYield) -> Iterator[Text]:
        """What stands between the applicant and a band."""
        for judged in band.requirements:
            if judged.derivation.value is not True:
                needs = joined(self.words.needs(judged.derivation, self.subject), "、", ", ")
                yield say(Text("{0}：{1}", "{0}: {1}"), judged.requirement.label, needs)
        if not band.reached and band.band.floor is not None and self.judgement.total is not None:
            short = band.band.floor.value - exact(self.judgement.total)
            yield say(Text("補助額があと{0}必要です", "{0} more of subsidy"), figure(short))

    # --- what it rests on ---

    def placed(self) -> Iterator[str]:
        """The assumptions that name this frame, unless they are about other applicants."""
        ruleset = self.words.ruleset
        scope = Scope(self.subject, ruleset.definitions)
        for name, assumption in ruleset.assumptions.items() if self.judgement.status is not Status.NO_COST else ():
            if self.judgement.frame.id in assumption.frames:
                when = assumption.when
                if when is None or condition(when, scope).value is not False:
                    yield name
