"""What is said of a border at most is the most there is, also with caps for each of many and with shared caps; the rest is an example."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from verify_examples import ruleset_with

from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.engine.evaluator import Evaluator
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.declared import FactValue, Ruleset
from hojo_cli.verify.analysis.situations import analyse
from hojo_cli.verify.analysis.steps import CountStep, steps

SMALL = "requires: [{id: small, label: {ja: 小, en: small}, holds: {fact: staff, max: 20人}, assume: amounts}]"
GOODS = "id: goods, label: {ja: 機器, en: goods}, items: [{category: goods}]"
WORK = "id: work, label: {ja: 工事, en: works}, items: [{category: work}]"
AID = "label: {ja: 設備の補助, en: Aid}, bands: null"


def frame(body: str) -> Ruleset:
    """The base ruleset with another `aid`; its figures are looked at by nobody here."""
    return ruleset.read(ruleset_with(f"frames: {{aid: {{{AID}, {body}}}}}"), "example.yaml")


FRAMES = {
    "a cap for each": f"{SMALL}, lines: [{{{GOODS}, rate: 2/3, cap: {{use: 5万円, times: {{fact: staff}}}}, assume: amounts}}]",
    "a cap for each yen of nobody": f"{SMALL}, lines: [{{{GOODS}, rate: 2/3, cap: {{use: 0円, times: {{fact: staff}}}}, assume: amounts}}]",
    "a shared cap": f"{SMALL}, lines: [{{{GOODS}, rate: 2/3, assume: amounts}}, {{{WORK}, rate: 1/2, assume: amounts}}],"
    " subtotals: [{id: both, label: {ja: 計, en: both}, lines: [goods, work], cap: {use: 60万円, assume: amounts}}]",
    "a shared cap for each": f"{SMALL}, lines: [{{{GOODS}, rate: 2/3, assume: amounts}}, {{{WORK}, rate: 1/2, assume: amounts}}],"
    " subtotals: [{id: both, label: {ja: 計, en: both}, lines: [goods, work], cap: {use: 5万円, times: {fact: staff}, assume: amounts}}]",
    "a cap within a cap": f"{SMALL}, lines: [{{{GOODS}, rate: 2/3, assume: amounts}}, {{{WORK}, rate: 1/2, assume: amounts}}],"
    " subtotals: [{id: inner, label: {ja: 内, en: inner}, lines: [goods], cap: {use: 50万円, assume: amounts}},"
    " {id: outer, label: {ja: 外, en: outer}, lines: [goods, work], cap: {use: 60万円, assume: amounts}}]",
    "a better rate": f"requires: null, lines: [{{{GOODS}, cap: 50万円, rate: [{{when: {{fact: staff, max: 20人}}, use: 2/3}}, {{use: 1/2}}], assume: amounts}}]",
    "a better rate of two lines": f"requires: null, lines: [{{{GOODS}, cap: 50万円, rate: [{{when: {{fact: staff, max: 20人}}, use: 2/3}}, {{use: 1/2}}],"
    f" assume: amounts}}, {{{WORK}, cap: 60万円, rate: 1/2, assume: amounts}}]",
    "another shared cap": f"requires: null, lines: [{{{GOODS}, rate: 2/3, assume: amounts}}, {{{WORK}, rate: 1/2, assume: amounts}}],"
    " subtotals: [{id: both, label: {ja: 計, en: both}, lines: [goods, work], cap: [{when: {fact: staff, max: 20人}, use: 100万円}, {use: 60万円}], assume: amounts}]",
    "no end": f"{SMALL}, lines: [{{{GOODS}, rate: 2/3, assume: amounts}}]",
    "a cap for each of something else": f"requires: [{{id: rich, label: {{ja: 小, en: small}}, holds: {{fact: capital, max: 100万円}}, assume: amounts}}],"
    f" lines: [{{{GOODS}, rate: 2/3, cap: {{use: 5万円, times: {{fact: staff}}}}, assume: amounts}}]",
}

MOST = {
    "a cap for each": (1_000_000, 0),
    "a shared cap": (600_000, 0),
    "a shared cap for each": (1_000_000, 0),
    "a cap within a cap": (600_000, 0),
    "a better rate": (500_000, 375_000),
    "a better rate of two lines": (500_000, 375_000),
}
"""By hand: what the step comes to at most."""


def found(used: Ruleset) -> list[CountStep]:
    return [step for step in steps(analyse(used)) if step.frame == "aid"]


@pytest.mark.parametrize("name", MOST)
def test_the_most_is_that_of_the_hand(name: str) -> None:
    (step,) = found(frame(FRAMES[name]))
    assert (step.counted, step.start, step.end) == ("staff", 20, 21)
    assert (step.before, step.after, step.proved) == (*MOST[name], True)


@pytest.mark.parametrize("name", ["no end", "a cap for each of something else"])
def test_where_there_is_no_end_it_is_an_example(name: str) -> None:
    assert [step.proved for step in found(frame(FRAMES[name]))] == [False]


@pytest.mark.parametrize("name", FRAMES)
def test_nobody_found_by_trying_changes_more_than_what_is_said_at_most(name: str) -> None:
    """3,000 applicants on both sides of each border."""
    used, random = frame(FRAMES[name]), Random(name)
    judge = Evaluator(used._replace(frames={"aid": used.frames["aid"]}))
    for step in found(used):
        if step.proved:
            for _ in range(3_000):
                facts: dict[str, FactValue] = {
                    "staff": random.randrange(60),
                    "capital": random.randrange(2_000_000),
                    "trade": "shop",
                }
                items = tuple(
                    Item(
                        "",
                        category,
                        random.choice((0, 1, 10**5, 749_999, 750_000, 999_999, 10**6, 2 * 10**6, 10**8)),
                        None,
                        None,
                        {},
                        0,
                    )
                    for category in ("goods", "work")
                )
                before, after = (
                    judge.outcomes(Applicant("", {**facts, step.counted: value}, items))["aid"][1] or 0
                    for value in (step.start, step.end)
                )
                change, most = after - before, step.after - step.before
                assert min(0, most) <= change <= max(0, most) or (change < 0) is not (most < 0)


@pytest.mark.parametrize("year", library.years())
def test_cliffs_of_capped_frames_are_proved(year: str) -> None:
    """Of the shipped years only what has no end, or is paid for each member, is an example."""
    told = [step for step in steps(analyse(ruleset.load(year))) if not step.bought]
    assert [step for step in told if step.proved]
    for step, other in product(told, told):
        same = (step.frame, step.counted, step.end) == (other.frame, other.counted, other.end)
        if same and step.proved and (step.after < step.before) is (other.after < other.before):
            assert abs(other.after - other.before) <= abs(step.after - step.before)
