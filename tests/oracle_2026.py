"""A second, naive reading of the 2026 rules, to be compared with hojo.

Written from the law alone without looking at the engine: no ruleset, no nodes, no shared code. Where both agree, a
mistake has to have been made twice. Everything is `int` (yen) or `Fraction`. An applicant is plain data in the shape of
the applicant file, in which everything that is asked is known.

The texts: 交付規程2026 of each frame (規程), the ministry's overview of 2026 (概要) and, where they are silent, the
公募要領2025 of each frame (要領2025), which are assumed to carry over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import floor
from typing import Final, NamedTuple, NotRequired, TypedDict

Value = int | Fraction | bool | str | list[str]
Facts = dict[str, Value]
Outcome = tuple[str, int]  # status, yen of subsidy (0 unless payable)


class Item(TypedDict):
    """One quoted line with one price: `amount`, `monthly` and `months`, `yearly` and `years`, or a `discount`."""

    category: NotRequired[str]
    name: NotRequired[str]
    amount: NotRequired[int]
    monthly: NotRequired[int]
    months: NotRequired[int]
    yearly: NotRequired[int]
    years: NotRequired[int]
    quantity: NotRequired[int]
    discount: NotRequired[int]
    of: NotRequired[str]
    tax: NotRequired[str]
    processes: NotRequired[list[str]]
    functions: NotRequired[list[str]]


class Member(TypedDict):
    """A firm of a group; `role` stands among its facts."""

    facts: Facts
    items: list[Item]


class PlainApplicant(TypedDict):
    """The whole file: `members` is empty where nobody applies as a group."""

    facts: Facts
    items: list[Item]
    members: list[Member]


# ── who applies ──────────────────────────────────────────────────────────────────────────────────────────────

SME_ROWS: Final = {  # 規程 別紙１ 第一号 ①–⑧: capital in yen, headcount, both 以下
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
BY_INDUSTRY: Final = ("sme_association", "special_association", "foundation", "npo")  # ⑫–⑮
EXCLUDED: Final = ("religious", "voluntary")  # 要領2025 ２－１－２（８）（９）, each frame's own
FIVE_PEOPLE_TRADES: Final = ("wholesale", "retail", "service", "software")


def sme(facts: Facts) -> bool:
    """規程 別紙１ 第一号 and 第三号: a company by capital or headcount, everybody else by headcount."""
    entity, employees = text(facts, "entity"), whole(facts, "employees")
    if entity in EXCLUDED or deemed_large(facts):
        return False
    if entity in HEADCOUNT_BY_FORM:
        return employees <= HEADCOUNT_BY_FORM[entity]
    capital_limit, headcount = SME_ROWS[text(facts, "industry")]
    if employees <= headcount:
        return True
    return entity == "company" and whole(facts, "capital") <= capital_limit


def deemed_large(facts: Facts) -> bool:
    """規程 別紙１ 第三号: by who owns and runs it (a sole proprietor is owned by nobody), or by 15億円を超える income."""
    if "deemed_large" in facts:
        return flag(facts, "deemed_large")
    owned = text(facts, "entity") != "sole_proprietor" and (
        rate(facts, "same_large_share") >= Fraction(1, 2)
        or rate(facts, "large_share") >= Fraction(2, 3)
        or rate(facts, "large_officers") >= Fraction(1, 2)
        or flag(facts, "owned_by_deemed_large")
        or flag(facts, "officers_of_deemed_large")
    )
    return owned or whole(facts, "average_taxable_income") > 1_500_000_000


def small(facts: Facts) -> bool:
    """規程 別紙１ 第二号: an SME, company or sole proprietor, of at most 5 people (trade, services) or 20 (the rest)."""
    if not sme(facts) or text(facts, "entity") not in ("company", "sole_proprietor"):
        return False
    limit = 5 if text(facts, "industry") in FIVE_PEOPLE_TRADES else 20
    return whole(facts, "employees") <= limit


def wage_exempt(facts: Facts) -> bool:
    """規程（通常枠）第９条５ 四: small businesses, and care, medical, welfare and school providers."""
    return small(facts) or flag(facts, "wage_exempt_sector")


def wage_plan(facts: Facts) -> bool:
    """規程（通常枠）第９条５ 一–三: growth of 3 % a year, 30 yen above the regional minimum, announced."""
    return (
        flag(facts, "wage_plan_announced")
        and rate(facts, "wage_growth") >= Fraction(3, 100)
        and whole(facts, "wage_floor_margin") >= 30
    )


def repeat_duty_kept(facts: Facts, growth: Fraction) -> bool:
    """規程（通常枠）第９条６: a holder of a grant of 2022–2025 announces a plan of `growth` a year, unless exempt."""
    if not flag(facts, "past_grant") or wage_exempt(facts):
        return True
    return flag(facts, "wage_plan_announced") and rate(facts, "wage_growth") >= growth


def minimum_wage_paid(facts: Facts) -> bool:
    """要領2025（通常枠）２－１－１（２）(イ), in each frame but the group's: taken to be so where no wages are said."""
    if "workplace_minimum_wage" not in facts or "regional_minimum_wage" not in facts:
        return True
    return whole(facts, "workplace_minimum_wage") >= whole(facts, "regional_minimum_wage")


