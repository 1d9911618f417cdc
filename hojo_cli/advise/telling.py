"""A lever in words: read from the file as it would be, with the clause that makes the difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hojo_cli.advise.moves import Move
from hojo_cli.advise.trial import Setting, Settings
from hojo_cli.applicants.scenario import Scenario
from hojo_cli.base.finding import Text, untranslated
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.texts import EMPTY, joined, listed, say
from hojo_cli.engine.applicant import Applicant
from hojo_cli.explanation import explain
from hojo_cli.explanation.applicant import member_label
from hojo_cli.explanation.borders import Neighbour, clauses, sentence
from hojo_cli.results.advised import Lever
from hojo_cli.results.estimated import Estimate
from hojo_cli.rules.words import Words


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


class Teller:
    """Reads the file with settings in it, and tells what comes of them. `people`: the applicant without its members, then those."""

    def __init__(self, scenario: Scenario, applicant: Applicant, people: Sequence[Applicant]) -> None:
        self.scenario, self.ruleset = scenario, scenario.ruleset
        self.applicant, self.people = applicant, people
        self.words = Words(scenario.ruleset)
        self.read: dict[tuple[str, ...], Applicant | None] = {}
        self.before: dict[str, Estimate] = {}

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
                choices = self.ruleset.fields[name].choices
                return f"{path}=[{', '.join(choice for choice in choices if choice in value)}]"
        variable = self.scenario.variables[path]
        return variable.setting(int(value / variable.step))

    def told(self, way: Way) -> Lever:
        """The lever in words, read from the file as it would be."""
        after = self._read(way.settings)
        assert after is not None
        change = "purchase" if any(move.axis.change == "purchase" for move in way.moves) else "plan"
        if way.frame not in self.before:
            self.before[way.frame] = explain.alone(self.ruleset, way.frame, self.applicant)
        now, then = self.before[way.frame], explain.alone(self.ruleset, way.frame, after)
        cited = [clause for clause in clauses(Neighbour(now, ()), Neighbour(then, ())) if clause.citation]
        if cited:  # what begins to work or is over, the first that has a source
            first = next((clause for clause in cited if clause.begins), cited[0])
            why, citation = sentence((first,)), first.citation
        else:  # the line that gains most, with the source of its first step
            paid = {line.id: line.subsidy or 0 for line in now.lines}
            most = max(then.lines, key=lambda line: (line.subsidy or 0) - paid.get(line.id, 0))
            why = say(Text("「{0}」の補助額が増える", "`{0}` pays more"), most.label)
            citation = next((step.citation for step in most.steps if step.citation), None)
        return Lever(
            tuple(map(self.written, way.settings)),
            way.frame,
            way.yen - way.gain,
            way.yen,
            after.cost - self.applicant.cost,
            change,
            joined(map(self.label, way.moves), " ＋ ", " + "),
            why,
            citation,
        )

    def label(self, move: Move) -> Text:
        """What is done; of an item by its name, where it is done for one person alone."""
        member, place, name, value = move.settings[0]
        person, ruleset = self.people[member], self.ruleset
        whose = member_label(person) if member else EMPTY
        if len(move.settings) > 1:
            numbers = [str(setting.member) for setting in move.settings]
            whose = Text(f"構成員{'・'.join(numbers)}", f"members {', '.join(numbers)}")
        if place is None:
            parts, template = [self.words.name(name), self.words.value(name, value)], _FACT
        else:
            item = next(item for item in person.items if item.place == place)
            category = ruleset.categories[item.category]
            called = untranslated(item.name) if item.name and len(move.settings) == 1 else category
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
