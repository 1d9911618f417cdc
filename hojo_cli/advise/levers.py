"""The smallest changes of what can be had otherwise that make a frame pay, or pay more: alone, and in pairs where two pay more.

A ruleset says what can be had otherwise (`change`, `instead`). What is known of an applicant is moved; what is left out is a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from hojo_cli.advise.moves import CATEGORY, EVERYBODY, Axis, Move, Moves
from hojo_cli.advise.trial import Setting, Settings, Trial
from hojo_cli.applicants.scenario import Scenario
from hojo_cli.base.finding import Text
from hojo_cli.engine.applicant import Applicant
from hojo_cli.explanation import explain
from hojo_cli.explanation.borders import Neighbour, clauses, sentence
from hojo_cli.explanation.words import EMPTY, Words, joined, listed, say
from hojo_cli.results.advised import Lever
from hojo_cli.results.estimated import Citation, Estimate
from hojo_cli.rules.nodes import Exact

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
    return tuple(map(search.told, best[:most]))


class Way(NamedTuple):
    """Moves that make a frame pay `yen`, `gain` more than now."""

    frame: str
    moves: tuple[Move, ...]
    yen: int
    gain: int

    @property
    def settings(self) -> Settings:
        """What all of them set."""
        return tuple(setting for move in self.moves for setting in move.settings)

    @property
    def names(self) -> frozenset[tuple[str, bool]]:
        """The things that are had otherwise, wherever, and to which side."""
        return frozenset((move.axis.name, move.size < 0) for move in self.moves)

    @property
    def size(self) -> int:
        """How far it goes."""
        return sum(abs(move.size) * len(move.settings) for move in self.moves)


class _Search:
    """Looks for levers of one applicant."""

    def __init__(self, scenario: Scenario, frames: Sequence[str]) -> None:
        self.scenario = scenario
        self.words = Words(scenario.ruleset)
        applicant = scenario.applicant({})
        assert applicant is not None  # the file was read without an error
        self.applicant = applicant
        self.trial = Trial(scenario.ruleset, applicant)
        self.moves = Moves(self.trial)
        self.axes = {axis: shared for axis in self.moves.axes() if (shared := self.moves.frames(axis) & {*frames})}
        self.singles = {axis: list(self.moves.moves(axis)) for axis in self.axes}
        self.read: dict[tuple[str, ...], Applicant | None] = {}
        self.before: dict[str, Estimate] = {}
        self.alone: dict[tuple[str, Settings], int] = {}

    def found(self) -> Iterator[Way]:
        """Every lever of every frame."""
        ways = [
            way
            for axis, moves in self.singles.items()
            for move in moves
            for way in self._ways((move,), self.axes[axis])
        ]
        singles = list(self._smallest(ways))
        yield from singles
        yield from self._needed_pairs(singles)

    def _ways(self, moves: tuple[Move, ...], frames: Iterable[str]) -> Iterator[Way]:
        """What is gained by these moves, frame by frame; of several members only where none of them gains by itself."""
        settings = tuple([setting for move in moves for setting in move.settings])
        shared = [(setting,) for move in moves for setting in move.settings if len(move.settings) > 1]
        for frame, yen in self.trial.paid(settings, frames).items():
            gain = yen - self.trial.now[frame]
            if gain > 0 and not any(self._gain(frame, setting) for setting in shared):
                yield Way(frame, moves, yen, gain)

    def _gain(self, frame: str, settings: Settings) -> int:
        """What some settings gain alone."""
        if (frame, settings) not in self.alone:
            self.alone[frame, settings] = max(0, self.trial.paid(settings, (frame,))[frame] - self.trial.now[frame])
        return self.alone[frame, settings]

    # --- single moves ---

    def _smallest(self, ways: Iterable[Way]) -> Iterator[Way]:
        """Those that no smaller one of the same thing matches, and that can be read."""
        kept: dict[str, list[Way]] = {}
        for way in sorted(ways, key=lambda way: (way.moves[0].axis.member == EVERYBODY, way.size)):
            others = kept.setdefault(way.frame, [])
            if not any(_matches(other, way) for other in others) and self.readable(way.settings):
                others.append(self._without_idle(way))
        for others in kept.values():
            yield from _few(others)

    def _without_idle(self, way: Way) -> Way:
        """Without those members for whom it makes no difference."""
        settings = way.settings
        for setting in settings if len(settings) > len(way.moves) else ():
            fewer = tuple([other for other in settings if other is not setting])
            if self.trial.paid(fewer, (way.frame,))[way.frame] == way.yen:
                settings = fewer
        if len(settings) == len(way.settings) or not self.readable(settings):
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
            first = next((way for way in ways if self.readable(way.settings)), None)
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
                    if not frames or not _together(axis, second) or (same and second.name != CATEGORY):
                        continue
                    for move in self.moves.moves(second, first.settings):
                        both = self.trial.state((*first.settings, *move.settings))
                        if both not in tried:
                            tried.add(both)
                            yield (first, move), frames

    # --- reading and telling ---

    def readable(self, settings: Settings) -> bool:
        """Whether a file with these settings is read without an error."""
        return self._read(settings) is not None

    def _read(self, settings: Settings) -> Applicant | None:
        written = tuple(map(self.written, settings))
        if written not in self.read:
            self.read[written] = self.scenario.with_settings(written)
        return self.read[written]

    def written(self, setting: Setting) -> str:
        """The `--set` that makes it."""
        member, place, name, value = setting
        path = f"members[{member - 1}]." if member else ""
        path += f"facts.{name}" if place is None else f"items[{place}].{name}"
        match value:
            case bool():
                return f"{path}={str(value).lower()}"
            case str():
                return f"{path}={value}"
            case frozenset():
                choices = self.scenario.ruleset.fields[name].choices
                return f"{path}=[{', '.join(choice for choice in choices if choice in value)}]"
        variable = self.scenario.variables[path]
        return variable.setting(int(value / variable.step))

    def told(self, way: Way) -> Lever:
        """The lever in words, read from the file as it would be."""
        after = self._read(way.settings)
        assert after is not None
        change = "purchase" if any(move.axis.change == "purchase" for move in way.moves) else "plan"
        ruleset = self.scenario.ruleset
        if way.frame not in self.before:
            self.before[way.frame] = explain.alone(ruleset, way.frame, self.applicant)
        return Lever(
            tuple(map(self.written, way.settings)),
            way.frame,
            way.yen - way.gain,
            way.yen,
            _cost(after) - _cost(self.applicant),
            change,
            joined(map(self.label, way.moves), " ＋ ", " + "),
            *_clause(self.before[way.frame], explain.alone(ruleset, way.frame, after)),
        )

    def label(self, move: Move) -> Text:
        """What is done; of an item by its name, where it is done for one person alone."""
        member, place, name, value = move.settings[0]
        person, ruleset = self.trial.people[member], self.scenario.ruleset
        whose = self.words.member(person) if member else EMPTY
        if len(move.settings) > 1:
            numbers = [str(setting.member) for setting in move.settings]
            whose = Text(f"構成員{'・'.join(numbers)}", f"members {', '.join(numbers)}")
        if place is None:
            parts, template = [self.words.name(name), self.words.value(name, value)], _FACT
        else:
            item = next(item for item in person.items if item.place == place)
            category = ruleset.categories[item.category]
            called = Text(item.name, item.name) if item.name and len(move.settings) == 1 else category
            if isinstance(value, frozenset):
                field = ruleset.fields[name]
                parts, template = [called, field.label, listed(field.choices, value - item.fields[name])], _FIELD
            else:
                parts, template = [called, ruleset.categories[str(value)]], _CATEGORY
        done = say(template, *parts)
        return say(Text("{0}：{1}", "{0}: {1}"), whose, done) if member else done


_FACT: Final = Text("「{0}」を「{1}」にする", "{0}: {1}")
_FIELD: Final = Text("「{0}」の{1}に「{2}」を加える", "{0}: add {2} to {1}")
_CATEGORY: Final = Text("「{0}」の代わりに「{1}」を買う", "buy {1} instead of {0}")


def _matches(other: Way, way: Way) -> bool:
    """Whether a smaller single move gains as much: of the same thing; or elsewhere, exactly as much."""
    one, two = other.moves[0], way.moves[0]
    if (one.axis.name, one.size < 0) != (two.axis.name, two.size < 0) or other.yen < way.yen:
        return False
    return other.yen == way.yen or one.axis == two.axis or two.axis.member == EVERYBODY


def _few(ways: list[Way]) -> Iterator[Way]:
    """Of the values of one number the nearest, and the one that gains most."""
    along: dict[tuple[Axis, bool], list[Way]] = {}
    for way in ways:
        along.setdefault((way.moves[0].axis, way.moves[0].size < 0), []).append(way)
    for values in along.values():
        yield from (*values[: BORDERS - 1], *values[BORDERS - 1 :][-1:])


def _together(one: Axis, other: Axis) -> bool:
    """Whether two things are moved together: two of the applicant or of everybody, or two of one member."""
    if one == other:
        return False
    return one.member == other.member or {one.member, other.member} <= {0, EVERYBODY}


def _clause(before: Estimate, after: Estimate) -> tuple[Text, Citation | None]:
    """What begins to work or is over, the first that has a source; else the line that gains most, with the source of its first step."""
    found = clauses(Neighbour(before, ()), Neighbour(after, ()))
    if cited := [clause for clause in found if clause.citation]:
        first = next((clause for clause in cited if clause.begins), cited[0])
        return sentence((first,)), first.citation
    paid = {line.id: line.subsidy or 0 for line in before.lines}
    most = max(after.lines, key=lambda line: (line.subsidy or 0) - paid.get(line.id, 0))
    more = say(Text("「{0}」の補助額が増える", "`{0}` pays more"), most.label)
    return more, next((step.citation for step in most.steps if step.citation), None)


def _cost(applicant: Applicant) -> Exact:
    return sum((item.cost for person in (applicant, *applicant.members) for item in person.items), start=0)