# ── what it costs ────────────────────────────────────────────────────────────────────────────────────────────

TOOLS: Final = ("software", "cloud")
GENERAL: Final = (*TOOLS, "option", "support")
BESIDE_TOOLS: Final = ("option", "support", "pc", "register")
ANALYSIS: Final = ("analysis_software", "analysis_cloud", "analysis_hardware")
CLERICAL: Final = ("office", "expert")
MONTHS: Final = {  # the longest time a fee is paid for
    "cloud": 24,  # 規程 別表 クラウド利用料最大２年分
    "security_service": 24,  # 概要 サービス利用料（最大２年分）
    "analysis_cloud": 12,  # 規程（複数者連携）別表 クラウド利用費（１年分）
    "option": 12,  # 要領2025（通常枠）２－２（２）大分類Ⅱ 最大１年分
    "support": 24,  # 要領2025（通常枠）２－２（２）カテゴリー７ 最大２年分
}
SUPPORT_LIMIT: Final = 2_000_000  # 要領2025（通常枠）２－２（２）大分類Ⅲ
BUSINESS_PROCESSES: Final = {"共P-01", "共P-02", "共P-03", "共P-04", "共P-05", "各業種P-06"}


class Line(NamedTuple):
    """An item as it is paid for: its cost without tax and less discounts, and the part within the months allowed."""

    category: str
    cost: Fraction
    counted: Fraction
    processes: frozenset[str]
    functions: frozenset[str]


def priced(items: Sequence[Item]) -> list[Line]:
    """The items that cost something, after the discounts of their list: first those of one item, then the shared ones."""
    cost = {place: Fraction(price(item)) for place, item in enumerate(items) if "discount" not in item}
    discounts = [item for item in items if "discount" in item]
    for item in discounts:
        if "of" in item:
            (place,) = [place for place in cost if items[place].get("name") == item["of"]]
            cost[place] -= without_tax(item, item["discount"])
    shared = sum(without_tax(item, item["discount"]) for item in discounts if "of" not in item)
    everything = sum(cost.values())
    lines = []
    for place, full in cost.items():
        item = items[place]
        left = full - (shared * full / everything if shared else 0)
        lines.append(Line(
            item["category"],
            left,
            left * share_within_limit(item),
            frozenset(item.get("processes", ())),
            frozenset(item.get("functions", ())),
        ))  # fmt: skip
    return lines


def price(item: Item) -> int:
    """Yen without tax of all pieces over the whole time."""
    return unit_price(item) * item.get("quantity", 1) * periods(item)


