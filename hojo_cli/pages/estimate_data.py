"""`hojo.estimate/1`: the JSON of the contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.base.number import exact
from hojo_cli.base.sanitize import path_text
from hojo_cli.drawing.entries import finding_data, ruleset_data
from hojo_cli.explanation import side_by_side
from hojo_cli.explanation.words import EMPTY
from hojo_cli.results import Citation, Context, Estimate, Explained, Result
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.nodes import Exact

FORMAT: Final = "hojo.estimate/1"


def data(head: Ruleset, results: Iterable[Result], lang: str) -> dict[str, object]:
    """The JSON of the contract."""
    return {
        "format": FORMAT,
        "ruleset": ruleset_data(head, lang),
        "results": [result_data(result, lang) for result in results],
    }


def result_data(result: Result, lang: str) -> dict[str, object]:
    return {
        "file": path_text(result.file),
        "name": result.name,
        "fiscal_year": result.fiscal_year or None,
        "best": result.best or None,
        "frame": result.frame or None,
        "profile": [
            {
                "id": trait.id,
                "label": trait.label.into(lang),
                "holds": trait.holds,
                "because": [text.into(lang) for text in trait.because],
                "source": citation(trait.citation, lang),
            }
            for trait in result.traits
        ],
        "estimates": [frame_data(estimate, lang) for estimate in result.estimates],
        "plan": None
        if result.plan is None
        else {
            "total": result.plan.total,
            "frames": [
                {"frame": part.frame, "subsidy": part.subsidy, "items": list(part.items)} for part in result.plan.parts
            ],
            "at_most": result.plan.at_most,
        },
        "together": [
            text.into(lang)
            for estimate in result.estimates
            if estimate.frame == result.best
            for text in estimate.together
        ],
        "reminders": [
            {
                "id": duty.id,
                "label": duty.label.into(lang),
                "frames": list(duty.frames),
                "source": citation(duty.citation, lang),
            }
            for duty in result.duties
        ],
        "findings": [finding_data(finding, lang) for finding in result.findings],
    } | ({} if result.before is None else {"compared": compared_data(result.before, result, lang)})


def compared_data(old: Result, new: Result, lang: str) -> dict[str, object] | None:
    """The old answer beside the new one; None where one of the two could not be made."""
    if not old.estimates or not new.estimates:
        return None
    return {
        "file": path_text(old.file),
        "set": list(new.changes),
        "estimates": [
            {
                "frame": estimate.frame,
                "label": estimate.label.into(lang),
                "status": {"from": frame.old and frame.old.status, "to": frame.new and frame.new.status},
                **_from_to(frame.yen),
            }
            for frame in side_by_side.frames(old, new)
            if (estimate := frame.new or frame.old)
        ],
        "best": {"frame": {"from": old.best or None, "to": new.best or None}, **_from_to(side_by_side.best(old, new))},
        "plan": _from_to(side_by_side.together(old, new)),
    }


def _from_to(yen: side_by_side.Yen) -> dict[str, int | None]:
    """Yen of both, null where they are not settled."""
    return {"from": yen.old, "to": yen.new, "difference": yen.difference}


def frame_data(estimate: Estimate, lang: str) -> dict[str, object]:
    return {
        "frame": estimate.frame,
        "label": estimate.label.into(lang),
        "status": estimate.status,
        "subsidy": estimate.subsidy,
        "eligible_cost": _yen(estimate.eligible_cost),
        "own_cost": estimate.own_cost,
        "possible": None if estimate.possible is None else {"low": estimate.possible[0], "high": estimate.possible[1]},
        "requirements": [
            {
                "id": met.id,
                "label": met.label.into(lang),
                "holds": met.holds,
                "band": met.band.into(lang) or None,
                "needs": [need.into(lang) for need in met.needs],
                "source": citation(met.citation, lang),
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
                        "whose": _whose(entry.whose, lang),
                        "source": citation(entry.citation, lang),
                    }
                    for entry in line.counted
                ],
                "steps": [
                    {
                        "label": step.label.into(lang),
                        "cost": None if step.cost is None else exact(step.cost),
                        "rate": None if step.rate is None else exact(step.rate),
                        "yen": exact(step.yen or 0),
                        "whose": _whose(step.whose, lang),
                        "source": citation(step.citation, lang),
                        "parts": _parts(step.parts, lang),
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
                "whose": _whose(lost.whose, lang),
                "source": citation(lost.citation, lang),
                "parts": _parts(lost.parts, lang),
            }
            for lost in estimate.reductions
        ],
        "missing": [
            {"fact": gap.fact, "label": gap.label.into(lang), "ask": gap.ask.into(lang)} for gap in estimate.missing
        ],
        "assumptions": [text.into(lang) for text in estimate.assumptions],
        "next_band": None
        if estimate.next_band is None
        else {
            "label": estimate.next_band.label.into(lang),
            "needs": [need.into(lang) for need in estimate.next_band.needs],
        },
        "context": None if estimate.context is None else context_data(estimate.context, lang),
    }


def context_data(context: Context, lang: str) -> dict[str, object]:
    """The published tally of an earlier year; `forecast` is always false."""
    return {
        "fiscal_year": context.fiscal_year,
        "title": context.title.into(lang),
        "label": context.label.into(lang),
        "applied": context.applied,
        "granted": context.granted,
        "forecast": False,
        "source": citation(context.citation, lang),
    }


def _parts(parts: Iterable[Explained], lang: str) -> list[dict[str, object]]:
    """What a limit or a rate is made of."""
    return [
        {
            "label": part.label.into(lang),
            "value": part.value.into(lang),
            "source": citation(part.citation, lang),
            "parts": _parts(part.parts, lang),
        }
        for part in parts
    ]


def _whose(whose: tuple[Text, ...], lang: str) -> list[str]:
    """Line, member, member's line, from the outside in."""
    return [text.into(lang) for text in whose if text != EMPTY]


def _yen(value: Exact | None) -> int | str | None:
    """Settled yen as an integer, exact fractions as text."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else exact(value)


def citation(citation: Citation | None, lang: str) -> dict[str, str] | None:
    """The source with what is printed there; the assumption in words where there is one."""
    if citation is None:
        return None
    cited = {"id": citation.id, "title": citation.title, "at": citation.at, "printed": citation.printed}
    source = {key: value for key, value in cited.items() if value}
    return source | ({"assume": citation.assume.into(lang)} if citation.assume != EMPTY else {})
