"""The values of an applicant file: texts, numbers, choices, lists. What is wrong is collected, each at its line and column."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Mapping
from functools import cached_property
from typing import Final, TypeAlias

from hojo_cli.applicants.naming import likely, likely_keys, listing, unknown_frame
from hojo_cli.applicants.prices import Lowering
from hojo_cli.base.exact import Exact, whole
from hojo_cli.base.finding import Finding, Location, Text
from hojo_cli.base.number import Kind, NumberProblem, read
from hojo_cli.base.suggest import meant, suggestion
from hojo_cli.document import Mapping as MappingNode, Node, Scalar, Sequence as List, is_null, placeholder
from hojo_cli.document.keys import misplaced, misread, parted
from hojo_cli.engine.applicant import Item
from hojo_cli.messages import finding
from hojo_cli.rules.declared import FactSpec, FieldSpec, Ruleset
from hojo_cli.rules.words import Words

MAPPING: Final = Text("「名前: 値」の並び", "a mapping of names to values")
LIST: Final = Text("「- 」で始まる一覧", "a list of entries that begin with `- `")
VALUE: Final = Text("1つの値", "a single value")


Entries: TypeAlias = "dict[tuple[int, Node], Item | Lowering]"
"""What is bought, and discounts, by their places in the list and their nodes."""


class Given(Scalar):
    """A value that stands for a number that is known already, as where one is tried after the other."""

    __slots__ = ("number",)

    def __init__(self, number: Exact) -> None:
        super().__init__(format(number), True, 0, 0)
        self.number = number


def given(entries: Mapping[str, Node], key: str) -> Node | None:
    """What is written under a key; null is the same as nothing."""
    node = entries.get(key)
    return None if node is None or is_null(node) else node


def as_meant(mapping: MappingNode, known: Collection[str]) -> MappingNode:
    """The entries, each under the known key that is meant and at its own place. A key that is written right wins."""
    if all(key in known for key in mapping.entries):
        return mapping
    written = {key: (key, node) for key, node in mapping.entries.items() if key in known}
    for key, node in mapping.entries.items():
        if key not in known:
            name, value = parted(mapping, key) or (key, node)
            near = likely_keys(name, known) if value is not node or not misplaced(mapping, key) else ()
            if len(near) == 1:
                written.setdefault(near[0], (key, value))
    entries = {name: node for name, (_, node) in written.items()}
    keys = {name: mapping.keys[key] for name, (key, _) in written.items()}
    return MappingNode(entries, keys, mapping.line, mapping.column)


class Reader:
    """What one applicant file says, read against a ruleset.

    `overruled`: the ruleset was chosen by hand, so facts of other years are only noted. `entries_known`: see `entries_read`, of an earlier
    reading without an error.
    """

    def __init__(
        self, ruleset: Ruleset, file: str, *, overruled: bool = False, entries_known: Entries | None = None
    ) -> None:
        self.ruleset = ruleset
        self.file = file
        self.overruled = overruled
        self.findings: list[Finding] = []
        self.entries_known = entries_known or {}
        self.entries_read: Entries = {}

    @cached_property
    def words(self) -> Words:
        """The ruleset's words."""
        return Words(self.ruleset)

    def fault(self, code: str, at: Node | tuple[int, int], /, **words: object) -> None:
        """Something is wrong here; a place that a template should have filled is that and nothing else."""
        line, column = at if isinstance(at, tuple) else (at.line, at.column)
        if isinstance(at, Scalar) and placeholder(at.text):
            code, words = "HJ174", {"text": at.text}
        found = finding(code, Location(self.file, line, column), **words)
        if found not in self.findings:  # pieces of one text have one cause
            self.findings.append(found)

    # --- what stands where something is asked ---

    def scalar(self, node: Node) -> str | None:
        """The text of a single value."""
        if isinstance(node, Scalar):
            return node.text
        self.fault("HJ202", node, wanted=VALUE)
        return None

    def text(self, node: Node | None) -> str:
        """A text; empty where nothing is written."""
        return "" if node is None or is_null(node) else self.scalar(node) or ""

    def mapping(self, node: Node, known: Container[str] = ()) -> MappingNode | None:
        """A mapping whose keys are among the `known` ones."""
        if isinstance(node, MappingNode):
            return node
        if isinstance(node, Scalar) and (problem := misread(node, known)):
            self.fault(problem.code, problem.at, **problem.words)
        else:
            self.fault("HJ202", node, wanted=MAPPING)
        return None

    def entries(self, node: Node | None) -> list[Node]:
        """The entries of a list; none where nothing is written."""
        if node is None or is_null(node):
            return []
        if isinstance(node, List):
            return node.items
        self.fault("HJ202", node, wanted=LIST)
        return []

    def known_keys(self, mapping: MappingNode, known: Collection[str]) -> MappingNode:
        """The mapping `as_meant`, each misspelt key told: what stands under it is read as well, so that no error hides."""
        for key in mapping.entries:
            if key in known:
                continue
            if problem := misplaced(mapping, key):
                self.fault(problem.code, problem.at, **problem.words)
            else:
                near = likely_keys(key, known)
                listed = Text("ここに書けるもの: " + "、".join(known), f"Known here: {', '.join(known)}.")
                self.fault("HJ201", mapping.keys[key], name=key, near=suggestion(*near) if near else listed)
        return as_meant(mapping, known)

    # --- numbers and choices ---

    def number(self, node: Node, kind: Kind, *, below_zero: str = "HJ154") -> Exact | None:
        """A number of a kind; `below_zero` is the code for a negative one."""
        if isinstance(node, Given):
            return node.number
        text = self.scalar(node)
        if text is None:
            return None
        try:
            return read(text, kind)
        except NumberProblem as problem:
            self.fault(below_zero if problem.code == "HJ154" else problem.code, node, **problem.words)
            return None

    def at_least(self, least: int, node: Node, kind: Kind, label: Text) -> int | None:
        """A whole number of at least `least`."""
        value = self.number(node, kind)
        if value is not None and value < least:
            self.fault("HJ214", node, label=label, least=least)
            return None
        return None if value is None else whole(value)

    def choice(self, choices: Mapping[str, Text], spellings: Mapping[str, str], node: Node) -> str | None:
        """An id, a label, or another word the ruleset declares for one."""
        text = self.scalar(node)
        if text is None:
            return None
        choice = meant(text, spellings)
        if choice is None:
            self.fault("HJ205", node, text=text, near=suggestion(*likely(text, spellings)), listed=listing(choices))
        return choice

    def chosen(self, spec: FieldSpec | FactSpec, node: Node) -> frozenset[str]:
        """The choices of a list; a text that joins several into one is told."""
        choices = set()
        for entry in self.entries(node):
            text = entry.text if isinstance(entry, Scalar) else ""
            parts = re.split(r"\s*[、，,;；・]\s*", text)
            if (
                len(parts) > 1
                and not meant(text, spec.spellings)
                and all(meant(part, spec.spellings) for part in parts)
            ):
                self.fault("HJ240", entry, text=text, parts=", ".join(parts))
            else:
                choices.add(self.choice(spec.choices, spec.spellings, entry))
        return frozenset(choice for choice in choices if choice is not None)

    def frame(self, name: str, at: Node | tuple[int, int]) -> str | None:
        """The frame that a word stands for: its id, a label, or another name the ruleset declares."""
        frame = meant(name, self.ruleset.frame_spellings)
        if frame is None:
            self.fault("HJ215", at, name=name, **unknown_frame(name, self.ruleset))
        return frame

    def corporate_number(self, node: Node | None) -> str:
        """13 digits whose first is the check digit of the others."""
        number = self.text(node)
        if not number or node is None:
            return ""
        if not (number.isascii() and number.isdecimal() and len(number) == 13):
            self.fault("HJ210", node, number=number)
        elif number[0] != check_digit(number[1:]):
            self.fault("HJ211", node, number=number, right=check_digit(number[1:]))
        return number


def check_digit(base: str) -> str:
    """The check digit of a corporate number's 12 base digits: 9 − (Σ digit × 1, 2, 1, 2 … from the right) mod 9."""
    total = sum(int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(base)))
    return str(9 - total % 9)
