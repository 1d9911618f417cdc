"""The evaluator says what a plain reading of the nodes says, with a trace and without: on whole applicants, and on every kind of node."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import pytest
from plain_reading import outcome
from random_applicants import as_yaml, random_applicant
from subjects import few

from hojo_cli.applicants import applicant
from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Location, Text
from hojo_cli.base.number import Kind
from hojo_cli.document import parse
from hojo_cli.engine.applicant import Applicant, Item, Price
from hojo_cli.engine.derivation import Derivation, exact
from hojo_cli.engine.evaluator import Evaluator, judge
from hojo_cli.engine.judgement import Judgement, Status
from hojo_cli.engine.missing import settle
from hojo_cli.rules import ruleset
from hojo_cli.rules.declared import Definition, FactValue, Ruleset
from hojo_cli.rules.nodes import (
    NOWHERE,
    Against,
    Among,
    Amount,
    Apportion,
    Band,
    Branch,
    Capped,
    CategoryLimit,
    Choose,
    Compare,
    Condition,
    Costs,
    Distinct,
    Every,
    EveryMember,
    Fact,
    FactOr,
    FieldTest,
    Frame,
    HasItem,
    Holds,
    Is,
    Least,
    Line,
    MemberCount,
    Not,
    Number,
    Op,
    PerMember,
    Pick,
    Rated,
    Requirement,
    Rounded,
    Rounding,
    Row,
    Said,
    SameKinds,
    Scaled,
    Share,
    Some,
    Subtotal,
    Sum,
    Table,
    Tier,
    Tiered,
    excluded,
)


@cache
def rules() -> tuple[Ruleset, Evaluator]:
    loaded = ruleset.load("2026")
    return loaded, Evaluator(loaded)


def applicant_of(seed: int) -> Applicant:
    loaded = rules()[0]
    root = parse(as_yaml(random_applicant(Random(seed))).encode(), "a.yaml").root
    assert root is not None
    found = applicant.load(root, loaded, "a.yaml").file
    assert found is not None
    return found.applicant


def forgetful(subject: Applicant, random: Random) -> Applicant:
    """The same subject with some facts left out, its own and (of a few) its members'."""
    left = {name: value for name, value in subject.facts.items() if random.randrange(5)}
    lapses = {random.randrange(40) for _ in range(2)}
    members = tuple(forgetful(each, random) if place in lapses else each for place, each in enumerate(subject.members))
    return subject._replace(facts=left, members=members)


def settled(loaded: Ruleset, subject: Applicant) -> dict[str, tuple[Status, int | None]]:
    """What `estimate` says, where `check` says `outcomes`."""
    judgements = [settle(loaded, frame, subject).judgement for frame in loaded.frames.values()]
    return {judgement.frame.id: (judgement.status, judgement.subsidy) for judgement in judgements}


def read_plainly(loaded: Ruleset, subject: Applicant) -> dict[str, tuple[str, int]]:
    return {name: outcome(loaded, name, subject) for name in loaded.frames}


@pytest.mark.no_cover  # the same lines many times: they are covered below
@pytest.mark.parametrize("start", few(range(0, 3000, 500), 2))
def test_with_everything_known_it_says_what_a_plain_reading_says(start: int) -> None:
    loaded, bare = rules()
    for seed in range(start, start + 500):
        subject = applicant_of(seed)
        outcomes = bare.outcomes(subject)
        assert outcomes == read_plainly(loaded, subject), seed
        if seed % 5 == 0:
            assert settled(loaded, subject) == outcomes, seed


@pytest.mark.parametrize("start", range(0, 300, 100))
def test_with_facts_left_out_the_outcome_is_the_same_with_and_without_a_trace(start: int) -> None:
    loaded, bare = rules()
    for seed in range(start, start + 100):
        subject = forgetful(applicant_of(seed), Random(seed))
        assert bare.outcomes(subject) == settled(loaded, subject), seed


