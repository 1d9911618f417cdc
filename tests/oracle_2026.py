"""A second, naive reading of the 2026 rules, to be compared with hojo.

Written from the law alone (`交付規程2026` and the ministry's overview) without looking at the engine: no
ruleset, no nodes, no shared code. Where both agree, a mistake has to have been made twice. Everything is
`int` (yen) or `Fraction`. Applicants are plain dictionaries in which every fact is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from random import Random
from typing import Final, NotRequired, TypedDict

Value = int | Fraction | bool | str
Facts = dict[str, Value]
Outcome = tuple[str, int]  # status, yen of subsidy (0 unless payable)


class Item(TypedDict):
    """One quoted line: `amount`, or `monthly` and `months`."""

    category: str
    amount: NotRequired[int]
    monthly: NotRequired[int]
    months: NotRequired[int]
    tax: NotRequired[str]
    processes: NotRequired[list[str]]
    functions: NotRequired[list[str]]


class Member(TypedDict):
    """A firm of a group."""

    facts: Facts
    items: list[Item]


class Applicant(TypedDict):
    """The whole file: `members` is empty where nobody applies as a group."""

    facts: Facts
    items: list[Item]
    members: list[Member]


# ── who applies ──────────────────────────────────────────────────────────────────────────────────────────────

SME_ROWS: Final = {  # 別紙1 第一号 ①–⑧: capital in yen, headcount, both 以下
    "manufacturing": (300_000_000, 300),
    "construction": (300_000_000, 300),
    "transport": (300_000_000, 300),
    "wholesale": (100_000_000, 100),
    "service": (50_000_000, 100),
    "lodging": (50_000_000, 100),
    "entertainment": (50_000_000, 100),
    "retail": (50_000_000, 50),
    "rubber": (300_000_000, 900),
    "software": (300_000_000, 300),
    "ryokan": (50_000_000, 200),
    "other": (300_000_000, 300),
}
HEADCOUNT_BY_FORM: Final = {"medical": 300, "social_welfare": 300, "school": 300, "chamber": 100}  # ⑨–⑪
FIVE_PEOPLE_TRADES: Final = ("wholesale", "retail", "service", "software")


def sme(facts: Facts) -> bool:
    """別紙1 第一号 and 第三号: a company by capital or headcount, everybody else by headcount."""
    if flag(facts, "deemed_large"):
        return False
    entity, employees = text(facts, "entity"), whole(facts, "employees")
    if entity in HEADCOUNT_BY_FORM:
        return employees <= HEADCOUNT_BY_FORM[entity]
    capital_limit, headcount = SME_ROWS[text(facts, "industry")]
    if employees <= headcount:
        return True
    return entity == "company" and whole(facts, "capital") <= capital_limit


def small(facts: Facts) -> bool:
    """別紙1 第二号: an SME, company or sole proprietor, of at most 5 people (trade, services) or 20 (the rest)."""
    if not sme(facts) or text(facts, "entity") not in ("company", "sole_proprietor"):
        return False
    limit = 5 if text(facts, "industry") in FIVE_PEOPLE_TRADES else 20
    return whole(facts, "employees") <= limit


def wage_exempt(facts: Facts) -> bool:
    """交付規程（通常枠）9条5項四号: small businesses, and care, medical, welfare and school providers."""
    return small(facts) or flag(facts, "wage_exempt_sector")


def wage_plan(facts: Facts) -> bool:
    """9条5項一–三号: growth of 3 % a year, 30 yen above the regional minimum, announced."""
    return (
        flag(facts, "wage_plan_announced")
        and rate(facts, "wage_growth") >= Fraction(3, 100)
        and whole(facts, "wage_floor_margin") >= 30
    )


def repeat_duty_kept(facts: Facts, growth: Fraction) -> bool:
    """9条6項: a holder of a grant of 2022–2025 announces a plan of `growth` a year, unless exempt."""
    if not flag(facts, "past_grant") or wage_exempt(facts):
        return True
    return flag(facts, "wage_plan_announced") and rate(facts, "wage_growth") >= growth


# ── what it costs ────────────────────────────────────────────────────────────────────────────────────────────

MONTHS: Final = {"cloud": 24, "support": 24, "option": 12, "security_service": 24, "analysis_cloud": 12}
SUPPORT_LIMIT: Final = 2_000_000
BUSINESS_PROCESSES: Final = {"共P-01", "共P-02", "共P-03", "共P-04", "共P-05", "各業種P-06"}
GENERAL: Final = ("software", "cloud", "option", "support")
BESIDE_TOOLS: Final = ("option", "support", "pc", "register")
ANALYSIS: Final = ("analysis_software", "analysis_cloud", "analysis_hardware")
CLERICAL: Final = ("office", "expert")


def full_cost(item: Item) -> int:
    """Yen without tax over all its months; a price with 10 % tax in it is first cut to price × 10/11."""
    return unit_price(item) * item.get("months", 1)


def eligible(item: Item) -> int:
    """Yen without tax, of a monthly fee only the months a category may claim."""
    limit = MONTHS.get(item["category"], item.get("months", 1))
    return unit_price(item) * min(item.get("months", 1), limit)


def unit_price(item: Item) -> int:
    """The printed figure (`amount`, or one month), without tax."""
    price = item["amount"] if "amount" in item else item["monthly"]
    return price * 10 // 11 if item.get("tax") == "included" else price


def total(items: Sequence[Item], *categories: str) -> int:
    """Eligible yen of the items of these categories, their support together at most 2,000,000円."""
    chosen = [item for item in items if item["category"] in categories]
    support = sum(eligible(item) for item in chosen if item["category"] == "support")
    return sum(eligible(item) for item in chosen if item["category"] != "support") + min(support, SUPPORT_LIMIT)


def general_items(items: Sequence[Item]) -> list[Item]:
    """通常枠 pays software, cloud, option, support."""
    return [item for item in items if item["category"] in GENERAL]


def invoice_items(items: Sequence[Item]) -> list[Item]:
    """インボイス対応類型 pays software with a function, and what stands beside it."""
    return [item for item in items if is_invoice_tool(item) or item["category"] in BESIDE_TOOLS]


def trade_items(items: Sequence[Item]) -> list[Item]:
    """電子取引類型 pays the fee of cloud software for ordering."""
    return [item for item in items if item["category"] == "cloud" and "ordering" in item.get("functions", [])]


def security_items(items: Sequence[Item]) -> list[Item]:
    """セキュリティ対策推進枠 pays the service fee only."""
    return [item for item in items if item["category"] == "security_service"]


def is_invoice_tool(item: Item) -> bool:
    """Software or cloud that can do accounts, orders or settlement."""
    return item["category"] in ("software", "cloud") and bool(item.get("functions"))


def eligible_cost(applicant: Applicant, frame: str) -> int:
    """Yen of cost the frame looks at, after the limits of months and support; the trade fee is not apportioned."""
    items = applicant["items"]
    match frame:
        case "general":
            return total(general_items(items), *GENERAL)
        case "invoice":
            return invoice_cost(items)
        case "electronic_trade":
            return sum(map(eligible, trade_items(items)))
        case "security":
            return sum(map(eligible, security_items(items)))
        case "group":
            own = sum(invoice_cost(m["items"]) for m in applicant["members"] if brings_tool(m))
            return own + total(items, *ANALYSIS, *CLERICAL)
    raise ValueError(frame)


def invoice_cost(items: Sequence[Item]) -> int:
    """Yen of cost of the invoice frame: tools, PCs and registers."""
    return total(invoice_items(items), *GENERAL, "pc", "register")


def own_cost(applicant: Applicant, subsidy: int) -> int:
    """What is left to pay: every item of the file, paid for by the frame or not, less the subsidy."""
    of_members = sum(full_cost(item) for member in applicant["members"] for item in member["items"])
    return sum(map(full_cost, applicant["items"])) + of_members - subsidy


# ── what is paid ─────────────────────────────────────────────────────────────────────────────────────────────


def evaluate(applicant: Applicant) -> dict[str, Outcome]:
    """Status and yen of the five frames."""
    return {
        "general": general(applicant),
        "invoice": invoice(applicant),
        "electronic_trade": electronic_trade(applicant),
        "security": security(applicant),
        "group": group(applicant),
    }


def general(applicant: Applicant) -> Outcome:
    """通常枠: one rate on the whole cost, two bands, the upper one for four kinds and a wage plan."""
    facts, items = applicant["facts"], general_items(applicant["items"])
    if not items:
        return "no_cost", 0
    kinds = {code for item in items for code in item.get("processes", [])}
    has_tool = any(item["category"] in ("software", "cloud") for item in items)
    repeat = repeat_duty_kept(facts, Fraction(7, 200))
    if not (sme(facts) and has_tool and kinds & BUSINESS_PROCESSES and repeat):
        return "ineligible", 0
    share = Fraction(2, 3) if whole(facts, "near_minimum_wage_months") >= 3 else Fraction(1, 2)
    upper = len(kinds) >= 4 and (wage_exempt(facts) or wage_plan(facts))
    ceiling = 4_500_000 if upper else 1_499_999  # 150万円未満 in whole yen
    return at_least_50_000(capped(total(items, *GENERAL) * share, ceiling))


def invoice(applicant: Applicant) -> Outcome:
    """インボイス対応類型: tools by tier, PCs and registers at half, no lower limit."""
    facts, items = applicant["facts"], invoice_items(applicant["items"])
    if not items:
        return "no_cost", 0
    if not (sme(facts) and any(map(is_invoice_tool, items)) and repeat_duty_kept(facts, Fraction(7, 200))):
        return "ineligible", 0
    return "payable", invoice_subsidy(items, small(facts))


def invoice_subsidy(items: Sequence[Item], is_small: bool) -> int:
    """別表: 3/4 (small 4/5) of cost until 500,000円 of subsidy, 2/3 beyond; the cap by kinds of function."""
    tools = [item for item in items if item["category"] in GENERAL]
    functions = {name for tool in tools if is_invoice_tool(tool) for name in tool.get("functions", [])}
    first = Fraction(4, 5) if is_small else Fraction(3, 4)
    kink = 500_000 / first
    cost = Fraction(total(invoice_items(tools), *GENERAL))
    software = first * min(cost, kink) + Fraction(2, 3) * max(cost - kink, Fraction(0))
    return (
        capped(software, 3_500_000 if len(functions) >= 2 else 500_000)
        + capped(Fraction(total(items, "pc"), 2), 100_000)
        + capped(Fraction(total(items, "register"), 2), 200_000)
    )


def electronic_trade(applicant: Applicant) -> Outcome:
    """電子取引類型: the fee apportioned to SME accounts, exactly, then the rate; open to large firms."""
    facts, items = applicant["facts"], trade_items(applicant["items"])
    if not items:
        return "no_cost", 0
    growth, share = (Fraction(7, 200), Fraction(2, 3)) if sme(facts) else (Fraction(1, 20), Fraction(1, 2))
    given = whole(facts, "sme_supplier_accounts")
    if given < 1 or not repeat_duty_kept(facts, growth):
        return "ineligible", 0
    apportioned = Fraction(sum(map(eligible, items)) * given, whole(facts, "supplier_accounts"))
    return "payable", capped(apportioned * share, 3_500_000)


def security(applicant: Applicant) -> Outcome:
    """セキュリティ対策推進枠: 1/2, small 2/3, from 50,000円 to 1,500,000円, both included."""
    facts, items = applicant["facts"], security_items(applicant["items"])
    if not items:
        return "no_cost", 0
    if not sme(facts):
        return "ineligible", 0
    share = Fraction(2, 3) if small(facts) else Fraction(1, 2)
    return at_least_50_000(capped(total(items, "security_service") * share, 1_500_000))


def group(applicant: Applicant) -> Outcome:
    """複数者連携: (a) the members' invoice lines, (b) analysis, both within 30,000,000円, (c) a tenth on top."""
    members, items = applicant["members"], applicant["items"]
    if not any(invoice_items(m["items"]) for m in members) and not any(
        item["category"] in (*ANALYSIS, *CLERICAL) for item in items
    ):
        return "no_cost", 0
    if len(members) < 10 or not all(sme(member["facts"]) for member in members):
        return "ineligible", 0
    tools = sum(invoice_subsidy(m["items"], small(m["facts"])) for m in members if brings_tool(m))
    sharers = whole(applicant["facts"], "analysis_members", len(members))
    analysis = capped(Fraction(total(items, *ANALYSIS) * 2, 3), 500_000 * sharers)
    base = min(tools + analysis, 30_000_000)
    clerical_cost = Fraction(total(items, *CLERICAL) * 2, 3)
    return "payable", base + capped(min(clerical_cost, Fraction(base, 10) * Fraction(2, 3)), 2_000_000)


