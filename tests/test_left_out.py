"""Facts and fields of items left out: every kind of node, frame and group says what all completions come to, and asks for what decides.

The plain reading of each completion is the measure.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations, product
from random import Random
from typing import Any

import pytest
from plain_reading import Reading, outcome
from test_evaluator import (
    ALL,
    AMOUNTS,
    BANDS,
    CONDITIONS,
    GROWTH,
    HERE,
    LABEL,
    SMALL,
    SOLD,
    adds_up,
    choose,
    figure,
    item,
    rate,
    rules_with,
)

from hojo_cli.base.exact import Exact
from hojo_cli.base.number import LARGEST, Kind
from hojo_cli.engine import completions as laid_out
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.derivation import Derivation
from hojo_cli.engine.evaluator import Evaluator, judge
from hojo_cli.engine.judgement import Reckoned, Status, same_for_all
from hojo_cli.engine.missing import settle
from hojo_cli.engine.pieces import pieces
from hojo_cli.rules.declared import Definition, FactSpec, FieldSpec, Ruleset
from hojo_cli.rules.nodes import (
    NOWHERE,
    Band,
    Branch,
    Capped,
    Choose,
    Compare,
    Condition,
    Distinct,
    Every,
    EveryMember,
    Fact,
    Holds,
    Is,
    Line,
    MemberCount,
    Not,
    Op,
    PerMember,
    Rated,
    Requirement,
    Scaled,
    Some,
)

KINDS = tuple(map(frozenset, chain.from_iterable(combinations("abc", size) for size in range(4))))
ANSWERS: dict[str, tuple[Any, ...]] = {
    "people": (0, 4, 5, 6, LARGEST),
    "trade": ("shop", "ship", "mine"),
    "open": (False, True),
    "growth": (0, Fraction(1, 50), Fraction(3, 100), Fraction(1, 30), LARGEST),
    "part": (0, 1, 2, 3),
    "whole": (1, 2, 3, 4, LARGEST),
    "granted": KINDS,
    "uses": KINDS,
}
"""What each fact and field may be, on every side of each figure here; all of several types, hence Any."""
SORTS = {"trade": "choice", "open": "boolean", "growth": "rate", "granted": "set"}
NOT_UNKNOWN = {"said": "part", "declared": "people"}
"""Facts that something else stands in for where they are left out."""


def spec(name: str) -> FactSpec:
    choices = dict.fromkeys({"trade": ANSWERS["trade"], "granted": tuple("abc")}.get(name, ()), LABEL)
    at_most = "whole" if name == "part" else None
    return FactSpec(
        name,
        LABEL,
        SORTS.get(name, "count"),
        choices,
        {},
        LABEL,
        LABEL,
        None,
        int(name == "whole"),
        None,
        at_most,
        None,
        None,
        HERE,
    )


def with_facts(loaded: Ruleset) -> Ruleset:
    return loaded._replace(
        facts={name: spec(name) for name in ANSWERS if name != "uses"},
        fields={"uses": FieldSpec("uses", LABEL, dict.fromkeys("abc", LABEL), {}, LABEL)},
    )


def somebody(random: Random, prefix: str = "") -> Applicant:
    facts = {name: random.choice(values) for name, values in ANSWERS.items() if name not in ("uses", "whole")}
    items = tuple(
        item(random.choice(("tool", "other")), random.choice((0, 400, 997, 6_000)), *random.choice(KINDS))._replace(
            place=place
        )
        for place in range(random.randrange(3))
    )
    members = () if prefix else tuple(somebody(random, f"members.{n}.") for n in range(1, random.randrange(1, 4)))
    return Applicant("", {**facts, "whole": 3}, items, members, prefix)


def gaps_of(subject: Applicant) -> list[str]:
    """All that may be left out."""
    own = [*subject.facts, *(each.asked("uses") for each in subject.items)]
    return [subject.prefix + name for name in own] + [name for member in subject.members for name in gaps_of(member)]


def filled(subject: Applicant, given: dict[str, Any]) -> Applicant:
    """With what is given by name; None leaves it out."""

    def kept(values: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
        changed = {name: given.get(subject.prefix + asked, values.get(name)) for name, asked in names.items()}
        return {name: value for name, value in changed.items() if value is not None}

    facts = kept(dict(subject.facts), {name: name for name in ANSWERS if name != "uses"})
    items = tuple(each._replace(fields=kept(dict(each.fields), {"uses": each.asked("uses")})) for each in subject.items)
    return subject._replace(
        facts=facts, items=items, members=tuple(filled(member, given) for member in subject.members)
    )


def _stands(subject: Applicant, given: dict[str, Any]) -> bool:
    """A part is no more than the whole."""
    part, whole = (given.get(subject.prefix + name, subject.facts[name]) for name in ("part", "whole"))
    return bool(part <= whole)


def lapsed(seed: int, never: str = "") -> tuple[Applicant, list[str], list[dict[str, Any]]]:
    """An applicant who leaves out one or two things, their names, and every completion."""
    random = Random(seed)
    subject = somebody(random)
    names = [name for name in gaps_of(subject) if name != never]
    gone = random.sample(names, random.choice((1, 2, 2)))
    ways = product(*(ANSWERS[name.rpartition(".")[2]] for name in gone))
    every = [dict(zip(gone, values, strict=True)) for values in ways]
    stands = [given for given in every if all(_stands(each, given) for each in (subject, *subject.members))]
    return subject, gone, stands


def deciding(came: list[tuple[dict[str, Any], Any]]) -> set[str]:
    """What makes a difference by itself."""
    found = set()
    for name in came[0][0]:
        beside: dict[tuple[Any, ...], Any] = {}
        for given, came_to in came:
            rest = tuple(value for other, value in given.items() if other != name)
            if beside.setdefault(rest, came_to) != came_to:
                found.add(name)
    return found


def mirrors(node: Condition, derivation: Derivation, used: Ruleset) -> None:
    """A trace shows every part of a condition, whatever has decided."""
    assert derivation.node == node
    match node:
        case Every(parts) | Some(parts):
            below = parts
        case Not(part):
            below = (part,)
        case Is(name):
            below = (used.definitions[name].condition,)
        case _:
            return
    for part, inner in zip(below, derivation.parts, strict=True):
        mirrors(part, inner, used)


WHOLE = sorted({*CONDITIONS} - {"switch", "rows of another kind"})
"""Those whose rows leave nobody out, as the loader sees to."""
LOOSE = ("a definition that holds for nobody", "same kinds")
"""Those that ask for something twice: of the others three-valued logic knows all there is to know."""


@pytest.mark.parametrize("name", WHOLE)
def test_a_condition_says_what_every_completion_comes_to_and_what_it_takes_to_know(name: str) -> None:
    node = CONDITIONS[name]
    used = with_facts(rules_with(Rated(ALL, rate(1, 2)), requires=node))
    readers = [Evaluator(used, traced=traced) for traced in (False, True)]
    doubts = 0
    for seed in range(60):
        subject, gone, every = lapsed(seed, NOT_UNKNOWN.get(name, ""))
        left = filled(subject, dict.fromkeys(gone))
        came = [(given, Reading(used, filled(subject, given)).condition(node)) for given in every]
        values = {value for _, value in came}
        bare, traced = (reader.condition(node)(reader.case(left)) for reader in readers)
        assert (traced.value, traced.unknown) == (bare.value, bare.unknown)
        mirrors(node, traced, used)
        known = values.pop() if len(values) == 1 else None
        assert traced.value == known or (traced.value is None and name in LOOSE), (seed, left)
        assert deciding(came) <= traced.unknown <= ({*gone} if traced.value is None else set()), (seed, left)
        doubts += traced.value is None
    assert doubts or name in ("none of none", "members")


@pytest.mark.parametrize(
    ("granted", "held", "value"),
    [
        ((), (), False),
        (("a", "b"), ("c",), False),
        (("a", "b"), (), None),
        (("a", "b"), ("a",), None),
        (("a", "b"), ("a", "b"), None),
    ],
)
def test_kinds_differ_as_soon_as_one_too_many_is_there(
    granted: tuple[str, ...], held: tuple[str, ...], value: bool | None
) -> None:
    node = CONDITIONS["same kinds"]
    reader = Evaluator(rules_with(ALL, requires=node))
    items = (item("tool", 5)._replace(fields={}), item("tool", 5, *held))
    found = reader.condition(node)(reader.case(Applicant("", {"granted": frozenset(granted)}, items)))
    assert found.value is value
    assert found.unknown == ({"items[0].uses"} if value is None else set())


@pytest.mark.parametrize(("uses", "unknown"), [(("b",), set()), (("a", "b"), {"items[0].sorts"})])
def test_a_field_left_out_of_an_item_that_is_not_picked_is_not_missed(uses: tuple[str, ...], unknown: set[str]) -> None:
    node = Compare(Distinct("", "sorts", SOLD[1:]), Op.MIN, figure(1, Kind.COUNT))
    reader = Evaluator(rules_with(ALL, requires=node))
    found = reader.condition(node)(reader.case(Applicant("", {}, (item("other", 5, *uses),))))
    assert found.value is (None if unknown else False)
    assert found.unknown == unknown


FRAMES = {
    **{f"requires {name}": rules_with(Rated(ALL, rate(1, 2)), requires=CONDITIONS[name]) for name in WHOLE},
    "requires part of the whole": rules_with(
        Rated(ALL, rate(1, 2)), requires=Compare(Fact("whole"), Op.MIN, figure(2))
    ),
    **{name: rules_with(*amounts) for name, amounts in AMOUNTS.items()},
    **{f"{count} bands": rules_with(Rated(ALL, rate(1, 2)), bands=BANDS[:count]) for count in range(1, 5)},
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_says_what_every_completion_comes_to_and_asks_for_what_decides(name: str) -> None:
    used = with_facts(FRAMES[name])
    frame, bare = used.frames["frame"], Evaluator(used)
    for seed in range(40):
        subject, gone, every = lapsed(seed, NOT_UNKNOWN.get(name.removeprefix("requires "), ""))
        left = filled(subject, dict.fromkeys(gone))
        came = [(given, outcome(used, "frame", filled(subject, given))) for given in every]
        told = settle(used, frame, left)
        status, subsidy = told.judgement.status, told.judgement.subsidy
        assert bare.outcomes(left) == {"frame": bare.outcome("frame", left)} == {"frame": (status, subsidy)}
        assert judge(used, frame, left).unknown == bare.judge(frame, left).unknown
        alike: Any = same_for_all([(Status(status), yen) for _, (status, yen) in came])
        if alike is not None:
            assert ((status, subsidy), told.missing) == (alike, ()), (seed, left)
            adds_up(told.judgement)
            continue
        assert status is Status.INCOMPLETE, (seed, left)
        assert {*told.missing} == deciding(came) <= judge(used, frame, left).unknown, (seed, left)
        yen = [paid for _, (_, paid) in came]
        ends = [leaf.subsidy or 0 for leaf in told.outcomes]
        assert (min(ends), max(ends)) == (min(yen), max(yen)), (seed, left)


OWN = PerMember((Line("own", LABEL, Rated(ALL, choose(SMALL)), HERE),), None)
TWO_SMALL = Compare(MemberCount("", SMALL), Op.MIN, figure(2, Kind.COUNT))
JUST_TWO = Compare(MemberCount("", SMALL), Op.EQ, figure(2, Kind.COUNT))
ENOUGH = Band("enough", LABEL, (), figure(2_000), figure(2_500), None, HERE)
OPEN_ONES = Band(
    "open", LABEL, (Requirement("r", LABEL, Holds("open", True), NOWHERE, HERE),), figure(500), None, None, HERE
)
TOGETHER = {
    "a sum": rules_with(OWN),
    "a sum up to a cap": rules_with(Capped(OWN, figure(2_000))),
    "a floor": rules_with(OWN, bands=(ENOUGH,)),
    "a floor and a fact": rules_with(OWN, bands=(ENOUGH, OPEN_ONES)),
    "a count": rules_with(OWN, requires=TWO_SMALL),
    "a count and a floor": rules_with(OWN, requires=TWO_SMALL, bands=(ENOUGH,)),
    "exactly two": rules_with(OWN, requires=JUST_TWO),
    "exactly two, a floor and a fact": rules_with(OWN, requires=JUST_TWO, bands=(ENOUGH, OPEN_ONES)),
    "a count or a test": rules_with(OWN, requires=Some((TWO_SMALL, EveryMember(Holds("open", True))))),
    "a cap for each": rules_with(Capped(OWN, Scaled(figure(700), MemberCount("", SMALL)))),
    "kinds": rules_with(OWN, requires=Compare(Distinct("", "uses", SOLD), Op.MIN, figure(2, Kind.COUNT))),
}


@pytest.mark.parametrize("name", TOGETHER)
def test_of_a_group_what_every_completion_comes_to_is_said_and_asked(name: str) -> None:
    used = with_facts(TOGETHER[name])
    frame = used.frames["frame"]
    for seed in range(12):
        random = Random(seed)
        members = tuple(
            somebody(random, f"members.{n}.")._replace(
                items=(item("tool", random.choice((400, 997, 1_234, 6_000)), "a"),)
            )
            for n in range(1, 4)
        )
        subject = somebody(random)._replace(members=members, items=(item("tool", 0), item("tool", 0)._replace(place=1)))
        names = [f"members.{n}.{fact}" for n in (1, 2, 3) for fact in ("people", "people", "open")]
        some = random.sample(names, 3) if seed % 2 else names[::3]
        gone = sorted({*some, random.choice(("open", "items[0].uses", "items[1].uses"))})
        left = filled(subject, dict.fromkeys(gone))
        ways = product(*((5, 6) if name.endswith("people") else ANSWERS[name.rpartition(".")[2]] for name in gone))
        every = [dict(zip(gone, values, strict=True)) for values in ways]
        came = [(given, outcome(used, "frame", filled(subject, given))) for given in every]
        told = settle(used, frame, left)
        ends = [leaf.subsidy or 0 for leaf in told.outcomes]
        yen = [paid for _, (_, paid) in came]
        if told.outcomes:
            assert {*told.missing} == deciding(came), (seed, left)
            assert (min(ends), max(ends)) == (min(yen), max(yen)), (seed, left)
        assert {*told.missing} >= deciding(came), (seed, left)


def test_what_decides_only_between_the_least_and_the_greatest_sum_is_asked_though_nobody_may_be_paid_at_all() -> None:
    """With the least of all members neither floor is reached, with the most the cap; in any case it is nothing if one is not open."""
    low, high = (OPEN_ONES._replace(floor=figure(floor)) for floor in (1_000, 1_800))
    bands = low, high._replace(id="high", requires=())
    used = with_facts(rules_with(Capped(OWN, figure(2_500)), requires=EveryMember(Holds("open", True)), bands=bands))
    members = tuple(
        Applicant("", {"open": True, "people": 5}, (item("tool", cost),), (), f"members.{n}.")
        for n, cost in enumerate((2_100, 2_100, 420), 1)
    )
    subject = Applicant("", {"open": True}, (), members)
    gone = ["members.1.open", "members.1.people", "members.2.people", "members.3.people", "open"]
    ways = product((False, True), (5, 6), (5, 6), (5, 6), (False, True))
    came = [
        (given, outcome(used, "frame", filled(subject, given)))
        for given in (dict(zip(gone, way, strict=True)) for way in ways)
    ]
    told = settle(used, used.frames["frame"], filled(subject, dict.fromkeys(gone)))
    assert {*told.missing} == deciding(came) == {*gone}


def test_of_two_bands_whose_caps_are_open_neither_is_forgotten() -> None:
    each = Scaled(figure(9), Fact("people"))
    bands = (OPEN_ONES._replace(requires=(), floor=None, cap=each), OPEN_ONES._replace(floor=None, cap=each))
    used = with_facts(rules_with(Rated(ALL, rate(1, 2)), bands=bands))
    found = judge(used, used.frames["frame"], Applicant("", {}, (item("tool", 100),)))
    assert found.status is Status.INCOMPLETE
    assert found.unknown == {"people", "open"}


GROWS = Compare(Fact("growth"), Op.MIN, GROWTH)
EITHER = Some((GROWS, Not(GROWS)))
"""Holds whatever the answer, which three-valued logic cannot see."""


@pytest.mark.parametrize("budget", [0, 1, 40_000])
def test_within_the_budget_all_is_laid_out_and_beyond_it_three_valued_logic_stands(
    budget: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = with_facts(rules_with(Rated(ALL, rate(1, 2)), requires=EITHER))
    subject = Applicant("", {}, (item("tool", 100),))
    monkeypatch.setattr(laid_out, "BUDGET", budget)
    within = budget > 1
    told = settle(used, used.frames["frame"], subject)
    assert told.missing == (() if within else ("growth",))
    outcome = (Status.PAYABLE, 50) if within else (Status.INCOMPLETE, None)
    assert Evaluator(used).outcomes(subject) == {"frame": outcome}


def test_what_decides_nothing_is_not_asked_beside_members_who_all_run_into_one_cap() -> None:
    """Fourteen members have too many sums to look at one by one; but the least and the greatest pay the same."""
    each = PerMember((Line("own", LABEL, Rated(ALL, choose(SMALL)), HERE),), None)
    used = with_facts(rules_with(Capped(each, figure(1_000)), requires=Every((Holds("open", True), EITHER))))
    members = tuple(Applicant("", {}, (item("tool", 10_000 << n),), (), f"members.{n + 1}.") for n in range(14))
    told = settle(used, used.frames["frame"], Applicant("", {}, (), members))
    assert told.missing == ("open",)
    assert told.outcomes == ((Status.INELIGIBLE, 0), (Status.PAYABLE, 1_000))


def test_where_two_answers_come_to_the_same_is_a_piece_of_its_own() -> None:
    """Half the cost or a hundred yen: at a cost of 200 yen, and as long as the ten yen are the same, nothing is open."""
    half = Choose((Branch(Holds("open", True), rate(1, 2), HERE), Branch(None, rate(0, 1), HERE)))
    hundred = Choose((Branch(Holds("open", True), figure(0), HERE), Branch(None, figure(100), HERE)))
    used = with_facts(rules_with(Rated(ALL, half), Capped(ALL, hundred)))
    reader = Evaluator(used)

    def answer(x: Exact) -> Reckoned:
        return Reckoned(reader.outcomes(Applicant("", {}, (item("tool", 0)._replace(cost=x),))), x)

    laid = pieces(answer, 0, 400, ("frame",))["frame"]
    assert [(piece.first, piece.last) for piece in laid if piece.status is Status.PAYABLE] == [(1, 9), (200, 219)]
    for piece in laid:
        for x in range(piece.first, piece.last + 1):
            assert (piece.status, piece.at(x)) == answer(x).outcomes["frame"], x


def missing(used: Ruleset, *requires: Condition) -> tuple[str, ...]:
    """What is asked of somebody who says nothing, where each of these is a requirement of its own."""
    frame = used.frames["frame"]
    frame = frame._replace(
        requires=tuple(frame.requires[0]._replace(id=f"r{n}", holds=each) for n, each in enumerate(requires))
    )
    return settle(used._replace(frames={"frame": frame}), frame, Applicant("", {}, (item("tool", 100),))).missing


def test_what_was_found_for_one_answer_stands_for_another_only_where_nothing_hangs_on_it() -> None:
    """Each first requirement holds in any case, and what the other one comes to hangs on the same answer."""
    used = with_facts(rules_with(Rated(ALL, rate(1, 2))))
    whole = Compare(Fact("whole"), Op.MIN, figure(3, Kind.COUNT))
    part = Compare(Fact("part"), Op.MIN, figure(3, Kind.COUNT))
    assert "part" in missing(used, Some((whole, Not(whole))), part)
    one_of_both = Some((Every((Holds("open", True), SMALL)), Every((Holds("open", False), Not(SMALL)))))
    named = {
        "other": Definition("other", LABEL, Is("both"), HERE),
        "both": Definition("both", LABEL, one_of_both, HERE),
    }
    used = used._replace(definitions={**used.definitions, **named})
    assert missing(used, Some((SMALL, Not(SMALL))), Is("other")) == ("people", "open")
    assert missing(used, Some((SMALL, Not(SMALL))), one_of_both) == ("people", "open")


def test_of_a_number_compared_in_any_order_all_that_may_come_is_said() -> None:
    """Below five and above it there is one more border each."""
    rates = {8: 4, 5: 3, 3: 2, 0: 1}
    tests = {least: Compare(Fact("people"), Op.MIN, figure(least, Kind.COUNT)) for least in rates}
    branches = [
        Branch(Every((tests[5], tests[8])) if least == 8 else tests[least], rate(tenths, 10), HERE)
        for least, tenths in rates.items()
    ]
    used = with_facts(rules_with(Rated(ALL, Choose((*branches, Branch(None, rate(0, 1), HERE))))))
    told = settle(used, used.frames["frame"], Applicant("", {}, (item("tool", 100),)))
    assert [leaf.subsidy for leaf in told.outcomes] == [10, 20, 30, 40]


TIED = ("part", "whole", "people", "open")
UP_TO = {"part": range(6), "whole": range(1, 6), "people": range(6), "open": (False, True)}
"""What is told apart below, for every figure is below five."""


def branching(random: Random) -> Choose:
    """What is paid by some of the facts that say what others can be, compared in any order."""

    def told() -> Condition:
        if random.random() < 0.2:
            return Holds("open", random.random() < 0.5)
        fact, op = random.choice(("part", "whole", "people")), random.choice((Op.MIN, Op.BELOW, Op.EQ))
        return Compare(Fact(fact), op, figure(random.randrange(1, 5), Kind.COUNT))

    tests = [Every(tuple(told() for _ in range(random.randrange(1, 3)))) for _ in range(random.randrange(1, 5))]
    branches = [Branch(test, rate(random.randrange(3), 4), HERE) for test in tests]
    return Choose((*branches, Branch(None, rate(random.randrange(3), 4), HERE)))


@pytest.mark.parametrize("seed", range(0, 200, 100))
def test_of_facts_that_say_what_others_can_be_only_those_are_asked_that_decide(seed: int) -> None:
    """A part is no more than the whole, and nobody has people who is not open."""
    subject = Applicant("", {}, (item("tool", 100),))
    open_ = 0
    for each in range(seed, seed + 100):
        used = with_facts(rules_with(Rated(ALL, branching(Random(each)))))
        people = used.facts["people"]._replace(only_if=Holds("open", True))
        used = used._replace(facts={**used.facts, "people": people})
        every = [dict(zip(TIED, values, strict=True)) for values in product(*(UP_TO[name] for name in TIED))]
        came = [
            (given, outcome(used, "frame", subject._replace(facts=given)))
            for given in every
            if given["part"] <= given["whole"] and (given["open"] or not given["people"])
        ]
        told = settle(used, used.frames["frame"], subject)
        assert {(str(leaf.status), leaf.subsidy) for leaf in told.outcomes} == {yen for _, yen in came}, each
        assert {*told.missing} == deciding(came), each
        open_ += bool(told.missing)
    assert open_ > 25
