"""Conditions and quantities → closures: what a node comes to for a case, three-valued.

Each node is lowered once. With `traced` every part is worked out and kept, else no more than decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import repeat
from operator import call, is_
from typing import assert_never

from hojo_cli.base.number import LARGEST
from hojo_cli.engine.case import Case
from hojo_cli.engine.derivation import KNOWN, Derivation, derive, exact, joined, unknown_in
from hojo_cli.engine.interval import COMPARISONS, MIRRORED, Interval, exactly
from hojo_cli.engine.item_index import ItemIndex, Picks
from hojo_cli.engine.three_valued import (
    Candidate,
    Closure,
    bare,
    bounds,
    decide,
    derived,
    fact_number,
    fact_test,
    first_standing,
)
from hojo_cli.rules import nodes
from hojo_cli.rules.declared import Definition
from hojo_cli.rules.nodes import Condition, Quantity


class Conditions:
    """Lowers conditions and quantities; named definitions once, questions about items into the index."""

    def __init__(self, definitions: Mapping[str, Definition], index: ItemIndex, *, traced: bool) -> None:
        self.definitions = definitions
        self.index = index
        self.traced = traced
        self.choices: dict[str, set[frozenset[str]]] = {}  # what each choice fact is tested for
        self._lowered: dict[int, tuple[Condition, Closure]] = {}
        self._named: dict[str, Closure] = {}

    def condition(self, node: Condition) -> Closure:
        """True, False or unknown."""
        if id(node) in self._lowered:
            return self._lowered[id(node)][1]
        closure: Closure
        match node:
            case nodes.Every(parts):
                closure = self.combined(node, [self.condition(part) for part in parts], decisive=False)
            case nodes.Some(parts):
                closure = self.combined(node, [self.condition(part) for part in parts], decisive=True)
            case nodes.Not():
                closure = self.negated(node)
            case nodes.Is():
                closure = self.definition(node.name)
            case nodes.Compare():
                closure = self.compare(node)
            case nodes.Among(fact, choices):
                self.choices.setdefault(fact, set()).add(choices)
                closure = fact_test(node, fact, choices.__contains__)
            case nodes.Holds(fact, expected):
                closure = fact_test(node, fact, partial(is_, expected))
            case nodes.HasItem(picks):
                closure = self.has_item(node, picks)
            case nodes.EveryMember():
                closure = self.each_member(node)
            case nodes.Table():
                closure = self.table(node)
            case nodes.Said():
                closure = self.said(node)
            case nodes.Against():
                closure = self.against(node)
            case nodes.SameKinds():
                closure = self.same_kinds(node)
            case _:
                assert_never(node)
        self._lowered[id(node)] = node, closure
        return closure

    def combined(self, node: object, tests: Sequence[Closure], *, decisive: bool) -> Closure:
        """かつ (`decisive` is False: one part that is false decides) or 又は (one that is true does)."""
        if self.traced:
            return lambda case: derived(node, tuple([test(case) for test in tests]), decisive=decisive)
        if len(tests) == 1:
            return tests[0]
        return lambda case: decide(map(call, tests, repeat(case)), decisive=decisive)

    def over_members(self, node: object, test: Closure, *, decisive: bool) -> Closure:
        """The same of one test over all members."""
        if self.traced:
            return lambda case: derived(node, tuple(map(test, case.members)), decisive=decisive)
        return lambda case: decide(map(test, case.members), decisive=decisive)

    def negated(self, node: nodes.Not) -> Closure:
        test = self.condition(node.part)

        def negated(case: Case) -> Derivation:
            inner = test(case)
            return derive(node, None if inner.value is None else not inner.value, inner.unknown, (inner,))

        return negated

    def definition(self, name: str) -> Closure:
        """Worked out once for a case."""
        if name not in self._named:
            node, test, traced = nodes.Is(name), self.condition(self.definitions[name].condition), self.traced

            def recalled(case: Case) -> Derivation:
                derivation = case.seen.get(name)
                if derivation is None:
                    inner = test(case)
                    derivation = derive(node, inner.value, inner.unknown, (inner,)) if traced else inner
                    case.seen[name] = derivation
                return derivation

            self._named[name] = recalled
        return self._named[name]

    def compare(self, node: nodes.Compare) -> Closure:
        count, op, limit = self.quantity(node.quantity), node.op, node.number.value
        holds, bounds, traced = COMPARISONS[op], exactly(limit), self.traced

        def compare(case: Case) -> Derivation:
            counted = count(case)
            if counted.value is not None:
                value = holds(exact(counted), limit)
                return derive(node, value, KNOWN, (counted,)) if traced else bare(value)
            decided = None if counted.between is None else counted.between.compared(op, bounds)
            if decided is not None:
                return derive(node, decided, KNOWN, (counted,))
            if counted.between is not None:
                case.cuts.setdefault(counted.unknown, counted.between.cut(op, limit))
            return derive(node, None, counted.unknown, (counted,))

        return compare

    def against(self, node: nodes.Against) -> Closure:
        first, second, op = self.quantity(node.left), self.quantity(node.right), node.op

        def against(case: Case) -> Derivation:
            left, right = first(case), second(case)
            mine, other = bounds(left), bounds(right)
            if mine is not None and other is not None:
                decided = mine.compared(op, other)
                if decided is not None:
                    return derive(node, decided, KNOWN, (left, right))
                if right.value is not None:
                    case.cuts.setdefault(left.unknown, mine.cut(op, other.low))
                elif left.value is not None:
                    case.cuts.setdefault(right.unknown, other.cut(MIRRORED[op], mine.low))
            return derive(node, None, joined(left.unknown, right.unknown), (left, right))

        return against

    def has_item(self, node: object, picks: Picks, *, priced: bool = False) -> Closure:
        """Whether one of the alternatives takes anything that is bought (and, with `priced`, costs anything)."""
        bit = self.index.bit(picks, priced=priced)
        yes, no = derive(node, True), derive(node, False)

        def has_item(case: Case) -> Derivation:
            if case.bought.mask & bit:
                return yes
            undecided = [names for bits, names in case.undecided.bits if bits & bit]
            return derive(node, None, KNOWN.union(*undecided)) if undecided else no

        return has_item

    def said(self, node: nodes.Said) -> Closure:
        then, otherwise = self.condition(node.then), self.condition(node.otherwise)
        facts, hurried = node.facts, not self.traced

        def said(case: Case) -> Derivation:
            inner = otherwise(case) if case.facts.keys().isdisjoint(facts) else then(case)
            return inner if hurried else derive(node, inner.value, inner.unknown, (inner,))

        return said

    def same_kinds(self, node: nodes.SameKinds) -> Closure:
        count, fact, slot = self.quantity(node.kinds), node.fact, self.index.kind(node.kinds.field, node.kinds.picks)
        self.index.matched.setdefault(node.kinds.field, set()).add(fact)

        def same_kinds(case: Case) -> Derivation:
            counted = count(case)
            if counted.value == 0:
                return derive(node, False, KNOWN, (counted,))
            value, held = case.facts.get(fact), case.bought.kinds[slot]
            if value is None:
                return derive(node, None, joined(case.unknown(fact), counted.unknown), (counted,))
            if counted.value is not None:
                return derive(node, value == held, KNOWN, (counted,))
            if not value or not held <= value:
                return derive(node, False, KNOWN, (counted,))
            return derive(node, None, counted.unknown, (counted,))

        return same_kinds

    # --- rows and branches ---

    def table(self, node: nodes.Table) -> Closure:
        """The row that stands decides; while several may stand, they decide only where they agree.

        Most rows are passed over for a choice the applicant made; which, is worked out once for each combination of choices. Some
        row always stands: the loader refuses a table that leaves a choice uncovered.
        """
        facts = sorted({part.fact for row in node.rows for part in _choices(row)})
        rows: list[tuple[nodes.Row, Candidate]] = [
            (row, (row, self.condition(row.when), self.condition(row.test))) for row in node.rows
        ]
        standing: dict[tuple[object, ...], list[Candidate]] = {}
        hurried = not self.traced

        def table(case: Case) -> Derivation:
            chosen = tuple([case.facts.get(fact) for fact in facts])
            candidates = standing.get(chosen)
            if candidates is None:
                given = dict(zip(facts, chosen, strict=True))
                candidates = standing[chosen] = [
                    candidate
                    for row, candidate in rows
                    if all(given[part.fact] is None or given[part.fact] in part.choices for part in _choices(row))
                ]
            return first_standing(node, candidates, case, hurried=hurried)

        return table

    # --- members ---

    def each_member(self, node: nodes.EveryMember) -> Closure:
        return self.over_members(node, self.of_member(node), decisive=False)

    def of_member(self, node: nodes.EveryMember) -> Closure:
        """Whether one member meets what is asked of those for whom `only` holds."""
        test = self.condition(node.part)
        if node.only is None:
            return test
        only = self.condition(node.only)

        def of_member(member: Case) -> Derivation:
            asked = only(member)
            if asked.value is False:
                return derive(node.part, True, KNOWN, (asked,))
            part = test(member)
            if asked.value is True or part.value is True:
                return part
            return derive(node.part, None, joined(asked.unknown, part.unknown), (part,))

        return of_member

    def any_member(self, test: Closure) -> Closure:
        """Whether a test holds for some member."""
        return self.over_members(None, test, decisive=True)

    # --- quantities ---

    def quantity(self, node: Quantity) -> Closure:
        """How many, how much: an exact number or unknown."""
        match node:
            case nodes.Fact(name):
                return fact_number(node, name)
            case nodes.FactOr(name, otherwise):
                declared, measure = fact_number(node, name), self.quantity(otherwise)

                def declared_or_measured(case: Case) -> Derivation:
                    if name in case.facts:
                        return declared(case)
                    inner = measure(case)
                    return derive(node, inner.value, inner.unknown, (inner,), between=inner.between)

                return declared_or_measured
            case nodes.Distinct():
                return self.distinct(node)
            case nodes.MemberCount():
                return self.member_count(node)
        assert_never(node)

    def distinct(self, node: nodes.Distinct) -> Closure:
        slot = self.index.kind(node.field, node.picks)

        def distinct(case: Case) -> Derivation:
            count, names = len(case.bought.kinds[slot]), case.undecided.kinds.get(slot)
            if names is None:
                return derive(node, count)
            return derive(node, None, names, between=Interval(count, LARGEST))

        return distinct

    def member_count(self, node: nodes.MemberCount) -> Closure:
        if node.only is None:
            return lambda case: derive(node, len(case.members))
        only = self.condition(node.only)

        def member_count(case: Case) -> Derivation:
            parts = tuple(map(only, case.members))
            values = [part.value for part in parts]
            least, most = values.count(True), len(parts) - values.count(False)
            if least == most:
                return derive(node, least, KNOWN, parts)
            return derive(node, None, unknown_in(parts), parts, between=Interval(least, most))

        return member_count


def _choices(row: nodes.Row) -> list[nodes.Among]:
    """What a row asks of choices the applicant makes."""
    parts = row.when.parts if isinstance(row.when, nodes.Every) else (row.when,)
    return [part for part in parts if isinstance(part, nodes.Among)]