@pytest.mark.parametrize("seed", range(0, 300, 3))
def test_three_valued_judgements_are_the_same_with_and_without_a_trace(seed: int) -> None:
    loaded, bare = rules()
    subject = forgetful(applicant_of(seed), Random(seed))
    for frame in loaded.frames.values():
        with_trace, without = judge(loaded, frame, subject), bare.judge(frame, subject)
        assert (with_trace.status, with_trace.subsidy) == (without.status, without.subsidy)
        assert without.unknown == with_trace.unknown


# --- nodes that the rules of a year may or may not use -----------------------------------------------------------------------

HERE = Location("rules.yaml")
LABEL = Text("名", "name")
SOLD = (
    Pick(frozenset({"tool"}), ()),
    Pick(frozenset({"other"}), (FieldTest("uses", frozenset({"a"}), 0), FieldTest("uses", frozenset(), 2))),
)
ALL = Costs(SOLD, (), ())


def figure(value: Exact, kind: Kind = Kind.YEN) -> Number:
    return Number(value, kind, NOWHERE, "", HERE)


def rate(over: int, under: int) -> Number:
    return figure(Fraction(over, under), Kind.RATE)


def choose(when: Condition) -> Amount:
    return Choose((Branch(when, rate(2, 3), HERE), Branch(None, rate(1, 7), HERE)))


PAIR = ("line_1", "line_2")


def rules_with(
    *lines: Amount, requires: Condition = Every(()), bands: tuple[Band, ...] = (), cut: str = "down"
) -> Ruleset:
    numbered = tuple(Line(f"line_{place}", LABEL, amount, HERE) for place, amount in enumerate(lines, 1))
    pair = (Subtotal("pair", LABEL, PAIR, PAIR, Scaled(figure(700), MemberCount("")), HERE),) if len(lines) > 2 else ()
    frame = Frame(
        "frame", LABEL, (Requirement("r", LABEL, requires, NOWHERE, HERE),), numbered, pair, bands,
        Rounding(figure(10), cut, "total"), HERE,
    )  # fmt: skip
    small = Definition("small", LABEL, Compare(Fact("people"), Op.MAX, figure(5, Kind.COUNT)), HERE)
    return rules()[0]._replace(
        frames={"frame": frame}, definitions={"small": small}, assumptions={}, profile=("small",)
    )


