"""Where YAML events come from: ruamel's C parser, or its pure Python one where C is absent."""

from collections.abc import Callable
from functools import cache
from typing import Any, Final, NamedTuple

from hojo_cli.document.nodes import Limits

# Any: neither parser has type stubs; what is used of an event is checked by tests.
Next = Callable[[], Any]


class Kinds(NamedTuple):
    """The event classes (the same for both parsers) and the error every parser raises."""

    scalar: type
    mapping: type
    sequence: type
    mapping_end: type
    sequence_end: type
    alias: type
    document: type
    stream_end: type
    error: type[Exception]


class Engine(NamedTuple):
    """A way to get events: `start(text, data)` gives the function that returns the next one.

    A `slow` one takes some forty times as long, and on some input the square of it.
    """

    start: Callable[[str, bytes], Next]
    kinds: Kinds
    slow: bool


LONGEST_RUN: Final = 20_000
"""The most characters without a blank that the pure parser is given."""


def slower(limits: Limits) -> Limits:
    """The bounds of a file where it is the pure parser that reads it: for the same two seconds."""
    return limits._replace(size=min(limits.size, 512 << 10), nodes=min(limits.nodes, 12_000))


def endless_run(text: str) -> int | None:
    """Where a run of more than `LONGEST_RUN` characters without a blank begins."""
    longest = max(text.split(), key=len, default="")
    return text.index(longest) if len(longest) > LONGEST_RUN else None


@cache
def engine(pure: bool = False) -> Engine:
    """The C engine where it is installed, else the pure one; `pure` asks for the latter."""
    if pure:
        return Engine(_start_pure, _kinds(), slow=True)
    try:
        from _ruamel_yaml import CParser  # type: ignore[import-not-found]  # no stubs exist
    except ImportError:
        return engine(pure=True)
    return Engine(lambda _, data: CParser(data).get_event, _kinds(), slow=False)


def _start_pure(text: str, _: bytes) -> Next:
    from ruamel.yaml import YAML

    events = YAML(typ="safe", pure=True).parse(text)
    return lambda: next(events)


def _kinds() -> Kinds:
    from ruamel.yaml import events
    from ruamel.yaml.error import YAMLError

    return Kinds(
        events.ScalarEvent,
        events.MappingStartEvent,
        events.SequenceStartEvent,
        events.MappingEndEvent,
        events.SequenceEndEvent,
        events.AliasEvent,
        events.DocumentStartEvent,
        events.StreamEndEvent,
        YAMLError,
    )