def brings_tool(member: Member) -> bool:
    """Whether the member has invoice-ready software at all; without it nothing of its lines is paid."""
    return any(map(is_invoice_tool, member["items"]))


def capped(amount: Fraction, cap: int) -> int:
    """Whole yen of a line: its cap first, then cut down once."""
    return floor(min(amount, Fraction(cap)))


def at_least_50_000(yen: int) -> Outcome:
    """Below 5万円 nothing is paid, and nothing is topped up."""
    return ("payable", yen) if yen >= 50_000 else ("below_floor", 0)


# ── reading plain facts ──────────────────────────────────────────────────────────────────────────────────────


def whole(facts: Facts, name: str, default: int | None = None) -> int:
    """A count, yen or months."""
    value = facts.get(name, default)
    assert isinstance(value, int) and not isinstance(value, bool), f"{name}: {value!r}"
    return value


def rate(facts: Facts, name: str) -> Fraction:
    """An exact rate."""
    value = facts[name]
    assert isinstance(value, int | Fraction) and not isinstance(value, bool), f"{name}: {value!r}"
    return Fraction(value)


def flag(facts: Facts, name: str) -> bool:
    """A yes or no."""
    value = facts[name]
    assert isinstance(value, bool), f"{name}: {value!r}"
    return value


def text(facts: Facts, name: str) -> str:
    """A choice."""
    value = facts[name]
    assert isinstance(value, str), f"{name}: {value!r}"
    return value


