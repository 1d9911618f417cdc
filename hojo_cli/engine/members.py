"""Frames for cases whose members are looked at one by one elsewhere: a frame sees only what all of them come to together."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor

from hojo_cli.engine.case import Case
from hojo_cli.engine.derivation import Derivation, derive
from hojo_cli.engine.frames import Frames
from hojo_cli.engine.interval import COMPARISONS
from hojo_cli.engine.item_index import ItemIndex
from hojo_cli.engine.three_valued import Closure, bare
from hojo_cli.rules.declared import Definition
from hojo_cli.rules.nodes import Compare, EveryMember, MemberCount, PerMember, Quantity


class FramesOfGroups(Frames):
    """Numbers what is asked of a member (`tests`, `counts`, `sums`) and reads the answers from `Case.together`."""

    def __init__(self, definitions: Mapping[str, Definition], index: ItemIndex) -> None:
        super().__init__(definitions, index, traced=False)
        self.inside = Frames(definitions, index, traced=False)
        self.tests: list[Closure] = []
        self.counts: list[Closure] = []
        self.enough: list[int] = []  # of each count: above this it makes no difference how many more there are
        self.sums: list[Closure] = []
        self._counted: dict[int, tuple[Quantity, int]] = {}

    def each_member(self, node: EveryMember) -> Closure:
        return self._every_member(self.inside.of_member(node))

    def any_member(self, test: Closure) -> Closure:
        def not_this(member: Case) -> Derivation:
            inner = test(member)
            return inner if inner.value is None else bare(not inner.value)

        none = self._every_member(not_this)
        return lambda case: bare(not none(case).value)

    def _every_member(self, test: Closure) -> Closure:
        place = len(self.tests)
        self.tests.append(test)
        return lambda case: bare(case.together.tests[place])

    def compare(self, node: Compare) -> Closure:
        """A number of members is counted as far as its comparisons go."""
        counted, holds, limit = node.quantity, COMPARISONS[node.op], node.number.value
        if not isinstance(counted, MemberCount) or counted.only is None:
            return super().compare(node)
        if id(counted) not in self._counted:
            self._counted[id(counted)] = counted, len(self.counts)
            self.counts.append(self.inside.condition(counted.only))
            self.enough.append(0)
        place = self._counted[id(counted)][1]
        self.enough[place] = max(self.enough[place], floor(limit) + 1)
        return lambda case: bare(holds(case.together.counts[place], limit))

    def member_count(self, node: MemberCount) -> Closure:
        """A number of members that amounts grow with is a sum like any other."""
        if node.only is None:
            return super().member_count(node)
        counts = self.inside.condition(node.only)

        def one_or_none(member: Case) -> Derivation:
            inner = counts(member)
            return inner if inner.value is None else derive(node, int(inner.value is True))

        return self._sum(node, one_or_none)

    def per_member(self, node: PerMember) -> Closure:
        return self._sum(node, self.inside.amount_of_member(node))

    def _sum(self, node: PerMember | MemberCount, of_member: Closure) -> Closure:
        place = len(self.sums)
        self.sums.append(of_member)
        return lambda case: derive(node, case.together.sums[place])
