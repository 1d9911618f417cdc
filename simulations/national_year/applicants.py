"""Applicants as rows of the three tables, by the printed margins and what is assumed beyond them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from hojo_cli.base.record import Record
from simulations.national_year import published
from simulations.national_year.assumptions import Values
from simulations.national_year.draws import Draws
from simulations.national_year.purchases import BEFORE, MAN, Buyer, Row, group_items, items

HEADCOUNTS: Final = {"5名未満": (0, 4), "5～50名未満": (5, 49), "50～100名未満": (50, 99), "100名以上": (100, 300)}
"""The printed classes, from and to; SMEs of most industries end at 300."""

AMOUNTS: Final = {
    "100万円未満": (5, 99),
    "100万円以上150万円未満": (100, 149),
    "150万円以上300万円未満": (150, 299),
    "300万円以上450万円未満": (300, 449),
    "450万円": (450, 450),
}
"""The printed classes in units of 10,000 yen, from the least subsidy of a frame."""

MOST: Final = {"general": 450, "invoice": 350, "security": 149}
"""Where a frame ends, in the same units."""

INDUSTRIES: Final[Mapping[str, Mapping[str, int]]] = {
    "建設業": {"construction": 1},
    "卸売業、小売業": {"wholesale": 1, "retail": 2},
    "宿泊業、飲食サービス業": {"retail": 8, "ryokan": 1, "lodging": 1},
    "学術研究、専門・技術サービス業": {"service": 1},
    "サービス業（他に分類されないもの）": {"service": 1},
    "医療、福祉": {"service": 1},
    "製造業": {"manufacturing": 1},
    "生活関連サービス業、娯楽業": {"service": 9, "entertainment": 1},
    "不動産業、物品賃貸業": {"other": 8, "service": 2},
    "情報通信業": {"software": 7, "service": 3},
    "運輸業、郵便業": {"transport": 1},
    "その他（農業、金融業等）": {"other": 1},
}
"""The printed industries in those of the rules, by weight."""

HEALTH: Final = "医療、福祉"
COMMERCE: Final = ("wholesale", "retail", "service", "software")
"""Small up to 5 people; all others up to 20."""

TABLES: Final = ("prefecture", "industry", "employees", "amount")
MEMBERS: Final = 10


class Place(Record):
    """An applicant's place in the printed tables: as printed, in Japanese."""

    key: str
    frame: str
    granted: bool
    prefecture: str
    industry: str
    employees: str
    amount: str


def places(draws: Draws, values: Values, part: int) -> Iterator[Place]:
    """Everybody but the groups: granted first, then turned down."""
    for granted in (True, False):
        frames = {
            name: number
            for name, number in published.frames(granted, part).items()
            if number and name != published.GROUP
        }
        total = sum(frames.values())
        counts = {table: published.apportioned(published.printed(table), total) for table in TABLES}
        fitted = published.joined(frames, counts["amount"], weights(frames, values["general_large"]))
        keys = [f"{'granted' if granted else 'other'}-{number:05}" for number in range(1, total + 1)]
        pairs = {(frame, amount): number for frame, row in fitted.items() for amount, number in row.items()}
        both = draws.dealt(pairs, keys, "frame and amount")
        prefectures, industries = (draws.dealt(counts[table], keys, table) for table in ("prefecture", "industry"))
        by_size = sorted(keys, key=lambda key: size_rank(key, both[key][1], draws, values["size_and_amount"]))
        heads = [name for name, number in counts["employees"].items() for _ in range(number)]
        employees = dict(zip(by_size, heads, strict=True))
        for key in keys:
            frame, amount = both[key]
            yield Place(key, frame, granted, prefectures[key], industries[key], employees[key], amount)


def weights(frames: Mapping[str, int], large: int) -> Mapping[str, Mapping[str, int]]:
    """How likely an amount is in a frame before the margins are fitted; 0 where the frame does not reach it."""
    return {
        frame: {
            amount: 0 if MOST[frame] < low else large if frame == "general" and low >= 150 else 100
            for amount, (low, _) in AMOUNTS.items()
        }
        for frame in frames
    }


def size_rank(key: str, amount: str, draws: Draws, tie: int) -> int:
    """Who is dealt more people: by chance, and by the amount as far as the two are tied."""
    chance = draws.below(1000, "employees", key)
    return chance * (100 - tie) + list(AMOUNTS).index(amount) * 250 * tie


