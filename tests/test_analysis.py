"""The analysis behind `hojo verify` against brute force: nothing it missed is found by trying, and every witness shows what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from random import Random

import pytest
from random_applicants import as_yaml, random_applicant
from subjects import fast, few, read, rules
from verify_examples import complaints, ruleset_with

from hojo_cli.applicants.file_text import text
from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Severity
from hojo_cli.engine.applicant import Applicant, picked
from hojo_cli.engine.evaluator import Evaluator, case_of_facts, evaluator, judge
from hojo_cli.engine.interval import COMPARISONS
from hojo_cli.engine.judgement import Status
from hojo_cli.rules import library, ruleset
from hojo_cli.rules.declared import FactValue, Ruleset
from hojo_cli.rules.nodes import (
    Against,
    Among,
    Apportion,
    Capped,
    Costs,
    Fact,
    FactOr,
    Frame,
    HasItem,
    MemberCount,
    PerMember,
    Pick,
    SameKinds,
)
from hojo_cli.rules.walk import nodes_within, numbers, rebuilt
from hojo_cli.verify.analysis import piecewise
from hojo_cli.verify.analysis.applicants import Builder
from hojo_cli.verify.analysis.boundary_cases import boundary_applicants
from hojo_cli.verify.analysis.diagram import ALL, NONE, Diagrams
from hojo_cli.verify.analysis.difference import Difference
from hojo_cli.verify.analysis.overlay import Overlay
from hojo_cli.verify.analysis.payout import Payout
from hojo_cli.verify.analysis.purchases import in_slot
from hojo_cli.verify.analysis.scope import FrameScope
from hojo_cli.verify.analysis.situations import Analysis, FrameAnalysis, Situation, analyse
from hojo_cli.verify.analysis.steps import CountStep, steps
from hojo_cli.verify.analysis.world import number_of
from hojo_cli.verify.examined import Complaint

YEARS = ("2024", "2025", "2026")
MEANING = re.compile("HJ5[4-6][0-9]")
MEANING_CHECKS = ("never_or_always", "unreachable", "cliff", "above_cap", "whole_yen")


@cache
def analysis(year: str) -> Analysis:
    return analyse(rules(year))


@cache
def told(year: str) -> tuple[Complaint, ...]:
    """What the checks of meaning say about a shipped year."""
    data, _ = library.content(year)
    return tuple(each for each in complaints(data, MEANING_CHECKS) if MEANING.match(each.finding.code))


@cache
def changes(year: str) -> tuple[CountStep, ...]:
    return tuple(steps(analysis(year)))


# --- the shipped rulesets ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_a_shipped_ruleset_has_only_lawful_borders(year: str) -> None:
    """Floors, classes of size and counts of processes are notes; nothing falls, nothing is dead."""
    assert {found.finding.severity for found in told(year)} == {Severity.NOTE}
    assert {found.finding.code for found in told(year)} == {"HJ542", "HJ552", "HJ553"}


@pytest.mark.parametrize("year", YEARS)
def test_every_witness_comes_to_a_figure_its_finding_names(year: str) -> None:
    """Read as a file, judged by the exact evaluation."""
    with_witness = [found for found in told(year) if found.witness]
    assert len(with_witness) >= 15
    for found in with_witness:
        subject = read(found.witness, rules(year))
        paid = {judge(rules(year), frame, subject).subsidy or 0 for frame in rules(year).frames.values()}
        named = {int(figure.replace(",", "")) for figure in re.findall(r"([\d,]+) yen", found.finding.message.en)}
        assert paid & named, found.finding.message.en


@pytest.mark.parametrize("year", YEARS)
def test_every_applicant_of_the_atlas_is_a_valid_file_with_the_same_result(year: str) -> None:
    used = rules(year)
    for name, frame in analysis(year).frames.items():
        for subject in list(boundary_applicants(frame))[::29]:
            again = read(text(used, subject), used)
            assert fast(year).outcomes(again) == fast(year).outcomes(subject)
            judgement = judge(used, used.frames[name], subject)
            assert fast(year).outcomes(subject)[name] == (judgement.status, judgement.subsidy)


# --- brute force: conditions ------------------------------------------------------------------------------------------------


def located(scope: FrameScope, subject: Applicant) -> int:
    """The set of those whom the analysis does not tell apart from this applicant."""
    diagrams, world = scope.diagrams, scope.world
    found = diagrams.literal(scope.purchase, [basket_of(scope, subject)])
    for name, domain in world.domains.items():
        value = subject.facts.get(name)
        if value is not None:
            places = [i for i in range(len(domain.first)) if holds(domain.spec.kind, domain.first, i, value)]
            found = diagrams.both(found, diagrams.literal(world.variables[name], places[-1:]))
    for facts, (variable, value) in world.said.items():
        says = any(name in subject.facts for name in facts)
        found = diagrams.both(found, diagrams.literal(variable, [value if says else 1 - value]))
    for node, variable in world.related.items():
        if isinstance(node, Against) and isinstance(node.left, Fact) and isinstance(node.right, Fact):
            left, right = (number_of(subject.facts[side.name]) for side in (node.left, node.right))
            holding = COMPARISONS[node.op](left, right)
            found = diagrams.both(found, diagrams.literal(variable, [int(holding)]))
        elif isinstance(node, SameKinds):
            bought = frozenset[str]().union(
                *(item.fields.get(node.kinds.field, ()) for item in subject.items if picked(item, node.kinds.picks))
            )
            same = bool(bought) and subject.facts[node.fact] == bought
            found = diagrams.both(found, diagrams.literal(variable, [int(same)]))
    return found


def holds(kind: str, first: tuple[FactValue, ...], place: int, value: FactValue) -> bool:
    if kind in ("choice", "boolean"):
        return first[place] == value
    return first[place] <= value  # type: ignore[operator]  # numbers


def basket_of(scope: FrameScope, subject: Applicant) -> int:
    asked = scope.questions
    has = tuple(any(picked(item, picks) for item in subject.items) for picks in asked.has)
    counts = tuple(
        len({kind for item in subject.items if picked(item, count.picks) for kind in item.fields.get(count.field, ())})
        for count in asked.counts
    )
    slots = tuple(
        any(in_slot(asked.costs[place], name, item) for item in subject.items) for place, name in scope.questions.slots
    )
    return next(
        i for i, each in enumerate(scope.purchases) if (each.has, each.counts, each.slots) == (has, counts, slots)
    )


def completed(scope: FrameScope, subject: Applicant) -> Applicant:
    """The applicant with each choice replaced by the first that no test tells apart from it, and every fact known."""
    facts = dict(subject.facts)
    sets: dict[str, list[frozenset[str]]] = {}
    for node in nodes_within(scope.world.ruleset):
        if isinstance(node, Among):
            sets.setdefault(node.fact, []).append(node.choices)
    for name, domain in scope.world.domains.items():
        value = facts.setdefault(name, domain.first[0])
        if domain.spec.kind == "choice":
            alike = [one for one in domain.first if all((one in tested) == (value in tested) for tested in sets[name])]
            assert len(alike) == 1
            facts[name] = alike[0]
    return subject._replace(facts=facts)


@pytest.mark.no_cover
@pytest.mark.parametrize("start", few(range(0, 400, 100), 1))
def test_every_applicant_is_in_exactly_one_situation_and_it_is_the_right_one(start: int) -> None:
    """Requirements, bands and branches as the evaluation sees them."""
    used = rules("2026")
    for seed in range(start, start + 100):
        subject = read(as_yaml(random_applicant(Random(seed))), used)
        for frame in analysis("2026").frames.values():
            if frame.scope.inner is not None:
                continue
            subject = completed(frame.scope, subject)
            judgement = judge(used, frame.frame, subject)
            if judgement.status in (Status.NO_COST, Status.INCOMPLETE):
                continue
            at = located(frame.scope, subject)
            inside = [each for each in frame.situations if frame.scope.diagrams.both(each.guard, at) != NONE]
            eligible = all(judged.derivation.value for judged in judgement.requirements)
            assert bool(inside) == eligible
            assert len(inside) <= 1
            if eligible:
                stand = {tuple(bool(band.holds) for band in judgement.bands)}
                assert {each.bands for each in inside} == stand
                predicted(frame, inside[0], judgement.subsidy or 0, subject)


def predicted(frame: FrameAnalysis, situation: Situation, paid: int, subject: Applicant) -> None:
    """The curves of its situation say what the applicant is paid, up to the yen that each line's rounding takes."""
    costs: dict[str, Exact] = {}
    reader = evaluator(frame.scope.world.ruleset)
    for line in frame.frame.lines:
        looked_at = next(node for node in nodes_within(line.amount) if isinstance(node, (Apportion, Costs)))
        value = reader.amount(looked_at)(reader.case(subject)).value
        assert isinstance(value, (int, Fraction))
        costs[line.id] = value
    assert 0 <= Payout(frame, situation).paid(costs) - paid < len(costs) + 1


