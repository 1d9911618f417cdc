"""`hojo.advise/1`: the JSON of the contract."""

from __future__ import annotations

from hojo_cli.advise.advice import Advice
from hojo_cli.advise.answers import Answered
from hojo_cli.advise.target import Outlay, Target
from hojo_cli.advise.weighing import Reread
from hojo_cli.base.sanitize import path_text
from hojo_cli.formats.drawing.entries import border_data
from hojo_cli.pages.as_json import as_json
from hojo_cli.results.advised import Lever
from hojo_cli.results.estimated import Result


def data(name: str, result: Result, advice: Advice | None, lang: str) -> dict[str, object]:
    """`hojo.advise/1`; of a file that is wrong its findings alone."""
    judged = as_json(result, lang)
    said: dict[str, object] = {
        "levers": [],
        "target": None,
        "own": None,
        "margins": [],
        "assumptions": [],
        "answers": [],
    }
    if advice is not None:
        said = {
            "levers": [lever_data(lever, lang) for lever in advice.levers],
            "target": None if advice.target is None else target_data(advice.target, lang),
            "own": None if advice.own is None else purchase_data(advice.own),
            "margins": [border_data(border, lang) for border in advice.margins],
            "assumptions": [weighed_data(each, lang) for each in advice.assumptions],
            "answers": [answer_data(each, lang) for each in advice.answers],
        }
    findings = {"findings": judged["findings"]}
    return {"format": name, "file": path_text(result.file), "plan": judged["plan"]} | said | findings


def answer_data(answer: Answered, lang: str) -> dict[str, object]:
    """One answer to an open question."""
    return {
        "set": [answer.setting],
        "frame": answer.frame,
        "label": answer.question.into(lang),
        "answer": answer.answer.into(lang),
        "low": answer.least,
        "high": answer.most,
    }


def weighed_data(weighed: Reread, lang: str) -> dict[str, object]:
    """One frame under an assumption and under its other reading."""
    (status, before), (other_status, after) = weighed.before, weighed.after
    return {
        "id": weighed.assumption,
        "label": weighed.label.into(lang),
        "reading": weighed.reading.into(lang),
        "frame": weighed.frame,
        "status": {"from": status, "to": other_status},
        "from": before,
        "to": after,
    }


def lever_data(lever: Lever, lang: str) -> dict[str, object]:
    """One change by which a frame pays more."""
    return {
        "set": list(lever.settings),
        "frame": lever.frame,
        "from": lever.before,
        "to": lever.after,
        "gain": lever.gain,
        "cost": as_json(lever.cost, lang),
        "change": lever.change,
        "label": lever.label.into(lang),
        "by": lever.clause.into(lang),
        "source": as_json(lever.citation, lang),
    }


def target_data(found: Target, lang: str) -> dict[str, object]:
    """How an amount is reached; `most` is what can be reached at all."""
    least, (frame, most) = found.least, found.most
    why = None if found.why is None else found.why.label.into(lang)
    return {
        "wanted": found.wanted,
        "reachable": least is not None,
        **(purchase_data(least) if least else {"frame": frame or None, "subsidy": None, "set": [], "cost": None}),
        "most": most,
        "why": why,
        "curved": [price.written for price in found.curved],
        "alone": [purchase_data(purchase) for purchase in found.alone],
    }


def purchase_data(purchase: Outlay) -> dict[str, object]:
    """What is bought, and what comes of it."""
    return {
        "frame": purchase.frame,
        "subsidy": purchase.subsidy,
        "set": list(purchase.settings),
        "cost": as_json(purchase.cost + 0, ""),
    }
