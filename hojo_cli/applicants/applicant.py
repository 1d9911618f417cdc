"""The applicant file → facts, items, members as plain values; every error at once, each at its line and column.

The types, choices and bounds are those the ruleset declares: this is what an applicant's JSON Schema says too, in better words.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from typing import Final, NamedTuple

from hojo_cli.catalogue import finding
from hojo_cli.document import Mapping as MappingNode
from hojo_cli.document import Node, Scalar, Sequence, is_null, misread
from hojo_cli.finding import Finding, Location, Severity, Text
from hojo_cli.formula import FactSpec, FieldSpec, Ruleset
from hojo_cli.nearest import candidates, meant, nearest, plain, spellings, suggestion
from hojo_cli.number import Kind, NumberProblem, read, read_year, show
from hojo_cli.subject import FactValue, Item, Price, Subject

MOST_MEMBERS: Final = 500
"""So many members of a group are read, and no more."""
KEYS: Final = ("name", "corporate_number", "fiscal_year", "frame", "facts", "items", "members", "note", "expect")
MEMBER_KEYS: Final = ("name", "facts", "items")
ITEM_KEYS: Final = ("name", "category", "amount", "monthly", "months", "tax")
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


class Applicant(NamedTuple):
    """What one file declares. `expect` is yen by frame; `places` is the line and column of each top key and `expect.<frame>`."""

    subject: Subject
    corporate_number: str
    frame: str
    expect: Mapping[str, int]
    places: Mapping[str, tuple[int, int]]


class Loaded(NamedTuple):
    """The applicant (None where an error stands in the way) and everything there is to say about the file.

    `legible` is the applicant as far as it could be read: enough to know it by, never to judge it. `root` is the file with each
    top key under the name that is meant: whoever looks something up by its key looks there.
    """

    applicant: Applicant | None
    findings: tuple[Finding, ...]
    legible: Applicant
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
    findings = tuple(sorted(reader.findings, key=lambda found: found.where))
    return Loaded(None if wrong else applicant, findings, applicant, root)


def as_meant(mapping: MappingNode, known: Collection[str]) -> MappingNode:
    """The entries, each under the known key that is meant and at its own place. A key that is written right wins."""
    if all(key in known for key in mapping.entries):
        return mapping
    meant = {key: key for key in mapping.entries if key in known}
    for key in mapping.entries:
        near = None if key in known else nearest(key, known)
        if near is not None:
            meant.setdefault(near, key)
    entries = {key: mapping.entries[written] for key, written in meant.items()}
    keys = {key: mapping.keys[written] for key, written in meant.items()}
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
        self.findings.append(finding(code, Location(self.file, line, column), **words))

    # --- the file ---

    def applicant(self, root: MappingNode) -> Applicant:
        entries = root.entries
        subject = self.subject(entries, "")
        members = [self.member(node, f"members.{place}.") for place, node in enumerate(self.members(entries), 1)]
        self.within(subject.facts, len(members), entries.get("facts"))
        expect = self.expected(entries.get("expect"))
        return Applicant(
            subject._replace(members=tuple(member for member in members if member is not None)),
            self.corporate_number(entries.get("corporate_number")),
            self.frame(entries.get("frame")),
            expect,
            self.places(root, entries.get("expect")),
        )

    def members(self, entries: Mapping[str, Node]) -> list[Node]:
        """The members listed, as far as they are read."""
        listed = self.listed(entries.get("members"))
        if len(listed) > MOST_MEMBERS:
            self.fault("HJ218", listed[MOST_MEMBERS], most=MOST_MEMBERS)
        return listed[:MOST_MEMBERS]

    def places(self, root: MappingNode, expect: Node | None) -> dict[str, tuple[int, int]]:
        found = dict(root.keys)
        if isinstance(expect, MappingNode):
            for name, node in expect.entries.items():
                found[f"expect.{meant(name, self.ruleset.frame_spellings) or name}"] = (node.line, node.column)
        return found

    def subject(self, entries: Mapping[str, Node], prefix: str) -> Subject:
        items = [self.item(node, place) for place, node in enumerate(self.listed(entries.get("items")))]
        return Subject(
            self.text(entries.get("name")),
            self.facts(entries.get("facts")),
            tuple(item for item in items if item is not None),
            (),
            prefix,
        )

    def member(self, node: Node, prefix: str) -> Subject | None:
        mapping = self.mapping(node)
        return None if mapping is None else self.subject(self.known_keys(mapping, MEMBER_KEYS).entries, prefix)

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

    def expected(self, node: Node | None) -> dict[str, int]:
        found = {}
        mapping = None if node is None or is_null(node) else self.mapping(node)
        for name, value in () if mapping is None else mapping.entries.items():
            frame = None if mapping is None else self.named_frame(name, mapping.keys[name])
            if frame is not None and (yen := self.number(value, Kind.YEN)) is not None:
                found[frame] = int(yen)
        return found

    # --- facts ---

    def facts(self, node: Node | None) -> dict[str, FactValue]:
        mapping = None if node is None or is_null(node) else self.mapping(node, self.ruleset.facts)
        if mapping is None:
            return {}
        found: dict[str, FactValue] = {}
        for name, value in mapping.entries.items():
            spec = self.ruleset.facts.get(name)
            if spec is None:
                code = "HJ204" if self.overruled else "HJ203"
                year = self.ruleset.fiscal_year
                self.fault(code, mapping.keys[name], name=name, year=year, near=self.near(name, self.ruleset.facts))
            elif not is_null(value) and (fact := self.fact(spec, value)) is not None:
                found[name] = fact
        self.bounds(found, mapping)
        return found

    def fact(self, spec: FactSpec, node: Node) -> FactValue | None:
        if spec.kind == "choice":
            return self.choice(spec.choices, spec.spellings, node)
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
            if isinstance(value, (bool, str)):
                continue
            if value < spec.minimum:
                self.fault("HJ214", mapping.entries[name], label=spec.label, least=spec.minimum)
            if spec.maximum is not None and value > spec.maximum:
                most = Text(*(show(spec.maximum, _KINDS[spec.kind], lang) for lang in ("ja", "en")))
                self.fault("HJ217", mapping.entries[name], label=spec.label, most=most)
            whole = None if spec.at_most is None else found.get(spec.at_most)
            if isinstance(value, int) and isinstance(whole, int) and value > whole and spec.at_most is not None:
                self.fault(
                    "HJ213", mapping.entries[name], label=spec.label, whole=self.ruleset.facts[spec.at_most].label
                )

    def within(self, facts: Mapping[str, FactValue], members: int, node: Node | None) -> None:
        """Counts of members stay within the number of members, once members are listed."""
        for name, value in facts.items() if members else ():
            spec = self.ruleset.facts[name]
            if spec.within is not None and isinstance(value, int) and value > members and isinstance(node, MappingNode):
                whole = self.ruleset.measures[spec.within.measure].label
                self.fault("HJ213", node.entries[name], label=spec.label, whole=whole)

    # --- items ---

    def item(self, node: Node, place: int) -> Item | None:
        mapping = self.mapping(node, self.item_keys)
        if mapping is None:
            return None
        entries = self.known_keys(mapping, self.item_keys).entries
        category = self.category(entries.get("category"), mapping)
        fields = {
            name: self.chosen(spec, entries[name])
            for name, spec in self.ruleset.fields.items()
            if name in entries and not is_null(entries[name])
        }
        self.unread(category, fields, mapping)
        price = self.price(entries, mapping)
        if price is None or category is None:
            return None
        cost, quoted, months, tax = price
        return Item(self.text(entries.get("name")), category, cost, quoted, months, fields, tax, place)

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

    def category(self, node: Node | None, mapping: MappingNode) -> str | None:
        if node is None or is_null(node):
            self.fault("HJ209", mapping)
            return None
        return self.choice(self.ruleset.categories, self.ruleset.category_spellings, node)

    def price(self, entries: Mapping[str, Node], mapping: MappingNode) -> tuple[int, Price, int | None, int] | None:
        """Cost, how it is quoted, months, tax taken off; exactly one of the two forms."""
        given = tuple(key for key in ("amount", "monthly", "months") if key in entries and not is_null(entries[key]))
        included = self.tax(entries.get("tax"))
        if given == ("amount",):
            amount = self.number(entries["amount"], Kind.YEN)
            if amount is None:
                return None
            cost, tax = self.without_tax(int(amount), included)
            return cost, Price(cost, 0, 1), None, tax
        if given == ("monthly", "months"):
            fee, months = self.number(entries["monthly"], Kind.YEN), self.number(entries["months"], Kind.MONTHS)
            if fee is None or months is None:
                return None
            monthly, tax = self.without_tax(int(fee), included)
            return monthly * int(months), Price(monthly, 1, 1), int(months), tax * int(months)
        self.fault("HJ208" if given in (("monthly",), ("months",)) else "HJ207", mapping)
        return None

    def tax(self, node: Node | None) -> bool:
        word = self.text(node)
        tax = meant(word, TAXES)
        if node is not None and word and tax is None:
            self.fault("HJ212", node, text=word)
        return tax == "included"

    def without_tax(self, price: int, included: bool) -> tuple[int, int]:
        """A price quoted with tax, converted by the ruleset's fraction down to the yen; and the tax taken off."""
        if not included:
            return price, 0
        rate = self.ruleset.tax_included.value
        cost = price * rate.numerator // rate.denominator
        return cost, price - cost

    # --- values ---

    def number(self, node: Node, kind: Kind) -> FactValue | None:
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

    def chosen(self, spec: FieldSpec, node: Node) -> frozenset[str]:
        """The choices of a list."""
        found = set()
        for entry in self.listed(node):
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
        if isinstance(node, Sequence):
            return node.items
        self.fault("HJ202", node, wanted=_WANTED["list"])
        return []

    def known_keys(self, mapping: MappingNode, known: Collection[str]) -> MappingNode:
        """The mapping `as_meant`, each misspelt key told: what stands under it is read as well, so that no error hides."""
        for key in mapping.entries:
            if key not in known:
                near = nearest(key, known)
                listed = Text("ここに書けるもの: " + "、".join(known), f"Known here: {', '.join(known)}.")
                self.fault("HJ201", mapping.keys[key], name=key, near=suggestion(near) if near else listed)
        return as_meant(mapping, known)

    def near(self, name: str, known: Iterable[str]) -> Text:
        return suggestion(*candidates(name, known))