def unit_price(item: Item) -> int:
    """One piece for one period, without tax."""
    for way in ("amount", "monthly"):
        if way in item:
            return without_tax(item, item[way])
    return without_tax(item, item["yearly"])


def without_tax(item: Item, printed: int) -> int:
    """要領2025（通常枠）２－２（５）(エ): consumption tax is no cost; 10 % of it in a price are cut off, down to the yen."""
    return printed * 10 // 11 if item.get("tax") == "included" else printed


def periods(item: Item) -> int:
    """How often the unit price is paid: `months` beside an `amount` only says what time it covers."""
    if "monthly" in item:
        return item["months"]
    return item.get("years", 1)


def share_within_limit(item: Item) -> Fraction:
    """The part of the time that is paid for. Support that is paid once is no fee, so its time does not matter."""
    covered = 12 * item["years"] if "yearly" in item else item.get("months")
    limit = MONTHS.get(item["category"])
    once = "amount" in item and item["category"] == "support"
    if covered is None or limit is None or once or covered <= limit:
        return Fraction(1)
    return Fraction(limit, covered)


def total(lines: Iterable[Line], *categories: str) -> Fraction:
    """Counted yen of the lines of these categories."""
    return sum((line.counted for line in lines if line.category in categories), Fraction(0))


def tools_total(lines: Sequence[Line]) -> Fraction:
    """Software, cloud, options and at most 2,000,000円 of support."""
    return total(lines, *TOOLS, "option") + min(total(lines, "support"), Fraction(SUPPORT_LIMIT))


def general_lines(lines: Iterable[Line]) -> list[Line]:
    """通常枠 pays software with one of the seven processes (規程 第６条２), options and support beside it."""
    return [line for line in lines if line.category in ("option", "support") or has_process(line)]


def invoice_lines(lines: Iterable[Line]) -> list[Line]:
    """インボイス対応類型 pays software with a function (規程 第６条２, 別表 ＊１), and what stands beside it."""
    return [line for line in lines if line.category in BESIDE_TOOLS or has_function(line)]


def trade_lines(lines: Iterable[Line]) -> list[Line]:
    """電子取引類型 pays the fee of cloud software for ordering (規程 第６条２)."""
    return [line for line in lines if line.category == "cloud" and "ordering" in line.functions]


def has_process(line: Line) -> bool:
    """Software of 通常枠: a process is one of the software; codes elsewhere mean nothing (要領2025 ２－２（３）(ア))."""
    return line.category in TOOLS and bool(line.processes)


def has_function(line: Line) -> bool:
    """Software or cloud that can do accounts, orders or settlement."""
    return line.category in TOOLS and bool(line.functions)


def invoice_cost(lines: Sequence[Line]) -> Fraction:
    """Yen of cost of the invoice frame: tools, PCs and registers."""
    paid = invoice_lines(lines)
    return tools_total(paid) + total(paid, "pc", "register")


def analysis_cost(lines: Sequence[Line]) -> Fraction:
    """規程（複数者連携）別表: analysis tools with 導入関連費, that is, *their* options and services; none without a tool.

    The 2,000,000円 of services are a limit of (a) alone, member by member (要領2025（複数社）２－４ ①１）; ② has none).
    """
    if not any(line.category in ANALYSIS for line in lines):
        return Fraction(0)
    return total(lines, *ANALYSIS, "option", "support")


def eligible_cost(applicant: PlainApplicant, frame: str) -> Fraction:
    """Yen of cost the frame looks at, after the limits of months and support; the trade fee is not apportioned."""
    lines = priced(applicant["items"])
    match frame:
        case "general":
            return tools_total(general_lines(lines))
        case "invoice":
            return invoice_cost(lines)
        case "electronic_trade":
            return total(trade_lines(lines), "cloud")
        case "security":
            return total(lines, "security_service")
        case "group":
            own = [priced(member["items"]) for member in applicant["members"]]
            tools = sum((invoice_cost(each) for each in own if any(map(has_function, each))), Fraction(0))
            return tools + analysis_cost(lines) + total(lines, *CLERICAL)
    raise ValueError(frame)


