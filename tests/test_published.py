"""What others printed for this programme: where their figure follows from the rules hojo gives it, where not it does not.

Each entry says in own words who published what; the facts their text leaves open are completed so that the frame applies.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest
from subjects import outcomes, read, rules

from hojo_cli.engine.judgement import Status

SMALL = "entity: company, industry: retail, capital: 10000000, employees: 4"
SME = "entity: company, industry: retail, capital: 10000000, employees: 30"
BAKER = "entity: company, industry: manufacturing, capital: 10000000, employees: 8"
COMPLETED = {
    "2026": "deemed_large: false, past_grant: false, wage_exempt_sector: false, near_minimum_wage_months: 0",
    "2025": "deemed_large: false, round: 3次締切, near_minimum_wage_50_months: 0",
    "2024": "deemed_large: false",
}
"""What a text leaves open, for each year."""

ALL_SME = "supplier_accounts: 50, sme_supplier_accounts: 50"
TWO = "functions: [accounting, settlement]"


BESIDE = (
    "category: software, amount: 200000, processes: [共P-04]}}\n  - {{category: cloud, amount: {}, processes: [汎P-07]}}\n"
    "  - {{category: support, amount: 200000"
)
"""A general tool and a service of 200,000 yen beside accounting software."""


class Published(NamedTuple):
    """A printed example: the frame, the facts and items in YAML, the printed yen, and what the rules give."""

    id: str
    year: str
    frame: str
    facts: str
    item: str
    printed: int
    by_rule: int
    status: str = "payable"


EXAMPLES = [
    # A site's 2023 sample for the predecessor of the invoice frame: the first tier of a small firm exactly.
    Published("W01", "2026", "invoice", SMALL, f"category: software, amount: 625000, {TWO}", 500_000, 500_000),
    # A vendor's price document: a flat three quarters on an ordering service, with no look at the cap.
    Published(
        "W03", "2026", "invoice", SME, "category: cloud, monthly: 250000, months: 24, functions: [ordering]", 4_500_000, 500_000
    ),
    Published("W03b", "2026", "invoice", SME, f"category: cloud, monthly: 250000, months: 24, {TWO}", 4_500_000, 3_500_000),
    # A vendor's price list: two years of fees, every account given to an SME.
    Published(
        "W05", "2026", "electronic_trade", f"{SME}, {ALL_SME}",
        "category: cloud, monthly: 200000, months: 24, functions: [ordering]", 3_200_000, 3_200_000,
    ),
    # A public repository's example of accounting software.
    Published("W17", "2025", "invoice", SME, "category: software, amount: 200000, functions: [accounting]", 150_000, 150_000),
    # A public repository: exactly the floor of the general frame.
    Published("W18", "2025", "general", SME, "category: software, amount: 100000, processes: [共P-04]", 50_000, 50_000),
    # A consultant's article about a confectioner: three quarters throughout, though the tiers turn at 500,000 yen.
    Published("W19", "2026", "invoice", BAKER, f"category: software, amount: 2000000, {TWO}", 1_500_000, 1_416_666),
    # A public repository's example, own share 125,000.
    Published("W25", "2026", "invoice", SME, f"category: software, amount: 500000, {TWO}", 375_000, 375_000),
    # A vendor's page: half of a year's fee, which is under the floor.
    Published(
        "W27", "2026", "general", SME, "category: cloud, monthly: 4980, months: 12, processes: [共P-04]", 30_000, 0, "below_floor"
    ),
]  # fmt: skip

HARVEST = [  # a second harvest: published in 2025 and 2026, some of them rounded to 10,000 yen ("約128万円")
    # A vendor's page, itemised: a year's fee, and set-up, training and maintenance below 2,000,000 yen together.
    Published(
        "N1", "2026", "general", SME,
        "category: cloud, yearly: 574080, years: 1, processes: [共P-01]}\n  - {category: support, amount: 1000000}\n"
        "  - {category: support, amount: 500000}\n  - {category: support, monthly: 40000, months: 12", 1_280_000, 1_277_040,
    ),
    # A vendor's price document for a general tool; the accounting software it has to stand beside is 200,000 yen here.
    Published("N3", "2026", "general", SME, BESIDE.format(76_800), 138_400 + 100_000, 138_400 + 100_000),
    Published("N5", "2026", "general", SME, BESIDE.format(345_600), 272_800 + 100_000, 272_800 + 100_000),
    # The same document: accounting 300,000, the tool, two services.
    Published(
        "N7", "2026", "general", SME,
        "category: software, amount: 300000, processes: [共P-04]}\n  - {category: cloud, amount: 76800, processes: [汎P-07]}\n"
        "  - {category: support, amount: 100000}\n  - {category: support, amount: 100000", 290_000, 288_400,
    ),
    # Banners of the same vendor: three quarters and two thirds, which the general frame does not pay (them).
    Published("N9", "2026", "general", SME, "category: cloud, monthly: 29800, months: 12, processes: [共P-01]", 268_200, 178_800),
    Published("N11", "2026", "general", SME, "category: cloud, monthly: 40000, months: 12, processes: [共P-01]", 320_000, 240_000),
    # An article about accounting software.
    Published("N13", "2025", "invoice", SME, "category: cloud, yearly: 35760, years: 1, functions: [accounting]", 26_820, 26_820),
    Published("N15", "2025", "invoice", SMALL, "category: cloud, yearly: 40000, years: 1, functions: [accounting]", 32_000, 32_000),
    # A public repository: half, as no tier of the invoice frame has it.
    Published("N17", "2026", "invoice", SME, "category: cloud, monthly: 50000, months: 12, functions: [ordering]", 300_000, 450_000),
]  # fmt: skip


def outcome(example: Published, item: str = "") -> tuple[Status, int | None]:
    text = f"facts: {{{example.facts}, {COMPLETED[example.year]}}}\nitems:\n  - {{{item or example.item}}}\n"
    used = rules(example.year)
    return outcomes(used, read(text, used))[example.frame]


@pytest.mark.parametrize("example", [*EXAMPLES, *HARVEST], ids=lambda example: example.id)
def test_a_published_example_comes_to_what_the_rules_give(example: Published) -> None:
    assert outcome(example) == (example.status, example.by_rule)


def test_published_figures_that_contradict_the_rules_are_not_repeated() -> None:
    wrong = [
        example for example in [*EXAMPLES, *HARVEST] if example.printed not in (example.by_rule, about(example.by_rule))
    ]
    assert [example.id for example in wrong] == ["W03", "W03b", "W19", "W27", "N9", "N11", "N17"]
    assert all(outcome(example)[1] != example.printed for example in wrong)


def about(yen: int) -> int:
    """To 10,000 yen, as pages round."""
    return (yen + 5_000) // 10_000 * 10_000


def test_two_thirds_are_paid_where_the_wage_condition_of_the_banner_holds() -> None:
    """N11: 320,000 if staff were near the minimum wage for three months."""
    near = HARVEST[5].facts + ", near_minimum_wage_months: 3"
    text = f"facts: {{{near}, {COMPLETED['2026'].rpartition(', ')[0]}}}\nitems:\n  - {{{HARVEST[5].item}}}\n"
    assert outcomes(rules(), read(text, rules()))["general"] == (Status.PAYABLE, 320_000)


def test_support_counts_up_to_two_million_as_the_official_text_of_2025_shows() -> None:
    """W34: 700,000 × 3 = 2,100,000 yen of support, 2,000,000 of which count."""
    example = Published("W34", "2025", "general", SME, "", 2_000_000, 2_000_000)
    software = "category: software, amount: 500000, processes: [共P-04]"
    with_support = (
        f"{software}}}\n" + "  - {category: support, amount: 700000}\n" * 2 + "  - {category: support, amount: 700000"
    )
    assert outcome(example, software) == (Status.PAYABLE, 250_000)
    assert outcome(example, with_support) == (Status.PAYABLE, (500_000 + 2_000_000) // 2)


@pytest.mark.parametrize(
    ("frame", "year", "facts", "item", "ceiling"),
    [
        ("security", "2024", SMALL, "category: security_service, amount: 9000000", 1_000_000),
        ("electronic_trade", "2024", f"{SME}, {ALL_SME}", "category: cloud, monthly: 900000, months: 24, functions: [ordering]", 3_500_000),
    ],
)  # fmt: skip
def test_the_ceilings_of_2024_as_a_consultancy_lists_them(
    frame: str, year: str, facts: str, item: str, ceiling: int
) -> None:
    """W43–W46; the general ceiling of 4,500,000 and the group's stand among the cases of 2024."""
    assert outcome(Published("W43", year, frame, facts, item, ceiling, ceiling)) == (Status.PAYABLE, ceiling)


@pytest.mark.parametrize(("cost", "printed", "exact"), [(625_000, 500_000, 500_000), (1_000_000, 749_999, 750_000)])
def test_the_official_group_workbook_of_2025_is_one_yen_low_above_its_kink(cost: int, printed: int, exact: int) -> None:
    """Its formulas turn at a cost of 625,001; exact arithmetic turns at 625,000."""
    example = Published("kink", "2025", "invoice", SMALL, f"category: software, amount: {cost}, {TWO}", printed, exact)
    assert outcome(example) == (Status.PAYABLE, exact)
