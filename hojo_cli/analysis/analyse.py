"""All of a ruleset: its situations, frame by frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hojo_cli.analysis.purchases import TooManyError
from hojo_cli.analysis.scope import FrameScope
from hojo_cli.analysis.situations import FrameAnalysis, analyse_frame
from hojo_cli.analysis.world import World
from hojo_cli.base.record import Record
from hojo_cli.rules.declared import Ruleset


class Analysis(Record):
    """A ruleset with all its situations, frame by frame; `definitions` sees what its named conditions look at."""

    ruleset: Ruleset
    world: World
    definitions: FrameScope
    frames: Mapping[str, FrameAnalysis]


def analyse(ruleset: Ruleset) -> Analysis:
    """The analysis of a ruleset; the latest one is kept, since several checks in a row ask for the same."""
    if not _LATEST or _LATEST[0].ruleset is not ruleset:
        world = World(ruleset)
        frames = {name: analyse_frame(world, frame) for name, frame in ruleset.frames.items()}
        definitions = FrameScope(world, [definition.condition for definition in ruleset.definitions.values()])
        _LATEST[:] = [Analysis(ruleset, world, definitions, frames)]
    return _LATEST[0]


def analysed(ruleset: Ruleset) -> Analysis | None:
    """The analysis, or None where the ruleset tells too many purchases apart."""
    try:
        return analyse(ruleset)
    except TooManyError:
        return None


_LATEST: Final[list[Analysis]] = []