# ── applicants at random ─────────────────────────────────────────────────────────────────────────────────────

PROCESSES: Final = ("共P-01", "共P-02", "共P-03", "共P-04", "共P-05", "各業種P-06", "汎P-07")
FUNCTIONS: Final = ("accounting", "ordering", "settlement")
BY_INDUSTRY: Final = ("sme_association", "special_association", "foundation", "npo")
CATEGORIES: Final = (*GENERAL, "pc", "register", "security_service", *ANALYSIS, *CLERICAL)
INVOICE: Final = ("software", "cloud", *BESIDE_TOOLS)
EDGES: Final = {  # the costs at which something changes, and some in between
    "general": (75_000, 100_000, 2_250_000, 3_000_000, 6_750_000, 9_000_000),
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
    "group": (*ANALYSIS, *CLERICAL),
}


def random_applicant(random: Random) -> Applicant:
    """An applicant with every fact known, most of its numbers next to one that decides."""
    frame = random.choice(tuple(SOLD))
    members: list[Member] = []
    if frame == "group" or random.randrange(20) == 0:
        usual_size, rich = random.choice((20, 100, None)), random.randrange(3) == 0
        size = random.choice((1, 8, 9, 10, 10, 10, 10, 10, 11, 12))
        members = [random_member(random, usual_size, rich) for _ in range(size)]
    facts = {**random_firm(random, random.choice((20, 100, None))), **random_wages(random)}
    facts["supplier_accounts"] = everybody = random.choice((1, 2, 3, 7, 100, random.randint(1, 200)))
    facts["sme_supplier_accounts"] = random.choice((0, 1, everybody - 1, everybody, random.randint(0, everybody)))
    if members and random.randrange(2):
        facts["analysis_members"] = random.randint(0, len(members))
    return {"facts": facts, "items": random_items(random, frame, random.randint(0, 6)), "members": members}


