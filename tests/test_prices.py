"""Prices as quotes write them: sums paid at once for a time, yearly fees, quantities, discounts; and who is listed twice."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st
from subjects import ROOT, fast, outcomes, read, rules

from hojo_cli.applicants import applicant
from hojo_cli.commands import check
from hojo_cli.document import parse
from hojo_cli.engine.applicant import Discount, Item, Price, within
from hojo_cli.engine.evaluator import Evaluator, judge
from hojo_cli.engine.judgement import Status
from hojo_cli.explanation import explain
from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.results.estimated import Estimate
from hojo_cli.rules import ruleset

KNOWN = {
    "entity": "company", "industry": "製造業", "capital": "1000万円", "employees": "30", "deemed_large": "false",
    "past_grant": "false", "wage_exempt_sector": "false", "near_minimum_wage_months": "0",
}  # fmt: skip
OPEN = "processes: [共P-04], functions: [accounting]"


def file(*items: str, more: str = "", year: str = "2026") -> str:
    """Facts on the first line, items from the third."""
    facts = ", ".join(f"{name}: {value}" for name, value in KNOWN.items() if name in rules(year).facts)
    return f"facts: {{{facts}}}\nitems:\n" + "".join(f"- {{{item}}}\n" for item in items) + more


def estimated(*items: str, frame: str = "general", year: str = "2026") -> Estimate:
    found = explain.estimates(rules(year), read(file(*items, year=year), rules(year)))
    return next(each for each in found if each.frame == frame)


def told(*items: str, more: str = "", year: str = "2026") -> list[tuple[str, int, int]]:
    """Code, line and column of everything there is to say about a file; items begin at line 3."""
    return [
        (found.code, found.where.line, found.where.column)
        for found in findings(file(*items, more=more, year=year), year)
    ]


def findings(text: str, year: str = "2026") -> list[Any]:
    root = parse(text.encode(), "a.yaml").root
    assert root is not None
    return list(applicant.load(root, rules(year), "a.yaml").findings)


def codes(*items: str, more: str = "", year: str = "2026") -> list[str]:
    return [code for code, _, _ in told(*items, more=more, year=year)]


# --- what a price comes to --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("price", "counted", "whole"),
    [
        ("amount: 1200000, months: 23", 1_200_000, 1_200_000),
        ("amount: 1200000, months: 24", 1_200_000, 1_200_000),
        ("amount: 1200000, months: 25か月", 1_152_000, 1_200_000),
        ("amount: 1200000, months: 5年分", 480_000, 1_200_000),
        ("amount: 1000000, months: 7年", Fraction(2_000_000, 7), 1_000_000),
        ("amount: 100000, months: 36, quantity: 3本", 200_000, 300_000),
        ("yearly: 12万円, years: 2年", 240_000, 240_000),
        ("yearly: 12万円, years: 3年間", 240_000, 360_000),
        ("yearly: 5万円, years: 3, quantity: 4", 400_000, 600_000),
        ("yearly: 1100円, years: 3, tax: included", 2_000, 3_000),
        ("monthly: 980円, months: 2年分, quantity: 12ライセンス", 282_240, 282_240),
        ("monthly: 109円, months: 25, quantity: 2, tax: included", 99 * 24 * 2, 99 * 25 * 2),
        ("amount: 109円, quantity: 3, tax: included", 297, 297),
        ("monthly: 5000円, months: 0", 0, 0),
    ],
)
def test_beyond_the_limit_only_the_limit_counts_in_proportion(price: str, counted: Fraction, whole: int) -> None:
    found = estimated(f"category: cloud, {price}, {OPEN}")
    assert (found.eligible_cost, found.own_cost) == (counted, whole - (found.subsidy or 0))
    lost = [each.yen for each in found.reductions if each.reason == "months"]
    assert sum(lost) == whole - counted
    assert all(each.citation is not None for each in found.reductions if each.reason == "months")


@pytest.mark.parametrize("year", ["2024", "2025", "2026"])
@pytest.mark.parametrize(
    ("category", "frame", "limit"),
    [("cloud", "invoice", 24), ("option", "invoice", 12), ("security_service", "security", 24)],
)  # fmt: skip
def test_each_limit_counts_for_a_sum_paid_at_once_in_every_year(
    year: str, category: str, frame: str, limit: int
) -> None:
    """Exactly at the limit all of it, one month more in proportion."""
    beside = () if category in ("cloud", "security_service") else (f"category: software, amount: 1, {OPEN}",)
    fields = f", {OPEN}" if category == "cloud" else ""
    for months, part in ((limit, Fraction(1)), (limit + 1, Fraction(limit, limit + 1))):
        found = estimated(
            *beside, f"category: {category}, amount: 700001, months: {months}{fields}", frame=frame, year=year
        )
        assert found.eligible_cost == 700_001 * part + len(beside)


@pytest.mark.parametrize("year", ["2024", "2025", "2026"])
def test_a_service_paid_at_once_counts_whole_and_says_so(year: str) -> None:
    """A service is limited where it is paid by the month: what is paid once may be a set-up."""
    software, at_once = f"category: software, amount: 1, {OPEN}", "category: support, amount: 600000, months: 60"
    assert estimated(software, at_once, frame="invoice", year=year).eligible_cost == 600_001
    assert told(software, at_once, year=year) == [("HJ224", 4, 47)]
    monthly = estimated(software, "category: support, monthly: 10000, months: 60", frame="invoice", year=year)
    yearly = estimated(software, "category: support, yearly: 120000, years: 5", frame="invoice", year=year)
    assert monthly.eligible_cost == yearly.eligible_cost == 240_001


def test_a_ruleset_that_says_nothing_of_sums_counts_them_in_proportion(tmp_path: Path) -> None:
    text = (ROOT / "rules" / "2026.yaml").read_text(encoding="utf-8")
    declared = re.search("\n  at_once:.*", text)
    assert declared is not None
    (tmp_path / "rules.yaml").write_text(text.replace(declared[0], ""), encoding="utf-8")
    silent = ruleset.load(str(tmp_path / "rules.yaml"))
    assert silent.at_once.categories == silent.timed
    one = read(file(f"category: software, amount: 1, {OPEN}", "category: support, amount: 600000, months: 60"), silent)
    found = {each.frame: each.eligible_cost for each in explain.estimates(silent, one)}
    assert found["general"] == 240_001
    assert Evaluator(silent).outcomes(one)["general"] == (Status.PAYABLE, 120_000)


def test_the_analysis_fee_of_a_group_counts_one_year() -> None:
    found = estimated("category: analysis_cloud, amount: 300000, months: 3年", frame="group")
    assert found.eligible_cost == 100_000


def test_a_fraction_of_a_yen_is_kept_until_the_line_is_cut() -> None:
    """2/7 of 3,500,003 are 1,000,000 and 6/7; half of it is cut once."""
    found = estimated(f"category: cloud, amount: 3500003, months: 84, {OPEN}")
    assert found.eligible_cost == Fraction(7_000_006, 7)
    assert found.subsidy == 500_000
    entry = found.lines[0].counted[0]
    assert (entry.counted, entry.label.ja) == (Fraction(7_000_006, 7), "クラウド利用料 84か月分のうち24か月分")
    assert sum(step.yen or 0 for step in found.lines[0].steps) == 500_000


def test_a_cost_limit_holds_for_fractions_too() -> None:
    """A discount on the whole leaves a fraction of the service, a little over two million or a little under."""
    for discount, limited in ((1_000_000, True), (1_000_003, False)):
        found = estimated(
            f"category: software, amount: 1, {OPEN}", "category: support, amount: 3000001", f"discount: {discount}"
        )
        left = 1 - Fraction(discount, 3_000_002)
        assert (3_000_001 * left > 2_000_000) is limited
        assert found.eligible_cost == left + min(Fraction(2_000_000), 3_000_001 * left)


def test_how_a_price_is_quoted_is_shown() -> None:
    labels = [
        ("monthly: 980円, months: 24, quantity: 12", "クラウド利用料 980円×12×24か月"),
        ("yearly: 12万円, years: 3", "クラウド利用料 120,000円×3年のうち24か月分"),
        ("amount: 5万円, quantity: 2", "クラウド利用料 50,000円×2"),
        ("amount: 5万円, months: 12", "クラウド利用料 12か月分"),
        ("amount: 5万円", "クラウド利用料"),
    ]
    for price, label in labels:
        assert estimated(f"category: cloud, {price}, {OPEN}").lines[0].counted[0].label.ja == label


# --- discounts -----------------------------------------------------------------------------------------------------------


def bought(*items: str) -> tuple[Item, ...]:
    return read(file(*items), rules()).items


def test_a_discount_lowers_the_item_it_names() -> None:
    first, second = bought(
        "name: 甲, category: software, amount: 30万円",
        "discount: 5万円, of: 乙, name: 会員割引",
        "name: 乙, category: pc, amount: 10万円",
    )
    assert (first.cost, second.cost, second.place) == (300_000, 50_000, 2)
    assert second.price == Price(100_000, 0, 1, (Discount("会員割引", 50_000, False),))


def test_a_discount_that_names_nobody_is_shared_out_exactly_and_told() -> None:
    items = (
        f"name: 甲, category: software, amount: 100000, {OPEN}",
        "name: 乙, category: pc, amount: 200001",
        "discount: 10000",
    )
    first, second = bought(*items)
    assert first.cost == 100_000 - Fraction(10_000 * 100_000, 300_001)
    assert first.cost + second.cost == 290_001
    assert told(*items) == [("HJ227", 5, 14)]
    found = estimated(*items, frame="invoice")
    assert found.own_cost == 290_001 - (found.subsidy or 0)
    assert isinstance(found.own_cost, int)
    assert "−3,333 96,667/300,001円（値引き）" in found.lines[0].counted[0].label.ja
    assert any("名指ししない値引き" in text.ja for text in found.assumptions)
    assert not any("名指ししない値引き" in text.ja for text in estimated(items[0], "discount: 1, of: 甲").assumptions)


def test_named_discounts_come_before_those_on_the_whole() -> None:
    """100,000 − 40,000 and 60,000 are equal when 20,000 are shared out, wherever the lines stand."""
    first, second = bought(
        "discount: 20000",
        "discount: 40000, of: 甲",
        "name: 甲, category: pc, amount: 100000",
        "name: 乙, category: pc, amount: 60000",
    )
    assert (first.cost, second.cost) == (50_000, 50_000)


def test_a_discount_may_be_all_of_the_price_but_no_more() -> None:
    item = "name: 甲, category: pc, amount: 5万円"
    assert bought(item, "discount: 5万円, of: 甲")[0].cost == 0
    assert told(item, "discount: 50001, of: 甲") == [("HJ226", 4, 25)]
    assert told(item, "discount: 3万円, of: 甲", "discount: 20001, of: 甲") == [("HJ226", 5, 25)]
    assert codes(item, "discount: 50001") == ["HJ226"]
    assert codes("discount: 1") == ["HJ226"]
    assert bought(item, "discount: 0")[0].cost == 50_000


def test_a_discount_counts_pieces_and_tax_like_a_price() -> None:
    assert (
        bought("name: 甲, category: pc, amount: 5万円", "discount: 1100, quantity: 10, tax: included")[0].cost == 40_000
    )


def test_a_discount_is_taken_before_months_are_cut() -> None:
    """1,200,000 − 100,000 for 60 months: 24/60 of 1,100,000."""
    found = estimated(f"name: 甲, category: cloud, amount: 120万円, months: 60, {OPEN}", "discount: 10万円, of: 甲")
    assert found.eligible_cost == 440_000
    assert found.lines[0].counted[0].label.ja == "甲（クラウド利用料） 60か月分 −100,000円（値引き）のうち24か月分"


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (("name: 甲, category: pc, amount: 5", "discount: 1, of: 乙"), "0件"),
        (("name: 甲, category: pc, amount: 5",) * 2 + ("discount: 1, of: 甲",), "2件"),
        (("name: 甲, category: pc, amount: 5", "name: 割引, discount: 1", "discount: 1, of: 割引"), "0件"),
    ],
)
def test_the_item_of_a_discount_is_named_exactly(items: tuple[str, ...], expected: str) -> None:
    found = [each for each in findings(file(*items)) if each.code == "HJ225"]
    assert len(found) == 1
    assert expected in found[0].message.ja


def test_the_nearest_name_is_offered() -> None:
    (found,) = findings(file("name: 会計ソフト, category: pc, amount: 5", "discount: 1, of: 会計ソフ"))
    assert "会計ソフト" in found.hint.ja


# --- what is told -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "price", ["amount: -5万円", "amount: △50,000円", "monthly: -5, months: 3", "yearly: -5, years: 1"]
)
def test_a_price_below_zero_says_how_a_discount_is_written(price: str) -> None:
    (found,) = [each for each in findings(file(f"category: pc, {price}")) if each.severity.value == "error"]
    assert found.code == "HJ221"
    assert "discount:" in found.hint.ja


@pytest.mark.parametrize("year", ["2024", "2025", "2026"])
@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("category: cloud, amount: 5", "HJ222"),
        ("category: option, amount: 5", "HJ222"),
        ("category: security_service, amount: 5", "HJ222"),
        ("category: analysis_cloud, amount: 5", "HJ222"),
        ("category: support, amount: 5", ""),
        ("category: software, amount: 5", ""),
        ("category: cloud, amount: 5, months: 60", ""),
        ("category: support, monthly: 5, months: 60", ""),
        ("category: pc, monthly: 5, months: 60", "HJ223"),
        ("category: software, yearly: 5, years: 2", "HJ223"),
        ("category: office, monthly: 5, months: 1", "HJ223"),
    ],
)
def test_time_that_is_not_said_is_noted_and_time_that_does_not_count_warned_of(year: str, item: str, code: str) -> None:
    assert codes(item, year=year) == ([code] if code else [])


def test_the_assumption_is_shown_where_the_time_is_not_said_and_only_there() -> None:
    label = rules().assumptions["at_once_within_limit"].label
    assert label in estimated(f"category: cloud, amount: 5, {OPEN}").assumptions
    assert label not in estimated(f"category: cloud, amount: 5, months: 60, {OPEN}").assumptions
    assert label not in estimated(f"category: software, amount: 5, {OPEN}").assumptions


@pytest.mark.parametrize(
    ("price", "code"),
    [
        ("amount: 5, monthly: 5, months: 3", "HJ207"),
        ("amount: 5, years: 3", "HJ207"),
        ("amount: 5, discount: 3", "HJ207"),
        ("monthly: 5, years: 3", "HJ207"),
        ("quantity: 5", "HJ207"),
        ("monthly: 5", "HJ208"),
        ("months: 5", "HJ208"),
        ("yearly: 5", "HJ208"),
        ("years: 5", "HJ208"),
        ("amount: 5, months: 0", "HJ214"),
        ("amount: 5, quantity: 0", "HJ214"),
        ("yearly: 5, years: 24か月", "HJ162"),
        ("amount: 5, of: 甲", "HJ224"),
    ],
)
def test_a_price_has_one_form(price: str, code: str) -> None:
    assert codes(f"category: pc, {price}") == [code]


def test_what_stands_beside_a_discount_in_vain_is_told() -> None:
    found = codes(
        "name: 甲, category: pc, amount: 5", "discount: 1, of: 甲, category: software, functions: [accounting]"
    )
    assert found == ["HJ224", "HJ224"]


# --- both readers agree -------------------------------------------------------------------------------------------------

YEN = st.integers(0, 4_000_000)
MONTHS = st.integers(1, 90)
CATEGORIES = ("software", "cloud", "option", "support", "pc", "register", "security_service", "analysis_cloud")
CODES = ("共P-01", "共P-02", "共P-03", "共P-04", "汎P-07")


@st.composite
def priced(draw: st.DrawFn) -> str:
    """An item with any form of a price."""
    form = draw(
        st.one_of(
            YEN.map(lambda yen: f"amount: {yen}"),
            st.builds(lambda yen, months: f"amount: {yen}, months: {months}", YEN, MONTHS),
            st.builds(lambda yen, months: f"monthly: {yen // 50}, months: {months}", YEN, MONTHS),
            st.builds(lambda yen, years: f"yearly: {yen // 4}, years: {years}", YEN, st.integers(0, 9)),
        )
    )
    more = draw(st.sampled_from(("", ", quantity: 3", ", tax: included")))
    held = ", ".join(sorted(draw(st.sets(st.sampled_from(CODES)))))
    functions = draw(st.sampled_from(("[]", "[accounting]", "[accounting, ordering]")))
    category = draw(st.sampled_from(CATEGORIES))
    return f"category: {category}, {form}{more}, processes: [{held}], functions: {functions}"


@st.composite
def quote(draw: st.DrawFn) -> str:
    """A file with items, and discounts that are no more than their items cost."""
    items = draw(st.lists(priced(), min_size=1, max_size=6))
    named = [f"name: 品{place}, {item}" for place, item in enumerate(items)]
    costs = [int(item.cost) for item in bought(*named)]
    off = draw(st.integers(0, costs[0]))
    named += draw(st.sampled_from(([], [f"discount: {off}, of: 品0"])))
    left = sum(costs) - (off if len(named) > len(items) else 0)
    named += [f"discount: {yen}" for yen in draw(st.lists(st.integers(0, left // 2), max_size=2))]
    return file(*named)


@given(quote())
def test_both_readers_come_to_the_same_and_what_is_shown_adds_up(text: str) -> None:
    one = read(text, rules())
    compiled = fast().outcomes(one)
    total = sum((item.cost for item in one.items), start=0)
    assert total == int(total)
    for estimate, frame in zip(explain.estimates(rules(), one), rules().frames.values(), strict=True):
        judged = judge(rules(), frame, one)
        assert compiled[frame.id] == (judged.status, judged.subsidy)
        assert estimate.own_cost is None or estimate.own_cost == total - (estimate.subsidy or 0)
        assert sum(line.cost or 0 for line in estimate.lines) == (estimate.eligible_cost or 0)
        if judged.status is Status.PAYABLE:
            uncounted = [each for each in estimate.reductions if each.reason in ("months", "category", "not_eligible")]
            assert sum(each.yen for each in uncounted) == total - (estimate.eligible_cost or 0)
            for line in estimate.lines:
                assert sum(step.yen or 0 for step in line.steps) == line.subsidy


@given(priced(), priced())
def test_one_line_in_two_equal_lines_comes_to_the_same_yen(one: str, other: str) -> None:
    """Two of three pieces more and one: `quantity` 2 is the line twice."""
    single = one.replace(", quantity: 3", "")
    twice = outcomes(rules(), read(file(single, single, other), rules()))
    double = outcomes(rules(), read(file(f"{single}, quantity: 2", other), rules()))
    assert twice == double


@given(YEN, MONTHS, st.integers(0, 90))
def test_a_month_more_of_the_limit_never_counts_less_and_all_of_it_is_all(yen: int, months: int, limit: int) -> None:
    once, fee = Price(yen, 0, 1), Price(yen, 1, 1)
    for price, recurring in ((once, False), (fee, False), (fee, True), (None, True)):
        item = Item("", "", yen, price, months, {}, 0)
        here, more = (within(item, most, recurring) for most in (limit, limit + 1))
        assert here == Fraction(yen * min(limit, months), months) <= more <= yen
    assert within(Item("", "", yen, once, months, {}, 0), limit, True) == yen


# --- who is listed twice -----------------------------------------------------------------------------------------------------

MEMBER = "{name: 見本青果店, facts: {entity: company, employees: 3}, items: [{category: software, amount: 5, functions: []}]}"
NUMBER = "7123456789012"


def members(*listed: str, more: str = "") -> list[Any]:
    return findings("members:\n" + "".join(f"  - {member}\n" for member in listed) + more)


def test_copies_of_a_member_are_told_once_by_their_places() -> None:
    other = "{name: 見本鮮魚店, facts: {entity: company, employees: 3}}"
    (found,) = members(MEMBER, MEMBER, other, MEMBER)
    assert (found.code, found.where.line) == ("HJ220", 3)
    assert "構成員1～2・4" in found.message.ja and "見本青果店" in found.message.ja
    assert "1-2, 4" in found.message.en


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("employees: 3", "employees: 4"), True),  # the same purchases
        (("amount: 5", "amount: 6"), True),  # the same facts
        (("見本青果店", "見本 青果店"), False),
        (("facts: {entity: company, employees: 3}, items: [{category: software, amount: 5, functions: []}]", "facts: {}"), False),
    ],
)  # fmt: skip
def test_a_copy_has_the_name_and_the_facts_or_the_purchases(change: tuple[str, str], said: bool) -> None:
    assert ("HJ220" in [found.code for found in members(MEMBER, MEMBER.replace(*change))]) is said


def test_two_businesses_of_one_name_are_told_apart_by_their_numbers() -> None:
    first, second = (
        MEMBER.replace("{name", f"{{corporate_number: {number}, name", 1) for number in (NUMBER, "8000012345678")
    )
    found = [each.code for each in members(first, second)]
    assert "HJ220" not in found and "HJ228" not in found


def test_one_corporate_number_of_two_members_is_told_and_that_of_the_applicant_noted() -> None:
    numbered = MEMBER.replace("{name", f"{{corporate_number: {NUMBER}, name", 1)
    other = f"{{name: 別名, corporate_number: {NUMBER}}}"
    assert [(found.code, found.where.line) for found in members(numbered, other)] == [("HJ228", 3)]
    (found,) = members(numbered, more=f"corporate_number: {NUMBER}\n")
    assert (found.code, found.severity.value) == ("HJ229", "note")


def test_the_number_of_a_member_is_checked_like_the_applicants() -> None:
    assert [found.code for found in members("{name: a, corporate_number: 1123456789012}")] == ["HJ211"]
    assert [found.code for found in members("{name: a, corporate_number: 123}")] == ["HJ210"]


# --- what a file expects --------------------------------------------------------------------------------------------------------


def checked(path: Path, *, update: bool = False) -> tuple[list[str], int]:
    out = path.with_suffix(".jsonl")
    request = check.CheckRequest([str(path)], outputs=[f"jsonl={out}"], quiet=True, update_expect=update)
    report = check.run(request, lambda _: Screen(80, False, "ja"))
    (entry,) = [line for line in map(json.loads, out.read_text(encoding="utf-8").splitlines()) if "file" in line]
    return [found["code"] for found in entry["findings"]], report.exit_code


@pytest.mark.parametrize(
    ("expect", "found"),
    [
        ("{general: 0, invoice: 0, security: 0}", []),  # ineligible, and no cost
        ("{通常枠: 0}", []),
        ("{general: 1}", ["HJ422", "HJ425"]),
    ],
)
def test_an_expected_nothing_is_met_by_every_way_of_paying_nothing(
    expect: str, found: list[str], tmp_path: Path
) -> None:
    text = file(f"category: software, amount: 100万円, {OPEN}", more=f"expect: {expect}\n")
    (tmp_path / "a.yaml").write_text(text.replace("deemed_large: false", "deemed_large: true"), encoding="utf-8")
    assert checked(tmp_path / "a.yaml") == (found, 1 if "HJ425" in found else 0)


def test_a_sum_under_the_floor_is_nothing_too(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        file("category: software, amount: 99999, processes: [共P-04], functions: []", more="expect: {general: 0}\n"),
        encoding="utf-8",
    )
    assert checked(tmp_path / "a.yaml") == ([], 0)


def test_a_label_names_a_frame_of_expect_once(tmp_path: Path) -> None:
    text = file(f"category: software, amount: 100万円, {OPEN}", more="expect:\n  通常枠: 5\n")
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    assert checked(tmp_path / "a.yaml") == (["HJ425"], 1)
    assert checked(tmp_path / "a.yaml", update=True)[1] == 0
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == text.replace("通常枠: 5", "通常枠: 500000")
    assert codes(f"category: software, amount: 5, {OPEN}", more="expect: {通常枠: 5, general: 5}\n") == ["HJ113"]


def test_a_table_has_a_column_for_each_part_of_a_price(tmp_path: Path) -> None:
    header = "name,会社かどうか,items.1.name,items.1.category,items.1.yearly,items.1.years,items.1.quantity,items.2.discount,items.2.of,expect.通常枠"
    row = "見本,,年額,cloud,12万円,3年分,2,1万円,年額,0"
    (tmp_path / "a.csv").write_text(f"{header}\n{row}\n".replace("会社かどうか", "note"), encoding="utf-8")
    found, code = checked(tmp_path / "a.csv")
    assert (found, code) == (["HJ423", "HJ426"], 1)
