"""What has to be spent for so much subsidy, and how much can be bought for so much of one's own.

Of each price the pieces of what every frame pays say exactly where an amount is reached first. Several prices are raised one after the
other, each to the end of the piece that pays most for a yen, and none further than it has to be beside the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import partial
from typing import Final, TypeAlias

from hojo_cli.applicants.reader import Given
from hojo_cli.applicants.scenario import Scenario, Variable
from hojo_cli.base.exact import Exact, whole
from hojo_cli.base.record import NamedTuple
from hojo_cli.engine.judgement import Status
from hojo_cli.engine.pieces import Stretch, TooManyPieces, pieces
from hojo_cli.explanation import explain
from hojo_cli.results.advised import Cause


class Outlay(NamedTuple):
    """What a frame pays (whole yen) when these prices are so high; `cost`: of everything that is bought then."""

    frame: str
    prices: tuple[tuple[Variable, int], ...]
    cost: Exact
    subsidy: int

    @property
    def settings(self) -> tuple[str, ...]:
        """The `--set` of each price."""
        return tuple([variable.setting(x) for variable, x in self.prices])


class Target(NamedTuple):
    """How so many yen are reached by raising prices. `least`: as it is where that is enough, else by the one price that does it at the
    least cost, or by several where that is cheaper or none does it alone; None where nothing reaches them. `alone`: by each price that does it alone, the cheapest first. `most`: the frame that can pay most, and how much; `why` it pays no more, where that is too little.
    `curved`: prices that were left as they are, for what is paid is no line in them (they share a discount with others).
    """

    wanted: int
    least: Outlay | None
    alone: tuple[Outlay, ...]
    most: tuple[str, int]
    why: Cause | None
    curved: tuple[Variable, ...]


def target(scenario: Scenario, wanted: int, frames: Sequence[str]) -> Target:
    """How one of these frames pays so many yen where prices stay as they are or rise."""
    now = scenario.judged({})
    assert now is not None  # the file was read without an error
    paid = [
        Outlay(name, (), now.cost, yen or 0)
        for name, (status, yen) in now.outcomes.items()
        if name in frames and status is Status.PAYABLE
    ]
    reached = max(paid, key=lambda purchase: purchase.subsidy, default=None)
    curves = _curves(scenario, frames, raised=True)
    straight = {price.written for price, _ in curves}
    curved = tuple(price for price in _prices(scenario) if price.written not in straight)
    dearest = {price.path: Given(price.most) for price in _prices(scenario)}
    dear = scenario.judged(dearest)
    most: dict[str, int] = {}  # of each frame, whatever the prices are
    for name in frames:
        status, yen_then = dear.outcomes[name] if dear else (None, None)
        tops = [top for variable, of_frames in curves if (top := _top(name, variable, of_frames[name]))]
        most[name] = max([yen_then or 0 if status is Status.PAYABLE else 0, *(top.subsidy for top in tops)])
    frame, yen = max(most.items(), key=lambda of_frame: of_frame[1], default=("", 0))
    if reached is not None and reached.subsidy >= wanted:
        return Target(wanted, reached, (), (frame, yen), None, curved)
    alone = sorted(_reaching(curves, wanted), key=_cheaper)
    enough = [name for name in frames if most[name] >= wanted]
    mixed = [purchase for name in enough for purchase in _mixed(scenario, wanted, name, curves)]
    if not alone and not mixed:
        mixed = list(filter(None, (_several(scenario, wanted, name) for name in enough)))
    mixed = [_no_higher(scenario, wanted, purchase) for purchase in mixed]
    least = min((*alone, *mixed), key=lambda purchase: (_cheaper(purchase), len(purchase.prices)), default=None)
    why = None
    if least is None and yen:  # what takes most away where every price is as high as can be
        applicant = scenario.applicant(dearest)
        reductions = explain.alone(scenario.ruleset, frame, applicant).reductions if applicant else ()
        lost = max(reductions, key=lambda each: each.yen if each.of == "subsidy" else 0, default=None)
        why = None if lost is None else Cause("reduction", lost.label, begins=True, citation=lost.citation)
    return Target(wanted, least, tuple(alone), (frame, yen), why, curved)


def own_cost(scenario: Scenario, yen: int, frames: Sequence[str]) -> Outlay | None:
    """The most that can be bought by raising or lowering one price, if no more than this remains to be paid."""
    found: list[Outlay] = []
    for variable, of_frames in _curves(scenario, frames):
        for name, curve in of_frames.items():
            for piece in reversed(curve):
                if piece.status is Status.PAYABLE and piece.yen is not None:
                    long = piece.last - piece.first
                    remaining = piece.yen.plus(piece.cost.multiplied(-1)).moved(long).backwards()
                    steps = remaining.first(-yen, long)
                    if steps is not None:
                        found.append(_bought(name, variable, piece, piece.last - steps))
                        break
    return max(found, key=lambda purchase: (purchase.cost, purchase.subsidy), default=None)


Curves: TypeAlias = list[tuple[Variable, dict[str, list[Stretch]]]]
"""Of each price what every frame pays along it."""


def _prices(scenario: Scenario) -> list[Variable]:
    return [variable for variable in scenario.variables.values() if variable.is_price]


def _curves(scenario: Scenario, frames: Sequence[str], *, raised: bool = False) -> Curves:
    """From nothing, or from where each price stands; of those prices in which what is paid is a line."""
    curves: Curves = []
    for price in _prices(scenario):
        with suppress(TooManyPieces):
            start = (raised and price.now) or 0
            curves.append((price, pieces(partial(scenario.along, price), start, price.most, tuple(frames))))
    return curves


def _reaching(curves: Curves, wanted: int) -> Iterator[Outlay]:
    """For each price the least at which some frame pays so much."""
    for variable, of_frames in curves:
        firsts = ((name, _first_with(curve, wanted)) for name, curve in of_frames.items())
        reached = [_bought(name, variable, *first) for name, first in firsts if first is not None]
        if reached:
            yield min(reached, key=_cheaper)


def _first_with(curve: Sequence[Stretch], wanted: int) -> tuple[Stretch, int] | None:
    for piece in curve:
        if piece.status is Status.PAYABLE and piece.yen is not None:
            steps = piece.yen.first(wanted, piece.last - piece.first)
            if steps is not None:
                return piece, piece.first + steps
    return None


STEPS: Final = 20
"""So many prices are raised one after the other."""
WALKS: Final = 400
"""So many curves are laid out on the way."""


def _mixed(scenario: Scenario, wanted: int, frame: str, curves: Curves) -> Iterator[Outlay]:
    """Some prices raised as far as they pay best, and another to where it is reached; from step to step dearer, or cheaper.

    Each step goes to the end of the piece that pays most for each yen of cost: on the way to an amount that takes several lines of
    which each pays less and less, no way is cheaper.
    """
    raised: dict[str, tuple[Variable, int]] = {}
    walks = 0
    for _ in range(STEPS):
        now = scenario.judged({})
        if now is None or walks > WALKS:
            return
        paid = now.outcomes[frame][1] or 0
        ways = [(variable, {frame: of_frames[frame]}) for variable, of_frames in curves]
        last = min(_reaching(ways, wanted), key=_cheaper, default=None)
        if last is not None and raised:
            ((variable, x),) = last.prices
            yield last._replace(prices=tuple({**raised, variable.written: (variable, x)}.values()))
        ends = [
            _bought(frame, variable, piece, piece.last)
            for variable, of_frames in ways
            for piece in of_frames[frame][:-1]
            if piece.status is Status.PAYABLE
        ]
        steps = [
            (_rate(end, paid, now.cost), end) for end in ends if paid < end.subsidy < wanted and end.cost > now.cost
        ]
        rate, best = max(steps, key=lambda step: step[0], default=(Fraction(0), None))
        if best is None or (last is not None and rate <= _rate(last, paid, now.cost)):
            return
        ((variable, x),) = best.prices
        raised[variable.written] = variable, x
        scenario = scenario.changed(variable, x)
        curves = _curves(scenario, (frame,), raised=True)
        walks += len(curves)


def _rate(purchase: Outlay, paid: int, cost: Exact) -> Fraction:
    """How much more is paid for each yen more of cost."""
    return Fraction(purchase.subsidy - paid) / Fraction(purchase.cost - cost)


def _no_higher(scenario: Scenario, wanted: int, purchase: Outlay) -> Outlay:
    """The same with each price no higher than it has to be beside the others: with one step less of any it is not reached."""
    prices, settled = dict(enumerate(purchase.prices)), False
    while not settled:
        settled = True
        for place, (variable, x) in prices.items():
            beside = scenario
            for other, (price, at) in prices.items():
                beside = beside.changed(price, at) if other != place else beside
            start = scenario.variables[variable.written].now or 0
            curve = pieces(partial(beside.along, variable), start, x, (purchase.frame,))[purchase.frame]
            first = _first_with(curve, wanted)
            if first is not None and first[1] < x:
                prices[place], settled = (variable, first[1]), False
                purchase = _bought(purchase.frame, variable, *first)
    changed = tuple([(price, at) for price, at in prices.values() if at != scenario.variables[price.written].now])
    return purchase._replace(prices=changed)


def _several(scenario: Scenario, wanted: int, frame: str) -> Outlay | None:
    """Prices raised one after the other, the one that pays most first, until the last reaches what is wanted."""
    raised: tuple[tuple[Variable, int], ...] = ()
    for _ in _prices(scenario):
        curves = _curves(scenario, (frame,), raised=True)
        last = min(_reaching(curves, wanted), key=_cheaper, default=None)
        if last is not None:
            return last._replace(prices=(*raised, *last.prices))
        tops = [top for variable, of_frames in curves if (top := _top(frame, variable, of_frames[frame]))]
        if not tops:
            return None
        top = max(tops, key=lambda purchase: (purchase.subsidy, -purchase.cost))
        scenario, raised = scenario.changed(*top.prices[0]), (*raised, *top.prices)
    return None


def _top(frame: str, variable: Variable, curve: Sequence[Stretch]) -> Outlay | None:
    """Where a curve is first as high as it ever is."""
    ends = [piece.at(x) or 0 for piece in curve if piece.status is Status.PAYABLE for x in (piece.first, piece.last)]
    found = _first_with(curve, max(ends)) if ends else None
    return None if found is None else _bought(frame, variable, *found)


def _bought(frame: str, variable: Variable, piece: Stretch, x: int) -> Outlay:
    return Outlay(frame, ((variable, x),), piece.cost.at(x - piece.first), whole(piece.at(x) or 0))


def _cheaper(purchase: Outlay) -> tuple[Exact, int]:
    return purchase.cost, -purchase.subsidy
