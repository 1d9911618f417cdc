"""The members of a group as far as a frame looks: how many there are, and what their kinds come to together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from hojo_cli.analysis.diagram import ALL, NONE
from hojo_cli.analysis.purchases import MOST, TooManyError
from hojo_cli.base.number import LARGEST
from hojo_cli.base.record import Record
from hojo_cli.rules.nodes import Condition, EachMember, MemberCount, Not, PerMember, Some

if TYPE_CHECKING:
    from hojo_cli.analysis.scope import FrameScope

_State: TypeAlias = "tuple[tuple[bool, ...], tuple[int, ...]]"
"""Which conditions all members meet, and how many of them count for each count."""


class Group(Record):
    """A state of the members: how many (first and last of a class), which `EachMember` hold, how many count for each count (at
    least so many, where that is all that its conditions tell apart).

    `kinds` of member lead to it, one after the other; more of the kind `idle` change nothing.
    """

    first: int
    last: int
    each: tuple[bool, ...]
    counts: tuple[int, ...]
    kinds: tuple[int, ...]
    idle: int


def looks_inside(node: object) -> bool:
    """Whether a node looks into members."""
    return isinstance(node, (EachMember, PerMember)) or (isinstance(node, MemberCount) and node.only is not None)


def of_one(node: EachMember) -> Condition:
    """What is asked of one member."""
    return node.part if node.only is None else Some((Not(node.only), node.part))


def groups(scope: FrameScope, cuts: Sequence[int]) -> Iterator[Group]:
    """Nobody; then in each class of numbers of members, which begin at `cuts`, every mixture of kinds of member."""
    starts = sorted({0, 1, *(cut for cut in cuts if cut > 0)} if scope.inner or cuts else {0})
    mixed = [] if scope.inner is None else list(mixtures(scope, scope.inner))
    for first, after in zip(starts, [*starts[1:], None], strict=True):
        last = LARGEST if after is None else after - 1
        if scope.inner is None or first == 0:
            yield Group(first, last, (True,) * len(scope.each), (0,) * len(scope.counted), (), ALL)
        else:
            for (each, counts), kinds, idle in mixed:
                most = min(last, len(kinds)) if idle == NONE else last
                if max(first, len(kinds)) <= most:
                    yield Group(max(first, len(kinds)), most, each, counts, kinds, idle)


def mixtures(scope: FrameScope, inner: FrameScope) -> Iterator[tuple[_State, tuple[int, ...], int]]:
    """What some members come to together, the fewest that do, and a kind of which more change nothing."""

    def together(one: _State, other: _State) -> _State:
        counts = zip(one[1], other[1], scope.enough, strict=True)
        each = tuple(mine and theirs for mine, theirs in zip(one[0], other[0], strict=True))
        return each, tuple(min(mine + theirs, enough) for mine, theirs, enough in counts)

    kinds: list[tuple[tuple[bool, ...], int]] = [((), inner.possible)]
    for condition in (*map(of_one, scope.each), *(node.only for node in scope.counted)):
        assert condition is not None
        holds = inner.condition(condition)
        kinds = [
            ((*truths, truth), narrowed)
            for truths, members in kinds
            for truth, part in ((True, holds), (False, inner.diagrams.outside(holds)))
            if (narrowed := inner.diagrams.both(members, part)) != NONE
        ]
    split = len(scope.each)
    states = [((truths[:split], tuple(map(int, truths[split:]))), members) for truths, members in kinds]
    found: dict[_State, tuple[int, ...]] = {((True,) * split, (0,) * len(scope.counted)): ()}
    pending = list(found)
    for state in pending:
        for more, members in states:
            grown = together(state, more)
            if grown not in found:
                found[grown] = (*found[state], members)
                pending.append(grown)
        if len(found) > MOST:
            raise TooManyError
    for state, fewest in found.items():
        yield state, fewest, next((members for more, members in states if together(state, more) == state), NONE)
