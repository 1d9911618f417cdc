"""What a ruleset declares around its nodes: facts, items, measures, documents, assumptions, duties; and the ruleset as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from hojo_cli.base.exact import Exact
from hojo_cli.base.finding import Location, Text
from hojo_cli.base.record import Record
from hojo_cli.rules.nodes import Condition, FactOr, Frame, MemberCount, Number, Provenance, Quantity

FactValue: TypeAlias = "Exact | bool | str | frozenset[str]"
"""What a fact may be; a set holds the ids of its choices."""


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
    `instead_of` it. With `of_members` it is asked of the members of a group. `change`: as of a field. `aliases` are
    other words that head its column in a table.
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
    change: str = ""
    aliases: tuple[str, ...] = ()


class FieldSpec(Record):
    """A set-valued item field, its members, and the question where it is left out and decides; `spellings` as of a fact.

    `change` is `plan` or `purchase` where an applicant can have it otherwise, and what that takes; empty: it is as it is.
    """

    id: str
    label: Text
    choices: Mapping[str, Text]
    spellings: Mapping[str, str]
    ask: Text
    change: str = ""


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
    `otherwise` names the other reading, where the file says how the rules would then be (`rules.readings`).
    """

    id: str
    label: Text
    why: Text
    conflict: tuple[Text, ...]
    frames: tuple[str, ...]
    when: Condition | None
    provenance: Provenance
    where: Location
    otherwise: Text | None = None


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
    more than so many months; `instead` the categories that may be bought instead of one; `discount` where it stands (or what is assumed) that a discount on the whole is shared out by cost.
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
    instead: Mapping[str, tuple[str, ...]]
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