def random_firm(random: Random, usual_size: int | None) -> Facts:
    """Who it is: any form and trade; `usual_size` keeps most firms of a group small enough to pass."""
    entity = random.choice(("company",) * 8 + ("sole_proprietor",) * 4 + tuple(HEADCOUNT_BY_FORM) + BY_INDUSTRY)
    facts: Facts = {"entity": entity}
    if entity not in HEADCOUNT_BY_FORM or random.randrange(2):
        facts["industry"] = random.choice(tuple(SME_ROWS))
    if entity == "company":
        edge = random.choice((50_000_000, 100_000_000, 300_000_000))
        facts["capital"] = random.choice((3_000_000, edge - 1, edge, edge + 1))
    edges = [size for size in (5, 20, 50, 100, 200, 300, 900) if usual_size is None or size <= usual_size]
    size = random.choice(edges) + random.choice((-1, 0, 1))
    usual = usual_size is not None
    facts["employees"] = random.randint(0, 20) if usual and random.randrange(10) else size
    facts["deemed_large"] = random.randrange(80 if usual else 8) == 0
    return facts


def random_member(random: Random, usual_size: int | None, rich: bool) -> Member:
    """A firm of a group; `rich` ones bring tools near their cap, so that the 30,000,000円 of the group bind."""
    items = [] if random.randrange(12) == 0 else random_items(random, "invoice", random.randint(1, 3))
    if rich and random.randrange(6):
        cost = random.choice((5_125_000, 5_166_667)) + random.choice((-1, 0, 1))
        items.append({"category": "software", "amount": cost, "functions": random.sample(FUNCTIONS, 2)})
    return {"facts": random_firm(random, usual_size), "items": items}


def random_wages(random: Random) -> Facts:
    """The wage plan, earlier grants and the minimum-wage months, about each threshold."""
    edge = random.choice((Fraction(3, 100), Fraction(7, 200), Fraction(1, 20)))
    return {
        "near_minimum_wage_months": random.choice((0, 1, 2, 3, 4, 12)),
        "wage_growth": random.choice((Fraction(0), edge - Fraction(1, 10_000), edge, edge + Fraction(1, 1000))),
        "wage_floor_margin": random.choice((0, 29, 30, 31, 50)),
        "wage_plan_announced": random.randrange(4) != 0,
        "wage_exempt_sector": random.randrange(8) == 0,
        "past_grant": random.randrange(3) == 0,
    }


