"""Every assumption a result rests on is shown with it, in the order of the ruleset, and no other."""

import pytest

from hojo_cli.applicants import applicant
from hojo_cli.document import parse
from hojo_cli.explanation import explain
from hojo_cli.results.estimated import Estimate
from hojo_cli.rules import ruleset

YEARS = ("2024", "2025", "2026")
SHOP = """
facts: {entity: company, industry: retail, capital: 300万円, employees: 4人, deemed_large: false, past_grant: false, wage_exempt_sector: false, near_minimum_wage_months: 0}
items:
  - {category: software, amount: 100万円, processes: [共P-02], functions: [accounting]}
"""
PC = "  - {category: pc, amount: 10万円}\n"


def estimates(text: str, year: str = "2026") -> dict[str, Estimate]:
    rules = ruleset.load(year)
    root = parse(text.encode(), "a.yaml").root
    assert root is not None
    read = applicant.load(root, rules, "a.yaml")
    assert read.file is not None, read.findings
    return {each.frame: each for each in explain.estimates(rules, read.file.applicant)}


def shown(text: str, frame: str, year: str = "2026") -> list[str]:
    """The ids of the assumptions a frame's estimate lists."""
    labels = {each.label: name for name, each in ruleset.load(year).assumptions.items()}
    return [labels[label] for label in estimates(text, year)[frame].assumptions]


def group(own: str = "", member: str = "") -> str:
    facts = "{entity: company, industry: retail, capital: 300万円, employees: 4人, deemed_large: false}"
    items = f"[{{category: software, amount: 100万円, functions: [accounting, ordering]}}{member}]"
    return "members:\n" + f"  - {{facts: {facts}, items: {items}}}\n" * 10 + f"items: [{own}]\n"


@pytest.mark.parametrize("year", YEARS)
def test_each_assumption_of_a_year_can_be_shown(year: str) -> None:
    rules = ruleset.load(year)
    placed = {name for name, each in rules.assumptions.items() if each.frames}
    assert placed
    assert all(frame in rules.frames for name in placed for frame in rules.assumptions[name].frames)


def test_what_no_figure_can_name_is_shown_where_it_belongs() -> None:
    assert "kinds_not_pieces" in shown(SHOP, "general")
    assert "texts_as_read" in shown(SHOP, "invoice")
    assert "setup_cost_is_hardware" not in shown(SHOP, "invoice")
    assert "setup_cost_is_hardware" in shown(SHOP + PC, "invoice")
    assert "setup_cost_is_hardware" not in shown(SHOP + PC, "general")
    assert shown(SHOP, "group") == []


@pytest.mark.parametrize(("deemed", "told"), [("true", True), ("false", False), ("", True)])
def test_an_assumption_about_some_is_shown_unless_they_are_others(deemed: str, told: bool) -> None:
    text = f"""
facts: {{entity: company, industry: retail, capital: 300万円, employees: 4人, deemed_large: {deemed}, past_grant: false, supplier_accounts: 10, sme_supplier_accounts: 5}}
items: [{{category: cloud, amount: 100万円, functions: [ordering]}}]
"""
    found = shown(text, "electronic_trade")
    assert ("deemed_large_other_rate" in found) is told
    assert "share_not_rounded" in found


def test_the_assumption_of_a_combination_stands_with_the_frames_it_is_told_of() -> None:
    found = estimates(SHOP)
    for frame, other in (("general", "invoice"), ("invoice", "general")):
        (said,) = found[frame].together
        assert said.ja.startswith(f"「{found[frame].label.ja}」は「{found[other].label.ja}」と")
        assert "combine_2025" in shown(SHOP, frame)
    alone = SHOP.replace(", functions: [accounting]", "")
    assert "combine_2025" not in shown(alone, "general")


def test_the_order_is_that_of_the_ruleset() -> None:
    order = list(ruleset.load("2026").assumptions)
    found = shown(SHOP + PC, "invoice")
    assert found == sorted(found, key=order.index)


@pytest.mark.parametrize("year", YEARS)
def test_an_assumption_below_no_cost_plays_no_part(year: str) -> None:
    neither = shown(group(), "group", year)
    assert "all_members_analyse" not in neither
    assert "expert_share_of_subsidy" not in neither
    analysis = shown(group("{category: analysis_software, amount: 100万円}"), "group", year)
    assert "all_members_analyse" in analysis
    assert "expert_share_of_subsidy" not in analysis


def test_members_bring_in_what_is_assumed_of_them() -> None:
    assert "support_limit_per_member" not in shown(group(), "group")
    assert "support_limit_per_member" in shown(group(member=", {category: support, amount: 1万円}"), "group")
    assert "expert_share_of_subsidy" in shown(group("{category: office, amount: 1万円}"), "group")


@pytest.mark.parametrize("year", YEARS)
def test_prices_are_converted_under_one_assumption(year: str) -> None:
    assert "price_converted_first" not in ruleset.load(year).assumptions
