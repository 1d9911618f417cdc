"""The closed set of nodes a ruleset is lowered to: conditions, quantities, amounts, frames.

Everything is a frozen `Record`.
Nodes are told apart by their class, never by equality: two classes with equal fields compare equal as tuples.
Readers (derive, compile, verify, compare) match on the class; a node knows nothing of any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from hojo_cli.base.finding import Location, Text
from hojo_cli.base.number import Kind
from hojo_cli.base.record import Record

Exact: TypeAlias = int | Fraction


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


Quantity: TypeAlias = "Fact | Distinct | MemberCount | FactOr"


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


class EachMember(Record):
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
    "Every | Some | Not | Is | Compare | Against | SameKinds | Among | Holds | HasItem | EachMember | Said | Table"
)


# --- amounts: yen, exact, piecewise linear --------------------------------------------------------------------------


class CategoryLimit(Record):
    """A limit for the items of one category: months for `Costs.months`, yen of cost for `Costs.limits`.

    `recurring`: months of fees that are paid by the month or year only; a sum paid at once counts whole, whatever time it pays for.
    """

    category: str
    limit: Number
    recurring: bool = False


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
    """A share of what other lines or subtotals yield: × each rate. With `itself` the total includes the line that is capped."""

    of: tuple[str, ...]
    rates: tuple[Number, ...]
    itself: bool


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
    "Number | Costs | Apportion | Choose | Rated | Tiered | Capped | Rounded | Scaled | Share | Sum | Least | PerMember"
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


class Definition(Record):
    """A named condition."""

    id: str
    label: Text
    condition: Condition
    where: Location


class FactSpec(Record):
    """What may be asked of an applicant. `kind` is a `Kind` value, `boolean`, `choice` or `set`.

    `spellings` is the choice each accepted word stands for: ids, labels in both languages, aliases.
    `minimum` (以上) and `maximum` (以下) are inclusive; nor may it exceed the fact `at_most`, or the number of members (`within`).
    Where `asked_if` is false it is not for this applicant; where `only_if` is false anything but none (0, no) is impossible.
    Left out, a number may stand for a measure (`unset`); a boolean for a definition (`fallback`), which asks those facts that are
    `instead_of` it. With `of_members` it is asked of the members of a group.
    """

    id: str
    label: Text
    kind: str
    choices: Mapping[str, Text]
    spellings: Mapping[str, str]
    ask: Text
    look_up: Text
    asked_if: Condition | None
    minimum: int
    maximum: Exact | None
    at_most: str | None
    within: MemberCount | None
    unset: FactOr | None
    where: Location
    only_if: Condition | None = None
    fallback: str | None = None
    instead_of: str | None = None
    of_members: bool = False


class FieldSpec(Record):
    """A set-valued item field, its members, and the question where it is left out and decides; `spellings` as of a fact."""

    id: str
    label: Text
    choices: Mapping[str, Text]
    spellings: Mapping[str, str]
    ask: Text


class AtOnce(Record):
    """Categories in which a sum paid at once pays for a time: beyond the limit of months it counts in proportion, and where its months
    are not said, it is taken to lie within the limit.
    """

    categories: frozenset[str]
    provenance: Provenance


class Measure(Record):
    """A named quantity counted from the items or the members."""

    id: str
    label: Text
    quantity: Quantity


class Source(Record):
    """A document the ruleset cites; `file` and `sha256` name the archived text it was read from."""

    id: str
    title: str
    issuer: str
    date: str
    url: str
    file: str
    sha256: str


class Assumption(Record):
    """What is assumed where sources are silent or disagree, and why.

    Where no figure or requirement can name it, `frames` says whose results rest on it, all of them or those for whom `when` may hold.
    """

    id: str
    label: Text
    why: Text
    conflict: tuple[Text, ...]
    frames: tuple[str, ...]
    when: Condition | None
    provenance: Provenance
    where: Location


class Reminder(Record):
    """A duty nobody can compute from the file; `frames` empty means all."""

    id: str
    label: Text
    frames: tuple[str, ...]
    provenance: Provenance


class Combination(Record):
    """Whether one applicant may hold these frames together."""

    frames: tuple[str, ...]
    allowed: bool
    provenance: Provenance


class Applications(Record):
    """How many applied, and to how many a grant was decided."""

    applied: int
    granted: int


class Breakdown(Record):
    """Grants of the year by one trait: label and number of each row, and their total."""

    id: str
    label: Text
    rows: tuple[tuple[Text, int], ...]
    total: int
    provenance: Provenance


class Outcomes(Record):
    """What became of a year's applications, as published; `notes` say where printed tables disagree."""

    frames: Mapping[str, Applications]
    total: Applications | None
    by: tuple[Breakdown, ...]
    notes: tuple[Text, ...]
    provenance: Provenance


class Ruleset(Record):
    """One programme in one fiscal year. Mappings are keyed by id, in the order of the file.

    `read_of` holds, for each category, the item fields that some rule reads; `timed` the categories of which some line counts no
    more than so many months; `discount` where it stands (or what is assumed) that a discount on the whole is shared out by cost.
    """

    program: str
    fiscal_year: int
    title: Text
    valid_from: str
    valid_to: str
    as_of: str
    file: str
    sha256: str
    sources: Mapping[str, Source]
    assumptions: Mapping[str, Assumption]
    facts: Mapping[str, FactSpec]
    tax_included: Number
    at_once: AtOnce
    discount: Provenance
    timed: frozenset[str]
    categories: Mapping[str, Text]
    category_spellings: Mapping[str, str]
    fields: Mapping[str, FieldSpec]
    read_of: Mapping[str, frozenset[str]]
    measures: Mapping[str, Measure]
    definitions: Mapping[str, Definition]
    profile: tuple[str, ...]
    frames: Mapping[str, Frame]
    frame_spellings: Mapping[str, str]
    combinations: tuple[Combination, ...]
    reminders: tuple[Reminder, ...]
    outcomes: Outcomes | None = None
