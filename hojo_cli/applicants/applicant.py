"""The applicant file → facts, items, members as plain values; every error at once, each at its line and column.

The types, choices and bounds are those the ruleset declares: this is what an applicant's JSON Schema says too, in better words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final, NamedTuple

from hojo_cli.applicants import copies, prices
from hojo_cli.applicants.copies import Member
from hojo_cli.applicants.naming import likely, likely_keys, likely_names, listing, unknown_frame
from hojo_cli.applicants.prices import Form, Lowering, Quoted
from hojo_cli.base.finding import Finding, Location, Severity, Text
from hojo_cli.base.number import Kind, NumberProblem, read, read_year, show
from hojo_cli.base.sanitize import visible
from hojo_cli.base.suggest import candidates, meant, plain, spellings, suggestion
from hojo_cli.document import Mapping as MappingNode
from hojo_cli.document import Node, Scalar, is_null, misplaced, misread, parted, paths, placeholder
from hojo_cli.document import Sequence as List
from hojo_cli.engine.applicant import Applicant, FactValue, Item
from hojo_cli.engine.derive import Scope, condition
from hojo_cli.explanation.words import Words, joined, say
from hojo_cli.messages import finding
from hojo_cli.rules.nodes import Exact, FactSpec, FieldSpec, Is, Ruleset
from hojo_cli.rules.ruleset import shipped

MOST_MEMBERS: Final = 500
"""So many members of a group are read, and no more."""
KEYS: Final = ("name", "corporate_number", "fiscal_year", "frame", "facts", "items", "members", "note", "expect")
MEMBER_KEYS: Final = ("name", "corporate_number", "facts", "items")
ITEM_KEYS: Final = ("name", "category", *prices.PRICES, "of", "quantity", "tax")
TRUTHS: Final = dict.fromkeys(
    ("true", "True", "TRUE", "はい", "有", "有り", "あり", "該当", "該当する", "○", "〇", "◯"), True
) | dict.fromkeys(("false", "False", "FALSE", "いいえ", "無", "無し", "なし", "非該当", "該当しない", "×", "✕"), False)
"""How people write true and false. Not `yes` and `no`, which change meaning with the version of YAML."""
TAXES: Final[Mapping[str, str]] = spellings(
    {"excluded": ("税抜", "税抜き", "税別", "外税"), "included": ("税込", "税込み", "内税")}
)
"""What each word for the tax of a price stands for."""
_KINDS: Final[Mapping[str, Kind]] = {kind.value: kind for kind in Kind}  # `Kind(...)` is ten times as slow
_DIGITS: Final = 13


class ApplicantFile(NamedTuple):
    """What one file declares. `expect` is yen by frame; `places` is the line and column of each top key and `expect.<frame>`.

    `spelt` is what the file calls each frame of `expect`: its id, or its label.
    """

    subject: Applicant
    corporate_number: str
    frame: str
    expect: Mapping[str, int]
    places: Mapping[str, tuple[int, int]]
    spelt: Mapping[str, str]


class Loaded(NamedTuple):
    """The applicant (None where an error stands in the way) and everything there is to say about the file.

    `legible` is the applicant as far as it could be read: enough to know it by, never to judge it. `root` is the file with each
    top key under the name that is meant: whoever looks something up by its key looks there.
    """

    applicant: ApplicantFile | None
    findings: tuple[Finding, ...]
    legible: ApplicantFile
    root: MappingNode


def fiscal_year(root: MappingNode, file: str, known: tuple[str, ...]) -> tuple[str, tuple[Finding, ...]]:
    """The ruleset the file asks for, one of the `known` years (newest first); the newest with a finding where it is none of them.

    A file may name a year only, never a path: which ruleset file is opened is the caller's choice.
    """
    node = as_meant(root, KEYS).entries.get("fiscal_year")
    if node is None or is_null(node):
        return known[0], ()
    if isinstance(node, Scalar) and (year := read_year(node.text)) in known:
        return year, ()
    where = Location(file, node.line, node.column)
    if not isinstance(node, Scalar):
        return known[0], (finding("HJ202", where, wanted=_WANTED["value"]),)
    return known[0], (finding("HJ216", where, text=node.text, known=", ".join(known)),)


def load(root: MappingNode, ruleset: Ruleset, file: str, *, overruled: bool = False) -> Loaded:
    """Read an applicant against a ruleset. `overruled`: the ruleset was chosen by hand, so facts of other years are only noted."""
    reader = _Reader(ruleset, file, overruled)
    root = reader.known_keys(root, KEYS)
    applicant = reader.applicant(root)
    wrong = any(found.severity is Severity.ERROR for found in reader.findings)
    findings = tuple(sorted(_with_keys(reader.findings, root), key=lambda found: found.where))
    return Loaded(None if wrong else applicant, findings, applicant, root)


_OF_VALUES: Final = ("HJ15", "HJ16", "HJ17", "HJ202", "HJ205", "HJ206", "HJ207", "HJ208", "HJ209", "HJ240")
"""How codes begin whose sentences are about a value, and do not say which."""


def _with_keys(findings: list[Finding], root: MappingNode) -> list[Finding]:
    """The findings, those about a value with the keys that lead to it: a line may hold a dozen values, a row of a table more."""
    if not any(found.code.startswith(_OF_VALUES) for found in findings):
        return findings
    keys = paths(root)
    told = []
    for found in findings:
        key = keys.get((found.where.line, found.where.column)) if found.code.startswith(_OF_VALUES) else None
        ja, en = found.message
        told.append(
            found._replace(message=Text(f"`{visible(key)}`：{ja}", f"`{visible(key)}`: {en}")) if key else found
        )
    return told


def as_meant(mapping: MappingNode, known: Collection[str]) -> MappingNode:
    """The entries, each under the known key that is meant and at its own place. A key that is written right wins."""
    if all(key in known for key in mapping.entries):
        return mapping
    meant = {key: (key, node) for key, node in mapping.entries.items() if key in known}
    for key, node in mapping.entries.items():
        told = None if key in known else misplaced(mapping, key)
        name, value = (told and parted(mapping, key)) or (key, node)
        if key not in known and (value is not node or not told):
            near = likely_keys(name, known)
            if len(near) == 1:
                meant.setdefault(near[0], (key, value))
    entries = {key: node for key, (_, node) in meant.items()}
    keys = {key: mapping.keys[written] for key, (written, _) in meant.items()}
    return MappingNode(entries, keys, mapping.line, mapping.column)


class _Reader:
    """One pass over one applicant file."""

    def __init__(self, ruleset: Ruleset, file: str, overruled: bool) -> None:
        self.ruleset = ruleset
        self.file = file
        self.overruled = overruled
        self.findings: list[Finding] = []
        self.item_keys = (*ITEM_KEYS, *ruleset.fields)

    def fault(self, code: str, at: Node | tuple[int, int], /, **words: object) -> None:
        line, column = at if isinstance(at, tuple) else (at.line, at.column)
        if isinstance(at, Scalar) and placeholder(at.text):
            code, words = "HJ174", {"text": at.text}
        self.findings.append(finding(code, Location(self.file, line, column), **words))

    # --- the file ---

    def applicant(self, root: MappingNode) -> ApplicantFile:
        entries = root.entries
        subject = self.subject(entries, "")
        listed = [self.member(node, place) for place, node in enumerate(self.members(entries), 1)]
        members = [member for member in listed if member is not None]
        self.within(subject.facts, len(listed), entries.get("facts"))
        number = self.corporate_number(entries.get("corporate_number"))
        self.copies(members, number)
        expect, spelt = self.expected(entries.get("expect"))
        return ApplicantFile(
            subject._replace(members=tuple(member.subject for member in members)),
            number,
            self.frame(entries.get("frame")),
            expect,
            self.places(root, entries.get("expect"), spelt),
            spelt,
        )

    def members(self, entries: Mapping[str, Node]) -> list[Node]:
        """The members listed, as far as they are read."""
        listed = self.listed(entries.get("members"))
        if len(listed) > MOST_MEMBERS:
            self.fault("HJ218", listed[MOST_MEMBERS], most=MOST_MEMBERS)
        return listed[:MOST_MEMBERS]

    def places(self, root: MappingNode, expect: Node | None, spelt: Mapping[str, str]) -> dict[str, tuple[int, int]]:
        found = dict(root.keys)
        if isinstance(expect, MappingNode):
            at = {frame: expect.entries[name] for frame, name in spelt.items()}
            found.update({f"expect.{frame}": (node.line, node.column) for frame, node in at.items()})
        return found

    def subject(self, entries: Mapping[str, Node], prefix: str) -> Applicant:
        items, facts = self.items(self.listed(entries.get("items"))), entries.get("facts")
        return Applicant(self.text(entries.get("name")), self.facts(facts, of_member=bool(prefix)), items, (), prefix)

    def member(self, node: Node, place: int) -> Member | None:
        mapping = self.mapping(node)
        if mapping is None:
            return None
        meant = self.known_keys(mapping, MEMBER_KEYS)
        number = self.corporate_number(meant.entries.get("corporate_number"))
        return Member(place, meant, number, self.subject(meant.entries, f"members.{place}."))

    def copies(self, members: Sequence[Member], number: str) -> None:
        """Members that are one business, each set told once, at the second of them; and one that is the applicant itself."""
        numbered = list(copies.same_number(members))
        for group in numbered:
            where = group[1].node.keys["corporate_number"]
            self.fault("HJ228", where, members=copies.listed(group), number=group[0].number)
        for group in copies.same_name(members):
            if not any(set(group) <= set(other) for other in numbered):
                self.fault("HJ220", group[1].node, members=copies.listed(group), name=group[0].subject.name)
        for member in members:
            if number and member.number == number:
                self.fault("HJ229", member.node.keys["corporate_number"], member=member.place, number=number)

    def corporate_number(self, node: Node | None) -> str:
        """13 digits whose first is the check digit of the others."""
        number = self.text(node)
        if not number or node is None:
            return ""
        if not (number.isascii() and number.isdecimal() and len(number) == _DIGITS):
            self.fault("HJ210", node, number=number)
        elif number[0] != check_digit(number[1:]):
            self.fault("HJ211", node, number=number, right=check_digit(number[1:]))
        return number

    def frame(self, node: Node | None) -> str:
        """The frame applied for, by its id."""
        name = self.text(node)
        return self.named_frame(name, node) or name if name and node is not None else name

    def named_frame(self, name: str, at: Node | tuple[int, int]) -> str | None:
        """The frame that a word stands for: its id, a label, or another name the ruleset declares."""
        frame = meant(name, self.ruleset.frame_spellings)
        if frame is None:
            self.fault("HJ215", at, name=name, **unknown_frame(name, self.ruleset))
        return frame

    def expected(self, node: Node | None) -> tuple[dict[str, int], dict[str, str]]:
        """Yen by frame, and what the file calls each frame."""
        found: dict[str, int] = {}
        spelt: dict[str, str] = {}
        mapping = None if node is None or is_null(node) else self.mapping(node)
        for name, value in () if mapping is None else mapping.entries.items():
            frame = None if mapping is None else self.named_frame(name, mapping.keys[name])
            yen = self.number(value, Kind.YEN)
            if mapping is not None and frame in spelt:
                self.fault("HJ113", mapping.keys[name], key=name, first=mapping.keys[spelt[frame]][0])
            elif frame is not None and yen is not None:
                found[frame] = int(yen)
                spelt[frame] = name
        return found, spelt

    # --- facts ---

    def facts(self, node: Node | None, *, of_member: bool) -> dict[str, FactValue]:
        mapping = None if node is None or is_null(node) else self.mapping(node, self.ruleset.facts)
        if mapping is None:
            return {}
        found: dict[str, FactValue] = {}
        for name, value in mapping.entries.items():
            spec = self.ruleset.facts.get(name)
            if spec is None:
                self.unknown_fact(mapping, name)
            elif not is_null(value) and (fact := self.fact(spec, value)) is not None:
                found[name] = fact
        self.bounds(found, mapping)
        self.together(found, mapping, of_member=of_member)
        return found

    def unknown_fact(self, mapping: MappingNode, name: str) -> None:
        """An error, unless the ruleset was chosen by hand and a shipped year knows the fact."""
        if told := misplaced(mapping, name):
            code, line, column, words = told
            self.fault(code, (line, column), **words)
            return
        of_another_year = self.overruled and any(name in other.facts for other in shipped())
        known = spellings({fact: spec.label for fact, spec in self.ruleset.facts.items()})
        code, near = "HJ204" if of_another_year else "HJ203", suggestion(*likely_names(name, known))
        self.fault(code, mapping.keys[name], name=name, year=self.ruleset.fiscal_year, near=near)

    def fact(self, spec: FactSpec, node: Node) -> FactValue | None:
        if spec.kind == "choice":
            return self.choice(spec.choices, spec.spellings, node)
        if spec.kind == "set":
            return self.chosen(spec, node)
        if spec.kind != "boolean":
            return self.number(node, _KINDS[spec.kind])
        if not isinstance(node, Scalar):
            self.fault("HJ202", node, wanted=_WANTED["value"])
            return None
        truth = TRUTHS.get(plain(node.text))
        if truth is None:
            self.fault("HJ206", node, text=node.text)
        return truth

    def bounds(self, found: Mapping[str, FactValue], mapping: MappingNode) -> None:
        """Declared lower and upper bounds, and counts that are part of another count."""
        for name, value in found.items():
            spec = self.ruleset.facts[name]
            if spec.minimum == 0 and spec.maximum is None and spec.at_most is None:
                continue
            if isinstance(value, (bool, str, frozenset)):
                continue
            if value < spec.minimum:
                self.fault("HJ214", mapping.entries[name], label=spec.label, least=spec.minimum)
            if spec.maximum is not None and value > spec.maximum:
                most = Text(*(show(spec.maximum, _KINDS[spec.kind], lang) for lang in ("ja", "en")))
                self.fault("HJ217", mapping.entries[name], label=spec.label, most=most)
            whole = None if spec.at_most is None else found.get(spec.at_most)
            if isinstance(whole, (int, Fraction)) and value > whole and spec.at_most is not None:
                self.fault(
                    "HJ213", mapping.entries[name], label=spec.label, whole=self.ruleset.facts[spec.at_most].label
                )

    def together(self, found: Mapping[str, FactValue], mapping: MappingNode, *, of_member: bool) -> None:
        """What the facts say of each other: what cannot be, what this applicant cannot have, two answers to one question."""
        scope = Scope(Applicant("", found, ()), self.ruleset.definitions)
        for name, value in found.items():
            spec, key = self.ruleset.facts[name], mapping.keys[name]
            if spec.asked_if is not None and condition(spec.asked_if, scope).value is False:
                self.fault("HJ232", key, label=spec.label, whom=self.words.those(spec.asked_if))
            elif spec.of_members and not of_member:
                self.fault("HJ232", key, label=spec.label, whom=_MEMBERS)
            if spec.only_if is not None and value and condition(spec.only_if, scope).value is False:
                none = self.words.value(name, frozenset() if spec.kind == "set" else False if value is True else 0)
                needs = self.words.condition(spec.only_if)
                self.fault("HJ231", mapping.entries[name], label=spec.label, needs=needs, none=none)
            if spec.fallback is not None:
                defined = condition(Is(spec.fallback), scope).value
                if isinstance(defined, bool) and defined is not value:
                    self.disagree(spec, found, mapping.entries[name])

    def disagree(self, spec: FactSpec, found: Mapping[str, FactValue], node: Node) -> None:
        """A yes or no beside answers that come to the opposite."""
        instead = [
            other.label for other in self.ruleset.facts.values() if other.instead_of == spec.id and other.id in found
        ]
        said = found[spec.id] is True
        told = {truth: self.words.value(spec.id, truth) for truth in (True, False)}
        listed = joined((say(_QUOTED, label) for label in instead), "", " and ")
        self.fault("HJ230", node, label=spec.label, said=told[said], found=told[not said], instead=listed)

    @cached_property
    def words(self) -> Words:
        return Words(self.ruleset)

    def within(self, facts: Mapping[str, FactValue], members: int, node: Node | None) -> None:
        """Counts of members stay within the number of members, once members are listed."""
        for name, value in facts.items() if members else ():
            spec = self.ruleset.facts[name]
            if spec.within is not None and isinstance(value, int) and value > members and isinstance(node, MappingNode):
                whole = self.ruleset.measures[spec.within.measure].label
                self.fault("HJ213", node.entries[name], label=spec.label, whole=whole)

    # --- items ---

    def items(self, listed: Sequence[Node]) -> tuple[Item, ...]:
        """What is bought, at what it costs when the discounts of the list are taken off."""
        entries = [self.item(node, place) for place, node in enumerate(listed)]
        items = [entry for entry in entries if isinstance(entry, Item)]
        discounts = [entry for entry in entries if isinstance(entry, Lowering)]
        return tuple(items) if None in entries else self.lowered(items, discounts)

    def lowered(self, items: list[Item], discounts: Sequence[Lowering]) -> tuple[Item, ...]:
        """First the discounts that name an item, then those on the whole list."""
        names = [item.name for item in items]
        for discount in sorted(discounts, key=lambda each: not each.of):
            places = [place for place, name in enumerate(names) if discount.of in ("", name)]
            if discount.of and len(places) != 1:
                near = _TELL_APART if places else self.near(discount.of, names)
                self.fault("HJ225", discount.at, name=discount.of, count=len(places), near=near)
            elif (after := prices.lowered(items, places, discount)) is None:
                cost = sum((items[place].cost for place in places), start=0)
                self.fault("HJ226", discount.at, discount=yen_of(discount.yen), cost=yen_of(cost))
            else:
                items = after
                if not discount.of:
                    self.fault("HJ227", discount.at, discount=yen_of(discount.yen), count=len(places))
        return tuple(items)

    def item(self, node: Node, place: int) -> Item | Lowering | None:
        mapping = self.mapping(node, self.item_keys)
        if mapping is None:
            return None
        entries = self.known_keys(mapping, self.item_keys).entries
        named = self.text(entries.get("name"))
        written = self.given(entries, "category")
        category = (
            None if written is None else self.choice(self.ruleset.categories, self.ruleset.category_spellings, written)
        )
        fields = {
            name: self.chosen(spec, entries[name])
            for name, spec in self.ruleset.fields.items()
            if name in entries and not is_null(entries[name])
        }
        of, form = self.text(entries.get("of")), self.form(entries, mapping)
        price = None if form is None else self.price(form, entries)
        if form is prices.DISCOUNT:
            self.unused(("category", *self.ruleset.fields), entries, _OF_DISCOUNTS)
            return None if price is None else Lowering(named, price.cost, of, entries["of" if of else form.yen])
        if written is None:
            self.fault("HJ209", mapping)
        self.unused(("of",), entries, _OF_PRICES)
        self.unread(category, fields, mapping)
        if price is None or form is None or category is None:
            return None
        self.timed(category, form, price, entries)
        return Item(named, category, price.cost, price.price, price.months, fields, price.tax, place)

    def unread(self, category: str | None, fields: Mapping[str, frozenset[str]], mapping: MappingNode) -> None:
        """What is written in a field that no rule reads for this category counts for nothing."""
        read = self.ruleset.read_of.get(category or "", ())
        for name, held in fields.items():
            if held and category is not None and name not in read:
                at = mapping.keys.get(name, (mapping.line, mapping.column))
                readers = [
                    label
                    for other, label in self.ruleset.categories.items()
                    if name in self.ruleset.read_of.get(other, ())
                ]
                self.fault(
                    "HJ219",
                    at,
                    field=self.ruleset.fields[name].label,
                    category=self.ruleset.categories[category],
                    readers=Text("・".join(label.ja for label in readers), ", ".join(label.en for label in readers)),
                )

    def given(self, entries: Mapping[str, Node], key: str) -> Node | None:
        """What is written under a key; null is the same as nothing."""
        node = entries.get(key)
        return None if node is None or is_null(node) else node

    def unused(self, keys: Iterable[str], entries: Mapping[str, Node], why: Text) -> None:
        """Keys that say nothing where they stand."""
        for key in keys:
            if (node := self.given(entries, key)) is not None:
                self.fault("HJ224", node, name=key, why=why)

    def timed(self, category: str, form: Form, price: Quoted, entries: Mapping[str, Node]) -> None:
        """Time that is told where none counts, or that is not told where it would."""
        label = self.ruleset.categories[category]
        if form.per and category not in self.ruleset.timed:
            self.fault("HJ223", entries[form.yen], category=label, cost=yen_of(price.cost))
        if form is prices.AT_ONCE and category in self.ruleset.at_once.categories:
            self.fault("HJ222", entries[form.yen], category=label)
        if form is prices.AT_ONCE_FOR and category in self.ruleset.timed - self.ruleset.at_once.categories:
            self.unused(("months",), entries, say_whole(label))

    def form(self, entries: Mapping[str, Node], mapping: MappingNode) -> Form | None:
        """The one form in which the price is written."""
        written = frozenset(key for key in prices.PRICES if self.given(entries, key) is not None)
        form = prices.FORMS.get(written)
        if form is None and len(written) == 1 and (halves := prices.HALVES.get(next(iter(written)))):
            self.fault("HJ208", mapping, one=halves[0], other=halves[1])
        elif form is None:
            self.fault("HJ207", mapping)
        return form

    def price(self, form: Form, entries: Mapping[str, Node]) -> Quoted | None:
        """The price in that form; None where a part of it cannot be read."""
        included, quantity = self.tax(entries.get("tax")), self.given(entries, "quantity")
        yen = self.yen(entries[form.yen])
        least = 0 if form.per else 1  # a sum that pays for no time at all says nothing
        time = self.at_least(least, entries[form.time], TIMES[form.time], _TIME) if form.time else 1
        pieces = 1 if quantity is None else self.at_least(1, quantity, Kind.COUNT, _QUANTITY)
        if yen is None or time is None or pieces is None:
            return None
        return prices.quoted(form, yen, time, pieces, self.ruleset.tax_included if included else None)

    def yen(self, node: Node) -> int | None:
        """A price; one below zero is a discount written another way."""
        if isinstance(node, Scalar):
            try:
                return int(read(node.text, Kind.YEN))
            except NumberProblem as problem:
                below = problem.code == "HJ154"
                self.fault("HJ221" if below else problem.code, node, **problem.words)
                return None
        self.fault("HJ202", node, wanted=_WANTED["value"])
        return None

    def at_least(self, least: int, node: Node, kind: Kind, label: Text) -> int | None:
        value = self.number(node, kind)
        if value is not None and int(value) < least:
            self.fault("HJ214", node, label=label, least=least)
            return None
        return None if value is None else int(value)

    def tax(self, node: Node | None) -> bool:
        word = self.text(node)
        tax = meant(word, TAXES)
        if node is not None and word and tax is None:
            self.fault("HJ212", node, text=word)
        return tax == "included"

    # --- values ---

    def number(self, node: Node, kind: Kind) -> Exact | None:
        if not isinstance(node, Scalar):
            self.fault("HJ202", node, wanted=_WANTED["value"])
            return None
        try:
            return read(node.text, kind)
        except NumberProblem as problem:
            self.fault(problem.code, node, **problem.words)
            return None

    def choice(self, choices: Mapping[str, Text], spellings: Mapping[str, str], node: Node) -> str | None:
        """An id, a label, or another word the ruleset declares for one."""
        if not isinstance(node, Scalar):
            self.fault("HJ202", node, wanted=_WANTED["value"])
            return None
        choice = meant(node.text, spellings)
        if choice is None:
            near = suggestion(*likely(node.text, spellings))
            self.fault("HJ205", node, text=node.text, near=near, listed=listing(choices))
        return choice

    def chosen(self, spec: FieldSpec | FactSpec, node: Node) -> frozenset[str]:
        """The choices of a list."""
        found = set()
        for entry in self.listed(node):
            if isinstance(entry, Scalar) and (parts := _parts(entry.text, spec.spellings)):
                self.fault("HJ240", entry, text=entry.text, parts=", ".join(parts))
                continue
            choice = self.choice(spec.choices, spec.spellings, entry)
            if choice is not None:
                found.add(choice)
        return frozenset(found)

    def text(self, node: Node | None) -> str:
        if node is None or is_null(node):
            return ""
        if isinstance(node, Scalar):
            return node.text
        self.fault("HJ202", node, wanted=_WANTED["value"])
        return ""

    def mapping(self, node: Node, known: Container[str] = ()) -> MappingNode | None:
        if isinstance(node, MappingNode):
            return node
        if isinstance(node, Scalar) and (told := misread(node, known)):
            code, line, column, words = told
            self.fault(code, (line, column), **words)
        else:
            self.fault("HJ202", node, wanted=_WANTED["mapping"])
        return None

    def listed(self, node: Node | None) -> list[Node]:
        if node is None or is_null(node):
            return []
        if isinstance(node, List):
            return node.items
        self.fault("HJ202", node, wanted=_WANTED["list"])
        return []

    def known_keys(self, mapping: MappingNode, known: Collection[str]) -> MappingNode:
        """The mapping `as_meant`, each misspelt key told: what stands under it is read as well, so that no error hides."""
        for key in mapping.entries:
            if key not in known and (told := misplaced(mapping, key)):
                code, line, column, words = told
                self.fault(code, (line, column), **words)
            elif key not in known:
                near = likely_keys(key, known)
                listed = Text("ここに書けるもの: " + "、".join(known), f"Known here: {', '.join(known)}.")
                self.fault("HJ201", mapping.keys[key], name=key, near=suggestion(*near) if near else listed)
        return as_meant(mapping, known)

    def near(self, name: str, known: Iterable[str]) -> Text:
        return suggestion(*candidates(name, known))


def _parts(text: str, spellings: Mapping[str, str]) -> list[str]:
    """The choices that a text joins into one; none where it does not."""
    parts = re.split(r"\s*[、，,;；・]\s*", text)
    joined = len(parts) > 1 and not meant(text, spellings) and all(meant(part, spellings) for part in parts)
    return parts if joined else []


_MEMBERS: Final = Text("グループの構成員", "members of a group")
_QUOTED: Final = Text("「{0}」", "`{0}`")
_WANTED: Final[Mapping[str, Text]] = {
    "mapping": Text("「名前: 値」の並び", "a mapping of names to values"),
    "list": Text("「- 」で始まる一覧", "a list of entries that begin with `- `"),
    "value": Text("1つの値", "a single value"),
}


TIMES: Final[Mapping[str, Kind]] = {"months": Kind.MONTHS, "years": Kind.YEARS}
_TIME: Final = Text("一括で払う値段の月数", "the months of a sum paid at once")
_QUANTITY: Final = Text("数量", "the quantity")
_OF_DISCOUNTS: Final = Text(
    "値引きは `of:` の明細から、なければすべての明細から引きます",
    "a discount lowers the item named by `of:`, or else all items",
)
_TELL_APART: Final = Text("明細の名前を書き分けてください。", "Give the items different names.")
_OF_PRICES: Final = Text(
    "`of:` は値引き（`discount:`）が下げる明細の名前です", "`of:` names the item that a `discount:` lowers"
)


def say_whole(category: Text) -> Text:
    """Why the months of a sum paid at once make no difference in a category."""
    return Text(
        f"「{category.ja}」の一括払いは、月数によらず全額を数えます",
        f"a sum of {category.en} paid at once counts whole, whatever its months",
    )


def yen_of(value: Exact) -> Text:
    """An amount in both languages."""
    return Text(show(value, Kind.YEN, "ja"), show(value, Kind.YEN, "en"))


def check_digit(base: str) -> str:
    """The check digit of a corporate number's 12 base digits: 9 − (Σ digit × 1, 2, 1, 2 … from the right) mod 9."""
    total = sum(int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(base)))
    return str(9 - total % 9)