def unknown_frame(name: str, ruleset: Ruleset) -> dict[str, Text]:
    """What to say of a word that names no frame: those it may have been meant for, and all there are."""
    near = dict.fromkeys(ruleset.frame_spellings[word] for word in candidates(name, ruleset.frame_spellings))
    return {
        "near": suggestion(*near),
        "listed": listing({frame: declared.label for frame, declared in ruleset.frames.items()}),
    }


def likely(word: str, spellings: Mapping[str, str]) -> list[str]:
    """The spellings that may have been meant, one for each name they stand for."""
    found: dict[str, str] = {}
    for near in candidates(word, spellings):
        found.setdefault(spellings[near], near)
    return list(found.values())


def listing(choices: Mapping[str, Text]) -> Text:
    """All that may be chosen."""
    return Text("、".join(f"{name}（{label.ja}）" for name, label in choices.items()), ", ".join(choices))


_WANTED: Final[Mapping[str, Text]] = {
    "mapping": Text("「名前: 値」の並び", "a mapping of names to values"),
    "list": Text("「- 」で始まる一覧", "a list of entries that begin with `- `"),
    "value": Text("1つの値", "a single value"),
}


def check_digit(base: str) -> str:
    """The check digit of a corporate number's 12 base digits: 9 − (Σ digit × 1, 2, 1, 2 … from the right) mod 9."""
    total = sum(int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(base)))
    return str(9 - total % 9)
