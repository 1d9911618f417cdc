"""Members chosen and counted by conditions, facts that follow from others or exclude each other: a programme that lives on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from random import Random
from typing import Final

import pytest
from subjects import HERE, Outcome, fast, outcomes, read, rules

from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.judgement import Status
from hojo_cli.engine.missing import settle
from hojo_cli.explanation.explain import estimates
from hojo_cli.rules.declared import FactValue

LEAGUE: Final = str(HERE / "programmes" / "league.yaml")
ONE: Final = {"form": "firm", "staff": "9", "shifts": "0", "chained": "false", "seen": "[]", "teams": "1"}
TOOL: Final = "{category: tool, amount: 100000, uses: [till]}"


def paid(yen: int) -> Outcome:
    return Status.PAYABLE, yen


NOT: Final = (Status.INELIGIBLE, 0)
OPEN: Final = (Status.INCOMPLETE, None)


def flow(facts: Mapping[str, str | None]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in facts.items() if value is not None) + "}"


def alone(items: str = TOOL, **facts: str | None) -> Applicant:
    """An applicant; a fact given as None is left out."""
    return read(f"facts: {flow({**ONE, **facts})}\nitems: [{items}]\n", rules(LEAGUE))


def member(part: str | None = "guest", staff: str | None = "3", form: str | None = "firm", stall: bool = True) -> str:
    stalls = "{category: stall, amount: 0}" if stall else ""
    return f"  - facts: {flow({'form': form, 'part': part, 'staff': staff})}\n    items: [{stalls}]\n"


def league(members: Iterable[str], cost: int = 2_000_000, teams: int = 1) -> Applicant:
    items = f"items: [{{category: course, amount: {cost}}}]\n"
    return read(f"facts: {{teams: {teams}}}\n{items}members:\n{''.join(members)}", rules(LEAGUE))


def both(subject: Applicant, frame: str) -> Outcome:
    """What both readers of the rules say."""
    found = outcomes(rules(LEAGUE), subject)
    assert fast(LEAGUE).outcomes(subject) == found
    for estimate in estimates(rules(LEAGUE), subject, explained=True):
        assert (estimate.status, estimate.subsidy) == (found[estimate.frame][0], found[estimate.frame][1])
    return found[frame]


def missing(subject: Applicant, frame: str) -> tuple[str, ...]:
    return settle(rules(LEAGUE), rules(LEAGUE).frames[frame], subject).missing


# --- members -------------------------------------------------------------------------------------------------------------

HEAD: Final = member("head")


@pytest.mark.parametrize(
    ("members", "outcome"),
    [
        ([HEAD, member(), member()], paid(0)),
        ([HEAD, member(staff="6"), member()], paid(100_000)),
        ([HEAD, member(staff="6"), member(staff="5")], paid(100_000)),
        ([member("head", staff="6"), member(staff="6"), member(staff="20")], paid(300_000)),
        ([HEAD, member(staff="21"), member()], NOT),
        ([member("head", staff="21"), member(), member()], paid(100_000)),
        ([HEAD, member(), member(stall=False)], NOT),
        ([HEAD, member(), member(), member(stall=False)], paid(0)),
        ([HEAD, HEAD, member()], NOT),
        ([member(), member(), member()], NOT),
        ([member("head", form="person"), member(), member()], NOT),
        ([HEAD, member(form="person"), member()], paid(0)),
        ([HEAD, member(form="club"), member()], NOT),
    ],
)
def test_members_are_chosen_and_counted_by_conditions(members: list[str], outcome: Outcome) -> None:
    assert both(league(members), "together") == outcome


def test_a_count_is_compared_with_a_fact() -> None:
    assert both(league([HEAD, member(), member()], teams=3), "together") == paid(0)
    assert both(league([HEAD, member(), member()], teams=4), "together") == NOT


def test_a_count_is_decided_as_soon_as_the_members_in_doubt_make_no_difference() -> None:
    crowd = [HEAD, member(), member(), member()]
    assert both(league([*crowd, member(None, staff="3")]), "together") == OPEN
    assert both(league([HEAD, HEAD, member(None), member()]), "together") == NOT
    assert missing(league([*crowd, member(None)]), "together") == ("members.5.part",)
    assert missing(league([HEAD, HEAD, member(None), member()]), "together") == ()


def test_a_count_in_an_amount_leaves_a_range_open() -> None:
    one = league([HEAD, member(staff=None), member(staff="6")])
    settled = settle(rules(LEAGUE), rules(LEAGUE).frames["together"], one)
    assert settled.missing == ("members.2.staff",)
    assert {leaf.subsidy for leaf in settled.outcomes} == {0, 100_000, 200_000}
    level = league([HEAD, member(staff=None), member(staff="6")], cost=100_000)
    assert {leaf.subsidy for leaf in settle(rules(LEAGUE), rules(LEAGUE).frames["together"], level).outcomes} == {
        0,
        50_000,
    }


CHOICES: Final[Mapping[str, tuple[FactValue, ...]]] = {
    "part": ("head", "guest"),
    "form": ("firm", "person", "club"),
    "staff": (0, 5, 6, 9, 10, 20, 21),
}


@pytest.mark.parametrize("seed", range(60))
def test_unknown_members_are_as_brute_force_has_them(seed: int) -> None:
    random = Random(seed)
    members = [
        member(
            "head" if place == 0 and random.randrange(4) else "guest",
            str(random.choice((3, 5, 6, 9, 10, 20))),
            random.choice(("firm", "firm", "person")),
            stall=random.randrange(4) > 0,
        )
        for place in range(random.choice((3, 4, 5)))
    ]
    whole = league(members, cost=random.choice((150_000, 400_000, 3_000_000)))
    named = [(place, name) for place in range(len(members)) for name in CHOICES]
    gone = random.sample(named, 3)
    subject = filled(whole, dict.fromkeys(gone))
    found = {}
    for chosen in product(*(CHOICES[name] for _, name in gone)):
        found[chosen] = outcomes(rules(LEAGUE), filled(whole, dict(zip(gone, chosen, strict=True))))["together"]
    settled = settle(rules(LEAGUE), rules(LEAGUE).frames["together"], subject)
    assert set(settled.missing) == {f"members.{place + 1}.{name}" for place, name in deciding(found, gone)}, seed
    yen = [leaf.subsidy or 0 for leaf in settled.outcomes]
    if yen:
        assert (min(yen), max(yen)) == (
            min(out or 0 for _, out in found.values()),
            max(out or 0 for _, out in found.values()),
        )
    both(subject, "together")


def filled(whole: Applicant, values: Mapping[tuple[int, str], FactValue | None]) -> Applicant:
    """The group with these facts of members set, or (None) left out."""
    members = []
    for place, one in enumerate(whole.members):
        mine = {name: value for (where, name), value in values.items() if where == place}
        facts = {name: value for name, value in {**one.facts, **mine}.items() if value is not None}
        members.append(one._replace(facts=facts))
    return whole._replace(members=tuple(members))


def deciding(found: Mapping[tuple[FactValue, ...], Outcome], gone: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Those whose value alone makes a difference somewhere."""
    for at, name in enumerate(gone):
        seen: dict[tuple[FactValue, ...], Outcome] = {}
        if any(seen.setdefault(key[:at] + key[at + 1 :], out) != out for key, out in found.items()):
            yield name


