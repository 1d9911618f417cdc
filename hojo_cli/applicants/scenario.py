"""One applicant file with some of its values changed: what its frames then come to, along the numbers it states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final

from hojo_cli.applicants import applicant as applicant_reader
from hojo_cli.applicants.applicant import Loaded
from hojo_cli.applicants.changes import changed
from hojo_cli.applicants.reader import Given, given
from hojo_cli.base.exact import Exact, quotient, whole
from hojo_cli.base.finding import Finding, Severity, Text, has_errors, untranslated
from hojo_cli.base.number import LARGEST, Kind, read
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.texts import figure, say
from hojo_cli.document import Mapping as MappingNode, Node, Scalar, Sequence as List, is_null
from hojo_cli.document.placing import Path, placed
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.evaluator import evaluator
from hojo_cli.engine.judgement import Reckoned
from hojo_cli.rules.declared import Ruleset

STEP: Fraction = Fraction(1, 10_000)
"""Rates go in steps of 0.01 %; every other number in steps of one."""


class Variable(NamedTuple):
    """A number of the file that may be another one: `written` as `--set` takes its path, in whole steps of `step`.

    `now` is what the file states (None: nothing), `least` and `most` (inclusive) are what its kind allows, all of them in steps.
    """

    path: Path
    written: str
    label: Text
    kind: Kind
    step: Exact
    now: int | None
    least: int
    most: int

    @property
    def is_price(self) -> bool:
        """Whether it says what an item costs."""
        return self.path[-1] in PRICES

    def value(self, x: int) -> str:
        """So many steps as a file states them."""
        if self.kind is not Kind.RATE:
            return str(x)
        percent, rest = divmod(abs(x), 100)
        return f"{'-' if x < 0 else ''}{percent}.{rest:02d}".rstrip("0").rstrip(".") + "%"

    def setting(self, x: int) -> str:
        """The `--set` that states so many steps."""
        return f"{self.written}={self.value(x)}"

    def figure(self, x: int) -> Text:
        """So many steps as people write them."""
        percent = self.value(x)
        return untranslated(percent) if self.kind is Kind.RATE else figure(x, self.kind)


class Scenario:
    """An applicant file that is read without an error, and what it comes to with other values in it."""

    def __init__(self, root: MappingNode, ruleset: Ruleset, file: str, *, overruled: bool) -> None:
        self.root = root
        self.ruleset = ruleset
        self.file = file
        self.overruled = overruled

    def changed(self, variable: Variable, x: int) -> Scenario:
        """The file with one number changed to so many steps."""
        root = placed(self.root, variable.path, Given(x * variable.step), (0, 0))
        assert isinstance(root, MappingNode)  # its path begins with a key
        return Scenario(root, self.ruleset, self.file, overruled=self.overruled)

    def with_settings(self, settings: Sequence[str]) -> Applicant | None:
        """The applicant with changes as `--set` takes them; None where such a file would be refused."""
        root, findings = changed(self.root, settings)
        return None if findings else self._read(root)

    def applicant(self, changes: Mapping[Path, Node | None]) -> Applicant | None:
        """The applicant with these values; None where such a file would be refused."""
        root: Node | None = self.root
        for path, value in changes.items():
            root = placed(root, path, value, (0, 0))
        assert isinstance(root, MappingNode)
        return self._read(root)

    @cached_property
    def _as_it_is(self) -> Loaded:
        """The file without changes: members and items that are not changed are the same in every other."""
        return applicant_reader.load(self.root, self.ruleset, self.file, overruled=self.overruled)

    def _read(self, root: MappingNode) -> Applicant | None:
        loaded = applicant_reader.load(root, self.ruleset, self.file, overruled=self.overruled, known=self._as_it_is)
        if loaded.file is None or has_errors(loaded.findings):
            return None
        return loaded.file.applicant

    def errors(self, variable: Variable, x: int) -> tuple[Finding, ...]:
        """What is wrong with the file where one number is at so many steps."""
        root = self.changed(variable, x).root
        loaded = applicant_reader.load(root, self.ruleset, self.file, overruled=self.overruled)
        return tuple(found for found in loaded.findings if found.severity is Severity.ERROR)

    def judged(self, changes: Mapping[Path, Node | None], frames: Iterable[str] | None = None) -> Reckoned | None:
        """What frames (all, or these) come to with these values, and what is bought then costs."""
        applicant = self.applicant(changes)
        if applicant is None:
            return None
        return Reckoned(evaluator(self.ruleset, traced=False).outcomes(applicant, frames), applicant.cost)

    def along(self, variable: Variable, x: Exact, frames: Iterable[str] | None = None) -> Reckoned | None:
        """The same with one number at so many steps, which may move."""
        return self.judged({variable.path: Given(x * variable.step)}, frames)

    @cached_property
    def variables(self) -> Mapping[str, Variable]:
        """The numbers the file states, by path: prices of items, their number and time, and facts; the applicant's, then its members'."""
        found = [*self._numbers_of(self.root, (), "", Text("", ""))]
        members = given(self.root.entries, "members")
        for place, member in enumerate(members.items if isinstance(members, List) else ()):
            if isinstance(member, MappingNode):
                whose = Text(f"構成員{place + 1}の", f"member {place + 1}: ")
                found += self._numbers_of(member, ("members", place), f"members[{place}].", whose)
        return {variable.written: variable for variable in found}

    def _numbers_of(self, mapping: MappingNode, path: Path, written: str, whose: Text) -> Iterator[Variable]:
        items, facts = given(mapping.entries, "items"), given(mapping.entries, "facts")
        for place, item in enumerate(items.items if isinstance(items, List) else ()):
            assert isinstance(item, MappingNode)  # the file was read without an error
            said = (given(item.entries, key) for key in ("name", "category"))
            called = next((node.text for node in said if isinstance(node, Scalar) and node.text), str(place + 1))
            for key, (kind, label) in _OF_ITEMS.items():
                if isinstance(node := given(item.entries, key), Scalar):
                    of = say(Text("{0}「{1}」の{2}", "{0}{1}: {2}"), whose, called, label)
                    place_of = (*path, "items", place, key)
                    yield _variable(place_of, f"{written}items[{place}].{key}", of, kind, node, (0, LARGEST))
        for name, node in facts.entries.items() if isinstance(facts, MappingNode) else ():
            spec = self.ruleset.facts.get(name)
            if spec is not None and spec.kind in _NUMERIC and isinstance(node, Scalar) and not is_null(node):
                of = say(untranslated("{0}{1}"), whose, spec.label)
                limits = spec.minimum, LARGEST if spec.maximum is None else spec.maximum
                yield _variable((*path, "facts", name), f"{written}facts.{name}", of, Kind(spec.kind), node, limits)


_OF_ITEMS: Final[Mapping[str, tuple[Kind, Text]]] = {
    "amount": (Kind.YEN, Text("金額", "price")),
    "monthly": (Kind.YEN, Text("月額", "monthly fee")),
    "months": (Kind.MONTHS, Text("月数", "months")),
    "yearly": (Kind.YEN, Text("年額", "yearly fee")),
    "years": (Kind.YEARS, Text("年数", "years")),
    "quantity": (Kind.COUNT, Text("数量", "quantity")),
    "discount": (Kind.YEN, Text("値引き", "discount")),
}
_NUMERIC: Final = frozenset(kind.value for kind in Kind)
PRICES: Final = ("amount", "monthly", "yearly")
"""The numbers of an item that say what it costs, one of which each has."""


def _variable(path: Path, written: str, label: Text, kind: Kind, node: Scalar, limits: tuple[Exact, Exact]) -> Variable:
    step: Exact = STEP if kind is Kind.RATE else 1
    now = quotient(read(node.text, kind), step)
    least, most = (whole(quotient(limit, step)) for limit in limits)
    return Variable(path, written, label, kind, step, now if isinstance(now, int) else None, least, most)