def random_items(random: Random, frame: str, count: int) -> list[Item]:
    """`count` lines that often add up to a cost next to an edge of the frame."""
    sum_of_all = random.choice(EDGES[frame]) + random.choice((-2, -1, 0, 0, 1, 2, random.randint(-20_000, 20_000)))
    cuts = sorted(random.randint(0, sum_of_all) for _ in range(count - 1))
    parts = [high - low for low, high in zip([0, *cuts], [*cuts, sum_of_all], strict=True)] if count else []
    processes = random.sample(PROCESSES, random.choice((0, 1, 3, 4, 4, 5, 7)))
    functions = random.sample(FUNCTIONS, random.choice((0, 1, 1, 2, 3)))
    return [random_item(random, frame, cost, processes, functions) for cost in parts]


def random_item(random: Random, frame: str, cost: int, processes: list[str], functions: list[str]) -> Item:
    """One line of about `cost`, once or by month, with or without tax in it."""
    category = random.choice(SOLD[frame] if random.randrange(6) else CATEGORIES)
    if frame == "invoice" and random.randrange(2):
        category = random.choice(("software", "cloud"))
    item: Item = {"category": category}
    with_tax = random.randrange(8) == 0
    if random.randrange(3) == 0:
        months = random.choice((1, 6, 11, 12, 13, 23, 24, 25, 36))
        item["monthly"] = (cost // months) * 11 // 10 if with_tax else cost // months
        item["months"] = months
    else:
        item["amount"] = cost * 11 // 10 + random.randint(0, 1) if with_tax else cost
    if with_tax:
        item["tax"] = "included"
    if processes and random.randrange(5):
        item["processes"] = random.sample(processes, random.randint(1, len(processes)))
    if functions and random.randrange(5):
        item["functions"] = random.sample(functions, random.randint(1, len(functions)))
    if frame == "electronic_trade" and random.randrange(4):
        item["functions"] = ["ordering"]
    return item


# ── applicants as files ──────────────────────────────────────────────────────────────────────────────────────


def as_yaml(applicant: Applicant) -> str:
    """The applicant as the YAML file hojo reads."""
    lines = ["name: 無作為な申請者", "fiscal_year: 2026", *mapping("facts", applicant["facts"])]
    lines += listing("items", [item_lines(n, item) for n, item in enumerate(applicant["items"], 1)])
    lines += listing("members", [member_lines(n, member) for n, member in enumerate(applicant["members"], 1)])
    return "\n".join(lines) + "\n"


def member_lines(number: int, member: Member) -> list[str]:
    """A member, not indented."""
    items = listing("items", [item_lines(n, item) for n, item in enumerate(member["items"], 1)])
    return [f"name: 参画者{number}", *mapping("facts", member["facts"]), *items]


def item_lines(number: int, item: Item) -> list[str]:
    """An item, not indented."""
    lines = [f"name: 品目{number}", f"category: {item['category']}"]
    lines += [f"amount: {item['amount']}"] if "amount" in item else []
    lines += [f"monthly: {item['monthly']}", f"months: {item['months']}"] if "monthly" in item else []
    lines += [f"tax: {item['tax']}"] if "tax" in item else []
    lines += [f"processes: [{', '.join(item['processes'])}]"] if "processes" in item else []
    lines += [f"functions: [{', '.join(item['functions'])}]"] if "functions" in item else []
    return lines


def mapping(key: str, facts: Facts) -> list[str]:
    """A block mapping under its key."""
    return [f"{key}:", *(f"  {name}: {scalar(value)}" for name, value in facts.items())]


def listing(key: str, entries: list[list[str]]) -> list[str]:
    """A block sequence of mappings under its key."""
    if not entries:
        return [f"{key}: []"]
    return [f"{key}:", *("  " + ("- " if n == 0 else "  ") + line for entry in entries for n, line in enumerate(entry))]


def scalar(value: Value) -> str:
    """A value as one writes it: rates as `7/200`, whole percents as `3%`, halves as `3.5%`."""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, Fraction):
        return str(value)
    tenths = value * 1000  # of a percent
    if tenths.denominator != 1 or tenths.numerator % 10 == 1:
        return f"{value.numerator}/{value.denominator}"
    percent, tenth = divmod(tenths.numerator, 10)
    return f"{percent}.{tenth}%" if tenth else f"{percent}%"
