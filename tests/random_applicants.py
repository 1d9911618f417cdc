"""Applicants at random, most of their numbers next to one that decides, and the same as the files hojo reads."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Final

from oracle_2026 import (
    ANALYSIS,
    BESIDE_TOOLS,
    BY_INDUSTRY,
    CLERICAL,
    EXCLUDED,
    GENERAL,
    HEADCOUNT_BY_FORM,
    SME_ROWS,
    TOOLS,
    Facts,
    Item,
    Member,
    PlainApplicant,
    Value,
    price,
)

PROCESSES: Final = ("共P-01", "共P-02", "共P-03", "共P-04", "共P-05", "各業種P-06", "汎P-07")
FUNCTIONS: Final = ("accounting", "ordering", "settlement")
CATEGORIES: Final = (*GENERAL, "pc", "register", "security_service", *ANALYSIS, *CLERICAL)
INVOICE: Final = (*TOOLS, *BESIDE_TOOLS)
EDGES: Final = {  # the costs at which something changes, and some in between
    "general": (75_000, 100_000, 2_000_000, 2_250_000, 3_000_000, 6_750_000, 9_000_000),
    "invoice": (200_000, 400_000, 625_000, 666_667, 1_000_000, 2_000_000, 5_125_000, 5_166_667),
    "electronic_trade": (100_000, 2_400_000, 5_250_000, 7_000_000, 14_000_000),
    "security": (75_000, 100_000, 2_250_000, 3_000_000),
    "group": (1_860_000, 3_000_000, 6_000_000, 7_500_000, 15_000_000, 45_000_000),
}
SOLD: Final = {  # what an applicant of a frame mostly buys
    "general": GENERAL,
    "invoice": INVOICE,
    "electronic_trade": ("cloud",),
    "security": ("security_service",),
    "group": (*ANALYSIS, *CLERICAL, "option", "support"),
}


def random_applicant(random: Random) -> PlainApplicant:
    """An applicant with everything known that is asked."""
    frame = random.choice(tuple(SOLD))
    facts = {**random_firm(random, random.choice((20, 100, None))), **random_wages(random)}
    if facts["employees"] == 0:
        facts["near_minimum_wage_months"] = 0
    facts["supplier_accounts"] = everybody = random.choice((1, 2, 3, 7, 100, random.randint(1, 200)))
    facts["sme_supplier_accounts"] = random.choice((0, 1, everybody - 1, everybody, random.randint(0, everybody)))
    members = random_group(random) if frame == "group" or random.randrange(20) == 0 else []
    if members and random.randrange(2):
        facts["analysis_members"] = random.choice((len(members), random.randint(0, len(members))))
    items = random_items(random, frame, random.randint(0, 6))
    if facts["past_grant"] and random.randrange(2):
        facts["granted_processes"] = random_grant(random, items)
    return {"facts": facts, "items": items, "members": members}


def random_grant(random: Random, items: list[Item]) -> list[str]:
    """The processes of software bought before: none, those of the software now, or about those."""
    now = sorted({code for item in items if item.get("category") in TOOLS for code in item["processes"]})
    return random.choice(([], now, now, now[1:], [code for code in PROCESSES if code not in now[1:]]))


# ── who ──────────────────────────────────────────────────────────────────────────────────────────────────────


def random_firm(random: Random, usual_size: int | None) -> Facts:
    """Who it is: any form and trade; `usual_size` keeps most firms of a group small enough to pass."""
    forms = ("company",) * 8 + ("sole_proprietor",) * 4 + tuple(HEADCOUNT_BY_FORM) + BY_INDUSTRY
    usual = usual_size is not None
    entity = random.choice(forms if random.randrange(400 if usual else 40) else EXCLUDED)
    facts: Facts = {"entity": entity}
    if entity not in HEADCOUNT_BY_FORM or random.randrange(2):
        facts["industry"] = random.choice(tuple(SME_ROWS))
    if entity == "company":
        edge = random.choice((50_000_000, 100_000_000, 300_000_000))
        facts["capital"] = random.choice((3_000_000, edge - 1, edge, edge + 1))
    edges = [size for size in (5, 20, 50, 100, 200, 300, 900) if usual_size is None or size <= usual_size]
    size = random.choice(edges) + random.choice((-1, 0, 1))
    facts["employees"] = random.randint(0, 20) if usual and random.randrange(10) else size
    often = 100 if usual else 8
    if random.randrange(6):
        return {**facts, "deemed_large": random.randrange(often) == 0}
    return {**facts, **random_owners(random, entity, often)}


def random_owners(random: Random, entity: str, often: int) -> Facts:
    """The six tests of a deemed large company, about their borders, one in `often` beyond each."""

    def share(border: Fraction) -> Fraction:
        above = random.randrange(often * 4) == 0
        return border if above else random.choice((Fraction(0), border - Fraction(1, 10_000)))

    income: Facts = {"average_taxable_income": 1_500_000_000 + (random.randrange(often * 4) == 0)}
    if entity == "sole_proprietor":
        return income
    one = share(Fraction(1, 2))
    return {
        "same_large_share": one,
        "large_share": max(one, share(Fraction(2, 3))),
        "large_officers": share(Fraction(1, 2)),
        "owned_by_deemed_large": random.randrange(often * 4) == 0,
        "officers_of_deemed_large": random.randrange(often * 4) == 0,
        **income,
    }


def random_wages(random: Random) -> Facts:
    """The wage plan, earlier grants and the minimum-wage months, about each threshold."""
    edge = random.choice((Fraction(3, 100), Fraction(7, 200), Fraction(1, 20)))
    wages: Facts = {"regional_minimum_wage": 1_000, "workplace_minimum_wage": random.choice((999, 1_000, 1_001, 1_200))}
    return {
        **(wages if random.randrange(4) == 0 else {}),
        "near_minimum_wage_months": random.choice((0, 1, 2, 3, 4, 12)),
        "wage_growth": random.choice((Fraction(0), edge - Fraction(1, 10_000), edge, edge + Fraction(1, 1000))),
        "wage_floor_margin": random.choice((0, 29, 30, 31, 50)),
        "wage_plan_announced": random.randrange(4) != 0,
        "wage_exempt_sector": random.randrange(8) == 0,
        "past_grant": random.randrange(3) == 0,
    }


def random_group(random: Random) -> list[Member]:
    """A lead and participants, about as many as are needed; some use nothing, some groups have no lead or two."""
    usual_size, rich = random.choice((20, 20, 20, 100, None)), random.randrange(3) == 0
    size = random.choice((1, 8, 9, 10, 10, 10, 10, 10, 11, 11, 12))
    idle = random.choice((0, 0, 0, 0, 0, size - 9, size - 10, size - 11))
    members = [random_member(random, usual_size, rich, number < idle) for number in range(size)]
    random.shuffle(members)
    for number, member in enumerate(members):
        member["facts"]["role"] = "participant" if number else "lead"
    if random.randrange(3) == 0:
        members[0] = random_lead(random)
    if random.randrange(20) == 0:
        random.choice(members)["facts"]["role"] = random.choice(("lead", "participant"))
    random.shuffle(members)
    return members


def random_lead(random: Random) -> Member:
    """A chamber or an association of any size, with or without tools of its own."""
    facts: Facts = {"entity": random.choice(("chamber", "sme_association", "special_association", "company"))}
    facts |= {
        "industry": "retail",
        "employees": random.choice((3, 50, 51, 100, 101, 150)),
        "deemed_large": random.randrange(6) == 0,
    }
    if facts["entity"] == "company":
        facts["capital"] = random.choice((50_000_000, 50_000_001))
    return {"facts": {**facts, "role": "lead"}, "items": random_items(random, "invoice", random.choice((0, 0, 1, 2)))}


def random_member(random: Random, usual_size: int | None, rich: bool, idle: bool) -> Member:
    """A firm of a group; `rich` ones bring tools near their cap, so that the 30,000,000円 of the group bind."""
    items = [] if idle else random_items(random, "invoice", random.randint(1, 3))
    if rich and items and random.randrange(6):
        cost = random.choice((5_125_000, 5_166_667)) + random.choice((-1, 0, 1))
        items.append(
            {"category": "software", "amount": cost, "processes": [], "functions": random.sample(FUNCTIONS, 2)}
        )
    return {"facts": random_firm(random, usual_size), "items": named(items)}


# ── what ─────────────────────────────────────────────────────────────────────────────────────────────────────


def random_items(random: Random, frame: str, count: int) -> list[Item]:
    """`count` lines that often add up to a cost next to an edge of the frame, and now and then a discount."""
    sum_of_all = random.choice(EDGES[frame]) + random.choice((-2, -1, 0, 0, 1, 2, random.randint(-20_000, 20_000)))
    cuts = sorted(random.randint(0, sum_of_all) for _ in range(count - 1))
    parts = [high - low for low, high in zip([0, *cuts], [*cuts, sum_of_all], strict=True)] if count else []
    processes = random.sample(PROCESSES, random.choice((0, 1, 3, 4, 4, 5, 7)))
    functions = random.sample(FUNCTIONS, random.choice((0, 1, 1, 2, 3)))
    items = named([random_item(random, frame, cost, processes, functions) for cost in parts])
    if items and random.randrange(6) == 0:
        items.insert(random.randint(0, len(items)), random_discount(random, items))
    return items


def random_item(random: Random, frame: str, cost: int, processes: list[str], functions: list[str]) -> Item:
    """One line of about `cost`, now and then of nothing; what software does is always said, sometimes of other lines too."""
    category = random.choice(SOLD[frame] if random.randrange(6) else CATEGORIES)
    if frame == "invoice" and random.randrange(2):
        category = random.choice(TOOLS)
    item: Item = {"category": category}
    priced_somehow(random, item, 0 if random.randrange(30) == 0 else cost)
    if category in TOOLS or random.randrange(4) == 0:
        item["processes"] = (
            random.sample(processes, random.randint(1, len(processes))) if processes and random.randrange(5) else []
        )
        item["functions"] = (
            random.sample(functions, random.randint(1, len(functions))) if functions and random.randrange(5) else []
        )
    if frame == "electronic_trade" and random.randrange(4):
        item["functions"] = ["ordering"]
    return item


def priced_somehow(random: Random, item: Item, cost: int) -> None:
    """Once (perhaps for a stated time), by month or by year; in pieces; with or without tax in it."""
    pieces = random.choice((2, 3, 7, 12)) if random.randrange(8) == 0 else 1
    with_tax = random.randrange(8) == 0
    way = random.choice(("amount", "amount", "amount", "monthly", "monthly", "yearly"))
    months = random.choice((1, 6, 11, 12, 13, 23, 24, 25, 36, 60))
    years = random.choice((1, 2, 3, 5))
    unit = cost // pieces // {"amount": 1, "monthly": months, "yearly": years}[way]
    if with_tax:
        item["tax"] = "included"
        unit = unit * 11 // 10 + random.randint(0, 1)
    if way == "amount":
        item["amount"] = unit
        if random.randrange(4) == 0:
            item["months"] = months
    elif way == "monthly":
        item["monthly"], item["months"] = unit, months
    else:
        item["yearly"], item["years"] = unit, years
    if pieces > 1:
        item["quantity"] = pieces


def random_discount(random: Random, items: list[Item]) -> Item:
    """Off one line, or off all of them; now and then nothing is left of what they cost."""
    item = random.choice(items)
    of: Item = {"of": item["name"]} if random.randrange(2) else {}
    most = price(item) if of else sum(map(price, items))
    some = random.randint(0, most // 5) if random.randrange(10) else most
    return {"name": "値引き", "discount": some, **of}


def named(items: list[Item]) -> list[Item]:
    """Each with a name of its own."""
    return [{"name": f"品目{number}", **item} for number, item in enumerate(items, 1)]


# ── as files ─────────────────────────────────────────────────────────────────────────────────────────────────


def as_yaml(applicant: PlainApplicant) -> str:
    """The applicant as the YAML file hojo reads."""
    lines = ["name: 無作為な申請者", "fiscal_year: 2026", *mapping("facts", applicant["facts"])]
    lines += listing("items", [item_lines(item) for item in applicant["items"]])
    lines += listing("members", [member_lines(n, member) for n, member in enumerate(applicant["members"], 1)])
    return "\n".join(lines) + "\n"


def member_lines(number: int, member: Member) -> list[str]:
    """A member, not indented."""
    items = listing("items", [item_lines(item) for item in member["items"]])
    return [f"name: 構成員{number}", *mapping("facts", member["facts"]), *items]


def item_lines(item: Item) -> list[str]:
    """An item, not indented."""
    return [
        f"{key}: [{', '.join(value)}]" if isinstance(value, list) else f"{key}: {value}" for key, value in item.items()
    ]


def mapping(key: str, facts: Facts) -> list[str]:
    """A block mapping under its key."""
    return [f"{key}:", *(f"  {name}: {scalar(value)}" for name, value in facts.items())] if facts else []


def listing(key: str, entries: list[list[str]]) -> list[str]:
    """A block sequence of mappings under its key."""
    if not entries:
        return [f"{key}: []"]
    return [f"{key}:", *("  " + ("- " if n == 0 else "  ") + line for entry in entries for n, line in enumerate(entry))]


def scalar(value: Value) -> str:
    """A value as one writes it: rates as `7/200`, whole percents as `3%`, halves as `3.5%`."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(value)}]"
    if not isinstance(value, Fraction):
        return str(value)
    tenths = value * 1000  # of a percent
    if tenths.denominator != 1 or tenths.numerator % 10 == 1:
        return f"{value.numerator}/{value.denominator}"
    percent, tenth = divmod(tenths.numerator, 10)
    return f"{percent}.{tenth}%" if tenth else f"{percent}%"
