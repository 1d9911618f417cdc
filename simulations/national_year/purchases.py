"""What an applicant buys: items that come to a wanted subsidy under the rules of 2025."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from hojo_cli.base.record import Record
from simulations.national_year.draws import Draws

Row: TypeAlias = "dict[str, str | int | bool | list[str] | None]"

MAN: Final = 10_000
"""万円."""

FIRST_TIER: Final = 50 * MAN
"""Of the subsidy of the invoice frame: so much at 4/5 or 3/4, what is above at 2/3."""

CAPS: Final = {"pc": 10 * MAN, "register": 20 * MAN}
SUPPORT: Final = 200 * MAN
"""Services count up to this."""

PROCESSES: Final = ("共P-01", "共P-02", "共P-03", "共P-04")
BEFORE: Final = ("共P-05",)
"""What was granted before, where something was: nobody buys exactly this."""


class Buyer(Record):
    """Who buys, as far as rates and requirements hang on it. `two_thirds`: the rate of the general frame in 2025."""

    key: str
    frame: str
    subsidy: int
    small: bool
    two_thirds: bool
    hardware: bool


def items(buyer: Buyer, draws: Draws) -> Iterator[Row]:
    """The items, without the key of the applicant."""
    match buyer.frame:
        case "general":
            kinds = 4 if buyer.subsidy >= 150 * MAN else 1 + draws.below(3, "kinds", buyer.key)
            cost = up(buyer.subsidy * 3, 2) if buyer.two_thirds else buyer.subsidy * 2
            yield from software(cost, list(PROCESSES[:kinds]), [], buyer.key, draws)
        case "security":
            cost = up(buyer.subsidy * 3, 2) if buyer.small else buyer.subsidy * 2
            yield item("security_service", cost, months=24)
        case "invoice":
            tools = buyer.subsidy
            if buyer.hardware and tools > 40 * MAN:
                category = draws.one_of({"pc": 2, "register": 1}, "device", buyer.key)
                paid = CAPS[category] // 2 + draws.below(6, "device price", buyer.key) * CAPS[category] // 10
                tools -= paid
                yield item(category, paid * 2)
            yield from invoice_tools(tools, buyer, draws)
        case _:
            raise ValueError(buyer.frame)


def invoice_tools(subsidy: int, buyer: Buyer, draws: Draws) -> Iterator[Row]:
    """Software with one function up to the first tier, with two beyond it."""
    first = min(subsidy, FIRST_TIER)
    above = subsidy - first
    cost = up(first * 5 * 2 + above * 3 * 4, 8) if buyer.small else up(first * 4 * 2 + above * 3 * 3, 6)
    processes, functions = ["共P-04"], ["accounting"]
    if above:
        processes, functions = ["共P-02", "共P-04"], ["accounting", "settlement"]
    yield from software(cost, processes, functions, buyer.key, draws)


def software(cost: int, processes: list[str], functions: list[str], key: str, draws: Draws) -> Iterator[Row]:
    """Software or a cloud service, and services for up to a fifth of the cost."""
    support = min(cost * draws.below(21, "support", key) // 100 // MAN * MAN, SUPPORT)
    if draws.chance(50, "cloud", key):
        yield item("cloud", cost - support, processes, functions, months=24)
    else:
        yield item("software", cost - support, processes, functions)
    if support:
        yield item("support", support)


def group_items(key: str, members: int, draws: Draws) -> Iterator[Row]:
    """What the members of a group buy, then what the group buys together."""
    for member in range(1, members + 1):
        wanted = 70 * MAN + draws.below(61, f"member {member}", key) * MAN
        buyer = Buyer(key, "invoice", wanted, small=True, two_thirds=False, hardware=False)
        for row in invoice_tools(wanted, buyer, draws):
            yield row | {"member": member}
    yield item("analysis_cloud", (100 + draws.below(201, "analysis", key)) * MAN, months=12)
    yield item("expert", (20 + draws.below(81, "expert", key)) * MAN)


def item(
    category: str,
    amount: int,
    processes: list[str] | None = None,
    functions: list[str] | None = None,
    *,
    months: int | None = None,
) -> Row:
    """A row of `items`: a price paid at once, for so many months where it is a fee."""
    fields: Row = {"processes": processes or [], "functions": functions or []}
    return {"category": category, "amount": amount, "months": months, **fields}


def up(numerator: int, denominator: int) -> int:
    """Divided, and rounded up to a yen: the subsidy, rounded down, is then the wanted one."""
    return -(-numerator // denominator)
