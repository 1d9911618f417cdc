"""Three-valued derivations of each kind of node: a value, or exactly the facts that stand in its way."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from subjects import read, rules

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Location, Text
from hojo_cli.base.number import Kind
from hojo_cli.engine.amounts import Amounts, cut
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.engine.derivation import Derivation
from hojo_cli.engine.evaluator import evaluator, judge
from hojo_cli.engine.item_index import ItemIndex
from hojo_cli.engine.three_valued import Closure
from hojo_cli.rules.declared import FactValue
from hojo_cli.rules.nodes import (
    NOWHERE,
    Amount,
    Apportion,
    Branch,
    Capped,
    Choose,
    Compare,
    Condition,
    Costs,
    Every,
    EveryMember,
    Fact,
    Holds,
    Least,
    Line,
    Not,
    Number,
    Op,
    PerMember,
    Pick,
    Rated,
    Rounded,
    Row,
    Scaled,
    Some,
    Sum,
    Table,
    Tier,
    Tiered,
)
from hojo_cli.rules.walk import picks_of

HERE = Location("a.yaml")
LABEL = Text("", "")
ALL = Costs((Pick(frozenset({"tool"}), ()),), (), ())
OPEN: Condition = Holds("open", True)
LARGE: Condition = Compare(Fact("people"), Op.ABOVE, Number(5, Kind.COUNT, NOWHERE, "", HERE))


def figure(value: Exact) -> Number:
    return Number(value, Kind.YEN, NOWHERE, "", HERE)


def applicant(*costs: int, members: tuple[Applicant, ...] = (), **facts: FactValue) -> Applicant:
    return Applicant("", facts, tuple(Item("", "tool", cost, None, None, {}, 0) for cost in costs), members)


def derived(lower: Callable[[Amounts], Closure], of: Applicant) -> Derivation:
    """What a node comes to; without a trace it must be the same."""
    found = []
    for traced in (False, True):
        amounts = Amounts({}, ItemIndex(), traced=traced)
        closure = lower(amounts)
        found.append(closure(amounts.index.case(of)))
    bare, whole = found
    assert (bare.value, bare.unknown) == (whole.value, whole.unknown)
    return whole


def worth(node: Amount, of: Applicant) -> tuple[FactValue | None, set[str]]:
    found = derived(lambda amounts: amounts.amount(node), of)
    return found.value, set(found.unknown)


def holds(node: Condition, of: Applicant) -> tuple[FactValue | None, set[str]]:
    found = derived(lambda amounts: amounts.condition(node), of)
    return found.value, set(found.unknown)


PART = Apportion(ALL, "part", "whole", NOWHERE)
EITHER = Choose((Branch(OPEN, figure(7), HERE), Branch(None, figure(9), HERE)))
SAME = Choose((Branch(OPEN, figure(7), HERE), Branch(None, figure(7), HERE)))
HALF = Rated(ALL, figure(Fraction(1, 2)))


def test_conditions_know_only_what_decides() -> None:
    nobody, shop = applicant(), applicant(people=9, open=False)
    assert holds(Every((OPEN, LARGE)), nobody) == (None, {"open", "people"})
    assert holds(Every((OPEN, LARGE)), applicant(people=3)) == (False, set())
    assert holds(Some((OPEN, LARGE)), applicant(people=9)) == (True, set())
    assert holds(Some((OPEN, LARGE)), applicant(people=3)) == (None, {"open"})
    assert holds(Not(OPEN), nobody) == (None, {"open"})
    assert holds(Not(OPEN), shop) == (True, set())


def test_a_table_is_settled_where_all_rows_that_may_stand_agree() -> None:
    def table(first: Condition, second: Condition) -> Condition:
        rows = ((OPEN, first), (Every(()), second))
        return Table("table", tuple(Row("row", LABEL, when, test, NOWHERE, HERE) for when, test in rows))

    assert holds(table(LARGE, LARGE), applicant(people=9)) == (True, set())
    assert holds(table(LARGE, Not(LARGE)), applicant(people=9)) == (None, {"open"})
    assert holds(table(LARGE, Not(LARGE)), applicant(open=True)) == (None, {"people"})
    assert holds(Table("table", ()), applicant()) == (False, set())


def test_a_choice_is_settled_where_its_branches_agree() -> None:
    assert worth(EITHER, applicant()) == (None, {"open"})
    assert worth(EITHER, applicant(open=False)) == (9, set())
    assert worth(SAME, applicant()) == (7, set())
    doubtful = Choose((Branch(OPEN, figure(7), HERE), Branch(LARGE, figure(7), HERE)))
    assert worth(doubtful, applicant()) == (7, set())


def test_nothing_is_unknown_about_nothing() -> None:
    """A share, a rate or a cap of no cost is nothing, whatever the facts."""
    assert worth(PART, applicant()) == (0, set())
    assert worth(Rated(ALL, EITHER), applicant()) == (0, set())
    assert worth(Capped(ALL, EITHER), applicant()) == (0, set())
    assert worth(Capped(EITHER, figure(0)), applicant()) == (0, set())
    assert worth(Least((figure(0), EITHER)), applicant()) == (0, set())


@pytest.mark.parametrize(
    ("node", "unknown"),
    [
        (PART, {"part", "whole"}),
        (Rated(PART, EITHER), {"part", "whole", "open"}),
        (Rated(ALL, EITHER), {"open"}),
        (Tiered(PART, (Tier(None, figure(1), HERE),), on_subsidy=True), {"part", "whole"}),
        (Tiered(ALL, (Tier(None, EITHER, HERE),), on_subsidy=True), {"open"}),
        (Capped(ALL, EITHER), {"open"}),
        (Rounded(PART, figure(1), "down"), {"part", "whole"}),
        (Scaled(figure(5), Fact("people")), {"people"}),
        (Sum((EITHER, Scaled(figure(5), Fact("people")))), {"open", "people"}),
        (Least((figure(5), EITHER)), {"open"}),
    ],
)
def test_an_unknown_fact_below_an_amount_is_named(node: Amount, unknown: set[str]) -> None:
    assert worth(node, applicant(100)) == (None, unknown)


def test_members_are_judged_each_by_its_own_facts() -> None:
    def member(place: int, cost: int, **facts: FactValue) -> Applicant:
        return Applicant("", facts, (Item("", "tool", cost, None, None, {}, 0),), (), f"members.{place}.")

    own = PerMember((Line("own", LABEL, HALF, HERE),), OPEN)
    three = (member(1, 100, open=True), member(2, 50), member(3, 0))
    assert worth(own, applicant(members=three)) == (None, {"members.2.open"})
    assert worth(own, applicant(members=(three[0], member(2, 50, open=False)))) == (50, set())
    assert worth(PerMember(own.lines, None), applicant(members=three)) == (75, set())


@pytest.mark.parametrize(
    ("mode", "cuts"),
    [("down", (0, 0, 10, 10)), ("up", (10, 10, 10, 20)), ("half_up", (0, 10, 10, 10))],
)
def test_yen_are_cut_in_the_declared_direction(mode: str, cuts: tuple[int, ...]) -> None:
    node = Rounded(ALL, figure(10), mode)
    assert tuple(cut(value, node) for value in (Fraction(1, 3), 5, 10, Fraction(43, 3))) == cuts


def test_what_the_applicant_is_taken_to_be_is_what_the_ruleset_shows_first() -> None:
    shop = read("facts: {entity: company, industry: retail, capital: 1, employees: 4, deemed_large: false}\n", rules())
    reader = evaluator(rules())
    profile = reader.profile(reader.case(shop))
    assert {name: derivation.value for name, derivation in profile.items()} == dict.fromkeys(rules().profile, True)


def test_a_member_who_meets_the_test_need_not_say_whether_it_is_asked_of_it() -> None:
    def member(**facts: FactValue) -> Applicant:
        return Applicant("", facts, (), (), "members.1.")

    asked = EveryMember(LARGE, OPEN)
    assert holds(asked, applicant(members=(member(people=9),))) == (True, set())
    assert holds(asked, applicant(members=(member(people=3),))) == (None, {"members.1.open"})
    assert holds(asked, applicant(members=(member(open=False),))) == (True, set())
    assert holds(asked, applicant(members=(member(open=True),))) == (None, {"members.1.people"})
    assert holds(asked, applicant(members=(member(),))) == (None, {"members.1.open", "members.1.people"})


def test_the_picks_of_a_line_are_those_of_its_costs_inside_members_as_well() -> None:
    frames = rules().frames
    invoice = [picks_of(line.amount) for line in frames["invoice"].lines]
    base, analysis, office = (picks_of(line.amount) for line in frames["group"].lines)
    assert base == tuple(pick for picks in invoice for pick in picks)
    assert {category for pick in office for category in pick.categories} == {"office", "expert"}
    assert not {id(pick) for pick in analysis} & {id(pick) for pick in office}
    assert picks_of(figure(5)) == ()


def test_a_frame_that_only_grants_figures_has_no_cost() -> None:
    plain = rules().frames["security"]._replace(lines=(Line("line", LABEL, figure(5), HERE),))
    used = rules()._replace(frames={"security": plain})
    assert judge(used, plain, read("items: [{category: security_service, amount: 5}]\n", used)).status == "no_cost"


@pytest.mark.parametrize(
    ("costs", "part", "expected"),
    [((), 1, (0, 0, None, 0)), ((90,), 0, (0, 90, 0, 90)), ((90,), 1, (30, 90, Fraction(1, 3), 60))],
)
def test_an_apportionment_says_what_went_in_and_what_does_not_count(
    costs: tuple[int, ...], part: int, expected: tuple[Exact | None, ...]
) -> None:
    found = derived(lambda amounts: amounts.amount(PART), applicant(*costs, part=part, whole=3))
    assert (found.value, found.cost, found.rate, found.lost) == expected