def rows(draws: Draws, values: Values, part: int = 1) -> Iterator[tuple[Row, list[Row], list[Row]]]:
    """Each applicant's row, items and members."""
    for place in places(draws, values, part):
        facts, buyer = of(place, draws, values)
        bought = [{"applicant": place.key, **row} for row in items(buyer, draws)]
        yield facts, bought, []
    for granted in (True, False):
        for number in range(1, published.frames(granted, part)[published.GROUP] + 1):
            yield group(f"group-{'granted' if granted else 'other'}-{number}", granted, draws)


def of(place: Place, draws: Draws, values: Values) -> tuple[Row, Buyer]:
    """The facts of an applicant, and what its purchases hang on."""
    key = place.key
    low, high = HEADCOUNTS[place.employees]
    heads = draws.one_of(head_weights(low, high, values["small_heads"]), "heads", key)
    industry = draws.one_of(INDUSTRIES[place.industry], "industry of the rules", key)
    entity = entity_of(place, draws, values)
    limit = 5 if industry in COMMERCE else 20
    small = entity in ("company", "sole_proprietor") and heads <= limit
    exempt = small or place.industry == HEALTH

    wages = draws.below(100, "near the minimum", key)
    near_50, near_12 = (heads > 0 and wages < values[name] for name in ("near_50", "near_12"))
    early = draws.chance(values["early_rounds"], "early", key)
    number = 1 + draws.below(6, "round", key) if early else 7 + draws.below(2, "round", key)

    first, last = AMOUNTS[place.amount]
    wanted = (first + draws.below(min(last, MOST[place.frame]) - first + 1, "amount", key)) * MAN
    promise = draws.below(100, "promise", key)
    growth = (
        35 if promise < values["promise_35"] else 30 if promise < values["promise_35"] + values["promise_3"] else 20
    )
    asked = place.frame == "general" and wanted >= 150 * MAN and not exempt
    announced = asked or growth >= 30
    before = draws.chance(values["past_grant"], "granted before", key)
    facts: Row = {
        "applicant": key,
        "frame": place.frame,
        "granted": place.granted,
        "prefecture": place.prefecture,
        "printed_industry": place.industry,
        "headcount": place.employees,
        "amount_class": place.amount,
        "entity": entity,
        "industry": industry,
        "capital": 1000 * MAN if entity == "company" else None,
        "employees": heads,
        "deemed_large": False,
        "wage_exempt_sector": place.industry == HEALTH,
        "wage_plan_announced": announced,
        "wage_growth": growth,
        "wage_growth_per": 1000,
        "total_pay_growth": max(growth, 15),
        "total_pay_growth_per": 1000,
        "wage_floor_margin": 30 if announced else 0,
        "round": f"round_{number}",
        "near_minimum_wage_50_months": (3 if near_50 else 0) if heads else None,
        "near_minimum_wage_months": (3 if near_12 else 0) if heads else None,
        "past_grant": before,
        "granted_processes": list(BEFORE) if before else None,
    }
    hardware = draws.chance(values["hardware"], "hardware", key)
    return facts, Buyer(key, place.frame, wanted, small, near_50 if early else near_12, hardware)


@cache
def head_weights(low: int, high: int, power: int) -> Mapping[int, int]:
    """How likely so many people are; nobody is as likely as one."""
    return {heads: 10**6 // max(heads, 1) ** power for heads in range(low, high + 1)}


def entity_of(place: Place, draws: Draws, values: Values) -> str:
    """What kind of body it is."""
    if place.industry == HEALTH:
        kind = draws.one_of({"medical": 30, "social_welfare": 20, "": 50}, "health", place.key)
        if kind:
            return kind
    alone = place.employees == next(iter(HEADCOUNTS)) and draws.chance(values["proprietors"], "entity", place.key)
    return "sole_proprietor" if alone else "company"


def group(key: str, granted: bool, draws: Draws) -> tuple[Row, list[Row], list[Row]]:
    """A group of small shops; the printed tables leave it out."""
    shop: Row = {
        "entity": "company", "industry": "retail", "capital": 1000 * MAN, "employees": 3, "deemed_large": False,
        "wage_exempt_sector": False, "past_grant": False,
    }  # fmt: skip
    own: Row = {"applicant": key, "frame": published.GROUP, "granted": granted, **shop}
    members: list[Row] = [
        {"applicant": key, "member": member, **shop, "role": "lead" if member == 1 else "participant"}
        for member in range(1, MEMBERS + 1)
    ]
    return own, [{"applicant": key, **row} for row in group_items(key, MEMBERS, draws)], members