def own_cost(applicant: PlainApplicant, subsidy: int) -> Fraction:
    """What is left to pay: every item of the file, paid for by the frame or not, less the subsidy."""
    lists = [applicant["items"], *(member["items"] for member in applicant["members"])]
    return sum((line.cost for items in lists for line in priced(items)), Fraction(0)) - subsidy


def granted_before(facts: Facts, software: Iterable[Line]) -> bool:
    """要領2025（通常枠、インボイス対応類型、電子取引類型）３－３（２）②: プロセスが完全に一致する場合、不採択."""
    before = facts.get("granted_processes", [])
    assert isinstance(before, list)
    return (
        flag(facts, "past_grant")
        and bool(before)
        and set(before) == {code for line in software for code in line.processes}
    )


# ── what is paid ─────────────────────────────────────────────────────────────────────────────────────────────
# A frame without any yen of its kind has no cost; after that a requirement that fails, then what is computed.


def evaluate(applicant: PlainApplicant) -> dict[str, Outcome]:
    """Status and yen of the five frames."""
    return {
        "general": general(applicant),
        "invoice": invoice(applicant),
        "electronic_trade": electronic_trade(applicant),
        "security": security(applicant),
        "group": group(applicant),
    }


def general(applicant: PlainApplicant) -> Outcome:
    """規程（通常枠）別表: one rate on the whole cost, two bands, the upper one for four kinds and a wage plan (第９条５)."""
    facts, lines = applicant["facts"], general_lines(priced(applicant["items"]))
    cost = tools_total(lines)
    if not cost:
        return "no_cost", 0
    kinds = {code for line in lines if has_process(line) for code in line.processes}
    if granted_before(facts, filter(has_process, lines)) or not minimum_wage_paid(facts):
        return "ineligible", 0
    if not (sme(facts) and kinds & BUSINESS_PROCESSES and repeat_duty_kept(facts, Fraction(7, 200))):
        return "ineligible", 0
    near_minimum = whole(facts, "near_minimum_wage_months") >= 3 and whole(facts, "employees") > 0
    share = Fraction(2, 3) if near_minimum else Fraction(1, 2)
    upper = len(kinds) >= 4 and (wage_exempt(facts) or wage_plan(facts))
    ceiling = 4_500_000 if upper else 1_499_999  # １５０万円未満 in whole yen
    return at_least_50_000(capped(cost * share, ceiling))


def invoice(applicant: PlainApplicant) -> Outcome:
    """規程（インボイス対応類型）別表: tools by tier, PCs and registers at half, no lower limit."""
    facts, lines = applicant["facts"], invoice_lines(priced(applicant["items"]))
    if not invoice_cost(lines):
        return "no_cost", 0
    if granted_before(facts, filter(has_function, lines)) or not minimum_wage_paid(facts):
        return "ineligible", 0
    if not (sme(facts) and any(map(has_function, lines)) and repeat_duty_kept(facts, Fraction(7, 200))):
        return "ineligible", 0
    return "payable", invoice_subsidy(lines, small(facts))


def invoice_subsidy(lines: Sequence[Line], is_small: bool) -> int:
    """別表: 3/4 (small 4/5) of cost until 500,000円 of subsidy, 2/3 beyond; the cap by kinds of function."""
    paid = invoice_lines(lines)
    functions = {name for line in paid if has_function(line) for name in line.functions}
    first = Fraction(4, 5) if is_small else Fraction(3, 4)
    kink = 500_000 / first
    cost = tools_total(paid)
    tools = first * min(cost, kink) + Fraction(2, 3) * max(cost - kink, Fraction(0))
    return (
        capped(tools, 3_500_000 if len(functions) >= 2 else 500_000)
        + capped(total(paid, "pc") / 2, 100_000)
        + capped(total(paid, "register") / 2, 200_000)
    )


