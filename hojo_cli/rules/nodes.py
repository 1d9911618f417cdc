"""The closed set of nodes a ruleset is lowered to: conditions, quantities, amounts, frames.

Everything is a frozen `Record`.
Nodes are told apart by their class, never by equality: two classes with equal fields compare equal as tuples.
Readers (derive, compile, verify, compare) match on the class; a node knows nothing of any of them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Location, Text
from hojo_cli.base.number import Kind
from hojo_cli.base.record import NamedTuple, Record


class Provenance(Record):
    """Where a figure comes from: a source (with heading and figure as printed there), an assumption, or both."""

    source: str | None = None
    at: str = ""
    printed: tuple[str, ...] = ()
    assume: str | None = None


NOWHERE = Provenance()


class Number(Record):
    """A figure of the law. `path` names its place by ids (`frames.invoice.lines.pc.cap`), blind to order and layout."""

    value: Exact
    kind: Kind
    provenance: Provenance
    path: str
    where: Location


# --- picking items -----------------------------------------------------------------------------------------------


class FieldTest(NamedTuple):
    """A test of one set-valued item field: it holds one of `has`, or at least `at_least` members."""

    field: str
    has: frozenset[str]
    at_least: int


class Pick(Record):
    """Items of one of these categories that pass every field test. Several picks are alternatives."""

    categories: frozenset[str]
    tests: tuple[FieldTest, ...]


# --- quantities: how many -----------------------------------------------------------------------------------------


class Fact(Record):
    """The number the applicant declares for a fact; unknown when left out."""

    name: str


class Distinct(Record):
    """How many different members of a set field the picked items have together."""

    measure: str
    field: str
    picks: tuple[Pick, ...]


class MemberCount(Record):
    """How many members the group has, or how many of them meet `only`, each by its own facts and items."""

    measure: str
    only: Condition | None = None


class FactOr(Record):
    """A declared fact, or where it is left out a measured quantity, which is then an assumption."""

    name: str
    otherwise: Quantity
    assume: str


Quantity: TypeAlias = Fact | Distinct | MemberCount | FactOr


# --- conditions: three-valued ---------------------------------------------------------------------------------------


class Op(StrEnum):
    """Comparisons as the law words them: 以上, 以下, 超, 未満, equal."""

    MIN = "min"
    MAX = "max"
    ABOVE = "above"
    BELOW = "below"
    EQ = "eq"


class Every(Record):
    """All parts hold (かつ)."""

    parts: tuple[Condition, ...]


class Some(Record):
    """At least one part holds (又は)."""

    parts: tuple[Condition, ...]


class Not(Record):
    """The part does not hold."""

    part: Condition


class Is(Record):
    """A named definition of the ruleset holds."""

    name: str


class Compare(Record):
    """A quantity stands in this relation to a figure of the law."""

    quantity: Quantity
    op: Op
    number: Number


class Against(Record):
    """One number of the applicant stands in this relation to another one."""

    left: Quantity
    op: Op
    right: Quantity


class SameKinds(Record):
    """A set fact holds exactly the kinds that the picked items have together; of none there is nothing to be the same."""

    fact: str
    kinds: Distinct


class Among(Record):
    """A choice fact has one of these values."""

    fact: str
    choices: frozenset[str]


class Holds(Record):
    """A boolean fact has this value."""

    fact: str
    expected: bool


class HasItem(Record):
    """At least one bought item is picked."""

    picks: tuple[Pick, ...]


class EveryMember(Record):
    """The condition holds for every member of the group (for whom `only` holds), each by its own facts."""

    part: Condition
    only: Condition | None = None


class Said(Record):
    """`then` where the applicant says any of these facts, else `otherwise`, which may rest on an assumption."""

    facts: tuple[str, ...]
    then: Condition
    otherwise: Condition
    assume: str = ""


class Row(Record):
    """One row of a table: for whom it stands (`when`) and what it asks of them (`test`)."""

    id: str
    label: Text
    when: Condition
    test: Condition
    provenance: Provenance
    where: Location


def excluded(row: Row) -> bool:
    """Whether nobody who stands in a row meets it."""
    return isinstance(row.test, Some) and not row.test.parts


class Table(Record):
    """The test of the one row that stands for the applicant; false when no row does."""

    name: str
    rows: tuple[Row, ...]


Condition: TypeAlias = (
    Every | Some | Not | Is | Compare | Against | SameKinds | Among | Holds | HasItem | EveryMember | Said | Table
)


# --- amounts: yen, exact, piecewise linear --------------------------------------------------------------------------


class CategoryLimit(Record):
    """A limit for the items of one category: months for `Costs.months`, yen of cost for `Costs.limits`.

    `recurring`: months of fees that are paid by the month or year only; a sum paid at once counts whole, whatever time it pays for.
    """

    category: str
    limit: Number
    recurring: bool


class Costs(Record):
    """The tax-exclusive cost of the picked items, after month limits per item and cost limits per category.

    `led_by`: unless one of these is bought, the others count for nothing; empty where each counts by itself.
    """

    picks: tuple[Pick, ...]
    months: tuple[CategoryLimit, ...]
    limits: tuple[CategoryLimit, ...]
    led_by: tuple[Pick, ...] = ()


class Apportion(Record):
    """Part of a cost: × `part` / `whole`, not rounded. The loader makes sure `whole` is at least 1."""

    of: Amount
    part: str
    whole: str
    provenance: Provenance


class Branch(Record):
    """`use` where `when` holds; the last branch of a choice has no `when`."""

    when: Condition | None
    use: Amount
    where: Location


class Choose(Record):
    """The first branch, read from the top, whose condition holds."""

    branches: tuple[Branch, ...]


class Rated(Record):
    """A cost times a rate."""

    of: Amount
    rate: Amount


class Tier(Record):
    """One step of a scale: up to and including `up_to` yen (None: open), at `rate`."""

    up_to: Number | None
    rate: Amount
    where: Location


class Tiered(Record):
    """A scale of rates. With `on_subsidy` the borders are yen of subsidy (each tier uses up yield / rate of cost), else of cost."""

    of: Amount
    tiers: tuple[Tier, ...]
    on_subsidy: bool


class Capped(Record):
    """At most `cap`."""

    of: Amount
    cap: Amount


class Rounded(Record):
    """Cut to a whole multiple of `unit` yen: `down` (切捨て), `up` (切上げ) or `half_up` (四捨五入); never up beyond a cap (`totals`)."""

    of: Amount
    unit: Number
    mode: str


class Scaled(Record):
    """An amount for each: figure × quantity."""

    number: Number
    by: Quantity


class Share(Record):
    """A share of what other lines or subtotals yield: × each rate. With `itself` the total includes the line that is capped.

    `costs`: those lines with nothing but what they cost, where the share is one of that; empty where it is one of their yield.
    """

    of: tuple[str, ...]
    rates: tuple[Number, ...]
    itself: bool
    costs: tuple[Line, ...] = ()


class Sum(Record):
    """All parts added up."""

    parts: tuple[Amount, ...]


class Least(Record):
    """The smallest part."""

    parts: tuple[Amount, ...]


class PerMember(Record):
    """The amounts of borrowed lines, worked out inside each member for whom `only` holds, and added up."""

    lines: tuple[Line, ...]
    only: Condition | None


Amount: TypeAlias = (
    Number | Costs | Apportion | Choose | Rated | Tiered | Capped | Rounded | Scaled | Share | Sum | Least | PerMember
)


# --- frames -----------------------------------------------------------------------------------------------------------


class Requirement(Record):
    """A condition the applicant must meet, with the words it is shown with."""

    id: str
    label: Text
    holds: Condition
    provenance: Provenance
    where: Location


class Line(Record):
    """A cost line of a frame: what of the picked costs is paid."""

    id: str
    label: Text
    amount: Amount
    where: Location


class Subtotal(Record):
    """Lines that share a cap; what is over it is taken from the last of them first.

    `lines` are all lines under it, in the order of the frame. `parts` is what it adds up: subtotals that lie inside it, and the lines
    that lie in none of those.
    """

    id: str
    label: Text
    lines: tuple[str, ...]
    parts: tuple[str, ...]
    cap: Amount
    where: Location


class Band(Record):
    """A range a total may be granted in: from `floor` (以上) to `cap` (以下) or to just under `below` (未満)."""

    id: str
    label: Text
    requires: tuple[Requirement, ...]
    floor: Number | None
    cap: Amount | None
    below: Number | None
    where: Location


class Frame(Record):
    """One 枠: requirements, cost lines, shared caps (from the inside out) and bands.

    The unit of `rounding` is the step just under a `below` bound.
    """

    id: str
    label: Text
    requires: tuple[Requirement, ...]
    lines: tuple[Line, ...]
    subtotals: tuple[Subtotal, ...]
    bands: tuple[Band, ...]
    rounding: Rounding
    where: Location


class Rounding(Record):
    """Where and how amounts are cut to whole units: `at` each `line` after its cap, or once at the `total`."""

    unit: Number
    mode: str
    at: str
