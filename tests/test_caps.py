"""Nothing pays above a cap that its ruleset states, on rulesets made at random; and what is printed recomputes to what is paid."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest
import random_rulesets
from random_rulesets import across, most
from subjects import Outcome, few

from hojo_cli.base.exact import Exact
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.evaluator import Evaluator, judge
from hojo_cli.engine.judgement import Judgement, Status
from hojo_cli.explanation import explain
from hojo_cli.results.estimated import Estimate
from hojo_cli.rules import ruleset
from hojo_cli.rules.declared import Ruleset

APPLICANTS = 6
"""For each ruleset."""


def known(seed: int) -> tuple[dict[str, Any], Ruleset | None]:
    """A ruleset; None where it is refused, which only happens for amounts that have no definite value."""
    data = random_rulesets.ruleset(Random(seed))
    read, findings = ruleset.examine(random_rulesets.text(data), "random.yaml")
    codes = {found.code for found in findings}
    assert codes <= {"HJ337", "HJ370", "HJ371", "HJ372"}, (seed, findings)
    assert ("HJ370" in codes) is across(data), seed
    return data, None if codes else read


def whole(value: Exact | None) -> Fraction:
    assert value is not None
    return Fraction(value)


def stated(data: dict[str, Any], judged: Judgement, one: Applicant) -> None:
    """Every cap of a frame against what its lines are paid in the end."""
    frame = data["frames"][judged.frame.id]
    paid = {line.line.id: whole(line.paid) for line in judged.lines}
    assert all(yen >= 0 for yen in paid.values())
    assert sum(paid.values()) == judged.subsidy
    for group in frame.get("subtotals", ()):
        paid[group["id"]] = sum((paid[name] for name in group["lines"]), start=Fraction(0))
    for part in (*frame["lines"], *frame.get("subtotals", ())):
        if "cap" in part:
            assert paid[part["id"]] <= most(part["cap"], one, paid), part
    for line in frame["lines"]:
        tiers = line.get("tiers", {"basis": "cost"})
        if tiers["basis"] == "subsidy" and (top := tiers["steps"][-1].get("up_to")):
            assert paid[line["id"]] <= most(top, one, paid), line
    if judged.band is not None:
        band = next(each for each in frame["bands"] if each["id"] == judged.band.band.id)
        assert judged.subsidy is not None
        assert judged.subsidy >= most(band["floor"], one, paid) or "cap" in band
        assert "cap" not in band or judged.subsidy <= most(band["cap"], one, paid)
        assert "below" not in band or judged.subsidy < most(band["below"], one, paid)


def recomputes(estimate: Estimate) -> None:
    """Each printed step: cost × rate is the yen beside it; the steps add up to their line, the lines to the subsidy."""
    assert sum(whole(line.subsidy) for line in estimate.lines) == estimate.subsidy
    for line in estimate.lines:
        assert sum((step.yen or 0) for step in line.steps) == line.subsidy
        for step in line.steps:
            if step.cost is not None and step.rate is not None and step.yen is not None:
                assert step.cost * step.rate == step.yen, step
    for reason in ("cap", "rounding", "band"):
        assert all(lost.yen > 0 for lost in estimate.reductions if lost.reason == reason)
    if estimate.status == Status.PAYABLE:
        cuts = sum((step.yen or 0) for line in estimate.lines for step in line.steps if step.cost is None)
        lost = sum(each.yen for each in estimate.reductions if each.of == "subsidy" and "段階" not in each.label.ja)
        added = sum(
            (step.yen or 0)
            for line in estimate.lines
            for step in line.steps
            if step.cost is None and (step.yen or 0) > 0
        )
        assert cuts == added - lost, estimate.reductions


@pytest.mark.no_cover
@pytest.mark.parametrize("start", few(range(0, 240, 40), 3))
def test_nothing_pays_above_a_cap_that_its_ruleset_states(start: int) -> None:
    met: set[Status] = set()
    for seed in range(start, start + 40):
        data, used = known(seed)
        if used is None:
            continue
        fast, random = Evaluator(used), Random(seed)
        for _ in range(APPLICANTS):
            one = random_rulesets.subject(random, data)
            judged = {name: judge(used, frame, one) for name, frame in used.frames.items()}
            outcomes: dict[str, Outcome] = {name: (each.status, each.subsidy) for name, each in judged.items()}
            assert fast.outcomes(one) == outcomes, seed
            for each in judged.values():
                met.add(each.status)
                if each.status is Status.PAYABLE:
                    stated(data, each, one)
            for estimate in explain.estimates(used, one):
                recomputes(estimate)
    assert met >= {Status.PAYABLE, Status.NO_COST}