def electronic_trade(applicant: PlainApplicant) -> Outcome:
    """規程（電子取引類型）別表: the fee apportioned to SME accounts, exactly, then the rate; open to large firms."""
    facts, lines = applicant["facts"], trade_lines(priced(applicant["items"]))
    fee = total(lines, "cloud")
    if not fee:
        return "no_cost", 0
    if granted_before(facts, lines) or not minimum_wage_paid(facts):
        return "ineligible", 0
    growth, share = (Fraction(7, 200), Fraction(2, 3)) if sme(facts) else (Fraction(1, 20), Fraction(1, 2))
    given = whole(facts, "sme_supplier_accounts")
    if text(facts, "entity") in EXCLUDED or given < 1 or not repeat_duty_kept(facts, growth):
        return "ineligible", 0
    return "payable", capped(fee * given / whole(facts, "supplier_accounts") * share, 3_500_000)


def security(applicant: PlainApplicant) -> Outcome:
    """概要 セキュリティ対策推進枠 ４: 1/2, small 2/3, from 50,000円 to 1,500,000円, both included."""
    facts, cost = applicant["facts"], total(priced(applicant["items"]), "security_service")
    if not cost:
        return "no_cost", 0
    if not (sme(facts) and minimum_wage_paid(facts)):
        return "ineligible", 0
    share = Fraction(2, 3) if small(facts) else Fraction(1, 2)
    return at_least_50_000(capped(cost * share, 1_500_000))


def group(applicant: PlainApplicant) -> Outcome:
    """規程（複数者連携）別表: (a) the members' invoice lines, (b) analysis, both within 30,000,000円, (c) a tenth on top."""
    listed, lines = applicant["members"], priced(applicant["items"])
    analysis, clerical = analysis_cost(lines), total(lines, *CLERICAL)
    if not (analysis or clerical or any(invoice_cost(priced(each["items"])) for each in listed)):
        return "no_cost", 0
    sharers = whole(applicant["facts"], "analysis_members", len(listed))
    everybody = any(line.category in ANALYSIS for line in lines) and sharers >= len(listed)
    leads = [each for each in listed if text(each["facts"], "role") == "lead"]
    others = [each for each in listed if text(each["facts"], "role") != "lead" and (everybody or uses_a_tool(each))]
    if not (
        len(leads) == 1
        and may_lead(leads[0]["facts"])
        and all(sme(each["facts"]) for each in others)
        and len(leads) + len(others) >= 10
    ):
        return "ineligible", 0
    if "analysis_members" not in applicant["facts"]:
        sharers = len(leads) + len(others)
    tools = sum(member_subsidy(each) for each in [*leads, *others])
    base = min(tools + capped(analysis * Fraction(2, 3), 500_000 * sharers), 30_000_000)
    return "payable", base + capped(min(clerical * Fraction(2, 3), Fraction(base, 10) * Fraction(2, 3)), 2_000_000)


def may_lead(facts: Facts) -> bool:
    """規程（複数者連携）第７条２: a corporation, and an SME, or an association or chamber of any size."""
    if text(facts, "entity") in ("sole_proprietor", *EXCLUDED):
        return False
    return text(facts, "entity") in ("sme_association", "chamber") or sme(facts)


def uses_a_tool(member: Member) -> bool:
    """要領2025（複数社）２－２－１（３）補足１: a participant that uses no tool (規程 第２条９) is no member of the group."""
    return any(
        item["category"] in (*GENERAL, "pc", "register", *ANALYSIS) for item in member["items"] if "category" in item
    )


def member_subsidy(member: Member) -> int:
    """別表 ＊１＊２: by its own size; without software that has a function nothing of its lines is paid."""
    lines = priced(member["items"])
    return invoice_subsidy(lines, small(member["facts"])) if any(map(has_function, lines)) else 0


def capped(amount: Fraction, cap: int) -> int:
    """Whole yen of a line: its cap first, then cut down once (要領2025（通常枠）２－３ １円未満は切り捨て)."""
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