# --- a yes or no that follows from others --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "outcome", "asked"),
    [
        ({"chained": None}, OPEN, ("chained",)),
        ({"chained": None, "owner_share": "1/2"}, NOT, ()),
        ({"chained": None, "owner_share": "49.9%"}, OPEN, ("same_name",)),
        ({"chained": None, "same_name": "false"}, OPEN, ("owner_share",)),
        ({"chained": None, "same_name": "true"}, NOT, ()),
        ({"chained": None, "owner_share": "49.9%", "same_name": "false"}, paid(50_000), ()),
        ({"chained": None, "same_name": "false", "form": "person"}, paid(50_000), ()),
        ({"chained": "false", "same_name": "true"}, paid(50_000), ()),
        ({"chained": "true", "same_name": "false"}, NOT, ()),
        ({"chained": None, "same_name": "false", "form": None}, OPEN, ("form", "owner_share")),
    ],
)
def test_a_definition_stands_in_once_something_is_said_of_it(
    facts: dict[str, str | None], outcome: Outcome, asked: tuple[str, ...]
) -> None:
    one = alone(TOOL, **facts)
    assert (both(one, "alone"), missing(one, "alone")) == (outcome, asked)


# --- two facts against each other ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sales", "costs", "outcome", "asked"),
    [
        (None, None, paid(50_000), ()),
        ("100", "100", paid(50_000), ()),
        ("99", "100", NOT, ()),
        ("0", None, OPEN, ("costs",)),
        (None, "1", OPEN, ("sales",)),
        (None, "0", paid(50_000), ()),
    ],
)
def test_two_facts_are_compared_and_taken_to_hold_while_neither_is_said(
    sales: str | None, costs: str | None, outcome: Outcome, asked: tuple[str, ...]
) -> None:
    one = alone(sales=sales, costs=costs)
    assert (both(one, "alone"), missing(one, "alone")) == (outcome, asked)
    (shown,) = (each for each in estimates(rules(LEAGUE), one) if each.frame == "alone")
    taken = any("売上は費用以上" in text.ja for text in shown.assumptions)
    assert taken == (sales is None and costs is None)


