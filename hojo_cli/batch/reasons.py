"""Why a frame does not pay, in one sentence: unmet requirements, a floor that is not reached, facts that are missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hojo_cli.base.finding import Finding, Text
from hojo_cli.base.sanitize import for_terminal
from hojo_cli.base.texts import figure, joined, say
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.derivation import exact
from hojo_cli.engine.judgement import Judgement, Status
from hojo_cli.engine.missing import Settled, settle
from hojo_cli.explanation.needs import needs
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.words import Words

_FRAMELESS: Final = ("HJ422", "HJ423")
"""Findings whose message names no frame, so that each reason has to."""
_MOST: Final = 8
"""Requirements or facts that one sentence names."""


def because(found: Finding, ruleset: Ruleset, subject: Applicant, frames: Sequence[str]) -> Finding:
    """The finding with the reasons of these frames, safe to print, after its message."""
    message = found.message
    for name in frames:
        settled = settle(ruleset, ruleset.frames[name], subject)
        said = why(settled, Words(ruleset), subject)
        reason = Text(for_terminal(said.ja), for_terminal(said.en))
        if found.code in _FRAMELESS:
            label = ruleset.frames[name].label
            reason = Text(f"{label.ja}は{reason.ja}", f"{label.en}: {reason.en}")
        message = Text(f"{message.ja}{reason.ja}", f"{message.en} {reason.en}")
    return found._replace(message=message)


def why(settled: Settled, words: Words, subject: Applicant) -> Text:
    """The reason in words; empty where the frame is payable."""
    judgement = settled.judgement
    match judgement.status:
        case Status.NO_COST:
            return Text("この枠で数える明細がありません。", "No item counts in this frame.")
        case Status.INELIGIBLE:
            return say(
                Text("満たさない要件: {0}。", "Unmet: {0}."), joined(unmet(judgement, words, subject), "、", "; ")
            )
        case Status.INCOMPLETE:
            missing = joined([words.fact(name) for name in settled.missing[:_MOST]], "、", ", ")
            return say(Text("足りない事実: {0}。", "Missing: {0}."), missing)
        case Status.BELOW_FLOOR:
            open_bands = [band.band for band in judgement.bands if band.holds is not False]
            floors = [band.floor.value for band in open_bands if band.floor is not None]
            if judgement.total is None or judgement.total.value is None or not floors:
                return Text("補助額が下限に届きません。", "The subsidy is under the lower limit.")
            template = Text("補助額{0}が下限{1}に届きません。", "The subsidy of {0} is under the lower limit of {1}.")
            return say(template, figure(int(exact(judgement.total))), figure(min(floors)))
        case Status.PAYABLE:
            return Text("", "")


def unmet(judgement: Judgement, words: Words, subject: Applicant) -> list[Text]:
    """Each requirement that is false, with what it would need; those of the bands where the frame's own all hold."""
    of_bands = (requirement for band in judgement.bands if band.holds is False for requirement in band.requirements)
    told: dict[str, Text] = {}
    for asked in (judgement.requirements, of_bands):
        for judged in asked if not told else ():
            if judged.derivation.value is False and judged.requirement.id not in told:
                needed, label = needs(judged.derivation, subject, words), judged.requirement.label
                sentence = say(Text("{0}（{1}）", "{0} ({1})"), label, joined(needed, "、", ", ")) if needed else label
                told[judged.requirement.id] = sentence
    return list(told.values())[:_MOST]
