"""What makes a border between two neighbouring results of a frame: the clause that begins to work on the far side, or is over there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import Final, TypeAlias

from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.texts import EMPTY, joined, say
from hojo_cli.engine.judgement import Status
from hojo_cli.results.advised import Cause
from hojo_cli.results.estimated import Estimate, Trait

SENTENCES: Final = {
    "requirement": (Text("要件「{0}」を満たすようになる", "`{0}` is met"), Text("要件「{0}」を満たさなくなる", "`{0}` is no longer met")),
    "members": (Text("{0}になる", "{0}"), EMPTY),
    "trait": (Text("「{0}」に当たるようになる", "counts as `{0}`"), Text("「{0}」に当たらなくなる", "no longer counts as `{0}`")),
    "missing": (Text("「{0}」の答えが要るようになる", "`{0}` must be answered"), Text("「{0}」の答えが要らなくなる", "`{0}` need not be answered")),
    "floor": (untranslated("{0}"), Text("{0}ことがなくなる", "no longer {0}")),
    "reduction": (Text("{0}が効き始める", "{0} takes effect"), Text("{0}が効かなくなる", "{0} has no effect any more")),
    "step": (Text("{0}が始まる", "{0} begins"), Text("{0}が終わる", "{0} ends")),
    "cost": (Text("{0}を数え始める", "{0} counts"), Text("{0}を数えなくなる", "{0} counts no more")),
    "refused": (Text("ファイルが誤りになる：{0}", "the file is refused: {0}"), Text("ファイルの誤りがなくなる：{0}", "the file is no longer refused: {0}")),
}  # fmt: skip
"""What is said of a clause that begins, and of one that is over."""


class Neighbour(NamedTuple):
    """One side of a border."""

    estimate: Estimate
    traits: tuple[Trait, ...]


def sentence(clauses: Sequence[Cause]) -> Text:
    """What happens at a border."""
    return joined((say(SENTENCES[clause.kind][not clause.begins], clause.label) for clause in clauses), "、", "; ")


def clauses(near: Neighbour, far: Neighbour) -> tuple[Cause, ...]:
    """What differs, as far as it is the reason for the rest: of the first kind in which anything does."""
    if of_band := (*_gained(near, far, begins=True), *_gained(far, near, begins=False)):
        return of_band
    before, after = _at_work(near), _at_work(far)
    nothing_bought = Status.NO_COST in (near.estimate.status, far.estimate.status)
    for kind in ("costs", *before) if nothing_bought else before:
        over = [clause._replace(begins=False) for clause in _added(after[kind], before[kind])]
        begun = _added(before[kind], after[kind])
        if told := (*begun, *(clause for clause in over if clause.kind != "members")):
            return tuple(dict.fromkeys(told))
    return ()


Keyed: TypeAlias = "dict[Hashable, list[Cause]]"
"""Clauses by what they rest on: their words may hold a figure that moves along."""


def _gained(without: Neighbour, having: Neighbour, *, begins: bool) -> Iterator[Cause]:
    """The requirements of a band that keep one side from it and are met by the other."""
    above = without.estimate.next_band
    unmet = {(met.id, met.band) for met in above.unmet} if above else set()
    for met in having.estimate.requirements:
        if met.holds and (met.id, met.band) in unmet:
            yield Cause("requirement", met.label, begins, met.citation)


def _at_work(side: Neighbour) -> dict[str, Keyed]:
    """The clauses of one side, those first that may be the reason for the others."""
    requirements, missing, traits, floors, amounts, costs = (defaultdict[Hashable, list[Cause]](list) for _ in range(6))
    for met in side.estimate.requirements:
        if met.holds and met.band == EMPTY:  # those of a band are told before
            requirements[met.id].append(Cause("requirement", met.label, begins=True, citation=met.citation))
    for gap in side.estimate.missing:
        missing[gap.fact].append(Cause("missing", gap.label, begins=True))
    for trait in side.traits:
        if trait.among:
            label = say(Text("{0}：{1}", "{0}: {1}"), trait.label, trait.because[0])
            traits[trait.id, trait.because[0]].append(Cause("members", label, begins=True))
        elif trait.holds:
            traits[trait.id].append(Cause("trait", trait.label, begins=True, citation=trait.citation))
    for lost in side.estimate.reductions:
        if lost.reason in _LOST and lost.yen:  # roundings come and go with every yen
            of, kind = (floors, "floor") if lost.reason == "floor" else (amounts, "reduction")
            label = _with_place(lost.whose, lost.label)
            of[lost.reason, lost.whose, lost.citation].append(Cause(kind, label, begins=True, citation=lost.citation))
    for line in side.estimate.lines:
        if line.cost:
            costs[line.id].append(Cause("cost", line.label, begins=True))
        for step in line.steps:  # the tiers and rates that yield anything
            if step.yen and (step.rate is not None or step.yen > 0):
                label = _with_place((line.label, *step.whose), step.label)
                clause = Cause("step", label, begins=True, citation=step.citation)
                amounts[line.id, step.whose, step.citation, step.rate].append(clause)
    return {
        "requirements": requirements,
        "missing": missing,
        "traits": traits,
        "floors": floors,
        "amounts": amounts,
        "costs": costs,
    }


_LOST: Final = ("floor", "cap", "band", "months", "category", "apportion")
"""The reasons for a reduction that make a border."""


def _added(before: Keyed, after: Keyed) -> list[Cause]:
    """Those that are more than before; where several rest on the same, those that are said in other words."""
    found = []
    for key, those in after.items():
        known = before.get(key, [])
        others = sorted(those, key=lambda clause: clause in known)
        found += others[: max(len(those) - len(known), 0)]
    return found


def _with_place(whose: tuple[Text, ...], label: Text) -> Text:
    """The line, the member and the member's line it stands in, then what it is called."""
    return joined(dict.fromkeys(filter(any, (*whose, label))), "：", ": ")