# --- a set against the kinds that are bought -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "uses", "outcome", "asked"),
    [
        ("[till]", "[till]", NOT, ()),
        ("[till]", "[till, stock]", paid(50_000), ()),
        ("[till, stock]", "[till]", paid(50_000), ()),
        ("[stock, till]", "[till, stock]", NOT, ()),
        ("[]", "[till]", paid(50_000), ()),
        ("[]", "[]", paid(50_000), ()),
        (None, "[]", paid(50_000), ()),
        (None, "[till]", OPEN, ("seen",)),
        ("[till]", None, OPEN, ("items[0].uses",)),
        ("[]", None, paid(50_000), ()),
        (None, None, OPEN, ("seen", "items[0].uses")),
    ],
)
def test_a_set_is_the_same_as_the_kinds_or_not(
    seen: str | None, uses: str | None, outcome: Outcome, asked: tuple[str, ...]
) -> None:
    said = "" if uses is None else f", uses: {uses}"
    one = alone(f"{{category: tool, amount: 100000{said}}}", seen=seen)
    assert (both(one, "alone"), missing(one, "alone")) == (outcome, asked)


# --- facts that exclude each other ---------------------------------------------------------------------------------------


def test_what_cannot_stand_together_is_not_thought_of() -> None:
    assert both(alone(staff="0", shifts=None), "alone") == paid(50_000)
    assert missing(alone(staff="1", shifts=None), "alone") == ("shifts",)
    assert missing(alone(staff=None, shifts="2"), "alone") == ("staff",)
    assert missing(alone(staff=None, shifts=None), "alone") == ("staff", "shifts")


@pytest.mark.parametrize("form", ["firm", "person", "club", None])
@pytest.mark.parametrize(
    "gone", [("staff", "shifts"), ("form", "shifts"), ("chained", "owner_share", "same_name", "staff")]
)
def test_unknown_facts_are_as_brute_force_has_them(form: str | None, gone: tuple[str, ...]) -> None:
    values: Mapping[str, tuple[FactValue, ...]] = {
        "staff": (0, 1, 9, 10, 20, 21),
        "shifts": (0, 1, 2, 3),
        "form": ("firm", "person", "club"),
        "chained": (False, True),
        "owner_share": (Fraction(0), Fraction(1, 2)),
        "same_name": (False, True),
    }
    whole = alone(form=form)
    subject = whole._replace(facts={name: value for name, value in whole.facts.items() if name not in gone})
    names = [name for name in ("form", *gone) if name not in subject.facts and name in values]
    names = [name for name in dict.fromkeys(names) if "chained" not in gone or name not in ("owner_share", "same_name")]
    found: dict[tuple[FactValue, ...], Outcome] = {}
    for chosen in product(*(values[name] for name in names)):
        facts = {**subject.facts, **dict(zip(names, chosen, strict=True))}
        if facts.get("shifts") and not facts.get("staff"):
            continue
        found[chosen] = outcomes(rules(LEAGUE), subject._replace(facts=facts))["alone"]
    settled = settle(rules(LEAGUE), rules(LEAGUE).frames["alone"], subject)
    decide = {name for _, name in deciding(found, [(0, name) for name in names])}
    assert set(settled.missing) == decide
    assert {(leaf.status, leaf.subsidy) for leaf in settled.outcomes} <= set(found.values())


# --- what counts only beside something else ------------------------------------------------------------------------------


def test_courses_count_beside_tools_only() -> None:
    course = "{category: course, amount: 60000}"
    assert both(alone(f"{TOOL}, {course}"), "alone") == paid(80_000)
    assert both(alone(course), "alone") == (Status.NO_COST, 0)
    assert both(alone(TOOL), "alone") == paid(50_000)


def test_a_row_that_is_excluded_says_so() -> None:
    one = alone(form="club")
    assert both(one, "alone") == NOT
    (shown,) = (each for each in estimates(rules(LEAGUE), one) if each.frame == "alone")
    (sized,) = (met for met in shown.requirements if met.id == "sized")
    assert [need.ja for need in sized.needs] == ["任意団体は対象外です"]