# --- brute force: cost and counts -----------------------------------------------------------------------------------------------


def around_bends(frame: FrameAnalysis) -> Iterator[int]:
    """Every yen near each bend, and a coarse grid far beyond the last."""
    bends = {
        int(piece.start) for each in frame.situations for curve in Payout(frame, each).lines.values() for piece in curve
    }
    for bend in sorted(bend for bend in bends if bend < 10**9):
        yield from range(max(0, bend - 30), bend + 31)
    yield from range(0, 10_000_000, 12_343)


@pytest.mark.parametrize("year", YEARS)
def test_no_more_cost_ever_pays_less_and_jumps_are_all_reported(year: str) -> None:
    """One line at a time, in every situation, yen by yen around the bends."""
    floors = {
        int(figure.replace(",", ""))
        for found in told(year)
        if found.finding.code == "HJ552"
        for figure in re.findall(r"([\d,]+) yen\.", found.finding.message.en)
    }
    used = rules(year)
    for name, frame in analysis(year).frames.items():
        if frame.scope.inner is not None:
            continue
        for situation in frame.situations:
            base = shown(frame, situation.guard)
            place = max(range(len(base.items)), key=lambda i: base.items[i].cost)
            before, last = 0, 0
            judged = Evaluator(used._replace(frames={name: used.frames[name]}))
            for cost in sorted(set(around_bends(frame))):
                item = base.items[place]._replace(cost=cost)
                subject = base._replace(items=(*base.items[:place], item, *base.items[place + 1 :]))
                paid = judged.outcomes(subject)[name][1] or 0
                assert paid >= before
                if cost == last + 1 and paid > before + 1:
                    assert floors & set(range(last - 1, cost + 2)) or before == 0
                before, last = paid, cost