def item(category: str, cost: int, *uses: str, months: int | None = None) -> Item:
    held = {"uses": frozenset(uses)}
    if months is None:
        return Item("", category, cost, None, None, held, 0)
    return Item("", category, cost // months * months, Price(cost // months, 1, 1), months, held, 0)


FIRM: dict[str, FactValue] = {
    "people": 5,
    "trade": "shop",
    "open": True,
    "growth": Fraction(3, 100),
    "part": 2,
    "whole": 3,
    "granted": frozenset({"a", "b"}),
}
VARIANTS: tuple[dict[str, FactValue], ...] = (
    {},
    {"people": 6, "granted": frozenset({"a", "b", "c"})},
    {"trade": "mine", "open": False},
    {"growth": Fraction(1, 30), "part": 0},
    {"growth": Fraction(1, 50), "trade": "ship"},
)
BASKETS = (
    (),
    (item("tool", 0),),
    (item("tool", 997),),
    (item("tool", 30_000, months=30), item("other", 1_001, "a", "b")),
    (item("other", 500, "a"), item("other", 700, "b", "c"), item("none", 5)),
)


def members(sizes: tuple[int, ...], items: tuple[Item, ...]) -> tuple[Applicant, ...]:
    return tuple(Applicant("", {**FIRM, "people": size}, items, (), f"members.{n}.") for n, size in enumerate(sizes, 1))


SUBJECTS = [
    Applicant("", {**FIRM, **facts}, items, members(sizes, items))
    for facts in VARIANTS
    for items in BASKETS
    for sizes in ((), (1, 6), (4, 5, 6))
]
SMALL: Condition = Is("small")
GROWTH = figure(Fraction(3, 100), Kind.RATE)
MONTHS = Costs(
    SOLD, (CategoryLimit("tool", figure(12, Kind.MONTHS), False),), (CategoryLimit("other", figure(900), False),)
)
SHOP = Every((Among("trade", frozenset({"shop"})), Among("trade", frozenset({"shop", "ship"}))))


def table(*rows: tuple[Condition, Condition]) -> Condition:
    return Table("table", tuple(Row("row", LABEL, when, test, NOWHERE, HERE) for when, test in rows))


CONDITIONS: dict[str, Condition] = {
    "every": Every((SMALL, Holds("open", True))),
    "some": Some((SMALL, Holds("open", False), Among("trade", frozenset({"mine"})))),
    "none of none": Some(()),
    "not": Not(SMALL),
    "has": HasItem(SOLD[1:]),
    "has either": HasItem((SOLD[1]._replace(tests=SOLD[1].tests[:1]), SOLD[1]._replace(tests=SOLD[1].tests[1:]))),
    "a definition that holds for nobody": Every((Not(SMALL), SMALL)),
    "rate": Compare(Fact("growth"), Op.MIN, GROWTH),
    "above": Compare(Fact("growth"), Op.ABOVE, GROWTH),
    "below": Compare(Fact("people"), Op.BELOW, figure(6, Kind.COUNT)),
    "equal": Compare(Fact("people"), Op.EQ, figure(6, Kind.COUNT)),
    "kinds": Compare(Distinct("", "uses", SOLD), Op.MIN, figure(2, Kind.COUNT)),
    "members": Compare(MemberCount(""), Op.MIN, figure(3, Kind.COUNT)),
    "each": EveryMember(SMALL),
    "each of some": EveryMember(Compare(Fact("people"), Op.MIN, figure(4, Kind.COUNT)), SMALL),
    "small members": Compare(MemberCount("", SMALL), Op.EQ, figure(2, Kind.COUNT)),
    "against": Against(Fact("part"), Op.ABOVE, MemberCount("")),
    "same kinds": SameKinds("granted", Distinct("", "uses", SOLD)),
    "said": Said(("part",), SMALL, Not(SMALL)),
    "not said": Said(("asked",), SMALL, Not(SMALL)),
    "switch": table((SHOP, SMALL), (Every((Among("trade", frozenset({"mine"})),)), Not(SMALL))),
    "switch with a rest": table((Among("trade", frozenset({"mine"})), Not(SMALL)), (Every(()), SMALL)),
    "rows of another kind": table((SHOP, SMALL), (Holds("open", False), Not(SMALL))),
}
STEPS = (Tier(figure(300), choose(SMALL), HERE), Tier(figure(2_000), rate(1, 2), HERE))
AMOUNTS: dict[str, tuple[Amount, ...]] = {
    "rated": (Rated(ALL, choose(SMALL)),),
    "led": (Rated(ALL._replace(led_by=SOLD[1:]), rate(1, 2)), Rated(ALL, rate(1, 5))),
    "small members": (Capped(ALL, Scaled(figure(100), MemberCount("", SMALL))),),
    "limits": (Rated(MONTHS, rate(1, 1)),),
    "apportioned": (Rated(Apportion(ALL, "part", "whole", NOWHERE), rate(1, 2)),),
    "tiers of subsidy": (Tiered(ALL, STEPS, on_subsidy=True),),
    "tiers of cost": (Tiered(ALL, STEPS, on_subsidy=False),),
    "open tier": (Tiered(ALL, (*STEPS, Tier(None, rate(1, 9), HERE)), on_subsidy=False),),
    "free tier": (Tiered(ALL, (Tier(figure(5), rate(0, 1), HERE), *STEPS), on_subsidy=True),),
    "capped": (Capped(Rated(ALL, rate(1, 3)), Least((figure(333), Scaled(rate(1, 3), Fact("people")), figure(400)))),),
    "a line without costs": (Rated(ALL, rate(1, 2)), Sum((figure(5), figure(6)))),
    "sum": (Capped(ALL, Sum((figure(100), rate(1, 3), rate(1, 3)))),),
    "stand-in": (Capped(ALL, Scaled(figure(100), FactOr("asked", MemberCount(""), ""))),),
    "declared": (Capped(ALL, Scaled(figure(100), FactOr("people", MemberCount(""), ""))),),
    "members": (PerMember((Line("own", LABEL, Rated(ALL, rate(2, 3)), HERE),), SMALL),),
    "all members": (PerMember((Line("own", LABEL, Rated(ALL, rate(2, 3)), HERE),), None),),
    "shares": (
        Rated(ALL, rate(1, 3)),
        PerMember((Line("own", LABEL, Rounded(ALL, figure(100), "up"), HERE),), SMALL),
        Capped(ALL, Share(("pair",), (rate(1, 10), rate(2, 3)), itself=False)),
        Capped(ALL, Share(("pair", "line_3"), (rate(1, 10),), itself=True)),
    ),
    "a share of what a cap leaves": (
        Rated(ALL, rate(2, 3)),
        Rated(ALL, rate(1, 3)),
        Capped(ALL, Share(("line_2",), (rate(1, 2),), itself=False)),
        Capped(ALL, Share(("line_1", "line_2"), (rate(1, 10),), itself=False)),
    ),
}
BANDS = (
    Band("upper", LABEL, (Requirement("r", LABEL, SMALL, NOWHERE, HERE),), figure(1_000), figure(5_000), None, HERE),
    Band(
        "middle", LABEL, (Requirement("r", LABEL, Not(SMALL), NOWHERE, HERE),), figure(500), choose(SMALL), None, HERE
    ),
    Band(
        "lower", LABEL, (Requirement("r", LABEL, Holds("open", True), NOWHERE, HERE),), None, None, figure(1_000), HERE
    ),
    Band("high", LABEL, (), figure(20_000), None, None, HERE),
)


def steps_add_up(step: Derivation) -> None:
    """What a step says of itself: what went in, what it was multiplied by, what was lost, and the steps it rests on."""
    for part in step.parts:
        steps_add_up(part)
    if step.value is None:
        assert step.unknown
        return
    assert not step.unknown
    parts: list[Any] = [part.value for part in step.parts]
    value: Any = step.value
    said: list[Any] = [step.cost or 0, step.rate or 0, step.lost]
    cost, rate, lost = said
    match step.node:
        case Rated() | Scaled() | Share() | Tier():
            assert (value, lost) == (cost * rate, 0)
            if isinstance(step.node, Rated):
                assert [part.node for part in step.parts] == [step.node.of, step.node.rate]
        case Apportion():
            assert (cost, value, lost) == (parts[0], cost * rate, cost - value)
        case Capped() | Rounded() if None not in parts:
            assert (cost, lost) == (0, parts[0] - value)
            assert value == min(parts) or isinstance(step.node, Rounded)
        case Subtotal():
            assert (cost, value, lost) == (sum(parts[:-1]), min(cost, parts[-1]), cost - value)
        case Item():
            assert (cost, lost) == (step.node.cost, cost - value)
            assert [part.node for part in step.parts] in ([], [MONTHS.months[0]])
        case CategoryLimit() if step.cost is not None:
            assert lost == max(cost - value, 0)
        case Costs() if parts:
            items = [part for part in step.parts if isinstance(part.node, Item)]
            reached = [part for part in step.parts if isinstance(part.node, CategoryLimit)]
            assert value == sum(exact(part) for part in items) - sum(part.lost for part in reached)
            assert [*items, *reached] == [*step.parts]
            assert len({part.node for part in reached}) == len(reached)
        case Tiered():
            tiers = step.parts[1:]
            left = cost - sum(part.cost or 0 for part in tiers)
            assert (cost, value) == (parts[0], sum(parts[1:]))
            assert lost == (left * (tiers[-1].rate or 0) if left else 0)
        case Sum() | PerMember() | Frame():
            assert (value, cost) == (sum(parts), value if isinstance(step.node, Frame) else 0)
        case Least() if None not in parts:
            assert value == min(parts)
        case Line():
            assert value <= parts[0]  # what caps over it leave, where it stands under them
        case _:
            pass


def adds_up(judgement: Judgement) -> None:
    """What each line keeps is what it came to without its cuts; together they are the yen that are paid."""
    assert [[line.derivation.value] for line in judgement.lines] == [
        [part.value for part in line.derivation.parts] for line in judgement.lines
    ]
    tops = [line.derivation for line in judgement.lines] + [each.derivation for each in judgement.subtotals]
    tops += [band.cap for band in judgement.bands if band.cap] + [each for each in (judgement.total,) if each]
    for derivation in tops:
        steps_add_up(derivation)
    if judgement.status is Status.INELIGIBLE:
        assert all(line.paid is None and not line.cuts for line in judgement.lines)
    if judgement.status is Status.PAYABLE:
        assert judgement.granted is not None
        assert isinstance(judgement.granted.node, Rounded)
        assert judgement.granted.node.unit.value == 1
        kept = [exact(line.derivation) - sum(cut.yen for cut in line.cuts) for line in judgement.lines]
        assert [line.paid for line in judgement.lines] == kept
        assert sum(kept) == judgement.subsidy
        paid = {line.line.id: yen for line, yen in zip(judgement.lines, kept, strict=True)}
        for struck in judgement.subtotals:
            assert sum(paid[name] for name in struck.subtotal.lines) <= exact(struck.derivation.parts[-1])
        assert all(requirement.derivation.value is True for requirement in judgement.requirements)


def agrees(loaded: Ruleset) -> set[Status]:
    """The statuses met, where every subject comes to what a plain reading says, with a trace and without."""
    bare, met = Evaluator(loaded), set()
    for subject in SUBJECTS:
        outcomes = bare.outcomes(subject)
        assert outcomes == settled(loaded, subject) == read_plainly(loaded, subject), subject
        adds_up(judge(loaded, loaded.frames["frame"], subject))
        met.add(outcomes["frame"][0])
    return met


@pytest.mark.parametrize("name", CONDITIONS)
def test_every_kind_of_condition(name: str) -> None:
    assert agrees(rules_with(Rated(ALL, rate(1, 2)), requires=CONDITIONS[name])) >= {Status.NO_COST, Status.INELIGIBLE}


@pytest.mark.parametrize("name", AMOUNTS)
@pytest.mark.parametrize("cut", ["down", "up", "half_up"])
def test_every_kind_of_amount(name: str, cut: str) -> None:
    assert agrees(rules_with(*AMOUNTS[name], cut=cut)) == {Status.NO_COST, Status.PAYABLE}


@pytest.mark.parametrize("count", range(1, 5))
def test_bands(count: int) -> None:
    assert Status.PAYABLE in agrees(rules_with(Rated(ALL, rate(1, 2)), bands=BANDS[:count]))
    assert Status.BELOW_FLOOR in agrees(rules_with(Rated(ALL, rate(1, 2)), bands=BANDS[3:]))


def test_what_the_ruleset_shows_of_an_applicant_may_look_at_items_that_no_frame_asks_for() -> None:
    used = rules_with(Rated(Costs(SOLD[:1], (), ()), rate(1, 2)))
    used = used._replace(definitions={"small": Definition("small", LABEL, HasItem(SOLD[1:]), HERE)})
    for held in ((), ("a", "b")):
        reader = Evaluator(used, traced=True)
        case = reader.case(Applicant("", {}, (item("tool", 5), item("other", 5, *held))))
        assert reader.profile(case)["small"].value is bool(held)


def test_a_row_that_asks_for_one_of_no_conditions_leaves_out_whoever_stands_in_it() -> None:
    for test, nobody in ((Some(()), True), (Every(()), False), (Some((SMALL,)), False), (HasItem(SOLD), False)):
        assert excluded(Row("row", LABEL, SHOP, test, NOWHERE, HERE)) is nobody


def test_a_fact_left_out_that_does_not_matter_is_not_missed() -> None:
    loaded = rules()[0]
    needed = Every((Compare(Fact("employees"), Op.MIN, figure(0)), Holds("deemed_large", False)))
    asked = rules_with(Rated(ALL, rate(1, 2)), requires=needed)
    subject = Applicant("", {"deemed_large": True}, (item("tool", 5),))
    assert Evaluator(asked).outcomes(subject) == {"frame": (Status.INELIGIBLE, 0)}
    open_ = Applicant("", {}, (item("tool", 5),))
    assert Evaluator(asked).outcomes(open_) == {"frame": (Status.INCOMPLETE, None)}
    assert set(rules()[1].outcomes(open_)) == set(loaded.frames)
