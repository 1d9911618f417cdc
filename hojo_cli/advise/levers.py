"""The smallest changes of what can be had otherwise that make a frame pay, or pay more: alone, in pairs where two pay more,
and three together where a requirement asks all of them.

A ruleset says what can be had otherwise (`change`, `instead`). What is known of an applicant is moved; what is left out is a question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, combinations, permutations
from typing import Final

from hojo_cli.advise.moves import CATEGORY, EVERYBODY, Axis, Move, Moves, facts_of
from hojo_cli.advise.telling import Teller, Way
from hojo_cli.advise.trial import Settings, Trial
from hojo_cli.applicants.scenario import Scenario
from hojo_cli.results.advised import Lever

MOST: Final = 30
"""So many levers are told."""
BORDERS: Final = 3
"""So many values of one number are told for a frame: the nearest ones, and the one that gains most."""


def levers(scenario: Scenario, frames: Sequence[str] = (), most: int = MOST) -> tuple[Lever, ...]:
    """The best first, at most so many, of all frames or of these.

    Each is smallest: nothing nearer on the same way, no single change in place of a pair, and no other change of the same thing
    gains as much. Of changes that come to the same the first is told.
    """
    search = _Search(scenario, frames or tuple(scenario.ruleset.frames))
    order = {name: place for place, name in enumerate(scenario.ruleset.frames)}
    best = sorted(search.found(), key=lambda way: (-way.gain, len(way.moves), order[way.frame]))
    return tuple(map(search.teller.told, best[:most]))


class _Search:
    """Looks for levers of one applicant."""

    def __init__(self, scenario: Scenario, frames: Sequence[str]) -> None:
        self.scenario = scenario
        applicant = scenario.applicant({})
        assert applicant is not None  # the file was read without an error
        self.trial = Trial(scenario.ruleset, applicant)
        self.moves = Moves(self.trial)
        self.axes = {axis: shared for axis in self.moves.axes() if (shared := self.moves.frames(axis) & {*frames})}
        self.singles = {axis: list(self.moves.moves(axis)) for axis in self.axes}
        self.teller = Teller(scenario, applicant, self.trial.people)
        self.known: dict[tuple[str, Settings], int] = {}

    def found(self) -> Iterator[Way]:
        """Every lever of every frame."""
        singles = list(self._smallest())
        pairs = list(self._needed_pairs(singles))
        yield from (*singles, *pairs)
        yield from self._needed_triples((*singles, *pairs))

    def _ways(self, moves: tuple[Move, ...], frames: Collection[str]) -> Iterator[Way]:
        """What is gained by these moves, frame by frame; of several members only where none of them gains by itself."""
        settings = tuple([setting for move in moves for setting in move.settings])
        shared = [(setting,) for move in moves for setting in move.settings if len(move.settings) > 1]
        for frame, yen in self.trial.paid(settings, frames).items():
            gain = yen - self.trial.now[frame]
            if gain > 0 and all(self._paid(frame, setting) <= self.trial.now[frame] for setting in shared):
                yield Way(frame, moves, yen, gain)

    def _paid(self, frame: str, settings: Settings) -> int:
        """What one frame pays with these settings alone."""
        if (frame, settings) not in self.known:
            self.known[frame, settings] = self.trial.paid(settings, (frame,))[frame]
        return self.known[frame, settings]

    # --- single moves ---

    def _smallest(self) -> Iterator[Way]:
        """Single moves that gain, that no smaller one of the same thing matches, and that can be read."""
        ways = [
            way
            for axis, moves in self.singles.items()
            for move in moves
            for way in self._ways((move,), self.axes[axis])
        ]
        kept: dict[str, list[Way]] = {}
        for way in sorted(ways, key=lambda way: (way.moves[0].axis.member == EVERYBODY, way.size)):
            others, axis = kept.setdefault(way.frame, []), way.moves[0].axis
            matched = any(  # a smaller one gains as much: of the same thing; or elsewhere, exactly as much
                other.yen == way.yen or other.moves[0].axis == axis or axis.member == EVERYBODY
                for other in others
                if other.names == way.names and other.yen >= way.yen
            )
            if not matched and self.teller.readable(way.settings):
                others.append(self._without_idle(way))
        for others in kept.values():
            along: dict[tuple[Axis, bool], list[Way]] = {}
            for way in others:
                along.setdefault((way.moves[0].axis, way.moves[0].size < 0), []).append(way)
            for values in along.values():  # of one number the nearest, and the one that gains most
                yield from (*values[: BORDERS - 1], *values[BORDERS - 1 :][-1:])

    def _without_idle(self, way: Way) -> Way:
        """Without those members for whom it makes no difference."""
        settings = way.settings
        for setting in settings if len(settings) > len(way.moves) else ():
            fewer = tuple([other for other in settings if other is not setting])
            if self._paid(way.frame, fewer) == way.yen:
                settings = fewer
        if len(settings) == len(way.settings) or not self.teller.readable(settings):
            return way
        kept = (
            move._replace(settings=tuple([each for each in move.settings if each in settings])) for move in way.moves
        )
        return way._replace(moves=tuple(move for move in kept if move.settings))

    # --- pairs ---

    def _needed_pairs(self, singles: Iterable[Way]) -> Iterator[Way]:
        """Of each two things the pair that gains most, where it gains more than one of them alone can."""
        best: dict[tuple[str, frozenset[tuple[str, bool]]], list[Way]] = {}
        alone: dict[tuple[str, frozenset[tuple[str, bool]]], int] = {}
        for way in singles:
            alone[way.frame, way.names] = max(way.yen, alone.get((way.frame, way.names), 0))
        for pair, frames in self._pairs():
            for way in self._ways(pair, frames):
                least = max(alone.get((way.frame, frozenset((name,))), 0) for name in way.names)
                if way.yen > least:
                    best.setdefault((way.frame, way.names), []).append(way)
        for ways in best.values():
            ways.sort(key=lambda way: (-way.yen, way.size))
            first = next((way for way in ways if self.teller.readable(way.settings)), None)
            if first is not None:
                yield self._without_idle(first)

    def _pairs(self) -> Iterator[tuple[tuple[Move, Move], frozenset[str]]]:
        """Two moves of different things: both the applicant's (or everybody's), or both one member's; a number moves last, or both ways round."""
        alike, tried = set[object](), set[object]()
        axes = list(self.axes)
        for place, axis in enumerate(axes):
            for first in self.singles[axis]:
                state = self.trial.state(first.settings)
                same = state in alike
                alike.add(state)
                for second in axes if self.moves.number(axis) else axes[place + 1 :]:
                    frames = self.axes[axis] & self.axes[second]
                    apart = axis.member != second.member and not {axis.member, second.member} <= {0, EVERYBODY}
                    if axis == second or apart or not frames or (same and second.name != CATEGORY):
                        continue
                    for move in self.moves.moves(second, first.settings):
                        both = self.trial.state((*first.settings, *move.settings))
                        if both not in tried:
                            tried.add(both)
                            yield (first, move), frames

    # --- three together ---

    def _needed_triples(self, fewer: Sequence[Way]) -> Iterator[Way]:
        """Of three facts that one requirement reads, and that is not met: what gains most together, where no two of them pay as much."""
        own = [axis for axis in self.axes if axis.item is None and axis.member == 0]
        now = self.trial.case(())
        # with the frames that may pay something else for them
        asked: dict[tuple[Axis, Axis, Axis], frozenset[str]] = {}
        for name in self.trial.now if len(own) > 2 else ():
            frame = self.scenario.ruleset.frames[name]
            for required in (*frame.requires, *(each for band in frame.bands for each in band.requires)):
                if self.trial.evaluator.holds(required.holds, now) is False:
                    read = facts_of(required, self.scenario.ruleset)
                    for axes in combinations([axis for axis in own if axis.name in read], 3):
                        asked[axes] = frozenset.intersection(*(self.axes[axis] for axis in axes))
        for axes, frames in asked.items():
            best: dict[str, list[Way]] = {}
            for moves in self._in_turn(axes) if frames else ():
                for way in self._ways(moves, frames):
                    others = [other.yen for other in fewer if other.frame == way.frame and other.names < way.names]
                    pairs = ((*one.settings, *two.settings) for one, two in combinations(moves, 2))
                    if all(yen < way.yen for yen in chain(others, (self._paid(way.frame, pair) for pair in pairs))):
                        best.setdefault(way.frame, []).append(way)
            for ways in best.values():
                ways.sort(key=lambda way: (-way.yen, way.size))
                yield from [way for way in ways if self.teller.readable(way.settings)][:1]

    def _in_turn(self, axes: tuple[Axis, ...]) -> Iterator[tuple[Move, ...]]:
        """The moves of three things, one after the other: numbers last, and in any order, for one may be asked only where another holds."""
        tried = set[object]()
        for one, two, three in permutations(axes):
            if any(
                self.moves.number(before) and not self.moves.number(after)
                for before, after in ((one, two), (two, three))
            ):
                continue
            for first in self.singles[one]:
                for second in self.moves.moves(two, first.settings):
                    both = (*first.settings, *second.settings)
                    for third in self.moves.moves(three, both):
                        state = self.trial.state((*both, *third.settings))
                        if state not in tried:
                            tried.add(state)
                            yield first, second, third