def shown(frame: FrameAnalysis, guard: int) -> Applicant:
    found = Builder(frame).build(guard, {frame.frame.lines[0].id: 1_000_000})
    assert found is not None
    return found


def can_be(used: Ruleset, subject: Applicant) -> bool:
    """Whether nothing is said that can only be where something else holds."""
    reader, case = evaluator(used, traced=False), case_of_facts(subject.facts)
    said = [spec.only_if for spec in used.facts.values() if spec.only_if is not None and subject.facts.get(spec.id)]
    return all(reader.holds(only_if, case) is not False for only_if in said)


@pytest.mark.no_cover
@pytest.mark.parametrize("year", few(reversed(YEARS), 1))
def test_stepping_through_every_headcount_finds_no_border_that_was_not_reported(year: str) -> None:
    """Random applicants, each numeric fact in turn over every value near any figure."""
    reported = {(each.frame, each.counted, each.end) for each in changes(year) if not each.bought}
    used, random = rules(year), Random(2026)
    ranges = {
        "count": [*range(320), *range(890, 910)],
        "yen": [value + step for value in (30, 10**7, 5 * 10**7, 10**8, 3 * 10**8) for step in range(-2, 3)],
        "months": list(range(13)),
    }
    subjects = [
        subject for frame in analysis(year).frames.values() for subject in list(boundary_applicants(frame))[::17]
    ]
    for _ in range(60):
        subject = random.choice(subjects)
        for name in ("entity", "industry"):
            subject = subject._replace(facts={**subject.facts, name: random.choice(list(used.facts[name].choices))})
        for name, spec in used.facts.items():
            if spec.kind not in ranges or spec.at_most or spec.minimum or spec.unset is not None:
                continue
            before = None
            for value in ranges[spec.kind]:
                stepped = subject._replace(facts={**subject.facts, name: value})
                if not can_be(used, stepped):
                    continue
                after = fast(year).outcomes(stepped)
                for frame in used.frames:
                    if (
                        before is not None
                        and before[0] == value - 1
                        and (before[1][frame][1] or 0) != (after[frame][1] or 0)
                    ):
                        assert (frame, name, value) in reported
                before = value, after


@pytest.mark.parametrize("year", YEARS)
def test_every_reported_step_happens(year: str) -> None:
    assert len(changes(year)) >= 25
    for step in changes(year):
        frame = rules(year).frames[step.frame]
        assert (judge(rules(year), frame, step.applicant).subsidy or 0) == step.before
        assert (judge(rules(year), frame, step.stepped).subsidy or 0) == step.after
        assert step.before != step.after


# --- seeded faults --------------------------------------------------------------------------------------------------------------

LINE = "id: goods, label: {ja: 機器と工事, en: goods and works}, items: [{category: [goods, work]}], assume: amounts"
USES = """
items:
  fields: {uses: {label: {ja: 用途, en: uses}, choices: {sales: {ja: 販売, en: sales}, stock: {ja: 在庫, en: stock}, staff: {ja: 人事, en: staff}}}}
measures: {kinds: {label: {ja: 用途の数, en: kinds of use}, distinct: uses, items: [{category: [goods, work]}]}}
"""


def aid(rest: str) -> str:
    return f"frames: {{aid: {{lines: [{{{LINE}, {rest}}}], bands: null}}}}"


FAULTS = {
    "a branch after one that always holds": (
        "HJ544",
        aid("rate: [{when: {any: [{fact: staff, min: 20人}, {fact: staff, max: 20人}]}, use: 2/3}, {use: 1/2}]"),
    ),
    "a branch hidden by an earlier one": (
        "HJ544",
        aid(
            "rate: [{when: {fact: staff, min: 10人}, use: 2/3}, {when: {fact: staff, min: 20人}, use: 3/4}, {use: 1/2}]"
        ),
    ),
    "a branch that the requirements exclude": (
        "HJ544",
        aid(
            "rate: [{when: {all: [{fact: trade, in: [maker]}, {fact: capital, above: 100万円}]}, use: 2/3}, {use: 1/2}]"
        ),
    ),
    "a cap under the first tier": (
        "HJ546",
        aid("tiers: {basis: subsidy, steps: [{up_to: 60万円, rate: 2/3}, {up_to: 90万円, rate: 1/2}]}, cap: 50万円"),
    ),
    "a cap above the last tier": (
        "HJ548",
        aid("tiers: {basis: subsidy, steps: [{up_to: 60万円, rate: 2/3}, {up_to: 90万円, rate: 1/2}]}, cap: 100万円"),
    ),
    "a first tier that pays nothing and is never left": (
        "HJ543",
        aid("tiers: {basis: subsidy, steps: [{up_to: 60万円, rate: 0/3}, {up_to: 90万円, rate: 1/2}]}"),
    ),
    "a band above the cap of its only line": (
        "HJ547",
        f"frames: {{aid: {{lines: [{{{LINE}, rate: 2/3, cap: 50万円}}]}}}}",
    ),
    "a requirement that nobody meets": (
        "HJ540",
        (
            "frames: {aid: {requires: [{id: none, label: {ja: なし, en: none}, assume: amounts, "
            "holds: {all: [{fact: staff, max: 5人}, {fact: staff, min: 6人}]}}]}}"
        ),
    ),
    "requirements that exclude each other": (
        "HJ543",
        (
            "frames: {aid: {requires: [{id: few, label: {ja: 少, en: few}, holds: {fact: staff, max: 5人}, assume: amounts}, "
            "{id: many, label: {ja: 多, en: many}, holds: {fact: staff, min: 6人}, assume: amounts}]}}"
        ),
    ),
    "a requirement that everybody meets": (
        "HJ541",
        (
            "frames: {aid: {requires: [{id: all, label: {ja: 全員, en: all}, assume: amounts, "
            "holds: {any: [{fact: staff, max: 5人}, {fact: staff, min: 6人}]}}]}}"
        ),
    ),
    "less for more kinds": ("HJ551", USES + aid("rate: [{when: {measure: kinds, min: 2種類}, use: 1/2}, {use: 2/3}]")),
    "a smaller cap for more kinds": (
        "HJ551",
        USES + aid("rate: 1/2, cap: [{when: {measure: kinds, min: 3種類}, use: 10万円}, {use: 20万円}]"),
    ),
    "rounding up above the cap": (
        "HJ555",
        "rounding: {unit: 3円, mode: up, at: line, source: null, assume: amounts}\n" + aid("rate: 2/3, cap: 50万円"),
    ),
    "a gap between bands whose cap depends on a fact": (
        "HJ554",
        "frames: {aid: {bands: [{id: low, label: {ja: 小, en: small}, floor: {use: 5万円}, assume: amounts, "  # noqa: ISC004
        "cap: [{when: {fact: staff, min: 20人}, use: 50万円}, {use: 59万円}]}, "
        "{id: high, label: {ja: 大, en: large}, floor: {use: 60万円}, cap: {use: 100万円}, assume: amounts}]}}",
    ),
    "a jump at a floor without a band below": (
        "HJ552",
        "frames: {aid: {bands: [{id: high, label: {ja: 大, en: large}, floor: {use: 60万円}, cap: {use: 100万円}, assume: amounts}]}}",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_seeded_fault_is_found_by_its_code(fault: str) -> None:
    code, patch = FAULTS[fault]
    data = ruleset_with(patch)
    found = complaints(data, MEANING_CHECKS)
    assert code in {each.finding.code for each in found}, [
        (each.finding.code, each.finding.message.en) for each in found
    ]
    for each in found:
        if each.finding.code == code and each.witness:
            used = ruleset.read(data, "example.yaml")
            paid = {judge(used, frame, read(each.witness, used)).subsidy or 0 for frame in used.frames.values()}
            named = {int(figure.replace(",", "")) for figure in re.findall(r"([\d,]+) yen", each.finding.message.en)}
            assert paid & named


def test_rules_with_too_many_combinations_are_said_to_be_undecided() -> None:
    """Sixteen choices that are each asked for by themselves make 2**16 baskets."""
    names = [f"n{place}" for place in range(16)]
    choices = ", ".join(f"{name}: {{ja: {name}, en: {name}}}" for name in names)
    branches = ", ".join(
        f"{{when: {{items: [{{category: [goods], uses: {{has: [{name}]}}}}]}}, use: 1/2}}" for name in names
    )
    patch = f"items: {{fields: {{uses: {{label: {{ja: 用途, en: uses}}, choices: {{{choices}}}}}}}}}\n"
    found = complaints(ruleset_with(patch + aid(f"rate: [{branches}, {{use: 2/3}}]")), MEANING_CHECKS)
    assert [each.finding.code for each in found] == ["HJ549"]


# --- the parts ----------------------------------------------------------------------------------------------------------------------


def test_equal_sets_are_equal_numbers() -> None:
    """Against sets of assignments written out."""
    random = Random(7)
    diagrams = Diagrams()
    variables = [diagrams.variable(size) for size in (2, 3, 4)]
    everything = [(a, b, c) for a in range(2) for b in range(3) for c in range(4)]
    known = [(ALL, frozenset(everything)), (NONE, frozenset[tuple[int, int, int]]())]
    for _ in range(300):
        (one, left), (other, right) = random.choice(known), random.choice(known)
        place = random.randrange(3)
        values = [value for value in range((2, 3, 4)[place]) if random.random() < 0.5]
        literal = (
            diagrams.literal(variables[place], values),
            frozenset(each for each in everything if each[place] in values),
        )
        known += [
            literal,
            (diagrams.both(one, literal[0]), left & literal[1]),
            (diagrams.either(one, other), left | right),
            (diagrams.outside(one), frozenset(everything) - left),
        ]
        seen = {each for each in everything if (each[0], 1, each[2]) in left}
        assert members(diagrams, diagrams.at(one, variables[1], 1), everything) == seen
        parts = diagrams.split(one, [other, literal[0]])
        truths = {each: (each in right, each in literal[1]) for each in left}
        assert {each: told for part, told in parts for each in members(diagrams, part, everything)} == truths
        assert diagrams.values(one, variables[2]) == sorted({each[2] for each in left})
    assert len({number for number, _ in known}) == len({members for _, members in known})


def members(diagrams: Diagrams, one: int, everything: list[tuple[int, int, int]]) -> set[tuple[int, int, int]]:
    """The assignments in a set, each asked for by itself."""
    return {
        each
        for each in everything
        if diagrams.every([one, *(diagrams.literal(variable, [value]) for variable, value in enumerate(each))]) != NONE
    }


def test_curves_are_what_their_definition_says_at_every_yen() -> None:
    """min, sum and composition against the same worked out point by point."""
    random = Random(3)
    for _ in range(60):
        one, other = (scale(random) for _ in range(2))
        for cost in (*range(0, 120, 3), *(random.randrange(2000) for _ in range(10))):
            first, second = piecewise.at(one, cost), piecewise.at(other, cost)
            assert piecewise.at(piecewise.least(one, other), cost) == min(first, second)
            assert piecewise.at(piecewise.total((one, other)), cost) == first + second
            assert piecewise.at(piecewise.through(one, other), cost) == piecewise.at(one, second)
            found = piecewise.reach(one, first)
            assert found is not None
            assert found <= cost
            assert piecewise.at(one, found) == first


def scale(random: Random) -> piecewise.Curve:
    """A rising continuous curve."""
    pieces, start, value = [], 0, 0
    for _ in range(random.randrange(1, 5)):
        slope = random.choice((0, 1, 2))
        pieces.append(piecewise.Segment(start, value, slope))
        width = random.randrange(1, 40)
        start, value = start + width, value + width * slope
    return tuple(pieces)


# --- whether two rulesets pay everybody the same ------------------------------------------------------------------------


def difference(used: Ruleset, frame: Frame) -> Difference:
    """The group frame of a ruleset against another one in its place."""
    return Difference(Overlay(used, used._replace(frames={**used.frames, frame.id: frame})), frame.id)


def test_another_stand_in_for_a_fact_is_not_called_the_same() -> None:
    """Whoever leaves the fact out is paid by what stands in for it."""
    used = rules("2026")
    other = MemberCount("buyers", HasItem((Pick(frozenset(("office",)), ()),)))
    frame = rebuilt(
        used.frames["group"], lambda node: node._replace(otherwise=other) if isinstance(node, FactOr) else node
    )
    assert frame != used.frames["group"]
    assert not difference(used, frame).proved
    assert difference(used, used.frames["group"]).proved


def test_a_frame_of_nothing_but_lines_of_members_is_looked_at() -> None:
    used = rules("2026")
    group = used.frames["group"]
    lent = next(line for line in group.lines if any(isinstance(node, PerMember) for node in nodes_within(line.amount)))
    number = next(numbers(used.frames["group"]))
    before = group._replace(lines=(lent,), subtotals=(), bands=())
    after = before._replace(lines=(lent._replace(amount=Capped(lent.amount, number._replace(value=1))),))
    assert not difference(used._replace(frames={**used.frames, "group": before}), after).proved
